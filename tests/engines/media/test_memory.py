"""Freed memory goes back to the system now and then, not all the time."""

from __future__ import annotations

import gc
from collections.abc import Callable

import pytest
from av.codec.context import CodecContext
from av.video.frame import VideoFrame

from engines.media import memory
from engines.media.patience import GivenUp, patient_until
from engines.media.reader import VideoReader
from timeline.media import Media
from timeline.time import RationalTime


def test_memory_is_given_back_once_in_a_few_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[float] = []
    clock = [100.0]
    monkeypatch.setattr(memory, "give_back", lambda: given.append(clock[0]))
    giving = memory.GivingBack(lambda: clock[0])
    for _ in range(100):
        clock[0] += 0.1
        assert giving.at_times() == (bool(given) and given[-1] == clock[0])
    assert len(given) == 2


@pytest.mark.media
def test_a_closed_film_leaves_no_picture_behind_until_the_search_for_cycles(probed: Callable[[str], Media]) -> None:
    media = probed("long_gop.mp4")
    gc.collect()
    gc.disable()
    try:
        before = _pictures(media.width)
        for _ in range(3):
            reader = VideoReader(media)
            reader.frame_at(RationalTime(1, 2))
            reader.close()
            del reader
        assert _pictures(media.width) == before
    finally:
        gc.enable()


def _pictures(width: int) -> int:
    return sum(isinstance(one, VideoFrame) and one.width == width for one in gc.get_objects())


@pytest.mark.media
def test_a_closed_film_leaves_no_decoder_behind_until_the_search_for_cycles(probed: Callable[[str], Media]) -> None:
    media = probed("long_gop.mp4")
    gc.collect()
    gc.disable()
    try:
        before = _decoders()
        for _ in range(3):
            reader = VideoReader(media)
            reader.frame_at(RationalTime(1, 2))
            reader.close()
            del reader
        assert _decoders() == before
    finally:
        gc.enable()


@pytest.mark.media
def test_a_film_given_up_while_it_is_opened_is_closed(probed: Callable[[str], Media]) -> None:
    media = probed("long_gop.mp4")
    gc.collect()
    gc.disable()
    try:
        before = _decoders()
        given_up = 0
        for packets in range(4):
            left = iter(range(packets))
            try:
                with patient_until(lambda left=left: next(left, None) is None):  # type: ignore[misc]
                    VideoReader(media).close()
            except GivenUp:
                given_up += 1
        assert given_up >= 1
        assert _decoders() == before
    finally:
        gc.enable()


def _decoders() -> int:
    return sum(isinstance(one, CodecContext) for one in gc.get_objects())
