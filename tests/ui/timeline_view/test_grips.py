"""Fades, lines, keyframes and markers held by hand on a clip; double clicks."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.timeline.notation import f
from tests.ui.timeline_view.conftest import CTRL, NONE, Board, Make
from tests.ui.timeline_view.test_more_tools import keys, line_y
from timeline.commands.add_marker import AddMarker
from timeline.commands.set_clip import SetClip
from timeline.curve import Curve, Keyframe
from timeline.items import Marker, SequenceSource
from timeline.project import Saved
from timeline.sequence import Sequence
from timeline.track import Track, TrackKind
from ui.timeline_view.layout import CLIP_HEADER

pytestmark = pytest.mark.qt
HANDLE = CLIP_HEADER + 5


def set_clip(hand: Board, clip_id: str, **changes: object) -> None:
    hand.session.document.do(SetClip("cut", (clip_id,), changes))
    hand.session.document.seal()
    hand.view.refresh()


def test_a_fade_is_pulled_by_its_handle_in_one_step(board: Make) -> None:
    hand = board(V1="A:0-48")
    handle = hand.spot(1.4, "V1", HANDLE)
    hand.pull(handle, handle + QPoint(100, 20))
    assert hand.clip("A").fade_in == f(10)
    assert hand.undo_steps == 1
    out = hand.spot(48 - 1.4, "V1", HANDLE)
    hand.pull(out, out - QPoint(60, 0))
    assert hand.clip("A").fade_out == f(6)


def test_a_fade_leaves_the_other_one_its_room_and_a_double_click_takes_it_away(board: Make) -> None:
    hand = board(V1="A:0-48")
    set_clip(hand, "A", fade_out=f(20))
    handle = hand.spot(1.4, "V1", HANDLE)
    hand.pull(handle, handle + QPoint(600, 0))
    assert hand.clip("A").fade_in == f(28)
    QTest.mouseDClick(hand.view.viewport(), Qt.MouseButton.LeftButton, NONE, hand.spot(28, "V1", HANDLE))
    assert hand.clip("A").fade_in == f(0)


def test_the_gain_line_moves_in_half_decibels_and_finely_with_ctrl(board: Make) -> None:
    hand = board(A1="A:0-48")
    at = line_y(hand, "A", "A1", 20)
    hand.pull(at, at + QPoint(0, 8))
    level = hand.clip("A").volume
    assert isinstance(level, float)
    said = next(one for one in reversed(hand.said) if "dB" in one)
    assert "Gain −" in said
    assert said.split(" dB")[0][-1] in "05"
    assert hand.undo_steps == 1
    at = line_y(hand, "A", "A1", 20)
    hand.pull(at, at - QPoint(0, 8), CTRL)
    finer = hand.clip("A").volume
    assert isinstance(finer, float)
    assert level < finer < 1.0


def test_a_press_on_the_line_that_goes_sideways_moves_the_clip_and_a_click_selects_it(board: Make) -> None:
    hand = board(A1="A:0-48")
    at = line_y(hand, "A", "A1", 20)
    hand.pull(at, at + QPoint(200, 3))
    assert hand["A1"] == "_20 A:0-48"
    assert hand.clip("A").volume == 1.0
    hand.session.selection.clear()
    at = line_y(hand, "A", "A1", 40)
    hand.pull(at, at)
    assert hand.selected == {"A"}


def test_pulling_an_animated_line_moves_all_its_keyframes_and_a_double_click_resets_it(board: Make) -> None:
    hand = board(A1="A:0-48")
    set_clip(hand, "A", volume=Curve((Keyframe(f(10), 1.0), Keyframe(f(30), 0.5))))
    at = line_y(hand, "A", "A1", 40)
    hand.pull(at, at + QPoint(0, 10))
    (first, second) = keys(hand.clip("A").volume)
    assert first[1] == pytest.approx(2 * second[1], abs=0.02)
    assert second[1] < 0.5
    at = line_y(hand, "A", "A1", 40)
    QTest.mouseDClick(hand.view.viewport(), Qt.MouseButton.LeftButton, NONE, at)
    assert hand.clip("A").volume == 1.0


def test_a_dragged_keyframe_snaps_to_the_keyframe_of_another_clip(board: Make) -> None:
    hand = board(A1="A:0-48", A2="B:0-48")
    set_clip(hand, "A", volume=Curve((Keyframe(f(10), 1.0),)))
    set_clip(hand, "B", volume=Curve((Keyframe(f(20), 1.0),)))
    at = line_y(hand, "A", "A1", 10)
    hand.pull(at, at + QPoint(93, 0))
    assert keys(hand.clip("A").volume) == [(f(20), 1.0)]


def test_a_marker_on_a_clip_is_moved_and_opened_by_a_double_click(board: Make) -> None:
    hand = board(V1="A:10-58")
    hand.session.document.do(AddMarker("cut", Marker(f(30), id="m"), "A"))
    hand.view.refresh()
    flag = hand.spot(20, "V1", CLIP_HEADER + 4)
    hand.pull(flag, flag + QPoint(60, 0))
    assert hand.clip("A").markers[0].time == f(36)
    opened: list[str] = []
    hand.view.marker_opened.connect(opened.append)
    hand.view.marker_opened.disconnect(hand.panel.markers.open)
    QTest.mouseDClick(hand.view.viewport(), Qt.MouseButton.LeftButton, NONE, hand.spot(26, "V1", CLIP_HEADER + 4))
    assert opened == ["m"]


def test_nothing_can_be_held_on_locked_tracks(board: Make) -> None:
    hand = board(V1="A:0-48", A1="B:0-48", locked=("V1", "A1"))
    handle = hand.spot(1.4, "V1", HANDLE)
    hand.pull(handle, handle + QPoint(100, 0))
    at = line_y(hand, "B", "A1", 20)
    hand.pull(at, at + QPoint(0, 12))
    assert hand.undo_steps == 0


def test_esc_in_the_middle_of_a_fade_leaves_it_as_it_was(board: Make) -> None:
    hand = board(V1="A:0-48")
    handle = hand.spot(1.4, "V1", HANDLE)
    QTest.mousePress(hand.view.viewport(), Qt.MouseButton.LeftButton, NONE, handle)
    hand.move(10, "V1")
    assert hand.view.preview is not None
    QTest.keyClick(hand.view, Qt.Key.Key_Escape)
    hand.release(10, "V1")
    assert hand.clip("A").fade_in == f(0)
    assert hand.undo_steps == 0


def test_a_double_click_shows_a_clip_in_the_source_viewer_at_that_frame(board: Make) -> None:
    hand = board(V1="_10 A:20-44")
    QTest.mouseDClick(hand.view.viewport(), Qt.MouseButton.LeftButton, NONE, hand.spot(22.4, "V1", 40))
    assert hand.session.source.media_id == "A"
    assert hand.session.source.time == f(32)


def test_a_double_click_on_a_nest_opens_it(board: Make) -> None:
    hand = board(V1="A:0-48")
    document = hand.session.document
    inner = Sequence(name="Inner", rate=hand.session.sequence.rate, tracks=(Track(TrackKind.VIDEO),), id="inner")
    nest = replace(hand.clip("A"), source=SequenceSource("inner"))
    outer = hand.session.sequence
    outer = replace(outer, tracks=(replace(outer.tracks[0], items=(nest,)),))
    project = replace(document.project, sequences=(outer, inner))
    document.replace(Saved(project, document.library), None)
    hand.view.refresh()
    QTest.mouseDClick(hand.view.viewport(), Qt.MouseButton.LeftButton, NONE, hand.spot(22, "V1", 40))
    assert hand.session.sequence_id == "inner"
