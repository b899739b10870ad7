"""Which end of a clip, and which cut, a trim tool takes: the nearest one."""

from __future__ import annotations

from timeline import query
from timeline.items import Clip
from timeline.track import Track
from ui.timeline_view.drags.end import Edge
from ui.timeline_view.layout import Hit, Zone
from ui.timeline_view.tools.base import Bracket, Pointer, Stage


def _clip(stage: Stage, hit: Hit) -> tuple[Clip, Track, int] | None:
    track = stage.sequence.track(hit.track_id) if hit.track_id else None
    index = track.index_of(hit.item_id) if track is not None and hit.item_id else None
    if track is None or index is None or track.locked:
        return None
    item = track.items[index]
    return (item, track, index) if isinstance(item, Clip) else None


def nearest_edge(stage: Stage, pointer: Pointer, hit: Hit) -> tuple[str, Edge] | None:
    """(clip id, `in` or `out`) of the clip under the pointer; over a cut the side the pointer is on."""
    found = _clip(stage, hit)
    if found is None:
        return None
    clip, track, index = found
    scale = stage.layout_now.scale
    left, right = scale.x_of(track.starts[index]), scale.x_of(track.starts[index + 1])
    if hit.zone is Zone.CUT and hit.other_id and pointer.x >= right:
        return hit.other_id, "in"
    return clip.id, "in" if pointer.x - left < right - pointer.x else "out"


def edge_bracket(stage: Stage, pointer: Pointer, hit: Hit, kind: str) -> tuple[Bracket, ...]:
    """The bracket of the nearest end."""
    edge = nearest_edge(stage, pointer, hit)
    track = stage.sequence.track(hit.track_id) if hit.track_id else None
    where = query.range_of(stage.sequence, edge[0]) if edge is not None else None
    if edge is None or track is None or where is None:
        return ()
    return (Bracket(track.id, where.start if edge[1] == "in" else where.end, edge[1], kind),)


def nearest_cut(stage: Stage, pointer: Pointer, hit: Hit) -> tuple[str, str] | None:
    """(left id, right id) of the nearest cut between two clips that touch, on the track under the pointer."""
    if hit.zone is Zone.CUT and hit.item_id and hit.other_id:
        return hit.item_id, hit.other_id
    found, edge = _clip(stage, hit), nearest_edge(stage, pointer, hit)
    if found is None or edge is None:
        return None
    clip, track, _ = found
    left, right = query.neighbours(track, clip.id)
    if edge[1] == "in":
        return (left.id, clip.id) if left is not None else (clip.id, right.id) if right is not None else None
    return (clip.id, right.id) if right is not None else (left.id, clip.id) if left is not None else None
