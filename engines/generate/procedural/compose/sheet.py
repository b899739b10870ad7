"""What every player reads from: tempo, form and chords of a piece, and the time of each beat."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engines.generate.procedural.compose.brief import Genre
from engines.generate.procedural.compose.form import Stretch
from engines.generate.procedural.compose.harmony import Chord, chord_at
from engines.generate.procedural.compose.moods import Mood
from engines.generate.procedural.compose.notes import swung
from engines.generate.procedural.compose.tempo import BEATS_PER_BAR


@dataclass(frozen=True)
class Bar:
    """One bar: its number, its place in its section, how full it is, its chord, its length in beats."""

    index: int
    stretch: Stretch
    intensity: float
    chord: Chord
    beats: float

    @property
    def of_section(self) -> int:
        """Its place in its section, from 0."""
        return self.index - self.stretch.first

    @property
    def start(self) -> float:
        """Its first beat."""
        return float(self.index * BEATS_PER_BAR)

    @property
    def is_last_of_section(self) -> bool:
        """Whether another section (or the end) follows."""
        return self.index == self.stretch.end - 1


@dataclass(frozen=True)
class Sheet:
    """The plan of a piece, before any note. `beats` may end within the last bar."""

    mood: Mood
    genre: Genre
    bpm: float
    seconds: float
    beats: float
    bars: int
    stretches: tuple[Stretch, ...]
    chords: tuple[Chord, ...]
    loops: bool = False

    def time(self, beat: float, swing: float = 0.5, unit: float = 0.5) -> float:
        """Seconds of a beat, played with swing."""
        return swung(beat, swing, unit) * 60.0 / self.bpm

    @property
    def echo_beats(self) -> float:
        """How late an echo comes: in slow pieces on the beat, in others between."""
        return 1.0 if self.bpm < 90 else 0.75

    def length(self, beats: float) -> float:
        """Seconds that beats last."""
        return beats * 60.0 / self.bpm

    def each_bar(self) -> Iterator[Bar]:
        """All bars in order; the last takes what beats are left."""
        for stretch in self.stretches:
            for index in range(stretch.first, stretch.end):
                is_last = index == self.bars - 1
                beats = self.beats - index * BEATS_PER_BAR if is_last else float(BEATS_PER_BAR)
                yield Bar(index, stretch, stretch.intensity(index), chord_at(self.chords, index), beats)

    def is_final(self, bar: Bar) -> bool:
        """Whether the bar is the one the piece comes to rest in: struck once, then left to ring."""
        return bar.index == self.bars - 1 and not self.loops and self.bars > 2
