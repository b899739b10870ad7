"""A piece on paper: everything decided, nothing sounding. Genre and mood become one set of players; each writes its notes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b

import numpy as np

from engines.generate.procedural.compose import part_bass, part_chords, part_drums, part_melody
from engines.generate.procedural.compose.brief import Genre, MusicBrief, Picture
from engines.generate.procedural.compose.form import Section, plan_form, sections_of
from engines.generate.procedural.compose.harmony import chords_of
from engines.generate.procedural.compose.moods import MOODS, Mood, nearest_mood
from engines.generate.procedural.compose.notes import Note
from engines.generate.procedural.compose.sheet import Sheet
from engines.generate.procedural.compose.tempo import BEATS_PER_BAR, asked_tempo, fitted_tempo


@dataclass(frozen=True)
class Piece:
    """A composition: its notes in order of time, and what is known of it. `mood_id` is the mood that was understood."""

    mood_id: str
    mood: Mood
    seconds: float
    bpm: float
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    sheet: Sheet

    @property
    def beats(self) -> tuple[float, ...]:
        """Seconds of every beat."""
        step = 60.0 / self.bpm
        return tuple(index * step for index in range(int(np.ceil(self.seconds / step - 1e-9))))


def seeded(*parts: object) -> np.random.Generator:
    """A generator that depends on these words and numbers alone."""
    key = blake2b(":".join(map(str, parts)).encode(), digest_size=8).digest()
    return np.random.default_rng(int.from_bytes(key, "big"))


def write_piece(brief: MusicBrief, seconds: float, picture: Picture) -> Piece:
    """Compose on paper. The same brief, length and picture give the same notes."""
    mood_id = nearest_mood(brief.mood)
    mood = _in_genre(MOODS[mood_id], brief.genre)
    rng = seeded("piece", mood_id, brief.genre, brief.seed)
    varied = 1.0 if brief.bpm > 0 else float(rng.uniform(0.985, 1.015))
    bpm = fitted_tempo(asked_tempo(brief, mood) * varied, seconds, picture.cuts)
    beats = seconds * bpm / 60.0
    bars = max(1, round(beats / BEATS_PER_BAR))
    cut_bars = tuple(cut * bpm / 60.0 / BEATS_PER_BAR for cut in picture.cuts if 0 < cut < seconds)
    stretches = plan_form(bars, seconds, brief.genre, cut_bars, picture.tension, picture.loops)
    chord_bars = 2 if bpm > 100 and bars >= 8 else 1
    chords = chords_of(mood, bars, chord_bars, rng, picture.loops)
    sheet = Sheet(mood, brief.genre, bpm, seconds, beats, bars, stretches, chords, picture.loops)
    notes: list[Note] = []
    for part in (part_chords, part_bass, part_melody, part_drums):
        # Each has dice of its own: a change of one part leaves the others as they were.
        notes += part.write(sheet, seeded(part.__name__.rsplit("_", 1)[-1], mood_id, brief.genre, brief.seed))
    notes = [*part_drums.cleared(notes, picture.cuts), *part_drums.accents(sheet, picture.cuts)]
    kept = [note for note in notes if -1e-9 <= note.start < seconds - 1e-6]
    kept.sort(key=lambda note: (note.start, note.stem, note.voice, note.pitches))
    return Piece(mood_id, mood, seconds, bpm, sections_of(stretches, bpm, seconds), tuple(kept), sheet)


_PLAYERS = {
    Genre.AMBIENT: {"groove": "none", "bass": "drone", "comp": "none", "drive": 0.0, "swing": 0.5},
    Genre.DEEP_HOUSE: {"groove": "house", "bass": "offbeat", "comp": "stab", "sevenths": True, "swing": 0.54, "moving": "keys",
                       "lead": "flute"},
    Genre.TECHNO: {"groove": "techno", "bass": "rolling", "comp": "none", "swing": 0.5, "moving": "acid", "lead": "saw"},
    Genre.CINEMATIC: {"groove": "taiko", "comp": "spiccato", "lead": "horn", "swing": 0.5},
}  # fmt: skip


def _in_genre(mood: Mood, genre: Genre) -> Mood:
    """The mood as a genre plays it: the genre's players, the mood's scale, chords and colour."""
    if genre not in _PLAYERS:
        return mood
    played = replace(mood, **_PLAYERS[genre])  # type: ignore[arg-type]
    if genre is Genre.AMBIENT:
        return replace(played, motion=min(0.45, mood.motion), space=max(0.6, mood.space))
    if genre is Genre.CINEMATIC:
        return replace(played, drive=max(0.6, mood.drive), space=max(0.45, mood.space))
    return replace(
        played, drive=max(0.85, mood.drive), motion=min(0.7, max(0.5, mood.motion)), space=min(0.4, mood.space)
    )
