"""Mashup."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import ClassVar

from effects.params import param
from effects.seeds import stream
from engines.errors import EngineError
from engines.evolve.base import Edit, Film, Making, Operation, Piece, SourceClip
from engines.evolve.beats import beats_of
from engines.evolve.cutting import film_of_edit, frames
from timeline.time import ZERO

_MOST = 24
_EVENLY = 0.5
"""Seconds between cuts where no beat was heard."""
_SPARSE = 4.0
"""Seconds: fewer beats than one in so many are no rhythm."""
_SHORTEST = 2
"""Frames: less is a flash, not a shot."""


class Mashup(Operation):
    """Cut between the clips on the beats of one of them, whose sound is heard all along.

    Beats are measured in that clip's sound, to within a frame; no clip is shown twice in a row, and each goes on where it was
    left. It does not know what the clips are about. Where no beat can be heard it cuts evenly, and says so.
    """

    title = "Mashup on the beat"
    sources: ClassVar[tuple[int, int]] = (2, _MOST)
    keeps_length: ClassVar[bool] = False

    sound_of: int = param(
        1, ge=1, le=_MOST, label="Sound of clip", help="Whose sound is heard and cut to: 1 is the first clip."
    )
    beats: int = param(1, ge=1, le=16, label="Beats a shot", help="A cut on each beat, on every second one, …")
    cut_length: float = param(
        0.0,
        ge=0,
        le=10,
        unit="s",
        step=0.05,
        unset="on the beat",
        help="A cut every so many seconds instead of on beats.",
    )
    aliases: ClassVar[dict[str, str]] = {"beat": "beats"}

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        """The pieces of `edit`, drawn."""
        cuts, why = self._cuts(sources)
        length = f"{float(sources[self.sound_of - 1].seconds):.2f} s, as clip {self.sound_of}"
        changes = (("Cuts", f"{len(cuts)}, {why}"), ("Sound", f"of clip {self.sound_of}"), ("Length", length))
        return film_of_edit(self.edit(sources, how), sources, changes)

    def edit(self, sources: Sequence[SourceClip], how: Making) -> Edit:
        """The heard clip on the lowest lane, the shots above it without their sound."""
        cuts, _ = self._cuts(sources)
        heard = self.sound_of - 1
        rate, length = sources[0].rate, sources[heard].count
        pieces = [Piece(heard, ZERO, frames(length, rate), ZERO)]
        bounds = [0, *cuts, length]
        left_at = [0] * len(sources)
        draw = stream(how.seed, "mashup", ZERO)
        last = -1
        for first, end in itertools.pairwise(bounds):
            chosen = _next(last, len(sources), left_at, draw.random())
            last = chosen
            count = sources[chosen].count
            if left_at[chosen] + end - first > count:
                left_at[chosen] = 0
            shown = first
            while shown < end:  # a clip that is shorter than the shot begins again
                part = min(end - shown, count - left_at[chosen])
                start = frames(left_at[chosen], rate)
                pieces.append(Piece(chosen, start, frames(part, rate), frames(shown, rate), 1, muted=True))
                left_at[chosen] = (left_at[chosen] + part) % count
                shown += part
        return Edit(tuple(pieces), (), length, rate)

    def _cuts(self, sources: Sequence[SourceClip]) -> tuple[list[int], str]:
        """Frames of the cuts, and why they are there."""
        if self.sound_of > len(sources):
            raise EngineError(f"There is no clip {self.sound_of} to take the sound of; {len(sources)} were given.")
        source = sources[self.sound_of - 1]
        rate, seconds = sources[0].rate, float(source.seconds)
        if self.cut_length:
            step = max(self.cut_length, float(_SHORTEST / rate))
            times, why = _evenly(step, seconds), f"every {step:.3g} s"
        else:
            times = list(beats_of(source.samples()))[:: self.beats]
            why = f"on {'each beat' if self.beats == 1 else f'every {self.beats} beats'} of clip {self.sound_of}"
            if len(times) * self.beats < seconds / _SPARSE:
                heard = "hardly a beat was heard" if times else "no beat was heard"
                times, why = _evenly(_EVENLY * self.beats, seconds), f"evenly: {heard}"
        cuts: list[int] = []
        for time in times:
            cut = round(time * float(rate))
            if cut - (cuts[-1] if cuts else 0) >= _SHORTEST and source.count - cut >= _SHORTEST:
                cuts.append(cut)
        return cuts, why


def _evenly(step: float, seconds: float) -> list[float]:
    return [number * step for number in range(1, int(seconds / step) + 1)]


def _next(last: int, count: int, used: Sequence[int], chance: float) -> int:
    """Another clip than the last one: among those that were shown least, by chance."""
    others = [number for number in range(count) if number != last]
    least = min(used[number] for number in others)
    fresh = [number for number in others if used[number] == least]
    return fresh[int(chance * len(fresh))]
