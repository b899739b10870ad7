"""Cross dissolve."""

from __future__ import annotations

from effects.base import VideoTransition
from effects.frame import Frame
from effects.params import param
from effects.planes import eased, mixed


class Dissolve(VideoTransition):
    """Mix one picture into the next; at the middle both are seen equally."""

    title = "Cross dissolve"

    smooth: bool = param(False, help="Start and end slowly instead of at an even pace.")

    def render(self, left: Frame, right: Frame, progress: float) -> Frame:
        """The linear mix of both pictures."""
        return mixed(left, right, eased(progress) if self.smooth else progress)
