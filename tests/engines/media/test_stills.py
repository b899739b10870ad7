"""Images and rows of images behave like films that stand still."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from engines.errors import MediaError
from engines.media.inspection import probe_here
from engines.media.pool import ReaderPool
from engines.media.probe import probe
from engines.media.reader import open_video
from engines.media.still import sequence_pattern
from engines.media.still_reader import SequenceReader, StillReader
from tests.engines.media.footage import counter, make_film, picture, read_counter
from timeline.media import MediaKind
from timeline.time import ZERO, RationalTime

pytestmark = pytest.mark.media


def save(path: Path, codec: str, frame: av.VideoFrame, **options: str) -> Path:
    encoder = av.CodecContext.create(codec, "w")
    encoder.width, encoder.height, encoder.pix_fmt = frame.width, frame.height, frame.format.name
    encoder.time_base = Fraction(1, 25)
    encoder.options = options
    frame.pts = 0
    path.write_bytes(b"".join(bytes(packet) for packet in [*encoder.encode(frame), *encoder.encode(None)]))
    return path


def rgba(alpha: int, number: int = 3) -> av.VideoFrame:
    luma = counter(number)
    return av.VideoFrame.from_ndarray(np.dstack([luma, luma, luma, np.full_like(luma, alpha)]), "rgba")


@pytest.mark.parametrize(
    ("name", "codec", "pix_fmt", "options"),
    [
        ("picture.png", "png", "rgb24", {}),
        ("picture.jpg", "mjpeg", "yuvj420p", {"qscale": "2"}),
        ("picture.webp", "libwebp", "yuv420p", {"quality": "95"}),
        ("picture.bmp", "bmp", "bgr24", {}),
        ("picture.tiff", "tiff", "rgb24", {}),
        ("photo%d 100%.png", "png", "rgb24", {}),
        ("shouting.PNG", "png", "gray", {}),
        ("wrongly named.jpg", "png", "rgb24", {}),
    ],
)
def test_images_are_endless_and_have_no_rate(
    tmp_path: Path, name: str, codec: str, pix_fmt: str, options: dict[str, str]
) -> None:
    media = probe(save(tmp_path / name, codec, picture(3, pix_fmt=pix_fmt), **options))
    assert media.kind is MediaKind.IMAGE
    assert media.is_endless
    assert (media.name, media.width, media.height) == (name, 160, 90)
    assert (media.duration, media.rate, media.has_alpha, media.has_video, media.has_audio) == (
        ZERO,
        None,
        False,
        True,
        False,
    )
    reader = open_video(media)
    assert isinstance(reader, StillReader)
    frame = reader.frame_at(RationalTime(1000))
    assert read_counter(frame.planes[0]) == 3
    assert reader.frame_at(ZERO) is frame
    assert reader.frame_at(ZERO, (80, 45)).size == (80, 45)
    assert abs(int(frame.planes[0][8, 8]) - 200) <= 3
    assert len(frame.planes) == 3


@pytest.mark.parametrize("alpha", [0, 90, 255])
@pytest.mark.parametrize(("name", "codec"), [("picture.png", "png"), ("picture.webp", "libwebp")])
def test_transparency_is_a_plane_where_there_is_any(tmp_path: Path, name: str, codec: str, alpha: int) -> None:
    frame = rgba(alpha) if codec == "png" else rgba(alpha).reformat(format="yuva420p")
    media = probe_here(save(tmp_path / name, codec, frame, **({"lossless": "1"} if codec == "libwebp" else {})))
    assert media.has_alpha == (alpha < 255)
    seen = open_video(media).frame_at(ZERO).alpha
    if alpha == 255:
        assert seen is None
    else:
        assert seen is not None
        assert np.abs(seen.astype(int) - alpha).max() <= 1


def test_an_animation_of_one_picture_is_an_image(tmp_path: Path) -> None:
    assert probe_here(make_film(tmp_path / "one.gif", codec="gif", pix_fmt="rgb8", count=1)).kind is MediaKind.IMAGE
    assert probe_here(make_film(tmp_path / "two.gif", codec="gif", pix_fmt="rgb8", count=2)).kind is MediaKind.VIDEO


def test_a_film_of_one_frame_is_a_film(tmp_path: Path) -> None:
    media = probe_here(make_film(tmp_path / "one.mp4", count=1))
    assert (media.kind, media.duration, media.rate) == (MediaKind.VIDEO, RationalTime(1, 25), 25)


def test_a_sequence_of_images_is_a_film(tmp_path: Path) -> None:
    for number in range(7, 17):
        save(tmp_path / f"shot_{number:04d}.png", "png", picture(number, pix_fmt="rgb24"))
    (tmp_path / "shot_cover.png").write_bytes(b"not one of them")
    pattern = tmp_path / "shot_%04d.png"
    assert sequence_pattern(str(tmp_path / "shot_0009.png")) == str(pattern)
    media = probe(pattern, Fraction(24))
    assert media.kind is MediaKind.IMAGE_SEQUENCE
    assert (media.rate, media.duration) == (24, RationalTime(10, 24))
    reader = open_video(media)
    assert isinstance(reader, SequenceReader)
    for n in (3, 0, 9, 4):
        assert read_counter(reader.frame_at(RationalTime.from_frames(n, Fraction(24))).planes[0]) == 7 + n
    assert read_counter(reader.frame_at(RationalTime(99)).planes[0]) == 16


def test_a_missing_image_of_a_sequence_shows_the_one_before(tmp_path: Path) -> None:
    for number in (1, 2, 5):
        save(tmp_path / f"{number}.png", "png", picture(number, pix_fmt="rgb24"))
    media = probe_here(tmp_path / "%d.png")
    assert media.duration == RationalTime(5, 25)
    reader = open_video(media)
    seen = [read_counter(reader.frame_at(RationalTime.from_frames(n, Fraction(25))).planes[0]) for n in range(5)]
    assert seen == [1, 2, 2, 2, 5]


def test_images_that_stand_alone_are_no_sequence(tmp_path: Path) -> None:
    save(tmp_path / "shot_0001.png", "png", picture(1, pix_fmt="rgb24"))
    save(tmp_path / "other_0002.png", "png", picture(1, pix_fmt="rgb24"))
    assert sequence_pattern(str(tmp_path / "shot_0001.png")) is None
    assert sequence_pattern(str(tmp_path / "cover.png")) is None
    with pytest.raises(MediaError, match="no images named like"):
        probe_here(tmp_path / "take_%04d.png")


def test_a_pool_opens_each_file_once_and_closes_what_is_longest_unused(tmp_path: Path) -> None:
    films = [probe_here(make_film(tmp_path / f"{n}.mp4", count=2)) for n in range(3)]
    with ReaderPool(limit=2) as pool:
        first = pool.picture(films[0])
        pool.picture(films[1])
        assert pool.picture(films[0]) is first
        second = pool.picture(films[1])
        pool.picture(films[0])
        pool.picture(films[2])
        assert pool.picture(films[0]) is first
        assert pool.picture(films[1]) is not second
        assert read_counter(pool.picture(films[1]).frame_at(ZERO).planes[0]) == 0


def test_a_pool_opens_a_film_anew_that_was_linked_to_another_file(tmp_path: Path) -> None:
    from dataclasses import replace

    one, other = (probe_here(make_film(tmp_path / f"{n}.mp4", count=n)) for n in (3, 5))
    with ReaderPool() as pool:
        assert read_counter(pool.picture(one).frame_at(RationalTime(1)).planes[0]) == 2
        assert read_counter(pool.picture(replace(one, path=other.path)).frame_at(RationalTime(1)).planes[0]) == 4
