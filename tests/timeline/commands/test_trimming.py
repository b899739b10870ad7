"""Trim, ripple trim, roll, slip, slide, split, speed."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.timeline.notation import Cut, clip, f
from timeline.commands.overwrite_clips import OverwriteClips
from timeline.commands.ripple_trim_clip import RippleTrimClip
from timeline.commands.roll_edit import RollEdit
from timeline.commands.set_speed import SetSpeed
from timeline.commands.slide_clip import SlideClip
from timeline.commands.slip_clip import SlipClip
from timeline.commands.split_clips import SplitClips
from timeline.commands.trim_clip import TrimClip
from timeline.curve import Curve, Keyframe
from timeline.items import EffectUse, GeneratorSource, Marker
from timeline.time import RationalTime, TimeRange

# --- trim ---


@pytest.mark.parametrize(
    ("edge", "by", "result"),
    [
        ("out", -6, "_24 A:10-28 _6 B:10-34"),
        ("out", 6, "_24 A:10-40 B:16-34"),
        ("in", 6, "_30 A:16-34 B:10-34"),
        ("in", -6, "_18 A:4-34 B:10-34"),
    ],
)
def test_trim_leaves_a_gap_or_covers_the_neighbour(edge: str, by: int, result: str) -> None:
    cut = Cut(V1="_24 A:10-34 B:10-34")
    cut.do(TrimClip("cut", "A", edge, f(by)))
    assert cut["V1"] == result


@pytest.mark.parametrize(
    ("edge", "by", "result"),
    [
        ("out", -6, "A:16-34@-1"),
        ("in", 6, "_6 A:10-28@-1"),
        ("out", 4, "A:6-34@-1"),
    ],
)
def test_trim_of_a_reversed_clip_takes_from_the_other_end_of_the_source(edge: str, by: int, result: str) -> None:
    cut = Cut(V1="A:10-34@-1")
    cut.do(TrimClip("cut", "A", edge, f(by)))
    assert cut["V1"] == result


def test_trim_of_a_fast_clip_counts_in_record_frames() -> None:
    cut = Cut(V1="A:0-48@2")
    cut.do(TrimClip("cut", "A", "out", f(-4)))
    assert cut["V1"] == "A:0-40@2"


def test_trim_refuses_beyond_the_media_and_says_how_much_there_is() -> None:
    cut = Cut(V1="_24 A:10-90")
    assert "10 frames of handle before its start" in cut.refuses(TrimClip("cut", "A", "in", f(-11)))
    assert "10 frames of handle behind its end" in cut.refuses(TrimClip("cut", "A", "out", f(11)))
    cut.do(TrimClip("cut", "A", "out", f(10)))
    assert "0 frames of handle" in cut.refuses(TrimClip("cut", "A", "out", f(1)))


def test_trim_refuses_to_leave_nothing_or_to_go_before_the_sequence() -> None:
    cut = Cut(V1="A:10-34")
    assert "24 frames long; at least one must stay" in cut.refuses(TrimClip("cut", "A", "out", f(-24)))
    assert "before the start" in cut.refuses(TrimClip("cut", "A", "in", f(-1)))
    assert "whole frames" in cut.refuses(TrimClip("cut", "A", "in", RationalTime(1, 100)))


def test_a_still_and_unknown_media_are_endless() -> None:
    cut = Cut(V1="A:0-24", V2="GONE:0-24")
    cut.add_media("A", 0)
    cut.do(TrimClip("cut", "A", "out", f(5000)))
    cut.do(TrimClip("cut", "GONE", "out", f(5000)))
    assert (cut["V1"], cut["V2"]) == ("A:0-5024", "GONE:0-5024")


def test_a_title_pulled_out_at_its_head_keeps_positive_source_times_and_its_keyframes_on_their_instants() -> None:
    cut = Cut(T1="")
    fade = Curve((Keyframe(f(0), 0.0), Keyframe(f(12), 1.0)))
    title = clip(
        "t:0-24", opacity=fade, markers=(Marker(f(6)),), effects=(EffectUse("blur", {"radius": fade, "on": True}),)
    )
    title = replace(title, source=GeneratorSource("title", {"text": "t", "size": fade}))
    cut.do(OverwriteClips("cut", (("T1", f(24), title),)))
    cut.do(TrimClip("cut", "t", "in", f(-10)))
    made = cut.clip("t")
    assert cut["T1"] == "_14 t:0-34"
    for value in (made.opacity, made.effects[0].values["radius"], made.source.values["size"]):
        assert [key.time for key in value.keyframes] == [f(10), f(22)]
    assert made.markers[0].time == f(16)


def test_trim_keeps_the_fade_at_the_moved_edge_and_shortens_fades_that_no_longer_fit() -> None:
    cut = Cut(V1="A:0-48")
    cut.do(OverwriteClips("cut", (("V1", f(0), clip("X:0-48", fade_in=f(12), fade_out=f(12))),)))
    cut.do(TrimClip("cut", "X", "out", f(-20)))
    assert (cut.clip("X").fade_in, cut.clip("X").fade_out) == (f(12), f(12))
    cut.do(TrimClip("cut", "X", "out", f(-10)))
    assert (cut.clip("X").fade_in, cut.clip("X").fade_out) == (f(12), f(6))


def test_a_transition_ends_when_a_trim_parts_its_clips() -> None:
    cut = Cut(V1="A:0-24 >4+4< B:10-34")
    cut.do(TrimClip("cut", "A", "out", f(-1)))
    assert cut["V1"] == "A:0-23 _1 B:10-34"


def test_a_trim_of_nothing_changes_nothing() -> None:
    cut = Cut(V1="A:0-24")
    assert not cut.do(TrimClip("cut", "A", "in", f(0)))


# --- ripple trim ---


@pytest.mark.parametrize(
    ("edge", "by", "picture", "title"),
    [
        ("out", -6, "A:10-28 B:10-34 C:0-24", "_44 t:0-10"),
        ("out", 6, "A:10-40 B:10-34 C:0-24", "_56 t:0-10"),
        ("in", 6, "A:16-34 B:10-34 C:0-24", "_44 t:0-10"),
        ("in", -6, "A:4-34 B:10-34 C:0-24", "_56 t:0-10"),
    ],
)
def test_ripple_trim_moves_all_that_follows_in_sync(edge: str, by: int, picture: str, title: str) -> None:
    cut = Cut(V1="A:10-34 B:10-34 C:0-24", A1="M:0-72", T1="_50 t:0-10")
    cut.do(RippleTrimClip("cut", "A", edge, f(by)))
    assert cut["V1"] == picture
    assert cut["T1"] == title
    assert cut["A1"] == "M:0-72"  # a clip that spans the edge stays whole


def test_ripple_trim_takes_the_linked_sound_along() -> None:
    cut = Cut(V1="A:10-34 B:10-34", A1="C:10-34 D:10-34")
    cut.do(RippleTrimClip("cut", "A", "out", f(-6), also_ids=("C",)))
    assert (cut["V1"], cut["A1"]) == ("A:10-28 B:10-34", "C:10-28 D:10-34")


def test_ripple_trim_refuses_when_a_clip_on_another_track_is_in_the_way() -> None:
    cut = Cut(V1="A:10-34 B:10-34", A1="C:10-34 D:10-34")
    message = cut.refuses(RippleTrimClip("cut", "A", "out", f(-6)))
    assert message == (
        "“D” at 00:00:01:00 on A1 cannot move 6 frames earlier: a clip is in the way. Lock that track to leave it where it is."
    )
    cut.do(RippleTrimClip("cut", "A", "out", f(-6), ripple_track_ids=()))
    assert (cut["V1"], cut["A1"]) == ("A:10-28 B:10-34", "C:10-34 D:10-34")


def test_ripple_trim_keeps_a_transition_whose_handles_suffice_and_refuses_to_take_them() -> None:
    cut = Cut(V1="A:0-24 >4+4< B:10-34")
    cut.do(RippleTrimClip("cut", "B", "in", f(-6)))
    assert cut["V1"] == "A:0-24 >4+4< B:4-34"
    assert "the transition there uses 4 frames" in cut.refuses(RippleTrimClip("cut", "B", "in", f(-1)))


# --- roll ---


def test_roll_moves_the_cut_only() -> None:
    cut = Cut(V1="A:0-24 B:10-34 C:0-5")
    cut.do(RollEdit("cut", "A", "B", f(6)))
    assert cut["V1"] == "A:0-30 B:16-34 C:0-5"
    cut.do(RollEdit("cut", "A", "B", f(-16)))
    assert cut["V1"] == "A:0-14 B:0-34 C:0-5"


def test_roll_keeps_the_transition_over_the_cut() -> None:
    cut = Cut(V1="A:0-24 >4+4< B:10-34")
    cut.do(RollEdit("cut", "A", "B", f(6)))
    assert cut["V1"] == "A:0-30 >4+4< B:16-34"


def test_roll_refuses_beyond_media_over_a_gap_and_a_locked_neighbour() -> None:
    cut = Cut(V1="A:0-24 B:10-34 _5 C:0-24")
    assert "10 frames of handle before its start" in cut.refuses(RollEdit("cut", "A", "B", f(-11)))
    assert "24 frames long" in cut.refuses(RollEdit("cut", "A", "B", f(24)))
    assert "touch" in cut.refuses(RollEdit("cut", "B", "C", f(1)))
    assert "touch" in cut.refuses(RollEdit("cut", "B", "A", f(1)))
    locked = Cut(V1="A:0-24 B:10-34", locked=("V1",))
    assert "locked" in locked.refuses(RollEdit("cut", "A", "B", f(1)))


def test_roll_of_reversed_clips_takes_source_from_the_right_ends() -> None:
    cut = Cut(V1="A:20-44@-1 B:10-34@-1")
    cut.do(RollEdit("cut", "A", "B", f(6)))
    assert cut["V1"] == "A:14-44@-1 B:10-28@-1"


# --- slip and slide ---


@pytest.mark.parametrize(("row", "by", "result"), [
    ("A:10-34 B:0-9", 6, "A:16-40 B:0-9"),
    ("A:10-34 B:0-9", -10, "A:0-24 B:0-9"),
    ("A:10-34@2", 6, "A:22-46@2"),
    ("A:10-34@-1", 6, "A:4-28@-1"),
])  # fmt: skip
def test_slip_shows_other_source_in_the_same_place(row: str, by: int, result: str) -> None:
    cut = Cut(V1=row)
    cut.do(SlipClip("cut", ("A",), f(by)))
    assert cut["V1"] == result


def test_slip_refuses_beyond_the_media_for_all_or_none() -> None:
    cut = Cut(V1="A:10-34", A1="B:3-27")
    assert "3 frames of handle" in cut.refuses(SlipClip("cut", ("A", "B"), f(-4)))
    cut.do(SlipClip("cut", ("A", "B"), f(-3)))
    assert (cut["V1"], cut["A1"]) == ("A:7-31", "B:0-24")


def test_slide_moves_a_clip_between_its_neighbours() -> None:
    cut = Cut(V1="A:0-24 B:10-34 C:10-34")
    cut.do(SlideClip("cut", "B", f(6)))
    assert cut["V1"] == "A:0-30 B:10-34 C:16-34"
    cut.do(SlideClip("cut", "B", f(-12)))
    assert cut["V1"] == "A:0-18 B:10-34 C:4-34"


def test_slide_into_gaps_moves_the_gap() -> None:
    cut = Cut(V1="B:10-34 _10 C:10-34")
    cut.do(SlideClip("cut", "B", f(6)))
    assert cut["V1"] == "_6 B:10-34 _4 C:10-34"
    assert "4 frames of empty time" in cut.refuses(SlideClip("cut", "B", f(5)))
    assert "before the start" in cut.refuses(SlideClip("cut", "B", f(-7)))


def test_slide_of_the_last_clip_leaves_the_end_open() -> None:
    cut = Cut(V1="A:0-24 B:10-34")
    cut.do(SlideClip("cut", "B", f(6)))
    assert cut["V1"] == "A:0-30 B:10-34"
    assert not cut.do(SlideClip("cut", "B", f(0)))


def test_slide_refuses_beyond_a_neighbours_media() -> None:
    cut = Cut(V1="A:0-95 B:10-34 C:3-34")
    assert "“A” has 5 frames" in cut.refuses(SlideClip("cut", "B", f(6)))
    assert "“C” has 3 frames" in cut.refuses(SlideClip("cut", "B", f(-4)))


# --- split ---


@pytest.mark.parametrize(("row", "at", "result"), [
    ("A:0-24", 8, "A:0-8 A:8-24"),
    ("A:0-24@-1", 8, "A:16-24@-1 A:0-16@-1"),
    ("A:0-48@2", 8, "A:0-16@2 A:16-48@2"),
    ("A:0-48@-2", 8, "A:32-48@-2 A:0-32@-2"),
    ("A:0-12@1/2", 7, "A:0-7/2@1/2 A:7/2-12@1/2"),
])  # fmt: skip
def test_split_gives_the_right_halves_at_any_speed(row: str, at: int, result: str) -> None:
    cut = Cut(V1=row)
    before = cut.clip("A")
    cut.do(SplitClips("cut", f(at)))
    assert cut["V1"] == result
    left, right = cut.items("V1")
    for since in range(int(before.duration.fraction * 24)):
        shown = left.source_time(f(since)) if since < at else right.source_time(f(since - at))
        assert shown == before.source_time(f(since))


def test_split_cuts_every_unlocked_clip_or_only_those_named() -> None:
    cut = Cut(V1="A:0-24", A1="B:0-24", A2="C:0-24", locked=("A2",))
    cut.do(SplitClips("cut", f(8), ("A",)))
    assert (cut["V1"], cut["A1"]) == ("A:0-8 A:8-24", "B:0-24")
    cut.do(SplitClips("cut", f(12)))
    assert (cut["V1"], cut["A1"], cut["A2"]) == ("A:0-8 A:8-12 A:12-24", "B:0-12 B:12-24", "C:0-24")


def test_right_halves_split_together_get_a_link_of_their_own() -> None:
    cut = Cut(V1="", A1="")
    pair = (("V1", f(0), clip("P:0-24", link="pair")), ("A1", f(0), clip("Q:0-24", link="pair")))
    cut.do(OverwriteClips("cut", pair))
    cut.do(SplitClips("cut", f(8)))
    (picture, picture_end), (sound, sound_end) = cut.items("V1"), cut.items("A1")
    assert picture.link == sound.link == "pair"
    assert picture_end.link == sound_end.link not in (None, "pair")
    assert len({picture.id, sound.id, picture_end.id, sound_end.id}) == 4


def test_split_gives_the_fade_in_to_the_left_and_the_fade_out_to_the_right() -> None:
    cut = Cut(V1="")
    cut.do(OverwriteClips("cut", (("V1", f(0), clip("X:0-48", fade_in=f(12), fade_out=f(12))),)))
    cut.do(SplitClips("cut", f(6)))
    left, right = cut.items("V1")
    assert (left.fade_in, left.fade_out) == (f(6), f(0))
    assert (right.fade_in, right.fade_out) == (f(0), f(12))


def test_split_refuses_where_there_is_no_clip_to_cut() -> None:
    cut = Cut(V1="A:0-24 _5")
    for at in (0, 24, 26, 99):
        assert "no clip to split" in cut.refuses(SplitClips("cut", f(at)))
    assert "no clip to split" in cut.refuses(SplitClips("cut", f(30), ("A",)))


# --- speed ---


@pytest.mark.parametrize(("speed", "result"), [
    (Fraction(2), "A:0-24@2 _12 B:0-24"),
    (Fraction(-1), "A:0-24@-1 B:0-24"),
    (Fraction(1, 2), "A:0-12@1/2 B:0-24"),
    (Fraction(-1, 2), "A:12-24@-1/2 B:0-24"),
    (Fraction(5, 3), "A:0-70/3@5/3 _10 B:0-24"),
])  # fmt: skip
def test_speed_leaves_a_gap_or_keeps_to_the_room_there_is(speed: Fraction, result: str) -> None:
    cut = Cut(V1="A:0-24 B:0-24")
    cut.do(SetSpeed("cut", ("A",), speed))
    assert cut["V1"] == result


def test_a_slower_clip_grows_into_the_gap_behind_it() -> None:
    cut = Cut(V1="A:0-24 _30 B:0-24")
    cut.do(SetSpeed("cut", ("A",), Fraction(1, 2)))
    assert cut["V1"] == "A:0-24@1/2 _6 B:0-24"


def test_speed_with_ripple_moves_what_follows_on_all_tracks() -> None:
    cut = Cut(V1="A:0-24 B:0-24", A1="C:0-24 D:0-24", T1="_24 t:0-10")
    cut.do(SetSpeed("cut", ("A", "C"), Fraction(1, 2), ripple=True))
    assert (cut["V1"], cut["A1"], cut["T1"]) == ("A:0-24@1/2 B:0-24", "C:0-24@1/2 D:0-24", "_48 t:0-10")
    cut.do(SetSpeed("cut", ("A", "C"), Fraction(2), ripple=True))
    assert (cut["V1"], cut["A1"], cut["T1"]) == ("A:0-24@2 B:0-24", "C:0-24@2 D:0-24", "_12 t:0-10")


def test_speed_never_asks_for_source_the_media_does_not_have() -> None:
    cut = Cut(V1="A:0-100")
    cut.do(SetSpeed("cut", ("A",), Fraction(8, 3)))  # 37.5 frames
    assert cut.clip("A").duration == f(37)
    assert cut.clip("A").source_range == TimeRange(f(0), f(Fraction(296, 3)))
    short = Cut(V1="B:0-3", media={"B": 3})
    assert "too short" in short.refuses(SetSpeed("cut", ("B",), Fraction(50)))


@pytest.mark.parametrize("speed", [Fraction(0), Fraction(101), Fraction(-1, 1000)])
def test_speed_out_of_reach_is_refused(speed: Fraction) -> None:
    assert "percent" in Cut(V1="A:0-24").refuses(SetSpeed("cut", ("A",), speed))


def test_the_same_speed_changes_nothing() -> None:
    assert not Cut(V1="A:0-24").do(SetSpeed("cut", ("A",), Fraction(1)))
