"""Loop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from engines.evolve.base import Film, Making, Operation, SourceClip
from engines.evolve.lengths import target_count, target_param
from engines.evolve.looping import looped


class Loop(Operation):
    """Make it run round and round: the end is led into the start along the motion, and so is the sound.

    The film closes too: its last picture runs into its first. It begins a little into the clip, where the ends are most alike;
    a shot that ends somewhere else than it began is seen to change over in half a second.
    """

    title = "Loop"
    keeps_length: ClassVar[bool] = False

    target_duration: float = target_param("Two rounds")

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        """Whole rounds. Raises EngineError for a length below the parent's."""
        source = sources[0]
        return looped(source, target_count(source, self.target_duration, 0), how)
