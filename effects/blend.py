"""Laying one picture over another: opacity and the six blend modes.

Formulas with base b and layer l as 0..1 RGB: multiply b*l; screen 1-(1-b)(1-l); overlay 2bl below b = 0.5, else
1-2(1-b)(1-l); add min(b+l, 1); subtract max(b-l, 0); normal l (W3C Compositing and Blending 1, section 10).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.colour import chroma_of, rgb_of, yuv_of, yuva_of
from effects.frame import Frame, Plane
from effects.overlay import laid_over, overlay_of
from effects.planes import mixed_planes
from timeline.track import BlendMode

Rgb = NDArray[np.uint8]


def blend(
    base: Frame, layer: Frame, mode: BlendMode = BlendMode.NORMAL, opacity: float = 1.0, *, reuse: bool = False
) -> Frame:
    """Lay `layer` over the opaque YUV canvas `base` at the layer's origin.

    `layer` is YUV with or without alpha at an even origin, or premultiplied RGBA; what hangs over the canvas is cut.
    A new frame, whose planes are copies of the base's with the box changed; with `reuse` the base's own planes are
    written. An opaque layer that covers the canvas in normal mode is returned uncopied, as its own planes.
    """
    layer = yuva_of(layer)
    if opacity <= 0 or 0 in layer.size:
        return base
    if mode is BlendMode.NORMAL and layer.alpha is not None:
        overlay = overlay_of(layer)
        if overlay is None:
            return base
        result = base if reuse else _copied(base)
        laid_over(base, overlay, opacity, onto=result)
        return result
    seen = on_canvas(layer, base)
    if seen is None:
        return base
    planes, (x, y) = seen
    if mode is BlendMode.NORMAL and opacity >= 1 and planes[0].shape == base.planes[0].shape:
        return replace(base, planes=planes)
    places = ((x, y), (x // 2, y // 2), (x // 2, y // 2))
    below = tuple(
        plane[row : row + new.shape[0], column : column + new.shape[1]]
        for plane, new, (column, row) in zip(base.planes, planes[:3], places, strict=True)
    )
    alpha = planes[3] if len(planes) == 4 else None
    if mode is not BlendMode.NORMAL:
        colours = blend_rgb(rgb_of(Frame(below)), rgb_of(Frame(planes[:3])), mode)
        planes = yuv_of(colours).planes
    changed = _laid_over(below, planes[:3], alpha, min(opacity, 1.0))
    result = base if reuse else _copied(base)
    for plane, new, (column, row) in zip(result.planes, changed, places, strict=True):
        plane[row : row + new.shape[0], column : column + new.shape[1]] = new
    return result


def _copied(base: Frame) -> Frame:
    return replace(base, planes=tuple(plane.copy() for plane in base.planes))


def blend_rgb(base: Rgb, layer: Rgb, mode: BlendMode) -> Rgb:
    """The mode's formula on two (h, w, 3) uint8 pictures."""
    return np.asarray(_FORMULAS[mode](base, layer), np.uint8)


def on_canvas(layer: Frame, base: Frame) -> tuple[tuple[Plane, ...], tuple[int, int]] | None:
    """A layer's planes cut to the canvas `base` and where they lie (x, y), or None when none of it is there."""
    (x, y), (width, height) = layer.origin, base.size
    left, top = max(-x, 0), max(-y, 0)
    right, bottom = min(layer.width, width - x), min(layer.height, height - y)
    if right <= left or bottom <= top:
        return None
    if (left, top, right, bottom) == (0, 0, layer.width, layer.height):
        return layer.planes, (x, y)
    cut = []
    for index, plane in enumerate(layer.planes):
        if index in (1, 2):
            cut.append(plane[top // 2 : (bottom + 1) // 2, left // 2 : (right + 1) // 2])
        else:
            cut.append(plane[top:bottom, left:right])
    return tuple(cut), (x + left, y + top)


def _laid_over(
    below: tuple[Plane, ...], above: tuple[Plane, ...], alpha: Plane | None, opacity: float
) -> tuple[Plane, ...]:
    """Mix the planes by alpha and opacity; without alpha the mix is exact, with it within one level."""
    if alpha is None:
        if opacity >= 1:
            return above
        return tuple(mixed_planes(b, a, opacity) for b, a in zip(below, above, strict=True))
    if opacity < 1:
        alpha = np.asarray(cv2.convertScaleAbs(alpha, alpha=opacity), np.uint8)
    small = chroma_of(alpha)
    weights = (alpha, small, small)
    return tuple(_over(b, a, weight) for b, a, weight in zip(below, above, weights, strict=True))


def _over(below: Plane, above: Plane, alpha: Plane) -> Plane:
    kept = cv2.multiply(below, cv2.bitwise_not(alpha), scale=1 / 255)
    return np.asarray(cv2.add(cv2.multiply(above, alpha, scale=1 / 255), kept), np.uint8)


def _multiply(base: Rgb, layer: Rgb) -> NDArray[np.uint8]:
    return np.asarray(cv2.multiply(base, layer, scale=1 / 255), np.uint8)


def _screen(base: Rgb, layer: Rgb) -> NDArray[np.uint8]:
    return np.asarray(cv2.bitwise_not(_multiply(cv2.bitwise_not(base), cv2.bitwise_not(layer))), np.uint8)  # type: ignore[arg-type]


def _overlay(base: Rgb, layer: Rgb) -> NDArray[np.uint8]:
    dark = cv2.multiply(base, layer, scale=2 / 255)
    light = cv2.bitwise_not(cv2.multiply(cv2.bitwise_not(base), cv2.bitwise_not(layer), scale=2 / 255))
    return np.where(base < 128, dark, light)


_FORMULAS: Final[dict[BlendMode, Callable[[Rgb, Rgb], NDArray[np.uint8]]]] = {
    BlendMode.NORMAL: lambda base, layer: layer,
    BlendMode.MULTIPLY: _multiply,
    BlendMode.SCREEN: _screen,
    BlendMode.OVERLAY: _overlay,
    BlendMode.ADD: lambda base, layer: np.asarray(cv2.add(base, layer), np.uint8),
    BlendMode.SUBTRACT: lambda base, layer: np.asarray(cv2.subtract(base, layer), np.uint8),
}
