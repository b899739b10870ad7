"""Where everything of a sequence lies: rows, clips, cuts, transitions. Pure geometry, no Qt.

x is viewport pixels (through `Scale`), y is content pixels: 0 at the top of the uppermost row, not scrolled.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final, NamedTuple

from timeline.items import Clip, Gap, Item, Transition
from timeline.sequence import Sequence
from timeline.time import RationalTime
from timeline.track import Track, TrackKind
from ui.timeline_view.scale import Scale

VIDEO_HEIGHT: Final = 72
AUDIO_HEIGHT: Final = 60
SMALL_HEIGHT: Final = 28
TALL_HEIGHT: Final = 132
ALL_VIDEO: Final = "*video"
ALL_AUDIO: Final = "*audio"
"""Keys of `Layout.heights` for all rows of a side that have no height of their own."""
DIVIDER: Final = 6
CLIP_HEADER: Final = 18
CLIP_TOP: Final = 2
"""Free pixels between the row's upper edge and its clips; the hairline and two more are below."""
CLIP_BOTTOM: Final = 3
TRIM_ZONE: Final = 8.0
ROLL_ZONE: Final = 3.0
MIN_MIDDLE: Final = 8.0
"""A clip under 24 px keeps this much in its middle for moving."""
MIN_CLIP: Final = 4.0
"""Narrower neighbours are drawn as one run."""


class Zone(StrEnum):
    """What is under the pointer."""

    CLIP = "clip"
    CLIP_IN = "clip_in"
    CLIP_OUT = "clip_out"
    CUT = "cut"
    TRANSITION = "transition"
    TRANSITION_IN = "transition_in"
    TRANSITION_OUT = "transition_out"
    GAP = "gap"
    EMPTY = "empty"  # behind the last item of a row
    DIVIDER = "divider"
    ABOVE = "above"
    BELOW = "below"


@dataclass(frozen=True)
class Row:
    """A track's place on screen. `label` is V1, A2, …"""

    track: Track
    index: int
    label: str
    y: int
    height: int

    @property
    def bottom(self) -> int:
        """First y below the row."""
        return self.y + self.height

    @property
    def clip_top(self) -> int:
        """Upper edge of the row's clips."""
        return self.y + CLIP_TOP

    @property
    def clip_height(self) -> int:
        """Height of the row's clips."""
        return self.height - CLIP_TOP - CLIP_BOTTOM

    @property
    def is_audio(self) -> bool:
        """Whether the row is heard."""
        return self.track.is_audio

    @property
    def has_header_strip(self) -> bool:
        """Rows under 40 px are all header strip."""
        return self.height >= 40


@dataclass(frozen=True)
class Hit:
    """What lies under a point. `other_id` is the clip right of a cut; `track_id` None above, below and on the divider."""

    zone: Zone
    track_id: str | None = None
    item_id: str | None = None
    other_id: str | None = None


class Placement(NamedTuple):
    """An item with its viewport x (floats, not clamped). `length` items, this one first, when they are a run of narrow ones."""

    item: Item
    left: float
    right: float
    place: int
    length: int = 1


@dataclass(frozen=True)
class Layout:
    """The geometry of one sequence at one scale. `heights` holds rows of another height than their kind's, and what is usual."""

    sequence: Sequence
    scale: Scale
    heights: Mapping[str, int]

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """From top to bottom: pictures (uppermost first), divider, sound."""
        rows: list[Row] = []
        y = 0
        pictures = [(i, t) for i, t in enumerate(self.sequence.tracks) if not t.is_audio]
        sounds = [(i, t) for i, t in enumerate(self.sequence.tracks) if t.is_audio]
        for number, (index, track) in reversed(list(enumerate(pictures, 1))):
            rows.append(Row(track, index, f"V{number}", y, self.height_of(track)))
            y = rows[-1].bottom
        y += DIVIDER
        for number, (index, track) in enumerate(sounds, 1):
            rows.append(Row(track, index, f"A{number}", y, self.height_of(track)))
            y = rows[-1].bottom
        return tuple(rows)

    def height_of(self, track: Track) -> int:
        """Height of a track's row."""
        usual = (ALL_AUDIO, AUDIO_HEIGHT) if track.is_audio else (ALL_VIDEO, VIDEO_HEIGHT)
        return self.heights.get(track.id) or self.heights.get(usual[0], usual[1])

    @cached_property
    def _rows_by_id(self) -> dict[str, Row]:
        return {row.track.id: row for row in self.rows}

    def row(self, track_id: str) -> Row | None:
        """The row of a track."""
        return self._rows_by_id.get(track_id)

    @cached_property
    def divider_y(self) -> int:
        """Upper edge of the line between pictures and sound."""
        return max((row.bottom for row in self.rows if not row.is_audio), default=0)

    @cached_property
    def height(self) -> int:
        """Height of all rows."""
        return self.rows[-1].bottom if self.rows else 0

    def row_at(self, y: float) -> Row | None:
        """The row at a content y."""
        return next((row for row in self.rows if row.y <= y < row.bottom), None)

    def rows_between(self, top: float, bottom: float) -> tuple[Row, ...]:
        """Rows that show between two content y."""
        return tuple(row for row in self.rows if row.y < bottom and row.bottom > top)

    def placements(self, track: Track, left: float, right: float, merge_px: float = 0.0) -> Iterator[Placement]:
        """Items of a track that reach into a stretch of viewport x, found by bisection.

        What lies within `merge_px` comes as one run, so that 10,000 clips cost no more than there are pixels.
        """
        items, starts = track.items, track.starts_seconds
        pps, origin = self.scale.pixels_per_second, self.scale.origin_px
        place = max(0, bisect_right(starts, (left + origin) / pps) - 1)
        while place < len(items):
            at = starts[place] * pps - origin
            if at >= right:
                return
            end = starts[place + 1] * pps - origin
            count = 1
            if end - at < merge_px:
                last = min(bisect_right(starts, (at + merge_px + origin) / pps) - 1, len(items))
                count = max(1, last - place)
                end = starts[place + count] * pps - origin
            if end > left:
                yield Placement(items[place], at, end, place, count)
            place += count

    def bounds(self, clip_id: str) -> tuple[float, int, float, int] | None:
        """(left, top, width, height) of an item; y in content."""
        track = self.sequence.track_holding(clip_id)
        index = track.index_of(clip_id) if track is not None else None
        row = self.row(track.id) if track is not None else None
        if track is None or index is None or row is None:
            return None
        left, right = self.scale.x_of(track.starts[index]), self.scale.x_of(track.starts[index + 1])
        return (left, row.clip_top, right - left, row.clip_height)

    def transition_span(self, track: Track, transition: Transition) -> tuple[float, float] | None:
        """Viewport x of both ends of a transition."""
        cut = track.cut_of(transition)
        if cut is None:
            return None
        return (self.scale.x_of(cut - transition.before), self.scale.x_of(cut + transition.after))

    def hit(self, x: float, y: float, *, transitions: bool = True) -> Hit:
        """What lies under a point (viewport x, content y); without `transitions` what lies below those."""
        row = self.row_at(y)
        if row is None:
            if y < 0:
                return Hit(Zone.ABOVE)
            return Hit(Zone.DIVIDER if self.divider_y <= y < self.divider_y + DIVIDER else Zone.BELOW)
        track = row.track
        in_body = y >= row.clip_top + CLIP_HEADER or not row.has_header_strip
        over = self._hit_transition(track, x) if in_body and transitions else None
        return over or self._hit_item(track, x)

    def _hit_transition(self, track: Track, x: float) -> Hit | None:
        for transition in track.transitions:
            span = self.transition_span(track, transition)
            if span is None or not span[0] <= x < span[1]:
                continue
            reach = min(TRIM_ZONE, (span[1] - span[0]) / 3)
            zone = Zone.TRANSITION
            if x < span[0] + reach:
                zone = Zone.TRANSITION_IN
            elif x >= span[1] - reach:
                zone = Zone.TRANSITION_OUT
            return Hit(zone, track.id, transition.id)
        return None

    def _hit_item(self, track: Track, x: float) -> Hit:
        time = self.scale.exact_at(x)
        cut = self._hit_cut(track, x, time)
        if cut is not None:
            return cut
        index = track.index_at(time)
        if index is None:
            return Hit(Zone.EMPTY, track.id)
        item = track.items[index]
        if isinstance(item, Gap):
            return Hit(Zone.GAP, track.id, item.id)
        left, right = self.scale.x_of(track.starts[index]), self.scale.x_of(track.starts[index + 1])
        reach = trim_reach(right - left)
        if x < left + reach:
            return Hit(Zone.CLIP_IN, track.id, item.id)
        return Hit(Zone.CLIP_OUT if x >= right - reach else Zone.CLIP, track.id, item.id)

    def _hit_cut(self, track: Track, x: float, time: RationalTime) -> Hit | None:
        """Within 3 px of a cut between two clips, when both are wide enough to be trimmed singly too."""
        near = bisect_right(track.starts, time)
        for index in (near - 1, near):
            if not 0 < index < len(track.items):
                continue
            left, right = track.items[index - 1], track.items[index]
            narrow = min(self.scale.width_of(left.duration), self.scale.width_of(right.duration))
            close = abs(x - self.scale.x_of(track.starts[index])) <= min(ROLL_ZONE, trim_reach(narrow) / 2)
            if close and isinstance(left, Clip) and isinstance(right, Clip):
                return Hit(Zone.CUT, track.id, left.id, right.id)
        return None

    def items_in(self, left: float, top: float, right: float, bottom: float) -> frozenset[str]:
        """Clips touched by a rectangle (viewport x, content y), for the marquee."""
        found = set()
        for row in self.rows_between(top, bottom):
            if row.track.locked or row.clip_top >= bottom or row.clip_top + row.clip_height <= top:
                continue
            found |= {p.item.id for p in self.placements(row.track, left, right) if isinstance(p.item, Clip)}
        return frozenset(found)

    def neighbour_row(self, track_id: str, by: int) -> Row | None:
        """The row `by` places further down (negative: up) among rows of the same side of the divider."""
        row = self.row(track_id)
        if row is None:
            return None
        side = [one for one in self.rows if one.is_audio == row.is_audio]
        place = side.index(row) + by
        return side[place] if 0 <= place < len(side) else None


def trim_reach(width: float) -> float:
    """How far a clip's trim zone reaches in: 8 px, less when under 24 px so that 8 px stay in the middle."""
    return min(TRIM_ZONE, max(0.0, (width - MIN_MIDDLE) / 2))


def colour_kind(clip: Clip, track: Track) -> str:
    """Which of the clip colours a clip wears: video, audio, title, adjustment or nested."""
    if clip.source.kind == "sequence":
        return "nested"
    if track.is_audio:
        return "audio"
    if track.kind is TrackKind.EFFECTS:
        return "adjustment"
    if clip.source.kind == "generator":
        return "title"
    return "video"
