"""Warm start to a usable window under Xvfb, and what the window holds when nothing is done."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.benchmarks.base import CHECKOUT, Bench, BenchError, Row, Spent, against, at_most, cpu_seconds, memory_mb
from tests.benchmarks.peers import peer

START_BAR_SECONDS = 1.2
IDLE_BAR_MB = 250
PATIENCE_SECONDS = 30.0
SETTLE_SECONDS = 3.0
PEERS = ("shotcut", "openshot-qt", "kdenlive")


def run(bench: Bench) -> Iterator[Row]:
    """One row for the start, one for the memory after it, and each installed editor beside them."""
    with screen() as display:
        env = environment(bench, display)
        runs = 1 if bench.quick else bench.runs
        ours = [started(env) for _ in range(runs + 1)][1:]  # the first one warms the disk
        wall, mb = statistics.median(one.wall for one in ours), max(one.peak_mb for one in ours)
        yield at_most("warm start to a usable window", wall, "s", START_BAR_SECONDS)
        yield Row("CPU of the start", statistics.median(one.cpu for one in ours), "s")
        yield at_most("idle memory", mb, "MB", IDLE_BAR_MB)
        for name in PEERS:
            program = peer(bench, name)
            if program is not None and has_xdotool(bench):
                theirs = [appeared([program], env) for _ in range(runs + 1)][1:]
                yield against("start", wall, "s", name, statistics.median(one.wall for one in theirs))
                yield against("idle memory", mb, "MB", name, max(one.peak_mb for one in theirs))


@contextlib.contextmanager
def screen() -> Iterator[str]:
    """A screen of its own for the block: the DISPLAY to use. BenchError where Xvfb is not installed."""
    program = shutil.which("Xvfb")
    if program is None:
        raise BenchError("The window is measured on a screen of its own, by Xvfb, which is not installed.")
    reading, writing = os.pipe()
    words = [program, "-displayfd", str(writing), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"]
    with subprocess.Popen(words, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        try:
            with os.fdopen(reading) as told:
                number = told.readline().strip()
            if not number:
                raise BenchError("Xvfb did not start.")
            yield f":{number}"
        finally:
            server.terminate()


def environment(bench: Bench, display: str) -> dict[str, str]:
    """A user without settings or recent films, on that screen; compiled modules are kept, as an installation keeps them."""
    home = bench.work / "home"
    home.mkdir(exist_ok=True)
    changed = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "STARCUT_HOME": str(home), "HOME": str(home)}
    changed |= {"STARCUT_SAY_READY": "1", "PYTHONPYCACHEPREFIX": str(bench.work / "compiled")}
    return {key: value for key, value in (os.environ | changed).items() if key != "PYTHONDONTWRITEBYTECODE"}


def started(env: Mapping[str, str], *words: str) -> Spent:
    """Start Starcut and end it: what it took until its window was painted and at rest; the MB are of some seconds later."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "studio_app", *words]
    with subprocess.Popen(command, env=env, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            if not _said(process, b"READY"):
                raise BenchError("The window did not open.")
            wall, cpu = time.perf_counter() - begun, cpu_seconds(process.pid)
            time.sleep(SETTLE_SECONDS)
            return Spent(wall, cpu, memory_mb(process.pid))
        finally:
            process.kill()


def _said(process: subprocess.Popen[bytes], word: bytes) -> bool:
    assert process.stdout is not None
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if select.select([process.stdout], [], [], 0.1)[0]:
            line = process.stdout.readline()
            if not line:
                return False
            if line.strip() == word:
                return True
    return False


def has_xdotool(bench: Bench) -> bool:
    """Other programs do not say when they are ready: xdotool sees their windows."""
    if shutil.which("xdotool") is None:
        bench.missing["xdotool"] = "apt install xdotool; the other editors' windows are seen by it"
        return False
    return True


def appeared(command: list[str], env: Mapping[str, str]) -> Spent:
    """Start an editor and end it: what it took until a window of a working size is on the screen, MB some seconds later.

    Its own painting is not waited for, which is in its favour.
    """
    begun = time.perf_counter()
    with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            while not _window_is_there(env):
                if time.perf_counter() - begun > PATIENCE_SECONDS or process.poll() is not None:
                    raise BenchError(f"No window of {Path(command[0]).name} appeared.")
                time.sleep(0.01)
            wall, cpu = time.perf_counter() - begun, cpu_seconds(process.pid)
            time.sleep(SETTLE_SECONDS)
            return Spent(wall, cpu, memory_mb(process.pid))
        finally:
            process.kill()


def _window_is_there(env: Mapping[str, str]) -> bool:
    """Splash screens are smaller than the least main window."""
    words = ["xdotool", "search", "--onlyvisible", "--name", ".", "getwindowgeometry", "--shell", "%@"]
    told = subprocess.run(words, env=dict(env), check=False, capture_output=True, text=True).stdout
    widths = [int(line.partition("=")[2]) for line in told.splitlines() if line.startswith("WIDTH=")]
    heights = [int(line.partition("=")[2]) for line in told.splitlines() if line.startswith("HEIGHT=")]
    return any(width >= 800 and height >= 550 for width, height in zip(widths, heights, strict=True))
