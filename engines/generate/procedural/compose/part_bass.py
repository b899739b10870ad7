"""The bass player: drones, roots, pulses, off-beats, rolling sixteenths and walking lines."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engines.generate.procedural.compose.harmony import chord_at, chord_tones
from engines.generate.procedural.compose.notes import Note
from engines.generate.procedural.compose.sheet import Bar, Sheet

_Step = tuple[float, float, int, float]
"""Beat in the bar, beats it lasts, semitones above the root, loudness."""


def write(sheet: Sheet, rng: np.random.Generator) -> list[Note]:
    """The notes of the bass."""
    style = _STYLES[sheet.mood.bass]
    voice = {"offbeat": "bass_pluck", "rolling": "bass_saw", "pulse": "bass_pluck"}.get(sheet.mood.bass, "bass")
    notes = []
    for bar in sheet.each_bar():
        if bar.intensity < (0.5 if bar.stretch.name == "intro" else 0.3) and not sheet.is_final(bar):
            continue
        if sheet.is_final(bar):
            steps: list[_Step] = [(0.0, bar.beats, 0, 0.9)]
        elif bar.intensity < 0.5 and sheet.mood.bass != "drone":
            steps = [(0.0, bar.beats, 0, 0.7)]
        else:
            steps = style(sheet, bar)
        steady = sheet.mood.bass in ("rolling", "offbeat")
        for beat, beats, above, loud in steps:
            if beat >= bar.beats - 1e-6:
                continue
            late = 0.0 if steady else float(np.clip(rng.normal(0.002, 0.004), -0.008, 0.012))
            hard = loud * float(rng.uniform(0.93, 1.05)) * (0.65 + 0.35 * bar.intensity)
            at = max(0.0, sheet.time(bar.start + beat, sheet.mood.swing) + late)
            length = sheet.length(min(beats, bar.beats - beat))
            own = "bass" if beats >= 3 else voice
            notes.append(Note("bass", own, at, length, (bar.chord.root + above,), min(1.0, hard), 0.31, 0.0, 0.05))
    return notes


def _drone(sheet: Sheet, bar: Bar) -> list[_Step]:
    return [(0.0, bar.beats, 0, 0.75)]


def _root(sheet: Sheet, bar: Bar) -> list[_Step]:
    second = 7 if _has_fifth(sheet, bar) else 0
    full = bar.intensity > 0.7
    steps: list[_Step] = [(0.0, 2.0 if full else 3.0, 0, 0.9)]
    if full:
        steps += [(2.0, 1.0 if _leads(bar) else 2.0, second if bar.of_section % 2 else 0, 0.75)]
    if full and _leads(bar):
        steps.append((3.5, 0.5, _approach(sheet, bar), 0.6))
    return steps


def _pulse(sheet: Sheet, bar: Bar) -> list[_Step]:
    steps: list[_Step] = [(index / 2, 0.46, 0, 0.9 if index % 4 == 0 else 0.68) for index in range(8)]
    if _leads(bar) and bar.intensity > 0.7:
        steps[-1] = (3.5, 0.5, _approach(sheet, bar), 0.75)
    return steps


def _offbeat(sheet: Sheet, bar: Bar) -> list[_Step]:
    """House: long on the one, then between the drum's beats, an octave up now and then."""
    steps: list[_Step] = [(0.5, 0.45, 0, 0.85), (1.5, 0.45, 0, 0.75), (2.5, 0.45, 0, 0.85), (3.5, 0.4, 12, 0.6)]
    if bar.intensity > 0.8:
        steps.insert(2, (1.75, 0.22, 12, 0.5))
    if bar.of_section % 2:
        steps[-1] = (3.25, 0.7, 7 if _has_fifth(sheet, bar) else 0, 0.7)
    return steps


def _rolling(sheet: Sheet, bar: Bar) -> list[_Step]:
    """Three sixteenths after each beat, where the bass drum leaves room."""
    loud = (0.0, 0.62, 0.78, 0.68)
    return [(place / 4, 0.22, 0, loud[place % 4]) for place in range(16) if place % 4]


def _walk(sheet: Sheet, bar: Bar) -> list[_Step]:
    fifth = 7 if _has_fifth(sheet, bar) else 5
    if bar.intensity < 0.65:
        return [(0.0, 1.8, 0, 0.85), (2.0, 1.8, fifth, 0.7)]
    third = (chord_tones(sheet.mood, bar.chord.degree)[1] - chord_tones(sheet.mood, bar.chord.degree)[0]) % 12
    last = _approach(sheet, bar) if _leads(bar) else fifth - 12 if fifth == 7 else 0
    return [(0.0, 0.9, 0, 0.9), (1.0, 0.8, third, 0.66), (2.0, 0.9, fifth, 0.8), (3.0, 0.85, last, 0.68)]


_STYLES: dict[str, Callable[[Sheet, Bar], list[_Step]]] = {
    "drone": _drone, "root": _root, "pulse": _pulse, "offbeat": _offbeat, "rolling": _rolling, "walk": _walk,
}  # fmt: skip


def _has_fifth(sheet: Sheet, bar: Bar) -> bool:
    tones = chord_tones(sheet.mood, bar.chord.degree)
    return (tones[2] - tones[0]) % 12 == 7


def _leads(bar: Bar) -> bool:
    """Whether the chord changes after this bar."""
    return bar.index == bar.chord.bar + bar.chord.bars - 1


def _approach(sheet: Sheet, bar: Bar) -> int:
    """Semitones to the note of the scale just before the next root, from the side it is come from."""
    if bar.index + 1 >= sheet.bars:
        return 0
    target = chord_at(sheet.chords, bar.index + 1).root
    here = bar.chord.root
    scale = {(sheet.mood.tonic + tone) % 12 for tone in sheet.mood.scale}
    side = -1 if target > here else 1
    return next(target + side * away for away in (1, 2, 3) if (target + side * away) % 12 in scale) - here
