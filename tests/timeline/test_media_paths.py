"""Media that moved with their project, or stayed behind, are found again."""

import json
from pathlib import Path

from timeline.media import Library, Media, MediaKind
from timeline.project import Project, Saved
from timeline.project_file import load, save


def media_saved(path: str) -> Saved:
    return Saved(Project(), Library().with_media(Media(path, MediaKind.VIDEO, id="A")))


def found(path: Path) -> str:
    return load(path).library.media["A"].path


def test_media_that_moved_with_the_project_are_found_again(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    (old / "media").mkdir(parents=True)
    film = old / "media" / "sea.mp4"
    film.write_bytes(b"x")
    save(old / "film.starcut", media_saved(str(film)))
    assert found(old / "film.starcut") == str(film)
    old.rename(new)
    assert found(new / "film.starcut") == str(new / "media" / "sea.mp4")


def test_the_absolute_path_comes_first_and_a_missing_file_stays_offline_under_it(tmp_path: Path) -> None:
    film = tmp_path / "sea.mp4"
    film.write_bytes(b"x")
    save(tmp_path / "film.starcut", media_saved(str(film)))
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "sea.mp4").write_bytes(b"y")
    (copy / "film.starcut").write_bytes((tmp_path / "film.starcut").read_bytes())
    assert found(copy / "film.starcut") == str(film)
    film.unlink()
    assert found(copy / "film.starcut") == str(copy / "sea.mp4")
    (copy / "sea.mp4").unlink()
    assert found(copy / "film.starcut") == str(film)


def test_an_image_sequence_is_there_when_its_folder_is(tmp_path: Path) -> None:
    path = tmp_path / "film.starcut"
    (tmp_path / "shots").mkdir()
    media = Media("/gone/shots/shot_%04d.png", MediaKind.IMAGE_SEQUENCE, id="A")
    save(path, Saved(Project(), Library().with_media(media)))
    data = json.loads(path.read_text())
    data["library"]["media"][0]["relative_path"] = "shots/shot_%04d.png"
    path.write_text(json.dumps(data))
    assert found(path) == str(tmp_path / "shots" / "shot_%04d.png")


def test_paths_that_are_no_files_stay_offline(tmp_path: Path) -> None:
    path = tmp_path / "film.starcut"
    for name in ("/dev/zero", "C:\\films\\sea.mp4", "x" * 5000):
        save(path, media_saved(name))
        assert found(path) == name


def test_a_file_named_only_relatively_is_looked_for_beside_the_project(tmp_path: Path) -> None:
    (tmp_path / "sea.mp4").write_bytes(b"x")
    save(tmp_path / "film.starcut", media_saved("sea.mp4"))
    assert found(tmp_path / "film.starcut") == str(tmp_path / "sea.mp4")
