"""The constellation with 5,000 clips of known groups: the first map, panning and zooming, a search, clips that come later."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from studio_app.catalogue.catalogue import Catalogue
from studio_app.catalogue.row import Edge, Use
from studio_app.catalogue.sky import WIDTH, extended, lay_out, silhouette
from studio_app.session.sky_catalogue import features_of, stars_of
from tests.benchmarks.base import Bench, Row, at_least, at_most, percentile
from tests.catalogue.library import library

if TYPE_CHECKING:
    from tests.benchmarks.window import Window

CLIPS, QUICK, MORE, MANY = 5_000, 600, 50, 100_000
SIZE = (1920, 1080)
MAP_BAR_SECONDS, FRAME_BAR_MS, SEARCH_BAR_MS, MOVED_BAR = 10.0, 16.0, 200.0, 2.0
WORDS = "emotional dialogue at the window"


def run(bench: Bench) -> Iterator[Row]:
    """All rows, from a process with a window."""
    from tests.benchmarks.window import in_window

    return in_window(bench, "sky", with_media=False)


def in_process(bench: Bench, window: Window) -> Iterator[Row]:
    """Measured in the window's own process."""
    number = QUICK if bench.quick else CLIPS
    catalogue = _filled(window, number)
    yield from _maps(bench, catalogue, number)
    yield from _in_window(bench, window, number)


def _filled(window: Window, number: int) -> Catalogue:
    """A catalogue of so many clips, all of the open project, with a line of lineage for each nineteenth."""
    session = window.session
    session.files.new("Sky", 1280, 720, Fraction(24))
    catalogue = Catalogue(session.paths.catalogue)
    clips = [one.seen for one in library(number)]
    catalogue.put(clips)
    edges = [Edge(clips[at].content_hash, clips[at + 10].content_hash) for at in range(0, number - 10, 19)]
    uses = [Use(one.content_hash, f"m{at}", at % 7 == 0) for at, one in enumerate(clips)]
    catalogue.put_project(session.document.project.id, "Sky", "", uses, edges)
    return catalogue


def _maps(bench: Bench, catalogue: Catalogue, number: int) -> Iterator[Row]:
    """Layouts without a window, in CPU seconds."""
    stars = stars_of(catalogue)
    features = features_of(catalogue, stars)
    begun = time.process_time()
    sky = lay_out(stars.hashes, features, stars.classes)
    yield at_most(f"first map of {number} clips, CPU", time.process_time() - begun, "s", MAP_BAR_SECONDS)
    yield at_least(
        "silhouette of the genres on it", silhouette(sky.places, stars.codes["genre"].astype(np.int64)), "", 0.2
    )
    more = [one.seen for one in library(number + MORE)][number:]
    catalogue.put(more)
    later = stars_of(catalogue)
    begun = time.process_time()
    grown = extended(sky, later.hashes, features_of(catalogue, later), later.classes)
    yield Row(f"{MORE} clips more, CPU", time.process_time() - begun, "s")
    known = {one: at for at, one in enumerate(grown.ids)}
    at = np.array([known[one] for one in sky.ids])
    moved = float(np.hypot(*(grown.places[at] - sky.places).T).max()) / WIDTH * 100
    yield at_most(f"how far {MORE} clips more move an old star", moved, "% of the map", MOVED_BAR)
    many = 6_000 if bench.quick else MANY
    copies = np.resize(np.arange(len(stars)), many)
    noise = np.random.default_rng(1).normal(0, 0.02, (many, features.shape[1])).astype(np.float32)
    begun = time.process_time()
    lay_out([f"{one}" for one in range(many)], features[copies] + noise, stars.classes[copies])
    yield Row(f"first map of {many} clips, CPU", time.process_time() - begun, "s")


def _in_window(bench: Bench, window: Window, number: int) -> Iterator[Row]:
    session, model = window.session, window.session.constellation
    window.main.resize(*SIZE)
    model.everywhere = True  # the open project has no files: what the catalogue takes in of it is nothing
    session.cataloguing.start()
    window.until(lambda: session.cataloguing.catalogue is not None)
    window.main.show_workspace("constellation")
    begun = time.perf_counter()
    window.until(lambda: len(model.stars) > 0)
    window.app.processEvents()
    yield at_most(
        f"{number} clips from the catalogue to the painted sky", time.perf_counter() - begun, "s", MAP_BAR_SECONDS
    )
    window.rest(1.0)
    # What came in just now is taught to the clusters by a job: it gives way to a hand, but is no part of a frame's cost.
    window.until(lambda: not session.jobs.running and not session.jobs.queued)
    view: Any = window.main.docks["constellation"].panel.sky  # type: ignore[attr-defined]
    times = 10 if bench.quick else 90
    gestures: dict[str, Callable[[int], Any]] = {
        "pan": lambda turn: view.scale.panned(7 if turn % 30 < 15 else -7, 3 if turn % 30 < 15 else -3),
        "zoom in, out": lambda turn: view.scale.zoomed(1.05 if turn % 60 < 30 else 1 / 1.05, 800, 500),
    }
    for name, gesture in gestures.items():
        view.fit(fly=False)
        window.rest(0.3)
        taken, spent = [], []
        for turn in range(times):
            begun, busy = time.perf_counter(), time.thread_time()
            view.look_at(gesture(turn))
            view.repaint()
            taken.append((time.perf_counter() - begun) * 1e3)
            spent.append((time.thread_time() - busy) * 1e3)
            window.app.processEvents()
        what = f"{name}, {number} clips, {view.width()}x{view.height()}, p95 of a frame"
        yield at_most(what, percentile(taken, 0.95), "ms", FRAME_BAR_MS)
        yield at_most(f"{what}, CPU of the window", percentile(spent, 0.95), "ms", FRAME_BAR_MS)
    model.ask(words="dark")
    window.until(lambda: model.answer.is_searched)
    taken = []
    for words in (WORDS, "factual narration of the coast", "robot in space"):
        before = model.answer
        begun = time.perf_counter()
        model.ask(words=words)
        window.until(lambda before=before: model.answer is not before)
        view.repaint()
        taken.append((time.perf_counter() - begun) * 1e3)
    yield at_most(f"search among {number} clips, from the words to the rings", max(taken), "ms", SEARCH_BAR_MS)
