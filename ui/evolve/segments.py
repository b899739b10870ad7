"""A few words side by side, of which one is chosen: `Wipe | Side by side | Difference`."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.qt import tokens
from ui.qt.draw import outline
from ui.qt.own_keys import OWN_KEYS

_PADDING = 12


class Segments(QWidget):
    """Emits `chosen` with the value a hand chose. Arrow keys move the choice; a value may be disabled, with its reason as tooltip."""

    chosen = Signal(str)

    def __init__(self, name: str, entries: Sequence[tuple[str, str]], *, wide: bool = False, height: int = 26) -> None:
        super().__init__()
        self._entries, self._wide = tuple(entries), wide
        self._at, self._hover = 0, -1
        self.setFont(tokens.font("ui"))
        self.setFixedHeight(height)
        self.setMouseTracking(True)
        self.setProperty(OWN_KEYS, "Left Right")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding if wide else QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._name = name
        self._tell()

    @property
    def value(self) -> str:
        """The chosen value."""
        return self._entries[self._at][1]

    def show_value(self, value: str) -> None:
        """Show another choice; emits nothing."""
        at = next((n for n, one in enumerate(self._entries) if one[1] == value), self._at)
        if at != self._at:
            self._at = at
            self._tell()
            self.update()

    def _tell(self) -> None:
        self.setAccessibleName(f"{self._name}: {self._entries[self._at][0]}")

    def sizeHint(self) -> QSize:
        """As wide as the words."""
        metrics = self.fontMetrics()
        width = sum(metrics.horizontalAdvance(one) + 2 * _PADDING for one, _ in self._entries)
        return QSize(width + 2, self.height())

    def minimumSizeHint(self) -> QSize:
        """Words are cut before it refuses to shrink."""
        return QSize(60 if self._wide else self.sizeHint().width(), self.height())

    def rects(self) -> list[QRectF]:
        """Where each word stands."""
        inner = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self._wide:
            each = inner.width() / len(self._entries)
            widths = [each] * len(self._entries)
        else:
            widths = [self.fontMetrics().horizontalAdvance(one) + 2.0 * _PADDING for one, _ in self._entries]
        rects, x = [], inner.left()
        for width in widths:
            rects.append(QRectF(x, inner.top(), width, inner.height()))
            x += width
        return rects

    def _place_at(self, event: QMouseEvent) -> int:
        return next((n for n, rect in enumerate(self.rects()) if rect.contains(event.position())), -1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the word under the pointer."""
        at = self._place_at(event)
        if at >= 0 and event.button() is Qt.MouseButton.LeftButton:
            self._choose(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the word under the pointer."""
        at = self._place_at(event)
        if at != self._hover:
            self._hover = at
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        self._hover = -1
        self.update()

    def event(self, event: QEvent) -> bool:
        """Left and right belong to it while it has the keys."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move the choice."""
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if by:
            self._choose(min(max(self._at + by, 0), len(self._entries) - 1))
        else:
            super().keyPressEvent(event)

    def _choose(self, at: int) -> None:
        if at != self._at:
            self._at = at
            self._tell()
            self.update()
            self.chosen.emit(self._entries[at][1])

    def paintEvent(self, event: QPaintEvent) -> None:
        """One frame, the chosen word on a lighter ground, hairlines between."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(whole, 4, 4)
        painter.setClipPath(shape)
        painter.fillRect(whole, tokens.color("surface.inset"))
        for number, ((text, _), rect) in enumerate(zip(self._entries, self.rects(), strict=True)):
            on = number == self._at
            if on or number == self._hover:
                painter.fillRect(rect, tokens.color("surface.control" if on else "surface.raised"))
            if number:
                painter.fillRect(QRectF(rect.left(), rect.top(), 1, rect.height()), tokens.color("border.default"))
            lit = self.isEnabled() and (on or number == self._hover)
            colour = "text.primary" if lit else "text.secondary" if self.isEnabled() else "text.disabled"
            painter.setPen(tokens.color(colour))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()) - 8)
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), shown)
        painter.setClipping(False)
        outline(painter, whole, "accent.default" if self.hasFocus() else "border.default", 1, 4)
        painter.end()
