"""Stabilise."""

from __future__ import annotations

from collections.abc import Sequence

from effects.params import param
from engines.evolve.base import Film, Making, Operation, SourceClip
from engines.evolve.stabilising import steadied


class Stabilize(Operation):
    """Take the shake of the hand out: the camera's way is measured and smoothed, each picture set on it and cropped a little.

    Works on shift, turn and zoom of the whole picture. It cannot mend blur that the shake left, nor a wobble within one picture
    (rolling shutter). Shots that stand still or pan evenly stay what they are.
    """

    title = "Stabilise"

    strength: float = param(1.0, ge=0, le=1, step=0.01, widget="slider", help="Share of the shake that is taken out.")
    smoothing: float = param(
        0.8, ge=0.1, le=5, unit="s", step=0.1, help="Moves that are slower than this are meant and stay."
    )
    most_crop: float = param(
        30.0, ge=2, le=100, unit="%", label="Largest crop", help="Enlarged by no more; beyond it some shake stays."
    )

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        """Two passes: the way first, then the pictures."""
        source = sources[0]
        steady = steadied(
            source, how.job, strength=self.strength, seconds=self.smoothing, most_crop=1 + self.most_crop / 100
        )
        if steady.is_still:
            changes: tuple[tuple[str, str], ...] = (("Camera", "stands still or moves evenly already: unchanged"),)
        else:
            changes = (
                ("Camera", f"corrected by {steady.shake:.1f} px on average"),
                ("Crop", f"{(float(steady.zoom.max()) - 1) * 100:.1f} % at most"),
            )
        changes = (*changes, ("Length and sound", "unchanged"))
        return Film(source.count, steady.frame, source.size, source.rate, source.samples(), changes)
