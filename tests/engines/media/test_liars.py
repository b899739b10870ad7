"""Sources that lie: what can be played is played, what cannot is told in a sentence, and a film of it is exactly as long."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path

import av
import numpy as np
import pytest

from engines.errors import MediaError
from engines.export.mp4 import export_mp4
from engines.export.presets import Effort, Mp4Preset
from engines.media.audio_reader import AudioReader
from engines.media.inspection import probe_here
from engines.media.reader import PictureReader, open_video
from engines.media.thumbnail import thumbnail
from engines.media.waveform import peaks
from tests.engines.media import liars
from tests.engines.media.footage import make_film, read_counter
from timeline.items import Clip, MediaSource
from timeline.media import Library, Media
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.track import Track, TrackKind

pytestmark = pytest.mark.media

RATE = Fraction(25)
SIZE = (160, 90)


@dataclass(frozen=True)
class Truth:
    """What is to be made of a liar.

    `frames`: its length in 25ths of a second; `shown`: the counters of its first frames, those that can be read; `told`:
    words of what probing says; `noted`: words of what the export says; `silent` and `loud`: quarters of a second.
    """

    frames: int
    shown: tuple[int, ...] = ()
    told: str = ""
    noted: str = ""
    loud: tuple[int, ...] = ()
    silent: tuple[int, ...] = ()
    same_anywhere: bool = True


def run(first: int, last: int) -> tuple[int, ...]:
    """Counters `first` to `last`."""
    return tuple(range(first, last + 1))


ALL = run(0, 74)
ALL_LOUD = tuple(range(12))
TRUTHS: dict[str, Truth] = {
    "mp4_that_claims_ten_times_its_length": Truth(75, ALL, loud=ALL_LOUD),
    "mkv_that_claims_an_hour": Truth(
        75, ALL, told="says that it lasts 1:00:00, but its pictures end after 3.0 s", loud=ALL_LOUD
    ),
    "avi_that_claims_a_million_frames": Truth(75, ALL, told="says that it lasts 11:06:40", loud=ALL_LOUD),
    "wav_that_claims_no_length": Truth(50, loud=tuple(range(8))),
    "wav_that_claims_to_be_empty": Truth(50, loud=tuple(range(8))),
    "avi_without_its_index": Truth(75, ALL, loud=ALL_LOUD),
    "mkv_without_cues": Truth(75, ALL, loud=ALL_LOUD),
    "mp4_in_fragments_cut_off": Truth(48, run(0, 47), noted="damaged around 1.8 s", loud=run(0, 6), silent=(8, 9)),
    "mkv_cut_off": Truth(
        40, run(0, 37), told="says that it lasts 3.0 s, but its pictures end after 1.6 s", loud=run(0, 5)
    ),
    "ts_cut_off_inside_a_packet": Truth(40, run(0, 37), loud=run(0, 5)),
    "mp4_cut_off_behind_its_index": Truth(
        37, run(0, 36), told="its pictures end after 1.5 s", noted="damaged", loud=run(0, 4)
    ),
    "flac_cut_off": Truth(36, told="its sound ends after 1.4 s", noted="damaged around 1.4 s", loud=run(0, 4)),
    "mp4_with_broken_packets": Truth(75, run(0, 31), noted="“broken.mp4” is damaged around 1.", loud=(0, 1, 8, 9, 10)),
    "mkv_with_broken_packets": Truth(
        75, run(0, 29), noted="pictures there are missing", loud=(0, 1, 8, 9, 10), silent=(5,)
    ),
    "ts_with_broken_packets": Truth(75, run(0, 29), noted="damaged around 1.2 s: pictures", loud=(0, 1, 8, 9, 10)),
    "avi_with_broken_packets": Truth(68, run(0, 29), loud=(0, 1, 8, 9, 10), same_anywhere=False),
    "webm_with_broken_packets": Truth(75, run(0, 29), loud=(0, 1, 8, 9, 10)),
    "mp3_with_a_hole": Truth(90, noted="The sound of “hole.mp3” is damaged around 1.6 s", loud=(0, 1, 2, 10, 11)),
    "ts_of_two_recordings_in_a_row": Truth(
        50, run(0, 30), told="begins again after 1.9 s: it is several recordings", loud=(0, 1, 2), same_anywhere=False
    ),
    "ts_whose_clock_turns_over": Truth(100, run(0, 99), loud=tuple(range(16))),
    "mkv_that_jumps_an_hour_ahead": Truth(90_035, run(0, 39), told="has no new picture for 3598 s from 1.6 s on"),
    "mp4_that_jumps_a_minute_ahead": Truth(1575, run(0, 39), told="has no new picture for 60 s from 1.6 s on"),
    "mkv_with_negative_times": Truth(55, run(0, 18)),
    "mkv_with_equal_times": Truth(76, same_anywhere=False),
    "mkv_without_times_in_the_middle": Truth(75, run(0, 20), loud=(0, 1, 8, 9, 10), silent=(5,)),
    "late_sound_mp4": Truth(100, run(0, 99), told="begins 2.0 s after its picture", loud=run(8, 15), silent=run(0, 6)),
    "late_sound_mkv": Truth(100, run(0, 99), told="begins 2.0 s after its picture", loud=run(8, 15), silent=run(0, 6)),
    "late_sound_ts": Truth(100, run(0, 99), told="begins 2.0 s after its picture", loud=run(8, 15), silent=run(0, 6)),
    "late_picture_mp4": Truth(50, run(0, 49), told="begins 2.0 s after its sound; the sound before it", loud=run(0, 7)),
    "late_picture_mkv": Truth(50, run(0, 49), told="begins 2.0 s after its sound; the sound before it", loud=run(0, 7)),
    "late_picture_ts": Truth(50, run(0, 49), told="begins 2.0 s after its sound; the sound before it", loud=run(0, 7)),
    "sound_without_any_picture_of_its_video": Truth(75, told="only its sound is used", loud=ALL_LOUD),
    "picture_without_any_sound_of_its_audio": Truth(75, ALL, told="holds no sound"),
    "mkv_with_a_hole_in_its_sound": Truth(75, ALL, loud=(0, 1, 2, 3, 8, 9, 10), silent=(5, 6)),
    "mp4_with_a_hole_in_its_sound": Truth(75, ALL, loud=(0, 1, 2, 3, 8, 9, 10), silent=(5, 6)),
    "mkv_with_ninety_tracks": Truth(10, run(0, 9), told="has 30 tracks of pictures; the first is used."),
    "ts_that_changes_its_size": Truth(98, run(0, 49)),
    "aac_that_changes_its_rate": Truth(106, loud=tuple(range(16))),
    "aac_that_changes_its_channels": Truth(101, loud=tuple(range(16))),
    "mp3_that_changes_its_rate": Truth(103, loud=tuple(range(16))),
    "picture_of_one_pixel": Truth(0),
    "picture_of_16k": Truth(0),
    "film_of_one_pixel": Truth(5),
    "film_of_a_line": Truth(5),
    "film_of_16k": Truth(5),
}


@pytest.mark.parametrize("make", liars.LIARS, ids=lambda make: make.__name__)
def test_a_liar_plays_what_it_can_and_says_what_it_could_not(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    truth = TRUTHS[make.__name__]
    media = probe_here(make(tmp_path))
    assert media.duration.nearest_frame(RATE) == truth.frames
    assert truth.told in " ".join(media.faults)
    assert bool(truth.told) == bool(media.faults), media.faults
    if truth.shown:
        assert_pictures(media, truth)
    if media.has_audio:
        assert_sound(media, truth)
    if media.has_video:
        assert thumbnail(media, RationalTime(1), (64, 36), tmp_path / "cache").stat().st_size > 100
    if media.has_audio:
        assert len(peaks(media, tmp_path / "cache")) >= truth.frames * 4 - 4
    frames = min(truth.frames or 3, 110)
    notes = exported(tmp_path / "film.mp4", media, frames)
    assert truth.noted in " ".join(notes)
    assert truth.noted or not notes or "damaged" in " ".join(notes)


def assert_pictures(media: Media, truth: Truth) -> None:
    """Read in order, then here and there: every picture is the one that it should be, and always the same."""
    reader = open_video(media)
    count = min(truth.frames, 110)
    found = [counted(reader, number, media) for number in range(count)]
    shown = tuple(dict.fromkeys(number for number in found if number is not None))
    if truth.shown == run(0, 18):  # a group of pictures was cut through by its start
        assert shown[:19] == truth.shown
    else:
        assert shown[: len(truth.shown)] == truth.shown
    if truth.same_anywhere:
        for number in random.Random(make_seed(media)).choices(range(count), k=12):
            assert counted(reader, number, media) == found[number], f"frame {number}"
    reader.close()


def make_seed(media: Media) -> int:
    return len(media.name)


def counted(reader: PictureReader, frame: int, media: Media) -> int | None:
    """The counter of the picture in the middle of a frame; None where damage made it unreadable."""
    picture = reader.frame_at(RationalTime.from_frames(2 * frame + 1, RATE * 2))
    try:
        return read_counter(picture.planes[0], media.width)
    except AssertionError:
        return None


def assert_sound(media: Media, truth: Truth) -> None:
    """It is heard where it should be, and read from the middle it is the same."""
    reader = AudioReader(media)
    heard = reader.read(0, 48000 * 5)
    levels = np.abs(heard[:, 0]).reshape(20, -1).max(axis=1)
    assert all(levels[at] > 0.2 for at in truth.loud), levels
    assert all(levels[at] < 0.1 for at in truth.silent), levels
    reader.close()
    again = AudioReader(media)
    assert np.array_equal(again.read(30_000, 5000), heard[30_000:35_000])
    again.close()


def exported(path: Path, media: Media, frames: int) -> tuple[str, ...]:
    """A film of the first `frames` 25ths of a second of a source: it has exactly that many. What the export says."""
    clip = Clip(MediaSource(media.id), TimeRange(ZERO, RationalTime.from_frames(frames, RATE)))
    kinds = [TrackKind.VIDEO] * media.has_video + [TrackKind.AUDIO] * media.has_audio
    sequence = Sequence(width=SIZE[0], height=SIZE[1], rate=RATE, tracks=tuple(Track(kind, (clip,)) for kind in kinds))
    settings = Mp4Preset(label="Test", description="", effort=Effort.VERYFAST)
    notes = export_mp4(Project(sequences=(sequence,)), Library({media.id: media}), sequence.id, path, settings)
    with av.open(str(path)) as container:
        assert sum(1 for _ in container.decode(video=0)) == frames
        length = Fraction(container.streams.audio[0].duration or 0) * Fraction(
            container.streams.audio[0].time_base or 1
        )
        assert abs(length - frames / RATE) < 1 / RATE
    return notes


@pytest.mark.parametrize("suffix", ["mp4", "mkv", "ts", "avi"])
def test_a_file_emptied_or_overwritten_while_open_ends_in_a_sentence(tmp_path: Path, suffix: str) -> None:
    """Whatever still lies in memory may be shown; then it is told, each time anew, and nothing else comes out."""
    chance = random.Random(4)
    for spoil in (lambda path: os.truncate(path, 0), lambda path: path.write_bytes(chance.randbytes(20_000))):
        path = liars.film(tmp_path / f"film.{suffix}")
        media = probe_here(path)
        picture, sound = open_video(media), AudioReader(media)
        assert counted(picture, 5, media) == 5
        spoil(path)
        for ask in (
            *(partial(counted, picture, frame, media) for frame in (60, 20, 74, 0, 41)),
            partial(sound.read, 99, 9),
        ):
            with suppress(MediaError):  # and nothing else
                ask()
        picture.close()
        sound.close()
        with pytest.raises(MediaError, match=f"“film.{suffix}”"):
            probe_here(path)
        path.unlink()


@pytest.mark.parametrize("suffix", ["mp4", "mkv", "ts", "avi"])
def test_a_file_replaced_while_open_stays_what_it_was_until_it_is_opened_again(tmp_path: Path, suffix: str) -> None:
    path = liars.film(tmp_path / f"film.{suffix}")
    media = probe_here(path)
    reader = open_video(media)
    assert counted(reader, 5, media) == 5
    make_film(tmp_path / f"other.{suffix}", count=10, codec="mpeg4").replace(path)
    assert [counted(reader, frame, media) for frame in (60, 20, 74)] == [60, 20, 74]
    reader.close()
    again = open_video(media)
    assert [counted(again, frame, media) for frame in (4, 60)] == [4, 9]
    again.close()
    assert f"“film.{suffix}” has no sound." in exported(tmp_path / "film_of_it.mp4", media, 75)
    path.write_bytes(b"no film at all" * 999)
    assert "cannot be read" in " ".join(exported(tmp_path / "card.mp4", media, 75))


@pytest.mark.parametrize("make", [liars.mp3_that_changes_its_rate, liars.aac_that_changes_its_rate])
def test_sound_whose_rate_changes_has_no_holes(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    reader = AudioReader(probe_here(make(tmp_path)))
    second_half = reader.read(48000 * 5 // 2, 48000)[:, 0]
    assert np.abs(second_half[: 48000 // 480 * 480]).reshape(-1, 480).max(axis=1).min() > 0.1
    reader.close()


@pytest.mark.parametrize("suffix", ["ts", "mkv"])
def test_a_file_that_grows_is_as_long_as_it_was_and_goes_on_being_read(tmp_path: Path, suffix: str) -> None:
    path = liars.film(tmp_path / f"film.{suffix}", 150)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    media = probe_here(path)
    assert RationalTime(2) < media.duration < RationalTime(5)
    reader = open_video(media)
    assert counted(reader, 40, media) == 40
    with path.open("ab") as file:
        file.write(whole[len(whole) // 2 :])
    assert [counted(reader, frame, media) for frame in (74, 20, 60)] == [74, 20, 60]
    reader.close()
    assert probe_here(path).duration == RationalTime(6)
