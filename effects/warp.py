"""Moving a whole canvas picture for a transition: what leaves at one side is mirrored in at the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.frame import Frame, Plane, halved

_SHUTTER: Final = 0.02
_STEP: Final = 8.0
"""Pixels between moments at the edge: more would be seen as separate pictures."""
_MOST_MOMENTS: Final = 12
_FAST: Final = 6
"""From this many moments on the blur hides that they are drawn at half size."""
_SMALLEST: Final = 64

Affine = NDArray[np.float64]

_CENTRE: Final = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
"""From a sample's number to where it lies."""
_LUMA_OF_CHROMA: Final = np.array([[2.0, 0, -0.5], [0, 2.0, 0], [0, 0, 1]])


def about_centre(frame: Frame, scale: float = 1.0, degrees: float = 0.0, shift: tuple[float, float] = (0, 0)) -> Affine:
    """Scale and turn clockwise about the picture's centre, then shift by px: (3, 3), continuous coordinates."""
    x, y = frame.width / 2, frame.height / 2
    c, s = scale * np.cos(np.radians(degrees)), scale * np.sin(np.radians(degrees))
    return np.array(
        [
            [c, -s, x - c * x + s * y + shift[0]],
            [s, c, y - s * x - c * y + shift[1]],
            [0, 0, 1],
        ]
    )


def moved(frame: Frame, matrix: Affine, border: int = cv2.BORDER_REFLECT, way: int = cv2.INTER_LINEAR) -> Frame:
    """The picture moved by `matrix`; sampled linearly (or another `way`), chroma at its own places."""
    chroma = np.linalg.inv(_LUMA_OF_CHROMA) @ matrix @ _LUMA_OF_CHROMA
    matrices = (matrix, chroma, chroma)
    planes = (_moved(plane, own, border, way) for plane, own in zip(frame.planes[:3], matrices, strict=True))
    return replace(frame, planes=tuple(planes))


def _moved(plane: Plane, matrix: Affine, border: int, way: int) -> Plane:
    back = np.linalg.inv(np.linalg.inv(_CENTRE) @ matrix @ _CENTRE)
    flags = way | cv2.WARP_INVERSE_MAP
    size = (plane.shape[1], plane.shape[0])
    return np.asarray(cv2.warpAffine(plane, back[:2], size, flags=flags, borderMode=border), np.uint8)


def exposed(
    at: Callable[[Frame, Frame, float], Frame],
    reach: Callable[[float], float],
    pictures: tuple[Frame, Frame],
    progress: float,
    amount: float = 1.0,
) -> Frame:
    """The picture as a shutter sees it: the mean of several moments round `progress`.

    `at(left, right, moment)` draws one; `reach(moment)` is how far the edge has moved by then, as share of the picture's
    width: few moments are drawn where little moves, and fast ones at half size. `amount` 1 is a shutter open for half a
    frame, for a transition of a second.
    """
    left, right = pictures
    open_for = _SHUTTER * amount
    start, end = max(progress - open_for / 2, 0), min(progress + open_for / 2, 1)
    count = min(1 + round(abs(reach(end) - reach(start)) * left.width / _STEP), _MOST_MOMENTS)
    if count == 1:
        return at(left, right, progress)
    whole = left
    if count >= _FAST and min(left.size) >= _SMALLEST:
        left, right = _halved(left), _halved(right)
    sums: list[NDArray[np.float32]] = []
    for index in range(count):
        frame = at(left, right, start + (end - start) * (index + 0.5) / count)
        if not sums:
            sums = [np.zeros(plane.shape, np.float32) for plane in frame.planes[:3]]
        for plane, total in zip(frame.planes[:3], sums, strict=True):
            cv2.accumulate(plane, total)
    planes = tuple(np.asarray(cv2.convertScaleAbs(total, alpha=1 / count), np.uint8) for total in sums)
    return replace(whole, planes=tuple(_sized(new, old.shape) for new, old in zip(planes, whole.planes, strict=False)))


def _halved(frame: Frame) -> Frame:
    width, height = halved(frame.size)
    shapes = ((height, width), *[halved((height, width))] * 2)
    planes = tuple(_sized(plane, shape) for plane, shape in zip(frame.planes, shapes, strict=False))
    return replace(frame, planes=planes, scale=frame.scale / 2)


def _sized(plane: Plane, shape: tuple[int, ...]) -> Plane:
    if plane.shape == shape:
        return plane
    way = cv2.INTER_AREA if shape[0] < plane.shape[0] else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(plane, (shape[1], shape[0]), interpolation=way), np.uint8)
