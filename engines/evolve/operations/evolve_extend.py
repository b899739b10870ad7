"""Extend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from effects.params import param
from engines.evolve.base import Film, Making, Operation, SourceClip
from engines.evolve.continuing import Continuation, continued


class Extend(Operation):
    """Add some seconds at the end: motion runs on a little along the flow, turns and swings through the last moments again.

    Good for a breath before a cut, on water, leaves, faces, slow moves. Nothing new happens: who walks does not arrive, and what
    lies beyond the border does not come into view.
    """

    title = "Extend"
    keeps_length: ClassVar[bool] = False

    additional_seconds: float = param(2.0, ge=0, le=600, unit="s", step=0.1, label="Add", help="So much is added.")
    method: Continuation = param(
        Continuation.MOTION, help="Along the motion, backwards and forwards, or standing still at the end."
    )

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        """All of the parent, then what is added."""
        source = sources[0]
        count = source.count + round(self.additional_seconds * float(source.rate))
        return continued(source, count, how, self.method)

    @property
    def changes_nothing(self) -> bool:
        """Whether nothing is to be added."""
        return self.additional_seconds == 0
