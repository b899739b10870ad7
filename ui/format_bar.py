"""`Change sequence to 1920 × 1080, 25 fps`: asked, not modally, when the first clip differs from the sequence it came into."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from studio_app.session.session import Session
from timeline.change import Change
from timeline.commands.set_sequence import SetSequence
from timeline.media import Media
from timeline.query import media_of
from timeline.sequence import Sequence
from timeline.time import RATES
from timeline.timecode import rate_name
from ui.qt.draw import overlay_ground
from ui.widgets import icon_label, label, push_button

_MARGIN: Final = 12


def differing(media: Media, sequence: Sequence) -> Mapping[str, Any]:
    """The fields of a sequence that a film has otherwise: its size, and its rate where editors know it."""
    found: dict[str, Any] = {}
    if not media.has_video or not media.width or not media.height:
        return found
    if (media.width, media.height) != (sequence.width, sequence.height):
        found |= {"width": media.width, "height": media.height}
    rate = media.rate
    if rate is not None and not media.variable_rate and rate in RATES and rate != sequence.rate:
        found["rate"] = rate
    return found


def only_film(session: Session) -> Media | None:
    """The file of all picture clips, where they show one file and nothing else stands in the sequence's picture."""
    sequence, library = session.sequence, session.document.library
    found = {
        media.id: media
        for track in sequence.picture_tracks()
        for clip, _ in track.clips()
        if (media := media_of(clip, library)) is not None
    }
    return next(iter(found.values())) if len(found) == 1 else None


class FormatBar(QFrame):
    """A child of the window, above the status line; goes by either verb, and when it no longer holds."""

    def __init__(self, window: QWidget, above: QWidget, session: Session) -> None:
        super().__init__(window)
        self._window, self._above, self._session = window, above, session
        self._asked: set[str] = set()
        self._was_empty = True
        self._sequence_id = ""
        self.changes: Mapping[str, Any] = {}
        self.setAccessibleName(self.tr("The first clip has another format"))
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 8, 8, 8)
        line.setSpacing(10)
        line.addWidget(icon_label("film", "text.secondary"))
        self.words = label("", size="body")
        line.addWidget(self.words)
        line.addSpacing(16)
        self.keep = push_button(self.tr("Keep"), flat=True, large=True)
        self.change = push_button(self.tr("Change sequence"), primary=True, large=True)
        for button, call in ((self.keep, self.hide), (self.change, self.accept)):
            button.clicked.connect(call)
            line.addWidget(button)
        self.hide()
        self._subscriptions = [
            session.document.changed.connect(self._look),
            session.transport.sequence_changed.connect(self._forget),
        ]
        self._forget()

    def release(self) -> None:
        """The window closes: stop listening."""
        for one in self._subscriptions:
            one.close()

    def place(self) -> None:
        """In the middle, above the status line."""
        self.adjustSize()
        bottom = self._window.height() - (self._above.height() if self._above.isVisible() else 0) - _MARGIN
        self.move((self._window.width() - self.width()) // 2, bottom - self.height())
        self.raise_()

    def _forget(self) -> None:
        self.hide()
        self._sequence_id = self._session.sequence_id
        self._was_empty = not self._session.sequence.duration

    def _look(self, change: Change) -> None:
        session = self._session
        sequence = session.sequence
        if change.whole or session.sequence_id != self._sequence_id:
            self._forget()
            return
        was_empty, self._was_empty = self._was_empty, not sequence.duration
        film = only_film(session) if change.clips_added and was_empty else None
        if film is not None and sequence.id not in self._asked:
            self._ask(film, sequence)
        elif self.isVisible() and not all(getattr(sequence, name) != value for name, value in self.changes.items()):
            self.hide()
        elif self.isVisible() and self._was_empty:
            self._asked.discard(sequence.id)
            self.hide()

    def _ask(self, film: Media, sequence: Sequence) -> None:
        self.changes = differing(film, sequence)
        if not self.changes:
            return
        self._asked.add(sequence.id)
        now = _format(sequence.width, sequence.height, rate_name(sequence.rate))
        rate = self.changes.get("rate", sequence.rate)
        wanted = _format(
            self.changes.get("width", sequence.width), self.changes.get("height", sequence.height), rate_name(rate)
        )
        self.words.setText(self.tr("The first clip is {wanted}, the sequence {now}.").format(wanted=wanted, now=now))
        self.change.setText(self.tr("Change sequence to {wanted}").format(wanted=wanted))
        self.show()
        self.place()

    def accept(self) -> None:
        """Give the sequence the clip's format."""
        self._session.document.do(SetSequence(self._session.sequence_id, dict(self.changes)))
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Overlay ground."""
        overlay_ground(self)


def _format(width: int, height: int, rate: str) -> str:
    return QCoreApplication.translate("FormatBar", "{width} × {height}, {rate} fps").format(
        width=width, height=height, rate=rate
    )
