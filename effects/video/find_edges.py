"""Find edges."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

import cv2
import numpy as np

from effects.base import VideoEffect
from effects.colour import chroma_of
from effects.filtering import gaussian, in_yuv, is_empty, looked_up, mixed_back, table
from effects.frame import Frame, Plane
from effects.params import param
from timeline.time import RationalTime


class Ground(StrEnum):
    """What the lines stand on."""

    PAPER = "paper"
    NIGHT = "night"
    PICTURE = "picture"


class FindEdges(VideoEffect):
    """Draw the outlines of what is seen, as ink on paper, as light in the dark, or over the picture."""

    title = "Find edges"
    group = "Stylise"

    strength: float = param(1.0, ge=0, le=1, step=0.01, widget="slider", help="0 changes nothing.")
    ground: Ground = param(
        Ground.PAPER, help="Paper: ink on white. Night: coloured light on black. Picture: ink over it."
    )
    width: float = param(2.0, ge=0.5, le=20, unit="px", step=0.1, help="Width of the lines.")
    detail: float = param(50.0, ge=0, le=100, unit="%", help="How faint an edge may be and still be drawn.")

    def render(self, frame: Frame, at: RationalTime) -> Frame:
        """Lines where the luma, softened to their width, changes most; transparency stays as it is."""
        if self.strength == 0 or is_empty(frame):
            return frame
        return in_yuv(frame, lambda yuv: mixed_back(yuv, self._drawn(yuv), self.strength))

    def _drawn(self, frame: Frame) -> Frame:
        y, u, v = frame.planes[:3]
        ink = self._ink(y, frame.scale)
        if self.ground is Ground.PICTURE:
            luma = cv2.add(cv2.multiply(cv2.subtract(y, 16), cv2.bitwise_not(ink), scale=1 / 255), 16)  # type: ignore[call-overload]
            return replace(frame, planes=(np.asarray(luma, np.uint8), *frame.planes[1:]))
        if self.ground is Ground.PAPER:
            levels = table(235 - np.arange(256) / 255 * 219)
            grey = (np.full_like(u, 128), np.full_like(v, 128))
            return replace(frame, planes=(looked_up(ink, levels), *grey, *frame.planes[3:]))
        levels = table(16 + np.arange(256) / 255 * 219)
        colours = (_lit(plane, chroma_of(ink)) for plane in (u, v))
        return replace(frame, planes=(looked_up(ink, levels), *colours, *frame.planes[3:]))

    def _ink(self, luma: Plane, scale: float) -> Plane:
        """How much ink a pixel has, 0..255."""
        width = max(self.width * scale, 0.5)
        soft = gaussian(luma, width / 2)
        across, down = (cv2.Sobel(soft, cv2.CV_16S, *way, ksize=3) for way in ((1, 0), (0, 1)))
        # the greatest slope of an edge falls as it is softened and, in a smaller picture, rises as it is narrower
        slope = cv2.addWeighted(cv2.convertScaleAbs(across), 0.5, cv2.convertScaleAbs(down), 0.5, 0)
        faint = 3 + (1 - self.detail / 100) * 44
        share = np.clip((np.arange(256) * max(width, 1) / 1.5 - faint * 0.6) / (faint * 1.2), 0, 1)
        return looked_up(np.asarray(slope, np.uint8), table(share * share * (3 - 2 * share) * 255))


def _lit(plane: Plane, ink: Plane) -> Plane:
    """Chroma that is grey where there is no ink."""
    away = cv2.subtract(plane, 128.0, dtype=cv2.CV_16S)  # type: ignore[call-overload]
    away = cv2.multiply(away, ink, scale=1 / 255, dtype=cv2.CV_16S)
    return np.asarray(cv2.add(away, 128.0, dtype=cv2.CV_8U), np.uint8)  # type: ignore[call-overload]
