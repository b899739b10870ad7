"""Genre shift."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar

import numpy as np

from effects.colour import rgb_of, yuv_of
from effects.filtering import mixed_back
from effects.frame import Frame
from effects.params import param
from effects.planes import eased
from effects.seeds import stream
from engines.evolve.base import Film, Making, Operation, SourceClip
from engines.evolve.genres import GENRES
from timeline.time import RationalTime

_WHOLE = 0.45
"""Strength from which nothing of the parent's own colours shines through."""
_LOOKS = 9
_HELD = 12
"""Grain and flicker change so often a second."""


class Genre(StrEnum):
    """In whose manner."""

    ANIME = "anime"
    NOIR = "noir"
    SCI_FI = "sci-fi"
    HORROR = "horror"


_TOLD = {
    Genre.ANIME: "flat steps of light, rich colour, inked outlines",
    Genre.NOIR: "black and white through a red filter, hard light, drawn shadows, grain",
    Genre.SCI_FI: "midnight blue to cyan, warm parts magenta, glowing edges",
    Genre.HORROR: "drained green, red kept, swallowing blacks, unsteady light",
}


class GenreShift(Operation):
    """Redraw the clip in the manner of anime, film noir, science fiction or horror: its colours, its light and its outlines.

    It works on the pixels that are there: surfaces are flattened, edges inked or lit, light and colour remade. Faces, clothes and
    sets stay what they are; a model can change those. The sound is left as it is.
    """

    title = "Genre shift"
    aliases: ClassVar[dict[str, str]] = {"chaos": "strength", "chaos_level": "strength", "genre": "target_genre"}
    restyle: ClassVar[str] = "the same shot as a scene of a {target_genre} film"

    target_genre: Genre = param(Genre.ANIME, help="Anime, film noir, science fiction or horror.")
    strength: float = param(
        0.5, ge=0, le=1, step=0.01, widget="slider", label="Chaos", help="0 changes nothing, 1 goes furthest."
    )

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        """Each frame drawn anew."""
        source = sources[0]
        share = eased(min(1.0, self.strength / _WHOLE))
        drawn, unit, middle = GENRES[self.target_genre.value], source.size[0] / 1280, _middle(source)

        def frame(index: int) -> Frame:
            given = source.frame(index)
            draw = stream(how.seed, "genre", RationalTime.from_frames(index, source.rate), _HELD)
            return mixed_back(given, yuv_of(drawn(rgb_of(given), self.strength, unit, middle, draw)), share)

        changes = (("Look", _TOLD[self.target_genre]), ("Length and sound", "unchanged"))
        return Film(source.count, frame, source.size, source.rate, source.samples(), changes)


def _middle(source: SourceClip) -> float:
    """The level that half of the clip's pixels are darker than, 0..255."""
    looks = np.linspace(0, source.count - 1, min(_LOOKS, source.count)).round().astype(int)
    luma = np.concatenate([source.small(int(one), 160).ravel()[::7] for one in looks])
    return round(float((np.median(luma) - 16) * 255 / 219), 1)
