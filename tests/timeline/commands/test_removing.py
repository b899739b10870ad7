"""Delete, ripple delete, lift, extract."""

from tests.timeline.notation import Cut, f
from timeline.commands.delete_items import DeleteItems
from timeline.commands.extract_range import ExtractRange
from timeline.commands.lift_range import LiftRange
from timeline.commands.ripple_delete import RippleDelete
from timeline.time import TimeRange


def stretch(start: int, end: int) -> TimeRange:
    return TimeRange.between(f(start), f(end))


# --- delete ---


def test_delete_leaves_a_gap_and_none_at_the_end() -> None:
    cut = Cut(V1="A:0-24 _6 B:0-24 C:0-24", A1="D:0-24")
    cut.do(DeleteItems("cut", ("B", "D")))
    assert (cut["V1"], cut["A1"]) == ("A:0-24 _30 C:0-24", "")
    cut.do(DeleteItems("cut", ("C",)))
    assert cut["V1"] == "A:0-24"


def test_delete_of_a_gap_changes_nothing_and_of_a_locked_clip_is_refused() -> None:
    cut = Cut(V1="A:0-24 _6 B:0-24", A1="C:0-24", locked=("A1",))
    assert not cut.do(DeleteItems("cut", (cut.id_at("V1", 1),)))
    assert "locked" in cut.refuses(DeleteItems("cut", ("A", "C")))
    assert "Nothing is selected" in cut.refuses(DeleteItems("cut", ()))


# --- ripple delete ---


def test_ripple_delete_closes_up_in_sync_and_cuts_nothing_on_other_tracks() -> None:
    cut = Cut(V1="A:0-24 B:0-24 C:0-24", A1="M:0-72", T1="_50 t:0-10")
    cut.do(RippleDelete("cut", ("B",)))
    assert (cut["V1"], cut["A1"], cut["T1"]) == ("A:0-24 C:0-24", "M:0-72", "_26 t:0-10")


def test_ripple_delete_of_a_picture_with_its_sound() -> None:
    cut = Cut(V1="A:0-24 B:0-24 C:0-24", A1="D:0-24 E:0-24 F:0-24")
    cut.do(RippleDelete("cut", ("B", "E")))
    assert (cut["V1"], cut["A1"]) == ("A:0-24 C:0-24", "D:0-24 F:0-24")


def test_a_sound_that_starts_before_its_picture_keeps_sync_and_leaves_a_gap() -> None:
    cut = Cut(V1="A:0-24 B:0-24 C:0-24", A1="D:0-20 E:0-30 F:0-22")
    cut.do(RippleDelete("cut", ("B", "E")))
    assert (cut["V1"], cut["A1"]) == ("A:0-24 C:0-24", "D:0-20 _6 F:0-22")


def test_ripple_delete_of_separate_clips_closes_each_place() -> None:
    cut = Cut(V1="A:0-24 B:0-24 C:0-24 D:0-24", T1="_90 t:0-6")
    cut.do(RippleDelete("cut", ("A", "C")))
    assert (cut["V1"], cut["T1"]) == ("B:0-24 D:0-24", "_42 t:0-6")


def test_neighbours_on_one_track_and_one_long_sound_close_together() -> None:
    cut = Cut(V1="A:0-24 B:0-24 C:0-24", A1="D:0-48 E:0-24")
    cut.do(RippleDelete("cut", ("A", "B", "D")))
    assert (cut["V1"], cut["A1"]) == ("C:0-24", "E:0-24")


def test_ripple_delete_of_a_gap_closes_it() -> None:
    cut = Cut(V1="A:0-24 _6 B:0-24", T1="_40 t:0-6")
    cut.do(RippleDelete("cut", (cut.id_at("V1", 1),)))
    assert (cut["V1"], cut["T1"]) == ("A:0-24 B:0-24", "_34 t:0-6")


def test_ripple_delete_refuses_when_another_track_cannot_follow() -> None:
    cut = Cut(V1="A:0-24 B:0-24 C:0-24", A1="D:0-48 E:0-24")
    assert "“E” at 00:00:02:00 on A1 cannot move 24 frames earlier" in cut.refuses(RippleDelete("cut", ("B",)))
    cut.do(RippleDelete("cut", ("B",), ()))
    assert (cut["V1"], cut["A1"]) == ("A:0-24 C:0-24", "D:0-48 E:0-24")


def test_ripple_delete_leaves_locked_tracks_alone() -> None:
    cut = Cut(V1="A:0-24 B:0-24", A1="C:0-24 D:0-24", locked=("A1",))
    cut.do(RippleDelete("cut", ("A",)))
    assert (cut["V1"], cut["A1"]) == ("B:0-24", "C:0-24 D:0-24")
    assert "locked" in cut.refuses(RippleDelete("cut", ("C",)))


def test_closing_up_keeps_a_transition_elsewhere_and_drops_the_one_of_a_deleted_clip() -> None:
    cut = Cut(V1="A:0-24 >4+4< B:10-34 C:10-34 >2+2< D:10-34")
    cut.do(RippleDelete("cut", ("B",)))
    assert cut["V1"] == "A:0-24 C:10-34 >2+2< D:10-34"


# --- lift and extract ---


def test_lift_leaves_a_gap_on_all_unlocked_tracks() -> None:
    cut = Cut(V1="A:0-24 B:0-24 C:0-24", A1="D:0-72", A2="E:0-72", locked=("A2",))
    cut.do(LiftRange("cut", stretch(12, 60)))
    assert (cut["V1"], cut["A1"]) == ("A:0-12 _48 C:12-24", "D:0-12 _48 D:60-72")
    assert cut["A2"] == "E:0-72"


def test_lift_can_keep_to_some_tracks_and_beyond_the_end_changes_nothing() -> None:
    cut = Cut(V1="A:0-24", A1="B:0-24")
    cut.do(LiftRange("cut", stretch(20, 90), ("V1",)))
    assert (cut["V1"], cut["A1"]) == ("A:0-20", "B:0-24")
    assert not cut.do(LiftRange("cut", stretch(30, 40)))


def test_extract_takes_the_stretch_out_of_all_tracks() -> None:
    cut = Cut(V1="A:0-24 B:0-24 C:0-24", A1="D:0-72", T1="_60 t:0-10")
    cut.do(ExtractRange("cut", stretch(12, 60)))
    assert (cut["V1"], cut["A1"], cut["T1"]) == ("A:0-12 C:12-24", "D:0-12 D:60-72", "_12 t:0-10")


def test_extract_from_some_tracks_moves_the_others_without_cutting_them() -> None:
    cut = Cut(V1="A:0-24 B:0-24 C:0-24", A1="D:0-72", T1="_60 t:0-10")
    cut.do(ExtractRange("cut", stretch(12, 36), ("V1",)))
    assert (cut["V1"], cut["A1"], cut["T1"]) == ("A:0-12 B:12-24 C:0-24", "D:0-72", "_36 t:0-10")


def test_an_empty_or_backward_range_is_refused() -> None:
    cut = Cut(V1="A:0-24")
    for where in (stretch(5, 5), stretch(9, 5)):
        assert "mark an in and an out point" in cut.refuses(LiftRange("cut", where))
        assert "mark an in and an out point" in cut.refuses(ExtractRange("cut", where))
