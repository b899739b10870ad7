"""What a trim shows: how much media is left beyond an edge, where it ends, and the two frames that meet there."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from studio_app.session.trim_view import trim_view_at
from timeline import query
from timeline.items import Clip
from timeline.time import ZERO, FrameRate, RationalTime
from ui.timeline_view.saying import length_words
from ui.timeline_view.tools.base import Stage

Handles = tuple[RationalTime | None, RationalTime | None]


def whole_handles(stage: Stage, clip: Clip) -> Handles:
    """Media left before the clip's start and behind its end in whole frames of the sequence; None is endless."""
    document, rate = stage.session.document, stage.sequence.rate
    before, after = query.handles(clip, document.library, document.project)
    return _whole(before, rate), _whole(after, rate)


def free_handles(stage: Stage, clip: Clip) -> Handles:
    """The same without what transitions at its ends use: as far as the ends can be pulled."""
    track = stage.sequence.track_holding(clip.id)
    before, after = whole_handles(stage, clip)
    if track is None or not track.transitions:
        return before, after
    head, tail = query.transition_at_head(track, clip.id), query.transition_at_tail(track, clip.id)
    if before is not None and head is not None and head.left_id is not None:
        before = max(ZERO, before - head.before)
    if after is not None and tail is not None and tail.right_id is not None:
        after = max(ZERO, after - tail.after)
    return before, after


def _whole(time: RationalTime | None, rate: FrameRate) -> RationalTime | None:
    return None if time is None else RationalTime.from_frames(time.frames(rate), rate)


def left_words(stage: Stage, left: RationalTime | None) -> str:
    """`2 s 4 fr left`, `media ends`; nothing where it never does."""
    if left is None:
        return ""
    return (
        QCoreApplication.translate("Holding", "{length} left").format(length=length_words(left, stage.sequence.rate))
        if left > ZERO
        else QCoreApplication.translate("Holding", "media ends")
    )


def show_cut(
    stage: Stage, track_id: str, cut: RationalTime, left: RationalTime | None = None, right: RationalTime | None = None
) -> None:
    """Outgoing and incoming frame at a cut of what the drag shows now, and by how much either side has moved."""
    sequence = stage.shown_sequence
    rate = sequence.rate
    frames = (None if by is None else by.nearest_frame(rate) for by in (left, right))
    stage.show_trim(trim_view_at(sequence, track_id, cut, *frames))
