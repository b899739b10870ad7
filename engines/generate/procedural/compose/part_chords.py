"""The chords: pads that breathe with the form, rhythmic chords over them, and moving notes that carry the beat."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engines.generate.procedural.compose.brief import Genre
from engines.generate.procedural.compose.harmony import beats_of
from engines.generate.procedural.compose.notes import Note, echo
from engines.generate.procedural.compose.sheet import Bar, Sheet

_COMPS: dict[str, tuple[tuple[tuple[float, float, float], ...], ...]] = {
    "none": (),
    "push": (((0.0, 1.4, 0.9), (1.5, 0.9, 0.7), (3.0, 0.8, 0.75)), ((0.0, 1.4, 0.85), (1.5, 0.5, 0.65), (2.5, 1.2, 0.8))),
    "stab": (((0.75, 0.3, 0.8), (1.5, 0.3, 0.7), (2.75, 0.3, 0.8), (3.5, 0.25, 0.55)), ((0.75, 0.3, 0.8), (2.25, 0.5, 0.75))),
    "spiccato": tuple(tuple((i / 2, 0.3, 0.9 if i in strong else 0.6) for i in range(8)) for strong in ((0, 3, 6), (0, 3, 5))),
}  # fmt: skip
"""(beat, beats, loudness) in a bar, two bars by turns."""
_ROOMY = 0.28
"""From this space of a mood on, notes echo; in a tight piece echoes would blur the beat."""
_COMP_VOICE = {"push": "keys", "stab": "keys", "spiccato": "strings_short"}


@dataclass(frozen=True)
class _Pattern:
    """Which steps of a bar are plucked: index into the chord's notes over two octaves (-1 rests), and how loud."""

    steps: tuple[int, ...]
    accents: tuple[float, ...]


def write(sheet: Sheet, rng: np.random.Generator) -> list[Note]:
    """The notes of the chord players."""
    return [*_pads(sheet), *_comp(sheet, rng), *_moving(sheet, rng)]


def _pads(sheet: Sheet) -> list[Note]:
    by_index = {bar.index: bar for bar in sheet.each_bar()}
    strings = sheet.genre is Genre.CINEMATIC or sheet.mood.groove == "taiko"
    notes = []
    for chord in sheet.chords:
        bar = by_index[chord.bar]
        beats = beats_of(chord, sheet.bars, sheet.beats)
        gain = 0.28 if sheet.mood.comp in ("stab", "push") else 0.37
        voice = "strings" if strings and bar.intensity > 0.4 else "pad"
        length = sheet.length(beats)
        notes.append(Note("chords", voice, sheet.time(bar.start), length, chord.voicing, bar.intensity, gain, 0.0, 0.7))
        if bar.intensity > 0.85 and sheet.mood.brightness > 0.45:  # the top of the chord once more, an octave up
            high = tuple(note + 12 for note in chord.voicing[-2:])
            notes.append(
                Note("chords", voice, sheet.time(bar.start), length, high, bar.intensity, gain * 0.35, 0.0, 0.8)
            )
    return notes


def _comp(sheet: Sheet, rng: np.random.Generator) -> list[Note]:
    bars = _COMPS[sheet.mood.comp]
    if not bars:
        return []
    voice = _COMP_VOICE[sheet.mood.comp]
    notes = []
    for bar in sheet.each_bar():
        if bar.intensity < 0.45 or sheet.is_final(bar):
            continue
        for beat, beats, loud in bars[bar.of_section % len(bars)]:
            if beat >= bar.beats - 1e-6:
                continue
            hard = loud * (0.55 + 0.45 * bar.intensity) * float(rng.uniform(0.92, 1.05))
            at = sheet.time(bar.start + beat, sheet.mood.swing) + abs(float(rng.normal(0, 0.004)))
            strum = 0.006 if voice == "keys" else 0.0
            for number, pitch in enumerate(bar.chord.voicing):
                pan = -0.35 + 0.7 * number / max(1, len(bar.chord.voicing) - 1)
                pitch += 12 if voice == "strings_short" and pitch < 52 else 0
                at_once = Note(
                    "chords", voice, at + strum * number, sheet.length(beats), (pitch,), min(1.0, hard), 0.15, pan, 0.35
                )
                notes.append(at_once)
    return notes


def _moving(sheet: Sheet, rng: np.random.Generator) -> list[Note]:
    patterns = _patterns(sheet, rng)
    later = sheet.length(sheet.echo_beats)
    loud = 0.27 - 0.12 * sheet.mood.motion
    notes = []
    for bar in sheet.each_bar():
        if sheet.is_final(bar):
            notes += _last_chord(sheet, bar)
            continue
        pattern = patterns[bar.intensity > 0.7]
        if sheet.mood.motion < 0.15:
            continue
        ladder = [*bar.chord.voicing, *(note + 12 for note in bar.chord.voicing)]
        size = 4.0 / len(pattern.steps)
        for index, step in enumerate(pattern.steps):
            sparse = bar.stretch.name in ("intro", "end", "break") and index % 4
            if step < 0 or sparse or index * size >= bar.beats - 1e-6:
                continue
            turn = (
                2 if bar.of_section % 4 == 3 and index >= len(pattern.steps) // 2 else 0
            )  # the phrase's last bar turns upwards
            pitch = ladder[(step + turn) % len(ladder)] + (12 if max(ladder) < 76 else 0)
            at = max(
                0.0, sheet.time(bar.start + index * size, sheet.mood.swing, 0.5 if len(pattern.steps) == 8 else 0.25)
            )
            at = max(0.0, at + float(np.clip(rng.normal(0, 0.005), -0.01, 0.01)))
            hard = pattern.accents[index] * (0.5 + 0.5 * bar.intensity) * float(rng.uniform(0.9, 1.05))
            side = 0.45 if index % 2 else -0.45
            length = sheet.length(size)
            note = Note("chords", sheet.mood.moving, at, length, (pitch,), min(1.0, hard), loud, side, 0.5)
            notes.append(note)
            if sheet.mood.space >= _ROOMY:
                notes.append(echo(note, later, 0.36 * (0.3 + sheet.mood.space)))
    return notes


def _last_chord(sheet: Sheet, bar: Bar) -> list[Note]:
    """The last chord, rolled upwards and left to ring."""
    voice = sheet.mood.moving if sheet.mood.moving != "acid" else "keys"
    return [
        Note(
            "chords",
            voice,
            sheet.time(bar.start) + 0.035 * number,
            sheet.length(bar.beats),
            (pitch,),
            0.7,
            0.2,
            -0.3 + 0.2 * number,
            0.7,
        )
        for number, pitch in enumerate((*bar.chord.voicing, bar.chord.voicing[0] + 12))
    ]


def _patterns(sheet: Sheet, rng: np.random.Generator) -> tuple[_Pattern, _Pattern]:
    """A quiet and a full pattern over one bar of sixteen (lively moods) or eight steps."""
    mood = sheet.mood
    steps = 16 if mood.motion >= 0.75 or mood.moving == "acid" else 8
    size = 2 * (4 if mood.sevenths else 3)
    shape = [int(one) for one in rng.choice([[0, 2, 1, 3], [0, 1, 2, 3], [0, 2, 4, 2], [0, 3, 1, 4]])]
    row = [(shape[index % 4] + (1 if index >= steps // 2 else 0)) % size for index in range(steps)]
    order = rng.permutation(steps)

    def thinned(density: float) -> _Pattern:
        kept = {0, *(int(one) for one in order[: max(1, round(density * steps))])}
        accents = tuple(1.0 if index % 4 == 0 else float(rng.uniform(0.55, 0.8)) for index in range(steps))
        return _Pattern(tuple(note if index in kept else -1 for index, note in enumerate(row)), accents)

    return thinned(mood.motion * 0.8), thinned(min(1.0, mood.motion * 1.35))
