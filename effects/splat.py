"""Many small soft shapes drawn at once: no loop over particles or pixels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_THINNEST: Final = 0.6
"""Half axes below this many px are drawn as wide as this and fainter, so that nothing flickers as it moves."""
_AT_ONCE: Final = 4_000_000
"""Samples worked on together."""


class Shape(StrEnum):
    """The outline of a speck."""

    ROUND = "round"  # an ellipse with a soft edge
    GLOW = "glow"  # a Gaussian
    PAPER = "paper"  # a rectangle with antialiased edges


@dataclass(frozen=True, eq=False)
class Specks:
    """Shapes to draw; each array holds one number a speck.

    Centre `x`, `y` and half axes `long`, `wide` in px; `angle` of the long axis in radians, clockwise from the right;
    `strength` 0..1; `soft`: share of the radius that fades out; `colour` (n, 3) 0..255 or None.
    """

    x: Array
    y: Array
    long: Array
    wide: Array
    angle: Array
    strength: Array
    soft: float = 0.5
    shape: Shape = Shape.ROUND
    colour: Array | None = None


def cover(specks: Specks, width: int, height: int) -> Array:
    """How much of each pixel the specks cover, (h, w), 0..1; overlaps add up and are cut at 1."""
    total = np.zeros(width * height)
    for places, alpha, _ in _batches(specks, width, height):
        total += np.bincount(places, alpha, width * height)
    return np.minimum(total, 1).reshape(height, width)


def painted(specks: Specks, width: int, height: int) -> NDArray[np.uint8]:
    """The specks in their colours, (h, w, 4) premultiplied RGBA; overlaps mix by weight."""
    total = np.zeros((4, width * height))
    colours = np.zeros((specks.x.size, 3)) if specks.colour is None else specks.colour
    for places, alpha, owners in _batches(specks, width, height):
        total[3] += np.bincount(places, alpha, width * height)
        for channel in range(3):
            total[channel] += np.bincount(places, alpha * colours[owners, channel], width * height)
    total[:3] /= np.maximum(total[3], 1)
    total[3] = np.minimum(total[3], 1) * 255
    return np.ascontiguousarray(np.rint(total).astype(np.uint8).T).reshape(height, width, 4)


_Samples = tuple[NDArray[np.intp], Array, NDArray[np.intp]]


def _batches(specks: Specks, width: int, height: int) -> Iterator[_Samples]:
    """The samples of many groups together: a count over the whole picture is dear, memory is not endless."""
    waiting: list[_Samples] = []
    count = 0
    for samples in _samples(specks, width, height):
        waiting.append(samples)
        count += samples[0].size
        if count > _AT_ONCE:
            yield _together(waiting)
            waiting, count = [], 0
    if waiting:
        yield _together(waiting)


def _together(parts: list[_Samples]) -> _Samples:
    places, alpha, owners = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    return places, alpha, owners


def _samples(specks: Specks, width: int, height: int) -> Iterator[_Samples]:
    """Pixel numbers, coverage and owner of every sample, for groups of specks of about equal extent."""
    bold = replace(
        specks,
        long=np.maximum(specks.long, _THINNEST),
        wide=np.maximum(specks.wide, _THINNEST),
        strength=specks.strength * np.minimum(specks.long / _THINNEST, 1) * np.minimum(specks.wide / _THINNEST, 1),
    )
    grow = 1.6 if specks.shape is Shape.GLOW else 1.0
    cosine, sine = np.cos(bold.angle), np.sin(bold.angle)
    reach_x = _reach(np.hypot(bold.long * cosine, bold.wide * sine) * grow, bold, specks.shape)
    reach_y = _reach(np.hypot(bold.long * sine, bold.wide * cosine) * grow, bold, specks.shape)
    seen = (bold.strength > 1 / 512) & (bold.x + reach_x > 0) & (bold.x - reach_x < width)
    seen &= (bold.y + reach_y > 0) & (bold.y - reach_y < height)
    steps_x, steps_y = (np.ceil(np.log2(reach) * 2).astype(int) for reach in (reach_x, reach_y))
    for group in np.unique(np.stack([steps_x[seen], steps_y[seen]]), axis=1).T:
        members = np.flatnonzero(seen & (steps_x == group[0]) & (steps_y == group[1]))
        half_x, half_y = int(np.ceil(2 ** (group[0] / 2))), int(np.ceil(2 ** (group[1] / 2)))
        room = max(_AT_ONCE // ((2 * half_x + 1) * (2 * half_y + 1)), 1)
        for start in range(0, members.size, room):
            yield _group(bold, members[start : start + room], (half_x, half_y), (width, height))


def _reach(extent: Array, specks: Specks, shape: Shape) -> Array:
    if shape is Shape.PAPER:
        extent = np.hypot(specks.long, specks.wide)
    return np.asarray(np.maximum(extent + 1, 1.0))


def _group(specks: Specks, members: NDArray[np.intp], half: tuple[int, int], size: tuple[int, int]) -> _Samples:
    """The samples of some specks, each in a window of the same size round its centre."""
    x, y = specks.x[members, None, None], specks.y[members, None, None]
    columns = np.floor(x).astype(np.intp) + np.arange(-half[0], half[0] + 1)
    rows = np.floor(y).astype(np.intp) + np.arange(-half[1], half[1] + 1)[:, None]
    across, down = (columns + 0.5 - x).astype(np.float32), (rows + 0.5 - y).astype(np.float32)
    turn = specks.angle[members, None, None].astype(np.float32)
    along = across * np.cos(turn) + down * np.sin(turn)
    aside = down * np.cos(turn) - across * np.sin(turn)
    alpha = _alpha(specks, members, along, aside) * specks.strength[members, None, None].astype(np.float32)
    inside = (columns >= 0) & (columns < size[0]) & (rows >= 0) & (rows < size[1]) & (alpha > 1 / 1024)
    places = np.where(inside, rows * size[0] + columns, 0)[inside]
    owners = np.broadcast_to(members[:, None, None], alpha.shape)[inside]
    return places, alpha[inside].astype(np.float64), owners


def _alpha(
    specks: Specks, members: NDArray[np.intp], along: NDArray[np.float32], aside: NDArray[np.float32]
) -> NDArray[np.float32]:
    long = specks.long[members, None, None].astype(np.float32)
    wide = specks.wide[members, None, None].astype(np.float32)
    if specks.shape is Shape.PAPER:
        flat = np.clip(long - np.abs(along) + 0.5, 0, 1) * np.clip(wide - np.abs(aside) + 0.5, 0, 1)
        return np.asarray(flat, np.float32)
    squared = (along / long) ** 2 + (aside / wide) ** 2
    if specks.shape is Shape.GLOW:
        return np.asarray(np.exp(-3.0 * squared), np.float32)
    edge = np.maximum(np.float32(specks.soft), 1 / np.minimum(long, wide))
    part = np.clip((1 - np.sqrt(squared)) / edge + 0.25, 0, 1)
    return np.asarray(part * part * (3 - 2 * part), np.float32)
