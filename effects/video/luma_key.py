"""Luma key."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from effects.base import VideoEffect
from effects.filtering import in_yuv, is_empty, looked_up, table
from effects.frame import Frame
from effects.params import param
from timeline.time import RationalTime


class LumaKey(VideoEffect):
    """Make dark or bright parts transparent: for fire, smoke and drawings on black or white."""

    title = "Luma key"
    group = "Keying"

    low: float = param(15.0, ge=0, le=100, unit="%", help="Darker parts than this go; 0 keeps them.")
    high: float = param(100.0, ge=0, le=100, unit="%", help="Brighter parts than this go; 100 keeps them.")
    softness: float = param(15.0, ge=1, le=100, unit="%", help="How gently it goes over.")
    invert: bool = param(False, help="What would go stays, and the other way round.")

    def render(self, frame: Frame, at: RationalTime) -> Frame:
        """The picture with alpha by its luma; the slopes lie beyond both ends, so what is between stays whole."""
        if is_empty(frame) or (self.low == 0 and self.high == 100 and not self.invert):
            return frame
        return in_yuv(frame, self._keyed)

    def _keyed(self, frame: Frame) -> Frame:
        level = np.clip((np.arange(256) - 16) / 219, 0, 1) * 100
        dark = np.clip(1 - (self.low - level) / self.softness, 0, 1) if self.low > 0 else 1.0
        light = np.clip(1 - (level - self.high) / self.softness, 0, 1) if self.high < 100 else 1.0
        share = np.broadcast_to(np.minimum(dark, light), (256,))
        alpha = looked_up(frame.planes[0], table(255 * (1 - share if self.invert else share)))
        if frame.alpha is not None:
            alpha = np.asarray(cv2.multiply(alpha, frame.alpha, scale=1 / 255), np.uint8)
        return replace(frame, planes=(*frame.planes[:3], alpha))
