"""The header of one track: target, name, sync lock, lock, eye or mute, solo, gain; its lower edge changes the height."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton, QWidget

from ui.qt import icons
from ui.timeline_view import rubber
from ui.timeline_view.header_parts import CHIP_HEIGHT, CHIP_WIDTH, SMALL_CHIP_HEIGHT, GainField, NameField, TargetChip
from ui.timeline_view.layout import Row
from ui.timeline_view.look import colour
from ui.timeline_view.text import draw_line
from ui.widgets import tool_button

BUTTON: Final = 24
SMALL_BUTTON: Final = 20
LOW: Final = 54
"""Lower rows have name and buttons side by side, or in narrow columns small ones below each other."""
_LOWEST_TWO_LINES: Final = 40
_EDGE: Final = 5
"""So near to the lower edge the pointer takes it."""
_NAME_X: Final = 42
Change = Callable[[str, dict[str, Any]], None]


class TrackHeader(QWidget):
    """One track's header."""

    tall_wanted = Signal(str)
    height_wanted = Signal(str, int)
    target_wanted = Signal(str, bool)
    menu_wanted = Signal(str, QPoint)
    gain_ended = Signal()

    def __init__(self, parent: QWidget, row: Row, change: Change, width: int) -> None:
        super().__init__(parent)
        self._change = change
        self.row = row
        self._editor: NameField | None = None
        self._seen: tuple[object, ...] = ()
        self._grip: tuple[float, int] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.target = TargetChip(self)
        self.target.toggled_target.connect(lambda only: self.target_wanted.emit(self.row.track.id, only))
        self.sync = self._button(
            "link", self.tr("Sync lock: moves along when other tracks ripple"), "sync_lock", self.tr("Sync lock")
        )
        self.sync.setStyleSheet("QToolButton:checked:!hover { background: transparent; }")  # on is how a track is
        self.lock = self._button("lock-open", self.tr("Lock track"), "locked")
        self.mute = self._button(
            "volume-2" if row.is_audio else "eye",
            self.tr("Mute track") if row.is_audio else self.tr("Hide track"),
            "muted",
        )
        self.solo = self._button("headphones", self.tr("Solo track"), "solo")
        self.gain = GainField(self)
        self.gain.moved.connect(lambda db: self._change(self.row.track.id, {"volume": rubber.from_db(db)}))
        self.gain.finished.connect(self.gain_ended)
        self.show_row(row, width, targeted=False)

    def _button(self, icon: str, tip: str, field: str, name: str = "") -> QToolButton:
        button = tool_button(icon, tip, checkable=True, size=BUTTON)
        button.setParent(self)
        button.setProperty("says", name or tip)
        button.clicked.connect(lambda on: self._change(self.row.track.id, {field: bool(on)}))
        return button

    def show_row(self, row: Row, width: int, *, targeted: bool) -> None:
        """Show a track as it stands now."""
        track = row.track
        place = (row.label, row.y, row.height, width, targeted, track.name, track.kind)
        seen = (*place, track.locked, track.sync_lock, track.muted, track.solo, track.volume)
        if seen == self._seen:
            self.row = row
            return
        self._seen = seen
        self.row = row
        self.setGeometry(0, row.y, width, row.height)
        self.setAccessibleName(self.tr("Track {label} {name}").format(label=row.label, name=self.name))
        self.target.show_track(row.label, is_audio=row.is_audio, targeted=targeted)
        self._show_switches()
        self.gain.set_number(round(rubber.to_db(track.volume), 1))
        self.gain.setAccessibleName(self.tr("Gain of {label}").format(label=row.label))
        self.gain.setToolTip(self.tr("Gain of the track\nDrag or scroll to change it, double click for 0 dB"))
        self._arrange(width)
        self.update()

    def show_again(self) -> None:
        """An edit was refused: what the switches and the field say is not so."""
        targeted, self._seen = self.target.isChecked(), ()
        self.show_row(self.row, self.width(), targeted=targeted)

    def _show_switches(self) -> None:
        track, is_audio = self.row.track, self.row.is_audio
        eye = ("volume-2", "volume-x") if is_audio else ("eye", "eye-off")
        for button, on, rest, active in (
            (self.sync, track.sync_lock, "unlink-2", "link"),
            (self.lock, track.locked, "lock-open", "lock"),
            (self.mute, track.muted, *eye),
            (self.solo, track.solo, "headphones", "headphones"),
        ):
            button.setChecked(on)
            if button is self.sync:  # on is how a track is: only the one that is off looks otherwise
                button.setIcon(
                    icons.icon(active if on else rest, "text.secondary" if on else "border.strong", on="text.secondary")
                )
            else:
                button.setIcon(icons.icon(active if on else rest))
            button.setAccessibleName(f"{button.property('says')} {self.row.label}")

    def _arrange(self, width: int) -> None:
        """Name above the switches; side by side in low rows, and what has no room there is in the menu."""
        row = self.row
        narrow = width < 180
        two_lines = row.height >= (_LOWEST_TWO_LINES if narrow else LOW)
        small = narrow or not two_lines
        side = SMALL_BUTTON if small else BUTTON
        buttons = [self.sync, self.lock, self.mute] + ([self.solo] if row.is_audio else [])
        if not two_lines and narrow:
            buttons = [self.mute]
        for button in (self.sync, self.lock, self.mute, self.solo):
            button.setVisible(button in buttons)
            button.setFixedSize(side, side)
            button.setIconSize(QSize(14, 14) if small else QSize(16, 16))
        chip = SMALL_CHIP_HEIGHT if row.height < 46 else CHIP_HEIGHT
        self.target.setFixedSize(CHIP_WIDTH, chip)
        top = (row.height - 1 - (chip + side + 1)) // 2 if two_lines and row.height < 56 else 7
        self.target.move(8, max(1, top) if two_lines else (row.height - chip) // 2)
        y = min(self.target.y() + chip + (5 if row.height >= 66 else 1), row.height - side - 2)
        y = y if two_lines else (row.height - side) // 2
        x = 7 if two_lines else width - len(buttons) * side - 5
        for button in buttons:
            button.move(x, y)
            x += side
        self._name_room = (width if two_lines else width - len(buttons) * side) - _NAME_X - 8
        room = width - x - 8
        self.gain.setVisible(row.is_audio and two_lines and room >= 42)
        self.gain.set_unit(self.tr("dB") if room >= 52 else "")
        self.gain.setFixedSize(max(1, min(60, room)), 18)
        self.gain.move(width - self.gain.width() - 8, y + (side - 18) // 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground and name."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("surface.raised"))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), colour("border.subtle"))
        if self.hasFocus():
            painter.setPen(colour("accent.default"))
            painter.drawRect(self.rect().adjusted(0, 0, -2, -2))
        ink = colour("text.muted" if self.row.track.muted else "text.primary")
        middle = self.target.y() + self.target.height() / 2
        draw_line(painter, _NAME_X, middle, self.name, ink, width=self._name_room, size="ui", weight="medium")

    @property
    def name(self) -> str:
        """The track's name, or what it carries."""
        return self.row.track.name or self.row.track.kind.value.capitalize()

    # --- the hand ---------------------------------------------------------------------------------------------------

    def _on_edge(self, y: float) -> bool:
        return y >= self.height() - _EDGE

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The lower edge is taken; elsewhere the press goes on to the column."""
        if event.button() is Qt.MouseButton.LeftButton and self._on_edge(event.position().y()):
            self._grip = (event.globalPosition().y(), self.row.height)
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Another height, or the cursor that promises it."""
        if self._grip is not None:
            self.height_wanted.emit(
                self.row.track.id, round(self._grip[1] + event.globalPosition().y() - self._grip[0])
            )
            return
        over = self._on_edge(event.position().y())
        self.setCursor(Qt.CursorShape.SplitVCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The edge is let go."""
        self._grip = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On the name: edit it. On the edge: nothing. Elsewhere: tall, or back."""
        y = event.position().y()
        if self._on_edge(y):
            return
        if (
            abs(y - self.target.geometry().center().y()) <= 12
            and _NAME_X - 4 < event.position().x() < _NAME_X + self._name_room
        ):
            self.edit_name()
        else:
            self.tall_wanted.emit(self.row.track.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 or Enter renames; the menu key opens the menu of the track."""
        if event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit_name()
        elif event.key() == Qt.Key.Key_Menu:
            self.menu_wanted.emit(self.row.track.id, self.mapToGlobal(QPoint(_NAME_X, self.height() // 2)))
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of this track."""
        self.menu_wanted.emit(self.row.track.id, event.globalPos())

    def changeEvent(self, event: QEvent) -> None:
        """Another font or style is drawn at once."""
        super().changeEvent(event)
        self.update()

    def edit_name(self) -> None:
        """A field over the name; Enter keeps, Esc leaves."""
        if self._editor is None:
            self._editor = NameField(self, self._name_done)
        self._editor.setGeometry(_NAME_X - 4, self.target.y() - 2, self.width() - _NAME_X - 4, 24)
        self._editor.setText(self.row.track.name)
        self._editor.selectAll()
        self._editor.show()
        self._editor.raise_()
        self._editor.setFocus()

    def _name_done(self, text: str | None) -> None:
        if self._editor is not None:
            self._editor.hide()
        if text is not None and text.strip() != self.row.track.name:
            self._change(self.row.track.id, {"name": text.strip()})
