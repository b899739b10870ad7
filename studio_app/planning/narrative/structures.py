"""The structures a film can be held against, as data: beats, their shares of the running time, the tension of each."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from timeline.errors import StudioError

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Beat:
    """One part of a structure. `tension`: what is ideal in it, 0..1, at moments spread evenly from its start to its end."""

    name: str
    share: Fraction
    tension: tuple[float, ...]


@dataclass(frozen=True)
class Structure:
    """Beats in order; their shares sum to 1. `title` is for the screen."""

    id: str
    title: str
    verb: str
    beats: tuple[Beat, ...]

    @cached_property
    def bounds(self) -> tuple[Fraction, ...]:
        """Where the beats begin, as shares of the running time, and at the end 1."""
        row = [Fraction(0)]
        for beat in self.beats:
            row.append(row[-1] + beat.share)
        return tuple(row)

    @cached_property
    def points(self) -> tuple[tuple[float, float], ...]:
        """The ideal curve as (share of the running time, tension); it may jump where a beat begins."""
        found = []
        for beat, start in zip(self.beats, self.bounds, strict=False):
            steps = max(1, len(beat.tension) - 1)
            found += [(float(start + beat.share * place / steps), level) for place, level in enumerate(beat.tension)]
        return tuple(found)

    @cached_property
    def _sums(self) -> tuple[Floats, Floats, Floats]:
        """The points, and the area under the curve up to each of them."""
        x, y = (np.array(row, np.float64) for row in zip(*self.points, strict=True))
        areas = np.concatenate(([0.0], np.cumsum((y[1:] + y[:-1]) / 2 * np.diff(x))))
        return x, y, areas

    def ideal(self, at: float) -> float:
        """What is ideal at a share of the running time."""
        x, y, _ = self._sums
        place = int(np.clip(np.searchsorted(x, at, side="right") - 1, 0, len(x) - 2))
        width = x[place + 1] - x[place]
        along = (min(max(at, 0.0), 1.0) - x[place]) / width if width > 0 else 0.0
        return float(y[place] + (y[place + 1] - y[place]) * along)

    def means(self, starts: Floats, ends: Floats) -> Floats:
        """What is ideal on the mean between shares of the running time; at the moment itself where nothing lies between."""
        wide = np.maximum(ends - starts, 1e-9)
        return (self._area(starts + wide) - self._area(starts)) / wide

    def _area(self, at: Floats) -> Floats:
        x, y, areas = self._sums
        at = np.clip(at, 0.0, 1.0)
        place = np.clip(np.searchsorted(x, at, side="right") - 1, 0, len(x) - 2)
        width = np.maximum(x[place + 1] - x[place], 1e-12)
        along = at - x[place]
        return areas[place] + along * (y[place] + (y[place + 1] - y[place]) * along / width / 2)


def _beats(whole: int, *rows: tuple[str, int, tuple[float, ...]]) -> tuple[Beat, ...]:
    return tuple(Beat(name, Fraction(share, whole), tension) for name, share, tension in rows)


_ALL: Final = (
    Structure(
        "three_act",
        "Three acts",
        "Order as three acts",
        _beats(  # a quarter, a half, a quarter (Field)
            4,
            ("Setup", 1, (0.15, 0.25, 0.45)),
            ("Confrontation", 2, (0.4, 0.5, 0.65, 0.85)),
            ("Resolution", 1, (0.95, 0.6, 0.2)),
        ),
    ),
    Structure(
        "five_act",
        "Five acts",
        "Order as five acts",
        _beats(  # Freytag's pyramid
            20,
            ("Exposition", 3, (0.1, 0.25)),
            ("Rising Action", 6, (0.3, 0.55, 0.8)),
            ("Climax", 3, (0.85, 1.0, 0.85)),
            ("Falling Action", 5, (0.7, 0.45)),
            ("Resolution", 3, (0.35, 0.1)),
        ),
    ),
    Structure(
        "hero_journey",
        "Hero’s journey",
        "Order as a hero’s journey",
        _beats(
            20,
            ("Ordinary World", 3, (0.1, 0.2)),
            ("Call to Adventure", 4, (0.35, 0.5)),
            ("Ordeal", 6, (0.5, 0.75, 1.0)),
            ("Reward", 3, (0.5, 0.4)),
            ("Return", 4, (0.55, 0.75, 0.15)),
        ),
    ),
    Structure(
        "save_the_cat",
        "Save the Cat",
        "Order as Save the Cat",
        _beats(  # pages of a script of 110 (Snyder)
            110,
            ("Opening Image", 1, (0.2, 0.2)),
            ("Theme Stated", 4, (0.2, 0.2)),
            ("Set-up", 7, (0.2, 0.3)),
            ("Catalyst", 1, (0.6, 0.6)),
            ("Debate", 12, (0.4, 0.45)),
            ("Break into Two", 2, (0.6, 0.55)),
            ("B Story", 3, (0.35, 0.35)),
            ("Fun and Games", 25, (0.4, 0.6)),
            ("Midpoint", 2, (0.75, 0.75)),
            ("Bad Guys Close In", 18, (0.6, 0.85)),
            ("All Is Lost", 2, (0.95, 0.9)),
            ("Dark Night of the Soul", 8, (0.5, 0.35)),
            ("Break into Three", 2, (0.6, 0.65)),
            ("Finale", 21, (0.75, 1.0, 0.6)),
            ("Final Image", 2, (0.2, 0.15)),
        ),
    ),
)
STRUCTURES: Final = MappingProxyType({one.id: one for one in _ALL})
ALIASES: Final = MappingProxyType(
    {"heros_journey": "hero_journey", "hero": "hero_journey", "three": "three_act", "five": "five_act"}
)


def structure_of(name: str) -> Structure:
    """The structure of an id, or of another spelling of it. Raises StudioError with what there is."""
    wanted = name.strip().casefold().replace("-", "_").replace(" ", "_").replace("'", "").replace("’", "")
    found = STRUCTURES.get(ALIASES.get(wanted, wanted))
    if found is None:
        raise StudioError(f"There is no structure {name[:40]!r}; choose {', '.join(STRUCTURES)}.")
    return found
