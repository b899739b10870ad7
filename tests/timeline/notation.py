"""Tracks as text, so that a test shows what it means: `"A:0-24 >4+4< B:10-58 _12 t:0-24@-2"`.

`NAME:in-out` is a clip with its source range in frames at 24, `@2` its speed; capitals are media, small letters titles.
`_12` is a gap. `>4+4<` is a transition, its frames before and after the cut. A clip's id and name are its letters; of a
right half only the name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest

from timeline.change import Change
from timeline.command import Command
from timeline.errors import EditRefused
from timeline.history import History
from timeline.items import Clip, Gap, GeneratorSource, Item, MediaSource, Placeholder, Transition
from timeline.media import Library, Media, MediaKind
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import RationalTime, TimeRange
from timeline.track import Track, TrackKind

RATE = Fraction(24)
KINDS = {
    "V": TrackKind.VIDEO,
    "A": TrackKind.AUDIO,
    "O": TrackKind.OVERLAY,
    "T": TrackKind.TEXT,
    "E": TrackKind.EFFECTS,
}
_CLIP = re.compile(r"(\w+):(-?[\d/]+)-([\d/]+)(?:@(-?[\d/]+))?")
_TRANSITION = re.compile(r">(\d+)\+(\d+)<")


def f(frames: int | Fraction) -> RationalTime:
    """A time in frames at 24."""
    return RationalTime(Fraction(frames) / RATE)


def clip(text: str, **more: object) -> Clip:
    """`A:0-24@2`: a clip of the file A; `t:0-24` a title; `?:0-24` is written `x` with a Placeholder given by `more`."""
    match = _CLIP.fullmatch(text)
    assert match, text
    name, start, end, speed = match.groups()
    source = GeneratorSource("title", {"text": name}) if name.islower() else MediaSource(name)
    made = Clip(
        source,
        TimeRange.between(f(Fraction(start)), f(Fraction(end))),
        name=name,
        speed=Fraction(speed or 1),
        id=name,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def track(text: str, track_id: str = "V1", *, locked: bool = False) -> Track:
    """A track from its text."""
    items: list[Item] = []
    pending: tuple[str, str] | None = None
    transitions: list[Transition] = []
    for token in text.split():
        if match := _TRANSITION.fullmatch(token):
            pending = (match[1], match[2])
            left = items[-1] if items and isinstance(items[-1], Clip) else None
            transitions.append(
                Transition(
                    "dissolve",
                    left.id if left else None,
                    None,
                    f(int(match[1])),
                    f(int(match[2])),
                    id=f"x{len(transitions)}",
                )
            )
            continue
        item = Gap(f(int(token[1:]))) if token.startswith("_") else clip(token)
        if pending is not None and isinstance(item, Clip):
            transitions[-1] = replace(transitions[-1], right_id=item.id)
        pending = None
        items.append(item)
    return Track(KINDS[track_id[0]], tuple(items), tuple(transitions), id=track_id, locked=locked)


def text_of(row: Track) -> str:
    """The text of a track."""
    words = []
    over = {one.right_id if one.right_id else f"{one.left_id} end": one for one in row.transitions}
    for item in row.items:
        if isinstance(item, Gap):
            words.append(f"_{_frames(item.duration)}")
            continue
        if item.id in over:
            words.append(_transition(over[item.id]))
        start, end = _frames(item.source_range.start), _frames(item.source_range.end)
        speed = "" if item.speed == 1 else f"@{item.speed}"
        words.append(f"{item.name}:{start}-{end}{speed}")
        if f"{item.id} end" in over:
            words.append(_transition(over[f"{item.id} end"]))
    return " ".join(words)


def _transition(one: Transition) -> str:
    return f">{_frames(one.before)}+{_frames(one.after)}<"


def _frames(time: RationalTime) -> str:
    return str(time.fraction * RATE)


class Cut:
    """A sequence in text, its history, and a library in which every file has 100 frames unless said."""

    def __init__(self, *, locked: tuple[str, ...] = (), media: Mapping[str, int] | None = None, **rows: str) -> None:
        tracks = tuple(track(text, name, locked=name in locked) for name, text in rows.items())
        project = Project(sequences=(Sequence(tracks=tracks, id="cut", rate=RATE),))
        self.history = History(project)
        self.library = Library()
        lengths = {chr(letter): 100 for letter in range(ord("A"), ord("Z") + 1)} | dict(media or {})
        for name, frames in lengths.items():
            self.add_media(name, frames)

    def add_media(self, name: str, frames: int, **more: object) -> None:
        """Put a film with sound into the library."""
        one = Media(
            f"/films/{name}.mp4", MediaKind.VIDEO, name, f(frames), rate=RATE, has_video=True, has_audio=True, id=name
        )
        self.library = self.library.with_media(replace(one, **more))  # type: ignore[arg-type]

    def do(self, command: Command) -> Change:
        """Make an edit; undoing and redoing it must give the very same projects."""
        before = self.history.project
        change = self.history.do(command, self.library)
        after = self.history.project
        if after is not before and self.history.entries:
            self.history.undo()
            self.history.redo()
            assert self.history.project is after
        return change

    def refuses(self, command: Command) -> str:
        """The sentence with which an edit is refused; nothing has changed."""
        before = self.history.project
        with pytest.raises(EditRefused) as caught:
            self.history.do(command, self.library)
        assert self.history.project is before
        assert caught.value.message.endswith(".")
        return caught.value.message

    @property
    def sequence(self) -> Sequence:
        """The sequence as it is now."""
        return self.history.project.sequences[0]

    def clip(self, clip_id: str) -> Clip:
        """A clip by its id."""
        found = self.sequence.clip(clip_id)
        assert found is not None, clip_id
        return found

    def items(self, track_id: str) -> tuple[Item, ...]:
        """What stands on a track."""
        row = self.sequence.track(track_id)
        assert row is not None
        return row.items

    def id_at(self, track_id: str, index: int) -> str:
        """Id of the item at a place of a track."""
        return self.items(track_id)[index].id

    def __getitem__(self, track_id: str) -> str:
        row = self.sequence.track(track_id)
        assert row is not None
        return text_of(row)


def placeholder(text: str, shot_id: str = "shot") -> Clip:
    """A clip that waits for a shot."""
    return replace(clip(text), source=Placeholder(shot_id), shot_id=shot_id)
