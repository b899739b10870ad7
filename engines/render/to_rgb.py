"""For the screen: frames as the bytes of QImage.Format_RGB32.

Measured at 960 x 540: this way 0.7 ms and within one level of the formula; swscale's fast path 0.13 ms, but up to three
levels too dark.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.colour import rgb_of
from effects.frame import Frame


def bgra(frame: Frame, out: NDArray[np.uint8] | None = None) -> NDArray[np.uint8]:
    """(h, w, 4) uint8, blue first, alpha 255, contiguous. `out` of that shape is written to and returned, if given."""
    return np.asarray(cv2.cvtColor(rgb_of(frame), cv2.COLOR_RGB2BGRA, dst=out), np.uint8)
