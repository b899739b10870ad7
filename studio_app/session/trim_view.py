"""What the program viewer shows while an edge is moved: the outgoing and the incoming frame, and by how far each moved."""

from __future__ import annotations

from dataclasses import dataclass

from timeline.items import Clip
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
    """Outgoing and incoming side of a cut; None: nothing stands there."""

    left: TrimSide | None
    right: TrimSide | None


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
