"""Colour correction."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.base import VideoEffect
from effects.colour import RGB_TO_YUV, YUV_TO_RGB, chroma_of, full_of, rgb_of, yuv_of
from effects.frame import Frame, Layout, Plane
from effects.params import param
from timeline.time import RationalTime

_WARMTH: Final = 0.25
"""How much of red is added, and of blue taken, at a temperature of 100."""
_TINT: Final = 0.2


class ColorCorrect(VideoEffect):
    """Set brightness, contrast and saturation, and take a colour cast away."""

    title = "Colour correction"
    group = "Colour"

    brightness: float = param(0.0, ge=-1, le=1, step=0.01, widget="slider", help="Lift or lower everything alike.")
    contrast: float = param(1.0, ge=0, le=3, step=0.01, widget="slider", help="Spread the levels around the middle.")
    saturation: float = param(1.0, ge=0, le=3, step=0.01, widget="slider", help="0 is grey, 1 changes nothing.")
    gamma: float = param(1.0, ge=0.2, le=5, step=0.01, widget="slider", help="Lift the middle; black and white stay.")
    temperature: float = param(0.0, ge=-100, le=100, widget="slider", help="Below 0 cooler (blue), above it warmer.")
    tint: float = param(0.0, ge=-100, le=100, widget="slider", help="Below 0 greener, above it more magenta.")

    def render(self, frame: Frame, at: RationalTime) -> Frame:
        """The corrected picture; transparency stays as it is. Neutral values give the frame itself.

        In this order: red, green and blue are weighed by temperature and tint; luma follows brightness, contrast (around
        127.5 of the 8-bit scale, as other tools do) and gamma (between black 16 and white 235); chroma is scaled about 128.
        """
        if self._is_neutral or frame.planes[0].size == 0:
            return frame
        if frame.layout is Layout.RGBA:
            return self._on_rgba(frame)
        planes = frame.planes[:3]
        if self.temperature or self.tint:
            planes = _weighed(planes, _cast_matrix(self.temperature, self.tint))
        return replace(frame, planes=(*self._levels(planes), *frame.planes[3:]))

    @property
    def _is_neutral(self) -> bool:
        changes = (self.brightness, self.temperature, self.tint, self.contrast - 1, self.saturation - 1, self.gamma - 1)
        return not any(changes)

    def _levels(self, planes: tuple[Plane, ...]) -> tuple[Plane, ...]:
        y, u, v = planes
        if self.gamma != 1:
            y = np.asarray(cv2.LUT(y, _luma_table(self.brightness, self.contrast, self.gamma)), np.uint8)
        elif self.brightness or self.contrast != 1:
            y = _on_line(y, self.contrast, 127.5 * (1 - self.contrast) + 255 * self.brightness)
        if self.saturation != 1:
            u, v = (_on_line(plane, self.saturation, 128 * (1 - self.saturation)) for plane in (u, v))
        return (y, u, v)

    def _on_rgba(self, frame: Frame) -> Frame:
        """A generator's picture: its straight colours go the same way at full chroma size, then weigh with alpha again."""
        alpha = frame.planes[0][..., 3:]
        opaque = yuv_of(rgb_of(frame), scale=frame.scale)
        colours = rgb_of(self.render(opaque, RationalTime()))
        premultiplied = np.rint(colours * (alpha / np.float32(255)))
        return replace(frame, planes=(np.dstack([premultiplied, alpha]).astype(np.uint8),))


def _on_line(plane: Plane, factor: float, offset: float) -> Plane:
    """level * factor + offset, rounded, held within 0..255; a table takes five times as long."""
    return np.asarray(cv2.transform(plane, np.array([[factor, offset]])), np.uint8)


@lru_cache(maxsize=64)
def _luma_table(brightness: float, contrast: float, gamma: float) -> Plane:
    levels = np.arange(256, dtype=np.float64)
    levels = (levels - 127.5) * contrast + 127.5 + brightness * 255
    if gamma != 1:
        inside = (levels > 16) & (levels < 235)
        levels[inside] = 16 + 219 * ((levels[inside] - 16) / 219) ** (1 / gamma)
    table = np.rint(np.clip(levels, 0, 255)).astype(np.uint8)
    table.flags.writeable = False
    return table


@lru_cache(maxsize=64)
def _cast_matrix(temperature: float, tint: float) -> NDArray[np.float64]:
    """(3, 4): Y, U, V to Y, U, V with red, green and blue weighed; white keeps its luma."""
    warm, green = temperature / 100 * _WARMTH, -tint / 100 * _TINT
    gains = np.array([1 + warm, 1 + green, 1 - warm])
    gains /= float(RGB_TO_YUV[0, :3] @ gains / RGB_TO_YUV[0, :3].sum())
    back = np.vstack([YUV_TO_RGB, [0, 0, 0, 1]])
    return np.asarray(RGB_TO_YUV @ np.diag([*gains, 1.0]) @ back, np.float64)


def _weighed(planes: tuple[Plane, ...], matrix: NDArray[np.float64]) -> tuple[Plane, ...]:
    """Luma by the chroma brought to its size, chroma by the luma brought to its own."""
    y, u, v = planes
    height, width = y.shape
    luma = cv2.transform(cv2.merge([y, full_of(u, width, height), full_of(v, width, height)]), matrix[:1])
    chroma = cv2.transform(cv2.merge([chroma_of(y), u, v]), matrix[1:])
    return (np.asarray(luma, np.uint8), *(np.asarray(plane, np.uint8) for plane in cv2.split(chroma)))
