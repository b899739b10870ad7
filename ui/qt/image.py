"""Pictures from files and arrays as Qt draws them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPixmap


def image_of(bgra: NDArray[np.uint8]) -> QImage:
    """An opaque picture of `(h, w, 4)` bytes B, G, R, x, without a copy: QImage keeps the array alive; do not write to it."""
    height, width = bgra.shape[:2]
    return QImage(bgra.data, width, height, bgra.strides[0], QImage.Format.Format_RGB32)


@lru_cache(maxsize=400)
def _loaded(path: str, stamp: int) -> QPixmap:
    return QPixmap.fromImage(QImage(path))


def pixmap_of(path: Path | None) -> QPixmap | None:
    """A small picture (a thumbnail) from a file, cached until the file changes; None while there is none."""
    if path is None:
        return None
    try:
        stamp = path.stat().st_mtime_ns
    except OSError:
        return None
    result = _loaded(str(path), stamp)
    return None if result.isNull() else result


def covering(source: QSize, target: QRectF) -> QRect:
    """The part of a picture that fills `target` without distortion, centred."""
    if source.isEmpty() or target.isEmpty():
        return QRect()
    wanted = target.width() / target.height()
    width, height = source.width(), source.height()
    if width / height > wanted:
        cut = round(height * wanted)
        return QRect((width - cut) // 2, 0, cut, height)
    cut = round(width / wanted)
    return QRect(0, (height - cut) // 2, width, cut)


def draw_cover(
    painter: QPainter, target: QRectF, picture: QPixmap, radius: float = 0.0, top_only: bool = False
) -> None:
    """Fill `target` with a picture, cropped to its shape; corners rounded by `radius` (the top ones, or all)."""
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
    if radius > 0:
        shape = QPainterPath()
        rounded = target.adjusted(0, 0, 0, radius) if top_only else target
        shape.addRoundedRect(rounded, radius, radius)
        painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
        painter.setClipRect(target, Qt.ClipOperation.IntersectClip)
    painter.drawPixmap(target, picture, QRectF(covering(picture.size(), target)))
    painter.restore()
