"""Films by other people's cameras and encoders: all are described, read and sought exactly."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from engines.media.audio_reader import AudioReader
from engines.media.downmix import stereo
from engines.media.probe import probe
from engines.media.reader import open_video
from timeline.media import Media, MediaKind
from timeline.time import RationalTime

pytestmark = pytest.mark.media

FACTS = {
    "big_buck_bunny_0_30.webm": (MediaKind.VIDEO, 1280, 720, Fraction(24), 720, "vp8", "vorbis", 2, False),
    "bigbuckbunny_720p.mp4": (MediaKind.VIDEO, 1280, 720, Fraction(25), 132, "h264", "aac", 6, False),
    "chaplin.mp4": (MediaKind.VIDEO, 640, 360, Fraction(25), 241, "h264", "mp3", 2, False),
    "transparent.webm": (MediaKind.VIDEO, 200, 200, Fraction(30), 150, "vp9", "vorbis", 2, True),
    "pigs_in_a_polka.gif": (MediaKind.VIDEO, 314, 273, Fraction(10), 30, "gif", "", 0, True),
}


@pytest.fixture
def footage(shared: Path) -> Path:
    folder = shared / "samples" / "footage"
    if not folder.is_dir():
        pytest.skip("the sample footage is not beside this checkout")
    return folder


@pytest.mark.parametrize("name", sorted(FACTS))
def test_real_films_are_described(footage: Path, name: str) -> None:
    kind, width, height, rate, frames, video, audio, channels, alpha = FACTS[name]
    media = probe(footage / name)
    assert (media.kind, media.width, media.height, media.rate) == (kind, width, height, rate)
    assert media.duration == RationalTime.from_frames(frames, rate)
    assert (media.video_codec, media.audio_codec, media.channels) == (video, audio, channels)
    assert (media.has_alpha, media.variable_rate, media.interlaced) == (alpha, False, False)
    assert media.name == name
    assert len(media.content_hash) == 32


@pytest.mark.parametrize("name", sorted(FACTS))
def test_real_films_give_the_same_pictures_in_any_order(footage: Path, name: str) -> None:
    media = probe(footage / name)
    rate = FACTS[name][3]
    frames = min(FACTS[name][4], 150)
    size = (160, 90)
    reader = open_video(media)
    in_order = [reader.frame_at(RationalTime.from_frames(n, rate), size) for n in range(frames)]
    reader.close()
    assert sum(not np.array_equal(a.planes[0], b.planes[0]) for a, b in pairwise(in_order)) > 10
    reader = open_video(media)
    chance = random.Random(1)
    for n in [chance.randrange(frames) for _ in range(25)]:
        frame = reader.frame_at(RationalTime.from_frames(n, rate), size)
        assert all(np.array_equal(p, q) for p, q in zip(frame.planes, in_order[n].planes, strict=True)), f"frame {n}"
    reader.close()


@pytest.mark.parametrize("name", ["big_buck_bunny_0_30.webm", "bigbuckbunny_720p.mp4", "chaplin.mp4", "rain.mp3"])
def test_real_sound_is_what_a_plain_decoder_gives_in_any_order(footage: Path, name: str) -> None:
    media = probe(footage / name)
    rate, seconds = media.sample_rate, 12
    plain, start = plainly_decoded(media, seconds)
    reader = AudioReader(media, rate)
    whole = reader.read(0, min(len(plain) + start, seconds * rate))
    assert whole.any()
    # WebM says its times in milliseconds, so a plain decoder knows no better. The noise that AAC makes up is another after
    # each seek; a shift would be far larger.
    shifts = range(-45, 46) if name.endswith("webm") else [0]
    errors = [difference(whole, plain, start + shift) for shift in shifts]
    assert min(errors) < (1e-5 if media.audio_codec != "aac" else 0.05)
    chance = random.Random(2)
    other = AudioReader(media, rate)
    for _ in range(20):
        first, count = chance.randrange(len(whole)), chance.choice((1, 735, 4096, 30_000))
        block = other.read(first, count)
        wanted = whole[first : first + count]
        assert np.array_equal(block[: len(wanted)], wanted)


def difference(whole: np.ndarray, plain: np.ndarray, start: int) -> float:
    offset = max(0, start)
    source = plain[max(0, -start) :][: len(whole) - offset]
    return float(np.abs(whole[offset:][: len(source)] - source).max())


def plainly_decoded(media: Media, seconds: int) -> tuple[np.ndarray, int]:
    """All samples in the order of the file, and where the first lies from the first picture, in samples."""
    zero = Fraction(0)
    if media.has_video:
        with av.open(media.path) as container:
            picture = next(container.decode(video=0))
            zero = Fraction(picture.pts or 0) * Fraction(picture.time_base or 0)
    parts: list[np.ndarray] = []
    with av.open(media.path) as container:
        first: Fraction | None = None
        for frame in container.decode(audio=0):
            first = Fraction(frame.pts or 0) * Fraction(frame.time_base or 0) if first is None else first
            parts.append(stereo(frame))
            if sum(map(len, parts)) > (seconds + 1) * media.sample_rate:
                break
    begin = Fraction(0) if not media.has_video else (first or Fraction(0)) - zero
    return np.concatenate(parts), round((begin + zero) * media.sample_rate) - round(zero * media.sample_rate)


def test_a_real_song_is_sound_only(footage: Path) -> None:
    media = probe(footage / "rain.mp3")
    assert media.kind is MediaKind.AUDIO
    assert (media.has_video, media.has_audio, media.rate) == (False, True, None)
    assert abs(media.duration.to_seconds() - 60.42) < 0.05
