"""What every interchange format shares: the result, the notes on what it cannot carry, and how it reads a sequence.

A format is a file of this folder with `NAME`, `SUFFIX`, `LABEL` and
`write(project, library, sequence, media_path) -> Delivered`.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path, PureWindowsPath

import timeline.interchange as package
from timeline.curve import Curve, Value, value_at
from timeline.errors import InterchangeError
from timeline.items import Clip, Transition
from timeline.media import Library, Media
from timeline.nesting import nested_in
from timeline.project import Project
from timeline.query import handles, media_name, media_of, track_label
from timeline.sequence import Sequence
from timeline.time import FrameRate, RationalTime
from timeline.track import Track, TrackKind

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
MediaPath = Callable[[Media], Path]


@dataclass(frozen=True)
class Note:
    """Something the format carries differently or not at all. `count` like ones are told once, at the first place."""

    level: str  # "changed" (it is there in another form) or "lost"
    sentence: str
    time: RationalTime | None = None
    track: str = ""
    count: int = 1


@dataclass(frozen=True)
class Delivered:
    """A timeline as text of another tool's format."""

    text: str
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Format:
    """One way to hand a sequence on."""

    id: str
    name: str
    suffix: str
    label: str
    write: Callable[[Project, Library, Sequence, MediaPath], Delivered]


@cache
def formats() -> tuple[Format, ...]:
    """Every format of this folder, by file name."""
    found = []
    for info in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        if hasattr(module, "SUFFIX"):
            found.append(Format(info.name, module.NAME, module.SUFFIX, module.LABEL, module.write))
    return tuple(found)


def format_for(suffix: str) -> Format:
    """The format of a file suffix. Raises InterchangeError."""
    for one in formats():
        if one.suffix == suffix.casefold():
            return one
    known = ", ".join(one.suffix for one in formats())
    raise InterchangeError(f'There is no timeline format "{suffix}"; these can be written: {known}.')


@dataclass
class Notes:
    """Collects notes; the same sentence is kept once and counted."""

    _found: dict[tuple[str, str], Note] = field(default_factory=dict)

    def lost(self, sentence: str, time: RationalTime | None = None, track: str = "") -> None:
        """Something is missing in what is written."""
        self._add(Note("lost", sentence, time, track))

    def changed(self, sentence: str, time: RationalTime | None = None, track: str = "") -> None:
        """Something is written in another form."""
        self._add(Note("changed", sentence, time, track))

    def _add(self, note: Note) -> None:
        key = (note.level, note.sentence)
        known = self._found.get(key)
        self._found[key] = replace(known, count=known.count + 1) if known else note

    def all(self) -> tuple[Note, ...]:
        """In order of first appearance."""
        return tuple(self._found.values())


def clean(text: str) -> str:
    """Text without what XML and JSON cannot hold (control characters, half characters)."""
    return _CONTROL.sub("", text)


def file_url(path: Path) -> str:
    """`file:///…` with percent-encoded UTF-8, as it is; Windows paths too."""
    text = str(path)
    if re.match(r"[A-Za-z]:[\\/]", text):
        return PureWindowsPath(text).as_uri()
    return path.absolute().as_uri()


def shown_name(clip: Clip, library: Library, project: Project | None = None) -> str:
    """The clip's name, else its media's, else its file's; of a nest the sequence's, if the project is given."""
    media = media_of(clip, library)
    nested = nested_in(project, clip) if project is not None else None
    return clean(clip.name or (media_name(media) if media else nested.name if nested else "")) or "Clip"


def frozen_frame(clip: Clip, rate: FrameRate) -> int | None:
    """The frame (of the source, counted at `rate`) that a frozen clip shows; None: it runs."""
    if clip.freeze is None:
        return None
    frame = clip.freeze.frames(rate)
    return max(0, frame - 1 if clip.speed < 0 and clip.freeze.is_on_frame(rate) else frame)


def note_groups(sequence: Sequence, notes: Notes) -> None:
    """Groups are a help for the hand; no other format has them."""
    for track in sequence.tracks:
        for clip, _ in track.clips():
            if clip.group is not None:
                notes.lost("Groups of clips are not carried.")


def plain(value: Value | Curve, at: RationalTime) -> float:
    """A number as it is at a source time, for formats without curves."""
    number = value_at(value, at)
    return float(number) if isinstance(number, (int, float)) else 0.0


def main_picture_track(sequence: Sequence) -> Track | None:
    """The lowest video track with clips, else the lowest other picture track with clips; muted ones only at last."""
    holding = [
        track
        for track in sequence.picture_tracks()
        if track.kind is not TrackKind.EFFECTS and any(True for _ in track.clips())
    ]
    ranked = sorted(holding, key=lambda track: (track.muted, track.kind is not TrackKind.VIDEO))
    return ranked[0] if ranked else None


def shown_label(track: Track, sequence: Sequence) -> str:
    """The track's name, else V1, A2 … by its place."""
    return clean(track_label(sequence, track))


def fitted(
    transition: Transition,
    track: Track,
    library: Library,
    sequence: Sequence,
    notes: Notes,
    project: Project | None = None,
) -> tuple[RationalTime, RationalTime]:
    """How far a transition reaches before and after its cut, in whole frames, shortened to the handles there are."""
    before, after = transition.before, transition.after
    left, right = track.clip(transition.left_id), track.clip(transition.right_id)
    if right is not None and (head := handles(right, library, project)[0]) is not None:
        before = min(before, head)
    if left is not None and (tail := handles(left, library, project)[1]) is not None:
        after = min(after, tail)
    rate = sequence.rate
    before = RationalTime.from_frames(before.frames(rate), rate)
    after = RationalTime.from_frames(after.frames(rate), rate)
    if (before, after) != (transition.before, transition.after):
        notes.changed("A transition is shortened: its clips have no media beyond the cut.", track.cut_of(transition))
    return before, after
