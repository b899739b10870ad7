"""Whatever a file holds arrives as upright BT.709 limited YUV 4:2:0 with the right colours."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from effects.frame import Frame
from engines.media.conversion import Converter, laid
from engines.media.inspection import probe_here
from engines.media.orientation import Orientation, from_matrix
from engines.media.reader import VideoReader, open_video
from tests.engines.media.conftest import ALPHA
from tests.engines.media.footage import make_film, picture, read_counter
from timeline.media import Media, MediaKind
from timeline.time import ZERO, RationalTime

pytestmark = pytest.mark.media

Weights = tuple[float, float]
BT601, BT709 = (0.299, 0.114), (0.2126, 0.0722)


def rgb_of(yuv: tuple[int, int, int], weights: Weights, full: bool) -> np.ndarray:
    kr, kb = weights
    y, u, v = yuv
    luma, cb, cr = (
        (y / 255, (u - 128) / 255, (v - 128) / 255) if full else ((y - 16) / 219, (u - 128) / 224, (v - 128) / 224)
    )
    red, blue = luma + 2 * (1 - kr) * cr, luma + 2 * (1 - kb) * cb
    return np.array([red, (luma - kr * red - kb * blue) / (1 - kr - kb), blue])


def limited_709(rgb: np.ndarray) -> list[float]:
    kr, kb = BT709
    luma = kr * rgb[0] + (1 - kr - kb) * rgb[1] + kb * rgb[2]
    return [16 + 219 * luma, 128 + 112 * (rgb[2] - luma) / (1 - kb), 128 + 112 * (rgb[0] - luma) / (1 - kr)]


def flat(yuv: tuple[int, int, int], width: int, height: int, space: int, color_range: int) -> av.VideoFrame:
    frame = av.VideoFrame(width, height, "yuv420p")
    for plane, value in zip(frame.planes, yuv, strict=True):
        np.frombuffer(plane, np.uint8)[:] = value  # type: ignore[call-overload]
    frame.colorspace, frame.color_range = space, color_range
    return frame


def middle(frame: Frame) -> list[int]:
    return [int(plane[plane.shape[0] // 2, plane.shape[1] // 2]) for plane in frame.planes[:3]]


@pytest.mark.parametrize("size", [(64, 36), (32, 18), (100, 56)])
@pytest.mark.parametrize("yuv", [(100, 100, 160), (120, 140, 100), (60, 150, 110), (16, 128, 128), (235, 128, 128)])
@pytest.mark.parametrize(
    ("space", "color_range", "weights", "full"),
    [(5, 1, BT601, False), (6, 2, BT601, True), (1, 1, BT709, False), (1, 2, BT709, True), (2, 0, BT601, False)],
)
def test_colours_become_bt709_limited(
    yuv: tuple[int, int, int], space: int, color_range: int, weights: Weights, full: bool, size: tuple[int, int]
) -> None:
    frame = Converter(alpha=False).frame(flat(yuv, 64, 36, space, color_range), size)
    assert frame.size == size
    wanted = limited_709(rgb_of(yuv, weights, full))
    assert np.abs(np.array(middle(frame)) - wanted).max() <= 1.3


def test_an_untagged_high_definition_picture_is_bt709_and_is_not_copied() -> None:
    source = flat((81, 90, 200), 1280, 720, 2, 0)
    frame = Converter(alpha=False).frame(source, (1280, 720))
    assert middle(frame) == [81, 90, 200]
    np.frombuffer(source.planes[0], np.uint8)[:] = 99  # type: ignore[call-overload]
    assert middle(frame)[0] == 99


def test_rgb_becomes_bt709_limited() -> None:
    image = np.full((36, 64, 3), (200, 40, 90), np.uint8)
    frame = Converter(alpha=False).frame(av.VideoFrame.from_ndarray(image, "rgb24"), (64, 36))
    assert np.abs(np.array(middle(frame)) - limited_709(np.array([200, 40, 90]) / 255)).max() <= 1


def test_grey_pictures_have_the_full_range() -> None:
    image = np.full((36, 64), 255, np.uint8)
    frame = Converter(alpha=False, still=True).frame(av.VideoFrame.from_ndarray(image, "gray"), (64, 36))
    assert middle(frame) == [235, 128, 128]


@pytest.mark.parametrize("name", ["alpha.webm", "prores4444.mov"])
def test_transparency_of_films_is_the_fourth_plane(probed: Callable[[str], Media], name: str) -> None:
    media = probed(name)
    assert media.has_alpha
    reader = VideoReader(media)
    frame = reader.frame_at(RationalTime(1))
    assert len(frame.planes) == 4
    assert frame.alpha is not None
    assert np.abs(frame.alpha.astype(int) - ALPHA).max() <= 6
    half = reader.frame_at(RationalTime(1), (80, 45)).alpha
    assert half is not None
    assert half.shape == (45, 80)
    assert half[20, 0] < 8
    assert half[20, 79] > 246
    reader.close()


def test_a_film_without_transparency_has_three_planes(probed: Callable[[str], Media]) -> None:
    media = probed("vp9.webm")
    assert not media.has_alpha
    assert len(VideoReader(media).frame_at(ZERO).planes) == 3


@pytest.mark.parametrize(
    ("matrix", "wanted"),
    [
        ((1, 0, 0, 1), Orientation(0)),
        ((0, 1, -1, 0), Orientation(90)),
        ((-1, 0, 0, -1), Orientation(180)),
        ((0, -1, 1, 0), Orientation(270)),
        ((-1, 0, 0, 1), Orientation(0, mirrored=True)),
        ((1, 0, 0, -1), Orientation(180, mirrored=True)),
    ],
)
def test_display_matrices_are_read(matrix: tuple[int, int, int, int], wanted: Orientation) -> None:
    a, b, c, d = (value << 16 for value in matrix)
    assert from_matrix(a, b, c, d) == wanted


@pytest.mark.parametrize(
    "matrix", [(a, 0, 0, d) for a in (1, -1) for d in (1, -1)] + [(0, b, c, 0) for b in (1, -1) for c in (1, -1)]
)
def test_each_display_matrix_moves_the_corners_where_it_says(matrix: tuple[int, int, int, int]) -> None:
    a, b, c, d = matrix
    plane = np.arange(6, dtype=np.uint8).reshape(2, 3)
    seen = laid(plane, from_matrix(a << 16, b << 16, c << 16, d << 16))
    points = [(a * x + c * y, b * x + d * y, plane[y, x]) for y in range(2) for x in range(3)]
    left, top = min(p[0] for p in points), min(p[1] for p in points)
    for x, y, value in points:
        assert seen[y - top, x - left] == value


@pytest.mark.parametrize(("angle", "degrees"), [(-90, 90), (90, 270), (180, 180)])
def test_a_turned_film_is_laid_upright(tmp_path: Path, angle: int, degrees: int) -> None:
    path = make_film(tmp_path / "turned.mp4", count=3, rotation=angle)
    media = probe_here(path)
    assert media.rotation == degrees
    assert (media.width, media.height) == ((160, 90) if degrees == 180 else (90, 160))
    plane = VideoReader(media).frame_at(RationalTime(2, 25)).planes[0]
    back = np.rot90(plane, degrees // 90)  # counter-clockwise: how the camera saw it
    assert read_counter(back) == 2


def test_pixels_that_are_not_square_are_made_square(tmp_path: Path) -> None:
    media = probe_here(make_film(tmp_path / "wide.mp4", count=3, aspect=Fraction(4, 3)))
    assert (media.width, media.height) == (213, 90)
    frame = VideoReader(media).frame_at(RationalTime(1, 25))
    assert frame.size == (213, 90)
    assert frame.planes[1].shape == (45, 107)
    assert read_counter(frame.planes[0], 160) == 1


def test_an_odd_size_keeps_all_its_pixels(probed: Callable[[str], Media]) -> None:
    media = probed("odd.mp4")
    frame = VideoReader(media).frame_at(ZERO)
    assert [plane.shape for plane in frame.planes] == [(91, 161), (46, 81), (46, 81)]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_orientation_a_camera_notes_in_a_jpeg_is_applied(tmp_path: Path, orientation: int) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(_with_exif(_jpeg(), orientation))
    media = probe_here(path)
    assert media.kind is MediaKind.IMAGE
    assert (media.width, media.height) == ((160, 90) if orientation < 5 else (90, 160))
    plane = open_video(media).frame_at(ZERO).planes[0]
    undo = {1: 0, 2: 0, 3: 2, 4: 2, 5: 3, 6: 1, 7: 1, 8: 3}[orientation]  # EXIF 2.32, table 4.6.4-A
    seen = np.rot90(plane, undo)
    assert read_counter(np.fliplr(seen) if orientation in (2, 4, 5, 7) else seen) == 5


def _jpeg() -> bytes:
    encoder = av.CodecContext.create("mjpeg", "w")
    encoder.width, encoder.height, encoder.pix_fmt = 160, 90, "yuvj420p"
    encoder.time_base = Fraction(1, 25)
    frame = picture(5, pix_fmt="yuvj420p")
    frame.pts = 0
    return b"".join(bytes(packet) for packet in [*encoder.encode(frame), *encoder.encode(None)])


def _with_exif(jpeg: bytes, orientation: int) -> bytes:
    entry = b"\x01\x12\x00\x03\x00\x00\x00\x01" + orientation.to_bytes(2, "big") + b"\x00\x00"
    tiff = b"MM\x00\x2a\x00\x00\x00\x08" + b"\x00\x01" + entry + b"\x00\x00\x00\x00"
    body = b"Exif\x00\x00" + tiff
    return jpeg[:2] + b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body + jpeg[2:]
