"""A few words become a storyboard: the text, how long, which shape, which style."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from studio_app.planning.naming import first_words
from studio_app.session.session import Session
from ui.qt import icons, tokens
from ui.qt.language import QT_TRANSLATE_NOOP, translated
from ui.widgets import push_button

SHAPES = {
    QT_TRANSLATE_NOOP("SentenceBox", "16:9, 24 fps"): (1920, 1080, Fraction(24)),
    QT_TRANSLATE_NOOP("SentenceBox", "16:9, 30 fps"): (1920, 1080, Fraction(30)),
    QT_TRANSLATE_NOOP("SentenceBox", "9:16, 30 fps"): (1080, 1920, Fraction(30)),
    QT_TRANSLATE_NOOP("SentenceBox", "1:1, 30 fps"): (1080, 1080, Fraction(30)),
}
STYLES = (
    QT_TRANSLATE_NOOP("SentenceBox", "Cinematic"),
    QT_TRANSLATE_NOOP("SentenceBox", "Documentary"),
    QT_TRANSLATE_NOOP("SentenceBox", "Minimalist"),
    QT_TRANSLATE_NOOP("SentenceBox", "Dreamlike"),
    QT_TRANSLATE_NOOP("SentenceBox", "Retro"),
)
LENGTHS = {
    QT_TRANSLATE_NOOP("SentenceBox", "About 15 s"): 15,
    QT_TRANSLATE_NOOP("SentenceBox", "About 20 s"): 20,
    QT_TRANSLATE_NOOP("SentenceBox", "About 30 s"): 30,
    QT_TRANSLATE_NOOP("SentenceBox", "About 1 min"): 60,
    QT_TRANSLATE_NOOP("SentenceBox", "About 2 min"): 120,
}


class SentenceBox(QFrame):
    """Emits `asked` when the user wants the storyboard."""

    asked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("sentence")
        self._frame(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        self.text = QPlainTextEdit()
        self.text.setPlaceholderText(
            self.tr("A lighthouse keeper watches the last ferry leave before a storm. One sentence for each shot.")
        )
        self.text.setFont(tokens.font("body"))
        self.text.setStyleSheet("QPlainTextEdit { border: none; background: transparent; padding: 0; }")
        self.text.setFixedHeight(60)
        self.text.setTabChangesFocus(True)
        self.text.installEventFilter(self)
        self.text.setAccessibleName(self.tr("What the film shows"))
        column.addWidget(self.text)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.length = Chip(LENGTHS, "About 30 s")
        self.shape = Chip(SHAPES, "16:9, 24 fps")
        self.style_chip = Chip(STYLES, "Cinematic")
        for chip in (self.length, self.shape, self.style_chip):
            row.addWidget(chip)
        row.addStretch(1)
        self.button = push_button(self.tr("Make a storyboard"), "clapperboard", primary=True, large=True)
        self.button.clicked.connect(self._ask)
        row.addWidget(self.button)
        column.addLayout(row)
        self.text.textChanged.connect(self._enable)
        self._enable()

    @property
    def words(self) -> str:
        """What was typed."""
        return self.text.toPlainText().strip()

    @property
    def seconds(self) -> int:
        """How long the whole shall be."""
        return LENGTHS[self.length.chosen]

    @property
    def wishes(self) -> dict[str, Any]:
        """Size, rate and style, as fields of a storyboard."""
        width, height, rate = SHAPES[self.shape.chosen]
        return {
            "width": width,
            "height": height,
            "rate": rate,
            "global_style": self.style_chip.chosen.lower(),
            "title": _title(self.words),
        }

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Enter sends; the frame turns accent while typing."""
        if watched is self.text and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._ask()
                return True
        if watched is self.text and isinstance(event, QFocusEvent):
            self._frame(event.gotFocus())
        return False

    def _ask(self) -> None:
        if self.words:
            self.asked.emit()

    def _enable(self) -> None:
        self.button.setEnabled(bool(self.words))

    def _frame(self, focused: bool) -> None:
        edge = tokens.hex_of("accent.default" if focused else "border.default")
        ground, corner = tokens.hex_of("surface.inset"), tokens.radius("control")
        self.setStyleSheet(
            f"QFrame#sentence {{ background: {ground}; border: 1px solid {edge}; border-radius: {corner}px; }}"
        )


def _title(text: str) -> str:
    """The first words of the first sentence."""
    return first_words(text.splitlines()[0].split(". ")[0]) or QCoreApplication.translate("SentenceBox", "Untitled")


class Chip(QPushButton):
    """A quiet choice: words and a chevron, a menu when pressed."""

    def __init__(self, choices: Iterable[str], chosen: str, parent: QWidget | None = None) -> None:
        super().__init__(translated("SentenceBox", chosen), parent)
        self.chosen = chosen
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setIcon(icons.icon("chevron-down"))
        self.setStyleSheet(
            f"QPushButton {{ background: transparent; padding: 0 8px; color: {tokens.hex_of('text.secondary')}; }}"
            f"QPushButton:hover {{ background: {tokens.hex_of('surface.hover')}; }}"
            "QPushButton::menu-indicator { image: none; width: 0; }"
        )
        menu = QMenu(self)
        for choice in choices:
            menu.addAction(translated("SentenceBox", choice), partial(self.choose, choice))
        self.clicked.connect(lambda: menu.popup(self.mapToGlobal(self.rect().bottomLeft())))

    def choose(self, choice: str) -> None:
        """Show one of the choices, by its English words."""
        self.chosen = choice
        self.setText(translated("SentenceBox", choice))
