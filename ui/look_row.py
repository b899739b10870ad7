"""A look in a list: its colours, its name, how often it was found, what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QVBoxLayout, QWidget

from studio_app.session.learnt import BLENDS, Entry
from ui.qt import tokens
from ui.qt.language import FORM, QT_TRANSLATE_NOOP, translated
from ui.qt.menu import pop_up
from ui.widgets import ElidedLabel, hairline, row, tool_button
from ui.words import title_case

_SWATCH = QSize(84, 26)
_MOST_PARTNERS = 16
PACES = {
    "still": QT_TRANSLATE_NOOP("LookRow", "Still"),
    "slow": QT_TRANSLATE_NOOP("LookRow", "Slow"),
    "moving": QT_TRANSLATE_NOOP("LookRow", "Moving"),
    "fast": QT_TRANSLATE_NOOP("LookRow", "Fast"),
}


class Swatch(QWidget):
    """The colours of a look side by side, dark to light."""

    def __init__(self, colours: Sequence[str]) -> None:
        super().__init__()
        self._colours = [QColor(one) for one in colours]
        self.setFixedSize(_SWATCH)
        self.setAccessibleName(self.tr("Colours"))
        self.setAccessibleDescription(", ".join(colours))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Stripes within one rounded frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        frame = QPainterPath()
        frame.addRoundedRect(place, 4, 4)
        painter.setClipPath(frame)
        wide = self.width() / max(1, len(self._colours))
        for number, colour in enumerate(self._colours):
            painter.fillRect(QRectF(number * wide, 0, wide + 1, self.height()), colour)
        painter.setClipping(False)
        painter.setPen(tokens.color("border.default"))
        painter.drawPath(frame)
        painter.end()


class LookRow(QWidget):
    """Emits `used`, `forgotten` and `blended` (with the other look and the way); does nothing itself."""

    used = Signal(object)
    forgotten = Signal(object)
    blended = Signal(object, object, str)

    def __init__(self, entry: Entry, others: Sequence[Entry]) -> None:
        super().__init__()
        self.entry = entry
        self._others = [one for one in others if one.key != entry.key][:_MOST_PARTNERS]
        name = ElidedLabel(entry.name, size="body")
        self.fact = ElidedLabel(self._told(), "muted", "caption")
        words = QWidget()
        lines = QVBoxLayout(words)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(name)
        lines.addWidget(self.fact)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.use = tool_button("plus", self.tr("Use for the chosen shot"))
        self.use.clicked.connect(lambda: self.used.emit(entry))
        self.blend = tool_button("blend", self.tr("Blend with another look"))
        self.blend.setEnabled(bool(self._others))
        self.blend.clicked.connect(self._open)
        self.forget = tool_button("trash-2", self.tr("Forget this look"))
        self.forget.clicked.connect(lambda: self.forgotten.emit(entry))
        line = row(Swatch(entry.look.colours), words, self.use, self.blend, self.forget, margins=(0, 5, 0, 5))
        layout = line.layout()
        if layout is not None:
            layout.setStretchFactor(words, 1)  # type: ignore[attr-defined]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(line)
        column.addWidget(hairline())
        found = self.tr("Found with:")
        self.setToolTip("\n".join([found, *(f"  {one}" for one in entry.sources)]))
        self.setAccessibleName(entry.name)

    def _told(self) -> str:
        pace = translated("LookRow", PACES[self.entry.look.pace])
        parts = ", ".join(f"{title_case(name)} {share} %" for name, share in list(self.entry.colours.items())[:2])
        times = self.tr("found {count} times").format(count=self.entry.count) if self.entry.count > 1 else ""
        return "   ".join(one for one in (pace, parts, times) if one)

    def menu(self) -> QMenu:
        """With whom, and how."""
        menu = QMenu(self)
        for other in self._others:
            ways = menu.addMenu(self.tr("With {name}").format(name=other.name))
            for mode in BLENDS:
                ways.addAction(translated(FORM, title_case(mode)), self._blender(other, mode))
        return menu

    def _blender(self, other: Entry, mode: str) -> Callable[[], None]:
        return lambda: self.blended.emit(self.entry, other, mode)

    def _open(self) -> None:
        pop_up(self.menu(), self.blend.mapToGlobal(QPoint(0, self.blend.height() + 2)))
