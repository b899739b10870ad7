"""The column of track headers: label, name, lock, eye or mute, solo, gain. Double click on the empty part makes a track tall."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from ui.qt import icons
from ui.timeline_view.layout import DIVIDER, Layout, Row
from ui.timeline_view.look import colour
from ui.timeline_view.text import draw_line, width_of
from ui.widgets import tool_button
from ui.words import decibels, signed

WIDTH: Final = 196
COMPACT_WIDTH: Final = 140
BUTTON: Final = 24
LOW: Final = 54
"""Lower rows have name and buttons side by side."""
_CHIP: Final = QRectF(8, 8, 26, 20)
Change = Callable[[str, dict[str, Any]], None]


class TrackHeader(QWidget):
    """One track's header."""

    tall_wanted = Signal(str)

    def __init__(self, parent: QWidget, row: Row, change: Change, width: int) -> None:
        super().__init__(parent)
        self._change = change
        self.row = row
        self._editor: QLineEdit | None = None
        self._seen: tuple[object, ...] = ()
        self.lock = self._button("lock-open", "Lock track", "locked")
        self.mute = self._button(
            "volume-2" if row.is_audio else "eye", "Mute track" if row.is_audio else "Hide track", "muted"
        )
        self.solo = self._button("headphones", "Solo track", "solo")
        self.show_row(row, width)

    def _button(self, icon: str, tip: str, field: str) -> QToolButton:
        button = tool_button(icon, tip, checkable=True, size=BUTTON)
        button.setParent(self)
        button.clicked.connect(lambda on: self._change(self.row.track.id, {field: bool(on)}))
        return button

    def show_row(self, row: Row, width: int) -> None:
        """Show a track as it stands now."""
        track = row.track
        place = (row.label, row.y, row.height, width)
        seen = (*place, track.name, track.locked, track.muted, track.solo, track.volume, track.kind)
        if seen == self._seen:
            self.row = row
            return
        self._seen = seen
        self.row = row
        self.setGeometry(0, row.y, width, row.height)
        self.setAccessibleName(f"Track {row.label} {track.name}")
        self.solo.setVisible(row.is_audio and (row.height >= LOW or width > COMPACT_WIDTH))
        y = row.height - BUTTON - 5 if row.height >= LOW else (row.height - BUTTON) // 2
        x = 7 if row.height >= LOW else width - self._buttons * BUTTON - 4
        for button, on, off_icon, on_icon in (
            (self.lock, track.locked, "lock-open", "lock"),
            (
                self.mute,
                track.muted,
                "volume-2" if row.is_audio else "eye",
                "volume-x" if row.is_audio else "eye-off",
            ),
            (self.solo, track.solo, "headphones", "headphones"),
        ):
            button.setChecked(on)
            button.setIcon(icons.icon(on_icon if on else off_icon))
            button.setAccessibleName(f"{button.toolTip()} {row.label}")
            button.move(x, y)
            x += BUTTON
        self.update()

    @property
    def _buttons(self) -> int:
        return 2 if self.solo.isHidden() else 3

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, chip, name, gain."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("surface.raised"))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), colour("border.subtle"))
        low = self.row.height < LOW
        chip = _CHIP.translated(0, self.row.height / 2 - 18) if low else _CHIP
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(Qt.PenStyle.NoPen)
        lowest = self.row.label in ("V1", "A1")
        kind = "clip.audio" if self.row.is_audio else "clip.video"
        painter.setBrush(colour(kind if lowest else "surface.control"))
        painter.drawRoundedRect(chip, 3, 3)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        label_x = chip.left() + (chip.width() - width_of(self.row.label)) / 2
        draw_line(
            painter, label_x, chip.center().y(), self.row.label, colour("text.on_clip" if lowest else "text.secondary")
        )
        room = self.width() - 50 - (self._buttons * BUTTON if low else 0)
        ink = colour("text.muted" if self.row.track.muted else "text.primary")
        draw_line(painter, 42, chip.center().y(), self.name, ink, width=room, size="ui", weight="medium")
        if self.row.is_audio and not low:
            text = f"{signed(decibels(self.row.track.volume))} dB"
            at = self.width() - 10 - width_of(text, tabular=True)
            draw_line(painter, at, self.height() - 17, text, colour("text.muted"), tabular=True)

    @property
    def name(self) -> str:
        """The track's name, or what it carries."""
        return self.row.track.name or self.row.track.kind.value.capitalize()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On the name: edit it. Elsewhere: tall, or back."""
        if event.position().y() < 32 and event.position().x() > 38:
            self.edit_name()
        else:
            self.tall_wanted.emit(self.row.track.id)

    def edit_name(self) -> None:
        """A field over the name; Enter keeps, Esc leaves."""
        if self._editor is None:
            self._editor = _NameField(self, self._name_done)
        self._editor.setGeometry(38, 6, self.width() - 46, 24)
        self._editor.setText(self.row.track.name)
        self._editor.selectAll()
        self._editor.show()
        self._editor.setFocus()

    def _name_done(self, text: str | None) -> None:
        if self._editor is not None:
            self._editor.hide()
        if text is not None and text.strip() != self.row.track.name:
            self._change(self.row.track.id, {"name": text.strip()})


class _NameField(QLineEdit):
    """A line that says once what was entered: the text, or None for Esc."""

    def __init__(self, parent: QWidget, done: Callable[[str | None], None]) -> None:
        super().__init__(parent)
        self._done = done
        self.setAccessibleName("Track name")
        self.editingFinished.connect(self._finish)

    def _finish(self) -> None:
        if self.isVisible():
            self._done(self.text())

    def keyPressEvent(self, event: Any) -> None:
        """Esc leaves the name as it was."""
        if event.key() == Qt.Key.Key_Escape:
            self._done(None)
        else:
            super().keyPressEvent(event)


class TrackHeaders(QWidget):
    """All headers, scrolled with the rows beside them."""

    tall_toggled = Signal(str)
    menu_wanted = Signal(str, object)
    wheeled = Signal(QWheelEvent)

    def __init__(self, parent: QWidget, change: Change) -> None:
        super().__init__(parent)
        self._change = change
        self._inner = QWidget(self)
        self._headers: dict[str, TrackHeader] = {}
        self._divider_y = 0
        self._scroll_y = 0
        self.setFixedWidth(WIDTH)
        self.setAccessibleName("Tracks")

    def set_width(self, width: int) -> None:
        """The normal or the compact column."""
        self.setFixedWidth(width)

    def show_layout(self, layout: Layout) -> None:
        """Show these rows; a header stays the same widget while its track exists."""
        place = QRect(0, -self._scroll_y, self.width(), max(layout.height, 1))
        divider_y = layout.divider_y if layout.rows else 0
        if place != self._inner.geometry() or divider_y != self._divider_y:
            self._divider_y = divider_y
            self._inner.setGeometry(place)
            self.update()
        there = {row.track.id for row in layout.rows}
        for track_id in [one for one in self._headers if one not in there]:
            self._headers.pop(track_id).deleteLater()
        for row in layout.rows:
            header = self._headers.get(row.track.id)
            if header is None:
                header = self._headers[row.track.id] = TrackHeader(self._inner, row, self._change, self.width())
                header.tall_wanted.connect(self.tall_toggled)
                header.show()
            else:
                header.show_row(row, self.width())

    def header(self, track_id: str) -> TrackHeader | None:
        """The header of a track."""
        return self._headers.get(track_id)

    def scroll_to(self, y: int) -> None:
        """Follow the rows."""
        self._scroll_y = y
        self._inner.move(0, -y)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground below the last header, and the divider."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("surface.lane_alt"))
        painter.fillRect(QRectF(self.width() - 1, 0, 1, self.height()), colour("border.subtle"))
        if self._headers:
            painter.fillRect(
                QRectF(0, self._divider_y - self._scroll_y, self.width(), DIVIDER), colour("surface.window")
            )

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls the tracks."""
        self.wheeled.emit(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the header under the pointer."""
        y = event.pos().y() + self._scroll_y
        for track_id, header in self._headers.items():
            if header.row.y <= y < header.row.bottom:
                self.menu_wanted.emit(track_id, event.globalPos())
                return
        self.menu_wanted.emit("", event.globalPos())
