"""The harness, with a subject that costs nothing. Nothing here is timed."""

from __future__ import annotations

import io
import json
import sys
import types
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from tests.benchmarks import __main__ as program
from tests.benchmarks.base import Bench, BenchError, Row, against, at_least, at_most, interleaved, timed
from tests.benchmarks.peers import peer
from tests.benchmarks.report import Machine, as_json, print_table

MACHINE = Machine(2, "a processor", 0.1, "3.11", "2026-11-21 12:00")


def made(run: object) -> types.ModuleType:
    module = types.ModuleType("subject")
    module.run = run  # type: ignore[attr-defined]
    return module


def kept(_bench: Bench) -> Iterator[Row]:
    yield at_most("a step", 4.0, "ms", 5)


def breaks(_bench: Bench) -> Iterator[Row]:
    yield at_most("measured before", 9.0, "ms", 5)
    raise BenchError("The film has no frames.")


def test_a_subject_that_fails_is_one_sentence_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "tests.benchmarks.seek", made(breaks))
    monkeypatch.setitem(sys.modules, "tests.benchmarks.scrub", made(kept))
    rows, failed = program.measure(Bench(tmp_path), ["seek", "scrub"])
    assert [row.row for row in rows] == ["measured before", "a step"]
    assert failed == {"seek": "The film has no frames."}


@pytest.mark.parametrize(("subject", "code"), [(kept, 0), (breaks, 1)])
def test_the_exit_code_tells_whether_all_bars_hold(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], subject: object, code: int
) -> None:
    monkeypatch.setitem(sys.modules, "tests.benchmarks.seek", made(subject))
    assert program.main(["seek", "--json", "--quick"]) == code
    told = json.loads(capsys.readouterr().out)
    assert list(told[0]) == ["row", "value", "unit", "peer", "ratio", "bar", "holds"]


def test_bars_are_kept_at_their_very_limit() -> None:
    assert at_most("a", 5, "ms", 5).holds
    assert not at_most("a", 5.01, "ms", 5).holds
    assert at_least("a", 25, "fps", 25).holds
    assert not at_least("a", 24.9, "fps", 25).holds
    assert against("a", 6, "s", "melt", 10, 0.6).holds
    assert against("a", 7, "s", "melt", 10, 0.6).holds is False
    assert against("a", 7, "s", "melt", 10).holds is None


def test_a_peer_that_is_not_installed_is_named_in_the_table_s_foot(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    bench = Bench(tmp_path)
    assert peer(bench, "melt") is None
    written = io.StringIO()
    rows = [at_most("a step", 4.0, "ms", 5), against("export", 3.0, "s", "ffmpeg", 4.0, 0.5)]
    print_table(rows, MACHINE, bench.missing, {}, Console(file=written, width=140))
    text = written.getvalue()
    assert "a step" in text and "holds" in text  # noqa: PT018 - one table
    assert "0.75" in text and "missed" in text  # noqa: PT018
    assert "melt is not installed (apt install melt): its rows are left out." in text
    assert "2 cores (a processor)" in text


def test_a_busy_machine_is_told(tmp_path: Path) -> None:
    assert "not quiet" not in str(MACHINE)
    assert "not quiet" in str(Machine(2, "a processor", 1.7, "3.11", "today"))


def test_json_is_a_list_of_rows() -> None:
    row = Row("start", 0.9, "s", "shotcut", 1.1, "<= 1.2 s", True)
    assert json.loads(as_json([row])) == [
        {"row": "start", "value": 0.9, "unit": "s", "peer": "shotcut", "ratio": 1.1, "bar": "<= 1.2 s", "holds": True}
    ]


def test_children_count_in_cpu_and_memory() -> None:
    work = "x = bytearray(60_000_000); sum(range(3_000_000))"
    spent = timed([sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {work!r}])"])
    assert spent.peak_mb > 60
    assert spent.cpu > 0.02


def test_a_command_that_fails_says_its_last_line() -> None:
    with pytest.raises(BenchError, match="no such clip"):
        interleaved(1, {"a": [sys.executable, "-c", "import sys; sys.exit('no such clip')"]})
