"""Which part of a row an edit changed, so that an edit among thousands of clips costs no more than among a few. No Qt."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from timeline.track import Track
from ui.timeline_view.layout import Layout

_MOST: Final = 40
"""Of more clips the row is painted as a whole."""
_BESIDE: Final = 3.0
"""Pixels beside a clip that belong to it: lines at its cuts."""
Stretch = tuple[float, float]


def changed_stretches(old: Layout, new: Layout, track_id: str, clip_ids: Collection[str]) -> tuple[Stretch, ...] | None:
    """Viewport x from and to, of all that looks otherwise now that these clips changed; None: the whole row does."""
    before, after = old.sequence.track(track_id), new.sequence.track(track_id)
    if before is None or after is None or old.scale != new.scale or not 0 < len(clip_ids) <= _MOST:
        return None
    if _look(before) != _look(after) or before.transitions or after.transitions:
        return None
    found = []
    for layout, track in ((old, before), (new, after)):
        for index in (track.index_of(one) for one in clip_ids):
            if index is not None:
                left, right = (layout.scale.x_of(track.starts[place]) for place in (index, index + 1))
                found.append((left - _BESIDE, right + _BESIDE))
    return tuple(found) or None


def _look(track: Track) -> tuple[object, ...]:
    return track.kind, track.muted, track.locked
