"""Pixelate."""

from __future__ import annotations

from enum import StrEnum

import cv2
import numpy as np

from effects.base import VideoEffect
from effects.filtering import Grid, filtered, in_rgb, is_empty, looked_up, table
from effects.frame import Frame, Plane
from effects.params import param
from timeline.time import RationalTime


class Colours(StrEnum):
    """How many colours stay."""

    ALL = "all"
    SIXTEEN_BIT = "16_bit"
    EIGHT_BIT = "8_bit"


class Pixelate(VideoEffect):
    """Show the picture in large squares, with all colours or as few as old games had."""

    title = "Pixelate"
    group = "Stylise"

    size: float = param(16.0, ge=1, le=400, unit="px", step=1, help="Side of a square; 1 keeps the picture sharp.")
    colours: Colours = param(
        Colours.ALL, help="All, 16 bit (5, 6 and 5 bits of red, green and blue) or 8 bit (3, 3 and 2)."
    )

    def render(self, frame: Frame, at: RationalTime) -> Frame:
        """The mean of each square; the squares stand about the picture's centre."""
        if is_empty(frame):
            return frame
        side = self.size * frame.scale
        if self.size > 1 and side > 1:
            frame = filtered(frame, lambda plane, step: _squares(plane, side / step))
        if self.colours is Colours.ALL:
            return frame
        levels = _few(5, 6, 5) if self.colours is Colours.SIXTEEN_BIT else _few(3, 3, 2)
        return in_rgb(frame, lambda rgb: looked_up(rgb, levels))


def _few(*bits: int) -> Plane:
    """(1, 256, 3): the nearest of 2^bits levels for each colour."""
    steps = 2.0 ** np.array(bits) - 1
    return table(np.rint(np.arange(256)[:, None] / 255 * steps) / steps * 255)[None]


def _squares(plane: Grid, side: float) -> Grid:
    """Every sample at the mean of its square; `side` in samples, broken numbers too."""
    height, width = plane.shape
    columns, rows = _places(width, side), _places(height, side)
    sums = np.asarray(cv2.integral(plane, sdepth=cv2.CV_64F))
    left = np.searchsorted(columns, np.arange(columns[-1] + 1), "left")
    right = np.append(left[1:], width)
    top = np.searchsorted(rows, np.arange(rows[-1] + 1), "left")
    bottom = np.append(top[1:], height)
    total = (
        sums[np.ix_(bottom, right)] - sums[np.ix_(top, right)] - sums[np.ix_(bottom, left)] + sums[np.ix_(top, left)]
    )
    mean = total / np.outer(bottom - top, right - left)
    if plane.dtype == np.uint8:
        mean = np.rint(mean)
    return np.asarray(mean.astype(plane.dtype)[rows][:, columns])


def _places(count: int, side: float) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The number of the square that each sample belongs to; one square has its middle at the picture's centre."""
    number = np.floor((np.arange(count) + 0.5 - count / 2) / side + 0.5).astype(np.int64)
    return np.asarray(number - number[0])
