"""Frames are addressed by time, exactly, whatever was read before."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest

from effects.frame import Frame
from engines.media.reader import VideoReader
from tests.engines.media.conftest import FILMS
from tests.engines.media.footage import read_counter
from timeline.media import Media
from timeline.time import ZERO, RationalTime

pytestmark = pytest.mark.media

CONSTANT = sorted(set(FILMS) - {"one_frame.mp4", "uneven.mp4", "uneven.webm", "edited.mp4"})


def count_of(name: str) -> int:
    return int(FILMS[name].get("count", 48))  # type: ignore[call-overload]


def equal(a: Frame, b: Frame) -> bool:
    return len(a.planes) == len(b.planes) and all(np.array_equal(p, q) for p, q in zip(a.planes, b.planes, strict=True))


def number_at(reader: VideoReader, time: RationalTime) -> int:
    return read_counter(reader.frame_at(time).planes[0], reader.media.width)


@pytest.mark.parametrize("name", CONSTANT)
def test_frame_n_is_shown_from_n_over_rate_until_just_before_the_next(
    probed: Callable[[str], Media], name: str
) -> None:
    media = probed(name)
    assert media.rate is not None
    assert not media.variable_rate
    assert media.rate == FILMS[name].get("rate", 25)
    assert media.duration == RationalTime.from_frames(48, media.rate)
    reader = VideoReader(media)
    almost = RationalTime(Fraction(9999, 10000) / media.rate)
    for n in range(48):
        start = RationalTime.from_frames(n, media.rate)
        assert number_at(reader, start) == n
        assert number_at(reader, start + almost) == n
    reader.close()


@pytest.mark.parametrize("name", CONSTANT)
def test_any_order_gives_the_same_pixels_as_one_after_another(probed: Callable[[str], Media], name: str) -> None:
    media = probed(name)
    assert media.rate is not None
    times = [RationalTime.from_frames(n, media.rate) for n in range(48)]
    reader = VideoReader(media)
    in_order = [reader.frame_at(time) for time in times]
    reader.close()
    mixed = [random.Random(name).randrange(48) for _ in range(60)]
    backwards = list(range(47, -1, -1))
    for order in (mixed, backwards):
        reader = VideoReader(media)
        for n in order:
            assert equal(reader.frame_at(times[n]), in_order[n]), f"frame {n}"
        reader.close()


@pytest.mark.parametrize("name", ["uneven.mp4", "uneven.webm"])
def test_a_variable_rate_shows_each_picture_from_its_own_time_on(probed: Callable[[str], Media], name: str) -> None:
    media = probed(name)
    times, base = FILMS[name]["times"], FILMS[name]["time_base"]
    assert isinstance(times, tuple)
    assert isinstance(base, Fraction)
    assert media.variable_rate
    reader = VideoReader(media)
    numbers = list(range(48))
    random.Random(3).shuffle(numbers)
    for n in numbers:
        assert number_at(reader, RationalTime(times[n] * base)) == n
        if n < 47:
            middle = (times[n] + times[n + 1]) * base / 2
            assert number_at(reader, RationalTime(middle)) == n
    assert abs(float(media.duration.fraction - times[-1] * base)) < 0.07
    reader.close()


def test_what_an_edit_list_cuts_off_is_not_there(probed: Callable[[str], Media]) -> None:
    media = probed("edited.mp4")
    reader = VideoReader(media)
    assert media.duration == RationalTime.from_frames(38, Fraction(25))
    for n in (0, 5, 37, 0, 20, 1):
        assert number_at(reader, RationalTime.from_frames(n, Fraction(25))) == n + 10
    reader.close()


def test_before_the_start_is_the_first_and_after_the_end_the_last_picture(probed: Callable[[str], Media]) -> None:
    for name, last in (("long_gop.mp4", 47), ("vp9.webm", 47), ("one_frame.mp4", 0)):
        reader = VideoReader(probed(name))
        assert number_at(reader, RationalTime(100)) == last
        assert number_at(reader, RationalTime(-1)) == 0
        assert number_at(reader, RationalTime(3600)) == last
        assert number_at(reader, ZERO) == 0
        reader.close()


def test_the_same_picture_asked_for_again_is_the_same_object(probed: Callable[[str], Media]) -> None:
    reader = VideoReader(probed("long_gop.mp4"))
    first = reader.frame_at(RationalTime(41, 100), (80, 45))
    assert reader.frame_at(RationalTime(41, 100) + RationalTime(1, 1000), (80, 45)) is first
    assert reader.frame_at(RationalTime(1), (160, 90)).size == (160, 90)
    reader.close()


def test_planes_cannot_be_written_because_the_decoder_still_uses_them(probed: Callable[[str], Media]) -> None:
    reader = VideoReader(probed("long_gop.mp4"))
    with pytest.raises(ValueError, match="read-only"):
        reader.frame_at(ZERO).planes[0][0, 0] = 0
    reader.close()


def test_planes_stay_as_they_are_while_the_reader_goes_on_and_closes(probed: Callable[[str], Media]) -> None:
    media = probed("long_gop.mp4")
    reader = VideoReader(media)
    assert media.rate is not None
    frames = [reader.frame_at(RationalTime.from_frames(n, media.rate)) for n in range(48)]
    reader.close()
    assert [read_counter(frame.planes[0]) for frame in frames] == list(range(48))


def test_readers_in_several_threads_do_not_disturb_each_other(probed: Callable[[str], Media]) -> None:
    wrong: list[tuple[str, int, int]] = []

    def look(media: Media, seed: int) -> None:
        assert media.rate is not None
        chance = random.Random(seed)
        reader = VideoReader(media)
        for _ in range(40):
            n = chance.randrange(48)
            seen = number_at(reader, RationalTime.from_frames(n, media.rate))
            if seen != n:
                wrong.append((media.name, n, seen))
        reader.close()

    media = [probed(name) for name in ("long_gop.mp4", "vp9.webm", "long_gop.mp4", "mpeg2.ts")]
    threads = [threading.Thread(target=look, args=(one, seed)) for seed, one in enumerate(media)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
