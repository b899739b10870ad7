"""A player on a stage: a renderer that counts, a device that takes samples when told to, and a note of what was shown."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from effects.frame import Frame, black
from engines.errors import MediaError
from engines.play.audio_sink import AudioCallback
from engines.play.player import PlayedFrame, Player
from engines.play.sounding import Sounding
from timeline.items import Clip, GeneratorSource
from timeline.media import Library
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import RationalTime, TimeRange
from timeline.track import Track, TrackKind

RATE = Fraction(25)
HZ = 48000


class CountingRenderer:
    """Pictures whose brightness is the number of their frame; sound whose samples are their numbers."""

    notes = ()
    stood_in = False
    decode_seconds = 0.0

    def __init__(self, delay: float = 0.0) -> None:
        self.fulls: list[int] = []
        self.prepared: list[int] = []
        self.delay = delay
        self.drawn: list[int] = []
        self.sizes: list[tuple[int, int]] = []
        self.failing = False
        self.gate = threading.Event()
        self.gate.set()

    def frame(
        self,
        project: Project,
        library: Library,
        sequence_id: str,
        at: RationalTime,
        size: tuple[int, int],
        *,
        full: bool = False,
    ) -> Frame:
        self.fulls += [at.frames(RATE)] * full
        self.drawn.append(at.frames(RATE))
        self.sizes.append(size)
        self.gate.wait(5)
        time.sleep(self.delay)
        if self.failing:
            raise MediaError("The film is gone.")
        return black(*size)

    def prepare(
        self, project: Project, library: Library, sequence_id: str, at: RationalTime, size: tuple[int, int]
    ) -> None:
        self.prepared.append(at.frames(RATE))

    def close_unseen(self, pictures: int) -> None:
        pass

    def samples(
        self, project: Project, library: Library, sequence_id: str, start: int, count: int
    ) -> NDArray[np.float32]:
        numbers = np.arange(start, start + count, dtype=np.float32)
        return np.stack([numbers, numbers], axis=1)

    def close(self) -> None:
        self.drawn.append(-1)


class HandSink:
    """A device that takes samples when the test says so, and the clock that goes with it."""

    latency = 0.0

    def __init__(self) -> None:
        self.callback: AudioCallback | None = None
        self.running = False
        self.clock = 100.0
        self.calls: list[str] = []
        self.heard: list[NDArray[np.float32]] = []
        self.is_fed: Callable[[int], bool] = lambda block: True

    def open(self, sample_rate: int, callback: AudioCallback) -> None:
        self.calls.append(f"open {sample_rate}")
        self.callback = callback

    def start(self) -> None:
        self.running = True
        self.calls.append("start")

    def stop(self) -> None:
        self.running = False
        self.calls.append("stop")

    def close(self) -> None:
        self.calls.append("close")

    def take(self, seconds: float, block: int = 480) -> None:
        """Play `seconds`, the clock running along."""
        assert self.callback is not None
        for _ in range(round(seconds * HZ / block)):
            until = time.monotonic() + 5
            while not self.is_fed(block) and time.monotonic() < until:
                time.sleep(0.001)
            out = np.full((block, 2), np.nan, np.float32)
            self.callback(out, 0.0)
            assert not np.isnan(out).any()
            self.heard.append(out)
            self.clock += block / HZ
            time.sleep(0.0005)

    @property
    def samples(self) -> NDArray[np.float32]:
        return np.concatenate(self.heard)[:, 0]


class Stage:
    """A player with its sink and renderer, and what it showed."""

    def __init__(self, sink: Any = None, delay: float = 0.0, length: int = 250) -> None:
        self.sink = sink or HandSink()
        self.renderer = CountingRenderer(delay)
        self.shown: list[PlayedFrame] = []
        self.stopped = threading.Event()
        now: Callable[[], float] = (lambda: self.sink.clock) if isinstance(self.sink, HandSink) else time.perf_counter
        self.player = Player(
            self.sink,
            self.shown.append,
            self.stopped.set,
            now=now,
            make_renderer=lambda: self.renderer,  # type: ignore[arg-type,return-value]  # a stand-in
        )
        clip = Clip(GeneratorSource("solid"), TimeRange.from_frames(0, length, RATE))
        self.sequence = Sequence(rate=RATE, tracks=(Track(TrackKind.VIDEO, (clip,)),))
        self.project = Project(sequences=(self.sequence,))
        if isinstance(self.sink, HandSink):
            self.sink.is_fed = self.is_fed

    def is_fed(self, block: int) -> bool:
        """A device takes no faster than in real time; a test does, so it waits for the mixing."""
        run = self.player._deck.run
        return run is None or run.ring.waiting >= block

    def open(self) -> Stage:
        self.player.set_size((64, 36))
        self.player.set_project(self.project, Library(), self.sequence.id)
        self.until(lambda: len(self.shown) == 1)
        return self

    def until(self, condition: Callable[[], bool], seconds: float = 5.0) -> None:
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, f"waited too long; shown: {self.numbers}"
            time.sleep(0.002)

    def start(self, rate: Fraction | int = 1) -> None:
        """Play, and wait until the sink may take samples."""
        self.player.play(rate)
        self.until(lambda: (run := self.player._deck.run) is not None and run.is_ready and self.sink.running)

    def turned(self) -> None:
        """Wait until the sound goes the way last asked for."""
        self.until(lambda: (run := self.player._deck.run) is None or run.turn is None)

    def seek(self, frame: int) -> None:
        self.player.seek(RationalTime.from_frames(frame, RATE))

    @property
    def sounding(self) -> Sounding:
        """The thread that mixes."""
        return self.player._sounding

    @property
    def numbers(self) -> list[int]:
        return [one.time.frames(RATE) for one in self.shown]
