from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QPalette, QStandardItemModel
from PySide6.QtWidgets import QMenu, QTreeView
from pytestqt.qtbot import QtBot

import resources
from ui.qt import theme, tokens

pytestmark = pytest.mark.qt

GROUNDS = ("window", "well", "inset", "lane", "panel", "raised", "overlay", "control", "hover", "selected")


def luminance(colour: QColor) -> float:
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", ["primary", "secondary", "muted"])
def test_text_that_must_be_read_has_a_contrast_of_4_5(ground: str, text: str) -> None:
    assert contrast(tokens.color(f"text.{text}"), tokens.color(f"surface.{ground}")) >= 4.5


@pytest.mark.parametrize("state", ["queued", "running", "landing", "ready", "failed", "slow"])
def test_states_can_be_read_on_cards_and_panels(state: str) -> None:
    for ground in ("panel", "raised", "overlay"):
        assert contrast(tokens.color(f"state.{state}"), tokens.color(f"surface.{ground}")) >= 4.5


def test_words_on_the_primary_button_can_be_read() -> None:
    for shade in ("default", "hover", "pressed"):
        assert contrast(tokens.color("text.on_accent"), tokens.color(f"accent.{shade}")) >= 4.5


def test_the_palette_takes_every_role_of_the_tokens() -> None:
    palette = theme.palette()
    for role, path in tokens.palette_roles().items():
        group, _, name = role.rpartition(".")
        colour_group = QPalette.ColorGroup[group] if group else QPalette.ColorGroup.Active
        assert palette.color(colour_group, QPalette.ColorRole[name]) == tokens.color(path.removeprefix("color."))


def test_the_style_sheet_has_no_empty_place_left() -> None:
    sheet = theme.style_sheet()
    assert "{surface" not in sheet
    assert "{{" not in sheet
    assert sheet.count("{") == sheet.count("}")


def test_the_bundled_font_is_the_one_that_is_used() -> None:
    assert tokens.FAMILY in theme.load_fonts()
    assert QFontInfo(tokens.font()).family() == tokens.FAMILY
    assert QFontInfo(tokens.font("heading")).pixelSize() == 15


def test_tabular_figures_have_one_width() -> None:
    metrics = QFontMetricsF(tokens.font("timecode", tabular=True))
    assert metrics.horizontalAdvance("11:11") == pytest.approx(metrics.horizontalAdvance("00:00"), abs=0.01)


def test_fonts_and_icons_carry_their_licences() -> None:
    assert "SIL OPEN FONT LICENSE" in resources.read_text("fonts/OFL.txt")
    assert "ISC License" in resources.read_text("icons/LUCIDE-LICENSE.txt")


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from 3.12 on")
def test_this_qt_does_not_steal_references_to_none() -> None:
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(500):
        thing.setObjectName("x")
    assert sys.getrefcount(None) - before > -100


def test_a_header_row_is_high_enough_for_its_words(qtbot: QtBot) -> None:
    table = QTreeView()
    qtbot.addWidget(table)
    model = QStandardItemModel(0, 2)
    model.setHorizontalHeaderLabels(["Name", "Date modified"])
    table.setModel(model)
    table.show()
    header = table.header()
    assert header.viewport().height() >= header.fontMetrics().height()


def test_keys_of_a_menu_stand_at_its_right_in_muted() -> None:
    menu = QMenu()
    menu.addAction("Cut").setShortcut("Ctrl+X")
    menu.addAction("Something with a longer name")
    menu.ensurePolished()
    menu.resize(menu.sizeHint())
    picture = menu.grab().toImage()
    wide, row = menu.width(), menu.actionGeometry(menu.actions()[0])
    bright = [x for x in range(wide) if any(picture.pixelColor(x, y).lightness() > 120 for y in range(4, row.bottom()))]
    words, keys = [x for x in bright if x < wide / 2], [x for x in bright if x > wide / 2]
    assert words
    assert keys
    assert min(keys) - max(words) > 60
    assert wide - max(keys) < 20
    ink = max(picture.pixelColor(x, y).lightness() for x in keys for y in range(4, row.bottom()))
    assert ink <= tokens.color("text.muted").lightness() + 2
