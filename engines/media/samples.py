"""Decoding a little of a file here and there: whoever outlives that will most likely outlive the rest."""

from __future__ import annotations

from contextlib import suppress
from time import perf_counter
from typing import Any

import av
import av.error
from av.container import InputContainer
from av.packet import Packet
from av.stream import Discard, Stream
from av.video.frame import VideoFrame

from engines.media.opening import demuxed, open_input, picture_decoder, picture_stream, sound_stream

SECONDS = 0.25
"""For all samples of a file; what is begun is finished."""
_PLACES = (0.0, 0.999, 0.5, 0.25, 0.75)
"""Shares of the length, the likeliest trouble first: where a file was cut off, then its middle."""
_PACKETS = 12
"""Of each stream at a place: a decoder with two threads gives its first pictures."""
_THREADS = 2


def decode_samples(path: str, seconds: float = SECONDS) -> int:
    """Decode some packets of picture and sound at a few places; how many were given to decoders. Raises MediaError."""
    end = perf_counter() + seconds
    with open_input(path) as container:
        decoders = _decoders(container)
        taken = 0
        for place in _PLACES if container.duration else _PLACES[:1]:
            if place:
                if perf_counter() > end:
                    break
                with suppress(av.error.FFmpegError, OSError):
                    container.seek(int(place * (container.duration or 0)) + max(0, container.start_time or 0))
                for decoder in decoders.values():
                    decoder.flush_buffers()
            taken += _taken_at(container, decoders, end)
    return taken


def _decoders(container: InputContainer) -> dict[int, Any]:
    picture, sound = picture_stream(container), sound_stream(container)
    found: dict[int, Any] = {}
    if picture is not None:
        found[picture.index] = picture_decoder(picture, _THREADS)
    if sound is not None:
        found[sound.index] = sound.codec_context
    for stream in container.streams:
        stream.discard = Discard.default if stream.index in found else Discard.all
    return found


def _taken_at(container: InputContainer, decoders: dict[int, Any], end: float) -> int:
    """Decode from where the container stands; the first packets of the file are not spared by the clock."""
    streams: list[Stream] = [container.streams[index] for index in decoders]
    left = dict.fromkeys(decoders, _PACKETS)
    taken = 0
    for packet in demuxed(container, *streams):
        _outlive(decoders[packet.stream_index], packet)
        taken += 1
        left[packet.stream_index] -= 1
        if all(count <= 0 for count in left.values()) or perf_counter() > end or taken > _PACKETS * 20:
            break
    for decoder in decoders.values():
        _outlive(decoder, None)  # what its threads still hold
        decoder.flush_buffers()
    return taken


def _outlive(decoder: Any, packet: Packet[Any] | None) -> None:
    with suppress(av.error.FFmpegError, OSError, ValueError):
        frames = decoder.decode(packet)
        if frames and isinstance(frames[0], VideoFrame):
            frames[0].reformat(width=64, height=36, format="yuv420p")
