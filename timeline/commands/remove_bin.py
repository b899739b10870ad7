"""Remove a folder of the media pool."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.command import Command
from timeline.errors import EditRefused
from timeline.media import Library
from timeline.project import Project


@dataclass(frozen=True)
class RemoveBin(Command):
    """Remove a folder of the media pool. What lies in it goes up into the folder round it: no file is lost."""

    bin_id: str
    label: ClassVar[str] = "Delete folder"

    def apply(self, project: Project, library: Library) -> Project:
        """The project without the folder."""
        pool = project.pool
        old = pool.bin(self.bin_id)
        if old is None:
            raise EditRefused("This folder is no longer in the media pool.")
        above = old.parent_id
        bins = (
            replace(one, parent_id=above) if one.parent_id == old.id else one for one in pool.bins if one is not old
        )
        entries = (replace(one, bin_id=above) if one.bin_id == old.id else one for one in pool.entries)
        subclips = (replace(one, bin_id=above) if one.bin_id == old.id else one for one in pool.subclips)
        kept = tuple(one for one in entries if not one.is_blank)
        return replace(project, pool=replace(pool, bins=tuple(bins), entries=kept, subclips=tuple(subclips)))
