"""Thousands of stars at once: round dots written into one picture by numpy.

A dot a time by QPainter costs 0.5 us and a call each, and rounds places to whole pixels, so that stars tremble while the map
is zoomed; here dots stand at quarters of a pixel. No Qt: the picture is an array.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Picture = NDArray[np.uint32]
Pixels = NDArray[np.uint32]

PAD: Final = 24
"""Free pixels round a picture: a star at its edge is written whole, so that none needs to be cut."""
PHASES = 4
"""Parts of a pixel at which a dot may stand, each way."""
STEP = 0.5
"""Diameters differ by so much, device pixels."""
LEAST, MOST = 2.0, 40.0


@dataclass(frozen=True, eq=False)
class _Dot:
    """A diameter: half its side, and the pixels it covers as steps right and down from its own.

    `core` is covered wholly wherever in its pixel the dot stands; of `edge` `shares` (phase, pixel) tells how much, 0..255.
    """

    half: int
    core: NDArray[np.int64]
    edge: NDArray[np.int64]
    shares: NDArray[np.uint32]


@cache
def _dot(step: int) -> _Dot:
    radius = step * STEP / 2
    half = int(np.ceil(radius + 1))
    at = np.arange(-half, half + 1)
    found = []
    for y in range(PHASES):
        for x in range(PHASES):
            apart = np.hypot(at[:, None] - y / PHASES, at[None] - x / PHASES)
            found.append(np.clip(radius - apart + 0.5, 0, 1).ravel())
    shares = np.round(np.array(found) * 255).astype(np.uint32)
    places = np.stack([np.tile(at, len(at)), np.repeat(at, len(at))], 1)
    is_core = (shares == 255).all(axis=0)
    is_edge = (shares > 0).any(axis=0) & ~is_core
    return _Dot(half, places[is_core], places[is_edge], shares[:, is_edge])


def new_picture(width: int, height: int) -> Picture:
    """Room for a picture of this size with its free border: (h + 2 PAD, w + 2 PAD), all transparent."""
    return np.zeros((height + 2 * PAD, width + 2 * PAD), np.uint32)


def draw_stars(
    picture: Picture, points: Floats, diameters: Floats, colours: NDArray[np.uint8], opacities: Floats
) -> None:
    """Lay stars over what a picture with such a border holds: premultiplied ARGB, or RGB; later ones lie over earlier ones.

    `points` (n, 2) device pixels from the inner corner, `diameters` (n,) device pixels, `colours` (n, 3) R, G, B, `opacities`
    (n,) 0..1. What lies outside is left out.
    """
    height, width = picture.shape
    steps = np.clip(np.round(diameters / STEP), LEAST / STEP, MOST / STEP).astype(np.int64)
    whole = np.floor(points).astype(np.int64)
    parts = ((points - whole) * PHASES).astype(np.int64).clip(0, PHASES - 1)
    phases = parts[:, 1] * PHASES + parts[:, 0]
    x, y = whole[:, 0] + PAD, whole[:, 1] + PAD
    red_blue = np.asarray(colours[:, 0].astype(np.uint32) << 16 | colours[:, 2], np.uint32)
    green = colours[:, 1].astype(np.uint32)
    strengths = np.round(opacities * 255).astype(np.uint32)
    flat = picture.reshape(-1)
    cores = []
    for step in np.unique(steps).tolist():
        dot = _dot(step)
        room = dot.half
        rows = np.nonzero((steps == step) & (x >= room) & (x < width - room) & (y >= room) & (y < height - room))[0]
        base = (y[rows] * width + x[rows])[:, None]
        alpha = (dot.shares[phases[rows]] * strengths[rows, None]) >> 8
        shown = alpha > 0
        at = (base + dot.edge[:, 1] * width + dot.edge[:, 0])[shown]
        of = np.broadcast_to(rows[:, None], shown.shape)[shown]
        flat[at] = _over(flat[at], red_blue[of], green[of], alpha[shown])
        cores.append((base + dot.core[:, 1] * width + dot.core[:, 0], rows[:, None]))
    for at, of in cores:  # an edge must not bite into the dot that lies beneath it
        flat[at] = _over(flat[at], red_blue[of], green[of], strengths[of])


def _over(under: Pixels, red_blue: Pixels, green: Pixels, alpha: Pixels) -> Pixels:
    """A colour laid over pixels. Two channels at once: eight bits lie free between them."""
    share = alpha + (alpha >> 7)
    rest = 256 - share
    found = (red_blue * share + (under & 0xFF00FF) * rest) >> 8 & 0xFF00FF
    found |= (green * share + (under >> 8 & 0xFF) * rest) & 0xFF00
    found |= (255 * share + (under >> 24) * rest & 0xFF00) << 16
    return np.asarray(found, np.uint32)
