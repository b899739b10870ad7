"""Pictures that are not looked at are not decoded, and the one that is comes out as if they had been."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame

from engines.media.frame_stream import FrameStream
from engines.media.reader import VideoReader
from tests.engines.media.footage import read_counter
from timeline.media import Media
from timeline.time import RationalTime

pytestmark = pytest.mark.media

BUILT_ON = [
    "long_gop.mp4",
    "pyramid.mkv",
    "open_gop.mp4",
    "open_pyramid.ts",
    "hevc_long.mp4",
    "hevc_open.ts",
    "hevc.mp4",
]
MORE = ["hevc_layers.mp4", "mpeg2.mkv", "mpeg2.ts", "mpeg2.mpg", "mpeg4.avi", "av1.mp4", "vp9.webm", "vp8.webm"]
ALONE = ["mjpeg.mov", "prores.mov", "dnxhr.mov"]
ODD = ["uneven.mp4", "uneven.webm", "edited.mp4", "late.mkv", "h264.ts", "fragments.mp4"]


def print_of(frame: VideoFrame) -> str:
    rows = [np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size) for plane in frame.planes]
    depth = 1 + (frame.format.components[0].bits > 8)
    seen = [row[:, : plane.width * depth].tobytes() for row, plane in zip(rows, frame.planes, strict=True)]
    return hashlib.md5(b"".join(seen), usedforsecurity=False).hexdigest()


def all_pictures(path: Path) -> list[tuple[int, str]]:
    """Timestamps and pictures as the codec library alone gives them, one thread, from the start."""
    with av.open(str(path)) as container:
        container.streams.video[0].codec_context.thread_count = 1
        return [(frame.pts, print_of(frame)) for frame in container.decode(video=0) if frame.pts is not None]


@pytest.mark.parametrize("name", [*BUILT_ON, *MORE, *ALONE, *ODD])
def test_a_jump_gives_the_picture_that_decoding_everything_gives(
    name: str, film: Callable[[str], Path], probed: Callable[[str], Media], monkeypatch: pytest.MonkeyPatch
) -> None:
    truth = all_pictures(film(name))
    media = probed(name)
    reader = VideoReader(media)
    assert media.rate is not None
    seen: list[tuple[int, str]] = []

    def note(picture: VideoFrame, size: tuple[int, int]) -> None:
        assert picture.pts is not None
        seen.append((picture.pts, print_of(picture)))

    monkeypatch.setattr(reader._converter, "frame", note)
    tick, first = reader._stream.tick, truth[0][0]
    chance = random.Random(name)
    for index in [chance.randrange(len(truth)) for _ in range(70)]:
        reader._shown = None
        time = RationalTime((truth[index][0] - first) * tick)
        reader.frame_at(time if media.variable_rate else RationalTime.from_frames(index, media.rate))
        assert seen[-1] == truth[index], f"picture {index}"
    reader.close()


@pytest.mark.parametrize("name", ["long_gop.mp4", "pyramid.mkv", "hevc_long.mp4", "mpeg2.mkv"])
def test_a_far_picture_costs_fewer_than_those_before_it(name: str, film: Callable[[str], Path]) -> None:
    stream = FrameStream(str(film(name)))
    given, wanted = 1, int(Fraction(45, 25) / stream.tick)
    stream.next()
    while (picture := stream.next(wanted)) is not None and picture[0] < wanted:
        given += 1
    stream.close()
    assert given < 36


def test_pictures_that_stand_alone_are_decoded_one_by_one(film: Callable[[str], Path]) -> None:
    stream = FrameStream(str(film("mjpeg.mov")), threads=3)
    target = int(Fraction(20, 25) / stream.tick)
    assert stream.from_keyframe(target)
    assert len(stream._ready) == 1
    picture = stream.next(target)
    assert picture is not None
    assert picture[0] == target
    assert stream.is_last(target, target)
    assert [stream.next() is not None for _ in range(27)] == [True] * 27
    assert stream.next() is None


def test_a_damaged_picture_is_stood_in_for_by_the_one_before_it_even_after_a_jump(
    film: Callable[[str], Path], tmp_path: Path
) -> None:
    """The jump leaves out the picture before, then finds that the one it was left out for cannot be decoded."""
    path = film("mpeg2.mkv")
    with av.open(str(path)) as container:
        packets = [packet for packet in container.demux(video=0) if packet.size and packet.pts is not None]
    by_time = sorted(packets, key=lambda packet: packet.pts or 0)
    hurt = next(
        one for at, one in enumerate(by_time) if at > 20 and not one.is_keyframe and not by_time[at - 1].is_keyframe
    )
    raw = bytearray(path.read_bytes())
    at = raw.find(bytes(hurt))
    raw[at : at + hurt.size] = b"\0" * hurt.size
    broken = tmp_path / "broken.mkv"
    broken.write_bytes(raw)
    from engines.media.inspection import probe_here

    media = probe_here(broken)
    assert hurt.pts is not None
    time = RationalTime((hurt.pts - (by_time[0].pts or 0)) * hurt.time_base)
    assert media.rate is not None
    in_order = VideoReader(media)
    for index in range(time.frames(media.rate) + 1):
        expected = in_order.frame_at(RationalTime.from_frames(index, media.rate))
    jumped = VideoReader(media)
    assert read_counter(jumped.frame_at(time).planes[0]) == read_counter(expected.planes[0])
    in_order.close()
    jumped.close()
