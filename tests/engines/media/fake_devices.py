"""A video device made of software, which can be told to misbehave as drivers do. Sent to the trial's process by name."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from typing import Any

import av.error
from av.codec.context import CodecContext
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from engines.media.hardware import Device, DeviceFault, PictureDecoder


@dataclass(frozen=True)
class FakeDevice(Device):
    """Gives NV12 as most devices do. `mode`: what goes wrong, `after`: so many pictures (refuse: at opening)."""

    id: str = "fake"
    name: str = "Fake"
    systems: tuple[str, ...] = ("",)
    encoder: str = "libx264"
    mode: str = ""
    after: int = 20
    opened: list[int] = field(default_factory=list)

    can_decode = True

    def why_not(self) -> str:
        return "There is none." if self.mode == "absent" else ""

    def open_decoder(self, stream: VideoStream) -> PictureDecoder:
        if self.mode == "refuse":
            raise DeviceFault("no free session")
        self.opened.append(1)
        return FakeDecoder(stream, self.mode, self.after)

    def encoder_options(self, quality: float) -> dict[str, str]:
        if self.mode == "fail":
            return {"profile": "there is no such profile"}
        return {"preset": "ultrafast", "crf": "51" if self.mode == "wrong" else str(round(quality)), "bf": "0"}


class FakeDecoder:
    """Works like the real one until it does not."""

    def __init__(self, stream: VideoStream, mode: str, after: int) -> None:
        plain = stream.codec_context
        decoder = CodecContext.create(plain.name, "r")
        assert isinstance(decoder, VideoCodecContext)
        if plain.extradata:
            decoder.extradata = plain.extradata
        decoder.thread_count = 1
        self._decoder, self._mode, self._left = decoder, mode, after
        self.reorder_depth = 2

    @property
    def skip_frame(self) -> Any:
        return self._decoder.skip_frame

    @skip_frame.setter
    def skip_frame(self, what: Any) -> None:
        self._decoder.skip_frame = what

    def flush_buffers(self) -> None:
        self._decoder.flush_buffers()

    def decode(self, packet: Packet[VideoStream] | None = None) -> list[VideoFrame]:
        return [out for frame in self._decoder.decode(packet) for out in self._given(frame)]

    def _given(self, frame: VideoFrame) -> list[VideoFrame]:
        self._left -= 1
        result = frame.reformat(format="nv12")
        if self._left >= 0:
            return [result]
        if self._mode == "fail":
            raise av.error.ExternalError(542398533, "the device is gone")
        if self._mode == "hang":
            time.sleep(600)
        if self._mode == "crash":
            os._exit(139)
        if self._mode == "lost" and self._left == -1:
            return []
        if self._mode == "twice" and self._left == -1:
            return [result, result]
        if self._mode == "wrong":
            for plane in result.planes:
                plane.update(b"\x40" * plane.buffer_size)
        return [result]
