"""What a benchmark has in its hands: the rows it gives, the media, and measured runs of commands."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
SAMPLE_SECONDS = 0.02


class BenchError(Exception):
    """A benchmark cannot be run or went wrong; the text is one sentence for people."""


@dataclass(frozen=True)
class Row:
    """One measured figure.

    `ratio` is ours over the peer's (below 1: we are faster), `bar` the bar in words ("<= 0.72 x"), `holds` whether it is
    kept; None where there is no bar.
    """

    row: str
    value: float
    unit: str
    peer: str = ""
    ratio: float | None = None
    bar: str = ""
    holds: bool | None = None


@dataclass(frozen=True)
class Spent:
    """What one run of a command took: seconds of wall and of CPU (its children's too), and its peak of memory.

    `peak_mb` is the highest sum over the tree of processes, sampled each 20 ms: private memory of each, and what
    they share (libraries, shared memory) once. Where there is no /proc it is the largest single process's.
    """

    wall: float
    cpu: float
    peak_mb: float


@dataclass
class Bench:
    """What each subject is given. `runs`: how often a figure is taken (medians); `quick`: short forms, not to be quoted."""

    work: Path
    runs: int = 5
    quick: bool = False
    missing: dict[str, str] = field(default_factory=dict)
    """Peers that are not installed, and how one would get them; see `peers`."""

    @cached_property
    def media(self) -> Path:
        """The folder of the benchmark media (a.mp4 ... g30.mp4); made when first asked for. BenchError where it cannot be."""
        from tests.benchmarks.media import ready_media

        return ready_media(self)

    @property
    def shared(self) -> Path | None:
        """The folder that holds `bench/`, the peers' side: `STARCUT_BENCH_SHARED`, or `shared` beside the checkout."""
        folder = Path(os.environ.get("STARCUT_BENCH_SHARED") or CHECKOUT.parent / "shared")
        return folder if (folder / "bench").is_dir() else None

    def shared_file(self, name: str) -> Path:
        """A file of the peers' side, such as `timeline.py`. BenchError where it is not there."""
        file = self.shared / "bench" / name if self.shared else None
        if file is None or not file.is_file():
            raise BenchError(
                f"The peers' side of the benchmarks (bench/{name}) is not there: set STARCUT_BENCH_SHARED."
            )
        return file

    def say(self, text: str) -> None:
        """Tell people what is going on; never part of the result."""
        print(text, file=sys.stderr, flush=True)  # noqa: T201 - this is the program's output


def at_most(row: str, value: float, unit: str, limit: float) -> Row:
    """A figure that may not be higher than `limit` (same unit)."""
    return Row(row, value, unit, bar=f"<= {limit:g} {unit}", holds=value <= limit)


def at_least(row: str, value: float, unit: str, limit: float) -> Row:
    """A figure that may not be lower than `limit` (same unit)."""
    return Row(row, value, unit, bar=f">= {limit:g} {unit}", holds=value >= limit)


def against(row: str, value: float, unit: str, peer: str, peers_value: float, limit: float | None = None) -> Row:
    """A figure beside a peer's; `limit` is the ratio that may not be passed, None only tells."""
    ratio = value / peers_value
    if limit is None:
        return Row(row, value, unit, peer, ratio)
    return Row(row, value, unit, peer, ratio, f"<= {limit:g} x {peer}", ratio <= limit)


def timed(command: Sequence[str], env: Mapping[str, str] | None = None, cwd: Path | None = None) -> Spent:
    """Run a command to its end. BenchError with its last line when it fails."""
    started = time.perf_counter()
    with subprocess.Popen(command, env=env, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        said: list[bytes] = []
        listener = threading.Thread(target=lambda: said.append(process.stderr.read() if process.stderr else b""))
        listener.start()
        with PeakMemory(process.pid) as peak:
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        listener.join()
    if process.returncode != 0:
        last = b"".join(said).decode(errors="replace").strip().splitlines()[-1:] or [f"code {process.returncode}"]
        raise BenchError(f"{Path(command[0]).name} failed: {last[0]}")
    return Spent(wall, usage.ru_utime + usage.ru_stime, peak.mb or usage.ru_maxrss / 1024)


def interleaved(
    runs: int, commands: Mapping[str, Sequence[str]], env: Mapping[str, str] | None = None
) -> dict[str, Spent]:
    """Run all commands `runs` times in turn, so that a slow minute of the machine hits all: medians (memory: the highest)."""
    spent: dict[str, list[Spent]] = {label: [] for label in commands}
    for _ in range(runs):
        for label, command in commands.items():
            spent[label].append(timed(command, env))
    return {label: median_spent(each) for label, each in spent.items()}


def median_spent(each: Sequence[Spent]) -> Spent:
    """The medians of wall and CPU, the highest of memory."""
    return Spent(
        statistics.median(one.wall for one in each),
        statistics.median(one.cpu for one in each),
        max(one.peak_mb for one in each),
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0..1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def milliseconds(work: Callable[[], object]) -> float:
    """How long a call takes."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1e3


class PeakMemory:
    """The peak of a tree of processes in `mb` while the block runs; 0 where there is no /proc."""

    def __init__(self, root: int) -> None:
        self.mb = 0.0
        self._root = root
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> PeakMemory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while True:
            self.mb = max(self.mb, memory_mb(self._root))
            if self._done.wait(SAMPLE_SECONDS):
                return


def memory_mb(root: int) -> float:
    """What a process and its descendants hold now: private memory of each, shared (libraries, shared memory) once."""
    private, shared = 0, 0
    for pid in _tree(root):
        try:
            fields = Path(f"/proc/{pid}/statm").read_text().split()
        except OSError:  # it has ended meanwhile
            continue
        resident, common = int(fields[1]), int(fields[2])
        private += resident - common
        shared = max(shared, common)
    return (private + shared) * _PAGE_MB


def cpu_seconds(pid: int) -> float:
    """What a process that still runs has spent, without its children; 0 where there is no /proc."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _tree(root: int) -> list[int]:
    pids = [root]
    for pid in pids:
        with suppress(OSError):  # it has ended meanwhile; globbing raises that too
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                with suppress(OSError):  # the thread has ended meanwhile
                    pids += [int(child) for child in task.read_text().split()]
    return pids


_PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 2**20 if hasattr(os, "sysconf") else 0.0
