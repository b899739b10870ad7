"""Small steps on whole planes that several effects share."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from effects.frame import Frame, Plane


def eased(progress: float) -> float:
    """Slow at both ends (smoothstep)."""
    return progress * progress * (3 - 2 * progress)


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
