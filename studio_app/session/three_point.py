"""Three-point editing: from marks in the source and marks in the sequence to what lands where.

Of the four marks three decide: a missing one follows from the lengths. Without a mark in the source all of it counts;
without one in the sequence the playhead is the mark in; a lone mark out is where the last frame ends (backtiming). With all
four, the range of the sequence holds and the source's mark out gives way, as long as no speed is to be changed.
"""

from __future__ import annotations

from collections.abc import Sequence as Row
from dataclasses import dataclass, replace

from studio_app.session.placing import STILL_LENGTH, Piece, as_media, waiting
from timeline.errors import EditRefused
from timeline.media import Media
from timeline.pool import Pool
from timeline.query import frames_text, media_name, whole_frames
from timeline.sequence import Sequence
from timeline.storyboard import Shot
from timeline.time import ZERO, FrameRate, RationalTime, TimeRange, total


@dataclass(frozen=True)
class Incoming:
    """A file that is to be cut in: which part of it there is, and its marks. All in source time."""

    media: Media
    bounds: TimeRange
    mark_in: RationalTime | None = None
    mark_out: RationalTime | None = None
    name: str = ""
    playhead: RationalTime | None = None
    """Where the source viewer stands, for what aligns playheads; None: it does not show this file."""
    shot: Shot | None = None
    """It stands for this shot; its file may be one that is yet to be made."""
    is_nest: bool = False
    """It is no file but a sequence of the project."""

    @property
    def range(self) -> TimeRange:
        """From mark in to mark out; an unset one is the start or the end."""
        start = self.mark_in if self.mark_in is not None else self.bounds.start
        end = self.mark_out if self.mark_out is not None else self.bounds.end
        return TimeRange.between(start, end) if start < end else self.bounds

    def piece(self, part: TimeRange | None = None) -> Piece:
        """A part of it (None: its range) as what is placed."""
        return Piece(self.media, part or self.range, self.name, shot=self.shot, is_nest=self.is_nest)


@dataclass(frozen=True)
class RecordMarks:
    """Where the sequence is marked, and where its playhead is."""

    playhead: RationalTime
    mark_in: RationalTime | None = None
    mark_out: RationalTime | None = None

    @property
    def range(self) -> TimeRange | None:
        """From in to out when both are set."""
        if self.mark_in is None or self.mark_out is None or self.mark_in >= self.mark_out:
            return None
        return TimeRange.between(self.mark_in, self.mark_out)

    @property
    def start(self) -> RationalTime:
        """Mark in, else the playhead."""
        return self.mark_in if self.mark_in is not None else self.playhead


@dataclass(frozen=True)
class Landing:
    """What goes in at which place of the sequence; `note` says what had to give way."""

    pieces: tuple[Piece, ...]
    at: RationalTime
    note: str = ""


def of_media(media: Media, pool: Pool, still: RationalTime = STILL_LENGTH) -> Incoming:
    """A file of the pool with the marks that are kept for it; a still without marks lasts `still`."""
    entry = pool.entry(media.id)
    whole = TimeRange(ZERO, still if media.is_endless else media.duration)
    return Incoming(media, whole, entry.mark_in, entry.mark_out, entry.name or media_name(media))


def of_sequence(sequence: Sequence) -> Incoming:
    """All of a sequence, to be shown within another one."""
    return Incoming(as_media(sequence), TimeRange(ZERO, sequence.duration), name=sequence.name, is_nest=True)


def of_shot(shot: Shot, media: Media | None, name: str) -> Incoming:
    """A shot by its file, or by the place that is held for it."""
    media = media or waiting(shot)
    return Incoming(media, TimeRange(ZERO, media.duration), name=name, shot=shot)


def landing(incoming: Row[Incoming], record: RecordMarks, rate: FrameRate) -> Landing:
    """Where files go by their marks and those of the sequence; several land one after another. Raises EditRefused."""
    if len(incoming) == 1 and (marked := record.range) is not None:
        return _into(incoming[0], marked, rate)
    pieces = tuple(one.piece() for one in incoming)
    if record.mark_in is not None or record.mark_out is None:
        return Landing(pieces, record.start)
    length = total(whole_frames(one.whole.duration, rate) for one in pieces)
    at = record.mark_out - length
    if at < ZERO:
        raise EditRefused(
            f"{frames_text(length, rate)} do not fit before the mark out: there are {frames_text(record.mark_out, rate)}."
        )
    return Landing(pieces, at)


def _into(one: Incoming, marked: TimeRange, rate: FrameRate) -> Landing:
    """The source in a marked range of the sequence: from its mark in on, or back from its mark out when only that is set."""
    if one.media.is_endless:
        return Landing((one.piece(TimeRange(ZERO, marked.duration)),), marked.start)
    if one.mark_in is None and one.mark_out is not None:
        start = one.mark_out - marked.duration
        if start >= one.bounds.start:
            return Landing((one.piece(TimeRange(start, marked.duration)),), marked.start)
        length = whole_frames(one.mark_out - one.bounds.start, rate)
        part = TimeRange(one.mark_out - length, length)
        return Landing((one.piece(part),), marked.end - length, _short(one, marked.duration - length, rate))
    start = one.range.start
    if start + marked.duration > one.bounds.end:
        length = whole_frames(one.bounds.end - start, rate)
        if length < marked.duration:
            part = TimeRange(start, length)
            return Landing((one.piece(part),), marked.start, _short(one, marked.duration - length, rate))
    note = ""
    if one.mark_in is not None and one.mark_out is not None and one.range.duration != marked.duration:
        note = (
            "Both ranges are marked and differ: the source's mark out gave way. Fit to fill changes the speed instead."
        )
    return Landing((one.piece(TimeRange(start, marked.duration)),), marked.start, note)


def _short(one: Incoming, missing: RationalTime, rate: FrameRate) -> str:
    return f"“{one.name}” is {frames_text(missing, rate)} shorter than the marked range."


def fitted(one: Incoming, record: RecordMarks) -> Landing:
    """The marked source in the marked range of the sequence, at the speed that makes it fit. Raises EditRefused."""
    marked = record.range
    if marked is None:
        raise EditRefused("Mark in and out in the sequence first: fit to fill changes the speed to that length.")
    if one.media.is_endless:
        raise EditRefused(f"“{one.name}” is a still and fits any length. Overwrite puts it in.")
    speed = one.range.duration / marked.duration
    return Landing((replace(one.piece(), speed=speed),), marked.start)
