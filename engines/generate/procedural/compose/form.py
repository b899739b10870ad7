"""The form of a piece: sections in whole bars, rising and falling with the genre, the picture's cuts and its tension."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from engines.generate.procedural.compose.brief import Genre
from engines.generate.procedural.compose.tempo import BEATS_PER_BAR

SINGLE_ARC_SECONDS = 110.0
ARC_SECONDS = 75.0
CLUB_ARC_BARS = 24
CLUB = (Genre.DEEP_HOUSE, Genre.TECHNO)


@dataclass(frozen=True)
class Section:
    """A stretch of a piece: `intro`, `build`, `main`, `drop`, `break` or `end`; seconds, half-open."""

    name: str
    start: float
    end: float


@dataclass(frozen=True)
class Stretch:
    """The bars [first, end) of a section, and how full it is (0-1) where it begins and where it ends."""

    name: str
    first: int
    end: int
    low: float
    high: float

    def intensity(self, bar: int) -> float:
        """How full a bar of it is."""
        return self.low + (self.high - self.low) * (bar - self.first + 0.5) / max(1, self.end - self.first)


_Shape = tuple[tuple[str, float, float, float], ...]
_SONG: _Shape = (
    ("intro", 0.17, 0.24, 0.34),
    ("build", 0.31, 0.45, 0.78),
    ("main", 0.38, 0.92, 1.0),
    ("end", 0.14, 0.4, 0.3),
)
_QUIET: _Shape = (
    ("intro", 0.22, 0.2, 0.35),
    ("build", 0.3, 0.4, 0.65),
    ("main", 0.3, 0.7, 0.8),
    ("end", 0.18, 0.4, 0.2),
)
_EPIC: _Shape = (
    ("intro", 0.2, 0.2, 0.35),
    ("build", 0.36, 0.4, 0.88),
    ("drop", 0.3, 1.0, 1.0),
    ("end", 0.14, 0.45, 0.3),
)
_CLUB: _Shape = (
    ("intro", 0.16, 0.4, 0.52),
    ("build", 0.25, 0.55, 0.85),
    ("drop", 0.44, 1.0, 1.0),
    ("end", 0.15, 0.5, 0.35),
)
_SHAPES = {Genre.AMBIENT: _QUIET, Genre.CINEMATIC: _EPIC, Genre.DEEP_HOUSE: _CLUB, Genre.TECHNO: _CLUB}
_BREAK = ("break", 0.16, 0.42, 0.35)


def plan_form(
    bars: int,
    seconds: float,
    genre: Genre,
    cut_bars: tuple[float, ...] = (),
    tension: tuple[float, ...] = (),
    loops: bool = False,
) -> tuple[Stretch, ...]:
    """The sections of a piece of whole bars. Borders lie on phrases, and on a cut of the picture where one is within a bar or two.

    `cut_bars` are the cuts counted in bars. A loop has neither intro nor end.
    """
    shape = _shape(bars, seconds, genre, loops)
    total = sum(part[1] for part in shape)
    unit = 4 if bars >= 24 else 2 if bars >= 10 else 1
    borders, place = [0], 0.0
    for part in shape:
        place += part[1] / total * bars
        borders.append(round(place / unit) * unit)
    borders[-1] = bars
    _to_cuts(borders, cut_bars, 2 if unit == 4 else 1)
    if bars >= 4 and not loops:
        borders[-2] = min(borders[-2], bars - 1)
    made = []
    for (name, _, low, high), (first, end) in zip(shape, pairwise(np.maximum.accumulate(borders)), strict=True):
        if end > first:
            made.append(_tensed(Stretch(name, int(first), int(end), low, high), bars, tension))
    return tuple(made)


def _shape(bars: int, seconds: float, genre: Genre, loops: bool) -> _Shape:
    shape = _SHAPES.get(genre, _SONG)
    if bars < 4:
        return (
            (("main", 1.0, 0.8, 0.9),)
            if bars == 1 or loops
            else (("main", bars - 1.0, 0.75, 0.95), ("end", 1.0, 0.5, 0.5))
        )
    if genre in CLUB:
        arcs = round(bars / CLUB_ARC_BARS)
    else:
        arcs = 1 if seconds <= SINGLE_ARC_SECONDS else round(seconds / ARC_SECONDS)
    middle = shape[1:3]
    turns = max(1, min(arcs, bars // 8))
    inner: _Shape = (*((*middle, _BREAK) * (turns - 1)), *middle)
    return inner if loops else (shape[0], *inner, shape[3])


def _to_cuts(borders: list[int], cut_bars: tuple[float, ...], reach: int) -> None:
    """Move each inner border onto a cut that lies near it and on a bar, unless a section would vanish by it."""
    on_bars = [round(cut) for cut in cut_bars if abs(cut - round(cut)) < 0.3]
    for index in range(1, len(borders) - 1):
        free = [
            bar
            for bar in on_bars
            if borders[index - 1] < bar < borders[index + 1] and abs(bar - borders[index]) <= reach
        ]
        borders[index] = min(free, key=lambda bar: abs(bar - borders[index]), default=borders[index])


def _tensed(stretch: Stretch, bars: int, tension: tuple[float, ...]) -> Stretch:
    """The stretch as full as the picture is tense: half its own shape, half the picture's."""
    if not tension:
        return stretch
    at = np.interp([stretch.first / bars, stretch.end / bars], np.linspace(0, 1, len(tension)), np.clip(tension, 0, 1))
    low, high = (0.5 * own + 0.5 * float(told) for own, told in zip((stretch.low, stretch.high), at, strict=True))
    return Stretch(stretch.name, stretch.first, stretch.end, low, high)


def sections_of(stretches: tuple[Stretch, ...], bpm: float, seconds: float) -> tuple[Section, ...]:
    """The stretches in seconds; the last ends with the piece."""
    bar = BEATS_PER_BAR * 60.0 / bpm
    ends = [*(stretch.end * bar for stretch in stretches[:-1]), seconds]
    return tuple(Section(one.name, one.first * bar, end) for one, end in zip(stretches, ends, strict=True))
