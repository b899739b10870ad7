"""Watched folders: files are told of once, when they have stopped growing."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from studio_app.services.jobs import plain_thread, run_now
from studio_app.services.watch import FolderWatch

Came = list[tuple[str, list[str]]]


@pytest.fixture
def came() -> Came:
    return []


@pytest.fixture
def watch(came: Came) -> Iterator[FolderWatch]:
    made = FolderWatch(
        run_now,
        plain_thread,
        lambda folder, files: came.append((folder.name, [one.name for one in files])),
        lambda path: path.suffix == ".mov",
        seconds=0.02,
    )
    yield made
    made.close()


def until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not done():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_a_file_is_told_of_once_and_only_if_it_is_wanted(watch: FolderWatch, came: Came, tmp_path: Path) -> None:
    (tmp_path / "a.mov").write_bytes(b"film")
    (tmp_path / "a.txt").write_bytes(b"words")
    (tmp_path / "known.mov").write_bytes(b"film")
    watch.follow((str(tmp_path),), [str(tmp_path / "known.mov")])
    until(lambda: bool(came))
    (tmp_path / "b.mov").write_bytes(b"film")
    until(lambda: len(came) == 2)
    assert came == [(tmp_path.name, ["a.mov"]), (tmp_path.name, ["b.mov"])]


def test_a_file_that_grows_is_waited_for(watch: FolderWatch, came: Came, tmp_path: Path) -> None:
    film, told, sizes = tmp_path / "a.mov", set[str](), dict[str, tuple[int, int]]()

    def look() -> list[str]:
        return [one.name for one in watch._look(str(tmp_path), told, sizes, threading.Event())]

    film.write_bytes(b"")
    assert look() == look() == []  # nothing was written yet
    film.write_bytes(b"half")
    assert look() == []
    film.write_bytes(b"all of it")
    assert look() == []
    assert look() == ["a.mov"]
    assert look() == []
    assert not came


def test_a_folder_that_goes_and_comes_back_ends_nothing(watch: FolderWatch, came: Came, tmp_path: Path) -> None:
    card = tmp_path / "Card"
    watch.follow((str(card),))
    time.sleep(0.1)
    card.mkdir()
    (card / "a.mov").write_bytes(b"film")
    until(lambda: bool(came))


def test_other_folders_end_the_watch_of_the_first(watch: FolderWatch, came: Came, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    watch.follow((str(tmp_path / "one"),))
    watch.follow((str(tmp_path / "one"),))
    watch.follow((str(tmp_path / "two"),))
    (tmp_path / "one" / "a.mov").write_bytes(b"film")
    (tmp_path / "two" / "b.mov").write_bytes(b"film")
    until(lambda: bool(came))
    time.sleep(0.1)
    assert came == [("two", ["b.mov"])]
    watch.close()
    assert watch.folders == ()
