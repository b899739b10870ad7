"""Where a run goes: legs, each with one rate, joined without a gap. A place in a run is a sample handed to the sink."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import ceil, floor

from timeline.sequence import Sequence
from timeline.time import FrameRate, RationalTime

LOUDEST_RATE = 2
"""Faster than this nothing is heard."""


@dataclass(frozen=True)
class Span:
    """The frames a run may show, `first` to before `end`; `loops`: beyond the one edge comes the other."""

    first: int
    end: int
    loops: bool = False


def whole(sequence: Sequence) -> Span:
    """All frames of a sequence, once."""
    return Span(0, sequence.duration_frames)


@dataclass(frozen=True)
class Leg:
    """From sample `begin` of the run on, sample `origin` of the sequence and what follows it is heard at `rate`.

    Backwards `origin` is the upper border: the sample before it is heard first.
    """

    begin: int
    origin: int
    rate: Fraction
    span: Span
    frame_rate: FrameRate
    sample_rate: int

    @property
    def is_heard(self) -> bool:
        """Whether it has sound."""
        return abs(self.rate) <= LOUDEST_RATE

    @cached_property
    def length(self) -> int:
        """Samples of the run until the edge of the span."""
        edge = self.span.end if self.rate > 0 else self.span.first
        return max(0, ceil((self._sample_of(edge) - self.origin) / self.rate))

    @property
    def end(self) -> int:
        """The first sample of the run behind this leg, if nothing changes before."""
        return self.begin + self.length

    @cached_property
    def first_frame(self) -> int:
        """The first frame that begins in this leg."""
        at = Fraction(self.origin * self.frame_rate / self.sample_rate)
        tolerance = Fraction(self.frame_rate / self.sample_rate)  # a frame's first sample may be rounded down
        return max(self.span.first, ceil(at - tolerance)) if self.rate > 0 else self.frame_at(self.begin)

    @property
    def step(self) -> int:
        """At high rates only every so many frames are shown: as many pictures a second as at rate 1."""
        return max(1, int(abs(self.rate))) * (1 if self.rate > 0 else -1)

    def covers(self, frame: int) -> bool:
        """Whether a frame lies in the span."""
        return self.span.first <= frame < self.span.end

    def seconds_at(self, place: float) -> float:
        """Record seconds heard at a place of the run."""
        return (self.origin + (place - self.begin) * float(self.rate)) / self.sample_rate

    def frame_at(self, place: float) -> int:
        """The frame to be seen at a place of the run."""
        at = self.seconds_at(place) * float(self.frame_rate)
        found = floor(at + 1e-3) if self.rate > 0 else ceil(at - 1e-3) - 1
        return min(max(found, self.span.first), self.span.end - 1)

    def place_of(self, frame: int) -> float:
        """Where in the run a frame is to be seen first."""
        border = frame if self.rate > 0 else frame + 1
        return self.begin + (float(border / self.frame_rate) * self.sample_rate - self.origin) / float(self.rate)

    def origin_at(self, place: int) -> int:
        """The `origin` of a leg at another rate in the same direction that begins at `place`."""
        return self.origin + round((place - self.begin) * self.rate)

    def again(self) -> Leg:
        """The next time round a loop."""
        edge = self.span.first if self.rate > 0 else self.span.end
        return replace(self, begin=self.end, origin=self._sample_of(edge))

    def _sample_of(self, frame: int) -> int:
        return RationalTime.from_frames(frame, self.frame_rate).samples(self.sample_rate)


def leg_from(frame: int, begin: int, rate: Fraction, span: Span, sequence: Sequence) -> Leg:
    """A leg that begins with a frame: at its start, backwards at its end."""
    border = frame if rate > 0 else frame + 1
    origin = RationalTime.from_frames(border, sequence.rate).samples(sequence.sample_rate)
    return Leg(begin, origin, rate, span, sequence.rate, sequence.sample_rate)


class Course:
    """The legs of a run, in order. Not changed, but for `after`, which is for one thread at a time."""

    def __init__(self, *legs: Leg) -> None:
        self.legs = legs

    def leg_at(self, place: float) -> Leg:
        """The leg that is heard at a place."""
        for leg in reversed(self.legs):
            if leg.begin <= place:
                return leg
        return self.legs[0]

    def after(self, leg: Leg) -> Leg | None:
        """The leg behind `leg`: None where the run ends."""
        later = next((one for one in self.legs if one.begin > leg.begin), None)
        if later is None and leg.span.loops and leg.again().length > 0:
            later = leg.again()
            self.legs = (*self.legs[-8:], later)
        return later

    def holds(self, leg: Leg, frame: int) -> bool:
        """Whether a frame is still to be seen as `leg` had it."""
        if leg not in self.legs:
            return False
        later = next((one for one in self.legs if one.begin > leg.begin), None)
        return later is None or leg.place_of(frame) < later.begin

    def turned(self, leg: Leg) -> Course:
        """The course that leaves this one for `leg` where that begins."""
        return Course(*[one for one in self.legs if one.begin < leg.begin][-8:], leg)
