"""Tone."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.base import VideoEffect
from effects.colour import chroma_of
from effects.filtering import in_yuv, is_empty, looked_up, table
from effects.frame import Frame, Plane
from effects.params import param
from timeline.time import RationalTime


class Tone(VideoEffect):
    """Shape light and dark: contrast about a pivot, highlights, shadows, whites and blacks."""

    title = "Tone"
    group = "Colour"

    contrast: float = param(0.0, ge=-100, le=100, widget="slider", help="Below 0 flatter, above it harder.")
    pivot: float = param(45.0, ge=5, le=95, unit="%", help="The level that contrast leaves alone.")
    highlights: float = param(0.0, ge=-100, le=100, widget="slider", help="Below 0 brings bright parts back.")
    shadows: float = param(0.0, ge=-100, le=100, widget="slider", help="Above 0 opens dark parts.")
    whites: float = param(0.0, ge=-100, le=100, widget="slider", help="Where the brightest end lies.")
    blacks: float = param(0.0, ge=-100, le=100, widget="slider", help="Where the darkest end lies.")

    def render(self, frame: Frame, at: RationalTime) -> Frame:
        """Luma through one rising curve; chroma follows its luma, so that opened shadows keep their colour."""
        if is_empty(frame) or not any((self.contrast, self.highlights, self.shadows, self.whites, self.blacks)):
            return frame
        return in_yuv(frame, self._toned)

    def _toned(self, frame: Frame) -> Frame:
        y, u, v = frame.planes[:3]
        luma, follow = _tables(self)
        gain = np.asarray(cv2.LUT(chroma_of(y), follow), np.float32)
        chroma = (_scaled(plane, gain) for plane in (u, v))
        return replace(frame, planes=(looked_up(y, luma), *chroma, *frame.planes[3:]))


def _scaled(plane: Plane, gain: NDArray[np.float32]) -> Plane:
    """Chroma about 128 by a gain for each sample."""
    away = cv2.multiply(cv2.subtract(plane, 128.0, dtype=cv2.CV_32F), gain)  # type: ignore[call-overload]
    return np.asarray(cv2.convertScaleAbs(cv2.add(away, 128.0)), np.uint8)  # type: ignore[call-overload]


@lru_cache(maxsize=64)
def _tables(tone: Tone) -> tuple[Plane, NDArray[np.float32]]:
    """Luma levels, and how chroma follows them."""
    old = np.clip((np.arange(256) - 16) / 219, 0, 1)
    new = np.clip(_curve(tone, old), 0, 1)
    follow = np.clip((new + 0.02) / (old + 0.02), 0.4, 1.8)
    return table(16 + new * 219), np.asarray(follow, np.float32)


def _curve(tone: Tone, level: NDArray[np.float64]) -> NDArray[np.float64]:
    black, white = -tone.blacks / 100 * 0.12, 1 - tone.whites / 100 * 0.2
    level = np.clip((level - black) / (white - black), 0, 1)
    # the bumps are steepest where the curve still rises by more than half of it
    level = level + tone.shadows / 100 * 0.9 * level * (1 - level) ** 3
    level = level + tone.highlights / 100 * 0.9 * (1 - level) * level**3
    pivot, power = tone.pivot / 100, 2.0 ** (tone.contrast / 100 * 1.3)
    low, high = level / pivot, (1 - level) / (1 - pivot)
    bent = np.where(level < pivot, pivot * np.clip(low, 0, 1) ** power, 1 - (1 - pivot) * np.clip(high, 0, 1) ** power)
    return np.asarray(bent, np.float64)
