"""The list of formats and presets in the export dialog."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio_app.services.export_choices import ExportChoice
from ui.qt import icons, tokens
from ui.qt.draw import MIDDLE_LEFT, MIDDLE_RIGHT, line_of

Index = QModelIndex | QPersistentModelIndex
CHOICE = Qt.ItemDataRole.UserRole
_ROW, _HEAD = 30, 28


class ChoiceModel(QAbstractListModel):
    """Group headings and choices in one row of items."""

    def __init__(self, choices: tuple[ExportChoice, ...]) -> None:
        super().__init__()
        self._rows: list[str | ExportChoice] = []
        for choice in choices:
            if choice.group not in self._rows:
                self._rows.append(choice.group)
            self._rows.append(choice)
        self.first_row = next(place for place, one in enumerate(self._rows) if isinstance(one, ExportChoice))

    def rowCount(self, parent: Index | None = None) -> int:
        """Headings and choices."""
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The choice, or the heading's text."""
        one = self._rows[index.row()]
        if role == CHOICE:
            return one
        if role == Qt.ItemDataRole.DisplayRole:
            return one if isinstance(one, str) else one.label
        return one.description if role == Qt.ItemDataRole.ToolTipRole and isinstance(one, ExportChoice) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        if isinstance(self._rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class ChoiceDelegate(QStyledItemDelegate):
    """Draws a heading or a choice."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Headings stand a little lower than rows."""
        return QSize(200, _HEAD if isinstance(index.data(CHOICE), str) else _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Icon, name, suffix; the chosen one warm with an accent edge."""
        rect = QRectF(option.rect)
        state = option.state
        one = index.data(CHOICE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(one, str):
            painter.setFont(tokens.font("ui"))
            painter.setPen(tokens.color("text.muted"))
            painter.drawText(rect.adjusted(10, 6, 0, 0), MIDDLE_LEFT, one)
        elif isinstance(one, ExportChoice):
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            if chosen or state & QStyle.StateFlag.State_MouseOver:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(tokens.color("surface.selected" if chosen else "surface.hover"))
                painter.drawRoundedRect(rect, 4, 4)
            if chosen:
                painter.fillRect(
                    QRectF(rect.left(), rect.top() + 3, 2, rect.height() - 6), tokens.color("accent.default")
                )
            colour = tokens.color("text.primary" if chosen else "text.secondary")
            icons.paint(painter, QRectF(rect.left() + 10, rect.center().y() - 8, 16, 16), one.icon, colour)
            painter.setFont(tokens.font("body"))
            painter.setPen(tokens.color("text.primary"))
            line_of(painter, rect.adjusted(36, 0, -62, 0), one.label)
            painter.setFont(tokens.font("caption"))
            painter.setPen(tokens.color("text.muted"))
            painter.drawText(rect.adjusted(0, 0, -10, 0), MIDDLE_RIGHT, one.suffix.lstrip(".").upper())
        painter.restore()
