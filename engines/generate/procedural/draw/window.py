"""Where a plate lies in the scene, and noise that depends on the place alone.

Scene coordinates: the frame is 1 high and `aspect` wide, (0, 0) is its middle, x runs right, y runs down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Window:
    """A rectangle of the scene at `scale` pixels a unit. Pixel (0, 0) has its corner at (x, y)."""

    x: float
    y: float
    width: int
    height: int
    scale: float

    @staticmethod
    def around(x0: float, y0: float, x1: float, y1: float, scale: float) -> Window:
        """The smallest window on the pixel grid that holds the rectangle."""
        left, top = np.floor(x0 * scale), np.floor(y0 * scale)
        width, height = np.ceil(x1 * scale) - left, np.ceil(y1 * scale) - top
        return Window(float(left / scale), float(top / scale), max(4, int(width)), max(4, int(height)), scale)

    @property
    def right(self) -> float:
        """Right border in scene units."""
        return self.x + self.width / self.scale

    @property
    def bottom(self) -> float:
        """Lower border in scene units."""
        return self.y + self.height / self.scale

    def xs(self) -> Field:
        """Middle of each column, (1, w)."""
        return ((np.arange(self.width, dtype=np.float32) + 0.5) / self.scale + self.x).astype(np.float32)[None, :]

    def ys(self) -> Field:
        """Middle of each row, (h, 1)."""
        return ((np.arange(self.height, dtype=np.float32) + 0.5) / self.scale + self.y).astype(np.float32)[:, None]

    def coarser(self, factor: float) -> Window:
        """About the same place with `factor` times fewer pixels a side."""
        scale = self.scale / factor
        return Window.around(self.x, self.y, self.right, self.bottom, scale)

    def rows(self, y0: float, y1: float) -> Window:
        """The part between two heights: whole rows of this window, at least one."""
        first = min(max(0, int(np.floor((y0 - self.y) * self.scale))), self.height - 1)
        last = min(max(first + 1, int(np.ceil((y1 - self.y) * self.scale))), self.height)
        return Window(self.x, self.y + first / self.scale, self.width, last - first, self.scale)


def hash01(x: NDArray[np.int64] | int, y: NDArray[np.int64] | int = 0, seed: int = 0) -> NDArray[np.float64]:
    """A number in [0, 1) for each pair of integers: 64-bit mixing, the same on every machine."""
    mask = np.uint64(0xFFFFFFFFFFFFFFFF)
    with np.errstate(over="ignore"):
        value = np.asarray(x, np.int64).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        value = (value ^ (np.asarray(y, np.int64).astype(np.uint64) * np.uint64(0xC2B2AE3D27D4EB4F))) & mask
        value = value + np.uint64(seed & 0xFFFFFFFFFFFFFFFF) * np.uint64(0x165667B19E3779F9)
        value ^= value >> np.uint64(30)
        value *= np.uint64(0xBF58476D1CE4E5B9)
        value ^= value >> np.uint64(27)
        value *= np.uint64(0x94D049BB133111EB)
        value ^= value >> np.uint64(31)
    return np.asarray((value >> np.uint64(11)).astype(np.float64) / float(1 << 53))


def pick(seed: int, *key: int) -> float:
    """One number in [0, 1) for a seed and a key."""
    mixed = seed
    for part in key:
        mixed = (mixed * 1_000_003 + part * 7_919 + 12_345) & 0x7FFFFFFFFFFFFFFF
    return float(hash01(mixed, 0, seed & 0xFFFFFFFF))


def noise(window: Window, fx: float, fy: float, seed: int, octaves: int = 1, gain: float = 0.5) -> Field:
    """Smooth value noise 0..1 over a window; `fx`, `fy` are cells a unit, each further octave is twice as fine."""
    total = np.zeros((window.height, window.width), np.float32)
    weight, weights = 1.0, 0.0
    for octave in range(octaves):
        if max(fx, fy) * 2**octave > window.scale * 0.7:
            break
        total += _octave(window, fx * 2**octave, fy * 2**octave, seed + octave * 101) * np.float32(weight)
        weights += weight
        weight *= gain
    return total / np.float32(weights or 1.0)


def _octave(window: Window, fx: float, fy: float, seed: int) -> Field:
    x0, y0 = int(np.floor(window.x * fx)) - 2, int(np.floor(window.y * fy)) - 2
    nx = int(np.ceil(window.right * fx)) + 3 - x0
    ny = int(np.ceil(window.bottom * fy)) + 3 - y0
    columns, rows = np.arange(x0, x0 + nx, dtype=np.int64), np.arange(y0, y0 + ny, dtype=np.int64)
    cells = hash01(columns[None, :], rows[:, None], seed).astype(np.float32)
    # Whole-number enlargement is exact in cv2.resize; the rest is a move at about one to one.
    grow_x, grow_y = max(1, round(window.scale / fx)), max(1, round(window.scale / fy))
    if grow_x * nx > 4 * window.width + 64:
        grow_x = max(1, (4 * window.width + 64) // nx)
    if grow_y * ny > 4 * window.height + 64:
        grow_y = max(1, (4 * window.height + 64) // ny)
    large = cv2.resize(cells, None, fx=grow_x, fy=grow_y, interpolation=cv2.INTER_CUBIC)
    ax, ay = fx / window.scale * grow_x, fy / window.scale * grow_y
    bx = (window.x * fx - x0) * grow_x + 0.5 * ax - 0.5
    by = (window.y * fy - y0) * grow_y + 0.5 * ay - 0.5
    move = np.array([[ax, 0, bx], [0, ay, by]], np.float64)
    moved = cv2.warpAffine(
        large,
        move,
        (window.width, window.height),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(moved, np.float32)


def noise_at(x: NDArray[np.float32] | NDArray[np.float64], frequency: float, seed: int, octaves: int = 1) -> Field:
    """The same in one dimension at given places: smooth curves for ridges and shores, 0..1."""
    total = np.zeros(np.shape(x), np.float64)
    weight, weights = 1.0, 0.0
    for octave in range(octaves):
        u = np.asarray(x, np.float64) * frequency * 2**octave
        cell = np.floor(u).astype(np.int64)
        t = u - cell
        t = t * t * t * (t * (t * 6 - 15) + 10)
        s = seed + octave * 131
        total += (hash01(cell, 7, s) * (1 - t) + hash01(cell + 1, 7, s) * t) * weight
        weights += weight
        weight *= 0.5
    return (total / weights).astype(np.float32)


def smoothstep(low: float, high: float, value: Field) -> Field:
    """0 below `low`, 1 above `high`, smooth between."""
    t = np.clip((value - np.float32(low)) / np.float32(high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)
