"""The catalogue is closed while other threads ask it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from studio_app.catalogue.database import Database
from studio_app.catalogue.errors import CatalogueError

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n WHERE i < 0"


def test_closing_ends_a_question_of_another_thread_and_its_connection(tmp_path: Path) -> None:
    database = Database(tmp_path / "catalogue.db")
    begun, said = threading.Event(), []

    def tell() -> int:
        begun.set()
        return 1

    def ask() -> None:
        try:
            with database.using() as db:
                db.create_function("tell", 0, tell)
                db.execute(f"SELECT tell(), ({ENDLESS})").fetchall()
        except CatalogueError as error:
            said.append(error.message)

    thread = threading.Thread(target=ask)
    thread.start()
    assert begun.wait(30)
    database.close()
    thread.join(30)
    assert said == ["The catalogue is closed."]


def test_who_asks_while_it_is_closed_is_refused_and_nothing_breaks(tmp_path: Path) -> None:
    database = Database(tmp_path / "catalogue.db")
    asked, ends = threading.Semaphore(0), []

    def ask() -> None:
        try:
            while True:
                database.all("SELECT name FROM sqlite_master")
                asked.release()
        except CatalogueError as error:
            ends.append(error.message)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for one in threads:
        one.start()
    for _ in range(200):
        assert asked.acquire(timeout=30)
    database.close()
    for one in threads:
        one.join(30)
    assert ends == ["The catalogue is closed."] * 4
    with pytest.raises(CatalogueError, match="closed"):
        database.one("SELECT 1")
