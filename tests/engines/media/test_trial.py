"""A file that kills or blocks its decoder does so in a process of its own, once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engines.media.pool import ReaderPool
from engines.media.samples import decode_samples
from engines.media.thumbnail import thumbnail
from engines.media.trial import Trials, UnsafeMediaError, guard_with
from engines.media.waveform import peaks
from tests.engines.media import bad_workers
from tests.engines.media.footage import make_film, tone
from timeline.media import Media
from timeline.time import RationalTime

pytestmark = pytest.mark.media


@pytest.fixture
def trials(tmp_path: Path) -> Iterator[Trials]:
    """Trials whose decoder dies of a broken memory access in every file that holds MARK, and hangs at SLOW."""
    made = Trials(tmp_path / "trials", limit=2.0, serve=bad_workers.crash_on_mark)
    guard_with(made)
    yield made
    guard_with(None)
    made.close()


@pytest.fixture
def spoilt(tmp_path: Path) -> Media:
    """A film whose later pictures crash the decoder: it opens, and describes itself, like any other."""
    from engines.media.inspection import probe_here

    path = make_film(tmp_path / "spoilt.mp4", count=10, sound=tone(1), sound_rate=48000)
    media = probe_here(path)
    with path.open("ab") as file:
        file.write(bad_workers.MARK)
    return media


def test_a_file_that_crashes_its_decoder_is_refused_wherever_it_is_decoded(
    trials: Trials, spoilt: Media, tmp_path: Path
) -> None:
    sentence = r"“spoilt\.mp4” makes the decoder crash and is not shown"
    with ReaderPool() as pool:
        with pytest.raises(UnsafeMediaError, match=sentence):
            pool.picture(spoilt)
        with pytest.raises(UnsafeMediaError, match=sentence):
            pool.sound(spoilt)
    with pytest.raises(UnsafeMediaError, match=sentence):
        thumbnail(spoilt, RationalTime(0), (64, 36), tmp_path / "cache")
    with pytest.raises(UnsafeMediaError, match=sentence):
        peaks(spoilt, tmp_path / "cache")


def test_the_next_file_is_tried_by_a_new_process(trials: Trials, spoilt: Media, tmp_path: Path) -> None:
    with pytest.raises(UnsafeMediaError):
        trials.make_sure(spoilt.path)
    trials.make_sure(str(make_film(tmp_path / "good.mp4", count=2)))


def test_a_file_that_blocks_its_decoder_is_given_up(trials: Trials, tmp_path: Path) -> None:
    path = tmp_path / "slow.mp4"
    path.write_bytes(bad_workers.SLOW)
    begun = time.monotonic()
    with pytest.raises(UnsafeMediaError, match=r"“slow\.mp4” makes the decoder hang and is not shown"):
        trials.make_sure(str(path))
    assert time.monotonic() - begun < 8


def test_what_is_known_to_be_good_is_not_tried_again_not_even_by_another_name(tmp_path: Path) -> None:
    path = make_film(tmp_path / "film.mp4", count=2)
    first = Trials(tmp_path / "trials")
    first.make_sure(str(path))
    first.close()
    copy = path.rename(tmp_path / "other.mp4")
    later = Trials(tmp_path / "trials", serve=bad_workers.crash_always)
    later.make_sure(str(copy))
    later.close()


def test_what_was_bad_is_tried_again_by_the_next_window_and_not_by_an_export(
    trials: Trials, spoilt: Media, tmp_path: Path
) -> None:
    with pytest.raises(UnsafeMediaError):
        trials.make_sure(spoilt.path)
    with pytest.raises(UnsafeMediaError):
        Trials(tmp_path / "trials", makes=False).make_sure(spoilt.path)
    window = Trials(tmp_path / "trials")
    window.make_sure(spoilt.path)
    window.close()
    Trials(tmp_path / "trials", makes=False).make_sure(spoilt.path)


def test_a_file_that_was_replaced_is_tried_anew(trials: Trials, spoilt: Media) -> None:
    with pytest.raises(UnsafeMediaError):
        trials.make_sure(spoilt.path)
    make_film(Path(spoilt.path), count=3)
    trials.make_sure(spoilt.path)


@pytest.mark.parametrize("name", ["long_gop.mp4", "alpha.webm", "film.gif", "mpeg2.ts", "raw.h264", "one_frame.mp4"])
def test_samples_of_any_film_are_decoded_soon(film: Callable[[str], Path], name: str) -> None:
    assert decode_samples(str(film(name))) > 0


def test_files_that_are_not_media_or_not_there_are_left_to_who_opens_them(trials: Trials, tmp_path: Path) -> None:
    (tmp_path / "text.mp4").write_text("no film")
    trials.make_sure(str(tmp_path / "text.mp4"))
    trials.make_sure(str(tmp_path / "gone.mp4"))
