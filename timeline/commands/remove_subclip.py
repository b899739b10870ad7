"""Remove subclips of the media pool."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.checks import some
from timeline.command import Command
from timeline.errors import EditRefused
from timeline.media import Library
from timeline.project import Project


@dataclass(frozen=True)
class RemoveSubclip(Command):
    """Remove subclips of the media pool; clips that were made of them stay, and so does their file."""

    subclip_ids: tuple[str, ...]
    label: ClassVar[str] = "Delete subclip"

    def apply(self, project: Project, library: Library) -> Project:
        """The project without them."""
        gone = set(some(self.subclip_ids))
        kept = tuple(one for one in project.pool.subclips if one.id not in gone)
        if len(kept) + len(gone) > len(project.pool.subclips):
            raise EditRefused("This subclip is no longer in the media pool.")
        return replace(project, pool=replace(project.pool, subclips=kept))
