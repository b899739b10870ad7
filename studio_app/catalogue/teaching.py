"""What the user's moves teach: each cluster into or out of which clips were moved has a middle, and clips are judged by it, too.

Nearest centroid: the middle of what was put in against the middle of what was taken out, or put into another cluster of the same
family. The more examples, the more they weigh against words and figures; one is a hint, ten nearly decide.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from studio_app.catalogue.features import Parts, unpacked
from studio_app.catalogue.judging import LEAST, Evidence, members_of
from studio_app.catalogue.query import Weights
from studio_app.catalogue.row import Member
from studio_app.catalogue.similarity import features_of, mean_parts, scores

OWN = "own."
_MOST_EXAMPLES = 200
"""The latest of a cluster; more do not move its middle any more."""
_WEIGHTS = Weights()
_STEEP, _TRUST = 8.0, 0.7
_FAR, _NEAR = 0.9, 0.6
"""Likeness to what was taken out from which a clip goes, too; and below which it stays."""
_ALONE = 0.05
"""How much farther than the farthest example a clip may be from the middle of an own cluster."""
_ONE_EXAMPLE = 0.8
"""How alike a clip has to be where there is one example only."""


@dataclass(frozen=True)
class Lesson:
    """The middle of what is in a cluster by hand, that of what is not, how many it is of, and how near the farthest of them is."""

    towards: Parts
    away: Parts | None
    count: int
    reach: float

    def believes(self, parts: Parts) -> float:
        """How surely a clip belongs to it, 0..1; 0.5 is the border."""
        if not self.towards and self.away is not None:  # clips were taken out only
            return _clipped((_FAR - _nearness(parts, self.away)) / (_FAR - _NEAR))
        near = _nearness(parts, self.towards)
        if self.away is not None:
            return _clipped(0.5 + _STEEP * (near - _nearness(parts, self.away)))
        return _clipped(0.5 + _STEEP * (near - self.reach))


@dataclass(frozen=True)
class Lessons:
    """By cluster."""

    lessons: Mapping[str, Lesson] = field(default_factory=dict)

    def members(self, evidence: Evidence, parts: Parts) -> list[Member]:
        """The clusters of a clip: what speaks for them, and what was learnt."""
        confidence, reasons = dict(evidence.confidence), {name: tuple(row) for name, row in evidence.reasons.items()}
        found: list[Member] = []
        for cluster, lesson in self.lessons.items():
            belief = lesson.believes(parts)
            if cluster.startswith(OWN):
                if belief >= 0.5:
                    found.append(Member(cluster, round(belief, 3), (_like(lesson.count),)))
                continue
            trust = _TRUST * lesson.count / (lesson.count + 2)
            before = confidence.get(cluster, 0.0)
            after = (1 - trust) * before + trust * belief
            confidence[cluster] = round(after if lesson.towards else min(before, after), 3)
            if belief > 0.5 and lesson.towards and confidence[cluster] >= LEAST:
                reasons[cluster] = (*reasons.get(cluster, ()), _like(lesson.count))
        return [*members_of(confidence, reasons), *found]


def lessons_of(db: sqlite3.Connection) -> Lessons:
    """What was taught so far."""
    rows = db.execute(
        "SELECT m.cluster, m.belongs, v.parts, m.asset FROM moved m JOIN vector v ON v.asset = m.asset ORDER BY m.asset DESC"
    ).fetchall()
    if not rows:
        return Lessons()
    whole = unpacked([row[2] for row in rows])
    parts = [{name: values[n] for name, values in whole.items()} for n in range(len(rows))]
    inside: dict[str, list[Parts]] = {}
    outside: dict[str, list[Parts]] = {}
    for (cluster, belongs, _blob, _asset), one in zip(rows, parts, strict=True):
        (inside if belongs else outside).setdefault(cluster, []).append(one)
    found = {}
    for cluster, examples in inside.items():
        family = cluster.partition(".")[0]
        others = list(outside.get(cluster, ()))
        if not cluster.startswith(OWN):
            others += [
                one
                for name, rest in inside.items()
                if name != cluster and name.startswith(f"{family}.")
                for one in rest
            ]
        found[cluster] = _lesson(examples[:_MOST_EXAMPLES], others[:_MOST_EXAMPLES])
    for cluster, others in outside.items():
        if cluster not in found and not cluster.startswith(OWN):
            middle = mean_parts(others[:_MOST_EXAMPLES])
            found[cluster] = Lesson({}, middle, len(others), 0.0)
    return Lessons(found)


def _lesson(examples: Sequence[Parts], others: Sequence[Parts]) -> Lesson:
    middle = mean_parts(list(examples))
    farthest = min(_nearness(one, middle) for one in examples)
    reach = farthest - _ALONE if len(examples) > 1 else _ONE_EXAMPLE
    return Lesson(middle, mean_parts(list(others)) if others else None, len(examples), reach)


def _nearness(parts: Parts, middle: Parts) -> float:
    one = features_of(np.zeros(1, np.int64), {name: row[None] for name, row in parts.items()})
    return float(scores(one, middle, _WEIGHTS)[0])


def _like(count: int) -> str:
    return f"It is like {'the clip' if count == 1 else f'{count} clips'} you put here"


def _clipped(value: float) -> float:
    return min(1.0, max(0.0, value))
