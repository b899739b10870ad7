"""What is heard along one leg, sample after sample: as it is, slower like a tape, faster at its own pitch, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Protocol

import av
import numpy as np

from engines.play.course import Leg
from engines.render.resample import Sound, at_speed

Read = Callable[[int, int], Sound]
"""`read(start, count)`: (count, 2) samples of the sequence."""

_BLOCK = 2048


class Voice(Protocol):
    """The sound of a leg, in order."""

    def next(self, count: int) -> Sound:
        """The next `count` samples of the run."""


def voice_of(leg: Leg, read: Read) -> Voice:
    """The voice of a leg. At rate 1 it is the mixer's samples, untouched."""
    if not leg.is_heard:
        return Silence()
    return Faster(leg, read) if abs(leg.rate) > 1 else Straight(leg, read)


class Silence:
    """Nothing."""

    def next(self, count: int) -> Sound:
        """Zeros."""
        return np.zeros((count, 2), np.float32)


class Straight:
    """Sample for sample; below rate 1 slower and lower, as a tape."""

    def __init__(self, leg: Leg, read: Read) -> None:
        self._origin = leg.origin - (1 if leg.rate < 0 else 0)
        self._rate = leg.rate
        self._read = read
        self._at = 0

    def next(self, count: int) -> Sound:
        """The next samples, exact whatever `count`."""
        sound = at_speed(self._read, self._origin, self._rate, self._at, count)
        self._at += count
        return sound


class Faster:
    """Between rate 1 and 2 the pitch is kept: pieces of the sound are left out where it is most like itself (WSOLA)."""

    def __init__(self, leg: Leg, read: Read) -> None:
        self._source = Straight(_at_rate_one(leg), read)
        self._sample_rate = leg.sample_rate
        self._graph = av.filter.Graph()
        head = self._graph.add_abuffer(
            sample_rate=leg.sample_rate, format="flt", layout="stereo", time_base=Fraction(1, leg.sample_rate)
        )
        tempo = self._graph.add("atempo", str(float(abs(leg.rate))))
        tail = self._graph.add("abuffersink")
        head.link_to(tempo)
        tempo.link_to(tail)
        self._graph.configure()
        self._fed = 0
        self._ready: list[Sound] = []

    def next(self, count: int) -> Sound:
        """The next samples; they stay within a filter's window (some 40 ms) of their exact time."""
        there = sum(map(len, self._ready))
        while there < count:
            self._feed()
            for sound in self._pulled():
                self._ready.append(sound)
                there += len(sound)
        joined = np.concatenate(self._ready)
        self._ready = [joined[count:]]
        return joined[:count]

    def _feed(self) -> None:
        sound = self._source.next(_BLOCK)
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound.reshape(1, -1)), format="flt", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = self._sample_rate, self._fed, Fraction(1, self._sample_rate)
        self._fed += _BLOCK
        self._graph.push(frame)

    def _pulled(self) -> list[Sound]:
        found: list[Sound] = []
        while True:
            try:
                frame = self._graph.pull()
            except (av.BlockingIOError, av.EOFError):
                return found
            if isinstance(frame, av.AudioFrame):
                found.append(np.asarray(frame.to_ndarray(), np.float32).reshape(-1, 2))


def _at_rate_one(leg: Leg) -> Leg:
    return Leg(leg.begin, leg.origin, Fraction(1 if leg.rate > 0 else -1), leg.span, leg.frame_rate, leg.sample_rate)
