"""Sound as operations treat it: fitted, mixed, faded across, faster and slower with or without its pitch, and never clipped."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.evolve.base import SAMPLE_RATE, Sound
from engines.render.resample import at_speed

CEILING = 0.97
_NEAR = round(0.005 * SAMPLE_RATE)
"""Samples on either side of a peak over which it is turned down."""
_BLOCK = 1 << 15
_GRAIN = round(0.042 * SAMPLE_RATE) // 2 * 2
"""Of stretched sound: long enough for the lowest voice, short enough for syllables."""
_SEEK = round(0.012 * SAMPLE_RATE)
_COARSE = 4
_JOIN = round(0.003 * SAMPLE_RATE)


def sound_length(count: int, rate: Fraction) -> int:
    """Samples that `count` frames last."""
    return round(count * SAMPLE_RATE / rate)


def cut_to(samples: Sound, length: int) -> Sound:
    """The first `length` samples, silence behind where there are fewer."""
    if len(samples) >= length:
        return samples[:length]
    return np.concatenate([samples, np.zeros((length - len(samples), 2), np.float32)])


def stretch_of(samples: Sound, start: int, count: int) -> Sound:
    """`count` samples from `start` on, which may lie outside; silence there."""
    result = np.zeros((count, 2), np.float32)
    first, last = max(start, 0), min(start + count, len(samples))
    if last > first:
        result[first - start : last - start] = samples[first:last]
    return result


def at_pace(samples: Sound, speed: Fraction, start: int = 0, count: int | None = None) -> Sound:
    """Played at `speed` from sample `start` on, pitch going along as on tape; backwards with a negative speed.

    `count` output samples, by default as many as `samples` give at that speed.
    """
    length = round(len(samples) / abs(speed)) if count is None else count
    blocks = [
        at_speed(lambda at, n: stretch_of(samples, at, n), start, speed, first, min(_BLOCK, length - first))
        for first in range(0, length, _BLOCK)
    ]
    return np.concatenate(blocks) if blocks else np.zeros((0, 2), np.float32)


def at_pitch(samples: Sound, speed: float) -> Sound:
    """Played `speed` times as fast (above 0) at the pitch it has, by overlapping grains that fit each other.

    WSOLA: W. Verhelst, M. Roelands, "An overlap-add technique based on waveform similarity", ICASSP 1993.
    """
    if not len(samples) or abs(speed - 1) < 1e-3:
        return samples
    hop = _GRAIN // 2
    length = round(len(samples) / speed)
    window = np.hanning(_GRAIN + 1)[:-1].astype(np.float32)[:, None]
    padded = np.concatenate([samples, np.zeros((_GRAIN + 2 * _SEEK + hop, 2), np.float32)])
    mono = padded.mean(axis=1)
    result = np.zeros((length + _GRAIN, 2), np.float32)
    place = 0
    for target in range(0, length, hop):
        wanted = min(round(target * speed), len(samples))
        if target:
            place = _fitting(mono, place + hop, wanted)
        result[target : target + _GRAIN] += padded[place : place + _GRAIN] * window
    result[:hop] = padded[:hop] * (1 - window[:hop]) + result[:hop]  # the first grain has none before it
    return result[:length]


def _fitting(mono: NDArray[np.float32], natural: int, wanted: int) -> int:
    """Where near `wanted` the sound looks most as it would have gone on from `natural`."""
    first = max(wanted - _SEEK, 0)
    field = mono[first : wanted + _SEEK + _GRAIN : _COARSE]
    model = mono[natural : natural + _GRAIN : _COARSE]
    if len(model) < 8 or len(field) <= len(model) or not model.any():
        return wanted
    match = cv2.matchTemplate(field[None], model[None], cv2.TM_CCORR_NORMED)[0]
    return first + int(np.argmax(match)) * _COARSE


def mixed(sounds: Sequence[Sound | None], length: int) -> Sound | None:
    """All at once, each turned down by the root of their number, within full scale; None where all are None."""
    there = [sound for sound in sounds if sound is not None]
    if not there:
        return None
    total = np.zeros((length, 2), np.float32)
    for sound in there:
        total += cut_to(sound, length) / np.float32(np.sqrt(len(there)))
    return limited(total)


def crossfaded(left: Sound, right: Sound, overlap: int) -> Sound:
    """`right` behind `left`, sounding together for `overlap` samples, at equal power."""
    overlap = min(overlap, len(left), len(right))
    if overlap <= 0:
        return np.concatenate([left, right])
    way = ((np.arange(overlap) + 0.5) / overlap * np.pi / 2).astype(np.float32)[:, None]
    both = left[-overlap:] * np.cos(way) + right[:overlap] * np.sin(way)
    return np.concatenate([left[:-overlap], both, right[overlap:]])


def joined(parts: Sequence[Sound]) -> Sound:
    """One behind the other without clicks, each a few milliseconds over the next; as long as all together."""
    if not parts:
        return np.zeros((0, 2), np.float32)
    softened = []
    for index, part in enumerate(parts):
        part = part.copy()
        ramp = np.linspace(0, 1, min(_JOIN, len(part) // 2), dtype=np.float32)[:, None]
        if index:
            part[: len(ramp)] *= ramp
        if index < len(parts) - 1:
            part[len(part) - len(ramp) :] *= ramp[::-1]
        softened.append(part)
    return np.concatenate(softened)


def limited(samples: Sound, ceiling: float = CEILING) -> Sound:
    """Turned down softly about peaks beyond `ceiling`, and only there."""
    peak = np.abs(samples).max(axis=1)
    if not len(peak) or float(peak.max()) <= ceiling:
        return samples
    gain = np.minimum(1.0, ceiling / np.maximum(peak, 1e-9)).astype(np.float32)
    width = 2 * _NEAR + 1
    lowest = cv2.erode(gain[None], np.ones((1, 2 * width - 1), np.uint8), borderType=cv2.BORDER_REPLICATE)
    gain = np.minimum(cv2.blur(lowest, (width, 1), borderType=cv2.BORDER_REPLICATE)[0], gain)
    return np.asarray(samples * gain[:, None], np.float32)
