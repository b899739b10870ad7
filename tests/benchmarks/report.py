"""How the figures are told: a table for people, JSON for programs, and the machine they were taken on."""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tests.benchmarks.base import Row

QUIET_LOAD = 0.5
"""Other work, in busy cores, above which wall-clock figures are not to be trusted."""


@dataclass(frozen=True)
class Machine:
    """What the figures depend on; `load` is the number of busy cores before the benchmarks began."""

    cores: int
    cpu: str
    load: float
    python: str
    date: str

    @property
    def quiet(self) -> bool:
        """Whether the machine had nothing else to do."""
        return self.load <= QUIET_LOAD

    def __str__(self) -> str:
        facts = f"{self.date}, {self.cores} cores ({self.cpu}), Python {self.python}, load {self.load:.1f} at the start"
        return (
            facts
            if self.quiet
            else facts + "\nThe machine was not quiet: trust ratios and CPU seconds, not wall times."
        )


def this_machine() -> Machine:
    """The facts of this machine, now; its load is watched for half a second."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return Machine(cores, _cpu_name(), _busy_cores(), platform.python_version(), time.strftime("%Y-%m-%d %H:%M"))


def _cpu_name() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _busy_cores() -> float:
    """The load of the last minute tells of work that has ended; this tells of now."""
    before = _cpu_ticks()
    if before is None:
        return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    time.sleep(0.5)
    after = _cpu_ticks() or before
    return (after - before) / (0.5 * os.sysconf("SC_CLK_TCK"))


def _cpu_ticks() -> int | None:
    try:
        user, nice, system, *_ = map(int, Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:])
    except OSError:
        return None
    return user + nice + system


def as_json(rows: Sequence[Row]) -> str:
    """A list of `{row, value, unit, peer, ratio, bar, holds}`."""
    return json.dumps([asdict(row) for row in rows], indent=2)


def print_table(
    rows: Sequence[Row], machine: Machine, missing: Mapping[str, str], failed: Mapping[str, str], console: Console
) -> None:
    """One line for each figure; in the foot the machine, the peers that are not there, the subjects that failed."""
    table = Table(box=None, pad_edge=False)
    for heading in ("what", "figure", "against", "ratio", "bar", ""):
        table.add_column(heading, justify="right" if heading in {"figure", "ratio"} else "left")
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        table.add_row(row.row, f"{_short(row.value)} {row.unit}".strip(), row.peer, ratio, row.bar, _verdict(row))
    if rows:
        console.print(table)
    for line in foot(machine, missing, failed):
        console.print(line, markup=False, highlight=False)


def foot(machine: Machine, missing: Mapping[str, str], failed: Mapping[str, str]) -> list[str]:
    """What belongs under the figures, a line each."""
    lines = [str(machine)]
    lines += [f"{name} is not installed ({how}): its rows are left out." for name, how in sorted(missing.items())]
    lines += [f"{subject}: {sentence}" for subject, sentence in failed.items()]
    return lines


def _short(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _verdict(row: Row) -> Text:
    if row.holds is None:
        return Text("")
    return Text("holds", "green") if row.holds else Text("missed", "bold red")
