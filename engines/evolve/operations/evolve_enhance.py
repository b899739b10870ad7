"""Enhance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from effects.frame import Frame
from effects.params import param
from engines.evolve.base import Film, Making, Operation, SourceClip
from engines.evolve.denoising import Denoised, Noise, noise_of
from engines.evolve.levels import toning
from engines.evolve.sharpening import clarified, sharpened
from engines.evolve.source import FilmClip
from engines.evolve.stabilising import steadied
from engines.evolve.upscaling import Resolution, enlarged, size_for
from timeline.time import ZERO

_DETAIL, _CLARITY, _SHARPNESS = 0.3, 0.45, 0.5
_LEFT = 0.35
"""Of the noise: what sharpening must still not bring out after it was taken out."""


class Enhance(Operation):
    """Make an ordinary clip look its best: less noise, full contrast, clearer and sharper; steadier and larger if you wish.

    Everything is measured on the clip first, so that a good one changes little. It cannot focus what was out of focus, nor
    bring back lights that were burnt out.
    """

    title = "Enhance"
    aliases: ClassVar[Mapping[str, str]] = {"quality_boost": "strength"}
    restyle = "the same shot in better quality: clean, sharp, well exposed"

    strength: float = param(
        0.8, ge=0, le=1, step=0.01, widget="slider", label="Quality boost", help="How much of everything."
    )
    enhance_clarity: bool = param(True, label="Clarity", help="Bring out local contrast and fine detail.")
    improve_stabilization: bool = param(False, label="Stabilise", help="Take the shake out too, with a small crop.")
    target_resolution: Resolution = param(
        Resolution.SOURCE, label="Resolution", help="Enlarge it as well.", unset="As it is"
    )

    @property
    def changes_nothing(self) -> bool:
        """Whether nothing is boosted and the size stays."""
        return self.strength == 0 and self.target_resolution is Resolution.SOURCE

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        """Noise, then the camera, contrast and clarity, then size, and sharpness last."""
        source, strength = sources[0], self.strength
        size = source.size if how.draft else size_for(source.size, self.target_resolution)
        noise = noise_of(source)
        tone = toning(source, strength)
        pictures: SourceClip = FilmClip(
            replace(_plain(source), frame=Denoised(source, noise, strength, how.draft).frame), source.name
        )
        if self.improve_stabilization:
            steady = replace(steadied(source, how.job, strength=strength), source=pictures)
            pictures = FilmClip(replace(_plain(source), frame=steady.frame), source.name)
        left = noise.luma * (1 - strength * (1 - _LEFT))

        def frame(index: int) -> Frame:
            shown = tone.render(pictures.frame(index), ZERO)
            if self.enhance_clarity:
                shown = clarified(shown, _CLARITY * strength)
            if size != source.size:
                shown = enlarged(shown, size, _DETAIL)
            return sharpened(shown, _SHARPNESS * strength, left) if self.enhance_clarity else shown

        return replace(_plain(source), frame=frame, size=size, changes=self._changes(source, size, noise))

    def _changes(self, source: SourceClip, size: tuple[int, int], noise: Noise) -> tuple[tuple[str, str], ...]:
        rows = [
            noise.told(self.strength),
            ("Contrast", "spread to full range"),
        ]
        if self.enhance_clarity:
            rows.append(("Detail", "clearer and sharper"))
        if self.improve_stabilization:
            rows.append(("Camera", "steadier, with a small crop"))
        if size != source.size:
            rows.append(("Size", f"{source.size[0]} x {source.size[1]} to {size[0]} x {size[1]}"))
        return (*rows, ("Length and sound", "unchanged"))


def _plain(source: SourceClip) -> Film:
    return Film(source.count, source.frame, source.size, source.rate, source.samples())
