"""What stands on a track: clips and gaps; and what hangs on them: effects, transitions, markers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from secrets import token_hex
from typing import Any, Literal

from timeline.curve import Curve, Value
from timeline.time import ZERO, RationalTime, TimeRange

Values = Mapping[str, Value | Curve]


def new_id() -> str:
    """A fresh id for anything in a project: 12 hexadecimal digits."""
    return token_hex(6)


@dataclass(frozen=True)
class EffectUse:
    """An effect (by the id of its file) with its values. Unknown effects are kept as they are."""

    effect: str
    values: Values = field(default_factory=dict)
    enabled: bool = True
    id: str = field(default_factory=new_id)
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class MediaSource:
    """A clip shows a file of the library."""

    media_id: str
    kind: Literal["media"] = "media"
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class GeneratorSource:
    """A clip shows a generator (`title`, `solid`, …: `effects/generators`), endless in both directions."""

    generator: str
    values: Values = field(default_factory=dict)
    kind: Literal["generator"] = "generator"
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Placeholder:
    """A clip waits for the first take of a shot; drawn as a slate of the planned length."""

    shot_id: str
    kind: Literal["placeholder"] = "placeholder"
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class SequenceSource:
    """A clip shows (or, on an audio track, sounds) another sequence of the project: a nest or a compound clip.

    Its source time is that sequence's record time.
    """

    sequence_id: str
    kind: Literal["sequence"] = "sequence"
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class UnknownSource:
    """A clip shows something this version does not know; drawn as a slate and saved back as it came.

    `kind` is the newer version's word, `extra` holds all its other fields.
    """

    kind: str
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)


Source = MediaSource | GeneratorSource | Placeholder | SequenceSource | UnknownSource


@dataclass(frozen=True)
class Marker:
    """A named point (`duration` 0) or range. `time` is in record coordinates of the sequence, or source ones on a clip."""

    time: RationalTime
    name: str = ""
    note: str = ""
    colour: str = "default"
    duration: RationalTime = ZERO
    id: str = field(default_factory=new_id)
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Clip:
    """A stretch of a source in a track. Its record duration is derived: `source_range.duration / |speed|`.

    `source_range` counts in the media's own time, from 0 at its first frame (embedded timecode is `Media.start_timecode`).
    With a negative speed the range is played from its end to its start.
    `volume` is linear gain (1 = as recorded), `pan` -1 left to 1 right, both may be curves in source time.
    `link` names the clips (picture and its sound) that are selected and edited together; `group` those that are selected and
    moved together, whatever they are. `freeze` is the source instant shown all along (then silent); None: time runs.
    (As in `source_time`: with a negative speed its upper border.) Only the picture is frozen: keyframes of effects, opacity and
    volume go on by `running_time`.
    """

    source: Source
    source_range: TimeRange
    name: str = ""
    speed: Fraction = Fraction(1)
    enabled: bool = True
    opacity: float | Curve = 1.0
    volume: float | Curve = 1.0
    pan: float | Curve = 0.0
    fade_in: RationalTime = ZERO
    fade_out: RationalTime = ZERO
    effects: tuple[EffectUse, ...] = ()
    markers: tuple[Marker, ...] = ()
    link: str | None = None
    group: str | None = None
    freeze: RationalTime | None = None
    shot_id: str | None = None
    id: str = field(default_factory=new_id)
    extra: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def duration(self) -> RationalTime:
        """Length in the sequence."""
        if self.speed == 1:
            return self.source_range.duration
        return self.source_range.duration / abs(self.speed)

    def source_time(self, since_start: RationalTime) -> RationalTime:
        """The source instant shown `since_start` after the clip's start in the sequence.

        For reverse play this is the upper border of the instant: the frame shown is the one that ends there.
        """
        return self.freeze if self.freeze is not None else self.running_time(since_start)

    def running_time(self, since_start: RationalTime) -> RationalTime:
        """`source_time` as though nothing were frozen: keyframes of a frozen clip run on by it."""
        offset = since_start if self.speed == 1 else since_start * abs(self.speed)
        return self.source_range.start + offset if self.speed > 0 else self.source_range.end - offset

    def offset_of(self, source_time: RationalTime) -> RationalTime:
        """How long after the clip's start (record) a source instant comes: `running_time` turned round. May lie outside the clip."""
        since = source_time - self.source_range.start if self.speed > 0 else self.source_range.end - source_time
        return since if abs(self.speed) == 1 else since / abs(self.speed)


@dataclass(frozen=True)
class Gap:
    """Empty time in a track."""

    duration: RationalTime
    id: str = field(default_factory=new_id)
    extra: Mapping[str, Any] = field(default_factory=dict)


Item = Clip | Gap


@dataclass(frozen=True)
class Transition:
    """A passage over a cut of a track. It lies over its neighbours, which stay trimmed to the cut.

    `left_id`/`right_id` are the clips at the cut; None on one side makes it a fade from or to nothing.
    It runs from `before` ahead of the cut to `after` behind it, using the neighbours' handles.
    """

    effect: str
    left_id: str | None
    right_id: str | None
    before: RationalTime
    after: RationalTime
    values: Values = field(default_factory=dict)
    id: str = field(default_factory=new_id)
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def duration(self) -> RationalTime:
        """Length in the sequence."""
        return self.before + self.after
