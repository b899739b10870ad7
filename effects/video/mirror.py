"""Mirror."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

import numpy as np

from effects.base import VideoEffect
from effects.filtering import is_empty
from effects.frame import Frame, Plane
from effects.params import param
from timeline.time import RationalTime


class Half(StrEnum):
    """What is seen twice."""

    NONE = "none"
    LEFT = "left"
    RIGHT = "right"
    TOP = "top"
    BOTTOM = "bottom"


class Mirror(VideoEffect):
    """Flip the picture, or mirror one half of it onto the other."""

    title = "Mirror"
    group = "Shape"

    flip_horizontal: bool = param(False, label="Flip left and right", help="What was left is right.")
    flip_vertical: bool = param(False, label="Flip top and bottom", help="What was above is below.")
    half: Half = param(Half.LEFT, unset="Neither", help="The half that is shown on both sides of the middle.")

    def render(self, frame: Frame, at: RationalTime) -> Frame:
        """The picture flipped first, then with one half on both sides. Samples are moved, never mixed."""
        if is_empty(frame) or not (self.flip_horizontal or self.flip_vertical or self.half is not Half.NONE):
            return frame
        return replace(frame, planes=tuple(self._mirrored(plane) for plane in frame.planes))

    def _mirrored(self, plane: Plane) -> Plane:
        if self.flip_horizontal:
            plane = plane[:, ::-1]
        if self.flip_vertical:
            plane = plane[::-1]
        down = self.half in (Half.TOP, Half.BOTTOM)
        if self.half is not Half.NONE:
            plane = _doubled(plane, axis=0 if down else 1, first=self.half in (Half.LEFT, Half.TOP))
        return np.ascontiguousarray(plane)


def _doubled(plane: Plane, *, axis: int, first: bool) -> Plane:
    """One half of the samples along `axis`, and its mirror image in the other's place."""
    count = plane.shape[axis]
    places = np.arange(count)
    places = np.minimum(places, count - 1 - places) if first else np.maximum(places, count - 1 - places)
    return np.asarray(np.take(plane, places, axis=axis), np.uint8)
