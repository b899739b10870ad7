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
from timeline.items import Clip, MediaSource, Transition
from timeline.media import Library, Media
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime
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


def shown_name(clip: Clip, library: Library) -> str:
    """The clip's name, else its media's, else its file's."""
    media = media_of(clip, library)
    return clean(clip.name or (media.name or Path(media.path).name if media else "")) or "Clip"


def media_of(clip: Clip, library: Library) -> Media | None:
    """The file a clip shows; None for generators, placeholders and media the library does not know."""
    return library.media.get(clip.source.media_id) if isinstance(clip.source, MediaSource) else None


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


def track_label(track: Track, sequence: Sequence) -> str:
    """The track's name, or V1, A2 … by its place."""
    if track.name:
        return clean(track.name)
    rows = sequence.audio_tracks() if track.is_audio else sequence.picture_tracks()
    return f"{'A' if track.is_audio else 'V'}{[one.id for one in rows].index(track.id) + 1}"


def head_handle(clip: Clip, library: Library) -> RationalTime | None:
    """Media before the clip's first frame, in record time; None is endless."""
    media = media_of(clip, library)
    if media is None or media.is_endless:
        return None
    spare = clip.source_range.start if clip.speed > 0 else media.duration - clip.source_range.end
    return max(ZERO, spare / abs(clip.speed))


def tail_handle(clip: Clip, library: Library) -> RationalTime | None:
    """Media after the clip's last frame, in record time; None is endless."""
    media = media_of(clip, library)
    if media is None or media.is_endless:
        return None
    spare = media.duration - clip.source_range.end if clip.speed > 0 else clip.source_range.start
    return max(ZERO, spare / abs(clip.speed))


def fitted(
    transition: Transition, track: Track, library: Library, sequence: Sequence, notes: Notes
) -> tuple[RationalTime, RationalTime]:
    """How far a transition reaches before and after its cut, in whole frames, shortened to the handles there are."""
    before, after = transition.before, transition.after
    left, right = (_clip(track, item_id) for item_id in (transition.left_id, transition.right_id))
    if right is not None and (head := head_handle(right, library)) is not None:
        before = min(before, head)
    if left is not None and (tail := tail_handle(left, library)) is not None:
        after = min(after, tail)
    rate = sequence.rate
    before = RationalTime.from_frames(before.frames(rate), rate)
    after = RationalTime.from_frames(after.frames(rate), rate)
    if (before, after) != (transition.before, transition.after):
        notes.changed("A transition is shortened: its clips have no media beyond the cut.", track.cut_of(transition))
    return before, after


def _clip(track: Track, item_id: str | None) -> Clip | None:
    index = track.index_of(item_id) if item_id is not None else None
    item = track.items[index] if index is not None else None
    return item if isinstance(item, Clip) else None
