"""Suggestions as rows: a picture where there is one, a sentence, why, and one verb."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studio_app.session.narrating import Offer, Offers
from studio_app.session.session import Session
from ui.media_items import poster_time
from ui.qt import image, tokens
from ui.qt.draw import rounded
from ui.widgets import hairline, label, push_button

_PICTURE = QSize(64, 36)


class OfferList(QWidget):
    """Emits `followed` with the suggestion whose verb was pressed."""

    followed = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: Offers | None = None
        self.rows: list[OfferRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_offers(self, offers: Offers) -> None:
        """Other suggestions; widgets are made anew only then."""
        if offers is self._shown:
            return
        self._shown = offers
        self.rows = []
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if not offers.title:
            return
        title = label(offers.title, weight="semibold")
        title.setWordWrap(True)
        title.setContentsMargins(0, 8, 0, 6)
        self._column.addWidget(title)
        for one in offers.rows:
            row = OfferRow(one, self._session)
            row.button.clicked.connect(lambda _=False, offer=one: self.followed.emit(offer))
            self.rows.append(row)
            self._column.addWidget(hairline())
            self._column.addWidget(row)
        for text in (offers.empty if not offers.rows else "", offers.note):
            if text:
                told = label(text, "muted")
                told.setWordWrap(True)
                told.setContentsMargins(0, 6, 0, 2)
                self._column.addWidget(told)

    def take_pictures(self) -> None:
        """A picture arrived."""
        for row in self.rows:
            row.picture.update()


class OfferRow(QWidget):
    """One suggestion."""

    def __init__(self, offer: Offer, session: Session) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 7, 0, 7)
        line.setSpacing(8)
        self.picture = _Picture(offer, session)
        line.addWidget(self.picture)
        self.picture.setHidden(offer.media is None)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        for text, tone, size in ((offer.sentence, "primary", "ui"), (offer.reasons, "muted", "caption")):
            if text:
                told = label(text, tone, size)
                told.setWordWrap(True)
                told.setMinimumWidth(60)
                told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
                texts.addWidget(told)
        line.addLayout(texts, 1)
        self.button = push_button(offer.verb)
        self.button.setAccessibleDescription(offer.sentence)
        line.addWidget(self.button)


class _Picture(QWidget):
    """A small frame of the file that is suggested."""

    def __init__(self, offer: Offer, session: Session) -> None:
        super().__init__()
        self._offer, self._session = offer, session
        self.setFixedSize(_PICTURE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame, or its ground while it is made."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        media = self._offer.media
        found = None
        if media is not None:
            at = self._offer.time if self._offer.time is not None else poster_time(media)
            found = image.pixmap_of(self._session.thumbnails.get(media, at, 224))
        if found is not None:
            image.draw_cover(painter, QRectF(self.rect()), found, 3)
        else:
            rounded(painter, QRectF(self.rect()), "surface.inset", tokens.radius("clip"))
        painter.end()
