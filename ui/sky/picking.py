"""Which stars are meant by a point, a rectangle, a lasso, or an arrow key. Geometry alone, without Qt."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Mask = NDArray[np.bool_]
Way = Literal["left", "right", "up", "down"]

_WAYS = {"left": (-1.0, 0.0), "right": (1.0, 0.0), "up": (0.0, -1.0), "down": (0.0, 1.0)}


def star_at(points: Floats, radii: Floats, may: Mask, x: float, y: float, slack: float = 5.0) -> int | None:
    """The star under a point, the nearest of several; a little beside it counts, for small ones."""
    if not len(points):
        return None
    apart = np.hypot(points[:, 0] - x, points[:, 1] - y)
    inside = may & (apart <= radii + slack)
    if not inside.any():
        return None
    return int(np.where(inside, apart, np.inf).argmin())


def stars_in_rect(points: Floats, may: Mask, rect: tuple[float, float, float, float]) -> NDArray[np.int64]:
    """The stars between left, top, right and bottom."""
    left, top, right, bottom = rect
    x, y = points[:, 0], points[:, 1]
    return np.nonzero(may & (x >= left) & (x <= right) & (y >= top) & (y <= bottom))[0]


def stars_in_lasso(points: Floats, may: Mask, line: Floats) -> NDArray[np.int64]:
    """The stars inside a line (m, 2) that closes by itself; where it crosses itself, what it goes round an odd number of times."""
    if len(line) < 3:
        return np.zeros(0, np.int64)
    rows = stars_in_rect(points, may, (*line.min(0), *line.max(0)))
    x, y = points[rows, 0][:, None], points[rows, 1][:, None]
    ax, ay = line[:, 0], line[:, 1]
    bx, by = np.roll(ax, -1), np.roll(ay, -1)
    crosses = (ay > y) != (by > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        left_of = x < (bx - ax) * (y - ay) / (by - ay) + ax
    return np.asarray(rows[(crosses & left_of).sum(1) % 2 == 1], np.int64)


def next_star(points: Floats, may: Mask, row: int, way: Way) -> int | None:
    """The star an arrow key goes to: near, and more that way than beside it."""
    apart = points - points[row]
    ahead = apart @ np.array(_WAYS[way])
    beside = np.abs(apart @ np.array(_WAYS[way])[::-1])
    fits = may & (ahead > 1e-6) & (beside <= ahead * 1.2)
    fits[row] = False
    if not fits.any():
        return None
    return int(np.where(fits, ahead + beside * 1.5, np.inf).argmin())


def nearest_to(points: Floats, may: Mask, x: float, y: float) -> int | None:
    """The star nearest to a point, however far."""
    if not may.any():
        return None
    apart = np.hypot(points[:, 0] - x, points[:, 1] - y)
    return int(np.where(may, apart, np.inf).argmin())


def apart_from_each_other(points: Floats, sizes: Floats, most: int) -> list[int]:
    """Of points (n, 2) in order of preference those whose pictures (n, 2: width, height) do not cover each other, at most so many."""
    chosen: list[int] = []
    free = np.arange(len(points))
    while len(free) and len(chosen) < most:
        one, free = int(free[0]), free[1:]
        chosen.append(one)
        room, gap = (sizes[free] + sizes[one]) / 2, np.abs(points[free] - points[one])
        free = free[(gap[:, 0] >= room[:, 0]) | (gap[:, 1] >= room[:, 1])]
    return chosen
