"""Upscale."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from effects.frame import Frame
from effects.params import param
from engines.evolve.base import Film, Making, Operation, SourceClip
from engines.evolve.upscaling import Resolution, enlarged, size_for


class Target(StrEnum):
    """What a clip can be brought to."""

    P720 = "720p"
    P1080 = "1080p"
    P1440 = "1440p"
    UHD = "4K"


class Upscale(Operation):
    """Enlarge the picture, with clean edges and all the detail its pixels hold.

    A classic upscaler: cubic, made true to its source by back-projection, then crispened within bounds. It is sharper than plain
    scaling, but invents nothing: hair and letters that the source does not show do not appear.
    """

    title = "Upscale"

    target_resolution: Target = param(
        Target.P1080, label="Resolution", help="By its lines; upright pictures by their width."
    )
    detail: float = param(0.3, ge=0, le=1, step=0.01, widget="slider", help="How steep edges are made.")

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        """Each picture by itself. Raises EngineError for a clip that is as large already."""
        source = sources[0]
        size = (source.size[0] * 2, source.size[1] * 2)  # a preview is small: it shows what becomes of edges
        if not how.draft:
            size = size_for(source.size, Resolution(self.target_resolution.value))

        def frame(index: int) -> Frame:
            return enlarged(source.frame(index), size, self.detail)

        old, new = (f"{width} x {height}" for width, height in (source.size, size))
        changes = (("Size", f"{old} to {new}"), ("Length and sound", "unchanged"))
        return Film(source.count, frame, size, source.rate, source.samples(), changes)
