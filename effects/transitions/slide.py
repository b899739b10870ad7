"""Slide and push."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

import cv2
import numpy as np

from effects.base import VideoTransition
from effects.frame import Frame, Plane
from effects.params import param
from effects.planes import composed, eased, eased_speed
from effects.warp import about_centre, moved

_SHUTTER = 0.02
"""Part of the transition that one picture is exposed to: half a frame of one second."""


class Direction(StrEnum):
    """Which way the new picture moves."""

    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"


class Slide(VideoTransition):
    """The next picture slides in over the first one, or pushes it out."""

    title = "Slide"

    direction: Direction = param(Direction.LEFT, help="Which way the new picture moves.")
    push: bool = param(False, help="Push the old picture out instead of covering it.")
    motion_blur: float = param(100.0, ge=0, le=300, unit="%", help="Blur along the movement, as a shutter would.")

    def render(self, left: Frame, right: Frame, progress: float) -> Frame:
        """The right picture on its way in, over or behind the left one."""
        down = self.direction in (Direction.UP, Direction.DOWN)
        backwards = self.direction in (Direction.LEFT, Direction.UP)  # comes in from the far end
        length = left.height if down else left.width
        way = eased(progress)
        sign = -1 if backwards else 1
        smear = eased_speed(progress) * _SHUTTER * self.motion_blur / 100 * length
        incoming = _smeared(_shifted(right, -sign * (1 - way) * length, down), smear, down)
        outgoing = _smeared(_shifted(left, sign * way * length, down), smear, down) if self.push else left
        soft = max(smear, 1.0)
        return composed(outgoing, incoming, way * length + soft / 2, soft, down=down, backwards=backwards)


def _shifted(frame: Frame, by: float, down: bool) -> Frame:
    matrix = about_centre(frame, shift=(0, by) if down else (by, 0))
    return moved(frame, matrix, cv2.BORDER_REPLICATE)


def _smeared(frame: Frame, length: float, down: bool) -> Frame:
    """Box blur along the movement."""
    y, u, v = frame.planes[:3]
    return replace(frame, planes=(_smear(y, length, down), _smear(u, length / 2, down), _smear(v, length / 2, down)))


def _smear(plane: Plane, length: float, down: bool) -> Plane:
    taps = int(length / 2) * 2 + 1
    if taps < 3:
        return plane
    size = (1, taps) if down else (taps, 1)
    return np.asarray(cv2.blur(plane, size, borderType=cv2.BORDER_REPLICATE), np.uint8)
