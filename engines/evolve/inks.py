"""Drawn lines and flat colours out of footage: what several styles share."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.frame import Plane

Weight = NDArray[np.float32]

_WIDER = 1.6
_TAU = 0.985


def ink(luma: Plane, width: float, detail: float, sharp: float = 12.0) -> Weight:
    """(h, w) 1 paper .. 0 ink: lines along edges about `width` px wide; `detail` 0..1 is how faint an edge may be.

    Differences of Gaussians through a soft threshold: H. Winnemöller, "XDoG", NPAR 2011.
    """
    level = luma.astype(np.float32) / 255
    near = cv2.GaussianBlur(level, (0, 0), max(0.3, width * 0.5))
    wide = cv2.GaussianBlur(level, (0, 0), max(0.3, width * 0.5 * _WIDER))
    least = 0.03 * (1 - detail) + 0.006
    edge = (near - _TAU * wide) + least - (1 - _TAU) * near
    return np.asarray(np.clip(1 + np.tanh(np.minimum(edge, 0) * (sharp / 0.1)), 0, 1), np.float32)


def flattened(rgb: Plane, amount: float, unit: float) -> Plane:
    """Surfaces smoothed up to their edges, as a painter lays colour; `unit` px are a thousandth of a 1280-wide picture's width."""
    height, width = rgb.shape[:2]
    factor = 2 if width > 640 else 1
    small = rgb if factor == 1 else cv2.resize(rgb, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    reach = 5 if amount < 0.5 else 7
    for _ in range(2 if amount < 0.8 else 3):
        small = cv2.bilateralFilter(small, reach, 20 + 34 * amount, max(2.0, 3 * unit))
    if factor == 1:
        return np.asarray(small, np.uint8)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)


def stepped(levels: int, soft: float) -> Plane:
    """(256,) a stair of `levels` steps whose edges are `soft` (0 hard .. 1 none at all): cel shading."""
    place = np.arange(256) / 255 * levels
    whole = np.floor(place)
    rest = place - whole
    bent = 0.5 + 0.5 * np.tanh((rest - 0.5) / max(soft, 0.02) * 1.5) / np.tanh(0.75 / max(soft, 0.02))
    return np.asarray(np.clip((whole + bent) / levels * 255, 0, 255).round(), np.uint8)
