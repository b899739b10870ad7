"""Give a placeholder its take, or a clip another one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.checks import free_clip, sequence_of, suits, with_clip
from timeline.command import Command
from timeline.errors import EditRefused
from timeline.filling import filled
from timeline.items import MediaSource
from timeline.media import Library
from timeline.project import Project
from timeline.query import frames_text, media_name


@dataclass(frozen=True)
class FillClip(Command):
    """Show a file in a clip. Place, length, speed, effects, fades and links stay.

    The file is shown from where the clip's source range starts: 0 for an untouched placeholder, later when its head was
    trimmed; if it does not reach far enough from there, as late as it does. Less than a frame may be missing.
    """

    sequence_id: str
    clip_id: str
    media_id: str
    label: ClassVar[str] = "Fill clip"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the file in the clip; refused when it is too short."""
        sequence = sequence_of(project, self.sequence_id)
        found = free_clip(sequence, self.clip_id)
        media = library.media.get(self.media_id)
        if media is None:
            raise EditRefused("This file is no longer in the media pool.")
        clip = filled(found.clip, media, sequence.frame)
        suits(sequence, found.track, clip or replace(found.clip, source=MediaSource(media.id)), library, project)
        if clip is None:
            needed = found.clip.source_range.duration
            raise EditRefused(
                f"“{media_name(media)}” is too short for this clip: it has "
                f"{frames_text(media.duration, sequence.rate)}, {frames_text(needed, sequence.rate)} are needed."
            )
        return with_clip(project, sequence, found, clip)
