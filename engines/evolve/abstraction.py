"""Footage as facets, as flowing paint, and as a fractal of itself; `amount` 0..1 goes from the picture to where it is lost."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.frame import Plane
from effects.planes import eased
from effects.seeds import stream
from engines.evolve.inks import flattened
from engines.evolve.motion import fetched
from timeline.time import ZERO

Field = NDArray[np.float32]
_FINEST, _COARSEST = 90, 9
"""Facets across the picture."""
_FINER = 15.0
"""Deviation of luma within a facet from which it is parted in four."""
_EDDIES = ((3, 1.0), (6, 0.4), (11, 0.16))
"""Eddies across the picture, and how strong they are."""
_STEPS = 5
_FOLDS = 4


@dataclass(frozen=True)
class Facets:
    """A wall of triangles whose corners keep their places in the whole clip; small ones where there is something to see."""

    size: tuple[int, int]
    amount: float
    seed: int

    def drawn(self, rgb: Plane, seconds: float) -> Plane:
        """(h, w, 3) RGB in facets."""
        width, height = self.size
        columns, rows = self._cells
        fine = cv2.resize(rgb, (columns * 4, rows * 4), interpolation=cv2.INTER_AREA).astype(np.float32)
        luma = fine @ np.array([0.2126, 0.7152, 0.0722], np.float32)
        blocks = luma.reshape(rows, 4, columns, 4).swapaxes(1, 2).reshape(rows, columns, 16)
        detailed = blocks.std(axis=2) > _FINER
        canvas = np.asarray(cv2.resize(fine, (width, height), interpolation=cv2.INTER_LINEAR).astype(np.uint8))
        for depth, split in ((1, ~detailed), (2, detailed)):
            corners = self._corners(depth, seconds)
            colours = np.asarray(
                cv2.resize(fine, (columns * depth, rows * depth), interpolation=cv2.INTER_AREA), np.float32
            )
            wanted = np.repeat(np.repeat(split, depth, 0), depth, 1)
            self._fill(canvas, corners, colours, wanted, depth)
        return canvas

    @property
    def _cells(self) -> tuple[int, int]:
        columns = max(4, round(_FINEST * (_COARSEST / _FINEST) ** self.amount))
        return columns, max(3, round(columns * self.size[1] / self.size[0]))

    @cached_property
    def _looks(self) -> dict[int, tuple[Field, Field]]:
        """By depth: how far each corner is off its place, in cells, and the light of each facet."""
        columns, rows = self._cells
        draw = stream(self.seed, "facets", ZERO)
        coarse = draw.uniform(-0.36, 0.36, (rows + 1, columns + 1, 2))
        off = np.asarray(
            cv2.resize(coarse, (2 * columns + 1, 2 * rows + 1), interpolation=cv2.INTER_LINEAR), np.float32
        )
        off[::2, ::2] = coarse  # corners of large facets are corners of small ones too
        looks = {}
        for depth, moves in ((1, coarse.astype(np.float32)), (2, off)):
            light = draw.normal(1.0, 0.055, (rows * depth, columns * depth, 2)).astype(np.float32)
            looks[depth] = (moves, light)
        return looks

    def _corners(self, depth: int, seconds: float) -> NDArray[np.int32]:
        columns, rows = (one * depth for one in self._cells)
        off = self._looks[depth][0].copy()
        off[..., 0] *= np.float32(1 + 0.25 * np.sin(seconds * 1.1))  # the wall breathes
        off[..., 1] *= np.float32(1 + 0.25 * np.cos(seconds * 0.9))
        off[[0, -1], :, 1] = 0
        off[:, [0, -1], 0] = 0
        y, x = np.mgrid[0 : rows + 1, 0 : columns + 1].astype(np.float32)
        places = np.dstack([x + off[..., 0] * depth, y + off[..., 1] * depth])
        return np.asarray(np.rint(places * (self.size[0] / columns, self.size[1] / rows) * 16), np.int32)

    def _fill(
        self, canvas: Plane, corners: NDArray[np.int32], colours: Field, wanted: NDArray[np.bool_], depth: int
    ) -> None:
        light = self._looks[depth][1]
        for row, column in np.argwhere(wanted):
            a, b = corners[row, column], corners[row, column + 1]
            c, d = corners[row + 1, column + 1], corners[row + 1, column]
            halves = ((a, b, c), (a, c, d)) if (row + column) % 2 else ((a, b, d), (b, c, d))
            for number, half in enumerate(halves):
                shade = np.clip(colours[row, column] * light[row, column, number], 0, 255)
                cv2.fillConvexPoly(canvas, np.array(half), shade.tolist(), cv2.LINE_AA, 4)


@dataclass(frozen=True)
class Paint:
    """Wet paint: the picture flows along eddies that turn slowly, and its colours run together."""

    size: tuple[int, int]
    amount: float
    seed: int

    def drawn(self, rgb: Plane, seconds: float) -> Plane:
        """(h, w, 3) RGB, flown."""
        width, height = self.size
        shape = (max(18, height // 4), max(32, width // 4))
        grid = _grid(shape)
        flow = self._flow(shape, seconds) * np.float32(0.16 * self.amount**1.2 * shape[1] / _STEPS)
        place = grid.copy()
        for _ in range(_STEPS):  # back along the stream
            place -= fetched(flow, place)
        way = cv2.resize(place - grid, (width, height), interpolation=cv2.INTER_CUBIC) * np.float32(width / shape[1])
        picture = np.asarray(fetched(rgb, _grid((height, width)) + way, border=cv2.BORDER_REFLECT_101), np.uint8)
        unit = width / 1280
        streaks = np.asarray(cv2.resize(flow, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
        streaks /= np.maximum(np.linalg.norm(streaks, axis=2, keepdims=True), 1e-3)
        total = picture.astype(np.float32)
        reach = 9 * unit * (0.4 + self.amount)
        for step in (-1.0, -0.5, 0.5, 1.0):  # brushed along the stream
            total += fetched(picture, _grid((height, width)) + streaks * np.float32(step * reach))
        flat = flattened(np.asarray(total / 5, np.uint8), 0.5, unit).astype(np.float32)
        grey = flat.mean(axis=2, keepdims=True)
        return np.asarray(np.clip(grey + (flat - grey) * np.float32(1 + 0.45 * self.amount), 0, 255), np.uint8)

    def _flow(self, shape: tuple[int, int], seconds: float) -> Field:
        """(h, w, 2) of length about 1: the curl of soft noise, so that nothing gathers and nothing tears."""
        height, width = shape
        hills = np.zeros(shape, np.float32)
        for number, (across, strength) in enumerate(_EDDIES):
            draw = stream(self.seed, f"eddies {number}", ZERO)
            rows = max(2, round(across * height / width))
            phase, turn = (
                draw.uniform(0, 2 * np.pi, (rows + 2, across + 2)),
                draw.uniform(0.25, 0.7, (rows + 2, across + 2)),
            )
            knots = np.sin(phase + turn * seconds * (1 + 0.6 * number)).astype(np.float32)
            hills += cv2.resize(knots, (width, height), interpolation=cv2.INTER_CUBIC) * np.float32(
                strength * width / across
            )
        down, across_ = np.gradient(hills)
        flow = np.dstack([down, -across_]).astype(np.float32)
        return flow / np.float32(max(float(np.sqrt((flow**2).sum(axis=2).mean())), 1e-6))


@dataclass(frozen=True)
class Folds:
    """The picture within itself: space is folded, turned and enlarged some times over, and mirrors what is in it each time."""

    size: tuple[int, int]
    amount: float
    seed: int

    def drawn(self, rgb: Plane, seconds: float) -> Plane:
        """(h, w, 3) RGB, folded; the more often folded, the more of the light of its folds is seen."""
        width, height = self.size
        x, y, trap = self._places(seconds)
        # what lies beyond the border is mirrored in
        place = np.dstack([(x * height + width) / 2 - 0.5, (y * height + height) / 2 - 0.5]).astype(np.float32)
        place = _mirrored(place, (width, height))
        picture = np.asarray(fetched(rgb, place, border=cv2.BORDER_REFLECT_101), np.float32)
        glow = np.exp(-trap * 26)[..., None] * np.float32(0.55 * self.amount)
        tint = np.array([255, 236, 200], np.float32)
        deep = 1 - np.float32(0.35 * self.amount) * np.clip(trap * 1.4, 0, 1)[..., None]
        return np.asarray(np.clip(picture * deep + glow * (tint - picture * 0.5), 0, 255), np.uint8)

    def _places(self, seconds: float) -> tuple[Field, Field, Field]:
        """Where each pixel comes from (heights of half the picture, from its centre), and how near it came to a fold."""
        width, height = self.size
        draw = stream(self.seed, "folds", ZERO)
        start = draw.uniform(0, 2 * np.pi, 3)
        y, x = (np.mgrid[0:height, 0:width].astype(np.float32) + np.float32(0.5)) * np.float32(2 / height)
        x, y = x - np.float32(width / height), y - np.float32(1)
        trap = np.full(x.shape, 9.0, np.float32)
        for number in range(_FOLDS):
            share = np.float32(eased(float(np.clip(self.amount * (_FOLDS + 0.5) - number, 0, 1))))
            if not share:
                break
            turn = share * np.float32(0.62 + 0.25 * np.sin(start[0] + number + 0.23 * seconds))
            c, s = np.cos(turn), np.sin(turn)
            x, y = c * x - s * y, s * x + c * y
            trap = np.minimum(trap, np.abs(x) / share)
            x, y = x + share * (np.abs(x) - x), y + share * (np.abs(y) - y)
            grow = 1 + share * np.float32(0.32 + 0.06 * np.sin(start[1] + 0.31 * seconds))
            x = x * grow - share * np.float32(0.62 + 0.08 * np.sin(start[2] + 0.27 * seconds + number))
            y = y * grow - share * np.float32(0.40)
        return x, y, trap


def _mirrored(place: Field, size: tuple[int, int]) -> Field:
    """Places beyond the border brought back by mirrors there, however far out they are."""
    length = np.array(size, np.float32)
    folded = np.abs((place + 0.5 + length) % (2 * length) - length)
    return np.asarray(folded - 0.5, np.float32)


def _grid(shape: tuple[int, int]) -> Field:
    height, width = shape
    return np.dstack(np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)))
