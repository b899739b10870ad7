"""A short tour of the window: five places, one card each. Closing it closes it for ever; Help brings it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from studio_app.session.session import Session
from ui.dock import PanelDock
from ui.palette import shown_keys
from ui.qt import tokens
from ui.qt.draw import overlay_ground
from ui.qt.language import QT_TRANSLATE_NOOP, translated
from ui.widgets import label, push_button

AGAIN_AFTER_MS: Final = 500
"""Where something is in its way at first, it looks again."""
_CARD: Final = 340
_GAP: Final = 16
_SPOKEN: Final = {
    ",": "comma",
    ".": "period",
    ";": "semicolon",
    "'": "apostrophe",
    "/": "slash",
    "`": QT_TRANSLATE_NOOP("Tour", "the backtick"),
}
"""Signs that would be lost in a sentence."""


@dataclass(frozen=True)
class Step:
    """One place: the panel (or `top_bar`), and what to say; `{id}` stands for the key in force of an action."""

    panel: str
    title: str
    words: str


STEPS: Final = (
    Step(
        "media_pool",
        QT_TRANSLATE_NOOP("Tour", "Footage comes in here"),
        QT_TRANSLATE_NOOP(
            "Tour",
            "Drop files or press {file.import}. A double click opens a clip in the source viewer, where {sequence.mark_in} and "
            "{sequence.mark_out} mark what you want of it.",
        ),
    ),
    Step(
        "timeline",
        QT_TRANSLATE_NOOP("Tour", "The cut is made here"),
        QT_TRANSLATE_NOOP(
            "Tour",
            "Drag clips in, or press {clip.insert} to insert and {clip.overwrite} to overwrite at the playhead. Drag the ends "
            "to trim; {clip.add_edit} cuts.",
        ),
    ),
    Step(
        "viewer",
        QT_TRANSLATE_NOOP("Tour", "What you see is the cut"),
        QT_TRANSLATE_NOOP(
            "Tour",
            "{playback.toggle} plays, {playback.back} {playback.stop} {playback.forward} shuttle. {window.maximise_panel} "
            "lets the panel under the pointer fill the window.",
        ),
    ),
    Step(
        "storyboard",
        QT_TRANSLATE_NOOP("Tour", "Shots that do not exist yet"),
        QT_TRANSLATE_NOOP(
            "Tour",
            "Write what is to be seen, then generate: each take lands in its place in the cut, and older ones are kept.",
        ),
    ),
    Step(
        "top_bar",
        QT_TRANSLATE_NOOP("Tour", "Everything has a name and a key"),
        QT_TRANSLATE_NOOP(
            "Tour",
            "{help.palette} finds any command. {help.shortcuts} shows and changes the keys, with presets of other programs.",
        ),
    ),
)


class _Card(QFrame):
    """The words of a step."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Overlay ground."""
        overlay_ground(self, "dialog")


class Tour(QWidget):
    """Lies over the whole window, lets the place shine through and takes no edits meanwhile."""

    def __init__(self, window: QWidget, session: Session, docks: Mapping[str, PanelDock], top_bar: QWidget) -> None:
        super().__init__(window)
        self._window, self._session, self._docks, self._top_bar = window, session, docks, top_bar
        self.steps: tuple[Step, ...] = ()
        self.number = 0
        self._before: QWidget | None = None
        self._in_front: tuple[PanelDock, ...] = ()
        self._later = QTimer(self, singleShot=True, interval=AGAIN_AFTER_MS)
        self._later.timeout.connect(self.start_once)
        self.setAccessibleName(self.tr("Tour"))
        self.card = _Card(self)
        self.card.setFixedWidth(_CARD)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(20, 16, 20, 14)
        column.setSpacing(8)
        self.title = label("", size="heading", weight="semibold")
        self.words = label("", "secondary", "body")
        self.words.setWordWrap(True)
        self.count = label("", "muted", tabular=True)
        self.skip = push_button(self.tr("Skip the tour"), flat=True)
        self.back = push_button(self.tr("Back"))
        self.next = push_button(self.tr("Next"), primary=True)
        for button, call in ((self.skip, self.end), (self.back, self._back), (self.next, self._next)):
            button.clicked.connect(call)
            button.installEventFilter(self)
        line = QHBoxLayout()
        line.setSpacing(8)
        for part in (self.count, self.skip, self.back, self.next):
            line.addWidget(part)
        line.insertStretch(1, 1)
        for text in (self.title, self.words):
            column.addWidget(text)
        column.addSpacing(6)
        column.addLayout(line)
        self.hide()

    def start(self) -> None:
        """From the first step, over the panels that are shown."""
        if not self._session.document.is_open:
            return
        self.steps = tuple(one for one in STEPS if self._place(one) is not None)
        self._before = self.window().focusWidget()
        self._in_front = tuple(dock for dock in self._docks.values() if not dock.visibleRegion().isEmpty())
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self._show(0)

    def start_once(self) -> None:
        """For somebody who has not seen it; once nothing is held and nothing else is open over the window."""
        if self._session.settings.values.tour_seen or self.isVisible() or not self._session.document.is_open:
            return
        if self._is_busy():
            self._later.start()
        else:
            self.start()

    def _is_busy(self) -> bool:
        """Whether a hand drags something, or a dialog or a menu is open."""
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton or QApplication.activePopupWidget() is not None:
            return True
        return any(isinstance(one, QDialog) and one.isVisible() for one in QApplication.topLevelWidgets())

    def end(self) -> None:
        """Not offered again."""
        self.hide()
        self._session.choose("tour_seen", True)
        for dock in self._in_front:
            dock.raise_()
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self) -> None:
        """The window was resized: keep to it."""
        if self.isVisible():
            self._lay_out()

    def _next(self) -> None:
        if self.number + 1 < len(self.steps):
            self._show(self.number + 1)
        else:
            self.end()

    def _back(self) -> None:
        self._show(max(0, self.number - 1))

    def _show(self, number: int) -> None:
        self.number = number
        step = self.steps[number]
        dock = self._docks.get(step.panel)
        if dock is not None:
            dock.raise_()
        self.title.setText(translated("Tour", step.title))
        self.words.setText(self._with_keys(translated("Tour", step.words)))
        self.count.setText(self.tr("{number} of {count}").format(number=number + 1, count=len(self.steps)))
        self.back.setEnabled(number > 0)
        last = number + 1 == len(self.steps)
        self.next.setText(self.tr("Begin") if last else self.tr("Next"))
        self._lay_out()
        self.raise_()
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def _with_keys(self, text: str) -> str:
        keymap = self._session.keymap
        parts = text.split("{")
        found = [parts[0]]
        for part in parts[1:]:
            action_id, _, rest = part.partition("}")
            keys = next(iter(keymap.keys_of(action_id)), "")
            found += [_SPOKEN.get(keys) or shown_keys(keys).replace(" ", "+") or self.tr("the menu"), rest]
        return "".join(found)

    def _place(self, step: Step) -> QRect | None:
        widget: QWidget | None = self._top_bar if step.panel == "top_bar" else self._docks.get(step.panel)
        if widget is None or widget.isHidden() or (isinstance(widget, PanelDock) and widget.isFloating()):
            return None
        return QRect(widget.mapTo(self._window, QPoint(0, 0)), widget.size())

    def _lay_out(self) -> None:
        self.setGeometry(self._window.rect())
        place = self._place(self.steps[self.number]) or QRect()
        self.words.setFixedWidth(_CARD - 40)
        self.card.setFixedHeight(self.card.layout().totalHeightForWidth(_CARD))  # type: ignore[union-attr]
        size = self.card.size()
        spots = (
            QPoint(place.right() + _GAP, place.top() + _GAP),
            QPoint(place.left() - size.width() - _GAP, place.top() + _GAP),
            QPoint(place.center().x() - size.width() // 2, place.top() - size.height() - _GAP),
            QPoint(place.center().x() - size.width() // 2, place.bottom() + _GAP),
        )
        room = self.rect().adjusted(8, 8, -8, -8)
        spot = next((one for one in spots if room.contains(QRect(one, size))), self.rect().center() - QPoint(170, 90))
        self.card.move(spot)
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows on a button turn the pages; Qt would move the focus to the button beside it."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if event.key() not in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            return False
        self.keyPressEvent(event)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, arrows go on and back. The window's keys rest meanwhile (see `Shortcuts.rests`)."""
        focus = QApplication.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and focus in (self.skip, self.back):
            focus.click()
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._next()
        elif event.key() == Qt.Key.Key_Left:
            self._back()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays among its own buttons: what lies beneath is not to be had now."""
        there = [one for one in (self.skip, self.back, self.next) if one.isEnabled()]
        focus = QApplication.focusWidget()
        at = there.index(focus) if focus in there else -1
        there[(at + (1 if forward else -1)) % len(there)].setFocus(
            Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        )
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """All dim but the place, which has the accent's frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self._place(self.steps[self.number]) or QRect()) if self.steps else QRectF()
        dim = QPainterPath()
        dim.addRect(QRectF(self.rect()))
        dim.addRect(place)
        painter.fillPath(dim, tokens.color("surface.well", 0.6))
        painter.setPen(QPen(tokens.color("accent.default"), 2))
        painter.drawRect(place.adjusted(1, 1, -1, -1))
        painter.end()
