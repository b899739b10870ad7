"""Room between the stars: new ones step aside where they would cover others."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from studio_app.catalogue.sky_landmarks import Floats

ROUNDS = 14
BESIDE = 6
"""Neighbours along a strip that are looked at; a crowd is denser than that only before the first rounds."""


def relaxed(
    places: Floats,
    may_move: NDArray[np.bool_],
    room: float,
    size: tuple[float, float],
    check: Callable[[], None] = lambda: None,
) -> Floats:
    """Places (n, 2) in which those that may move have stepped aside until neighbours are about `room` apart.

    None goes further than three times `room` from where it belongs: a little overlap is better than a wrong place.
    """
    home, now = places, places.astype(np.float64)
    for turn in range(ROUNDS):
        check()
        push = np.zeros_like(now)
        for axis in (0, 1):
            for half in (0.0, 0.5):
                _push(now, push, room, axis, half)
        now[may_move] += push[may_move] * (0.5 if turn < ROUNDS // 2 else 0.3)
        away = now - home
        far = np.linalg.norm(away, axis=1, keepdims=True)
        now = home + away * np.minimum(1, 3 * room / np.maximum(far, 1e-12))
    now[may_move] = np.clip(now[may_move], room, np.array(size) - room)
    now[~may_move] = home[~may_move]
    return now.astype(np.float32)


def _push(now: NDArray[np.float64], push: NDArray[np.float64], room: float, axis: int, half: float) -> None:
    """Add to `push` how far neighbours in strips across one axis stand too near; strips begin `half` a room in."""
    strip = np.floor(now[:, axis] / room + half).astype(np.int64)
    order = np.lexsort((now[:, 1 - axis], strip))
    for step in range(1, min(BESIDE, len(order) - 1) + 1):
        one, other = order[:-step], order[step:]
        apart = now[other] - now[one]
        far = np.linalg.norm(apart, axis=1)
        close = (strip[one] == strip[other]) & (far < room)
        if not close.any():
            continue
        one, other, apart, far = one[close], other[close], apart[close], far[close]
        same = far < 1e-9
        apart[same] = (room * 1e-3, room * 1e-3)
        by = apart / np.maximum(far, 1e-6)[:, None] * ((room - far) / 4)[:, None]
        np.add.at(push, one, -by)
        np.add.at(push, other, by)
