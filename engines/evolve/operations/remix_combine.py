"""Combine."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction
from math import ceil, log10, sqrt
from typing import ClassVar

import numpy as np

from effects.params import param
from engines.evolve.base import Edit, Film, Making, Operation, Piece, Place, SourceClip
from engines.evolve.cutting import film_of_edit, frames
from engines.evolve.reframing import shots_of
from timeline.time import ZERO

_MOST = 9


class Layout(StrEnum):
    """How the picture is parted."""

    HORIZONTAL = "horizontal"
    VERTICAL = "vertical"
    GRID = "grid"


class Until(StrEnum):
    """When it ends."""

    SHORTEST = "shortest"
    LONGEST = "longest"


class Aim(StrEnum):
    """What of a clip stays in its cell."""

    SUBJECT = "subject"
    MIDDLE = "middle"


class Heard(StrEnum):
    """Whose sound."""

    ALL = "all"
    FIRST = "first"


class Combine(Operation):
    """Show two to nine clips at once, side by side, one above the other or in a grid.

    Each fills its own cell: what does not fit the cell's shape is cut off, nothing is squeezed. The cut keeps what draws the eye in
    most of the clip (colour, detail, what moves by itself); faces are not recognised, and the cut does not follow.
    """

    title = "Split screen"
    sources: ClassVar[tuple[int, int]] = (2, _MOST)
    keeps_length: ClassVar[bool] = False

    layout: Layout = param(Layout.HORIZONTAL, help="Side by side, one above the other, or rows and columns.")
    aim: Aim = param(
        Aim.SUBJECT, label="Keep", help="What of each clip stays: its subject, where that can be told, or its middle."
    )
    until: Until = param(
        Until.SHORTEST, help="End with the shortest clip, or with the longest: the others begin again."
    )
    heard: Heard = param(Heard.ALL, label="Sound", help="All sounds mixed, or the first clip's alone.")

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        """The pieces of `edit`, drawn."""
        columns, rows = self._cells(len(sources))
        heard = "all mixed" if self.heard is Heard.ALL else "of the first clip"
        changes = (("Picture", f"{len(sources)} clips, {columns} across and {rows} down"), ("Sound", heard))
        return film_of_edit(self.edit(sources, how), sources, changes)

    def edit(self, sources: Sequence[SourceClip], how: Making) -> Edit:
        """A lane for each clip, cropped and placed."""
        rate = sources[0].rate
        counts = [one.count for one in sources]
        length = min(counts) if self.until is Until.SHORTEST else max(counts)
        gain = -10 * log10(len(sources)) if self.heard is Heard.ALL else 0.0
        pieces = []
        for number, source in enumerate(sources):
            place = self._place(number, len(sources), source, self._aim(source, how))
            muted = self.heard is Heard.FIRST and number > 0
            for at in range(0, length, source.count):
                count = min(source.count, length - at)
                pieces.append(
                    Piece(number, ZERO, frames(count, rate), frames(at, rate), number, Fraction(1), place, gain, muted)
                )
        return Edit(tuple(pieces), (), length, rate)

    def _cells(self, count: int) -> tuple[int, int]:
        """Columns and rows."""
        if self.layout is Layout.HORIZONTAL:
            return count, 1
        if self.layout is Layout.VERTICAL:
            return 1, count
        columns = ceil(sqrt(count))
        return columns, ceil(count / columns)

    def _aim(self, source: SourceClip, how: Making) -> tuple[float, float]:
        """Where the subject mostly is, as shares of the picture."""
        if self.aim is Aim.MIDDLE:
            return 0.5, 0.5
        points = np.concatenate([shot.subject for shot in shots_of(source, how)])
        x, y = np.median(points, axis=0)
        return float(x), float(y)

    def _place(self, number: int, count: int, source: SourceClip, aim: tuple[float, float]) -> Place:
        columns, rows = self._cells(count)
        row, column = divmod(number, columns)
        in_row = min(columns, count - row * columns)  # the last row of a grid may have fewer, which are wider
        width, height = 1 / in_row, 1 / rows
        left, top, right, bottom = source.filled
        # the largest part of the clip's own picture that has the cell's shape
        wide, high = (
            min(right - left, (bottom - top) * width / height),
            min(bottom - top, (right - left) * height / width),
        )
        x = min(max(aim[0] - wide / 2, left), right - wide)
        y = min(max(aim[1] - high / 2, top), bottom - high)
        crop = (x, y, x + wide, y + high)
        return Place((column + 0.5) * width, (row + 0.5) * height, width, height, crop)
