"""The project: what undo remembers. The library beside it is append-only and is not undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from timeline.items import new_id
from timeline.media import Library
from timeline.pool import Pool
from timeline.sequence import Sequence
from timeline.storyboard import Shot, Storyboard


@dataclass(frozen=True)
class Project:
    """Sequences, storyboards and how the media pool is kept. The first sequence is the main one.

    `uses_learnt`: takes are made with what the user accepted of what Starcut learnt. `never_sent`: words and names that are
    taken out of every prompt before a service gets it.
    """

    name: str = "Untitled"
    sequences: tuple[Sequence, ...] = field(default_factory=lambda: (Sequence(),))
    storyboards: tuple[Storyboard, ...] = ()
    pool: Pool = field(default_factory=Pool)
    id: str = field(default_factory=new_id)
    uses_learnt: bool = False
    never_sent: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    def sequence(self, sequence_id: str) -> Sequence | None:
        """The sequence with this id."""
        return next((one for one in self.sequences if one.id == sequence_id), None)

    def with_sequence(self, sequence: Sequence) -> Project:
        """The project with the sequence of the same id replaced (itself, when nothing differs)."""
        return replace(self, sequences=tuple(sequence if one.id == sequence.id else one for one in self.sequences))

    def with_storyboard(self, storyboard: Storyboard) -> Project:
        """The project with the storyboard of the same id replaced."""
        return replace(
            self, storyboards=tuple(storyboard if one.id == storyboard.id else one for one in self.storyboards)
        )

    def shot(self, shot_id: str) -> Shot | None:
        """A shot of any storyboard."""
        return next((shot for board in self.storyboards if (shot := board.shot(shot_id))), None)


@dataclass(frozen=True)
class Saved:
    """What a project file holds."""

    project: Project
    library: Library = field(default_factory=Library)
    extra: Mapping[str, Any] = field(default_factory=dict)
