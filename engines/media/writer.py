"""Film files: H.264 and AAC in MP4, exact to the frame; and plain WAV."""

from __future__ import annotations

import errno
import os
import struct
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fractions import Fraction
from math import lcm
from pathlib import Path
from types import TracebackType
from typing import Any

import av
import av.error
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from effects.frame import Frame, Layout
from engines.errors import EncoderFault, ExportError
from engines.media.conversion import plane_rows
from engines.media.hardware import Device
from engines.media.note import FIELDS, RECIPE, joined

_BT709 = 1
_LIMITED = 1
_AAC_FRAME = 1024
_LARGEST_CLOCK = 1 << 31
_LARGEST_WAV = (1 << 32) - 64
_CORES = os.cpu_count() or 1
_FEW_CORES = 4
"""On so few the thread that looks ahead in x264 need not hold four pictures more, with all their planes: two keep it as busy
and take 20 MB of 1080p less. The film is the same to the bit; with none a tenth of the cores lies idle."""
_LOW = 288
"""Pictures lower than this: x264's macroblock trees of so few rows come out differently now and then on a busy machine (seen
from 54 to 270 rows in up to two of three films, never from 288 on). Without them the same frames always give the same file."""


class MovieWriter:
    """Writes one MP4 film. Give it frames and samples in order, then `close()`; or `abort()`, which deletes the file.

    The film has as many frames as were written, each exactly 1/rate long, and sound of the same length: what is missing is
    silence, what is over is cut off. A key frame stands at least every `key_frame_seconds`: a seek decodes from the last one.
    `note` is left in the file as its comment, `recipe` as it is: see `engines.media.note`.
    With a `device` its encoder takes the place of x264; what it does wrong raises EncoderFault.
    """

    def __init__(
        self,
        path: Path | str,
        *,
        width: int,
        height: int,
        rate: Fraction,
        sample_rate: int = 48000,
        crf: float = 20,
        preset: str = "veryfast",
        audio_bitrate: int = 192000,
        with_audio: bool = True,
        key_frame_seconds: float = 2.0,
        device: Device | None = None,
        note: str = "",
        recipe: str = "",
    ) -> None:
        if width < 2 or height < 2 or width % 2 or height % 2:
            raise ExportError(f"A film of {width} × {height} pixels cannot be written: both numbers must be even.")
        self.path = Path(path)
        self.rate = Fraction(rate)
        self.sample_rate = sample_rate
        self.frames_written = 0
        self._size = (width, height)
        self._device = device
        self._samples: deque[NDArray[np.float32]] = deque()
        self._samples_waiting = 0
        self._samples_encoded = 0
        self._open = True
        with self._writing():
            self.path.write_bytes(b"")  # a folder that takes no files says so now, not after the first minute
            self._container: OutputContainer = av.open(
                str(self.path), "w", format="mp4", options=self._container_options()
            )
        if note:
            self._container.metadata[FIELDS[0]] = joined([note])
        if recipe:
            self._container.metadata[RECIPE] = recipe
        with self._writing():
            self._video = self._add_picture(crf, preset, key_frame_seconds)
            self._audio = self._add_sound(audio_bitrate) if with_audio else None
            self._picture = VideoFrame(width, height, "yuv420p")

    def write_frame(self, frame: Frame) -> None:
        """Append a picture (YUV 4:2:0, BT.709 limited, of the film's size). Raises ExportError."""
        if frame.layout is not Layout.YUV420 or frame.size != self._size:
            raise ValueError(f"a frame of {frame.size} {frame.layout} does not fit a film of {self._size}")
        with self._writing():
            picture = self._encodable(frame)
            picture.pts = self.frames_written
            picture.time_base = 1 / self.rate
            picture.pict_type = 0  # else x264 may be made to take over the type the source frame had
            self._mux(self._encoded_picture(picture))
            self.frames_written += 1
            self._encode_sound(self._sound_length())

    def _encodable(self, frame: Frame) -> VideoFrame:
        """The decoder's own picture where nothing was done to it, else the planes copied into ours."""
        untouched: VideoFrame | None = frame.derived.get("picture")
        if untouched is not None and untouched.format.name == "yuv420p" and not untouched.interlaced_frame:
            return untouched
        self._picture.make_writable()
        for plane, source in zip(self._picture.planes, frame.planes[:3], strict=True):
            plane_rows(plane)[:, : plane.width] = source
        return self._picture

    def write_samples(self, samples: NDArray[np.float32]) -> None:
        """Append sound: (n, 2) float32, full scale ±1. Raises ExportError."""
        if self._audio is None:
            return
        if samples.ndim != 2 or samples.shape[1] != 2:
            raise ValueError(f"sound has two columns, not the shape {samples.shape}")
        self._samples.append(np.ascontiguousarray(samples, np.float32))
        self._samples_waiting += len(samples)
        with self._writing():
            self._encode_sound(self._sound_length())

    def close(self) -> None:
        """Finish the file. Raises ExportError (and deletes it)."""
        if not self._open:
            return
        with self._writing():
            if self._audio is not None:
                missing = self._sound_length() - self._samples_encoded - self._samples_waiting
                if missing > 0:
                    self._samples.append(np.zeros((missing, 2), np.float32))
                    self._samples_waiting += missing
                self._encode_sound(self._sound_length(), last=True)
                self._mux(self._audio.encode(None))
            self._finish_picture()
            self._container.close()
            self._open = False

    def abort(self) -> None:
        """Stop and delete the file. Never raises for what is broken already."""
        if self._open:
            self._open = False
            with suppress(av.error.FFmpegError, OSError, ValueError):  # the file is thrown away
                self._container.close()
        self.path.unlink(missing_ok=True)

    def __enter__(self) -> MovieWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
        else:
            self.abort()

    def _container_options(self) -> dict[str, str]:
        """Index first; and a clock that says the lengths of picture and sound exactly (its default is milliseconds)."""
        options = {"movflags": "+faststart"}
        exact = lcm(self.rate.numerator, self.sample_rate)
        if exact < _LARGEST_CLOCK:
            options["movie_timescale"] = str(exact)
        return options

    def _encoded_picture(self, picture: VideoFrame | None) -> list[Packet[Any]]:
        """The packets that come out when a picture goes in. Raises EncoderFault for what a device does."""
        try:
            return list(self._video.encode(picture))
        except av.error.FFmpegError as error:
            if self._device is None:
                raise
            raise EncoderFault(f"The encoder of {self._device.name} failed: {error.strerror}.", repr(error)) from error

    def _add_picture(self, crf: float, preset: str, key_frame_seconds: float) -> VideoStream:
        device = self._device
        options = {"crf": str(crf), "preset": preset, "a53cc": "0"} if device is None else device.encoder_options(crf)
        if device is None:
            own = ["sync-lookahead=2"] if _CORES <= _FEW_CORES else []
            own += ["mbtree=0"] if self._size[1] < _LOW else []
            options |= {"x264-params": ":".join(own)} if own else {}
        name = "libx264" if device is None else device.encoder
        try:
            stream = self._container.add_stream(name, rate=self.rate, options=options)
        except ValueError as error:  # this FFmpeg has no such encoder
            raise EncoderFault(f"There is no encoder called {name} here.", repr(error)) from error
        assert isinstance(stream, VideoStream)  # noqa: S101  # for the type checker
        stream.width, stream.height = self._size
        stream.pix_fmt = "yuv420p" if device is None else device.pixels
        stream.time_base = 1 / self.rate
        context = stream.codec_context
        context.time_base = 1 / self.rate
        context.profile = "High"
        context.gop_size = max(1, round(self.rate * Fraction(key_frame_seconds)))
        context.sample_aspect_ratio = Fraction(1)
        context.color_primaries = context.color_trc = context.colorspace = _BT709
        context.color_range = _LIMITED
        if device is None:
            context.thread_type = "FRAME"  # SLICE, the default, is slower
            context.thread_count = 0
        return stream

    def _add_sound(self, bitrate: int) -> AudioStream:
        stream = self._container.add_stream("aac", rate=self.sample_rate)
        assert isinstance(stream, AudioStream)  # noqa: S101  # for the type checker
        stream.codec_context.layout = "stereo"
        stream.codec_context.bit_rate = bitrate
        return stream

    def _finish_picture(self) -> None:
        """Write what the encoder still holds."""
        self._mux(self._encoded_picture(None))

    def _sound_length(self) -> int:
        """Samples that the pictures so far last."""
        return round(self.frames_written / self.rate * self.sample_rate)

    def _encode_sound(self, until: int, last: bool = False) -> None:
        """Encode waiting samples in the encoder's blocks, not beyond `until`; `last` allows a short block."""
        if self._audio is None:
            return
        while True:
            count = min(_AAC_FRAME, until - self._samples_encoded)
            if count <= 0 or count > self._samples_waiting or (count < _AAC_FRAME and not last):
                return
            frame = AudioFrame.from_ndarray(self._taken(count), format="fltp", layout="stereo")
            frame.sample_rate = self.sample_rate
            frame.time_base = Fraction(1, self.sample_rate)
            frame.pts = self._samples_encoded
            self._mux(self._audio.encode(frame))
            self._samples_encoded += count

    def _taken(self, count: int) -> NDArray[np.float32]:
        """The next `count` waiting samples as (2, count)."""
        parts: list[NDArray[np.float32]] = []
        missing = count
        while missing:
            part = self._samples.popleft()
            if len(part) > missing:
                self._samples.appendleft(part[missing:])
                part = part[:missing]
            parts.append(part)
            missing -= len(part)
        self._samples_waiting -= count
        return np.ascontiguousarray(np.concatenate(parts).T)

    def _mux(self, packets: list[Packet[Any]]) -> None:
        for packet in packets:
            self._container.mux(packet)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Translate what the encoder or the disk raises, and leave no half file."""
        try:
            yield
        except (av.error.FFmpegError, OSError) as error:
            if hasattr(self, "_container"):
                self.abort()
            raise unwritable(self.path, error) from error


def unwritable(path: Path, error: Exception) -> ExportError:
    """The sentence for a file that could not be written."""
    number = getattr(error, "errno", None)
    path = path.with_name(path.name.removesuffix(".part"))  # the name the user knows
    if number in (errno.ENOSPC, errno.EDQUOT):
        text = f"The disk is full: “{path.name}” could not be finished. Free some space or choose another folder."
    elif number in (errno.EACCES, errno.EPERM, errno.EROFS):
        text = f"“{path.name}” may not be written in “{path.parent}”. Choose another folder."
    elif number == errno.ENOENT:
        text = f"The folder “{path.parent}” does not exist. Choose another one."
    elif number == errno.EFBIG:
        text = f"“{path.name}” grew larger than this disk allows. Choose another disk."
    else:
        text = f"“{path.name}” could not be written: {getattr(error, 'strerror', None) or error}."
    return ExportError(text, f"{path}: {error!r}")


def write_wav(path: Path | str, samples: NDArray[np.float32], rate: int = 48000) -> None:
    """Write (n, channels) float32 sound as 16-bit WAV; what exceeds ±1 is clipped. Raises ExportError, leaving no file."""
    target = Path(path)
    data = np.round(np.clip(samples, -1.0, 1.0) * 32767).astype("<i2")
    channels = samples.shape[1]
    size = data.nbytes
    if size > _LARGEST_WAV:
        raise ExportError(f"“{target.name}” would be longer than a WAV file can be (4 GB). Write it in parts.")
    form = struct.pack("<HHIIHH", 1, channels, rate, rate * channels * 2, channels * 2, 16)
    head = struct.pack("<4sI4s4sI16s4sI", b"RIFF", 36 + size, b"WAVE", b"fmt ", 16, form, b"data", size)
    try:
        with target.open("wb") as file:
            file.write(head)
            file.write(np.ascontiguousarray(data).data)
    except OSError as error:
        with suppress(OSError):
            target.unlink(missing_ok=True)
        raise unwritable(target, error) from error
