"""Glow."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from math import ceil
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.base import VideoEffect
from effects.colour import RGB_TO_YUV
from effects.filtering import Grid, in_yuv, is_empty, with_room
from effects.frame import Frame, Layout, Plane
from effects.params import param
from timeline.time import RationalTime


class Glow(VideoEffect):
    """Let bright parts shine over what is around them."""

    title = "Glow"
    group = "Stylise"

    strength: float = param(0.6, ge=0, le=3, step=0.05, widget="slider", help="How much light; 0 changes nothing.")
    threshold: float = param(65.0, ge=0, le=100, unit="%", help="Brightness from which on things shine.")
    radius: float = param(24.0, ge=1, le=300, unit="px", help="How far the light reaches.")

    def render(self, frame: Frame, at: RationalTime) -> Frame:
        """The picture with its blurred lights added, in their own colours, so that nothing clips (screen).

        A title shines beyond its own outline.
        """
        if self.strength == 0 or is_empty(frame):
            return frame
        return self._with_halo(frame) if frame.layout is Layout.RGBA else in_yuv(frame, self._shining)

    def _shining(self, frame: Frame) -> Frame:
        y, u, v = frame.planes[:3]
        sigma = max(self.radius * frame.scale, 0.5)
        size = (max(round(y.shape[1] / 4), 1), max(round(y.shape[0] / 4), 1))
        small = [np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA)) for plane in (y, u, v)]
        share = np.asarray(cv2.LUT(small[0], _shining(self.threshold)))
        if frame.alpha is not None:
            alpha = cv2.resize(frame.alpha, size, interpolation=cv2.INTER_AREA)
            share = np.asarray(cv2.multiply(share, alpha, scale=1 / 255, dtype=cv2.CV_32F))
        lights = [
            _wide(cv2.multiply(cv2.subtract(plane, zero, dtype=cv2.CV_32F), share), sigma / 4)  # type: ignore[call-overload]
            for plane, zero in zip(small, (16.0, 128.0, 128.0), strict=True)
        ]
        room = np.asarray(cv2.LUT(y, _room(self.strength)))
        luma = _added(y, lights[0], room)
        chroma_room = np.asarray(cv2.resize(room, (u.shape[1], u.shape[0]), interpolation=cv2.INTER_LINEAR))
        chroma = (_added(plane, light, chroma_room) for plane, light in zip((u, v), lights[1:], strict=True))
        return replace(frame, planes=(luma, *chroma, *frame.planes[3:]))

    def _with_halo(self, frame: Frame) -> Frame:
        """Premultiplied colours: the light is added to them, and covers what it shines on as much as it is bright."""
        sigma = max(self.radius * frame.scale, 0.5)
        frame = with_room(frame, ceil(3 * sigma))
        rgba = frame.planes[0]
        size = (max(round(frame.width / 4), 1), max(round(frame.height / 4), 1))
        small = np.asarray(cv2.resize(rgba[..., :3], size, interpolation=cv2.INTER_AREA), np.uint8)
        share = cv2.LUT(np.asarray(cv2.transform(small, RGB_TO_YUV[:1]), np.uint8), _shining(self.threshold))
        light = _wide(cv2.multiply(small, cv2.merge([share] * 3), dtype=cv2.CV_32F), sigma / 4) * self.strength
        light = np.asarray(cv2.resize(light, frame.size, interpolation=cv2.INTER_LINEAR)).clip(0, 255)
        added = np.dstack([light, light.max(axis=2)]).astype(np.float32)
        lit = rgba + added * (1 - rgba * np.float32(1 / 255))
        return replace(frame, planes=(np.rint(lit).astype(np.uint8),))


def _wide(light: Any, sigma: float) -> Grid:
    factor = max(int(sigma // 4), 1)
    size = (max(light.shape[1] // factor, 1), max(light.shape[0] // factor, 1))
    small = cv2.resize(light, size, interpolation=cv2.INTER_AREA) if factor > 1 else light
    # beyond the border nothing shines
    return np.asarray(cv2.GaussianBlur(small, (0, 0), max(sigma / factor, 0.3), borderType=cv2.BORDER_REPLICATE))


def _added(plane: Plane, light: Grid, room: Grid) -> Plane:
    """`plane` and as much light as there is room for."""
    full = cv2.resize(light, (plane.shape[1], plane.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.add(plane, cv2.multiply(full, room), dtype=cv2.CV_8U), np.uint8)


@lru_cache(maxsize=16)
def _shining(threshold: float) -> NDArray[np.float32]:
    """How much of a luma level shines, 0..1: none below the threshold, all from a fifth of the scale above it."""
    levels = (np.arange(256) - 16) / 219
    rise = np.clip((levels - threshold / 100 + 0.05) / 0.2, 0, 1)
    return np.asarray(rise * rise * (3 - 2 * rise), np.float32)


@lru_cache(maxsize=16)
def _room(strength: float) -> NDArray[np.float32]:
    """What is free above a luma level, as share of the scale, times the strength."""
    return np.asarray(np.clip((235 - np.arange(256)) / 219, 0, 1) * strength, np.float32)
