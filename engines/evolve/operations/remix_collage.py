"""Collage."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated, ClassVar

from pydantic import AfterValidator

from effects.params import param
from engines.evolve.base import Edit, Film, Making, Operation, Piece, Place, SourceClip
from engines.evolve.cutting import film_of_edit, frames
from engines.evolve.told import percent
from timeline.time import ZERO

_MOST = 9
_EDGE = 0.04
"""Between an inset and the border of the picture, as share of its height."""
_SHARES = {"left": 0.0, "top": 0.0, "centre": 0.5, "center": 0.5, "right": 1.0, "bottom": 1.0}
_UNDER = -9.0
"""dB of the insets' sounds, which lie under the first clip's."""


def _place_of(text: str) -> tuple[float, float]:
    """Shares of the free way, across and down. Raises ValueError."""
    across = down = 0.5
    for word in text.replace("-", "_").split("_"):
        if word not in _SHARES:
            raise ValueError(f'"{text[:30]}" is no place; write corners and sides as top_left, bottom, centre')
        if word in ("left", "right"):
            across = _SHARES[word]
        if word in ("top", "bottom"):
            down = _SHARES[word]
    return across, down


def _places(text: str) -> str:
    for one in text.split(","):
        _place_of(one.strip())
    return text


class Collage(Operation):
    """Lay clips as small pictures over the first one, in the corners or where you say.

    The insets keep their shape and play from their start; one that is shorter than the first clip begins again. They have no
    frame and no shadow: on the timeline each is a clip with a transform, to be moved and dressed there.
    """

    title = "Picture in picture"
    sources: ClassVar[tuple[int, int]] = (2, _MOST)
    keeps_length: ClassVar[bool] = True

    positions: Annotated[str, AfterValidator(_places)] = param(
        "bottom_right, top_left, top_right, bottom_left, right, left, top, bottom",
        help="Where the insets lie, one after another, with commas: corners and sides as top_left, bottom, centre.",
    )
    scale: float = param(
        0.3, ge=0.05, le=0.9, step=0.01, widget="slider", help="Size of an inset as share of the picture."
    )
    sound: bool = param(True, label="Inset sound", help="Heard quietly under the first clip's; off: not at all.")

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        """The pieces of `edit`, drawn."""
        places = ", ".join(self._names(len(sources) - 1)).replace("_", " ")
        sound = f"insets {_UNDER:g} dB under the first".replace("-", "−") if self.sound else "of the first clip"
        changes = (
            ("Insets", f"{places}; {percent(self.scale)} of the picture"),
            ("Sound", sound),
            ("Length", "unchanged"),
        )
        return film_of_edit(self.edit(sources, how), sources, changes)

    def edit(self, sources: Sequence[SourceClip], how: Making) -> Edit:
        """The first clip on the lowest lane, each inset on one of its own."""
        first = sources[0]
        rate, length = first.rate, first.count
        pieces = [Piece(0, ZERO, frames(length, rate), ZERO)]
        for number, name in enumerate(self._names(len(sources) - 1), 1):
            place, count = self._place(name, first.size, sources[number].filled), sources[number].count
            for at in range(0, length, count):
                part = frames(min(count, length - at), rate)
                pieces.append(
                    Piece(number, ZERO, part, frames(at, rate), number, Fraction(1), place, _UNDER, not self.sound)
                )
        return Edit(tuple(pieces), (), length, rate)

    def _names(self, count: int) -> list[str]:
        names = [name.strip() for name in self.positions.split(",")]
        return [names[index % len(names)] for index in range(count)]

    def _place(self, name: str, size: tuple[int, int], crop: tuple[float, float, float, float]) -> Place:
        across, down = _place_of(name)
        edge = (_EDGE * size[1] / size[0], _EDGE)
        wide, high = self.scale * (crop[2] - crop[0]), self.scale * (crop[3] - crop[1])
        x = edge[0] + wide / 2 + across * (1 - wide - 2 * edge[0])
        y = edge[1] + high / 2 + down * (1 - high - 2 * edge[1])
        return Place(x, y, wide, high, crop)
