"""Takes in the cut: one that lands in what its place has become, and others that are used in a clip, also too short ones."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.timeline.notation import Cut, clip, f, placeholder, text_of
from timeline.commands.delete_items import DeleteItems
from timeline.commands.land_take import LandTake
from timeline.commands.overwrite_clips import OverwriteClips
from timeline.commands.set_speed import SetSpeed
from timeline.commands.set_track import SetTrack
from timeline.commands.split_clips import SplitClips
from timeline.commands.use_take import UseTake
from timeline.items import Clip, MediaSource, Placeholder
from timeline.query import linked_ids


def waiting(text: str, at: int = 0, before: str = "") -> Cut:
    """A cut in which a placeholder stands at a frame of V1, behind what is `before`."""
    cut = Cut(V1=before)
    cut.do(OverwriteClips("cut", (("V1", f(at), placeholder(text, "s")),)))
    return cut


def sources(cut: Cut) -> list[object]:
    return [one.source for one in cut.items("V1") if isinstance(one, Clip)]


def test_a_take_lands_in_all_pieces_of_its_place_and_they_go_on_from_one_another() -> None:
    cut = waiting("p:4-40", 30, "A:0-24")
    cut.do(SplitClips("cut", f(42)))
    cut.do(LandTake("s", "B"))
    assert sources(cut) == [MediaSource("A"), MediaSource("B"), MediaSource("B")]
    assert cut["V1"] == "A:0-24 _6 p:4-16 p:16-40"


def test_pieces_of_a_take_that_only_just_reaches_are_moved_in_it_together() -> None:
    cut = waiting("p:6-24")
    cut.add_media("S", 20)
    cut.do(SplitClips("cut", f(8)))
    cut.do(LandTake("s", "S"))
    assert cut["V1"] == "p:2-10 p:10-20"


def test_a_piece_that_a_take_does_not_reach_goes_on_waiting() -> None:
    cut = waiting("p:0-24")
    cut.add_media("S", 16)
    cut.do(SplitClips("cut", f(12)))
    cut.do(LandTake("s", "S"))
    assert sources(cut) == [MediaSource("S"), Placeholder("s")]


def test_a_locked_track_accepts_the_take_it_waits_for() -> None:
    cut = waiting("p:0-24")
    cut.do(SetTrack("cut", "V1", {"locked": True}))
    cut.do(LandTake("s", "B"))
    assert sources(cut) == [MediaSource("B")]


def test_a_project_without_such_a_place_stays_the_very_same() -> None:
    cut = Cut(V1="A:0-24")
    assert LandTake("s", "B").apply(cut.history.project, cut.library) is cut.history.project


def test_a_longer_take_leaves_handles_and_the_cut_as_it_was() -> None:
    cut = Cut(V1="A:10-34 >4+4< B:10-58")
    cut.do(UseTake("cut", ("A",), "C"))
    assert cut["V1"] == "A:10-34 >4+4< B:10-58"
    assert cut.clip("A").source == MediaSource("C")


def short(track: str = "A:10-58 B:0-24") -> Cut:
    cut = Cut(V1=track)
    cut.add_media("S", 24)
    return cut


def test_a_short_take_is_refused_until_a_way_is_chosen() -> None:
    said = short().refuses(UseTake("cut", ("A",), "S"))
    assert said == "“S” is too short for this clip: it has 24 frames, 48 frames are needed."


def test_slower_it_lasts_as_long_and_shows_all_of_itself() -> None:
    cut = short()
    cut.do(UseTake("cut", ("A",), "S", "slow"))
    found = cut.clip("A")
    assert (found.speed, found.duration, found.source_range.duration) == (Fraction(1, 2), f(48), f(24))


def test_held_its_last_frame_stands_for_what_is_missing_and_nothing_moves() -> None:
    cut = short()
    cut.do(UseTake("cut", ("A",), "S", "hold"))
    first, still, after = (one for one in cut.items("V1") if isinstance(one, Clip))
    assert (first.duration, first.source_range.start, first.freeze) == (f(24), f(0), None)
    assert (still.duration, still.freeze) == (f(24), f(Fraction(47, 2)))
    assert after.id == "B"
    assert cut.sequence.duration == f(72)


def test_trimmed_it_ends_with_its_film_and_leaves_a_gap() -> None:
    cut = short()
    cut.do(UseTake("cut", ("A",), "S", "trim"))
    assert cut["V1"] == "A:0-24 _24 B:0-24"


@pytest.mark.parametrize("way", ["hold", "trim"])
def test_backwards_it_begins_with_its_last_frame(way: str) -> None:
    cut = short("A:10-58")
    cut.do(SetSpeed("cut", ("A",), Fraction(-1)))
    cut.do(UseTake("cut", ("A",), "S", way))  # type: ignore[arg-type]
    first = cut.clip("A")
    assert (first.source_range.start, first.source_range.end, first.speed) == (f(0), f(24), Fraction(-1))


def heard(cut: Cut, track: int = 0) -> str:
    row = cut.history.project.sequences[0].audio_tracks()
    return text_of(row[track]) if len(row) > track else ""


def test_the_sound_of_a_take_comes_under_its_picture_linked_in_every_state() -> None:
    cut = waiting("p:4-40", 30, "A:0-24")
    cut.do(SplitClips("cut", f(42)))
    cut.history.amend(LandTake("s", "B"), cut.library)
    assert heard(cut) == "_30 p:4-16 p:16-40"
    left, right = cut.items("V1")[2:]
    assert isinstance(left, Clip)
    assert isinstance(right, Clip)
    assert left.link != right.link
    sequence = cut.history.project.sequences[0]
    assert [len(linked_ids(sequence, (one.id,))) for one in (left, right)] == [2, 2]
    cut.history.undo()
    assert heard(cut) == "_30 p:4-40"
    cut.history.undo()
    assert heard(cut) == "", "one step takes picture and sound"
    assert len(cut.history.project.sequences[0].tracks) == 1


def test_sound_of_a_take_covers_nothing_that_is_heard() -> None:
    cut = Cut(V1="A:0-24", A1="A:0-40", A2="C:0-24", A3="D:0-20 _20 D:40-60", locked=("A2",))
    cut.do(OverwriteClips("cut", (("V1", f(24), placeholder("p:0-12", "s")),)))
    cut.do(LandTake("s", "B"))
    assert (cut["A1"], cut["A2"]) == ("A:0-40", "C:0-24")
    assert cut["A3"] == "D:0-20 _4 p:0-12 _4 D:40-60"


def test_another_take_swaps_the_sound_a_silent_one_leaves_a_gap_and_nothing_else_moves() -> None:
    cut = waiting("p:4-40", 30, "A:0-24")
    cut.do(OverwriteClips("cut", (("V1", f(66), clip("E:0-20")),)))
    cut.do(LandTake("s", "B"))
    cut.add_media("M", 60, has_audio=False)
    (picture,) = [one for one in cut.items("V1") if isinstance(one, Clip) and one.name == "p"]
    row, under = cut["V1"], heard(cut)
    cut.do(UseTake("cut", (picture.id,), "C"))
    track = cut.history.project.sequences[0].audio_tracks()[0]
    assert [one.source for one in track.items if isinstance(one, Clip)] == [MediaSource("C")]
    cut.do(UseTake("cut", (picture.id,), "M"))
    assert (cut["V1"], heard(cut)) == (row, "")
    cut.do(UseTake("cut", (picture.id,), "B"))
    assert (cut["V1"], heard(cut)) == (row, under), "and back again"


def test_sound_that_was_taken_away_stays_away() -> None:
    cut = waiting("p:0-24")
    cut.do(LandTake("s", "B"))
    sound = next(cut.history.project.sequences[0].audio_tracks()[0].clips())[0]
    cut.do(DeleteItems("cut", (sound.id,)))
    cut.do(UseTake("cut", ("p",), "C"))
    assert heard(cut) == ""


def test_a_short_take_is_heard_as_long_as_it_is_seen_to_move() -> None:
    for way, expected in (("slow", "p:0-24@1/2"), ("trim", "p:0-24"), ("hold", "p:0-24")):
        cut = waiting("p:0-48")
        cut.add_media("M", 60, has_audio=False)
        cut.add_media("S", 24)
        cut.do(LandTake("s", "M"))
        cut.do(UseTake("cut", ("p",), "S", way))  # type: ignore[arg-type]
        assert heard(cut) == expected
