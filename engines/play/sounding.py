"""The thread that mixes ahead of what is heard, and alone talks to the sound device."""

from __future__ import annotations

import logging
from collections.abc import Callable
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from engines.play.audio_sink import AudioSink, WallClockSink
from engines.play.deck import Deck
from engines.play.levels import Levels
from engines.play.request import Scene
from engines.play.run import Run, Turn
from engines.play.snippet import Snippets, snippet_range
from engines.play.strand import Strand
from engines.play.voice import Read
from engines.render.renderer import Renderer
from engines.render.resample import Sound
from timeline.errors import StudioError
from timeline.time import RationalTime

log = logging.getLogger(__name__)

_BLOCK = 2048
_LEAD_SECONDS = 0.12
"""What must lie ready before a run begins."""
_LINGER_SECONDS = 0.5
"""How long the device runs on in silence after a pause: starting it takes longer than a tap on the space bar."""
_TURN_SECONDS = 0.02
"""How far ahead of what the device has taken a run turns; longer where the first sound behind the turn takes longer."""
_TRIES = 3
_FADE_SECONDS = 0.004


class Sounding:
    """Mixes, and starts and stops the sink. `fill` is the sink's callback; everything else is one thread's."""

    def __init__(self, sink: AudioSink, deck: Deck, make_renderer: Callable[[], Renderer]) -> None:
        self._sink = sink
        self._deck = deck
        self._make_renderer = make_renderer
        self._opened_rate = 0
        self._is_started = False
        self._current: Run | None = None
        self._strand: Strand | None = None
        self.snippets = Snippets(48000)
        self.levels = Levels()
        self._heard: Run | None = None
        self._rests_since = 0.0

    def fill(self, out: NDArray[np.float32], delay: float) -> None:
        """Hand samples to the device: a copy, no lock."""
        run = self._deck.run
        if run is not None and run.is_ready:
            run.fill(out, delay)
            self._heard = run
            return
        self.snippets.fill(out)
        if self._heard is not None:
            _fade_out(self._heard, out)
            self._heard = None

    def run_forever(self) -> None:
        """The thread's work, until the deck is closed."""
        renderer = self._make_renderer()
        patience: float | None = None
        try:
            while True:
                turn = self._deck.wait_for_sound(patience)
                if self._deck.is_closed:
                    break
                patience = self._rest(renderer) if turn is None else self._work(renderer, *turn)
        finally:
            self._sink.close()
            renderer.close()

    def _rest(self, renderer: Renderer) -> float | None:
        """No time runs: let a moment be heard if one is wanted, and stop the device after a while."""
        wanted = self._deck.take_snippet()
        if wanted is not None:
            self._let_hear(renderer, *wanted)
        if not self._is_started:
            return None
        if self._current is not None or wanted is not None:
            if self._current is not None:
                self.levels.follow(self._current, to_the_end=True)
            self._current, self._strand, self._rests_since = None, None, monotonic()
        left = self._rests_since + _LINGER_SECONDS - monotonic()
        if left > 0:
            return left
        self._sink.stop()
        self._is_started = False
        return None

    def _let_hear(self, renderer: Renderer, time: RationalTime, scene: Scene) -> None:
        start, count = snippet_range(scene.sequence, time)
        try:
            sound = _reader(renderer, scene)(start, count)
        except Exception:  # render fence: see docs/architecture.md, section 10
            log.exception("the sound at the playhead could not be mixed")
            return
        self._start(scene.sequence.sample_rate)
        self.levels.add_moment(sound, self.snippets, self.snippets.ring.read)
        self.snippets.put(sound)

    def _work(self, renderer: Renderer, run: Run, scene: Scene) -> float:
        """Mix what there is room for, and let the run begin when it can. How long to wait until the next time."""
        if run is not self._current or self._strand is None:
            self._current = run
            self._strand = Strand(run.course.legs[0], _reader(renderer, scene), lambda leg: self._deck.after(run, leg))
        if run.turn is not None:
            self._turn(run, run.turn, self._strand, _reader(renderer, scene))
        self.levels.follow(run)
        while run.ring.room >= _BLOCK and self._deck.run is run and run.turn is None:
            mixed = self._strand.next(_BLOCK)
            self.levels.follow(run)
            run.ring.write(mixed)
            if not run.is_ready and run.ring.waiting >= _LEAD_SECONDS * run.sample_rate:
                break
        if not run.is_ready and self._deck.has_pictures(run):
            self._start(run.sample_rate)
            run.is_ready = True
        return 0.02 if run.is_ready else 0.004

    def _turn(self, run: Run, turn: Turn, strand: Strand, read: Read) -> None:
        """Replace the sound from the nearest place that the device cannot reach before it is mixed."""
        ahead = run.block + round(_TURN_SECONDS * run.sample_rate)
        for last_try in (False,) * (_TRIES - 1) + (True,):
            place = run.ring.read + ahead
            if last_try or place >= run.ring.written:
                place = run.ring.written
            leg = turn.leg(run.course.leg_at(place), place)
            prepared = strand.prepared(leg, read, _BLOCK)
            tail = strand.tail() if place == run.ring.written else run.ring.cut(place)
            if tail is not None:
                self._deck.turned(run, turn, leg)
                self.levels.follow(run)
                run.ring.write(strand.turn(leg, prepared, tail, read))
                return
            ahead *= 3

    def _start(self, sample_rate: int) -> None:
        """Open the device for this rate if need be, and start it. Without a device the wall clock takes over."""
        try:
            if self._opened_rate != sample_rate:
                if self._opened_rate:
                    self._sink.stop()
                    self._is_started = False
                self.snippets = Snippets(sample_rate)
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


def _reader(renderer: Renderer, scene: Scene) -> Read:
    def read(start: int, count: int) -> Sound:
        return renderer.samples(scene.project, scene.library, scene.sequence.id, start, count)

    return read


def _fade_out(run: Run, out: NDArray[np.float32]) -> None:
    """A run was ended in the middle of its sound: a moment more of it, going down, so that it does not click."""
    more = np.zeros((min(len(out), round(_FADE_SECONDS * run.sample_rate)), 2), np.float32)
    run.ring.read_into(more)
    out[: len(more)] += more * np.linspace(1, 0, len(more), dtype=np.float32)[:, None]
