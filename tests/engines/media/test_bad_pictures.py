"""Films that lie or are damaged: the readers give what there is, and never hang or raise anything but MediaError."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import pytest

from engines.errors import MediaError
from engines.media.inspection import probe_here
from engines.media.reader import VideoReader
from tests.engines.media.footage import make_film, read_counter
from timeline.media import Media
from timeline.time import ZERO, RationalTime

pytestmark = pytest.mark.media

X264 = {"preset": "ultrafast", "crf": "18", "g": "12", "bf": "2"}
PATIENCE_SECONDS = 20


def looked_at(path: Path) -> list[int | None]:
    """Ask for pictures all over a file, forwards and at random: their numbers, None where a picture cannot be read."""
    begun = time.monotonic()
    media = probe_here(path)
    reader = VideoReader(media)
    size = (media.width, media.height)
    moments = [media.duration * Fraction(step, 30) for step in range(-1, 36)]
    random.Random(path.name).shuffle(moments)
    found: list[int | None] = []
    for moment in [ZERO, *moments, *sorted(moments)]:
        try:
            frame = reader.frame_at(moment)
        except MediaError:
            continue
        assert frame.size == size
        found.append(number_in(frame.planes[0]))
        assert time.monotonic() - begun < PATIENCE_SECONDS
    reader.close()
    return found


def number_in(luma: object) -> int | None:
    try:
        return read_counter(luma)  # type: ignore[arg-type]
    except (AssertionError, IndexError):
        return None


def joined(target: Path, *parts: Path) -> Path:
    """Transport streams can be set one after another as they are."""
    target.write_bytes(b"".join(part.read_bytes() for part in parts))
    return target


def remuxed(source: Path, target: Path, change: Callable[[int, av.Packet], bool], **options: str) -> Path:
    """Copy the pictures of a film, each packet changed by `change` (False: left out)."""
    with av.open(str(source)) as old, av.open(str(target), "w", options=options) as new:
        stream = new.add_stream_from_template(old.streams.video[0])
        for count, packet in enumerate(old.demux(video=0)):
            if packet.size and change(count, packet):
                packet.stream = stream
                new.mux_one(packet)
    return target


FAST_START = {"movflags": "faststart"}


@pytest.mark.parametrize("name", ["film.mp4", "film.mkv", "film.ts"])
def test_a_film_that_is_cut_off_gives_what_is_left(tmp_path: Path, name: str) -> None:
    head = FAST_START if name.endswith("mp4") else None
    whole = make_film(tmp_path / name, options=X264, container_options=head)
    cut = tmp_path / f"cut_{name}"
    cut.write_bytes(whole.read_bytes()[: int(whole.stat().st_size * 0.8)])
    found = [one for one in looked_at(cut) if one is not None]
    assert min(found) == 0
    assert max(found) >= 20


@pytest.mark.parametrize("name", ["film.mp4", "film.mkv", "film.ts"])
@pytest.mark.parametrize("seed", range(3))
def test_broken_bytes_in_the_middle_cost_only_what_they_hit(tmp_path: Path, name: str, seed: int) -> None:
    head = FAST_START if name.endswith("mp4") else None
    raw = bytearray(make_film(tmp_path / name, options=X264, container_options=head).read_bytes())
    chance = random.Random(seed)
    for _ in range(6):
        at = chance.randrange(len(raw) // 2, len(raw) * 3 // 4)
        raw[at : at + 60] = chance.randbytes(60)
    broken = tmp_path / f"broken_{name}"
    broken.write_bytes(raw)
    found = [one for one in looked_at(broken) if one is not None]
    assert found[0] == 0
    assert max(found) == 47


def test_a_film_whose_size_changes_keeps_the_first(tmp_path: Path) -> None:
    first = make_film(tmp_path / "a.ts", options=X264, count=25)
    second = make_film(tmp_path / "b.ts", options=X264, size=(320, 180), times=range(25, 50), count=25)
    found = looked_at(joined(tmp_path / "both.ts", first, second))
    assert 24 in found
    assert len(found) > 60


def test_timestamps_that_begin_anew_do_not_stop_reading(tmp_path: Path) -> None:
    part = make_film(tmp_path / "part.ts", options=X264, count=30)
    found = looked_at(joined(tmp_path / "twice.ts", part, part))
    assert found[0] == 0
    assert len(found) > 60


def test_a_jump_in_the_timestamps_holds_the_picture_before_it(tmp_path: Path) -> None:
    whole = make_film(tmp_path / "whole.mkv", options=X264)

    def later(count: int, packet: av.Packet) -> bool:
        if count >= 24 and packet.pts is not None and packet.dts is not None:
            packet.pts, packet.dts = packet.pts + 60_000, packet.dts + 60_000
        return True

    media = probe_here(remuxed(whole, tmp_path / "jump.mkv", later))
    reader = VideoReader(media)
    for moment, number in ((30, 23), (1, 23), (0, 0), (61, 25)):
        shown = read_counter(reader.frame_at(RationalTime(moment)).planes[0])
        assert shown == number or (moment == 1 and shown in (23, 24)), moment
    reader.close()


def test_lost_packets_and_a_lost_first_key_picture(tmp_path: Path) -> None:
    whole = make_film(tmp_path / "whole.mkv", options=X264)
    assert looked_at(remuxed(whole, tmp_path / "holes.mkv", lambda count, packet: count % 7 != 3))[0] == 0
    headless = remuxed(whole, tmp_path / "headless.mkv", lambda count, packet: count >= 5)
    assert 47 in looked_at(headless)


def test_a_film_without_an_index_is_read_all_the_same(tmp_path: Path) -> None:
    path = make_film(tmp_path / "film.avi", codec="mpeg4", options={"g": "12", "bf": "0"})
    raw = bytearray(path.read_bytes())
    at = raw.find(b"idx1")
    path.write_bytes(raw[:at])
    found = looked_at(path)
    assert {0, 47} <= set(found)


def test_a_stream_without_pictures_is_refused_in_a_sentence(tmp_path: Path) -> None:
    whole = make_film(tmp_path / "whole.mp4", options=X264)
    empty = remuxed(whole, tmp_path / "empty.mkv", lambda count, packet: False)
    media = Media(str(empty), probe_here(whole).kind, rate=Fraction(25), width=160, height=90, has_video=True)
    with pytest.raises(MediaError):
        VideoReader(media)


@pytest.mark.parametrize(("size", "codec", "pix_fmt"), [((2, 2), "ffv1", "yuv420p"), ((1, 1), "ffv1", "yuv444p")])
def test_the_smallest_pictures(tmp_path: Path, size: tuple[int, int], codec: str, pix_fmt: str) -> None:
    path = tmp_path / "small.mkv"
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=25)
        stream.width, stream.height, stream.pix_fmt = *size, pix_fmt
        for _ in range(5):
            container.mux(stream.encode(av.VideoFrame(*size, pix_fmt)))
        container.mux(stream.encode(None))
    reader = VideoReader(probe_here(path))
    for wanted in (size, (64, 36), (1, 1)):
        assert reader.frame_at(RationalTime(1, 25), wanted).size == wanted
    reader.close()


def test_a_picture_of_sixteen_thousand_pixels_across(tmp_path: Path) -> None:
    path = tmp_path / "wide.mkv"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mjpeg", rate=25)
        stream.width, stream.height, stream.pix_fmt = 16384, 128, "yuvj420p"
        container.mux(stream.encode(av.VideoFrame(16384, 128, "yuvj420p")))
        container.mux(stream.encode(None))
    reader = VideoReader(probe_here(path))
    assert reader.frame_at(ZERO, (960, 8)).size == (960, 8)
    assert reader.frame_at(ZERO).size == (16384, 128)
    reader.close()
