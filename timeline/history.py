"""The undo stack: it keeps the projects themselves, so an undo gives back the very same object."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from timeline.change import Change, difference
from timeline.command import Command
from timeline.errors import EditRefused
from timeline.media import Library
from timeline.project import Project


@dataclass(frozen=True)
class _Step:
    before: Project
    after: Project
    label: str
    merge_key: str


@dataclass(frozen=True)
class State:
    """A project of the history and the name of the step that led to it (empty for the first)."""

    label: str
    project: Project


class _Once:
    """One new project for each old one: what was the very same stays the very same."""

    def __init__(self, change: Callable[[Project], Project]) -> None:
        self._change = change
        self._made: dict[
            int, tuple[Project, Project]
        ] = {}  # with the old one, whose id is nobody else's as long as it lives

    def __call__(self, project: Project) -> Project:
        if id(project) not in self._made:
            self._made[id(project)] = (project, self._change(project))
        return self._made[id(project)][1]


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

    @property
    def states(self) -> tuple[State, ...]:
        """The project at the start and after each step, oldest first; those undone too. `place` is the present one."""
        steps = (*self._done, *reversed(self._undone))
        first = steps[0].before if steps else self._project
        return (State("", first), *(State(step.label, step.after) for step in steps))

    @property
    def place(self) -> int:
        """Where the present project stands in `states`."""
        return len(self._done)

    def go_to(self, place: int) -> Change | None:
        """Undo or redo as many steps as lead to a place in `states`; None when it is here already, or nowhere."""
        by = place - len(self._done)
        if not by or not -len(self._done) <= by <= len(self._undone):
            return None
        source, target = (self._undone, self._done) if by > 0 else (self._done, self._undone)
        target.extend(source.pop() for _ in range(abs(by)))
        return self._go_to(self._done[-1].after if self._done else self._undone[-1].before)

    def restore(self, states: Sequence[State], place: int) -> None:
        """Take over the steps of another time, around the present project, which stands at `place` of `states`.

        Nothing happens where steps have been made meanwhile.
        """
        if self._done or self._undone or not 0 <= place < len(states):
            return
        projects = [one.project for one in states]
        projects[place] = self._project
        steps = [
            _Step(before, after, one.label, "")
            for (before, after), one in zip(pairwise(projects), states[1:], strict=True)
        ]
        self._done, self._undone = steps[:place], steps[place:][::-1]
        self.seal()

    def rename(self, name: str) -> Change:
        """Give the project a name in all states: no step of its own, and no undo takes it away again."""
        saved = self._saved
        change = self._in_all(renamed := _Once(lambda project: replace(project, name=name)))
        self._saved = None if saved is None else renamed(saved)
        return change

    def amend(self, command: Command, library: Library) -> Change:
        """Make an edit in all states: no step of its own, and no undo takes it away again.

        Raises EditRefused where the present project refuses it; a state that does (the clip is not there yet) stays as it is.
        """
        now = command.apply(self._project, library)

        def new(project: Project) -> Project:
            if project is self._project:
                return now
            try:
                return command.apply(project, library)
            except EditRefused:
                return project

        return self._in_all(_Once(new))

    def _in_all(self, change: _Once) -> Change:
        old = self._project
        self._project = change(old)
        self._done, self._undone = (
            [replace(step, before=change(step.before), after=change(step.after)) for step in steps]
            for steps in (self._done, self._undone)
        )
        return difference(old, self._project)

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
