"""The window's catalogue: opened when asked, filled when nobody needs the machine, mended when it is damaged."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engines.analyse import store
from engines.media.inspection import probe_here
from studio_app.catalogue.catalogue import Catalogue
from studio_app.catalogue.errors import CatalogueError
from studio_app.catalogue.keeping import NAME, rebuild
from studio_app.catalogue.query import Query
from studio_app.catalogue.row import Use
from studio_app.services.jobs import Jobs, plain_thread, run_now
from studio_app.session import cataloguing as module
from studio_app.session.cataloguing import KIND, Cataloguing
from studio_app.session.document import Document
from tests.catalogue.library import library
from tests.engines.analyse.clips import field, film
from timeline.media import Library
from timeline.project import Project, Saved
from timeline.project_file import save as write_project

pytestmark = pytest.mark.media


class Desk:
    """A document, its jobs, and the catalogue's service with quick hands."""

    def __init__(self, home: Path) -> None:
        self.home, self.busy = home, False
        self.said: list[str] = []
        self.offered: list[tuple[str, str, Callable[[], object]]] = []
        self.document = Document()
        self.jobs = Jobs(run_now, plain_thread)
        self.service = Cataloguing(
            home / "catalogue", home / "cache", self.document, self.jobs, run_now, plain_thread, lambda: self.busy,
            self.said.append, lambda *one: self.offered.append(one),
        )  # fmt: skip

    @property
    def catalogue(self) -> Catalogue:
        assert self.service.catalogue is not None
        return self.service.catalogue

    def open(self, *colours: tuple[int, int, int]) -> None:
        clips = [
            probe_here(film(self.home / f"clip {n}.mp4", lambda k, one=one: field((one[0], one[1] + k, one[2])), 5))  # type: ignore[misc]
            for n, one in enumerate(colours)
        ]
        self.document.replace(Saved(Project(name="Ferry"), Library().with_media(*clips)), None)

    def close(self) -> None:
        self.service.close(5)
        self.jobs.close()
        if self.service.catalogue is not None:
            self.service.catalogue.close()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(module, "SECONDS", 0.02)
    monkeypatch.setattr(module, "_PAUSE", 0.01)
    made = Desk(tmp_path)
    yield made
    made.close()


def until(what: Callable[[], object]) -> None:
    end = time.monotonic() + 20
    while not what() and time.monotonic() < end:
        time.sleep(0.01)
    assert what()


def _measured(desk: Desk) -> int:
    if desk.service.catalogue is None:  # it is just being opened
        return -1
    rows = desk.catalogue.rows(desk.catalogue.find(Query(limit=None)).ids)
    return sum(row.is_measured for row in rows)


def test_nothing_is_opened_before_it_is_asked_for(desk: Desk) -> None:
    desk.open((200, 30, 30))
    time.sleep(0.1)
    assert not (desk.home / "catalogue").exists()
    desk.service.say(lambda catalogue: catalogue.rate("a", 1))
    assert desk.said == ["There is no catalogue yet. Try again in a moment."]


def test_the_open_project_is_taken_in_and_measured_and_told_of(desk: Desk) -> None:
    told: list[int] = []
    desk.service.changed.connect(lambda: told.append(1))
    desk.open((200, 30, 30), (30, 60, 200))
    desk.service.start()
    until(lambda: desk.service.catalogue is not None and desk.catalogue.size == 2 and _measured(desk) == 2)
    until(lambda: not desk.service.is_at_work)
    assert told
    assert [one for one in desk.jobs.all if one.kind == KIND] == []  # nobody has to put it away


def test_a_clip_that_comes_later_is_taken_in_too_and_none_is_measured_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[str] = []
    analyse = store.analyse
    monkeypatch.setattr(store, "analyse", lambda media, job=None: (names.append(media.name), analyse(media, job))[1])
    desk.open((200, 30, 30))
    desk.service.start()
    until(lambda: desk.service.catalogue is not None and _measured(desk) == 1)
    desk.document.add_media([probe_here(film(desk.home / "late.mp4", lambda n: field((20, 180 + n, 60)), 5))])
    until(lambda: _measured(desk) == 2)
    until(lambda: not desk.service.is_at_work)
    assert len(names) == 2


def test_while_somebody_needs_the_machine_it_waits(desk: Desk) -> None:
    desk.busy = True
    desk.open((200, 30, 30))
    desk.service.start()
    until(lambda: desk.service.catalogue is not None)
    time.sleep(0.2)
    assert desk.catalogue.size == 0
    desk.busy = False
    until(lambda: _measured(desk) == 1)


def test_while_a_hand_moves_the_sky_it_waits(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_GIVEN_WAY", 3600.0)
    desk.service.give_way()
    desk.open((200, 30, 30))
    desk.service.start()
    until(lambda: desk.service.catalogue is not None)
    time.sleep(0.2)
    assert desk.catalogue.size == 0
    monkeypatch.setattr(module, "_GIVEN_WAY", 0.0)
    until(lambda: _measured(desk) == 1)


def test_a_file_that_cannot_be_measured_is_tried_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.open((200, 30, 30))
    media = next(iter(desk.document.library.media.values()))
    Path(media.path).write_bytes(b"no film any more")
    tries: list[str] = []
    analyse = store.analyse
    monkeypatch.setattr(store, "analyse", lambda one, job=None: (tries.append(one.name), analyse(one, job))[1])
    desk.service.start()
    until(lambda: tries and not desk.service.is_at_work)
    desk.document.add_media([replace(media, id="again", name="again")])
    time.sleep(0.3)
    assert tries == [media.name]


def test_what_another_window_writes_is_told(desk: Desk) -> None:
    desk.service.start()
    until(lambda: desk.service.catalogue is not None)
    told: list[int] = []
    desk.service.changed.connect(lambda: told.append(1))
    other = Catalogue(desk.home / "catalogue")
    other.put([library(1)[0].seen])
    other.close()
    until(lambda: told)


def test_a_move_teaches_in_the_background(desk: Desk) -> None:
    desk.service.start()
    until(lambda: desk.service.catalogue is not None)
    made = [replace(one.seen, words="") for one in library(120) if one.group.name == "waiting"]
    desk.catalogue.put(made)
    for one in made[:8]:
        desk.service.move(one.content_hash, "genre.horror", True)
        desk.service.move(one.content_hash, "genre.drama", False)
    until(lambda: not desk.jobs.all)
    row = desk.catalogue.row_of(made[9].content_hash)
    assert row is not None
    assert "genre.horror" in {one.cluster for one in row.members}
    desk.service.move(made[0].content_hash, "genre.western", True)
    until(lambda: desk.said)
    assert desk.said == ["There is no cluster 'genre.western'."]


def test_a_damaged_catalogue_is_told_of_once_and_rebuilt_on_a_press(desk: Desk) -> None:
    desk.open((200, 30, 30))
    content = next(iter(desk.document.library.media.values())).content_hash
    before = Catalogue(desk.home / "catalogue")
    before.rate(content, 5)
    before.close()
    (desk.home / "catalogue" / NAME).write_bytes(b"this was a catalogue" * 900)
    for end in ("-wal", "-shm"):
        (desk.home / "catalogue" / (NAME + end)).unlink(missing_ok=True)
    desk.service.start()
    until(lambda: desk.offered)
    sentence, verb, press = desk.offered[0]
    assert "damaged" in sentence
    assert verb == "Rebuild"
    assert desk.service.catalogue is None
    press()
    until(lambda: desk.service.catalogue is not None and _measured(desk) == 1)
    row = desk.catalogue.row_of(content)
    assert row is not None
    assert row.rating == 5
    assert len(desk.offered) == 1
    assert any("rebuilt" in one for one in desk.said)


def test_after_a_rebuild_projects_that_are_not_open_are_read_again(desk: Desk) -> None:
    desk.open((200, 30, 30))
    saved = desk.document.saved
    other = desk.home / "other.starcut"
    write_project(other, saved)
    clip = next(iter(saved.library.media.values())).content_hash
    catalogue = Catalogue(desk.home / "catalogue")
    catalogue.put_project(saved.project.id, "Ferry", str(other), [Use(clip, "m1", 2)])
    catalogue.close()
    desk.document.replace(Saved(Project(name="Another"), Library()), None)
    desk.service.start()
    until(lambda: desk.service.catalogue is not None)
    desk.service.rebuild()
    until(lambda: any("rebuilt" in one for one in desk.said))
    row = desk.catalogue.row_of(clip)
    assert row is not None
    assert row.is_measured
    assert [project for project, _ in row.media_ids] == [saved.project.id]
    assert not desk.catalogue.unread_projects()


def test_folders_that_were_indexed_are_looked_at_by_the_window(desk: Desk) -> None:
    folder = desk.home / "footage"
    folder.mkdir()
    catalogue = Catalogue(desk.home / "catalogue")
    catalogue.watch([str(folder), str(desk.home / "no longer there")])
    catalogue.close()
    film(folder / "lighthouse.mp4", lambda n: field((20, 40 + n, 130)), 4)
    desk.open((200, 30, 30))
    desk.service.start()
    until(lambda: desk.service.catalogue is not None and _measured(desk) == 2)
    assert desk.catalogue.find(Query(text="lighthouse")).total == 1
    assert len(desk.document.library.media) == 1, "the project is as it was"
    until(lambda: list(desk.service.looked_at) == [str(folder)])
    later = desk.home / "later"
    later.mkdir()
    film(later / "buoy.mp4", lambda n: field((140, 40 + n, 20)), 4)
    desk.service.watch_folder(str(later))
    until(lambda: _measured(desk) == 3)
    desk.service.unwatch_folder(str(folder))
    until(lambda: str(folder) not in desk.catalogue.watched())
    assert desk.catalogue.find(Query(text="lighthouse")).total == 1, "its clips stay known"


def test_a_catalogue_rebuilt_by_somebody_else_is_opened_again(desk: Desk) -> None:
    desk.open((200, 30, 30))
    desk.service.start()
    until(lambda: desk.service.catalogue is not None and _measured(desk) == 1)
    until(lambda: not desk.service.is_at_work)
    before = desk.catalogue
    content = next(iter(desk.document.library.media.values())).content_hash
    before.rate(content, 3)
    rebuild(desk.home / "catalogue")
    until(lambda: desk.service.catalogue is not before and _measured(desk) == 1)
    row = desk.catalogue.row_of(content)
    assert row is not None
    assert row.rating == 3
    assert not desk.said


def test_what_another_window_holds_is_used_when_it_lets_go(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(_: Path) -> Catalogue:
        raise CatalogueError("Another window is writing. Try again.")

    monkeypatch.setattr(module, "Catalogue", held)
    desk.service.start()
    until(lambda: desk.service.failure and desk.said)
    monkeypatch.setattr(module, "Catalogue", Catalogue)
    until(lambda: desk.service.catalogue is not None and not desk.service.failure)
    desk.service.report(CatalogueError("Busy."))
    desk.service.say(_refuse)
    until(lambda: desk.said[-1] == "Busy.")
    until(lambda: not desk.service.failure)
    assert len(desk.said) == 2, "each is told once"


def _refuse(_: Catalogue) -> None:
    raise CatalogueError("Busy.")
