"""Directional blur."""

from __future__ import annotations

from math import ceil, cos, hypot, log2, radians, sin

import cv2
import numpy as np

from effects.base import VideoEffect
from effects.filtering import Grid, filtered, is_empty, with_room
from effects.frame import Frame
from effects.params import param
from timeline.time import RationalTime


class DirectionalBlur(VideoEffect):
    """Smear the picture along a line, as a camera or a subject that moves."""

    title = "Directional blur"
    group = "Blur and sharpen"

    length: float = param(24.0, ge=0, le=400, unit="px", help="Length of the smear; 0 changes nothing.")
    angle: float = param(0.0, ge=-3600, le=3600, unit="°", help="Direction, clockwise; 0 is level.")

    def render(self, frame: Frame, at: RationalTime) -> Frame:
        """The mean of the picture along the line, centred on each pixel."""
        length = self.length * frame.scale
        if length < 0.5 or is_empty(frame):
            return frame
        way = (length * cos(radians(self.angle)), length * sin(radians(self.angle)))
        roomy = with_room(frame, ceil(length / 2) + 1)
        return filtered(roomy, lambda plane, step: _smeared(plane, (way[0] / step, way[1] / step)))


def _smeared(plane: Grid, way: tuple[float, float]) -> Grid:
    """The mean of 2^n evenly spaced shifts along `way`: each step doubles what is covered."""
    steps = max(ceil(log2(max(hypot(*way), 1) + 1)), 1)
    spacing = 1 / 2**steps
    result = _shifted(plane, way, -0.5 + spacing / 2)
    for step in range(steps):
        other = _shifted(result, way, spacing * 2**step)
        result = np.asarray(cv2.addWeighted(result, 0.5, other, 0.5, 0))
    return result


def _shifted(plane: Grid, way: tuple[float, float], share: float) -> Grid:
    matrix = np.array([[1, 0, -way[0] * share], [0, 1, -way[1] * share]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    size = (plane.shape[1], plane.shape[0])
    return np.asarray(cv2.warpAffine(plane, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE))
