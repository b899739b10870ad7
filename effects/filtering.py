"""What effects on single pictures share: filters that respect transparency, colours in RGB, tables, mixes.

Every way here takes frames of both layouts and leaves what is transparent transparent.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.colour import chroma_of, rgb_of, straight_rgb, yuv_of, yuva_of
from effects.frame import Frame, Layout, Plane
from effects.planes import blurred_plane, mixed_planes

Grid = NDArray[Any]
"""A plane, uint8 or float32."""
PlaneFilter = Callable[[Grid, int], Grid]
"""A linear filter: a plane, and how many picture pixels one of its samples stands for (chroma 2). Keeps shape and kind."""


def filtered(frame: Frame, change: PlaneFilter, *, keep_alpha: bool = False) -> Frame:
    """Each plane filtered, pixels weighing with their alpha: nothing bleeds in from transparent ones.

    With `keep_alpha` the outline stays as it was.
    """
    if frame.layout is Layout.RGBA:
        channels = [np.asarray(change(plane, 1), np.uint8) for plane in cv2.split(frame.planes[0])]
        rgba = np.asarray(cv2.merge(channels), np.uint8)
        return replace(frame, planes=(_under_alpha(rgba, frame.planes[0][..., 3] if keep_alpha else rgba[..., 3]),))
    if frame.alpha is None:
        y, u, v = frame.planes[:3]
        return replace(frame, planes=tuple(np.asarray(change(p, s), np.uint8) for p, s in ((y, 1), (u, 2), (v, 2))))
    weight = frame.alpha.astype(np.float32)
    small = chroma_of(weight)
    spread, small_spread = change(weight, 1), change(small, 2)
    planes = [_weighed(frame.planes[0], weight, spread, change, 1)]
    planes += [_weighed(plane, small, small_spread, change, 2) for plane in frame.planes[1:3]]
    return replace(frame, planes=(*planes, frame.alpha if keep_alpha else _levels(spread)))


def _weighed(plane: Plane, weight: Grid, spread: Grid, change: PlaneFilter, step: int) -> Plane:
    sums = change(np.asarray(cv2.multiply(plane, weight, dtype=cv2.CV_32F)), step)
    straight = np.asarray(cv2.divide(sums, np.maximum(spread, np.float32(0.01))))
    return np.where(spread < 0.5, plane, _levels(straight))


def _under_alpha(rgba: Plane, alpha: Plane) -> Plane:
    """Premultiplied colours are never more than their alpha."""
    colours = np.minimum(rgba[..., :3], alpha[..., None])
    return np.dstack([colours, alpha])


def _levels(values: Grid) -> Plane:
    return np.asarray(cv2.convertScaleAbs(values), np.uint8)


def with_room(frame: Frame, margin: int) -> Frame:
    """A piece of a picture (a generator's, a placed one) with `margin` transparent px on every side, rounded up to even.

    Whole and opaque pictures come back as they are: they end where the canvas does.
    """
    if frame.alpha is None or frame.planes[0].size == 0 or (frame.layout is not Layout.RGBA and frame.origin == (0, 0)):
        return frame
    room = max((margin + 1) // 2 * 2, 0)
    if room == 0:
        return frame
    origin = (frame.origin[0] - room, frame.origin[1] - room)
    if frame.layout is Layout.RGBA:
        return replace(frame, planes=(_bordered(frame.planes[0], room),), origin=origin)
    y, u, v, alpha = frame.planes
    chroma = (_bordered(plane, room // 2, 128) for plane in (u, v))
    return replace(frame, planes=(_bordered(y, room, 16), *chroma, _bordered(alpha, room)), origin=origin)


def _bordered(plane: Plane, room: int, level: int = 0) -> Plane:
    value = (level,) * 4
    return np.asarray(cv2.copyMakeBorder(plane, *(room,) * 4, cv2.BORDER_CONSTANT, value=value), np.uint8)


def gaussian(plane: Grid, sigma: float) -> Grid:
    """A Gaussian blur; `sigma` in the plane's own pixels. Wide ones are done on a smaller plane."""
    if plane.dtype == np.uint8:
        return blurred_plane(plane, sigma)
    if sigma < 0.1:
        return plane
    height, width = plane.shape
    factor = 1
    while sigma / factor > 4 and min(height, width) // (factor * 2) >= 4:
        factor *= 2
    small: Any = plane
    if factor > 1:
        shape = (max(width // factor, 1), max(height // factor, 1))
        small = cv2.resize(plane, shape, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), sigma / factor, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(small if factor == 1 else cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR))


def in_rgb(frame: Frame, change: Callable[[Plane], Plane]) -> Frame:
    """The colours changed as (h, w, 3) uint8 RGB, not premultiplied; transparency stays as it is."""
    if frame.layout is Layout.RGBA:
        rgba = frame.planes[0]
        return replace(frame, planes=(premultiplied(change(straight_rgb(rgba)), rgba[..., 3]),))
    return replace(frame, planes=(*yuv_of(change(rgb_of(frame))).planes, *frame.planes[3:]))


def in_yuv(frame: Frame, change: Callable[[Frame], Frame]) -> Frame:
    """A change made on YUV planes (with alpha where there is any); an RGBA frame comes back as one."""
    if frame.layout is not Layout.RGBA:
        return change(frame)
    changed = change(yuva_of(frame))
    alpha = changed.alpha if changed.alpha is not None else np.full(changed.planes[0].shape, 255, np.uint8)
    return replace(changed, planes=(premultiplied(rgb_of(changed), alpha),), layout=Layout.RGBA)


def premultiplied(rgb: Plane, alpha: Plane) -> Plane:
    """(h, w, 3) colours and their alpha as (h, w, 4)."""
    weights = cv2.merge([np.ascontiguousarray(alpha)] * 3)
    return np.dstack([np.asarray(cv2.multiply(rgb, weights, scale=1 / 255), np.uint8), alpha])


def mixed_back(before: Frame, after: Frame, share: float) -> Frame:
    """`share` of the changed picture over the one before it, of the same layout and size."""
    if share >= 1:
        return after
    planes = (mixed_planes(a, b, share) for a, b in zip(before.planes, after.planes, strict=True))
    return replace(after, planes=tuple(planes))


def is_empty(frame: Frame) -> bool:
    """Whether there is nothing to see."""
    return frame.planes[0].size == 0


def table(levels: NDArray[Any]) -> Plane:
    """256 levels (or (256, 3)) as a table for `cv2.LUT`, rounded and held within 0..255."""
    return np.asarray(np.rint(np.clip(levels, 0, 255)), np.uint8)


def looked_up(plane: Plane, levels: Plane) -> Plane:
    """A plane through a table."""
    return np.asarray(cv2.LUT(plane, levels), np.uint8)
