"""What is heard: exact samples, gains, fades, crossfades and speeds. The files are arrays; no codec is needed."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.errors import MediaError
from engines.render.mixer import mix
from timeline.curve import Curve, Interpolation, Keyframe
from timeline.items import Clip, Gap, MediaSource, Transition
from timeline.media import Library, Media, MediaKind
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import RationalTime, TimeRange
from timeline.track import Track, TrackKind

HZ = 48000
LEAD = 144
"""Samples in which a cut is led to silence."""
RATE = Fraction(24)


class ArrayReader:
    def __init__(self, data: NDArray[np.float32]) -> None:
        self.data = data

    def read(self, start_sample: int, count: int) -> NDArray[np.float32]:
        out = np.zeros((count, 2), np.float32)
        first, last = max(start_sample, 0), min(start_sample + count, len(self.data))
        if first < last:
            out[first - start_sample : last - start_sample] = self.data[first:last]
        return out


class ArrayPool:
    def __init__(self, **sounds: NDArray[np.float32]) -> None:
        self.sounds = sounds

    def sound(self, media: Media) -> ArrayReader:
        if media.id not in self.sounds:
            raise MediaError("damaged")
        return ArrayReader(self.sounds[media.id])


def library(*ids: str, path: str = "/nowhere.wav") -> Library:
    return Library({one: Media(path, MediaKind.AUDIO, has_audio=True, id=one) for one in ids})


def clip(start: int, duration: int, media: str = "a", **changes: Any) -> Clip:
    return Clip(MediaSource(media), TimeRange.from_frames(start, duration, RATE), **changes)


def mix_at(rate: Fraction, pool: ArrayPool, track: Track, count: int = HZ) -> NDArray[np.float32]:
    return mix(Project(), library(*pool.sounds), Sequence(rate=rate, tracks=(track,)), 0, count, pool)


def audio(*items: Clip | Gap, **changes: Any) -> Track:
    return Track(TrackKind.AUDIO, items, **changes)


def heard(pool: ArrayPool, *tracks: Track, start: int = 0, count: int = HZ, block: int = 0) -> NDArray[np.float32]:
    sequence = Sequence(rate=RATE, tracks=tracks)
    known = library(*pool.sounds)
    block = block or count
    parts = [
        mix(Project(), known, sequence, at, min(block, start + count - at), pool)
        for at in range(start, start + count, block)
    ]
    return np.concatenate(parts)


def steps(count: int = 10 * HZ) -> NDArray[np.float32]:
    """Every sample tells its number."""
    ramp = np.arange(count, dtype=np.float32) / count
    return np.stack([ramp, -ramp], axis=1)


def ones(count: int = 10 * HZ) -> NDArray[np.float32]:
    return np.ones((count, 2), np.float32)


def test_a_cut_is_exact_to_the_sample() -> None:
    sound = steps()
    out = heard(ArrayPool(a=sound), audio(Gap(RationalTime.from_frames(1, RATE)), clip(5, 3)), count=10_000)
    assert not out[:2000].any()
    np.testing.assert_array_equal(out[2000 + LEAD : 8000 - LEAD], sound[10_000 + LEAD : 16_000 - LEAD])
    assert not out[8000:].any()
    assert out[2000, 0]
    assert out[7999, 0]


def test_a_cut_through_a_sound_is_led_to_silence_within_three_milliseconds() -> None:
    out = heard(ArrayPool(a=ones(), b=ones()), audio(clip(5, 3), clip(9, 3, "b")), count=12_000)[:, 0]
    assert out[6000 - LEAD // 2] == pytest.approx(0.5, abs=0.01)
    assert out[6000 + LEAD // 2] == pytest.approx(0.5, abs=0.01)
    assert out[5999] == pytest.approx(out[6000]) == pytest.approx(0, abs=1e-3)
    assert np.abs(np.diff(out)).max() < 0.02
    assert np.all(out[LEAD : 6000 - LEAD] == 1)


@pytest.mark.parametrize("speed", [Fraction(1), Fraction(-1), Fraction(3, 2), Fraction(-1, 3)])
@pytest.mark.parametrize("rate", [Fraction(24), Fraction(30000, 1001), Fraction(24000, 1001)])
def test_a_sound_that_was_only_split_goes_on_untouched(speed: Fraction, rate: Fraction) -> None:
    """Through edits are no cuts, also where a frame is not a whole number of samples."""
    noise = np.random.default_rng(2).uniform(-1, 1, (10 * HZ, 2)).astype(np.float32)
    frame = abs(speed) / rate
    start = 41 / rate

    def piece(first: int, count: int) -> Clip:
        where = TimeRange(RationalTime(start + first * frame), RationalTime(count * frame))
        return Clip(MediaSource("a"), where, speed=speed)

    lengths = (1, 2, 5, 1, 7, 4)
    begins = [sum(lengths[:n]) for n in range(len(lengths))]
    pieces = [piece(begin, length) for begin, length in zip(begins, lengths, strict=True)]
    pieces = pieces if speed > 0 else pieces[::-1]
    whole = mix_at(rate, ArrayPool(a=noise), audio(piece(0, 20)))
    split = mix_at(rate, ArrayPool(a=noise), audio(*pieces))
    np.testing.assert_array_equal(whole, split)


def test_a_split_sound_whose_level_was_changed_is_a_cut() -> None:
    out = heard(ArrayPool(a=ones()), audio(clip(5, 3), clip(8, 3, volume=0.5)), count=12_000)[:, 0]
    assert np.abs(np.diff(out)).max() < 0.02
    muted = heard(ArrayPool(a=ones()), audio(clip(5, 3), clip(8, 3, enabled=False)), count=12_000)[:, 0]
    assert np.abs(np.diff(muted)).max() < 0.02


def test_a_whole_file_is_heard_to_the_bit() -> None:
    """Nothing is cut through where a file begins and ends: a drum on its first sample keeps its edge."""
    noise = np.random.default_rng(3).uniform(-1, 1, (HZ, 2)).astype(np.float32)
    media = Media("/x.wav", MediaKind.AUDIO, has_audio=True, id="a", duration=RationalTime(1))
    track = audio(Gap(RationalTime(1)), clip(0, 24), Gap(RationalTime(1)))
    out = mix(Project(), Library({"a": media}), Sequence(rate=RATE, tracks=(track,)), HZ, HZ, ArrayPool(a=noise))
    np.testing.assert_array_equal(out, noise)


def test_at_2997_each_clip_begins_at_the_nearest_sample() -> None:
    rate = Fraction(30000, 1001)
    length = RationalTime.from_frames(1, rate)
    track = audio(*(Clip(MediaSource("a"), TimeRange(RationalTime(1), length), id=str(i)) for i in range(30)))
    click = np.zeros((3 * HZ, 2), np.float32)
    click[HZ] = 1.0
    out = mix(Project(), library("a"), Sequence(rate=rate, tracks=(track,)), 0, HZ, ArrayPool(a=click))
    found = np.flatnonzero(out[:, 0]).tolist()
    assert found == [RationalTime.from_frames(i, rate).samples(HZ) for i in range(30)]


def test_any_block_size_gives_the_same_samples() -> None:
    rng = np.random.default_rng(1)
    noise = rng.uniform(-1, 1, (4 * HZ, 2)).astype(np.float32)
    volume = Curve(
        (
            Keyframe(RationalTime(0), 0.2),
            Keyframe(RationalTime(1), 1.5, Interpolation.EASE),
            Keyframe(RationalTime(2), 0.1),
        )
    )
    change = Transition("crossfade", "x", "y", RationalTime.from_frames(3, RATE), RationalTime.from_frames(2, RATE))
    first = audio(
        clip(4, 10, id="x", volume=volume, fade_in=RationalTime(1, 10)),
        clip(30, 14, id="y", speed=Fraction(3, 2), pan=-0.3),
        transitions=(change,),
    )
    second = audio(clip(2, 12, speed=Fraction(-1, 2)), clip(2, 12, speed=Fraction(-1)), volume=0.5)
    pool = ArrayPool(a=noise)
    whole = heard(pool, first, second, count=60_000)
    for block in (1000, 977):
        np.testing.assert_allclose(heard(pool, first, second, count=60_000, block=block), whole, atol=1e-6)
    assert whole.any()


def test_clips_add_up_and_mute_and_solo_choose() -> None:
    pool = ArrayPool(a=ones())
    first, second = audio(clip(0, 24)), audio(clip(0, 24), volume=0.5)
    assert heard(pool, first, second)[100, 0] == pytest.approx(1.5)
    assert heard(pool, audio(clip(0, 24), muted=True), second)[100, 0] == pytest.approx(0.5)
    assert heard(pool, first, audio(clip(0, 24), volume=0.5, solo=True))[100, 0] == pytest.approx(0.5)
    seen_solo = Track(TrackKind.VIDEO, (clip(0, 24),), solo=True)
    assert heard(pool, first, seen_solo)[100, 0] == pytest.approx(1.0)
    assert not heard(pool, audio(clip(0, 24, enabled=False))).any()


def test_volume_and_pan_of_clip_and_track() -> None:
    pool = ArrayPool(a=ones())
    out = heard(pool, audio(clip(0, 24, volume=0.5, pan=0.5), pan=-1.0))
    assert out[10].tolist() == pytest.approx([0.25, 0.0])


def test_a_volume_curve_is_smooth_within_a_block() -> None:
    volume = Curve((Keyframe(RationalTime(1), 0.0), Keyframe(RationalTime(2), 1.0)))
    out = heard(ArrayPool(a=ones()), audio(clip(24, 24, volume=volume)))
    np.testing.assert_allclose(out[LEAD:-LEAD, 0], (np.arange(HZ) / HZ)[LEAD:-LEAD], atol=1e-6)


def test_a_held_and_an_eased_curve_agree_with_the_curve_itself() -> None:
    volume = Curve(
        (
            Keyframe(RationalTime(0), 0.25, Interpolation.HOLD),
            Keyframe(RationalTime(1, 4), 0.0, Interpolation.EASE),
            Keyframe(RationalTime(3, 4), 1.0),
        )
    )
    out = heard(ArrayPool(a=ones()), audio(clip(0, 24, volume=volume)))
    for sample in (0, 11_999, 12_000, 20_000, 30_000, 40_000):
        assert out[sample, 0] == pytest.approx(volume.at(RationalTime(sample, HZ)), abs=1e-6)


def test_fades_rise_and_fall_in_a_straight_line() -> None:
    out = heard(ArrayPool(a=ones()), audio(clip(0, 24, fade_in=RationalTime(1, 4), fade_out=RationalTime(1, 2))))[:, 0]
    assert out[6000] == pytest.approx(0.5, abs=1e-3)
    assert out[18_000] == pytest.approx(1.0)
    assert out[36_000] == pytest.approx(0.5, abs=1e-3)
    assert out[0] < 1e-3
    assert out[-1] < 1e-3


def test_a_crossfade_keeps_the_power_of_unlike_sounds() -> None:
    left = ones() * [1, 0]
    right = ones() * [0, 1]
    change = Transition("dissolve", "x", "y", RationalTime(1, 4), RationalTime(1, 4))
    track = audio(clip(24, 12, "a", id="x"), clip(24, 12, "b", id="y"), transitions=(change,))
    out = heard(ArrayPool(a=left.astype(np.float32), b=right.astype(np.float32)), track)
    np.testing.assert_allclose((out[LEAD:-LEAD] ** 2).sum(axis=1), 1.0, atol=1e-5)
    assert out[24_000].tolist() == pytest.approx([np.sqrt(0.5)] * 2, abs=1e-3)
    assert out[12_100, 1] > 0
    assert out[35_900, 0] > 0
    assert out[11_999].tolist() == [1.0, 0.0]
    assert out[36_000].tolist() == [0.0, 1.0]


def test_reverse_plays_the_range_from_its_end() -> None:
    sound = steps()
    out = heard(ArrayPool(a=sound), audio(clip(5, 3, speed=Fraction(-1))), count=6000)
    np.testing.assert_array_equal(out[LEAD:-LEAD], sound[10_000:16_000][::-1][LEAD:-LEAD])


@pytest.mark.parametrize("speed", [Fraction(1, 2), Fraction(2), Fraction(3, 2), Fraction(-2), Fraction(-1, 3)])
def test_speed_moves_a_tone_by_its_factor(speed: Fraction) -> None:
    times = np.arange(10 * HZ) / HZ
    tone = np.sin(2 * np.pi * 440 * times).astype(np.float32)
    track = audio(clip(24, int(24 * abs(speed)), speed=speed))
    out = heard(ArrayPool(a=np.stack([tone, tone], axis=1)), track)[:, 0]
    start = 1.0 if speed > 0 else 1.0 + float(int(24 * abs(speed))) / 24 - 1 / HZ
    expected = np.sin(2 * np.pi * 440 * (start + np.arange(HZ) / HZ * float(speed)))
    np.testing.assert_allclose(out[LEAD:-LEAD], expected[LEAD:-LEAD], atol=2e-3)


def test_what_would_fold_back_at_double_speed_is_filtered_out() -> None:
    times = np.arange(4 * HZ) / HZ
    whistle = np.sin(2 * np.pi * 17_000 * times).astype(np.float32)
    out = heard(ArrayPool(a=np.stack([whistle] * 2, axis=1)), audio(clip(24, 48, speed=Fraction(2))))
    assert np.abs(out[2000:-2000]).max() < 0.02


def test_missing_and_damaged_files_are_silent_and_told(tmp_path: Path) -> None:
    damaged = tmp_path / "bad.wav"
    damaged.write_bytes(b"nothing")
    sequence = Sequence(rate=RATE, tracks=(audio(clip(0, 24)),))
    pool = ArrayPool()
    known = library("a", path=str(damaged))
    assert not mix(Project(), known, sequence, 0, 100, pool).any()
    told: list[str] = []
    mix(Project(), known, sequence, 0, 100, pool, unread=lambda media, error: told.append(error.message))
    assert told == ["damaged"]
    assert not mix(Project(), library("a"), sequence, 0, 100, pool).any()
    assert not mix(Project(), Library(), sequence, 0, 100, pool).any()
