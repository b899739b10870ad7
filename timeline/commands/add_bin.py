"""Add a folder to the media pool."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.checks import sound, valid
from timeline.command import Command
from timeline.errors import EditRefused
from timeline.media import Library
from timeline.pool import Bin
from timeline.project import Project


@dataclass(frozen=True)
class AddBin(Command):
    """Add a folder to the media pool, at the top or in another one."""

    bin: Bin
    label: ClassVar[str] = "New folder"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with one folder more."""
        pool = project.pool
        if pool.bin(self.bin.id) is not None:
            raise EditRefused("This folder is already in the media pool.")
        if (
            self.bin.parent_id is not None
            and self.bin.parent_id != self.bin.id
            and pool.bin(self.bin.parent_id) is None
        ):
            raise EditRefused("This folder is no longer in the media pool.")
        return replace(project, pool=valid(replace(pool, bins=(*pool.bins, sound(self.bin)))))
