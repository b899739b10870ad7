"""How fast the pictures of a file follow each other, and when they end: read from its packets, nothing is decoded."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from statistics import median_low

import av.error
from av.container import InputContainer
from av.video.stream import VideoStream

from engines.media.opening import demuxed, open_input
from timeline.time import RATES

_LOOKED_AT = 300
"""Packets looked at from the start to judge the rate."""

_TAIL_SECONDS = 3
"""The last picture shown is not the last in the file: this much from the end is looked at."""


@dataclass(frozen=True)
class Pace:
    """`rate` pictures a second (most often, where they stray from it), and the `end` of the last in seconds."""

    rate: Fraction
    is_variable: bool
    end: Fraction


def measured_pace(container: InputContainer, stream: VideoStream, path: str) -> Pace:
    """Measure a stream. The container stands elsewhere afterwards."""
    tick = Fraction(stream.time_base or Fraction(1, 1000))
    head = _head(container, stream)
    rate, is_variable = _rate(stream, head, tick)
    last, end = _tail(container, stream)
    if last is None:  # no timestamps: a raw stream is counted
        return Pace(rate, False, _count(path, stream.index) / rate)
    frame = 1 / rate / tick
    if end - last < frame / 2 or (not is_variable and end - last < frame * Fraction(3, 2)):
        return Pace(rate, is_variable, last * tick + 1 / rate)
    return Pace(rate, is_variable, end * tick)


def nearest_rate(rate: Fraction, tolerance: Fraction) -> Fraction:
    """The usual rate within `tolerance` (a ratio) of a measured one, else the measured one, simplified."""
    nearest = min(RATES, key=lambda known: abs(known - rate))
    if abs(nearest - rate) <= nearest * tolerance:
        return nearest
    return max(rate.limit_denominator(1001), Fraction(1, 1001))


def _rate(stream: VideoStream, times: list[int], tick: Fraction) -> tuple[Fraction, bool]:
    """The rate, and whether pictures stray from its grid by more than the rounding of the clock."""
    stated = stream.average_rate or stream.guessed_rate or Fraction(25)
    if len(times) < 3 or times[-1] <= times[0]:
        return nearest_rate(stated, Fraction(1, 2000)), False
    measured = Fraction(len(times) - 1) / ((times[-1] - times[0]) * tick)
    for candidate in (stream.guessed_rate, stream.average_rate, measured):
        if not candidate or not Fraction(1, 100) < candidate < 1000:
            continue
        rate = nearest_rate(candidate, Fraction(1, 2500))
        allowed = max(tick, Fraction(1, 50) / rate)
        if all(abs((time - times[0]) * tick - n / rate) <= allowed for n, time in enumerate(times)):
            return rate, False
    usual = Fraction(median_low([after - before for before, after in pairwise(times) if after > before])) * tick
    return nearest_rate(1 / usual, Fraction(1, 20)), True


def _head(container: InputContainer, stream: VideoStream) -> list[int]:
    """The first timestamps in order of showing, without gaps that only the order of coding makes."""
    times: list[int] = []
    reached: int | None = None
    for packet in demuxed(container, stream):
        if packet.pts is not None and not packet.is_discard:
            times.append(packet.pts)
        if len(times) >= _LOOKED_AT:
            reached = packet.dts
            break
    return sorted(time for time in times if reached is None or time <= reached)


def _tail(container: InputContainer, stream: VideoStream) -> tuple[int | None, int]:
    """The last timestamp and the end of its packet, in ticks: from the tail of the file, or from all of it."""
    tick = Fraction(stream.time_base or Fraction(1, 1000))
    seconds = Fraction(container.duration or 0, 1_000_000) - _TAIL_SECONDS
    far = int(seconds / tick) + (stream.start_time or 0)
    for start in (max(far, 0), None):
        last, end = None, 0
        try:
            container.seek(start if start is not None else min(0, stream.start_time or 0), stream=stream, backward=True)
            for packet in demuxed(container, stream):
                if packet.pts is not None and not packet.is_discard and (last is None or packet.pts > last):
                    last, end = packet.pts, packet.pts + (packet.duration or 0)
        except av.error.FFmpegError:
            continue
        if last is not None:
            return last, end
    return None, 0


def _count(path: str, index: int) -> int:
    """The number of pictures in a stream without timestamps."""
    with open_input(path) as container:
        return sum(1 for _ in demuxed(container, container.streams[index]))
