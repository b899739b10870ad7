"""Values of the selected clips as a hand sets them: plain ones everywhere, animated ones by keyframes at the playhead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Sequence as Row
from dataclasses import dataclass
from typing import Any, NamedTuple

from studio_app.session.session import Session
from timeline.clip_values import ClipValue, fields_with, held
from timeline.commands.set_each_clip import SetEachClip
from timeline.curve import Curve, Interpolation, Value, value_at
from timeline.items import Clip
from timeline.keyframes import key_at, way_at, with_key, with_way, without_key, without_keys
from timeline.query import range_of
from timeline.time import ZERO, RationalTime


class Moment(NamedTuple):
    """The playhead in a clip: its source time (at most at the clip's ends), half a frame of it, and whether it is over the clip."""

    time: RationalTime
    reach: RationalTime
    is_over: bool


@dataclass(frozen=True)
class Keys:
    """What a keyframe cell shows of a value at the playhead."""

    animated: bool = False
    here: bool = False
    before: bool = False
    """A keyframe within the clip lies earlier than the playhead; `after`: later."""
    after: bool = False
    over: bool = True
    """The playhead is over the clip: a keyframe can be set."""
    way: Interpolation | None = None
    """How the value goes on from here."""


def moment(session: Session, clip: Clip) -> Moment:
    """Where the playhead is in a clip of the active sequence."""
    sequence = session.sequence
    where = range_of(sequence, clip.id)
    reach = sequence.frame * abs(clip.speed) / 2
    if where is None:
        return Moment(clip.running_time(ZERO), reach, False)
    since = session.transport.time - where.start
    inside = min(max(since, ZERO), where.duration)
    return Moment(clip.running_time(inside), reach, since == inside and inside < where.duration)


def keys_at(session: Session, clip: Clip, value: ClipValue) -> Keys:
    """The keyframes of a value of a clip, as seen from the playhead."""
    time, reach, is_over = moment(session, clip)
    line = held(clip, value)
    if not isinstance(line, Curve):
        return Keys(over=is_over)
    there = is_over and key_at(line, time, reach) is not None
    return Keys(
        animated=True,
        here=there,
        before=_next_key(session, clip, line, forward=False) is not None,
        after=_next_key(session, clip, line, forward=True) is not None,
        over=is_over,
        way=way_at(line, time, reach),
    )


def set_values(session: Session, clips: Row[Clip], values: Mapping[ClipValue, Value], name: str) -> bool:
    """Set values of clips as one edit. Where a value is animated, a keyframe at the playhead takes it.

    An animated value of a clip that is not under the playhead stays; that is said.
    """
    changes: dict[str, dict[str, Any]] = {}
    left = 0
    for clip in clips:
        new = {value: _as_key(session, clip, value, one) for value, one in values.items()}
        here = {value: one for value, one in new.items() if one is not _STAYS}
        left += len(here) < len(new)
        if fields := fields_with(clip, here):
            changes[clip.id] = fields
    if left:
        session.noted.emit(_left_words(left, len(clips)))
    return bool(changes) and session.document.do(SetEachClip(session.sequence_id, changes, name))


def toggle_key(session: Session, clips: Row[Clip], value: ClipValue, default: Value) -> bool:
    """Set a keyframe of the value as it is at the playhead, or take away the one that is there: as the last clip has it.

    The first keyframe makes the value an animated one; taking away the last leaves its value.
    """
    removes = bool(clips) and keys_at(session, clips[-1], value).here
    changes: dict[str, dict[str, Any]] = {}
    for clip in clips:
        time, reach, is_over = moment(session, clip)
        line = held(clip, value)
        old = default if line is None else line
        if is_over:
            new = without_key(old, time, reach) if removes else with_key(old, time, value_at(old, time), reach)
            changes |= _edit(clip, value, new, old)
    return _do(session, changes, "Remove keyframe" if removes else "Set keyframe")


def set_way(session: Session, clips: Iterable[Clip], value: ClipValue, way: Interpolation) -> bool:
    """How the value goes on from the keyframe at the playhead, else from the one before it."""
    changes: dict[str, dict[str, Any]] = {}
    for clip in clips:
        time, reach, _ = moment(session, clip)
        if isinstance(line := held(clip, value), Curve):
            changes |= _edit(clip, value, with_way(line, time, way, reach), line)
    return _do(session, changes, "Keyframe interpolation")


def remove_keys(session: Session, clips: Iterable[Clip], value: ClipValue) -> bool:
    """Take all keyframes away; the value stays as it is at the playhead."""
    changes: dict[str, dict[str, Any]] = {}
    for clip in clips:
        if isinstance(line := held(clip, value), Curve):
            changes |= _edit(clip, value, without_keys(line, moment(session, clip).time), line)
    return _do(session, changes, "Remove keyframes")


def go_to_key(session: Session, clip: Clip, value: ClipValue, *, forward: bool) -> bool:
    """Put the playhead on the next or the previous keyframe of the value that lies within the clip."""
    line = held(clip, value)
    at = _next_key(session, clip, line, forward=forward) if isinstance(line, Curve) else None
    if at is not None:
        session.transport.set_time(at)
    return at is not None


def _next_key(session: Session, clip: Clip, line: Curve, *, forward: bool) -> RationalTime | None:
    """Record time, on a frame, of the nearest keyframe within the clip on one side of the playhead."""
    where = range_of(session.sequence, clip.id)
    if where is None:
        return None
    rate, now = session.sequence.rate, session.transport.time
    times = (where.start + clip.offset_of(key.time) for key in line.keyframes)
    frames = {RationalTime.from_frames(at.nearest_frame(rate), rate) for at in times}
    side = [at for at in frames if where.start <= at < where.end and (at > now if forward else at < now)]
    return (min(side) if forward else max(side)) if side else None


_STAYS: Any = object()


def _as_key(session: Session, clip: Clip, value: ClipValue, new: Value) -> Any:
    """What the clip is to hold; `_STAYS` where its keyframes cannot take the value, since the playhead is elsewhere."""
    line = held(clip, value)
    if not isinstance(line, Curve):
        return new
    time, reach, is_over = moment(session, clip)
    return with_key(line, time, new, reach) if is_over else _STAYS


def _edit(clip: Clip, value: ClipValue, new: Value | Curve, old: Value | Curve) -> dict[str, dict[str, Any]]:
    fields = fields_with(clip, {value: new}) if new is not old else {}
    return {clip.id: fields} if fields else {}


def _do(session: Session, changes: Mapping[str, Mapping[str, Any]], name: str) -> bool:
    return bool(changes) and session.document.do_alone(SetEachClip(session.sequence_id, changes, name))


def _left_words(left: int, of: int) -> str:
    if of == 1:
        return "Keyframes move this value. Put the playhead over the clip to set another one."
    what = "1 clip keeps its keyframes" if left == 1 else f"{left} clips keep their keyframes"
    return f"{what}, for the playhead is not over it." if left == 1 else f"{what}, for the playhead is not over them."
