"""Puts the design on an application: Inter, the palette, the style and a small style sheet, all from the tokens."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

import resources
from ui.qt import icons, tokens
from ui.qt.style import StarcutStyle


def apply_theme(app: QApplication) -> None:
    """Dress the application. Call it once, before the first widget is made."""
    load_fonts()
    app.setStyle(StarcutStyle())
    app.setFont(tokens.font())
    app.setPalette(palette())
    app.setStyleSheet(style_sheet())
    app.setWindowIcon(icons.icon("mark", "accent.default", "accent.default"))
    app.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus, False)


@cache
def load_fonts() -> tuple[str, ...]:
    """Make the bundled fonts known to Qt; their family names."""
    families: list[str] = []
    for name in resources.names("fonts", ".ttf"):
        number = QFontDatabase.addApplicationFontFromData(resources.read_bytes(f"fonts/{name}"))
        families += QFontDatabase.applicationFontFamilies(number)
    return tuple(families)


def palette() -> QPalette:
    """The colour roles of `tokens.json`, section `qpalette`."""
    result = QPalette()
    for role, path in tokens.palette_roles().items():
        group, _, name = role.rpartition(".")
        colour = tokens.color(path.removeprefix("color."))
        colour_role = QPalette.ColorRole[name]
        if group:
            result.setColor(QPalette.ColorGroup[group], colour_role, colour)
        else:
            result.setColor(colour_role, colour)
    for role, path in tokens.palette_roles().items():
        group, _, name = role.rpartition(".")
        if group:
            result.setColor(
                QPalette.ColorGroup[group], QPalette.ColorRole[name], tokens.color(path.removeprefix("color."))
            )
    return result


_SHEET = """
QMainWindow {{ background: {surface_window}; }}
QMainWindow::separator {{ background: {surface_window}; width: 4px; height: 4px; }}
QToolTip {{ background: {surface_overlay}; color: {text_primary}; border: 1px solid {border_default}; padding: 4px 6px; }}
QMenuBar {{ background: transparent; border: none; }}
QMenuBar::item {{ padding: 6px 9px 7px 9px; margin: 0; border-radius: 4px; background: transparent; }}
QMenuBar::item:selected, QMenuBar::item:pressed {{ background: {surface_hover}; }}
QPushButton {{ background: {surface_control}; border: 1px solid {border_default}; border-radius: 4px; padding: 0 10px;
  min-height: 24px; }}
QPushButton:hover {{ background: {surface_hover}; }}
QPushButton:pressed {{ background: {surface_pressed}; }}
QPushButton:focus {{ border-color: {accent_default}; }}
QPushButton:disabled {{ color: {text_disabled}; border-color: {border_subtle}; }}
QPushButton[flat="true"] {{ background: transparent; border: 1px solid transparent; }}
QPushButton[flat="true"]:hover {{ background: {surface_hover}; }}
QPushButton[flat="true"]:focus {{ border-color: {accent_default}; }}
QPushButton[quiet="true"] {{ background: transparent; border: 1px solid transparent; padding: 0 24px 0 8px;
  text-align: left; color: {text_secondary}; }}
QPushButton[quiet="true"]:hover {{ background: {surface_hover}; color: {text_primary}; }}
QPushButton[quiet="true"]:focus {{ border-color: {accent_default}; }}
QPushButton::menu-indicator {{ image: none; width: 0; }}
QPushButton[primary="true"] {{ background: {accent_default}; color: {text_on_accent}; border: 1px solid {accent_default}; }}
QPushButton[primary="true"]:hover {{ background: {accent_hover}; }}
QPushButton[primary="true"]:pressed {{ background: {accent_pressed}; }}
QPushButton[primary="true"]:focus {{ border-color: {text_primary}; }}
QPushButton[primary="true"]:disabled {{ background: {surface_control}; color: {text_disabled}; border-color: {border_default}; }}
QPushButton[large="true"] {{ min-height: 30px; padding: 0 14px; }}
QPushButton[verb="true"] {{ min-height: 34px; }}
QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 0; }}
QToolButton:hover {{ background: {surface_hover}; }}
QToolButton:pressed {{ background: {surface_pressed}; }}
QToolButton:checked {{ background: {surface_selected}; }}
QToolButton:focus {{ border-color: {accent_default}; }}
QToolButton::menu-indicator {{ image: none; }}
QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox {{ background: {surface_inset}; border: 1px solid {border_default};
  border-radius: 4px; padding: 0 8px; selection-background-color: {accent_default};
  selection-color: {text_on_accent}; }}
QLineEdit, QAbstractSpinBox, QComboBox {{ min-height: 24px; }}
QLineEdit {{ padding: 0 6px; }}
QTextEdit, QPlainTextEdit {{ padding: 4px; }}
QLineEdit:hover, QTextEdit:hover, QPlainTextEdit:hover, QAbstractSpinBox:hover, QComboBox:hover {{ border-color: {border_strong}; }}
QLineEdit:focus, QTextEdit:focus, QPlainTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {{ border-color: {accent_default}; }}
QLineEdit:disabled, QComboBox:disabled {{ color: {text_disabled}; background: {surface_panel}; }}
QWidget[dense="true"] QComboBox, QWidget[dense="true"] QLineEdit {{ min-height: 20px; }}
QLineEdit[number="true"], QWidget[dense="true"] QLineEdit[number="true"] {{ padding: 0 6px 1px 6px; min-height: 19px; max-height: 19px; }}
QToolButton[fold="true"] {{ background: transparent; padding-right: 6px; }}
QLineEdit[large="true"], QComboBox[large="true"] {{ min-height: 30px; font-size: {body}px; }}
QDialog QCheckBox, QDialog QComboBox, QDialog QSpinBox, QDialog QLineEdit {{ font-size: {body}px; }}
QDialog QLineEdit[number="true"] {{ min-height: 23px; max-height: 23px; }}
QDialog QCheckBox {{ spacing: 8px; min-height: 22px; }}
QLineEdit[search="true"] {{ padding-left: 2px; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox::down-arrow {{ image: none; }}
QComboBox QScrollArea {{ border: none; }}
QAbstractItemView {{ background: {surface_overlay}; border: 1px solid {border_default}; outline: none; padding: 4px; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {border_default}; border-radius: 3px; }}
QScrollBar::handle:hover {{ background: {tab_line}; }}
QScrollBar::handle:vertical {{ margin: 2px; min-height: 24px; }}
QScrollBar::handle:horizontal {{ margin: 2px; min-width: 24px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QScrollArea {{ border: none; }}
QAbstractItemView {{ background: {surface_panel}; border: none; outline: none; }}
QHeaderView {{ background: {surface_raised}; padding: 0; }}
QHeaderView::section {{ background: {surface_raised}; border: none; padding: 4px 3px; color: {text_secondary}; }}
QStatusBar {{ background: {surface_window}; }}
QStatusBar::item {{ border: none; }}
QLabel[tone="secondary"] {{ color: {text_secondary}; }}
QLabel[tone="muted"] {{ color: {text_muted}; }}
QLabel[tone="failed"] {{ color: {state_failed}; }}
QLabel[tone="accent"] {{ color: {accent_default}; }}
"""


def style_sheet() -> str:
    """The style sheet, filled from the tokens."""
    groups = ("surface", "border", "text", "accent", "state")
    names = {
        f"{group}_{name}": tokens.hex_of(f"{group}.{name}")
        for group in groups
        for name in tokens.names_of(f"color.{group}")
    }
    return _SHEET.format(**names, tab_line=tokens.hex_of("border.tab"), body=tokens.value("font.size.body"))
