"""Tiny films that say which frame and which sample one is looking at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT = 160, 90
BITS = 10
BLOCK = 16
DARK, LIGHT = 40, 200


def counter(number: int, width: int = WIDTH, height: int = HEIGHT) -> NDArray[np.uint8]:
    """A luma plane with `number` in the upper left as ten blocks, and its complement in the row below."""
    luma = np.full((height, width), 100, np.uint8)
    for bit in range(BITS):
        value = number >> bit & 1
        left = slice(bit * BLOCK, (bit + 1) * BLOCK)
        luma[0:BLOCK, left] = LIGHT if value else DARK
        luma[BLOCK : 2 * BLOCK, left] = DARK if value else LIGHT
    luma[2 * BLOCK :, :] = np.linspace(30, 220, width, dtype=np.uint8) // 2 + (number * 7) % 60
    return luma


def read_counter(luma: NDArray[np.uint8], width: int = WIDTH) -> int:
    """The number in a plane of `counter`, also after scaling. Fails when the two rows do not agree."""
    block = BLOCK * luma.shape[1] / width
    number = 0
    for bit in range(BITS):
        column = int((bit + 0.5) * block)
        upper, lower = int(luma[int(0.5 * block), column]), int(luma[int(1.5 * block), column])
        assert abs(upper - lower) > 60, f"bit {bit} cannot be read: {upper} {lower}"
        number |= (upper > lower) << bit
    return number


def make_film(
    path: Path,
    *,
    codec: str = "libx264",
    count: int = 48,
    rate: Fraction = Fraction(25),
    size: tuple[int, int] = (WIDTH, HEIGHT),
    pix_fmt: str = "yuv420p",
    options: Mapping[str, str] | None = None,
    times: Sequence[int] | None = None,
    time_base: Fraction | None = None,
    sound: NDArray[np.float32] | None = None,
    sound_codec: str = "aac",
    sound_rate: int = 48000,
    sound_delay: Fraction = Fraction(0),
    layout: str = "stereo",
    rotation: float | None = None,
    mirrored: bool = False,
    aspect: Fraction | None = None,
    colours: Mapping[str, int] | None = None,
    alpha: NDArray[np.uint8] | None = None,
    container_options: Mapping[str, str] | None = None,
    container_format: str | None = None,
    metadata: Mapping[str, str] | None = None,
    chroma: tuple[int, int] = (110, 150),
) -> Path:
    """A film whose frame n shows `counter(n)`, at `times[n]` (in `time_base`) or n/rate."""
    width, height = size
    with av.open(str(path), "w", format=container_format, options=dict(container_options or {})) as container:
        container.metadata.update(metadata or {})
        stream: Any = container.add_stream(codec, rate=rate, options=dict(options or {}))
        stream.width, stream.height, stream.pix_fmt = width, height, pix_fmt
        base = time_base or 1 / rate
        stream.time_base = stream.codec_context.time_base = base
        if aspect:
            stream.codec_context.sample_aspect_ratio = aspect
        for name, value in (colours or {}).items():
            setattr(stream.codec_context, name, value)
        if rotation is not None:
            stream.set_display_rotation(rotation, hflip=mirrored)
        audio: Any = None
        if sound is not None:
            audio = container.add_stream(sound_codec, rate=sound_rate)
            audio.codec_context.layout = layout
        for number in range(count):
            frame = picture(number, width, height, pix_fmt, alpha, colours, chroma)
            frame.pts = times[number] if times else number
            frame.time_base = base
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
        if audio is not None:
            mux_sound(container, audio, sound, sound_rate, sound_delay)
    return path


def picture(
    number: int,
    width: int = WIDTH,
    height: int = HEIGHT,
    pix_fmt: str = "yuv420p",
    alpha: NDArray[np.uint8] | None = None,
    colours: Mapping[str, int] | None = None,
    chroma: tuple[int, int] = (110, 150),
) -> av.VideoFrame:
    """Frame `number` in any pixel format; `alpha` (h, w) makes it transparent."""
    planes = [counter(number, width, height)]
    planes += [np.full(((height + 1) // 2, (width + 1) // 2), value, np.uint8) for value in chroma]
    if alpha is not None:
        planes.append(alpha)
    frame = av.VideoFrame(width, height, "yuva420p" if alpha is not None else "yuv420p")
    for plane, source in zip(frame.planes, planes, strict=True):
        np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)[:, : plane.width] = source
    if pix_fmt != frame.format.name and not pix_fmt.startswith("yuvj"):
        frame = frame.reformat(
            format=pix_fmt, src_colorspace="ITU709", dst_colorspace="ITU709", src_color_range=1, dst_color_range=1
        )
    elif pix_fmt.startswith("yuvj"):
        frame = frame.reformat(format=pix_fmt, src_color_range=1, dst_color_range=2)
    if colours:
        frame.colorspace = colours.get("colorspace", 2)
        frame.color_range = colours.get("color_range", 1)
    return frame


def mux_sound(container: Any, stream: Any, sound: NDArray[np.float32], rate: int, delay: Fraction) -> None:
    """Encode (n, channels) float32 sound, its first sample `delay` seconds after 0."""
    wanted = stream.codec_context.format.name
    block = stream.codec_context.frame_size or 1024
    resampler = av.AudioResampler(format=wanted, layout=stream.codec_context.layout.name, rate=rate)
    shift = int(delay * rate)
    for start in range(0, len(sound), block):
        part = np.ascontiguousarray(sound[start : start + block].T)
        frame = av.AudioFrame.from_ndarray(part, format="fltp", layout=stream.codec_context.layout.name)
        frame.sample_rate, frame.time_base, frame.pts = rate, Fraction(1, rate), start + shift
        for piece in resampler.resample(frame):
            container.mux(stream.encode(piece))
    container.mux(stream.encode(None))


def make_sound(path: Path, codec: str, sound: NDArray[np.float32], rate: int = 48000, layout: str = "stereo") -> Path:
    """A file of sound only."""
    with av.open(str(path), "w") as container:
        options = {"strict": "experimental"} if codec == "vorbis" else {}
        stream: Any = container.add_stream(codec, rate=rate, options=options)
        stream.codec_context.layout = layout
        mux_sound(container, stream, sound, rate, Fraction(0))
    return path


def tone(seconds: float, rate: int = 48000, channels: int = 2) -> NDArray[np.float32]:
    """Sound without two equal places: a slow sweep, another one in each channel, with clicks. (n, channels)."""
    n = np.arange(int(seconds * rate))
    t = n / rate
    columns = [0.4 * np.sin(2 * np.pi * (200 + 90 * c + 120 * t) * t) for c in range(channels)]
    result = np.stack(columns, axis=1).astype(np.float32)
    result[:: rate // 4] += 0.3
    return result
