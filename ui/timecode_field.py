"""Where a playhead is, as timecode or frames; a click, Ctrl+J or a digit of the numeric keypad opens it for typing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QSizePolicy, QWidget
from shiboken6 import isValid

from ui.qt import tokens
from ui.qt.language import QT_TRANSLATE_NOOP, translated
from ui.qt.menu import pop_up
from ui.shortcuts import WRONG

Judge = Callable[[str], str]
"""What is wrong with a text, as a sentence; empty when it can be used."""
HINT = QT_TRANSLATE_NOOP(
    "TimecodeField",
    "1234 is 12 seconds and 34 frames, a period two zeros, + or − relative. Enter accepts, Esc cancels.",
)


class TimecodeField(QWidget):
    """Shows a text; opened, it takes another one. A label would have the whole window laid out anew for each frame."""

    entered = Signal(str)
    """What was typed and is good."""
    said = Signal(str)
    """A sentence for the status line while typing; empty when that is over."""
    frames_wanted = Signal(bool)
    """Show a count of frames from now on, or timecode."""

    def __init__(self, judge: Judge = lambda _: "", *, tone: str = "accent.default", size: str = "timecode") -> None:
        super().__init__()
        self._text, self._tone, self._judge = "", tone, judge
        self.shows_frames = False
        self.setFont(tokens.font(size, tabular=True))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Timecode of the playhead"))
        self.setToolTip(self.tr("Timecode (Ctrl+J or digits of the numeric keypad). Ctrl+click counts frames."))
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self._edit: QLineEdit | None = None
        self._before: QWidget | None = None

    # --- showing ------------------------------------------------------------------------------------------------------

    def text(self) -> str:
        """What it shows."""
        return self._text

    def setText(self, text: str) -> None:
        """Show another place."""
        if text != self._text:
            wider = len(text) != len(self._text)
            self._text = text
            self.setAccessibleDescription(text)
            if wider:
                self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as zeros in its place: all digits are. Never narrower than a timecode, so that typing has room."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance("0" * max(len(self._text), 11)) + 2, metrics.height() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text."""
        if not self.is_open:
            painter = QPainter(self)
            painter.setPen(tokens.color(self._tone))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self._text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Type, or with Ctrl count frames."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.frames_wanted.emit(not self.shows_frames)
        else:
            self.open()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Timecode or frames."""
        menu = QMenu(self)
        timecode, frames = menu.addAction(self.tr("Timecode")), menu.addAction(self.tr("Frames"))
        for action, counted in ((timecode, False), (frames, True)):
            action.setCheckable(True)
            action.setChecked(counted is self.shows_frames)
        chosen = pop_up(menu, event.globalPos())
        if chosen is not None:
            self.frames_wanted.emit(chosen is frames)

    # --- typing -------------------------------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether it is being typed into."""
        return self._edit is not None and not self._edit.isHidden()

    @property
    def edit(self) -> QLineEdit:
        """The field that is typed into."""
        if self._edit is None:
            self._edit = QLineEdit(self)
            self._edit.setFrame(False)
            self._edit.setFont(self.font())
            self._edit.setAccessibleName(self.tr("Timecode entry"))
            self._edit.setMaxLength(20)
            self._edit.hide()
            self._edit.textEdited.connect(self._check)
            self._edit.installEventFilter(self)
        return self._edit

    def open(self, first: str = "") -> None:
        """Begin to type, with `first` typed already; without it the place is selected, to be typed over."""
        edit = self.edit
        if not self.is_open:
            self._before = QApplication.focusWidget()
        edit.setGeometry(self.rect())
        edit.setText(first or self._text)
        edit.show()
        edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if first:
            edit.deselect()
            edit.setCursorPosition(len(first))
        else:
            edit.selectAll()
        self._check(edit.text())
        self.update()

    def accept(self) -> bool:
        """Use what was typed; False, and all stays as it is, when it is wrong."""
        text = self.edit.text()
        if text == self._text:
            self.close_entry()
            return True
        if self._check(text):
            return False
        self.close_entry()
        self.entered.emit(text)
        return True

    def close_entry(self) -> None:
        """Type no longer; the keys go back to who had them."""
        if not self.is_open:
            return
        had, before = self.edit.hasFocus(), self._before
        self._before = None
        self.edit.hide()
        if had and before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.said.emit("")
        self.update()

    def _check(self, text: str) -> str:
        """Red where it is wrong, with the reason in the status line."""
        wrong = self._judge(text) if text != self._text else ""
        colour = tokens.hex_of("state.failed" if wrong else self._tone)
        ground = tokens.hex_of("state.failed_fill" if wrong else "surface.inset")
        self.edit.setStyleSheet(f"QLineEdit {{ color: {colour}; background: {ground}; border: none; padding: 0; }}")
        self.edit.setProperty(WRONG, bool(wrong))
        self.said.emit(wrong or translated("TimecodeField", HINT))
        return wrong

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter, Esc, and the keys going elsewhere."""
        if watched is not self._edit:
            return False
        if event.type() is QEvent.Type.FocusOut:
            self.close_entry()
        elif event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.accept()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_entry()
                return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The entry keeps its place."""
        if self._edit is not None:
            self._edit.setGeometry(self.rect())
