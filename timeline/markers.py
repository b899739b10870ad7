"""Where markers stand in a sequence: its own, and those of its clips while they are seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from timeline.items import Clip, Marker
from timeline.sequence import Sequence
from timeline.time import RationalTime, TimeRange


def seen_at(sequence: Sequence, clip: Clip, where: TimeRange, marker: Marker) -> RationalTime | None:
    """The frame (record time) on which a clip standing at `where` shows one of its markers; None: it is trimmed off."""
    span = clip.source_range
    since = marker.time - span.start if clip.speed > 0 else span.end - marker.time
    at = where.start + since / abs(clip.speed)
    at = RationalTime.from_frames(at.frames(sequence.rate), sequence.rate)
    return at if where.contains(at) else None


def clip_marker_times(sequence: Sequence, clip_ids: Iterable[str]) -> Iterator[tuple[RationalTime, Marker]]:
    """The markers of some clips with the frames (record time) on which they are seen."""
    wanted = set(clip_ids)
    for track in sequence.tracks:
        for clip_id in wanted:
            clip, index = track.clip(clip_id), track.index_of(clip_id)
            if clip is None or index is None:
                continue
            for marker in clip.markers:
                at = seen_at(sequence, clip, track.range_of(index), marker)
                if at is not None:
                    yield at, marker


def marker_at(sequence: Sequence, time: RationalTime, clip_ids: Iterable[str] = ()) -> Marker | None:
    """The marker on a frame: of one of these clips, else of the sequence."""
    of_clip = next((marker for at, marker in clip_marker_times(sequence, clip_ids) if at == time), None)
    return of_clip or next((one for one in sequence.markers if one.time == time), None)
