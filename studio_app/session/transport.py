"""The playhead, the marks and the play state. The player runs on threads of its own; this is its face on the main thread."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from studio_app.services.signal import Signal
from timeline.query import edit_points
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime, TimeRange

if TYPE_CHECKING:
    from engines.play.player import Player
    from studio_app.session.document import Document

LADDER = (-8, -4, -2, -1, 1, 2, 4, 8)


class Transport:
    """Where the playhead stands in the active sequence and how it moves. Main thread only."""

    def __init__(self, document: Document, player: Player) -> None:
        self._document = document
        self.player = player
        self._sequence_id: str | None = None
        self.time = ZERO
        self.rate = Fraction(0)
        self.loop = False
        self.mark_in: RationalTime | None = None
        self.mark_out: RationalTime | None = None
        self.time_changed: Signal[RationalTime] = Signal()
        self.state_changed: Signal[[]] = Signal()
        self.marks_changed: Signal[[]] = Signal()
        self.sequence_changed: Signal[[]] = Signal()
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
    def playing(self) -> bool:
        """Whether time runs."""
        return self.rate != 0

    @property
    def end(self) -> RationalTime:
        """End of the sequence."""
        return self._sequence.duration

    def set_time(self, time: RationalTime) -> None:
        """Move the playhead to the frame that contains `time` (never before 0)."""
        frame = max(time, ZERO).frames(self._sequence.rate)
        self.time = RationalTime.from_frames(frame, self._sequence.rate)
        self.player.seek(self.time)
        self.time_changed.emit(self.time)

    def step(self, frames: int) -> None:
        """Pause and move by whole frames."""
        self.pause()
        self.set_time(self.time + RationalTime.from_frames(frames, self._sequence.rate))

    def go_to_edit(self, direction: int) -> None:
        """Jump to the next (1) or previous (-1) edit point."""
        points = sorted({ZERO, *edit_points(self._sequence)})
        if direction > 0:
            target = next((point for point in points if point > self.time), self.time)
        else:
            target = next((point for point in reversed(points) if point < self.time), ZERO)
        self.set_time(target)

    def play(self, rate: Fraction | int = 1) -> None:
        """Run at `rate` (1 = as is, negative = backwards). From the end, forward play starts again at the beginning."""
        if self.end == ZERO:
            return
        if rate > 0 and self.time >= self.end - self._sequence.frame:
            self.set_time(ZERO)
        self.rate = Fraction(rate)
        self.player.play(self.rate)
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
        if not self.playing:
            self.play(direction)
            return
        at = LADDER.index(int(self.rate)) + direction
        self.play(LADDER[min(max(at, 0), len(LADDER) - 1)])

    def arrived(self, time: RationalTime) -> None:
        """The player showed the frame at `time`."""
        if self.playing:
            self.time = time
            self.time_changed.emit(time)

    def stopped(self) -> None:
        """The player came to the end of the sequence. Late news: it may have been paused or sent on meanwhile."""
        if not self.playing or self.player.is_playing:
            return
        if self.loop and self.rate > 0:
            self.set_time(self.mark_in or ZERO)
            self.play(self.rate)
            return
        self._stand()

    def set_marks(self, mark_in: RationalTime | None, mark_out: RationalTime | None) -> None:
        """Set both marks; one that would turn the range over clears the other."""
        self.mark_in, self.mark_out = mark_in, mark_out
        self.marks_changed.emit()

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
        self.state_changed.emit()

    def _refresh(self) -> None:
        """The project or library is another. An edit may take the active sequence away, or change its rate."""
        before = self._sequence_id
        self.player.set_project(self._document.project, self._document.library, self.sequence_id)
        if self.playing and not self.player.is_playing:
            self._stand()
        if not self.time.is_on_frame(self._sequence.rate):
            self.set_time(self.time)
        if before is not None and before != self._sequence_id:
            self.mark_in = self.mark_out = None
            self.sequence_changed.emit()
