"""Half an hour of random scrubbing in the window, in a seventh of the time: whether memory grows."""

from __future__ import annotations

import os
import random
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from engines.media.probe import probe
from tests.benchmarks.base import Bench, Row, at_most, memory_mb
from tests.benchmarks.long_project import RATE
from timeline.items import Clip, MediaSource
from timeline.media import Library
from timeline.project import Project, Saved
from timeline.project_file import save
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.track import Track, TrackKind

if TYPE_CHECKING:
    from tests.benchmarks.window import Window

SEEKS = 27_000
"""Thirty minutes of a hand that asks for fifteen places a second."""
EACH_SECONDS = 1 / 100
"""How soon the next place is asked for here: the player draws the newest, as it does for a faster hand."""
KEPT_MB = 256
QUICK_SHARE = 50
WARM_PICTURES = 480
"""What is seen drawn in the first two minutes of such a hand, four pictures a second: then all caches are full.

Counted in pictures, not in time: here the time is pressed into a seventh, but no more is drawn a second.
"""
LEAST_PICTURES = 3 * WARM_PICTURES
MOST_SEEKS = 3
"""Times as many seeks at most until so many pictures were drawn."""
TOLD_SHARE = 0.1
GROWTH_BAR_PERCENT = 5.0
FILMS = ("a.mp4", "b.mp4", "a_gop15.mp4", "c.mp4", "d.mp4", "a_px_h264i.mp4")


def run(bench: Bench) -> Iterator[Row]:
    """All rows, from a process with a window."""
    from tests.benchmarks.window import in_window

    return in_window(bench, "memory")


def in_process(bench: Bench, window: Window) -> Iterator[Row]:
    """The window's process and its helpers, from the end of the second minute (by pictures drawn) to the end.

    Pictures and open films take memory up to a bound that the user sets; a small one is full by then, so that growth is
    growth. Proxies are not made: the originals are read, which is more, and no helper comes and goes.
    """
    window.session.choose("memory_mb", KEPT_MB)
    window.session.choose("proxies_automatic", False)
    window.open(_project(bench))
    window.rest(1.0)
    seeks = SEEKS // QUICK_SHARE if bench.quick else SEEKS
    drawn: list[int] = []
    listening = window.session.frame_shown.connect(lambda frame: drawn.append(frame.number))
    quick = QUICK_SHARE if bench.quick else 1
    samples = _scrubbed(window, seeks, drawn, LEAST_PICTURES // quick)
    listening.close()
    warm = next((at for at, (count, _) in enumerate(samples) if count >= WARM_PICTURES // quick), 0)
    held = [mb for _, mb in samples]
    part = max(1, round((len(held) - warm) * TOLD_SHARE))
    before, after = statistics.median(held[warm : warm + part]), statistics.median(held[-part:])
    yield Row("pictures drawn in random seeks", len(drawn), "")
    yield Row("memory while scrubbing", after, "MB")
    share = f"{seeks} seeks or more, from picture {WARM_PICTURES // quick} on, {KEPT_MB} MB of pictures kept"
    yield at_most(f"memory growth, {share}", (after / before - 1) * 100, "%", GROWTH_BAR_PERCENT)


def _scrubbed(window: Window, seeks: int, drawn: list[int], least: int) -> list[tuple[int, float]]:
    """Pictures drawn so far and MB, some two hundred times while the playhead jumps about."""
    end = window.session.transport.end.frames(RATE)
    places = random.Random(3)
    samples: list[tuple[int, float]] = []
    for number in range(seeks * MOST_SEEKS):
        if number >= seeks and len(drawn) >= least:
            break
        until = time.perf_counter() + EACH_SECONDS
        window.session.transport.set_time(RationalTime.from_frames(places.randrange(end), RATE))
        while (left := until - time.perf_counter()) > 0:
            window.app.processEvents()
            time.sleep(min(left, 0.002))
        if number % max(1, seeks // 200) == 0:
            samples.append((len(drawn), memory_mb(os.getpid())))
    return samples


def _project(bench: Bench) -> Path:
    """Six films of long and short GOPs behind each other, twice over."""
    library = [probe(bench.media / name, RATE) for name in FILMS]
    row = tuple(
        Clip(MediaSource(media.id), TimeRange(ZERO, RationalTime.from_frames(media.duration.frames(RATE), RATE)))
        for media in library * 2
    )
    sequence = Sequence(name="Scrub", rate=RATE, tracks=(Track(TrackKind.VIDEO, row),))
    target = bench.work / "scrub.starcut"
    save(target, Saved(Project(name="Scrub", sequences=(sequence,)), Library({one.id: one for one in library})))
    return target
