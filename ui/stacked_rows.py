"""Many rows below each other that come and go: each is measured when it changed, not all when one did."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

_MARGIN = 4


class StackedRows(QWidget):
    """Rows at their full width, each as high as it wants to be.

    A box layout measures and moves all its rows whenever one is shown: a hundred that arrive together hold the window up.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[QWidget, ...] = ()

    def set_rows(self, rows: Sequence[QWidget]) -> None:
        """Show these, in this order. Who takes a row out deletes it."""
        if self.rows == (rows := tuple(rows)):
            return
        self.rows = rows
        for one in rows:
            if one.parentWidget() is not self:
                one.setParent(self)
        self._arrange()
        for one in rows:
            if one.isHidden():
                one.show()

    def event(self, event: QEvent) -> bool:
        """A row wants another height."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrapped lines need another height at another width."""
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def _arrange(self) -> None:
        y, width = _MARGIN, self.width()
        for one in self.rows:
            one.ensurePolished()
            height = one.heightForWidth(width) if one.hasHeightForWidth() else one.sizeHint().height()
            one.setGeometry(0, y, width, height)
            y += height
        self.setMinimumHeight(y + _MARGIN)
