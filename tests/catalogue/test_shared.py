"""The file of the catalogue, shared by windows, processes and threads."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from studio_app.catalogue import database as database_module
from studio_app.catalogue.catalogue import Catalogue
from studio_app.catalogue.errors import CatalogueError
from studio_app.catalogue.keeping import JOURNAL, NAME
from studio_app.catalogue.query import Like, Query
from tests.catalogue.library import library

MADE = library(30)
FIRST = MADE[0].seen.content_hash


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    made = Catalogue(tmp_path / "catalogue")
    made.put([one.seen for one in MADE])
    return made


def test_while_another_window_writes_one_waits_and_then_says_so(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "PATIENCE", 0.05)
    other = sqlite3.connect(catalogue.folder / NAME, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    mine = Catalogue(catalogue.folder)
    lines = (catalogue.folder / JOURNAL).read_bytes() if (catalogue.folder / JOURNAL).exists() else b""
    with pytest.raises(CatalogueError, match="busy in another window") as caught:
        mine.rate(FIRST, 3)
    assert not caught.value.can_rebuild
    assert mine.find(Query()).total == len(MADE)  # reading goes on
    other.execute("ROLLBACK")
    other.close()
    mine.rate(FIRST, 2)
    assert mine.row_of(FIRST).rating == 2  # type: ignore[union-attr]
    assert (catalogue.folder / JOURNAL).read_bytes().startswith(lines)
    mine.close()


_WRITER = """
import sys
from pathlib import Path
from studio_app.catalogue.catalogue import Catalogue
from tests.catalogue.library import library
made = library(40, seed=int(sys.argv[2]))
catalogue = Catalogue(Path(sys.argv[1]))
for one in made:
    catalogue.put([one.seen])
    catalogue.tag(one.seen.content_hash, ["of " + sys.argv[2]])
catalogue.close()
"""


def test_two_processes_write_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    folder = tmp_path / "catalogue"
    root = Path(__file__).resolve().parents[2]
    words = [sys.executable, "-c", _WRITER, str(folder)]
    runs = [subprocess.Popen([*words, seed], cwd=root, stderr=subprocess.PIPE) for seed in ("7", "8")]
    for run in runs:
        _, error = run.communicate(timeout=120)
        assert run.returncode == 0, error.decode()
    catalogue = Catalogue(folder)
    catalogue.check()
    assert catalogue.find(Query(limit=None)).total == 80
    for seed in ("7", "8"):
        assert catalogue.find(Query(tags=(f"of {seed}",))).total == 40
    assert len(list((folder / JOURNAL).read_text().splitlines())) == 80


def test_threads_ask_and_write_side_by_side_and_leave_no_connection_open(catalogue: Catalogue) -> None:
    problems: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for one in MADE[number::4]:
                catalogue.rate(one.seen.content_hash, number)
                catalogue.find(Query(like=Like(clips=(one.seen.content_hash,))))
        except BaseException as error:  # noqa: BLE001 - handed to the test
            problems.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    assert catalogue.find(Query(rating=3, limit=None)).total == len(MADE[3::4])
    until = time.monotonic() + 5
    while len(catalogue.database._open) > 1 and time.monotonic() < until:
        time.sleep(0.01)
    assert len(catalogue.database._open) == 1
