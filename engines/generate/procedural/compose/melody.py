"""Melody: a motif of two bars, repeated on other chords, developed and brought home, in phrases of four or eight bars."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engines.generate.procedural.compose.harmony import Chord
from engines.generate.procedural.compose.moods import Mood

MOTIF_BEATS = 8.0
_SLOW = (
    ((0.0, 3.0), (3.0, 1.0), (4.0, 3.0)),
    ((0.0, 2.0), (2.0, 2.0), (4.0, 3.5)),
    ((1.0, 2.0), (3.0, 1.0), (4.0, 3.0)),
)
_EASY = (
    ((0.0, 1.5), (1.5, 0.5), (2.0, 1.0), (3.0, 1.0), (4.0, 3.0)),
    ((0.0, 1.0), (1.0, 0.5), (1.5, 0.5), (2.0, 2.0), (4.0, 1.0), (5.0, 2.0)),
    ((0.5, 0.5), (1.0, 1.0), (2.0, 1.5), (3.5, 0.5), (4.0, 2.5)),
)
_LIVELY = (
    ((0.0, 0.75), (0.75, 0.75), (1.5, 0.5), (2.0, 1.0), (3.0, 0.5), (3.5, 0.5), (4.0, 1.0), (5.5, 1.5)),
    ((0.0, 0.5), (0.5, 0.5), (1.5, 0.5), (2.0, 0.5), (3.0, 1.0), (4.0, 0.5), (4.5, 0.5), (5.5, 1.5)),
    ((0.0, 1.0), (1.5, 0.5), (2.5, 0.5), (3.0, 0.5), (3.5, 0.5), (4.5, 0.5), (5.0, 2.0)),
)
_CONTOURS = (
    (0, 1, 2, 1, 0, -1, 0, 1),
    (0, 2, 1, 0, -1, 0, 1, 0),
    (4, 3, 2, 1, 2, 1, 0, 0),
    (0, -1, 0, 2, 4, 3, 2, 1),
    (2, 1, 2, 4, 3, 2, 0, 1),
)


@dataclass(frozen=True)
class Motif:
    """A small tune: (start, length) in beats of two bars, and scale steps above where it begins."""

    rhythm: tuple[tuple[float, float], ...]
    steps: tuple[int, ...]


@dataclass(frozen=True)
class Tone:
    """A note of the melody: start and length in beats of the piece, MIDI pitch, and whether it is stressed."""

    start: float
    beats: float
    pitch: int
    stressed: bool


def motif_of(mood: Mood, rng: np.random.Generator) -> Motif:
    """The piece's own tune."""
    bank = _SLOW if mood.motion < 0.35 else _LIVELY if mood.motion >= 0.7 else _EASY
    rhythm = bank[int(rng.integers(len(bank)))]
    contour = _CONTOURS[int(rng.integers(len(_CONTOURS)))]
    return Motif(rhythm, contour[: len(rhythm)])


def phrase(motif: Motif, mood: Mood, chords: list[Chord], first_bar: int, bars: int, closes: bool) -> list[Tone]:
    """A phrase of `bars` bars from `first_bar`; `chords` gives the chord of each of its bars.

    Two bars at a time: the motif, its answer, its head twice and higher, then home. `closes`: ends on the tonic.
    """
    tones: list[Tone] = []
    cells = range(0, bars, 2)
    for number, offset in enumerate(cells):
        is_last = offset + 2 >= bars
        here = [chords[offset], chords[min(offset + 1, len(chords) - 1)]]
        kind = "home" if is_last and len(cells) > 1 else ("motif", "answer", "rise", "answer")[number % 4]
        previous = tones[-1].pitch if tones else _register(mood)
        beats = 4.0 * min(2, bars - offset)
        tones += _cell(kind, motif, mood, here, 4.0 * (first_bar + offset), beats, previous, closes and is_last)
    return tones


def _register(mood: Mood) -> int:
    return round(70 + (mood.tonic - 42) * 0.7 + 4 * (mood.brightness - 0.4))


def _cell(
    kind: str, motif: Motif, mood: Mood, chords: list[Chord], at: float, beats: float, previous: int, closes: bool
) -> list[Tone]:
    rhythm, steps = motif.rhythm, motif.steps
    if kind == "rise":  # the head of the motif, and once more a step higher
        head = [(start, length) for start, length in rhythm if start < 4]
        rhythm = tuple((start, min(length, 4 - start)) for start, length in head) + tuple(
            (s + 4, min(n, 4 - s)) for s, n in head
        )
        steps = tuple(steps[: len(head)]) + tuple(step + 2 for step in steps[: len(head)])
    elif kind == "answer":
        steps = (*steps[:-1], steps[-1] - 1)
    elif kind == "home" and closes:
        rhythm = tuple((start, length) for start, length in rhythm if start < 4)
        steps = steps[: len(rhythm)]
        rhythm, steps = (*rhythm, (4.0, 3.0)), (*steps, 0)
    begin = _nearest_chord_tone(
        _step_of(previous if kind != "motif" else _register(mood), mood), chords[0].degree, _register(mood), mood
    )
    lift = 2 if kind == "rise" else 0
    tones = []
    for index, ((start, length), step) in enumerate(zip(rhythm, steps, strict=True)):
        if start >= beats:
            continue
        chord = chords[0] if start < 4 else chords[-1]
        place = begin + step + lift - steps[0]
        stressed = start % 2 == 0
        if stressed or length >= 1.5:
            place = _nearest_chord_tone(place, chord.degree, None, mood)
        if closes and index == len(rhythm) - 1:
            place = round(place / 7) * 7
        pitch = _fold(_pitch_of(place, mood), _register(mood))
        tones.append(Tone(at + start, min(length, beats - start), pitch, stressed))
    return tones


def _step_of(pitch: int, mood: Mood) -> int:
    """The scale step (0: the tonic of the bass octave) nearest to a pitch."""
    octave, rest = divmod(pitch - mood.tonic, 12)
    return octave * 7 + min(range(7), key=lambda step: abs(mood.scale[step] - rest))


def _pitch_of(step: int, mood: Mood) -> int:
    octave, rest = divmod(step, 7)
    return mood.tonic + 12 * octave + mood.scale[rest]


def _nearest_chord_tone(step: int, degree: int, centre: int | None, mood: Mood) -> int:
    near = [step + away for away in (0, -1, 1, -2, 2, -3, 3) if (step + away - degree) % 7 in (0, 2, 4)]
    if centre is None:
        return near[0]
    return min(near, key=lambda one: abs(_pitch_of(one, mood) - centre) * 0.3 + abs(one - step))


def _fold(pitch: int, centre: int) -> int:
    """The pitch within an octave or so of the register: a tune that a voice could sing."""
    while pitch > centre + 13:
        pitch -= 12
    while pitch < centre - 10:
        pitch += 12
    return pitch
