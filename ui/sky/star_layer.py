"""Thousands of stars at once: round dots written into one picture by numpy.

A dot a time by QPainter costs 0.5 us and a call each, and rounds places to whole pixels, so that stars tremble while the map
is zoomed; here dots stand at quarters of a pixel. No Qt: the picture is an array.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Picture = NDArray[np.uint32]

PHASES = 4
"""Parts of a pixel at which a dot may stand, each way."""
STEP = 0.5
"""Diameters differ by so much, device pixels."""
LEAST, MOST = 2.0, 40.0


@cache
def _dots(step: int) -> tuple[int, NDArray[np.uint32]]:
    """Half the side and, for each phase (y, x), the covered share 0..256 of each pixel, flat."""
    radius = step * STEP / 2
    half = int(np.ceil(radius + 1))
    at = np.arange(-half, half + 1)
    found = []
    for y in range(PHASES):
        for x in range(PHASES):
            apart = np.hypot(at[:, None] - y / PHASES, at[None] - x / PHASES)
            found.append(np.clip(radius - apart + 0.5, 0, 1).ravel())
    return half, (np.array(found) * 256).astype(np.uint32)


def draw_stars(
    picture: Picture, points: Floats, diameters: Floats, colours: NDArray[np.uint8], opacities: Floats
) -> None:
    """Write stars into `picture` (h, w) uint32, premultiplied ARGB; later ones lie over earlier ones.

    `points` (n, 2) device pixels, `diameters` (n,) device pixels, `colours` (n, 3) R, G, B, `opacities` (n,) 0..1. What lies
    outside is left out; a star at the edge is cut.
    """
    height, width = picture.shape
    steps = np.clip(np.round(diameters / STEP), LEAST / STEP, MOST / STEP).astype(np.int64)
    whole = np.floor(points).astype(np.int64)
    inside = (whole[:, 0] >= 0) & (whole[:, 0] < width) & (whole[:, 1] >= 0) & (whole[:, 1] < height)
    edges, cores = [], []
    for step in np.unique(steps[inside]).tolist():
        rows = np.nonzero(inside & (steps == step))[0]
        half, shapes = _dots(step)
        parts = ((points[rows] - whole[rows]) * PHASES).astype(np.int64).clip(0, PHASES - 1)
        shares = shapes[parts[:, 1] * PHASES + parts[:, 0]]
        strength = (opacities[rows] * 255).astype(np.uint32)[:, None]
        alpha = shares * strength >> 8
        red, green, blue = (colours[rows, place].astype(np.uint32)[:, None] for place in range(3))
        values = alpha << 24 | (red * alpha // 255) << 16 | (green * alpha // 255) << 8 | blue * alpha // 255
        side = np.arange(-half, half + 1)
        ys, xs = (
            whole[rows, 1][:, None] + np.repeat(side, len(side)),
            whole[rows, 0][:, None] + np.tile(side, len(side)),
        )
        fits = (xs >= 0) & (xs < width) & (ys >= 0) & (ys < height) & (shares > 0)
        is_core = fits & (shares == 256)
        is_edge = fits & (shares < 256)
        at = ys * width + xs
        edges.append((at[is_edge], values[is_edge]))
        cores.append((at[is_core], values[is_core]))
    flat = picture.reshape(-1)
    for at, values in (*edges, *cores):  # an edge must not bite into the dot that lies beneath it
        flat[at] = values
