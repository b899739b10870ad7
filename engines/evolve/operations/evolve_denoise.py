"""Denoise."""

from __future__ import annotations

from collections.abc import Sequence

from effects.params import param
from engines.evolve.base import Film, Making, Operation, SourceClip
from engines.evolve.denoising import Denoised, noise_of


class Denoise(Operation):
    """Take noise and grain out: near pictures are brought here along the motion and averaged, the rest is smoothed by scale.

    The noise is measured first, so that a clean clip stays as it is. Detail as faint as the noise goes with it; flicker of the
    whole picture and blocks of strong compression stay.
    """

    title = "Denoise"

    strength: float = param(0.8, ge=0, le=1, step=0.01, widget="slider", help="Share of the noise that is taken out.")

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        """Picture by picture, with two before and two after."""
        source = sources[0]
        noise = noise_of(source)
        clean = Denoised(source, noise, self.strength, how.draft)
        changes = (
            noise.told(self.strength),
            ("Length and sound", "unchanged"),
        )
        return Film(source.count, clean.frame, source.size, source.rate, source.samples(), changes)
