"""Small steps on whole planes that several effects share."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.frame import Frame, Plane


def eased(progress: float) -> float:
    """Slow at both ends (smoothstep)."""
    return progress * progress * (3 - 2 * progress)


def eased_speed(progress: float) -> float:
    """How fast `eased` runs there; 1 is even pace."""
    return 6 * progress * (1 - progress)


def swift(progress: float) -> float:
    """Slow at both ends and fast in the middle (quintic smoothstep, Perlin 2002)."""
    return progress**3 * (progress * (progress * 6 - 15) + 10)


def mixed(left: Frame, right: Frame, share: float) -> Frame:
    """The linear mix of two opaque frames of equal size; `share` 0 is the left one, 1 the right one."""
    if share <= 0:
        return left
    if share >= 1:
        return right
    planes = tuple(mixed_planes(a, b, share) for a, b in zip(left.planes[:3], right.planes[:3], strict=True))
    return replace(left, planes=planes)


def mixed_planes(left: Plane, right: Plane, share: float) -> Plane:
    """The linear mix of two planes."""
    return np.asarray(cv2.addWeighted(left, 1 - share, right, share, 0), np.uint8)


def composed(left: Frame, right: Frame, edge: float, soft: float, *, down: bool, backwards: bool) -> Frame:
    """The right frame behind a soft straight edge, the left one ahead of it.

    `edge` px is how far the front of the edge has come from the left (top with `down`, the other end with
    `backwards`); over the `soft` px behind it the share of the right frame rises from 0 to 1.
    """
    planes = []
    for index, (a, b) in enumerate(zip(left.planes[:3], right.planes[:3], strict=True)):
        # where the samples lie in picture pixels, see `Layout.YUV420`
        step, first = (1.0, 0.5) if index == 0 else (2.0, 1.0 if down else 0.5)
        places = np.arange(a.shape[0 if down else 1]) * step + first
        length = left.height if down else left.width
        share = np.clip((edge - (length - places if backwards else places)) / max(soft, 1.0), 0, 1)
        planes.append(_composed(a, b, share, down=down))
    return replace(left, planes=tuple(planes))


def _composed(left: Plane, right: Plane, share: NDArray[np.float64], *, down: bool) -> Plane:
    """Column by column (row by row with `down`) `share` of the right plane; only the soft edge is calculated."""
    if down:
        return np.ascontiguousarray(_composed(left.T, right.T, share, down=False).T)
    result = np.where(share >= 0.5, right, left)
    soft = np.flatnonzero((share > 0) & (share < 1))
    if soft.size:
        band = slice(int(soft[0]), int(soft[-1]) + 1)
        weight = share[band].astype(np.float32)
        result[:, band] = np.rint(left[:, band] * (1 - weight) + right[:, band] * weight)
    return result


def blurred(frame: Frame, sigma: float) -> Frame:
    """A Gaussian blur of the whole picture, `sigma` in px; wide ones are done on a smaller picture."""
    y, u, v = frame.planes[:3]
    planes = (blurred_plane(y, sigma), blurred_plane(u, sigma / 2), blurred_plane(v, sigma / 2))
    return replace(frame, planes=(*planes, *frame.planes[3:]))


def blurred_plane(plane: Plane, sigma: float) -> Plane:
    """One plane blurred; `sigma` in its own pixels."""
    if sigma < 0.1:
        return plane
    height, width = plane.shape
    factor = 1
    while sigma / factor > 4 and min(height, width) // (factor * 2) >= 4:
        factor *= 2
    small = plane
    if factor > 1:
        shape = (max(width // factor, 1), max(height // factor, 1))
        small = np.asarray(cv2.resize(plane, shape, interpolation=cv2.INTER_AREA), np.uint8)
    # 16 bit until the end: a wide blur of 8 bit steps would show bands
    deep = np.multiply(small, 256, dtype=np.uint16)
    deep = np.asarray(cv2.GaussianBlur(deep, (0, 0), sigma / factor, borderType=cv2.BORDER_REPLICATE))
    if factor > 1:
        deep = np.asarray(cv2.resize(deep, (width, height), interpolation=cv2.INTER_LINEAR))
    return np.asarray(cv2.convertScaleAbs(deep, alpha=1 / 256), np.uint8)
