"""Colour filter."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from effects.base import VideoEffect
from effects.blend import blend, blend_rgb
from effects.colour import Colour, parse_colour, straight_rgb, yuv_of_colour
from effects.frame import Frame, Layout
from effects.params import param
from timeline.time import RationalTime
from timeline.track import BlendMode


class ColorFilter(VideoEffect):
    """Lay a colour over the picture, as a gel before the lens."""

    title = "Colour filter"
    group = "Colour"

    colour: Colour = param("#ff9a3c", widget="colour", help="The colour of the gel.")
    opacity: float = param(0.3, ge=0, le=1, widget="slider", help="0 changes nothing.")
    blend: BlendMode = param(BlendMode.OVERLAY, help="How the colour meets the picture.")

    def render(self, frame: Frame, at: RationalTime) -> Frame:
        """The tinted picture; transparency stays as it is."""
        colour = parse_colour(self.colour)
        opacity = self.opacity * colour.alpha / 255
        if opacity == 0 or frame.planes[0].size == 0:
            return frame
        if frame.layout is Layout.RGBA:
            return self._on_rgba(frame, opacity)
        planes = zip(frame.planes[:3], yuv_of_colour(colour), strict=True)
        gel = Frame(tuple(np.full_like(plane, level) for plane, level in planes))
        below = replace(frame, planes=frame.planes[:3], origin=(0, 0))
        tinted = blend(below, gel, self.blend, opacity)
        return replace(frame, planes=(*tinted.planes, *frame.planes[3:]))

    def _on_rgba(self, frame: Frame, opacity: float) -> Frame:
        rgba = frame.planes[0]
        below = straight_rgb(rgba)
        gel = np.empty_like(below)
        gel[:] = parse_colour(self.colour)[:3]
        mixed = below + (blend_rgb(below, gel, self.blend).astype(np.float32) - below) * np.float32(opacity)
        alpha = rgba[..., 3:]
        return replace(frame, planes=(np.dstack([np.rint(mixed * (alpha / np.float32(255))), alpha]).astype(np.uint8),))
