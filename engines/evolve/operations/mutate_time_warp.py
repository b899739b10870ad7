"""Time warp."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

import numpy as np

from effects.frame import Frame
from effects.params import param
from engines.evolve.base import SAMPLE_RATE, Film, Making, Operation, Sound, SourceClip
from engines.evolve.motion import MotionAlong
from engines.evolve.sounding import at_pace, at_pitch, cut_to, limited, sound_length
from engines.evolve.told import percent

_SLOWEST, _FASTEST, _LONGEST = 4.0, 16.0, 4.0
_EXPOSURES = 8
_RING = 0.25
"""Seconds in which the sound dies away before a picture that stands, and comes back behind it."""


class TimeEffect(StrEnum):
    """What time does."""

    REVERSE = "reverse"
    SLOW_MOTION = "slow_motion"
    TIME_LAPSE = "time_lapse"
    FREEZE_FRAME = "freeze_frame"


class TimeWarp(Operation):
    """Play the clip backwards, slow it down with new frames in between, race through it, or let it stand still for a while.

    Slow motion draws the frames between by optical flow; where something is hidden or too fast to follow they are mixed, and that is
    seen as a ghost. A time lapse exposes each frame half as long as it lasts. Chaos is how slow (to a quarter), how fast (to 16
    times) or how long (to 4 s); backwards is backwards at any.
    """

    title = "Time warp"
    keeps_length: ClassVar[bool] = False
    aliases: ClassVar[dict[str, str]] = {"chaos": "strength", "chaos_level": "strength", "effect": "time_effect"}

    time_effect: TimeEffect = param(TimeEffect.REVERSE, help="Backwards, slower, faster, or standing still.")
    strength: float = param(
        0.5, ge=0, le=1, step=0.01, widget="slider", label="Chaos", help="How slow, fast or long; 0 changes nothing."
    )
    keep_pitch: bool = param(True, help="Slower and faster sound keeps its pitch; off: it sinks and rises as on tape.")
    at: float = param(
        0.5,
        ge=0,
        le=1,
        step=0.01,
        widget="slider",
        label="Stands at",
        help="Where a freeze frame stands, as share of the clip.",
    )

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        """One of the four."""
        make: dict[TimeEffect, Callable[[SourceClip, Making], Film]] = {
            TimeEffect.REVERSE: self._reversed,
            TimeEffect.SLOW_MOTION: self._slowed,
            TimeEffect.TIME_LAPSE: self._raced,
            TimeEffect.FREEZE_FRAME: self._frozen,
        }
        return make[self.time_effect](sources[0], how)

    def _reversed(self, source: SourceClip, how: Making) -> Film:
        samples = source.samples()
        if samples is not None:
            samples = np.ascontiguousarray(cut_to(samples, sound_length(source.count, source.rate))[::-1])
        last = source.count - 1
        changes = (("Picture and sound", "backwards"), ("Length", "unchanged"))
        return Film(source.count, lambda i: source.frame(last - i), source.size, source.rate, samples, changes)

    def _slowed(self, source: SourceClip, how: Making) -> Film:
        factor = _SLOWEST**self.strength
        count = max(1, round(source.count * factor))
        motion = MotionAlong(source.frame, draft=how.draft)

        def frame(index: int) -> Frame:
            place = index * source.count / count
            low = min(int(place), source.count - 1)
            part = place - low
            if part < 1e-6 or low + 1 >= source.count:
                return source.frame(low)
            return motion.picture(low, part)

        samples = self._paced(source.samples(), 1 / factor)
        return Film(count, frame, source.size, source.rate, samples, self._told(1 / factor, count, source, samples))

    def _raced(self, source: SourceClip, how: Making) -> Film:
        speed = min(_FASTEST**self.strength, float(source.count))
        count = max(1, round(source.count / speed))

        def frame(index: int) -> Frame:
            first = round(index * source.count / count)
            end = max(first + 1, round((index + 1) * source.count / count))
            if end - first == 1:
                return source.frame(first)
            steps = np.linspace(first, (first + end) // 2, min((end - first) // 2 + 1, _EXPOSURES)).round().astype(int)
            return _exposed([source.frame(int(one)) for one in steps])

        samples = self._paced(source.samples(), speed)
        return Film(count, frame, source.size, source.rate, samples, self._told(speed, count, source, samples))

    def _paced(self, samples: Sound | None, speed: float) -> Sound | None:
        if samples is None:
            return None
        if self.keep_pitch:
            return limited(at_pitch(samples, speed))
        return limited(at_pace(samples, Fraction(speed).limit_denominator(1000)))

    def _told(self, speed: float, count: int, source: SourceClip, samples: Sound | None) -> tuple[tuple[str, str], ...]:
        length = f"{float(source.seconds):.2f} s to {float(count / source.rate):.2f} s"
        pitch = "at its pitch" if self.keep_pitch else "pitch goes along"
        sound = () if samples is None else (("Sound", pitch),)
        return (("Speed", percent(float(speed))), ("Length", length), *sound)

    def _frozen(self, source: SourceClip, how: Making) -> Film:
        held = round(_LONGEST * self.strength * float(source.rate))
        stands = min(round(self.at * source.count), source.count - 1)

        def frame(index: int) -> Frame:
            return source.frame(index if index <= stands else max(stands, index - held))

        samples = source.samples()
        if samples is not None:
            samples = _interrupted(samples, sound_length(stands, source.rate), sound_length(held, source.rate))
        stood = f"for {float(held / source.rate):.2f} s, {float(stands / source.rate):.2f} s in"
        changes = (("Picture stands", stood), *((("Sound", "silent meanwhile"),) if samples is not None else ()))
        return Film(source.count + held, frame, source.size, source.rate, samples, changes)


def _exposed(frames: Sequence[Frame]) -> Frame:
    """The mean of some pictures."""
    planes = []
    for number in range(3):
        total = np.zeros(frames[0].planes[number].shape, np.uint16)
        for one in frames:
            total += one.planes[number]
        planes.append(((total + len(frames) // 2) // len(frames)).astype(np.uint8))
    return replace(frames[0], planes=tuple(planes))


def _interrupted(samples: Sound, at: int, silence: int) -> Sound:
    """Silence let in at a sample, with a soft way in and out."""
    ramp = round(_RING * SAMPLE_RATE)
    head, tail = samples[:at].copy(), samples[at:].copy()
    # what follows the instant rings on into the silence
    ring = tail[: min(ramp, silence)] * np.linspace(1, 0, min(ramp, silence, len(tail)), dtype=np.float32)[:, None]
    rise = np.linspace(0, 1, min(ramp // 8, len(tail)), dtype=np.float32)[:, None]
    tail[: len(rise)] *= rise
    gap = np.zeros((silence, 2), np.float32)
    gap[: len(ring)] = ring
    return np.concatenate([head, gap, tail])
