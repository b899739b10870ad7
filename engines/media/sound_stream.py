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
from av.sidedata.sidedata import SideData
from av.stream import Discard
from numpy.typing import NDArray

from engines.errors import MediaError
from engines.media.downmix import stereo
from engines.media.opening import close_input, demuxed, open_input, sound_stream
from engines.media.trial import make_sure

Block = tuple[int, NDArray[np.float32]]
"""The position of the first sample on the file's own clock, in samples, and (n, 2) float32."""

_REMEMBERING = frozenset({"aac", "ac3", "eac3", "dts", "vorbis", "opus"})
"""Codecs that keep something over a flush (a noise generator, a first block): only a new decoder gives the same again."""
_RUN_UP_SECONDS = Fraction(1, 3)
"""Decoded before the place asked for: windows overlap, and MP3 takes bits from blocks before."""
_JITTER_SECONDS = Fraction(1, 250)
"""Timestamps that stray less than this from the count are jitter of the recorder, not a gap."""
_COUNTED_JITTER_SECONDS = Fraction(1, 10)
"""The same where positions are counted: Vorbis blocks of changing length are stamped up to a block too late."""
_MARK_SECONDS = 1


class SoundStream:
    """Decodes in order. Positions are exact also where the clock of the file is too coarse to say them (Matroska and WebM
    count milliseconds): there they rest on the codec's fixed block length, or are counted from the start. `damaged_at` is
    the first position found damaged.
    """

    def __init__(self, path: str, name: str = "") -> None:
        self._path = path
        self._name = name or path
        self._container: InputContainer | None = None
        self._packets: Iterator[Packet[AudioStream]] = iter(())
        self._ahead: Packet[AudioStream] | None = None
        self._marks: list[tuple[int, int]] = []
        self._is_counted_out = False
        self.damaged_at: int | None = None
        self._open()
        ticks = self._tick * self.rate  # samples a tick
        self._block = int(self._stream.codec_context.frame_size or 0)
        self._is_fine = ticks.numerator == 1 or ticks in (2, 4)
        self._is_counted = not self._is_fine and not self._block and ticks > 1
        self._rounding = int(3 * ticks) + 2
        jitter = _COUNTED_JITTER_SECONDS if self._is_counted else _JITTER_SECONDS
        self._gap = max(self._rounding, int(jitter * self.rate))
        first = self._read()
        self._origin = first.pts if first is not None and first.pts is not None else 0
        self._base = round(self._origin * ticks)
        priming = self._priming(first)
        if self._base < 0 and not self._is_fine and abs(self._base + priming) <= self._rounding:
            self._base = -priming
        self._audible_from = self._base + priming

    def close(self) -> None:
        """Let go of the file."""
        if self._container is not None:
            close_input(self._container)
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
        return self._run(*self._beginning(start))

    def _run(self, packet: Packet[AudioStream] | None, marked: int | None) -> Iterator[Block]:
        """Blocks from `packet` on, the sound of which ends at position `marked` (None: its timestamp decides)."""
        decoder = self._new_decoder()
        position: int | None = None
        while packet is not None:
            following = self._read()
            samples = _decoded(decoder, packet, self.rate)
            if samples is None:
                self._found_damage(position)
                samples = np.zeros((0, 2), np.float32)
            count = len(samples)
            if marked is not None:  # the first block after a jump may be missing, so its end is what is noted
                position, marked = marked - count, None
            elif count:
                position = self._position(packet, position)
            if position is not None:
                front = max(0, self._audible_from - position)
                end = count - _unheard(packet)[1]
                if following is None:
                    end = min(end, self._stated_length(packet, count))
                if not packet.is_discard and front < end:
                    yield position + front, samples[front:end]
                position += count
                self._mark(packet, position)
            packet = following

    def _open(self) -> None:
        self.close()
        make_sure(self._path)
        self._container = open_input(self._path)
        stream = sound_stream(self._container)
        if stream is None:
            self.close()
            raise MediaError(f"“{self._name}” has no sound.", self._path)
        self._stream: AudioStream = stream
        self.rate = int(stream.codec_context.sample_rate)
        self._tick = Fraction(stream.time_base or Fraction(1, self.rate))
        for other in self._container.streams:
            other.discard = Discard.default if other.index == stream.index else Discard.all
        self._packets = demuxed(self._container, stream)
        self._ahead = None

    def _new_decoder(self) -> AudioCodecContext:
        """A decoder in its first state, which leaves it to us what to skip: it would not tell how much it skipped."""
        own = self._stream.codec_context
        if own.codec.canonical_name in _REMEMBERING:
            decoder = cast(AudioCodecContext, CodecContext.create(own.codec.name, "r"))
            if own.extradata:
                decoder.extradata = own.extradata
            decoder.sample_rate = own.sample_rate
        else:
            decoder = own
            decoder.flush_buffers()
        decoder.flags2 |= Flags2.skip_manual
        return decoder

    def _priming(self, packet: Packet[AudioStream] | None) -> int:
        """Samples at the very start that are not to be heard. Files and decoders say so once: not again after a seek."""
        if packet is None:
            return 0
        try:
            frame = next(iter(self._new_decoder().decode(packet)), None)
        except av.error.FFmpegError:
            frame = None
        said = cast(SideData | None, frame.side_data.get("SKIP_SAMPLES")) if frame is not None else None
        if said is not None:
            return int(struct.unpack_from("<I", bytes(said))[0])
        return _unheard(packet)[0]

    def _beginning(self, start: int | None) -> tuple[Packet[AudioStream] | None, int | None]:
        """The packet to start decoding with, and where its sound ends if that is known better than by its timestamp."""
        if start is None:
            return self._seek_start(), None
        if self._is_counted:
            return self._marked(start)
        return self._last_at(int((Fraction(start, self.rate) - _RUN_UP_SECONDS) / self._tick)), None

    def _marked(self, start: int) -> tuple[Packet[AudioStream] | None, int | None]:
        """For counted positions: the packet of the last mark well before `start`, and where its sound ends."""
        place = start - int(_RUN_UP_SECONDS * self.rate)
        self._count_to(place)
        pts, end = next((mark for mark in reversed(self._marks) if mark[1] <= place), (self._origin, None))
        packet = self._last_at(pts)
        if packet is None or packet.pts != pts or end is None:
            return self._seek_start(), None
        return packet, end

    def _count_to(self, place: int) -> None:
        """Set marks up to `place`, so that decoding starts at the same one whether or not it was passed before."""
        if self._is_counted_out or (self._marks and self._marks[-1][1] >= place):
            return
        pts, end = self._marks[-1] if self._marks else (self._origin, None)
        for _ in self._run(self._last_at(pts), end):
            if self._marks and self._marks[-1][1] >= place:
                return
        self._is_counted_out = True

    def _mark(self, packet: Packet[AudioStream], end: int) -> None:
        """Remember where the sound of a packet ends, one packet a second."""
        step = _MARK_SECONDS * self.rate
        if self._is_counted and packet.pts is not None and (not self._marks or end >= self._marks[-1][1] + step):
            self._marks.append((packet.pts, end))

    def _last_at(self, wanted: int) -> Packet[AudioStream] | None:
        """The last packet with a timestamp not beyond `wanted`, wherever a seek may land: else the first."""
        target, step = wanted, max(1, int(1 / self._tick))
        while target > self._origin:
            packet = self._seek(target)
            if packet is not None and packet.pts is not None and packet.pts <= wanted:
                following = self._read()
                while following is not None and following.pts is not None and following.pts <= wanted:
                    packet, following = following, self._read()
                self._ahead = following
                return packet
            target -= step
            step *= 4
        return self._seek_start()

    def _seek(self, target: int) -> Packet[AudioStream] | None:
        if self._container is None:  # it could not be opened again the last time
            self._open()
        assert self._container is not None  # noqa: S101  # `_open` raised
        try:
            self._container.seek(target, stream=self._stream, backward=True)
        except av.error.FFmpegError:
            return None
        self._packets = demuxed(self._container, self._stream)
        self._ahead = None
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
        if self._ahead is not None:
            packet, self._ahead = self._ahead, None
            return packet
        return next(self._packets, None)

    def _position(self, packet: Packet[AudioStream], counted: int | None) -> int:
        """Where the next block of `packet` lies: as counted, unless its timestamp says there is a gap."""
        if packet.pts is None:
            return self._base if counted is None else counted
        stated = self._base if packet.pts == self._origin else round(packet.pts * self._tick * self.rate)
        if not self._is_fine and self._block:
            on_grid = self._base + round((stated - self._base) / self._block) * self._block
            stated = on_grid if abs(on_grid - stated) <= self._rounding else stated
        return stated if counted is None or abs(stated - counted) > self._gap else counted

    def _found_damage(self, position: int | None) -> None:
        """Note damage; before the first sound of a run it only says that the run begins in the middle of something."""
        if position is not None:
            self.damaged_at = position if self.damaged_at is None else min(position, self.damaged_at)

    def _stated_length(self, packet: Packet[AudioStream], count: int) -> int:
        """How much of the last block is sound: an MP4 says so by the duration of its packet."""
        if not self._is_fine or not packet.duration:
            return count
        return min(count, round(packet.duration * self._tick * self.rate))


def _decoded(decoder: AudioCodecContext, packet: Packet[AudioStream], rate: int) -> NDArray[np.float32] | None:
    """The sound in a packet, (n, 2) at `rate`; None for a damaged one."""
    try:
        frames: list[AudioFrame] = decoder.decode(packet)
    except av.error.FFmpegError:
        return None
    if len(frames) == 1:
        return _drawn_out(frames[0], packet, rate)
    return np.concatenate([np.zeros((0, 2), np.float32), *map(stereo, frames)])


def _drawn_out(frame: AudioFrame, packet: Packet[AudioStream], rate: int) -> NDArray[np.float32]:
    """A block; where the rate changed midway, as long as its packet lasts: by itself, so it is always the same."""
    samples, own = stereo(frame), frame.sample_rate
    if own == rate or own <= 0 or not len(samples):
        return samples
    lasts = (packet.duration or 0) * Fraction(packet.time_base or 0) or Fraction(len(samples), own)
    count = min(round(lasts * rate), 64 * len(samples))
    places = np.arange(count) * (len(samples) / max(count, 1))
    sides = [np.interp(places, np.arange(len(samples)), side) for side in samples.T]
    return np.stack(sides, axis=1).astype(np.float32)


def _unheard(packet: Packet[AudioStream]) -> tuple[int, int]:
    """How many samples at the front and at the back of a packet are not to be heard."""
    if not packet.has_sidedata("skip_samples"):
        return 0, 0
    before, after = struct.unpack_from("<II", bytes(packet.get_sidedata("skip_samples")))
    return int(before), int(after)
