"""One chip below a description: a phrase and what it was taken for, or a word that changes nothing."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.qt import icons, tokens
from ui.qt.draw import MIDDLE_LEFT, line_of, outline, rounded

HEIGHT = 24
_PAD, _CROSS, _GAP = 8, 18, 6
_MOST_WORDS = 30


class PromptChip(QAbstractButton):
    """`words` from the prompt, `meaning` muted beside them. A press asks for the menu, the cross and Delete for removal.

    `unknown`: grey with a dashed edge; `fixed`: said elsewhere, so it cannot be changed here.
    """

    menu_asked = Signal()
    removal_asked = Signal()

    def __init__(
        self, words: str, meaning: str, *, negated: bool = False, unknown: bool = False, fixed: bool = False
    ) -> None:
        super().__init__()
        self.words = words if len(words) <= _MOST_WORDS else words[: _MOST_WORDS - 1].rstrip() + "…"
        self.meaning, self.negated, self.unknown, self.fixed = meaning, negated, unknown, fixed
        self._over_cross = False
        self.setFont(tokens.font("ui"))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a fixed one too: a screen reader says what it means
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(", ".join(part for part in (words, meaning) if part))
        self.clicked.connect(self._pressed)

    def sizeHint(self) -> QSize:
        """Words, meaning and cross on one line."""
        metrics = QFontMetricsF(self.font())
        width = 2 * _PAD + metrics.horizontalAdvance(self.words)
        if self.meaning:
            width += _GAP + QFontMetricsF(tokens.font("caption")).horizontalAdvance(self.meaning)
        width += 16 if self.negated else 0
        return QSize(
            ceil(width) + 2 + (0 if self.fixed else _CROSS - 4), HEIGHT
        )  # 2: letters are drawn on whole pixels

    def minimumSizeHint(self) -> QSize:
        """It may be cut to a few letters."""
        return QSize(48, HEIGHT)

    def _cross(self) -> QRectF:
        return QRectF(self.width() - _CROSS - 2, (self.height() - _CROSS) / 2, _CROSS, _CROSS)

    def _pressed(self) -> None:
        if not self.fixed:
            (self.removal_asked if self._over_cross else self.menu_asked).emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The cross lights up under the pointer."""
        over = not self.fixed and self._cross().contains(event.position())
        if over != self._over_cross:
            self._over_cross = over
            self.update()
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press may come without a move before it."""
        self._over_cross = not self.fixed and self._cross().contains(event.position())
        super().mousePressEvent(event)

    def leaveEvent(self, event: object) -> None:
        """The cross goes out."""
        self._over_cross = False
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the menu as Space does, Delete takes the wish out."""
        key = event.key()
        if self.fixed:
            event.ignore()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removal_asked.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Down):
            self._over_cross = False
            self.menu_asked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, icon of a denial, words, meaning, cross."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        self._paint_ground(painter, rect)
        x = rect.left() + _PAD
        if self.negated:
            icons.paint(painter, QRectF(x, rect.center().y() - 6, 12, 12), "ban", tokens.color("text.muted"))
            x += 16
        right = rect.right() - _PAD if self.fixed else self._cross().left() + 2
        painter.setFont(self.font())
        painter.setPen(tokens.color("text.muted" if self.unknown or self.fixed else "text.primary"))
        width = min(QFontMetricsF(self.font()).horizontalAdvance(self.words) + 1, right - x)
        line_of(painter, QRectF(x, rect.top(), width, rect.height()), self.words, MIDDLE_LEFT)
        if self.meaning and x + width + _GAP < right - 12:
            painter.setFont(tokens.font("caption"))
            painter.setPen(tokens.color("text.muted"))
            start = x + width + _GAP
            line_of(painter, QRectF(start, rect.top(), right - start, rect.height()), self.meaning, MIDDLE_LEFT)
        if not self.fixed:
            self._paint_cross(painter)
        painter.end()

    def _paint_ground(self, painter: QPainter, rect: QRectF) -> None:
        hovered = self.underMouse() and not self.fixed
        if self.unknown or self.fixed:
            if hovered:
                rounded(painter, rect, "surface.hover", 4)
            pen = QPen(tokens.color("border.default"), 1)
            pen.setStyle(Qt.PenStyle.DashLine if self.unknown else Qt.PenStyle.SolidLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        else:
            ground = "surface.pressed" if self.isDown() else "surface.hover" if hovered else "surface.control"
            rounded(painter, rect, ground, 4)
        if self.hasFocus():
            outline(painter, rect, "accent.default", 1, 4)

    def _paint_cross(self, painter: QPainter) -> None:
        cross = self._cross()
        if self._over_cross:
            rounded(painter, cross, "surface.pressed", 3)
        colour = tokens.color("text.primary" if self._over_cross else "text.muted")
        middle = cross.center()
        icons.paint(
            painter,
            QRectF(QPointF(middle.x() - 6, middle.y() - 6), QPointF(middle.x() + 6, middle.y() + 6)),
            "x",
            colour,
        )
