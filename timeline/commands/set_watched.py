"""Say which folders on disk the media pool watches."""

from __future__ import annotations

from dataclasses import dataclass, replace

from timeline.command import Command
from timeline.errors import EditRefused
from timeline.media import Library
from timeline.project import Project


@dataclass(frozen=True)
class SetWatched(Command):
    """Watch these folders (absolute paths): new files in them come into the media pool by themselves."""

    paths: tuple[str, ...]

    @property
    def label(self) -> str:  # type: ignore[override]
        """By what is left to watch."""
        return "Watch folder" if self.paths else "Stop watching"

    def apply(self, project: Project, library: Library) -> Project:
        """The project that watches them, each once."""
        if not all(isinstance(one, str) and one.strip() for one in self.paths):
            raise EditRefused("A folder to watch needs a path.")
        paths = tuple(dict.fromkeys(self.paths))
        return project if paths == project.pool.watched else replace(project, pool=replace(project.pool, watched=paths))
