"""The pure steps that edit verbs share: a clip to a clip, a track to a track.

Between two steps a track may hold neighbouring gaps, trailing gaps and transitions that no longer fit; `tidied` is the
last step of every verb. No step looks at locks, the library or the frame grid: `timeline.checks` does, before.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple, TypeVar

from timeline.curve import Curve, Value
from timeline.items import Clip, Gap, GeneratorSource, Item, Transition, Values, new_id
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.track import Track

FEW = 3
"""Fewer clips are laid one after another."""
Links = dict[str, str]
"""Link groups whose right halves were split off in this edit: old link -> their new common link."""
T = TypeVar("T", Curve, Value | Curve, float | Curve)


# --- clips ----------------------------------------------------------------------------------------------------------


def resized(clip: Clip, head: RationalTime = ZERO, tail: RationalTime = ZERO) -> Clip:
    """The clip with `head` more record time before its start and `tail` more behind its end (negative: less).

    Played backwards, more at the head is more at the end of its source range. Keyframes stay on their pictures.
    """
    speed = abs(clip.speed)
    before, after = (head, tail) if clip.speed > 0 else (tail, head)
    source = TimeRange.between(clip.source_range.start - before * speed, clip.source_range.end + after * speed)
    return settled(replace(clip, source_range=source))


def part(clip: Clip, start: RationalTime, end: RationalTime) -> Clip:
    """The stretch between two offsets from the clip's start in the sequence, under the same id.

    An edge that was cut off takes its fade with it.
    """
    shorter = replace(
        clip,
        fade_in=ZERO if start > ZERO else clip.fade_in,
        fade_out=ZERO if end < clip.duration else clip.fade_out,
    )
    return resized(shorter, -start, end - clip.duration)


def slipped(clip: Clip, by: RationalTime) -> Clip:
    """The clip showing what it would have shown `by` later (record time), at its old place."""
    return settled(replace(clip, source_range=clip.source_range.moved(by * clip.speed)))


def settled(clip: Clip) -> Clip:
    """The clip with its fades inside it, and its source range not before 0.

    Only endless sources can be pulled out before their 0 (the verbs refuse for others); the whole source time of such a
    clip is shifted with its keyframes, so nothing moves on the screen and no reader ever sees a negative time.
    """
    if clip.source_range.start < ZERO:
        clip = shifted(clip, -clip.source_range.start)
    if clip.fade_in + clip.fade_out > clip.duration:
        fade_in = min(clip.fade_in, clip.duration)
        clip = replace(clip, fade_in=fade_in, fade_out=min(clip.fade_out, clip.duration - fade_in))
    return clip


def shifted(clip: Clip, by: RationalTime) -> Clip:
    """The clip with its source range, keyframes and markers all `by` later in source time; a frozen file stays on its frame."""
    source, freeze = clip.source, clip.freeze
    if isinstance(source, GeneratorSource):
        source = replace(source, values=_shifted_values(source.values, by))
        freeze = None if freeze is None else freeze + by
    return replace(
        clip,
        source=source,
        freeze=freeze,
        source_range=clip.source_range.moved(by),
        opacity=_shifted(clip.opacity, by),
        volume=_shifted(clip.volume, by),
        pan=_shifted(clip.pan, by),
        effects=tuple(replace(use, values=_shifted_values(use.values, by)) for use in clip.effects),
        markers=tuple(replace(marker, time=marker.time + by) for marker in clip.markers),
    )


def _shifted(value: T, by: RationalTime) -> T:
    if isinstance(value, Curve):
        return replace(value, keyframes=tuple(replace(key, time=key.time + by) for key in value.keyframes))
    return value


def _shifted_values(values: Values, by: RationalTime) -> Values:
    if not any(isinstance(value, Curve) for value in values.values()):
        return values
    return {name: _shifted(value, by) for name, value in values.items()}


def copies(clips: Iterable[Clip]) -> tuple[Clip, ...]:
    """The clips under new ids; those linked to each other or grouped are so again, by new links and groups."""
    links: Links = {}
    groups: Links = {}
    return tuple(
        replace(clip, id=new_id(), link=_new_link(clip.link, links), group=_new_link(clip.group, groups))
        for clip in clips
    )


def _new_link(link: str | None, links: Links) -> str | None:
    return None if link is None else links.setdefault(link, new_id())


# --- tracks ---------------------------------------------------------------------------------------------------------


class _Carved(NamedTuple):
    before: tuple[Item, ...]
    after: tuple[Item, ...]
    transitions: tuple[Transition, ...]


def _carve(track: Track, span: TimeRange, links: Links) -> _Carved:
    """What is left of a track before and behind a record range; an empty range only cuts.

    A clip that is left on both sides gives its right half a new id and link, and its tail transition.
    """
    first = min(bisect_right(track.starts, span.start) - 1, len(track.items))
    last = min(bisect_left(track.starts, span.end), len(track.items))
    before, after = list(track.items[:first]), list(track.items[max(first, last) :])
    transitions = track.transitions
    rest: list[Item] = []
    for index in range(first, last):
        item, start = track.items[index], track.starts[index]
        left, right = span.start - start, span.end - start
        if left > ZERO:
            before.append(_item_part(item, ZERO, left))
        if right < item.duration:
            piece = _item_part(item, right, item.duration)
            if left > ZERO:
                piece = replace(piece, id=new_id())
                if isinstance(piece, Clip):
                    piece = replace(piece, link=_new_link(piece.link, links))
                    transitions = _tail_moved(transitions, item.id, piece.id)
            rest.append(piece)
    return _Carved(tuple(before), (*rest, *after), transitions)


def _item_part(item: Item, start: RationalTime, end: RationalTime) -> Item:
    return part(item, start, end) if isinstance(item, Clip) else replace(item, duration=end - start)


def _tail_moved(transitions: tuple[Transition, ...], old_id: str, new_clip_id: str) -> tuple[Transition, ...]:
    return tuple(replace(one, left_id=new_clip_id) if one.left_id == old_id else one for one in transitions)


def split(track: Track, at: RationalTime, links: Links) -> Track:
    """The track with an edge at `at`. `|   A   |  ->  | A | B |`"""
    carved = _carve(track, TimeRange(at, ZERO), links)
    return replace(track, items=carved.before + carved.after, transitions=carved.transitions)


def lifted(track: Track, span: TimeRange, links: Links) -> Track:
    """The track with nothing in a range. `| A | B | C |  ->  | A |   | C |`"""
    carved = _carve(track, span, links)
    hole = (*_padding(track, span.start), Gap(span.duration))
    return replace(track, items=carved.before + hole + carved.after, transitions=carved.transitions)


def extracted(track: Track, span: TimeRange, links: Links) -> Track:
    """The track without a range; what follows comes up. `| A | B | C |  ->  | A | C |`"""
    carved = _carve(track, span, links)
    return replace(track, items=carved.before + carved.after, transitions=carved.transitions)


def overwritten(track: Track, at: RationalTime, clip: Clip, links: Links) -> Track:
    """The track with a clip laid over what was there."""
    carved = _carve(track, TimeRange(at, clip.duration), links)
    items = (*carved.before, *_padding(track, at), clip, *carved.after)
    return replace(track, items=items, transitions=carved.transitions)


def laid(track: Track, clips: Iterable[tuple[RationalTime, Clip]], links: Links) -> Track:
    """The track with many clips laid over what was there: `overwritten` for each, in one go where none lies on another."""
    given = tuple(clips)
    ordered = sorted(given, key=lambda one: one[0])
    if len(given) < FEW or any(at + clip.duration > after for (at, clip), (after, _) in pairwise(ordered)):
        for at, clip in given:
            track = overwritten(track, at, clip, links)
        return track
    row = _Laying(track, links)
    for at, clip in ordered:
        row.lay(at, clip)
    return row.done()


class _Laying:
    """A row of items that is walked through once while clips are laid over it from left to right."""

    def __init__(self, track: Track, links: Links) -> None:
        self._track, self._links = track, links
        self._placed: list[Item] = []
        self._transitions = track.transitions
        self._next = 0
        self._rest: Item | None = None
        self._since = ZERO
        """Where what is left of an item starts."""

    def lay(self, at: RationalTime, clip: Clip) -> None:
        """Keep what lies before, drop what lies under it."""
        while self._take() and self._rest is not None:
            item, end = self._rest, self._since + self._rest.duration
            if end > at:
                break
            self._placed.append(item)
            self._rest, self._since = None, end
        end = at + clip.duration
        if self._rest is None:
            if self._since < at:
                self._placed.append(Gap(at - self._since))
        elif self._since < at:
            self._cut(at, end)
        self._placed.append(clip)
        while self._take() and self._rest is not None and self._since + self._rest.duration <= end:
            self._since, self._rest = self._since + self._rest.duration, None
        if self._rest is not None and self._since < end:
            self._rest = _item_part(self._rest, end - self._since, self._rest.duration)
        self._since = max(self._since, end)

    def _take(self) -> bool:
        """Have an item at hand, if there is one."""
        if self._rest is None and self._next < len(self._track.items):
            self._rest = self._track.items[self._next]
            self._next += 1
        return self._rest is not None

    def _cut(self, at: RationalTime, end: RationalTime) -> None:
        """An item begins before: its left part stays, and where it reaches beyond `end` its right part is another one."""
        item = self._rest
        if item is None:
            return
        self._placed.append(_item_part(item, ZERO, at - self._since))
        if self._since + item.duration <= end:
            self._since, self._rest = self._since + item.duration, None
            return
        piece = replace(_item_part(item, end - self._since, item.duration), id=new_id())
        if isinstance(piece, Clip):
            piece = replace(piece, link=_new_link(piece.link, self._links))
            self._transitions = _tail_moved(self._transitions, item.id, piece.id)
        self._since, self._rest = end, piece

    def done(self) -> Track:
        """With all that follows."""
        rest = () if self._rest is None else (self._rest,)
        items = (*self._placed, *rest, *self._track.items[self._next :])
        return replace(self._track, items=items, transitions=self._transitions)


def inserted(track: Track, at: RationalTime, items: tuple[Item, ...], links: Links) -> Track:
    """The track cut at `at`, with items between the two parts. `| A |  ->  |A1| X |A2|`"""
    carved = _carve(track, TimeRange(at, ZERO), links)
    row = carved.before + _padding(track, at) + items + carved.after
    return replace(track, items=row, transitions=carved.transitions)


def _padding(track: Track, up_to: RationalTime) -> tuple[Gap, ...]:
    missing = up_to - track.duration
    return (Gap(missing),) if missing > ZERO else ()


def without(track: Track, item_ids: Iterable[str]) -> Track:
    """The track with gaps of the same length in place of some items."""
    gone = set(item_ids)
    return replace(track, items=tuple(Gap(item.duration) if item.id in gone else item for item in track.items))


def exchanged(track: Track, items: Mapping[str, tuple[Item, ...]]) -> Track:
    """The track with each named item replaced by a row of items; what follows is pushed or comes up."""
    row: list[Item] = []
    behind = 0
    for place, new in sorted((place, items[one]) for one in items if (place := track.index_of(one)) is not None):
        row += (*track.items[behind:place], *new)
        behind = place + 1
    return replace(track, items=(*row, *track.items[behind:]))


def first_from(track: Track, time: RationalTime) -> int | None:
    """Index of the first clip that starts at `time` or later; None when there is none."""
    for index in range(bisect_left(track.starts, time), len(track.items)):
        if isinstance(track.items[index], Clip):
            return index
    return None


def room_before(track: Track, index: int) -> RationalTime:
    """Empty time directly before an item."""
    room = ZERO
    while index and isinstance(track.items[index - 1], Gap):
        index -= 1
        room = room + track.items[index].duration
    return room


def pushed(track: Track, since: RationalTime, by: RationalTime) -> Track:
    """The track with all clips that start at `since` or later moved by `by`; nothing is cut.

    Moving them earlier (negative `by`) needs that much `room_before` the first; the caller has looked.
    """
    index = first_from(track, since)
    if index is None or not by:
        return track
    if by > ZERO:
        return replace(track, items=(*track.items[:index], Gap(by), *track.items[index:]))
    first, missing = index, -by
    while missing > ZERO:
        first -= 1
        missing = missing - track.items[first].duration
    rest = (Gap(-missing),) if missing < ZERO else ()
    return replace(track, items=(*track.items[:first], *rest, *track.items[index:]))


# --- putting in order -----------------------------------------------------------------------------------------------


def tidied(track: Track, original: Track | None = None) -> Track:
    """The track with neighbouring gaps merged, none at its end or without length, and only transitions that hold.

    Gives back `original` itself when the result holds the same items and transitions.
    """
    row = _closed_up(track.items) if Gap in map(type, track.items) else track.items
    base = track if original is None else original
    if len(row) == len(base.items) and all(new is old for new, old in zip(row, base.items, strict=True)):
        row = base.items
    if row is not track.items:
        track = replace(track, items=row)
    kept = holding(track)
    if kept != track.transitions:
        track = replace(track, transitions=kept)
    if original is not None and track.items is original.items and track == original:
        return original
    return track


def _closed_up(row: tuple[Item, ...]) -> tuple[Item, ...]:
    """Items with neighbouring gaps merged, none at the end or without length."""
    items: list[Item] = []
    for item in row:
        last = items[-1] if items else None
        if isinstance(item, Gap):
            if not item.duration:
                continue
            if isinstance(last, Gap):
                items[-1] = replace(last, duration=last.duration + item.duration)
                continue
        items.append(item)
    if items and isinstance(items[-1], Gap):
        items.pop()
    return tuple(items)


def holding(track: Track) -> tuple[Transition, ...]:
    """The transitions that still make sense: their clips are neighbours, and long enough for all that lies over them."""
    if not track.transitions:
        return ()
    kept: list[Transition] = []
    heads: dict[str, RationalTime] = {}
    tails: dict[str, RationalTime] = {}
    for one in track.transitions:
        if _holds(track, one, heads, tails):
            kept.append(one)
            if one.right_id is not None:
                heads[one.right_id] = one.after
            if one.left_id is not None:
                tails[one.left_id] = one.before
    return tuple(kept)


def _holds(track: Track, one: Transition, heads: Mapping[str, RationalTime], tails: Mapping[str, RationalTime]) -> bool:
    if one.before < ZERO or one.after < ZERO or not one.duration:
        return False
    left, right = track.clip(one.left_id), track.clip(one.right_id)
    if (left is None) != (one.left_id is None) or (right is None) != (one.right_id is None):
        return False
    if left is None and right is None:
        return False
    if left is None or right is None:  # a fade from or to nothing lies inside its clip
        if (one.before if left is None else one.after) > ZERO:
            return False
    elif track.index_of(right.id) != (track.index_of(left.id) or 0) + 1:
        return False
    if left is not None and (left.id in tails or one.before + heads.get(left.id, ZERO) > left.duration):
        return False
    return right is None or not (right.id in heads or one.after + tails.get(right.id, ZERO) > right.duration)
