"""Continue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from engines.evolve.base import Film, Making, Operation, SourceClip
from engines.evolve.continuing import Continuation, continued
from engines.evolve.lengths import target_count, target_param

_UNSET_SECONDS = 2


class Continue(Operation):
    """Let the clip go on to a length: motion runs out along the flow, turns and swings through the last moments again.

    It shows only what the clip has shown. For something new to happen, use New scene or an engine.
    """

    title = "Continue"
    keeps_length: ClassVar[bool] = False

    target_duration: float = target_param("2 s more")

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        """All of the parent, then what is added. Raises EngineError for a length below the parent's."""
        source = sources[0]
        count = target_count(source, self.target_duration, source.count + round(_UNSET_SECONDS * source.rate))
        return continued(source, count, how, Continuation.MOTION)
