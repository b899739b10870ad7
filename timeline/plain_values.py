"""JSON's plain values as ours, with limits; and what is said when they are something else."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import Any

from timeline.limits import MAX_DEPTH, MAX_TIME
from timeline.time import RationalTime

_FRACTION = re.compile(r"-?\d{1,60}(/\d{1,60}|\.\d{1,30})?")
_LARGEST_INT = 2**63


class Wrong(Exception):  # noqa: N818 - named for the reader of `raise Wrong(...)`
    """A value that does not belong where it stands. `place` is its way through the file, outermost first."""

    def __init__(self, reason: str, *place: str | int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.place: list[str | int] = list(place)

    @property
    def where(self) -> str:
        """`project.sequences[0].tracks[2].name`."""
        text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.place)
        return text.removeprefix(".")


def foreign(value: Any, depth: int = 0) -> Any:
    """A JSON value of no known meaning, as it is. Raises Wrong when it is nested too deep to be written again."""
    if depth > MAX_DEPTH:
        raise Wrong("values are nested too deep")
    if isinstance(value, dict):
        return {key: foreign(one, depth + 1) for key, one in value.items()}
    if isinstance(value, list):
        return [foreign(one, depth + 1) for one in value]
    return value


def read_bool(value: Any) -> bool:
    """true or false. Raises Wrong."""
    if not isinstance(value, bool):
        raise Wrong(f"true or false is expected here, not {in_words(value)}")
    return value


def read_int(value: Any) -> int:
    """A whole number of at most 63 bits. Raises Wrong."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise Wrong(f"a whole number is expected here, not {in_words(value)}")
    if abs(value) >= _LARGEST_INT:
        raise Wrong("this number is too large")
    return value


def read_float(value: Any) -> float:
    """A finite number of a size that can be shown. Raises Wrong."""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise Wrong(f"a number is expected here, not {in_words(value)}")
    if not math.isfinite(value) or abs(value) >= _LARGEST_INT:
        raise Wrong("a number that can be shown is expected here")
    return float(value)


def read_str(value: Any) -> str:
    """Text without a character of code 0. Raises Wrong."""
    if not isinstance(value, str):
        raise Wrong(f"text is expected here, not {in_words(value)}")
    if "\0" in value:
        raise Wrong("this text holds a character of code 0")
    return value


def read_fraction(value: Any) -> Fraction:
    """An exact number: a whole one, or the text of a fraction. Raises Wrong."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _LARGEST_INT:
        return Fraction(value)
    if not isinstance(value, str) or not _FRACTION.fullmatch(value):
        raise Wrong(f"a fraction such as “30000/1001” is expected here, not {in_words(value)}")
    try:
        return Fraction(value)
    except ZeroDivisionError as error:
        raise Wrong("a fraction cannot have 0 below the line") from error


def read_time(value: Any) -> RationalTime:
    """An exact time in seconds, within `MAX_TIME`. Raises Wrong."""
    time = RationalTime(read_fraction(value))
    if abs(time) > MAX_TIME:
        raise Wrong("this time is longer than any project can be")
    return time


def in_words(value: Any) -> str:
    """A value in words, for a sentence."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    text = str(value)
    return f"“{text[:40]}…”" if len(text) > 41 else f"“{text}”"
