"""Viewers in the real window: which one the keys act on, timecode by keyboard, the full screen, the narrow window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from studio_app.session import timecode_entry
from tests.ui.conftest import RATE
from timeline.time import RationalTime, TimeRange
from ui.main_window import MainWindow
from ui.panels.timeline import TimelinePanel
from ui.viewer_panel import ViewerBase

pytestmark = pytest.mark.qt
KEYPAD, NONE = Qt.KeyboardModifier.KeypadModifier, Qt.KeyboardModifier.NoModifier
Key = Qt.Key
Type = Callable[..., None]


def f(frames: int) -> RationalTime:
    return RationalTime.from_frames(frames, RATE)


@pytest.fixture
def press(window: MainWindow) -> Type:
    """Press keys wherever the focus is."""
    window.activateWindow()
    QApplication.processEvents()

    def press(*keys: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)

    return press


def viewer(window: MainWindow, name: str) -> ViewerBase:
    panel = window.docks[name].panel
    assert isinstance(panel, ViewerBase)
    return panel


def test_keys_of_transport_and_marks_act_on_the_viewer_that_has_the_focus(window: MainWindow, press: Type) -> None:
    session = window.session
    session.source.show("m1")
    assert window.panels.active is window.docks["source_viewer"].panel
    press(Key.Key_Right, Key.Key_Right, Key.Key_I)
    press(Key.Key_Right, modifiers=Qt.KeyboardModifier.ShiftModifier)
    press(Key.Key_O)
    assert (session.source.time, session.transport.time) == (f(27), f(0))
    assert session.source.marked_range == TimeRange.between(f(2), f(28))
    press(Key.Key_Home)
    assert session.source.time == f(0)
    press(Key.Key_End)
    assert session.source.time == f(124)
    press(Key.Key_X)
    assert session.source.marked_range == TimeRange.between(f(0), f(125))
    window.show_panel("timeline")
    press(Key.Key_Right, Key.Key_I)
    assert (session.source.time, session.transport.time) == (f(124), f(1))
    assert session.transport.mark_in == f(1)
    window.show_panel("source_viewer")
    press(Key.Key_Space)
    assert session.source.transport.playing
    assert not session.transport.playing
    press(Key.Key_K, Key.Key_J, Key.Key_J)
    assert session.source.transport.rate == -2
    press(Key.Key_Space)
    assert not session.source.transport.playing


def test_an_empty_source_viewer_leaves_the_keys_to_the_sequence(window: MainWindow, press: Type) -> None:
    window.show_panel("source_viewer")
    press(Key.Key_Right)
    assert window.session.transport.time == f(1)


def test_a_click_on_a_picture_gives_its_viewer_the_keys(window: MainWindow) -> None:
    session = window.session
    session.source.show("m1")
    QTest.mouseClick(viewer(window, "viewer").surface, Qt.MouseButton.LeftButton)
    assert session.monitor == "program"
    QTest.mouseClick(viewer(window, "source_viewer").surface, Qt.MouseButton.LeftButton)
    assert session.active is session.source.transport


def test_up_and_down_go_by_targeted_tracks_with_shift_by_any(window: MainWindow, press: Type) -> None:
    session = window.session
    session.targets.toggle(session.sequence.tracks[0].id)
    session.targets.toggle(session.sequence.tracks[2].id)
    window.show_panel("timeline")
    press(Key.Key_Down)
    assert session.transport.time == f(0)
    press(Key.Key_Down, modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert session.transport.time == f(250)
    press(Key.Key_Up, modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert session.transport.time == f(0)


def test_timecode_is_typed_from_the_numeric_keypad_and_the_keys_go_back(window: MainWindow, press: Type) -> None:
    session = window.session
    window.show_panel("timeline")
    before: QWidget | None = QApplication.focusWidget()
    timeline = window.docks["timeline"].panel
    assert isinstance(timeline, TimelinePanel)
    field = timeline.corner_box.field
    press(Key.Key_1, modifiers=KEYPAD)
    assert field.is_open
    assert field.edit.text() == "1"
    press(Key.Key_1, Key.Key_2, modifiers=KEYPAD)
    press(Key.Key_Enter, modifiers=KEYPAD)
    assert session.transport.time == f(37)
    assert QApplication.focusWidget() is before
    press(Key.Key_Plus, Key.Key_3, modifiers=KEYPAD)
    press(Key.Key_Return)
    assert session.transport.time == f(40)
    press(Key.Key_J, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert field.is_open
    press(Key.Key_Escape)
    assert not field.is_open
    assert session.transport.time == f(40)


def test_the_timecode_of_the_viewer_is_typed_while_the_viewer_has_the_keys(window: MainWindow, press: Type) -> None:
    window.show_panel("viewer")
    press(Key.Key_J, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert viewer(window, "viewer").timecode.is_open
    press(Key.Key_Escape)


def test_a_typed_time_far_beyond_everything_is_refused_in_a_sentence(window: MainWindow) -> None:
    session = window.session
    for text in ("99999999", "+99999999"):
        assert timecode_entry.judge(session, session.transport, text)
        with pytest.raises(ValueError, match=r"Type a time up to 23:59:59:24|24 hours"):
            timecode_entry.enter(session, session.transport, text)
    assert session.transport.time == f(0)
    assert not timecode_entry.judge(session, session.transport, "1000000")


def test_full_screen_shows_the_focused_viewer_and_keeps_the_keys(window: MainWindow, press: Type, qtbot: QtBot) -> None:
    session = window.session
    window.show_panel("timeline")
    press(Key.Key_F11)
    full = window.viewers.full_screen
    assert full is not None
    assert full.isFullScreen()
    assert full.geometry() == window.screen().geometry()
    full.activateWindow()
    full.setFocus()
    qtbot.waitUntil(lambda: full.surface.picture_size[0] > 0, timeout=8000)
    QTest.keyClick(full, Key.Key_Right)
    assert session.transport.time == f(1)
    QTest.keyClick(full, Key.Key_Escape)
    assert window.viewers.full_screen is None
    press(Key.Key_F11)
    again = window.viewers.full_screen
    assert again is not None
    QTest.keyClick(again, Key.Key_F11)
    assert window.viewers.full_screen is None


def test_a_narrow_window_has_one_viewer_with_a_switch(window: MainWindow) -> None:
    window.resize(1366, 768)
    window.reset_layout()
    QApplication.processEvents()
    source, program = window.docks["source_viewer"], window.docks["viewer"]
    assert source in window.tabifiedDockWidgets(program)
    assert viewer(window, "viewer").surface.isVisible()
    window.session.source.show("m1")
    QApplication.processEvents()
    assert window.panels.active is source.panel
    assert not viewer(window, "source_viewer").surface.visibleRegion().isEmpty()


def test_viewers_come_together_and_apart_as_the_width_of_the_window_changes(window: MainWindow) -> None:
    source, program = window.docks["source_viewer"], window.docks["viewer"]

    def resized(width: int) -> bool:
        window.resize(width, 900)
        for _ in range(4):
            QApplication.processEvents()
        return source in window.tabifiedDockWidgets(program)

    assert not resized(1600)
    assert source.geometry().right() < program.geometry().left()
    assert resized(1366)
    assert program.isVisible()
    assert not resized(1700)
    assert source.geometry().right() < program.geometry().left()
    assert source.geometry().left() > window.docks["media_pool"].geometry().right()
