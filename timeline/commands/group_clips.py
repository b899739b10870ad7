"""Group clips."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.checks import sequence_of, some, with_clips
from timeline.command import Command
from timeline.errors import EditRefused
from timeline.items import new_id
from timeline.media import Library
from timeline.project import Project
from timeline.sequence import Sequence


@dataclass(frozen=True)
class GroupClips(Command):
    """Make clips one group that is selected and moved together, whatever they are; each leaves the group it was in."""

    sequence_id: str
    clip_ids: tuple[str, ...]
    label: ClassVar[str] = "Group"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the clips in one new group."""
        ids = some(self.clip_ids)
        if len(ids) < 2:
            raise EditRefused("Select two or more clips to group them.")
        sequence = sequence_of(project, self.sequence_id)
        if _is_one(sequence, set(ids)):
            return project
        group = new_id()
        return with_clips(project, sequence, ids, lambda found: replace(found.clip, group=group))


def _is_one(sequence: Sequence, ids: set[str]) -> bool:
    """Whether these clips are a group already, all of it."""
    groups = {clip.group for one in ids if (clip := sequence.clip(one)) is not None}
    if len(groups) != 1 or None in groups:
        return False
    return ids == {clip.id for track in sequence.tracks for clip, _ in track.clips() if clip.group in groups}
