"""A field over the ruler to name a marker."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from studio_app.session.session import Session
from timeline.commands.edit_marker import EditMarker
from ui.qt import tokens
from ui.timeline_view.scale import Scale


class MarkerEditor(QLineEdit):
    """Shown over a flag; Enter or leaving keeps the name, Esc does not."""

    def __init__(self, ruler: QWidget, session: Session) -> None:
        super().__init__(ruler.window())
        self._ruler, self._session = ruler, session
        self._marker_id = ""
        self.setFont(tokens.font("ui"))
        self.setFixedSize(200, 26)
        self.setPlaceholderText("Name of the marker")
        self.setAccessibleName("Name of the marker")
        self.editingFinished.connect(self._keep)
        self.hide()

    def open(self, marker_id: str, scale: Scale) -> None:
        """Edit the name of a marker of the active sequence."""
        marker = next((one for one in self._session.sequence.markers if one.id == marker_id), None)
        if marker is None:
            return
        window = self._ruler.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self._marker_id = marker_id
        x = min(max(0, round(scale.x_of(marker.time))), self._ruler.width() - self.width())
        self.move(self._ruler.mapTo(window, QPoint(x, 2)))
        self.setText(marker.name)
        self.selectAll()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self) -> None:
        if not self._marker_id:
            return
        marker_id, self._marker_id = self._marker_id, ""
        self.hide()
        marker = next((one for one in self._session.sequence.markers if one.id == marker_id), None)
        if marker is not None and marker.name != self.text().strip():
            change = {"name": self.text().strip()}
            self._session.document.do(EditMarker(self._session.sequence_id, marker_id, change))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the name as it was."""
        if event.key() == Qt.Key.Key_Escape:
            self._marker_id = ""
            self.hide()
        else:
            super().keyPressEvent(event)
