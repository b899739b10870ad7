"""Joins the session's thumbnails and waveforms with what the clip painter draws."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from studio_app.session.session import Session
from timeline.items import Clip
from timeline.media import Media
from ui.timeline_view.filmstrip import Filmstrips
from ui.timeline_view.scale import Scale
from ui.timeline_view.waveform import WaveformTiles


class MediaBodies:
    """Draws filmstrips and waveforms from what has arrived; asks for the rest without waiting."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.filmstrips = Filmstrips(session.thumbnails.get)
        self.waveforms = WaveformTiles()
        self.ratio = 1.0

    def draw_filmstrip(self, painter: QPainter, rect: QRectF, clip: Clip, media: Media, scale: Scale) -> None:
        """Thumbnails over `rect`."""
        if rect.width() >= 8 and (media.has_video or media.width):
            self.filmstrips.draw(painter, rect, clip, media, scale, self.ratio)

    def draw_waveform(self, painter: QPainter, rect: QRectF, clip: Clip, media: Media, scale: Scale) -> None:
        """Peaks over `rect`."""
        if rect.width() < 3:
            return
        peaks = self._session.waveforms.get(media)
        if peaks is not None and len(peaks):
            self.waveforms.draw(painter, rect, clip, media, peaks, scale, self.ratio)
