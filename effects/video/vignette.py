"""Vignette."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.base import VideoEffect
from effects.colour import Colour, parse_colour, yuv_of_colour
from effects.frame import Frame, Layout, Plane
from effects.params import param
from timeline.time import RationalTime


class Vignette(VideoEffect):
    """Darken the picture towards its corners."""

    title = "Vignette"
    group = "Stylise"

    strength: float = param(
        0.4, ge=0, le=1, widget="slider", help="How much of the corners is lost; 0 changes nothing."
    )
    size: float = param(55.0, ge=0, le=150, unit="%", help="Untouched part, from the centre to the corners.")
    softness: float = param(75.0, ge=1, le=200, unit="%", help="Distance over which it falls off.")
    roundness: float = param(50.0, ge=0, le=100, unit="%", help="0 follows the picture's shape, 100 is a circle.")
    colour: Colour = param("#000000", widget="colour", help="What the corners fade to.")

    def render(self, frame: Frame, at: RationalTime) -> Frame:
        """The picture mixed with the colour; transparency stays as it is."""
        if self.strength == 0 or frame.planes[0].size == 0:
            return frame
        colour = parse_colour(self.colour)
        if frame.layout is Layout.RGBA:
            keep = _keep(self, frame.width, frame.height, 1)[..., None]
            rgba = frame.planes[0].astype(np.float32)
            rgba[..., :3] = rgba[..., :3] * keep + np.array(colour[:3], np.float32) / 255 * rgba[..., 3:] * (1 - keep)
            return replace(frame, planes=(np.rint(rgba).astype(np.uint8),))
        planes = []
        for index, (plane, level) in enumerate(zip(frame.planes[:3], yuv_of_colour(colour), strict=True)):
            planes.append(_mixed(plane, level, _keep(self, frame.width, frame.height, 1 if index == 0 else 2)))
        return replace(frame, planes=(*planes, *frame.planes[3:]))


@lru_cache(maxsize=6)
def _keep(vignette: Vignette, width: int, height: int, step: int) -> NDArray[np.float32]:
    """What stays of each sample, 0..1, (h, w) float32; `step` 2 is the chroma grid.

    The radius is 1 in the corners. A grain below one level is in it: dark slopes would show bands.
    """
    round_part = vignette.roundness / 100
    reach = float(np.hypot(width, height)) / 2
    across = (1 - round_part) * width / np.sqrt(2) + round_part * reach
    down = (1 - round_part) * height / np.sqrt(2) + round_part * reach
    x = ((np.arange(0, width, step) + 0.5) - width / 2) / across
    y = ((np.arange(0, height, step) + step / 2) - height / 2) / down
    radius = np.sqrt(np.add.outer(y * y, x * x))
    fall = np.clip((radius - vignette.size / 100) / (vignette.softness / 100) + 0.5, 0, 1)
    fall = fall * fall * (3 - 2 * fall)
    grain = np.random.default_rng(7).uniform(-0.5, 0.5, fall.shape) / 160
    shaded = np.where((fall > 0) & (fall < 1), fall + grain, fall)
    return np.asarray(1 - vignette.strength * shaded, np.float32)


def _mixed(plane: Plane, level: int, keep: NDArray[np.float32]) -> Plane:
    """level + (plane - level) * keep, in float until the end."""
    moved = cv2.multiply(cv2.subtract(plane, float(level), dtype=cv2.CV_32F), keep)  # type: ignore[call-overload]
    return np.asarray(cv2.convertScaleAbs(cv2.add(moved, float(level))), np.uint8)  # type: ignore[call-overload]
