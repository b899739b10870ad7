"""The outline of a sound, kept on disk by what is in the file."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from math import ceil
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engines.media.audio_reader import AudioReader
from timeline.atomic import whole_file_of_many
from timeline.media import Media

PEAKS_PER_SECOND = 100
"""Rows a second."""

FULL_SCALE: Final = 32767
"""The number in an outline that stands for 1."""

_VERSION = 2
_RATE = 48000
_PER_PEAK = _RATE // PEAKS_PER_SECOND
_PEAKS_AT_ONCE = 1000

Outline = NDArray[np.int16]
"""(n, 3, 3): for each hundredth of a second the sum of both sides (halved), left and right; of each lowest, highest, RMS."""

Peaks = NDArray[np.float32]


def outline(media: Media, cache: Path, *, check: Callable[[], None] = lambda: None) -> Outline:
    """Peaks and RMS of each hundredth of a second, whole numbers of FULL_SCALE.

    Row i covers i/100 to (i+1)/100 seconds of the media's time. Read from `cache` where it lies there, else made: `check` is
    asked about every ten seconds of sound and may raise to cancel. Raises MediaError. Several threads may ask at once.
    """
    path = peaks_path(media, cache)
    count = ceil(media.duration.fraction * PEAKS_PER_SECOND)
    stored = _stored(path, count)
    if stored is None:
        stored = _measured(media, count, check)
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file_of_many(path, lasting=False) as part, part.open("wb") as file:
            np.save(file, stored, allow_pickle=False)
    return stored


def peaks(media: Media, cache: Path, *, check: Callable[[], None] = lambda: None) -> Peaks:
    """The lowest and highest sample of each hundredth of a second, over both sides: (n, 2) float32, full scale ±1."""
    return peaks_of(outline(media, cache, check=check))


def peaks_of(made: Outline) -> Peaks:
    """Lowest and highest of both sides of an outline: (n, 2) float32, full scale ±1."""
    sides = made[:, 1:]
    pair = np.stack((sides[..., 0].min(axis=1), sides[..., 1].max(axis=1)), axis=1)
    return pair.astype(np.float32) / np.float32(FULL_SCALE)


def peaks_path(media: Media, cache: Path) -> Path:
    """Where the outline of a sound lies, made or not."""
    content = media.content_hash or media.path
    name = blake2b(f"{_VERSION}|{content}|{media.has_video}".encode(), digest_size=16).hexdigest()
    return cache / "waveforms" / name[:2] / f"{name}.npy"


def _stored(path: Path, count: int) -> Outline | None:
    """What lies on disk, if it is whole."""
    try:
        stored = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    return stored if stored.shape == (count, 3, 3) and stored.dtype == np.int16 else None


def _measured(media: Media, count: int, check: Callable[[], None]) -> Outline:
    result = np.zeros((count, 3, 3), np.int16)
    reader = AudioReader(media, _RATE)
    try:
        for first in range(0, count, _PEAKS_AT_ONCE):
            check()
            rows = min(_PEAKS_AT_ONCE, count - first)
            block = reader.read(first * _PER_PEAK, rows * _PER_PEAK).reshape(rows, _PER_PEAK, 2)
            heard: list[NDArray[np.float32]] = [block.mean(axis=2), block[..., 0], block[..., 1]]
            for place, side in enumerate(heard):
                energy = np.sqrt(np.mean(np.square(side), axis=1))
                found = np.stack((side.min(axis=1), side.max(axis=1), energy), axis=1)
                result[first : first + rows, place] = np.rint(np.clip(found, -1, 1) * FULL_SCALE)
    finally:
        reader.close()
    return result
