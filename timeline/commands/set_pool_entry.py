"""Note something about files and sequences of the media pool."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from timeline.checks import changed, some
from timeline.command import Command
from timeline.errors import EditRefused
from timeline.media import Library
from timeline.pool import PoolEntry
from timeline.project import Project

_LABELS = {
    ("bin_id",): "Move to folder",
    ("hidden",): "Remove from pool",
    ("label",): "Colour label",
    ("mark_in",): "Mark in",
    ("mark_in", "mark_out"): "Mark",
    ("mark_out",): "Mark out",
    ("name",): "Rename clip",
    ("note",): "Note",
    ("rating",): "Rate",
    ("rejected",): "Reject take",
}


_OF_SEQUENCES = frozenset(("bin_id", "label", "rating", "note"))


@dataclass(frozen=True)
class SetPoolEntry(Command):
    """Set fields of what is noted about files: folder, label, rating, marks (source time), name, note, hidden.

    Of a sequence folder, label, rating and note are kept here too, under its id; its name is its own.
    """

    media_ids: tuple[str, ...]
    changes: Mapping[str, Any]

    @property
    def label(self) -> str:  # type: ignore[override]
        """By what is set."""
        return _LABELS.get(tuple(sorted(self.changes)), "Change clip in pool")

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the fields set. A file that is used cannot be hidden."""
        pool = project.pool
        wanted = some(self.media_ids)
        for one in wanted:
            if one not in library.media and (project.sequence(one) is None or not self.changes.keys() <= _OF_SEQUENCES):
                raise EditRefused("This clip is no longer in the media pool.")
        if (bin_id := self.changes.get("bin_id")) is not None and pool.bin(bin_id) is None:
            raise EditRefused("This folder is no longer in the media pool.")
        if self.changes.get("hidden") is True:
            _refuse_used(project, library, wanted)
        entries = {entry.media_id: entry for entry in pool.entries}
        for one in wanted:
            entries[one] = self._changed(entries.get(one) or PoolEntry(one), library)
        kept = tuple(entry for entry in entries.values() if not entry.is_blank)
        return project if kept == pool.entries else replace(project, pool=replace(pool, entries=kept))

    def _changed(self, entry: PoolEntry, library: Library) -> PoolEntry:
        new = changed(entry, self.changes, ("media_id", "extra"))
        media = library.media.get(entry.media_id)
        marks = [new.mark_in, new.mark_out] if {"mark_in", "mark_out"} & self.changes.keys() else []
        if (
            media is not None
            and not media.is_endless
            and any(mark is not None and mark > media.duration for mark in marks)
        ):
            raise EditRefused(f"“{new.name or media.name}” ends before this mark.")
        return new

    @property
    def merge_key(self) -> str:
        """The same fields of the same files."""
        return f"set_pool_entry {hash(self.media_ids)} {','.join(sorted(self.changes))}"


def _refuse_used(project: Project, library: Library, media_ids: tuple[str, ...]) -> None:
    tracks = [track for sequence in project.sequences for track in sequence.tracks]
    used = {media_id for track in tracks for media_id, _ in track.media_uses}
    names = [library.media[one].name for one in media_ids if one in used]
    if names:
        more = f" and {len(names) - 1} more are" if len(names) > 1 else " is"
        raise EditRefused(f"“{names[0]}”{more} used in a sequence. Remove the clips there first.")
