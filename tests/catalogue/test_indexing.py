"""Files and projects come into the catalogue: looked at once, known again when moved."""

from __future__ import annotations

import shutil
import wave
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from engines.analyse import store
from engines.errors import MediaError
from engines.media.inspection import probe_here
from studio_app.catalogue.catalogue import Catalogue
from studio_app.catalogue.indexing import Indexer, project_rows
from studio_app.catalogue.query import Query
from tests.engines.analyse.clips import field, film
from tests.timeline.notation import Cut
from timeline.errors import Cancelled
from timeline.media import Lineage, Media, Take
from timeline.pool import Pool, PoolEntry
from timeline.project import Saved
from timeline.storyboard import Shot, Storyboard

pytestmark = pytest.mark.media


class Told:
    """A job that keeps what it is told, and can be stopped."""

    def __init__(self) -> None:
        self.fractions: list[float] = []
        self.stop_at = 2.0

    def check(self) -> None:
        if self.fractions and self.fractions[-1] >= self.stop_at:
            raise Cancelled

    def progress(self, fraction: float, note: str = "") -> None:
        self.fractions.append(fraction)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "films"
    made.mkdir()
    for name, colour in (("red", (200, 40, 30)), ("blue", (30, 50, 190))):
        film(made / f"{name}.mp4", lambda n, colour=colour: field((colour[0], colour[1] + n, colour[2])), 6)  # type: ignore[misc]
    return made


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = Catalogue(tmp_path / "catalogue")
    yield made
    made.close()


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of what was really measured."""
    names: list[str] = []
    analyse = store.analyse

    def counted(media: Media, job: object = None) -> object:
        names.append(Path(media.path).name)
        return analyse(media, job)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "analyse", counted)
    return names


@pytest.fixture
def indexer(catalogue: Catalogue, tmp_path: Path) -> Indexer:
    return Indexer(catalogue, tmp_path / "cache", probe_here)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def test_a_folder_is_looked_at_once(indexer: Indexer, catalogue: Catalogue, folder: Path, measured: list[str]) -> None:
    job = Told()
    found = indexer.folder(folder, _files(folder), job)
    assert (found.counts["new"], found.failed) == (2, [])
    assert job.fractions == sorted(job.fractions)
    assert job.fractions[-1] == 1
    row = catalogue.rows(catalogue.find(Query(text="red")).ids)[0]
    assert row.is_measured
    assert row.path == str(folder / "red.mp4")
    assert int(row.colour[1:3], 16) > 120
    again = indexer.folder(folder, _files(folder), Told())
    assert again.counts == {"new": 0, "changed": 0, "moved": 0, "known": 2}
    assert sorted(measured) == ["blue.mp4", "red.mp4"]


def test_a_moved_and_a_copied_file_keep_all_that_is_known_of_them(
    indexer: Indexer, catalogue: Catalogue, folder: Path, measured: list[str]
) -> None:
    indexer.folder(folder, _files(folder), Told())
    before = catalogue.rows(catalogue.find(Query(text="red")).ids)[0]
    catalogue.tag(before.content_hash, ["keep"])
    below = folder / "day 2"
    below.mkdir()
    (folder / "red.mp4").rename(below / "other name.mp4")
    shutil.copy(folder / "blue.mp4", below / "blue copy.mp4")
    found = indexer.folder(folder, list(folder.rglob("*.mp4")), Told())
    assert (found.counts["new"], found.counts["moved"], found.counts["known"], found.gone) == (0, 2, 1, 1)
    after = catalogue.row_of(before.content_hash)
    assert after is not None
    assert (after.id, after.tags, after.members) == (before.id, ("keep",), before.members)
    assert catalogue.places(after.id) == (str(below / "other name.mp4"),)
    assert len(measured) == 2


def test_a_renamed_file_is_found_by_its_new_name_a_copy_keeps_that_of_the_first(
    indexer: Indexer, catalogue: Catalogue, folder: Path
) -> None:
    (folder / "red.mp4").rename(folder / "sunset harbour.mp4")
    indexer.folder(folder, _files(folder), Told())
    (folder / "sunset harbour.mp4").rename(folder / "creepy ferry.mp4")
    shutil.copy(folder / "blue.mp4", folder / "zzz.mp4")
    indexer.folder(folder, _files(folder), Told())
    (row,) = catalogue.rows(catalogue.find(Query(text="ferry")).ids)
    assert (row.name, Path(row.path).name) == ("creepy ferry.mp4", "creepy ferry.mp4")
    assert "genre.horror" in {one.cluster for one in row.members}, "a name speaks, too"
    assert not catalogue.find(Query(text="harbour")).ids
    assert catalogue.find(Query(text="blue")).total == 1


def test_a_file_that_was_written_anew_is_another_clip_at_the_same_place(
    indexer: Indexer, catalogue: Catalogue, folder: Path
) -> None:
    indexer.folder(folder, _files(folder), Told())
    film(folder / "red.mp4", lambda n: field((20, 180 - n, 40)), 8)
    found = indexer.folder(folder, _files(folder), Told())
    assert found.counts["changed"] == 1
    assert catalogue.size == 3
    seen = catalogue.seen_at(str(folder / "red.mp4"))
    assert seen is not None
    assert int(catalogue.rows([seen.asset])[0].colour[3:5], 16) > 120


def test_what_cannot_be_read_is_told_and_stops_nothing(indexer: Indexer, catalogue: Catalogue, folder: Path) -> None:
    (folder / "a broken.mp4").write_bytes(b"no film at all" * 100)
    found = indexer.folder(folder, _files(folder), Told())
    assert found.counts["new"] == 2
    assert len(found.failed) == 1
    assert found.failed[0][1].endswith(".")
    assert catalogue.size == 2


def test_when_it_is_stopped_what_was_looked_at_stays(indexer: Indexer, catalogue: Catalogue, folder: Path) -> None:
    job = Told()
    job.stop_at = 0.5
    with pytest.raises(Cancelled):
        indexer.folder(folder, _files(folder), job)
    assert catalogue.size == 1
    assert indexer.folder(folder, _files(folder), Told()).counts["new"] == 1


def _saved(folder: Path) -> Saved:
    """A cut in which a take of a shot stands twice, made of another one that is in the library only."""
    red, blue = (replace(probe_here(folder / f"{name}.mp4"), id=name.upper()) for name in ("red", "blue"))
    shot = Shot("A creepy cellar door", name="Door", mood="tense", tags=("night",), id="shot")
    made = Lineage(
        "remote", "1", "evolution", {"operation": "evolve.denoise", "values": {}, "parents": ["BLUE"], "prompt": "eerie light"},
        seed=7, input_take_ids=("t0",), cost="0.35", created="2026-01-02T03:04:05+00:00",
    )  # fmt: skip
    cut = Cut(V1="RED:0-3 RED:3-6", media=None)
    library = cut.library.with_media(red, blue)
    library = library.with_take(
        Take("BLUE", Lineage("procedural", created="2026-01-01T00:00:00+00:00"), "shot", id="t0")
    )
    library = library.with_take(Take("RED", made, "shot", id="t1"))
    pool = Pool(entries=(PoolEntry("RED", rating=4, note="use the second half"),))
    project = replace(cut.history.project, name="Cellar", storyboards=(Storyboard(shots=(shot,)),), pool=pool)
    return Saved(project, library)


def test_a_project_tells_words_lineage_cost_rating_and_use(
    indexer: Indexer, catalogue: Catalogue, folder: Path
) -> None:
    saved = _saved(folder)
    new = indexer.project(saved, "/cellar.starcut")
    assert {one.id for one in new} >= {"RED", "BLUE"}
    red = catalogue.row_of(saved.library.media["RED"].content_hash)
    assert red is not None
    assert (red.used, red.rating, red.seed, red.engine, red.cost, red.generation) == (2, 4, 7, "remote", 0.35, 1)
    assert "creepy cellar" in red.words
    assert "eerie light" in red.words
    assert red.operation == "evolve.denoise"
    assert "genre.horror" in {one.cluster for one in red.members}
    assert not red.is_measured
    assert catalogue.find(Query(text="second half", used=True, project=(saved.project.id,))).ids == (red.id,)
    blue = catalogue.id_of(saved.library.media["BLUE"].content_hash)
    assert catalogue.edges().tolist() == [[blue, red.id]]
    assert indexer.media(saved.library.media["RED"], Told())
    assert not indexer.media(saved.library.media["RED"], Told())
    revision = catalogue.revision
    assert [one.id for one in indexer.project(saved, "/cellar.starcut") if one.id in ("RED", "BLUE")] == ["BLUE"]
    assert catalogue.revision == revision


def test_a_project_whose_files_are_gone_is_known_all_the_same(
    indexer: Indexer, catalogue: Catalogue, folder: Path
) -> None:
    saved = _saved(folder)
    shutil.rmtree(folder)
    indexer.project(saved)
    row = catalogue.row_of(saved.library.media["RED"].content_hash)
    assert row is not None
    assert row.path == ""
    with pytest.raises(MediaError):
        indexer.media(saved.library.media["RED"], Told())


def test_the_camera_that_was_asked_for_is_among_what_is_said(folder: Path) -> None:
    saved = _saved(folder)
    (board,) = saved.project.storyboards
    shot = replace(board.shots[0], camera_motion="crane_up")
    project = replace(saved.project, storyboards=(replace(board, shots=(shot,)),))
    seen, _, _ = project_rows(replace(saved, project=project))
    assert all("crane up" in one.words for one in seen if one.operation or one.engine)
    assert not any("static" in one.words for one in project_rows(saved)[0])


def test_media_without_content_are_left_out(folder: Path) -> None:
    saved = _saved(folder)
    blank = replace(saved.library.media["RED"], id="blank", content_hash="")
    seen, uses, _ = project_rows(replace(saved, library=saved.library.with_media(blank)))
    assert "blank" not in {one.media_id for one in uses}
    assert all(one.content_hash for one in seen)


def test_a_still_and_a_sound_are_clips_too(indexer: Indexer, catalogue: Catalogue, tmp_path: Path) -> None:
    picture, sound = tmp_path / "still.png", tmp_path / "hum.wav"
    cv2.imwrite(str(picture), np.full((90, 160, 3), (20, 90, 210), np.uint8))
    with wave.open(str(sound), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48000)
        file.writeframes((np.sin(np.arange(24000) / 20) * 8000).astype("<i2").tobytes())
    assert indexer.files([picture, sound], Told()).counts["new"] == 2
    assert {row.kind for row in catalogue.rows(catalogue.find(Query()).ids)} == {"image", "audio"}
    assert catalogue.features().size == 2
