"""Denoise."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from effects.base import VideoEffect
from effects.filtering import in_yuv, is_empty, mixed_back
from effects.frame import Frame, Plane
from effects.params import param
from timeline.time import RationalTime


class Denoise(VideoEffect):
    """Smooth noise and blotches of colour; edges stay sharp."""

    title = "Denoise"
    group = "Blur and sharpen"

    strength: float = param(0.5, ge=0, le=1, step=0.01, widget="slider", help="Of light and dark; 0 changes nothing.")
    colour: float = param(1.0, ge=0, le=1, step=0.01, widget="slider", help="Of colour, as share of the strength.")
    level: float = param(24.0, ge=2, le=100, help="Differences below this count as noise.")

    def render(self, frame: Frame, at: RationalTime) -> Frame:
        """Each pixel as the mean of near ones that are like it (bilateral filter, a picture at a time)."""
        if self.strength == 0 or is_empty(frame):
            return frame
        return in_yuv(frame, self._smoothed)

    def _smoothed(self, frame: Frame) -> Frame:
        reach = max(2.2 * frame.scale, 0.8)
        y, u, v = frame.planes[:3]
        chroma = (_even(plane, self.level * 0.7, reach) if self.colour else plane for plane in (u, v))
        smooth = replace(frame, planes=(_even(y, self.level, reach), *chroma, *frame.planes[3:]))
        mixed = mixed_back(frame, smooth, self.strength)
        if self.colour in (0, 1):
            return mixed
        part = mixed_back(frame, smooth, self.strength * self.colour)
        return replace(mixed, planes=(mixed.planes[0], *part.planes[1:]))


def _even(plane: Plane, level: float, reach: float) -> Plane:
    return np.asarray(cv2.bilateralFilter(plane, 5, level, reach, borderType=cv2.BORDER_REPLICATE), np.uint8)
