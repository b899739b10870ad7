"""The packets of a picture stream, with a look at those that come next: what is in a file is known before it is decoded."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from engines.media.opening import demuxed

_READ_AHEAD = 16
"""Packets looked at before they are decoded: no codec shows a picture later than so many after it came."""
_GUESSED_CLOCKS = frozenset({"mpeg"})
"""Formats that state few timestamps: after a jump they are guessed wrong until the first key picture has gone by."""
_CAN_SKIP = frozenset({"h264", "hevc", "mpeg1video", "mpeg2video", "mpeg4", "vp8", "vp9", "av1"})
"""Codecs whose decoders leave out pictures that no other is built on, proven bit for bit by the tests."""
_FIELDS = frozenset({"h264", "hevc"})
"""Codecs in which each half of an interlaced picture may be a packet of its own."""


class Packets:
    """Reads forward from where the container stands. `is_known`: pictures can be told by their packets' timestamps."""

    def __init__(self, container: InputContainer, stream: VideoStream) -> None:
        self._container = container
        self._stream = stream
        self.is_intra = stream.codec_context.codec.intra_only
        self.clock_is_guessed = container.format.name in _GUESSED_CLOCKS
        self.is_known = not self.clock_is_guessed and (self.is_intra or _can_skip(stream))
        self.restart()

    def restart(self) -> None:
        """Forget what was read: the container stands elsewhere."""
        self._coming: Iterator[Packet[VideoStream]] = demuxed(self._container, self._stream)
        self._held: deque[Packet[VideoStream]] = deque()
        self._seen: deque[int] = deque(maxlen=3 * _READ_AHEAD)
        self._clock: int | None = None
        self._has_ended = False

    def next(self) -> Packet[VideoStream] | None:
        """The next packet that holds something, or None at the end."""
        if not self._held:
            self._look_ahead()
        return self._held.popleft() if self._held else None

    @property
    def next_is_key(self) -> bool:
        """Whether decoding can begin anew at the packet that comes next."""
        return bool(self._held) and self._held[0].is_keyframe

    def is_passed(self, packet: Packet[VideoStream], wanted: int) -> bool:
        """Whether a later picture than that of `packet` is shown at `wanted`, so that this one is not seen."""
        if not self.is_known or packet.pts is None or packet.pts >= wanted:
            return False
        if not self._held:
            self._look_ahead()
        return any(packet.pts < seen <= wanted for seen in self._seen)

    def is_last(self, pts: int, wanted: int) -> bool:
        """Whether the picture at `pts` is surely the one shown at `wanted`: no packet read or coming lies between."""
        if not self.is_known:
            return False
        while not self._has_ended and (self._clock is None or self._clock <= wanted):
            if len(self._held) >= _READ_AHEAD:
                return False
            self._look_ahead()
        return self.is_known and not any(pts < seen <= wanted for seen in self._seen)

    def _look_ahead(self) -> None:
        """Hold one more packet, unless there is none."""
        packet = None if self._has_ended else next(self._coming, None)
        if packet is None:
            self._has_ended = True
            return
        self._held.append(packet)
        if packet.is_discard:
            return
        if packet.pts is None:
            self.is_known = False
            return
        self._clock = packet.dts if packet.dts is not None else self._clock
        self._seen.append(packet.pts)


def clock(packet: Packet[VideoStream]) -> int | None:
    """Where a packet stands in its file."""
    return packet.dts if packet.dts is not None else packet.pts


def _can_skip(stream: VideoStream) -> bool:
    """Whether pictures that none is built on can be left out, and are one packet each."""
    context = stream.codec_context
    name = context.codec.canonical_name
    if name not in _CAN_SKIP or (name in _FIELDS and context.field_order not in (0, 1)):
        return False
    return name != "hevc" or _layers(context.extradata or b"") == 1


def _layers(extradata: bytes) -> int:
    """The temporal layers of an HEVC stream, 0 where unknown: a picture no other of its layer needs may serve a higher one.

    ISO/IEC 14496-15, 8.3.3.1 (hvcC) and ITU-T H.265, 7.3.2.1 (video parameter set).
    """
    if len(extradata) > 22 and extradata[0] == 1:
        return extradata[21] >> 3 & 7
    start = extradata.find(b"\x00\x00\x01\x40\x01")
    return (extradata[start + 6] >> 1 & 7) + 1 if 0 <= start < len(extradata) - 6 else 0
