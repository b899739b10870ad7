"""Invert."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from effects.base import VideoEffect
from effects.filtering import is_empty, looked_up, mixed_back, table
from effects.frame import Frame, Layout
from effects.params import param
from timeline.time import RationalTime


class Invert(VideoEffect):
    """Turn the picture into its negative."""

    title = "Invert"
    group = "Colour"

    strength: float = param(1.0, ge=0, le=1, step=0.01, widget="slider", help="1 is the negative, 0 changes nothing.")

    def render(self, frame: Frame, at: RationalTime) -> Frame:
        """The negative; transparency stays as it is. Twice is the picture again."""
        if self.strength == 0 or is_empty(frame):
            return frame
        if frame.layout is Layout.RGBA:
            rgba = frame.planes[0]
            negative = replace(frame, planes=(np.dstack([rgba[..., 3:] - rgba[..., :3], rgba[..., 3:]]),))
            return mixed_back(frame, negative, self.strength)
        luma, chroma = table(251.0 - np.arange(256)), table(256.0 - np.arange(256))
        planes = (looked_up(plane, chroma if index else luma) for index, plane in enumerate(frame.planes[:3]))
        return mixed_back(frame, replace(frame, planes=(*planes, *frame.planes[3:])), self.strength)
