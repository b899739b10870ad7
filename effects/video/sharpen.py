"""Sharpen."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from effects.base import VideoEffect
from effects.filtering import filtered, gaussian, in_yuv, is_empty
from effects.frame import Frame
from effects.params import param
from timeline.time import RationalTime


class Sharpen(VideoEffect):
    """Bring out edges and fine detail; colours stay as they are."""

    title = "Sharpen"
    group = "Blur and sharpen"

    amount: float = param(0.8, ge=0, le=5, step=0.05, widget="slider", help="How much is added; 0 changes nothing.")
    radius: float = param(1.5, ge=0.3, le=60, unit="px", step=0.1, help="Width of the edges that are brought out.")
    threshold: float = param(2.0, ge=0, le=60, help="Differences up to this level are left alone: they are noise.")

    def render(self, frame: Frame, at: RationalTime) -> Frame:
        """Unsharp mask on luma: what a blur takes away, less the threshold, is added `amount` times."""
        if self.amount == 0 or is_empty(frame):
            return frame
        return in_yuv(frame, self._sharpened)

    def _sharpened(self, frame: Frame) -> Frame:
        sigma = max(self.radius * frame.scale, 0.3)
        luma = frame.planes[0]
        if frame.alpha is None:
            soft = np.asarray(gaussian(luma, sigma), np.uint8)
        else:
            soft = filtered(frame, lambda plane, step: gaussian(plane, sigma / step), keep_alpha=True).planes[0]
        # each pixel is either lighter or darker than its surroundings, so neither half can clip the other
        for sign, difference in ((1, cv2.subtract(luma, soft)), (-1, cv2.subtract(soft, luma))):
            if self.threshold:
                difference = cv2.subtract(difference, self.threshold)  # type: ignore[call-overload]
            luma = np.asarray(cv2.addWeighted(luma, 1, difference, sign * self.amount, 0), np.uint8)
        return replace(frame, planes=(luma, *frame.planes[1:]))
