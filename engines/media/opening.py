"""Opening files: the one place where what the codec library raises becomes a sentence."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import av
import av.error
from av.audio.stream import AudioStream
from av.codec.context import CodecContext
from av.container import InputContainer
from av.packet import Packet
from av.stream import Disposition, Stream
from av.video.codeccontext import VideoCodecContext
from av.video.stream import VideoStream

from engines.errors import MediaError

_FAULTS_IN_A_ROW = 50
"""Broken places of a file passed over before it is given up."""
_SAMPLE_RATES = range(1000, 768_001)
"""What sound is recorded at. Other rates are damage, and a block of such sound would take all memory."""
_ALPHA_DECODERS = {"vp8": "libvpx", "vp9": "libvpx-vp9"}
"""The decoders that give the transparency of WebM; the usual ones of these codecs ignore it."""


@contextmanager
def reading(path: str) -> Iterator[None]:
    """Translate what the codec library and the disk raise about `path` into MediaError."""
    try:
        yield
    except (av.error.FFmpegError, OSError) as error:
        raise unreadable(path, error) from error


def unreadable(path: str, error: Exception) -> MediaError:
    """The sentence for a file that cannot be opened or read."""
    file = Path(path)
    name = file.name or path
    detail = f"{path}: {error!r}"
    try:
        status = file.stat()
    except FileNotFoundError:
        return MediaError(f"“{name}” is not there. Put it back, or link the clip to another file.", detail)
    except OSError as failure:
        return MediaError(f"“{name}” cannot be reached ({failure.strerror}). Is its disk connected?", detail)
    if file.is_dir():
        return MediaError(f"“{name}” is a folder, not a media file.", detail)
    if not file.is_file():
        return MediaError(f"“{name}” is a device or a pipe, not a media file.", detail)
    if not os.access(path, os.R_OK):
        return MediaError(f"“{name}” may not be read. Give yourself permission to read it.", detail)
    if status.st_size == 0:
        return MediaError(f"“{name}” is empty (0 bytes). Copy or record it again.", detail)
    return MediaError(f"“{name}” cannot be read: it is not a media file, or it is damaged or cut off.", detail)


def open_input(path: str) -> InputContainer:
    """Open a file for reading. Raises MediaError.

    Only files: the codec library takes `http://…`, `concat:…` and the like for inputs too, and a project somebody sent
    must not make this machine talk to theirs.
    """
    if not Path(path).is_file():
        raise unreadable(path, FileNotFoundError(path))
    with reading(path):
        return av.open(path, mode="r", metadata_errors="replace")


def close_input(container: InputContainer) -> None:
    """Close a file, and have it let go of its streams.

    They and it hold on to each other, so that a decoder with its 20 to 30 MB of pictures would stay, though closed, until the
    garbage collector looks at old objects: in the window next to never.
    """
    streams = container.streams
    container.close()
    for rows in gc.get_referents(streams):
        if isinstance(rows, list):
            rows.clear()


def picture_stream(container: InputContainer) -> VideoStream | None:
    """The stream that is the picture: not the cover of an album. None for sound only."""
    found = (one for one in container.streams.video if not one.disposition & Disposition.attached_pic)
    return next((stream for stream in found if is_known(stream)), None)


def sound_stream(container: InputContainer) -> AudioStream | None:
    """The first stream of sound, or None."""
    known = (stream for stream in container.streams.audio if is_known(stream))
    return next(
        (one for one in known if one.codec_context.sample_rate in _SAMPLE_RATES and one.codec_context.channels > 0),
        None,
    )


def demuxed(container: InputContainer, *streams: Stream) -> Iterator[Packet[Any]]:
    """The packets of streams that hold something, from where the container stands; broken places are passed over."""
    faults = 0
    while faults < _FAULTS_IN_A_ROW:
        try:
            for packet in container.demux(*streams):
                faults = 0
                if packet.size:
                    yield packet
        except av.error.EOFError:
            return
        except (av.error.FFmpegError, OSError):
            faults += 1
        except IndexError:
            continue  # PyAV met a packet of a stream that began only now; the next one may be ours again
        else:
            return


def is_known(stream: Stream) -> bool:
    """Whether there is a decoder for a stream."""
    return cast(CodecContext | None, stream.codec_context) is not None


def is_see_through_webm(stream: VideoStream) -> bool:
    """Whether a WebM stream carries transparency beside its picture."""
    return stream.codec_context.name in _ALPHA_DECODERS and stream.metadata.get("alpha_mode") == "1"


def picture_decoder(stream: VideoStream, threads: int) -> VideoCodecContext:
    """The decoder for a picture stream: with transparency where there is any, frame-threaded."""
    decoder = stream.codec_context
    if is_see_through_webm(stream):
        decoder = cast(VideoCodecContext, CodecContext.create(_ALPHA_DECODERS[decoder.name], "r"))
        if stream.codec_context.extradata:
            decoder.extradata = stream.codec_context.extradata
    decoder.thread_type = "FRAME"
    decoder.thread_count = threads
    return decoder
