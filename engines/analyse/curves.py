"""Figures over time: made short, and told whether they rise."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Trend = Literal["increasing", "decreasing", "steady"]
_RISES = 0.3
"""Change over the clip, as a share of the mean, from which it counts; and how sure the line must be."""
_SURE = 0.3


def shortened(values: ArrayLike, most: int) -> tuple[float, ...]:
    """At most `most` values: means of neighbours where there are more."""
    row = np.asarray(values, np.float64)
    if len(row) > most:
        edges = np.linspace(0, len(row), most + 1).astype(int)
        row = np.add.reduceat(row, edges[:-1]) / np.diff(edges)
    return tuple(round(float(one), 5) for one in row)


def line(values: NDArray[np.float64]) -> tuple[float, float]:
    """How far a straight line through the values rises from first to last, and the share of their variance it explains."""
    if len(values) < 2:
        return 0.0, 0.0
    t = np.linspace(-0.5, 0.5, len(values))
    rise = float(np.dot(t, values - values.mean()) / np.dot(t, t))
    spread = float(values.var())
    return rise, float(np.var(rise * t) / spread) if spread > 1e-12 else 0.0


def trend_of(values: NDArray[np.float64], floor: float) -> Trend:
    """Whether they rise or fall by a good part of their mean; changes below `floor` are none."""
    rise, sure = line(values)
    if len(values) < 4 or abs(rise) < max(floor, _RISES * float(np.mean(values))) or sure < _SURE:
        return "steady"
    return "increasing" if rise > 0 else "decreasing"
