"""Motion between two pictures: optical flow, and the one move of the camera that explains most of it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float64]

_GRID = 6
"""Every so many pixels a vector of the flow is looked at."""
_TEXTURE = 2.5
"""Mean gradient (levels a pixel) from which a place can be followed; flow in flat places is a guess."""
_LEAST = 12
"""So many places that can be followed are needed to tell the camera."""
_SPREAD, _COVER = 0.4, 0.04
"""Over how much of the picture's sides, and in what share of it, something must be followed to tell the camera."""
_TILES, _PER_TILE = 6, 8
_FITS = 6
_SMALL = 0.08
"""Pixels: what is less is noise of the flow."""


@dataclass(frozen=True)
class Move:
    """What moved between two pictures, in pixels of them.

    `speed` mean length of the flow where something can be followed, `residue` of what the camera does not explain; `x`, `y`
    the way the whole picture goes (right, down), `zoom` the factor, `roll` degrees clockwise; `explained` share of the
    motion. `sure`: whether enough could be followed.
    """

    speed: float = 0.0
    residue: float = 0.0
    x: float = 0.0
    y: float = 0.0
    zoom: float = 1.0
    roll: float = 0.0
    explained: float = 0.0
    sure: bool = False


class FlowReader:
    """Keeps one flow maker: to make it costs more than a small picture's flow. Belongs to one thread.

    DIS follows far moves but tells slow ones a tenth too fast; one round of Farnebäck's puts that right: 4 ms in all for
    256 x 144, true to 1 % (DIS at its finest: 9 ms).
    """

    def __init__(self) -> None:
        self._dis = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)

    def move(self, before: NDArray[np.uint8], after: NDArray[np.uint8]) -> Move:
        """From one luma picture to the next of the same size."""
        if min(before.shape) < 16:
            return Move()
        before, after = np.ascontiguousarray(before), np.ascontiguousarray(after)
        rough = self._dis.calc(before, after, np.zeros((*before.shape, 2), np.float32))
        flow = cv2.calcOpticalFlowFarneback(before, after, rough, 0.5, 1, 11, 1, 5, 1.1, cv2.OPTFLOW_USE_INITIAL_FLOW)
        height, width = before.shape
        strong = _texture(before)
        rows, columns = np.mgrid[_GRID // 2 : height : _GRID, _GRID // 2 : width : _GRID]
        # A place that leaves the picture has no counterpart.
        vectors = flow[rows, columns].astype(np.float64)
        inside = (np.abs(rows + vectors[..., 1] - height / 2) < height / 2) & (
            np.abs(columns + vectors[..., 0] - width / 2) < width / 2
        )
        kept = (strong[rows, columns] > _TEXTURE) & inside
        if kept.sum() < _LEAST:
            return Move()
        if np.ptp(columns[kept]) < width * _SPREAD or np.ptp(rows[kept]) < height * _SPREAD or kept.mean() < _COVER:
            speed = float(np.hypot(*vectors[kept].T).mean())  # one thing moves; of the camera nothing is known
            return Move(speed, speed, sure=True)
        places = np.stack((columns[kept] - (width - 1) / 2, rows[kept] - (height - 1) / 2), axis=1)
        fair = _fair(columns[kept] * _TILES // width + rows[kept] * _TILES // height * _TILES)
        return _explained(places, vectors[kept], fair)


def _fair(tiles: NDArray[np.int64]) -> NDArray[np.bool_]:
    """A few places of each tile: a subject with much drawing in it has no more to say about the camera than a faint hill."""
    chosen = np.zeros(len(tiles), bool)
    for tile in np.unique(tiles):
        there = np.flatnonzero(tiles == tile)
        chosen[there[np.linspace(0, len(there) - 1, min(len(there), _PER_TILE)).astype(int)]] = True
    return chosen


def _texture(luma: NDArray[np.uint8]) -> NDArray[np.float32]:
    soft = cv2.GaussianBlur(luma, (5, 5), 0)
    across, down = cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)
    return np.asarray(cv2.boxFilter(cv2.magnitude(across, down) / 8, -1, (9, 9)), np.float32)


def _explained(places: Field, vectors: Field, fair: NDArray[np.bool_]) -> Move:
    """Fit a shift, a zoom and a roll, time and again with less weight to what does not fit: subjects are outliers."""
    guess = _fitted(*_equations(places[fair], vectors[fair]), np.median(vectors[fair], axis=0))
    misses = _misses(*_equations(places, vectors), guess)
    lengths = np.hypot(vectors[:, 0], vectors[:, 1])
    speed, residue = float(lengths.mean()), float(np.where(misses < _SMALL, 0, misses).mean())
    explained = 0.0 if speed < _SMALL else max(0.0, 1 - residue / speed)
    zoom, roll = float(np.hypot(1 + guess[2], guess[3])), float(np.degrees(np.arctan2(guess[3], 1 + guess[2])))
    return Move(speed, residue, float(guess[0]), float(guess[1]), zoom, roll, explained, sure=True)


def _equations(places: Field, vectors: Field) -> tuple[Field, Field]:
    """Both ways of each place, as rows of unknowns, and what is wanted of them."""
    x, y = places[:, 0], places[:, 1]
    one, none = np.ones_like(x), np.zeros_like(x)
    # u = tx + a x - b y,  v = ty + b x + a y: a is the zoom, b the roll
    rows = np.concatenate((np.stack((one, none, x, -y), 1), np.stack((none, one, y, x), 1)))
    wanted = np.concatenate((vectors[:, 0], vectors[:, 1]))
    return rows, wanted


def _fitted(rows: Field, wanted: Field, start: Field) -> Field:
    # Begun from the median, which a third of outliers does not move, not from all.
    guess = np.array([start[0], start[1], 0.0, 0.0])
    misses = _misses(rows, wanted, guess)
    for _ in range(_FITS):
        scale = max(float(np.median(misses)) * 1.5, _SMALL)
        weights = 1 / (1 + (misses / scale) ** 2) ** 2
        root = np.sqrt(np.concatenate((weights, weights)))
        guess = np.asarray(np.linalg.lstsq(rows * root[:, None], wanted * root, rcond=None)[0], np.float64)
        misses = _misses(rows, wanted, guess)
    return guess


def _misses(rows: Field, wanted: Field, guess: Field) -> Field:
    off = wanted - rows @ guess
    half = len(off) // 2
    return np.asarray(np.hypot(off[:half], off[half:]))
