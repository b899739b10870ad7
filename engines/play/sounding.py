"""The thread that mixes ahead of what is heard, and alone talks to the sound device."""

from __future__ import annotations

import logging
from collections.abc import Callable
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from engines.play.audio_sink import AudioSink, WallClockSink
from engines.play.deck import Deck
from engines.play.request import Scene
from engines.play.run import Run
from engines.render.renderer import Renderer
from engines.render.resample import Sound, at_speed
from timeline.errors import StudioError

log = logging.getLogger(__name__)

_BLOCK = 2048
_LEAD_SECONDS = 0.12
"""What must lie ready before a run begins."""
_LINGER_SECONDS = 0.5
"""How long the device runs on in silence after a pause: starting it takes longer than a tap on the space bar."""


class Sounding:
    """Mixes, and starts and stops the sink. `fill` is the sink's callback; everything else is one thread's."""

    def __init__(self, sink: AudioSink, deck: Deck, make_renderer: Callable[[], Renderer]) -> None:
        self._sink = sink
        self._deck = deck
        self._make_renderer = make_renderer
        self._opened_rate = 0
        self._is_started = False
        self._current: Run | None = None
        self._mixed = 0
        self._rests_since = 0.0

    def fill(self, out: NDArray[np.float32], delay: float) -> None:
        """Hand samples to the device: a copy, no lock."""
        run = self._deck.run
        if run is None:
            out[:] = 0
        else:
            run.fill(out, delay)

    def run_forever(self) -> None:
        """The thread's work, until the deck is closed."""
        renderer = self._make_renderer()
        patience: float | None = None
        try:
            while True:
                turn = self._deck.wait_for_sound(patience)
                if self._deck.is_closed:
                    break
                patience = self._rest() if turn is None else self._work(renderer, *turn)
        finally:
            self._sink.close()
            renderer.close()

    def _rest(self) -> float | None:
        """Nothing plays: stop the device after a while."""
        if not self._is_started:
            return None
        if self._current is not None:
            self._current, self._rests_since = None, monotonic()
        left = self._rests_since + _LINGER_SECONDS - monotonic()
        if left > 0:
            return left
        self._sink.stop()
        self._is_started = False
        return None

    def _work(self, renderer: Renderer, run: Run, scene: Scene) -> float:
        """Mix what there is room for, and let the run begin when it can. How long to wait until the next time."""
        if run is not self._current:
            self._current, self._mixed = run, 0
        while run.is_heard and run.ring.room >= _BLOCK and self._deck.run is run:
            run.ring.write(self._mix(renderer, run, scene))
            self._mixed += _BLOCK
            if not run.is_ready and run.ring.waiting >= _LEAD_SECONDS * run.sample_rate:
                break
        if not run.is_ready and self._deck.has_pictures(run):
            self._start(run.sample_rate)
            run.is_ready = True
        return 0.02 if run.is_ready else 0.004

    def _mix(self, renderer: Renderer, run: Run, scene: Scene) -> Sound:
        origin = run.start.samples(run.sample_rate) - (1 if run.rate < 0 else 0)

        def read(start: int, count: int) -> Sound:
            return renderer.samples(scene.project, scene.library, scene.sequence.id, start, count)

        try:
            return at_speed(read, origin, run.rate, self._mixed, _BLOCK)
        except Exception:  # render fence: see docs/architecture.md, section 10
            log.exception("sound could not be mixed; it is silent here")
            return np.zeros((_BLOCK, 2), np.float32)

    def _start(self, sample_rate: int) -> None:
        """Open the device for this rate if need be, and start it. Without a device the wall clock takes over."""
        try:
            if self._opened_rate != sample_rate:
                if self._opened_rate:
                    self._sink.stop()
                    self._is_started = False
                self._sink.open(sample_rate, self.fill)
                self._opened_rate = sample_rate
            if not self._is_started:
                self._sink.start()
        except StudioError as error:
            log.warning("%s Playing goes on without sound.", error.message)
            self._sink.close()
            self._sink = WallClockSink()
            self._sink.open(sample_rate, self.fill)
            self._opened_rate = sample_rate
            self._sink.start()
        self._is_started = True
