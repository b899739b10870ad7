"""Put a transition over a cut, or change it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.checks import free_clip, free_track, on_frame, sequence_of, sound, with_tracks
from timeline.command import Command
from timeline.edits import holding
from timeline.errors import EditRefused
from timeline.items import Clip, Transition
from timeline.media import Library
from timeline.project import Project
from timeline.query import frames_text, handles, source_name
from timeline.sequence import Sequence
from timeline.time import RationalTime
from timeline.track import Track


@dataclass(frozen=True)
class SetTransition(Command):
    """Lay a transition over a cut; one with the same id or over the same cut is replaced. `| A | B |  ->  | A >< B |`

    Its clips must touch, be long enough for all that lies over them, and have the handles it shows. With a clip on one side
    only it fades from or to nothing, and lies wholly inside that clip.
    """

    sequence_id: str
    track_id: str
    transition: Transition
    label: ClassVar[str] = "Transition"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the transition."""
        sequence = sequence_of(project, self.sequence_id)
        track, new = free_track(sequence, self.track_id), self.transition
        on_frame(sequence, sound(new).before, new.after)
        left, right = (self._clip(sequence, track, one) for one in (new.left_id, new.right_id))
        if left is not None and right is not None:
            _needs(sequence, left, handles(left, library, project)[1], new.after, "behind its end", library)
            _needs(sequence, right, handles(right, library, project)[0], new.before, "before its start", library)
        others = tuple(one for one in track.transitions if not _same(one, new))
        if new in track.transitions and len(others) == len(track.transitions) - 1:
            return project
        changed = replace(track, transitions=(*others, new))
        if new not in holding(changed):
            raise EditRefused(_why_not(sequence, changed, left, right))
        return with_tracks(project, sequence, tuple(changed if one is track else one for one in sequence.tracks))

    def _clip(self, sequence: Sequence, track: Track, clip_id: str | None) -> Clip | None:
        if clip_id is None:
            return None
        found = free_clip(sequence, clip_id)
        if found.track is not track:
            raise EditRefused("A transition lies between clips of one track.")
        return found.clip

    @property
    def merge_key(self) -> str:
        """The length of one transition, while it is dragged."""
        return f"set_transition {self.sequence_id} {self.transition.id}"


def _same(one: Transition, new: Transition) -> bool:
    return one.id == new.id or (one.left_id, one.right_id) == (new.left_id, new.right_id)


def _needs(
    sequence: Sequence, clip: Clip, left: RationalTime | None, wanted: RationalTime, edge: str, library: Library
) -> None:
    if left is not None and left < wanted:
        name, rate = source_name(clip, library), sequence.rate
        raise EditRefused(
            f"“{name}” has {frames_text(left, rate)} of handle {edge}, the transition needs {frames_text(wanted, rate)}. "
            "Trim the clip there or make the transition shorter."
        )


def _why_not(sequence: Sequence, track: Track, left: Clip | None, right: Clip | None) -> str:
    if left is None and right is None:
        return "A transition needs a clip on at least one side."
    if left is not None and right is not None and track.index_of(right.id) != (track.index_of(left.id) or 0) + 1:
        return "A transition needs two clips that touch."
    new = track.transitions[-1]
    if (left is None and new.before) or (right is None and new.after):
        return "A fade from or to nothing lies inside its clip."
    shortest = min(clip.duration for clip in (left, right) if clip is not None)
    return (
        f"The transition is too long here: a clip at this cut has {frames_text(shortest, sequence.rate)}, "
        "and what lies over its two ends must fit into it."
    )
