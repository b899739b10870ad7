"""How the media pool is kept: folders, labels, ratings, marks and subclips. The media themselves are in the library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from timeline.items import new_id
from timeline.time import RationalTime, TimeRange


@dataclass(frozen=True)
class Bin:
    """A folder of the pool; `parent_id` None: it stands at the top."""

    name: str
    parent_id: str | None = None
    id: str = field(default_factory=new_id)
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class PoolEntry:
    """What an editor noted about a file. Only files with such a note have one.

    `bin_id` None: at the top. `label` is the name of a colour or empty, `rating` 0 (none) to 5. The marks are source times;
    the out mark is the first instant outside. `name` is shown in place of the file's. `hidden`: taken out of the pool (the
    library keeps every file it ever had); a file that is used, or imported again, shows all the same. `rejected`: a take that
    no audition shows any more.
    """

    media_id: str
    bin_id: str | None = None
    label: str = ""
    rating: int = 0
    mark_in: RationalTime | None = None
    mark_out: RationalTime | None = None
    name: str = ""
    note: str = ""
    hidden: bool = False
    rejected: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        """Whether nothing is noted."""
        return self == PoolEntry(self.media_id)


@dataclass(frozen=True)
class Subclip:
    """A named stretch of a file (source time), listed like a file of its own."""

    media_id: str
    range: TimeRange
    name: str
    bin_id: str | None = None
    label: str = ""
    rating: int = 0
    id: str = field(default_factory=new_id)
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Pool:
    """Folders, notes on files, subclips, and the folders on disk whose new files come in by themselves."""

    bins: tuple[Bin, ...] = ()
    entries: tuple[PoolEntry, ...] = ()
    subclips: tuple[Subclip, ...] = ()
    watched: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def _by_media(self) -> dict[str, PoolEntry]:
        return {entry.media_id: entry for entry in self.entries}

    @cached_property
    def _bins(self) -> dict[str, Bin]:
        return {one.id: one for one in self.bins}

    @cached_property
    def _subclips(self) -> dict[str, Subclip]:
        return {one.id: one for one in self.subclips}

    def entry(self, media_id: str) -> PoolEntry:
        """What is noted about a file; an empty note where there is none."""
        return self._by_media.get(media_id) or PoolEntry(media_id)

    def bin(self, bin_id: str | None) -> Bin | None:
        """The folder with this id."""
        return self._bins.get(bin_id or "")

    def subclip(self, subclip_id: str) -> Subclip | None:
        """The subclip with this id."""
        return self._subclips.get(subclip_id)

    def path_to(self, bin_id: str | None) -> tuple[Bin, ...]:
        """The folders from the top down to this one; none for the top, or for a folder that is not there."""
        row: list[Bin] = []
        while (one := self._bins.get(bin_id or "")) is not None:
            row.append(one)
            bin_id = one.parent_id
        return tuple(reversed(row))

    def below(self, bin_id: str) -> frozenset[str]:
        """Ids of a folder and of all folders in it."""
        return frozenset(one.id for one in self.bins if any(each.id == bin_id for each in self.path_to(one.id)))

    def place(self, bin_id: str | None) -> str | None:
        """Where something with this `bin_id` stands: at the top (None) when its folder is not there."""
        return bin_id if bin_id in self._bins else None
