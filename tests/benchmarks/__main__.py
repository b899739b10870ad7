"""`python -m tests.benchmarks`: what `starcut bench` runs in a process of its own."""

from __future__ import annotations

import argparse
import importlib
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from studio_app.cli.bench import SUBJECTS, add_options
from tests.benchmarks import report
from tests.benchmarks.base import Bench, Row


def main(arguments: Sequence[str]) -> int:
    """Run the subjects asked for; 0 when every bar holds, 1 when one is missed or a subject failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    add_options(parser)
    options = parser.parse_args(list(arguments))
    machine = report.this_machine()
    with tempfile.TemporaryDirectory(prefix="starcut-bench-") as work:
        bench = Bench(Path(work), runs=options.runs, quick=options.quick)
        rows, failed = measure(bench, options.subjects or SUBJECTS)
    if options.json:
        print(report.as_json(rows))  # noqa: T201 - this is the program's output
        for line in report.foot(machine, bench.missing, failed):
            bench.say(line)
    else:
        report.print_table(rows, machine, bench.missing, failed, Console())
    return 1 if failed or any(row.holds is False for row in rows) else 0


def measure(bench: Bench, subjects: Sequence[str]) -> tuple[list[Row], dict[str, str]]:
    """All rows, and a sentence for each subject that failed: the others go on, and what it had measured stays."""
    rows: list[Row] = []
    failed: dict[str, str] = {}
    for subject in subjects:
        bench.say(f"{subject} ...")
        try:
            for row in importlib.import_module(f"tests.benchmarks.{subject}").run(bench):
                rows.append(row)
                bench.say(f"  {row.row}: {row.value:.3g} {row.unit} {row.bar and f'(bar {row.bar})'}".rstrip())
        except Exception as error:  # noqa: BLE001 - fence: one subject's fault does not cost the others' hours
            failed[subject] = str(error) or type(error).__name__
    return rows, failed


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(130))  # so that what is half measured is put away
    sys.exit(main(sys.argv[1:]))
