"""Exact time. Everything in the project is a rational number of seconds; floats exist only for pixels."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import total_ordering
from math import gcd
from typing import TYPE_CHECKING, Any, Final, overload

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

FrameRate = Fraction
"""Frames a second, exact (30000/1001, never 29.97)."""

_TEXT = re.compile(r"-?\d{1,60}(/\d{1,60}|\.\d{1,30})?")

RATES: Final[tuple[Fraction, ...]] = (
    Fraction(24000, 1001),
    Fraction(24),
    Fraction(25),
    Fraction(30000, 1001),
    Fraction(30),
    Fraction(48),
    Fraction(50),
    Fraction(60000, 1001),
    Fraction(60),
)
"""The rates offered by name; any positive rational works."""


@total_ordering
class RationalTime:
    """An exact instant or length in seconds, `numerator / denominator`, always in lowest terms. Immutable."""

    __slots__ = ("_den", "_num")
    _num: int
    _den: int

    def __init__(self, numerator: int | Fraction = 0, denominator: int = 1) -> None:
        if isinstance(numerator, Fraction):
            num, den = numerator.numerator, numerator.denominator * denominator
        else:
            num, den = numerator, denominator
        if den == 0:
            raise ZeroDivisionError("a time needs a denominator other than 0")
        if den < 0:
            num, den = -num, -den
        common = gcd(num, den)
        object.__setattr__(self, "_num", num // common)
        object.__setattr__(self, "_den", den // common)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"RationalTime is immutable; cannot set {name}")

    @staticmethod
    def from_frames(frames: int, rate: FrameRate) -> RationalTime:
        """The start of frame number `frames` at `rate`."""
        return RationalTime(frames * rate.denominator, rate.numerator)

    @staticmethod
    def from_seconds(seconds: float, rate: FrameRate) -> RationalTime:
        """The frame boundary nearest to a float, for values that come from outside (a slider, a file)."""
        return RationalTime.from_frames(round(seconds * float(rate)), rate)

    @staticmethod
    def parse(text: str) -> RationalTime:
        """Read `"1001/24"`, `"12"` or `"2.5"` (seconds). Raises ValueError."""
        if not _TEXT.fullmatch(text):  # Fraction would also take 1e999999999, and take for ever
            raise ValueError(f"{text[:40]!r} is not a time such as 1001/24")
        try:
            return RationalTime(Fraction(text))
        except ZeroDivisionError as error:
            raise ValueError("a time cannot have 0 below the line") from error

    @property
    def fraction(self) -> Fraction:
        """The exact number of seconds."""
        return Fraction(self._num, self._den)

    def to_seconds(self) -> float:
        """Nearest float, for the screen and for libraries that know nothing better."""
        return self._num / self._den

    def frames(self, rate: FrameRate) -> int:
        """Number of the frame that contains this instant at `rate` (floor)."""
        return self._num * rate.numerator // (self._den * rate.denominator)

    def nearest_frame(self, rate: FrameRate) -> int:
        """Number of the frame boundary nearest to this instant at `rate` (half up)."""
        top = 2 * self._num * rate.numerator + self._den * rate.denominator
        return top // (2 * self._den * rate.denominator)

    def is_on_frame(self, rate: FrameRate) -> bool:
        """Whether this is exactly a frame boundary at `rate`."""
        return (self._num * rate.numerator) % (self._den * rate.denominator) == 0

    def snapped(self, rate: FrameRate) -> RationalTime:
        """The nearest frame boundary at `rate`."""
        return RationalTime.from_frames(self.nearest_frame(rate), rate)

    def samples(self, sample_rate: int) -> int:
        """Number of the audio sample nearest to this instant."""
        return (2 * self._num * sample_rate + self._den) // (2 * self._den)

    def __add__(self, other: RationalTime) -> RationalTime:
        if self._den == other._den:
            return RationalTime(self._num + other._num, self._den)
        return RationalTime(self._num * other._den + other._num * self._den, self._den * other._den)

    def __sub__(self, other: RationalTime) -> RationalTime:
        if self._den == other._den:
            return RationalTime(self._num - other._num, self._den)
        return RationalTime(self._num * other._den - other._num * self._den, self._den * other._den)

    def __mul__(self, factor: int | Fraction) -> RationalTime:
        return RationalTime(self._num * factor.numerator, self._den * factor.denominator)

    __rmul__ = __mul__

    @overload
    def __truediv__(self, other: RationalTime) -> Fraction: ...
    @overload
    def __truediv__(self, other: int | Fraction) -> RationalTime: ...
    def __truediv__(self, other: RationalTime | int | Fraction) -> Fraction | RationalTime:
        if isinstance(other, RationalTime):
            return Fraction(self._num * other._den, self._den * other._num)
        return RationalTime(self._num * other.denominator, self._den * other.numerator)

    def __neg__(self) -> RationalTime:
        return RationalTime(-self._num, self._den)

    def __abs__(self) -> RationalTime:
        return self if self._num >= 0 else -self

    def __bool__(self) -> bool:
        return self._num != 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RationalTime) and self._num == other._num and self._den == other._den

    def __lt__(self, other: RationalTime) -> bool:
        return self._num * other._den < other._num * self._den

    def __hash__(self) -> int:
        return hash((self._num, self._den))

    def __str__(self) -> str:
        return str(self._num) if self._den == 1 else f"{self._num}/{self._den}"

    def __repr__(self) -> str:
        return f"RationalTime({self})"

    def __reduce__(self) -> tuple[type[RationalTime], tuple[int, int]]:
        return (RationalTime, (self._num, self._den))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """In a project file a time is the text of its fraction (`"1001/24"`). Imported late: only files need it."""
        from pydantic_core import core_schema

        def validate(value: object) -> RationalTime:
            if isinstance(value, RationalTime):
                return value
            if isinstance(value, int) and not isinstance(value, bool):
                return RationalTime(value)
            if not isinstance(value, str) or len(value) > 64:
                raise ValueError('a time is text such as "1001/24"')
            return RationalTime.parse(value)

        return core_schema.no_info_plain_validator_function(
            validate, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )


ZERO: Final = RationalTime(0)


@dataclass(frozen=True)
class TimeRange:
    """A half-open stretch of time: `end` is the first instant outside."""

    start: RationalTime
    duration: RationalTime

    @staticmethod
    def between(start: RationalTime, end: RationalTime) -> TimeRange:
        """The range from `start` up to but not including `end`."""
        return TimeRange(start, end - start)

    @staticmethod
    def from_frames(start: int, duration: int, rate: FrameRate) -> TimeRange:
        """A range given in frames of `rate`."""
        return TimeRange(RationalTime.from_frames(start, rate), RationalTime.from_frames(duration, rate))

    @property
    def end(self) -> RationalTime:
        """The first instant after the range."""
        return self.start + self.duration

    def contains(self, time: RationalTime) -> bool:
        """Whether `start <= time < end`."""
        return self.start <= time < self.end

    def overlaps(self, other: TimeRange) -> bool:
        """Whether the two share more than a border."""
        return self.start < other.end and other.start < self.end

    def intersection(self, other: TimeRange) -> TimeRange | None:
        """What the two share, or None."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return TimeRange.between(start, end) if start < end else None

    def moved(self, by: RationalTime) -> TimeRange:
        """The same length, `by` later."""
        return TimeRange(self.start + by, self.duration)


def sums(lengths: Iterable[RationalTime]) -> tuple[RationalTime, ...]:
    """0, and behind each length the exact sum so far.

    A track of thousands is summed anew at each edit, so this is written out: less than half of what `+` would take.
    """
    new, put = object.__new__, object.__setattr__
    num, den, result = 0, 1, [ZERO]
    for length in lengths:
        if length._den == den:  # noqa: SLF001 - of our own class
            num += length._num  # noqa: SLF001
        else:
            num = num * length._den + length._num * den  # noqa: SLF001
            den *= length._den  # noqa: SLF001
        common = gcd(num, den)
        if common != 1:
            num, den = num // common, den // common
        time = new(RationalTime)
        put(time, "_num", num)
        put(time, "_den", den)
        result.append(time)
    return tuple(result)


def total(times: Iterable[RationalTime]) -> RationalTime:
    """The exact sum of many times."""
    result = ZERO
    for time in times:
        result = result + time
    return result
