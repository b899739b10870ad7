"""A row of clips and gaps. Positions are derived from the durations before them, never stored."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from timeline.items import Clip, EffectUse, Item, MediaSource, SequenceSource, Transition, new_id
from timeline.time import ZERO, RationalTime, TimeRange, sums


class TrackKind(StrEnum):
    """What a track carries. Video, overlay and text tracks hold pictures, effects tracks grade what lies below."""

    VIDEO = "video"
    AUDIO = "audio"
    OVERLAY = "overlay"
    TEXT = "text"
    EFFECTS = "effects"


class BlendMode(StrEnum):
    """How a picture meets what lies below it."""

    NORMAL = "normal"
    MULTIPLY = "multiply"
    SCREEN = "screen"
    OVERLAY = "overlay"
    ADD = "add"
    SUBTRACT = "subtract"


class Placed(NamedTuple):
    """An item with its derived place."""

    item: Item
    range: TimeRange
    position: int


@dataclass(frozen=True)
class Track:
    """Items in a row from time 0; no two overlap by construction. Transitions lie over the cuts.

    `sync_lock`: when another track ripples, what stands here moves along.
    """

    kind: TrackKind
    items: tuple[Item, ...] = ()
    transitions: tuple[Transition, ...] = ()
    name: str = ""
    muted: bool = False
    locked: bool = False
    sync_lock: bool = True
    solo: bool = False
    opacity: float = 1.0
    blend: BlendMode = BlendMode.NORMAL
    volume: float = 1.0
    pan: float = 0.0
    effects: tuple[EffectUse, ...] = ()
    id: str = field(default_factory=new_id)
    extra: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def starts(self) -> tuple[RationalTime, ...]:
        """Start of each item in record time, and at the end the duration of the whole track."""
        return sums(item.duration for item in self.items)

    @cached_property
    def starts_seconds(self) -> tuple[float, ...]:
        """`starts` as floats: for the screen, which searches them hundreds of times a paint, and never for an edit."""
        return tuple(start.to_seconds() for start in self.starts)

    @property
    def duration(self) -> RationalTime:
        """End of the last item."""
        return self.starts[-1]

    @cached_property
    def _index_of(self) -> dict[str, int]:
        return {item.id: index for index, item in enumerate(self.items)}

    @property
    def ids(self) -> Iterable[str]:
        """The ids of all items, in their order."""
        return self._index_of

    @cached_property
    def clip_count(self) -> int:
        """How many of the items are clips."""
        return sum(isinstance(item, Clip) for item in self.items)

    @cached_property
    def places_with_markers(self) -> tuple[int, ...]:
        """Where clips with markers stand in the row."""
        return tuple(place for place, item in enumerate(self.items) if isinstance(item, Clip) and item.markers)

    @cached_property
    def media_uses(self) -> frozenset[tuple[str, str]]:
        """The files shown or heard here: (media id, what uses it), where linked clips are one use by their link."""
        return frozenset(
            (item.source.media_id, item.link or item.id)
            for item in self.items
            if isinstance(item, Clip) and isinstance(item.source, MediaSource)
        )

    @cached_property
    def nested_ids(self) -> frozenset[str]:
        """The sequences shown or heard here, by id."""
        return frozenset(
            item.source.sequence_id
            for item in self.items
            if isinstance(item, Clip) and isinstance(item.source, SequenceSource)
        )

    @cached_property
    def _places_of_link(self) -> dict[str, tuple[int, ...]]:
        places: dict[str, tuple[int, ...]] = {}
        for place, item in enumerate(self.items):
            if isinstance(item, Clip) and item.link is not None:
                places[item.link] = (*places.get(item.link, ()), place)
        return places

    def places_of_link(self, link: str) -> tuple[int, ...]:
        """Where the clips of a link stand in the row."""
        return self._places_of_link.get(link, ())

    def places_of_links(self, links: Set[str]) -> Iterator[int]:
        """Where the clips of any of these links stand."""
        for link in self._places_of_link.keys() & links:
            yield from self._places_of_link[link]

    def index_of(self, item_id: str) -> int | None:
        """Where an item stands in the row, or None."""
        return self._index_of.get(item_id)

    def clip(self, clip_id: str | None) -> Clip | None:
        """The clip with this id; None when it is not here, or a gap."""
        index = self._index_of.get(clip_id) if clip_id is not None else None
        item = None if index is None else self.items[index]
        return item if isinstance(item, Clip) else None

    def range_of(self, index: int) -> TimeRange:
        """Record range of the item at `index`."""
        return TimeRange(self.starts[index], self.items[index].duration)

    def index_at(self, time: RationalTime) -> int | None:
        """Index of the item that covers `time` (record), or None beyond the ends."""
        if time < ZERO or time >= self.duration:
            return None
        return bisect_right(self.starts, time) - 1

    def item_at(self, time: RationalTime) -> Item | None:
        """The clip or gap that covers `time`."""
        index = self.index_at(time)
        return None if index is None else self.items[index]

    def placed(self) -> Iterator[Placed]:
        """Every item with its record range."""
        for index, item in enumerate(self.items):
            yield Placed(item, TimeRange(self.starts[index], item.duration), index)

    def clips(self) -> Iterator[tuple[Clip, TimeRange]]:
        """Every clip with its record range."""
        for item, where, _ in self.placed():
            if isinstance(item, Clip):
                yield item, where

    def cut_of(self, transition: Transition) -> RationalTime | None:
        """Record time of the cut a transition lies over, or None when its clips are gone."""
        if transition.left_id is not None:
            index = self.index_of(transition.left_id)
            return None if index is None else self.starts[index + 1]
        index = self.index_of(transition.right_id) if transition.right_id is not None else None
        return None if index is None else self.starts[index]

    @property
    def is_audio(self) -> bool:
        """Whether the track is heard, not seen."""
        return self.kind is TrackKind.AUDIO
