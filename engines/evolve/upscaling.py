"""Larger pictures: cubic enlargement made true to its source by back-projection, then detail within honest bounds.

A classic upscaler: it invents nothing. Reduced again, its picture is the one it came from.
M. Irani, S. Peleg, "Improving resolution by image registration", 1991 (the back-projection).
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

import cv2
import numpy as np

from effects.frame import Frame, Plane, halved
from effects.video.sharpen import Sharpen
from engines.errors import EngineError
from engines.evolve.sharpening import held
from timeline.time import ZERO

ROUNDS = 3
_RING = 4


class Resolution(StrEnum):
    """Sizes by the lines of a picture that is wider than high."""

    SOURCE = "source"
    P720 = "720p"
    P1080 = "1080p"
    P1440 = "1440p"
    UHD = "4K"


_SHORT_SIDES = {Resolution.P720: 720, Resolution.P1080: 1080, Resolution.P1440: 1440, Resolution.UHD: 2160}


def size_for(size: tuple[int, int], wanted: Resolution) -> tuple[int, int]:
    """The size of a picture brought to a resolution: its short side so long (4K of wide pictures: 3840 across at most), even.

    Raises EngineError where the picture is as large already.
    """
    if wanted is Resolution.SOURCE:
        return size
    short = _SHORT_SIDES[wanted]
    factor = min(short / min(size), short * 16 / 9 / max(size))
    if factor <= 1:
        raise EngineError(
            f"The clip is {size[0]}x{size[1]} already, which is no smaller than {wanted.value}; choose a larger size."
        )
    width, height = (max(2, round(side * factor / 2) * 2) for side in size)
    return (width, height)


def enlarged(frame: Frame, size: tuple[int, int], detail: float = 0.0, rounds: int = ROUNDS) -> Frame:
    """The picture at `size`, larger than it is. `detail` 0..1 makes edges steeper, never beyond the levels beside them."""
    luma = _back_projected(frame.planes[0], size, rounds)
    small = halved(size)
    chroma = tuple(_chroma(plane, small, size[0] / frame.width) for plane in frame.planes[1:3])
    result = replace(frame, planes=(luma, *chroma))
    if not detail:
        return result
    radius = max(0.6, 0.55 * size[0] / frame.width)
    crisp = Sharpen(amount=1.2 * detail, radius=radius, threshold=1.0).render(result, ZERO)
    return replace(result, planes=(held(crisp.planes[0], luma, 2.0), *chroma))


def _back_projected(plane: Plane, size: tuple[int, int], rounds: int) -> Plane:
    source = plane.astype(np.float32)
    given = (plane.shape[1], plane.shape[0])
    large = np.asarray(cv2.resize(source, size, interpolation=cv2.INTER_CUBIC), np.float32)
    for _ in range(rounds):
        missing = source - cv2.resize(large, given, interpolation=cv2.INTER_AREA)
        large = np.asarray(cv2.add(large, cv2.resize(missing, size, interpolation=cv2.INTER_CUBIC)), np.float32)
    # ringing: nothing is much lighter or darker than its surroundings in the source
    window = np.ones((3, 3), np.uint8)
    low = cv2.resize(cv2.erode(source, window), size, interpolation=cv2.INTER_LINEAR)
    high = cv2.resize(cv2.dilate(source, window), size, interpolation=cv2.INTER_LINEAR)
    bounded = cv2.min(cv2.max(large, np.asarray(low - np.float32(_RING))), np.asarray(high + np.float32(_RING)))
    return np.asarray(cv2.convertScaleAbs(bounded), np.uint8)


def _chroma(plane: Plane, size: tuple[int, int], factor: float) -> Plane:
    """Colour at its own places: a sample lies on its left luma column, which enlarging about the middle would forget."""
    matrix = np.array(
        [
            [plane.shape[1] / size[0], 0, 0.25 * (1 / factor - 1)],
            [0, plane.shape[0] / size[1], 0.5 * (plane.shape[0] / size[1] - 1)],
        ]
    )
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(plane, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE), np.uint8)
