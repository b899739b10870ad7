"""Pixelate."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar

import cv2
import numpy as np

from effects.colour import rgb_of, yuv_of
from effects.filtering import mixed_back
from effects.frame import Frame, Plane
from effects.params import param
from engines.evolve.base import Film, Making, Operation, SourceClip
from engines.evolve.few_colours import FewColours

_LOOKS = 6
"""Pictures of the clip that its palette is chosen from."""
_WHOLE = 0.3
"""Strength from which nothing of the parent shines through."""


class Style(StrEnum):
    """What it recalls."""

    EIGHT_BIT = "8bit"
    SIXTEEN_BIT = "16bit"
    MOSAIC = "mosaic"


class PixelSize(StrEnum):
    """How large a square is."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


_ACROSS = {
    Style.EIGHT_BIT: {PixelSize.SMALL: 256, PixelSize.MEDIUM: 160, PixelSize.LARGE: 96},
    Style.SIXTEEN_BIT: {PixelSize.SMALL: 400, PixelSize.MEDIUM: 256, PixelSize.LARGE: 160},
    Style.MOSAIC: {PixelSize.SMALL: 128, PixelSize.MEDIUM: 80, PixelSize.LARGE: 44},
}
"""Squares across the picture at the usual strength."""
_FINEST = 3.0
"""Pixels of a small picture that a square has at the usual strength: more chaos is coarser there, too."""
_COLOURS = {Style.EIGHT_BIT: 16, Style.SIXTEEN_BIT: 64}


class Pixelate(Operation):
    """Redraw the clip in large pixels: with the 16 colours that suit it best and a dither (8 bit), with 64 (16 bit), or as a mosaic
    of bevelled tiles. The palette is chosen once from the whole clip, so that it does not flicker. The sound is left as it is.
    """

    title = "Pixelate"
    aliases: ClassVar[dict[str, str]] = {"chaos": "strength", "chaos_level": "strength"}
    restyle: ClassVar[str] = "{style} pixel art"

    style: Style = param(Style.EIGHT_BIT, help="16 colours and a dither, 64 colours, or tiles of all colours.")
    pixel_size: PixelSize = param(PixelSize.MEDIUM, help="Of the squares; more chaos makes them larger still.")
    strength: float = param(
        0.5, ge=0, le=1, step=0.01, widget="slider", label="Chaos", help="0 changes nothing, 1 is twice as coarse."
    )

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        """Each frame brought to the grid and its colours to the palette."""
        source = sources[0]
        usual = max(_FINEST, source.size[0] / _ACROSS[self.style][self.pixel_size])
        side = max(2, round(2 * self.strength * usual))
        colours = _palette(source, _COLOURS.get(self.style, 0), how)
        share = min(1.0, self.strength / _WHOLE)

        def frame(index: int) -> Frame:
            given = source.frame(index)
            squares = _squared(rgb_of(given), side)
            if colours is not None:
                shown = _enlarged(colours.dithered(squares), side, given.size)
            else:
                shown = _tiled(_enlarged(squares, side, given.size), side)
            return mixed_back(given, yuv_of(shown), share)

        said = f"{side} px" if colours is None else f"{side} px, {_COLOURS[self.style]} colours"
        return Film(
            source.count,
            frame,
            source.size,
            source.rate,
            source.samples(),
            (("Pixels", said), ("Length and sound", "unchanged")),
        )


def _palette(source: SourceClip, count: int, how: Making) -> FewColours | None:
    if not count:
        return None
    looks = []
    for number in range(_LOOKS):
        how.job.check()
        looks.append(source.rgb(round((number + 0.5) / _LOOKS * (source.count - 1))))
        how.job.progress((number + 1) / _LOOKS, "Choosing colours")
    return FewColours.of(looks, count)


def _offset(length: int, side: int) -> int:
    """Where the first whole square begins, so that squares stand about the picture's centre."""
    return -((side - length % side) % side // 2)


def _squared(rgb: Plane, side: int) -> Plane:
    """The mean of each square, one pixel each."""
    height, width = rgb.shape[:2]
    left, top = -_offset(width, side), -_offset(height, side)
    right, bottom = (side - (width + left) % side) % side, (side - (height + top) % side) % side
    roomy = cv2.copyMakeBorder(rgb, top, bottom, left, right, cv2.BORDER_REPLICATE)
    small = (roomy.shape[1] // side, roomy.shape[0] // side)
    return np.asarray(cv2.resize(roomy, small, interpolation=cv2.INTER_AREA), np.uint8)


def _enlarged(squares: Plane, side: int, size: tuple[int, int]) -> Plane:
    shape = (squares.shape[1] * side, squares.shape[0] * side)
    large = np.asarray(cv2.resize(squares, shape, interpolation=cv2.INTER_NEAREST), np.uint8)
    left, top = -_offset(size[0], side), -_offset(size[1], side)
    return np.ascontiguousarray(large[top : top + size[1], left : left + size[0]])


def _tiled(rgb: Plane, side: int) -> Plane:
    """Tiles: light from above, a dark joint between them."""
    if side < 5:
        return rgb
    height, width = rgb.shape[:2]
    x = (np.arange(width) - _offset(width, side)) % side
    y = (np.arange(height) - _offset(height, side)) % side
    edge = max(1, side // 8)
    light = np.ones((height, width), np.float32)
    light[y < edge] *= 1.22
    light[:, x < edge] *= 1.1
    light[y >= side - edge] *= 0.78
    light[:, x >= side - edge] *= 0.86
    joint, shade = max(1, side // 14), 0.66 if side >= 12 else 0.84
    light[y < joint] = shade
    light[:, x < joint] = shade
    return np.asarray(np.clip(rgb * light[..., None], 0, 255), np.uint8)
