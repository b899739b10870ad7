"""Joins the session's thumbnails and waveforms with what the clip painter draws."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from studio_app.session.session import Session
from timeline.items import Clip
from timeline.media import Media
from timeline.sequence import Sequence
from ui.timeline_view.filmstrip import Filmstrips
from ui.timeline_view.scale import Scale
from ui.timeline_view.waveform import WaveformTiles


class MediaBodies:
    """Draws filmstrips and waveforms from what has arrived; asks for the rest without waiting."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.filmstrips = Filmstrips(session.thumbnails.get)
        self.waveforms = WaveformTiles(session.tiles.take)
        self.ratio = 1.0

    def begin(self, ratio: float) -> None:
        """A paint begins, for a screen of this ratio."""
        self.ratio = ratio
        self.waveforms.begin()

    def draw_filmstrip(self, painter: QPainter, rect: QRectF, clip: Clip, media: Media, scale: Scale) -> None:
        """Thumbnails over `rect`."""
        if rect.width() >= 8 and (media.has_video or media.width):
            self.filmstrips.draw(painter, rect, clip, media, scale, self.ratio)

    def draw_nest(self, painter: QPainter, rect: QRectF, clip: Clip, nest: Sequence, scale: Scale) -> None:
        """Thumbnails of the uppermost pictures of the nested sequence."""
        if rect.width() >= 8:
            self.filmstrips.draw_nest(painter, rect, clip, nest, self._session.document.library, scale, self.ratio)

    def draw_waveform(self, painter: QPainter, rect: QRectF, clip: Clip, media: Media, scale: Scale) -> None:
        """Peaks and RMS over `rect`."""
        if rect.width() < 3:
            return
        outline = self._session.waveforms.outline(media)
        if outline is not None and len(outline):
            self.waveforms.draw(painter, rect, clip, media, outline, scale, self.ratio)
