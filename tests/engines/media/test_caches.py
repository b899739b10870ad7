"""Thumbnails and waveforms are made once, survive damage, and never lie there half."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from engines.errors import MediaError
from engines.media.audio_reader import AudioReader
from engines.media.inspection import probe_here
from engines.media.thumbnail import fitted, thumbnail, thumbnail_path
from engines.media.waveform import FULL_SCALE, PEAKS_PER_SECOND, outline, peaks, peaks_of, peaks_path
from engines.media.writer import write_wav
from tests.engines.media.footage import read_counter, tone
from timeline.errors import Cancelled
from timeline.media import Media
from timeline.time import ZERO, RationalTime

pytestmark = pytest.mark.media


@pytest.fixture
def song(tmp_path: Path) -> Media:
    write_wav(tmp_path / "song.wav", tone(12.345), 48000)
    return probe_here(tmp_path / "song.wav")


def cancel() -> None:
    raise Cancelled


def test_a_thumbnail_shows_the_picture_of_its_time(probed: Callable[[str], Media], tmp_path: Path) -> None:
    path = thumbnail(probed("vp9.webm"), RationalTime(1), (320, 320), tmp_path)
    with av.open(str(path)) as container:
        picture = next(container.decode(video=0))
    assert (picture.width, picture.height) == (320, 180)
    assert read_counter(picture.to_ndarray(format="gray")) == 24


def test_a_thumbnail_fits_and_keeps_the_shape(probed: Callable[[str], Media]) -> None:
    media = replace(probed("vp9.webm"), width=1080, height=1920)
    assert fitted(media, (160, 90)) == (51, 90)
    assert fitted(replace(media, width=10000, height=3), (160, 90)) == (160, 1)


def test_a_see_through_picture_is_laid_over_dark(probed: Callable[[str], Media], tmp_path: Path) -> None:
    path = thumbnail(probed("alpha.webm"), ZERO, (160, 90), tmp_path)
    with av.open(str(path)) as container:
        grey = next(container.decode(video=0)).to_ndarray(format="gray")
    assert grey[:32, :4].max() < 60
    assert grey[:32, -16:].max() > 150


def test_a_thumbnail_is_made_once(probed: Callable[[str], Media], tmp_path: Path) -> None:
    media = probed("vp9.webm")
    path = thumbnail(media, ZERO, (80, 45), tmp_path)
    made = path.stat().st_mtime_ns
    assert (
        thumbnail(replace(media, path="/moved/away.webm", id="another"), ZERO, (80, 45), tmp_path, check=cancel) == path
    )
    assert path.stat().st_mtime_ns == made


@pytest.mark.parametrize("damage", [b"", b"\xff\xd8half", b"nonsense"])
def test_a_damaged_thumbnail_is_made_again(probed: Callable[[str], Media], tmp_path: Path, damage: bytes) -> None:
    media = probed("vp9.webm")
    path = thumbnail(media, ZERO, (80, 45), tmp_path)
    good = path.read_bytes()
    path.write_bytes(damage)
    assert thumbnail(media, ZERO, (80, 45), tmp_path).read_bytes() == good


def test_a_cancelled_thumbnail_leaves_nothing(probed: Callable[[str], Media], tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        thumbnail(probed("vp9.webm"), ZERO, (80, 45), tmp_path, check=cancel)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_threads_that_ask_for_the_same_at_once_all_get_it(
    probed: Callable[[str], Media], song: Media, tmp_path: Path
) -> None:
    media = probed("long_gop.mp4")
    pictures: list[bytes] = []
    outlines: list[np.ndarray] = []

    def ask() -> None:
        pictures.append(thumbnail(media, RationalTime(1), (80, 45), tmp_path / "c").read_bytes())
        outlines.append(peaks(song, tmp_path / "c"))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(pictures) == 4
    assert len(set(pictures)) == 1
    assert all(np.array_equal(one, outlines[0]) for one in outlines)
    assert len([path for path in (tmp_path / "c").rglob("*") if path.is_file()]) == 2


def test_peaks_are_the_extremes_of_each_hundredth(song: Media, tmp_path: Path) -> None:
    outline = peaks(song, tmp_path)
    assert outline.shape == (1235, 2)
    samples = AudioReader(song).read(0, 480 * 1235).reshape(1235, 960)
    assert np.abs(outline[:, 0] - samples.min(axis=1)).max() < 1e-4
    assert np.abs(outline[:, 1] - samples.max(axis=1)).max() < 1e-4
    assert PEAKS_PER_SECOND == 100


def test_peaks_are_made_once_and_again_when_damaged(song: Media, tmp_path: Path) -> None:
    outline = peaks(song, tmp_path)
    assert np.array_equal(peaks(song, tmp_path, check=cancel), outline)
    path = peaks_path(song, tmp_path)
    for damage in (b"", path.read_bytes()[:500], b"\x93NUMPY nonsense"):
        path.write_bytes(damage)
        assert np.array_equal(peaks(song, tmp_path), outline)


def test_cancelled_peaks_leave_nothing(song: Media, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        peaks(song, tmp_path / "c", check=cancel)
    assert not (tmp_path / "c").exists()


def test_media_that_is_gone_says_so(probed: Callable[[str], Media], song: Media, tmp_path: Path) -> None:
    gone = replace(probed("vp9.webm"), path=str(tmp_path / "gone.webm"), content_hash="other")
    with pytest.raises(MediaError, match=r"“gone\.webm” is not there"):
        thumbnail(gone, ZERO, (80, 45), tmp_path)
    with pytest.raises(MediaError, match="is not there"):
        peaks(replace(song, path=str(tmp_path / "gone.wav"), content_hash="other"), tmp_path)
    assert not thumbnail_path(gone, ZERO, (80, 45), tmp_path).exists()


def test_the_outline_knows_both_sides_their_sum_and_their_rms(tmp_path: Path) -> None:
    at = np.arange(48000) / 48000
    left = np.sin(at * 2 * np.pi * 400).astype(np.float32) * 0.8
    right = np.full(48000, -0.25, np.float32)
    path = tmp_path / "sides.wav"
    write_wav(path, np.stack([left, right], 1), 48000)
    made = outline(probe_here(str(path)), tmp_path / "c")
    assert made.shape == (100, 3, 3)
    assert made.dtype == np.int16
    _, low_high_left, low_high_right = made[50] / FULL_SCALE
    assert low_high_left == pytest.approx([-0.8, 0.8, 0.8 / np.sqrt(2)], abs=0.01)
    assert low_high_right == pytest.approx([-0.25, -0.25, 0.25], abs=0.001)
    assert made[50, 0, 1] / FULL_SCALE == pytest.approx((0.8 - 0.25) / 2, abs=0.01)
    assert peaks_of(made)[50] == pytest.approx([-0.8, 0.8], abs=0.01)
