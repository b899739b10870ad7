"""Thousands of clips in the window: opening them, an edit and its picture, painting, saving."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks.base import Bench, Row, at_most, milliseconds, percentile
from tests.benchmarks.long_project import CLIP_FRAMES, RATE, write_project
from timeline.command import Command
from timeline.commands.move_clips import MoveClips
from timeline.commands.ripple_trim_clip import RippleTrimClip
from timeline.commands.slip_clip import SlipClip
from timeline.commands.trim_clip import TrimClip
from timeline.time import RationalTime

if TYPE_CHECKING:
    from tests.benchmarks.window import Window

MANY, FEW, MOST = 5_000, 10, 10_000
OPEN_BAR_SECONDS = 1.5
EDIT_BAR_RATIO = 2.0
HANDLER_BAR_MS = 8.0
ALL_BAR_SECONDS = 1.0
FRAME = RationalTime.from_frames(1, RATE)
FOOTAGE = "a_px_h264i.mp4"
"""Key frames only and half size: decoding costs little, so that what the number of clips costs is seen."""


def run(bench: Bench) -> Iterator[Row]:
    """All rows, from a process with a window."""
    from tests.benchmarks.window import in_window

    return in_window(bench, "timeline")


def in_process(bench: Bench, window: Window) -> Iterator[Row]:
    """Measured in the window's own process."""
    few, many, most = (_project(bench, clips) for clips in (FEW, MANY, MOST))
    yield from _opening(bench, window, few, many)
    small = _edits_to_picture(bench, window, few)
    large = _edits_to_picture(bench, window, many)
    for name, figure in large.items():
        ratio = figure / small[name]
        holds = ratio <= EDIT_BAR_RATIO
        yield Row(f"{name} -> new picture, {MANY} clips", figure, "ms", f"{FEW} clips", ratio, "<= 2 x", holds)
    yield from _handlers(bench, window, most)
    yield from _painting(bench, window)


def _project(bench: Bench, clips: int) -> Path:
    target = bench.work / f"{clips}.starcut"
    write_project(target, bench.media / FOOTAGE, clips)
    return target


def _opening(bench: Bench, window: Window, few: Path, many: Path) -> Iterator[Row]:
    """From the file to the painted timeline in a window that is there already."""
    from tests.benchmarks.window import Paints

    window.open(few)
    window.rest()
    paints = Paints(window.panel("timeline").view.viewport())
    seconds = []
    for _ in range(1 if bench.quick else bench.runs):
        window.open(few)
        window.rest()
        before, begun = paints.count, time.perf_counter()
        window.open(many)
        window.until(lambda before=before: paints.count > before)
        window.app.processEvents()
        seconds.append(time.perf_counter() - begun)
    yield at_most(f"open {MANY} clips", statistics.median(seconds), "s", OPEN_BAR_SECONDS)


def _edits_to_picture(bench: Bench, window: Window, project: Path) -> dict[str, float]:
    """Medians of milliseconds from an edit of the clip under the playhead to its new picture, painted."""
    from tests.benchmarks.window import Paints

    window.open(project)
    session = window.session
    top = session.sequence.picture_tracks()[-1]
    surface = Paints(window.panel("viewer").surface)
    arrived: list[int] = []
    listening = session.frame_shown.connect(lambda frame: arrived.append(surface.count))
    session.transport.set_time(RationalTime.from_frames(CLIP_FRAMES // 2, RATE))
    window.rest(0.5)

    def seen(command: Command) -> float:
        window.rest(0.05)
        arrived.clear()
        begun = time.perf_counter()
        assert session.document.do(command)
        window.until(lambda: bool(arrived) and surface.count > arrived[0])
        return (time.perf_counter() - begun) * 1e3

    first, sequence = top.items[0].id, session.sequence_id
    column = tuple(track.items[0].id for track in session.sequence.tracks if track is not top)
    pairs: dict[str, Callable[[RationalTime], Command]] = {
        "slip": lambda by: SlipClip(sequence, (first,), by),
        "ripple trim of all tracks": lambda by: RippleTrimClip(sequence, first, "in", by, also_ids=column),
    }
    times = 3 if bench.quick else 12
    found = {}
    for name, command in pairs.items():
        taken = [seen(command(by)) for _ in range(times) for by in (FRAME, -FRAME)]
        found[name] = statistics.median(taken)
    listening.close()
    return found


def _handlers(bench: Bench, window: Window, most: Path) -> Iterator[Row]:
    """How long the main thread is away for one edit of ten tracks of 1,000 clips, and for a save."""
    window.open(most)
    window.rest(0.5)
    session = window.session
    sequence = session.sequence
    top = sequence.picture_tracks()[-1]
    place = len(top.items) // 2
    middle, last = top.items[place].id, top.items[-1].id
    column = tuple(track.items[place].id for track in sequence.tracks if track is not top)
    far = RationalTime.from_frames(40, RATE)
    commands: dict[str, Callable[[int], Command]] = {
        "trim": lambda turn: TrimClip(sequence.id, middle, "out", -FRAME),
        "move": lambda turn: MoveClips(sequence.id, ((last, top.id, session.sequence.duration + far),)),
        "ripple trim of all tracks": lambda turn: RippleTrimClip(
            sequence.id, middle, "in", FRAME if turn % 2 else -FRAME, also_ids=column
        ),
    }
    times = 4 if bench.quick else 20
    for name, command in commands.items():
        taken = []
        for turn in range(times):
            window.rest(0.02)
            made = command(turn)
            taken.append(
                milliseconds(lambda made=made: session.document.do(made)) + milliseconds(window.app.processEvents)
            )
        yield at_most(f"{name} among {MOST} clips, window away, p95", percentile(taken, 0.95), "ms", HANDLER_BAR_MS)
    yield from _all_selected(window)
    clip = top.items[3].id
    taken = []
    for turn in range(times):
        session.selection.items.set((top.items[3 + turn % 2].id if turn else clip,))
        taken.append(milliseconds(window.app.processEvents))
    yield at_most("inspector follows the choice of a clip, first", taken[0], "ms", HANDLER_BAR_MS)
    yield at_most("inspector follows the choice of a clip, later", statistics.median(taken[1:]), "ms", HANDLER_BAR_MS)
    session.document.do(TrimClip(sequence.id, middle, "out", -FRAME))
    yield at_most(
        f"save of {MOST} clips, window away", milliseconds(lambda: window.main.run("file.save")), "ms", HANDLER_BAR_MS
    )
    window.rest(1.0)


def _all_selected(window: Window) -> Iterator[Row]:
    """What a key does to all clips at once, from the press to the painted rows."""
    window.main.run("edit.select_all")
    for action, name in (("clip.nudge_right", "nudge"), ("clip.slip_left", "slip"), ("clip.reverse", "reverse")):
        taken = [
            milliseconds(lambda action=action: window.main.run(action)) + milliseconds(window.app.processEvents)
            for _ in range(3)
        ]
        yield at_most(f"{name} of {MOST} selected clips", statistics.median(taken) / 1e3, "s", ALL_BAR_SECONDS)
        window.session.document.seal()
    window.session.selection.items.clear()


def _painting(bench: Bench, window: Window) -> Iterator[Row]:
    """Repaint, pan and zoom with all rows in view."""
    view: Any = window.panel("timeline").view
    times = 5 if bench.quick else 30

    def pan() -> None:
        bar = view.horizontalScrollBar()
        bar.setValue(bar.value() + 40)
        view.viewport().repaint()

    def zoom() -> None:
        view.zoom_at(1.05, view.view_width / 2)
        view.viewport().repaint()

    for name, pixels_per_second in (("60 clips in view", 150.0), ("all clips in view", 0.0)):
        view.zoom_fit() if not pixels_per_second else view.zoom_at(pixels_per_second / view.scale.pixels_per_second, 0)
        window.rest(0.5)
        for what, act in (("repaint", view.viewport().repaint), ("pan", pan), ("zoom", zoom)):
            taken = [milliseconds(act) for _ in range(times)]
            yield at_most(f"timeline {what}, {name}, median", statistics.median(taken), "ms", HANDLER_BAR_MS)
