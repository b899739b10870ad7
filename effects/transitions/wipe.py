"""Wipe."""

from __future__ import annotations

from enum import StrEnum

from effects.base import VideoTransition
from effects.frame import Frame
from effects.params import param
from effects.planes import composed, eased


class Direction(StrEnum):
    """Which way the edge travels."""

    LEFT_TO_RIGHT = "left_to_right"
    RIGHT_TO_LEFT = "right_to_left"
    TOP_TO_BOTTOM = "top_to_bottom"
    BOTTOM_TO_TOP = "bottom_to_top"


class Wipe(VideoTransition):
    """An edge travels over the picture and uncovers the next one."""

    title = "Wipe"

    direction: Direction = param(Direction.LEFT_TO_RIGHT, help="Which way the edge travels.")
    softness: float = param(4.0, ge=0, le=100, unit="%", help="Width of the soft edge; 0 is a sharp one.")
    smooth: bool = param(True, help="Start and end slowly instead of at an even pace.")

    def render(self, left: Frame, right: Frame, progress: float) -> Frame:
        """The right picture behind the edge, the left one ahead of it, mixed within the soft edge."""
        down = self.direction in (Direction.TOP_TO_BOTTOM, Direction.BOTTOM_TO_TOP)
        backwards = self.direction in (Direction.RIGHT_TO_LEFT, Direction.BOTTOM_TO_TOP)
        length = left.height if down else left.width
        soft = max(self.softness / 100 * length, 1.0)
        edge = (eased(progress) if self.smooth else progress) * (length + soft)
        return composed(left, right, edge, soft, down=down, backwards=backwards)
