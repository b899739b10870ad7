"""Pictures as arrays with their facts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.uint8]


class Layout(StrEnum):
    """How the planes are to be read."""

    YUV420 = "yuv420"
    """Y (h, w), U and V (ceil(h/2), ceil(w/2)), and with transparency a fourth plane A (h, w) 0..255, not premultiplied.

    A chroma sample lies on its left luma column and between its two rows (H.264's default siting).
    """
    RGBA = "rgba"
    """One plane (h, w, 4), sRGB transfer, premultiplied by alpha."""


@dataclass(frozen=True, eq=False)
class Frame:
    """A picture. Its arrays are handed over once and never written afterwards.

    `origin` is where its top left pixel lies on the canvas it was made for (x, y); `scale` is pixels of this
    frame per pixel of the full-size sequence (0.5 in a half-size preview): effects multiply lengths in px by it.
    YUV frames of the renderer are always BT.709 limited range; readers convert.
    """

    planes: tuple[Plane, ...]
    layout: Layout = Layout.YUV420
    origin: tuple[int, int] = (0, 0)
    scale: float = 1.0
    derived: dict[str, Any] = field(default_factory=dict, init=False, repr=False)
    """The same picture in other forms, worked out once; they live and die with the frame (a title stands for seconds).

    `yuva` (effects.colour), `overlay` (effects.overlay), `placed` (engines.render.compositor), and `picture`: the decoder's
    own object, which an encoder can take as it is. A changed copy of the frame has none of them.
    """

    @property
    def width(self) -> int:
        """Width in pixels."""
        return int(self.planes[0].shape[1])

    @property
    def height(self) -> int:
        """Height in pixels."""
        return int(self.planes[0].shape[0])

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return (self.width, self.height)

    @property
    def alpha(self) -> Plane | None:
        """The alpha plane of a YUV frame (None: opaque), or of an RGBA one."""
        if self.layout is Layout.RGBA:
            return self.planes[0][..., 3]
        return self.planes[3] if len(self.planes) == 4 else None

    def at_origin(self, x: int, y: int) -> Frame:
        """The same picture elsewhere on the canvas."""
        return replace(self, origin=(x, y))


@dataclass(frozen=True)
class Canvas:
    """What a picture is made for: the size in pixels and the pixels per sequence pixel."""

    width: int
    height: int
    scale: float = 1.0


def halved(size: tuple[int, int]) -> tuple[int, int]:
    """The size of the U and V planes of a picture of `size`."""
    return ((size[0] + 1) // 2, (size[1] + 1) // 2)


def plain(width: int, height: int, colour: tuple[int, int, int], scale: float = 1.0) -> Frame:
    """An opaque YUV frame of one colour (Y, U, V)."""
    shapes = ((height, width), *[halved((height, width))] * 2)
    return Frame(
        tuple(np.full(shape, level, np.uint8) for shape, level in zip(shapes, colour, strict=True)), scale=scale
    )


def black(width: int, height: int, scale: float = 1.0) -> Frame:
    """An opaque black YUV frame (limited range: Y 16, U and V 128)."""
    return plain(width, height, (16, 128, 128), scale)
