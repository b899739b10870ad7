"""Sound is addressed by sample, exactly, whatever was read before."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.errors import MediaError
from engines.media.audio_reader import AudioReader
from engines.media.inspection import probe_here
from engines.media.pool import ReaderPool
from engines.media.sound_stream import Block, SoundStream
from engines.media.writer import write_wav
from tests.engines.media.footage import make_film, make_sound, tone
from timeline.media import Media

pytestmark = pytest.mark.media

SECONDS = 6.5

SOUNDS: dict[str, tuple[str, int, str]] = {
    "pcm.wav": ("pcm_s16le", 48000, "stereo"),
    "deep.wav": ("pcm_s24le", 44100, "stereo"),
    "float.wav": ("pcm_f32le", 96000, "stereo"),
    "mono.wav": ("pcm_s16le", 48000, "mono"),
    "surround.wav": ("pcm_s16le", 48000, "5.1"),
    "lossless.flac": ("flac", 44100, "stereo"),
    "sound.mp3": ("libmp3lame", 44100, "stereo"),
    "sound.m4a": ("aac", 48000, "stereo"),
    "sound.aac": ("aac", 44100, "stereo"),
    "surround.m4a": ("aac", 48000, "5.1"),
    "aac.mkv": ("aac", 44100, "stereo"),
    "opus.webm": ("libopus", 48000, "stereo"),
    "opus.ogg": ("libopus", 48000, "stereo"),
    "ac3.ts": ("ac3", 48000, "stereo"),
    "aac.ts": ("aac", 44100, "stereo"),
    "pcm.mkv": ("pcm_s16le", 44100, "stereo"),
    "aac.flv": ("aac", 44100, "stereo"),
    "vorbis.webm": ("vorbis", 44100, "stereo"),
    "vorbis.ogg": ("vorbis", 48000, "stereo"),
}
UNTOLD = {"aac.flv": 1024, "aac.ts": 1024, "sound.aac": 1024, "ac3.ts": 256}
"""What the encoder put before the start, in formats that cannot say so."""
ROUGH = {"vorbis.webm", "vorbis.ogg"}
"""Made by an encoder that is not good enough to compare with what went in."""
LOSSLESS = {"pcm.wav", "deep.wav", "float.wav", "mono.wav", "lossless.flac", "pcm.mkv"}


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Media]:
    folder = tmp_path_factory.mktemp("sounds")

    def made(name: str) -> Media:
        path = folder / name
        codec, rate, layout = SOUNDS[name]
        if not path.exists():
            make_sound(path, codec, tone(SECONDS, rate, {"mono": 1, "5.1": 6}.get(layout, 2)), rate, layout)
        return probe_here(path)

    return made


def read_all(media: Media, rate: int = 48000) -> NDArray[np.float32]:
    reader = AudioReader(media, rate)
    data = reader.read(0, int(SECONDS * rate) + rate // 2)
    reader.close()
    return data


@pytest.mark.parametrize("name", sorted(SOUNDS))
def test_reading_in_any_blocks_is_the_same_as_reading_at_once(sound: Callable[[str], Media], name: str) -> None:
    media = sound(name)
    whole = read_all(media)
    chance = random.Random(name)
    reader = AudioReader(media)
    for _ in range(25):
        start, count = chance.randrange(-2000, int(SECONDS * 48000)), chance.choice((1, 480, 1024, 50_000))
        block = reader.read(start, count)
        wanted = np.zeros((count, 2), np.float32)
        first, last = max(0, start), max(0, min(len(whole), start + count))
        wanted[first - start : last - start] = whole[first:last]
        if start < 0:
            wanted[: -start if -start < count else count] = block[: -start if -start < count else count]
        assert np.array_equal(block, wanted), f"{count} from {start}"
    reader.close()


@pytest.mark.parametrize("name", sorted(set(SOUNDS) - ROUGH))
def test_sound_lies_where_it_was_recorded(sound: Callable[[str], Media], name: str) -> None:
    """Against the tone that went in: no shift by an encoder's priming, and the right level, also far into the file."""
    _, rate, layout = SOUNDS[name]
    media = sound(name)
    assert media.sample_rate == rate
    heard = read_all(media, rate)
    made = tone(SECONDS, rate, {"mono": 1, "5.1": 6}.get(layout, 2))
    if layout == "mono":
        made = np.repeat(made, 2, axis=1)
    if layout == "5.1":  # FL FR FC LFE BL BR
        half = np.float32(0.5**0.5)
        made = made[:, :2] + half * made[:, 2:3] + half * made[:, 4:6]
    shift = best_shift(heard[:, 0], made[:, 0], rate)
    late = best_shift(heard[rate * 5 :, 0], made[rate * 5 :, 0], rate)
    lead = UNTOLD.get(name, 0)
    assert (shift, late) == (lead, lead)
    error = np.abs(heard[lead:][: len(made)] - made)[rate // 8 : -rate // 8]
    assert float(np.sqrt((error**2).mean())) < (2e-4 if name in LOSSLESS else 0.06)
    if name in LOSSLESS:
        assert media.duration.samples(rate) == len(made)
        assert not heard[len(made) :].any()


def best_shift(heard: NDArray[np.float32], made: NDArray[np.float32], rate: int) -> int:
    """By how many samples `heard` is late, up to 3000."""
    reach, count = 3000, rate
    part = made[reach : reach + count]
    scores = np.correlate(heard[: count + 2 * reach], part, "valid")
    return int(scores.argmax()) - reach


def test_another_rate_keeps_each_instant_in_its_place(sound: Callable[[str], Media]) -> None:
    """44.1 kHz read at 48 kHz is the same tone sampled at other instants, without a seam at the joints of chunks."""
    media = sound("deep.wav")
    heard = read_all(media, 48000)
    n = np.arange(len(heard))
    t = n / 48000
    wanted = 0.4 * np.sin(2 * np.pi * (200 + 120 * t) * t)
    error = np.abs(heard[:, 0] - wanted)[2000 : int(SECONDS * 48000) - 2000]
    clicks = np.abs(np.round(t * 4) / 4 - t)[2000 : int(SECONDS * 48000) - 2000] < 0.004
    assert error[~clicks].max() < 2e-3


def test_mono_is_heard_from_both_sides_at_full_level(tmp_path: Path) -> None:
    make_sound(tmp_path / "mono.wav", "pcm_s16le", np.full((4800, 1), 0.5, np.float32), 48000, "mono")
    heard = AudioReader(probe_here(tmp_path / "mono.wav")).read(100, 100)
    assert np.allclose(heard, 0.5, atol=1e-4)


def test_surround_is_folded_to_two_with_centre_and_rear_three_decibels_lower(tmp_path: Path) -> None:
    channels = np.zeros((4800, 6), np.float32)
    channels[:, 2], channels[:, 3], channels[:, 5] = 0.2, 0.5, 0.1
    make_sound(tmp_path / "surround.wav", "pcm_s16le", channels, 48000, "5.1")
    heard = AudioReader(probe_here(tmp_path / "surround.wav")).read(100, 1)[0]
    assert np.allclose(heard, [0.2 * 0.5**0.5, 0.3 * 0.5**0.5], atol=1e-4)


@pytest.mark.parametrize("suffix", ["mp4", "mkv", "mov"])
@pytest.mark.parametrize("delay", [Fraction(0), Fraction(1, 5), Fraction(-1, 10)])
def test_sound_keeps_its_distance_from_the_first_picture(tmp_path: Path, suffix: str, delay: Fraction) -> None:
    """Sound that starts later than the picture is preceded by silence; sound from before the picture is not heard."""
    picture_from = 5 if delay < 0 else 0
    path = make_film(
        tmp_path / f"film.{suffix}",
        count=40,
        times=tuple(range(picture_from, picture_from + 40)),
        sound=tone(1.5),
        sound_codec="pcm_s16le" if suffix == "mov" else "aac",
        sound_delay=delay + Fraction(picture_from, 25),
        container_options={} if suffix == "mkv" else {"movie_timescale": "48000"},
    )
    heard = AudioReader(probe_here(path)).read(0, 48000 * 2)
    made = np.zeros((48000 * 2, 2), np.float32)
    shift = int(delay * 48000)
    source = tone(1.5)
    made[max(0, shift) : len(source) + shift] = source[max(0, -shift) :]
    # Matroska rounds to milliseconds: up to half of one for the sound and half for the picture
    assert abs(best_shift(heard[:, 0], made[:, 0], 24000)) <= (48 if suffix == "mkv" else 0)
    assert np.abs(heard[: max(0, shift - 1100)]).max(initial=0) < 0.01


def test_after_the_end_there_is_silence(sound: Callable[[str], Media]) -> None:
    reader = AudioReader(sound("sound.m4a"))
    assert not reader.read(int((SECONDS + 0.1) * 48000), 4800).any()
    assert not reader.read(48000 * 3600, 4800).any()
    assert not reader.read(-96000, 4800).any()


def test_a_file_without_sound_says_so(tmp_path: Path) -> None:
    media = probe_here(make_film(tmp_path / "mute.mp4", count=2))
    assert not media.has_audio
    with pytest.raises(MediaError, match=r"“mute\.mp4” has no sound"):
        AudioReader(media)


def test_wav_files_are_written_and_read_back(tmp_path: Path) -> None:
    samples = tone(0.5)
    write_wav(tmp_path / "out.wav", samples, 48000)
    heard = AudioReader(probe_here(tmp_path / "out.wav")).read(0, len(samples))
    assert np.abs(heard - samples).max() < 1e-4


def test_who_listens_forward_holds_no_more_than_two_chunks_of_sound(tmp_path: Path) -> None:
    write_wav(tmp_path / "long.wav", tone(20.0), 48000)
    reader = AudioReader(probe_here(tmp_path / "long.wav"))
    held = []
    for start in range(0, 20 * 48000, 4800):
        reader.read(start, 4800)
        held.append(reader.held_bytes)
    reader.close()
    assert max(held) <= 2 * (1 << 17) * 8


def test_several_places_of_one_file_are_heard_without_decoding_them_anew_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_wav(tmp_path / "long.wav", tone(20.0), 48000)
    reader = AudioReader(probe_here(tmp_path / "long.wav"))
    decoded: list[int | None] = []
    blocks = SoundStream.blocks

    def counted(stream: SoundStream, start: int | None) -> Iterator[Block]:
        decoded.append(start)
        return blocks(stream, start)

    monkeypatch.setattr(SoundStream, "blocks", counted)
    for block in range(20):
        for place in (0, 5, 10, 15):
            reader.read(place * 48000 + block * 480, 480)
    reader.close()
    assert len(decoded) == 4


def test_a_file_that_nobody_listens_to_lets_its_sound_go(tmp_path: Path) -> None:
    for name in ("one.wav", "other.wav"):
        write_wav(tmp_path / name, tone(1.0), 48000)
    one, other = (probe_here(tmp_path / name) for name in ("one.wav", "other.wav"))
    with ReaderPool() as pool:
        first = pool.sound(one)
        first.read(0, 480)
        assert first.held_bytes > 0
        for _ in range(100):
            pool.sound(other).read(0, 480)
        assert first.held_bytes == 0
        assert np.abs(pool.sound(one).read(480, 480)).max() > 0
