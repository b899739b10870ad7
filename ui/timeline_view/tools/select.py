"""The select tool: choose, move, trim at the ends, roll at cuts, rubber band."""

from __future__ import annotations

from typing import ClassVar

from timeline.items import Clip, Placeholder
from ui.timeline_view.drags.marquee import MarqueeDrag
from ui.timeline_view.drags.move import MoveDrag
from ui.timeline_view.drags.roll import RollDrag
from ui.timeline_view.drags.transition import TransitionDrag
from ui.timeline_view.drags.trim import Edge, TrimDrag, trim_kind
from ui.timeline_view.layout import Hit, Zone
from ui.timeline_view.placeholder_painter import retry_box
from ui.timeline_view.tools.base import Bracket, Cursor, Drag, Pointer, Tool


class SelectTool(Tool):
    """What the mouse does by default."""

    id: ClassVar[str] = "select"
    label: ClassVar[str] = "Select"
    key: ClassVar[str] = "V"
    icon: ClassVar[str] = "mouse-pointer-2"
    order: ClassVar[int] = 10

    def press(self, pointer: Pointer, hit: Hit) -> Drag | None:
        """Choose what is there, and hold it."""
        if hit.zone in (Zone.CLIP_IN, Zone.CLIP_OUT) and hit.item_id:
            if hit.item_id not in self.stage.session.selection.items:
                alone = (hit.item_id,) if pointer.alt else self.stage.linked_ids((hit.item_id,))
                self.stage.session.selection.items.set(alone)
            edge: Edge = "in" if hit.zone is Zone.CLIP_IN else "out"
            return TrimDrag(self.stage, pointer, hit.item_id, edge) if self._is_free(hit) else None
        if hit.zone is Zone.CUT and hit.item_id and hit.other_id:
            return RollDrag(self.stage, pointer, hit.item_id, hit.other_id) if self._is_free(hit) else None
        if hit.zone is Zone.CLIP and hit.item_id:
            shot_id = self._retry_under(pointer, hit)
            if shot_id is not None:
                self.stage.session.generation.retry(shot_id)
                return None
            if_clicked = self._choose(pointer, hit.item_id)
            if self._is_free(hit):
                return MoveDrag(self.stage, pointer, hit.item_id, if_clicked)
            self.stage.session.selection.items.set(if_clicked)
            return None
        if hit.zone in (Zone.TRANSITION, Zone.TRANSITION_IN, Zone.TRANSITION_OUT) and hit.item_id and hit.track_id:
            self.stage.session.selection.items.set((hit.item_id,))
            if hit.zone is not Zone.TRANSITION and self._is_free(hit):
                return TransitionDrag(self.stage, pointer, hit.track_id, hit.item_id)
            return None
        if hit.zone is Zone.GAP and hit.item_id and not (pointer.shift or pointer.ctrl):
            self.stage.session.selection.items.set((hit.item_id,))
            return MarqueeDrag(self.stage, pointer, keep=True)
        return MarqueeDrag(self.stage, pointer)

    def _retry_under(self, pointer: Pointer, hit: Hit) -> str | None:
        """The shot whose Retry button is under the pointer."""
        clip = self.stage.sequence.clip(hit.item_id) if hit.item_id else None
        if clip is None or not isinstance(clip.source, Placeholder):
            return None
        bounds = self.stage.layout_now.bounds(clip.id)
        if bounds is None or self.stage.session.generation.state_of(clip.source.shot_id).state != "failed":
            return None
        left, top, width, height = bounds
        box = retry_box(left, left + width, self.stage.view_width, top, height)
        if box is None or not (0 <= pointer.x - box[0] < box[2] and 0 <= pointer.y - box[1] < box[3]):
            return None
        return clip.source.shot_id

    def hover(self, pointer: Pointer, hit: Hit) -> Cursor:
        """Brackets near the ends of clips, so one sees what a press would take."""
        self.stage.show_brackets(self._brackets(pointer, hit))
        if hit.zone in (Zone.CLIP_IN, Zone.CLIP_OUT, Zone.CUT, Zone.TRANSITION_IN, Zone.TRANSITION_OUT):
            return Cursor.SizeHorCursor if not self._is_locked(hit) else Cursor.ForbiddenCursor
        if self._retry_under(pointer, hit) is not None:
            return Cursor.PointingHandCursor
        return Cursor.ArrowCursor

    def _brackets(self, pointer: Pointer, hit: Hit) -> tuple[Bracket, ...]:
        track = self.stage.sequence.track(hit.track_id) if hit.track_id else None
        index = track.index_of(hit.item_id) if track is not None and hit.item_id else None
        if track is None or index is None or track.locked:
            return ()
        if hit.zone is Zone.CUT:
            return (Bracket(track.id, track.starts[index + 1], "both", "roll"),)
        kind = trim_kind(self.stage, pointer.ctrl)
        if hit.zone is Zone.CLIP_IN:
            return (Bracket(track.id, track.starts[index], "in", kind),)
        return (Bracket(track.id, track.starts[index + 1], "out", kind),) if hit.zone is Zone.CLIP_OUT else ()

    def _is_free(self, hit: Hit) -> bool:
        """False, and the reason said, when the track is locked."""
        track = self.stage.sequence.track(hit.track_id) if hit.track_id else None
        if track is not None and self._is_locked(hit):
            self.stage.say(f"{track.name or 'This track'} is locked.")
            return False
        return True

    def _is_locked(self, hit: Hit) -> bool:
        track = self.stage.sequence.track(hit.track_id) if hit.track_id else None
        return track is not None and track.locked

    def _choose(self, pointer: Pointer, item_id: str) -> tuple[str, ...]:
        """Choose at the press what must be chosen for a drag; gives what is to be chosen if no drag follows.

        Plain: only this and its link. Shift or Ctrl: add, or take away at the release. Alt: not its link. What is chosen
        already stays chosen while it is dragged.
        """
        items = self.stage.session.selection.items
        ids = (item_id,) if pointer.alt else tuple(self.stage.linked_ids((item_id,)))
        if pointer.shift or pointer.ctrl:
            if item_id in items:
                return tuple(one for one in items.ids if one not in ids)
            items.add(ids)
            return items.ids
        group = self.stage.linked_ids((item_id,))
        if item_id not in items or (pointer.alt and set(items.ids) <= set(group)):
            items.set(ids)
        return ids

    def double_click(self, pointer: Pointer, hit: Hit) -> None:
        """Take the playhead to a clip's start."""
        clip = self.stage.sequence.clip(hit.item_id) if hit.item_id else None
        track = self.stage.sequence.track(hit.track_id) if hit.track_id else None
        index = track.index_of(clip.id) if track is not None and isinstance(clip, Clip) else None
        if track is not None and index is not None:
            self.stage.session.transport.set_time(track.starts[index])
