"""The picture through another lens or frame: any projective way of the whole picture that shows no border."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.frame import Frame

Way = NDArray[np.float64]
"""(3, 3): from the result's to the picture's continuous coordinates (pixel i covers i..i+1)."""

_LUMA_OF_CHROMA = np.array([[2.0, 0, -0.5], [0, 2.0, 0], [0, 0, 1]])
_MIDDLE = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])


def viewed(frame: Frame, way: Way, *, fine: bool = True) -> Frame:
    """The picture sampled along `way`, at its own size; cubic with `fine`."""
    planes = []
    for index, plane in enumerate(frame.planes[:3]):
        own = way if index == 0 else np.linalg.inv(_LUMA_OF_CHROMA) @ way @ _LUMA_OF_CHROMA
        move = np.linalg.inv(_MIDDLE) @ own @ _MIDDLE
        flags = (cv2.INTER_CUBIC if fine and index == 0 else cv2.INTER_LINEAR) | cv2.WARP_INVERSE_MAP
        size = (plane.shape[1], plane.shape[0])
        if np.allclose(move[2], (0, 0, 1)):
            made = cv2.warpAffine(plane, move[:2], size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
        else:
            made = cv2.warpPerspective(plane, move, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
        planes.append(np.asarray(made, np.uint8))
    return replace(frame, planes=tuple(planes))


def turned(size: tuple[int, int], degrees: float) -> Way:
    """The camera rolled: the picture turns by `degrees` clockwise about its middle."""
    width, height = size
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return _about(width / 2, height / 2, np.array([[c, s, 0], [-s, c, 0], [0, 0, 1.0]]))


def tilted(size: tuple[int, int], degrees: float) -> Way:
    """The camera tipped up (above 0) or down about the middle of the picture: uprights lean together at the top or below.

    As through a lens whose picture is 1.1 times as far away as it is wide.
    """
    width, height = size
    far = 1.1 * width
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    lens = np.diag([far, far, 1.0])
    turn = np.array([[1, 0, 0], [0, c, -s], [0, s, c]])
    way = lens @ turn @ np.linalg.inv(lens)
    middle = way @ np.array([0, 0, 1.0])
    back = np.array([[1, 0, -middle[0] / middle[2]], [0, 1, -middle[1] / middle[2]], [0, 0, 1]])
    return _about(width / 2, height / 2, back @ way)


def windowed(size: tuple[int, int], zoom: float, left: float, top: float) -> Way:
    """The part of the picture from (left, top), shares of it, 1 / zoom of its sides wide and high."""
    return np.array([[1 / zoom, 0, left * size[0]], [0, 1 / zoom, top * size[1]], [0, 0, 1.0]])


def covered(size: tuple[int, int], way: Way, least: float = 1.0) -> tuple[Way, float]:
    """The way with as little zoom about the middle as shows no border, at least `least`; and that zoom."""
    low, high = least, 6.0
    if _inside(size, _zoomed(size, way, low)):
        return _zoomed(size, way, low), low
    for _ in range(24):
        half = (low + high) / 2
        low, high = (low, half) if _inside(size, _zoomed(size, way, half)) else (half, high)
    return _zoomed(size, way, high), high


def _zoomed(size: tuple[int, int], way: Way, zoom: float) -> Way:
    return way @ _about(size[0] / 2, size[1] / 2, np.diag([1 / zoom, 1 / zoom, 1.0]))


def _inside(size: tuple[int, int], way: Way) -> bool:
    width, height = size
    corners = way @ np.array([[0, width, width, 0], [0, 0, height, height], [1, 1, 1, 1.0]])
    if (corners[2] <= 0).any():
        return False
    x, y = corners[0] / corners[2], corners[1] / corners[2]
    return bool(min(x.min(), y.min()) >= -1e-6 and x.max() <= width + 1e-6 and y.max() <= height + 1e-6)


def _about(x: float, y: float, way: Way) -> Way:
    to, back = np.array([[1, 0, x], [0, 1, y], [0, 0, 1]]), np.array([[1, 0, -x], [0, 1, -y], [0, 0, 1]])
    return np.asarray(to @ way @ back, np.float64)
