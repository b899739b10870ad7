"""Holding an end of a clip, and the same end of what is linked to it."""

from __future__ import annotations

from typing import Literal

from timeline import query
from timeline.items import Clip
from timeline.time import RationalTime
from timeline.track import Track
from ui.timeline_view.tools.base import Drag, Pointer, Stage

Edge = Literal["in", "out"]
EDGE_THRESHOLD_PX = 3.0
"""A click on an edge selects the edit; beyond this it is a trim."""


class EndDrag(Drag):
    """Holds one end of a clip and, while linked selection is on, the same end of what is linked and ends there too.

    What stands on a locked track stays as it is.
    """

    def __init__(self, stage: Stage, start: Pointer, clip_id: str, edge: Edge) -> None:
        super().__init__(stage, start)
        self._edge: Edge = edge
        self._at = self._edge_time(clip_id)
        ids = (clip_id,) if start.alt else stage.linked_ids((clip_id,))
        others = (one for one in ids if one != clip_id and self._edge_time(one) == self._at and self._is_free(one))
        self._ids = (clip_id, *others)
        self._snapper = stage.snapper(frozenset(self._ids))

    def _edge_time(self, clip_id: str) -> RationalTime | None:
        where = query.range_of(self.stage.sequence, clip_id)
        return None if where is None else where.start if self._edge == "in" else where.end

    def _is_free(self, clip_id: str) -> bool:
        track = self.stage.sequence.track_holding(clip_id)
        return track is not None and not track.locked

    def _held(self) -> list[tuple[Clip, Track]]:
        return held_clips(self.stage, self._ids)


def held_clips(stage: Stage, clip_ids: tuple[str, ...]) -> list[tuple[Clip, Track]]:
    """The clips with their tracks, those that are still there."""
    sequence, found = stage.sequence, []
    for one in clip_ids:
        clip, track = sequence.clip(one), sequence.track_holding(one)
        if clip is not None and track is not None:
            found.append((clip, track))
    return found
