"""Chroma key."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import cv2
import numpy as np

from effects.base import VideoEffect
from effects.colour import Colour, full_of, parse_colour, yuv_of_colour
from effects.filtering import gaussian, in_yuv, is_empty
from effects.frame import Frame, Plane
from effects.params import param
from timeline.time import RationalTime


class ChromaKey(VideoEffect):
    """Make a coloured screen transparent: what lies on the tracks below shows through."""

    title = "Chroma key"
    group = "Keying"

    colour: Colour = param("#00b140", widget="colour", help="The colour of the screen.")
    tolerance: float = param(45.0, ge=0, le=100, unit="%", help="How unlike it may be; 0 changes nothing.")
    softness: float = param(20.0, ge=1, le=100, unit="%", help="How gently the edges go over.")
    spill: float = param(0.8, ge=0, le=1, step=0.01, widget="slider", help="How much of its shine on the subject goes.")
    shrink: float = param(0.0, ge=0, le=20, unit="px", step=0.5, help="Takes a rim off what stays.")

    def render(self, frame: Frame, at: RationalTime) -> Frame:
        """The picture with alpha by hue and saturation alone: shadows on the screen go too."""
        if self.tolerance == 0 or is_empty(frame):
            return frame
        return in_yuv(frame, self._keyed)

    def _keyed(self, frame: Frame) -> Frame:
        y, u, v = frame.planes[:3]
        tables = _tables(self.colour, self.tolerance, self.softness, self.spill)
        if tables is None:  # a grey screen has no colour to key by
            return frame
        numbers = (u.astype(np.uint16) << 8) | v
        alpha = np.asarray(full_of(np.take(tables.alpha, numbers), frame.width, frame.height), np.uint8)
        rim = self.shrink * frame.scale
        if rim >= 0.25:
            alpha = _shrunk(alpha, rim)
        if frame.alpha is not None:
            alpha = np.asarray(cv2.multiply(alpha, frame.alpha, scale=1 / 255), np.uint8)
        return replace(frame, planes=(y, np.take(tables.u, numbers), np.take(tables.v, numbers), alpha))


class _Tables(NamedTuple):
    """By U * 256 + V."""

    alpha: Plane
    u: Plane
    v: Plane


@lru_cache(maxsize=16)
def _tables(colour: str, tolerance: float, softness: float, spill: float) -> _Tables | None:
    _, key_u, key_v = yuv_of_colour(parse_colour(colour))
    key = np.array([key_u - 128.0, key_v - 128.0])
    length = float(np.hypot(*key))
    if length < 4:
        return None
    u, v = np.meshgrid(np.arange(256) - 128.0, np.arange(256) - 128.0, indexing="ij")
    along, across = (u * key[0] + v * key[1]) / length**2, np.abs(u * key[1] - v * key[0]) / length**2
    likeness = along - 1.2 * across  # 1 is the screen itself, 0 grey, below it the colours opposite
    share = np.clip((1 - likeness - tolerance / 100) / (softness / 100), 0, 1)
    alpha = np.rint(255 * share * share * (3 - 2 * share)).astype(np.uint8)
    taken = np.clip(along - 0.8 * across, 0, None) * spill
    clean = (
        np.rint(np.clip(plane - taken * part + 128, 0, 255)).astype(np.uint8)
        for plane, part in ((u, key[0]), (v, key[1]))
    )
    return _Tables(alpha.ravel(), *(plane.ravel() for plane in clean))


def _shrunk(alpha: Plane, rim: float) -> Plane:
    side = 2 * max(round(rim), 1) + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    return np.asarray(gaussian(np.asarray(cv2.erode(alpha, kernel), np.uint8), rim / 3), np.uint8)
