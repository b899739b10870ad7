"""A clip going on beyond its end, by nothing but itself: motion runs out, turns and swings through the last second again."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from fractions import Fraction

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.frame import Frame
from effects.video.film_grain import FilmGrain
from engines.evolve.base import SAMPLE_RATE, Film, Making, Sound, SourceClip
from engines.evolve.denoising import Denoised, noise_of
from engines.evolve.lengths import told_length
from engines.evolve.motion import Flow, MotionAlong, in_between, warped
from engines.evolve.settling import RestingCamera
from engines.evolve.sounding import crossfaded, cut_to, sound_length
from engines.evolve.stabilising import is_cut
from timeline.time import RationalTime

_OVER_SECONDS = 0.24
"""So much motion at most is carried beyond the last picture: what it would uncover has never been seen."""
_OVER_WIDTH = 0.008
"""And the quickest things so far at most, as share of the width: flow knows nothing of joints and of what is behind them."""
_CALM = 0.03
"""How far vectors are smoothed for it, as share of the width."""
_BACK_SECONDS = 1.6
_PACE = 0.8
"""Of the swing at its fastest, in pictures a picture."""
_LEAST_PERIOD = 2.5
"""Seconds that a swing lasts at least, to and fro: a short one is slow, or it would twitch."""
_EVEN = 0.02
"""Parts of a picture that are not worth drawing one in between."""
_NOISY, _GRAIN = 1.0, 32.0
"""Levels of noise that are worth laying anew; the deviation of the grain effect at its strongest."""
_JOIN_SECONDS = 0.04
_TAIL_SECONDS, _FADE_SECONDS = 2.0, 0.3
_STEADY_DB = 7.0
"""Sound whose loudness varies by less goes on as it is; other sound is followed by the quietest part of the clip."""


class Continuation(StrEnum):
    """How a clip goes on."""

    MOTION = "motion"
    PING_PONG = "ping_pong"
    FREEZE = "freeze"


TOLD = {
    Continuation.MOTION: "motion runs out, then swings gently through the last moments",
    Continuation.PING_PONG: "backwards and forwards again",
    Continuation.FREEZE: "motion runs out and the last picture stands",
}


def continued(source: SourceClip, count: int, how: Making, way: Continuation) -> Film:
    """The clip with pictures added until there are `count`; its own are untouched."""
    last = source.count - 1
    motion = MotionAlong(source.frame, draft=how.draft)
    swing = _Swing(source, motion, way)
    grain = _Grain(source, how)
    ahead = _Ahead(source, motion, grain.without(source.count - 1))

    def drawn(place: float) -> tuple[Frame, float]:
        """The picture at a place, and how much of the clip's noise it lacks."""
        if place > 0:
            return ahead.frame(place), 1.0
        low = int(np.floor(last + place))
        part = last + place - low
        if part < _EVEN or part > 1 - _EVEN:
            return source.frame(low + round(part)), 0.0
        made = in_between(source.frame(low), source.frame(low + 1), motion.between(low, low + 1), part)
        return made, float(np.sqrt(2 * part * (1 - part)))

    def frame(index: int) -> Frame:
        if index <= last:
            return source.frame(index)
        place, step = swing.place(index - last), index - last
        made, lacking = drawn(place)
        if swing.camera and step > 2 * swing.over:
            made = swing.camera.from_rest(made, place, swing.over, ahead.at_rest(swing.over))
        return grain.laid(made, lacking, index)

    samples = continued_sound(source.samples(), source.count, count, source.rate)
    told = TOLD[way] if count > source.count else "nothing to add"
    if swing.camera and count > source.count:
        told = "the camera comes to rest, what it sees swings gently through the last moments"
    sound = () if samples is None else (("Sound", "goes on at the level of the end, without a cut"),)
    changes = (("Added", told), told_length(source, count), *sound)
    return Film(count, frame, source.size, source.rate, samples, changes)


def shot_start(source: SourceClip) -> int:
    """The first picture of the last shot, as far as the swing could reach back."""
    least = max(0, source.count - 1 - round(_BACK_SECONDS * float(source.rate)) - 2)
    for index in range(source.count - 1, least, -1):
        if is_cut(source.small(index - 1), source.small(index)):
            return index
    return least


class _Swing:
    """Where each added picture lies, in pictures after the last one; before it where negative.

    `over`: how far motion runs on beyond the last picture. `camera`: the one that comes to rest there, where one moves.
    """

    def __init__(self, source: SourceClip, motion: MotionAlong, way: Continuation) -> None:
        rate, last = float(source.rate), source.count - 1
        shot = shot_start(source)
        self._way, self.over = way, 0.0
        self._slowest = _LEAST_PERIOD * rate
        self.camera: RestingCamera | None = None
        self._back = min(last - shot, max(1, round(_BACK_SECONDS * rate)))
        if not self._back or way is Continuation.PING_PONG:
            return
        quick = float(np.percentile(np.hypot(*np.moveaxis(motion.between(last - 1, last).forward, -1, 0)), 99))
        self.over = min(_OVER_SECONDS * rate, _OVER_WIDTH * source.size[0] / max(quick, 0.1))
        camera = RestingCamera(source, last - self._back)
        if way is Continuation.MOTION and camera.is_moving:
            self.camera, self._back = camera, max(1, min(self._back, camera.reach()))

    def place(self, step: int) -> float:
        """Even slowing down over the first `2 * over` pictures; then to and fro between there and the farthest back."""
        over, back = self.over, self._back
        if self._way is Continuation.PING_PONG:
            return -float(_folded(step, back))
        if step < 2 * over:
            return step - step * step / (4 * over)
        if self._way is Continuation.FREEZE or not back:
            return over
        period = max((over + back) * np.pi / _PACE, self._slowest)
        return float(over - (over + back) * (1 - np.cos(2 * np.pi * (step - 2 * over) / period)) / 2)


def _folded(step: int, back: int) -> int:
    """0..back to and fro; neither end is shown twice in a row."""
    if not back:
        return 0
    step %= 2 * back
    return step if step <= back else 2 * back - step


class _Grain:
    """The clip's own noise, laid over pictures that have less of it: without it the end would look cleaner, and then stuck."""

    def __init__(self, source: SourceClip, how: Making) -> None:
        self._source, self._how = source, how
        self._noise = noise_of(source)

    def without(self, index: int) -> Callable[[], Frame]:
        """A picture of the clip without its noise, made when it is asked for first."""
        if self._noise.luma < _NOISY:
            return lambda: self._source.frame(index)
        clean = Denoised(self._source, self._noise, 1.0, self._how.draft)
        return lambda: clean.frame(index)

    def laid(self, frame: Frame, share: float, index: int) -> Frame:
        """The picture with `share` of the noise, new for each `index`."""
        if self._noise.luma < _NOISY:
            return frame
        grain = FilmGrain(strength=min(1.0, share * self._noise.luma / _GRAIN), size=1.0, shadows=1.0)
        return grain.render(frame, RationalTime.from_frames(index, self._source.rate))


class _Ahead:
    """Pictures beyond the end: the last one moved on along its flow."""

    def __init__(self, source: SourceClip, motion: MotionAlong, last: Callable[[], Frame]) -> None:
        self._source, self._motion, self._made = source, motion, last
        self._flow: Flow | None = None
        self._last: Frame | None = None
        self._rest: Frame | None = None

    def frame(self, place: float) -> Frame:
        """The picture `place` pictures after the last."""
        if self._last is None:
            self._last = self._made()
        return warped(self._last, self._flow_back(), place, fine=True)

    def at_rest(self, place: float) -> Frame:
        """The same for the one place that is asked for again and again."""
        if self._rest is None:
            self._rest = self.frame(place)
        return self._rest

    def _flow_back(self) -> Flow:
        """From the last picture to the one before, calm: a wrong vector would tear a hole that grows."""
        if self._flow is None:
            end = self._source.count - 1
            found = self._motion.between(end, end - 1)
            sigma = max(1.0, _CALM * found.forward.shape[1])
            weight = found.seen + np.float32(0.03)
            sums = cv2.GaussianBlur(found.forward * weight[..., None], (0, 0), sigma)
            self._flow = np.asarray(sums / cv2.GaussianBlur(weight, (0, 0), sigma)[..., None], np.float32)
        return self._flow


def continued_sound(samples: Sound | None, given: int, count: int, rate: Fraction) -> Sound | None:
    """Sound of `given` pictures made to last `count`: its end again and again, or the clip's quietest part where the end is
    speech or the like, laid over one another so that no seam is heard."""
    if samples is None or count <= given:
        return samples
    own, length = cut_to(samples, sound_length(given, rate)), sound_length(count, rate)
    if not own.any():
        return cut_to(own, length)
    tail = own[-round(_TAIL_SECONDS * SAMPLE_RATE) :]
    if _unsteadiness(tail) > _STEADY_DB:
        tail = _quietest(own)
    fade = min(round(_FADE_SECONDS * SAMPLE_RATE), len(tail) // 3)
    result = own
    overlap = min(round(_JOIN_SECONDS * SAMPLE_RATE), len(tail) // 3)
    while len(result) < length:
        result, overlap = crossfaded(result, tail, overlap), fade
    return np.ascontiguousarray(result[:length])


def _loudness(samples: Sound) -> NDArray[np.float64]:
    """dB of each 50 ms."""
    block = SAMPLE_RATE // 20
    blocks = samples[: len(samples) // block * block].reshape(-1, block * 2)
    return np.asarray(10 * np.log10(np.mean(blocks.astype(np.float64) ** 2, axis=1) + 1e-8))


def _unsteadiness(samples: Sound) -> float:
    levels = _loudness(samples)
    return float(np.percentile(levels, 90) - np.percentile(levels, 20)) if len(levels) >= 4 else 0.0


def _quietest(samples: Sound) -> Sound:
    """Half a second (less in short sounds) in which least happens."""
    levels = _loudness(samples)
    span = min(10, max(1, len(levels) // 2))
    means = np.convolve(levels, np.ones(span) / span, "valid")
    block = SAMPLE_RATE // 20
    first = int(np.argmin(means)) * block
    return samples[first : first + span * block]
