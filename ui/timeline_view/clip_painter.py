"""Draws one clip: ground, header strip, body with filmstrip, waveform or words, what lies over the body, edges."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from timeline.items import Clip, GeneratorSource
from timeline.media import Media
from timeline.sequence import Sequence
from ui.timeline_view.clip_header import draw_header, draw_offset
from ui.timeline_view.clip_look import PAD, ClipLook, draw_edge, round_corners
from ui.timeline_view.clip_marks import draw_marks
from ui.timeline_view.facts import Facts
from ui.timeline_view.layout import CLIP_HEADER, colour_kind
from ui.timeline_view.look import colour
from ui.timeline_view.scale import Scale
from ui.timeline_view.text import draw_paragraph

_LOW_STRIP = 3
"""Of clips too low for a header: a wall of them must not shout."""
MIN_TEXT = 20.0
"""Narrower clips have no header text."""


class Bodies(Protocol):
    """Where pictures and sound of media come from; draws what is there and asks for the rest."""

    def draw_filmstrip(self, painter: QPainter, rect: QRectF, clip: Clip, media: Media, scale: Scale) -> None:
        """Thumbnails over `rect`, which begins at the clip's start."""

    def draw_nest(self, painter: QPainter, rect: QRectF, clip: Clip, nest: Sequence, scale: Scale) -> None:
        """Thumbnails of what a nested sequence shows over `rect`, which begins at the clip's start."""

    def draw_nest_sound(self, painter: QPainter, rect: QRectF, clip: Clip, nest: Sequence, scale: Scale) -> None:
        """The sound of a nested sequence over `rect`, which begins at the clip's start."""

    def draw_waveform(self, painter: QPainter, rect: QRectF, clip: Clip, media: Media, scale: Scale) -> None:
        """The outline of the sound over `rect`, which begins at the clip's start."""


def draw_clip(painter: QPainter, clip: Clip, look: ClipLook, facts: Facts, scale: Scale, bodies: Bodies) -> None:
    """A clip with media, a nest or a generator behind it (placeholders and missing media: `placeholder_painter`)."""
    track, rect = look.row.track, look.rect
    kind = colour_kind(clip, track)
    faded = not clip.enabled or track.muted
    if faded:
        painter.setOpacity(0.5)
    _ground(painter, rect, kind, look)
    if look.row.has_header_strip:
        body = look.body
        painter.save()
        painter.setClipRect(
            QRectF(rect.left(), body.top(), rect.width(), body.height()), Qt.ClipOperation.IntersectClip
        )
        _body(painter, body, clip, look, facts, scale, bodies)
        draw_marks(painter, body, clip, look, scale)
        if look.offset:
            draw_offset(painter, look)
        painter.restore()
    if rect.width() >= MIN_TEXT:
        draw_header(painter, rect, clip, facts, look, kind)
    if faded:
        painter.setOpacity(1.0)
    round_corners(painter, look)
    draw_edge(painter, rect, look)


def _ground(painter: QPainter, rect: QRectF, kind: str, look: ClipLook) -> None:
    """Two rectangles; the corners are rounded by painting the lane's colour over them, far cheaper than paths."""
    left, top, width, tall = int(rect.left()), int(rect.top()), int(rect.width()), int(rect.height())
    strip = CLIP_HEADER if look.row.has_header_strip else _LOW_STRIP
    painter.fillRect(left, top, width, strip, colour(f"clip.{kind}"))
    if tall > strip:
        painter.fillRect(left, top + strip, width, tall - strip, colour(f"clip.{kind}_body"))


def _body(
    painter: QPainter, body: QRectF, clip: Clip, look: ClipLook, facts: Facts, scale: Scale, bodies: Bodies
) -> None:
    media = facts.media(clip)
    nest = facts.nest(clip)
    if look.row.is_audio:
        if clip.freeze is None and nest is not None:
            bodies.draw_nest_sound(painter, body, clip, nest, scale)
        elif clip.freeze is None and media is not None:
            bodies.draw_waveform(painter, body, clip, media, scale)
    elif media is not None:
        bodies.draw_filmstrip(painter, body, clip, media, scale)
    elif nest is not None:
        bodies.draw_nest(painter, body, clip, nest, scale)
    elif isinstance(clip.source, GeneratorSource) and body.width() >= 40:
        text = facts.body_text(clip)
        if text:
            left = max(body.left(), 0.0)
            room = min(body.right(), look.view_width + 64) - left - 2 * PAD
            draw_paragraph(
                painter, QRectF(left + PAD, body.top() + 5, room, body.height() - 6), text, colour("text.secondary")
            )
