"""Another pace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar

import numpy as np

from effects.frame import Frame
from effects.params import param
from effects.seeds import stream
from engines.evolve.base import Edit, Film, Making, Operation, Piece, Place, Sound, SourceClip
from engines.evolve.beats import beats_of
from engines.evolve.cutting import film_of_edit, frames
from engines.evolve.paced import Paced
from engines.evolve.sounding import at_pitch, cut_to, joined, limited, sound_length
from engines.evolve.told import percent
from timeline.time import ZERO

_SLOWEST = 0.45
_MEDIUM = 6.0
"""Mean change of luma levels between frames of 24 a second in a shot that is neither slow nor fast."""
_BOUNDS = (0.7, 1.45)
_EVENLY = 0.5
"""Seconds of a stretch where no beat was heard."""
_SHORTEST = 3
"""Frames: less is a flash, not a shot."""
_CLOSER = 1.14


class Pace(StrEnum):
    """Paces."""

    SLOW = "slow"
    MEDIUM = "medium"
    FAST = "fast"
    FRENETIC = "frenetic"


class PacingChange(Operation):
    """Slows the shot with new frames in between, evens it out by its measured motion, or cuts out what is slack, on the beat.

    Slow draws the frames between by optical flow; what is hidden or too fast to follow is mixed and seen as a ghost. Fast and frenetic
    drop the stretches with the least motion and jump to the next beat of the clip's own sound (evenly where none is heard). Sound
    goes with the picture at its own pitch; words in a dropped stretch are lost.
    """

    title = "Pacing"
    keeps_length: ClassVar[bool] = False
    aliases: ClassVar[Mapping[str, str]] = {"intensity": "strength", "target_pace": "pace"}
    restyle: ClassVar[str] = "The same shot at a {pace} pace."

    pace: Pace = param(Pace.FAST, animatable=False, help="How fast it goes.")
    strength: float = param(
        0.5, ge=0, le=1, step=0.01, widget="slider", label="Intensity", help="0 gives your take back unchanged."
    )

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        """The clip at that pace; size and rate as they were."""
        clip = sources[0]
        if self.pace in (Pace.SLOW, Pace.MEDIUM):
            paced = Paced(clip, self._speed(clip, how), draft=how.draft)
            samples = None if how.draft else paced.samples()
            told = _told(clip, paced.count, clip.count / paced.count, samples)
            return Film(paced.count, paced.frame, clip.size, clip.rate, samples, told)
        edit, why = self._recut(clip, how)
        flat = film_of_edit(edit, sources) if how.draft else _silent(edit, sources)
        samples = None if how.draft else _sound_of(edit, clip)
        rows = (
            ("Cuts", f"{len(edit.pieces) - 1}, {why}"),
            *_told(clip, edit.count, float(edit.pieces[0].speed), samples),
        )
        return Film(edit.count, flat.frame, clip.size, clip.rate, samples, rows)

    def edit(self, sources: Sequence[SourceClip], how: Making) -> Edit:
        """The same as clips: one at another speed, or the stretches that are kept."""
        clip = sources[0]
        if self.pace in (Pace.SLOW, Pace.MEDIUM):
            count = max(1, round(clip.count / self._speed(clip, how)))
            length = frames(count, clip.rate)
            return Edit((Piece(0, ZERO, length, ZERO, speed=Fraction(clip.count, count)),), (), count, clip.rate)
        return self._recut(clip, how)[0]

    def _speed(self, clip: SourceClip, how: Making) -> float:
        if self.pace is Pace.SLOW:
            return float(_SLOWEST**self.strength)
        moved = float(_moved(clip, how).mean()) * float(clip.rate) / 24
        low, high = _BOUNDS
        return float(np.clip((_MEDIUM / max(moved, 0.05)) ** 0.5, low, high) ** self.strength)

    def _recut(self, clip: SourceClip, how: Making) -> tuple[Edit, str]:
        """The stretches between beats with most motion, in their order, a little faster."""
        frenetic = self.pace is Pace.FRENETIC
        bounds, why = _stretches(clip, how, halves=frenetic)
        motion = _moved(clip, how)
        lengths = np.diff(bounds)
        force = np.array([motion[a:b].mean() if b > a else 0.0 for a, b in pairwise(bounds)])
        # The first stretch stays: the film begins where the clip does.
        force[0] = np.inf
        most = max(0, len(lengths) - (2 if len(lengths) > 2 else 1))
        dropped = min(most, round(len(lengths) * (0.6 if frenetic else 0.42) * self.strength))
        kept = np.sort(np.argsort(-force, kind="stable")[: len(lengths) - dropped])
        speed = Fraction(round(100 * (1 + (0.5 if frenetic else 0.2) * self.strength)), 100)
        return self._laid(clip, [(int(bounds[i]), int(lengths[i])) for i in kept], speed, how), why

    def _laid(self, clip: SourceClip, kept: list[tuple[int, int]], speed: Fraction, how: Making) -> Edit:
        """One after another; in frenetic every second jump comes closer, so that it reads as a cut and not as a fault."""
        pieces: list[Piece] = []
        at = 0
        choice = stream(how.seed, "pacing", ZERO)
        closer = 1 + (_CLOSER - 1) * self.strength
        for number, (first, length) in enumerate(kept):
            count = max(1, int(length / speed))
            place = None
            if self.pace is Pace.FRENETIC and number % 2:
                room = 1 - 1 / closer
                left, top = room * (0.35 + 0.3 * choice.random()), room * 0.4
                place = Place(crop=(left, top, left + 1 / closer, top + 1 / closer))
            piece = Piece(0, frames(first, clip.rate), frames(count, clip.rate), frames(at, clip.rate), 0, speed, place)
            pieces.append(piece)
            at += count
        return Edit(tuple(pieces), (), at, clip.rate)


def _silent(edit: Edit, sources: Sequence[SourceClip]) -> Film:
    """The pictures alone: the sound is laid at its own pitch."""
    silent = [_Mute(source) for source in sources]
    return film_of_edit(edit, silent)


class _Mute:
    """A clip without its sound."""

    def __init__(self, clip: SourceClip) -> None:
        self.name, self.size, self.rate, self.count, self.words = (
            clip.name,
            clip.size,
            clip.rate,
            clip.count,
            clip.words,
        )
        self.seconds, self.filled = clip.seconds, clip.filled
        self.small, self.rgb = clip.small, clip.rgb
        self._clip = clip

    def frame(self, index: int) -> Frame:
        """The clip's."""
        return self._clip.frame(index)

    def samples(self) -> Sound | None:
        """None."""
        return None


def _sound_of(edit: Edit, clip: SourceClip) -> Sound | None:
    samples = clip.samples()
    if samples is None:
        return None
    parts = []
    for piece in edit.pieces:
        count = piece.length.nearest_frame(edit.rate)
        at = piece.at.nearest_frame(edit.rate)
        length = sound_length(at + count, edit.rate) - sound_length(at, edit.rate)
        first = sound_length(piece.start.nearest_frame(edit.rate), edit.rate)
        own = samples[first : first + round(length * float(piece.speed)) + 1]
        parts.append(cut_to(at_pitch(own, float(piece.speed)), length))
    return limited(joined(parts))


def _moved(clip: SourceClip, how: Making) -> np.ndarray:
    """For each frame how much it differs from the one before, in luma levels; the first as the second."""
    found = np.zeros(clip.count)
    for index in range(1, clip.count):
        now, before = clip.small(index, 96), clip.small(index - 1, 96)
        found[index] = float(np.abs(now.astype(np.int16) - before).mean())
        if index % 24 == 0:
            how.job.check()
            how.job.progress(index / clip.count, "Measuring motion")
    if clip.count > 1:
        found[0] = found[1]
    return found


def _stretches(clip: SourceClip, how: Making, *, halves: bool) -> tuple[list[int], str]:
    """Frames between which the clip may be cut, its ends among them, and why there."""
    beats = () if how.draft or clip.seconds < 1 else beats_of(clip.samples())
    if len(beats) >= 2:
        times, why = list(beats), "on beats"
    else:
        times = [number * _EVENLY for number in range(1, int(float(clip.seconds) / _EVENLY) + 1)]
        why = "evenly: no beat was heard"
    if halves:
        edges = [0.0, *times]
        times = sorted({*times, *((a + b) / 2 for a, b in pairwise(edges))})
        why = why.replace("on beats", "on beats and between")
    bounds = [0]
    for time in times:
        cut = round(time * float(clip.rate))
        if cut - bounds[-1] >= _SHORTEST and clip.count - cut >= _SHORTEST:
            bounds.append(cut)
    return [*bounds, clip.count], why


def _told(clip: SourceClip, count: int, speed: float, samples: Sound | None) -> tuple[tuple[str, str], ...]:
    length = f"{float(clip.seconds):.2f} s to {float(count / clip.rate):.2f} s"
    if count == clip.count:
        return (("Length and sound", "unchanged"),)
    return (
        ("Speed", percent(speed)),
        ("Length", length),
        *((("Sound", "goes along, pitch kept"),) if samples is not None else ()),
    )
