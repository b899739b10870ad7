"""The engines people use today: whether they are installed, and the benchmark timeline in their words."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.base import Bench, BenchError

HOW_TO_GET = {
    "ffmpeg": "apt install ffmpeg",
    "melt": "apt install melt",
    "moviepy": "pip install moviepy, or name a Python that has it in STARCUT_BENCH_MOVIEPY",
    "shotcut": "apt install shotcut",
    "openshot-qt": "apt install openshot-qt",
    "kdenlive": "apt install kdenlive",
}


def peer(bench: Bench, name: str) -> str | None:
    """The program of a peer (for moviepy: the Python that has it); None is noted in `bench.missing` and named to the user."""
    found = _moviepy() if name == "moviepy" else shutil.which(name)
    if found is None:
        bench.missing[name] = HOW_TO_GET.get(name, "not on the path")
    return found


def _moviepy() -> str | None:
    python = os.environ.get("STARCUT_BENCH_MOVIEPY") or sys.executable
    try:
        has_it = subprocess.run([python, "-c", "import moviepy"], check=False, capture_output=True).returncode == 0
    except OSError:
        return None
    return python if has_it else None


def timeline_command(bench: Bench, name: str, out: Path, clips: int = 8) -> list[str] | None:
    """The command by which a peer exports the benchmark timeline (bench/timeline.py) to `out`; None: not installed.

    `name`: ffmpeg, melt or moviepy. `clips`: 8 is the full form, 4 and 2 are the short ones.
    """
    program = peer(bench, name)
    if program is None:
        return None
    media = str(bench.media)
    if name == "moviepy":
        return [program, str(bench.shared_file("moviepy_timeline.py")), media, str(out), str(clips)]
    script = str(bench.shared_file("timeline.py"))
    if name == "ffmpeg":
        return ["sh", "-c", "exec " + _told(clips, script, "ffmpeg", media, str(out))]
    described = bench.work / f"timeline{clips}.mlt"
    _told(clips, script, "mlt", media, str(described))
    return ["sh", "-c", "exec " + _told(clips, script, "melt", str(described), str(out), "-2")]


def _told(clips: int, script: str, *words: str) -> str:
    """What bench/timeline.py prints (told `mlt`, it writes its file instead)."""
    told = subprocess.run(
        [sys.executable, script, *words],
        env=dict(os.environ, TL_N=str(clips)),
        check=False,
        capture_output=True,
        text=True,
    )
    if told.returncode != 0:
        raise BenchError(f"bench/timeline.py failed: {(told.stderr.strip().splitlines() or ['?'])[-1]}")
    return told.stdout.strip()
