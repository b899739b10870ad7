"""The popover of a marker: name, note, colour, length. Of sequences and of clips."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from studio_app.session.session import Session
from timeline.commands.edit_marker import EditMarker
from timeline.commands.remove_marker import RemoveMarker
from timeline.items import Clip, Marker
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime
from timeline.timecode import format_timecode
from timeline.typed_time import typed_time
from ui.marker_swatches import Swatches
from ui.panel import panel_of
from ui.qt import tokens
from ui.qt.draw import overlay_ground
from ui.widgets import label, push_button, row

_WIDTH = 304
_MARGIN = 12


def find_marker(sequence: Sequence, marker_id: str) -> tuple[Marker, Clip | None] | None:
    """A marker of a sequence, or of one of its clips, with that clip."""
    for marker in sequence.markers:
        if marker.id == marker_id:
            return marker, None
    for track in sequence.tracks:
        for item in track.items:
            if isinstance(item, Clip):
                for marker in item.markers:
                    if marker.id == marker_id:
                        return marker, item
    return None


class MarkerEditor(QWidget):
    """Opens over the timeline; Enter or leaving it keeps what was changed as one step, Esc does not."""

    def __init__(self, owner: QWidget, session: Session) -> None:
        super().__init__(owner.window())
        self._owner, self._session = owner, session
        self._marker: Marker | None = None
        self.setAccessibleName(self.tr("Marker"))
        self.setFixedWidth(_WIDTH)
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("Name of the marker"))
        self.name.setAccessibleName(self.tr("Name"))
        self.name.returnPressed.connect(self.keep)
        self.note = QPlainTextEdit()
        self.note.setPlaceholderText(self.tr("Note"))
        self.note.setAccessibleName(self.tr("Note"))
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(56)
        self.colours = Swatches()
        self.length = QLineEdit()
        self.length.setAccessibleName(self.tr("Length"))
        self.length.setToolTip(self.tr("Digits fill from the right: 212 is 2 seconds and 12 frames; empty is a point"))
        self.length.setFont(tokens.font("ui", tabular=True))
        self.length.returnPressed.connect(self.keep)
        self.length.textEdited.connect(lambda: self._mark_length(wrong=False))
        self._lay_out()
        self.setFocusProxy(self.name)
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        for place, (text, field) in enumerate(
            (
                (self.tr("Name"), self.name),
                (self.tr("Note"), self.note),
                (self.tr("Colour"), self.colours),
                (self.tr("Length"), self.length),
            )
        ):
            says = label(text, "secondary")
            top = Qt.AlignmentFlag.AlignTop if field is self.note else Qt.AlignmentFlag.AlignVCenter
            grid.addWidget(says, place, 0, top)
            grid.addWidget(field, place, 1)
        delete, done = push_button(self.tr("Delete marker"), flat=True), push_button(self.tr("Done"), primary=True)
        delete.clicked.connect(self.remove)
        done.clicked.connect(self.keep)
        grid.addWidget(row(delete, 1, done), 4, 0, 1, 2)

    def open(self, marker_id: str, place: QPoint) -> None:
        """Edit a marker of the active sequence or of a clip in it; `place` (of the owner) is where its flag stands."""
        found = find_marker(self._session.sequence, marker_id)
        if found is None:
            return
        window = self._owner.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self._marker = found[0]
        self.name.setText(found[0].name)
        self.note.setPlainText(found[0].note)
        self.colours.set_name(found[0].colour)
        sequence = self._session.sequence
        length = found[0].duration
        self.length.setText(format_timecode(length, sequence.rate) if length else "")
        self._mark_length(wrong=False)
        self.adjustSize()
        at = self._owner.mapTo(window, place) + QPoint(-24, 8)
        x = min(max(8, at.x()), window.width() - self.width() - 8)
        y = min(max(8, at.y()), window.height() - self.height() - 8)
        self.move(x, y)
        self.show()
        self.raise_()
        self.name.selectAll()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Take over what was changed, as one step, and close. A length that cannot be read stays open, in red."""
        marker = self._marker
        if marker is None:
            return
        length = self._typed_length()
        if length is None:
            self._mark_length(wrong=True)
            self.length.setFocus()
            return
        changes: dict[str, Any] = {
            "name": self.name.text().strip(),
            "note": self.note.toPlainText().strip(),
            "colour": self.colours.name,
            "duration": length,
        }
        known = marker.colour if marker.colour in self.colours.buttons else "default"
        before = {"name": marker.name, "note": marker.note, "colour": known, "duration": marker.duration}
        changes = {field: value for field, value in changes.items() if value != before[field]}
        self._close()
        if changes:
            self._session.document.do_alone(EditMarker(self._session.sequence_id, marker.id, changes))

    def remove(self) -> None:
        """Take the marker away."""
        marker = self._marker
        self._close()
        if marker is not None:
            self._session.document.do(RemoveMarker(self._session.sequence_id, marker.id))

    def _typed_length(self) -> RationalTime | None:
        text, rate = self.length.text().strip(), self._session.sequence.rate
        if not text:
            return ZERO
        try:
            typed = typed_time(text, rate)
        except ValueError:
            return None
        length = typed.time + (self._marker.duration if typed.relative and self._marker is not None else ZERO)
        return length if length >= ZERO else None

    def _mark_length(self, *, wrong: bool) -> None:
        self.length.setStyleSheet(f"border-color: {tokens.hex_of('state.failed')};" if wrong else "")

    def _close(self) -> None:
        self._marker = None
        had_keys = self.isAncestorOf(QApplication.focusWidget() or self._owner)
        self.hide()
        if had_keys:
            (panel_of(self._owner) or self._owner).setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_moved(self, old: QObject | None, new: QObject | None) -> None:
        """Leaving keeps."""
        if self._marker is not None and isinstance(new, QWidget) and new is not self and not self.isAncestorOf(new):
            if self._typed_length() is None:
                self.length.setText("")
                self._close()
            else:
                self.keep()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the marker as it was; Enter keeps."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.keep()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Clicks beside the fields stay here and do not reach the timeline below."""
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.Wheel):
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A card over everything."""
        overlay_ground(self)
