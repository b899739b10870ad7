"""Colour grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from effects.frame import Frame
from effects.params import param
from engines.evolve.base import Film, Making, Operation, SourceClip
from engines.evolve.grading import WORDS, ColorStyle, graded
from timeline.time import RationalTime


class ColorGrade(Operation):
    """Give the clip a look: cinematic, vintage, vibrant, moody or noir.

    A fixed row of curves, colour balance and grain, the same for every shot: it does not match shots to one another, nor mend a
    wrong white balance first.
    """

    title = "Colour grade"
    aliases: ClassVar[Mapping[str, str]] = {"color_style": "style", "intensity": "strength"}
    restyle = "the same shot, graded {style}"

    style: ColorStyle = param(ColorStyle.CINEMATIC, help="The look.")
    strength: float = param(1.0, ge=0, le=1, step=0.01, widget="slider", help="How much of it.")

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        """Each picture through the look; the grain moves with time."""
        source = sources[0]

        def frame(index: int) -> Frame:
            at = RationalTime.from_frames(index, source.rate)
            return graded(source.frame(index), self.style, at, self.strength)

        changes = (("Look", f"{self.style.value}: {WORDS[self.style]}"), ("Length and sound", "unchanged"))
        return Film(source.count, frame, source.size, source.rate, source.samples(), changes)
