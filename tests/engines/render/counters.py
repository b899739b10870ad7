"""Films that count: each frame carries its number as black and white blocks that survive coding, scaling and mixing."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from effects.frame import Frame
from engines.media.writer import MovieWriter
from timeline.items import Clip, MediaSource
from timeline.media import Media, MediaKind
from timeline.time import RationalTime, TimeRange

SIZE = (160, 90)
BITS = 16
HZ = 48000


def counter_frame(number: int, size: tuple[int, int] = SIZE) -> Frame:
    """16 blocks in two rows, most significant first; grey below."""
    width, height = size
    luma = np.full((height, width), 100, np.uint8)
    for bit in range(BITS):
        row, column = divmod(bit, BITS // 2)
        block, rows = width * 2 // BITS, height // 4
        level = 235 if number >> (BITS - 1 - bit) & 1 else 16
        luma[row * rows : (row + 1) * rows, column * block : (column + 1) * block] = level
    half = ((height + 1) // 2, (width + 1) // 2)
    return Frame((luma, np.full(half, 128, np.uint8), np.full(half, 128, np.uint8)))


def levels(luma: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Mean of the middle of each block, 0 black to 1 white."""
    height, width = luma.shape
    block, rows = width * 2 / BITS, height / 4
    found = []
    for bit in range(BITS):
        row, column = divmod(bit, BITS // 2)
        y, x = int((row + 0.5) * rows), int((column + 0.5) * block)
        found.append(float(luma[y - 2 : y + 3, x - 2 : x + 3].mean()))
    return (np.array(found) - 16) / 219


def number_of(luma: NDArray[np.uint8]) -> int | None:
    """The number in a frame, or None where the blocks are neither black nor white."""
    found = levels(luma)
    if np.any((found > 0.25) & (found < 0.75)):
        return None
    return int("".join("1" if level > 0.5 else "0" for level in found), 2)


def write_counter(
    path: Path,
    count: int,
    rate: Fraction,
    *,
    first: int = 0,
    size: tuple[int, int] = SIZE,
    sound: NDArray[np.float32] | None = None,
    **changes: Any,
) -> Media:
    """A film whose frame i shows `first + i`, described as probing would."""
    with MovieWriter(path, width=size[0], height=size[1], rate=rate, with_audio=sound is not None, crf=12) as writer:
        for index in range(count):
            writer.write_frame(counter_frame(first + index, size))
        if sound is not None:
            writer.write_samples(sound)
    facts: dict[str, Any] = {
        "name": path.name,
        "duration": RationalTime.from_frames(count, rate),
        "width": size[0],
        "height": size[1],
        "rate": rate,
        "has_video": True,
        "has_audio": sound is not None,
        "sample_rate": HZ if sound is not None else 0,
        "channels": 2 if sound is not None else 0,
        "id": path.stem,
    }
    return Media(str(path), MediaKind.VIDEO, **{**facts, **changes})


def clip_of(media: Media, start: int, duration: int, **changes: Any) -> Clip:
    """A clip of `duration` source frames of the media's own rate."""
    assert media.rate is not None
    changes.setdefault("name", media.name)
    return Clip(MediaSource(media.id), TimeRange.from_frames(start, duration, media.rate), **changes)


def lumas(path: Path) -> list[NDArray[np.uint8]]:
    """The luma plane of every frame of a file, read by the codec library alone."""
    found = []
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            plane = frame.planes[0]
            rows = np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)
            found.append(rows[:, : plane.width].copy())
    return found


def sound_of(path: Path) -> NDArray[np.float32]:
    """(n, 2) of a file's sound, read by the codec library alone."""
    with av.open(str(path)) as container:
        parts = [frame.to_ndarray() for frame in container.decode(audio=0)]
    return np.concatenate(parts, axis=1).T
