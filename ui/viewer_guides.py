"""What is drawn over, or in place of, a viewer's picture: safe areas, the waveform of a file without picture."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from ui.qt import tokens

_WIDE: Final = (0.93, 0.90)
"""Action and titles on 16:9 by EBU R 95 and SMPTE ST 2046-1."""
_NARROW: Final = (0.90, 0.80)
"""The same on 4:3 by SMPTE RP 218, and on what is narrower still."""


def safe_shares(width: int, height: int) -> tuple[float, float]:
    """Of a picture's width and height, what is safe for action and for titles."""
    return _WIDE if width * 2 >= height * 3 else _NARROW


def paint_safe_areas(painter: QPainter, target: QRectF, frame: tuple[int, int]) -> None:
    """Two frames and a cross in the middle: light lines on dark ones, to be seen on any picture."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, offset in ((QColor(0, 0, 0, 150), 1.0), (QColor(255, 255, 255, 190), 0.0)):
        painter.setPen(QPen(colour, 1))
        for share in safe_shares(*frame):
            dx, dy = target.width() * (1 - share) / 2, target.height() * (1 - share) / 2
            painter.drawRect(target.adjusted(dx, dy, -dx, -dy).translated(offset, offset))
        middle, arm = target.center() + QPointF(offset, offset), 8.0
        painter.drawLine(QLineF(middle.x() - arm, middle.y(), middle.x() + arm, middle.y()))
        painter.drawLine(QLineF(middle.x(), middle.y() - arm, middle.x(), middle.y() + arm))
    painter.restore()


class WavePicture:
    """A waveform over the whole width, drawn once for each size."""

    def __init__(self, peaks: NDArray[np.float32]) -> None:
        self._peaks = peaks
        self._made: tuple[QSize, float, QPixmap] | None = None

    def picture(self, size: QSize, ratio: float) -> QPixmap:
        """The waveform on the well, in device pixels of `ratio`."""
        if self._made is None or self._made[:2] != (size, ratio):
            self._made = (size, ratio, self._drawn(size, ratio))
        return self._made[2]

    def _drawn(self, size: QSize, ratio: float) -> QPixmap:
        pixmap = QPixmap(size * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(tokens.color("surface.well"))
        count = len(self._peaks)
        if not count or size.width() < 2:
            return pixmap
        columns = min(round(size.width() * ratio), count)
        edges = np.arange(columns) * count // columns
        lows, highs = np.minimum.reduceat(self._peaks[:, 0], edges), np.maximum.reduceat(self._peaks[:, 1], edges)
        half, middle, step = size.height() * 0.4, size.height() / 2, size.width() / columns
        painter = QPainter(pixmap)
        painter.setPen(QPen(tokens.color("border.subtle"), 1))
        painter.drawLine(QLineF(0, middle, size.width(), middle))
        painter.setPen(QPen(tokens.color("clip.waveform"), max(step, 1 / ratio)))
        lines = [
            QLineF(x * step, middle - float(high) * half, x * step, middle - float(low) * half)
            for x, (low, high) in enumerate(zip(lows, highs, strict=True))
        ]
        painter.drawLines(lines)
        painter.end()
        return pixmap
