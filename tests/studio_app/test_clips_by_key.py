"""The keys that act on clips, on rows written as text: nudges, ranges and marks, clipboard, speed and level."""

from __future__ import annotations

import pytest

from studio_app.session import gain, nudging, pasting, speeding
from tests.studio_app.editing_desk import Desk, desk
from tests.timeline.notation import f, text_of
from timeline.commands.set_clip import SetClip
from timeline.curve import Curve, Keyframe
from timeline.errors import EditRefused
from timeline.items import EffectUse

__all__ = ["desk"]


# --- nudges ---


def test_a_nudge_takes_the_group_and_goes_not_before_the_start(desk: Desk) -> None:
    desk.lay({"V1": "_10 A:0-10", "A1": "_10 B:0-10", "V2": "_12 t:0-5"}, {"A": "x", "B": "x"})
    desk.select("A", "t")
    desk.run("clip.group")
    desk.select("t")
    desk.run("clip.nudge_right_10")
    assert (desk["V1"], desk["A1"], desk["V2"]) == ("_20 A:0-10", "_20 B:0-10", "_22 t:0-5")
    with pytest.raises(EditRefused, match="before the start"):
        nudging.nudge(desk.session, -21)
    desk.run("clip.ungroup")
    desk.run("clip.nudge_left_10")
    assert (desk["V1"], desk["V2"]) == ("_20 A:0-10", "_12 t:0-5")


def test_cuts_follow_one_another_while_a_clip_is_selected(desk: Desk) -> None:
    desk.lay({"V1": "A:0-48 B:0-24", "A1": "C:0-48"}, {"A": "x", "C": "x"})
    desk.select("A", "C")
    for frame in (12, 24, 36, 60):
        desk.session.transport.set_time(f(frame))
        desk.run("clip.add_edit")
    assert desk["V1"] == "A:0-12 A:12-24 A:24-36 A:36-48 B:0-12 B:12-24"
    assert desk["A1"] == "C:0-12 C:12-24 C:24-36 C:36-48"
    assert len(desk.session.selection.item_ids) == 8


def test_a_side_of_a_link_that_is_selected_alone_is_nudged_alone(desk: Desk) -> None:
    desk.lay({"V1": "_10 A:0-10", "A1": "_10 B:0-10"}, {"A": "x", "B": "x"})
    desk.select("A")
    desk.run("clip.nudge_right_10")
    assert (desk["V1"], desk["A1"]) == ("_20 A:0-10", "_10 B:0-10")


def test_clips_go_to_the_track_above_or_below_and_no_further(desk: Desk) -> None:
    desk.lay({"V1": "A:0-10", "V2": "", "A1": "B:0-10", "A2": ""}, {"A": "x", "B": "x"})
    desk.select("A", "B")
    desk.run("clip.nudge_up")
    assert (desk["V1"], desk["V2"], desk["A1"]) == ("", "A:0-10", "B:0-10")
    desk.run("clip.nudge_up")
    assert "no track above V2" in desk.told[-1]
    desk.lay({"A1": "B:0-10", "A2": ""})
    desk.select("B")
    desk.run("clip.nudge_down")
    assert (desk["A1"], desk["A2"]) == ("", "B:0-10")


def test_a_slip_changes_what_a_clip_shows_and_a_slide_where_it_is(desk: Desk) -> None:
    desk.lay({"V1": "A:0-24 B:20-44 C:30-60", "A1": "a:0-24 b:20-44 c:30-60"}, {"B": "x", "b": "x"})
    desk.select("B", "b")
    desk.run("clip.slip_left_10", "clip.slip_right")
    assert (desk["V1"], desk["A1"]) == ("A:0-24 B:29-53 C:30-60", "a:0-24 b:29-53 c:30-60")
    desk.run("clip.slide_right", "clip.slide_right", "clip.slide_left")
    assert (desk["V1"], desk["A1"]) == ("A:0-25 B:29-53 C:31-60", "a:0-25 b:29-53 c:31-60")
    desk.select("A", "B")
    desk.run("clip.slide_right")
    assert "one clip on each track" in desk.told[-1]


# --- ranges, gaps, marks ---


def test_lift_and_extract_work_on_the_targeted_tracks(desk: Desk) -> None:
    desk.lay({"V1": "A:0-24", "V2": "B:0-24 _16 C:0-9", "A1": "D:0-24"})
    desk.session.transport.set_marks(f(5), f(10))
    desk.run("sequence.lift")
    assert (desk["V1"], desk["V2"], desk["A1"]) == ("A:0-5 _5 A:10-24", "B:0-24 _16 C:0-9", "D:0-5 _5 D:10-24")
    desk.run("edit.undo", "sequence.extract")
    assert (desk["V1"], desk["V2"], desk["A1"]) == ("A:0-5 A:10-24", "B:0-24 _11 C:0-9", "D:0-5 D:10-24")
    for one in ("V1", "A1"):
        desk.session.targets.toggle(one)
    desk.session.transport.set_marks(f(5), f(10))
    desk.run("sequence.extract")
    assert "No unlocked track is targeted" in desk.told[-1]


def test_a_gap_under_the_playhead_closes(desk: Desk) -> None:
    desk.lay({"V1": "A:0-10 _6 B:0-10", "A1": "_16 C:0-10"})
    desk.go(12)
    desk.run("sequence.close_gap")
    assert (desk["V1"], desk["A1"]) == ("A:0-10 B:0-10", "_10 C:0-10")
    desk.run("sequence.close_gap")
    assert "no gap under the playhead" in desk.told[-1]


def test_markers_go_to_the_selected_clip_or_the_sequence_and_away(desk: Desk) -> None:
    desk.lay({"V1": "_5 A:10-30"})
    desk.go(8)
    desk.run("sequence.add_marker")
    assert [one.time for one in desk.session.sequence.markers] == [f(8)]
    desk.select("A")
    desk.go(10)
    desk.run("sequence.add_marker")
    assert [one.time for one in desk.clip("A").markers] == [f(15)]
    desk.run("sequence.previous_marker")
    assert desk.session.transport.time == f(8)
    desk.run("sequence.next_marker", "sequence.delete_marker")
    assert desk.clip("A").markers == ()
    desk.session.transport.set_marks(f(2), f(6))
    desk.run("sequence.add_range_marker")
    assert desk.session.sequence.markers[0].duration == f(4)
    desk.run("sequence.delete_markers")
    assert desk.session.sequence.markers == ()
    desk.run("sequence.delete_marker")
    assert "no marker" in desk.told[-1]


# --- clipboard ---


def test_paste_goes_from_the_targeted_tracks_on_and_makes_the_tracks_it_needs(desk: Desk) -> None:
    desk.lay({"V1": "A:0-10", "V2": "B:0-10", "A1": "C:0-10"}, {"A": "x", "C": "x"})
    desk.select("A", "B", "C")
    desk.run("edit.copy")
    desk.session.targets.toggle("V2", only=True)
    desk.go(20)
    desk.run("edit.paste")
    assert (desk["V1"], desk["V2"], desk["A1"]) == ("A:0-10", "B:0-10 _10 A:0-10", "C:0-10 _10 C:0-10")
    new = desk.session.sequence.picture_tracks()[2]
    assert text_of(new) == "_20 B:0-10"
    assert desk.session.transport.time == f(30)
    assert len(desk.session.selection.item_ids) == 3
    pasted = [desk.session.sequence.clip(one) for one in desk.session.selection.item_ids]
    assert len({one.link for one in pasted if one is not None and one.name != "B"}) == 1


def test_attributes_are_pasted_by_choice(desk: Desk) -> None:
    desk.lay({"V1": "A:0-10@2 B:0-10", "A1": "C:0-10 D:0-10"})
    desk.select("A", "C")
    for clip_id, changes in (("A", {"opacity": 0.5, "effects": (EffectUse("blur"),)}), ("C", {"volume": 0.25})):
        desk.session.document.do(SetClip("cut", (clip_id,), changes))
    desk.run("edit.copy")
    desk.select("B", "D")
    pasting.paste_attributes(desk.session, ["Opacity", "Volume"])
    assert (desk.clip("B").opacity, desk.clip("B").effects, desk.clip("D").volume) == (0.5, (), 0.25)
    pasting.paste_attributes(desk.session, ["Effects", "Speed"])
    assert [one.effect for one in desk.clip("B").effects] == ["blur"]
    assert desk["V1"] == "A:0-10@2 B:0-10@2"
    with pytest.raises(EditRefused, match="Choose what"):
        pasting.paste_attributes(desk.session, [])
    desk.session.clipboard = ()
    with pytest.raises(EditRefused, match="Copy a clip first"):
        pasting.paste_attributes(desk.session, ["Pan"])


# --- time and level ---


def test_reverse_turns_each_clip_at_its_own_pace_and_twice_is_as_before(desk: Desk) -> None:
    desk.lay({"V1": "A:0-20@2 B:0-10", "A1": "C:0-10"}, {"B": "x", "C": "x"})
    before = [desk["V1"], desk["A1"]]
    desk.select("A", "B")
    desk.run("clip.reverse")
    assert [desk["V1"], desk["A1"]] == ["A:0-20@-2 B:0-10@-1", "C:0-10@-1"]
    assert desk.steps == 1
    desk.run("clip.reverse")
    assert [desk["V1"], desk["A1"]] == before


def test_a_freeze_frame_is_inserted_or_the_clip_stands_still(desk: Desk) -> None:
    desk.lay({"V1": "A:0-24", "A1": "B:0-24"}, {"A": "x", "B": "x"})
    desk.go(10)
    desk.run("clip.freeze_frame")
    assert (desk["V1"], desk["A1"]) == ("A:0-10 A:10-58 A:10-24", "B:0-10 _48 B:10-24")
    desk.run("edit.undo")
    desk.select("A")
    desk.run("clip.freeze")
    assert desk.clip("A").freeze == f(10)
    desk.run("clip.freeze")
    assert desk.clip("A").freeze is None


def test_gain_is_set_or_changed_for_the_sound_of_what_is_selected(desk: Desk) -> None:
    desk.lay({"V1": "A:0-24", "A1": "B:0-24"}, {"A": "x", "B": "x"})
    desk.select("A")
    gain.set_gain(desk.session, gain.parse_gain("−6 dB"))
    assert desk.clip("B").volume == pytest.approx(0.501, abs=0.001)
    assert desk.clip("A").volume == 1.0
    gain.set_gain(desk.session, 6.0, relative=True)
    assert desk.clip("B").volume == pytest.approx(1.0)
    assert desk.steps == 2, "each is a step of its own"
    curve = Curve((Keyframe(f(0), 0.5), Keyframe(f(9), 1.0)))
    desk.session.document.do(SetClip("cut", ("B",), {"volume": curve}))
    gain.set_gain(desk.session, gain.decibels(2), relative=True)
    level = desk.clip("B").volume
    assert isinstance(level, Curve)
    assert [key.value for key in level.keyframes] == pytest.approx([1.0, 2.0])
    assert (gain.linear(gain.SILENT_DB), gain.decibels(0)) == (0.0, gain.SILENT_DB)
    assert gain.parse_gain("-inf") == gain.SILENT_DB
    desk.session.selection.items.clear()
    with pytest.raises(EditRefused, match="with sound"):
        gain.set_gain(desk.session, 0)


@pytest.mark.parametrize("text", ["", "loud", "1e9", "nan", "+90"])
def test_what_is_no_gain_is_refused(text: str) -> None:
    with pytest.raises(EditRefused, match="not a gain"):
        gain.parse_gain(text)


@pytest.mark.parametrize("text", ["", "fast", "1/0", "1e5", "9" * 40])
def test_what_is_no_speed_is_refused(text: str) -> None:
    with pytest.raises(EditRefused, match="not a speed"):
        speeding.parse_percent(text)


def test_speeds_are_read_as_people_write_them() -> None:
    assert [str(speeding.parse_percent(text)) for text in ("50", "−100 %", "12,5", " 200%")] == [
        "1/2",
        "-1",
        "1/8",
        "2",
    ]
