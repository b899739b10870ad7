"""What is heard: the audio tracks mixed, sample-exact and the same whatever the block size."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engines.errors import MediaError
from engines.render.plan import heard_or_seen
from engines.render.resample import Sound, at_speed
from timeline.curve import Curve, Interpolation, value_at
from timeline.items import Clip, Item, MediaSource, SequenceSource, Transition
from timeline.media import Library, Media
from timeline.nesting import DEEPEST
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime
from timeline.track import Track

_MOST_NESTED = 4096
"""Nested sounds read for one block: a damaged file may ask for millions."""
LOUDEST = 16.0
"""Gains above this (+24 dB) are taken for a slip of the hand."""
CUT_RAMP = RationalTime(3, 1000)
"""A cut through a sound would click: each side is led to silence within this. What runs on over a cut is left alone."""


class SoundReader(Protocol):
    """Random access to the sound of one file."""

    def read(self, start_sample: int, count: int) -> Sound:
        """(count, 2) float32, silence outside the file."""


class SoundPool(Protocol):
    """Gives the reader of a file's sound."""

    def sound(self, media: Media) -> SoundReader:
        """Raises MediaError."""


@dataclass
class _Mixing:
    """What is being mixed: at `rate`, which nested sequences take over from the outermost one."""

    project: Project
    library: Library
    rate: int
    pool: SoundPool
    unread: Callable[[Media, MediaError], None]
    nested: int = 0


@dataclass(frozen=True)
class _Nested:
    """A sequence within others (`inside`, by id), read as a file's sound is."""

    mixing: _Mixing
    sequence: Sequence
    inside: tuple[str, ...]

    def read(self, start_sample: int, count: int) -> Sound:
        """(count, 2) float32, silence outside the sequence, and within itself (a damaged file)."""
        self.mixing.nested += 1
        return _mixed(self.mixing, self.sequence, start_sample, count, self.inside)


@dataclass(frozen=True)
class _Part:
    """A clip as it is heard, in samples of the sequence: from `start` to `end`, ramped at transitions and cuts.

    At sample p of the sequence its source sample `origin + p * speed` is heard: one line for all pieces of a sound that
    was split, so that they join without a seam also where a frame is not a whole number of samples.
    """

    clip: Clip
    source: Media | Sequence
    origin: Fraction
    clip_start: int
    clip_end: int
    start: int
    end: int
    fade_in: int
    fade_out: int
    rise: tuple[int, int] | None
    fall: tuple[int, int] | None
    lead_in: int
    lead_out: int


def mix(
    project: Project,
    library: Library,
    sequence: Sequence,
    start_sample: int,
    count: int,
    pool: SoundPool,
    *,
    unread: Callable[[Media, MediaError], None] = lambda media, error: None,
) -> Sound:
    """(count, 2) float32 of the sequence from `start_sample` on, at its sample rate; not limited to ±1.

    Files that cannot be read are silent; `unread` is told of each.
    """
    return _mixed(_Mixing(project, library, sequence.sample_rate, pool, unread), sequence, start_sample, count, ())


def _mixed(mixing: _Mixing, sequence: Sequence, start_sample: int, count: int, outer: tuple[str, ...]) -> Sound:
    result = np.zeros((count, 2), np.float32)
    inside = (*outer, sequence.id)
    for track in heard_or_seen(sequence.audio_tracks()):
        gains = _balance(track.volume, track.pan)
        for part in _parts(mixing, track, start_sample, start_sample + count):
            first, last = max(part.start, start_sample), min(part.end, start_sample + count)
            sound = _heard(mixing, part, first, last - first, inside)
            if sound is not None:
                result[first - start_sample : last - start_sample] += sound * gains
    return result


def _parts(mixing: _Mixing, track: Track, start: int, end: int) -> Iterator[_Part]:
    """The clips of a track that are heard between two samples, with the reach their transitions give them."""
    rate = mixing.rate
    left_of = {one.left_id: one for one in track.transitions if one.left_id is not None}
    right_of = {one.right_id: one for one in track.transitions if one.right_id is not None}
    for index in _indices(track, rate, start, end):
        item = track.items[index]
        source = _source(mixing, item) if isinstance(item, Clip) else None
        if source is None or not isinstance(item, Clip):
            continue
        begin, finish = track.starts[index].samples(rate), track.starts[index + 1].samples(rate)
        rise = _span(track, right_of.get(item.id), rate)
        fall = _span(track, left_of.get(item.id), rate)
        ramp = min(CUT_RAMP.samples(rate), (finish - begin) // 2)
        leads_in = not (rise or item.fade_in or _is_whole_at(item, source, item.speed < 0))
        leads_out = not (fall or item.fade_out or _is_whole_at(item, source, item.speed > 0))
        before = track.items[index - 1] if index else None
        after = track.items[index + 1] if index + 1 < len(track.items) else None
        part = _Part(
            item,
            source,
            _origin(item, track.starts[index], rate),
            begin,
            finish,
            rise[0] if rise else begin,
            fall[1] if fall else finish,
            0 if rise else item.fade_in.samples(rate),
            0 if fall else item.fade_out.samples(rate),
            rise,
            fall,
            ramp if leads_in and not (_runs_on(before, item) and before and before.id not in left_of) else 0,
            ramp if leads_out and not (_runs_on(item, after) and after and after.id not in right_of) else 0,
        )
        if part.start < end and start < part.end:
            yield part


def _source(mixing: _Mixing, clip: Clip) -> Media | Sequence | None:
    """What a clip lets be heard; None: nothing."""
    if not clip.enabled or clip.freeze is not None:
        return None
    if isinstance(clip.source, MediaSource):
        media = mixing.library.media.get(clip.source.media_id)
        return media if media is not None and media.has_audio else None
    return mixing.project.sequence(clip.source.sequence_id) if isinstance(clip.source, SequenceSource) else None


def _origin(clip: Clip, start: RationalTime, rate: int) -> Fraction:
    """The source sample heard at sample 0 of the sequence, were the clip that long: a multiple of 1/speed.denominator."""
    speed = clip.speed
    first = clip.source_range.start.fraction * rate if speed > 0 else clip.source_range.end.fraction * rate - 1
    exact = (first - start.fraction * rate * speed) * speed.denominator
    half = Fraction(1, 2)  # a tie goes to where the clip's first sample is not lost
    return Fraction(ceil(exact - half) if speed > 0 else floor(exact + half), speed.denominator)


def _is_whole_at(clip: Clip, source: Media | Sequence, at_end: bool) -> bool:
    """Whether the clip begins (or ends) with its file or sequence, where nothing is cut through."""
    if not at_end:
        return clip.source_range.start <= ZERO
    ends_with_sound = isinstance(source, Sequence) or not source.has_video
    return ends_with_sound and clip.source_range.end >= source.duration > ZERO


def _runs_on(left: Item | None, right: Item | None) -> bool:
    """Whether the sound goes on over the cut between two items as if there were none."""
    if not isinstance(left, Clip) or not isinstance(right, Clip) or left.fade_out or right.fade_in:
        return False
    if not (left.enabled and right.enabled and left.speed == right.speed):
        return False
    if _sound_id(left) is None or left.freeze is not None or right.freeze is not None:
        return False
    here = left.source_range.end if left.speed > 0 else left.source_range.start
    there = right.source_range.start if right.speed > 0 else right.source_range.end
    levels = ((left.volume, right.volume), (left.pan, right.pan))
    return (
        _sound_id(left) == _sound_id(right)
        and here == there
        and all(value_at(one, here) == value_at(other, here) for one, other in levels)
    )


def _sound_id(clip: Clip) -> tuple[str, str] | None:
    """What is heard, whichever part of it."""
    if isinstance(clip.source, MediaSource):
        return ("media", clip.source.media_id)
    return ("sequence", clip.source.sequence_id) if isinstance(clip.source, SequenceSource) else None


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


def _heard(mixing: _Mixing, part: _Part, first: int, count: int, inside: tuple[str, ...]) -> Sound | None:
    """The samples of one clip with its own gains, or None where it is silent anyway."""
    clip, since, rate = part.clip, first - part.clip_start, mixing.rate
    reader = _reader(mixing, part.source, inside)
    if reader is None:
        return None
    try:
        sound = at_speed(reader.read, part.origin, clip.speed, first, count)
    except MediaError as error:  # of a file: a nested sequence tells of its own
        if isinstance(part.source, Media):
            mixing.unread(part.source, error)
        return None
    positions = np.arange(since, since + count, dtype=np.int64)
    gain = _ramps(part, positions)
    seconds = (
        (float(part.origin) + (positions + part.clip_start) * float(clip.speed)) / rate if _is_moving(clip) else None
    )
    volume = np.clip(_values(clip.volume, seconds), 0, LOUDEST)
    pan = _values(clip.pan, seconds)
    return sound * (_balance(volume, pan) * np.asarray(gain)[..., None]).astype(np.float32)


def _reader(mixing: _Mixing, source: Media | Sequence, inside: tuple[str, ...]) -> SoundReader | None:
    """Raises nothing for a file that cannot be opened here: silence, and `unread` is told."""
    if isinstance(source, Sequence):
        too_deep = source.id in inside or len(inside) > DEEPEST or mixing.nested >= _MOST_NESTED
        return None if too_deep else _Nested(mixing, source, inside)
    try:
        return mixing.pool.sound(source)
    except MediaError as error:
        mixing.unread(source, error)
        return None


def _is_moving(clip: Clip) -> bool:
    return isinstance(clip.volume, Curve) or isinstance(clip.pan, Curve)


def _ramps(part: _Part, positions: NDArray[np.int64]) -> NDArray[np.float64]:
    """Fades (linear), crossfades (equal power) and the short leads at cuts; `positions` count from the clip's start."""
    middles = positions + 0.5
    gain = np.ones(len(positions))
    length = part.clip_end - part.clip_start
    for lead, since in ((part.lead_in, middles), (part.lead_out, length - middles)):
        if lead:
            gain *= np.sin(np.clip(since / lead, 0, 1) * (np.pi / 2)) ** 2
    if part.fade_in:
        gain *= np.clip(middles / part.fade_in, 0, 1)
    if part.fade_out:
        gain *= np.clip((length - middles) / part.fade_out, 0, 1)
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
