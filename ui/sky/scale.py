"""Between the map and the screen: map units to logical pixels and back. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]

FULL: Final = 1600.0
"""Pixels of a map unit at 100 %."""
LEAST, MOST = 0.1, 40.0
"""Of FULL."""


@dataclass(frozen=True)
class SkyScale:
    """A view of the map: `x`, `y` is what stands in its middle (map units), `zoom` in pixels per map unit."""

    width: float = 100.0
    height: float = 100.0
    x: float = 0.8
    y: float = 0.5
    zoom: float = 600.0

    @property
    def percent(self) -> int:
        """As people read it."""
        return round(self.zoom / FULL * 100)

    def to_px(self, places: Floats) -> Floats:
        """Places (n, 2) in map units as pixels of the view."""
        found = np.empty(places.shape)
        for axis, (middle, half) in enumerate(((self.x, self.width / 2), (self.y, self.height / 2))):
            column = found[:, axis]  # a column at once: rows of two numbers take numpy five times as long
            np.multiply(places[:, axis], self.zoom, out=column)
            column += half - middle * self.zoom
        return found

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A place in map units as a point of the view."""
        return (x - self.x) * self.zoom + self.width / 2, (y - self.y) * self.zoom + self.height / 2

    def to_map(self, px: float, py: float) -> tuple[float, float]:
        """A point of the view in map units."""
        return (px - self.width / 2) / self.zoom + self.x, (py - self.height / 2) / self.zoom + self.y

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of the view in map units."""
        return (*self.to_map(0, 0), *self.to_map(self.width, self.height))

    def zoomed(self, factor: float, px: float | None = None, py: float | None = None) -> SkyScale:
        """Nearer or farther; what stands under the point (the middle, if none) stays there."""
        px = self.width / 2 if px is None else px
        py = self.height / 2 if py is None else py
        at = self.to_map(px, py)
        zoom = float(np.clip(self.zoom * factor, LEAST * FULL, MOST * FULL))
        new = replace(self, zoom=zoom)
        now = new.to_map(px, py)
        return replace(new, x=self.x + at[0] - now[0], y=self.y + at[1] - now[1])

    def panned(self, dx: float, dy: float) -> SkyScale:
        """Moved by a hand that drags the map so many pixels. The map cannot be lost: its middle stays near."""
        x, y = self.x - dx / self.zoom, self.y - dy / self.zoom
        return replace(self, x=float(np.clip(x, -0.2, 1.8)), y=float(np.clip(y, -0.2, 1.2)))

    def resized(self, width: float, height: float) -> SkyScale:
        """The same middle in a view of another size."""
        return replace(self, width=max(1.0, width), height=max(1.0, height))

    def fitted(self, places: Floats, margin: float = 70.0) -> SkyScale:
        """All places in view, with room round them for names; a few alone are not brought nearer than 100 %."""
        if not len(places):
            return replace(self, x=0.8, y=0.5, zoom=min(self.width / 1.6, self.height))
        low, high = places.min(0), places.max(0)
        room = max(60.0, self.width - 2 * margin), max(60.0, self.height - 2 * margin)
        span = np.maximum(high - low, 0.02)
        zoom = float(np.clip(min(room[0] / span[0], room[1] / span[1]), LEAST * FULL, FULL))
        middle = (low + high) / 2
        return replace(self, x=float(middle[0]), y=float(middle[1]), zoom=zoom)
