"""Numbers in words: "a dozen", "a couple of", "twenty-one", "hundreds of"."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

MOST = 60
"""More than so many of a thing are not told apart; for whoever counts."""

NUMBERS = MappingProxyType(
    {
        "a": 1, "an": 1, "one": 1, "single": 1, "lone": 1, "lonely": 1, "solitary": 1, "another": 1, "two": 2, "both": 2, "twin": 2,
        "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
        "thirteen": 13,
        "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
        "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "several": 4, "some": 3, "few": 3, "many": 7,
        "numerous": 9, "countless": 24, "innumerable": 24, "multiple": 4, "various": 4, "forty-five": 45, "umpteen": 16,
    }
)  # fmt: skip
_PLAIN_TENS = frozenset("twenty thirty forty fifty sixty seventy eighty ninety".split())
_GROUPS = MappingProxyType(
    {
        "couple": 2, "pair": 2, "duo": 2, "trio": 3, "handful": 4, "few": 3, "group": 4, "row": 5, "line": 5, "bunch": 5,
        "number": 5, "cluster": 5, "pack": 5, "fleet": 5, "herd": 7, "lot": 9, "lots": 9, "ton": 12, "tons": 12, "load": 9, "loads": 9,
        "plenty": 9, "crowd": 8, "flock": 12, "dozen": 12, "dozens": 24, "swarm": 16, "school": 14, "shoal": 14, "colony": 12, "army": 20,
        "score": 20, "hundred": 24, "hundreds": 30, "thousand": 40, "thousands": 40, "million": 50, "millions": 50, "sea": 30, "field": 20,
        "bouquet": 7, "string": 6, "stack": 4, "pile": 6, "caravan": 5, "convoy": 5, "quartet": 4,
    }
)  # fmt: skip
_HERDS = frozenset("caravan herd pack convoy fleet swarm colony flock".split())
_ALONE = frozenset("dozen dozens hundred hundreds thousand thousands million millions few".split())


def count_at(words: Sequence[str], at: int) -> tuple[int, int]:
    """A number that starts at a word, and how many words long it is; (0, 0) where there is none."""
    word = words[at]
    if word.isdigit():
        return (int(word), 1) if len(word) < 4 else (0, 0)
    if word == "half" and words[at + 1 : at + 3] == ["a", "dozen"]:
        return 6, 3
    first = NUMBERS.get(word)
    if first is None:
        tens, _, ones = word.partition("-")
        if tens in _PLAIN_TENS and ones in NUMBERS:
            return NUMBERS[tens] + NUMBERS[ones], 1
        if word in _GROUPS and (word in _ALONE or words[at + 1 : at + 2] == ["of"]):
            return _GROUPS[word], 2 if words[at + 1 : at + 2] == ["of"] else 1
        return 0, 0
    length = 1
    following = words[at + 1] if at + 1 < len(words) else ""
    if word in _PLAIN_TENS and NUMBERS.get(following, 99) < 10 and following not in ("a", "an", "few", "some", "many"):
        first, length = first + NUMBERS[following], 2
    size = ("large", "small", "huge", "big", "whole", "great", "vast", "tiny", "good", "long")
    skip = 1 if first == 1 and following in size else 0
    group = words[at + length + skip] if at + length + skip < len(words) else ""
    after = words[at + length + skip + 1 : at + length + skip + 2]
    if group in _GROUPS and (after == ["of"] or group in _ALONE) and (skip == 0 or after == ["of"]):
        count = _GROUPS[group] * (1 if first in (1, 7) else first)
        return count, length + skip + 1 + (1 if after == ["of"] else 0)
    return first, length


def herd_at(words: Sequence[str], at: int) -> int:
    """How many the word behind a thing says there are: a camel caravan, a wolf pack; 0 where it says nothing."""
    return _GROUPS[words[at]] if words[at : at + 1] and words[at] in _HERDS else 0
