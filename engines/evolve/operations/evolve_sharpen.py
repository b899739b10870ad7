"""Sharpen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from effects.frame import Frame
from effects.params import param
from engines.evolve.base import Film, Making, Operation, SourceClip
from engines.evolve.denoising import noise_of
from engines.evolve.sharpening import sharpened
from engines.evolve.told import percent


class Sharpen(Operation):
    """Bring out edges and fine detail; noise is measured and left alone, and edges get no bright rims.

    An unsharp mask: it makes what is there stand out. It cannot bring back what is out of focus or blurred by motion.
    """

    title = "Sharpen"
    aliases: ClassVar[Mapping[str, str]] = {"sharpen_intensity": "strength"}

    strength: float = param(0.7, ge=0, le=1, step=0.01, widget="slider", label="Intensity", help="How much.")

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        """Luma alone; colours stay."""
        source = sources[0]
        noise = noise_of(source).luma

        def frame(index: int) -> Frame:
            return sharpened(source.frame(index), self.strength, noise)

        changes = (("Detail", f"sharpened by {percent(self.strength)}"), ("Colour, length and sound", "unchanged"))
        return Film(source.count, frame, source.size, source.rate, source.samples(), changes)
