"""Letterbox."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from effects.base import VideoEffect
from effects.colour import Colour, parse_colour, yuv_of_colour
from effects.filtering import is_empty
from effects.frame import Frame, Layout, Plane
from effects.params import param
from timeline.time import RationalTime


class Letterbox(VideoEffect):
    """Lay bars over the picture so that it has the shape of another format."""

    title = "Letterbox"
    group = "Shape"

    strength: float = param(
        1.0, ge=0, le=1, step=0.01, widget="slider", help="How far the bars are in; 0 is not at all."
    )
    ratio: float = param(
        2.39, ge=0.3, le=4, step=0.01, help="Width by height of what stays; 2.39 is a wide cinema screen."
    )
    colour: Colour = param("#000000", widget="colour", help="The colour of the bars.")

    def render(self, frame: Frame, at: RationalTime) -> Frame:
        """The picture between opaque bars above and below, or at both sides where it is wider than `ratio`.

        Pieces of a picture (titles, placed clips) come back as they are: bars belong to the whole.
        """
        if self.strength == 0 or is_empty(frame) or not _is_whole(frame):
            return frame
        width, height = frame.size
        is_wide = width / height < self.ratio
        length = height if is_wide else width
        kept = width / self.ratio if is_wide else height * self.ratio
        bar = round((length - kept) / 2 * self.strength / 2) * 2  # even: the bars end on whole chroma samples
        if bar <= 0:
            return frame
        return replace(frame, planes=self._barred(frame, bar, down=is_wide))

    def _barred(self, frame: Frame, bar: int, *, down: bool) -> tuple[Plane, ...]:
        colour = parse_colour(self.colour)
        if frame.layout is Layout.RGBA:
            return (_with_bars(frame.planes[0], (*colour[:3], 255), bar, bar, down=down),)
        length = frame.height if down else frame.width
        planes = []
        for index, (plane, level) in enumerate(zip(frame.planes, (*yuv_of_colour(colour), 255), strict=False)):
            first, last = (bar // 2, ((length + 1) // 2) - (length - bar + 1) // 2) if index in (1, 2) else (bar, bar)
            planes.append(_with_bars(plane, level, first, last, down=down))
        return tuple(planes)


def _is_whole(frame: Frame) -> bool:
    if frame.origin != (0, 0):
        return False
    return frame.layout is not Layout.RGBA or int(frame.planes[0][..., 3].min()) == 255


def _with_bars(plane: Plane, level: object, first: int, last: int, *, down: bool) -> Plane:
    result = plane.copy()
    rows = result if down else result.swapaxes(0, 1)
    rows[:first] = np.asarray(level, np.uint8)
    rows[rows.shape[0] - last :] = np.asarray(level, np.uint8)
    return result
