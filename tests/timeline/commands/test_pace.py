"""Freeze frames, rate stretch, fit to fill, ripple trims of several edges, speed on tracks in sync."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.timeline.notation import Cut, clip, f
from timeline.commands.fit_to_fill import FitToFill
from timeline.commands.freeze_frame import FreezeFrame
from timeline.commands.insert_clips import InsertClips
from timeline.commands.move_clips import MoveClips
from timeline.commands.overwrite_clips import OverwriteClips
from timeline.commands.rate_stretch import Edge, RateStretch
from timeline.commands.set_clip import SetClip
from timeline.commands.set_speed import SetSpeed
from timeline.commands.set_track import SetTrack
from timeline.commands.trim_clip import TrimClip
from timeline.commands.trim_edges import TrimEdges
from timeline.items import Clip, GeneratorSource, Marker
from timeline.time import RationalTime, TimeRange

# --- freeze frames ---


def test_a_held_frame_is_put_in_and_what_follows_is_pushed_on_tracks_in_sync() -> None:
    cut = Cut(V1="A:10-34 B:0-24", A1="C:0-48", A2="M:0-48")
    cut.do(SetTrack("cut", "A2", {"sync_lock": False}))
    cut.do(FreezeFrame("cut", "A", f(6), f(48)))
    assert cut["V1"] == "A:10-16 A:16-64 A:16-34 B:0-24"
    assert cut["A1"] == "C:0-6 _48 C:6-48"
    assert cut["A2"] == "M:0-48"
    held = cut.items("V1")[1]
    assert isinstance(held, Clip)
    assert (held.freeze, held.link, held.duration) == (f(16), None, f(48))
    assert cut.clip("A").freeze is None


def test_a_held_frame_of_a_clip_played_backwards_shows_the_frame_that_was_seen() -> None:
    cut = Cut(V1="A:0-24@-2")
    seen = cut.clip("A").source_time(f(3))
    cut.do(FreezeFrame("cut", "A", f(3), f(5)))
    held = cut.items("V1")[1]
    assert isinstance(held, Clip)
    assert (held.freeze, held.duration, held.speed) == (seen, f(5), Fraction(-2))
    assert cut["V1"] == "A:18-24@-2 A:8-18@-2 A:0-18@-2"


def test_a_held_frame_at_the_head_needs_no_source_before_the_start_of_the_file() -> None:
    cut = Cut(V1="A:0-4@-1")
    cut.do(FreezeFrame("cut", "A", f(3), f(40)))
    held = cut.items("V1")[1]
    assert isinstance(held, Clip)
    assert held.freeze == f(1)
    assert held.source_range.start == f(0)


def test_a_whole_clip_stands_still_and_runs_again() -> None:
    cut = Cut(V1="A:10-34")
    cut.do(FreezeFrame("cut", "A", f(6)))
    assert cut["V1"] == "A:10-34"
    assert cut.clip("A").freeze == f(16)
    cut.do(TrimClip("cut", "A", "out", f(500)))  # a frozen frame is endless
    cut.do(SetClip("cut", ("A",), {"freeze": None}))


def test_pulled_out_before_its_zero_a_frozen_file_stays_on_its_frame_and_a_generator_on_its_instant() -> None:
    cut = Cut(V1="_50 A:0-10 _50 t:0-10")
    for clip_id, at in (("A", 54), ("t", 114)):
        cut.do(FreezeFrame("cut", clip_id, f(at)))
        cut.do(TrimClip("cut", clip_id, "in", f(-20)))
    assert cut.clip("A").freeze == f(4)
    assert isinstance(cut.clip("t").source, GeneratorSource)
    assert cut.clip("t").freeze == f(24)


@pytest.mark.parametrize(
    ("clip_id", "at", "hold", "words"),
    [
        ("S", f(3), f(10), "sound cannot be frozen"),
        ("A", f(30), f(10), "Put the playhead on the frame"),
        ("A", f(3), f(0), "one frame or more"),
        ("A", f(3), RationalTime(1, 7), "whole frames"),
        ("L", f(3), f(10), "V2 is locked"),
    ],
)
def test_a_frame_is_not_held_where_it_cannot_be(clip_id: str, at: RationalTime, hold: RationalTime, words: str) -> None:
    cut = Cut(V1="A:0-24", V2="L:0-24", A1="S:0-24", locked=("V2",))
    assert words in cut.refuses(FreezeFrame("cut", clip_id, at, hold))


# --- rate stretch ---


@pytest.mark.parametrize(
    ("edge", "by", "result"),
    [
        ("out", 12, "_24 A:0-24@2/3 _12 B:0-5"),
        ("out", 24, "_24 A:0-24@1/2 B:0-5"),
        ("out", -12, "_24 A:0-24@2 _36 B:0-5"),
        ("in", -24, "A:0-24@1/2 _24 B:0-5"),
        ("in", 8, "_32 A:0-24@3/2 _24 B:0-5"),
        ("out", 0, "_24 A:0-24 _24 B:0-5"),
    ],
)
def test_a_stretched_clip_shows_the_same_source_in_another_time(edge: Edge, by: int, result: str) -> None:
    cut = Cut(V1="_24 A:0-24 _24 B:0-5")
    cut.do(RateStretch("cut", "A", edge, f(by)))
    assert cut["V1"] == result


def test_linked_sound_is_stretched_with_its_picture_and_backwards_stays_backwards() -> None:
    cut = Cut(V1="A:0-24@-1", A1="C:0-24")
    cut.do(RateStretch("cut", "A", "out", f(24), also_ids=("C",)))
    assert (cut["V1"], cut["A1"]) == ("A:0-24@-1/2", "C:0-24@1/2")


def test_a_stretch_goes_as_far_as_the_empty_time_and_as_speeds_go() -> None:
    cut = Cut(V1="_24 A:0-24 _24 B:0-5", A1="M:0-1 _9 N:0-90")
    assert "only 24 frames of empty time on V1" in cut.refuses(RateStretch("cut", "A", "out", f(25)))
    assert "before the start" in cut.refuses(RateStretch("cut", "A", "in", f(-25)))
    assert "at least one must stay" in cut.refuses(RateStretch("cut", "A", "out", f(-24)))
    cut = Cut(V1="X:0-20 A:0-24", A1="M:0-1")
    assert "only 0 frames" in cut.refuses(RateStretch("cut", "A", "in", f(-1)))
    assert "would play at 0.5 percent" in cut.refuses(RateStretch("cut", "M", "out", f(199)))


# --- fit to fill ---


def test_a_source_fills_a_range_at_the_speed_that_takes() -> None:
    cut = Cut(V1="A:0-48", A1="C:0-48")
    pair = (("V1", clip("B:0-30", link="x")), ("A1", replace(clip("B:0-30", link="x"), id="Bs")))
    cut.do(FitToFill("cut", TimeRange(f(12), f(20)), pair))
    assert cut["V1"] == "A:0-12 B:0-30@3/2 A:32-48"
    assert cut["A1"] == "C:0-12 B:0-30@3/2 C:32-48"
    cut.do(FitToFill("cut", TimeRange(f(60), f(20)), (("V1", clip("D:0-10@-1")),)))
    assert cut["V1"].endswith("_12 D:0-10@-1/2")


def test_what_cannot_fill_a_range_is_refused() -> None:
    cut = Cut(V1="A:0-48")
    where = TimeRange(f(0), f(1))
    assert "already stands" in cut.refuses(FitToFill("cut", where, (("V1", clip("A:0-5")),)))
    assert "would play at 1.01e+04 percent" in cut.refuses(FitToFill("cut", where, (("V1", clip("B:0-101")),)))
    assert "range is empty" in cut.refuses(FitToFill("cut", TimeRange(f(0), f(0)), (("V1", clip("B:0-9")),)))


# --- several edges ---


def test_edges_of_several_tracks_ripple_by_their_own_lengths_and_others_follow_the_first() -> None:
    cut = Cut(V1="A:0-24 B:0-24", A1="C:0-30 D:0-24", A2="_24 M:0-24", A3="_30 N:0-24", locked=("A3",))
    cut.do(TrimEdges("cut", (("A", "out", f(10)), ("D", "in", f(5)))))
    assert cut["V1"] == "A:0-34 B:0-24"
    assert cut["A1"] == "C:0-30 D:5-24"
    assert cut["A2"] == "_34 M:0-24"
    assert cut["A3"] == "_30 N:0-24"


def test_both_edges_of_a_clip_and_two_of_a_track_can_be_trimmed_at_once() -> None:
    cut = Cut(V1="A:10-34 B:10-34 C:10-34")
    cut.do(TrimEdges("cut", (("B", "in", f(4)), ("B", "out", f(6)), ("C", "out", f(-4)))))
    assert cut["V1"] == "A:10-34 B:14-40 C:10-30"


def test_what_lies_behind_an_in_edge_comes_up_on_the_tracks_in_sync() -> None:
    cut = Cut(V1="A:0-24 B:0-24", A1="_30 N:0-24")
    cut.do(TrimEdges("cut", (("B", "in", f(6)),)))
    assert (cut["V1"], cut["A1"]) == ("A:0-24 B:6-24", "_24 N:0-24")


def test_a_trim_of_edges_is_refused_as_a_whole() -> None:
    cut = Cut(V1="A:0-24 B:0-24", A1="C:0-100 D:0-24", A2="_20 M:0-4 N:0-24")
    assert "handle behind its end" in cut.refuses(TrimEdges("cut", (("A", "out", f(5)), ("C", "out", f(5)))))
    assert "at least one must stay" in cut.refuses(TrimEdges("cut", (("A", "out", f(-24)),)))
    assert "a clip is in the way" in cut.refuses(TrimEdges("cut", (("A", "out", f(-5)),)))
    assert "no edge" in cut.refuses(TrimEdges("cut", ()))
    before = cut.history.project
    cut.do(TrimEdges("cut", (("A", "out", f(0)),)))
    assert cut.history.project is before


# --- sync lock ---


def test_a_ripple_of_speed_and_an_insert_by_hand_leave_tracks_without_sync_lock_where_they_are() -> None:
    cut = Cut(V1="A:0-24 B:0-24", A1="_24 C:0-24", A2="_24 M:0-24")
    cut.do(SetTrack("cut", "A2", {"sync_lock": False}))
    cut.do(SetSpeed("cut", ("A",), Fraction(1, 2), ripple=True))
    assert (cut["A1"], cut["A2"]) == ("_48 C:0-24", "_24 M:0-24")
    cut.do(MoveClips("cut", (("B", "V1", f(0)),), insert=True))
    assert (cut["A1"], cut["A2"]) == ("_72 C:0-24", "_24 M:0-24")
    cut.do(InsertClips("cut", f(0), (("V1", f(0), clip("D:0-10")),)))
    assert (cut["A1"], cut["A2"]) == ("_82 C:0-24", "_24 M:0-24")
    cut.do(OverwriteClips("cut", (("A2", f(200), clip("E:0-10", markers=(Marker(f(2)),))),)))
