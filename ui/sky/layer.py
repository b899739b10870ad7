"""The still part of the sky as pixels: painted whole when one zooms, shifted when one pans, where only what comes in is painted."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter

from ui.sky.scale import SkyScale
from ui.sky.star_layer import PAD, Picture, new_picture
from ui.sky.still import StillSky

WHOLE: Final = 1e-3
"""A shift is one of whole device pixels when it is as near to one as this."""


class SkyLayer:
    """Two pictures of the view with free borders: one is shown, into the other it is shifted."""

    def __init__(self, still: StillSky) -> None:
        self._still = still
        self._held: Picture = new_picture(1, 1)
        self._spare: Picture = new_picture(1, 1)
        self._scale: SkyScale | None = None
        self._ratio = 1.0
        self.painted = 0
        """Device pixels that were painted for the last view: all of them, or those that came in."""

    def forget(self) -> None:
        """The model changed, or the hand rests: paint all of it with the next view."""
        self._scale = None

    @property
    def is_patched(self) -> bool:
        """Whether it was put together from parts."""
        return self.painted != self._size[0] * self._size[1]

    @property
    def _size(self) -> tuple[int, int]:
        """Device pixels."""
        height, width = self._held.shape
        return width - 2 * PAD, height - 2 * PAD

    def paint(self, painter: QPainter, scale: SkyScale, ratio: float) -> None:
        """Show this view at the corner of the device."""
        size = max(1, round(scale.width * ratio)), max(1, round(scale.height * ratio))
        if size != self._size or ratio != self._ratio:
            self._held, self._spare, self._ratio = new_picture(*size), new_picture(*size), ratio
            self._scale = None
        if scale != self._scale:
            self._follow(scale)
            self._scale = scale
        height, width = self._held.shape
        picture = QImage(self._held.data, width, height, width * 4, QImage.Format.Format_RGB32)
        picture.setDevicePixelRatio(ratio)
        painter.drawImage(QPointF(-PAD / ratio, -PAD / ratio), picture)

    def _follow(self, scale: SkyScale) -> None:
        width, height = self._size
        shift = self._shift(scale)
        if shift is None:
            self._still.draw(self._held, scale, self._ratio)
            self.painted = width * height
            return
        right, down = shift
        left, top = max(0, right), max(0, down)
        end, foot = min(width, width + right), min(height, height + down)
        before, after = self._inner(self._held), self._inner(self._spare)
        after[top:foot, left:end] = before[top - down : foot - down, left - right : end - right]
        self._held, self._spare = self._spare, self._held
        self.painted = 0
        rows = (0, down) if down > 0 else (foot, height)
        columns = (0, right) if right > 0 else (end, width)
        self._patch(scale, 0, rows[0], width, rows[1])
        self._patch(scale, columns[0], top, columns[1], foot)

    def _patch(self, scale: SkyScale, left: int, top: int, right: int, bottom: int) -> None:
        """Paint a part (device pixels of the view)."""
        if right <= left or bottom <= top:
            return
        part = new_picture(right - left, bottom - top)
        self._still.draw(part, scale, self._ratio, (left, top))
        self._inner(self._held)[top:bottom, left:right] = self._inner(part)
        self.painted += (right - left) * (bottom - top)

    def _shift(self, scale: SkyScale) -> tuple[int, int] | None:
        """By how many device pixels what is held moves right and down; None where that does not give this view."""
        before = self._scale
        if before is None or scale.zoom != before.zoom:
            return None
        right, down = (
            (old - new) * scale.zoom * self._ratio for old, new in ((before.x, scale.x), (before.y, scale.y))
        )
        whole = round(right), round(down)
        width, height = self._size
        if max(abs(right - whole[0]), abs(down - whole[1])) > WHOLE:
            return None
        if abs(whole[0]) * 2 > width or abs(whole[1]) * 2 > height:
            return None
        return whole

    @staticmethod
    def _inner(picture: Picture) -> Picture:
        return picture[PAD:-PAD, PAD:-PAD]
