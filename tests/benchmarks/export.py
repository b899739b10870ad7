"""Exports by the command line, beside other engines: the benchmark timeline, the same ten times as long, a plain transcode."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from studio_app.services.export_process import own_command
from tests.benchmarks.base import (
    CHECKOUT,
    Bench,
    BenchError,
    Row,
    Spent,
    against,
    at_least,
    at_most,
    interleaved,
    timed,
)
from tests.benchmarks.export_project import luma_psnr, write_plain, write_timeline
from tests.benchmarks.peers import peer, timeline_command

WALL_BARS = {"ffmpeg": 0.72, "melt": 0.80}
CPU_BARS = {"ffmpeg": 0.80, "melt": 0.82}
MOVIEPY_BAR, FLOOR_BAR, PLAIN_BAR = 0.15, 1.10, 0.98
MEMORY_MB, LONGER_MEMORY = 500.0, 1.1
LEAST_DB = 40.0
SIZE_BAR = 1.05
FULL, SHORT, SHORTEST = 8, 4, 2
PLAIN_FRAMES = 300


def run(bench: Bench) -> Iterator[Row]:
    """All rows. With `quick` the form of two clips stands for the full one, and nothing long is run."""
    clips = SHORTEST if bench.quick else FULL
    ours = bench.work / "ours.mp4"
    commands = {"starcut": timeline_export(bench, clips, ours)}
    for name in WALL_BARS:
        told = timeline_command(bench, name, bench.work / f"{name}.mp4", clips)
        if told is not None:
            commands[name] = told
    bench.say(f"The benchmark timeline of {clips} clips, {bench.runs} times by {', '.join(commands)} ...")
    spent = interleaved(bench.runs, commands)
    yield from _beside_peers(spent, clips)
    yield at_most(f"timeline of {clips} clips, memory", spent["starcut"].peak_mb, "MB", MEMORY_MB)
    if "ffmpeg" in spent:
        yield from _same_picture(ours, bench.work / "ffmpeg.mp4")
    yield from _moviepy(bench)
    yield from _floor(bench, SHORTEST if bench.quick else SHORT)
    yield from _plain(bench)
    if not bench.quick:
        yield from _ten_times(bench, spent["starcut"].peak_mb)


def timeline_export(bench: Bench, clips: int, film: Path) -> list[str]:
    """The command by which Starcut exports the benchmark timeline."""
    project = bench.work / f"timeline{clips}.starcut"
    if not project.is_file():
        write_timeline(project, bench.media, clips)
    return _export(project, film)


def _export(project: Path, film: Path) -> list[str]:
    """Without smart render: the peers encode every frame, and so do we.

    Key frames stand where a film has them by default, each two seconds: with as few as the peers' (each 250 pictures) the
    film takes as long to make and is 2 % larger, so that nothing is won by it.
    """
    return [*own_command(), "export", str(project), "-o", str(film), "--no-smart"]


def _beside_peers(spent: Mapping[str, Spent], clips: int) -> Iterator[Row]:
    ours = spent["starcut"]
    what = f"timeline of {clips} clips"
    for name, theirs in spent.items():
        if name == "starcut":
            continue
        yield against(f"{what}, wall", ours.wall, "s", name, theirs.wall, WALL_BARS[name])
        yield against(f"{what}, CPU", ours.cpu, "s", name, theirs.cpu, CPU_BARS[name])


def _same_picture(film: Path, reference: Path) -> Iterator[Row]:
    """Frame by frame; a film that shows something else may be as quick as it likes."""
    found = luma_psnr(film, reference)
    yield at_least("same picture as ffmpeg's, median luma PSNR", statistics.median(found), "dB", LEAST_DB)
    ratio = film.stat().st_size / reference.stat().st_size
    holds = ratio <= SIZE_BAR
    size = film.stat().st_size / 1e6
    yield Row("same picture as ffmpeg's, file size", size, "MB", "ffmpeg", ratio, f"<= {SIZE_BAR:g} x ffmpeg", holds)


def _moviepy(bench: Bench) -> Iterator[Row]:
    theirs = timeline_command(bench, "moviepy", bench.work / "moviepy.mp4", SHORTEST)
    if theirs is None:
        return
    bench.say(f"The timeline of {SHORTEST} clips by MoviePy ...")
    commands: dict[str, Sequence[str]] = {
        "starcut": timeline_export(bench, SHORTEST, bench.work / "short.mp4"),
        "moviepy": theirs,
    }
    spent = interleaved(1 if bench.quick else min(bench.runs, 3), commands)
    ours, other = spent["starcut"], spent["moviepy"]
    yield against(f"timeline of {SHORTEST} clips, wall", ours.wall, "s", "moviepy", other.wall, MOVIEPY_BAR)
    yield against(f"timeline of {SHORTEST} clips, CPU", ours.cpu, "s", "moviepy", other.cpu)


def _floor(bench: Bench, clips: int) -> Iterator[Row]:
    """Beside what decoding and x264 alone take, at once, without composing, sound or a start."""
    bench.say(f"The timeline of {clips} clips against decoding and x264 alone ...")
    film = bench.work / "floor.mp4"
    ours = timeline_export(bench, clips, film)
    project = bench.work / f"timeline{clips}.starcut"
    floor = [sys.executable, "-m", "tests.benchmarks.export_floor", str(project), str(film), str(clips)]
    walls, floors, cpus, floor_cpus = [], [], [], []
    for _ in range(1 if bench.quick else min(bench.runs, 3)):
        spent = timed(ours)
        wall, cpu = _answer(floor)
        walls.append(spent.wall)
        cpus.append(spent.cpu)
        floors.append(wall)
        floor_cpus.append(cpu)
    least = statistics.median(floors)
    yield against(f"timeline of {clips} clips, wall", statistics.median(walls), "s", "the floor", least, FLOOR_BAR)
    least = statistics.median(floor_cpus)
    yield against(f"timeline of {clips} clips, CPU", statistics.median(cpus), "s", "the floor", least)


def _answer(command: Sequence[str]) -> tuple[float, float]:
    """Wall and CPU seconds that the floor's process prints."""
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BenchError(f"The floor could not be measured: {(done.stderr.strip().splitlines() or ['?'])[-1]}")
    wall, cpu = map(float, done.stdout.split())
    return wall, cpu


def _plain(bench: Bench) -> Iterator[Row]:
    """One file with nothing done to it, decoded and encoded, beside ffmpeg."""
    program = peer(bench, "ffmpeg")
    if program is None:
        return
    bench.say(f"A plain transcode of {PLAIN_FRAMES} frames ...")
    project, source = bench.work / "plain.starcut", bench.media / "a.mp4"
    write_plain(project, source, PLAIN_FRAMES)
    seconds = f"{PLAIN_FRAMES / 30:g}"
    encode = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    theirs = [program, "-v", "error", "-y", "-nostdin", "-i", str(source), "-t", seconds, *encode, "-b:a", "192k"]
    commands = {
        "starcut": _export(project, bench.work / "plain.mp4"),
        "ffmpeg": [*theirs, str(bench.work / "plain_ffmpeg.mp4")],
    }
    spent = interleaved(1 if bench.quick else bench.runs, commands)
    ours, other = spent["starcut"], spent["ffmpeg"]
    yield against("plain transcode, wall", ours.wall, "s", "ffmpeg", other.wall, PLAIN_BAR)
    yield against("plain transcode, CPU", ours.cpu, "s", "ffmpeg", other.cpu)


def _ten_times(bench: Bench, usual_mb: float) -> Iterator[Row]:
    bench.say(f"The timeline of {10 * FULL} clips, for its memory ...")
    spent = timed(timeline_export(bench, 10 * FULL, bench.work / "long.mp4"))
    holds = spent.peak_mb <= MEMORY_MB and spent.peak_mb <= usual_mb * LONGER_MEMORY
    bar = f"<= {MEMORY_MB:g} MB, <= {LONGER_MEMORY:g} x"
    ratio = spent.peak_mb / usual_mb
    yield Row("timeline ten times as long, memory", spent.peak_mb, "MB", f"{FULL} clips", ratio, bar, holds)
