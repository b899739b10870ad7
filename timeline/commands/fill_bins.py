"""Take what was imported into folders of the media pool."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar

from timeline.checks import sound, valid
from timeline.command import Command
from timeline.errors import EditRefused
from timeline.media import Library
from timeline.pool import Bin, PoolEntry
from timeline.project import Project


@dataclass(frozen=True)
class FillBins(Command):
    """Make folders (parents first) and stand files in folders, all at once; files in `shown` are hidden no more.

    `key` names the import: what comes of it bit by bit is one step.
    """

    bins: tuple[Bin, ...]
    homes: Mapping[str, str]
    shown: tuple[str, ...] = field(default=())
    key: str = ""
    label: ClassVar[str] = "Import into folders"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the folders and the files in them. A file's other notes stay."""
        pool = project.pool
        there = {one.id for one in (*pool.bins, *self.bins)}
        if any(parent not in there for parent in (one.parent_id for one in self.bins) if parent is not None):
            raise EditRefused("The folder to import into is no longer in the media pool.")
        if not there.issuperset(self.homes.values()):
            raise EditRefused("This folder is no longer in the media pool.")
        entries = {entry.media_id: entry for entry in pool.entries}
        for media_id, bin_id in self.homes.items():
            entries[media_id] = replace(entries.get(media_id) or PoolEntry(media_id), bin_id=bin_id)
        for media_id in self.shown:
            if media_id in entries:
                entries[media_id] = replace(entries[media_id], hidden=False)
        if any(one not in library.media for one in (*self.homes, *self.shown)):
            raise EditRefused("This clip is no longer in the media pool.")
        kept = tuple(entry for entry in entries.values() if not entry.is_blank)
        bins = (*pool.bins, *(sound(one) for one in self.bins))
        if bins == pool.bins and kept == pool.entries:
            return project
        return replace(project, pool=valid(replace(pool, bins=bins, entries=kept)))

    @property
    def merge_key(self) -> str:
        """The same import."""
        return f"fill_bins {self.key}" if self.key else ""
