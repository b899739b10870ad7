"""Which unused take is nearest to a shot, out of how like it each of them is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

OWN_SHOT = 0.15
"""What it counts to have been made for this very shot."""
STAR = 0.02
_FAULT = 0.1


@dataclass(frozen=True)
class Candidate:
    """A clip that could stand there. `likeness` 0..1 to the shot's present picture, or to its words where it has none."""

    id: str
    name: str
    likeness: float
    is_used: bool = False
    is_own: bool = False
    rating: int = 0
    faults: tuple[str, ...] = ()
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ranked:
    """A candidate with its `score` (for the order alone) and why it stands there."""

    candidate: Candidate
    score: float
    reasons: tuple[str, ...]


def nearest(candidates: Iterable[Candidate], most: int = 6, threshold: float = 0.0) -> tuple[Ranked, ...]:
    """The best first; what is used, or less like it than `threshold` and not made for the shot, is left out."""
    found = [
        Ranked(one, _score(one), _reasons(one))
        for one in candidates
        if not one.is_used and (one.is_own or one.likeness >= threshold)
    ]
    return tuple(sorted(found, key=lambda one: (-one.score, one.candidate.name, one.candidate.id))[:most])


def _score(one: Candidate) -> float:
    return one.likeness + OWN_SHOT * one.is_own + STAR * one.rating - _FAULT * len(one.faults)


def _reasons(one: Candidate) -> tuple[str, ...]:
    found = [f"{round(one.likeness * 100)}\u00a0% like it", *one.because]
    if one.is_own:
        found.append("made for this shot")
    if one.rating:
        found.append("1 star" if one.rating == 1 else f"{one.rating} stars")
    return (*found, *one.faults)
