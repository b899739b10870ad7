"""The select tool: choose, move, trim at the ends, roll at cuts, fades, gain, transitions, rubber band."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QCoreApplication

from studio_app.session.pool_chosen import find_again
from timeline.items import Clip, MediaSource, Placeholder, SequenceSource
from timeline.media import Media
from timeline.query import media_of
from timeline.time import ZERO
from ui.qt.language import QT_TRANSLATE_NOOP
from ui.shot_held import go_on
from ui.timeline_view.drags.edit import EditDrag
from ui.timeline_view.drags.either import EitherDrag
from ui.timeline_view.drags.end import Edge
from ui.timeline_view.drags.marquee import MarqueeDrag
from ui.timeline_view.drags.move import MoveDrag
from ui.timeline_view.drags.roll import RollDrag
from ui.timeline_view.drags.transition import TransitionDrag
from ui.timeline_view.drags.trim import TrimDrag, trim_kind
from ui.timeline_view.grips import grip_at, grip_cursor, grip_double_click, grip_drag
from ui.timeline_view.layout import Hit, Zone
from ui.timeline_view.placeholder_painter import relink_box, verb_boxes
from ui.timeline_view.tools.base import Bracket, Cursor, Drag, Pointer, Tool

_ENDS = (Zone.CLIP_IN, Zone.CLIP_OUT)
_TRANSITION = (Zone.TRANSITION, Zone.TRANSITION_IN, Zone.TRANSITION_OUT)


class SelectTool(Tool):
    """What the mouse does by default."""

    id: ClassVar[str] = "select"
    label: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Select")
    key: ClassVar[str] = "V"
    icon: ClassVar[str] = "mouse-pointer-2"
    order: ClassVar[int] = 10
    sees_transitions: ClassVar[bool] = True

    def press(self, pointer: Pointer, hit: Hit) -> Drag | None:
        """Choose what is there, and hold it."""
        if hit.zone in _ENDS and hit.item_id:
            return self._press_edge(pointer, hit, hit.item_id)
        if hit.zone is Zone.CUT and hit.item_id and hit.other_id:
            return self._press_cut(pointer, hit, hit.item_id, hit.other_id)
        self.stage.session.trimming.leave()
        if hit.zone is Zone.CLIP and hit.item_id:
            return self._press_clip(pointer, hit, hit.item_id)
        if hit.zone in _TRANSITION and hit.item_id and hit.track_id:
            self.stage.session.selection.items.set((hit.item_id,))
            return (
                TransitionDrag(self.stage, pointer, hit.track_id, hit.item_id, hit.zone) if self._is_free(hit) else None
            )
        if hit.zone is Zone.GAP and hit.item_id and not (pointer.shift or pointer.ctrl):
            return MarqueeDrag(self.stage, pointer, click=(hit.item_id,))
        return MarqueeDrag(self.stage, pointer)

    def _press_edge(self, pointer: Pointer, hit: Hit, clip_id: str) -> Drag | None:
        if not self._is_free(hit):
            return None
        edge: Edge = "in" if hit.zone is Zone.CLIP_IN else "out"
        selected = EditDrag.at_edge(self.stage, pointer, clip_id, edge)
        return selected or TrimDrag(self.stage, pointer, clip_id, edge)

    def _press_cut(self, pointer: Pointer, hit: Hit, left_id: str, right_id: str) -> Drag | None:
        if not self._is_free(hit):
            return None
        selected = EditDrag.at_cut(self.stage, pointer, left_id, right_id)
        return selected or RollDrag(self.stage, pointer, left_id, right_id)

    def _press_clip(self, pointer: Pointer, hit: Hit, clip_id: str) -> Drag | None:
        found = self._verb_under(pointer, hit)
        if found is not None:
            self._do(*found)
            return None
        lost = self._relink_under(pointer, hit)
        if lost is not None:
            find_again(self.stage.session, [lost])
            return None
        grip = grip_at(self.stage, pointer, hit)
        if grip is not None and grip.kind != "line":
            return grip_drag(self.stage, pointer, grip) if self._is_free(hit) else None
        if_clicked = self._choose(pointer, clip_id)
        if self._is_free(hit) or pointer.copy:
            move = MoveDrag(self.stage, pointer, clip_id, if_clicked)
            if grip is None or pointer.copy or self._is_locked(hit):
                return move
            return EitherDrag(self.stage, pointer, move, grip_drag(self.stage, pointer, grip))
        self.stage.session.selection.items.set(if_clicked)
        return None

    def _do(self, verb: str, shot_id: str) -> None:
        go_on(self.stage.session, shot_id, {"free": "local", "anew": "retry"}.get(verb, verb))

    def _verb_under(self, pointer: Pointer, hit: Hit) -> tuple[str, str] | None:
        """Verb and shot of the button of a placeholder that is under the pointer."""
        clip = self.stage.sequence.clip(hit.item_id) if hit.item_id else None
        if clip is None or not isinstance(clip.source, Placeholder):
            return None
        bounds = self.stage.layout_now.bounds(clip.id)
        if bounds is None:
            return None
        left, top, width, height = bounds
        state = self.stage.session.generation.state_of(clip.source.shot_id).state
        for verb, box in verb_boxes(state, left, left + width, self.stage.view_width, top, height).items():
            if 0 <= pointer.x - box[0] < box[2] and 0 <= pointer.y - box[1] < box[3]:
                return verb, clip.source.shot_id
        return None

    def _relink_under(self, pointer: Pointer, hit: Hit) -> Media | None:
        """The missing file whose Relink link is under the pointer."""
        session = self.stage.session
        clip = self.stage.sequence.clip(hit.item_id) if hit.item_id else None
        media = media_of(clip, session.document.library) if clip is not None else None
        bounds = self.stage.layout_now.bounds(clip.id) if clip is not None else None
        if media is None or bounds is None or media.id not in session.presence.missing:
            return None
        left, top, width, height = bounds
        box = relink_box(left, left + width, self.stage.view_width, top, height)
        over = box is not None and 0 <= pointer.x - box[0] < box[2] and 0 <= pointer.y - box[1] < box[3]
        return media if over else None

    def hover(self, pointer: Pointer, hit: Hit) -> Cursor:
        """Brackets near the ends of clips, so one sees what a press would take."""
        self.stage.show_brackets(self._brackets(pointer, hit))
        if hit.zone in (*_ENDS, Zone.CUT, Zone.TRANSITION_IN, Zone.TRANSITION_OUT):
            return Cursor.SizeHorCursor if not self._is_locked(hit) else Cursor.ForbiddenCursor
        if self._verb_under(pointer, hit) is not None or self._relink_under(pointer, hit) is not None:
            return Cursor.PointingHandCursor
        grip = grip_at(self.stage, pointer, hit) if hit.zone is Zone.CLIP else None
        return grip_cursor(grip) if grip is not None and not self._is_locked(hit) else Cursor.ArrowCursor

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
            self.stage.say(
                QCoreApplication.translate("SelectTool", "{name} is locked.").format(
                    name=track.name or QCoreApplication.translate("SelectTool", "This track")
                )
            )
            return False
        return True

    def _is_locked(self, hit: Hit) -> bool:
        track = self.stage.sequence.track(hit.track_id) if hit.track_id else None
        return track is not None and track.locked

    def _choose(self, pointer: Pointer, item_id: str) -> tuple[str, ...]:
        """Choose at the press what must be chosen for a drag; gives what is to be chosen if no drag follows.

        Plain: this, its link and its group. Shift or Ctrl: add, or take away at the release. Alt: a click chooses this side of
        the link alone, a drag copies both. What is chosen already stays chosen while it is dragged.
        """
        items = self.stage.session.selection.items
        joined = tuple(self.stage.joined_ids((item_id,)))
        if pointer.shift or (pointer.ctrl and not pointer.alt):
            if item_id in items:
                return tuple(one for one in items.ids if one not in joined)
            items.add(joined)
            return items.ids
        if item_id not in items:
            items.set(joined)
        return (item_id,) if pointer.alt else joined

    def double_click(self, pointer: Pointer, hit: Hit) -> bool:
        """A level goes back to 0 dB, a nest opens, a clip's file goes to the source viewer at this frame."""
        clip = self.stage.sequence.clip(hit.item_id) if hit.item_id else None
        if clip is None or hit.zone not in (Zone.CLIP, *_ENDS):
            return False
        grip = grip_at(self.stage, pointer, hit) if hit.zone is Zone.CLIP else None
        if grip is None or not self._is_free(hit) or not grip_double_click(self.stage, grip):
            self._open(clip, pointer)
        return True

    def _open(self, clip: Clip, pointer: Pointer) -> None:
        session = self.stage.session
        bounds = self.stage.layout_now.bounds(clip.id)
        if bounds is None:
            return
        scale = self.stage.layout_now.scale
        since = scale.frame_under(pointer.x) - scale.time_at(bounds[0])
        at = clip.source_time(max(ZERO, min(since, clip.duration - self.stage.sequence.frame)))
        if isinstance(clip.source, SequenceSource):
            if session.document.project.sequence(clip.source.sequence_id) is not None:
                session.transport.set_sequence(clip.source.sequence_id)
        elif isinstance(clip.source, MediaSource) and clip.source.media_id in session.document.library.media:
            session.source.show(clip.source.media_id)
            session.source.go_to(at)
