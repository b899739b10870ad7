"""Rows of what an operation changes: a heading, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui.widgets import label

_WIDEST_HEADING = 124
_UNCHANGED = "unchanged"
Rows = tuple[tuple[str, str], ...]


class ChangeRows(QWidget):
    """Made anew only where they differ."""

    def __init__(self, heading_width: int) -> None:
        super().__init__()
        self._least = heading_width
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.rows: Rows = ()

    def show_rows(self, rows: Rows) -> None:
        """Show these."""
        if rows == self.rows:
            return
        self.rows = rows
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        if rows:
            self._column.addWidget(self._made(rows))

    def _made(self, rows: Rows) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        metrics = holder.fontMetrics()
        widest = max(metrics.horizontalAdvance(heading) for heading, _ in rows) + 4
        grid.setColumnStretch(1, 1)
        for at, (heading, text) in enumerate(rows):
            name, value = label(heading, "secondary"), label(text, tabular=True)
            name.setWordWrap(True)
            name.setFixedWidth(min(max(self._least, widest), _WIDEST_HEADING))
            value.setWordWrap(True)
            grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, at, 1, Qt.AlignmentFlag.AlignTop)
        return holder


def once(rows: Iterable[tuple[str, str]]) -> Rows:
    """What several steps say alike is said once; `unchanged` only where no other step changes it."""
    found = tuple(dict.fromkeys(rows))
    changed = {heading for heading, text in found if text != _UNCHANGED}
    return tuple(one for one in found if one[1] != _UNCHANGED or one[0] not in changed)
