"""Vibrance."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from effects.base import VideoEffect
from effects.filtering import in_yuv, is_empty
from effects.frame import Frame, Plane
from effects.params import param
from timeline.time import RationalTime

_FULL = 56.0
"""Chroma from which a colour counts as full: it is not made stronger."""


class Vibrance(VideoEffect):
    """Strengthen faint colours and leave full ones: skies and leaves gain, nothing turns to neon."""

    title = "Vibrance"
    group = "Colour"

    amount: float = param(40.0, ge=-100, le=100, widget="slider", help="Below 0 faint colours fade first.")

    def render(self, frame: Frame, at: RationalTime) -> Frame:
        """Chroma about 128 by a gain that falls to 1 where it is full; luma stays."""
        if self.amount == 0 or is_empty(frame):
            return frame
        return in_yuv(frame, self._changed)

    def _changed(self, frame: Frame) -> Frame:
        u, v = (cv2.subtract(plane, 128.0, dtype=cv2.CV_32F) for plane in frame.planes[1:3])  # type: ignore[call-overload]
        rest = np.maximum(1 - np.asarray(cv2.magnitude(u, v), np.float32) * np.float32(1 / _FULL), 0)
        gain = 1 + np.float32(self.amount / 100) * rest

        def strengthened(plane: Plane) -> Plane:
            away = np.asarray(cv2.multiply(plane, gain), np.float32)
            return np.asarray(cv2.convertScaleAbs(away + np.float32(128)), np.uint8)

        return replace(frame, planes=(frame.planes[0], strengthened(u), strengthened(v), *frame.planes[3:]))
