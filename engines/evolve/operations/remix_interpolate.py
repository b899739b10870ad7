"""Interpolate."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import ClassVar

import numpy as np

from effects.frame import Frame
from effects.params import param
from engines.evolve.base import Film, Making, Operation, Sound, SourceClip
from engines.evolve.morphing import Morphing
from engines.evolve.sounding import crossfaded, cut_to, limited, sound_length

_MOST = 12


class Interpolate(Operation):
    """Let each clip flow into the next: shapes travel to where they are in the other picture while one fades into the other.

    Works along optical flow, measured in the pictures. Alike shots (a jump cut, another take of the same view) move as one; where
    nothing corresponds it falls back to a dissolve. It invents nothing: a face does not become another face.
    """

    title = "Morph"
    sources: ClassVar[tuple[int, int]] = (2, _MOST)
    keeps_length: ClassVar[bool] = False

    morph_duration: float = param(1.0, ge=0.1, le=10, unit="s", step=0.1, label="Length", help="Of each morph.")

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        """Clips one after another, each overlapping the next by the morph; sound faded across."""
        rate = sources[0].rate
        overlaps = [self._overlap(a, b) for a, b in itertools.pairwise(sources)]
        starts = [0]
        for source, overlap in zip(sources, overlaps, strict=False):
            starts.append(starts[-1] + source.count - overlap)
        count = starts[-1] + sources[-1].count
        morphs = [Morphing(a, b, n, draft=how.draft) for a, b, n in zip(sources, sources[1:], overlaps, strict=False)]

        def frame(index: int) -> Frame:
            number = max(one for one in range(len(sources)) if starts[one] <= index)
            since = index - starts[number]
            if number and since < overlaps[number - 1]:
                return morphs[number - 1].frame(since)
            return sources[number].frame(since)

        samples = _sound(sources, overlaps)
        seconds = ", ".join(f"{float(one / rate):.2f} s" for one in dict.fromkeys(overlaps))
        changes = (("Morph", f"{seconds}, along the motion"), ("Length", f"{float(count / rate):.2f} s"))
        return Film(count, frame, sources[0].size, rate, samples, changes)

    def _overlap(self, left: SourceClip, right: SourceClip) -> int:
        wanted = max(2, round(self.morph_duration * float(left.rate)))
        return max(1, min(wanted, left.count // 2, right.count // 2))


def _sound(sources: Sequence[SourceClip], overlaps: Sequence[int]) -> Sound | None:
    given = [source.samples() for source in sources]
    if all(one is None for one in given):
        return None
    rate = sources[0].rate
    rows = [
        cut_to(np.zeros((0, 2), np.float32) if one is None else one, sound_length(source.count, rate))
        for one, source in zip(given, sources, strict=True)
    ]
    total = rows[0]
    for row, overlap in zip(rows[1:], overlaps, strict=True):
        total = crossfaded(total, row, sound_length(overlap, rate))
    return limited(total)
