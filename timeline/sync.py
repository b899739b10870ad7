"""How far linked picture and sound are apart."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.items import Clip
from timeline.query import range_of
from timeline.sequence import Sequence
from timeline.time import RationalTime


def sync_offset(sequence: Sequence, clip_id: str) -> RationalTime | None:
    """How much later a clip is than its partner, the clip of its link on the other side that shows the same source.

    Negative: earlier. None: it has no partner, or one of them does not play at the speed of the source.
    """
    clip, track = sequence.clip(clip_id), sequence.track_holding(clip_id)
    own = None if clip is None else _anchor(sequence, clip)
    if clip is None or track is None or own is None or clip.link is None:
        return None
    for other in _others(sequence, clip, is_audio=not track.is_audio):
        at = _anchor(sequence, other)
        if at is not None:
            return own - at
    return None


def _others(sequence: Sequence, clip: Clip, *, is_audio: bool) -> Iterator[Clip]:
    for track in sequence.tracks:
        if track.is_audio is is_audio:
            for place in track.places_of_link(clip.link or ""):
                item = track.items[place]
                if isinstance(item, Clip) and item.source == clip.source:
                    yield item


def _anchor(sequence: Sequence, clip: Clip) -> RationalTime | None:
    """Where (record) the source's first instant would stand."""
    where = range_of(sequence, clip.id)
    return None if where is None or clip.speed != 1 else where.start - clip.source_range.start
