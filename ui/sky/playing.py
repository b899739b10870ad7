"""A clip that plays in a small picture: its frames come from the session's worker as they are made, six a second."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from PySide6.QtCore import QElapsedTimer, QPointF, QRectF, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from studio_app.session.session import Session
from timeline.media import Media
from timeline.time import ZERO, RationalTime
from timeline.timecode import format_timecode
from ui.media_items import poster_time
from ui.qt import image, tokens
from ui.qt.draw import chip, rounded

PER_SECOND: Final = 6
AHEAD: Final = 4
"""So many frames are asked for before their turn."""
WIDTH: Final = 320


class PlayingPicture(QWidget):
    """Shows a file from its first frame on at its own speed, again and again; where a frame is not made yet, the last one stays."""

    def __init__(self, session: Session, width: int, height: int) -> None:
        super().__init__()
        self._session = session
        self._media: Media | None = None
        self._made = ""
        self._shown: QPixmap | None = None
        self._at = 0
        self._clock = QElapsedTimer()
        self._timer = QTimer(self, interval=1000 // (2 * PER_SECOND))
        self._timer.timeout.connect(self._step)
        self.setFixedSize(width, height)
        self._arrived = session.thumbnails.arrived.connect(self._came)

    def show_media(self, media: Media | None, made: str = "") -> None:
        """Play another file; None stops. `made`: the mark of what an engine made, shown before the timecode."""
        self._media, self._made, self._at = media, made, 0
        self._shown = None
        if media is None:
            self._timer.stop()
            return
        self._shown = image.pixmap_of(self._session.thumbnails.get(media, poster_time(media), 224))
        self._clock.start()
        self._timer.start()
        self._step()

    @property
    def steps(self) -> int:
        """Into how many frames the file is parted."""
        media = self._media
        if media is None or media.is_endless or not media.has_video:
            return 1
        return max(1, int(media.duration.fraction * PER_SECOND))

    def time_of(self, step: int) -> RationalTime:
        """Where in the file a step lies (source time)."""
        media = self._media
        if media is None or media.is_endless:
            return ZERO
        at = RationalTime(Fraction(step, PER_SECOND))
        return at.snapped(media.rate) if media.rate else at

    def _step(self) -> None:
        if self._media is None or not self.isVisible():
            return
        self._at = int(self._clock.elapsed() * PER_SECOND / 1000) % self.steps
        if self._frame(self._at) is not None or self.steps == 1:
            self.update()
        for step in range(AHEAD, 0, -1):  # the newest wish is made first
            self._frame((self._at + step) % self.steps)

    def _frame(self, step: int) -> QPixmap | None:
        media = self._media
        if media is None or media.id in self._session.presence.missing or not (media.has_video or media.is_endless):
            return None
        wide = WIDTH * 2 if self.devicePixelRatioF() > 1.2 else WIDTH
        found = image.pixmap_of(self._session.thumbnails.get(media, self.time_of(step), wide))
        if found is not None and step == self._at:
            self._shown = found
        return found

    def _came(self, media_id: str) -> None:
        if self._media is not None and media_id == self._media.id:
            self._frame(self._at)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Picture, timecode, how far it has played."""
        painter = QPainter(self)
        place = QRectF(self.rect())
        rounded(painter, place.adjusted(0, 0, 0, 8), "surface.well", tokens.radius("dialog"))
        if self._shown is not None:
            image.draw_cover(painter, place, self._shown, tokens.radius("dialog") - 1, top_only=True)
        media = self._media
        if media is not None and not media.is_endless:
            painter.setFont(tokens.font("ui", tabular=True))
            rate = media.rate or Fraction(25)
            text = format_timecode(self.time_of(self._at), rate)
            chip(painter, QPointF(10, place.bottom() - 29), text, icon="spark" if self._made else "", height=20)
            done = (self._at + 1) / self.steps
            painter.fillRect(QRectF(0, place.bottom() - 2, place.width() * done, 2), tokens.color("accent.default"))
        painter.end()

    def release(self) -> None:
        """Stop listening."""
        self._timer.stop()
        self._arrived.close()
