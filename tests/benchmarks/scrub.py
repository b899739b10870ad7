"""Dragging the playhead over ten minutes of long groups of pictures, from the film itself and from its proxy."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av

from engines.media.probe import probe
from engines.media.proxy import make_proxy, proxy_path, standing_in
from engines.media.reader import open_video
from studio_app.services.proxy_entry import ProxyState
from studio_app.session.placing import place_media
from tests.benchmarks.base import Bench, Row, at_least, at_most, percentile
from timeline.commands.overwrite_clips import OverwriteClips
from timeline.media import Media
from timeline.time import ZERO, RationalTime
from ui.panels.viewer import ViewerPanel

if TYPE_CHECKING:
    from tests.benchmarks.window import Window

FOOTAGE = "a.mp4"
"""24 s of 1080p30 with key pictures up to 250 apart."""
TIMES, QUICK_TIMES = 25, 5
PICTURES_BAR, SEEK_BAR_MS = 25.0, 15.0
SEEKS = 200
SIZE = (960, 540)
DRAG_SECONDS, QUICK_DRAG_SECONDS = 8.0, 2.0
MOUSE_SECONDS = 1 / 60
SWEEPS = 3
"""Ways to and fro of one drag over the whole length."""


def run(bench: Bench) -> Iterator[Row]:
    """All rows, from a process with a window."""
    from tests.benchmarks.window import in_window

    return in_window(bench, "scrub")


def in_process(bench: Bench, window: Window) -> Iterator[Row]:
    """Measured in the window's own process."""
    session = window.session
    session.settings.values.proxies_automatic = False
    times = QUICK_TIMES if bench.quick else TIMES
    short = probe(bench.media / FOOTAGE)
    light = proxy_path(short, bench.work / "short", 540)
    started = time.perf_counter()
    make_proxy(short, light)
    took = time.perf_counter() - started
    yield Row("proxy made, for a second of 1080p30", took / short.duration.to_seconds(), "s")
    yield Row("proxy, for a minute", light.stat().st_size / short.duration.to_seconds() * 60 / 1e6, "MB")

    long = bench.work / "ten_minutes.mp4"
    looped(bench.media / FOOTAGE, long, times)
    media = _on_timeline(window, long)
    minutes = f"{media.duration.to_seconds() / 60:.0f} min"
    yield Row(f"scrub {minutes}, GOP 250, the film itself", _pictures(bench, window), "pictures/s")
    path = proxy_path(media, session.budget.folder / "proxies", 540)
    path.parent.mkdir(parents=True, exist_ok=True)
    looped(light, path, times)
    session.proxies.consider_again()
    window.until(lambda: session.proxies.state(media) is ProxyState.READY)
    shown = _pictures(bench, window)
    yield at_least(f"scrub {minutes}, GOP 250, its proxy", shown, "pictures/s", PICTURES_BAR)
    seeks = _seeks(standing_in(media, path, 540), 40 if bench.quick else SEEKS)
    yield Row("exact seek, proxy, median", percentile(seeks, 0.5), "ms")
    yield at_most("exact seek, proxy, p95", percentile(seeks, 0.95), "ms", SEEK_BAR_MS)


def looped(source: Path, target: Path, times: int) -> None:
    """The pictures of a film `times` times one after another, copied."""
    with av.open(str(target), "w", format="mp4") as film:
        stream = None
        shift = 0
        for _ in range(times):
            with av.open(str(source)) as container:
                given = container.streams.video[0]
                stream = stream or film.add_stream_from_template(given)
                tick = Fraction(given.time_base or 1)
                for packet in container.demux(given):
                    if packet.size and packet.pts is not None and packet.dts is not None:
                        packet.pts, packet.dts, packet.stream = packet.pts + shift, packet.dts + shift, stream
                        film.mux(packet)
                shift += round(given.frames / Fraction(given.average_rate or 30) / tick)


def _on_timeline(window: Window, film: Path) -> Media:
    """A new project with nothing but the film."""
    session = window.session
    session.files.new("Scrub", 1920, 1080, Fraction(30))
    found: list[Media] = []
    session.import_files([film], found.extend)
    window.until(lambda: bool(found))
    media = found[0]
    session.document.do(OverwriteClips(session.sequence_id, place_media(session.sequence, [media], ZERO)))
    window.main.show_workspace("edit")
    window.rest(1.0)
    return media


def _pictures(bench: Bench, window: Window) -> float:
    """Pictures a second on the screen while a hand drags to and fro, at the pace of a mouse."""
    session, seconds = window.session, QUICK_DRAG_SECONDS if bench.quick else DRAG_SECONDS
    rate, frames = session.sequence.rate, session.sequence.duration_frames
    viewer, shown = window.panel("viewer"), [0]
    assert isinstance(viewer, ViewerPanel)

    def count(_took: float) -> None:
        shown[0] += 1

    window.rest(1.5)
    viewer.surface.painted.connect(count)
    started = due = time.perf_counter()
    while (now := time.perf_counter()) < started + seconds:
        if now >= due:
            due += MOUSE_SECONDS
            part = (now - started) / seconds
            place = 0.5 - 0.5 * math.cos(math.pi * SWEEPS * part)
            session.transport.scrub(RationalTime.from_frames(int(place * (frames - 1)), rate))
        window.rest(0.003)
    result = shown[0] / (time.perf_counter() - started)
    viewer.surface.painted.disconnect(count)
    window.rest(1.5)
    return result


def _seeks(media: Media, count: int) -> list[float]:
    """Milliseconds of exact seeks to places chosen by lot."""
    reader, lot = open_video(media), random.Random(1)
    frames = media.duration.frames(media.rate or Fraction(30))
    reader.frame_at(ZERO, SIZE)
    costs = []
    for _ in range(count):
        at = RationalTime.from_frames(lot.randrange(frames), media.rate or Fraction(30))
        started = time.perf_counter()
        reader.frame_at(at, SIZE)
        costs.append((time.perf_counter() - started) * 1e3)
    reader.close()
    return costs
