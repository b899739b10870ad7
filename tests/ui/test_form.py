from __future__ import annotations

import pytest
from pydantic import BaseModel
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from effects.params import ParamSpec, specs_of
from effects.registry import generators, transitions, video_effects
from ui import words
from ui.form.editors.choice import ChoiceEditor
from ui.form.editors.colour import ColourEditor
from ui.form.editors.number import NumberEditor, NumberField, soft_range
from ui.form.editors.text import LineEditor, MultilineEditor
from ui.form.editors.toggle import ToggleEditor
from ui.form.form import Form, editor_for

pytestmark = pytest.mark.qt

ALL: list[tuple[str, type[BaseModel]]] = [
    *video_effects().classes.items(),
    *transitions().classes.items(),
    *generators().classes.items(),
]
NUMBER = ParamSpec("scale", "float", "Scale", 100.0, 0, 400, "%")


@pytest.mark.parametrize(("name", "model"), ALL, ids=[name for name, _ in ALL])
def test_every_effect_has_a_form_that_gives_its_defaults_back(qtbot: QtBot, name: str, model: type[BaseModel]) -> None:
    form = Form(specs_of(model))
    qtbot.addWidget(form)
    values = form.values()
    assert set(values) == {spec.name for spec in specs_of(model) if spec.kind != "vector"}
    for spec in specs_of(model):
        if spec.kind in ("float", "int"):
            assert values[spec.name] == pytest.approx(spec.default)
        elif spec.name in values:
            assert values[spec.name] == spec.default
    model(**values)


def test_setting_values_tells_nobody(qtbot: QtBot) -> None:
    form = Form(
        [NUMBER, ParamSpec("on", "bool", "On", False), ParamSpec("kind", "choice", "Kind", "a", choices=("a", "b"))]
    )
    qtbot.addWidget(form)
    heard: list[object] = []
    form.changed.connect(lambda *args: heard.append(args))
    form.set_values({"scale": 50.0, "on": True, "kind": "b"})
    assert form.values() == {"scale": 50.0, "on": True, "kind": "b"}
    assert heard == []


def test_a_drag_on_a_number_scrubs_and_ends_as_one_step(qtbot: QtBot) -> None:
    form = Form([NUMBER])
    qtbot.addWidget(form)
    form.show()
    heard: list[float] = []
    ends: list[int] = []
    form.changed.connect(lambda _, value: heard.append(value))
    form.finished.connect(lambda: ends.append(1))
    editor = form.editors["scale"]
    assert isinstance(editor, NumberEditor)
    field, start = editor.field, QPoint(10, 10)
    QTest.mousePress(field, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 6):
        QTest.mouseMove(field, start + QPoint(4 * step, 0))
    QTest.mouseRelease(field, Qt.MouseButton.LeftButton, pos=start + QPoint(20, 0))
    assert heard[-1] == 110
    assert heard == sorted(heard)
    assert ends == [1]
    assert field.text() == "110.0 %"


def test_a_click_lets_one_type_and_enter_accepts(qtbot: QtBot) -> None:
    form = Form([NUMBER])
    qtbot.addWidget(form)
    form.show()
    editor = form.editors["scale"]
    assert isinstance(editor, NumberEditor)
    QTest.mouseClick(editor.field, Qt.MouseButton.LeftButton)
    editor.field.selectAll()
    QTest.keyClicks(editor.field, "72,5")
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    assert form.values()["scale"] == 72.5
    assert editor.field.isReadOnly()


@pytest.mark.parametrize("typed", ["abc", "10*3", "1 2", "", "--4", "5 apples"])
def test_what_is_no_number_changes_nothing(qtbot: QtBot, typed: str) -> None:
    field = NumberField(step=1, decimals=1, unit="px", low=None, high=None)
    qtbot.addWidget(field)
    field.set_number(7)
    heard: list[float] = []
    field.moved.connect(heard.append)
    for text, number in ((typed, 7.0), ("-2,5 px", -2.5)):
        QTest.mouseClick(field, Qt.MouseButton.LeftButton)
        field.setText(text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert field.number() == number
    assert heard == [-2.5]


def test_a_double_click_takes_the_whole_number_and_money_is_written_as_everywhere(qtbot: QtBot) -> None:
    field = NumberField(step=1, decimals=2, unit="$", low=0, high=None)
    qtbot.addWidget(field)
    field.show()
    assert field.text() == "$ 0.00"
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(field, Qt.MouseButton.LeftButton)
    QTest.keyClicks(field, "1.5")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert (field.number(), field.text()) == (1.5, "$ 1.50")
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    field.setText("$ 2,25")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.number() == 2.25


def test_escape_leaves_the_number_as_it_was(qtbot: QtBot) -> None:
    form = Form([NUMBER])
    qtbot.addWidget(form)
    form.show()
    editor = form.editors["scale"]
    assert isinstance(editor, NumberEditor)
    QTest.mouseClick(editor.field, Qt.MouseButton.LeftButton)
    QTest.keyClicks(editor.field, "7")
    QTest.keyClick(editor.field, Qt.Key.Key_Escape)
    assert form.values()["scale"] == 100


def test_numbers_stay_within_their_limits(qtbot: QtBot) -> None:
    form = Form([NUMBER])
    qtbot.addWidget(form)
    form.show()
    editor = form.editors["scale"]
    assert isinstance(editor, NumberEditor)
    QTest.mouseClick(editor.field, Qt.MouseButton.LeftButton)
    editor.field.setText("99999")
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    assert form.values()["scale"] == 400


def test_negative_numbers_are_shown_with_a_real_minus(qtbot: QtBot) -> None:
    form = Form([ParamSpec("x", "float", "X", 0.0, -100, 100, "px")])
    qtbot.addWidget(form)
    form.set_values({"x": -22.5})
    editor = form.editors["x"]
    assert isinstance(editor, NumberEditor)
    assert editor.field.text() == f"{words.MINUS}22.5 px"


def test_several_values_are_a_dash_until_one_is_set_for_all(qtbot: QtBot) -> None:
    specs = [
        NUMBER,
        ParamSpec("on", "bool", "On", False),
        ParamSpec("kind", "choice", "Kind", "a", choices=("a", "b")),
        ParamSpec("ink", "text", "Ink", "#ff0000", widget="colour"),
        ParamSpec("file", "text", "File", "a.png", widget="file"),
        ParamSpec("font", "text", "Font", "Inter", widget="font"),
        ParamSpec("line", "text", "Line", "x"),
        ParamSpec("text", "text", "Text", "x", widget="multiline"),
    ]
    form = Form(specs)
    qtbot.addWidget(form)
    form.show()
    form.set_values({}, [spec.name for spec in specs])
    heard: list[tuple[str, object]] = []
    form.changed.connect(lambda name, value: heard.append((name, value)))
    number, toggle, choice, ink = (form.editors[name] for name in ("scale", "on", "kind", "ink"))
    assert isinstance(number, NumberEditor)
    assert number.field.text() == "–"
    QTest.mouseClick(number.field, Qt.MouseButton.LeftButton)
    QTest.keyClick(number.field, Qt.Key.Key_Return)
    assert isinstance(toggle, ToggleEditor)
    assert toggle.box.checkState() is Qt.CheckState.PartiallyChecked
    toggle.box.click()
    assert isinstance(choice, ChoiceEditor)
    assert choice.box.currentIndex() == -1
    assert isinstance(ink, ColourEditor)
    assert ink.field.text() == ""
    ink.field.setText("#ff0000")
    ink.field.editingFinished.emit()
    assert heard == [("scale", 100.0), ("on", True), ("ink", "#ff0000")], (
        "the value of the last one can be given to all"
    )
    form.set_values({})
    assert number.field.text() == "100.0 %"
    assert not toggle.box.isTristate()


def test_the_slider_of_a_huge_range_reaches_what_hands_use() -> None:
    assert soft_range(ParamSpec("x", "float", "X", 0.0, -100_000, 100_000, "px")) == (-1000, 1000)
    assert soft_range(ParamSpec("r", "float", "R", 0.0, -36_000, 36_000, "°")) == (-180, 180)
    assert soft_range(ParamSpec("v", "float", "V", 0.0, 0, None)) is None


def test_a_kind_no_hand_edits_has_no_editor() -> None:
    assert editor_for(ParamSpec("v", "vector", "V", (0.0, 1.0))) is None


def test_a_tall_field_keeps_its_height_in_a_form_too_long_for_its_place(qtbot: QtBot) -> None:
    specs = [ParamSpec("text", "text", "Text", "A", widget="multiline")]
    specs += [ParamSpec(f"n{place}", "float", f"Number {place}", 0.0, 0, 1) for place in range(30)]
    form = Form(specs)
    place = QScrollArea()
    place.setWidgetResizable(True)
    place.setWidget(form)
    qtbot.addWidget(place)
    place.resize(300, 200)
    place.show()
    field = form.editors["text"]
    assert isinstance(field, MultilineEditor)
    row = field.parentWidget()
    assert row is not None
    assert row.height() >= field.field.height() > 26


def test_what_is_typed_stays_while_typing_and_is_then_shown_as_it_was_understood(qtbot: QtBot) -> None:
    form = Form([ParamSpec("tags", "text", "Tags", "")])
    qtbot.addWidget(form)

    def understand(_: str, text: object) -> None:
        form.set_values({"tags": ", ".join(one for part in str(text).split(",") if (one := part.strip()))})

    form.changed.connect(understand)
    editor = form.editors["tags"]
    assert isinstance(editor, LineEditor)
    QTest.keyClicks(editor.field, " rain, snow, ")
    form.set_values({"tags": "rain, snow"})  # somebody else had the form filled anew
    assert editor.field.text() == " rain, snow, "
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    assert editor.field.text() == "rain, snow"
    form.set_values({"tags": "fog"})
    assert editor.field.text() == "fog"


def test_a_value_left_to_others_is_told_in_words(qtbot: QtBot) -> None:
    specs = (
        ParamSpec("bpm", "float", "Beats", 0.0, 0, 240, "bpm", unset="Auto"),
        ParamSpec("genre", "choice", "Genre", "none", choices=("none", "techno"), unset="By mood"),
        ParamSpec("font", "text", "Sound font", "", widget="file", unset="Built-in"),
    )
    form = Form(specs)
    qtbot.addWidget(form)
    assert form.editors["bpm"].field.text() == "Auto"  # type: ignore[attr-defined]
    assert form.editors["genre"].box.currentText() == "By mood"  # type: ignore[attr-defined]
    assert form.editors["font"].field.placeholderText() == "Built-in"  # type: ignore[attr-defined]
    form.set_values({"bpm": 96.0})
    assert form.editors["bpm"].field.text() == "96.0 bpm"  # type: ignore[attr-defined]


def test_in_a_narrow_panel_the_slider_gives_way_to_the_number_and_its_keyframes(qtbot: QtBot) -> None:
    form = Form([NUMBER], keyed=True)
    qtbot.addWidget(form)
    form.resize(228, 60)
    form.show()
    editor = form.editors["scale"]
    assert isinstance(editor, NumberEditor)
    assert editor.slider is not None
    assert not editor.slider.isVisible()
    assert form.cells["scale"].mapTo(form, QPoint(40, 0)).x() <= form.width()
    form.resize(352, 60)
    assert editor.slider.isVisible()
