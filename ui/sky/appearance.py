"""How each star looks now: its colour, size and opacity. Numbers alone, made when the model changes, not with each frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from studio_app.session.constellation import Constellation
from studio_app.session.sky_stars import CLASSES

Floats = NDArray[np.floating]

REST_OF_SEARCH: Final = 0.4
FILTERED: Final = 0.15
"""Opacity of what a search does not match, and of what a filter leaves out (design)."""
GREY: Final = (0x9A, 0x9A, 0x9A)
"""A star that belongs to no class."""


@dataclass(frozen=True, eq=False)
class Appearance:
    """Row by row as the stars; `order` is the one in which they are drawn: faint ones first."""

    colours: NDArray[np.uint8]
    diameters: Floats
    """Logical pixels at 100 %."""
    opacities: Floats
    rings: NDArray[np.bool_]
    passing: NDArray[np.bool_]
    order: NDArray[np.int64]
    shown: frozenset[int]
    """Codes of the classes of the groups of which at least one star passes."""


def appearance_of(model: Constellation, palette: NDArray[np.uint8]) -> Appearance:
    """`palette`: R, G, B of the six classes."""
    stars, look, answer = model.stars, model.look, model.answer
    number = len(stars)
    if look.main_colour:
        colours = lifted(stars.colours)
    else:
        table = np.vstack([palette, np.array([GREY], np.uint8)])
        colours = table[
            np.where(stars.codes[look.colour_by] < 0, len(CLASSES[look.colour_by]), stars.codes[look.colour_by])
        ]
    weight = stars.ratings if look.size_by == "rating" else np.minimum(stars.uses, 5)
    diameters = 5.6 + 1.5 * weight.astype(np.float32)
    opacities = 0.5 + 0.42 * np.clip(stars.quality, 0, 1)
    rings = answer.matching if len(answer.scores) == number else np.zeros(number, np.bool_)
    passing = answer.passing if len(answer.passing) == number else np.ones(number, np.bool_)
    if answer.is_searched and len(answer.scores) == number:
        opacities = np.where(rings, 1.0, opacities * REST_OF_SEARCH / 0.75)
    opacities = np.where(passing, opacities, FILTERED)
    order = np.argsort(opacities, kind="stable")
    shown = frozenset(np.unique(stars.codes[model.family][passing]).tolist())
    return Appearance(colours, diameters, opacities, rings & passing, passing, order, shown)


def lifted(colours: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Dominant colours bright enough to be seen on the dark: their hue stays, the strongest channel reaches three quarters."""
    found = colours.astype(np.float32)
    top = np.maximum(found.max(1, keepdims=True), 1.0)
    grey = found.mean(1, keepdims=True)
    dull = (found.max(1, keepdims=True) - found.min(1, keepdims=True)) < 12
    wanted = np.maximum(top, 190.0)
    grey_ones = np.clip(np.maximum(grey, 150.0), 0, 255)
    return np.asarray(np.where(dull, grey_ones, np.clip(found / top * wanted, 0, 255)), np.uint8)


def size_factor(zoom_percent: float, spacing_px: float) -> float:
    """How much larger than at 100 % stars are drawn: a crowd is finer, near ones are a little larger."""
    crowd = float(np.clip(spacing_px / 9.0, 0.42, 1.0))
    return crowd * float(np.clip((zoom_percent / 64.0) ** 0.25, 0.75, 1.8))
