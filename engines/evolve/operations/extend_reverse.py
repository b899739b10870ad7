"""Forwards and backwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np

from effects.frame import Frame
from engines.evolve.base import Film, Making, Operation, Sound, SourceClip
from engines.evolve.lengths import target_count, target_param, told_length
from engines.evolve.sounding import cut_to, sound_length


class Reverse(Operation):
    """Play it forwards, then backwards: the second half is the first one mirrored in time, picture by picture, sound too.

    Closes as a loop. Who walks, walks backwards then: best for water, smoke, cloth, and moves of the camera.
    """

    title = "There and back"
    keeps_length: ClassVar[bool] = False

    target_duration: float = target_param("Twice as long")

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        """To and fro until it is long enough. Raises EngineError for a length below the parent's."""
        source = sources[0]
        count = target_count(source, self.target_duration, 2 * source.count)

        def frame(index: int) -> Frame:
            place = index % (2 * source.count)
            return source.frame(place if place < source.count else 2 * source.count - 1 - place)

        changes = (("Second half", "the first one backwards, sound too"), told_length(source, count))
        return Film(count, frame, source.size, source.rate, self._sound(source, count), changes)

    def _sound(self, source: SourceClip, count: int) -> Sound | None:
        given = source.samples()
        if given is None:
            return None
        own = cut_to(given, sound_length(source.count, source.rate))
        length = sound_length(count, source.rate)
        both = np.concatenate([own, own[::-1]])
        return np.ascontiguousarray(np.tile(both, (-(-length // max(len(both), 1)), 1))[:length])
