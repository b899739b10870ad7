"""The picture of a clip in the pool: a frame that follows the pointer, a waveform, a folder, the hatch of a missing file."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from studio_app.services.jobs import Job, JobState
from studio_app.services.proxy_entry import ProxyState
from studio_app.session.pool_items import PoolItem
from studio_app.session.session import Session
from timeline.items import Clip
from timeline.media import Media, MediaKind
from timeline.query import uppermost
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime
from timeline.track import Track
from ui import job_words, words
from ui.media_model import MediaModel, item_length
from ui.qt import icons, image, tokens
from ui.qt.draw import chip, hatch, outline, rounded

THUMBNAIL = 224
SCRUB_STEPS = 28
"""Places across a picture: one each 4 px, as many frames as are worth decoding."""
MAX_STARS = 5
STAR = 11


class MediaPicture:
    """Paints pictures and what lies over them; asks workers for frames, the newest wish first."""

    def __init__(self, session: Session, model: MediaModel) -> None:
        self._session, self._model = session, model
        self.scrub: tuple[str, int] | None = None
        """Id of the item under the pointer, and the step its picture shows."""

    def paint(self, painter: QPainter, place: QRectF, item: PoolItem) -> None:
        """The picture alone."""
        if item.job is not None:
            hatch(painter, place, "clip.placeholder_body", "clip.placeholder_line")
            return
        if item.media is None:
            self._folder(painter, place)
            return
        if item.sequence is not None:
            self._nest(painter, place, item.sequence)
            return
        if self._model.is_missing(item):
            hatch(painter, place, "clip.missing_body", "clip.missing", 0.32)
            return
        media = item.media
        found = self._frame(item, media) if media.has_video or media.kind is MediaKind.IMAGE else None
        if found is not None:
            image.draw_cover(painter, place, found, 3)
            return
        is_sound = not media.has_video and media.has_audio
        rounded(painter, place, "clip.audio_body" if is_sound else "surface.inset")
        if is_sound:
            self._wave(painter, place, item, media)
        else:
            self._icon(painter, place, "film", "text.disabled")

    def over(self, painter: QPainter, place: QRectF, item: PoolItem) -> None:
        """Chips, the band between the source marks, the line of the pointer."""
        painter.setFont(tokens.font("caption", tabular=True))
        media = item.media
        if item.job is not None:
            _progress(painter, place, item.job)
        if media is None:
            return
        if self._model.is_missing(item):
            corner = QPointF(place.left() + 4, place.bottom() - 22)
            chip(
                painter,
                corner,
                QCoreApplication.translate("MediaPicture", "Missing"),
                icon="unlink",
                colour="state.failed",
            )
            return
        if item.sequence is not None:
            chip(painter, place.bottomRight() + QPointF(-4, -22), item_length(item), at_right=True)
            if item.id == self._session.sequence_id:
                chip(painter, place.topLeft() + QPointF(4, 4), QCoreApplication.translate("MediaPicture", "Open"))
            return
        take = self._session.document.library.take_of_media(media.id) if self._model.listing.is_take(media) else None
        if take is not None:
            chip(painter, place.topLeft() + QPointF(4, 4), engine_initial(take.lineage.engine), icon="spark")
        elif item.subclip is not None:
            chip(painter, place.topLeft() + QPointF(4, 4), "", icon="scissors")
        band = self._band(painter, place, item)
        if text := item_length(item):
            chip(painter, place.bottomRight() + QPointF(-4, -25 if band else -22), text, at_right=True)
        proxy = self._session.proxies.state(media)
        if proxy in (ProxyState.READY, ProxyState.MAKING):
            icon = "loader-circle" if proxy is ProxyState.MAKING else ""
            chip(painter, place.topRight() + QPointF(-4, 4), "P", icon=icon, at_right=True)
        if self.scrub is not None and self.scrub[0] == item.id and not media.is_endless:
            x = place.left() + (self.scrub[1] + 0.5) / SCRUB_STEPS * place.width()
            painter.fillRect(QRectF(round(x), place.top(), 1, place.height()), tokens.color("text.primary", 0.8))

    def _band(self, painter: QPainter, place: QRectF, item: PoolItem) -> bool:
        """Where the source marks stand in the file."""
        marked, whole = item.marked, item.range
        if marked is None:
            return False
        foot = QRectF(place.left(), place.bottom() - 4, place.width(), 4)
        painter.fillRect(foot, tokens.color("surface.window", 0.82))
        scale = place.width() / float((whole.duration).fraction)
        left = float((marked.start - whole.start).fraction) * scale
        wide = max(2.0, float(marked.duration.fraction) * scale)
        painter.fillRect(QRectF(foot.left() + left, foot.top() + 1, wide, 3), tokens.color("accent.default"))
        return True

    def _frame(self, item: PoolItem, media: Media) -> QPixmap | None:
        thumbnails, part = self._session.thumbnails, item.range
        if self.scrub is not None and self.scrub[0] == item.id and not media.is_endless:
            at = part.start + part.duration * self.scrub[1] / SCRUB_STEPS
            at = at.snapped(media.rate) if media.rate else at
            if (found := image.pixmap_of(thumbnails.get(media, at, THUMBNAIL))) is not None:
                return found
        if item.subclip is None:
            return image.pixmap_of(thumbnails.get(media, poster_time(media), THUMBNAIL))
        middle = (part.start + part.duration / 3).snapped(media.rate or RationalTime(25).fraction)
        return image.pixmap_of(thumbnails.get(media, middle, THUMBNAIL))

    def _wave(self, painter: QPainter, place: QRectF, item: PoolItem, media: Media) -> None:
        peaks = self._session.waveforms.get(media)
        if peaks is None or not len(peaks):
            self._icon(painter, place, "music", "clip.waveform")
            return
        if item.subclip is not None:
            peaks = peaks[int(item.range.start.fraction * 100) : max(1, int(item.range.end.fraction * 100))]
            if not len(peaks):
                return
        top = max(1.0, float(abs(peaks).max()))
        columns = max(1, int(place.width()) - 8)
        painter.setPen(tokens.color("clip.waveform"))
        for column in range(columns):
            start = column * len(peaks) // columns
            part = peaks[start : max(start + 1, (column + 1) * len(peaks) // columns)]
            high, low = float(part.max()) / top, float(part.min()) / top
            x, y, half = place.left() + 4.5 + column, place.center().y(), place.height() / 2 - 8
            painter.drawLine(QPointF(x, y - high * half), QPointF(x, y - low * half))

    def _folder(self, painter: QPainter, place: QRectF) -> None:
        rounded(painter, place, "surface.inset")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        self._icon(painter, place, "folder", "text.secondary", 28)

    def _nest(self, painter: QPainter, place: QRectF, nest: Sequence) -> None:
        """A picture of what it shows, teal at the edge as nests are on the timeline; where it shows no file, a teal ground."""
        found = self._poster(nest)
        if found is not None:
            image.draw_cover(painter, place, found, 3)
        else:
            rounded(painter, place, "clip.nested_body")
            self._icon(painter, place.adjusted(0, -8, 0, -8), "layers", "text.on_clip", 24)
        outline(painter, place, "clip.nested")

    def _poster(self, nest: Sequence) -> QPixmap | None:
        """The uppermost file a third in, else where the first clip begins."""
        library = self._session.document.library
        first = min((track.starts[place] for track, place in _first_clips(nest)), default=ZERO)
        for time in (nest.duration / 3, first):
            seen = uppermost(nest, time, library)
            if seen is not None and (seen[0].has_video or seen[0].kind is MediaKind.IMAGE):
                media, instant = seen
                at = ZERO if media.is_endless else instant.snapped(media.rate or RationalTime(25).fraction)
                return image.pixmap_of(self._session.thumbnails.get(media, at, THUMBNAIL))
        return None

    def _icon(self, painter: QPainter, place: QRectF, name: str, colour: str, size: float = 16) -> None:
        square = QRectF(place.center().x() - size / 2, place.center().y() - size / 2, size, size)
        icons.paint(painter, square, name, tokens.color(colour))


def _first_clips(nest: Sequence) -> Iterator[tuple[Track, int]]:
    """The first clip of each track that is seen, by its place."""
    for track in nest.picture_tracks():
        place = next((at for at, item in enumerate(track.items) if isinstance(item, Clip)), None)
        if place is not None:
            yield track, place


def _progress(painter: QPainter, place: QRectF, job: Job) -> None:
    """State and share at the top, a bar at the foot."""
    icon, colour = job_words.look(job)
    text = words.percent(job.fraction) if job.state is JobState.RUNNING else ""
    chip(painter, place.topLeft() + QPointF(4, 4), text, icon=icon, colour=colour)
    if job.fraction is not None and job.state is JobState.RUNNING:
        foot = QRectF(place.left(), place.bottom() - 4, place.width(), 4)
        painter.fillRect(foot, tokens.color("state.running_fill"))
        painter.fillRect(QRectF(foot.left(), foot.top(), foot.width() * job.fraction, 4), tokens.color("state.running"))


def paint_stars(painter: QPainter, left: float, middle: float, rating: int, over: bool) -> None:
    """Filled stars, and with the pointer over them the empty ones that can be given."""
    for star in range(MAX_STARS):
        given = star < rating
        if given or over:
            square = QRectF(left + star * (STAR + 1), middle - STAR / 2, STAR, STAR)
            icons.paint(
                painter, square, "star", tokens.color("text.secondary" if given else "text.disabled"), filled=given
            )


def star_at(left: float, x: float) -> int:
    """Which star (1 to 5) lies at `x` in a row that begins at `left`; 0 beside them."""
    star = int((x - left) // (STAR + 1)) + 1 if x >= left else 0
    return star if star <= MAX_STARS else 0


def poster_time(media: Media) -> RationalTime:
    """The frame that stands for a file: a third in."""
    return media.poster


def engine_initial(engine: str) -> str:
    """`S` for our own engines, else the first letter."""
    return "S" if engine in ("procedural", "slate") else engine[:1].upper()
