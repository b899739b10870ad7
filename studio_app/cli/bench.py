"""starcut bench: how fast it is here, beside the engines people use, and whether it keeps the bars it sets itself."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from studio_app.cli.console import Console
from timeline.errors import StudioError

SUBJECTS = (
    "export",
    "smart",
    "seek",
    "scrub",
    "playback",
    "timeline",
    "drawing",
    "sky",
    "startup",
    "memory",
    "sync",
    "engine",
)
ABOUT = """\
Measures this checkout on this machine: exports, smart rendering, exact seeks, scrubbing, playback, timelines of thousands
of clips, the start of the window, memory, sound beside picture. Without a subject all are measured, which takes long.

Each figure is shown beside its bar and, where ffmpeg, melt, MoviePy, Shotcut, OpenShot or Kdenlive are installed, beside
theirs; one that is not installed is named and its rows are left out. Let the machine be quiet: wall times are worth
nothing beside other work.

The media are made once (some minutes, 350 MB, by ffmpeg) and kept in STARCUT_BENCH_MEDIA or the user's cache.
STARCUT_BENCH_SHARED names the folder with the peers' side (bench/), which is looked for in `shared` beside the checkout.

Exit code: 0 all bars hold, 1 a bar is missed or a subject could not be measured (the others are), 130 cancelled."""


def add(commands: Any) -> None:
    """The command's words."""
    parser = commands.add_parser(
        "bench",
        help="measure speed and memory, beside other engines",
        description=ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_options(parser)
    parser.set_defaults(run=run)


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options, which the benchmarks' own process takes too."""
    parser.add_argument("subjects", nargs="*", metavar="SUBJECT", type=_subject, help=", ".join(SUBJECTS))
    parser.add_argument("--runs", type=_count, default=5, metavar="N", help="runs of which the median counts (5)")
    parser.add_argument(
        "--quick", action="store_true", help="short forms: shows that it works, figures not to be quoted"
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="a JSON list of {row, value, unit, peer, ratio, bar, holds} on standard output",
    )


def run(options: argparse.Namespace, console: Console) -> int:
    """Run the checkout's benchmarks in a process, which answers in our place."""
    root = Path(__file__).resolve().parents[2]
    if getattr(sys, "frozen", False) or not (root / "tests" / "benchmarks").is_dir():
        raise StudioError("The benchmarks live in the source folder of Starcut: run `python3 launch.py bench` there.")
    words = [*options.subjects, "--runs", str(options.runs)]
    words += [f"--{name}" for name in ("quick", "json") if getattr(options, name)]
    command = [sys.executable, "-m", "tests.benchmarks", *words]
    with subprocess.Popen(command, cwd=root, start_new_session=True) as process:
        try:
            while process.poll() is None:
                console.check()
                time.sleep(0.1)
        except BaseException:
            _end(process)
            raise
    return process.returncode


def _end(process: subprocess.Popen[bytes]) -> None:
    """With all that it started: peers, windows, a screen."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGTERM)
    else:
        process.terminate()


def _subject(text: str) -> str:
    if text not in SUBJECTS:
        raise argparse.ArgumentTypeError(f"{text} is not measured; choose from {', '.join(SUBJECTS)}")
    return text


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number of runs")
    return int(text)
