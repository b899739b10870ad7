"""Kaleidoscope."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.base import VideoEffect
from effects.filtering import Grid, filtered, is_empty
from effects.frame import Frame
from effects.params import param
from timeline.time import RationalTime

Map = NDArray[np.float32]


class Mirrors(StrEnum):
    """How many pieces the circle has."""

    FOUR = "4"
    SIX = "6"
    EIGHT = "8"
    TWELVE = "12"


class Kaleidoscope(VideoEffect):
    """Repeat a wedge of the picture round its centre, mirrored from piece to piece."""

    title = "Kaleidoscope"
    group = "Shape"

    pieces: Mirrors = param(Mirrors.SIX, help="How many pieces make the circle.")
    angle: float = param(0.0, ge=-36_000, le=36_000, unit="°", help="Which wedge is taken; keyframes make it flow.")
    turn: float = param(0.0, ge=-36_000, le=36_000, unit="°", help="Turns the whole figure.")
    zoom: float = param(100.0, ge=20, le=500, unit="%", help="Larger shows less of the wedge, larger.")
    centre_x: float = param(50.0, ge=0, le=100, unit="%", help="Where the wedge begins, across the picture.")
    centre_y: float = param(50.0, ge=0, le=100, unit="%", help="Where the wedge begins, down the picture.")

    def render(self, frame: Frame, at: RationalTime) -> Frame:
        """The figure; what the wedge reaches beyond the border is mirrored in."""
        if is_empty(frame):
            return frame
        size = frame.size

        def folded(plane: Grid, step: int) -> Grid:
            ways = _ways(self, size, plane.shape[:2], step)
            return np.asarray(cv2.remap(plane, *ways, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101))

        return filtered(frame, folded)


@lru_cache(maxsize=4)
def _polar(size: tuple[int, int], shape: tuple[int, int], step: int, upright: bool) -> tuple[Map, Map]:
    """How far each sample lies from the centre in px, and at which angle; `step` 2 is the chroma grid.

    An `upright` figure is its own mirror image about both axes: all quarters have the angles of one, so that they are exactly
    alike.
    """
    height, width = shape
    aside, down = _lies(step)
    x = ((np.arange(width) + aside) * step - size[0] / 2).astype(np.float32)
    y = ((np.arange(height) + down) * step - size[1] / 2).astype(np.float32)
    if upright:
        x, y = np.abs(x), np.abs(y)
    radius, angle = cv2.cartToPolar(np.tile(x, (height, 1)), np.repeat(y[:, None], width, 1))
    return np.asarray(radius, np.float32), np.asarray(angle, np.float32)


def _lies(step: int) -> tuple[float, float]:
    """Where a sample lies in its own cell, see `Layout.YUV420`."""
    return (0.5, 0.5) if step == 1 else (0.25, 0.5)


@lru_cache(maxsize=4)
def _ways(
    one: Kaleidoscope, size: tuple[int, int], shape: tuple[int, int], step: int
) -> tuple[NDArray[np.int16], NDArray[np.uint16]]:
    """Where each sample comes from, as `cv2.remap` likes it best."""
    radius, angle = _polar(size, shape, step, one.turn % 180 == 0)
    wedge = 2 * np.pi / int(one.pieces.value)
    # fold the circle into half a piece: the next half is its mirror image
    turns = (angle - np.float32(np.radians(one.turn))) * np.float32(1 / wedge)
    turns -= np.rint(turns)
    folded = np.abs(turns, out=turns)
    folded *= np.float32(wedge)
    folded += np.float32(np.radians(one.angle % 360))
    far = np.asarray(cv2.multiply(radius, 100 / one.zoom / step))  # type: ignore[call-overload]
    from_x, from_y = cv2.polarToCart(far, folded)
    aside, down = _lies(step)
    from_x = np.add(from_x, np.float32(size[0] * one.centre_x / 100 / step - aside))
    from_y = np.add(from_y, np.float32(size[1] * one.centre_y / 100 / step - down))
    whole, part = cv2.convertMaps(from_x, from_y, cv2.CV_16SC2)
    return np.asarray(whole, np.int16), np.asarray(part, np.uint16)
