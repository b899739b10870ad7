"""Add a subclip to the media pool."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.checks import sound
from timeline.command import Command
from timeline.errors import EditRefused
from timeline.media import Library
from timeline.pool import Subclip
from timeline.project import Project


@dataclass(frozen=True)
class AddSubclip(Command):
    """List a stretch of a file (source time) in the media pool like a file of its own."""

    subclip: Subclip
    label: ClassVar[str] = "Make subclip"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with one subclip more."""
        pool, new = project.pool, sound(self.subclip)
        media = library.media.get(new.media_id)
        if media is None:
            raise EditRefused("The clip of this subclip is not in the media pool.")
        if pool.subclip(new.id) is not None:
            raise EditRefused("This subclip is already in the media pool.")
        if new.bin_id is not None and pool.bin(new.bin_id) is None:
            raise EditRefused("This folder is no longer in the media pool.")
        if not media.is_endless and new.range.end > media.duration:
            raise EditRefused(f"“{media.name}” ends before this subclip does.")
        return replace(project, pool=replace(pool, subclips=(*pool.subclips, new)))
