"""Clips that are there twice, which of them to keep, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from timeline.time import ZERO, RationalTime


@dataclass(frozen=True)
class Copy:
    """One clip as far as it matters for keeping it. `arrived`: its place in the library."""

    id: str
    name: str
    content_hash: str = ""
    uses: int = 0
    rating: int = 0
    pixels: int = 0
    duration: RationalTime = ZERO
    faults: int = 0
    arrived: int = 0


@dataclass(frozen=True)
class Twice:
    """`keep` and those that are the same, each with how like it is (1: the same file), and the sentence that says why."""

    keep: Copy
    others: tuple[tuple[Copy, float], ...]
    sentence: str


def duplicates(copies: Sequence[Copy], alike: Iterable[tuple[str, str, float]]) -> tuple[Twice, ...]:
    """Groups of clips that are alike, by pairs of ids with their likeness; the same content is alike whatever the pairs say.

    Each clip is in one group at most. The most alike groups first.
    """
    known = {one.id: one for one in copies}
    pairs = {frozenset((a, b)): likeness for a, b, likeness in alike if a != b and a in known and b in known}
    for group in _by_content(copies).values():
        pairs |= {frozenset((group[0].id, one.id)): 1.0 for one in group[1:]}
    found = []
    for ids in _joined(pairs):
        group = sorted((known[one] for one in ids), key=_worth)
        keep, *rest = group
        others = tuple((one, _likeness(keep, one, pairs)) for one in rest)
        found.append(Twice(keep, others, _sentence(keep, rest)))
    return tuple(sorted(found, key=lambda one: (-max(each for _, each in one.others), one.keep.arrived)))


def _worth(one: Copy) -> tuple[int, ...]:
    """The one to keep comes first."""
    used, stars = -min(one.uses, 1), -one.rating
    # A frame more or less is nobody's reason.
    return (used, stars, one.faults, -one.pixels, -round(one.duration.to_seconds() * 5), -one.uses, one.arrived)


def _sentence(keep: Copy, rest: Sequence[Copy]) -> str:
    """The first thing in which it is better than all others."""
    told = (
        "it is used in a cut",
        f"it has {'a star' if keep.rating == 1 else f'{keep.rating} stars'}",
        "nothing was found wrong with it",
        "its picture is larger",
        "it is longer",
        "it is used more often",
    )
    for place, words in enumerate(told):
        if all(_worth(keep)[place] < _worth(one)[place] for one in rest):
            return f"Keep “{keep.name}”: {words}."
    return f"Keep “{keep.name}”: it was here first."


def _by_content(copies: Sequence[Copy]) -> Mapping[str, list[Copy]]:
    found: dict[str, list[Copy]] = {}
    for one in copies:
        if one.content_hash:
            found.setdefault(one.content_hash, []).append(one)
    return {content: group for content, group in found.items() if len(group) > 1}


def _joined(pairs: Mapping[frozenset[str], float]) -> list[list[str]]:
    """Ids that hang together by pairs, in a settled order."""
    home: dict[str, str] = {}

    def top(one: str) -> str:
        while home.setdefault(one, one) != one:
            one = home[one]
        return one

    for a, b in sorted(sorted(pair) for pair in pairs):
        home[top(b)] = top(a)
    groups: dict[str, list[str]] = {}
    for one in sorted(home):
        groups.setdefault(top(one), []).append(one)
    return list(groups.values())


def _likeness(keep: Copy, other: Copy, pairs: Mapping[frozenset[str], float]) -> float:
    """Of the two, else the best by which it hangs on the group."""
    direct = pairs.get(frozenset((keep.id, other.id)))
    return direct if direct is not None else max(each for pair, each in pairs.items() if other.id in pair)
