"""What is worked on: a row for each source, and a place to drop one more."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from studio_app.session.evolve_picks import generation_of, pick_of_media, take_number
from studio_app.session.session import Session
from timeline.media import Media
from timeline.query import media_name
from ui.drag_mime import MEDIA_MIME, SHOT_MIME, ids_in, incoming_in
from ui.media_items import poster_time
from ui.qt import image, tokens
from ui.qt.draw import rounded
from ui.qt.menu import pop_up
from ui.widgets import ElidedLabel, push_button, tool_button

_PICTURE = QSize(72, 40)
_MOST_OFFERED = 24


class Picture(QWidget):
    """A frame of a file."""

    def __init__(self, session: Session, media: Media) -> None:
        super().__init__()
        self._session, self._media = session, media
        self.setFixedSize(_PICTURE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, or its place."""
        painter = QPainter(self)
        place = QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        found = image.pixmap_of(self._session.thumbnails.get(self._media, poster_time(self._media), 224))
        if found is not None:
            image.draw_cover(painter, place, found, 3)
        else:
            rounded(painter, place, "surface.inset", 3)
        painter.end()


class SourceRow(QWidget):
    """Picture, name, which take it is, and a cross."""

    away = Signal(str)

    def __init__(self, session: Session, media: Media, name: str) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.picture = Picture(session, media)
        line.addWidget(self.picture)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.setContentsMargins(0, 3, 0, 3)
        words.addWidget(ElidedLabel(name))
        words.addWidget(ElidedLabel(self._facts(session, media), tone="muted"))
        line.addLayout(words, 1)
        cross = tool_button("x", self.tr("Work without {name}").format(name=name), icon_size=14)
        cross.clicked.connect(lambda: self.away.emit(media.id))
        line.addWidget(cross)

    def _facts(self, session: Session, media: Media) -> str:
        library = session.document.library
        pick = pick_of_media(session, media.id)
        if media.id in session.presence.missing:
            return self.tr("Missing")
        if library.take_of_media(media.id) is None:
            return self.tr("Footage")
        generation = generation_of(library, media.id)
        number = take_number(library, pick) if pick is not None else None
        if number is None:
            return self.tr("Generation {number}").format(number=generation)
        return self.tr("Take {take}, generation {number}").format(take=number, number=generation)


class DropPlace(QWidget):
    """A dashed frame with words."""

    def __init__(self) -> None:
        super().__init__()
        self._text, self._over = "", False
        self.setFixedHeight(40)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Other words."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.update()

    def light(self, over: bool) -> None:
        """Something that it takes hangs over it."""
        if over != self._over:
            self._over = over
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = tokens.color("accent.default" if self._over else "border.default")
        painter.setPen(QPen(colour, 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(tokens.color("text.primary" if self._over else "text.muted"))
        painter.setFont(tokens.font("ui"))
        shown = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width() - 16)
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), shown)
        painter.end()


class Sources(QWidget):
    """The rows and the place below them; clips and shots of any panel can be dropped."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.place = DropPlace()
        self._column.addWidget(self.place)
        self.add = push_button(self.tr("Add source…"), "plus")
        self.add.clicked.connect(self._offer)
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self._shown: tuple[object, ...] = ()
        self.rows: list[SourceRow] = []
        self.setAcceptDrops(True)

    def show_sources(self, sources: Sequence[tuple[Media, str]], drop_words: str) -> None:
        """Files with their names, and what can be dropped; without words nothing can."""
        self.place.show_text(drop_words)
        for widget in (self.place, self.add):
            widget.setVisible(bool(drop_words))
        key = tuple((media.id, name, len(self._session.document.library.takes)) for media, name in sources)
        if key == self._shown:
            return
        self._shown = key
        for old in self.rows:
            old.hide()
            old.deleteLater()
        self.rows = [SourceRow(self._session, media, name) for media, name in sources]
        for at, one in enumerate(self.rows):
            one.away.connect(self._session.evolving.drop_source)
            self._column.insertWidget(at, one)

    def choices(self) -> list[Media]:
        """Clips with a picture that are no sources yet and whose files are there, as the pool has them."""
        evolving, missing = self._session.evolving, self._session.presence.missing
        given = {*evolving.more, *(one.media_id for one in evolving.picks)}
        there = self._session.document.library.media.values()
        return [one for one in there if one.has_video and one.id not in given and one.id not in missing]

    def _offer(self) -> None:
        menu = QMenu(self)
        found = self.choices()
        for media in found[:_MOST_OFFERED]:
            act = menu.addAction(media_name(media).replace("&", "&&"))
            act.triggered.connect(lambda _=False, one=media.id: self._session.evolving.add_source(one))
        if len(found) != len(menu.actions()) or not found:
            left = self.tr("More are in the media pool: drop them here") if found else self.tr("There is no other clip")
            menu.addAction(left).setEnabled(False)
        pop_up(menu, self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def repaint_pictures(self) -> None:
        """Thumbnails arrived."""
        for one in self.rows:
            one.picture.update()

    def media_in(self, event: QDropEvent | QDragEnterEvent) -> list[str]:
        """Ids of the files that a drag of ours carries."""
        mime, session = event.mimeData(), self._session
        if mime.hasFormat(MEDIA_MIME):
            return [one.media.id for one in incoming_in(mime, session) if not one.is_nest]
        found = []
        for shot_id in ids_in(mime, SHOT_MIME):
            shot = session.document.project.shot(shot_id)
            media = session.generation.media_for(shot) if shot is not None else None
            if media is not None:
                found.append(media.id)
        return found

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Clips and shots."""
        if self.media_in(event):
            self.place.light(True)
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing hangs over it."""
        self.place.light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take them as further sources."""
        self.place.light(False)
        for media_id in self.media_in(event):
            self._session.evolving.add_source(media_id)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()


def names_of(session: Session, sources: Sequence[Media]) -> list[tuple[Media, str]]:
    """Sources with the names under which they were chosen."""
    picked = {one.media_id: one.name for one in session.evolving.picks}
    return [(media, picked.get(media.id, media_name(media))) for media in sources]
