"""See-through pictures made ready to be laid over others: a title that stands for seconds is prepared once."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from effects.colour import chroma_of
from effects.frame import Frame, Plane


class Overlay(NamedTuple):
    """The part of a picture that is not wholly transparent.

    `origin` is its place on the canvas, even. `weighed` are Y, U and V times alpha; `kept` is what stays of the picture
    below (255 - alpha), at luma and at chroma size.
    """

    origin: tuple[int, int]
    weighed: tuple[Plane, Plane, Plane]
    kept: tuple[Plane, Plane]


def overlay_of(frame: Frame) -> Overlay | None:
    """What of a YUV picture with alpha is seen; None where it is wholly transparent. Kept with the frame."""
    if "overlay" not in frame.derived:
        frame.derived["overlay"] = _made(frame)
    known: Overlay | None = frame.derived["overlay"]
    return known


def laid_over(base: Frame, overlay: Overlay, opacity: float = 1.0, *, onto: Frame) -> None:
    """Write into `onto` (planes like the base's, or the base itself) the overlay over the base, within its box only.

    Each level is within one of the exact mix. What hangs over the canvas is cut.
    """
    (x, y), (width, height) = overlay.origin, base.size
    left, top = max(-x, 0), max(-y, 0)
    right = min(overlay.kept[0].shape[1], width - x)
    bottom = min(overlay.kept[0].shape[0], height - y)
    if right <= left or bottom <= top:
        return
    for index, (below, above) in enumerate(zip(base.planes[:3], overlay.weighed, strict=True)):
        step = 2 if index else 1
        rows = slice(top // step, (bottom + step - 1) // step)
        columns = slice(left // step, (right + step - 1) // step)
        over = (
            slice(rows.start + y // step, rows.stop + y // step),
            slice(columns.start + x // step, columns.stop + x // step),
        )
        kept = overlay.kept[min(index, 1)][rows, columns]
        under = below[over]
        mixed = cv2.add(above[rows, columns], cv2.multiply(under, kept, scale=1 / 255))
        if opacity < 1:
            mixed = cv2.addWeighted(under, 1 - opacity, mixed, opacity, 0)
        onto.planes[index][over] = mixed


def _made(frame: Frame) -> Overlay | None:
    y, u, v, alpha = frame.planes
    box = _box(alpha)
    if box is None:
        return None
    left, top, right, bottom = box
    alpha = np.ascontiguousarray(alpha[top:bottom, left:right])
    small = np.asarray(chroma_of(alpha), np.uint8)
    halves = (slice(top // 2, (bottom + 1) // 2), slice(left // 2, (right + 1) // 2))
    weighed = (_product(y[top:bottom, left:right], alpha), _product(u[halves], small), _product(v[halves], small))
    kept = (np.asarray(cv2.bitwise_not(alpha), np.uint8), np.asarray(cv2.bitwise_not(small), np.uint8))
    return Overlay((frame.origin[0] + left, frame.origin[1] + top), weighed, kept)


def _box(alpha: Plane) -> tuple[int, int, int, int] | None:
    """Left, top, right, bottom around what is seen: left and top even, with room for the chroma samples it reaches."""
    x, y, width, height = cv2.boundingRect(alpha)
    if width == 0:
        return None
    right, bottom = min((x + width + 3) // 2 * 2, alpha.shape[1]), min((y + height + 1) // 2 * 2, alpha.shape[0])
    return (max(x - 2, 0) // 2 * 2, y // 2 * 2, right, bottom)


def _product(plane: Plane, alpha: Plane) -> Plane:
    return np.asarray(cv2.multiply(plane, alpha, scale=1 / 255), np.uint8)
