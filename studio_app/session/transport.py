"""The playhead, the marks and the play state. The player runs on threads of its own; this is its face on the main thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from engines.play.levels import Level
from engines.play.measures import Measures
from studio_app.services.signal import Signal
from timeline.change import Change
from timeline.media import Library
from timeline.project import Project
from timeline.query import edit_points
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime, TimeRange

if TYPE_CHECKING:
    from engines.play.player import Player

__all__ = ["LADDER", "SLOW", "Guest", "Level", "Measures", "Transport"]

LADDER = (-8, -4, -2, -1, 1, 2, 4, 8)
SLOW = Fraction(1, 4)
AROUND = RationalTime(2)
"""How much is played before and after the playhead by `play_around`."""


class Played(Protocol):
    """What a transport plays: the document, or the one-clip project of the source viewer."""

    changed: Signal[Change]
    library_changed: Signal[[]]
    replaced: Signal[[]]

    @property
    def project(self) -> Project:
        """Its sequences."""

    @property
    def library(self) -> Library:
        """The files they show."""


@dataclass(frozen=True)
class Guest:
    """A film that is no part of the document: it is played once over, in place of the active sequence."""

    project: Project
    library: Library


class Transport:
    """Where the playhead stands in the active sequence and how it moves. Main thread only."""

    def __init__(self, document: Played, player: Player) -> None:
        self._document = document
        self.player = player
        self._sequence_id: str | None = None
        self._guest: Guest | None = None
        self._home = ZERO
        self.dress: Callable[[Project, Library], tuple[Project, Library]] = lambda project, library: (project, library)
        """What is seen and heard in place of the project as it is: drafts in placeholders, a take on trial. Same lengths."""
        self.time = ZERO
        self.rate = Fraction(0)
        self.is_shuttling = False
        """Whether time runs by J or L, so that in trim mode the cut follows; true until all were told that it stands."""
        self.loop = False
        self.scrub_sound = True
        """Whether a moment of sound is heard at each place the playhead is dragged or stepped to."""
        self._within: TimeRange | None = None
        self._return_to: RationalTime | None = None
        self.mark_in: RationalTime | None = None
        self.mark_out: RationalTime | None = None
        self.time_changed: Signal[RationalTime] = Signal()
        self.state_changed: Signal[[]] = Signal()
        self.marks_changed: Signal[[]] = Signal()
        self.sequence_changed: Signal[[]] = Signal()
        self.guest_changed: Signal[[]] = Signal()
        """A film that is no part of the document begins or has ended."""
        document.replaced.connect(self._opened)
        document.changed.connect(lambda _: self._refresh())
        document.library_changed.connect(self._refresh)

    @property
    def sequence_id(self) -> str:
        """The active sequence."""
        project = self._document.project
        if self._sequence_id is None or project.sequence(self._sequence_id) is None:
            self._sequence_id = project.sequences[0].id
        return self._sequence_id

    def set_sequence(self, sequence_id: str) -> None:
        """Make another sequence the active one."""
        if sequence_id != self._sequence_id and self._document.project.sequence(sequence_id):
            self.pause()
            self._sequence_id = sequence_id
            self.mark_in = self.mark_out = None
            self.sequence_changed.emit()
            self._refresh()
            self.set_time(ZERO)

    @property
    def sequence(self) -> Sequence:
        """The active sequence as it stands."""
        return self._sequence

    @property
    def film(self) -> Played:
        """What is played."""
        return self._document

    @property
    def guest(self) -> Guest | None:
        """What is played in place of the active sequence; None almost always."""
        return self._guest

    def play_guest(self, guest: Guest, start: RationalTime) -> None:
        """Play another film from `start`. When it stops, for whatever reason, the active sequence is back at its place."""
        self.pause()
        self._home, self._guest = self.time, guest
        self._refresh()
        self.guest_changed.emit()
        self.set_time(start)
        self._run(Fraction(1), None)
        if not self.playing:
            self._let_guest_go()

    def _let_guest_go(self) -> None:
        if self._guest is not None:
            self._guest = None
            self._refresh()
            self.guest_changed.emit()
            self.set_time(self._home)

    @property
    def playing(self) -> bool:
        """Whether time runs."""
        return self.rate != 0

    @property
    def measures(self) -> Measures:
        """How playing goes, in figures."""
        return self.player.measures

    def levels_since(self, number: int) -> tuple[Level, ...]:
        """How loud what was heard by now was, from the level after this number on."""
        return self.player.levels_since(number)

    @property
    def end(self) -> RationalTime:
        """End of the sequence."""
        return self._sequence.duration

    def set_time(self, time: RationalTime, *, heard: bool = False) -> None:
        """Move the playhead to the frame that contains `time` (never before 0); `heard`: with a moment of its sound."""
        frame = max(time, ZERO).frames(self._sequence.rate)
        self.time = RationalTime.from_frames(frame, self._sequence.rate)
        self.player.seek(self.time, heard=heard)
        self.time_changed.emit(self.time)

    def scrub(self, time: RationalTime) -> None:
        """The hand drags the playhead: pause, and follow it with picture and sound."""
        self.pause()
        self.set_time(time, heard=self.scrub_sound)

    def step(self, frames: int) -> None:
        """Pause and move by whole frames."""
        self.scrub(self.time + RationalTime.from_frames(frames, self._sequence.rate))

    def go_to_edit(self, direction: int, track_ids: Iterable[str] | None = None) -> None:
        """Jump to the next (1) or previous (-1) edit point, on these tracks (None: any)."""
        self._go_among({ZERO, *edit_points(self._sequence, track_ids)}, direction)

    def _go_among(self, times: Iterable[RationalTime], direction: int) -> None:
        points = sorted(times)
        if direction > 0:
            target = next((point for point in points if point > self.time), self.time)
        else:
            target = next((point for point in reversed(points) if point < self.time), ZERO)
        self.set_time(target)

    def play(self, rate: Fraction | int = 1) -> None:
        """Run at `rate` (1 = as is, negative = backwards). From the end, forward play starts again at the beginning.

        In a loop it runs from mark in to mark out, where they are set.
        """
        self._run(Fraction(rate), self.marked_range if self.loop else None)

    def play_around(self) -> None:
        """From two seconds before the playhead to two behind it, then back to where it was; in a loop, again and again."""
        here = self.time
        around = TimeRange.between(max(ZERO, here - AROUND), min(self.end, here + AROUND + self._sequence.frame))
        if around.duration:
            self._from(around, return_to=None if self.loop else here)

    def refresh(self) -> None:
        """What `dress` makes of the project is another."""
        self._refresh()

    def play_within(self, within: TimeRange) -> None:
        """From the start of a range (record) to its end."""
        self._from(within)

    def play_in_to_out(self) -> None:
        """From mark in to mark out; all of it where none is set."""
        self._from(self.marked_range or TimeRange.between(ZERO, self.end))

    def set_loop(self, on: bool) -> None:
        """Begin again at the end, or not; playing goes on without a gap."""
        self.loop = on
        if self.playing:
            self._run(self.rate, self.marked_range if on else None)
        else:
            self.state_changed.emit()

    def _from(self, within: TimeRange, return_to: RationalTime | None = None) -> None:
        if self._guest is not None:  # its times are not those of the sequence: it ends, and nothing else begins
            self.pause()
            return
        if self.end > ZERO:
            self.pause()
            self.set_time(within.start)
            self._run(Fraction(1), within)
            self._return_to = return_to

    def _run(self, rate: Fraction, within: TimeRange | None) -> None:
        if self.end == ZERO:
            return
        within = within.intersection(TimeRange.between(ZERO, self.end)) if within is not None else None
        start, end = (within.start, within.end) if within is not None else (ZERO, self.end)
        if rate > 0 and self.time >= end - self._sequence.frame:
            self.set_time(start)
        elif rate < 0 and self.loop and self.time <= start:
            self.set_time(end - self._sequence.frame)
        self.rate, self._within, self._return_to = rate, within, None
        self.player.play(rate, within, loop=self.loop)
        self.state_changed.emit()

    def pause(self) -> None:
        """Stop where the playhead is."""
        if self.playing:
            self.player.pause()
            self._stand()

    def toggle(self) -> None:
        """Play or pause."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def shuttle(self, direction: int) -> None:
        """J (-1) and L (1): one notch along the ladder; K is `pause`."""
        rate = direction
        if self.rate in LADDER:
            at = LADDER.index(int(self.rate)) + direction
            rate = LADDER[min(max(at, 0), len(LADDER) - 1)]
        self.is_shuttling = True
        self.play(rate)
        self.is_shuttling = self.playing

    def arrived(self, time: RationalTime) -> None:
        """The player showed the frame at `time`."""
        if self.playing:
            self.time = time
            self.time_changed.emit(time)

    def stopped(self) -> None:
        """The player came to the end of the sequence. Late news: it may have been paused or sent on meanwhile."""
        if not self.playing or self.player.is_playing:
            return
        self._stand()
        if self._return_to is not None:
            self.set_time(self._return_to)

    def set_marks(self, mark_in: RationalTime | None, mark_out: RationalTime | None) -> None:
        """Set both marks; one that would turn the range over clears the other."""
        self.mark_in, self.mark_out = mark_in, mark_out
        self.marks_changed.emit()
        if self.playing and self.loop:
            self._run(self.rate, self.marked_range)

    def mark(self, edge: str) -> None:
        """Mark in, or out (the frame under the playhead is the last inside), here."""
        if edge == "in":
            out = self.mark_out if self.mark_out is not None and self.mark_out > self.time else None
            self.set_marks(self.time, out)
        else:
            after = self.time + self._sequence.frame
            self.set_marks(self.mark_in if self.mark_in is not None and self.mark_in < after else None, after)

    @property
    def marked_range(self) -> TimeRange | None:
        """From mark in to mark out; an unset one is the start or the end. None when neither is set."""
        if self.mark_in is None and self.mark_out is None:
            return None
        start = self.mark_in or ZERO
        end = self.mark_out if self.mark_out is not None else self.end
        return TimeRange.between(start, end) if start < end else None

    @property
    def _sequence(self) -> Sequence:
        if self._guest is not None:
            return self._guest.project.sequences[0]
        return self._document.project.sequence(self.sequence_id) or self._document.project.sequences[0]

    def _opened(self) -> None:
        self.pause()
        self._sequence_id = None
        self.mark_in = self.mark_out = None
        self._refresh()
        self.set_time(ZERO)
        self.sequence_changed.emit()

    def _stand(self) -> None:
        """Time no longer runs; the playhead is on the frame that is seen."""
        self.rate = Fraction(0)
        if self.time != self.player.time:
            self.time = self.player.time
            self.time_changed.emit(self.time)
        self._let_guest_go()
        self.state_changed.emit()
        self.is_shuttling = False

    def _refresh(self) -> None:
        """The project or library is another. An edit may take the active sequence away, or change its rate."""
        before = self._sequence_id
        if (guest := self._guest) is not None:
            self.player.set_project(guest.project, guest.library, guest.project.sequences[0].id)
        else:
            project, library = self.dress(self._document.project, self._document.library)
            self.player.set_project(project, library, self.sequence_id)
        if self.playing and not self.player.is_playing:
            self._stand()
        if not self.time.is_on_frame(self._sequence.rate):
            self.set_time(self.time)
        if before is not None and before != self._sequence_id:
            self.mark_in = self.mark_out = None
            self.sequence_changed.emit()
