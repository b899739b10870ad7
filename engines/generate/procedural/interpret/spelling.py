"""Misspelt words: one slip away from a known one they are taken for it where that is safe, else offered as "did you mean"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from engines.generate.procedural.interpret.vocabulary import single_words

_SHORTEST = 4
_LONGEST = 24
_SAFE = 7
"""From so many letters on, one slip cannot well be another English word."""
_MOST_OFFERED = 3
_REAL = frozenset(
    """
    dessert angel angle diary dairy casual causal quiet quite trial trail united untied calm clam sacred scared form from stripped
    striped planes filled filed planed hoping hopping coma comma later latter loose lose steel steal creatures sectional contrast
    """.split()
)
"""Words that are no slip."""


def _shortened(word: str) -> Iterator[str]:
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


@cache
def _index() -> Mapping[str, tuple[str, ...]]:
    """Known words, and known words with one letter left out, to the words they come from."""
    found: dict[str, list[str]] = {}
    for word in sorted(single_words()):
        if _SHORTEST <= len(word) <= _LONGEST and word.isalpha():
            for key in {word, *_shortened(word)}:
                found.setdefault(key, []).append(word)
    return {key: tuple(words) for key, words in found.items()}


@lru_cache(maxsize=4096)
def _near(word: str) -> tuple[str, ...]:
    """Known words that are a slip or two away, in the order of the alphabet."""
    if not (_SHORTEST <= len(word) <= _LONGEST and word.isalpha() and word.isascii()):
        return ()
    index = _index()
    found = {one for key in (word, *_shortened(word)) for one in index.get(key, ())}
    return tuple(sorted(found))


def distance(one: str, other: str) -> int:
    """Letters put in, left out, changed or swapped with their neighbour (Damerau, restricted)."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, mate in enumerate(other, 1):
            best = min(rows[-1][j] + 1, row[j - 1] + 1, rows[-1][j - 1] + (letter != mate))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == mate:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


@lru_cache(maxsize=4096)
def corrected(word: str) -> str:
    """The one word that a misspelt one surely stands for; empty where there is none or more than one.

    Letters that are missing, too many or swapped count; another letter makes another word too easily (shallow, swallow).
    """
    if word in _REAL:
        return ""
    close = [one for one in _near(word) if len(one) != len(word) or sorted(one) == sorted(word)]
    close = [one for one in close if distance(word, one) == 1]
    if len(word) < _SAFE:
        close = [one for one in close if len(one) == len(word) or _doubled(word, one)]
    close = [one for one in close if one[0] == word[0]]
    return close[0] if len(close) == 1 and len(word) > _SHORTEST else ""


def _doubled(word: str, known: str) -> bool:
    """Whether they differ by a letter that is doubled in one of them ("forrest")."""
    long, short = (word, known) if len(word) > len(known) else (known, word)
    return len(long) == len(short) + 1 and any(
        long[i] == long[i - 1] and long[:i] + long[i + 1 :] == short for i in range(1, len(long))
    )


@lru_cache(maxsize=4096)
def suggested(word: str) -> tuple[str, ...]:
    """Known words that may be meant, the nearest first."""
    close = sorted(_near(word), key=lambda one: (distance(word, one), one[0] != word[0], one))
    return tuple(one for one in close if distance(word, one) <= (1 if len(word) < 6 else 2))[:_MOST_OFFERED]
