"""Results: tiny films, pictures and sounds that are what they say."""

from __future__ import annotations

import struct
import tempfile
import zlib
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np

from effects.frame import Frame, plain
from engines.media.writer import MovieWriter

RATE = Fraction(24)


@lru_cache(maxsize=64)
def film(size: tuple[int, int], seconds: float, name: str, heard: bool = False) -> bytes:
    """An MP4 whose ground, and a square that crosses it, are of the name's own; "black" is black. `heard`: with a tone of its own."""
    width, height = size[0] // 2 * 2, size[1] // 2 * 2
    shade = 16 if name == "black" else 50 + zlib.crc32(name.encode()) % 100
    count = max(1, round(seconds * RATE))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        with MovieWriter(path, width=width, height=height, rate=RATE, with_audio=heard, preset="ultrafast") as writer:
            if heard:
                times = np.arange(round(count * 48000 / RATE)) / 48000
                tone = np.sin(times * 2 * np.pi * (200 + zlib.crc32(name.encode()) % 600)) * 0.2
                writer.write_samples(np.repeat(tone[:, None], 2, axis=1).astype(np.float32))
            for index in range(count):
                frame = plain(width, height, (shade, 128, 128))
                if name != "black":
                    _square(frame, index / count)
                writer.write_frame(frame)
        return path.read_bytes()


def _square(frame: Frame, share: float) -> None:
    side = max(4, frame.height // 3)
    at = int((frame.width - side) * share)
    frame.planes[0][side : 2 * side, at : at + side] = 220


@lru_cache(maxsize=16)
def picture(size: tuple[int, int], name: str) -> bytes:
    """A PNG."""
    shade = 40 + zlib.crc32(name.encode()) % 150
    return cv2.imencode(".png", np.full((size[1], size[0], 3), shade, np.uint8))[1].tobytes()


def sound(seconds: float) -> bytes:
    """A WAV of a quiet tone."""
    count = round(seconds * 48000)
    samples = (np.sin(np.arange(count) * 2 * np.pi * 220 / 48000) * 6000).astype("<i2").tobytes()
    head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(samples), b"WAVE", b"fmt ", 16, 1, 1, 48000, 96000, 2, 16,
                       b"data", len(samples))  # fmt: skip
    return head + samples
