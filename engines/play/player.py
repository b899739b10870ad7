"""Plays a sequence: pictures by the clock of the sound, the latest request first, late frames dropped."""

from __future__ import annotations

import logging
from collections.abc import Callable
from fractions import Fraction
from threading import Thread, current_thread
from time import monotonic, perf_counter

import numpy as np

from effects.paint import ensure_qt
from engines.media.memory import GivingBack
from engines.media.patience import GivenUp, patient_until
from engines.play.ahead import LookAhead
from engines.play.audio_sink import AudioSink
from engines.play.course import Span
from engines.play.deck import Deck
from engines.play.levels import Level
from engines.play.measures import Measures
from engines.play.quality import AUTO, SHARES
from engines.play.render_ahead import RenderAhead
from engines.play.request import DrawRequest, Making, PlayedFrame, Scene
from engines.play.sounding import Sounding
from engines.render.renderer import Renderer
from engines.render.to_rgb import bgra
from timeline.errors import StudioError
from timeline.media import Library
from timeline.project import Project
from timeline.time import RationalTime, TimeRange

__all__ = ["Measures", "PlayedFrame", "Player"]

log = logging.getLogger(__name__)


class Player:
    """The viewer's engine. Its methods return at once and may be called on any thread; a picture comes by `on_frame`.

    Paused, each request (seek, project, size) gives exactly one frame, and of requests that pile up only the last; where
    proxies were read for it, the frame of the originals follows when the playhead rests. Playing, sound and picture follow
    one clock: the samples the sink has taken. `on_frame` and `on_stopped` (the end of the sequence or range was reached) are
    called on a thread of the player. Threads start with the first project. `ahead` is told all of it, and closed with the player.
    """

    def __init__(
        self,
        sink: AudioSink,
        on_frame: Callable[[PlayedFrame], None],
        on_stopped: Callable[[], None] = lambda: None,
        *,
        now: Callable[[], float] = perf_counter,
        make_renderer: Callable[[], Renderer] = Renderer,
        ahead: RenderAhead | None = None,
    ) -> None:
        self._on_frame = on_frame
        self._on_stopped = on_stopped
        self._make_renderer = make_renderer
        self._deck = Deck(now)
        self._sounding = Sounding(sink, self._deck, make_renderer)
        self._sink = sink
        self._ahead = ahead
        self._threads: list[Thread] = []

    def set_project(self, project: Project, library: Library, sequence_id: str) -> None:
        """Show this from now on. Playing goes on when it is the same sequence, edited."""
        sequence = project.sequence(sequence_id)
        if sequence is None or self._deck.is_closed:
            return
        scene = Scene(project, library, sequence)
        self._deck.set_scene(scene)
        if self._ahead is not None:
            self._ahead.set_scene(scene)
        if not self._threads:
            self._start()

    def set_size(self, size: tuple[int, int]) -> None:
        """Pixels of the pictures asked for: those of the viewer on its screen."""
        self._deck.set_size(size)
        if self._ahead is not None:
            self._ahead.set_size(size)

    def set_quality(self, choice: str) -> None:
        """`full`, `half` or `quarter` of the pixels each way; `auto`: as many as come in time, all when the playhead rests."""
        if choice not in (AUTO, *SHARES):
            raise ValueError(f"no quality is called {choice}")
        self._deck.set_quality(choice)

    def seek(self, time: RationalTime, *, heard: bool = False) -> None:
        """Show the frame at `time` (record); a running player goes on from there.

        `heard`: a paused player lets a moment of the sound at that place be heard too; the latest place wins.
        """
        self._deck.seek(time, heard=heard)
        if self._ahead is not None:
            self._ahead.set_time(time)

    def play(self, rate: Fraction | int = 1, within: TimeRange | None = None, *, loop: bool = False) -> None:
        """Run at `rate`: 1 as is, negative backwards; up to 2 with sound (above 1 at its own pitch). 0 pauses.

        At the end of the sequence, or of the range `within`, it stops by itself, or with `loop` goes on at the other end
        without a gap. A run that is heard already goes on with the new rate, range and loop from where it is.
        """
        scene = self._deck.scene
        if rate == 0:
            self.pause()
        elif scene is not None:
            frames = scene.sequence.rate
            first, end = (
                (0, scene.sequence.duration_frames)
                if within is None
                else (within.start.frames(frames), within.end.frames(frames))
            )
            self._hold_ahead(True)
            self._deck.play(Fraction(rate), Span(first, end, loop))

    def pause(self) -> None:
        """Stand still on the frame that is seen."""
        self._deck.pause()
        self._hold_ahead(False)

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

    def levels_since(self, number: int) -> tuple[Level, ...]:
        """How loud what was heard by now was, from the level after this number on; oldest first, 2.5 s at most."""
        return self._sounding.levels.since(number)

    def painted(self, number: int, took: float) -> float | None:
        """The screen shows the frame with this number, painting it took `took` seconds: how late it is against its sound.

        Seconds, negative when early; None for a frame shown at rest.
        """
        return self._deck.painted(number, took)

    def close(self, timeout: float = 5.0) -> bool:
        """End all threads and give the sound device back; False: some hang in a file or a device after so many seconds.

        Closing twice is fine.
        """
        until = monotonic() + timeout
        self._deck.close()
        ended = self._ahead is None or self._ahead.close(timeout)
        for thread in self._threads:
            if thread is not current_thread():
                thread.join(max(0.0, until - monotonic()))
                ended = ended and not thread.is_alive()
        if not self._threads:
            self._sink.close()
        return ended

    def _hold_ahead(self, on: bool) -> None:
        if self._ahead is not None:
            self._ahead.hold(on, self._deck.time)

    def _start(self) -> None:
        ensure_qt()
        works = {"draw": self._draw_forever, "show": self._show_forever, "sound": self._sounding.run_forever}
        self._threads = [Thread(target=work, name=f"player {name}", daemon=True) for name, work in works.items()]
        for thread in self._threads:
            thread.start()

    def _draw_forever(self) -> None:
        renderer = self._make_renderer()
        ahead, memory = LookAhead(), GivingBack()
        try:
            while (request := self._deck.next_request()) is not None:
                scene = request.scene
                for time in ahead.coming(request):
                    renderer.prepare(scene.project, scene.library, scene.sequence.id, time, request.size)
                frame = self._drawn(renderer, request)
                if frame is not None:
                    self._deck.hand_over(request, frame)
                if request.leg is None:
                    memory.at_times()
        finally:
            renderer.close()

    def _drawn(self, renderer: Renderer, request: DrawRequest) -> PlayedFrame | None:
        """The picture; None where another one was wanted before it was decoded."""
        try:
            with patient_until(lambda: self._deck.is_superseded(request)):
                return _drawn(renderer, request)
        except GivenUp:
            self._deck.gave_up()
            return None

    def _show_forever(self) -> None:
        while (shown := self._deck.next_shown()) is not None:
            try:
                if isinstance(shown, PlayedFrame):
                    self._on_frame(shown)
                else:
                    self._hold_ahead(False)
                    self._on_stopped()
            except Exception:  # a listener's fault must not stop the picture
                log.exception("a listener of the player failed")


def _drawn(renderer: Renderer, request: DrawRequest) -> PlayedFrame:
    scene = request.scene
    started, decoding = perf_counter(), renderer.decode_seconds
    try:
        frame = renderer.frame(
            scene.project, scene.library, scene.sequence.id, request.time, request.size, full=request.full
        )
        composed, decoding = perf_counter(), renderer.decode_seconds - decoding
        picture = bgra(frame)
        making = Making(decoding * 1e3, (composed - started - decoding) * 1e3, (perf_counter() - composed) * 1e3)
        notes = tuple(note.sentence for note in renderer.notes)
        return PlayedFrame(request.time, picture, request.number, notes, request.share, renderer.stood_in, making)
    except GivenUp:
        raise
    except Exception as error:  # render fence: see docs/architecture.md, section 10
        log.exception("a frame could not be drawn")
        dark = np.zeros((request.size[1], request.size[0], 4), np.uint8)
        dark[..., 3] = 255
        reason = error.message if isinstance(error, StudioError) else "This frame could not be drawn; see the log."
        making = Making(composite_ms=(perf_counter() - started) * 1e3)
        return PlayedFrame(request.time, dark, request.number, (reason,), request.share, False, making)
