"""OKLab: a space in which distances are about as large as they look.

https://bottosson.github.io/posts/oklab/
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_FROM_LAB = np.linalg.inv(_TO_LAB)
_FROM_LMS = np.linalg.inv(_TO_LMS)


def to_oklab(rgb: NDArray[Any] | tuple[float, float, float]) -> NDArray[np.float64]:
    """SRGB (..., 3), 0..1, to OKLab (lightness 0..1, green-red, blue-yellow)."""
    c = np.clip(np.asarray(rgb, np.float64), 0, 1)
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    return np.asarray(np.cbrt(linear @ _TO_LMS.T) @ _TO_LAB.T)


def from_oklab(lab: NDArray[Any]) -> NDArray[np.float64]:
    """OKLab (..., 3) to sRGB, cut to what a screen can show."""
    linear = np.clip((np.asarray(lab) @ _FROM_LAB.T) ** 3 @ _FROM_LMS.T, 0, 1)
    return np.asarray(np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055), np.float64)
