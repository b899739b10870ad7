"""How long each scene is, in whole frames, so that the film is as long as was asked for to the frame.

A scene has a *share* of the cut: from the middle of the transition into it to the middle of the one out of it. Shares add up to
the film. The scene itself is longer by its halves of both transitions: overlaps are paid back, not taken from the film.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from timeline.errors import StoryboardError

WORDS_A_SECOND = Fraction(5, 2)
"""How fast a voice reads."""


def shares(weights: Sequence[Fraction], total: int, least: int) -> list[int]:
    """`total` frames split by weight, each share at least `least`; the rounding goes to the largest remainders.

    Raises StoryboardError where they do not fit.
    """
    if not weights or len(weights) * least > total:
        raise StoryboardError(f"{len(weights)} scenes of {least} frames do not fit into {total} frames.")
    floored: set[int] = set()
    while True:
        free = [index for index in range(len(weights)) if index not in floored]
        rest = total - least * len(floored)
        whole = sum((weights[index] for index in free), Fraction(0))
        exact = {
            index: rest * (Fraction(weights[index]) / whole if whole else Fraction(1, len(free))) for index in free
        }
        short = {index for index, length in exact.items() if length < least}
        if not short:
            break
        floored |= short
    found = [least] * len(weights)
    for index, length in exact.items():
        found[index] = int(length)
    by_rest = sorted(exact, key=lambda index: (int(exact[index]) - exact[index], index))
    for index in by_rest[: total - sum(found)]:
        found[index] += 1
    return found


def overlap_of(cut: Sequence[int], asked: int) -> int:
    """The transition that all scenes can have: as asked, at most half of the shortest share."""
    return min(asked, min(cut) // 2) if len(cut) > 1 else 0


def scenes_of(cut: Sequence[int], overlap: int) -> list[int]:
    """The length of each scene with its halves of the transitions; as `assemble.passages` splits them."""
    before, after = overlap // 2, overlap - overlap // 2
    last = len(cut) - 1
    return [share + (before if index else 0) + (after if index < last else 0) for index, share in enumerate(cut)]


def spoken_seconds(text: str) -> Fraction:
    """How long a voice takes for a text."""
    return Fraction(len(text.split())) / WORDS_A_SECOND
