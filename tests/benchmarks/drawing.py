"""The timeline drawn: pan, zoom, playhead and the repaint after one edit, in 20 tracks of 500 clips with their pictures."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tests.benchmarks.base import Bench, Row, against, at_most, milliseconds, percentile
from tests.benchmarks.long_project import CLIP_FRAMES, RATE, write_project
from timeline.commands.insert_clips import InsertClips
from timeline.commands.move_clips import MoveClips
from timeline.commands.slip_clip import SlipClip
from timeline.commands.trim_clip import TrimClip
from timeline.time import ZERO, RationalTime

if TYPE_CHECKING:
    from tests.benchmarks.window import Window

TRACKS, CLIPS, FEW = 20, 10_000, 50
IN_VIEW = 200
FOOTAGE, SOUND = "a_px_h264i.mp4", "music.wav"
PATIENCE_SECONDS = 120
FRAME = RationalTime.from_frames(1, RATE)
STEP_PX = 40
PAINT_BAR_MS, PLAYHEAD_BAR_MS, EDIT_BAR_MS, EDIT_BAR_RATIO, OPEN_BAR_SECONDS = 16.0, 1.0, 50.0, 2.0, 1.5


def run(bench: Bench) -> Iterator[Row]:
    """All rows, from a process with a window."""
    from tests.benchmarks.window import in_window

    return in_window(bench, "drawing")


def in_process(bench: Bench, window: Window) -> Iterator[Row]:
    """Measured in the window's own process, pictures and waveforms made before."""
    few, many = bench.work / "few.starcut", bench.work / "many.starcut"
    write_project(few, bench.media / FOOTAGE, FEW, TRACKS // 2, bench.media / SOUND)
    write_project(many, bench.media / FOOTAGE, CLIPS, TRACKS, bench.media / SOUND)
    window.main.resize(1920, 1080)
    window.open(few)
    window.rest()
    small = _edits(bench, window, few)
    begun = milliseconds(lambda: _opened(window, many))
    yield at_most(f"open {CLIPS} clips", begun / 1e3, "s", OPEN_BAR_SECONDS)
    yield from _moving(bench, window)
    large = _edits(bench, window, many)
    for name, taken in large.items():
        yield at_most(f"{name} among {CLIPS} clips, to the repaint, p95", taken, "ms", EDIT_BAR_MS)
        yield against(f"{name} among {CLIPS} clips", taken, "ms", f"{FEW} clips", small[name], EDIT_BAR_RATIO)


def _opened(window: Window, project: Any) -> None:
    from tests.benchmarks.window import Paints

    paints = Paints(window.panel("timeline").view.viewport())
    window.open(project)
    window.until(lambda: paints.count > 0)
    window.app.processEvents()


def _moving(bench: Bench, window: Window) -> Iterator[Row]:
    """Pan, zoom and the step of the playhead with 200 clips in view, when all bodies have come."""
    view: Any = window.panel("timeline").view
    view.set_usual_heights(40, 30)
    rows = len(view.layout_now.rows_between(0, view.viewport().height()))
    seconds_in_view = IN_VIEW / rows * CLIP_FRAMES / float(RATE)
    view.zoom_at(view.view_width / seconds_in_view / view.scale.pixels_per_second, 0)
    _rested(window)
    times = 10 if bench.quick else 120

    def pan(turn: int) -> None:
        bar = view.horizontalScrollBar()
        bar.setValue(bar.value() + STEP_PX)

    def zoom(turn: int) -> None:
        view.zoom_at(1.02 if turn // 10 % 2 else 1 / 1.02, view.view_width / 2)

    for name, act in (("pan", pan), ("zoom", zoom)):
        for warm in range(times):  # what comes into view for the first time is made by workers: they come to an end
            act(warm)
        _rested(window)
        if name == "pan":
            view.horizontalScrollBar().setValue(0)
        taken = _painted(window, view, act, times)
        yield at_most(f"timeline {name}, {IN_VIEW} clips in view, p95", percentile(taken, 0.95), "ms", PAINT_BAR_MS)
    here = RationalTime.from_frames(45, RATE)

    def step(turn: int) -> None:
        view.move_playhead(here + RationalTime.from_frames(turn % 60, RATE))

    taken = _painted(window, view, step, times)
    yield at_most("playhead step, p95", percentile(taken, 0.95), "ms", PLAYHEAD_BAR_MS)


def _rested(window: Window) -> None:
    """Pictures and waveforms are made."""
    late = time.perf_counter() + PATIENCE_SECONDS
    window.rest(1.0)
    while (window.session.thumbnails.is_working or window.session.waveforms.is_working) and time.perf_counter() < late:
        window.rest()
    window.rest(0.3)


def _painted(window: Window, view: Any, act: Callable[[int], None], times: int) -> list[float]:
    """Milliseconds from the deed to the painted rows, each."""

    def one(turn: int) -> None:
        act(turn)
        window.app.processEvents()

    result = []
    for turn in range(times):
        window.app.processEvents()
        result.append(milliseconds(lambda turn=turn: one(turn)))
    return result


def _edits(bench: Bench, window: Window, project: Any) -> dict[str, float]:
    """The 95th percentile of milliseconds from the edit (release of the mouse) to the painted rows."""
    _opened(window, project)
    _rested(window)
    session = window.session
    sequence = session.sequence
    top = sequence.picture_tracks()[-1]
    first, last = top.items[0].id, top.items[-1].id
    view: Any = window.panel("timeline").view
    edits = {
        "slip": lambda turn: SlipClip(sequence.id, (first,), FRAME if turn % 2 else -FRAME),
        "trim": lambda turn: TrimClip(sequence.id, first, "out", FRAME if turn % 2 else -FRAME),
        "insert": lambda turn: InsertClips(
            sequence.id, ZERO, ((top.id, ZERO, replace(top.items[0], id=f"inserted{turn}", link=None)),)
        ),
        "move": lambda turn: MoveClips(
            sequence.id, ((last, top.id, sequence.duration + RationalTime.from_frames(10 + turn, RATE)),)
        ),
    }
    result = {}
    for name, edit in edits.items():
        taken = _painted(window, view, lambda turn, edit=edit: _do(session, edit(turn)), 6 if bench.quick else 40)
        result[name] = percentile(taken, 0.95)
    return result


def _do(session: Any, command: Any) -> None:
    assert session.document.do(command)
