"""Folders, notes on files, subclips and watched folders of the media pool."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.timeline.notation import Cut, f
from timeline.command import Command
from timeline.commands.add_bin import AddBin
from timeline.commands.add_subclip import AddSubclip
from timeline.commands.fill_bins import FillBins
from timeline.commands.remove_bin import RemoveBin
from timeline.commands.remove_subclip import RemoveSubclip
from timeline.commands.set_bin import SetBin
from timeline.commands.set_pool_entry import SetPoolEntry
from timeline.commands.set_subclip import SetSubclip
from timeline.commands.set_watched import SetWatched
from timeline.errors import ProjectFileError
from timeline.media import Media, MediaKind
from timeline.pool import Bin, Pool, PoolEntry, Subclip
from timeline.project import Project, Saved
from timeline.project_file import load, save
from timeline.time import RationalTime, TimeRange


def cut(*commands: Command) -> Cut:
    """A cut that uses file A of A..Z, with folders `day` and `day/one`."""
    made = Cut(V1="A:0-24")
    made.do(AddBin(Bin("Day", id="day")))
    made.do(AddBin(Bin("One", "day", id="one")))
    for command in commands:
        made.do(command)
    return made


def pool(of: Cut) -> Pool:
    return of.history.project.pool


def part(first: int = 10, last: int = 20, **more: Any) -> Subclip:
    return replace(Subclip("B", TimeRange.between(f(first), f(last)), "Gulls", id="gulls"), **more)


# --- folders ---


def test_folders_lie_in_each_other_and_know_their_way() -> None:
    made = cut()
    assert [one.name for one in pool(made).path_to("one")] == ["Day", "One"]
    assert pool(made).path_to(None) == pool(made).path_to("nowhere") == ()
    assert pool(made).below("day") == {"day", "one"}
    assert (pool(made).place("one"), pool(made).place("nowhere"), pool(made).place(None)) == ("one", None, None)


def test_a_folder_is_added_once_with_a_name_and_into_one_that_is_there() -> None:
    made = cut()
    assert "already" in made.refuses(AddBin(Bin("Day", id="day")))
    assert "no longer" in made.refuses(AddBin(Bin("Two", "nowhere")))
    assert "needs a name" in made.refuses(AddBin(Bin("  ")))
    assert "in itself" in made.refuses(AddBin(Bin("Two", "two", id="two")))


def test_a_media_pool_has_at_most_ten_thousand_folders() -> None:
    made = Cut(V1="")
    full = Pool(bins=tuple(Bin(f"Folder {number}", id=str(number)) for number in range(10_000)))
    project = replace(made.history.project, pool=full)
    with pytest.raises(Exception, match="10000 folders"):
        AddBin(Bin("One more")).apply(project, made.library)


def test_a_folder_is_renamed_and_moved_but_never_into_itself() -> None:
    made = cut()
    change = made.do(SetBin("one", {"name": "Morning"}))
    assert change.pool
    assert pool(made).path_to("one")[-1].name == "Morning"
    made.do(SetBin("one", {"parent_id": None}))
    made.do(SetBin("day", {"parent_id": "one"}))
    assert [one.id for one in pool(made).path_to("day")] == ["one", "day"]
    assert "in itself" in made.refuses(SetBin("one", {"parent_id": "one"}))
    assert "in itself" in made.refuses(SetBin("one", {"parent_id": "day"}))
    assert "no longer" in made.refuses(SetBin("one", {"parent_id": "nowhere"}))
    assert "no longer" in made.refuses(SetBin("nowhere", {"name": "x"}))
    assert "cannot be set" in made.refuses(SetBin("one", {"id": "x"}))
    assert "needs a name" in made.refuses(SetBin("one", {"name": ""}))
    before = made.history.project
    made.do(SetBin("one", {"name": "Morning"}))
    assert made.history.project is before


def test_what_lies_in_a_folder_goes_up_when_the_folder_goes() -> None:
    made = cut(
        SetPoolEntry(("A",), {"bin_id": "one", "label": "red"}),
        SetPoolEntry(("B",), {"bin_id": "day"}),
        AddSubclip(part(bin_id="one")),
    )
    made.do(RemoveBin("one"))
    assert pool(made).entry("A").bin_id == "day"
    assert pool(made).subclips[0].bin_id == "day"
    made.do(AddBin(Bin("Two", "day", id="two")))
    made.do(RemoveBin("day"))
    assert pool(made).bins == (Bin("Two", id="two"),)
    assert pool(made).entries == (PoolEntry("A", label="red"),), "a note that says nothing any more is not kept"
    assert "no longer" in made.refuses(RemoveBin("day"))


# --- notes on files ---


def test_files_are_noted_together_and_blank_notes_are_not_kept() -> None:
    made = cut()
    made.do(SetPoolEntry(("A", "B"), {"rating": 4, "label": "teal"}))
    assert [(one.media_id, one.rating, one.label) for one in pool(made).entries] == [("A", 4, "teal"), ("B", 4, "teal")]
    made.do(SetPoolEntry(("A",), {"rating": 0, "label": ""}))
    assert [one.media_id for one in pool(made).entries] == ["B"]
    assert pool(made).entry("A") == PoolEntry("A")
    before = made.history.project
    made.do(SetPoolEntry(("B",), {"rating": 4}))
    assert made.history.project is before


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"rating": 6}, "0 to 5"),
        ({"rating": -1}, "0 to 5"),
        ({"rating": "five"}, "no rating"),
        ({"media_id": "Z"}, "cannot be set"),
        ({"bin_id": "nowhere"}, "no longer"),
        ({"mark_in": f(-1)}, "before the start"),
        ({"mark_in": f(9), "mark_out": f(9)}, "behind the in mark"),
        ({"mark_out": f(101)}, "ends before"),
    ],
)
def test_a_note_that_cannot_be_is_refused(changes: Mapping[str, Any], why: str) -> None:
    assert why in cut().refuses(SetPoolEntry(("B",), changes))


def test_a_note_needs_a_file_that_is_there() -> None:
    assert "no longer" in cut().refuses(SetPoolEntry(("nowhere",), {"rating": 1}))
    assert "Nothing is selected" in cut().refuses(SetPoolEntry((), {"rating": 1}))


def test_marks_stand_in_the_file_and_in_a_still_wherever_one_likes() -> None:
    made = cut()
    made.library = made.library.with_media(Media("/a/still.png", MediaKind.IMAGE, "still.png", id="still"))
    made.do(SetPoolEntry(("B", "still"), {"mark_in": f(0), "mark_out": f(100)}))
    made.do(SetPoolEntry(("still",), {"mark_out": f(1000)}))
    assert pool(made).entry("B").mark_out == f(100)


def test_what_is_used_stays_in_the_pool() -> None:
    made = cut()
    made.do(SetPoolEntry(("B", "C"), {"hidden": True}))
    assert pool(made).entry("C").hidden
    assert "“A” is used" in made.refuses(SetPoolEntry(("A", "D"), {"hidden": True}))
    made = Cut(V1="A:0-24 B:0-24")
    assert "“A” and 1 more are used" in made.refuses(SetPoolEntry(("A", "B"), {"hidden": True}))


def test_held_keys_and_drags_on_a_note_are_one_step() -> None:
    made = cut()
    for rating in (1, 2, 3):
        made.history.do(SetPoolEntry(("B",), {"rating": rating}), made.library)
    made.do(SetPoolEntry(("B",), {"note": "Wind"}))
    assert made.history.undo_label == "Note"
    made.history.undo()
    assert made.history.undo_label == "Rate"
    made.history.undo()
    assert pool(made).entries == ()
    assert SetPoolEntry(("B",), {"rating": 1, "note": ""}).label == "Change clip in pool"
    assert SetBin("one", {"name": "a"}).merge_key == SetBin("one", {"name": "b"}).merge_key
    assert SetSubclip(("a",), {"name": "a"}).merge_key != SetSubclip(("b",), {"name": "a"}).merge_key


# --- subclips ---


def test_a_subclip_is_a_stretch_of_its_file() -> None:
    made = cut(AddSubclip(part()))
    assert pool(made).subclip("gulls") == part()
    assert pool(made).subclip("nowhere") is None
    assert "already" in made.refuses(AddSubclip(part()))
    assert "ends before" in made.refuses(AddSubclip(part(90, 101, id="b")))
    assert "not in the media pool" in made.refuses(AddSubclip(part(media_id="nowhere", id="b")))
    assert "no longer" in made.refuses(AddSubclip(part(bin_id="nowhere", id="b")))
    assert "longer than nothing" in made.refuses(AddSubclip(part(10, 10, id="b")))
    assert "needs a name" in made.refuses(AddSubclip(part(name="", id="b")))
    assert "stars" in made.refuses(AddSubclip(part(rating=6, id="b")))


def test_subclips_are_changed_and_removed_together() -> None:
    made = cut(AddSubclip(part()), AddSubclip(part(id="waves", name="Waves")))
    made.do(SetSubclip(("gulls", "waves"), {"rating": 3, "bin_id": "day"}))
    assert [one.rating for one in pool(made).subclips] == [3, 3]
    made.do(SetSubclip(("gulls",), {"range": TimeRange.between(f(0), f(5))}))
    assert "ends before" in made.refuses(SetSubclip(("gulls",), {"range": TimeRange.between(f(0), f(101))}))
    assert "no longer" in made.refuses(SetSubclip(("nowhere",), {"rating": 1}))
    assert "no longer" in made.refuses(SetSubclip(("gulls",), {"bin_id": "nowhere"}))
    before = made.history.project
    made.do(SetSubclip(("gulls",), {"rating": 3}))
    assert made.history.project is before
    assert "no longer" in made.refuses(RemoveSubclip(("gulls", "nowhere")))
    made.do(RemoveSubclip(("gulls",)))
    assert [one.id for one in pool(made).subclips] == ["waves"]


# --- watched folders ---


def test_watched_folders_are_kept_once_each() -> None:
    made = cut()
    made.do(SetWatched(("/footage", "/sound", "/footage")))
    assert pool(made).watched == ("/footage", "/sound")
    before = made.history.project
    made.do(SetWatched(("/footage", "/sound")))
    assert made.history.project is before
    assert "needs a path" in made.refuses(SetWatched(("",)))


# --- in a file ---


def test_the_pool_comes_back_from_a_file_as_it_was(tmp_path: Path) -> None:
    made = cut(
        SetPoolEntry(("B",), {"bin_id": "one", "rating": 5, "label": "red", "mark_in": RationalTime(1, 3)}),
        SetPoolEntry(("C",), {"hidden": True, "name": "Gulls at dawn", "note": "Wind"}),
        AddSubclip(part(bin_id="day", label="teal")),
        SetWatched(("/footage",)),
    )
    project = replace(
        made.history.project, pool=replace(pool(made), extra={"sorted": "name"}, bins=(*pool(made).bins, Bin("Two")))
    )
    save(tmp_path / "film.starcut", Saved(project))
    assert load(tmp_path / "film.starcut").project == project


@pytest.mark.parametrize(
    ("damaged", "why"),
    [
        (Pool(bins=(Bin("Day", id="day"), Bin("One", id="day"))), "two of the same id: folder"),
        (Pool(entries=(PoolEntry("A"), PoolEntry("A"))), "two of the same id: file"),
        (Pool(subclips=(part(), part())), "two of the same id: subclip"),
        (Pool(bins=(Bin("A", "c", id="a"), Bin("B", "a", id="b"), Bin("C", "b", id="c"))), "in itself"),
        (Pool(bins=(Bin("A", "a", id="a"),)), "in itself"),
        (Pool(entries=(PoolEntry("A", rating=9),)), "0 to 5"),
        (Pool(subclips=(part(5, 5),)), "longer than nothing"),
    ],
)
def test_a_file_with_a_pool_that_cannot_be_is_damaged(tmp_path: Path, damaged: Pool, why: str) -> None:
    save(tmp_path / "film.starcut", Saved(Project(pool=damaged)))
    with pytest.raises(ProjectFileError, match=why):
        load(tmp_path / "film.starcut")


# --- imports ---


def test_an_import_makes_its_folders_and_fills_them_in_one_step() -> None:
    made = cut(SetPoolEntry(("C",), {"label": "red", "hidden": True}))
    before = made.history.project
    made.history.do(
        FillBins((Bin("Two", "day", id="two"), Bin("Deep", "two", id="deep")), {"B": "deep"}, (), "one"), made.library
    )
    made.history.do(FillBins((), {"C": "two", "D": "two"}, ("C", "E"), "one"), made.library)
    assert [one.name for one in pool(made).path_to(pool(made).entry("B").bin_id)] == ["Day", "Two", "Deep"]
    assert pool(made).entry("C") == PoolEntry("C", "two", "red")
    assert pool(made).entry("E") == PoolEntry("E")
    after = made.history.project
    made.history.do(FillBins((), {"D": "two"}), made.library)
    assert made.history.project is after
    made.history.undo()
    assert made.history.project is before


def test_an_import_into_what_is_gone_is_refused() -> None:
    made = cut()
    assert "to import into" in made.refuses(FillBins((Bin("Two", "nowhere"),), {}))
    assert "no longer" in made.refuses(FillBins((), {"B": "nowhere"}))
    assert "no longer" in made.refuses(FillBins((), {"nowhere": "day"}))
    assert "two of the same id" in made.refuses(FillBins((Bin("Day", id="day"),), {})).lower()
    assert FillBins((), {}).merge_key == ""
