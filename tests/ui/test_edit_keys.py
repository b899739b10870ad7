"""The edit keys in the whole window: trim mode, held keys, and the dialogs of speed, gain and attributes."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from studio_app.session.session import Session
from tests.ui.conftest import RATE
from timeline.command import Batch
from timeline.commands.overwrite_clips import OverwriteClips
from timeline.commands.split_clips import SplitClips
from timeline.items import Clip
from timeline.time import RationalTime
from ui.dialogs.attributes import AttributesDialog
from ui.dialogs.gain import CHANGE, GainDialog
from ui.dialogs.speed import SpeedDialog
from ui.main_window import MainWindow

pytestmark = pytest.mark.qt
NONE = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def frame(count: int) -> RationalTime:
    return RationalTime.from_frames(count, RATE)


def lengths(session: Session) -> list[int]:
    """Of the clips of the picture track, in frames."""
    return [clip.duration.frames(RATE) for clip, _ in session.sequence.tracks[0].clips()]


@pytest.fixture
def view(window: MainWindow) -> QWidget:
    """The timeline with the keys; picture and sound are cut at frame 100."""
    session = window.session
    session.document.do(SplitClips(session.sequence_id, frame(100), ("picture", "sound")))
    session.transport.set_time(frame(90))
    panel = window.docks["timeline"].panel
    panel.make()
    found: QWidget = panel.view
    found.setFocus()
    QApplication.processEvents()
    return found


def press(widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(widget, key, held)
    QApplication.processEvents()


def test_trim_mode_by_keys(window: MainWindow, view: QWidget) -> None:
    session = window.session
    press(view, Qt.Key.Key_T, SHIFT)
    assert session.trimming.is_on
    press(view, Qt.Key.Key_Right, CTRL)
    press(view, Qt.Key.Key_Right, CTRL | SHIFT)
    assert lengths(session)[:2] == [111, 139]
    press(view, Qt.Key.Key_Tab)
    edit = session.trimming.edit
    assert edit is not None
    assert edit.side == "in"
    assert QApplication.focusWidget() is view, "Tab changes the side, not the focus"
    press(view, Qt.Key.Key_Left, CTRL)
    assert lengths(session)[:2] == [111, 140]
    press(view, Qt.Key.Key_Escape)
    assert not session.trimming.is_on
    press(view, Qt.Key.Key_Right, CTRL)
    assert lengths(session)[:2] == [111, 140], "no edit is selected any more"


def test_a_key_held_down_is_one_step_and_the_next_press_another(window: MainWindow, view: QWidget) -> None:
    session = window.session
    session.selection.items.set(["title"])
    alt = Qt.KeyboardModifier.AltModifier

    def event(kind: QEvent.Type, again: bool) -> None:
        QApplication.sendEvent(view, QKeyEvent(kind, Qt.Key.Key_Right, alt, "", again))

    def start() -> int:
        found = session.sequence.track_holding("title")
        assert found is not None
        return found.range_of(found.index_of("title") or 0).start.frames(RATE)

    for presses in (4, 2):
        event(QEvent.Type.KeyPress, False)
        for _ in range(presses - 1):
            event(QEvent.Type.KeyPress, True)
        event(QEvent.Type.KeyRelease, False)
    assert start() == 6
    session.document.undo()
    assert start() == 4
    session.document.undo()
    assert start() == 0


# --- dialogs ---


def test_speed_and_duration_follow_each_other(session: Session) -> None:
    session.selection.items.set(["picture"])
    dialog = SpeedDialog(None, session)
    assert (dialog.percent.text(), dialog.duration.text()) == ("100", "00:00:10:00")
    dialog.percent.clear()
    QTest.keyClicks(dialog.percent, "200")
    assert dialog.duration.text() == "00:00:05:00"
    dialog.duration.clear()
    QTest.keyClicks(dialog.duration, "00:00:20:00")
    assert dialog.percent.text() == "50"
    dialog.backwards.setChecked(True)
    dialog.end("change")
    picture, sound = (session.sequence.clip(one) for one in ("picture", "sound"))
    assert picture is not None
    assert sound is not None
    assert picture.speed == sound.speed == Fraction(-1, 2)
    assert picture.duration == RationalTime(20)


def test_a_speed_that_is_none_is_named_and_cannot_be_accepted(session: Session) -> None:
    session.selection.items.set(["picture"])
    dialog = SpeedDialog(None, session)
    for field, text in ((dialog.percent, "fast"), (dialog.percent, "0"), (dialog.duration, "soon")):
        field.clear()
        QTest.keyClicks(field, text)
        assert dialog.problem.text().endswith(".")
        assert not dialog.accept_button.isEnabled()
    dialog.percent.clear()
    QTest.keyClicks(dialog.percent, "20000")
    assert dialog.accept_button.isEnabled()
    dialog.end("change")
    assert "between 1 and 10000 percent" in dialog.problem.text()
    picture = session.sequence.clip("picture")
    assert picture is not None
    assert picture.speed == 1


def test_gain_is_set_or_changed_and_nonsense_is_named(session: Session) -> None:
    session.selection.items.set(["sound"])

    def volume() -> float:
        clip = session.sequence.clip("sound")
        assert clip is not None
        assert isinstance(clip.volume, float)
        return clip.volume

    dialog = GainDialog(None, session)
    dialog.level.setText("loud")
    dialog.end("change")
    assert "not a gain" in dialog.problem.text()
    dialog.level.setText("-6")
    dialog.end("change")
    assert volume() == pytest.approx(0.501, abs=0.001)
    again = GainDialog(None, session)
    assert again.level.text() == "-6"
    again.how.setCurrentText(CHANGE)
    again.level.setText("+6")
    again.end("change")
    assert volume() == pytest.approx(1.0)


def test_what_is_ticked_is_pasted(session: Session) -> None:
    model = session.sequence.clip("picture")
    assert model is not None
    other: Clip = replace(model, id="other", opacity=0.25, fade_in=frame(10), link=None)
    session.document.do(
        Batch((OverwriteClips(session.sequence_id, ((session.sequence.tracks[0].id, frame(400), other),)),))
    )
    session.selection.items.set(["other"])
    from studio_app.session.pasting import copy

    assert copy(session)
    session.selection.items.set(["picture"])
    dialog = AttributesDialog(None, session)
    assert dialog.boxes["Opacity"].isChecked()
    assert not dialog.boxes["Fades"].isChecked()
    dialog.end("paste")
    pasted = session.sequence.clip("picture")
    assert pasted is not None
    assert (pasted.opacity, pasted.fade_in) == (0.25, RationalTime(0))
