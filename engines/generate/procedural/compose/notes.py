"""Notes on paper: what the players are given. Seconds from the start of the piece."""

from __future__ import annotations

from dataclasses import dataclass, replace

STEMS = ("drums", "bass", "chords", "melody", "ambience", "effects")
"""What a mix falls apart into; their sum is the mix."""


@dataclass(frozen=True, slots=True)
class Note:
    """One sound: an instrument's `voice`, `pitches` (MIDI; several for a chord), loudness and place.

    `velocity` 0-1 is how hard it is struck, `gain` how loud the part is in the mix, `send` what goes to the room.
    """

    stem: str
    voice: str
    start: float
    seconds: float
    pitches: tuple[int, ...] = ()
    velocity: float = 0.8
    gain: float = 1.0
    pan: float = 0.0
    send: float = 0.2


def echo(note: Note, later: float, share: float) -> Note:
    """The note once more, `later` seconds, at a share of its loudness, from the other side of a wider room."""
    return replace(note, start=note.start + later, gain=note.gain * share, pan=-note.pan or 0.4, send=0.7)


def swung(beat: float, swing: float, unit: float = 0.5) -> float:
    """A place in beats, played with swing: the second of each two `unit`s comes at `swing` of their time (0.5: even)."""
    pair = 2 * unit
    whole, part = divmod(beat, pair)
    part /= pair
    late = part * 2 * swing if part < 0.5 else swing + (part - 0.5) * 2 * (1 - swing)
    return (whole + late) * pair
