"""What the player's threads share: the project, the playhead, the run and the frames waiting to be shown."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor
from threading import Condition
from time import perf_counter

from engines.play.request import DrawRequest, Measures, PlayedFrame, Scene
from engines.play.run import Run
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime

FEWEST_AHEAD, MOST_AHEAD, BYTES_AHEAD = 6, 40, 48 << 20
"""Frames made ahead: as many as fit, since a cut into the middle of a long group of pictures can take half a second."""
PICTURE_PATIENCE = 1.0
"""Seconds that sound waits for the first pictures of a run; three times that backwards, where they come in stretches."""
_TICK = 0.02


class Deck:
    """The shared state; every method takes the lock itself. `changed` is told of everything."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.changed = Condition()
        self.scene: Scene | None = None
        self.run: Run | None = None
        self.is_closed = False
        self.measures = Measures()
        self._now = now
        self._size = (640, 360)
        self._time = ZERO
        self._seen: RationalTime | None = None
        self._epoch = 0
        self._number = 0
        self._asked = False
        self._waiting: deque[tuple[DrawRequest, PlayedFrame]] = deque()
        self._started = 0.0

    # the caller's side

    def set_scene(self, scene: Scene) -> None:
        """Another project or sequence; playing goes on where it is, if it is the same sequence."""
        with self.changed:
            before, self.scene = self.scene, scene
            if self.run is not None:
                facts = (scene.sequence.id, scene.sequence.rate, scene.sequence.sample_rate)
                if before and facts == (before.sequence.id, before.sequence.rate, before.sequence.sample_rate):
                    self._forget_pictures(self.run, scene.sequence)
                else:
                    self._end_run(self._time)
            self._ask()

    def set_size(self, size: tuple[int, int]) -> None:
        """Pictures are made in this size from now on."""
        with self.changed:
            size = (max(size[0], 2), max(size[1], 2))
            if size == self._size:
                return
            self._size = size
            if self.run is not None and self.scene is not None:
                self._forget_pictures(self.run, self.scene.sequence)
            self._ask()

    def seek(self, time: RationalTime) -> None:
        """Move the playhead; a run goes on from there."""
        with self.changed:
            if self.run is None:
                self._time = max(time, ZERO)
                self._ask()
            else:
                rate = self.run.rate
                self._end_run(max(time, ZERO))
                self._begin_run(rate)

    def play(self, rate: Fraction) -> None:
        """Begin a run from the playhead."""
        with self.changed:
            self._end_run(self._at())
            self._begin_run(rate)

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

    # the drawing thread's side

    def next_request(self) -> DrawRequest | None:
        """Wait for a picture to be wanted; None when closed. Only the latest request of a paused player is left."""
        with self.changed:
            while not self.is_closed:
                request = self._wanted()
                if request is not None:
                    return request
                self.changed.wait()
            return None

    def hand_over(self, request: DrawRequest, frame: PlayedFrame, took: float) -> None:
        """A picture is made; it is shown unless its time is over."""
        with self.changed:
            self.measures = replace(self.measures, render_ms=took * 1000)
            if request.epoch == self._epoch:
                self._waiting.append((request, frame))
                self.changed.notify_all()

    # the showing thread's side

    def next_shown(self) -> PlayedFrame | str | None:
        """Wait for the next picture to be due: that picture, "ended" when the run has come to its end, None when closed."""
        with self.changed:
            while not self.is_closed:
                if self.run is None:
                    if self._waiting:
                        return self._show(self._waiting.popleft()[1])
                    self.changed.wait()
                    continue
                frame = self._due(self.run)
                if frame is not None:
                    return self._show(frame)
                if self._has_ended(self.run):
                    self._end_run(self._last_of(self.run))
                    self._ask_if_unseen()
                    return "ended"
                self.changed.wait(_TICK if not self._waiting else self._until_due(self.run))
            return None

    # the sounding thread's side

    def wait_for_sound(self, seconds: float | None) -> tuple[Run, Scene] | None:
        """Wait for a change, or at most so long (None: only for a run or the end); the run to be heard, if any."""
        with self.changed:
            if not self.is_closed and not (seconds is None and self.run is not None):
                self.changed.wait(seconds)
            return None if self.run is None or self.scene is None else (self.run, self.scene)

    def has_pictures(self, run: Run) -> bool:
        """Whether a run may begin: the first pictures are there, or will not come soon."""
        with self.changed:
            enough = len(self._waiting) >= 2 or not self._is_inside(run)
            patience = PICTURE_PATIENCE * (3 if run.rate < 0 else 1)
            return self.run is run and (enough or perf_counter() - self._started > patience)

    # all below: with the lock held

    def _ask(self) -> None:
        self._number += 1
        self._asked = True
        self.changed.notify_all()

    def _ask_if_unseen(self) -> None:
        """The frame under the playhead was dropped, or not made yet: make it now."""
        if self._seen != self._time:
            self._ask()

    def _begin_run(self, rate: Fraction) -> None:
        if self.scene is None or rate == 0:
            return
        sequence = self.scene.sequence
        if rate < 0:
            last = RationalTime.from_frames(max(sequence.duration_frames - 1, 0), sequence.rate)
            self._time = min(self._time, last)
        start = self._time if rate > 0 else self._time + sequence.frame
        self.run = Run(start, rate, sequence.sample_rate, self._now)
        self.run.next_frame = self._time.frames(sequence.rate)
        self._started = perf_counter()

    def _end_run(self, time: RationalTime) -> None:
        self.run = None
        self._time = time
        self._epoch += 1
        self._waiting.clear()
        self.changed.notify_all()

    def _forget_pictures(self, run: Run, sequence: Sequence) -> None:
        """Make the pictures of a run anew from the clock on."""
        self._epoch += 1
        self._waiting.clear()
        run.next_frame = self._clock_frame(run, sequence)

    def _at(self) -> RationalTime:
        if self.run is None or self.scene is None:
            return self._time
        sequence = self.scene.sequence
        frame = min(max(self._clock_frame(self.run, sequence), 0), max(sequence.duration_frames - 1, 0))
        return RationalTime.from_frames(frame, sequence.rate)

    def _clock_frame(self, run: Run, sequence: Sequence) -> int:
        at = run.seconds * float(sequence.rate)
        return floor(at + 1e-6) if run.rate > 0 else ceil(at - 1e-6) - 1

    def _wanted(self) -> DrawRequest | None:
        if self.scene is None:
            return None
        if self.run is None:
            if not self._asked:
                return None
            self._asked = False
            return DrawRequest(self.scene, self._time, self._size, self._epoch, self._number, None)
        room = BYTES_AHEAD // (4 * self._size[0] * self._size[1])
        if len(self._waiting) >= min(max(room, FEWEST_AHEAD), MOST_AHEAD):
            return None
        run, sequence = self.run, self.scene.sequence
        self._catch_up(run, sequence)
        if not self._is_inside(run) or run.next_frame is None:
            return None
        time = RationalTime.from_frames(run.next_frame, sequence.rate)
        run.next_frame += self._step(run)
        self._number += 1
        return DrawRequest(self.scene, time, self._size, self._epoch, self._number, run)

    @staticmethod
    def _step(run: Run) -> int:
        """At high rates only every so many frames are drawn: as many pictures a second as at rate 1."""
        return max(1, int(abs(run.rate))) * (1 if run.rate > 0 else -1)

    def _catch_up(self, run: Run, sequence: Sequence) -> None:
        """Leave out frames whose time is over, and those that would be over when they are made."""
        if not run.is_ready or run.next_frame is None:
            return
        step, clock = self._step(run), self._clock_frame(run, sequence)
        late = (clock - run.next_frame) * (1 if step > 0 else -1)
        if late <= 0:
            return
        making = self.measures.render_ms / 1000 * float(abs(run.rate) * sequence.rate)
        steps = ceil((late + min(making, 8.0)) / abs(step))
        run.next_frame += steps * step
        self.measures = replace(self.measures, dropped=self.measures.dropped + steps)

    def _is_inside(self, run: Run) -> bool:
        """Whether the next frame to be drawn lies in the sequence."""
        frames = self.scene.sequence.duration_frames if self.scene is not None else 0
        return run.next_frame is not None and 0 <= run.next_frame < frames

    def _due(self, run: Run) -> PlayedFrame | None:
        """The newest waiting frame whose time has come; the ones before it are dropped."""
        found: PlayedFrame | None = None
        while self._waiting and self._until_due(run) <= 0:
            if found is not None:
                self.measures = replace(self.measures, dropped=self.measures.dropped + 1)
            found = self._waiting.popleft()[1]
        if found is not None:
            self.changed.notify_all()  # there is room for another one
        return found

    def _until_due(self, run: Run) -> float:
        """Seconds until the first waiting frame is to be seen."""
        at = self._waiting[0][1].time
        if run.rate < 0 and self.scene is not None:
            at = at + self.scene.sequence.frame
        gap = (at.to_seconds() - run.seconds) / float(run.rate)
        return min(gap, _TICK) if gap > 1e-4 else 0.0

    def _has_ended(self, run: Run) -> bool:
        if self.scene is None or not run.is_ready or self._waiting:
            return False
        return run.seconds <= 0 if run.rate < 0 else run.seconds >= self.scene.sequence.duration.to_seconds()

    def _last_of(self, run: Run) -> RationalTime:
        if run.rate < 0 or self.scene is None:
            return ZERO
        sequence = self.scene.sequence
        return RationalTime.from_frames(max(sequence.duration_frames - 1, 0), sequence.rate)

    def _show(self, frame: PlayedFrame) -> PlayedFrame:
        self.measures = replace(self.measures, shown=self.measures.shown + 1)
        self._seen = frame.time
        if self.run is not None:
            self._time = frame.time
        return frame
