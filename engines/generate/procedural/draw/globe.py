"""A head as a ball: places on it by longitude from the nose and latitude, seen from any side."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.sheet import Points, ellipse


class Globe:
    """The head as a ball: places on it by longitude from the nose and latitude, seen from the figure's turn."""

    def __init__(self, x: float, y: float, r: float, turn: float) -> None:
        self.x, self.y, self.r = x, y, r
        self._cos, self._sin = math.cos(turn), math.sin(turn)

    def at(self, longitude: float, latitude: float, out: float = 1.0) -> tuple[float, float, float]:
        """A place as seen, and how much it faces the viewer (-1..1)."""
        f, side = math.cos(latitude) * math.cos(longitude), math.cos(latitude) * math.sin(longitude)
        x, z = f * self._cos - side * self._sin, f * self._sin + side * self._cos
        return (self.x + x * self.r * out, self.y - math.sin(latitude) * self.r * 1.12 * out, z)

    def _rim(self, longitude: float, latitude: float, out: float = 1.0) -> tuple[float, float]:
        """The same, but what lies behind is brought to the rim."""
        x, y, z = self.at(longitude, latitude, out)
        if z >= 0:
            return (x, y)
        dx, dy = (x - self.x) / self.r, (y - self.y) / self.r / 1.12
        length = math.hypot(dx, dy) or 1.0
        return (self.x + dx / length * self.r * out, self.y + dy / length * self.r * 1.12 * out)

    def outline(self, wide: float, tall: float) -> Points:
        """The silhouette."""
        return ellipse(self.x, self.y, self.r * wide, self.r * tall)

    def patch(self, half: float, top: float, bottom: float = -1.35) -> Points:
        """The part within `half` of the nose's longitude, from latitude `bottom` to `top`."""
        low_side, high_side = self._seen(half)
        if high_side - low_side < 0.05:
            return np.zeros((0, 2))

        def hairline(side: float) -> float:
            return top - 0.12 * (side / half) ** 2

        top_line = [self._rim(s, hairline(s)) for s in np.linspace(low_side, high_side, 13)]
        right = [self._rim(high_side, v) for v in np.linspace(hairline(high_side), bottom, 9)[1:]]
        low = [self._rim(s, bottom) for s in np.linspace(high_side, low_side, 9)[1:]]
        left = [self._rim(low_side, v) for v in np.linspace(bottom, hairline(low_side), 9)[1:-1]]
        return np.array([*top_line, *right, *low, *left])

    def _seen(self, half: float) -> tuple[float, float]:
        """The part of the longitudes within `half` that is on the viewer's side."""
        turn = math.atan2(self._sin, self._cos)
        low, high = -turn, math.pi - turn
        if low > half:
            low, high = low - math.tau, high - math.tau
        return max(-half, low), min(half, high)

    def cap(self, latitude: float, out: float) -> Points:
        """All above a latitude."""
        low, high = self._seen(math.pi)
        if high - low < math.pi - 0.01:
            low, high = low, low + math.pi
        edge = [self.at(s, latitude - 0.1, out)[:2] for s in np.linspace(low, high, 17)]
        first, last = edge[0], edge[-1]
        start, stop = (math.degrees(math.atan2((p[1] - self.y) / 1.12, p[0] - self.x)) for p in (last, first))
        start, stop = start % 360, stop % 360
        if abs(stop - start) < 1:
            return np.array(edge)
        over = ellipse(self.x, self.y, self.r * out, self.r * 1.12 * out, start, stop)
        if over[:, 1].min() > self.y - self.r * out * 0.9:
            # That arc went below; the other one goes over the top.
            other = stop - 360 if stop > start else stop + 360
            over = ellipse(self.x, self.y, self.r * out, self.r * 1.12 * out, start, other)
        return np.array([*edge, *[tuple(p) for p in over]])
