"""What a look is made of: shares of sixteen plain colours and of ten plain noises, in whole percent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from effects.oklab import to_oklab
from engines.generate.procedural.palette import colour

COLOURS = MappingProxyType(
    {
        "black": "101014", "grey": "808488", "white": "F2F2F0", "red": "C8302C", "orange": "E8812A", "yellow": "EFC23C",
        "lime": "9CC83C", "green": "3E8E4A", "teal": "1F8A8A", "cyan": "50C8E0", "azure": "4A98DB", "blue": "2448A8",
        "violet": "6D4FB3", "magenta": "C83C96", "pink": "EFA8B8", "brown": "7A5236",
    }
)  # fmt: skip
"""Sixteen, spread over all that is seen."""

NOISES = MappingProxyType(
    {
        "gradient": (0.0, 0.016, 0.007, 1.0, 0.0),
        "smooth": (0.0, 0.022, 0.010, 0.05, 0.51),
        "fractal": (0.0, 0.026, 0.012, 0.06, 0.61),
        "value": (0.0, 0.036, 0.016, 0.10, 0.76),
        "billow": (0.001, 0.041, 0.019, 0.17, 0.84),
        "ridged": (0.044, 0.049, 0.023, 0.27, 0.86),
        "streaks": (0.035, 0.048, 0.021, 0.98, 0.84),
        "cells": (0.0, 0.063, 0.030, 0.07, 0.93),
        "speckle": (0.254, 0.079, 0.039, 0.02, 0.79),
        "white": (0.896, 0.285, 0.158, 0.02, 1.0),
    }
)
"""Ten, each with the figures (`Film.drawing`) that were measured of a picture of it, 256 pixels wide."""

_HUE_COUNTS = (1.0, 2.0, 2.0)
"""A dark grey is nearer to a light one than to brown."""
_NEAREST = 3
_SHARPNESS = 2
_SCALES = (0.15, 0.04, 0.02, 0.5, 0.5)
"""By how much each figure of a drawing must differ to count as one."""


def colour_shares(colours: Sequence[tuple[str, float]]) -> Mapping[str, int]:
    """Of colours (#rrggbb, share) the percent of each plain colour, the largest first; 100 in all, or nothing."""
    names, points = _colour_points()
    total: dict[str, float] = {}
    for code, share in colours:
        away = np.linalg.norm((points - to_oklab(colour(code.lstrip("#")))) * _HUE_COUNTS, axis=1)
        for name, part in _near(names, away).items():
            total[name] = total.get(name, 0.0) + part * share
    return percents(total)


def noise_shares(drawing: Sequence[float]) -> Mapping[str, int]:
    """Of a drawing's figures the percent of each noise it is most like, the largest first."""
    if len(drawing) != len(_SCALES):
        return {}
    names = tuple(NOISES)
    points = np.array([NOISES[name] for name in names])
    return percents(_near(names, np.linalg.norm((points - np.array(drawing)) / np.array(_SCALES), axis=1)))


@cache
def _colour_points() -> tuple[tuple[str, ...], NDArray[np.float64]]:
    return tuple(COLOURS), to_oklab(np.array([colour(code) for code in COLOURS.values()]))


def _near(names: Sequence[str], away: NDArray[np.float64]) -> dict[str, float]:
    """Shares of the nearest few: what is twice as far has a quarter."""
    order = np.argsort(away, kind="stable")[:_NEAREST]
    weights = 1 / np.maximum(away[order], 1e-3) ** _SHARPNESS
    weights /= weights.sum()
    return {names[int(at)]: float(weight) for at, weight in zip(order, weights, strict=True)}


def percents(shares: Mapping[str, float]) -> Mapping[str, int]:
    """Shares as whole percent that make 100 together: what is lost by rounding goes where most was lost."""
    whole = sum(shares.values())
    if whole <= 0:
        return {}
    exact = {name: share / whole * 100 for name, share in shares.items()}
    found = {name: int(value) for name, value in exact.items()}
    lost = sorted(exact, key=lambda name: (found[name] - exact[name], name))
    for name in lost[: 100 - sum(found.values())]:
        found[name] += 1
    return {name: found[name] for name in sorted(found, key=lambda name: (-found[name], name)) if found[name]}
