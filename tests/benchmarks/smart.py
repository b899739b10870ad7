"""Smart render against rendering everything: ten long cuts off the key frames of a film with a key frame each second."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from engines.media.conversion import plane_rows
from engines.media.probe import probe
from tests.benchmarks.base import CHECKOUT, Bench, BenchError, Row, at_least, interleaved
from tests.benchmarks.peers import peer
from timeline.items import Clip, MediaSource
from timeline.media import Library
from timeline.project import Project, Saved
from timeline.project_file import save
from timeline.sequence import Sequence
from timeline.time import TimeRange
from timeline.track import Track, TrackKind

RATE = Fraction(30)
CUTS, LENGTH = 10, 300
QUICK_CUTS, QUICK_LENGTH = 3, 120
LEAST = 8.0
LEAST_PSNR = 40.0
_EVERY_ROW = 63


def run(bench: Bench) -> Iterator[Row]:
    """How many times quicker, what that is bounded by, and that the picture is right."""
    film = bench.media / "g30.mp4"
    cuts, length = (QUICK_CUTS, QUICK_LENGTH) if bench.quick else (CUTS, LENGTH)
    ranges = [(place * 137 % (1800 - length) // 30 * 30 + 7 + 3 * place % 20, length) for place in range(cuts)]
    project, smart, full = bench.work / "smart.starcut", bench.work / "smart.mp4", bench.work / "full.mp4"
    write_cuts(project, film, ranges)
    ours = [sys.executable, "-m", "studio_app", "render", str(project), "--json", "-o"]
    commands = {"smart": [*ours, str(smart)], "full": [*ours, str(full), "--no-smart"]}
    program = peer(bench, "ffmpeg")
    if program is not None:
        commands["ffmpeg"] = ffmpeg_command(program, film, ranges, bench.work / "ffmpeg.mp4")
    runs = 1 if bench.quick else min(bench.runs, 3)
    spent = interleaved(runs, commands)
    label = f"smart render, {cuts} cuts of {length // 30} s"
    share = copied_share(commands["smart"])
    yield Row(f"{label}: copied", round(share * 100, 1), "%")
    worst = lowest_psnr(smart, film, ranges)
    if worst < LEAST_PSNR:
        raise BenchError(f"The smart film is not the edit: {worst:.1f} dB at worst, so its time does not count.")
    yield at_least(f"{label}: lowest PSNR against the source", worst, "dB", LEAST_PSNR)
    yield Row(f"{label}: wall", spent["smart"].wall, "s", "our full render", spent["smart"].wall / spent["full"].wall)
    yield Row(f"{label}: CPU", spent["smart"].cpu, "s", "our full render", spent["smart"].cpu / spent["full"].cpu)
    times = spent["full"].wall / spent["smart"].wall
    name = f"{label}: times quicker than our full render"
    yield Row(name, times, "x") if bench.quick else at_least(name, times, "x", LEAST)
    yield Row(f"{label}: memory", spent["smart"].peak_mb, "MB")
    if "ffmpeg" in spent:
        ratio = spent["smart"].wall / spent["ffmpeg"].wall
        yield Row(f"{label}: wall", spent["smart"].wall, "s", "ffmpeg, all encoded", ratio)


def write_cuts(target: Path, film: Path, ranges: list[tuple[int, int]]) -> None:
    """Save a project of cuts (first frame, frames) through one file, with its sound."""
    media = probe(film)
    tracks = tuple(
        Track(
            kind,
            tuple(Clip(MediaSource(media.id), TimeRange.from_frames(*each, RATE), name=media.name) for each in ranges),
        )
        for kind in (TrackKind.VIDEO, TrackKind.AUDIO)
    )
    sequence = Sequence(name="Cuts", width=media.width, height=media.height, rate=RATE, tracks=tracks)
    save(target, Saved(Project(name="Cuts", sequences=(sequence,)), Library({media.id: media})))


def ffmpeg_command(program: str, film: Path, ranges: list[tuple[int, int]], out: Path) -> list[str]:
    """The same cuts joined and encoded by the concat filter, at our settings."""
    inputs: list[str] = []
    for first, count in ranges:
        inputs += ["-ss", f"{first / 30:.6f}", "-t", f"{count / 30:.6f}", "-i", str(film)]
    pads = "".join(f"[{place}:v][{place}:a]" for place in range(len(ranges)))
    graph = f"{pads}concat=n={len(ranges)}:v=1:a=1[v][a]"
    coding = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-c:a", "aac", "-b:a", "192k"]
    joined = ["-filter_complex", graph, "-map", "[v]", "-map", "[a]"]
    return [program, "-v", "error", "-y", *inputs, *joined, *coding, "-movflags", "+faststart", str(out)]


def copied_share(command: list[str]) -> float:
    """What a smart render says that it copied, 0 to 1. BenchError when it rendered everything."""
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=CHECKOUT)
    facts = json.loads(done.stdout.strip().splitlines()[-1])["smart"]
    if not facts["copied"]:
        raise BenchError(f"Nothing was copied: {facts['fallback'] or facts['rendered_because']}")
    return float(facts["share"])


def lowest_psnr(film: Path, source: Path, ranges: list[tuple[int, int]]) -> float:
    """The worst frame's luma against the source's frame that should stand there, in dB. BenchError on another length."""
    wanted = {first + offset for first, count in ranges for offset in range(count)}
    originals = {number: rows for number, rows in enumerate(_rows(source)) if number in wanted}
    order = [first + offset for first, count in ranges for offset in range(count)]
    worst, count = 99.0, 0
    for count, rows in enumerate(_rows(film), start=1):
        if count > len(order):
            break
        error = float(((rows.astype(np.int16) - originals[order[count - 1]]) ** 2).mean())
        worst = min(worst, 10 * float(np.log10(255 * 255 / error)) if error else 99.0)
    if count != len(order):
        raise BenchError(f"The smart film has {count} frames instead of {len(order)}.")
    return worst


def _rows(film: Path) -> Iterator[NDArray[np.uint8]]:
    """Some rows of the luma of each frame: enough to tell frames apart, little enough to keep all."""
    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        for frame in container.decode(stream):
            plane = frame.planes[0]
            yield plane_rows(plane)[::_EVERY_ROW, : plane.width].copy()
