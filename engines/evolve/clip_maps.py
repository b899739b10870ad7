"""What lies where in a clip: sky, nearness, skin, what draws the eye. Measured small in each frame and steadied in time.

All of it is told from the pictures alone, by colour, texture and place; no model knows what it sees.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.filtering import gaussian
from effects.frame import Frame
from engines.evolve.base import SourceClip
from engines.evolve.deep import Field
from engines.evolve.seen import saliency_in, skin_in, sky_in
from engines.generate.procedural.draw.depth import guessed_depth

WIDTH = 256
"""Pixels across in which maps are measured."""
_REACH = 3
"""Frames before and after that steady a map."""
_FARTHER = 3
"""And so many more for a sky."""
_SAME = 0.045
"""Luma may differ so much where a neighbour still speaks of the same thing."""
_CUT = 0.11
"""Mean difference of luma from which a neighbour belongs to another shot."""
_KEPT = 64
_BORDER = 17
"""Round the border of a sky, so many pixels of the small picture are told by their own colour."""
_ALIKE = 2e-3
"""Where sky and rest are so alike (squared levels), their colours tell them apart only half."""
_EDGE = 1.5e-3
"""How faint an edge a map still follows when it is brought to full size (variance of luma)."""

Small = tuple[Field, Field, Field]
K = TypeVar("K")
V = TypeVar("V")


class ClipMaps:
    """Maps of a clip's frames, each for any index in any order. Use from one thread.

    With `draft` neighbours are not asked: one frame alone costs a seventh.
    """

    def __init__(self, clip: SourceClip, *, draft: bool = False) -> None:
        self._clip, self._reach = clip, 0 if draft else _REACH
        self._smalls: OrderedDict[int, Small] = OrderedDict()
        self._raw: OrderedDict[tuple[str, int], Field] = OrderedDict()
        self._likeness: OrderedDict[tuple[int, int], Field | None] = OrderedDict()
        self._steady: OrderedDict[tuple[str, int], Field] = OrderedDict()

    def small(self, index: int) -> Small:
        """y 0..1, u and v about 0, each (h, w) float32, `WIDTH` across."""
        index = min(max(index, 0), self._clip.count - 1)
        return _remembered(self._smalls, index, lambda: _small(self._clip.frame(index)))

    def sky(self, index: int) -> Field:
        """How surely each place is sky, 0..1."""
        return self._map("sky", index)

    def near(self, index: int) -> Field:
        """Nearness: 0 far, 1 at the camera; the sky is far."""
        return np.asarray(self._map("near", index) * (1 - self.sky(index)), np.float32)

    def skin(self, index: int) -> Field:
        """How surely each place has the colour of skin, 0..1, soft."""
        return self._map("skin", index)

    def drawing(self, index: int) -> Field:
        """What draws the eye, 0..1."""
        return self._map("drawing", index)

    def full(self, index: int, small: Field) -> Field:
        """A small map at the picture's size, its edges on the picture's own (a fast guided filter, He and Sun 2015)."""
        y = self._clip.frame(index).planes[0]
        slope, offset = _guide(small, self.small(index)[0], max(2, small.shape[1] // 40))
        size = (y.shape[1], y.shape[0])
        by, start = (cv2.resize(one, size, interpolation=cv2.INTER_LINEAR) for one in (slope, offset))
        luma = cv2.addWeighted(y, 1 / 219, y, 0, -16 / 219, dtype=cv2.CV_32F)
        made = cv2.add(cv2.multiply(luma, by), start)
        return np.asarray(cv2.min(cv2.max(made, 0.0), 1.0), np.float32)  # type: ignore[call-overload]

    def sky_matte(self, index: int) -> Field:
        """The sky at the picture's size, 0..1. Round its border each pixel is told by the colours of sky and rest beside it."""
        small, sky = self.small(index), self.sky(index)
        side = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_BORDER, _BORDER))
        sure, perhaps = cv2.erode(sky, side), cv2.dilate(sky, side)
        above = _beside(small, np.asarray(sure + np.float32(1e-4) * sky, np.float32))
        below = _beside(small, np.asarray(1 - perhaps + np.float32(1e-4) * (1 - sky), np.float32))
        apart = [(a - b) * np.float32(weight) for a, b, weight in zip(above, below, (1.0, 3.0, 3.0), strict=True)]
        length = sum((a - b) * way for a, b, way in zip(above, below, apart, strict=True)) + np.float32(_ALIKE)
        ways = [np.asarray(way / length, np.float32) for way in apart]
        start = -sum(b * way for b, way in zip(below, ways, strict=True)) + np.float32(_ALIKE) / length * sky
        y, u, v = self._clip.frame(index).planes[:3]
        half = (u.shape[1], u.shape[0])
        at_u, at_v, at_start = (cv2.resize(one, half, interpolation=cv2.INTER_LINEAR) for one in (*ways[1:], start))
        by_u, by_v = (
            cv2.multiply(cv2.subtract(plane, 128.0, dtype=cv2.CV_32F), way, scale=1 / 224)  # type: ignore[call-overload]
            for plane, way in ((u, at_u), (v, at_v))
        )
        colour = cv2.add(cv2.add(by_u, by_v), at_start)
        size = (y.shape[1], y.shape[0])
        colour, by_luma = (cv2.resize(one, size, interpolation=cv2.INTER_LINEAR) for one in (colour, ways[0]))
        told = cv2.add(cv2.multiply(cv2.subtract(y, 16.0, dtype=cv2.CV_32F), by_luma, scale=1 / 219), colour)  # type: ignore[call-overload]
        told = cv2.min(cv2.max(cv2.addWeighted(told, 1 / 0.6, told, 0, -0.2 / 0.6), 0.0), 1.0)  # type: ignore[call-overload]
        low, high = (cv2.resize(cv2.blur(one, (3, 3)), size, interpolation=cv2.INTER_LINEAR) for one in (sure, perhaps))
        return np.asarray(cv2.max(cv2.min(told, high), low), np.float32)

    def still(self, kind: str, count: int = 5) -> Field:
        """The mean of a map over some frames spread over the clip."""
        places = spread(self._clip.count, count)
        return np.asarray(np.mean([self._raw_map(kind, index) for index in places], axis=0), np.float32)

    def _map(self, kind: str, index: int) -> Field:
        index = min(max(index, 0), self._clip.count - 1)
        return _remembered(self._steady, (kind, index), lambda: self._steadied(kind, index))

    def _raw_map(self, kind: str, index: int) -> Field:
        return _remembered(self._raw, (kind, index), lambda: _MEASURES[kind](self.small(index)))

    def _steadied(self, kind: str, index: int) -> Field:
        """The mean of neighbours, weighed place by place by how alike they look: what stands still is averaged, what moves is not.

        A sky is told by more of them, and by those that are surer: what was sky a moment ago and looks the same still is.
        """
        power, reach = (3, self._reach + _FARTHER) if kind == "sky" and self._reach else (1, self._reach)
        own = self._raw_map(kind, index)
        total, weights = own**power, np.ones_like(own)
        for away in range(-reach, reach + 1):
            other = index + away
            if away == 0 or not 0 <= other < self._clip.count:
                continue
            weight = self._alike(min(index, other), max(index, other))
            if weight is None:
                continue
            raw = self._raw_map(kind, other)
            total += (raw if power == 1 else raw * raw * raw) * weight
            weights += weight
        return np.asarray((total / weights) ** np.float32(1 / power), np.float32)

    def _alike(self, index: int, other: int) -> Field | None:
        """How alike two frames look, place by place; None where they belong to two shots."""

        def measured() -> Field | None:
            off = cv2.absdiff(self.small(other)[0], self.small(index)[0])
            if float(off.mean()) > _CUT:
                return None
            nearly = cv2.multiply(cv2.blur(off, (3, 3)), 1 / _SAME)  # type: ignore[call-overload]
            return np.asarray(cv2.exp(-cv2.multiply(nearly, nearly)), np.float32)

        return _remembered(self._likeness, (index, other), measured, 2 * _KEPT)


def spread(count: int, wanted: int) -> list[int]:
    """Up to `wanted` frames over a clip, its ends left out where it is long enough."""
    places = np.unique(((np.arange(wanted) + 0.5) / wanted * count).astype(int))
    return [int(place) for place in places]


def _remembered(kept: OrderedDict[K, V], key: K, make: Callable[[], V], most: int = _KEPT) -> V:
    if key not in kept:
        kept[key] = make()
        while len(kept) > most:
            kept.popitem(last=False)
    return kept[key]


def _small(frame: Frame) -> Small:
    width = min(WIDTH, frame.width)
    size = (width, max(8, round(width * frame.height / frame.width)))
    y, u, v = (np.asarray(cv2.resize(p, size, interpolation=cv2.INTER_AREA), np.float32) for p in frame.planes[:3])
    return ((y - 16) / np.float32(219), (u - 128) / np.float32(224), (v - 128) / np.float32(224))


def _near(small: Small) -> Field:
    y, u, v = small
    planes = [_bytes(y * 219 + 16), _bytes(u * 224 + 128), _bytes(v * 224 + 128)]
    return np.asarray(guessed_depth(*planes), np.float32)


def _bytes(levels: NDArray[np.float32]) -> NDArray[np.uint8]:
    return np.clip(np.rint(levels), 0, 255).astype(np.uint8)


_MEASURES: Mapping[str, Callable[[Small], Field]] = MappingProxyType(
    {"sky": sky_in, "near": _near, "skin": skin_in, "drawing": saliency_in}
)


def _guide(field: Field, luma: Field, radius: int) -> tuple[Field, Field]:
    side = (2 * radius + 1, 2 * radius + 1)

    def mean(value: Field) -> Field:
        return np.asarray(cv2.blur(value, side, borderType=cv2.BORDER_REFLECT), np.float32)

    luma_mean, field_mean = mean(luma), mean(field)
    spread_of = mean(luma * luma) - luma_mean * luma_mean
    slope = (mean(luma * field) - luma_mean * field_mean) / (spread_of + np.float32(_EDGE))
    offset = field_mean - slope * luma_mean
    return mean(np.asarray(slope, np.float32)), mean(np.asarray(offset, np.float32))


def _beside(small: Small, weight: Field) -> list[Field]:
    """The mean colour round each place of what has weight: near it if there is some, else from farther away."""
    width = weight.shape[1]
    sums = [np.zeros_like(weight) for _ in range(4)]
    for share, sigma in ((1.0, 0.02), (0.02, 0.08)):
        for total, field in zip(sums, (weight, *(weight * plane for plane in small)), strict=True):
            total += np.float32(share) * gaussian(field, width * sigma)
    return [np.asarray(total / np.maximum(sums[0], np.float32(1e-9)), np.float32) for total in sums[1:]]
