"""What is heard: the audio tracks mixed, sample-exact and the same whatever the block size."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engines.errors import MediaError
from engines.render.plan import heard_or_seen
from engines.render.resample import Sound, at_speed
from timeline.curve import Curve, Interpolation
from timeline.items import Clip, MediaSource, Transition
from timeline.media import Library, Media
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.track import Track

LOUDEST = 16.0
"""Gains above this (+24 dB) are taken for a slip of the hand."""


class SoundReader(Protocol):
    """Random access to the sound of one file."""

    def read(self, start_sample: int, count: int) -> Sound:
        """(count, 2) float32, silence outside the file."""


class SoundPool(Protocol):
    """Gives the reader of a file's sound."""

    def sound(self, media: Media) -> SoundReader:
        """Raises MediaError."""


@dataclass(frozen=True)
class _Part:
    """A clip as it is heard, in samples of the sequence: from `start` to `end`, ramped at transitions."""

    clip: Clip
    media: Media
    clip_start: int
    clip_end: int
    start: int
    end: int
    fade_in: int
    fade_out: int
    rise: tuple[int, int] | None
    fall: tuple[int, int] | None


def mix(
    project: Project,
    library: Library,
    sequence: Sequence,
    start_sample: int,
    count: int,
    pool: SoundPool,
    *,
    strict: bool = False,
) -> Sound:
    """(count, 2) float32 of the sequence from `start_sample` on, at its sample rate; not limited to ±1.

    Files that cannot be read are silent; with `strict` only missing ones are, and a damaged one raises MediaError.
    """
    result = np.zeros((count, 2), np.float32)
    for track in heard_or_seen(sequence.audio_tracks()):
        gains = _balance(track.volume, track.pan)
        for part in _parts(track, library, sequence.sample_rate, start_sample, start_sample + count):
            first, last = max(part.start, start_sample), min(part.end, start_sample + count)
            sound = _heard(part, first, last - first, pool, sequence.sample_rate, strict)
            if sound is not None:
                result[first - start_sample : last - start_sample] += sound * gains
    return result


def _parts(track: Track, library: Library, rate: int, start: int, end: int) -> Iterator[_Part]:
    """The clips of a track that are heard between two samples, with the reach their transitions give them."""
    left_of = {one.left_id: one for one in track.transitions if one.left_id is not None}
    right_of = {one.right_id: one for one in track.transitions if one.right_id is not None}
    for index in _indices(track, rate, start, end):
        item = track.items[index]
        if not isinstance(item, Clip) or not item.enabled or not isinstance(item.source, MediaSource):
            continue
        media = library.media.get(item.source.media_id)
        if media is None or not media.has_audio:
            continue
        begin, finish = track.starts[index].samples(rate), track.starts[index + 1].samples(rate)
        rise = _span(track, right_of.get(item.id), rate)
        fall = _span(track, left_of.get(item.id), rate)
        part = _Part(
            item,
            media,
            begin,
            finish,
            rise[0] if rise else begin,
            fall[1] if fall else finish,
            0 if rise else item.fade_in.samples(rate),
            0 if fall else item.fade_out.samples(rate),
            rise,
            fall,
        )
        if part.start < end and start < part.end:
            yield part


def _indices(track: Track, rate: int, start: int, end: int) -> range:
    """Items that may be heard: those under the block, and one more on each side for transitions."""
    if not track.items:
        return range(0)
    first = bisect_right(track.starts, start, key=lambda time: time.samples(rate)) - 2
    last = bisect_right(track.starts, end, key=lambda time: time.samples(rate)) + 1
    return range(max(0, first), min(len(track.items), last))


def _span(track: Track, transition: Transition | None, rate: int) -> tuple[int, int] | None:
    cut = track.cut_of(transition) if transition is not None else None
    if transition is None or cut is None:
        return None
    return ((cut - transition.before).samples(rate), (cut + transition.after).samples(rate))


def _heard(part: _Part, first: int, count: int, pool: SoundPool, rate: int, strict: bool) -> Sound | None:
    """The samples of one clip with its own gains, or None where it is silent anyway."""
    clip, since = part.clip, first - part.clip_start
    try:
        reader = pool.sound(part.media)
        speed = clip.speed
        forward = speed > 0
        origin = clip.source_range.start.samples(rate) if forward else clip.source_range.end.samples(rate) - 1
        sound = at_speed(reader.read, origin, speed, since, count)
    except MediaError:
        if strict and Path(part.media.path).exists():
            raise
        return None
    positions = np.arange(since, since + count, dtype=np.int64)
    gain = _ramps(part, positions)
    seconds = (origin + positions * (speed.numerator / speed.denominator)) / rate if _is_moving(clip) else None
    volume = np.clip(_values(clip.volume, seconds), 0, LOUDEST)
    pan = _values(clip.pan, seconds)
    return sound * (_balance(volume, pan) * np.asarray(gain)[..., None]).astype(np.float32)


def _is_moving(clip: Clip) -> bool:
    return isinstance(clip.volume, Curve) or isinstance(clip.pan, Curve)


def _ramps(part: _Part, positions: NDArray[np.int64]) -> NDArray[np.float64]:
    """Fades (linear) and crossfades (equal power) at each sample; `positions` count from the clip's start."""
    middles = positions + 0.5
    gain = np.ones(len(positions))
    if part.fade_in:
        gain *= np.clip(middles / part.fade_in, 0, 1)
    if part.fade_out:
        gain *= np.clip((part.clip_end - part.clip_start - middles) / part.fade_out, 0, 1)
    for span, rising in ((part.rise, True), (part.fall, False)):
        if span is not None and span[1] > span[0]:
            progress = np.clip((part.clip_start + middles - span[0]) / (span[1] - span[0]), 0, 1)
            gain *= np.sin(progress * (np.pi / 2)) if rising else np.cos(progress * (np.pi / 2))
    return gain


def _balance(volume: float | NDArray[np.float64], pan: float | NDArray[np.float64]) -> NDArray[np.float32]:
    """Left and right gain; the far side is turned down, the near one stays, so the centre is as recorded."""
    pan = np.clip(pan, -1, 1)
    left, right = np.minimum(1, 1 - pan), np.minimum(1, 1 + pan)
    return np.stack([volume * left, volume * right], axis=-1).astype(np.float32)


def _values(value: float | Curve, seconds: NDArray[np.float64] | None) -> float | NDArray[np.float64]:
    """A curve at each source second; see `Curve.at`, which this does for many times at once."""
    if not isinstance(value, Curve) or seconds is None:
        return float(value) if isinstance(value, (int, float)) else 1.0
    keys = value.keyframes
    times = np.array([key.time.to_seconds() for key in keys])
    levels = np.array([float(key.value) if isinstance(key.value, (int, float)) else 0.0 for key in keys])
    left = np.clip(np.searchsorted(times, seconds, side="right") - 1, 0, len(keys) - 1)
    right = np.minimum(left + 1, len(keys) - 1)
    length = times[right] - times[left]
    share = np.clip((seconds - times[left]) / np.where(length > 0, length, 1), 0, 1)
    kinds = np.array([list(Interpolation).index(key.interpolation) for key in keys])[left]
    share = np.where(kinds == list(Interpolation).index(Interpolation.EASE), share * share * (3 - 2 * share), share)
    share = np.where(kinds == list(Interpolation).index(Interpolation.HOLD), 0, share)
    mixed: NDArray[np.float64] = levels[left] + (levels[right] - levels[left]) * share
    return mixed
