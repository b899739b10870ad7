"""The glow of the groups: a small picture of how dense the stars of each class lie, in their colours. No Qt."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]

COVERS: Final = (-0.4, -0.3, 2.0, 1.3)
"""Left, top, right, bottom of what the picture covers, map units: the glow has ended before its edge."""
SIZE: Final = (240, 160)
"""In which densities are counted."""
FINER: Final = 4
"""The picture is so many times larger, in between by numbers, not by colours: on so dark a ground a step of colour is seen."""
STRONGEST: Final = 0.15
"""Opacity of a colour at its densest place (design)."""


def glow_of(
    places: Floats, codes: NDArray[np.int8], colours: NDArray[np.uint8], ground: tuple[int, int, int], weights: Floats
) -> NDArray[np.uint8]:
    """The picture (h, w, 4) B, G, R, x, `FINER` times `SIZE`. `codes` of stars name rows of `colours` (R, G, B), negative ones do not glow.

    `weights` (n,): how much a star gives, 1 as a rule, less where it is dimmed.
    """
    width, height = SIZE
    left, top, right, bottom = COVERS
    light = np.zeros((height, width, 3))
    for code, colour in enumerate(colours):
        mine = codes == code
        if not mine.any():
            continue
        x = ((places[mine, 0] - left) / (right - left) * width).astype(int).clip(0, width - 1)
        y = ((places[mine, 1] - top) / (bottom - top) * height).astype(int).clip(0, height - 1)
        field: Floats = np.zeros((height, width))
        np.add.at(field, (y, x), 1.0)
        field = _blurred(field, 6)
        field /= max(field.max(), 1e-9)
        strength = float(weights[mine].mean())
        light += (field**0.85 * STRONGEST * strength)[..., None] * (colour.astype(float) - ground)
    fine = _finer(_finer(light.astype(np.float32)).swapaxes(0, 1)).swapaxes(0, 1)
    picture = np.zeros((height * FINER, width * FINER, 4), np.uint8)
    picture[..., :3] = np.clip(fine + np.array(ground, np.float32), 0, 255).round()[..., ::-1]
    return picture


def _finer(rows: Floats) -> Floats:
    """`FINER` rows for each, half way to the next ones; the borders stay."""
    before, after = np.concatenate((rows[:1], rows[:-1])), np.concatenate((rows[1:], rows[-1:]))
    found = np.empty((len(rows), FINER, *rows.shape[1:]), np.float32)
    for step in range(FINER):
        off = (step + 0.5) / FINER - 0.5
        found[:, step] = rows * (1 - abs(off)) + (before if off < 0 else after) * abs(off)
    return found.reshape(len(rows) * FINER, *rows.shape[1:])


def _blurred(field: Floats, sigma: float) -> Floats:
    """By a Gaussian, in both directions."""
    reach = int(3 * sigma)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    kernel /= kernel.sum()
    for axis in (0, 1):
        field = np.apply_along_axis(lambda line: np.convolve(line, kernel, "same"), axis, field)
    return field
