"""The inspector's values: keyframes by cell and by hand, and several clips at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio_app.session.session import Session
from timeline.commands.add_effect import AddEffect
from timeline.commands.set_speed import SetSpeed
from timeline.commands.split_clips import SplitClips
from timeline.curve import Curve, Interpolation
from timeline.items import Clip, EffectUse
from timeline.time import RationalTime
from ui.form.editors.number import NumberEditor, NumberField
from ui.form.form import Form
from ui.form.key_cell import KeyCell
from ui.main_window import MainWindow
from ui.panels.inspector import InspectorPanel

pytestmark = pytest.mark.qt


@pytest.fixture
def inspector(session: Session, qtbot: QtBot) -> InspectorPanel:
    panel = InspectorPanel(session)
    qtbot.addWidget(panel)
    panel.resize(352, 700)
    panel.show()
    session.selection.items.set(["picture"])
    QApplication.processEvents()
    return panel


def form_with(panel: InspectorPanel, name: str) -> Form:
    return next(form for form in panel.page.findChildren(Form) if name in form.editors)


def cell_of(panel: InspectorPanel, name: str) -> KeyCell:
    return form_with(panel, name).cells[name]


def field_of(panel: InspectorPanel, name: str) -> NumberField:
    editor = form_with(panel, name).editors[name]
    assert isinstance(editor, NumberEditor)
    return editor.field


def type_into(panel: InspectorPanel, name: str, text: str) -> None:
    field = field_of(panel, name)
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def press(cell: KeyCell, part: str = "diamond") -> None:
    QTest.mouseClick(getattr(cell, part), Qt.MouseButton.LeftButton)


def picture(session: Session, clip_id: str = "picture") -> Clip:
    clip = session.sequence.clip(clip_id)
    assert clip is not None
    return clip


def scale_of(session: Session) -> object:
    return next(use for use in picture(session).effects if use.effect == "transform").values["scale"]


def keys(session: Session) -> list[tuple[float, object]]:
    line = scale_of(session)
    assert isinstance(line, Curve)
    return [(key.time.to_seconds(), key.value) for key in line.keyframes]


def steps(session: Session) -> list[str]:
    return [state.label for state in session.document.states[1 : session.document.place + 1]]


def test_the_diamond_sets_a_keyframe_and_typing_and_dragging_set_more(inspector: InspectorPanel) -> None:
    session, cell = inspector.session, cell_of(inspector, "scale")
    session.transport.set_time(RationalTime(2))
    assert (cell.keys.animated, cell.diamond.filled) == (False, False)
    press(cell)
    assert keys(session) == [(2, 100)]
    assert (cell.keys.animated, cell.diamond.filled) == (True, True)
    session.transport.set_time(RationalTime(4))
    assert (cell.keys.animated, cell.diamond.filled) == (True, False)
    type_into(inspector, "scale", "150")
    assert keys(session) == [(2, 100), (4, 150)]
    session.transport.set_time(RationalTime(3))
    assert field_of(inspector, "scale").number() == 125
    field = field_of(inspector, "scale")
    QTest.mousePress(field, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    for by in range(1, 6):
        QTest.mouseMove(field, QPoint(10 + 4 * by, 10))
    QTest.mouseRelease(field, Qt.MouseButton.LeftButton, pos=QPoint(30, 10))
    assert keys(session) == [(2, 100), (3, 135), (4, 150)]
    assert steps(session) == ["Set keyframe", "Scale", "Scale"], "each gesture is one step"
    session.document.undo()
    assert keys(session) == [(2, 100), (4, 150)]


def test_the_diamond_takes_its_keyframe_away_and_the_last_one_leaves_the_value(inspector: InspectorPanel) -> None:
    session, cell = inspector.session, cell_of(inspector, "scale")
    press(cell)
    type_into(inspector, "scale", "80")
    session.transport.set_time(RationalTime(5))
    press(cell)
    assert keys(session) == [(0, 80), (5, 80)]
    press(cell)
    assert keys(session) == [(0, 80)]
    session.transport.set_time(RationalTime(0))
    press(cell)
    assert scale_of(session) == 80
    assert not cell.keys.animated


def test_the_arrows_go_to_the_neighbours_and_are_off_where_there_is_none(inspector: InspectorPanel) -> None:
    session, cell = inspector.session, cell_of(inspector, "scale")
    assert not cell.before.isVisible()
    for second in (1, 4):
        session.transport.set_time(RationalTime(second))
        press(cell)
    assert cell.before.isVisible()
    assert not cell.after.isEnabled()
    press(cell, "before")
    assert session.transport.time == RationalTime(1)
    assert (cell.before.isEnabled(), cell.after.isEnabled()) == (False, True)
    press(cell, "after")
    assert session.transport.time == RationalTime(4)


def test_the_menu_bends_the_way_on_and_takes_all_keyframes_away(inspector: InspectorPanel) -> None:
    session, cell = inspector.session, cell_of(inspector, "scale")
    assert not any(one.isEnabled() for one in cell.menu().actions() if one.text())
    press(cell)
    session.transport.set_time(RationalTime(4))
    type_into(inspector, "scale", "200")
    session.transport.set_time(RationalTime(1))
    hold = next(one for one in cell.menu().actions() if one.text() == "Hold")
    hold.trigger()
    line = scale_of(session)
    assert isinstance(line, Curve)
    assert line.keyframes[0].interpolation is Interpolation.HOLD
    assert field_of(inspector, "scale").number() == 100
    assert next(one for one in cell.menu().actions() if one.isChecked()).text() == "Hold"
    next(one for one in cell.menu().actions() if one.text() == "Remove all keyframes").trigger()
    assert scale_of(session) == 100
    assert steps(session)[-2:] == ["Keyframe interpolation", "Remove keyframes"]


def test_the_cell_is_worked_by_keys_and_speaks(inspector: InspectorPanel) -> None:
    session, cell = inspector.session, cell_of(inspector, "scale")
    assert cell.diamond.accessibleName() == "Set a keyframe of scale"
    cell.diamond.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(cell.diamond, Qt.Key.Key_Return)
    assert keys(session) == [(0, 100)]
    assert cell.diamond.accessibleName().startswith("Remove this keyframe of scale")
    QTest.keyClick(cell.diamond, Qt.Key.Key_Return)
    assert scale_of(session) == 100


def test_levels_have_keyframes_in_their_own_unit(inspector: InspectorPanel) -> None:
    session = inspector.session
    session.selection.items.set(["picture", "sound"])
    press(cell_of(inspector, "volume"))
    session.transport.set_time(RationalTime(3))
    type_into(inspector, "volume", "-6")
    volume = picture(session, "sound").volume
    assert isinstance(volume, Curve)
    assert [round(float(key.value), 3) for key in volume.keyframes] == [1.0, 0.501]
    press(cell_of(inspector, "opacity"))
    assert isinstance(picture(session).opacity, Curve)


def test_away_from_the_clip_no_keyframe_is_set_and_that_is_said(inspector: InspectorPanel) -> None:
    session, cell = inspector.session, cell_of(inspector, "scale")
    press(cell)
    session.transport.set_time(RationalTime(10))
    assert not cell.diamond.isEnabled()
    heard: list[str] = []
    session.noted.connect(heard.append)
    type_into(inspector, "scale", "300")
    assert keys(session) == [(0, 100)]
    assert field_of(inspector, "scale").number() == 100
    assert heard == ["Keyframes move this value. Put the playhead over the clip to set another one."]


def test_what_cannot_change_over_time_has_no_cell_but_its_place(inspector: InspectorPanel) -> None:
    form = form_with(inspector, "scale")
    still = [spec.name for spec in form.specs if not spec.animatable and spec.name in form.editors]
    assert still
    assert not set(still) & set(form.cells)
    rights = {
        field.mapTo(form, QPoint(field.width(), 0)).x() for field in form.findChildren(NumberField) if field.isVisible()
    }
    assert len(rights) == 1, "the fields end on one line"


# several clips


def halves(session: Session) -> tuple[str, str]:
    session.document.do(SplitClips(session.sequence_id, RationalTime(4), ("picture", "sound")))
    first, second = (clip.id for clip, _ in session.sequence.tracks[0].clips())
    return first, second


def test_a_change_goes_to_all_selected_clips_as_one_step(inspector: InspectorPanel) -> None:
    session = inspector.session
    first, second = halves(session)
    session.selection.items.set([first])
    type_into(inspector, "opacity", "40")
    session.selection.items.set([first, second])
    field = field_of(inspector, "opacity")
    assert field.text() == "–"
    assert field_of(inspector, "scale").text() == "100.0 %"
    before = len(steps(session))
    type_into(inspector, "opacity", "75")
    assert [picture(session, one).opacity for one in (first, second)] == [0.75, 0.75]
    assert field.text() == "75.0 %"
    type_into(inspector, "scale", "120")
    assert [picture(session, one).effects[0].values["scale"] for one in (first, second)] == [120, 120]
    assert len(steps(session)) == before + 2
    assert "2 clips selected" in [one.accessibleName() or getattr(one, "text", str)() for one in _labels(inspector)]


def _labels(panel: InspectorPanel) -> list[object]:
    from ui.widgets import ElidedLabel

    return list(panel.page.findChildren(ElidedLabel))


def test_effects_that_all_have_are_edited_switched_and_removed_together(inspector: InspectorPanel) -> None:
    session = inspector.session
    first, second = halves(session)
    for one in (first, second):
        session.document.do(AddEffect(session.sequence_id, one, EffectUse("vignette")))
    session.document.do(AddEffect(session.sequence_id, second, EffectUse("color_correct")))
    session.selection.items.set([first, second])
    assert not [form for form in inspector.page.findChildren(Form) if "contrast" in form.editors], (
        "one clip has no such effect"
    )
    type_into(inspector, "strength", "0.9")
    assert [picture(session, one).effects[0].values["strength"] for one in (first, second)] == [0.9, 0.9]
    session.selection.items.set([second])
    assert [form for form in inspector.page.findChildren(Form) if "contrast" in form.editors]


def test_a_keyframe_is_set_on_those_under_the_playhead(inspector: InspectorPanel) -> None:
    session = inspector.session
    first, second = halves(session)
    session.selection.items.set([first, second])
    session.transport.set_time(RationalTime(5))
    press(cell_of(inspector, "opacity"))
    assert picture(session, first).opacity == 1.0
    assert isinstance(picture(session, second).opacity, Curve)
    session.transport.set_time(RationalTime(1))
    heard: list[str] = []
    session.noted.connect(heard.append)
    type_into(inspector, "opacity", "30")
    assert picture(session, first).opacity == 0.3
    assert heard == ["1 clip keeps its keyframes, for the playhead is not over it."]


def test_reverse_keeps_each_pace_and_speed_each_direction(inspector: InspectorPanel) -> None:
    from fractions import Fraction

    session = inspector.session
    first, second = halves(session)
    session.document.do(SetSpeed(session.sequence_id, (second,), Fraction(-2)))
    session.selection.items.set([first, second])
    form = form_with(inspector, "speed")
    assert field_of(inspector, "speed").text() == "–"
    form.changed.emit("speed", 50.0)
    form.editors["speed"].set_value(50.0)
    form.finished.emit()
    assert [picture(session, one).speed for one in (first, second)] == [Fraction(1, 2), Fraction(-1, 2)]


def test_resetting_a_section_is_one_step(inspector: InspectorPanel) -> None:
    from ui.inspect_values import ValueSection

    session = inspector.session
    type_into(inspector, "scale", "120")
    type_into(inspector, "opacity", "50")
    before = len(steps(session))
    section = next(one for one in inspector.page.findChildren(ValueSection) if "opacity" in one.fields)
    section.reset.emit()
    assert (scale_of(session), picture(session).opacity) == (100, 1.0)
    assert len(steps(session)) == before + 1


def test_keys_go_on_to_the_window_beside_a_cell(window: MainWindow) -> None:
    session = window.session
    session.selection.items.set(["picture"])
    QApplication.processEvents()
    panel = window.docks["inspector"].panel
    assert isinstance(panel, InspectorPanel)
    cell = cell_of(panel, "scale")
    cell.diamond.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(cell.diamond, Qt.Key.Key_Return)
    assert cell_of(panel, "scale").keys.here
    QTest.keyClick(cell.diamond, Qt.Key.Key_Space)
    assert session.transport.playing, "Space plays, it does not press the diamond"
    session.transport.pause()
