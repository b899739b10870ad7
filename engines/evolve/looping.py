"""A clip whose end runs into its start: rounds of a stretch of it, each led into the next along the motion between them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import ceil

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.frame import Frame
from engines.evolve.base import Film, Making, Sound, SourceClip
from engines.evolve.lengths import told_length
from engines.evolve.morphing import Morphing
from engines.evolve.sounding import cut_to, sound_length
from engines.evolve.source import FilmClip

_JOIN_SECONDS = 0.5
_PROBES = 96
"""Places of the clip that are compared when the best start is looked for."""
_THUMB = 32
_SHORTEST = 0.75
"""Of the longest round possible: so much is given up for a better join when the length is free."""


@dataclass(frozen=True)
class Rounds:
    """`starts` of the rounds in the film and their end; each shows the clip from `first` on, the last `join` pictures led over
    into the `join` pictures before `first`."""

    first: int
    join: int
    starts: tuple[int, ...]


def looped(source: SourceClip, count: int, how: Making) -> Film:
    """`count` pictures that close: after the last comes the first. 0: two rounds of the length that closes best."""
    rounds = planned(source, count, how)
    joins = {}
    for period in sorted({end - start for start, end in _spans(rounds)}):
        joins[period] = _join(source, rounds, period, how)

    def frame(index: int) -> Frame:
        start, end = next(one for one in _spans(rounds) if one[0] <= index < one[1])
        since, period = index - start, end - start
        if since >= period - rounds.join:
            return joins[period].frame(since - (period - rounds.join))
        return source.frame(rounds.first + since)

    total = rounds.starts[-1]
    samples = _sound(source, rounds)
    period = rounds.starts[1] - rounds.starts[0]
    seconds = float(period / source.rate)
    told = (
        ("Rounds", f"{len(rounds.starts) - 1} of {seconds:.2f} s, from {float(rounds.first / source.rate):.2f} s on"),
        ("Join", f"{float(rounds.join / source.rate):.2f} s along the motion"),
        told_length(source, total),
    )
    return Film(total, frame, source.size, source.rate, samples, told)


def planned(source: SourceClip, count: int, how: Making) -> Rounds:
    """Which stretch is repeated, and how often: as much of the clip as whole rounds allow, begun where it closes best."""
    join = max(0, min(round(_JOIN_SECONDS * float(source.rate)), source.count // 4))
    most = source.count - join
    if not count:
        first, period = _best(source, how, join, max(1, ceil(_SHORTEST * most)), most)
        return Rounds(first, join, (0, period, 2 * period))
    number = ceil(count / most)
    starts = tuple(round(index * count / number) for index in range(number + 1))
    longest = max(end - start for start, end in pairwise(starts))
    first, _ = _best(source, how, join, longest, longest)
    return Rounds(first, join, starts)


def _spans(rounds: Rounds) -> list[tuple[int, int]]:
    return list(pairwise(rounds.starts))


def _best(source: SourceClip, how: Making, join: int, least: int, most: int) -> tuple[int, int]:
    """Start and length of the round whose two ends look most alike, length `least` to `most`; longer ones are liked better."""
    last = source.count
    step = max(1, last // _PROBES)
    places = range(0, last, step)
    thumbs = {}
    for place in places:
        how.job.check()
        thumbs[place] = _thumb(source, place)
        how.job.progress(place / last)
    best = (np.inf, join, least)
    starts = sorted({join, last - most, *(one for one in places if join <= one <= last - least)})
    for first in starts:
        for period in sorted({least, most, *(one - first for one in places if least <= one - first <= most)}):
            if first + period > last:
                continue
            # the picture that would come next, against the one that does
            after = min(first + period, last - 1)
            miss = float(np.abs(_near(thumbs, after, step) - _near(thumbs, first, step)).mean())
            cost = (miss + 1.0) * (1 + 0.5 * (most - period) / most)
            if cost < best[0]:
                best = (cost, first, period)
    return best[1], best[2]


def _near(thumbs: dict[int, NDArray[np.float32]], place: int, step: int) -> NDArray[np.float32]:
    return thumbs.get(round(place / step) * step, thumbs[max(thumbs)])


def _thumb(source: SourceClip, index: int) -> NDArray[np.float32]:
    small = source.small(index, 160)
    size = (_THUMB, max(2, _THUMB * small.shape[0] // small.shape[1]))
    return np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_AREA), np.float32)


def _join(source: SourceClip, rounds: Rounds, period: int, how: Making) -> Morphing:
    """The end of a round becoming what comes before its start."""

    def part(first: int) -> FilmClip:
        film = Film(rounds.join, lambda i: source.frame(first + i), source.size, source.rate, None)
        return FilmClip(film)

    left, right = part(rounds.first + period - rounds.join), part(rounds.first - rounds.join)
    return Morphing(left, right, rounds.join, draft=how.draft)


def _sound(source: SourceClip, rounds: Rounds) -> Sound | None:
    """The same stretches of the sound, their ends faded over into what comes before the start, at equal power."""
    given = source.samples()
    if given is None:
        return None
    own = cut_to(given, sound_length(source.count, source.rate))
    first, overlap = sound_length(rounds.first, source.rate), sound_length(rounds.join, source.rate)
    overlap = min(overlap, first)
    way = ((np.arange(overlap) + 0.5) / max(overlap, 1) * np.pi / 2).astype(np.float32)[:, None]
    parts = []
    for start, end in _spans(rounds):
        length = sound_length(end, source.rate) - sound_length(start, source.rate)
        part = cut_to(own[first : first + length], length).copy()
        if overlap:
            part[-overlap:] = part[-overlap:] * np.cos(way) + own[first - overlap : first] * np.sin(way)
        parts.append(part)
    return np.concatenate(parts)
