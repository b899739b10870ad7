"""Rename or move a folder of the media pool."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from timeline.checks import changed, valid
from timeline.command import Command
from timeline.errors import EditRefused
from timeline.media import Library
from timeline.project import Project


@dataclass(frozen=True)
class SetBin(Command):
    """Set name or parent of a folder of the media pool; it cannot go into itself or into a folder of its own."""

    bin_id: str
    changes: Mapping[str, Any]
    label: ClassVar[str] = "Change folder"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the fields set."""
        pool = project.pool
        old = pool.bin(self.bin_id)
        if old is None:
            raise EditRefused("This folder is no longer in the media pool.")
        if (parent := self.changes.get("parent_id")) is not None and pool.bin(parent) is None:
            raise EditRefused("The folder to move into is no longer in the media pool.")
        new = changed(old, self.changes, ("id",))
        if new is old:
            return project
        return replace(project, pool=valid(replace(pool, bins=tuple(new if one is old else one for one in pool.bins))))

    @property
    def merge_key(self) -> str:
        """The same fields of the same folder."""
        return f"set_bin {self.bin_id} {','.join(sorted(self.changes))}"
