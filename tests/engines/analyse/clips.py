"""Clips made by formula, of which every figure is known."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from tests.engines.media.footage import mux_sound

SIZE = (320, 180)
RATE = Fraction(25)
Pixels = NDArray[np.uint8]


def film(
    path: Path,
    picture: Callable[[int], Pixels],
    count: int,
    *,
    rate: Fraction = RATE,
    sound: NDArray[np.float32] | None = None,
) -> Path:
    """A film of `count` pictures, `picture(n)` (h, w, 3) sRGB, nearly lossless; sound (n, 2) at 48 kHz."""
    height, width = picture(0).shape[:2]
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream("libx264", rate=rate, options={"crf": "8", "preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.codec_context.colorspace, stream.codec_context.color_range = 1, 1
        audio: Any = None
        if sound is not None:
            audio = container.add_stream("aac", rate=48000)
            audio.codec_context.layout = "stereo"
        for number in range(count):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture(number)), format="rgb24")
            frame = frame.reformat(format="yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG")
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
        if audio is not None:
            mux_sound(container, audio, sound, 48000, Fraction(0))
    return path


def field(colour: tuple[int, int, int], size: tuple[int, int] = SIZE) -> Pixels:
    """One colour all over."""
    return np.full((size[1], size[0], 3), colour, np.uint8)


def texture(size: tuple[int, int], seed: int = 1, fine: float = 3.0) -> Pixels:
    """Soft grey noise that can be followed."""
    noise = np.random.default_rng(seed).normal(size=(size[1], size[0]))
    soft = cv2.GaussianBlur(noise, (0, 0), fine)
    soft = (soft - soft.mean()) / soft.std()
    return np.repeat(np.clip(128 + 45 * soft, 20, 235).astype(np.uint8)[..., None], 3, axis=2)


def moved(wide: Pixels, x: float, y: float = 0.0, zoom: float = 1.0, roll: float = 0.0) -> Pixels:
    """A window of SIZE in the middle of a larger picture, which has gone `x`, `y` pixels, grown and turned about its middle."""
    centre = ((wide.shape[1] - 1) / 2, (wide.shape[0] - 1) / 2)
    matrix = cv2.getRotationMatrix2D(centre, -roll, zoom)
    matrix[:, 2] += (x - centre[0] + (SIZE[0] - 1) / 2, y - centre[1] + (SIZE[1] - 1) / 2)
    return np.asarray(cv2.warpAffine(wide, matrix, SIZE, flags=cv2.INTER_CUBIC), np.uint8)


def clicks(bpm: float, seconds: float) -> NDArray[np.float32]:
    """A short click on each beat, the first at half a second."""
    samples = np.zeros((round(seconds * 48000), 2), np.float32)
    one = np.random.default_rng(5).normal(size=1200) * np.exp(-np.arange(1200) / 200) * 0.5
    at = 0.5
    while at < seconds - 0.1:
        start = round(at * 48000)
        samples[start : start + 1200] += one[:, None].astype(np.float32)
        at += 60 / bpm
    return samples


def sine(hertz: float, seconds: float, amplitude: float = 0.25) -> NDArray[np.float32]:
    """A steady tone on both sides."""
    t = np.arange(round(seconds * 48000)) / 48000
    return np.repeat((amplitude * np.sin(2 * np.pi * hertz * t)).astype(np.float32)[:, None], 2, axis=1)


def hiss(seconds: float, amplitude: float = 0.1) -> NDArray[np.float32]:
    """White noise, the same on both sides."""
    noise = np.random.default_rng(3).normal(size=round(seconds * 48000)) * amplitude
    return np.repeat(noise.astype(np.float32)[:, None], 2, axis=1)
