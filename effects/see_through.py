"""Pictures stacked over nothing: what a nested sequence shows is transparent where it is empty.

Colours are not premultiplied, as everywhere in YUV frames with alpha. Source over with blend modes after W3C Compositing
and Blending 1, sections 5 and 10.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.blend import blend, blend_rgb, on_canvas
from effects.colour import chroma_of, rgb_of, yuv_of, yuva_of
from effects.frame import Canvas, Frame, Plane, black, plain
from timeline.track import BlendMode

_BLACK, _WHITE = 16, 235
Grid = NDArray[np.float32]


def clear(canvas: Canvas) -> Frame:
    """Nothing: a wholly transparent YUV frame with alpha."""
    frame = black(canvas.width, canvas.height, canvas.scale)
    return replace(frame, planes=(*frame.planes, np.zeros((canvas.height, canvas.width), np.uint8)))


def stacked(below: Frame, layer: Frame, mode: BlendMode = BlendMode.NORMAL, opacity: float = 1.0) -> Frame:
    """`layer` over the YUV canvas `below`, which may be transparent; a new frame of the canvas's size.

    Where nothing is below, a blend mode does nothing: the layer comes as it is.
    """
    if below.alpha is None:
        return blend(below, layer, mode, opacity)
    layer = yuva_of(layer)
    seen = None if opacity <= 0 or 0 in layer.size else on_canvas(layer, below)
    if seen is None:
        return below
    planes, (x, y) = seen
    result = tuple(plane.copy() for plane in below.planes)
    places = ((x, y), (x // 2, y // 2), (x // 2, y // 2), (x, y))
    alpha = planes[3] if len(planes) == 4 else np.full(planes[0].shape, 255, np.uint8)
    box = [
        plane[row : row + new.shape[0], column : column + new.shape[1]]
        for plane, new, (column, row) in zip(result, (*planes[:3], alpha), places, strict=True)
    ]
    above = _share(alpha) * min(opacity, 1.0)
    under = _share(box[3])
    if not under.any():
        for target, new in zip(box[:3], planes[:3], strict=True):
            target[:] = new
        box[3][:] = _levels(above * 255)
        return replace(below, planes=result)
    colours = planes[:3]
    if mode is not BlendMode.NORMAL:
        modal = yuv_of(blend_rgb(rgb_of(Frame(tuple(box[:3]))), rgb_of(Frame(planes[:3])), mode)).planes
        weights = (under, chroma_of(under), chroma_of(under))
        colours = tuple(_mixed(c, m, w) for c, m, w in zip(colours, modal, weights, strict=True))
    full = _weight(above, under)
    small = _weight(chroma_of(above), chroma_of(under))
    for target, new, weight in zip(box[:3], colours, (full, small, small), strict=True):
        target[:] = _mixed(target, new, weight)
    box[3][:] = _levels((above + under * (1 - above)) * 255)
    return replace(below, planes=result)


def through(render: Callable[[Frame, Frame], Frame], left: Frame, right: Frame) -> Frame:
    """What a way between two opaque pictures (a transition) makes of two that may be transparent.

    It goes once over black and once over white: where both come out alike the result is opaque. A passage through black
    stays black.
    """
    if left.alpha is None and right.alpha is None:
        return render(left, right)
    dark = render(_upon(left, _BLACK), _upon(right, _BLACK))
    light = render(_upon(left, _WHITE), _upon(right, _WHITE))
    lighter = cv2.subtract(light.planes[0], dark.planes[0])
    alpha = _levels(255 - np.asarray(lighter, np.float32) * (255 / (_WHITE - _BLACK)))
    full = _share(alpha)
    small = np.asarray(chroma_of(full), np.float32)
    planes = (
        _unmixed(dark.planes[0], full, _BLACK),
        *(_unmixed(plane, small, 128) for plane in dark.planes[1:3]),
    )
    return replace(dark, planes=(*planes, alpha))


def blended_share(under: Frame, graded: Frame, share: float) -> Frame:
    """The linear mix of two YUV canvas frames of equal size, with alpha where either has it."""
    if share >= 1 or (under.alpha is None and graded.alpha is None):
        mixed = tuple(_mix(a, b, share) for a, b in zip(under.planes[:3], graded.planes[:3], strict=True))
        return graded if share >= 1 else replace(under, planes=mixed)
    alphas = [
        np.full(one.planes[0].shape, 255, np.uint8) if one.alpha is None else one.alpha for one in (under, graded)
    ]
    planes = [_mix(a, b, share) for a, b in zip(under.planes[:3], graded.planes[:3], strict=True)]
    return replace(under, planes=(*planes, _mix(alphas[0], alphas[1], share)))


def _upon(frame: Frame, level: int) -> Frame:
    return frame if frame.alpha is None else blend(plain(*frame.size, (level, 128, 128), frame.scale), frame)


def _share(alpha: Plane) -> Grid:
    return np.asarray(alpha, np.float32) * np.float32(1 / 255)


def _weight(above: NDArray[np.float32], under: NDArray[np.float32]) -> Grid:
    """How much of the upper colour the result has: its alpha by the joint one."""
    joint = above + under * (1 - above)
    return np.divide(above, joint, out=np.zeros_like(joint), where=joint > 0)


def _mixed(below: Plane, above: Plane, weight: Grid) -> Plane:
    return _levels(below + (above.astype(np.float32) - below) * weight)


def _mix(left: Plane, right: Plane, share: float) -> Plane:
    return np.asarray(cv2.addWeighted(left, 1 - share, right, share, 0), np.uint8)


def _unmixed(plane: Plane, share: Grid, zero: int) -> Plane:
    """The colour that, `share` of it over `zero`, gives the plane."""
    away = plane.astype(np.float32) - zero
    return _levels(zero + np.divide(away, share, out=np.zeros_like(away), where=share > 1 / 512))


def _levels(values: NDArray[np.float32]) -> Plane:
    return np.rint(np.clip(values, 0, 255)).astype(np.uint8)
