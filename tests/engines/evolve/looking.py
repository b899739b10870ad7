"""What tests of operations share: sources of camera clips, a film's pictures as arrays, and how far apart films are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from effects.colour import rgb_of, yuv_of
from engines.evolve.base import Film, Making
from engines.evolve.registry import operation
from engines.evolve.source import FramesClip, Kept, alike
from tests.engines.evolve.footage import CameraClip


class Idle:
    """A job that is never cancelled."""

    def check(self) -> None:
        """Go on."""

    def progress(self, fraction: float, note: str = "") -> None:
        """Nobody looks."""


def source_of(clip: CameraClip, pictures: NDArray[np.uint8] | None = None) -> FramesClip:
    """The clip as a parent, from memory: `pictures` (n, h, w, 3) in place of its own, its sound as it was made."""
    shown = clip.pictures if pictures is None else pictures
    return FramesClip([yuv_of(one) for one in shown], clip.rate, clip.samples, clip.path.stem)


def film_of(name: str, sources: Sequence[Kept], values: dict[str, Any] | None = None, *, seed: int = 1) -> Film:
    """An operation's film of these parents."""
    return operation(name, values or {}).film(alike(sources), Making(seed, Idle()))


def pictures_of(film: Film, indices: Iterable[int] | None = None) -> NDArray[np.uint8]:
    """(n, h, w, 3) RGB of these frames, by default all."""
    wanted = range(film.count) if indices is None else indices
    return np.stack([rgb_of(film.frame(index)) for index in wanted])


def apart(film: Film, source: Kept, indices: Iterable[int]) -> float:
    """Mean distance of a film's frames to its parent's, in 8-bit levels over all planes."""
    total = []
    for index in indices:
        for one, other in zip(film.frame(index).planes[:3], source.frame(index).planes[:3], strict=True):
            total.append(float(np.abs(one.astype(np.int16) - other).mean()))
    return float(np.mean(total))
