"""Transition."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar

from effects.params import param
from engines.evolve.base import Edit, Film, Join, Making, Operation, Piece, SourceClip
from engines.evolve.cutting import film_of_edit, frames

_MOST = 50


class Kind(StrEnum):
    """How one clip becomes the next: `cut`, or a transition of this editor by its id."""

    CUT = "cut"
    DISSOLVE = "dissolve"
    WIPE = "wipe"
    SLIDE = "slide"


class Transition(Operation):
    """Play the clips one after another with the same transition at each cut; sound fades across with the picture.

    Both neighbours are seen during a transition, so the film is as much shorter as they overlap. A transition takes half of the
    shorter neighbour at most.
    """

    title = "Sequence"
    sources: ClassVar[tuple[int, int]] = (2, _MOST)
    keeps_length: ClassVar[bool] = False
    aliases: ClassVar[dict[str, str]] = {"duration": "transition_duration"}

    transition: Kind = param(Kind.DISSOLVE, help="A hard cut, or a dissolve, wipe or slide.")
    transition_duration: float = param(
        0.5, ge=0.04, le=5, unit="s", step=0.05, label="Length", help="Of each transition."
    )

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        """The pieces of `edit`, drawn."""
        edit = self.edit(sources, how)
        lost = sum(one.count for one in sources) - edit.count
        kind = "cut" if self.transition is Kind.CUT else f"{self.transition.value}, {self.transition_duration:g} s"
        length = f"{float(edit.count / edit.rate):.2f} s"
        overlap = f"{length}, {float(lost / edit.rate):.2f} s of it overlapped" if lost else length
        changes = (("Clips", f"{len(sources)} in a row"), ("Transition", kind), ("Length", overlap))
        return film_of_edit(edit, sources, changes)

    def edit(self, sources: Sequence[SourceClip], how: Making) -> Edit:
        """One lane; each clip trimmed to the cut, with half a transition of handle on either side."""
        rate = sources[0].rate
        overlaps = [0, *(self._overlap(a, b) for a, b in itertools.pairwise(sources)), 0]
        pieces, joins, at = [], [], 0
        for number, source in enumerate(sources):
            before, after = overlaps[number], overlaps[number + 1]
            head = before // 2  # what of it is seen before the cut
            tail = after - after // 2
            length = source.count - head - tail
            pieces.append(Piece(number, frames(head, rate), frames(length, rate), frames(at, rate)))
            if before:
                joins.append(Join(0, frames(at, rate), self.transition.value, frames(before, rate), {}))
            at += length
        return Edit(tuple(pieces), tuple(joins), at, rate)

    def _overlap(self, left: SourceClip, right: SourceClip) -> int:
        if self.transition is Kind.CUT:
            return 0
        wanted = max(1, round(self.transition_duration * float(left.rate)))
        return min(wanted, left.count // 2, right.count // 2)
