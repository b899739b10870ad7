"""The drummer: grooves by intensity, fills into the next section, crashes where one begins, strokes on the picture's cuts."""

from __future__ import annotations

import numpy as np

from engines.generate.procedural.compose.grooves import GROOVES, Groove, lines_of
from engines.generate.procedural.compose.notes import Note
from engines.generate.procedural.compose.sheet import Bar, Sheet

_KIT = {
    "kick": (0.62, 0.0, 0.02), "punch": (0.7, 0.0, 0.02), "boom": (0.6, 0.0, 0.35), "heart": (0.6, 0.0, 0.15), "taiko": (0.75, 0.0, 0.45),
    "tom": (0.42, -0.2, 0.35), "snare": (0.36, 0.0, 0.3), "clap": (0.32, 0.0, 0.35), "hat": (0.2, 0.25, 0.12), "open": (0.22, 0.25, 0.12),
    "shaker": (0.19, -0.35, 0.12), "tick": (0.27, 0.4, 0.12), "rim": (0.33, -0.25, 0.35), "snap": (0.34, 0.15, 0.4),
    "brush": (0.36, -0.1, 0.12), "ride": (0.22, 0.35, 0.12), "crash": (0.2, 0.0, 0.4), "riser": (0.22, 0.0, 0.4),
}  # fmt: skip
"""Each drum's loudness, place from left (-1) to right, and how much of it the room gets."""
_LOW = ("kick", "punch", "boom", "heart", "taiko")
_BIG = (*_LOW, "tom", "snare", "clap")
_NEAR_CUT, _CLEAR_OF_CUT = 0.09, 0.14


def write(sheet: Sheet, rng: np.random.Generator) -> list[Note]:
    """The notes of the drums."""
    groove = GROOVES[sheet.mood.groove]
    if not groove.lines or sheet.mood.drive <= 0:
        return []
    notes: list[Note] = []
    for bar in sheet.each_bar():
        if sheet.is_final(bar):
            notes += _last_stroke(sheet, groove, bar)
            continue
        notes += _bar(sheet, groove, bar, rng)
        if groove.fill and bar.is_last_of_section and bar.index < sheet.bars - 1 and bar.intensity > 0.45:
            notes += _fill(sheet, groove, bar, rng)
        if bar.of_section == 0 and bar.index and groove.crash and bar.intensity > 0.8:
            notes.append(stroke("crash", sheet.time(bar.start), 0.9))
    return notes


def stroke(drum: str, at: float, velocity: float, gain: float = 1.0) -> Note:
    """One hit of a drum at its usual place in the mix."""
    loud, pan, send = _KIT[drum]
    return Note("drums", drum, max(0.0, at), 0.0, (), velocity, loud * gain, pan, send)


def _bar(sheet: Sheet, groove: Groove, bar: Bar, rng: np.random.Generator) -> list[Note]:
    notes = []
    power = 0.55 + 0.45 * bar.intensity
    leads_over = groove.pumps > 0.5 and bar.is_last_of_section and bar.stretch.name == "build"
    for line in lines_of(groove, bar.of_section):
        loose = 0.0 if line.drum in ("kick", "punch") else groove.loose
        if bar.intensity < line.enters:
            continue
        for place, mark in enumerate(line.places):
            if mark == "." or place / 4 >= bar.beats - 1e-6:
                continue
            if leads_over and place >= 8 and line.drum in _LOW:
                continue  # the floor falls away before the drop
            late = float(np.clip(rng.normal(0, loose), -2 * loose, 2 * loose)) if loose else 0.0
            hard = int(mark) / 9 * float(rng.uniform(0.9, 1.06))
            at = sheet.time(bar.start + place / 4, sheet.mood.swing, 0.25 if groove.pumps > 0.5 else 0.5)
            notes.append(stroke(line.drum, at + late, min(1.0, hard), power))
    return notes


def _fill(sheet: Sheet, groove: Groove, bar: Bar, rng: np.random.Generator) -> list[Note]:
    """The last half bar of a section: strokes that grow, and before a full section a rising noise."""
    notes = []
    following = next((one for one in sheet.stretches if one.first == bar.index + 1), None)
    rises = following is not None and following.low > bar.intensity
    places = (2.0, 2.5, 3.0, 3.25, 3.5, 3.75) if rises else (3.0, 3.5, 3.75)
    for number, place in enumerate(places):
        hard = 0.35 + 0.5 * (number + 1) / len(places)
        notes.append(stroke(groove.fill, sheet.time(bar.start + place) + float(rng.normal(0, 0.002)), hard, 0.9))
    if rises and groove.crash:
        length = sheet.length(4.0)
        notes.append(Note("drums", "riser", sheet.time(bar.start), length, (), 0.8, _KIT["riser"][0], 0.0, 0.4))
    return notes


def _last_stroke(sheet: Sheet, groove: Groove, bar: Bar) -> list[Note]:
    low = next((line.drum for line in groove.lines if line.drum in _LOW), "kick")
    struck = [stroke(low, sheet.time(bar.start), 0.9)]
    return [*struck, stroke("crash", sheet.time(bar.start), 0.6)] if groove.crash else struck


def cleared(notes: list[Note], cuts: tuple[float, ...]) -> list[Note]:
    """The notes without those of big drums just beside a cut: two strokes that nearly meet sound like a mistake."""
    return [
        note
        for note in notes
        if note.voice not in _BIG or not any(abs(note.start - cut) < _CLEAR_OF_CUT for cut in cuts)
    ]


def accents(sheet: Sheet, cuts: tuple[float, ...]) -> list[Note]:
    """Strokes on the picture's cuts: exactly on the cut, softer where no beat is near."""
    notes = []
    beat = 60.0 / sheet.bpm
    drum = "taiko" if sheet.mood.drive >= 0.4 else "boom"
    for cut in cuts:
        if not 0.05 < cut < sheet.seconds - 0.05:
            continue
        is_on_beat = abs(cut - round(cut / beat) * beat) <= _NEAR_CUT
        notes.append(stroke(drum, cut, 0.85 if is_on_beat else 0.6, 0.85))
        if is_on_beat and sheet.mood.drive >= 0.4:
            notes.append(stroke("crash", cut, 0.5, 0.7))
    return notes
