"""Lengths that a text names: "10 seconds", "half a minute", "1m30s", "two and a half minutes"."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from engines.generate.procedural.interpret.counts import count_at
from timeline.time import RationalTime

_UNIT = r"(s|secs?|seconds?|m|mins?|minutes?)\b(?!\s*(?:tall|high|wide|deep|away|above|below)\b)"
_BOTH = re.compile(r"\b(\d{1,3})\s*m(?:in(?:utes?)?)?\s*(?:and\s+)?(\d{1,2})\s*s(?:ec(?:onds?)?)?\b")
_DIGITS = re.compile(r"\b(\d{1,6}(?:\.\d{1,6})?)\s*-?\s*" + _UNIT)
_HALF = re.compile(r"\bhalf\s+(?:of\s+)?a\s+(minute|second)\b|\bhalf[\s-](minute|second)\b")
_SPELT = re.compile(r"\b((?:[a-z]+(?:-[a-z]+)?[\s\-]+){1,5})(seconds?|minutes?)\b(\s+and\s+a\s+half\b)?")
_ORDINAL = re.compile(r"\s+(?!of\b|long\b|shot\b|clip\b|film\b|video\b|loop\b|then\b|and\b)[a-z]")
_NOT_BEFORE = re.compile(r"\b(?:not|no|never) (?:for |only |just )?$")
_NO_AFTER = re.compile(
    r"\s*[?,;.:-]+\s*(?:no|nope|rather|make (?:that|it)|better|i mean)\b(?=\W+(?:[a-z]+\s+){0,2}(?:\d|half|one|two|three|four|five|ten))"
)
_DECADE_BEFORE = re.compile(r"(?:\b(?:the|an|early|late|mid|like|like the|from the)[ -]|['’])$")
_NOUN_AFTER = re.compile(r" (?!of\b|long\b|video\b|clip\b|film\b|loop\b|shot\b|and\b|then\b|in\b|at\b)[a-z]")


class Length(NamedTuple):
    """A length and where it stands in the text."""

    start: int
    end: int
    duration: RationalTime


def lowered(text: str) -> str:
    """Lower case in which every sign keeps its place."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)
    return low.replace("’", "'")


def lengths_in(text: str) -> list[Length]:
    """All lengths that a text in lower case names, in order; none overlap."""
    found: list[Length] = []

    def add(start: int, end: int, seconds: Fraction) -> None:
        if seconds > 0 and all(end <= one.start or start >= one.end for one in found):
            found.append(Length(start, end, RationalTime(seconds)))

    if "m" not in text and "s" not in text:
        return found
    for match in _BOTH.finditer(text):
        add(*match.span(), Fraction(int(match.group(1)) * 60 + int(match.group(2))))
    for match in _HALF.finditer(text):
        add(*match.span(), Fraction(30 if "minute" in match.group() else Fraction(1, 2)))
    for match in _DIGITS.finditer(text):
        if _is_decade(text, match):
            continue
        add(*match.span(), Fraction(match.group(1)) * (60 if match.group(2).startswith("m") else 1))
    if "second" in text or "minute" in text:
        _add_spelt(text, add)
    return [one for one in sorted(found) if not _is_taken_back(text, one)]


def _is_decade(text: str, match: re.Match[str]) -> bool:
    """Whether "1960s" or "the 80s" are years."""
    if match.group(2) != "s" or match.group()[-2:-1] != "0" or not match.group(1).isdigit():
        return False
    number = int(match.group(1))
    if 1500 <= number <= 2090:
        return True
    if number not in (50, 60, 70, 80, 90):
        return False
    if _DECADE_BEFORE.search(text[max(0, match.start() - 12) : match.start()]):
        return True
    return number != 60 and bool(_NOUN_AFTER.match(text, match.end()))


def _is_taken_back(text: str, length: Length) -> bool:
    """Whether it is not meant: "not 5 seconds", "half a second? no: 1 second"."""
    return bool(_NOT_BEFORE.search(text[max(0, length.start - 20) : length.start]) or _NO_AFTER.match(text, length.end))


def _add_spelt(text: str, add: object) -> None:
    assert callable(add)  # noqa: S101 - a local function
    for match in _SPELT.finditer(text):
        words = re.split(r"[\s]+|-(?=$)", match.group(1).rstrip(" -"))
        half = match.group(3) is not None or words[-3:] == ["and", "a", "half"]
        if words[-3:] == ["and", "a", "half"]:
            words = words[:-3]
        for first in range(len(words)):
            number, length = count_at(words, first)
            if not number or first + length != len(words):
                continue
            is_article = words[first:] in (["a"], ["one"], ["another"])
            if is_article and match.group(2) == "second" and _ORDINAL.match(text, match.end()):
                break  # "a second boat"
            start = match.start() + len(" ".join(words[:first])) + (1 if first else 0)
            unit = 60 if match.group(2).startswith("m") else 1
            add(start, match.end(), (number + (Fraction(1, 2) if half else 0)) * Fraction(unit))
            break


def duration_in(text: str) -> RationalTime | None:
    """The first length that a text names."""
    found = lengths_in(lowered(text))
    return found[0].duration if found else None
