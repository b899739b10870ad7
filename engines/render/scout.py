"""The thread that goes ahead of the one that draws: stands readers before cuts, fills the frames before the playhead.

A reader belongs to one thread at a time. It is given to the scout with `stand`, is the scout's until `Standing.taken` gives
it back, and then the drawing thread's again; frames are handed over through KeptFrames.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator
from fractions import Fraction
from threading import Condition, Event, Thread
from time import monotonic
from typing import TypeAlias

from effects.frame import Frame
from engines.errors import MediaError
from engines.media.memory import give_back
from engines.media.patience import GivenUp, check, patient_until
from engines.media.reader import PictureReader, strip
from engines.render.kept import KeptFrames, Key
from timeline.media import Media
from timeline.time import RationalTime

log = logging.getLogger(__name__)

_Shown: TypeAlias = tuple[Fraction, Fraction, Frame]

_LINGER_SECONDS = 3.0
"""So long the reader that filled last stays open for the next stretch."""
_LOOK_SECONDS = 0.05
"""How often a wait for a frame looks whether it is still wanted."""


class Standing:
    """A reader on its way to `time`. The scout's until `taken` is called, on the thread that draws."""

    def __init__(self, media: Media, time: RationalTime, reader: PictureReader | None) -> None:
        self.media = media
        self.time = time
        self._reader = reader
        self.done = Event()

    def go(self, open_reader: Callable[[Media], PictureReader]) -> None:
        """On the scout's thread: open the file if need be, and decode the picture at `time`."""
        try:
            self._reader = self._reader or open_reader(self.media)
            self._reader.stand_at(self.time)
        except GivenUp:
            log.debug("%s is not wanted any more", self.media.name)
        except MediaError as error:
            log.debug("%s could not be made ready: %s", self.media.name, error)  # drawing will say it
        finally:
            self.done.set()

    def taken(self) -> PictureReader | None:
        """The reader, after `done`; None if there is none or it was taken."""
        reader, self._reader = self._reader, None
        return reader


class Filling:
    """Frames wanted in KeptFrames: those shown from `start` until `end` (source seconds)."""

    def __init__(self, key: Key, media: Media, start: Fraction, end: Fraction, not_before: float) -> None:
        self.key = key
        self.media = media
        self.start = start
        self.end = end
        self.not_before = not_before
        self.reached = start
        self.is_running = False
        self.is_over = False

    def will_give(self, key: Key, time: Fraction) -> bool:
        """Whether the frame shown at `time` is still to come."""
        return not self.is_over and key == self.key and self.reached <= time < self.end


class Scout:
    """Starts its thread with the first work; `close` ends it."""

    def __init__(self, open_reader: Callable[[Media], PictureReader], kept: KeptFrames) -> None:
        self._open_reader = open_reader
        self._kept = kept
        self._changed = Condition()
        self._standings: deque[Standing] = deque()
        self._filling: Filling | None = None
        self._spare: tuple[tuple[str, str], PictureReader] | None = None
        self._thread: Thread | None = None
        self._is_closed = False

    def stand(self, media: Media, time: RationalTime, reader: PictureReader | None) -> Standing:
        """Bring `reader`, or a new one, to the picture at `time`."""
        standing = Standing(media, time, reader)
        with self._changed:
            self._standings.append(standing)
            self._wake()
        return standing

    def called_back(self, standing: Standing) -> bool:
        """Whether a standing that nothing was done for yet could be taken off; else it will be `done`."""
        with self._changed:
            if standing not in self._standings:
                return False
            self._standings.remove(standing)
            standing.done.set()
            return True

    def fill(self, filling: Filling) -> None:
        """Decode these frames from `not_before` (monotonic seconds) on, instead of what was filled until now."""
        with self._changed:
            sleeps_until_then = self._filling is not None and filling.not_before > monotonic()
            self._end_filling()
            self._filling = filling
            if not sleeps_until_then:
                self._wake()

    def stop_filling(self) -> None:
        """What was to be filled is not wanted any more."""
        with self._changed:
            self._end_filling()

    def is_filling(self, key: Key, time: Fraction) -> bool:
        """Whether the frame shown at `time` is about to come."""
        with self._changed:
            return self._filling is not None and self._filling.will_give(key, time)

    def way_to(self, key: Key, time: Fraction) -> Fraction | None:
        """Seconds of film that are still to be decoded until the frame shown at `time` is kept; None: it will not be."""
        with self._changed:
            filling = self._filling
            return time - filling.reached if filling is not None and filling.will_give(key, time) else None

    def is_running(self, key: Key, time: Fraction) -> bool:
        """Whether the frame shown at `time` is among those being decoded right now."""
        with self._changed:
            filling = self._filling
            return filling is not None and filling.is_running and filling.will_give(key, time)

    def wait_for(self, key: Key, time: Fraction) -> bool:
        """Wait until the frame shown at `time` is kept, if it is about to come; whether it was."""
        with self._changed:
            filling = self._filling
            if filling is None or not filling.will_give(key, time):
                return False
            filling.not_before = 0.0
            self._changed.notify_all()
            while filling.will_give(key, time) and not self._is_closed:
                check()
                self._changed.wait(_LOOK_SECONDS)
            return True

    def close(self) -> None:
        """End the thread, and close what was not taken."""
        with self._changed:
            self._is_closed = True
            self._end_filling()
            left = list(self._standings)
            self._standings.clear()
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        for standing in left:
            standing.done.set()
            reader = standing.taken()
            if reader is not None:
                reader.close()
        self._is_closed = False  # as a pool of readers, it can be used again

    # all below but _run and what it calls: with the lock held

    def _wake(self) -> None:
        if self._thread is None:
            self._thread = Thread(target=self._run, name="scout", daemon=True)
            self._thread.start()
        self._changed.notify_all()

    def _end_filling(self) -> None:
        if self._filling is not None:
            self._filling.is_over = True
            self._filling = None

    def _next(self) -> Standing | Filling | None:
        """Wait for work; None when there is none for long, or no more."""
        idle_since = monotonic()
        while not self._is_closed:
            if self._standings:
                return self._standings.popleft()
            wait = idle_since + _LINGER_SECONDS - monotonic()
            if self._filling is not None and not self._filling.is_running:
                wait = self._filling.not_before - monotonic()
                if wait <= 0:
                    self._filling.is_running = True
                    return self._filling
            elif wait <= 0:
                if self._spare is not None:
                    return None
                self._changed.wait()
                continue
            self._changed.wait(wait)
        return None

    def _run(self) -> None:
        while True:
            with self._changed:
                work = self._next()
                is_closed = self._is_closed
            try:
                self._do(work)
            except (
                Exception
            ):  # render fence (docs/architecture.md, section 10): drawing would wait for this thread for ever
                log.exception("a film could not be read ahead")
            if is_closed:
                self._let_go()
                return

    def _do(self, work: Standing | Filling | None) -> None:
        if isinstance(work, Standing):
            self._stand(work)
        elif isinstance(work, Filling):
            self._fill(work)
        else:
            self._let_go()

    def _fill(self, work: Filling) -> None:
        try:
            reader = self._reader_for(work.media)
            pictures = strip(reader, work.media, work.start, work.end, work.key[2])
            while (found := self._next_picture(work, pictures)) is not None:
                start, end, frame = found
                with self._changed:
                    if work.is_over:
                        return
                    self._kept.put(work.key, start, end, frame)
                    work.reached = end
                    standing = self._standings.popleft() if self._standings else None
                    self._changed.notify_all()
                if standing is not None:
                    self._stand(standing)
        except GivenUp:
            log.debug("%s is not wanted any more", work.media.name)
        except MediaError as error:
            log.debug("%s could not be read ahead: %s", work.media.name, error)  # drawing will say it
        finally:
            with self._changed:
                work.is_over = True
                if self._filling is work:
                    self._filling = None
                self._changed.notify_all()

    @staticmethod
    def _next_picture(work: Filling, pictures: Iterator[_Shown]) -> _Shown | None:
        with patient_until(lambda: work.is_over):
            return next(pictures, None)

    def _stand(self, standing: Standing) -> None:
        with patient_until(lambda: self._is_closed):
            standing.go(self._open_reader)

    def _reader_for(self, media: Media) -> PictureReader:
        name = (media.id, media.path)
        if self._spare is None or self._spare[0] != name:
            self._let_go()
            self._spare = (name, self._open_reader(media))
        return self._spare[1]

    def _let_go(self) -> None:
        if self._spare is not None:
            self._spare[1].close()
            self._spare = None
            give_back()  # a hand that moved about rests, or is elsewhere
