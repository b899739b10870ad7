"""Change subclips of the media pool."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from timeline.checks import changed, some
from timeline.command import Command
from timeline.errors import EditRefused
from timeline.media import Library
from timeline.pool import Subclip
from timeline.project import Project


@dataclass(frozen=True)
class SetSubclip(Command):
    """Set fields of subclips: name, range (source time), folder, label, rating."""

    subclip_ids: tuple[str, ...]
    changes: Mapping[str, Any]
    label: ClassVar[str] = "Change subclip"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the fields set."""
        pool, wanted = project.pool, set(some(self.subclip_ids))
        if not wanted <= {one.id for one in pool.subclips}:
            raise EditRefused("This subclip is no longer in the media pool.")
        if (bin_id := self.changes.get("bin_id")) is not None and pool.bin(bin_id) is None:
            raise EditRefused("This folder is no longer in the media pool.")
        new = tuple(self._changed(one, library) if one.id in wanted else one for one in pool.subclips)
        return project if new == pool.subclips else replace(project, pool=replace(pool, subclips=new))

    def _changed(self, old: Subclip, library: Library) -> Subclip:
        new, media = changed(old, self.changes, ("id", "media_id")), library.media.get(old.media_id)
        if "range" in self.changes and media is not None and not media.is_endless and new.range.end > media.duration:
            raise EditRefused(f"“{media.name}” ends before this subclip does.")
        return new

    @property
    def merge_key(self) -> str:
        """The same fields of the same subclips."""
        return f"set_subclip {hash(self.subclip_ids)} {','.join(sorted(self.changes))}"
