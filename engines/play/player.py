"""Plays a sequence: pictures by the clock of the sound, the latest request first, late frames dropped."""

from __future__ import annotations

import logging
from collections.abc import Callable
from fractions import Fraction
from threading import Thread, current_thread
from time import perf_counter

import numpy as np

from effects.paint import ensure_qt
from engines.play.audio_sink import AudioSink
from engines.play.deck import Deck
from engines.play.request import DrawRequest, Measures, PlayedFrame, Scene
from engines.play.sounding import Sounding
from engines.render.renderer import Renderer
from engines.render.to_rgb import bgra
from timeline.errors import StudioError
from timeline.media import Library
from timeline.project import Project
from timeline.time import RationalTime

__all__ = ["Measures", "PlayedFrame", "Player"]

log = logging.getLogger(__name__)


class Player:
    """The viewer's engine. Its methods return at once and may be called on any thread; a picture comes by `on_frame`.

    Paused, each request (seek, project, size) gives exactly one frame, and of requests that pile up only the last.
    Playing, sound and picture follow one clock: the samples the sink has taken. `on_frame` and `on_stopped` (the end of the
    sequence was reached) are called on a thread of the player. Threads start with the first project.
    """

    def __init__(
        self,
        sink: AudioSink,
        on_frame: Callable[[PlayedFrame], None],
        on_stopped: Callable[[], None] = lambda: None,
        *,
        now: Callable[[], float] = perf_counter,
        make_renderer: Callable[[], Renderer] = Renderer,
    ) -> None:
        self._on_frame = on_frame
        self._on_stopped = on_stopped
        self._make_renderer = make_renderer
        self._deck = Deck(now)
        self._sounding = Sounding(sink, self._deck, make_renderer)
        self._sink = sink
        self._threads: list[Thread] = []

    def set_project(self, project: Project, library: Library, sequence_id: str) -> None:
        """Show this from now on. Playing goes on when it is the same sequence, edited."""
        sequence = project.sequence(sequence_id)
        if sequence is None or self._deck.is_closed:
            return
        self._deck.set_scene(Scene(project, library, sequence))
        if not self._threads:
            self._start()

    def set_size(self, size: tuple[int, int]) -> None:
        """Pixels of the pictures asked for: those of the viewer on its screen."""
        self._deck.set_size(size)

    def seek(self, time: RationalTime) -> None:
        """Show the frame at `time` (record); a running player goes on from there."""
        self._deck.seek(time)

    def play(self, rate: Fraction | int = 1) -> None:
        """Run at `rate`: 1 as is, negative backwards; up to 2 with sound. 0 pauses. At the end it stops by itself."""
        if rate == 0:
            self.pause()
        else:
            self._deck.play(Fraction(rate))

    def pause(self) -> None:
        """Stand still on the frame that is seen."""
        self._deck.pause()

    @property
    def time(self) -> RationalTime:
        """The playhead, on a frame while playing (by the clock)."""
        return self._deck.time

    @property
    def is_playing(self) -> bool:
        """Whether time runs."""
        return self._deck.run is not None

    @property
    def rate(self) -> Fraction:
        """How fast; 0 when paused."""
        run = self._deck.run
        return run.rate if run is not None else Fraction(0)

    @property
    def measures(self) -> Measures:
        """How it goes."""
        return self._deck.measures

    def close(self) -> None:
        """End all threads and give the sound device back. Closing twice is fine."""
        self._deck.close()
        for thread in self._threads:
            if thread is not current_thread():
                thread.join()
        if not self._threads:
            self._sink.close()
        self._threads = []

    def _start(self) -> None:
        ensure_qt()
        works = {"draw": self._draw_forever, "show": self._show_forever, "sound": self._sounding.run_forever}
        self._threads = [Thread(target=work, name=f"player {name}", daemon=True) for name, work in works.items()]
        for thread in self._threads:
            thread.start()

    def _draw_forever(self) -> None:
        renderer = self._make_renderer()
        try:
            while (request := self._deck.next_request()) is not None:
                started = perf_counter()
                frame = _drawn(renderer, request)
                self._deck.hand_over(request, frame, perf_counter() - started)
        finally:
            renderer.close()

    def _show_forever(self) -> None:
        while (shown := self._deck.next_shown()) is not None:
            try:
                if isinstance(shown, PlayedFrame):
                    self._on_frame(shown)
                else:
                    self._on_stopped()
            except Exception:  # a listener's fault must not stop the picture
                log.exception("a listener of the player failed")


def _drawn(renderer: Renderer, request: DrawRequest) -> PlayedFrame:
    scene = request.scene
    try:
        frame = renderer.frame(scene.project, scene.library, scene.sequence.id, request.time, request.size)
        notes = tuple(note.sentence for note in renderer.notes)
        return PlayedFrame(request.time, bgra(frame), request.number, notes)
    except Exception as error:  # render fence: see docs/architecture.md, section 10
        log.exception("a frame could not be drawn")
        dark = np.zeros((request.size[1], request.size[0], 4), np.uint8)
        dark[..., 3] = 255
        reason = error.message if isinstance(error, StudioError) else "This frame could not be drawn; see the log."
        return PlayedFrame(request.time, dark, request.number, (reason,))
