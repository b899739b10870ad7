"""What is chosen in the sky, at its foot: pictures, number and length, and what is done with several clips."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from studio_app.catalogue.row import Row
from studio_app.session.session import Session
from studio_app.session.sky_media import media_of
from timeline.time import RationalTime
from timeline.timecode import format_timecode
from ui import words
from ui.media_items import poster_time
from ui.qt import image
from ui.qt.draw import overlay_ground, rounded
from ui.widgets import label, push_button

MOST: Final = 5
"""Pictures; the number says how many there are beside."""
PICTURE: Final = QSize(46, 26)


class Strip(QWidget):
    """The first of the chosen clips, side by side."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._rows: list[Row] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_rows(self, rows: list[Row]) -> None:
        """Show these."""
        self._rows = rows
        self.setFixedSize(max(1, len(rows)) * (PICTURE.width() + 4), PICTURE.height())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """One beside the other."""
        painter = QPainter(self)
        for place, row in enumerate(self._rows):
            rect = QRectF(place * (PICTURE.width() + 4), 0, PICTURE.width(), PICTURE.height())
            media = media_of(self._session, row)
            found = image.pixmap_of(self._session.thumbnails.get(media, poster_time(media), 224))
            if found is None:
                rounded(painter, rect, "surface.inset")
            else:
                image.draw_cover(painter, rect, found, 3)
        painter.end()


class Tray(QWidget):
    """Hidden while nothing is chosen. Its words and verbs shorten where the sky is narrow."""

    verb = Signal(str)
    """`acts`, `cluster`, `compare`."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.strip = Strip(session)
        self.words = label(tabular=True)
        self.acts = push_button(self.tr("Order as three acts"), "clapperboard")
        self.cluster = push_button(self.tr("New cluster"), "lasso-select")
        self.compare = push_button(self.tr("Compare"), "columns-2")
        line = QHBoxLayout(self)
        line.setContentsMargins(10, 8, 10, 8)
        line.setSpacing(10)
        for widget in (self.strip, self.words, self.acts, self.cluster, self.compare):
            line.addWidget(widget)
        for name, button in self.verbs.items():
            button.clicked.connect(lambda _=False, name=name: self.verb.emit(name))
        self.setAccessibleName(self.tr("Chosen clips"))
        self.hide()

    @property
    def verbs(self) -> dict[str, QPushButton]:
        """The buttons by what they do."""
        return {"acts": self.acts, "cluster": self.cluster, "compare": self.compare}

    def show_chosen(self, rows: list[Row], number: int, seconds: float, width: int, able: set[str]) -> None:
        """The first of the chosen clips, how many there are and how long; `width`: the room; `able`: verbs that can be used."""
        self.setVisible(number > 0)
        if not number:
            return
        rate = self._session.sequence.rate
        length = format_timecode(RationalTime(Fraction(seconds).limit_denominator(1000)), rate)
        self.words.setText(self.tr("{number} selected, {length}").format(number=words.count(number), length=length))
        self.acts.setEnabled("acts" in able)
        self.compare.setEnabled("compare" in able)
        shown = MOST
        self.strip.set_rows(rows[:shown])
        for button in (self.acts, self.cluster, self.compare):
            button.show()
        self.strip.show()
        self.adjustSize()
        for part in (self.strip, self.compare, self.cluster):  # what gives way first stands first
            if self.sizeHint().width() <= width:
                break
            part.hide()
        self.adjustSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        """An overlay with one hairline."""
        overlay_ground(self)
