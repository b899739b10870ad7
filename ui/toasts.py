"""Short sentences at the right above the timeline, else at the bottom right: five seconds, errors until dismissed, three at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.qt.draw import overlay_ground
from ui.widgets import icon_label, label, push_button, tool_button

WIDTH = 320
MOST = 3
_STAYS_MS = 5000
_GAP = 8
_MARGIN = 12
_LINE = 28
"""The line of words above a primary verb."""
_Said = tuple[str, bool, str, Callable[[], object] | None]


class Toast(QWidget):
    """One sentence."""

    def __init__(self, parent: QWidget, text: str, error: bool, verb: str = "") -> None:
        super().__init__(parent)
        self.text, self.error = text, error
        self.setFixedWidth(WIDTH)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 10, 6, 10)
        layout.setSpacing(8)
        top = Qt.AlignmentFlag.AlignTop
        layout.addWidget(
            icon_label("circle-alert" if error else "info", "state.failed" if error else "text.secondary"), 0, top
        )
        words = label(text)
        words.setWordWrap(True)
        words.setFixedWidth(WIDTH - 12 - 16 - 8 - 8 - 24 - 6)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(words)
        self.verb_button = push_button(verb) if verb else None
        if self.verb_button is not None:
            column.addWidget(self.verb_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(column, 1)
        self.close_button = tool_button("x", self.tr("Dismiss"), size=20, icon_size=14)
        layout.addWidget(self.close_button, 0, top)
        self.setFixedHeight(max(40, words.heightForWidth(words.width()) + 20 + (32 if verb else 0)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Overlay ground."""
        overlay_ground(self)


class Toasts:
    """All toasts of a window. They stand above what is worked on (`keeps_free`) and above primary verbs, else at the foot of the window."""

    def __init__(self, window: QWidget, above: QWidget) -> None:
        self._window, self._above = window, above
        self.keeps_free: Callable[[], QRect | None] = lambda: None
        """Where no toast may lie, in the window: the timeline; None where none is shown."""
        self._shown: list[Toast] = []
        self._waiting: list[_Said] = []

    @property
    def texts(self) -> tuple[str, ...]:
        """What can be read now, oldest first."""
        return tuple(toast.text for toast in self._shown)

    def say(self, text: str, error: bool = False, verb: str = "", do: Callable[[], object] | None = None) -> None:
        """Show a sentence, or keep it until there is room. The same sentence is not shown twice.

        With a `verb` it has a button that calls `do`, and stays until it is dismissed, as errors do. Where three errors stand,
        the oldest one waits meanwhile: a choice is not hidden behind what stands on its card too.
        """
        if text in self.texts or any(text == waiting[0] for waiting in self._waiting):
            return
        if len(self._shown) >= MOST:
            plain = next((one for one in self._shown if one.verb_button is None), None)
            if not verb or plain is None:
                self._waiting.append((text, error, verb, do))
                return
            self._waiting.insert(0, (plain.text, plain.error, "", None))
            self._take_off(plain)
        toast = Toast(self._window, text, error, verb)
        toast.close_button.clicked.connect(lambda: self._dismiss(toast))
        if toast.verb_button is not None and do is not None:
            toast.verb_button.clicked.connect(lambda: self._dismiss(toast))
            toast.verb_button.clicked.connect(lambda: do())
        elif not error:
            QTimer.singleShot(_STAYS_MS, toast, lambda: self._dismiss(toast))
        self._shown.append(toast)
        toast.show()
        self.place()

    def place(self) -> None:
        """Stack them up from the bottom right, newest lowest; above the timeline, as long as they have room there."""
        bottom = self._window.height() - (self._above.height() if self._above.isVisible() else 0) - _MARGIN
        free, needed = self.keeps_free(), sum(toast.height() + _GAP for toast in self._shown)
        if (
            free is not None
            and free.right() > self._window.width() - WIDTH - _MARGIN
            and free.top() - _MARGIN >= needed
        ):
            bottom = min(bottom, free.top() - _MARGIN)
        bottom = self._above_verbs(bottom, needed)
        for toast in reversed(self._shown):
            bottom -= toast.height()
            toast.move(self._window.width() - WIDTH - _MARGIN, bottom)
            toast.raise_()
            bottom -= _GAP

    def _above_verbs(self, bottom: int, needed: int) -> int:
        """The foot of the stack where it covers no primary verb, nor the line above it that says what it costs."""
        left, verbs = self._window.width() - WIDTH - _MARGIN, self._window.findChildren(QPushButton)
        for button in sorted(verbs, key=lambda one: -one.mapTo(self._window, QPoint(0, 0)).y()):
            if not button.isVisible() or not button.property("primary") or button.visibleRegion().isEmpty():
                continue
            place = QRect(button.mapTo(self._window, QPoint(0, -_LINE)), button.size() + QSize(0, _LINE))
            if place.intersects(QRect(left, bottom - needed, WIDTH, needed)) and place.top() - _GAP >= needed:
                bottom = place.top() - _GAP
        return bottom

    def _dismiss(self, toast: Toast) -> None:
        if toast not in self._shown:
            return
        self._take_off(toast)
        if self._waiting:
            self.say(*self._waiting.pop(0))
        self.place()

    def _take_off(self, toast: Toast) -> None:
        self._shown.remove(toast)
        toast.hide()
        toast.deleteLater()
