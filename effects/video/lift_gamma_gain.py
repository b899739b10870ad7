"""Lift, gamma, gain."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from effects.base import VideoEffect
from effects.filtering import in_rgb, is_empty, looked_up, table
from effects.frame import Frame, Plane
from effects.params import param
from timeline.time import RationalTime

Triple = tuple[float, float, float]


class LiftGammaGain(VideoEffect):
    """Grade shadows, middle and lights apart, each as a whole and by colour."""

    title = "Lift, gamma, gain"
    group = "Colour"

    lift: float = param(0.0, ge=-1, le=1, step=0.01, widget="slider", help="Raise or lower the shadows.")
    lift_red: float = param(0.0, ge=-1, le=1, step=0.01, widget="slider", help="Red of the shadows.")
    lift_green: float = param(0.0, ge=-1, le=1, step=0.01, widget="slider", help="Green of the shadows.")
    lift_blue: float = param(0.0, ge=-1, le=1, step=0.01, widget="slider", help="Blue of the shadows.")
    gamma: float = param(1.0, ge=0.2, le=5, step=0.01, widget="slider", help="Brighten or darken the middle.")
    gamma_red: float = param(1.0, ge=0.2, le=5, step=0.01, widget="slider", help="Red of the middle.")
    gamma_green: float = param(1.0, ge=0.2, le=5, step=0.01, widget="slider", help="Green of the middle.")
    gamma_blue: float = param(1.0, ge=0.2, le=5, step=0.01, widget="slider", help="Blue of the middle.")
    gain: float = param(1.0, ge=0, le=4, step=0.01, widget="slider", help="Strength of the lights.")
    gain_red: float = param(1.0, ge=0, le=4, step=0.01, widget="slider", help="Red of the lights.")
    gain_green: float = param(1.0, ge=0, le=4, step=0.01, widget="slider", help="Green of the lights.")
    gain_blue: float = param(1.0, ge=0, le=4, step=0.01, widget="slider", help="Blue of the lights.")

    def render(self, frame: Frame, at: RationalTime) -> Frame:
        """Each colour c of 0..1 becomes (gain * (c + lift * (1 - c))) ^ (1 / gamma); neutral values give the frame itself."""
        lift = (self.lift + self.lift_red, self.lift + self.lift_green, self.lift + self.lift_blue)
        gamma = (self.gamma * self.gamma_red, self.gamma * self.gamma_green, self.gamma * self.gamma_blue)
        gain = (self.gain * self.gain_red, self.gain * self.gain_green, self.gain * self.gain_blue)
        if is_empty(frame) or not (any(lift) or any(one != 1 for one in (*gamma, *gain))):
            return frame
        levels = _levels(lift, gamma, gain)
        return in_rgb(frame, lambda rgb: looked_up(rgb, levels))


@lru_cache(maxsize=64)
def _levels(lift: Triple, gamma: Triple, gain: Triple) -> Plane:
    """(1, 256, 3): a table for each colour."""
    share = np.linspace(0, 1, 256)[:, None]
    raised = np.clip((share + np.array(lift) * (1 - share)) * np.array(gain), 0, None)
    return table(raised ** (1 / np.array(gamma)) * 255)[None]
