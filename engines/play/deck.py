"""What the player's threads share: the project, the playhead, the run and the pictures waiting to be shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from threading import Condition
from time import monotonic

from engines.play.course import LOUDEST_RATE, Leg, Span, leg_from, whole
from engines.play.cursor import Cursor
from engines.play.measures import Measures, Meter
from engines.play.quality import Quality
from engines.play.request import DrawRequest, PlayedFrame, Scene
from engines.play.run import Run, Turn
from engines.play.shelf import Shelf, Waiting
from engines.play.wish import Wish
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime

FEWEST_AHEAD, MOST_AHEAD, BYTES_AHEAD = 6, 40, 48 << 20
"""Frames made ahead: as many as fit, since a cut into the middle of a long group of pictures can take half a second."""
PICTURE_PATIENCE = 1.0
"""Seconds that sound waits for the first pictures of a run; three times that backwards, where they come in stretches."""
LEAD_SECONDS = 0.004
"""A picture sets out so long before its time: about what it takes to the screen."""
_TICK = 0.02


class Deck:
    """The shared state; every method takes the lock itself. `changed` is told of everything."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.changed = Condition()
        self.scene: Scene | None = None
        self.run: Run | None = None
        self.is_closed = False
        self.quality = Quality()
        self.meter = Meter()
        self.shelf = Shelf()
        self._now = now
        self._size = (640, 360)
        self._time = ZERO
        self._seen: tuple[RationalTime, float, bool] | None = None
        self._epoch = 0
        self._number = 0
        self._wish = Wish()
        self._snippet: RationalTime | None = None
        self._cursor = Cursor()
        self._started = 0.0

    # the caller's side

    def set_scene(self, scene: Scene) -> None:
        """Another project or sequence; playing goes on where it is, if it is the same sequence."""
        with self.changed:
            before, self.scene = self.scene, scene
            run = self.run
            if run is not None:
                same = before is not None and _facts(scene.sequence) == _facts(before.sequence)
                if not same or scene.sequence.duration_frames == 0:
                    self._end_run(self._time)
                else:
                    leg = run.leg
                    was_whole = before is not None and leg.span == whole(before.sequence)
                    self._go_on(run, run.rate, whole(scene.sequence) if was_whole else _within(leg.span, scene))
                    self._forget_pictures(run)
            self._ask()

    def set_size(self, size: tuple[int, int]) -> None:
        """Pictures are made in this size from now on."""
        with self.changed:
            size = (max(size[0], 2), max(size[1], 2))
            if size != self._size:
                self._size = size
                self._ask()

    def set_quality(self, choice: str) -> None:
        """`auto`, `full`, `half` or `quarter`."""
        with self.changed:
            if choice != self.quality.choice:
                self.quality.choice = choice
                self._ask()

    def seek(self, time: RationalTime, *, heard: bool = False) -> None:
        """Move the playhead; a run goes on from there. `heard`: a paused player lets a moment of its sound be heard."""
        with self.changed:
            if self.run is None:
                self._time = max(time, ZERO)
                self._snippet = self._time if heard else self._snippet
                self._ask()
            else:
                rate, span = self.run.rate, self.run.leg.span
                self._end_run(max(time, ZERO))
                self._begin_run(rate, span)

    def play(self, rate: Fraction, span: Span | None = None) -> None:
        """Run from the playhead, in the whole sequence or in `span`. A run that is heard goes on at the new rate without a gap."""
        with self.changed:
            if self.scene is None or rate == 0:
                return
            span = _within(span, self.scene) if span is not None else whole(self.scene.sequence)
            if self.run is not None and self.run.is_ready and not self._has_ended(self.run):
                self._go_on(self.run, rate, span)
            else:
                self._end_run(self._at())
                self._begin_run(rate, span)

    def pause(self) -> None:
        """End the run at the frame that is seen."""
        with self.changed:
            if self.run is not None:
                self._end_run(self._time)
                self._ask_if_unseen()

    def close(self) -> None:
        """Let all threads go."""
        with self.changed:
            self.is_closed = True
            self._end_run(self._time)

    @property
    def time(self) -> RationalTime:
        """The playhead: by the clock while playing."""
        with self.changed:
            return self._at()

    @property
    def measures(self) -> Measures:
        """How it goes."""
        with self.changed:
            run = self.run
            share = self.quality.share if run is not None else self.quality.resting_share
            ran_out = self.meter.now.underruns + (run.underruns if run is not None else 0)
            return replace(self.meter.now, waiting=len(self.shelf), share=share, underruns=ran_out)

    def painted(self, number: int, took: float) -> float | None:
        """A picture is on the screen; how many seconds it is behind its sound."""
        with self.changed:
            return self.meter.painted(number, took)

    # the drawing thread's side

    def next_request(self) -> DrawRequest | None:
        """Wait for a picture to be wanted; None when closed. Only the latest request of a paused player is left."""
        with self.changed:
            while not self.is_closed:
                request = self._wanted()
                if request is not None:
                    return request
                self.changed.wait(self._wish.seconds_left)
            return None

    def is_superseded(self, request: DrawRequest) -> bool:
        """Whether a picture still being decoded had better be given up. Takes no lock: it is asked for each packet.

        What belongs to a run is of no use as soon as something else is wanted; for the rest see `Wish.is_overtaken`.
        """
        if self.is_closed or request.epoch != self._epoch:
            return True
        return request.leg is None and self._wish.is_overtaken(request.full)

    def gave_up(self) -> None:
        """A picture was not finished, for another that is wanted more."""
        with self.changed:
            self._wish.gave_up()

    def hand_over(self, request: DrawRequest, frame: PlayedFrame) -> None:
        """A picture is made; it is shown unless its time is over."""
        with self.changed:
            self.meter.made(frame.making)
            self._wish.came()
            run = self.run
            if request.leg is not None and run is not None and run.is_ready and abs(run.rate) <= LOUDEST_RATE:
                frame_seconds = abs(request.leg.step) / float(request.leg.frame_rate * abs(request.leg.rate))
                self.quality.made(frame.making.total_ms / 1e3, frame_seconds, self._now())
            if request.epoch != self._epoch:
                return
            if request.leg is None:
                self._wish.refine_later(frame.stood_in and not self._wish.is_open)
            elif run is None or not run.course.holds(request.leg, request.frame):
                return
            self.shelf.add(Waiting(frame, request.leg, request.frame))
            self.changed.notify_all()

    # the showing thread's side

    def next_shown(self) -> PlayedFrame | str | None:
        """Wait for the next picture to be due: that picture, "ended" when the run has come to its end, None when closed."""
        with self.changed:
            while not self.is_closed:
                run = self.run
                if run is None:
                    if self.shelf:
                        return self._show(self.shelf.take())
                    self.changed.wait()
                    continue
                due, late = self.shelf.due(run.place + LEAD_SECONDS * run.sample_rate)
                if late:
                    self._leave_out(run, late)
                if due is not None:
                    self.changed.notify_all()  # there is room for another one
                    return self._show(due)
                if self._has_ended(run):
                    leg = run.course.legs[-1]
                    self._end_run(self._time_of(leg.span.end - 1 if leg.rate > 0 else leg.span.first))
                    self._ask_if_unseen()
                    return "ended"
                self.changed.wait(self._until_due(run))
            return None

    # the sounding thread's side

    def wait_for_sound(self, seconds: float | None) -> tuple[Run, Scene] | None:
        """Wait for a change, or at most so long (None: only for a run, a snippet or the end); the run to be heard, if any."""
        with self.changed:
            idle = self.run is None and self._snippet is None
            turns = self.run is not None and self.run.turn is not None
            if not self.is_closed and (idle or not (seconds is None or turns or self._snippet is not None)):
                self.changed.wait(seconds)
            return None if self.run is None or self.scene is None else (self.run, self.scene)

    def take_snippet(self) -> tuple[RationalTime, Scene] | None:
        """The latest place of which a moment is to be heard; each is given once."""
        with self.changed:
            time, self._snippet = self._snippet, None
            return None if time is None or self.scene is None or self.run is not None else (time, self.scene)

    def after(self, run: Run, leg: Leg) -> Leg | None:
        """What is heard behind a leg; None: the end."""
        with self.changed:
            return run.course.after(leg)

    def turned(self, run: Run, turn: Turn, leg: Leg) -> None:
        """The sound of `run` goes on along `leg`: so do the pictures."""
        with self.changed:
            run.course = run.course.turned(leg)
            if run.turn is turn:
                run.turn = None
            if run is self.run:
                self._cursor.place(leg, self.shelf.turn(run.course, leg))
                self.changed.notify_all()

    def has_pictures(self, run: Run) -> bool:
        """Whether a run may begin: the first pictures are there, or will not come soon."""
        with self.changed:
            enough = len(self.shelf) >= 2 or self._cursor.is_at_the_end
            patience = PICTURE_PATIENCE * (3 if run.rate < 0 else 1)
            return self.run is run and (enough or monotonic() - self._started > patience)

    # all below: with the lock held

    def _ask(self) -> None:
        self._number += 1
        self._wish.ask()
        self.changed.notify_all()

    def _ask_if_unseen(self) -> None:
        """The frame under the playhead was dropped, not made yet, or made smaller than it may be: make it now."""
        if self._seen is None or self._seen[:2] != (self._time, self.quality.resting_share):
            self._ask()
        elif self._seen[2]:
            self._wish.refine_later()
            self.changed.notify_all()

    def _begin_run(self, rate: Fraction, span: Span) -> None:
        if self.scene is None or span.end <= span.first:
            return
        sequence = self.scene.sequence
        frame = min(max(self._time.frames(sequence.rate), span.first), span.end - 1)
        self._time = RationalTime.from_frames(frame, sequence.rate)
        leg = leg_from(frame, 0, rate, span, sequence)
        self.run = Run(leg, self._now)
        self._cursor.place(leg, frame)
        self._started = monotonic()
        self._snippet = None
        self._wish.refine_later(False)
        self.meter.began()
        self.changed.notify_all()

    def _go_on(self, run: Run, rate: Fraction, span: Span) -> None:
        """Another rate or span from the next possible place on; at once while nothing is heard yet."""
        if not run.is_ready:
            self._end_run(self._time)
            self._begin_run(rate, span)
            return
        run.rate = rate

        def leg(old: Leg, place: int) -> Leg:
            first, last = (
                RationalTime.from_frames(edge, old.frame_rate).samples(old.sample_rate)
                for edge in (span.first, span.end)
            )
            first, last = (first, last - 1) if rate > 0 else (first + 1, last)
            origin = min(max(old.origin_at(place), first), last)
            return Leg(place, origin, rate, span, old.frame_rate, old.sample_rate)

        run.turn = Turn(leg)
        self.changed.notify_all()

    def _end_run(self, time: RationalTime) -> None:
        if self.run is not None:
            self.meter.ended(self.run)
        self.run = None
        self._cursor.clear()
        self._time = time
        self._epoch += 1
        self.shelf.clear()
        self.quality.rest()
        self.changed.notify_all()

    def _forget_pictures(self, run: Run) -> None:
        """Make the pictures of a run anew from the clock on."""
        if run is not self.run:
            return
        self._epoch += 1
        self.shelf.clear()
        leg = run.leg
        self._cursor.place(leg, leg.frame_at(run.place))

    def _at(self) -> RationalTime:
        if self.run is None:
            return self._time
        place = self.run.place
        return self._time_of(self.run.course.leg_at(place).frame_at(place))

    def _time_of(self, frame: int) -> RationalTime:
        last = self.scene.sequence.duration_frames - 1 if self.scene is not None else 0
        rate = self.scene.sequence.rate if self.scene is not None else Fraction(25)
        return RationalTime.from_frames(min(max(frame, 0), max(last, 0)), rate)

    def _wanted(self) -> DrawRequest | None:
        if self.scene is None:
            return None
        if self.run is None:
            return self._wanted_at_rest(self.scene)
        size = self._sized(self.quality.share)
        room = BYTES_AHEAD // (4 * size[0] * size[1])
        if len(self.shelf) >= min(max(room, FEWEST_AHEAD), MOST_AHEAD):
            return None
        now = self.meter.now
        skipped = self._cursor.catch_up(self.run, self.meter.last_ms / 1e3, now.render_ms / 1e3)
        if skipped:
            self._leave_out(self.run, skipped)
        following = self._cursor.next(self.run)
        if following is None:
            return None
        leg, frame = following
        self._number += 1
        share = self.quality.share
        return DrawRequest(self.scene, self._time_of(frame), size, self._epoch, self._number, leg, frame, share)

    def _wanted_at_rest(self, scene: Scene) -> DrawRequest | None:
        full = self._wish.taken()
        if full is None:
            return None
        share = self.quality.resting_share
        return DrawRequest(scene, self._time, self._sized(share), self._epoch, self._number, share=share, full=full)

    def _sized(self, share: float) -> tuple[int, int]:
        if share == 1:
            return self._size
        return (max(2, round(self._size[0] * share / 2) * 2), max(2, round(self._size[1] * share / 2) * 2))

    def _leave_out(self, run: Run, count: int) -> None:
        self.meter.dropped(count)
        if run.is_ready and abs(run.rate) <= LOUDEST_RATE:
            self.quality.was_late(self._now())

    def _until_due(self, run: Run) -> float:
        """Seconds until the first waiting picture is to be seen."""
        if not self.shelf:
            return _TICK
        return min(max((self.shelf.first_place - run.place) / run.sample_rate - LEAD_SECONDS, 1e-4), _TICK)

    def _has_ended(self, run: Run) -> bool:
        if not run.is_ready or self.shelf:
            return False
        leg = run.course.legs[-1]
        return not leg.span.loops and run.place >= leg.end

    def _show(self, one: Waiting) -> PlayedFrame:
        self.meter.shown(one.picture.number, self.run, one.place)
        self._seen = (one.picture.time, one.picture.share, one.picture.stood_in)
        if self.run is not None:
            self._time = one.picture.time
        return one.picture


def _facts(sequence: Sequence) -> tuple[object, ...]:
    return (sequence.id, sequence.rate, sequence.sample_rate)


def _within(span: Span, scene: Scene) -> Span:
    """A span cut to the sequence; all of it where nothing is left."""
    frames = scene.sequence.duration_frames
    first, end = max(0, span.first), min(span.end, frames)
    return Span(first, end, span.loops) if first < end else Span(0, frames, span.loops)
