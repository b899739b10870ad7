"""Abstract."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar

from effects.colour import rgb_of, yuv_of
from effects.filtering import mixed_back
from effects.frame import Frame
from effects.params import param
from engines.evolve.abstraction import Facets, Folds, Paint
from engines.evolve.base import Film, Making, Operation, SourceClip

_WHOLE = 0.3
"""Strength from which nothing of the parent shines through."""


class Style(StrEnum):
    """Into what."""

    GEOMETRIC = "geometric"
    FLUID = "fluid"
    FRACTAL = "fractal"


_TOLD = {
    Style.GEOMETRIC: "facets of one colour each, small where there is detail",
    Style.FLUID: "flows along slow eddies, colours run together",
    Style.FRACTAL: "folded into itself",
}


class Abstract(Operation):
    """Let the clip dissolve into facets, into flowing paint, or into mirrors within mirrors of itself.

    At half the chaos one still guesses what it was, at full chaos only its colours and its movement are left. All of it is made of
    the clip's own pixels. The sound is left as it is.
    """

    title = "Abstract"
    aliases: ClassVar[dict[str, str]] = {"chaos": "strength", "chaos_level": "strength"}
    restyle: ClassVar[str] = "an abstract {style} animation of the same movement and colours"

    style: Style = param(Style.GEOMETRIC, help="Facets, flowing paint, or a fractal of itself.")
    strength: float = param(
        0.5, ge=0, le=1, step=0.01, widget="slider", label="Chaos", help="0 changes nothing, 1 leaves only colours."
    )

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        """Each frame made anew from its own pixels."""
        source = sources[0]
        kinds: dict[Style, type[Facets] | type[Paint] | type[Folds]]
        kinds = {Style.GEOMETRIC: Facets, Style.FLUID: Paint, Style.FRACTAL: Folds}
        made = kinds[self.style](source.size, self.strength, how.seed)
        share = min(1.0, self.strength / _WHOLE)

        def frame(index: int) -> Frame:
            given = source.frame(index)
            drawn = made.drawn(rgb_of(given), index / float(source.rate))
            return mixed_back(given, yuv_of(drawn), share)

        changes = (("Picture", _TOLD[self.style]), ("Length and sound", "unchanged"))
        return Film(source.count, frame, source.size, source.rate, source.samples(), changes)
