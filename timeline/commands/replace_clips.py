"""Show another file in clips, or another part of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.checks import free_clip, sequence_of, some, suits, with_clip
from timeline.command import Command
from timeline.edits import settled, shifted
from timeline.errors import EditRefused
from timeline.items import Clip, MediaSource
from timeline.media import Library
from timeline.project import Project
from timeline.query import frames_text, handles, media_name, transition_at_head, transition_at_tail
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime
from timeline.track import Track


@dataclass(frozen=True)
class ReplaceClips(Command):
    """Exchange what clips show; all else stays. `| A | B |  +  X  ->  | A | X |`

    `start` is the source time the clips show from now on at their start (of a clip that plays backwards: at its end).
    Place, length, speed, effects, fades, transitions and links stay; keyframes keep their distance from the start. The file must
    reach under the transitions over the clip's ends.
    """

    sequence_id: str
    clip_ids: tuple[str, ...]
    media_id: str
    start: RationalTime
    name: str = ""
    label: ClassVar[str] = "Replace clip"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the file in the clips; refused where it does not reach from end to end."""
        media = library.media.get(self.media_id)
        if media is None:
            raise EditRefused("This file is no longer in the media pool.")
        name = self.name or media_name(media)
        for clip_id in some(self.clip_ids):
            sequence = sequence_of(project, self.sequence_id)
            found = free_clip(sequence, clip_id)
            clip = replace(found.clip, source=MediaSource(media.id), name=name, freeze=None)
            suits(sequence, found.track, clip, library, project)
            speed, slack = abs(clip.speed), sequence.frame * abs(clip.speed)
            over = self.start + clip.source_range.duration - media.duration
            if not media.is_endless and media.duration > ZERO and over >= slack:
                raise EditRefused(
                    f"“{name}” is {frames_text(over / speed, sequence.rate)} too short behind this place."
                )
            if self.start < ZERO and not media.is_endless:
                missing = RationalTime.from_frames(-(self.start / speed).frames(sequence.rate), sequence.rate)
                raise EditRefused(f"“{name}” is {frames_text(missing, sequence.rate)} too short before this place.")
            clip = settled(shifted(clip, self.start - clip.source_range.start))
            _reaches_under_transitions(sequence, found.track, clip, library, project)
            project = with_clip(project, sequence, found, clip)
        return project


def _reaches_under_transitions(
    sequence: Sequence, track: Track, clip: Clip, library: Library, project: Project
) -> None:
    """Refuse a file that has not handle enough for the transitions over the ends of the clip: it would stand still there."""
    head, tail = handles(clip, library, project)
    at_head, at_tail = transition_at_head(track, clip.id), transition_at_tail(track, clip.id)
    used_head = at_head.before if at_head is not None and at_head.left_id is not None else ZERO
    used_tail = at_tail.after if at_tail is not None and at_tail.right_id is not None else ZERO
    for left, used, where in ((head, used_head, "start"), (tail, used_tail, "end")):
        if left is not None and used - left >= sequence.frame:
            rate = sequence.rate
            raise EditRefused(
                f"“{clip.name}” has {frames_text(left, rate)} of handle for the transition at its {where}, which uses "
                f"{frames_text(used, rate)}. Shorten the transition, or replace by another part."
            )
