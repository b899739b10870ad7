"""Beats a minute: what mood, genre and words ask for, fitted to the length so that the music ends with the picture."""

from __future__ import annotations

from engines.generate.procedural.compose.brief import Genre, MusicBrief, Tempo
from engines.generate.procedural.compose.moods import Mood

BEATS_PER_BAR = 4
TOLERANCE = 0.02
"""How far a fitted tempo may be from the one asked for."""
SLOWEST = 40.0
_RANGES = {Genre.AMBIENT: (72.0, 80.0, 88.0), Genre.DEEP_HOUSE: (118.0, 122.0, 126.0), Genre.TECHNO: (124.0, 127.0, 130.0),
           Genre.CINEMATIC: (76.0, 90.0, 104.0)}  # fmt: skip
_SLOW, _MEDIUM, _FAST = 100.0, 122.0, 128.0


def asked_tempo(brief: MusicBrief, mood: Mood) -> float:
    """The tempo wanted before it is fitted."""
    if brief.bpm > 0:
        bpm = brief.bpm
        while bpm < SLOWEST:  # the same pulse, counted in halves
            bpm *= 2
        return bpm
    if brief.genre in _RANGES:
        low, usual, high = _RANGES[brief.genre]
        return {Tempo.SLOW: low, Tempo.FAST: high}.get(brief.tempo, usual)
    if brief.tempo is Tempo.SLOW:
        return min(_SLOW, mood.bpm * 0.86)
    if brief.tempo is Tempo.MEDIUM:
        return min(_MEDIUM, max(_SLOW, mood.bpm))
    if brief.tempo is Tempo.FAST:
        return max(_FAST, mood.bpm * 1.12)
    return mood.bpm


def fitted_tempo(bpm: float, seconds: float, cuts: tuple[float, ...] = ()) -> float:
    """The tempo near `bpm` at which whole bars, else whole beats, fill the length; within 2 %, else as it is.

    Where several whole numbers of beats fit, the one on whose beats the cuts of the picture fall best wins over whole bars.
    """
    beats = seconds * bpm / 60.0
    low, high = int(beats / (1 + TOLERANCE)), int(beats * (1 + TOLERANCE)) + 1
    fitting = [n for n in range(max(1, low), high + 1) if abs(n / beats - 1) <= TOLERANCE]
    if not fitting:
        return bpm
    inner = [cut for cut in cuts if 0 < cut < seconds]

    def cost(count: int) -> float:
        tempo = count * 60.0 / seconds
        off = sum(abs(cut * tempo / 60 - round(cut * tempo / 60)) for cut in inner) / max(1, len(inner))
        ragged = 0.0 if count % BEATS_PER_BAR == 0 else 0.05 if count % 2 == 0 else 0.08
        return off + ragged + abs(count / beats - 1)

    return min(fitting, key=cost) * 60.0 / seconds
