"""One job of the book in full: what came of it, what was sent, what it cost, all that happened; and what can be done about it."""

from __future__ import annotations

import datetime
from functools import partial

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontDatabase, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QMenu, QPlainTextEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from studio_app.services.job_book import BookState, Entry, Event
from studio_app.session.job_records import Details, Verb
from studio_app.session.session import Session
from timeline.media import Media
from timeline.time import RationalTime
from ui.flow import FlowLayout
from ui.job_entries import LOOKS, state_words
from ui.qt import image, tokens
from ui.qt.draw import rounded
from ui.qt.language import QT_TRANSLATE_NOOP, translated
from ui.qt.menu import pop_up
from ui.qt.reveal import reveal
from ui.widgets import ElidedLabel, icon_label, label, push_button, row
from ui.words import price

_VERBS = {
    Verb.LOOK: (QT_TRANSLATE_NOOP("JobDetails", "Look again"), "search",
                QT_TRANSLATE_NOOP("JobDetails", "Asks the service. It is sent only where the service is certain not to have it.")),
    Verb.ANEW: (QT_TRANSLATE_NOOP("JobDetails", "It was not taken: send anew"), "rotate-ccw",
                QT_TRANSLATE_NOOP("JobDetails", "Look in your account first: if it was taken, you pay twice.")),
    Verb.WRITE_OFF: (QT_TRANSLATE_NOOP("JobDetails", "It was billed: write it off"), "wallet",
                     QT_TRANSLATE_NOOP("JobDetails", "Counts what it was to cost, and is no longer open.")),
    Verb.FETCH: (QT_TRANSLATE_NOOP("JobDetails", "Ask for it again"), "download",
                 QT_TRANSLATE_NOOP("JobDetails", "The service has it. Nothing is sent.")),
    Verb.RETRY: (QT_TRANSLATE_NOOP("JobDetails", "Retry"), "rotate-ccw",
                 QT_TRANSLATE_NOOP("JobDetails", "The same words, seed and model, as a job of its own.")),
    Verb.OTHER: (QT_TRANSLATE_NOOP("JobDetails", "Another engine"), "shuffle",
                 QT_TRANSLATE_NOOP("JobDetails", "The shot as it stands now, made by another engine.")),
    Verb.SHOW: (QT_TRANSLATE_NOOP("JobDetails", "Open folder"), "folder-open", ""),
    Verb.DISMISS: (QT_TRANSLATE_NOOP("JobDetails", "Dismiss"), "x",
                   QT_TRANSLATE_NOOP("JobDetails", "Takes it off this list; what it cost stays counted.")),
}  # fmt: skip
_FRAMES = (0.1, 0.5, 0.9)
"""Places of the film that are shown."""


class JobDetails(QScrollArea):
    """Shows one job at a time, or that none is chosen."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Job"))
        self.shown: Details | None = None
        self.buttons: dict[Verb, QPushButton] = {}
        self._page = QWidget()
        self.setWidget(self._page)

    def show_job(self, found: Details | None) -> None:
        """Show this one; the same one once more only where something in it changed."""
        if found is not None and found == self.shown:
            return
        place = self.verticalScrollBar().value() if self._is_same(found) else 0
        self.shown = found
        self.buttons = {}
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(12, 10, 12, 12)
        self._column.setSpacing(6)
        if found is not None:
            self._fill(found)
        else:
            self._column.addWidget(label(self.tr("Choose a job to see all of it."), "muted"))
        self._column.addStretch(1)
        self._page = page
        self.setWidget(page)
        self.verticalScrollBar().setValue(place)

    def open_others(self, entry: Entry, at: QPoint) -> None:
        """A menu of engines that could make the shot, with what each would cost."""
        menu = QMenu(self)
        for engine_id, name in self._session.records.others(entry):
            menu.addAction(name, partial(self._session.records.do, Verb.OTHER, entry, engine_id))
        if menu.isEmpty():
            menu.addAction(self.tr("No other engine can make this shot")).setEnabled(False)
        pop_up(menu, at)

    def _is_same(self, found: Details | None) -> bool:
        return found is not None and self.shown is not None and found.entry.id == self.shown.entry.id

    def _fill(self, found: Details) -> None:
        entry = found.entry
        icon, colour, _ = LOOKS[entry.state]
        name = label(entry.name, size="body", weight="semibold")
        name.setWordWrap(True)
        self._column.addWidget(row(icon_label(icon, colour), name, 1))
        self._say(entry.message, "failed" if entry.fault else "secondary")
        self._say(found.note, "secondary")
        self._add_verbs(entry)
        strip = FrameStrip(self._session)
        self._column.addWidget(strip)
        self._session.records.media(entry, strip.show_film)
        facts = (
            (self.tr("State"), state_words(entry.state)),
            (self.tr("Engine"), f"{found.engine} {entry.model}".strip()),
            (self.tr("Cost"), found.cost),
            (self.tr("Estimate"), f"$ {entry.estimate:.2f}" if entry.estimate else ""),
            (self.tr("Job there"), found.provider_id),
            (self.tr("File"), entry.target.replace("\\", "/").rsplit("/", 1)[-1]),
        )
        for title, text in facts:
            if text:
                key = label(title, "secondary")
                key.setFixedWidth(76)
                self._column.addWidget(row(key, ElidedLabel(text), spacing=0))
        if found.words:
            self._head(self.tr("Words that were sent"))
            self._say(found.words, "primary")
        self._head(self.tr("History"))
        for event in found.history:
            self._column.addWidget(_event_line(event))
        self._head(self.tr("Request"))
        self._column.addWidget(code_box(found.request, self.tr("Request")))

    def _add_verbs(self, entry: Entry) -> None:
        holder = QWidget()
        flow = FlowLayout(6)
        holder.setLayout(flow)
        for verb in self._session.records.verbs(entry):
            text, icon, tip = _VERBS[verb]
            words = translated("JobDetails", text)
            if verb is Verb.RETRY and entry.state is BookState.DONE:
                words = self.tr("Once more")
            if verb in (Verb.RETRY, Verb.ANEW) and entry.estimate:
                words = f"{words}, {price(entry.estimate)}"  # it is paid for
            button = self.buttons[verb] = push_button(words, icon)
            button.setToolTip(translated("JobDetails", tip) if tip else "")
            button.clicked.connect(partial(self._do, verb, entry))
            flow.addWidget(button)
        if self.buttons:
            self._column.addWidget(holder)
        else:
            holder.deleteLater()

    def _do(self, verb: Verb, entry: Entry) -> None:
        if verb is Verb.SHOW:
            reveal(entry.target)
        elif verb is Verb.OTHER:
            button = self.buttons[verb]
            self.open_others(entry, button.mapToGlobal(QPoint(0, button.height())))
        else:
            self._session.records.do(verb, entry)

    def _head(self, text: str) -> None:
        head = label(text, weight="semibold")
        head.setContentsMargins(0, 10, 0, 0)
        self._column.addWidget(head)

    def _say(self, text: str, tone: str) -> None:
        if text:
            line = label(text, tone)
            line.setWordWrap(True)
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._column.addWidget(line)


def _event_line(event: Event) -> QWidget:
    at = label(f"{datetime.datetime.fromtimestamp(event.at):%H:%M:%S}", "muted", tabular=True)
    at.setFixedWidth(60)
    at.setAlignment(Qt.AlignmentFlag.AlignTop)
    state = event.state.replace("_", " ").capitalize()
    said = event.text.replace("_", "_\u200b")  # names of files may be broken there: the page is narrow
    words = label(f"{state}: {said}" if event.text else state, "secondary")
    words.setWordWrap(True)
    line = row(at, words, spacing=0)
    line.layout().setStretch(1, 1)  # type: ignore[union-attr]  # a row has a layout
    return line


class FrameStrip(QWidget):
    """Three frames of a film, once it is known; nothing before."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._media: Media | None = None
        self.setVisible(False)
        self._subscription = session.thumbnails.arrived.connect(lambda _: self.update())
        self.destroyed.connect(lambda _=None, one=self._subscription: one.close())

    def show_film(self, media: Media) -> None:
        """Its frames."""
        if media.has_video:
            self._media = media
            self.setAccessibleName(self.tr("Frames of {name}").format(name=media.name))
            self.setVisible(True)
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Three pictures side by side."""
        return QSize(120, 58)

    def minimumSizeHint(self) -> QSize:
        """The same height, whatever the width."""
        return QSize(60, 58)

    def paintEvent(self, event: QPaintEvent) -> None:
        """What has arrived so far."""
        if self._media is None:
            return
        painter = QPainter(self)
        wide = min((self.width() - 8) / 3, 96.0)
        for number, share in enumerate(_FRAMES):
            place = QRectF(number * (wide + 4), 0, wide, wide * 9 / 16)
            length = self._media.duration
            at = RationalTime(int(length.to_seconds() * share * 1000), 1000) if length else RationalTime(0)
            found = image.pixmap_of(self._session.thumbnails.get(self._media, at, 192))
            if found is not None:
                image.draw_cover(painter, place, found, 3)
            else:
                rounded(painter, place, "surface.inset")
        painter.end()


def code_box(text: str, name: str) -> QPlainTextEdit:
    """Text to read and copy, as it stands, in letters of one width."""
    box = QPlainTextEdit(text)
    box.setReadOnly(True)
    box.setAccessibleName(name)
    box.setTabChangesFocus(True)
    box.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(tokens.font("caption").pixelSize())
    box.setFont(font)
    lines = min(text.count("\n") + 2, 14)
    box.setFixedHeight(box.fontMetrics().lineSpacing() * lines + 12)
    return box
