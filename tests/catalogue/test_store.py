"""The file of the catalogue: kept, found again, mended, shared by windows."""

from __future__ import annotations

import os
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from studio_app.catalogue import database as database_module
from studio_app.catalogue import judging
from studio_app.catalogue.catalogue import Catalogue
from studio_app.catalogue.database import Database
from studio_app.catalogue.errors import CatalogueError
from studio_app.catalogue.keeping import COPIES, JOURNAL, NAME, rebuild, tidy
from studio_app.catalogue.query import Query
from studio_app.catalogue.row import Edge, Use
from tests.catalogue.library import library

MADE = library(30)
FIRST = MADE[0].seen.content_hash


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    made = Catalogue(tmp_path / "catalogue")
    made.put([one.seen for one in MADE])
    return made


def _again(catalogue: Catalogue) -> Catalogue:
    catalogue.close()
    return Catalogue(catalogue.folder)


def test_what_was_put_in_is_there_after_closing(catalogue: Catalogue) -> None:
    before = catalogue.row_of(FIRST)
    after = _again(catalogue).row_of(FIRST)
    assert before is not None
    assert before == after
    assert before.members
    assert before.colour == MADE[0].group.colours[0]


def test_putting_the_same_in_again_changes_no_number_and_forgets_nothing(catalogue: Catalogue) -> None:
    catalogue.tag(FIRST, ["Night  Shift"])
    one = catalogue.row_of(FIRST)
    catalogue.put([replace(MADE[0].seen, traits=None, words="", seed=None)])  # seen again, not measured again
    again = catalogue.row_of(FIRST)
    assert again == one
    assert again is not None
    assert again.tags == ("night shift",)


def test_a_row_knows_its_projects_ratings_and_what_it_cost(catalogue: Catalogue) -> None:
    other = MADE[3].seen.content_hash
    catalogue.put_project("p1", "Ferry", "/f.starcut", [Use(FIRST, "m1", 2, 3, "the good one"), Use(other, "m2")])
    catalogue.put_project("p2", "Reel", "/r.starcut", [Use(FIRST, "x", 1, 4)])
    row = catalogue.row_of(FIRST)
    assert row is not None
    assert (row.used, row.rating, set(row.media_ids)) == (3, 4, {("p1", "m1"), ("p2", "x")})
    assert catalogue.find(Query(text="good one")).ids == (row.id,)
    catalogue.rate(FIRST, 1)
    catalogue.put_project("p2", "Reel", "/r.starcut", [])
    row = catalogue.row_of(FIRST)
    assert row is not None
    assert (row.used, row.rating) == (2, 1)
    assert catalogue.ids_of_project("p1") == {"m1": row.id, "m2": catalogue.id_of(other)}
    assert catalogue.row_of(other).cost == 0.25  # type: ignore[union-attr]


def test_a_cut_that_uses_clips_otherwise_judges_none_anew(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[str] = []
    judge = judging.judge
    monkeypatch.setattr(judging, "judge", lambda traits, said: (judged.append(said), judge(traits, said))[1])
    uses = [Use(one.seen.content_hash, f"m{at}") for at, one in enumerate(MADE)]
    catalogue.put_project("p", "Reel", "/r.starcut", uses)
    catalogue.put_project("p", "Reel", "/r.starcut", [replace(uses[0], count=3, rating=5), *uses[2:]])
    row = catalogue.row_of(FIRST)
    assert row is not None
    assert (row.used, row.rating, judged) == (3, 5, [])
    catalogue.put_project("p", "Reel", "/r.starcut", [replace(uses[0], note="the good one")])
    assert len(judged) == 1, "a note is words"
    assert catalogue.find(Query(text="good one")).ids == (row.id,)


def test_what_did_not_change_does_not_raise_the_revision(catalogue: Catalogue) -> None:
    uses, edges = [Use(FIRST, "m1", 1)], [Edge(FIRST, MADE[1].seen.content_hash)]
    catalogue.put_project("p1", "Ferry", "", uses, edges)
    before = catalogue.revision
    catalogue.put_project("p1", "Ferry", "", uses, edges)
    assert catalogue.revision == before
    catalogue.put_project("p1", "Ferry", "", [Use(FIRST, "m1", 2)], edges)
    assert catalogue.revision > before


def test_edges_join_clips_that_were_seen_and_wait_for_those_that_were_not(catalogue: Catalogue) -> None:
    child = MADE[1].seen.content_hash
    catalogue.put_project("p", "P", "", [], [Edge(FIRST, child, "evolution", "evolve.denoise"), Edge("f" * 32, child)])
    assert catalogue.edges().tolist() == [[catalogue.id_of(FIRST), catalogue.id_of(child)]]
    assert catalogue.find(Query(limit=None)).total == len(MADE)
    catalogue.put([replace(MADE[2].seen, content_hash="f" * 32)])
    assert len(catalogue.edges()) == 2


def test_edges_go_with_what_a_project_tells_no_more(catalogue: Catalogue) -> None:
    second, third = (MADE[n].seen.content_hash for n in (1, 2))
    catalogue.put_project("p", "P", "", [], [Edge(FIRST, second), Edge(second, third)])
    catalogue.put_project("q", "Q", "", [], [Edge(FIRST, second)])
    assert len(catalogue.edges()) == 2
    catalogue.put_project("p", "P", "", [], [])
    assert catalogue.edges().tolist() == [[catalogue.id_of(FIRST), catalogue.id_of(second)]]
    catalogue.put_project("q", "Q", "", [], [])
    assert not len(catalogue.edges())


def test_circles_that_damaged_projects_tell_are_left_out(catalogue: Catalogue) -> None:
    a, b, c, d, e = (one.seen.content_hash for one in MADE[:5])
    catalogue.put_project("p", "P", "", [], [Edge(a, b), Edge(c, a), Edge(d, e)])
    catalogue.put_project("q", "Q", "", [], [Edge(b, a), Edge(b, d)])
    ids = [catalogue.id_of(one) for one in (a, b, c, d, e)]
    assert sorted(map(tuple, catalogue.edges().tolist())) == sorted(
        [(ids[2], ids[0]), (ids[3], ids[4]), (ids[1], ids[3])]
    )


def test_a_project_that_was_deleted_counts_as_use_no_more_one_on_another_disk_does(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    second = MADE[1].seen.content_hash
    kept, gone = tmp_path / "kept.starcut", tmp_path / "gone.starcut"
    kept.touch()
    for name, path in (("kept", str(kept)), ("gone", str(gone)), ("away", "/no/such/disk/a.starcut"), ("open", "")):
        catalogue.put_project(name, name, path, [Use(FIRST, "m", 1, 0, f"note of {name}")], [Edge(FIRST, second)])
    assert catalogue.forget_gone_projects() == 1
    row = catalogue.row_of(FIRST)
    assert row is not None
    assert (row.used, set(catalogue.projects())) == (3, {"kept", "away", "open"})
    assert not catalogue.find(Query(text="gone")).ids
    assert catalogue.forget_gone_projects() == 0
    catalogue.close()
    rebuild(catalogue.folder)
    assert str(gone) not in Catalogue(catalogue.folder).unread_projects()


def test_edges_of_an_earlier_version_go_over_to_the_project_that_has_the_child(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(database_module, "VERSIONS", database_module.VERSIONS[:3])
        old = Database(tmp_path / "catalogue" / NAME)
        with old.writing() as db:
            db.executemany(
                "INSERT INTO asset (id, hash, name) VALUES (?, ?, ?)", [(n, f"{n}", f"{n}") for n in (1, 2, 3)]
            )
            db.executemany("INSERT INTO edge VALUES (?, ?, 'evolution', '')", [(1, 2), (1, 3)])
        old.close()
    new = Catalogue(tmp_path / "catalogue")
    assert new.edges().tolist() == [[1, 2], [1, 3]]
    new.put_project("p", "P", "", [Use("2", "m")], [])
    assert new.edges().tolist() == [[1, 3]]


def test_spoken_words_are_found(catalogue: Catalogue) -> None:
    catalogue.set_transcript(FIRST, [(0.0, 2.0, "Where is the lighthouse keeper?")])
    assert catalogue.find(Query(text="lighthouses")).ids == (catalogue.id_of(FIRST),)


def test_ten_megabytes_of_tags_are_kept_found_and_taken_off(catalogue: Catalogue) -> None:
    tags = [f"tag number {n:06} {'x' * 24}" for n in range(250_000)]
    assert sum(map(len, tags)) > 10 << 20
    catalogue.tag(FIRST, [*tags, "y" * 5000])
    row = catalogue.row_of(FIRST)
    assert row is not None
    assert row.tag_count == 250_001
    assert len(row.tags) < 1000
    assert catalogue.find(Query(tags=(tags[200_123],))).ids == (row.id,)
    assert catalogue.find(Query(text="number 200123")).ids == (row.id,)
    assert catalogue.find(Query(tags=("y" * 100,))).total == 1
    catalogue.untag(FIRST, tags)
    assert catalogue.tags_of(FIRST) == ("y" * 100,)


def test_a_deleted_catalogue_still_knows_what_the_user_said(catalogue: Catalogue) -> None:
    _say_everything(catalogue)
    catalogue.close()
    for path in catalogue.folder.glob(f"{NAME}*"):
        path.unlink()
    again = Catalogue(catalogue.folder)
    assert again.find(Query(limit=None)).total == 0
    again.put([one.seen for one in MADE])
    _all_is_said(again)


def _say_everything(catalogue: Catalogue) -> None:
    catalogue.tag(FIRST, ["ferry", "night"])
    catalogue.untag(FIRST, ["night"])
    catalogue.rate(FIRST, 5)
    catalogue.move(FIRST, "genre.drama", True)
    catalogue.move(FIRST, "genre.action", False)
    catalogue.new_cluster("Quays", examples=[MADE[1].seen.content_hash])
    catalogue.new_cluster("Best", rule=Query(rating=5))
    catalogue.drop_cluster(catalogue.new_cluster("Not kept"))


def _all_is_said(catalogue: Catalogue) -> None:
    row = catalogue.row_of(FIRST)
    assert row is not None
    assert (row.tags, row.rating) == (("ferry",), 5)
    genres = {one.cluster: one.is_manual for one in row.of("genre")}
    assert genres["genre.drama"]
    assert "genre.action" not in genres
    assert [one.name for one in catalogue.clusters() if one.is_own] == ["Best", "Quays"]
    assert catalogue.find(Query(own=("best",))).ids == (row.id,)
    assert catalogue.find(Query(own=("Quays",))).total >= 1


@pytest.mark.parametrize("damage", ["header", "middle", "empty", "text", "scheme"])
def test_a_damaged_catalogue_is_told_of_and_rebuilt_with_all_the_user_said(catalogue: Catalogue, damage: str) -> None:
    _say_everything(catalogue)
    catalogue.close()
    path = catalogue.folder / NAME
    data = bytearray(path.read_bytes())
    if damage == "header":
        data[:64] = os.urandom(64)
    elif damage == "middle":
        data[4096 : len(data) // 2] = os.urandom(len(data) // 2 - 4096)
    elif damage == "scheme":  # SQLite quotes it in its complaint
        at = data.index(b"CREATE TABLE")
        data[at : at + 60] = b"\xff" * 60
    path.write_bytes(
        {"empty": b"\0" * 4096, "text": b"not a database at all, but long enough to look at" * 9}.get(damage, data)
    )
    for end in ("-wal", "-shm"):
        path.with_name(NAME + end).unlink(missing_ok=True)
    with pytest.raises(CatalogueError, match="Rebuild it") as caught:
        _checked(catalogue.folder)
    assert caught.value.can_rebuild
    done = rebuild(catalogue.folder)
    assert done.damaged.is_file()
    again = Catalogue(catalogue.folder)
    again.check()
    again.put([one.seen for one in MADE])
    _all_is_said(again)


def _checked(folder: Path) -> None:
    broken = Catalogue(folder)
    try:
        broken.check()
    finally:
        broken.close()


def test_an_index_that_lacks_a_row_and_words_that_cannot_be_found_are_damage(catalogue: Catalogue) -> None:
    catalogue.check()
    revision = catalogue.revision
    catalogue.check()
    assert catalogue.revision == revision, "to look is no change"
    catalogue.close()
    path = catalogue.folder / NAME
    shutil.copy(path, path.with_suffix(".whole"))
    _do(path, "DELETE FROM text_data WHERE id > 10")
    with pytest.raises(CatalogueError, match="damaged") as caught:
        _checked(catalogue.folder)
    assert caught.value.can_rebuild
    shutil.copy(path.with_suffix(".whole"), path)
    kept = _do(path, "SELECT sql, rootpage FROM sqlite_master WHERE name = 'tag_asset'")
    _do(path, "PRAGMA writable_schema = ON", "DELETE FROM sqlite_master WHERE name = 'tag_asset'")
    _do(path, "INSERT INTO tag VALUES ('lost', 1)")
    back = f"INSERT INTO sqlite_master VALUES ('index', 'tag_asset', 'tag', {kept[1]}, '{kept[0]}')"  # noqa: S608 - a file of the test's own
    _do(path, "PRAGMA writable_schema = ON", back)
    with pytest.raises(CatalogueError, match="damaged"):
        _checked(catalogue.folder)


def _do(path: Path, *statements: str) -> tuple[str, int]:
    """What the last statement gives, each time in a connection of its own."""
    db = sqlite3.connect(path, isolation_level=None)
    rows = [db.execute(one).fetchall() for one in statements]
    db.close()
    return rows[-1][0] if rows[-1] else ("", 0)


def test_without_its_journal_what_was_said_is_read_from_what_is_left(catalogue: Catalogue) -> None:
    _say_everything(catalogue)
    catalogue.close()
    (catalogue.folder / JOURNAL).unlink()
    done = rebuild(catalogue.folder)
    assert len(done.paths) == len(MADE)
    again = Catalogue(catalogue.folder)
    again.put([one.seen for one in MADE])
    _all_is_said(again)


def test_without_both_it_is_read_from_the_last_copy(catalogue: Catalogue) -> None:
    _say_everything(catalogue)
    assert tidy(catalogue.database, catalogue.folder) is not None
    assert tidy(catalogue.database, catalogue.folder) is None  # once a day
    catalogue.close()
    (catalogue.folder / JOURNAL).unlink()
    (catalogue.folder / NAME).write_bytes(b"gone" * 5000)
    rebuild(catalogue.folder)
    again = Catalogue(catalogue.folder)
    again.put([one.seen for one in MADE])
    _all_is_said(again)


def test_moves_by_hand_keep_to_two_genres_and_one_pacing_and_the_latest_hold(catalogue: Catalogue) -> None:
    def clusters(family: str) -> list[str]:
        row = catalogue.row_of(FIRST)
        assert row is not None
        return sorted(one.cluster.partition(".")[2] for one in row.of(family))

    assert clusters("pacing") == ["fast_paced"]
    for pacing in ("steady", "frenetic"):
        catalogue.move(FIRST, f"pacing.{pacing}", True)
        assert clusters("pacing") == [pacing]
    for genre in ("drama", "horror"):
        catalogue.move(FIRST, f"genre.{genre}", True)
        assert len(clusters("genre")) <= 2
    assert clusters("genre") == ["drama", "horror"]
    catalogue.move(FIRST, "genre.comedy", True)
    assert clusters("genre") == ["comedy", "horror"]
    before = catalogue.lessons_mark
    catalogue.move(FIRST, "pacing.dynamic", True)
    assert catalogue.lessons_mark != before
    catalogue.close()
    (catalogue.folder / JOURNAL).unlink()
    rebuild(catalogue.folder)
    again = Catalogue(catalogue.folder)
    again.put([MADE[0].seen])
    row = again.row_of(FIRST)
    assert row is not None
    assert {one.cluster for one in row.members if one.is_manual} == {"genre.comedy", "genre.horror", "pacing.dynamic"}


def test_a_line_of_the_journal_that_was_cut_off_costs_that_line_only(catalogue: Catalogue) -> None:
    catalogue.rate(FIRST, 4)
    with (catalogue.folder / JOURNAL).open("ab") as file:
        file.write(b'{"do":"rate","of":"')
    catalogue.tag(FIRST, ["after"])
    catalogue.close()
    rebuild(catalogue.folder)
    again = Catalogue(catalogue.folder)
    again.put([MADE[0].seen])
    row = again.row_of(FIRST)
    assert row is not None
    assert (row.rating, row.tags) == (4, ("after",))


def test_a_rebuilt_catalogue_still_knows_where_its_projects_lie_and_what_was_spoken(catalogue: Catalogue) -> None:
    catalogue.put_project("p1", "Ferry", "/f.starcut", [Use(FIRST, "m1", 2)])
    catalogue.set_transcript(FIRST, [(0.0, 2.0, "Where is the lighthouse keeper?")])
    assert catalogue.unread_projects() == ()
    catalogue.close()
    rebuild(catalogue.folder)
    again = Catalogue(catalogue.folder)
    assert (dict(again.projects()), again.unread_projects()) == ({"p1": "Ferry"}, ("/f.starcut",))
    again.put([one.seen for one in MADE])
    assert again.find(Query(text="lighthouses")).ids == (again.id_of(FIRST),)
    again.put_project("p1", "Ferry", "/f.starcut", [Use(FIRST, "m1", 2)])
    assert again.unread_projects() == ()


def test_what_an_earlier_journal_lacks_is_read_from_the_damaged_file(catalogue: Catalogue) -> None:
    catalogue.put_project("p1", "Ferry", "/f.starcut", [])
    catalogue.set_transcript(FIRST, [(0.0, 2.0, "Where is the lighthouse keeper?")])
    catalogue.rate(FIRST, 4)
    catalogue.close()
    journal = catalogue.folder / JOURNAL
    journal.write_text("".join(line for line in journal.read_text().splitlines(True) if '"rate"' in line))
    rebuild(catalogue.folder)
    again = Catalogue(catalogue.folder)
    again.put([one.seen for one in MADE])
    assert again.unread_projects() == ("/f.starcut",)
    assert again.find(Query(text="lighthouses", rating=4)).total == 1


def test_only_three_copies_are_kept(catalogue: Catalogue) -> None:
    folder = catalogue.folder / COPIES
    folder.mkdir()
    for day in range(1, 6):
        (folder / f"catalogue-2026010{day}-000000.db").write_bytes(b"")
    made = catalogue.database.copy_to(folder)
    assert len(list(folder.iterdir())) == 3
    with sqlite3.connect(made) as db:
        assert db.execute("SELECT count(*) FROM asset").fetchone() == (len(MADE),)
    db.close()


def test_a_catalogue_of_a_later_version_is_left_alone(catalogue: Catalogue) -> None:
    catalogue.close()
    with sqlite3.connect(catalogue.folder / NAME) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(CatalogueError, match="later version"):
        Catalogue(catalogue.folder)


def test_an_earlier_version_is_copied_and_brought_up_to_date(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue.close()
    later = (*database_module.VERSIONS, ("ALTER TABLE fact ADD COLUMN mood TEXT",))
    monkeypatch.setattr(database_module, "VERSIONS", later)
    again = Catalogue(catalogue.folder)
    assert again.database.one("SELECT count(mood), count(*) FROM fact") == (0, len(MADE))
    assert len(list((catalogue.folder / COPIES).iterdir())) == 1


def test_a_version_that_cannot_be_made_leaves_all_as_it_was(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue.close()
    wrong = (*database_module.VERSIONS, ("ALTER TABLE fact ADD COLUMN mood TEXT", "ALTER TABLE missing ADD COLUMN x"))
    with monkeypatch.context() as patch:
        patch.setattr(database_module, "VERSIONS", wrong)
        with pytest.raises(CatalogueError):
            Catalogue(catalogue.folder)
    assert Catalogue(catalogue.folder).size == len(MADE)


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(CatalogueError, match="cannot be used"):
        Catalogue(tmp_path / "file" / "catalogue")


def test_a_closed_catalogue_says_so(catalogue: Catalogue) -> None:
    catalogue.close()
    with pytest.raises(CatalogueError, match="closed"):
        catalogue.find(Query())
