"""The sound of a file one block after another, from any place on, each with its exact position."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from fractions import Fraction
from typing import cast

import av.error
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.codec.context import CodecContext, Flags2
from av.container import InputContainer
from av.packet import Packet
from av.stream import Discard
from numpy.typing import NDArray

from engines.errors import MediaError
from engines.media.downmix import stereo
from engines.media.opening import open_input, sound_stream

Block = tuple[int, NDArray[np.float32]]
"""The position of the first sample on the file's own clock, in samples, and (n, 2) float32."""

_NOISY = frozenset({"aac", "ac3", "eac3", "dts"})
"""Codecs that fill in noise from a running generator: only a new decoder gives the same samples again."""
_RUN_UP_SECONDS = Fraction(1, 3)
"""Decoded before the place asked for: windows overlap, and MP3 takes bits from blocks before."""
_JITTER_SECONDS = Fraction(1, 250)
"""Timestamps that stray less than this from the count are jitter of the recorder, not a gap."""
_MARK_SECONDS = 1


class SoundStream:
    """Decodes in order. Positions are exact also where the clock of the file is too coarse to say them (Matroska and WebM
    count milliseconds): there they rest on the codec's fixed block length, or are counted from the start.
    """

    def __init__(self, path: str, name: str = "") -> None:
        self._path = path
        self._name = name or path
        self._container: InputContainer | None = None
        self._packets: Iterator[Packet[AudioStream]] = iter(())
        self._open()
        self._marks: list[tuple[int, int]] = []
        ticks = self._tick * self.rate  # samples a tick
        self._block = int(self._stream.codec_context.frame_size or 0)
        self._is_fine = ticks.numerator == 1 or ticks in (2, 4)
        self._is_counted = not self._is_fine and not self._block and ticks > 1
        self._rounding = int(3 * ticks) + 2
        self._gap = max(self._rounding, int(_JITTER_SECONDS * self.rate))
        first = self._read()
        self._origin = first.pts if first is not None and first.pts is not None else 0
        self._base = round(self._origin * ticks)

    def close(self) -> None:
        """Let go of the file."""
        if self._container is not None:
            self._container.close()
            self._container = None

    def first_position(self) -> int:
        """Position of the first sample that is heard. Raises MediaError where there is none."""
        for position, samples in self.blocks(None):
            if len(samples):
                return position
        raise MediaError(f"No sound of “{self._name}” can be decoded: it is damaged or cut off.", self._path)

    def end_position(self) -> int:
        """Position after the last sample that is heard."""
        assert self._container is not None  # noqa: S101  # closed readers are not asked
        length = Fraction(self._container.duration or 0, 1_000_000)
        end = 0
        for start in (int(length * self.rate), None):
            for position, samples in self.blocks(start):
                end = max(end, position + len(samples))
            if end:
                break
        return end

    def blocks(self, start: int | None) -> Iterator[Block]:
        """Blocks in order from before position `start` (None: from the first) to the end; all from `start` on are right.

        Samples that are not to be heard (what an encoder put before the start and after the end) are left out.
        """
        packet, position = self._beginning(start)
        decoder = self._new_decoder()
        skipped = 0
        while packet is not None:
            following = self._read()
            before, after = _unheard(packet)
            skipped = max(skipped, before)
            for samples in _decoded(decoder, packet):
                position = self._position(packet, position)
                count = len(samples)
                front = min(skipped, count)
                skipped -= front
                end = count - after if following is not None else min(count - after, self._stated_length(packet, count))
                if not packet.is_discard and front < end:
                    yield position + front, samples[front:end]
                position += count
            packet = following

    def _open(self) -> None:
        self.close()
        self._container = open_input(self._path)
        stream = sound_stream(self._container)
        if stream is None or not stream.codec_context.sample_rate:
            self.close()
            raise MediaError(f"“{self._name}” has no sound.", self._path)
        self._stream: AudioStream = stream
        self.rate = int(stream.codec_context.sample_rate)
        self._tick = Fraction(stream.time_base or Fraction(1, self.rate))
        for other in self._container.streams:
            other.discard = Discard.default if other.index == stream.index else Discard.all
        self._packets = self._container.demux(stream)

    def _new_decoder(self) -> AudioCodecContext:
        """A decoder in its first state, which leaves it to us what to skip: it would not tell how much it skipped."""
        own = self._stream.codec_context
        if own.codec.canonical_name in _NOISY:
            decoder = cast(AudioCodecContext, CodecContext.create(own.codec.name, "r"))
            if own.extradata:
                decoder.extradata = own.extradata
            decoder.sample_rate = own.sample_rate
            decoder.layout = own.layout.name
        else:
            decoder = own
            decoder.flush_buffers()
        decoder.flags2 |= Flags2.skip_manual
        return decoder

    def _beginning(self, start: int | None) -> tuple[Packet[AudioStream] | None, int | None]:
        """The packet to start decoding with, and its position where that is known better than by its timestamp."""
        if start is not None and self._is_counted:
            return self._marked(start)
        if start is not None:
            wanted = int((Fraction(start, self.rate) - _RUN_UP_SECONDS) / self._tick)
            target, step = wanted, max(1, int(1 / self._tick))
            while target > self._origin:
                packet = self._seek(target)
                if packet is not None and packet.pts is not None and packet.pts <= wanted:
                    return packet, None
                target -= step
                step *= 4
        return self._seek_start(), None

    def _marked(self, start: int) -> tuple[Packet[AudioStream] | None, int | None]:
        """For counted positions: the packet of the last known place well before `start`, and its position."""
        run_up = int(_RUN_UP_SECONDS * self.rate)
        known = next((mark for mark in reversed(self._marks) if mark[1] <= start - run_up), None)
        if known is not None:
            pts, position = known
            packet = self._seek(pts)
            while packet is not None and packet.pts is not None and packet.pts < pts:
                packet = self._read()
            if packet is not None and packet.pts == pts:
                return packet, position
        return self._seek_start(), None

    def _seek(self, target: int) -> Packet[AudioStream] | None:
        assert self._container is not None  # noqa: S101  # closed readers are not asked
        try:
            self._container.seek(target, stream=self._stream, backward=True)
        except av.error.FFmpegError:
            return None
        self._packets = self._container.demux(self._stream)
        return self._read()

    def _seek_start(self) -> Packet[AudioStream] | None:
        """The very first packet; files that cannot seek to it are opened again."""
        packet = self._seek(self._origin)
        if packet is None or packet.pts != self._origin:
            self._open()
            packet = self._read()
        return packet

    def _read(self) -> Packet[AudioStream] | None:
        """The next packet that holds something, or None at the end."""
        try:
            packet = next(self._packets, None)
        except av.error.FFmpegError:
            return None
        return packet if packet is not None and packet.size else None

    def _position(self, packet: Packet[AudioStream], counted: int | None) -> int:
        """Where the next block of `packet` lies: as counted, unless its timestamp says there is a gap."""
        if packet.pts is None:
            return self._base if counted is None else counted
        stated = round(packet.pts * self._tick * self.rate)
        if not self._is_fine and self._block:
            on_grid = self._base + round((stated - self._base) / self._block) * self._block
            stated = on_grid if abs(on_grid - stated) <= self._rounding else stated
        position = stated if counted is None or abs(stated - counted) > self._gap else counted
        if self._is_counted and (not self._marks or position >= self._marks[-1][1] + _MARK_SECONDS * self.rate):
            self._marks.append((packet.pts, position))
        return position

    def _stated_length(self, packet: Packet[AudioStream], count: int) -> int:
        """How much of the last block is sound: an MP4 says so by the duration of its packet."""
        if not self._is_fine or not packet.duration:
            return count
        return min(count, round(packet.duration * self._tick * self.rate))


def _decoded(decoder: AudioCodecContext, packet: Packet[AudioStream]) -> list[NDArray[np.float32]]:
    """The sound in a packet; a damaged one holds none."""
    try:
        frames: list[AudioFrame] = decoder.decode(packet)
    except av.error.FFmpegError:
        return []
    return [stereo(frame) for frame in frames]


def _unheard(packet: Packet[AudioStream]) -> tuple[int, int]:
    """How many samples at the front and at the back of a packet are not to be heard."""
    if not packet.has_sidedata("skip_samples"):
        return 0, 0
    before, after = struct.unpack_from("<II", bytes(packet.get_sidedata("skip_samples")))
    return int(before), int(after)
