"""Chords: a row by mood, varied by phrases, closed by a cadence; each voiced so that its voices move least from the last."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engines.generate.procedural.compose.moods import Mood
from engines.generate.procedural.compose.tempo import BEATS_PER_BAR

_LOWEST_ROOT, _HIGHEST_ROOT = 33, 46


@dataclass(frozen=True)
class Chord:
    """One harmony. `bar` is its first, `bars` how many it lasts; `voicing` MIDI notes low to high, `root` that of the bass."""

    bar: int
    bars: int
    degree: int
    voicing: tuple[int, ...]
    root: int


def chords_of(mood: Mood, bars: int, chord_bars: int, rng: np.random.Generator, loops: bool) -> tuple[Chord, ...]:
    """A chord for every `chord_bars` bars: rows of four, each third row varied; a cadence, then home (in a loop: on to the start)."""
    starts = list(range(0, bars, chord_bars))
    if len(starts) > 1 and bars - starts[-1] == chord_bars and chord_bars > 1 and not loops:
        starts.append(bars - 1)  # the last bar is home, whatever the pace of the chords before
    degrees = _degrees(mood, len(starts), rng, loops)
    made: list[Chord] = []
    voicing: tuple[int, ...] = ()
    for start, end, degree in zip(starts, [*starts[1:], bars], degrees, strict=True):
        voicing = voiced(mood, degree, voicing)
        root = mood.tonic + mood.scale[degree]
        while root > _HIGHEST_ROOT:
            root -= 12
        while root < _LOWEST_ROOT:
            root += 12
        made.append(Chord(start, end - start, degree, voicing, root))
    return tuple(made)


def _degrees(mood: Mood, count: int, rng: np.random.Generator, loops: bool) -> list[int]:
    row = list(mood.chords)
    other = list(row)
    other[2] = int(rng.choice([(row[2] + 2) % 7, (row[2] + 5) % 7, row[2]]))
    other[1] = int(rng.choice([row[1], row[3]]))
    degrees = [(other if (index // 4) % 3 == 2 else row)[index % 4] for index in range(count)]
    if loops:
        if count > 2:
            degrees[-1] = mood.ending
    elif count > 2:
        degrees[-2:] = [mood.ending, 0]
    return degrees


def chord_tones(mood: Mood, degree: int) -> list[int]:
    """Semitones above the tonic of the chord on a degree, upwards."""
    size = 4 if mood.sevenths else 3
    return [mood.scale[(degree + 2 * k) % 7] + 12 * ((degree + 2 * k) // 7) for k in range(size)]


def voiced(mood: Mood, degree: int, previous: tuple[int, ...]) -> tuple[int, ...]:
    """The inversion that moves least from the chord before, in the register of the mood."""
    centre = 57 + (mood.tonic - 42) * 0.8
    tones = chord_tones(mood, degree)
    choices = []
    for turn in range(len(tones)):
        order = tones[turn:] + tones[:turn]
        for octave in (1, 2, 3):
            notes = [mood.tonic + order[0] % 12 + 12 * (octave - 1)]
            for tone in order[1:]:
                note = mood.tonic + tone % 12
                while note <= notes[-1]:
                    note += 12
                notes.append(note)
            choices.append(tuple(notes))

    def cost(notes: tuple[int, ...]) -> float:
        away = abs(sum(notes) / len(notes) - centre)
        return away * 0.5 + sum(abs(a - b) for a, b in zip(notes, previous, strict=False))

    return min(choices, key=cost)


def chord_at(chords: tuple[Chord, ...], bar: int) -> Chord:
    """The chord that sounds in a bar."""
    return next(one for one in reversed(chords) if one.bar <= bar)


def beats_of(chord: Chord, bars: int, beats: float) -> float:
    """How many beats a chord lasts in a piece of `bars` bars and `beats` beats: the last bar has what is left."""
    end = beats if chord.bar + chord.bars >= bars else float((chord.bar + chord.bars) * BEATS_PER_BAR)
    return end - chord.bar * BEATS_PER_BAR
