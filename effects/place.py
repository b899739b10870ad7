"""Pictures on the canvas: the affine way of each plane, exact below the pixel, with antialiased edges.

Continuous coordinates: pixel i covers i..i+1. A chroma sample (i, j) lies at luma (2i + 0.5, 2j + 1), see `Layout.YUV420`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, cos, floor, hypot, radians, sin
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.colour import chroma_of, yuva_of
from effects.frame import Canvas, Frame, Layout, Plane, halved

Affine = NDArray[np.float64]
"""(3, 3), last row 0 0 1."""
Grid = NDArray[Any]
"""A plane, uint8 or float32."""

_EXACT: Final = 1e-3
_LIMIT: Final = 16_000
"""Larger sources are shrunk first: the warp counts source pixels in 16 bit."""
_LUMA_OF_CHROMA: Final = np.array([[2.0, 0, -0.5], [0, 2.0, 0], [0, 0, 1]])


@dataclass(frozen=True)
class Placement:
    """Where a picture goes: its `whole` size in its own pixels, and in canvas pixels its size and centre.

    `crop` is what stays of it: left, top, right, bottom as shares of the whole. `rotation` in degrees, clockwise.
    """

    whole: tuple[int, int]
    size: tuple[float, float]
    centre: tuple[float, float]
    rotation: float = 0.0
    crop: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)

    def matrix(self) -> Affine:
        """From the picture's to the canvas's continuous coordinates."""
        across, down = self.size[0] / self.whole[0], self.size[1] / self.whole[1]
        quarter = self.rotation % 360 / 90
        if quarter == int(quarter):  # sine and cosine of right angles are not exact
            c, s = ((1, 0), (0, 1), (-1, 0), (0, -1))[int(quarter) % 4]
        else:
            c, s = cos(radians(self.rotation)), sin(radians(self.rotation))  # type: ignore[assignment]
        centred = np.array([[1, 0, -self.whole[0] / 2], [0, 1, -self.whole[1] / 2], [0, 0, 1.0]])
        turned = np.array(
            [[c * across, -s * down, self.centre[0]], [s * across, c * down, self.centre[1]], [0, 0, 1.0]]
        )
        return np.asarray(turned @ centred, np.float64)


def placed(frame: Frame, canvas: Canvas, placement: Placement) -> Frame:
    """The visible part of `frame` on the canvas, origin and alpha set; 0 by 0 when nothing of it is there."""
    source = yuva_of(frame)
    matrix = placement.matrix()
    left, top, right, bottom = _kept(source, placement)
    if right <= left or bottom <= top or min(placement.size) < 1 / 64:
        return _nothing(canvas)
    corners = matrix @ np.array([[left, right, right, left], [top, top, bottom, bottom], [1, 1, 1, 1]])
    box = _even_box(corners, canvas)
    if box is None:
        return _nothing(canvas)
    # from here on in the coordinates of the box
    onto = _shifted(-box[0], -box[1]) @ matrix @ _shifted(*source.origin)
    cover = _coverage(_shifted(-box[0], -box[1]) @ matrix, (left, top, right, bottom), (box[2], box[3]))
    if source.alpha is None:
        planes = _warped(source.planes, onto, (box[2], box[3]))
        alpha = cover
    else:
        planes, alpha = _warped_with_alpha(source, onto, (box[2], box[3]))
        alpha = alpha if cover is None else _product(alpha, cover)
    return Frame(planes if alpha is None else (*planes, alpha), Layout.YUV420, (box[0], box[1]), canvas.scale)


def _nothing(canvas: Canvas) -> Frame:
    return Frame((np.zeros((0, 0), np.uint8),) * 4, scale=canvas.scale)


def _shifted(x: float, y: float) -> Affine:
    return np.array([[1.0, 0, x], [0, 1.0, y], [0, 0, 1.0]])


def _kept(source: Frame, placement: Placement) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of what is there and not cropped, in the whole picture's pixels."""
    (width, height), (x, y), crop = placement.whole, source.origin, placement.crop
    return (
        max(crop[0] * width, x),
        max(crop[1] * height, y),
        min(crop[2] * width, x + source.width),
        min(crop[3] * height, y + source.height),
    )


def _even_box(corners: Affine, canvas: Canvas) -> tuple[int, int, int, int] | None:
    """x, y, width, height of the canvas pixels touched; x and y even, width and height too but at the canvas's edge."""
    spans = []
    for values, limit in zip(corners[:2], (canvas.width, canvas.height), strict=True):
        start = max(floor(float(values.min()) + _EXACT), 0) // 2 * 2
        end = min((ceil(float(values.max()) - _EXACT) + 1) // 2 * 2, limit)
        if end <= start:
            return None
        spans.append((start, end - start))
    return (spans[0][0], spans[1][0], spans[0][1], spans[1][1])


def _coverage(matrix: Affine, kept: tuple[float, float, float, float], size: tuple[int, int]) -> Plane | None:
    """How much of each pixel the picture covers, 0..255; None when all of them wholly."""
    (left, top, right, bottom), (width, height) = kept, size
    if abs(matrix[0, 1]) < 1e-9 and abs(matrix[1, 0]) < 1e-9:
        across_cover = _overlap(width, matrix[0, 0] * left + matrix[0, 2], matrix[0, 0] * right + matrix[0, 2])
        down_cover = _overlap(height, matrix[1, 1] * top + matrix[1, 2], matrix[1, 1] * bottom + matrix[1, 2])
        if across_cover.min() > 1 - 2 * _EXACT and down_cover.min() > 1 - 2 * _EXACT:
            return None
        return _outer(across_cover, down_cover)
    back = np.linalg.inv(matrix)
    across, down = hypot(matrix[0, 0], matrix[1, 0]), hypot(matrix[0, 1], matrix[1, 1])
    strips = [_strip(back[0], (left, right), across, size), _strip(back[1], (top, bottom), down, size)]
    seen = [strip for strip in strips if strip is not None]
    return _product(*seen) if len(seen) == 2 else next(iter(seen), None)


def _outer(across: NDArray[np.float64], down: NDArray[np.float64]) -> Plane:
    """The product of a row and a column, 0..255; nearly all rows are alike."""
    result = np.empty((down.size, across.size), np.uint8)
    result[:] = np.rint(across * 255)
    for row in np.flatnonzero(down < 1):
        result[row] = np.rint(across * (down[row] * 255))
    return result


def _strip(row: Affine, between: tuple[float, float], pixels: float, size: tuple[int, int]) -> Plane | None:
    """How much of each pixel lies between two parallel edges, 0..255; None: all of all.

    `row` turns a canvas place into the picture coordinate that has `between` as its ends; `pixels` are canvas pixels for
    one of the picture. The cover is the distance of the pixel's centre to the nearer edge + 0.5.
    """
    (width, height), slope = size, row[:2] * pixels
    start = float((row[2] - sum(between) / 2) * pixels + slope.sum() / 2)
    room = (between[1] - between[0]) / 2 * pixels + 0.5
    corners = [start + slope[0] * x + slope[1] * y for x in (0, width - 1) for y in (0, height - 1)]
    if room - max(abs(corner) for corner in corners) >= 1:
        return None
    columns = (np.arange(width) * (slope[0] * 255) + start * 255).astype(np.float32)
    rows = (np.arange(height) * (slope[1] * 255)).astype(np.float32)
    distance = np.add.outer(rows, columns)
    np.abs(distance, out=distance)
    return np.asarray(cv2.subtract(room * 255, distance, dtype=cv2.CV_8U), np.uint8)  # type: ignore[call-overload]


def _overlap(count: int, start: float, end: float) -> NDArray[np.float64]:
    """The share of each pixel 0..count that lies between start and end."""
    low = np.arange(count, dtype=np.float64)
    return np.asarray(np.clip(np.minimum(low + 1, end) - np.maximum(low, start), 0, 1), np.float64)


def _warped(planes: tuple[Plane, ...], onto: Affine, size: tuple[int, int]) -> tuple[Plane, ...]:
    """Y, U and V brought to the box by `onto` (picture to box, continuous)."""
    chroma = np.linalg.inv(_LUMA_OF_CHROMA) @ onto @ _LUMA_OF_CHROMA
    half = halved(size)
    y, u, v = planes[:3]
    return (_warp(y, onto, size), _warp(u, chroma, half), _warp(v, chroma, half))


def _warped_with_alpha(source: Frame, onto: Affine, size: tuple[int, int]) -> tuple[tuple[Plane, ...], Plane]:
    """As `_warped`, each pixel weighing with its alpha: nothing bleeds in from transparent ones."""
    alpha = source.planes[3]
    half = halved(size)
    chroma = np.linalg.inv(_LUMA_OF_CHROMA) @ onto @ _LUMA_OF_CHROMA
    if _whole_steps(onto) and _whole_steps(chroma):
        return _warped(source.planes, onto, size), _warp(alpha, onto, size)
    weight = alpha.astype(np.float32)
    small_weight = chroma_of(weight)
    new_weight, new_small = _warp(weight, onto, size), _warp(small_weight, chroma, half)
    luma = _divided(_warp(_weighted(source.planes[0], weight), onto, size), new_weight)
    u, v = (_divided(_warp(_weighted(plane, small_weight), chroma, half), new_small) for plane in source.planes[1:3])
    return (luma, u, v), np.asarray(cv2.convertScaleAbs(new_weight), np.uint8)


def _weighted(plane: Plane, weight: Grid) -> Grid:
    return np.asarray(cv2.multiply(plane, weight, dtype=cv2.CV_32F))


def _divided(weighted: Grid, weight: Grid) -> Plane:
    straight = np.asarray(cv2.divide(weighted, np.maximum(weight, np.float32(0.01))))
    straight[weight < 0.5] = 128  # unseen; a neutral value keeps later steps from ringing
    return np.asarray(cv2.convertScaleAbs(straight), np.uint8)


def _whole_steps(matrix: Affine) -> bool:
    """Whether it only moves by whole pixels."""
    shift = matrix[:2, 2]
    return bool(np.abs(matrix[:2, :2] - np.eye(2)).max() < 1e-6 and np.abs(shift - np.rint(shift)).max() < _EXACT)


def _warp(plane: Grid, matrix: Affine, size: tuple[int, int]) -> Grid:
    """One plane by `matrix` (its own continuous coordinates to the result's); beyond its border the border goes on."""
    if _whole_steps(matrix):
        return _window(plane, round(-matrix[0, 2]), round(-matrix[1, 2]), size)
    height, width = plane.shape
    across, down = hypot(matrix[0, 0], matrix[1, 0]), hypot(matrix[0, 1], matrix[1, 1])
    aligned = _is_aligned(matrix, width * across, height * down)
    # shrinking below half would leave pixels out; what is aligned to the pixel grid needs no warp at all
    if aligned or min(across, down) < 0.5 or max(width, height) > _LIMIT:
        shape = (_resized_length(width, across, aligned), _resized_length(height, down, aligned))
        shrinks = shape[0] < width or shape[1] < height
        plane = np.asarray(cv2.resize(plane, shape, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR))
        matrix = matrix @ np.diag([width / shape[0], height / shape[1], 1.0])
        if _whole_steps(matrix):
            return _window(plane, round(-matrix[0, 2]), round(-matrix[1, 2]), size)
    back = np.linalg.inv(_shifted(-0.5, -0.5) @ matrix @ _shifted(0.5, 0.5))
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(plane, back[:2], size, flags=flags, borderMode=cv2.BORDER_REPLICATE))


def _is_aligned(matrix: Affine, width: float, height: float) -> bool:
    """Whether the plane, brought to `width` by `height` without turning, falls on whole pixels."""
    if abs(matrix[0, 1]) + abs(matrix[1, 0]) > 1e-9 or min(matrix[0, 0], matrix[1, 1]) <= 0:
        return False
    lengths = np.array([width, height, matrix[0, 2], matrix[1, 2]])
    return max(width, height) <= _LIMIT and bool(np.abs(lengths - np.rint(lengths)).max() < _EXACT)


def _resized_length(length: int, factor: float, aligned: bool) -> int:
    """Exactly the new length, or when it is only a step before the warp: never larger, and small enough for it."""
    if aligned:
        return max(round(length * factor), 1)
    return min(max(round(length * min(factor, 1.0)), 1), _LIMIT)


def _window(plane: Grid, x: int, y: int, size: tuple[int, int]) -> Grid:
    """The rectangle at (x, y): a view where it lies inside (the plane itself where it is all of it), else continued."""
    height, width = plane.shape
    if (x, y) == (0, 0) and (width, height) == size:
        return plane
    left, top = min(max(x, 0), width - 1), min(max(y, 0), height - 1)
    right, bottom = max(min(x + size[0], width), left + 1), max(min(y + size[1], height), top + 1)
    inner = plane[top:bottom, left:right]
    borders = (max(top - y, 0), max(y + size[1] - bottom, 0), max(left - x, 0), max(x + size[0] - right, 0))
    if not any(borders):
        return inner
    return np.asarray(cv2.copyMakeBorder(inner, *borders, cv2.BORDER_REPLICATE))[: size[1], : size[0]]


def _product(a: Plane, b: Plane) -> Plane:
    return np.asarray(cv2.multiply(a, b, scale=1 / 255), np.uint8)
