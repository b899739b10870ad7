"""What an edit is: a frozen description that turns one project into the next."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import ClassVar

from timeline.media import Library
from timeline.project import Project


@dataclass(frozen=True)
class Command:
    """One edit verb. A subclass is a frozen dataclass in `timeline/commands/<id>.py` with `label` and `apply`.

    `apply` returns the next project or raises EditRefused with a sentence; it changes nothing. It may return the
    very same project when there is nothing to do. Commands whose `merge_key` is equal and not empty, done one right after
    the other, become one undo step (a slider drag).
    """

    label: ClassVar[str] = ""

    def apply(self, project: Project, library: Library) -> Project:
        """The project after this edit. The library says how long media are; it is not changed."""
        raise NotImplementedError  # pragma: no cover

    @property
    def merge_key(self) -> str:
        """Empty: never merged."""
        return ""


@dataclass(frozen=True)
class Batch(Command):
    """Several commands as one step, wholly or not at all."""

    commands: tuple[Command, ...]
    name: str = "Edit"

    @property
    def label(self) -> str:  # type: ignore[override]
        """The step's own name."""
        return self.name

    def apply(self, project: Project, library: Library) -> Project:
        """All of them in order."""
        for command in self.commands:
            project = command.apply(project, library)
        return project

    @property
    def merge_key(self) -> str:
        """Merges with a batch of the same commands on the same things."""
        keys = [command.merge_key for command in self.commands]
        return " ".join(keys) if all(keys) else ""


@dataclass(frozen=True)
class Held(Command):
    """A command that a held key makes again and again: one step until the history is sealed, which letting go of the key does.

    `key` names what is held and on what, such as `nudge` and the ids of the clips.
    """

    command: Command
    key: str

    @property
    def label(self) -> str:  # type: ignore[override]
        """The command's own name."""
        return self.command.label

    def apply(self, project: Project, library: Library) -> Project:
        """What the command makes."""
        return self.command.apply(project, library)

    @property
    def merge_key(self) -> str:
        """The key."""
        return self.key


@cache
def commands() -> Mapping[str, type[Command]]:
    """Every edit verb by its id: the name of its file in `timeline/commands`, its class in capitals (`MoveClips`)."""
    import timeline.commands

    found: dict[str, type[Command]] = {}
    for info in pkgutil.iter_modules(timeline.commands.__path__):
        module = importlib.import_module(f"timeline.commands.{info.name}")
        found[info.name] = getattr(module, "".join(word.capitalize() for word in info.name.split("_")))
    return MappingProxyType(found)
