"""A film of copied and encoded pictures in one MP4 that any player takes for a plain one (avc1)."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from threading import RLock
from typing import Any

import av.error
from av.packet import Packet
from av.video.frame import PictureType
from av.video.stream import VideoStream

from effects.frame import Frame
from engines.export.smart_h264 import (
    HIGH,
    IDR,
    MOST_PPS,
    MOST_SPS,
    PPS,
    SPS,
    ParameterSets,
    make_avcc,
    split_start_codes,
    unit_type,
    with_lengths,
)
from engines.export.smart_source import CopiedPacket, Unfit
from engines.media.conversion import plane_rows
from engines.media.writer import MovieWriter

_PROFILES = {66: "Baseline", 77: "Main", HIGH: "High"}


class MadePacket:
    """One encoded packet: its bytes as MP4 holds them, and the number of its frame among all encoded ones."""

    __slots__ = ("data", "is_key", "number")

    def __init__(self, data: bytes, number: int, is_key: bool) -> None:
        self.data, self.number, self.is_key = data, number, is_key


def digest(data: bytes) -> bytes:
    """What a packet is recognised by."""
    return blake2b(data, digest_size=12).digest()


class SmartWriter(MovieWriter):
    """Writes packets of sources beside its own. Pieces are closed: each begins with a key picture of the IDR kind.

    The pictures that are encoded use parameter sets of their own id, so that one decoder record holds all sets and no
    source's packet is changed by a bit. `reorder`: by how many frames the coded order of any piece differs from the shown.
    `samples`: how much sound there will be. Encoding (`encode`, `flush`), sound (`write_samples`) and the rest may each have
    a thread of their own; `close` comes after all of them.
    """

    def __init__(
        self,
        path: Path,
        *,
        sets: Sequence[ParameterSets],
        profile: int,
        reorder: int,
        own_id: int,
        samples: int,
        **settings: Any,
    ) -> None:
        self._sets, self._profile, self._own_id = sets, profile, own_id
        self.reorder = reorder
        self._muxing = RLock()
        self._samples_total = samples
        self._encoded = 0
        self._coded = 0
        self.digests: list[bytes] = []
        super().__init__(path, **settings)
        with self._writing():
            if self._audio is not None:
                self._audio.codec_context.open(strict=False)
            self._container.start_encoding()

    def abort(self) -> None:
        """Stop and delete the file."""
        with self._muxing:
            super().abort()

    def _container_options(self) -> dict[str, str]:
        """The muxer waits for the picture however far the sound is ahead: its packets belong between the picture's."""
        return super()._container_options() | {"max_interleave_delta": "0"}

    def _sound_length(self) -> int:
        return self._samples_total

    def _mux(self, packets: list[Packet[Any]]) -> None:
        with self._muxing:
            if self._open:
                super()._mux(packets)

    def _add_picture(self, crf: float, preset: str, key_frame_seconds: float) -> VideoStream:
        stream = super()._add_picture(crf, preset, key_frame_seconds)
        context = stream.codec_context
        extra = {"forced-idr": "1", "x264-params": f"sps-id={self._own_id}"}
        if self.reorder < 2:
            extra |= {"bf": "0"} if self.reorder == 0 else {"b-pyramid": "none"}
        context.options = {**context.options, **extra}
        context.profile = _PROFILES[self._profile]
        try:
            context.open()
        except (av.error.FFmpegError, ValueError) as error:
            raise Unfit("the encoder cannot make frames that fit the copied ones") from error
        own = split_start_codes(context.extradata or b"")
        every = [
            *self._sets,
            ParameterSets(
                tuple(unit for unit in own if unit_type(unit) == SPS),
                tuple(unit for unit in own if unit_type(unit) == PPS),
            ),
        ]
        context.extradata = make_avcc(
            ParameterSets(
                tuple(dict.fromkeys(unit for sets in every for unit in sets.sps)),
                tuple(dict.fromkeys(unit for sets in every for unit in sets.pps)),
            )
        )
        return stream

    def encode(self, frame: Frame, *, starts_piece: bool) -> list[MadePacket]:
        """Encode the next picture; gives packets that are ready, in coded order. `starts_piece` makes it a clean start."""
        self._picture.make_writable()
        for plane, source in zip(self._picture.planes, frame.planes[:3], strict=True):
            plane_rows(plane)[:, : plane.width] = source
        self._picture.pts = self._encoded
        self._picture.time_base = 1 / self.rate
        self._picture.pict_type = PictureType.I if starts_piece else PictureType.NONE
        self._encoded += 1
        with self._writing():
            return [_made(packet) for packet in self._video.encode(self._picture)]

    def flush(self) -> list[MadePacket]:
        """The packets the encoder still holds."""
        with self._writing():
            return [_made(packet) for packet in self._video.encode(None)]

    def write_packet(self, packet: CopiedPacket | MadePacket, shown: int) -> None:
        """Append a packet of the picture that the film shows as number `shown`. In coded order. Raises ExportError, Unfit."""
        coded = self._coded - self.reorder
        if coded > shown:
            raise Unfit("frames are reordered further than their file says")
        ready = Packet(packet.data)
        ready.stream = self._video
        ready.time_base = 1 / self.rate
        ready.pts, ready.dts, ready.duration = shown, coded, 1
        ready.is_keyframe = packet.is_key
        self._coded += 1
        self.digests.append(digest(packet.data))
        with self._writing():
            self._mux([ready])
        self.frames_written += 1

    def _finish_picture(self) -> None:
        """The encoder was emptied before."""


def free_id(taken: Sequence[ParameterSets]) -> int:
    """An id that no set of the sources has. Raises Unfit where all are taken."""
    used = {number for sets in taken for _, number in sets.ids()}
    found = next((number for number in range(1, MOST_SPS + 1) if number not in used), None)
    if found is None or sum(len(sets.pps) for sets in taken) >= MOST_PPS:
        raise Unfit("there are too many parameter sets")
    return found


def _made(packet: Packet[VideoStream]) -> MadePacket:
    units = [unit for unit in split_start_codes(bytes(packet)) if unit_type(unit) not in (SPS, PPS)]
    is_clean = any(unit_type(unit) == IDR for unit in units)
    return MadePacket(with_lengths(units), packet.pts or 0, is_clean)
