"""The undo stack: it keeps the projects themselves, so an undo gives back the very same object."""

from __future__ import annotations

from dataclasses import dataclass

from timeline.change import Change, difference
from timeline.command import Command
from timeline.media import Library
from timeline.project import Project


@dataclass(frozen=True)
class _Step:
    before: Project
    after: Project
    label: str
    merge_key: str


class History:
    """The present project, what came before and what was undone. No limit on the number of steps.

    Projects share what they have in common, so a step costs some kilobytes.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._saved: Project | None = project
        self._done: list[_Step] = []
        self._undone: list[_Step] = []
        self._sealed = True

    @property
    def project(self) -> Project:
        """The project as it is now."""
        return self._project

    def do(self, command: Command, library: Library) -> Change:
        """Make an edit. Raises EditRefused and changes nothing when it cannot be made.

        Right after a command with the same, not empty `merge_key` it becomes part of that step, unless `seal` was called
        in between. A command that changes nothing leaves no step.
        """
        old, new = self._project, command.apply(self._project, library)
        if new is old:
            return difference(old, new)
        key = command.merge_key
        last = self._done[-1] if self._done else None
        if last is not None and key and not self._sealed and last.merge_key == key:
            self._done[-1] = _Step(last.before, new, last.label, key)
        else:
            self._done.append(_Step(old, new, command.label, key))
        self._undone.clear()
        self._sealed = False
        self._project = new
        return difference(old, new)

    def undo(self) -> Change | None:
        """Go back one step; None when there is nothing to undo."""
        if not self._done:
            return None
        step = self._done.pop()
        self._undone.append(step)
        return self._go_to(step.before)

    def redo(self) -> Change | None:
        """Make an undone step again; None when there is none."""
        if not self._undone:
            return None
        step = self._undone.pop()
        self._done.append(step)
        return self._go_to(step.after)

    def _go_to(self, project: Project) -> Change:
        old, self._project = self._project, project
        self._sealed = True
        return difference(old, project)

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to make again."""
        return bool(self._undone)

    @property
    def undo_label(self) -> str:
        """Name of the step that `undo` takes back, or empty."""
        return self._done[-1].label if self._done else ""

    @property
    def redo_label(self) -> str:
        """Name of the step that `redo` makes again, or empty."""
        return self._undone[-1].label if self._undone else ""

    @property
    def entries(self) -> tuple[str, ...]:
        """Names of the steps done, oldest first."""
        return tuple(step.label for step in self._done)

    def seal(self) -> None:
        """End a drag: the next command starts a step of its own."""
        self._sealed = True

    def mark_saved(self, project: Project | None = None) -> None:
        """The present project is the one in the file, or an earlier one, sealed at its time, that was written meanwhile."""
        self._saved = self._project if project is None else project
        if project is None:
            self.seal()

    def mark_unsaved(self) -> None:
        """No state of this history is in a file (recovered work)."""
        self._saved = None

    @property
    def is_saved(self) -> bool:
        """Whether the present project is the very one last saved."""
        return self._saved is self._project

    def clear(self) -> None:
        """Forget all steps; the project stays."""
        self._done.clear()
        self._undone.clear()
        self.seal()
