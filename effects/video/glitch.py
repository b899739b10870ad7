"""Glitch."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.base import VideoEffect
from effects.filtering import Grid, filtered, in_yuv, is_empty
from effects.frame import Frame
from effects.params import param
from effects.seeds import stream
from timeline.time import RationalTime

_CELLS = (30, 54)
"""Rows and columns of blocks, whatever the picture's size: a preview breaks at the same places."""
Shift = NDArray[np.float32]


class Kind(StrEnum):
    """What is broken."""

    DIGITAL = "digital"
    ANALOG = "analog"
    DATAMOSH = "datamosh"
    CORRUPTION = "corruption"


class _Break(NamedTuple):
    """How far each row or block is moved, as shares of the width and of the height: (rows, 1) or `_CELLS`."""

    x: Shift
    y: Shift
    colour: float
    """How far U and V part, as share of the width."""


class Glitch(VideoEffect):
    """Break the picture as a bad signal, a worn tape or a damaged file does."""

    title = "Glitch"
    group = "Stylise"

    strength: float = param(0.5, ge=0, le=1, step=0.01, widget="slider", help="How broken; 0 changes nothing.")
    kind: Kind = param(
        Kind.DIGITAL,
        help="Digital: torn rows, parted colours. Analog: a tape. Datamosh: dragged blocks. Corruption: lost ones.",
    )
    rate: int = param(12, ge=1, le=60, unit="/s", help="How often it breaks anew.")
    seed: int = param(1, ge=0, le=999_999, animatable=False, help="Another number breaks other places.")

    def render(self, frame: Frame, at: RationalTime) -> Frame:
        """The broken picture: the same places for the same seed and moment of the source, further with more strength."""
        if self.strength == 0 or is_empty(frame):
            return frame
        draw = stream(self.seed, self.kind.value, at, self.rate)
        how = {
            Kind.DIGITAL: _torn,
            Kind.ANALOG: _worn,
            Kind.DATAMOSH: _dragged,
            Kind.CORRUPTION: _lost,
        }[self.kind](draw, self.strength)
        return in_yuv(frame, lambda yuv: _parted(_moved(yuv, how), how.colour))


def _torn(draw: np.random.Generator, strength: float) -> _Break:
    """Bands of rows pushed aside, and some blocks."""
    band = np.searchsorted(np.sort(draw.random(18)), np.linspace(0, 1, _CELLS[0]))
    push, chance = draw.normal(0, 0.1, 20), draw.random(20)
    rows = np.where(chance < 0.25 + 0.4 * strength, push, 0)[band][:, None]
    x = np.repeat(rows, _CELLS[1], 1)
    block = np.kron(draw.random((_CELLS[0] // 2, _CELLS[1] // 6)), np.ones((2, 6)))
    x = np.where(block < 0.12 * strength, x + 0.12, x)
    return _Break((x * strength).astype(np.float32), np.zeros(_CELLS, np.float32), 0.012 * strength)


def _worn(draw: np.random.Generator, strength: float) -> _Break:
    """Lines that sway and tremble, and a tear that wanders."""
    place = np.linspace(0, 1, 540)
    sway = 0.006 * np.sin(2 * np.pi * (place * draw.uniform(1, 3) + draw.random()))
    tremble = draw.normal(0, 0.004, 540)
    tear = np.exp(-(((place - draw.random()) / 0.03) ** 2)) * draw.uniform(0.03, 0.09)
    x = (sway + tremble + tear)[:, None] * strength
    return _Break(x.astype(np.float32), np.zeros((540, 1), np.float32), 0.012 * strength)


def _dragged(draw: np.random.Generator, strength: float) -> _Break:
    """Blocks that stayed behind on a motion that is no longer theirs."""
    fields = [cv2.GaussianBlur(draw.normal(0, 1, _CELLS), (0, 0), 4) * 5 for _ in range(3)]
    held = 1 / (1 + np.exp(-(fields[2] + 2.5 * strength - 0.9) * 12))  # whole regions, more of them with strength
    x, y = (np.asarray(one * held * 0.22 * strength, np.float32) for one in fields[:2])
    return _Break(x, y, 0.004 * strength)


def _lost(draw: np.random.Generator, strength: float) -> _Break:
    """Runs of blocks that show what belongs elsewhere."""
    starts, far = draw.random(_CELLS), draw.uniform(-0.4, 0.4, (2, *_CELLS))
    length = draw.integers(2, 16, _CELLS)
    x, y = (np.zeros(_CELLS, np.float32) for _ in range(2))
    for row, column in np.argwhere(starts < 0.045 * strength):
        run = slice(column, column + int(length[row, column]))
        x[row, run], y[row, run] = far[:, row, column]
    return _Break(x, y, 0.002 * strength)


def _moved(frame: Frame, how: _Break) -> Frame:
    """Each sample from where its row or block points to."""

    def change(plane: Grid, step: int) -> Grid:
        height, width = plane.shape
        x, y = (cv2.resize(one, (width, height), interpolation=cv2.INTER_NEAREST) for one in (how.x, how.y))
        from_x = np.add(x * np.float32(width), np.arange(width, dtype=np.float32))
        from_y = np.add(y * np.float32(height), np.arange(height, dtype=np.float32)[:, None])
        return np.asarray(cv2.remap(plane, from_x, from_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101))

    return filtered(frame, change)


def _parted(frame: Frame, share: float) -> Frame:
    """U and V drawn apart by a share of the width."""
    far = share * frame.width
    if far < 0.05:
        return frame
    y, u, v = frame.planes[:3]
    return replace(frame, planes=(y, _aside(u, -far / 2), _aside(v, far / 2), *frame.planes[3:]))


def _aside(plane: Grid, far: float) -> Grid:
    matrix = np.array([[1.0, 0, far], [0, 1.0, 0]])
    size = (plane.shape[1], plane.shape[0])
    return np.asarray(cv2.warpAffine(plane, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))
