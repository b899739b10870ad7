"""What can be held on a clip besides its ends: fade handles, the line of gain or opacity, its keyframes, markers."""

from __future__ import annotations

from typing import Literal, NamedTuple

from timeline.commands.set_clip import SetClip
from timeline.items import Clip
from timeline.time import ZERO, RationalTime
from ui.timeline_view import rubber
from ui.timeline_view.drags.fade import FadeDrag
from ui.timeline_view.drags.gain import LineDrag
from ui.timeline_view.drags.keyframe import KeyDrag
from ui.timeline_view.drags.marker import ClipMarkerDrag
from ui.timeline_view.layout import CLIP_HEADER, Hit
from ui.timeline_view.tools.base import Cursor, Drag, Pointer, Stage

Kind = Literal["fade_in", "fade_out", "line", "key", "marker"]


class Body(NamedTuple):
    """Where a clip's body lies: viewport x (not clamped) and content y."""

    left: float
    right: float
    top: float
    height: float


class Grip(NamedTuple):
    """Something to hold. `place`: which keyframe; `id`: which marker; `offset`: where on the clip it was met."""

    kind: Kind
    clip: Clip
    is_audio: bool
    body: Body
    offset: RationalTime
    place: int = 0
    id: str = ""

    @property
    def name(self) -> rubber.Name:
        """Which value the line shows."""
        return rubber.name_of(self.is_audio)


def body_of(stage: Stage, clip_id: str) -> Body | None:
    """The body of a clip that is large enough to be held by what lies on it."""
    bounds = stage.layout_now.bounds(clip_id)
    if bounds is None:
        return None
    left, top, width, height = bounds
    body = Body(left, left + width, top + CLIP_HEADER, height - CLIP_HEADER)
    return body if rubber.has_handles(width, body.height) else None


def grip_at(stage: Stage, pointer: Pointer, hit: Hit, *, pen: bool = False) -> Grip | None:
    """What a press would hold here."""
    clip = stage.sequence.clip(hit.item_id) if hit.item_id else None
    track = stage.sequence.track(hit.track_id) if hit.track_id else None
    body = body_of(stage, clip.id) if clip is not None else None
    if clip is None or track is None or body is None or pointer.y < body.top:
        return None
    offset = stage.layout_now.scale.frame_under(pointer.x) - stage.layout_now.scale.time_at(body.left)
    offset = max(ZERO, min(offset, clip.duration - stage.sequence.frame))
    at_top = pointer.y <= body.top + 2 * rubber.GRIP
    grip = Grip("line", clip, track.is_audio, body, offset)
    if at_top and not pen:
        found = _marker_at(stage, pointer, grip) or _fade_at(stage, pointer, grip)
        if found is not None:
            return found
    return _line_at(stage, pointer, grip, pen)


def _marker_at(stage: Stage, pointer: Pointer, grip: Grip) -> Grip | None:
    for marker in grip.clip.markers:
        x = grip.body.left + stage.layout_now.scale.width_of(grip.clip.offset_of(marker.time))
        if abs(pointer.x - x) <= rubber.GRIP and grip.body.left <= x <= grip.body.right:
            return grip._replace(kind="marker", id=marker.id)
    return None


def _fade_at(stage: Stage, pointer: Pointer, grip: Grip) -> Grip | None:
    width, body = stage.layout_now.scale.width_of, grip.body
    if abs(pointer.x - rubber.fade_handle_x(body.left, body.right, width(grip.clip.fade_in), "in")) <= rubber.GRIP:
        return grip._replace(kind="fade_in")
    if abs(pointer.x - rubber.fade_handle_x(body.left, body.right, width(grip.clip.fade_out), "out")) <= rubber.GRIP:
        return grip._replace(kind="fade_out")
    return None


def _line_at(stage: Stage, pointer: Pointer, grip: Grip, pen: bool) -> Grip | None:
    clip, name, body = grip.clip, grip.name, grip.body
    if not rubber.has_line(clip, grip.is_audio, pen=pen):
        return None
    for point in rubber.points(clip, name):
        x = body.left + stage.layout_now.scale.width_of(point.offset)
        y = rubber.y_of(name, point.value, body.top, body.height)
        if abs(pointer.x - x) <= rubber.GRIP and abs(pointer.y - y) <= rubber.GRIP:
            return grip._replace(kind="key", place=point.place, offset=point.offset)
    y = rubber.y_of(name, rubber.value_along(clip, name, grip.offset), body.top, body.height)
    reach = 2 * rubber.LINE_REACH if pen else rubber.LINE_REACH
    return grip if abs(pointer.y - y) <= reach else None


def grip_cursor(grip: Grip) -> Cursor:
    """How the pointer looks over it."""
    return {"line": Cursor.SizeVerCursor, "key": Cursor.SizeAllCursor}.get(grip.kind, Cursor.SizeHorCursor)


def grip_drag(stage: Stage, pointer: Pointer, grip: Grip) -> Drag:
    """The drag that a press begins."""
    if grip.kind == "marker":
        return ClipMarkerDrag(stage, pointer, grip.clip, grip.id)
    if grip.kind == "fade_in" or grip.kind == "fade_out":
        return FadeDrag(stage, pointer, grip.clip, grip.kind)
    if grip.kind == "key":
        return KeyDrag(stage, pointer, grip.clip, grip.name, grip.place, grip.body.top, grip.body.height)
    return LineDrag(stage, pointer, grip.clip, grip.name, grip.offset, grip.body.top, grip.body.height)


def grip_double_click(stage: Stage, grip: Grip) -> bool:
    """A double click on it: a line goes back to untouched, a fade away, a marker opens. False: nothing was meant."""
    sequence_id, clip = stage.sequence.id, grip.clip
    if grip.kind == "marker":
        stage.open_marker(grip.id)
    elif grip.kind == "key":
        line = rubber.without_key(clip, grip.name, grip.place)
        stage.session.document.do_alone(SetClip(sequence_id, (clip.id,), {grip.name: line}))
    elif grip.kind == "line":
        stage.session.document.do_alone(SetClip(sequence_id, (clip.id,), {grip.name: 1.0}))
    else:
        stage.session.document.do_alone(SetClip(sequence_id, (clip.id,), {grip.kind: ZERO}))
    return True
