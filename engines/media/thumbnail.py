"""Small pictures of media, kept on disk by what is in the file."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from hashlib import blake2b
from pathlib import Path

import cv2
import numpy as np
from av.codec.context import CodecContext
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, Interpolation

from effects.frame import Frame, Plane
from engines.media.conversion import plane_rows
from engines.media.pool import ReaderPool
from timeline.atomic import whole_file_of_many
from timeline.media import Media
from timeline.time import RationalTime

_VERSION = 1
"""Part of the names: another way of making them makes them anew."""
_BACKGROUND = 40
"""Luma behind what is see-through."""


def thumbnail(
    media: Media,
    time: RationalTime,
    size: tuple[int, int],
    cache: Path,
    *,
    check: Callable[[], None] = lambda: None,
    pool: ReaderPool | None = None,
    source: Media | None = None,
) -> Path:
    """A JPEG of the picture at `time` that fits into `size`, made unless it lies in `cache`. Raises MediaError.

    It is read from `source`, if given: a proxy. `check` may raise to cancel. `pool` keeps readers open between calls. Several
    threads may ask at once (each with its own pool); the file is there wholly or not at all.
    """
    path = thumbnail_path(media, time, size, cache)
    if is_whole(path):
        return path
    check()
    readers = pool or ReaderPool()
    try:
        frame = readers.picture(source or media).frame_at(time, fitted(media, size))
    finally:
        if pool is None:
            readers.close()
    check()
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file_of_many(path, lasting=False) as part:
        part.write_bytes(jpeg(frame))
    return path


def thumbnail_path(media: Media, time: RationalTime, size: tuple[int, int], cache: Path) -> Path:
    """Where the thumbnail of a picture lies, made or not."""
    content = media.content_hash or media.path
    name = blake2b(f"{_VERSION}|{content}|{time}|{size}|{media.rate}".encode(), digest_size=16).hexdigest()
    return cache / "thumbnails" / name[:2] / f"{name}.jpg"


def is_whole(path: Path) -> bool:
    """Whether a JPEG is there from its first to its last byte."""
    try:
        with path.open("rb") as file:
            start = file.read(2)
            file.seek(-2, 2)
            return start == b"\xff\xd8" and file.read() == b"\xff\xd9"
    except OSError:
        return False


def fitted(media: Media, size: tuple[int, int]) -> tuple[int, int]:
    """The largest size inside `size` with the shape of the picture."""
    width, height = max(1, media.width), max(1, media.height)
    scale = min(Fraction(size[0], width), Fraction(size[1], height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def jpeg(frame: Frame, quality: int = 4) -> bytes:
    """A YUV frame as a JPEG file (BT.601 full range, as the format wants it); `quality` 2 best to 31 least."""
    width, height = frame.size
    picture = VideoFrame(width, height, "yuv420p")
    for plane, source in zip(picture.planes, _opaque(frame), strict=True):
        plane_rows(plane)[:, : plane.width] = source
    picture = picture.reformat(
        format="yuvj420p",
        src_colorspace=Colorspace.ITU709,
        dst_colorspace=Colorspace.ITU601,
        src_color_range=ColorRange.MPEG,
        dst_color_range=ColorRange.JPEG,
        interpolation=Interpolation.BILINEAR | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT,
    )
    encoder = CodecContext.create("mjpeg", "w")
    encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuvj420p"
    encoder.time_base = Fraction(1, 25)
    encoder.qmin = encoder.qmax = quality
    encoder.color_range = ColorRange.JPEG
    picture.pts = 0
    return b"".join(bytes(packet) for packet in (*encoder.encode(picture), *encoder.encode(None)))


def _opaque(frame: Frame) -> tuple[Plane, ...]:
    """The three planes over a dark background."""
    alpha = frame.alpha
    if alpha is None:
        return frame.planes[:3]
    height, width = frame.planes[1].shape
    half = np.asarray(cv2.resize(alpha, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
    over = zip(frame.planes[:3], (alpha, half, half), (_BACKGROUND, 128, 128), strict=True)
    return tuple(_over(plane, cover, behind) for plane, cover, behind in over)


def _over(plane: Plane, alpha: Plane, behind: int) -> Plane:
    weight = alpha.astype(np.float32) / np.float32(255)
    return np.asarray(np.rint(plane * weight + behind * (1 - weight)), np.uint8)
