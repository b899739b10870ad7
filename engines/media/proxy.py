"""A light film that stands for a heavy one while editing: small, each picture whole, the same pictures at the same times.

H.264 all of key pictures was measured against MJPEG (docs/performance.md): cheaper to make, smaller, as fast to seek.
Rotation, shape of the pixels and colour are applied, so reading it costs nothing but its decoder. It is written in pieces
that stay when the work is stopped or killed: the next time goes on after the last.
"""

from __future__ import annotations

import errno
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from hashlib import blake2b
from pathlib import Path

import av
import av.error
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from filelock import FileLock, Timeout

from engines.errors import MediaError
from engines.media.content_hash import content_hash
from engines.media.conversion import Converter
from engines.media.frame_stream import FrameStream
from engines.media.opening import open_input, reading
from engines.media.proxy_writer import THREADS, PieceWriter, opened
from timeline.atomic import whole_file_of_many
from timeline.media import Media, MediaKind

SHORT_SIDE = 540
"""Pixels of the shorter side, if nobody chose another one."""
_RECIPE = 1
"""Part of the names: another way of making them makes them anew."""
_PICTURES_AT_ONCE = 240
"""Pictures in a piece: what a kill costs at most."""
_LONGEST_GAP = (1 << 31) - 1
"""Ticks between two pictures that MP4 can say."""
_PIECE = re.compile(r"(\d{9})_(-?\d+)_(-?\d+)\.mp4")


class ProxyBusyError(MediaError):
    """Another program makes the same proxy at this moment."""


class ProxyDiskError(MediaError):
    """The cache takes nothing more: the disk is full, or the folder may not be written. Other proxies fail the same way."""


def may_have_proxy(media: Media) -> bool:
    """Whether a proxy could stand for it: a film without transparency (which a proxy would lose)."""
    return (
        media.kind is MediaKind.VIDEO and media.has_video and not media.has_alpha and bool(media.rate and media.height)
    )


def proxy_size(media: Media, short_side: int = SHORT_SIDE) -> tuple[int, int]:
    """Width and height, both even: the shape of the picture, `short_side` pixels or less; never larger than the source."""
    scale = min(Fraction(1), Fraction(short_side, max(2, min(media.width, media.height))))
    width, height = (max(2, round(side * scale / 2) * 2) for side in (media.width, media.height))
    return width, height


def proxy_path(media: Media, folder: Path, short_side: int = SHORT_SIDE) -> Path:
    """Where the proxy lies, made or not: named by all that goes into it."""
    content = media.content_hash or media.path
    inputs = f"{_RECIPE}|{content}|{media.width}x{media.height}|{media.rate}|{proxy_size(media, short_side)}"
    name = blake2b(inputs.encode(), digest_size=16).hexdigest()
    return folder / name[:2] / f"{name}.mp4"


def standing_in(media: Media, path: Path, short_side: int = SHORT_SIDE) -> Media:
    """The proxy at `path` as a medium with the times of `media`. Its id is its own; it is never saved."""
    width, height = proxy_size(media, short_side)
    return replace(
        media,
        id=f"{media.id}/proxy",
        path=str(path),
        width=width,
        height=height,
        rotation=0,
        has_audio=False,
        file_size=0,
    )


def make_proxy(
    media: Media,
    path: Path,
    short_side: int = SHORT_SIDE,
    *,
    check: Callable[[], None] = lambda: None,
    progress: Callable[[float], None] = lambda _: None,
) -> None:
    """Make the proxy of `media` at `path`, going on where an earlier attempt ended; nothing to do if it is there.

    `check` is asked before each picture and may raise to stop, or wait to pause; `progress` is told 0..1. Raises MediaError,
    ProxyBusyError while another program makes the same.
    """
    with _writing(media):
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path.with_suffix(".lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise ProxyBusyError(f"Another window makes the proxy of “{media.name}”.", str(path)) from error
    except OSError as error:
        raise _unwritable(media, error) from error
    try:
        if not path.is_file():
            _Making(media, path, short_side, check, progress).run()
    finally:
        lock.release()
        path.with_suffix(".lock").unlink(missing_ok=True)


def pieces_of(path: Path) -> Path:
    """The folder of what is made so far of the proxy at `path`."""
    return path.with_suffix(".parts")


@dataclass(frozen=True, order=True)
class _Piece:
    """Some pictures one after another, the last of them the `count`th of all. Times are ticks of the source's clock."""

    count: int
    first: int
    last: int
    path: Path


class _SpoiltError(MediaError):
    """What lies in the folder of pieces is not a whole row of pictures."""


class _Making:
    """One proxy being made."""

    def __init__(
        self, media: Media, path: Path, short_side: int, check: Callable[[], None], progress: Callable[[float], None]
    ) -> None:
        self._media, self._path, self._check, self._progress = media, path, check, progress
        self._size = proxy_size(media, short_side)
        self._folder = pieces_of(path)
        self._converter = Converter(alpha=False)

    def run(self) -> None:
        """Make the pieces that are missing, then one file of all."""
        name = self._media.name
        if self._media.content_hash and content_hash(self._media.path) != self._media.content_hash:
            raise MediaError(f"“{name}” was changed since it was imported; it gets no proxy.", self._media.path)
        with _writing(self._media):
            self._folder.mkdir(parents=True, exist_ok=True)
        try:
            self._attempt()
        except _SpoiltError:  # a crash, or a hand, left less than was written: once more from the start
            shutil.rmtree(self._folder, ignore_errors=True)
            with _writing(self._media):
                self._folder.mkdir(parents=True, exist_ok=True)
            self._attempt()

    def _attempt(self) -> None:
        size = _size_of(self._media.path)
        stream = FrameStream(self._media.path, THREADS, self._media.rate)
        try:
            self._write_pieces(stream)
        finally:
            stream.close()
        if _size_of(self._media.path) != size:  # a disk that was pulled looks like an early end
            raise MediaError(
                f"“{self._media.name}” went away or was changed while its proxy was made.", self._media.path
            )
        with _writing(self._media):
            self._join(stream.tick)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _write_pieces(self, stream: FrameStream) -> None:
        picture = stream.next()
        if picture is None:
            raise MediaError(f"No picture of “{self._media.name}” can be decoded: it is damaged or cut off.")
        start = picture[0]
        pieces = self._pieces()
        if pieces:
            if pieces[0].first != start:
                raise _SpoiltError("The first piece is missing.")
            if not stream.from_keyframe(pieces[-1].last):
                stream.from_start()
            picture = stream.next()
        count = pieces[-1].count if pieces else 0
        while picture is not None and pieces and picture[0] <= pieces[-1].last:
            self._check()
            picture = stream.next()
        while picture is not None:
            count, picture = self._write_piece(stream, picture, start, count)

    def _write_piece(
        self, stream: FrameStream, picture: tuple[int, VideoFrame], start: int, count: int
    ) -> tuple[int, tuple[int, VideoFrame] | None]:
        """Write the next pictures: how many there are now in all, and the picture after them."""
        length = float(self._media.duration.fraction / stream.tick) or 1.0
        part = self._folder / "next.part"
        first, upcoming = picture[0], picture
        try:
            with _writing(self._media):
                with PieceWriter(part, self._size, stream.tick, self._media.rate or Fraction(25)) as writer:
                    while True:
                        self._check()
                        last = upcoming[0]
                        with reading(self._media.path):
                            frame = self._converter.frame(upcoming[1], self._size)
                        writer.write(last - first, frame.planes[:3])
                        count += 1
                        self._progress(min((last - start) / length, 1.0))
                        following = self._after(stream, last)
                        if following is None or writer.count == _PICTURES_AT_ONCE:
                            break
                        upcoming = following
                part.replace(self._folder / f"{count:09d}_{first}_{last}.mp4")
        finally:
            part.unlink(missing_ok=True)
        return count, following

    def _after(self, stream: FrameStream, last: int) -> tuple[int, VideoFrame] | None:
        """The next picture. Raises MediaError where a proxy could not say its time."""
        following = stream.next()
        if following is not None and following[0] <= last:
            raise MediaError(f"The clock of “{self._media.name}” goes backwards; it gets no proxy.")
        if following is not None and (following[0] - last) * stream.tick.numerator > _LONGEST_GAP:
            raise MediaError(f"The pictures of “{self._media.name}” stand too far apart for a proxy.")
        return following

    def _pieces(self) -> list[_Piece]:
        """What is there, in order."""
        found = ((_PIECE.fullmatch(one.name), one) for one in self._folder.iterdir())
        return sorted(_Piece(int(m[1]), int(m[2]), int(m[3]), one) for m, one in found if m is not None)

    def _join(self, tick: Fraction) -> None:
        """Copy the pieces into one file, and count."""
        pieces, count = self._pieces(), 0
        with whole_file_of_many(self._path) as part, opened(part, tick) as target:
            stream: VideoStream | None = None
            for piece in pieces:
                self._check()
                try:
                    source = open_input(str(piece.path))
                except MediaError as error:
                    raise _SpoiltError("A piece cannot be read.") from error
                with source:
                    given = source.streams.video[0]
                    stream = stream or target.add_stream_from_template(given)
                    for packet in source.demux(given):
                        if packet.size and packet.pts is not None:
                            packet.pts = packet.dts = packet.pts + (piece.first - pieces[0].first) * tick.numerator
                            packet.stream = stream
                            target.mux(packet)
                            count += 1
                if count != piece.count:
                    raise _SpoiltError("A piece is not whole.")


def _size_of(path: str) -> int:
    """The size of a file, -1 if it is not there."""
    try:
        return Path(path).stat().st_size
    except OSError:
        return -1


@contextmanager
def _writing(media: Media) -> Iterator[None]:
    """Translate what the encoder or the disk of the cache raises."""
    try:
        yield
    except (av.error.FFmpegError, OSError) as error:
        raise _unwritable(media, error) from error


def _unwritable(media: Media, error: Exception) -> ProxyDiskError:
    number = getattr(error, "errno", None)
    if number in (errno.ENOSPC, errno.EDQUOT):
        text = f"The disk of the cache is full: “{media.name}” gets no proxy. Free some space, or clear the cache."
    elif number in (errno.EACCES, errno.EPERM, errno.EROFS):
        text = f"The cache folder may not be written: “{media.name}” gets no proxy."
    else:
        text = f"The proxy of “{media.name}” could not be written: {getattr(error, 'strerror', None) or error}."
    return ProxyDiskError(text, repr(error))
