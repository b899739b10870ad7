"""Overwrite, insert, move."""

from dataclasses import replace
from fractions import Fraction

from tests.timeline.notation import Cut, clip, f, placeholder
from timeline.commands.insert_clips import InsertClips
from timeline.commands.move_clips import MoveClips
from timeline.commands.overwrite_clips import OverwriteClips
from timeline.items import GeneratorSource
from timeline.media import MediaKind
from timeline.time import RationalTime


def overwrite(at: int, text: str, track_id: str = "V1") -> OverwriteClips:
    return OverwriteClips("cut", ((track_id, f(at), clip(text)),))


def insert(at: int, *texts: str, track_id: str = "V1", ripple: tuple[str, ...] | None = None) -> InsertClips:
    placements, start = [], f(at)
    for one in map(clip, texts):
        placements.append((track_id, start, one))
        start = start + one.duration
    return InsertClips("cut", f(at), tuple(placements), ripple)


# --- overwrite ---


def test_overwrite_covers_the_end_of_one_clip_and_the_start_of_the_next() -> None:
    cut = Cut(V1="A:0-24 B:0-24")
    cut.do(overwrite(12, "X:0-20"))
    assert cut["V1"] == "A:0-12 X:0-20 B:8-24"


def test_overwrite_inside_a_clip_leaves_both_its_ends_and_a_new_id_on_the_right() -> None:
    cut = Cut(V1="A:10-34")
    cut.do(overwrite(8, "X:0-4"))
    assert cut["V1"] == "A:10-18 X:0-4 A:22-34"
    assert cut.id_at("V1", 0) == "A"
    assert cut.id_at("V1", 2) != "A"


def test_a_clip_of_which_only_the_end_is_left_keeps_its_id() -> None:
    cut = Cut(V1="A:0-24")
    cut.do(overwrite(0, "X:0-12"))
    assert cut.id_at("V1", 1) == "A"


def test_overwrite_behind_the_end_leaves_a_gap() -> None:
    cut = Cut(V1="A:0-24")
    cut.do(overwrite(36, "X:0-12"))
    assert cut["V1"] == "A:0-24 _12 X:0-12"


def test_overwrite_swallows_whole_clips_and_shares_the_untouched() -> None:
    cut = Cut(V1="A:0-24 B:0-24 C:0-24 D:0-24", A1="E:0-24")
    kept, other = cut.items("V1")[3], cut.sequence.track("A1")
    change = cut.do(overwrite(20, "X:0-52"))
    assert cut["V1"] == "A:0-20 X:0-52 D:0-24"
    assert cut.items("V1")[2] is kept
    assert cut.sequence.track("A1") is other
    assert change.tracks == {"V1"}
    assert change.clips_added == {"X"}
    assert change.clips_removed == {"B", "C"}
    assert change.clips_changed == {"A"}
    assert not change.clips_moved


def test_the_end_of_a_reversed_clip_shows_the_start_of_its_source() -> None:
    cut = Cut(V1="A:0-24@-1")
    cut.do(overwrite(18, "X:0-6"))
    assert cut["V1"] == "A:6-24@-1 X:0-6"


def test_overwrite_of_a_fast_clip_takes_as_much_source_as_its_speed_says() -> None:
    cut = Cut(V1="A:0-48@2")
    cut.do(overwrite(0, "X:0-6"))
    assert cut["V1"] == "X:0-6 A:12-48@2"


def test_several_clips_land_at_once() -> None:
    cut = Cut(V1="", A1="")
    cut.do(OverwriteClips("cut", (("V1", f(0), clip("X:0-12")), ("A1", f(0), replace(clip("X:0-12"), id="XA")))))
    assert (cut["V1"], cut["A1"]) == ("X:0-12", "X:0-12")


def test_overwrite_drops_a_transition_whose_clip_became_too_short() -> None:
    cut = Cut(V1="A:0-24 >4+4< B:10-34")
    cut.do(overwrite(26, "X:0-30"))
    assert cut["V1"] == "A:0-24 B:10-12 X:0-30"


def test_a_transition_at_the_end_of_a_split_clip_goes_with_the_right_half() -> None:
    cut = Cut(V1="A:0-48 >4+4< B:10-34")
    cut.do(overwrite(10, "X:0-5"))
    assert cut["V1"] == "A:0-10 X:0-5 A:15-48 >4+4< B:10-34"


def test_placing_refuses_a_locked_track_by_its_name() -> None:
    cut = Cut(V1="A:0-24", locked=("V1",))
    assert cut.refuses(overwrite(0, "X:0-12")) == "Track V1 is locked. Unlock it to change it."


def test_placing_refuses_times_between_frames_and_before_the_start() -> None:
    cut = Cut(V1="")
    assert "whole frames" in cut.refuses(OverwriteClips("cut", (("V1", RationalTime(1, 7), clip("X:0-12")),)))
    assert "before the start" in cut.refuses(overwrite(-1, "X:0-12"))
    assert "whole number of frames" in cut.refuses(overwrite(0, "X:0-7/2"))


def test_placing_refuses_clips_no_project_file_could_hold() -> None:
    cut = Cut(V1="")
    for change in (
        {"speed": Fraction(0)},
        {"speed": Fraction(5000)},
        {"volume": -1.0},
        {"opacity": float("nan")},
        {"name": 7},
    ):
        assert cut.refuses(OverwriteClips("cut", (("V1", f(0), clip("X:0-12", **change)),)))


def test_placing_refuses_the_same_clip_twice() -> None:
    cut = Cut(V1="A:0-24")
    assert "same id" in cut.refuses(overwrite(30, "A:0-24"))
    assert "same id" in cut.refuses(insert(30, "X:0-24", "X:0-24"))


def test_sound_does_not_go_on_picture_tracks_nor_silence_on_sound_tracks() -> None:
    cut = Cut(V1="", A1="")
    cut.add_media("M", 100, kind=MediaKind.AUDIO, has_video=False)
    cut.add_media("S", 100, has_audio=False)
    assert "sound only" in cut.refuses(overwrite(0, "M:0-24"))
    assert "no sound" in cut.refuses(overwrite(0, "S:0-24", "A1"))
    assert "no sound" in cut.refuses(overwrite(0, "t:0-24", "A1"))


def test_a_sequence_or_track_that_is_gone_is_refused() -> None:
    cut = Cut(V1="")
    assert "no longer" in cut.refuses(overwrite(0, "X:0-12", "V9"))
    assert "no longer" in cut.refuses(OverwriteClips("nowhere", ()))


# --- insert ---


def test_insert_cuts_and_pushes_all_tracks_in_sync() -> None:
    cut = Cut(V1="A:0-24 B:0-24", A1="M:0-48", T1="_30 t:0-10")
    cut.do(insert(12, "X:0-10"))
    assert cut["V1"] == "A:0-12 X:0-10 A:12-24 B:0-24"
    assert cut["A1"] == "M:0-12 _10 M:12-48"
    assert cut["T1"] == "_40 t:0-10"


def test_insert_pushes_only_the_tracks_named() -> None:
    cut = Cut(V1="A:0-24", A1="M:0-48", T1="_30 t:0-10")
    cut.do(insert(0, "X:0-10", ripple=("T1",)))
    assert (cut["V1"], cut["A1"], cut["T1"]) == ("X:0-10 A:0-24", "M:0-48", "_40 t:0-10")


def test_insert_leaves_locked_tracks_alone() -> None:
    cut = Cut(V1="A:0-24", A1="M:0-48", locked=("A1",))
    cut.do(insert(0, "X:0-10"))
    assert cut["A1"] == "M:0-48"
    assert "locked" in cut.refuses(replace(insert(0, "Y:0-10"), ripple_track_ids=("A1",)))


def test_several_inserted_clips_follow_each_other() -> None:
    cut = Cut(V1="A:0-24")
    cut.do(insert(24, "X:0-10", "Y:0-5"))
    assert cut["V1"] == "A:0-24 X:0-10 Y:0-5"


def test_all_tracks_are_pushed_by_the_longest_row() -> None:
    cut = Cut(V1="A:0-24", A1="B:0-24")
    cut.do(InsertClips("cut", f(0), (("V1", f(0), clip("X:0-10")), ("A1", f(0), clip("Y:0-6")))))
    assert (cut["V1"], cut["A1"]) == ("X:0-10 A:0-24", "Y:0-6 _4 B:0-24")


def test_inserted_clips_keep_their_distances_so_that_sound_stays_with_its_picture() -> None:
    cut = Cut(V1="A:0-24", A1="B:0-24")
    placements = (("V1", f(12), clip("X:0-10")), ("V1", f(22), clip("Y:0-6")), ("A1", f(22), clip("Z:0-6")))
    cut.do(InsertClips("cut", f(12), placements))
    assert cut["V1"] == "A:0-12 X:0-10 Y:0-6 A:12-24"
    assert cut["A1"] == "B:0-12 _10 Z:0-6 B:12-24"


def test_insert_refuses_clips_on_each_other_and_before_its_place() -> None:
    cut = Cut(V1="A:0-24")
    twice = (("V1", f(12), clip("X:0-10")), ("V1", f(16), clip("Y:0-6")))
    assert "on each other" in cut.refuses(InsertClips("cut", f(12), twice))
    assert "before the place" in cut.refuses(InsertClips("cut", f(12), (("V1", f(6), clip("X:0-10")),)))


def test_insert_at_a_cut_splits_nothing_and_behind_the_end_leaves_a_gap() -> None:
    cut = Cut(V1="A:0-24 B:0-24")
    cut.do(insert(24, "X:0-10"))
    cut.do(insert(70, "Y:0-10"))
    assert cut["V1"] == "A:0-24 X:0-10 B:0-24 _12 Y:0-10"


def test_halves_of_linked_clips_that_insert_splits_are_linked_anew() -> None:
    cut = Cut(V1="A:0-24", A1="B:0-24")
    cut.history.do(MoveLinked(), cut.library)
    cut.do(insert(12, "X:0-10"))
    left, right = cut.items("V1")[0], cut.items("V1")[2]
    left_sound, right_sound = cut.items("A1")[0], cut.items("A1")[2]
    assert left.link == left_sound.link == "pair"
    assert right.link == right_sound.link not in (None, "pair")


class MoveLinked(OverwriteClips):
    """Puts a linked pair into an empty cut."""

    def __init__(self) -> None:
        pair = (("V1", f(0), clip("P:0-24", link="pair")), ("A1", f(0), clip("Q:0-24", link="pair")))
        super().__init__("cut", pair)


def test_inserting_into_an_empty_cut_and_pulling_a_title_before_its_start_keeps_source_times_positive() -> None:
    cut = Cut(T1="")
    cut.do(insert(0, "t:-12-12", track_id="T1"))
    assert cut["T1"] == "t:0-24"


# --- move ---


def test_move_leaves_a_gap_and_covers_what_is_there() -> None:
    cut = Cut(V1="A:0-24 B:0-24 C:0-24")
    cut.do(MoveClips("cut", (("A", "V1", f(60)),)))
    assert cut["V1"] == "_24 B:0-24 C:0-12 A:0-24"


def test_move_to_another_track() -> None:
    cut = Cut(V1="A:0-24", V2="")
    change = cut.do(MoveClips("cut", (("A", "V2", f(0)),)))
    assert (cut["V1"], cut["V2"]) == ("", "A:0-24")
    assert change.clips_moved == {"A"}
    assert not change.clips_added | change.clips_removed | change.clips_changed


def test_clips_dragged_together_pass_through_each_other() -> None:
    cut = Cut(V1="A:0-24 B:0-24")
    cut.do(MoveClips("cut", (("A", "V1", f(12)), ("B", "V1", f(36)))))
    assert cut["V1"] == "_12 A:0-24 B:0-24"


def test_a_move_by_nothing_gives_back_the_very_same_project() -> None:
    cut = Cut(V1="A:0-24 >4+4< B:10-34", A1="M:0-48")
    before = cut.history.project
    assert not cut.do(MoveClips("cut", (("B", "V1", f(24)),)))
    assert cut.history.project is before
    assert not cut.history.can_undo


def test_move_with_insert_pushes_all_tracks() -> None:
    cut = Cut(V1="A:0-24 B:0-24 C:0-24", A1="M:0-72")
    cut.do(MoveClips("cut", (("C", "V1", f(24)),), insert=True))
    assert cut["V1"] == "A:0-24 C:0-24 B:0-24"
    assert cut["A1"] == "M:0-24 _24 M:24-72"


def test_copy_leaves_the_old_clips_and_links_the_new_ones_to_each_other() -> None:
    cut = Cut(V1="", A1="")
    cut.history.do(MoveLinked(), cut.library)
    cut.do(MoveClips("cut", (("P", "V1", f(24)), ("Q", "A1", f(24))), copy=True))
    assert (cut["V1"], cut["A1"]) == ("P:0-24 P:0-24", "Q:0-24 Q:0-24")
    picture, sound = cut.items("V1")[1], cut.items("A1")[1]
    assert picture.id != "P"
    assert picture.link == sound.link not in (None, "pair")


def test_a_clip_may_be_copied_from_a_locked_track_but_not_moved() -> None:
    cut = Cut(V1="A:0-24", V2="", locked=("V1",))
    assert "locked" in cut.refuses(MoveClips("cut", (("A", "V2", f(0)),)))
    cut.do(MoveClips("cut", (("A", "V2", f(0)),), copy=True))
    assert (cut["V1"], cut["V2"]) == ("A:0-24", "A:0-24")


def test_move_refuses_the_wrong_kind_of_track_and_clips_on_each_other() -> None:
    cut = Cut(V1="A:0-24 B:0-24", A1="C:0-24")
    assert "audio track A1" in cut.refuses(MoveClips("cut", (("A", "A1", f(0)),)))
    assert "picture track V1" in cut.refuses(MoveClips("cut", (("C", "V1", f(0)),)))
    assert "each other" in cut.refuses(MoveClips("cut", (("A", "V1", f(100)), ("B", "V1", f(110)))))
    assert "two places" in cut.refuses(MoveClips("cut", (("A", "V1", f(0)), ("A", "V1", f(50)))))
    assert "Nothing is selected" in cut.refuses(MoveClips("cut", ()))
    assert "no longer" in cut.refuses(MoveClips("cut", (("gone", "V1", f(0)),)))


def test_a_placeholder_moves_like_any_clip() -> None:
    cut = Cut(V1="")
    cut.do(OverwriteClips("cut", (("V1", f(0), placeholder("p:0-24")),)))
    cut.do(MoveClips("cut", (("p", "V1", f(24)),)))
    assert cut["V1"] == "_24 p:0-24"
    assert not isinstance(cut.clip("p").source, GeneratorSource)
