"""Snapping: which point a dragged edge jumps to, and when it lets go. Pure, no Qt."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from timeline.items import Clip
from timeline.time import ZERO, RationalTime
from ui.timeline_view import rubber
from ui.timeline_view.facts import key_times
from ui.timeline_view.layout import Layout
from ui.timeline_view.scale import Scale

RADIUS_PX: Final = 10.0
RELEASE_PX: Final = 14.0


class Snapped(NamedTuple):
    """Where a drag ends up: the shift that was snapped and the point it sticks to (None: free)."""

    by: RationalTime
    point: RationalTime | None


Points = tuple[tuple[RationalTime, str], ...]
"""Times (record) and their kinds, sorted."""


def keyframes_in_view(layout: Layout, width: float, besides: Container[str] = ()) -> tuple[RationalTime, ...]:
    """Record times of the keyframes that can be seen between viewport x 0 and `width`, but for those of some clips."""
    found: set[RationalTime] = set()
    for row in layout.rows:
        for placed in layout.placements(row.track, 0, width):
            clip = placed.item
            if isinstance(clip, Clip) and clip.id not in besides:
                start = row.track.starts[placed.place]
                points = (point.offset for point in rubber.points(clip, rubber.name_of(row.is_audio)))
                found.update(start + at for at in (*key_times(clip), *points) if ZERO <= at <= clip.duration)
    return tuple(found)


def with_keyframes(points: Points, times: Iterable[RationalTime]) -> Points:
    """The points and those of keyframes; where both are, it is the one that was there."""
    there = dict(points)
    there = {**dict.fromkeys(times, "keyframe"), **there}
    return tuple(sorted(there.items()))


@dataclass
class Snapper:
    """Holds the points of one drag and what it sticks to at the moment. `points` sorted (time, kind).

    The playhead wins over other points within the radius; a drag that sticks is released 14 px away.
    """

    points: Points
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
