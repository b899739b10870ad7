"""Track headers by mouse, wheel and key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.timeline_view.conftest import ALT, CTRL, LEFT, NONE, Board, Make, send_move
from timeline.commands.set_track import SetTrack
from ui.timeline_view.layout import SMALL_HEIGHT
from ui.timeline_view.menu import header_menu
from ui.timeline_view.track_header import TrackHeader
from ui.words import MINUS

pytestmark = pytest.mark.qt


def header(hand: Board, track_id: str) -> TrackHeader:
    found = hand.panel.headers.header(track_id)
    assert found is not None
    return found


def test_the_chip_targets_and_says_so(board: Make) -> None:
    hand = board(V1="A:0-24", V2="B:0-24", A1="C:0-24")
    chip = header(hand, "V2").target
    assert not chip.isChecked()
    QTest.mouseClick(chip, LEFT)
    assert hand.session.targets.ids == {"V1", "V2", "A1"}
    assert chip.isChecked()
    assert chip.accessibleName() == "Target V2"


@pytest.mark.parametrize("held", [CTRL, ALT])
def test_ctrl_or_alt_targets_one_alone_of_its_kind(board: Make, held: Qt.KeyboardModifier) -> None:
    hand = board(V1="A:0-24", V2="B:0-24", A1="C:0-24")
    QTest.mouseClick(header(hand, "V2").target, LEFT, held)
    assert hand.session.targets.ids == {"V2", "A1"}


def test_the_chip_works_by_key(board: Make) -> None:
    hand = board(V1="A:0-24", V2="B:0-24")
    QTest.keyClick(header(hand, "V2").target, Qt.Key.Key_Return)
    assert "V2" in hand.session.targets.ids


def test_sync_lock_is_on_until_it_is_switched_off(board: Make) -> None:
    hand = board(V1="A:0-24")
    QTest.mouseClick(header(hand, "V1").sync, LEFT)
    track = hand.session.sequence.track("V1")
    assert track is not None
    assert not track.sync_lock


def test_a_drag_of_the_gain_is_one_step(board: Make) -> None:
    hand = board(V1="A:0-24", A1="B:0-24")
    gain = header(hand, "A1").gain
    for travel in (-30, 40):
        QTest.mousePress(gain, LEFT, NONE, QPoint(20, 8))
        for step in range(1, 6):
            send_move(gain, QPoint(20 + travel * step // 5, 8), NONE)
        QTest.mouseRelease(gain, LEFT, NONE, QPoint(20 + travel, 8))
    assert hand.undo_steps == 2
    track = hand.session.sequence.track("A1")
    assert track is not None
    assert track.volume == pytest.approx(10 ** (0.5 / 20), abs=1e-3)


def test_the_wheel_over_the_gain_changes_it_by_half_a_db(board: Make) -> None:
    hand = board(V1="A:0-24", A1="B:0-24")
    gain = header(hand, "A1").gain
    place = QPointF(10, 8)
    event = QWheelEvent(
        place, place, QPoint(0, 0), QPoint(0, -120), Qt.MouseButton.NoButton, NONE, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(gain, event)
    assert gain.text() == f"{MINUS}0.5 dB"
    assert hand.undo_steps == 1


def test_silence_is_written_as_minus_infinity(board: Make) -> None:
    hand = board(V1="A:0-24", A1="B:0-24")
    hand.session.document.do(SetTrack("cut", "A1", {"volume": 0.0}))
    assert header(hand, "A1").gain.text() == f"{MINUS}∞ dB"


def test_the_gain_of_a_locked_track_stays(board: Make) -> None:
    hand = board(V1="A:0-24", A1="B:0-24", locked=("A1",))
    header(hand, "A1").gain._set(-6.0)
    track = hand.session.sequence.track("A1")
    assert track is not None
    assert track.volume == 1
    assert header(hand, "A1").gain.text() == "0.0 dB"


def test_the_lower_edge_changes_the_height(board: Make) -> None:
    hand = board(V1="A:0-24", A1="B:0-24")
    one = header(hand, "V1")
    QTest.mousePress(one, LEFT, NONE, QPoint(90, one.height() - 2))
    send_move(one, QPoint(90, one.height() + 30), NONE)
    assert one.height() == 72 + 32
    send_move(one, QPoint(90, -300), NONE)
    QTest.mouseRelease(one, LEFT, NONE, QPoint(90, 0))
    assert one.height() == SMALL_HEIGHT
    assert hand.undo_steps == 0


def test_all_tracks_get_higher_and_lower(board: Make) -> None:
    hand = board(V1="A:0-24", A1="B:0-24")
    hand.panel.zoom("higher")
    assert (header(hand, "V1").height(), header(hand, "A1").height()) == (90, 75)
    hand.panel.zoom("lower")
    assert (header(hand, "V1").height(), header(hand, "A1").height()) == (72, 60)


def test_a_narrow_panel_has_narrow_headers_with_the_same_switches(board: Make) -> None:
    hand = board(V1="A:0-24", A1="B:0-24")
    hand.panel.resize(1280, 360)
    QApplication.processEvents()
    one = header(hand, "A1")
    assert (one.width(), one.height()) == (140, 40)
    shown = [button for button in (one.target, one.sync, one.lock, one.mute, one.solo, one.gain) if button.isVisible()]
    assert len(shown) == 6
    for number, left in enumerate(shown):
        assert one.rect().contains(left.geometry())
        assert not any(left.geometry().intersects(right.geometry()) for right in shown[number + 1 :])


@pytest.mark.parametrize("height", range(SMALL_HEIGHT, 140, 7))
@pytest.mark.parametrize("width", [140, 196])
def test_nothing_in_a_header_overlaps_at_any_height(board: Make, height: int, width: int) -> None:
    hand = board(V1="A:0-24", A1="B:0-24")
    hand.panel.resize(1280 if width == 140 else 1436, 400)
    QApplication.processEvents()
    hand.view.set_tall("A1", height)
    one = header(hand, "A1")
    shown = [button for button in (one.target, one.sync, one.lock, one.mute, one.solo, one.gain) if button.isVisible()]
    for number, left in enumerate(shown):
        assert one.rect().contains(left.geometry())
        assert not any(left.geometry().intersects(right.geometry()) for right in shown[number + 1 :])


def test_the_menu_moves_a_track(board: Make) -> None:
    hand = board(V1="A:0-24", V2="B:0-24", V3="C:0-24", A1="D:0-24")
    menu = header_menu(hand.panel, hand.session, hand.view, hand.panel.headers, "V1")
    entries = {one.text(): one for one in menu.actions()}
    assert not entries["Move down"].isEnabled()
    entries["Move up"].trigger()
    assert [track.id for track in hand.session.sequence.tracks] == ["V2", "V1", "V3", "A1"]


def test_every_part_of_a_header_has_a_name_and_can_be_reached_by_key(board: Make) -> None:
    hand = board(V1="A:0-24", A1="B:0-24")
    one = header(hand, "A1")
    for part in (one, one.target, one.sync, one.lock, one.mute, one.solo, one.gain):
        assert part.accessibleName()
        assert part.focusPolicy() & Qt.FocusPolicy.TabFocus
    QTest.keyClick(one, Qt.Key.Key_F2)
    assert one._editor is not None
    assert one._editor.isVisible()
