"""What one small picture shows, place by place: sky, skin, what draws the eye. Soft everywhere: no threshold flips.

A picture is y 0..1 and u, v about 0 (BT.709), each (h, w) float32.
"""

from __future__ import annotations

import cv2
import numpy as np

from effects.filtering import gaussian
from engines.evolve.deep import Field

_ROWS = 72
"""Height in which the sky is walked through."""
_HIGHEST_LINE = 0.2
"""Share of the height above which a line through the picture is a bar or a cloud, and no horizon."""
_FREE = 0.012
"""A slope that a sky has by itself, from zenith to horizon and in its clouds."""


def sky_in(small: tuple[Field, Field, Field]) -> Field:
    """How surely each place is sky: joined to the upper border without crossing an edge, smooth, of a sky's colour."""
    shape = small[0].shape
    size = (max(16, round(_ROWS * shape[1] / shape[0])), _ROWS)
    y, u, v = (np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), np.float32) for plane in small)
    soft = [np.asarray(cv2.GaussianBlur(plane, (0, 0), 1.0), np.float32) for plane in (y, u, v)]
    rough = np.asarray(cv2.GaussianBlur(np.abs(cv2.Laplacian(y, cv2.CV_32F)), (0, 0), 2.0), np.float32)
    # Leaves are green and rough; what is much darker than the brightest part of its own picture is seldom sky.
    green = _rise(0.0, 0.05, np.minimum(-soft[1], -soft[2])) * _rise(0.004, 0.012, rough)
    # A yellow sky is a bright one: what is yellow and dark is crowns in a low sun.
    green = np.maximum(green, _rise(0.03, 0.07, -soft[1]) * (1 - _rise(0.3, 0.5, soft[0])))
    bright = _rise(0.16, 0.36, soft[0] / np.float32(max(float(np.percentile(soft[0], 95)), 0.05)))
    likely = (1 - _rise(0.02, 0.07, rough)) * (1 - green) * bright
    step = np.clip(_slope(soft) - _FREE, 0, None) * 18 + (1 - likely) * 0.35
    step *= 1 - 0.5 * _rise(0.9, 0.99, soft[0] / np.float32(max(float(np.percentile(soft[0], 99.5)), 0.05)))
    found = np.exp(-((_way_from_top(np.asarray(step, np.float64)) / 2.3) ** 2)).astype(np.float32) * likely
    found = np.maximum(found, _more_like_it(found, soft) * (1 - green) * bright)
    # Where hardly any is left in a row, what looks like it further down is ground or water.
    rows = np.minimum.accumulate(_rise(0.015, 0.05, found.mean(axis=1) / max(float(found.mean(axis=1).max()), 0.05)))
    found = found * rows[:, None] * np.float32(_is_a_sky(found, soft, rough))
    found = found * (1 - _beneath_a_line(y, found))[:, None]
    # A sun, a bird and a wire are part of it.
    found = np.asarray(cv2.morphologyEx(found, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8)), np.float32)
    full = cv2.resize(found, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR)
    return _rise(0.15, 0.75, np.asarray(full, np.float32))


def _beneath_a_line(luma: Field, found: Field) -> Field:
    """For each row how surely it lies below a horizon: a step that runs the same way through most of the width.

    A calm sea has its sky's colours; the line between the two is all that tells them apart.
    """
    count = len(luma)
    steps = luma[2:] - luma[:-2]
    way = np.sign(np.median(steps, axis=1))[:, None]
    through = np.percentile(steps * way, 40, axis=1)
    line = np.zeros(count, np.float32)
    line[2:] = _rise(0.02, 0.05, np.asarray(through, np.float32)) * _rise(0.3, 0.6, found.mean(axis=1)[:-2])
    line[: round(count * _HIGHEST_LINE)] = 0
    return np.maximum.accumulate(line)


def _more_like_it(found: Field, planes: list[Field]) -> Field:
    """Places beside the sky found that have its colour: gaps in a tree, what a branch cut off."""
    width = found.shape[1]
    weight = gaussian(found, width * 0.07) + np.float32(1e-6)
    off = np.zeros_like(found)
    for scale, plane in zip((1.0, 1.6, 1.6), planes, strict=True):
        beside = gaussian(found * plane, width * 0.07) / weight
        off += (np.float32(scale) * (plane - beside)) ** 2
    near = _rise(0.02, 0.2, np.asarray(weight, np.float32))
    return np.asarray(np.exp(-off / np.float32(0.06**2)) * near, np.float32)


def _slope(planes: list[Field]) -> Field:
    """How much steeper the colour changes than round about: a sky's own slope, from zenith to horizon, is no edge."""
    total = np.zeros_like(planes[0])
    for weight, plane in zip((1.0, 1.6, 1.6), planes, strict=True):
        ways = [np.asarray(cv2.Sobel(plane, cv2.CV_32F, *way), np.float32) for way in ((1, 0), (0, 1))]
        over = [way - np.float32(0.9) * cv2.GaussianBlur(way, (0, 0), 3.0) for way in ways]
        # Beside an edge the mean slope is the edge's: there it is the slope itself that counts.
        steep = np.minimum(cv2.magnitude(over[0], over[1]), cv2.magnitude(ways[0], ways[1]))
        total += np.float32(weight / 8) * np.asarray(steep, np.float32)
    return total


def _way_from_top(step: np.ndarray) -> np.ndarray:
    """The cheapest way from the upper border to each place: down, sideways and up again."""
    sums = np.cumsum(step, axis=1)
    far = np.full(step.shape, 1e3)
    far[0] = step[0] * 2
    rows = step.shape[0]
    for row in (*range(rows), *range(rows - 2, -1, -1)):
        if row:
            far[row] = np.minimum(far[row], far[row - 1] + step[row])
        if row < rows - 1:
            far[row] = np.minimum(far[row], far[row + 1] + step[row])
        right = np.minimum.accumulate(far[row] - sums[row]) + sums[row]
        back = far[row] + sums[row]
        left = np.minimum.accumulate(back[::-1])[::-1] - sums[row]
        far[row] = np.minimum(np.minimum(far[row], right), left)
    return far


def _is_a_sky(found: Field, planes: list[Field], rough: Field) -> float:
    """How much the part found behaves like a sky as a whole: brighter, bluer or smoother than the rest, wide, not everything."""
    share = float(found.mean())
    if share < 0.004:
        return 0.0
    y, u, v = planes

    def apart(field: Field) -> float:
        rest = 1 - found
        return float((field * found).sum() / found.sum() - (field * rest).sum() / max(float(rest.sum()), 1e-3))

    smoother = -apart(rough) / max(float(rough.mean()), 1e-3)
    like = max(
        _at(0.0, 0.12, apart(y)), _at(0.0, 0.08, apart(u - v)) * _at(-0.3, -0.1, apart(y)), _at(0.5, 1.1, smoother)
    )
    return like * _at(0.004, 0.02, share) * _at(0.08, 0.25, float(found[:3].mean())) * (1 - _at(0.93, 0.99, share))


def skin_in(small: tuple[Field, Field, Field]) -> Field:
    """How surely each place has the colour of skin: a narrow band of hue, moderate colour, not too dark."""
    y, u, v = small
    # The hue of skin lies about 123 degrees in (u, v) whatever its tone ("skin tone line" of vectorscopes).
    along = v * np.float32(0.839) - u * np.float32(0.545)
    aside = np.abs(v * np.float32(0.545) + u * np.float32(0.839))
    hue = 1 - _rise(0.22, 0.5, aside / np.maximum(along, np.float32(1e-3)))
    colour = _rise(0.025, 0.06, along) * (1 - _rise(0.17, 0.24, along))
    tone = _rise(0.12, 0.24, y) * (1 - _rise(0.93, 0.99, y))
    found = np.asarray(cv2.GaussianBlur(np.asarray(hue * colour * tone, np.float32), (0, 0), 1.4), np.float32)
    # Bark, sand and brick are of that colour too, but rough all over; a face is smooth somewhere near.
    rough = cv2.GaussianBlur(np.abs(cv2.Laplacian(y, cv2.CV_32F)), (0, 0), 0.8)
    least = cv2.GaussianBlur(cv2.erode(rough, np.ones((5, 5), np.uint8)), (0, 0), 2.0)
    return np.asarray(found * (1 - _rise(0.014, 0.04, np.asarray(least, np.float32))), np.float32)


def saliency_in(small: tuple[Field, Field, Field]) -> Field:
    """What draws the eye: colours unlike their surroundings and unlike what lies at the borders, detail, and a little skin."""
    left, top, right, bottom = inner_box(small[0])
    y, u, v = (np.ascontiguousarray(plane[top:bottom, left:right]) for plane in small)
    width = y.shape[1]
    total = np.zeros_like(y)
    for weight, plane in zip((1.0, 2.5, 2.5), (y, u, v), strict=True):
        fine = cv2.GaussianBlur(plane, (0, 0), width * 0.012)
        for wide in (0.06, 0.16):
            about = gaussian(plane, width * wide)
            total += np.float32(weight) * np.abs(fine - about)
    found = np.asarray(total / np.float32(max(float(np.percentile(total, 99)), 0.04)), np.float32)
    found = (found + np.float32(0.35) * skin_in((y, u, v))) * (np.float32(0.15) + _unlike_borders((y, u, v)))
    found = found * (1 - 0.8 * sky_in((y, u, v)))
    soft = cv2.GaussianBlur(np.asarray(found, np.float32), (0, 0), width * 0.012)
    whole = np.zeros_like(small[0])
    whole[top:bottom, left:right] = soft / np.float32(max(float(np.percentile(soft, 99)), 0.05))
    return np.clip(whole, 0, 1).astype(np.float32)


def _unlike_borders(planes: tuple[Field, Field, Field]) -> Field:
    """How far each place's colour is from every part of the border, 0..1: what reaches out of the picture is seldom its subject."""
    shape = planes[0].shape
    size = (64, max(8, round(64 * shape[0] / shape[1])))
    shrunk = [
        cv2.resize(plane, size, interpolation=cv2.INTER_AREA) * w for plane, w in zip(planes, (1, 2, 2), strict=True)
    ]
    picture = np.dstack(shrunk).astype(np.float32)
    strips = [picture[:, :2], picture[:, -2:], picture[:2].swapaxes(0, 1), picture[-2:].swapaxes(0, 1)]
    parts = [part.reshape(-1, 3).mean(axis=0) for strip in strips for part in np.array_split(strip, 6)]
    apart = np.linalg.norm(picture[:, :, None] - np.array(parts, np.float32)[None, None], axis=3)
    # The nearest alone would let one odd corner speak for all.
    near = np.sort(apart, axis=2)[..., :3].mean(axis=2).astype(np.float32)
    full = cv2.resize(cv2.GaussianBlur(near, (0, 0), 1.2), (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR)
    return _rise(0.03, 0.3, np.asarray(full, np.float32))


def inner_box(y: Field, black: float = 0.035) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of the picture without black bars; all of it where nothing would be left."""
    rows, columns = np.flatnonzero(y.max(axis=1) > black), np.flatnonzero(y.max(axis=0) > black)
    if len(rows) < 8 or len(columns) < 8:
        return (0, 0, y.shape[1], y.shape[0])
    return (int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


def _rise(low: float, high: float, value: np.ndarray | np.float32) -> Field:
    t = np.clip((value - np.float32(low)) / np.float32(high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


def _at(low: float, high: float, value: float) -> float:
    return float(_rise(low, high, np.float32(value)))
