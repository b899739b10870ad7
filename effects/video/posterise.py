"""Posterise."""

from __future__ import annotations

import numpy as np

from effects.base import VideoEffect
from effects.filtering import in_rgb, is_empty, looked_up, mixed_back, table
from effects.frame import Frame
from effects.params import param
from timeline.time import RationalTime


class Posterise(VideoEffect):
    """Leave only a few steps of each colour, as in a screen print."""

    title = "Posterise"
    group = "Stylise"

    strength: float = param(1.0, ge=0, le=1, step=0.01, widget="slider", help="0 changes nothing.")
    levels: int = param(5, ge=2, le=64, help="Steps of red, green and blue.")

    def render(self, frame: Frame, at: RationalTime) -> Frame:
        """Each colour at the nearest of its steps, which run from black to white."""
        if self.strength == 0 or is_empty(frame):
            return frame
        steps = self.levels - 1
        levels = table(np.rint(np.arange(256) / 255 * steps) / steps * 255)
        return mixed_back(frame, in_rgb(frame, lambda rgb: looked_up(rgb, levels)), self.strength)
