"""Consistency: whether a clip holds its light over time, flickers, freezes, is black."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from engines.analyse.base import Clip, Figures, Measure, Picture, figure, follows
from engines.analyse.curves import line, shortened

_CURVE = 240
_JUMP = 0.06
"""Change of the mean luma between two pictures above which it counts as a cut or a flash, not as flicker."""
_SAME = 1.2 / 219
"""Change of luma that no block of the picture goes beyond: what a codec makes of the same picture."""
_BLACK = 0.03


class Consistency(Figures):
    """A clip over time. Brightness is mean luma, 0..1."""

    brightness_std: float = figure("Standard deviation of the brightness over time.")
    brightness_drift: float = figure("How far the brightness rises from first to last, by a straight line.")
    flicker: float = figure("Mean jump of a picture's brightness to and fro, against the two beside it.")
    flashes: int = figure("Pictures that stand out alone: a flash, a flaw.")
    frozen: float = figure("Share of pictures that are the same as the one before.")
    black: float = figure("Share of pictures that are black.")
    curve: tuple[float, ...] = figure("Brightness over time, at most 240 points.")


class ConsistencyMeasure(Measure[Consistency]):
    """Consistency, of every picture that is decoded: three numbers each are kept."""

    label: ClassVar[str] = "Consistency"
    needs: ClassVar[Literal["every", "some", "pair", "sound"]] = "every"
    figures: ClassVar[type[Figures]] = Consistency

    def __init__(self, clip: Clip) -> None:
        super().__init__(clip)
        self._brightness: list[float] = []
        self._joined: list[bool] = []
        self._changes: list[float] = []
        self._dark: list[bool] = []
        self._before: Picture | None = None

    def look(self, picture: Picture) -> None:
        """The brightness of one picture, and how far it is from the one before."""
        before, self._before = self._before, picture
        luma = picture.coarse[..., 0]
        joined = before is not None and follows(picture, before)
        self._brightness.append(float(luma.mean()))
        self._dark.append(float(luma.max()) < _BLACK)
        self._joined.append(joined)
        if joined and before is not None:
            self._changes.append(float(np.max(np.abs(luma - before.coarse[..., 0]))))

    def found(self) -> Consistency | None:
        """Figures over all pictures."""
        if not self._brightness:
            return None
        row = np.array(self._brightness)
        rise, _ = line(row)
        flicker, flashes = _flicker(row, np.array(self._joined))
        return Consistency(
            brightness_std=round(float(row.std()), 5),
            brightness_drift=round(rise, 5),
            flicker=round(flicker, 6),
            flashes=flashes,
            frozen=round(float(np.mean(np.array(self._changes) < _SAME)), 4) if self._changes else 0.0,
            black=round(float(np.mean(self._dark)), 4),
            curve=shortened(row, _CURVE),
        )


def _flicker(row: NDArray[np.float64], joined: NDArray[np.bool_]) -> tuple[float, int]:
    """Each picture against the mean of its neighbours: a ramp gives nothing, a cut gives two of one sign beside another.

    A cut steps to one side, so the difference before and after it have no common sign; a flash has.
    """
    if len(row) < 3:
        return 0.0, 0
    steps = np.diff(row)
    inside = joined[1:-1] & joined[2:]
    back, on = steps[:-1][inside], steps[1:][inside]
    to_and_fro = back * on < 0
    off = np.abs(back - on) / 2
    flashes = int(np.sum(to_and_fro & (np.minimum(np.abs(back), np.abs(on)) > _JUMP)))
    quiet = (np.abs(back) < _JUMP) & (np.abs(on) < _JUMP)
    # Where every second picture jumps, all of it is flicker, however far it jumps.
    if flashes > len(off) * 0.2:
        quiet[:] = True
    counted = np.where(to_and_fro, off, 0)[quiet]
    return (float(counted.mean()) if counted.size else 0.0), flashes
