"""The trial of a video device: a small film with numbered pictures goes through it, in a process that may crash or hang."""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from engines.media.conversion import plane_rows
from engines.media.hardware import Device, DeviceFault, PictureDecoder
from engines.media.opening import open_input, picture_decoder, picture_stream
from engines.media.spawned import without_main

LIMIT_SECONDS = 40.0
_WIDTH, _HEIGHT, _FRAMES = 1280, 720, 48
_RATE = Fraction(25)
_BITS = 8
_LEAST_DECODED_DB = 50.0
"""Decoding H.264 is exact by its standard; a little is left for devices that round in the conversion."""
_LEAST_ENCODED_DB = 30.0


@dataclass(frozen=True)
class Trial:
    """What came of it. An empty `decoding_fault` or `encoding_fault` means right pictures; speeds in pictures a second."""

    device_id: str
    decoding_fault: str = ""
    encoding_fault: str = ""
    decoding_fps: float = 0.0
    encoding_fps: float = 0.0
    software_decoding_fps: float = 0.0
    software_encoding_fps: float = 0.0

    @property
    def is_quicker(self) -> bool:
        """Whether decoding there is right and worth it."""
        return not self.decoding_fault and self.decoding_fps > self.software_decoding_fps


def try_device(device: Device, limit: float = LIMIT_SECONDS) -> Trial:
    """Try a device in a process of its own, ended after `limit` seconds. Never raises for what the device does."""
    if why := device.why_not():
        return Trial(device.id, why, why)
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(theirs, device), name=f"trial of {device.id}", daemon=True)
    with without_main():
        process.start()
    theirs.close()
    fault = f"The trial was given up after {limit:g} seconds: the driver hangs."
    try:
        if ours.poll(limit):
            return _received(ours)
    except (EOFError, OSError):  # Windows says a broken pipe where others say the end
        fault = "The driver crashed in the trial."
    finally:
        ours.close()
        process.kill()
        process.join()
    return Trial(device.id, fault, fault)


def _received(line: Connection) -> Trial:
    trial = line.recv()
    assert isinstance(trial, Trial)  # noqa: S101 - for the type checker
    return trial


def _serve(line: Connection, device: Device) -> None:
    """The process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is meant for the asker, who ends us
    with suppress(OSError, AttributeError):
        os.nice(10)
    line.send(trial_here(device))


def trial_here(device: Device) -> Trial:
    """The trial in this process: only for processes that may die of it."""
    with tempfile.TemporaryDirectory(prefix="starcut-trial-") as folder:
        film = Path(folder) / "software.mp4"
        coded = _encoded(film, "libx264", {"preset": "ultrafast", "crf": "16", "bf": "2", "g": "12"}, "yuv420p")
        pictures, soft = _decoded(film, lambda stream: picture_decoder(stream, 0))
        decoding, decoding_fps = _decoding(device, film, pictures)
        encoding, encoding_fps = _encoding(device, Path(folder) / "device.mp4")
        return Trial(device.id, decoding, encoding, decoding_fps, encoding_fps, soft, coded)


def _decoding(device: Device, film: Path, wanted: list[NDArray[np.uint8]]) -> tuple[str, float]:
    """A fault in words or none, and the speed."""
    if not device.can_decode:
        return "The FFmpeg inside Starcut cannot decode on it.", 0.0
    try:
        found, fps = _decoded(film, device.open_decoder)
    except DeviceFault as fault:
        return f"It cannot be opened: {fault}.", 0.0
    except (av.error.FFmpegError, OSError, ValueError) as error:
        return f"Decoding failed: {error}.", 0.0
    return _compared(found, wanted, _LEAST_DECODED_DB), fps


def _encoding(device: Device, film: Path) -> tuple[str, float]:
    if not device.can_encode:
        return "The FFmpeg inside Starcut cannot encode on it.", 0.0
    try:
        fps = _encoded(film, device.encoder, device.encoder_options(20), device.pixels)
        found, _ = _decoded(film, lambda stream: picture_decoder(stream, 0))
    except (av.error.FFmpegError, OSError, ValueError) as error:
        return f"Encoding failed: {error}.", 0.0
    return _compared(found, [_picture(number) for number in range(_FRAMES)], _LEAST_ENCODED_DB), fps


def _compared(found: list[NDArray[np.uint8]], wanted: list[NDArray[np.uint8]], least: float) -> str:
    """Empty when all pictures are there, in their order, and right."""
    if len(found) != len(wanted):
        return f"It gave {len(found)} pictures of {len(wanted)}."
    for number, (got, due) in enumerate(zip(found, wanted, strict=True)):
        if got.shape != due.shape:
            return "It gave pictures of another size."
        if _number_in(got) != number:
            return f"It gave picture {_number_in(got)} in the place of {number}."
        error = float(np.mean((got.astype(np.float32) - due) ** 2))
        if error > 0 and 10 * np.log10(255**2 / error) < least:
            return f"Picture {number} is wrong ({10 * np.log10(255**2 / error):.0f} dB)."
    return ""


def _picture(number: int) -> NDArray[np.uint8]:
    """Luma: a gradient that wanders, and the number as black and white fields at the top."""
    across = (np.arange(_WIDTH) + 7 * number) % 220 + 16
    luma = np.broadcast_to(across, (_HEIGHT, _WIDTH)).astype(np.uint8)
    luma[_HEIGHT // 2 :] = luma[_HEIGHT // 2 :, ::-1]
    field = _WIDTH // _BITS
    for bit in range(_BITS):
        luma[:80, bit * field : (bit + 1) * field] = 235 if number >> bit & 1 else 16
    return luma


def _number_in(luma: NDArray[np.uint8]) -> int:
    field = luma.shape[1] // _BITS
    middle = luma[20:60, field // 4 :: field][:, :_BITS].mean(axis=0)
    return sum(1 << bit for bit in range(len(middle)) if middle[bit] > 125)


def _encoded(film: Path, encoder: str, options: dict[str, str], pixels: str) -> float:
    """Write the numbered film; pictures a second."""
    planes = [_picture(number) for number in range(_FRAMES)]
    started = perf_counter()
    with av.open(str(film), "w", format="mp4") as container:
        stream = container.add_stream(encoder, rate=_RATE, options=options)
        assert isinstance(stream, VideoStream)  # noqa: S101 - for the type checker
        stream.width, stream.height, stream.pix_fmt = _WIDTH, _HEIGHT, pixels
        for number, luma in enumerate(planes):
            frame = VideoFrame(_WIDTH, _HEIGHT, "yuv420p")
            plane_rows(frame.planes[0])[:, :_WIDTH] = luma
            for plane in frame.planes[1:]:
                plane_rows(plane)[:] = 128
            frame.pts, frame.time_base = number, 1 / _RATE
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return _FRAMES / (perf_counter() - started)


def _decoded(film: Path, opened: Callable[[VideoStream], PictureDecoder]) -> tuple[list[NDArray[np.uint8]], float]:
    """The luma of all pictures, in the order they come; and pictures a second."""
    started = perf_counter()
    lumas = [plane_rows(frame.planes[0])[:, : frame.width].copy() for frame in _frames(film, opened)]
    return lumas, len(lumas) / (perf_counter() - started)


def _frames(film: Path, opened: Callable[[VideoStream], PictureDecoder]) -> Iterator[VideoFrame]:
    container = open_input(str(film))
    try:
        stream = picture_stream(container)
        assert stream is not None  # noqa: S101 - we wrote it
        decoder = opened(stream)
        for packet in container.demux(stream):
            yield from decoder.decode(packet if packet.size else None)
    finally:
        container.close()
