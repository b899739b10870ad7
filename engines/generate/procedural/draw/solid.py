"""Bodies in space for drawings: faces turned about the vertical, seen slightly from above, shaded by where they look."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from engines.generate.procedural.draw.sheet import Paint, Points, Sheet
from engines.generate.procedural.palette import Colour

Spot = tuple[float, float, float]
"""x forward (right when not turned), y down (0 is the ground, -1 the top), z toward the viewer."""
_LIGHT = np.array([-0.42, -0.74, 0.53])


class Solid:
    """Collects faces and paints them far to near. `turn` radians about the vertical, `tilt` how far one looks from above."""

    def __init__(self, turn: float = 0.0, tilt: float = 0.16, far: float = 7.0) -> None:
        self._cos, self._sin = math.cos(turn), math.sin(turn)
        self._tilt_cos, self._tilt_sin = math.cos(tilt), math.sin(tilt)
        self._far = far
        self._faces: list[tuple[float, Points, Paint, float]] = []

    def view(self, spots: Sequence[Spot] | np.ndarray) -> np.ndarray:
        """Spots as the viewer's x, y and depth (larger is nearer), (n, 3)."""
        p = np.asarray(spots, np.float64)
        x = p[:, 0] * self._cos - p[:, 2] * self._sin
        z = p[:, 0] * self._sin + p[:, 2] * self._cos
        y = p[:, 1] * self._tilt_cos + z * self._tilt_sin
        depth = z * self._tilt_cos - p[:, 1] * self._tilt_sin
        size = self._far / (self._far - depth)
        return np.stack([x * size, y * size, depth], axis=1)

    def spot(self, x: float, y: float, z: float) -> tuple[float, float]:
        """One spot on the sheet."""
        v = self.view([(x, y, z)])[0]
        return (float(v[0]), float(v[1]))

    def face(
        self,
        spots: Sequence[Spot] | np.ndarray,
        colour: Colour,
        middle: Spot | None = None,
        *,
        order: float = 0.0,
        shine: float = 1.0,
        alpha: float = 1.0,
    ) -> None:
        """A flat face. With the `middle` of its body it is left out when it looks away; `shine` 0 is not shaded."""
        v = self.view(spots)
        flat = v * (1, 1, -1)
        normal = np.zeros(3)
        for a, b in zip(flat, np.roll(flat, -1, axis=0), strict=True):
            normal += np.cross(a, b)
        length = float(np.linalg.norm(normal))
        if length < 1e-12:
            return
        normal = normal / length * (1, 1, -1)
        centre = v.mean(axis=0)
        if middle is not None:
            out = centre - self.view([middle])[0]
            if float(normal @ out) < 0:
                normal = -normal
            if normal[2] <= 0.0:
                return
        elif normal[2] < 0:
            normal = -normal
        light = 0.66 + 0.42 * max(0.0, float(normal @ _LIGHT))
        k = 1 + (light - 1) * shine
        lit: Colour = (min(1.0, colour[0] * k), min(1.0, colour[1] * k), min(1.0, colour[2] * k))
        self._faces.append((float(centre[2]) + order, v[:, :2].copy(), lit, alpha))

    def box(self, low: Spot, high: Spot, colour: Colour, *, order: float = 0.0, top: Colour | None = None) -> None:
        """A box between two corners (low and high in every axis; y of `low` is its top)."""
        (x0, y0, z0), (x1, y1, z1) = low, high
        middle = ((x0 + x1) / 2, (y0 + y1) / 2, (z0 + z1) / 2)
        self.face([(x0, y0, z0), (x1, y0, z0), (x1, y0, z1), (x0, y0, z1)], top or colour, middle, order=order)
        self.face([(x0, y0, z1), (x1, y0, z1), (x1, y1, z1), (x0, y1, z1)], colour, middle, order=order)
        self.face([(x0, y0, z0), (x1, y0, z0), (x1, y1, z0), (x0, y1, z0)], colour, middle, order=order)
        self.face([(x1, y0, z0), (x1, y0, z1), (x1, y1, z1), (x1, y1, z0)], colour, middle, order=order)
        self.face([(x0, y0, z0), (x0, y0, z1), (x0, y1, z1), (x0, y1, z0)], colour, middle, order=order)

    def loft(
        self,
        profile: Sequence[tuple[float, float]],
        half: Sequence[float] | float,
        colours: Sequence[Colour],
        side: Colour,
        *,
        order: float = 0.0,
    ) -> None:
        """A side profile (x, y), closed, made as wide as `half` at each point; `colours` of the strips between points."""
        n = len(profile)
        halves = [half] * n if isinstance(half, float) else list(half)
        xs, ys = [p[0] for p in profile], [p[1] for p in profile]
        middle = (sum(xs) / n, sum(ys) / n, 0.0)
        near = [(x, y, h) for (x, y), h in zip(profile, halves, strict=True)]
        away = [(x, y, -h) for x, y, h in near]
        for i in range(n):
            j = (i + 1) % n
            self.face([near[i], near[j], away[j], away[i]], colours[i % len(colours)], middle, order=order)
        self.face(near, side, middle, order=order)
        self.face(away, side, middle, order=order)

    def wheel(
        self, x: float, y: float, z: float, radius: float, colour: Colour, *, order: float = 0.0, shine: float = 0.4
    ) -> None:
        """A disc that stands along x, seen on the side of larger |z| only."""
        a = np.linspace(0, 2 * math.pi, 28, endpoint=False)
        ring = np.stack([x + radius * np.cos(a), y + radius * np.sin(a), np.full_like(a, z)], axis=1)
        self.face(ring, colour, (x, y, 0.0), order=order, shine=shine)

    def paint(self, sheet: Sheet) -> None:
        """Paint what has been collected and forget it."""
        for _, points, colour, alpha in sorted(self._faces, key=lambda face: face[0]):
            sheet.fill(points, colour, alpha)
        self._faces.clear()
