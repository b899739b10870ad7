"""Any picture of a film at once: random exact seeks, steps back, and playing backwards."""

from __future__ import annotations

import importlib.util
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

from engines.media.pool import ReaderPool
from engines.media.probe import probe
from engines.media.proxy import make_proxy, proxy_path, standing_in
from engines.media.reader import open_video
from engines.render.footage import Footage
from tests.benchmarks.base import Bench, BenchError, Row, at_most, milliseconds, percentile
from timeline.media import Media
from timeline.time import RationalTime

LONG, SHORT = "a.mp4", "a_gop15.mp4"
"""24 s of 1080p30 each; key pictures up to 250 and exactly 15 apart."""
LONG_BAR_MS, SHORT_BAR_MS, PROXY_BAR_MS, STEP_BAR_MS = 350.0, 60.0, 15.0, 5.0
SEEKS, QUICK_SEEKS = 200, 10
PREVIEW = (960, 540)
REST_SECONDS, QUICK_REST_SECONDS = 3.0, 1.0
STEPS_FROM, STEPS = 570, 140
PEER = "seek.py"


def run(bench: Bench) -> Iterator[Row]:
    """Seeks beside the peers' loop over the same pictures in turn; then back from the end of a long group."""
    count = QUICK_SEEKS if bench.quick else SEEKS
    yield from _seeks(bench, f"exact seek of {count}, GOP 250 1080p", bench.media / LONG, count, LONG_BAR_MS)
    yield from _seeks(bench, f"exact seek of {count}, GOP 15 1080p", bench.media / SHORT, count, SHORT_BAR_MS)
    yield from _proxy_seeks(bench, count)
    media = probe(bench.media / LONG)
    yield from _steps_back(bench, media)
    yield _backwards(bench, media)


def _seeks(bench: Bench, name: str, path: Path, count: int, bar: float) -> Iterator[Row]:
    media = probe(path)
    theirs = _peers_reader(bench, path)
    ours_ms, theirs_ms = _interleaved(media, count, theirs)
    for label, share in (("p50", 0.5), ("p95", 0.95)):
        value = percentile(ours_ms, share)
        ratio = value / percentile(theirs_ms, share) if theirs_ms else None
        is_barred = label == "p95"
        yield Row(
            f"{name}, {label}",
            value,
            "ms",
            PEER if theirs_ms else "",
            ratio,
            f"<= {bar:g} ms" if is_barred else "",
            value <= bar if is_barred else None,
        )


def _interleaved(media: Media, count: int, theirs: Callable[[int], object] | None) -> tuple[list[float], list[float]]:
    """The same pictures by both, in turn."""
    assert media.rate is not None
    reader = open_video(media)
    chance, frames = random.Random(5), media.duration.frames(media.rate)
    ours_ms, theirs_ms = [], []
    for _ in range(count):
        index = chance.randrange(frames)
        moment = RationalTime.from_frames(index, media.rate)
        ours_ms.append(milliseconds(lambda: reader.frame_at(moment)))  # noqa: B023 - called at once
        if theirs is not None:
            theirs_ms.append(milliseconds(lambda: theirs(index)))  # noqa: B023
    reader.close()
    return ours_ms, theirs_ms


def _peers_reader(bench: Bench, path: Path) -> Callable[[int], object] | None:
    """The peers' loop at its best (two threads, pictures nothing is built on skipped); None where it is not there."""
    try:
        loop = _loaded(bench.shared_file("seek.py"), path.parent)
    except BenchError as error:
        bench.missing[PEER] = str(error)
        return None
    reader = loop.R(str(path), "FRAME", 2, True)

    def frame(index: int) -> object:
        return reader.frame(index)

    return frame


def _loaded(script: Path, media: Path) -> ModuleType:
    """A script of the peers as a module; it reads its arguments when it is loaded."""
    spec = importlib.util.spec_from_file_location("peers_seek", script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    before, sys.argv = sys.argv, [str(script), str(media)]
    try:
        spec.loader.exec_module(module)
    finally:
        sys.argv = before
    return module


def _proxy_seeks(bench: Bench, count: int) -> Iterator[Row]:
    media = probe(bench.media / SHORT)
    light = proxy_path(media, bench.work / "seek")
    make_proxy(media, light)
    ours_ms, _ = _interleaved(standing_in(media, light), count, None)
    yield Row(f"exact seek of {count}, proxy, p50", percentile(ours_ms, 0.5), "ms")
    yield at_most(f"exact seek of {count}, proxy, p95", percentile(ours_ms, 0.95), "ms", PROXY_BAR_MS)


def _steps_back(bench: Bench, media: Media) -> Iterator[Row]:
    """From near the end of a long group: at once after the jump, and after the playhead has rested."""
    assert media.rate is not None
    for label, rest in (("at once", 0.0), ("after a rest", QUICK_REST_SECONDS if bench.quick else REST_SECONDS)):
        with ReaderPool() as pool:
            footage = _footage(pool)
            footage.frame_at(media, RationalTime.from_frames(STEPS_FROM, media.rate), PREVIEW)
            time.sleep(rest)
            steps = []
            for index in range(STEPS_FROM - 1, STEPS_FROM - 1 - STEPS, -1):
                moment = RationalTime.from_frames(index, media.rate)
                steps.append(milliseconds(lambda: footage.frame_at(media, moment, PREVIEW)))  # noqa: B023
                time.sleep(0.01)
            footage.close()
        yield Row(f"step back in a group of 164, the first, {label}", steps[0], "ms")
        worst = percentile(steps[1:], 0.95)
        yield at_most(f"step back in a group of 164, the next {STEPS - 1}, {label}, p95", worst, "ms", STEP_BAR_MS)


def _backwards(bench: Bench, media: Media) -> Row:
    """Backwards by the clock, after the first picture: frames that came later than their turn."""
    assert media.rate is not None
    late, count, begun = 0, 90 if bench.quick else 600, 0.0
    slot = float(1 / media.rate)
    last = media.duration.frames(media.rate) - 1
    with ReaderPool() as pool:
        footage = _footage(pool)
        for step in range(count):
            footage.frame_at(media, RationalTime.from_frames(last - step, media.rate), PREVIEW)
            now = time.perf_counter()
            if step <= 1:  # the first step back opens the group
                begun = now - step * slot
            turn = begun + (step + 1) * slot
            if now > turn:
                late += 1
                begun += now - turn
            else:
                time.sleep(begun + step * slot + slot - now)
        footage.close()
    return Row(f"backwards at 1x, {count} frames of GOP 250 at 960x540, late", late, "frames")


def _footage(pool: ReaderPool) -> Footage:
    footage = Footage(pool)
    footage.fills_ahead = True
    return footage
