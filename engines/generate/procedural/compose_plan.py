"""What is played when: tempo fitted to the length, the arc of a piece, chords led smoothly, and the patterns over them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from engines.generate.procedural.compose_moods import MOODS, Mood

BEATS_PER_BAR = 4
ARC_SECONDS = 75.0
SINGLE_ARC_SECONDS = 110.0
TEMPO_TOLERANCE = 0.02


@dataclass(frozen=True)
class Section:
    """A stretch of a piece: `intro`, `build`, `main`, `break` or `end`; seconds, half-open."""

    name: str
    start: float
    end: float


@dataclass(frozen=True)
class Passage:
    """The time of one chord. `voicing` are the MIDI notes of the pad, low to high, `root` that of the bass."""

    start_beat: float
    beats: float
    voicing: tuple[int, ...]
    root: int
    intensity: float
    section: str


@dataclass(frozen=True)
class Pattern:
    """Which steps of a bar are plucked: index into the chord's notes over two octaves (-1 is a rest) and loudness."""

    steps: tuple[int, ...]
    accents: tuple[float, ...]


@dataclass(frozen=True)
class Piece:
    """A whole composition on paper."""

    mood: Mood
    seconds: float
    bpm: float
    passages: tuple[Passage, ...]
    sections: tuple[Section, ...]
    plucks: tuple[Pattern, Pattern]
    melody: tuple[tuple[float, float, int], ...]
    """Start and length in beats of a bar, and scale steps away from the top note of the chord."""

    @property
    def beats(self) -> tuple[float, ...]:
        """Seconds of every beat."""
        step = 60.0 / self.bpm
        return tuple(index * step for index in range(int(np.ceil(self.seconds / step - 1e-9))))


def plan_piece(mood_id: str, seconds: float, rng: np.random.Generator) -> Piece:
    """Compose on paper. The same generator state gives the same piece."""
    mood = MOODS[mood_id]
    bpm = fitted_tempo(mood.bpm * float(rng.uniform(0.97, 1.03)), seconds)
    beats = seconds * bpm / 60.0
    unit = BEATS_PER_BAR * (2 if bpm > 100 else 1)
    count = max(1, round(beats / unit))
    starts = [float(index * unit) for index in range(count)]
    arcs = _arcs(count, seconds)
    sections = [_section(index, count, arcs) for index in range(count)]
    chords = _chords(mood, count, rng)
    passages = []
    voicing: tuple[int, ...] = ()
    for index, (start, degree) in enumerate(zip(starts, chords, strict=True)):
        voicing = _voiced(mood, degree, voicing)
        root = mood.tonic + mood.scale[degree]
        end = beats if index == count - 1 else starts[index + 1]
        name, intensity = sections[index]
        passages.append(Passage(start, end - start, voicing, root - 12 if root > 46 else root, intensity, name))
    return Piece(
        mood, seconds, bpm, tuple(passages), _stretches(passages, bpm, seconds), _patterns(mood, rng), _melody(rng)
    )


def fitted_tempo(bpm: float, seconds: float) -> float:
    """The tempo near `bpm` at which whole bars, else whole beats, fill the length; within 2 %, else as it is."""
    beats = seconds * bpm / 60.0
    for unit in (BEATS_PER_BAR, 1):
        whole = max(1, round(beats / unit)) * unit
        fitted = whole * 60.0 / seconds
        if abs(fitted / bpm - 1) <= TEMPO_TOLERANCE:
            return fitted
    return bpm


def _arcs(count: int, seconds: float) -> list[tuple[int, int]]:
    """Passages [first, end) of each rise and fall; long pieces have several."""
    arcs = 1 if seconds <= SINGLE_ARC_SECONDS else max(1, min(count // 4, round(seconds / ARC_SECONDS)))
    borders = [round(index * count / arcs) for index in range(arcs + 1)]
    return list(pairwise(borders))


def _section(index: int, count: int, arcs: list[tuple[int, int]]) -> tuple[str, float]:
    """Name and intensity (0-1) of a passage."""
    number, (first, end) = next((n, arc) for n, arc in enumerate(arcs) if arc[0] <= index < arc[1])
    if count < 4:
        return ("main", 0.8) if index < count - 1 or count == 1 else ("end", 0.6)
    place = (index - first + 0.5) / (end - first)
    if index == count - 1 or (end == count and place > 0.88):
        return "end", 0.4
    if place < 0.17:
        return ("intro", 0.25) if number == 0 else ("build", 0.5)
    if place < 0.52:
        return "build", 0.45 + 0.35 * (place - 0.17) / 0.35
    return ("main", 1.0) if place < 0.88 else ("break", 0.4)


def _chords(mood: Mood, count: int, rng: np.random.Generator) -> list[int]:
    """A degree of the scale for each passage: the mood's row, varied in every third phrase, home at the end."""
    row = list(mood.chords)
    other = list(row)
    other[2] = int(rng.choice([(row[2] + 2) % 7, (row[2] + 5) % 7, row[2]]))
    other[1] = int(rng.choice([row[1], row[3]]))
    chords = [(other if (index // len(row)) % 3 == 2 else row)[index % len(row)] for index in range(count)]
    if count > 2:
        chords[-1] = 0
    return chords


def _tones(mood: Mood, degree: int) -> list[int]:
    """Semitones above the tonic of the chord on a degree."""
    size = 4 if mood.sevenths else 3
    return [mood.scale[(degree + 2 * k) % 7] + 12 * ((degree + 2 * k) // 7) for k in range(size)]


def _voiced(mood: Mood, degree: int, previous: tuple[int, ...]) -> tuple[int, ...]:
    """The inversion that moves least from the chord before, in the register of the mood."""
    centre = 57 + (mood.tonic - 42) * 0.8
    tones = _tones(mood, degree)
    choices = []
    for turn in range(len(tones)):
        order = tones[turn:] + tones[:turn]
        for octave in (1, 2, 3):
            low = mood.tonic + order[0] % 12 + 12 * (octave - 1)
            notes = [low]
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


def _patterns(mood: Mood, rng: np.random.Generator) -> tuple[Pattern, Pattern]:
    """A quiet and a full plucked pattern over one bar of sixteen (lively moods) or eight steps."""
    steps = 16 if mood.motion >= 0.75 else 8
    size = 2 * (4 if mood.sevenths else 3)
    shape = [int(one) for one in rng.choice([[0, 2, 1, 3], [0, 1, 2, 3], [3, 2, 1, 0], [0, 3, 1, 4]])]
    row = [(shape[index % 4] + (1 if index >= steps // 2 else 0)) % size for index in range(steps)]
    order = rng.permutation(steps)

    def thinned(density: float) -> Pattern:
        kept = {0, *(int(one) for one in order[: max(1, round(density * steps))])}
        accents = tuple(1.0 if index % 4 == 0 else float(rng.uniform(0.55, 0.8)) for index in range(steps))
        return Pattern(tuple(note if index in kept else -1 for index, note in enumerate(row)), accents)

    return thinned(mood.motion * 0.55), thinned(min(1.0, mood.motion * 1.1))


def _melody(rng: np.random.Generator) -> tuple[tuple[float, float, int], ...]:
    rhythms = [
        [(0.0, 1.5), (1.5, 0.5), (2.0, 2.0)],
        [(0.0, 1.0), (1.0, 1.0), (2.0, 1.5)],
        [(0.5, 1.5), (2.0, 1.0), (3.0, 1.0)],
        [(0.0, 3.0), (3.0, 1.0)],
    ]
    rhythm = rhythms[int(rng.integers(len(rhythms)))]
    contour = [int(one) for one in rng.choice([[0, 1, 2, 0], [0, -1, -2, 0], [2, 1, 0, 1], [0, 2, 1, -1]])]
    return tuple((start, length, contour[index]) for index, (start, length) in enumerate(rhythm))


def _stretches(passages: list[Passage], bpm: float, seconds: float) -> tuple[Section, ...]:
    result: list[Section] = []
    for passage in passages:
        start = passage.start_beat * 60 / bpm
        end = min(seconds, (passage.start_beat + passage.beats) * 60 / bpm)
        if result and result[-1].name == passage.section:
            result[-1] = Section(passage.section, result[-1].start, end)
        else:
            result.append(Section(passage.section, start, end))
    return tuple(result)
