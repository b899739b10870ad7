"""A sheet is what is painted on: float RGBA, premultiplied, sRGB values. Shapes are polygons with smooth edges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.generate.procedural.draw.window import Field, Window, hash01

Colour = tuple[float, float, float]
Points = NDArray[np.float64]
_FINE = 4


@dataclass(eq=False)
class Sheet:
    """`data` (h, w, 4) float32 over `window`. Painted in place while baking, never afterwards."""

    window: Window
    data: Field

    @staticmethod
    def clear(window: Window) -> Sheet:
        """A transparent sheet."""
        return Sheet(window, np.zeros((window.height, window.width, 4), np.float32))

    def wash(self, colour: Field | Colour, alpha: Field | float, rows: slice = slice(None)) -> None:
        """Lay a colour, or (h, w, 3) of them, over whole rows with an opacity per pixel."""
        part = self.data[rows]
        a = np.asarray(alpha, np.float32)
        a = np.broadcast_to(a, part.shape[:2])[..., None]
        part *= 1 - a
        part[..., :3] += np.asarray(colour, np.float32) * a
        part[..., 3:] += a

    def glow(self, colour: Colour, amount: Field, rows: slice = slice(None)) -> None:
        """Brighten what is there towards a colour, never past it (a screen, kept inside alpha)."""
        part = self.data[rows]
        k = np.asarray(amount, np.float32)[..., None]
        light = np.asarray(colour, np.float32) * k
        part[..., :3] += light * (part[..., 3:] - part[..., :3])

    def fill(self, points: Points | Sequence[tuple[float, float]], colour: Paint, alpha: float = 1.0) -> None:
        """Fill a polygon (scene units) with a colour or a gradient."""
        self.fill_many([np.asarray(points, np.float64)], colour, alpha)

    def fill_many(self, shapes: Sequence[Points], colour: Paint, alpha: float = 1.0) -> None:
        """Fill several polygons as one: where they overlap nothing doubles."""
        box = self._box(shapes)
        if box is None:
            return
        x0, y0, x1, y1 = box
        mask = self._mask(shapes, box) * np.float32(alpha)
        part = self.data[y0:y1, x0:x1]
        part *= 1 - mask[..., None]
        part[..., :3] += self._paint(colour, box) * mask[..., None]
        part[..., 3] += mask

    def shade(self, points: Points | Sequence[tuple[float, float]], colour: Paint, alpha: float = 1.0) -> None:
        """Colour a polygon only where the sheet is painted already: shadows and bands on a body."""
        shapes = [np.asarray(points, np.float64)]
        box = self._box(shapes)
        if box is None:
            return
        x0, y0, x1, y1 = box
        mask = (self._mask(shapes, box) * np.float32(alpha))[..., None]
        part = self.data[y0:y1, x0:x1]
        part[..., :3] += (self._paint(colour, box) * part[..., 3:] - part[..., :3]) * mask

    def circle(self, x: float, y: float, radius: float, colour: Paint, alpha: float = 1.0, squash: float = 1.0) -> None:
        """A disc, or an ellipse `squash` as high as wide."""
        self.fill(ellipse(x, y, radius, radius * squash), colour, alpha)

    def line(self, points: Sequence[tuple[float, float]], width: float, colour: Paint, alpha: float = 1.0) -> None:
        """A line of even width through points."""
        self.fill_many(stroke(points, width), colour, alpha)

    def _box(self, shapes: Sequence[Points]) -> tuple[int, int, int, int] | None:
        low = np.min([s.min(axis=0) for s in shapes], axis=0)
        high = np.max([s.max(axis=0) for s in shapes], axis=0)
        w = self.window
        x0, y0 = (int(v) for v in np.floor((low - (w.x, w.y)) * w.scale) - 1)
        x1, y1 = (int(v) for v in np.ceil((high - (w.x, w.y)) * w.scale) + 1)
        x0, y0, x1, y1 = max(0, x0), max(0, y0), min(w.width, x1), min(w.height, y1)
        return (x0, y0, x1, y1) if x1 > x0 and y1 > y0 else None

    def _mask(self, shapes: Sequence[Points], box: tuple[int, int, int, int]) -> Field:
        x0, y0, x1, y1 = box
        fine = np.zeros(((y1 - y0) * _FINE, (x1 - x0) * _FINE), np.uint8)
        w = self.window
        for shape in shapes:
            at = ((shape - (w.x, w.y)) * w.scale - (x0, y0)) * _FINE * 16 - 8
            cv2.fillPoly(fine, [np.clip(np.round(at), -(2**26), 2**26).astype(np.int32)], 255, cv2.LINE_8, 4)
        small = cv2.resize(fine, (x1 - x0, y1 - y0), interpolation=cv2.INTER_AREA)
        return np.asarray(small, np.float32) / np.float32(255)

    def _paint(self, colour: Paint, box: tuple[int, int, int, int]) -> Field:
        if not isinstance(colour, Gradient):
            return np.asarray(colour, np.float32)
        x0, y0, x1, y1 = box
        w = self.window
        xs = ((np.arange(x0, x1) + 0.5) / w.scale + w.x)[None, :]
        ys = ((np.arange(y0, y1) + 0.5) / w.scale + w.y)[:, None]
        return colour.at(xs, ys)


@dataclass(frozen=True)
class Gradient:
    """Colours along a line from `start` to `end` (scene units), evenly spaced."""

    start: tuple[float, float]
    end: tuple[float, float]
    colours: tuple[Colour, ...]

    def at(self, xs: Field, ys: Field) -> Field:
        """The colours at places, (h, w, 3)."""
        dx, dy = self.end[0] - self.start[0], self.end[1] - self.start[1]
        t = ((xs - self.start[0]) * dx + (ys - self.start[1]) * dy) / (dx * dx + dy * dy + 1e-12)
        stops = np.linspace(0, 1, len(self.colours))
        table = np.array(self.colours, np.float64)
        return np.stack([np.interp(t, stops, table[:, i]) for i in range(3)], axis=-1).astype(np.float32)


Paint = Colour | Gradient


def down(top: float, bottom: float, *colours: Colour) -> Gradient:
    """A gradient straight down."""
    return Gradient((0, top), (0, bottom), colours)


def across(left: float, right: float, *colours: Colour) -> Gradient:
    """A gradient from left to right."""
    return Gradient((left, 0), (right, 0), colours)


def ellipse(x: float, y: float, rx: float, ry: float, start: float = 0.0, stop: float = 360.0) -> Points:
    """Points of an ellipse or of an arc of it (degrees, clockwise from the right)."""
    angles = np.radians(np.linspace(start, stop, 65))
    return np.stack([x + rx * np.cos(angles), y + ry * np.sin(angles)], axis=1)


def rect(x0: float, y0: float, x1: float, y1: float) -> Points:
    """A rectangle."""
    return np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], np.float64)


def smooth(points: Sequence[tuple[float, float]], closed: bool = True, steps: int = 10) -> Points:
    """A curve through points (Catmull-Rom)."""
    p = np.asarray(points, np.float64)
    p = np.concatenate([p[-1:], p, p[:2]]) if closed else np.concatenate([p[:1], p, p[-1:]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    parts = []
    for a, b, c, d in zip(p[:-3], p[1:-2], p[2:-1], p[3:], strict=True):
        parts.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    if not closed:
        parts.append(p[-2:-1])
    return np.concatenate(parts)


def stroke(points: Sequence[tuple[float, float]], width: float, end_width: float | None = None) -> list[Points]:
    """Polygons that make a line with round ends; it may taper."""
    p = np.asarray(points, np.float64)
    widths = np.linspace(width, width if end_width is None else end_width, len(p)) / 2
    shapes: list[Points] = []
    for i in range(len(p) - 1):
        along = p[i + 1] - p[i]
        length = float(np.hypot(*along)) or 1e-9
        side = np.array([-along[1], along[0]]) / length
        shapes.append(
            np.array(
                [
                    p[i] + side * widths[i],
                    p[i + 1] + side * widths[i + 1],
                    p[i + 1] - side * widths[i + 1],
                    p[i] - side * widths[i],
                ]
            )
        )
    shapes.extend(ellipse(float(x), float(y), float(r), float(r))[::4] for (x, y), r in zip(p, widths, strict=True))
    return shapes


_TO_YUV = np.array(
    [
        [0.2126 * 219, 0.7152 * 219, 0.0722 * 219, 16],
        [-0.1146 * 224, -0.3854 * 224, 0.5 * 224, 128],
        [0.5 * 224, -0.4542 * 224, -0.0458 * 224, 128],
        [0, 0, 0, 255],
    ],
    np.float64,
)
"""Premultiplied RGBA (0..1) to premultiplied YUVA (BT.709 limited range, 0..255): the offsets ride on alpha."""


def to_yuva(sheet: Sheet, grade: NDArray[np.float64], seed: int = 0) -> NDArray[np.uint8]:
    """The sheet as premultiplied YUVA bytes (h, w, 4). `grade` is a 4x4 colour matrix on premultiplied RGBA."""
    clean = np.clip(sheet.data, 0, 1)
    clean[..., :3] = np.minimum(clean[..., :3], clean[..., 3:])
    mixed = np.asarray(cv2.transform(clean, _TO_YUV @ grade), np.float32)
    alpha = mixed[..., 3]
    np.clip(mixed[..., 0], 0, alpha * np.float32(235 / 255), out=mixed[..., 0])
    mixed[..., 0] += _dither(sheet.window, seed) * (alpha > 250)
    np.clip(mixed[..., 1], 0, alpha, out=mixed[..., 1])
    np.clip(mixed[..., 2], 0, alpha, out=mixed[..., 2])
    return np.asarray(np.rint(mixed), np.float32).astype(np.uint8)


@lru_cache(8)
def _dither_tile(seed: int) -> Field:
    noise = hash01(np.arange(128)[None, :], np.arange(128)[:, None], seed + 99) - 0.5
    return noise.astype(np.float32) * np.float32(0.98)


def _dither(window: Window, seed: int) -> Field:
    tile = _dither_tile(seed)
    reps = (window.height // 128 + 1, window.width // 128 + 1)
    return np.tile(tile, reps)[: window.height, : window.width]
