"""Sizes: the sequence in a canvas of any shape, and how large a file is best decoded for its place there."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log2
from typing import Protocol

from effects.frame import Canvas
from effects.video.transform import Fit, Transform

_MOST = 8192


@dataclass(frozen=True)
class View:
    """A sequence seen at `size`: its own `canvas`, and where that lies in the size (`x`, `y` even), black around it."""

    size: tuple[int, int]
    canvas: Canvas
    x: int = 0
    y: int = 0

    @property
    def has_border(self) -> bool:
        """Whether there is black around the canvas."""
        return (self.canvas.width, self.canvas.height) != self.size


def view(sequence_size: tuple[int, int], size: tuple[int, int]) -> View:
    """The whole sequence in `size`, as large as it goes. A border under 2 px (a rounded panel size) is stretched away."""
    width, height = max(size[0], 2), max(size[1], 2)
    scale = min(width / sequence_size[0], height / sequence_size[1])
    inner = (sequence_size[0] * scale, sequence_size[1] * scale)
    if width - inner[0] < 2 and height - inner[1] < 2:
        return View((width, height), Canvas(width, height, scale))
    x, y = (round((outer - length) / 4) * 2 for outer, length in zip((width, height), inner, strict=True))
    return View((width, height), Canvas(max(width - 2 * x, 2), max(height - 2 * y, 2), scale), x, y)


class Sized(Protocol):
    """A picture of a size of its own: a file's, or a nested sequence's."""

    @property
    def width(self) -> int:
        """In pixels."""

    @property
    def height(self) -> int:
        """In pixels."""


@dataclass(frozen=True)
class Wanted:
    """How large to decode a file, and the resulting pixels per pixel of the sequence."""

    size: tuple[int, int]
    scale: float


def wanted(picture: Sized, transform: Transform, canvas: Canvas) -> Wanted:
    """The size at which `picture` needs the least work later: at 100 % its very place on the canvas, else the next step up.

    Steps are powers of two, so that a zoom does not rescale the decoder at each frame; a scaled picture is never decoded
    above its own size.
    """
    own = (max(picture.width, 1), max(picture.height, 1))
    if transform.fit is Fit.NONE:
        whole = (own[0] * canvas.scale, own[1] * canvas.scale)
    else:
        whole = transform.fitted(own, 1.0, canvas)
    if transform.scale == 100:
        size = whole
    else:
        factor = 2.0 ** ceil(log2(max(transform.scale / 100, 1 / 64)))
        size = (whole[0] * factor, whole[1] * factor)
        if size[0] > own[0] or size[1] > own[1]:
            size = own
    pixels = (min(max(round(size[0]), 2), _MOST), min(max(round(size[1]), 2), _MOST))
    return Wanted(pixels, canvas.scale * pixels[0] / max(whole[0], 1e-6))
