"""Files that come and go while a project is open."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio_app.services.jobs import plain_thread, run_now
from studio_app.services.presence import Presence
from timeline.media import Library, Media, MediaKind


@pytest.fixture
def presence() -> Presence:
    return Presence(run_now, plain_thread)


def library_of(*paths: Path) -> Library:
    return Library({path.name: Media(str(path), MediaKind.VIDEO, id=path.name) for path in paths})


def test_a_new_file_is_looked_at_at_once_and_a_known_one_only_when_asked(presence: Presence, tmp_path: Path) -> None:
    film, gone = tmp_path / "film.mp4", tmp_path / "gone.mp4"
    film.touch()
    presence.follow(library_of(film, gone))
    assert presence.missing == {"gone.mp4"}
    film.unlink()
    presence.follow(library_of(film, gone))
    assert presence.missing == {"gone.mp4"}
    presence.look_again()
    presence.close()
    assert presence.missing == {"film.mp4", "gone.mp4"}


def test_it_tells_when_a_file_has_come_back_and_not_when_nothing_changed(presence: Presence, tmp_path: Path) -> None:
    told: list[frozenset[str]] = []
    presence.changed.connect(lambda: told.append(presence.missing))
    presence.follow(library_of(tmp_path / "film.mp4"))
    presence.look_again()
    presence.close()
    assert told == []
    (tmp_path / "film.mp4").touch()
    presence.look_again()
    presence.close()
    assert told == [frozenset()]


def test_a_file_that_was_found_elsewhere_is_looked_at_there(presence: Presence, tmp_path: Path) -> None:
    (tmp_path / "b.mp4").touch()
    presence.follow(library_of(tmp_path / "a.mp4"))
    presence.follow(Library({"a.mp4": Media(str(tmp_path / "b.mp4"), MediaKind.VIDEO, id="a.mp4")}))
    assert presence.missing == frozenset()
