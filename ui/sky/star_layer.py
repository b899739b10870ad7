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

    `core` (pixel, 2) is covered wholly wherever in its pixel the dot stands; of `edge` (phase, pixel, 2) `shares` (phase, pixel)
    tells how much, 0..255. Phases with fewer pixels name their last one again: what is written twice alike is written once.
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
    touched = [np.nonzero((one > 0) & ~is_core)[0] for one in shares]
    most = max(len(one) for one in touched)
    rows = np.stack([np.pad(one, (0, most - len(one)), "edge") for one in touched])
    return _Dot(half, places[is_core], places[rows], np.take_along_axis(shares, rows, 1))


def new_picture(width: int, height: int) -> Picture:
    """Room for a picture of this size with its free border: (h + 2 PAD, w + 2 PAD), all transparent."""
    return np.zeros((height + 2 * PAD, width + 2 * PAD), np.uint32)


def draw_stars(
    picture: Picture,
    points: Floats,
    diameters: Floats,
    colours: NDArray[np.uint8],
    opacities: Floats,
    *,
    is_opaque: bool = False,
) -> None:
    """Lay stars over what a picture with such a border holds: premultiplied ARGB, or `is_opaque`; later ones lie over earlier ones.

    `points` (n, 2) device pixels from the inner corner, `diameters` (n,) device pixels, `colours` (n, 3) R, G, B, `opacities`
    (n,) 0..1. What lies outside is left out.
    """
    height, width = picture.shape
    over = _over_light if is_opaque else _over
    steps = np.clip(np.round(diameters / STEP), LEAST / STEP, MOST / STEP).astype(np.int64)
    whole = np.floor(points).astype(np.int64)
    parts = ((points - whole) * PHASES).astype(np.int64).clip(0, PHASES - 1)
    phases = parts[:, 1] * PHASES + parts[:, 0]
    x, y = whole[:, 0] + PAD, whole[:, 1] + PAD
    red_blue = np.asarray(colours[:, 0].astype(np.uint32) << 16 | colours[:, 2], np.uint32)[:, None]
    green = colours[:, 1].astype(np.uint32)[:, None]
    strengths = np.round(opacities * 255).astype(np.uint32)[:, None]
    flat = picture.reshape(-1)
    cores = []
    for step in np.unique(steps).tolist():
        dot = _dot(step)
        room = dot.half
        rows = np.nonzero((steps == step) & (x >= room) & (x < width - room) & (y >= room) & (y < height - room))[0]
        base, phase = (y[rows] * width + x[rows])[:, None], phases[rows]
        at = base + (dot.edge[..., 1] * width + dot.edge[..., 0])[phase]
        alpha = (dot.shares[phase] * strengths[rows]) >> 8
        flat[at] = over(flat[at], red_blue[rows], green[rows], alpha)
        cores.append((base + dot.core[:, 1] * width + dot.core[:, 0], rows))
    for at, of in cores:  # an edge must not bite into the dot that lies beneath it
        flat[at] = over(flat[at], red_blue[of], green[of], strengths[of])


def _over_light(under: Pixels, red_blue: Pixels, green: Pixels, alpha: Pixels) -> Pixels:
    """A colour laid over pixels that let no light through. Two channels at once: eight bits lie free between them."""
    share = alpha + (alpha >> 7)
    rest = 256 - share
    found = (red_blue * share + (under & 0xFF00FF) * rest) >> 8 & 0xFF00FF
    found |= ((green * share + (under >> 8 & 0xFF) * rest) & 0xFF00) | 0xFF000000
    return np.asarray(found, np.uint32)


def _over(under: Pixels, red_blue: Pixels, green: Pixels, alpha: Pixels) -> Pixels:
    """The same where pixels may let light through."""
    share = alpha + (alpha >> 7)
    found = _over_light(under, red_blue, green, alpha) & 0xFFFFFF
    return np.asarray(found | (255 * share + (under >> 24) * (256 - share) & 0xFF00) << 16, np.uint32)
