"""Writing a proxy's pictures: H.264 all of key pictures, with the clock of its source."""

from __future__ import annotations

import os
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from types import TracebackType

import av
import av.error
from av.container import OutputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from effects.frame import Plane
from engines.media.conversion import plane_rows

_CRF = 20
_BT709 = 1
_LIMITED = 1
THREADS = min(4, os.cpu_count() or 1)


class PieceWriter:
    """Writes pictures, each a key picture, into one file."""

    def __init__(self, path: Path, size: tuple[int, int], tick: Fraction, rate: Fraction) -> None:
        self.count = 0
        self._tick = tick
        self._container = opened(path, tick)
        self._stream = _stream_for(self._container, size, tick, rate)
        self._picture = VideoFrame(*size, "yuv420p")

    def write(self, time: int, planes: tuple[Plane, ...]) -> None:
        """Append a picture; `time` in ticks, 0 for the first."""
        self._picture.make_writable()
        for plane, source in zip(self._picture.planes, planes, strict=True):
            plane_rows(plane)[:, : plane.width] = source
        self._picture.pts, self._picture.time_base = time * self._tick.numerator, Fraction(1, self._tick.denominator)
        self._picture.pict_type = 0
        for packet in self._stream.encode(self._picture):
            self._container.mux(packet)
        self.count += 1

    def __enter__(self) -> PieceWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            with suppress(av.error.FFmpegError, OSError, ValueError):  # this piece is thrown away
                self._container.close()
            return
        for packet in self._stream.encode(None):
            self._container.mux(packet)
        self._container.close()


def opened(path: Path, tick: Fraction) -> OutputContainer:
    """A film to write. Its clock is the source's: times are the same, and rounded as they were."""
    return av.open(str(path), "w", format="mp4", options={"video_track_timescale": str(tick.denominator)})


def _stream_for(container: OutputContainer, size: tuple[int, int], tick: Fraction, rate: Fraction) -> VideoStream:
    options = {"preset": "ultrafast", "tune": "fastdecode", "crf": str(_CRF), "x264-params": "keyint=1:scenecut=0"}
    stream = container.add_stream("libx264", rate=rate, options=options)
    assert isinstance(stream, VideoStream)  # noqa: S101  # for the type checker
    stream.width, stream.height = size
    stream.pix_fmt = "yuv420p"
    context = stream.codec_context
    stream.time_base = context.time_base = Fraction(1, tick.denominator)
    context.sample_aspect_ratio = Fraction(1)
    context.color_primaries = context.color_trc = context.colorspace = _BT709
    context.color_range = _LIMITED
    context.thread_type = "FRAME"  # SLICE, the default, is slower
    context.thread_count = THREADS
    return stream
