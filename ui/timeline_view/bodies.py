"""Joins the session's thumbnails and waveforms with what the clip painter draws."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from studio_app.session.session import Session
from timeline.items import Clip
from timeline.media import Media
from timeline.query import media_of
from timeline.sequence import Sequence
from timeline.time import ZERO
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

    def begin(self, scale: Scale) -> None:
        """A paint begins, at this scale."""
        self.waveforms.begin(scale)

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

    def draw_nest_sound(self, painter: QPainter, rect: QRectF, clip: Clip, nest: Sequence, scale: Scale) -> None:
        """The waveforms of what a nested sequence sounds, one over the other, each where it is heard."""
        span, speed, library = clip.source_range, clip.speed, self._session.document.library
        area = painter.clipBoundingRect().intersected(rect)
        if speed <= 0 or area.isEmpty():
            return
        for track in nest.audio_tracks():
            index = None if track.muted else track.index_at(max(span.start, ZERO))
            while index is not None and index < len(track.items) and track.starts[index] < span.end:
                item, start = track.items[index], track.starts[index]
                media = media_of(item, library) if isinstance(item, Clip) and item.enabled else None
                if isinstance(item, Clip) and media is not None:
                    left = rect.left() + scale.width_of((start - span.start) / speed)
                    place = QRectF(left, rect.top(), scale.width_of(item.duration / speed), rect.height())
                    if place.intersects(area):
                        painter.save()
                        painter.setClipRect(place.intersected(area))
                        heard = item if speed == 1 else replace(item, speed=item.speed * speed)
                        self.draw_waveform(painter, place, heard, media, scale)
                        painter.restore()
                index += 1
