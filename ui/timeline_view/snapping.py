"""Snapping: which point a dragged edge jumps to, and when it lets go. Pure, no Qt."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from timeline.time import RationalTime
from ui.timeline_view.scale import Scale

RADIUS_PX: Final = 10.0
RELEASE_PX: Final = 14.0


class Snapped(NamedTuple):
    """Where a drag ends up: the shift that was snapped and the point it sticks to (None: free)."""

    by: RationalTime
    point: RationalTime | None


@dataclass
class Snapper:
    """Holds the points of one drag and what it sticks to at the moment. `points` sorted (time, kind).

    The playhead wins over other points within the radius; a drag that sticks is released 14 px away.
    """

    points: tuple[tuple[RationalTime, str], ...]
    enabled: bool = True
    _held: tuple[RationalTime, RationalTime] | None = field(default=None, init=False)

    def snap(self, edges: Iterable[RationalTime], by: RationalTime, scale: Scale) -> Snapped:
        """Shift `by` so that one of the moved `edges` (their places before the drag) lies on a point."""
        if not self.enabled or not self.points:
            self._held = None
            return Snapped(by, None)
        edges = tuple(edges)
        if self._held is not None:
            edge, point = self._held
            if abs(scale.width_of(edge + by - point)) < RELEASE_PX and edge in edges:
                return Snapped(point - edge, point)
            self._held = None
        best: tuple[int, float, RationalTime, RationalTime] | None = None
        for edge in edges:
            for point, kind, distance in self._near(edge + by, scale):
                rank = (0 if kind == "playhead" else 1, distance, edge, point)
                if best is None or rank[:2] < best[:2]:
                    best = rank
        if best is None:
            return Snapped(by, None)
        self._held = (best[2], best[3])
        return Snapped(best[3] - best[2], best[3])

    def _near(self, time: RationalTime, scale: Scale) -> Iterable[tuple[RationalTime, str, float]]:
        start = bisect_left(self.points, time, key=lambda point: point[0])
        for places in (range(start, len(self.points)), range(start - 1, -1, -1)):
            for place in places:
                point, kind = self.points[place]
                distance = abs(scale.width_of(point - time))
                if distance > RADIUS_PX:
                    break
                yield point, kind, distance
