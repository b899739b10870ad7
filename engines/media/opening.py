"""Opening files: the one place where a foreign error of opening becomes a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import av.error
from av.audio.stream import AudioStream
from av.codec.context import CodecContext
from av.container import InputContainer
from av.stream import Disposition, Stream
from av.video.codeccontext import VideoCodecContext
from av.video.stream import VideoStream

from engines.errors import MediaError

ALPHA_DECODERS = {"vp8": "libvpx", "vp9": "libvpx-vp9"}
"""The decoders that give the transparency of WebM; the usual ones of these codecs ignore it."""


@contextmanager
def reading(path: str) -> Iterator[None]:
    """Translate what the codec library raises about `path`."""
    try:
        yield
    except (av.error.FFmpegError, OSError, ValueError, IndexError) as error:
        if isinstance(error, UnicodeError):
            raise
        raise unreadable(path, error) from error


def unreadable(path: str, error: Exception) -> MediaError:
    """The sentence for a file that cannot be opened or read."""
    file = Path(path)
    name = file.name
    try:
        if not file.exists():
            return MediaError(f"“{name}” is not there any more. Put it back or link the clip to another file.", path)
        if file.is_dir():
            return MediaError(f"“{name}” is a folder, not a media file.", path)
        if file.stat().st_size == 0:
            return MediaError(f"“{name}” is empty (0 bytes). Copy or record it again.", path)
    except OSError as failure:
        return MediaError(f"“{name}” cannot be reached: {failure.strerror or failure}.", f"{path}: {failure}")
    if isinstance(error, PermissionError):
        return MediaError(f"“{name}” may not be read. Give yourself permission to read it.", f"{path}: {error}")
    return MediaError(
        f"“{name}” cannot be read: it is not a media file, or it is damaged or cut off.", f"{path}: {error}"
    )


def open_input(path: str) -> InputContainer:
    """Open a file for reading. Raises MediaError."""
    with reading(path):
        return av.open(path, mode="r", metadata_errors="replace")


def picture_stream(container: InputContainer) -> VideoStream | None:
    """The stream that is the picture: not the cover of an album. None for sound only."""
    for stream in container.streams.video:
        if not stream.disposition & Disposition.attached_pic and _is_decodable(stream):
            return stream
    return None


def sound_stream(container: InputContainer) -> AudioStream | None:
    """The first stream of sound, or None."""
    return next((stream for stream in container.streams.audio if _is_decodable(stream)), None)


def picture_decoder(stream: VideoStream, threads: int) -> VideoCodecContext:
    """The decoder for a picture stream: with transparency where there is any, frame-threaded."""
    context = stream.codec_context
    name = ALPHA_DECODERS.get(context.name, "")
    if name and stream.metadata.get("alpha_mode") == "1":
        decoder = cast(VideoCodecContext, CodecContext.create(name, "r"))
        if context.extradata:
            decoder.extradata = context.extradata
        context = decoder
    context.thread_type = "FRAME"  # type: ignore[assignment]  # the setter takes names, its annotation does not say so
    context.thread_count = threads
    return context


def first_picture_time(path: str) -> Fraction | None:
    """When the first picture of a file is shown, in seconds of the file's own clock; None without a picture."""
    with open_input(path) as container:
        stream = picture_stream(container)
        if stream is None:
            return None
        with reading(path):
            for frame in container.decode(stream):
                return Fraction(frame.pts or 0) * (frame.time_base or 0)
    return None


def _is_decodable(stream: Stream) -> bool:
    """Whether the codec library knows the codec (streams of unknown ones have no context)."""
    return stream.codec_context is not None
