"""What films with a word, or a palette, in common are like; and what may be changed about that, as sentences that a user accepts or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from engines.generate.procedural.grow.log import Run

LEAST_RUNS = 2
STILL, RESTLESS = 2.0, 15.0
"""`Film.motion` below and above which a change is suggested."""
DARK, BRIGHT = 50.0, 220.0
"""The same of `Film.brightness`."""
MORE_LIFE, LESS_LIFE = 1.4, 0.7
LIGHTER = 0.06
LESS_WEIGHT = 0.6
GRADED = frozenset(
    """
    palette weather camera shot steadiness depth_of_field shafts intensity pacing subject_motion motion mood tone contrast
    saturation temperature wind style lighting
    """.split()
)
"""Domains whose values can weigh less: a place is there or it is not."""
_MOST = 8


@dataclass(frozen=True)
class Sum:
    """Films that have one thing in common: `key` is `weather rain` or `palette ocean`, `name` how that was mostly said.

    The means are of the films that were measured; 0 where none was.
    """

    key: str
    name: str
    runs: int
    measured: int
    motion: float
    brightness: float
    contrast: float
    up: int
    down: int


@dataclass(frozen=True)
class Nudge:
    """What was learnt of a word or a palette: factors for life and weight, and what is added to the brightness."""

    life: float = 1.0
    brightness: float = 0.0
    weight: float = 1.0

    def and_(self, other: Nudge) -> Nudge:
        """Both, within bounds in which a film keeps its face."""
        return Nudge(
            min(2.0, max(0.5, self.life * other.life)),
            min(0.12, max(-0.12, self.brightness + other.brightness)),
            min(1.6, max(0.3, self.weight * other.weight)),
        )


@dataclass(frozen=True)
class Suggestion:
    """One change that may be accepted; `id` names it, as long as its reason stands."""

    id: str
    key: str
    sentence: str
    nudge: Nudge


def by_word(runs: Iterable[Run]) -> tuple[Sum, ...]:
    """A sum for each thing that was asked for, the most frequent first."""
    return _sums([(word.key, word.phrase, run) for run in runs for word in run.words])


def by_palette(runs: Iterable[Run]) -> tuple[Sum, ...]:
    """A sum for each palette that was drawn with, asked for or not."""
    return _sums([(f"palette {name}", name.replace("_", " "), run) for run in runs for name in set(run.palettes)])


def _sums(found: Sequence[tuple[str, str, Run]]) -> tuple[Sum, ...]:
    groups: dict[str, list[tuple[str, Run]]] = {}
    for key, name, run in found:
        groups.setdefault(key, []).append((name, run))
    sums = [_sum(key, members) for key, members in groups.items()]
    return tuple(sorted(sums, key=lambda one: (-one.runs, one.key)))


def _sum(key: str, members: Sequence[tuple[str, Run]]) -> Sum:
    names, runs = Counter(name for name, _ in members), [run for _, run in members]
    films = [run.film for run in runs if run.film is not None]
    return Sum(
        key,
        min(names, key=lambda name: (-names[name], name)),
        len(runs),
        len(films),
        round(fmean(film.motion for film in films), 2) if films else 0.0,
        round(fmean(film.brightness for film in films), 1) if films else 0.0,
        round(fmean(film.contrast for film in films), 1) if films else 0.0,
        sum(run.thumb == "up" for run in runs),
        sum(run.thumb == "down" for run in runs),
    )


def suggestions(
    runs: Sequence[Run], learnt: Mapping[str, Nudge], refused: Iterable[str] = ()
) -> tuple[Suggestion, ...]:
    """What speaks for a change, the best founded first; nothing about what was changed or refused already."""
    words = [one for one in by_word(runs) if not one.key.startswith("palette ")]
    known = set(refused)
    sums = (*words, *by_palette(runs))
    found = [(one, suggestion) for one in sums if one.key not in learnt for suggestion in _of(one)]
    found = [(one, each) for one, each in found if each.id not in known]
    found.sort(key=lambda pair: (-(pair[0].up + pair[0].down), -pair[0].runs, pair[1].id))
    once = {each.sentence: each for _, each in reversed(found)}  # "neon" may be a palette and a lighting
    return tuple(each for _, each in found if once[each.sentence] is each)[:_MOST]


def _of(one: Sum) -> list[Suggestion]:
    """The rules."""
    told: list[tuple[str, str, Nudge]] = []
    films = f"{one.measured} films with “{one.name}”"
    if one.measured >= LEAST_RUNS:
        if one.motion < STILL:
            told.append(("still", f"{films} hardly move. Let what is in them move faster?", Nudge(life=MORE_LIFE)))
        if one.motion > RESTLESS:
            told.append(("restless", f"{films} are restless. Let what is in them move slower?", Nudge(life=LESS_LIFE)))
        if one.brightness < DARK:
            told.append(
                ("dark", f"{films} are very dark. Make such films a little brighter?", Nudge(brightness=LIGHTER))
            )
        if one.brightness > BRIGHT:
            told.append(
                ("bright", f"{films} are nearly white. Make such films a little darker?", Nudge(brightness=-LIGHTER))
            )
    if one.down >= LEAST_RUNS and one.down > one.up and one.key.partition(" ")[0] in GRADED:
        against = f"You turned down {one.down} of {one.runs} films with “{one.name}”."
        told.append(("disliked", f"{against} Let it weigh less?", Nudge(weight=LESS_WEIGHT)))
    return [Suggestion(f"{one.key}: {kind}", one.key, sentence, nudge) for kind, sentence, nudge in told]
