"""A picture given up on the way to it: the reader goes on from there, and the next picture is the right one."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from av.video.frame import VideoFrame

from engines.media.patience import GivenUp, check, patient_until
from engines.media.reader import VideoReader
from tests.engines.media.test_skipping import all_pictures, print_of
from timeline.media import Media
from timeline.time import RationalTime


class After:
    """Over at the `count`th look."""

    def __init__(self, count: int) -> None:
        self.left = count

    def __call__(self) -> bool:
        self.left -= 1
        return self.left < 0


@pytest.mark.media
@pytest.mark.parametrize(
    "name", ["long_gop.mp4", "pyramid.mkv", "open_gop.mp4", "hevc_long.mp4", "uneven.mp4", "h264.ts"]
)
def test_after_any_number_of_ways_given_up_the_picture_is_right(
    name: str, film: Callable[[str], Path], probed: Callable[[str], Media], monkeypatch: pytest.MonkeyPatch
) -> None:
    truth, media, chance = all_pictures(film(name)), probed(name), random.Random(name)
    reader = VideoReader(media)
    assert media.rate is not None
    seen: list[tuple[int, str]] = []

    def note(picture: VideoFrame, size: tuple[int, int]) -> None:
        assert picture.pts is not None
        seen.append((picture.pts, print_of(picture)))

    monkeypatch.setattr(reader._converter, "frame", note)
    tick, first, given_up = reader._stream.tick, truth[0][0], 0
    for _ in range(150):
        index = chance.randrange(len(truth))
        time = RationalTime((truth[index][0] - first) * tick)
        time = time if media.variable_rate else RationalTime.from_frames(index, media.rate)
        reader._shown = None
        try:
            with patient_until(After(chance.choice((0, 1, 3, 8, 20, 1000)))):
                reader.frame_at(time)
        except GivenUp:
            given_up += 1
        else:
            assert seen[-1] == truth[index], f"picture {index}"
    assert 30 < given_up < 140
    reader.close()


@pytest.mark.media
def test_a_later_picture_goes_on_where_the_earlier_one_was_given_up(
    film: Callable[[str], Path], probed: Callable[[str], Media], monkeypatch: pytest.MonkeyPatch
) -> None:
    media = probed("long_gop.mp4")
    reader = VideoReader(media)
    assert media.rate is not None
    starts: list[int] = []
    from_keyframe = reader._stream.from_keyframe

    def counted(before: int) -> bool:
        starts.append(before)
        return from_keyframe(before)

    monkeypatch.setattr(reader._stream, "from_keyframe", counted)
    for frame in (45, 46, 47):
        with pytest.raises(GivenUp), patient_until(After(5)):
            reader.frame_at(RationalTime.from_frames(frame, media.rate))
    reader.frame_at(RationalTime.from_frames(48, media.rate))
    assert len(starts) <= 1
    reader.close()


def test_outside_of_a_block_nothing_is_given_up_and_blocks_lie_within_each_other() -> None:
    check()
    with patient_until(lambda: True):
        with pytest.raises(GivenUp), patient_until(lambda: False):
            check()
        with pytest.raises(GivenUp):
            check()
    check()
