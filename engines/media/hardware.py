"""Video devices: which there are, and decoding on one of them so that software can take over at any picture.

A device is used only after a trial in a process of its own gave right pictures (see `hardware_trial`).
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, cast

import av
import av.error
from av.codec.context import CodecContext
from av.codec.hwaccel import HWAccel, hwdevices_available
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from engines.media.opening import is_see_through_webm, picture_decoder

_PLAIN = frozenset({"yuv420p", "yuvj420p"})
_LEAST_PIXELS = 1280 * 720
"""Smaller pictures are decoded sooner than a device answers."""


class PictureDecoder(Protocol):
    """What is asked of the decoder of one stream; the codec library's own decoders are such."""

    skip_frame: Any
    reorder_depth: int

    def decode(self, packet: Packet[VideoStream] | None = None) -> list[VideoFrame]:
        """The pictures that come out when a packet goes in; None: all that are left."""

    def flush_buffers(self) -> None:
        """Forget everything; packets from another place follow."""


Decoding = Callable[[VideoStream, int], PictureDecoder]
"""Gives the decoder for a stream with so many threads: what readers are handed."""


class DeviceFault(Exception):  # noqa: N818 - it never reaches a user: software takes over
    """A device did not do what it promised."""


@dataclass(frozen=True)
class Device:
    """One kind of video hardware, by the names FFmpeg knows it. Sent to the trial's process whole."""

    id: str
    name: str
    systems: tuple[str, ...]
    """Starts of `sys.platform`."""
    decodes: str = ""
    """Type of the decoding device; empty: it does not decode."""
    own_decoders: str = ""
    """Ending of its own decoders' names, such as `_qsv`; empty: the usual decoders use the device."""
    encoder: str = ""
    quality: tuple[tuple[str, str], ...] = ()
    """The encoder's options; `{}` stands for the quality wanted, 0 (best) to 51."""
    pixels: str = "yuv420p"
    signs: tuple[str, ...] = ()
    """Files of which one is there when the driver is (Linux)."""
    codecs: frozenset[str] = frozenset({"h264", "hevc", "vp9", "av1"})

    def why_not(self) -> str:
        """A sentence when there is nothing to try, else empty. Costs nothing."""
        if not sys.platform.startswith(self.systems):
            return "Not for this system."
        if not self.can_decode and not self.can_encode:
            return "The FFmpeg inside Starcut was built without it."
        if sys.platform.startswith("linux") and not any(Path(sign).exists() for sign in self.signs):
            return "This computer has no such device, or its driver is not installed."
        return ""

    @property
    def can_decode(self) -> bool:
        """Whether the codec library has this kind of device."""
        return bool(self.decodes) and self.decodes in hwdevices_available()

    @property
    def can_encode(self) -> bool:
        """Whether the codec library has its encoder."""
        return bool(self.encoder) and self.encoder in av.codecs_available

    def open_decoder(self, stream: VideoStream) -> PictureDecoder:
        """A decoder of a stream on the device. Raises DeviceFault."""
        plain = stream.codec_context
        accelerator = HWAccel(self.decodes, allow_software_fallback=False)
        try:
            name = plain.codec.canonical_name + self.own_decoders
            decoder = cast(VideoCodecContext, CodecContext.create(name, "r", hwaccel=accelerator))
            if plain.extradata:
                decoder.extradata = plain.extradata
            decoder.thread_count = 1
        except (av.error.FFmpegError, NotImplementedError, ValueError, RuntimeError, OSError) as error:
            raise DeviceFault(str(error)) from error
        if not decoder.is_hwaccel:
            raise DeviceFault("the device does not take this codec")
        return decoder

    def encoder_options(self, quality: float) -> dict[str, str]:
        """The encoder's options for a quality."""
        return {name: text.format(round(quality)) for name, text in self.quality}


_RENDER_NODES = ("/dev/dri/renderD128", "/dev/dri/renderD129")
DEVICES = (
    Device(
        "cuda",
        "NVIDIA",
        ("linux", "win32"),
        "cuda",
        encoder="h264_nvenc",
        quality=(("preset", "p5"), ("rc", "vbr"), ("cq", "{}"), ("b", "0")),
        signs=("/dev/nvidia0", "/proc/driver/nvidia/version", "/dev/dxg"),
    ),
    Device(
        "qsv",
        "Intel Quick Sync",
        ("linux", "win32"),
        "qsv",
        own_decoders="_qsv",
        encoder="h264_qsv",
        quality=(("global_quality", "{}"),),
        pixels="nv12",
        signs=_RENDER_NODES,
    ),
    Device("vaapi", "VAAPI", ("linux",), "vaapi", signs=_RENDER_NODES),
    Device("d3d11va", "Direct3D 11", ("win32",), "d3d11va"),
    Device(
        "amf",
        "AMD AMF",
        ("linux", "win32"),
        encoder="h264_amf",
        quality=(("rc", "cqp"), ("qp_i", "{}"), ("qp_p", "{}")),
        signs=("/opt/amdgpu-pro", "/usr/lib/x86_64-linux-gnu/libamfrt64.so.1"),
    ),
    Device(
        "videotoolbox",
        "VideoToolbox",
        ("darwin",),
        "videotoolbox",
        encoder="h264_videotoolbox",
        quality=(("allow_sw", "0"),),
        pixels="nv12",
        codecs=frozenset({"h264", "hevc"}),
    ),
)
"""All kinds known, the best first."""


def device_named(device_id: str, devices: tuple[Device, ...] = DEVICES) -> Device | None:
    """A device by its id."""
    return next((one for one in devices if one.id == device_id), None)


class DeviceDecoding:
    """Decodes on a device what is worth it, and in software for good once the device has failed. Any thread may ask."""

    def __init__(self, failed: Callable[[Device, str], None] = lambda device, why: None) -> None:
        self._failed = failed
        self._lock = threading.Lock()
        self._device: Device | None = None

    @property
    def device(self) -> Device | None:
        """What streams opened from now on are decoded on; None: software."""
        return self._device

    def use(self, device: Device | None) -> None:
        """Choose. Streams that are open stay with what they have."""
        self._device = device

    def __call__(self, stream: VideoStream, threads: int) -> PictureDecoder:
        """The decoder for a stream."""
        from engines.media.steady_decoder import SteadyDecoder  # it needs this module

        device = self._device
        if device is None or not _is_worth_it(stream, device):
            return picture_decoder(stream, threads)
        try:
            return SteadyDecoder(stream, threads, device.open_decoder(stream), lambda why: self._give_up(device, why))
        except DeviceFault:  # this film is not for it; the next may be
            return picture_decoder(stream, threads)

    def _give_up(self, device: Device, why: str) -> None:
        with self._lock:
            if self._device is not device:
                return
            self._device = None
        self._failed(device, why)


def _is_worth_it(stream: VideoStream, device: Device) -> bool:
    context = stream.codec_context
    pixels = context.width * context.height
    is_plain = context.pix_fmt in _PLAIN and not is_see_through_webm(stream)
    return is_plain and pixels >= _LEAST_PIXELS and context.codec.canonical_name in device.codecs
