"""The soloist: silent in breaks, a hint of the motif in the build, whole phrases where the piece is full."""

from __future__ import annotations

import numpy as np

from engines.generate.procedural.compose.harmony import chord_at
from engines.generate.procedural.compose.melody import motif_of, phrase
from engines.generate.procedural.compose.notes import Note, echo
from engines.generate.procedural.compose.sheet import Sheet

_GAIN = {"flute": 0.17, "low": 0.17, "horn": 0.21, "saw": 0.22, "bell": 0.27}
_FULL, _HINT = 0.62, 0.44


def write(sheet: Sheet, rng: np.random.Generator) -> list[Note]:
    """The notes of the melody."""
    mood = sheet.mood
    motif = motif_of(mood, rng)
    lower = -12 if mood.lead == "low" else 0
    later = sheet.length(sheet.echo_beats)
    notes: list[Note] = []
    for stretch in sheet.stretches:
        is_full = (stretch.low + stretch.high) / 2 >= _FULL and stretch.name != "build"
        has_hint = not is_full and stretch.high >= _HINT and stretch.name == "build"
        if not (is_full or has_hint) or sheet.bars < 2:
            continue
        first, end = stretch.first, stretch.end
        if has_hint:  # only the motif itself, once the section is under way
            first = max(first, first + (end - first) // 2)
            end = min(end, first + 2)
        while first < end:
            bars = min(8 if end - first >= 8 else 4, end - first)
            chords = [chord_at(sheet.chords, bar) for bar in range(first, first + bars)]
            closes = is_full and first + bars >= end
            for tone in phrase(motif, mood, chords, first, bars, closes):
                if tone.start >= sheet.beats:
                    continue
                late = float(np.clip(rng.normal(0.006, 0.006), -0.006, 0.018))
                at = max(0.0, sheet.time(tone.start, mood.swing) + late)
                hard = (0.9 if tone.stressed else 0.72) * float(rng.uniform(0.92, 1.05)) * (1.0 if is_full else 0.7)
                length = sheet.length(tone.beats)
                pitch = tone.pitch + lower
                note = Note("melody", mood.lead, at, length, (pitch,), min(1.0, hard), _GAIN[mood.lead], 0.1, 0.5)
                notes.append(note)
                if mood.space > 0.3:
                    notes.append(echo(note, later, 0.22))
            first += bars
    return notes
