"""Playing in the real window, offscreen, by the wall clock: pictures left out, how far from the sound, waits at cuts."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engines.media.probe import probe
from engines.media.proxy import make_proxy, proxy_path
from tests.benchmarks.base import Bench, Row, at_most, percentile
from tests.benchmarks.playback_projects import (
    CLIP_FRAMES,
    CLIPS,
    FILMS,
    RATE,
    counter_in,
    first_frame,
    layers,
    many_cuts,
)
from timeline.project import Saved
from timeline.project_file import save
from timeline.time import RationalTime

if TYPE_CHECKING:
    from studio_app.session.session import PlayedFrame
    from tests.benchmarks.window import Window

WINDOW, PREVIEW = (2560, 1440), (960, 540)
"""A window in which a picture of that size has room."""
SECONDS, QUICK_SECONDS = 60, 8
OFFSET_BAR_MS = 20.0
CUT_BAR_MS = 40.0
_REST_SECONDS = 1.5
"""Between opening and playing: thumbnails and the first picture are made meanwhile."""
_LATE_SECONDS = 30.0


def run(bench: Bench) -> Iterator[Row]:
    """All rows, from a process with a window."""
    from tests.benchmarks.window import in_window

    return in_window(bench, "playback")


def in_process(bench: Bench, window: Window) -> Iterator[Row]:
    """Measured in the window's own process.

    The bar of four layers is for what a user has: proxies of films that are slow to decode, made in the background within a
    minute or two of their import. Two layers, and what four take without proxies, are played from the originals.
    """
    seconds = QUICK_SECONDS if bench.quick else SECONDS
    values = window.session.settings.values
    values.proxies_automatic = False  # none is made meanwhile; those that are there are used
    values.preview_quality = "full"  # type: ignore[assignment]  # pydantic makes the member of it
    window.session.settings_changed.emit()
    yield from _layers(bench, window, 2, seconds, "originals", share=0.0)
    yield from _layers(bench, window, 4, seconds, "originals")
    make_proxies(bench, window)
    yield from _layers(bench, window, 4, seconds, "proxies", share=0.01)
    values.preview_quality = "auto"  # type: ignore[assignment]
    window.session.settings_changed.emit()
    yield from _layers(bench, window, 4, seconds, "proxies, automatic quality")
    values.preview_quality = "full"  # type: ignore[assignment]
    window.session.settings_changed.emit()
    clips = QUICK_SECONDS if bench.quick else CLIPS
    played = _play(bench, window, many_cuts(bench.media, clips), "cuts")
    yield from _cuts(played, clips)


def _layers(
    bench: Bench, window: Window, count: int, seconds: int, state: str, share: float | None = None
) -> Iterator[Row]:
    """Rows of one film of layers; `share` of its frames may be left out, None: only told."""
    played = _play(bench, window, layers(bench.media, count, seconds), f"{count} layers, {state}")
    wanted = seconds * int(RATE)
    name = f"{count} layers, title, dissolves, {seconds} s, {state}"
    missing = wanted - len(played.painted)
    label = f"{name}: left out"
    yield Row(label, missing, "frames") if share is None else at_most(label, missing, "frames", int(share * wanted))
    late = [abs(one.offset) * 1e3 for one in played.painted]
    offset = percentile(late, 0.95)
    label = f"{name}: picture to sound, 95 %"
    yield at_most(label, offset, "ms", OFFSET_BAR_MS) if share is not None else Row(label, offset, "ms")
    yield Row(f"{name}: picture to sound, worst", max(late), "ms")
    yield Row(f"{name}: CPU", played.cpu / played.wall * 100, "% of a core")


def make_proxies(bench: Bench, window: Window) -> None:
    """Have proxies of the four films: what a user has who imported them a minute or two ago."""
    session = window.session
    films = [probe(bench.media / name, RATE) for name in FILMS]
    for film in films:
        make_proxy(film, proxy_path(film, session.budget.folder / "proxies", 540))


def _cuts(played: Played, clips: int) -> Iterator[Row]:
    frames = [one.time.frames(RATE) for one in played.painted]
    wrong = sum(
        one.counter != first_frame(frame // CLIP_FRAMES) + frame % CLIP_FRAMES
        for one, frame in zip(played.painted, frames, strict=True)
    )
    again = len(frames) - len(set(frames))
    missing = clips * CLIP_FRAMES - len(set(frames))
    waits = [
        later.at - earlier.at - (frame - before) / float(RATE)
        for earlier, later, before, frame in zip(played.painted, played.painted[1:], frames, frames[1:], strict=False)
        if frame // CLIP_FRAMES != before // CLIP_FRAMES
    ]
    late = [one.offset for one, frame in zip(played.painted, frames, strict=True) if frame % CLIP_FRAMES == 0]
    name = f"{clips} clips of one second, 20 files, GOP 250"
    yield at_most(f"{name}: longest wait at a cut", max([0.0, *waits, *late]) * 1e3, "ms", CUT_BAR_MS)
    yield at_most(f"{name}: frames missing, twice or wrong", missing + again + wrong, "frames", 0)
    yield Row(f"{name}: CPU", played.cpu / played.wall * 100, "% of a core")


@dataclass(frozen=True)
class Painted:
    """A frame on the screen: when, how far behind its sound (seconds), and the number in its picture."""

    time: RationalTime
    at: float
    offset: float
    counter: int


@dataclass(frozen=True)
class Played:
    """One run: the frames painted, and what it took in seconds."""

    painted: list[Painted]
    wall: float
    cpu: float


class _Watch:
    """Stands between the viewer and the player, where the one tells the other what it painted."""

    def __init__(self, window: Window) -> None:
        self.painted: list[Painted] = []
        self._known: dict[int, PlayedFrame] = {}
        self._tell = window.session.player.painted
        self._subscription = window.session.frame_shown.connect(self._shown)
        window.session.player.painted = self._painted  # type: ignore[method-assign]
        self._player = window.session.player

    def close(self) -> None:
        """Out of the way again."""
        self._subscription.close()
        self._player.painted = self._tell  # type: ignore[method-assign]

    def _shown(self, frame: PlayedFrame) -> None:
        self._known[frame.number] = frame

    def _painted(self, number: int, took: float) -> float | None:
        offset, frame = self._tell(number, took), self._known.pop(number, None)
        if offset is not None and frame is not None:
            self.painted.append(Painted(frame.time, time.perf_counter(), offset, counter_in(frame.bgra)))
        return offset


def _play(bench: Bench, window: Window, saved: Saved, name: str) -> Played:
    """Play a film from its start to its end."""
    target = bench.work / f"{name}.starcut"
    save(target, saved)
    window.open(target)
    window.session.transport.set_time(RationalTime(0))
    window.main.resize(*WINDOW)
    window.rest()
    viewer = window.panel("viewer")
    viewer.surface.setFixedSize(*PREVIEW)  # type: ignore[attr-defined]
    window.rest(_REST_SECONDS)
    watch = _Watch(window)
    begun, cpu = time.perf_counter(), time.process_time()
    transport = window.session.transport
    transport.play()
    window.live(transport.end.to_seconds() + _LATE_SECONDS, lambda: not transport.playing, transport.state_changed)
    watch.close()
    bench.say(f"  {name}: {window.session.player.measures}")
    return Played(watch.painted, time.perf_counter() - begun, time.process_time() - cpu)
