"""What the program viewer shows while an edge is moved: the outgoing and the incoming frame, and by how far each moved."""

from __future__ import annotations

from dataclasses import dataclass

from timeline.items import Clip
from timeline.query import neighbours
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime


@dataclass(frozen=True)
class TrimSide:
    """One of the two pictures: the clip as it would be, and the instant of it that is shown, since its start (record time).

    `frames`: by how many frames this side's edge moved, for the words under the picture; None: it stays.
    """

    clip: Clip
    since_start: RationalTime
    frames: int | None = None


@dataclass(frozen=True)
class TrimView:
    """Outgoing and incoming side of a cut; None: nothing stands there.

    With `beside` it has four pictures: what stays beside what moves, small. Of a slip those are the frames before and behind the
    clip, whose own ends are the large ones; of a slide it is the other way round. `brief`: shown for a moment, by a key.
    """

    left: TrimSide | None
    right: TrimSide | None
    beside: tuple[TrimSide | None, TrimSide | None] | None = None
    brief: bool = False


def slip_view(sequence: Sequence, clip_id: str, frames: int | None, *, brief: bool = False) -> TrimView | None:
    """First and last frame of a slipped clip, the frames beside it small. `sequence` as the edit leaves it; None for a sound."""
    around = _around(sequence, clip_id)
    if around is None:
        return None
    before, clip, after = around
    last = TrimSide(clip, clip.duration - sequence.frame, frames)
    return TrimView(TrimSide(clip, ZERO, frames), last, (_end(sequence, before), _start(after)), brief)


def slide_view(sequence: Sequence, clip_id: str, frames: int | None, *, brief: bool = False) -> TrimView | None:
    """The frames before and behind a slid clip, its own first and last frame small. None for a sound."""
    around = _around(sequence, clip_id)
    if around is None:
        return None
    before, clip, after = around
    own = (TrimSide(clip, ZERO), TrimSide(clip, clip.duration - sequence.frame))
    return TrimView(_end(sequence, before, frames), _start(after, frames), own, brief)


def _around(sequence: Sequence, clip_id: str) -> tuple[Clip | None, Clip, Clip | None] | None:
    track = sequence.track_holding(clip_id)
    clip = track.clip(clip_id) if track is not None else None
    if track is None or clip is None or track.is_audio:
        return None
    before, after = neighbours(track, clip_id)
    return before, clip, after


def _end(sequence: Sequence, clip: Clip | None, frames: int | None = None) -> TrimSide | None:
    return None if clip is None else TrimSide(clip, clip.duration - sequence.frame, frames)


def _start(clip: Clip | None, frames: int | None = None) -> TrimSide | None:
    return None if clip is None else TrimSide(clip, ZERO, frames)


def trim_view_at(
    sequence: Sequence,
    track_id: str,
    cut: RationalTime,
    left_frames: int | None = None,
    right_frames: int | None = None,
) -> TrimView | None:
    """The two frames that meet at `cut` on a track of a sequence (of the document, or as an edit would leave it).

    None when the track has no picture or no clip ends or starts there.
    """
    track = sequence.track(track_id)
    if track is None or track.is_audio:
        return None
    before = track.item_at(cut - sequence.frame) if cut > ZERO else None
    after = track.item_at(cut)
    left = right = None
    if isinstance(before, Clip):
        start = track.range_of(track.index_of(before.id) or 0).start
        left = TrimSide(before, cut - sequence.frame - start, left_frames)
    if isinstance(after, Clip):
        start = track.range_of(track.index_of(after.id) or 0).start
        right = TrimSide(after, cut - start, right_frames)
    return TrimView(left, right) if left is not None or right is not None else None
