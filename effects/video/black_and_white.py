"""Black and white."""

from __future__ import annotations

import cv2
import numpy as np

from effects.base import VideoEffect
from effects.filtering import in_rgb, is_empty, mixed_back
from effects.frame import Frame, Plane
from effects.params import param
from timeline.time import RationalTime


class BlackAndWhite(VideoEffect):
    """Take the colour away, each colour as bright as you wish: a red filter darkens skies."""

    title = "Black and white"
    group = "Colour"

    strength: float = param(1.0, ge=0, le=1, step=0.01, widget="slider", help="0 changes nothing.")
    red: float = param(21.0, ge=-100, le=200, unit="%", help="How bright red is.")
    green: float = param(72.0, ge=-100, le=200, unit="%", help="How bright green is.")
    blue: float = param(7.0, ge=-100, le=200, unit="%", help="How bright blue is.")

    def render(self, frame: Frame, at: RationalTime) -> Frame:
        """Greys of red, green and blue by their shares, which count against one another: white stays white."""
        if self.strength == 0 or is_empty(frame):
            return frame
        shares = np.array([self.red, self.green, self.blue])
        shares = shares / max(float(shares.sum()), 10.0)

        def grey(rgb: Plane) -> Plane:
            level = cv2.transform(rgb, np.array([[*shares, 0.0]]))
            return np.asarray(cv2.merge([level] * 3), np.uint8)

        return mixed_back(frame, in_rgb(frame, grey), self.strength)
