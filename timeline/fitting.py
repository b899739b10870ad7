"""Transitions that fit: as long as wished where the clips allow it, else as long as they do, and said so."""

from __future__ import annotations

from typing import Literal, NamedTuple

from timeline.cuts import EditPoint
from timeline.errors import EditRefused
from timeline.items import Clip, Transition, new_id
from timeline.media import Library
from timeline.project import Project
from timeline.query import frames_text, handles, source_name, transition_at_head, transition_at_tail
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime
from timeline.track import Track

Align = Literal["start", "centre", "end"]
"""Where a transition lies: from the cut on, over it, or up to it."""


class Fitted(NamedTuple):
    """A transition, and a sentence about what had to give way (empty: nothing)."""

    transition: Transition
    note: str


class _Room(NamedTuple):
    """The most a transition may take before and behind the cut, and the clips that have not handle enough."""

    before: RationalTime
    after: RationalTime
    short_of: str


def fitted_transition(
    sequence: Sequence,
    cut: EditPoint,
    length: RationalTime,
    library: Library,
    project: Project,
    *,
    align: Align = "centre",
    effect: str = "dissolve",
) -> Fitted:
    """A transition over a cut, shortened to the handles and clips there; beside a gap a fade within the clip.

    Raises EditRefused when not even one frame fits.
    """
    track = sequence.track(cut.track_id)
    left = track.clip(cut.left_id) if track is not None else None
    right = track.clip(cut.right_id) if track is not None else None
    if track is None or (left is None and right is None):
        raise EditRefused("There is no edit here for a transition.")
    wanted = _wanted(sequence, length, align, left, right)
    room = _room(track, left, right, wanted, library, project)
    rate = sequence.rate
    before, after = (
        RationalTime.from_frames(min(want, most).frames(rate), rate)
        for want, most in zip(wanted, (room.before, room.after), strict=True)
    )
    if not before + after:
        raise EditRefused(
            f"There is no room for a transition at this cut: {room.short_of or 'a clip'} has no handle there. "
            "Trim it back first."
        )
    one = Transition(effect, cut.left_id, cut.right_id, before, after, id=new_id())
    full = wanted[0] + wanted[1]
    if before + after == full:
        return Fitted(one, "")
    why = f"{room.short_of} has no more handle" if room.short_of else "the clips are no longer"
    return Fitted(
        one, f"The transition has {frames_text(before + after, rate)} instead of {frames_text(full, rate)}: {why}."
    )


def _wanted(
    sequence: Sequence, length: RationalTime, align: Align, left: Clip | None, right: Clip | None
) -> tuple[RationalTime, RationalTime]:
    """Whole frames before and behind the cut."""
    frames = max(1, length.nearest_frame(sequence.rate))
    before = {"start": 0, "centre": frames // 2, "end": frames}[align]
    if left is None or right is None:
        before = frames if right is None else 0
    times = (RationalTime.from_frames(count, sequence.rate) for count in (before, frames - before))
    return next(times), next(times)


def _room(
    track: Track,
    left: Clip | None,
    right: Clip | None,
    wanted: tuple[RationalTime, RationalTime],
    library: Library,
    project: Project,
) -> _Room:
    before = after = ZERO
    short: list[str] = []
    if left is not None:
        other = transition_at_head(track, left.id)
        before = left.duration - (other.after if other is not None else ZERO)
    if right is not None:
        other = transition_at_tail(track, right.id)
        after = right.duration - (other.before if other is not None else ZERO)
    if left is not None and right is not None:
        tail, head = handles(left, library, project)[1], handles(right, library, project)[0]
        if tail is not None and tail < after:
            after = tail
            short += [f"“{source_name(left, library)}”"] if tail < wanted[1] else []
        if head is not None and head < before:
            before = head
            short += [f"“{source_name(right, library)}”"] if head < wanted[0] else []
    return _Room(max(before, ZERO), max(after, ZERO), " or ".join(short))
