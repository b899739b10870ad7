"""Figures of pictures that tests of variations compare: (n, h, w, 3) RGB in, one number out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

import cv2
import numpy as np

from effects.colour import yuv_of
from engines.evolve.source import FramesClip
from tests.engines.evolve.footage import CameraClip, Pixels, camera_clip
from tests.engines.evolve.looking import film_of, pictures_of, source_of

SIZE = (192, 108)
STRENGTHS = (0.25, 0.5, 0.75, 1.0)


def steady_clip(scene: str = "meadow", seconds: float = 0.5) -> CameraClip:
    """A camera on a tripod without noise; somebody walks through."""
    return camera_clip(SIZE, seconds=seconds, noise=0, shake=0, scene=scene, sound=False)


def held(picture: Pixels, count: int, rate: int = 24) -> FramesClip:
    """One picture for so many frames."""
    frame = yuv_of(np.ascontiguousarray(picture))
    return FramesClip([frame] * count, Fraction(rate), None, "held")


def row(name: str, values: Mapping[str, Any], clip: FramesClip, at: Sequence[int] = (5,)) -> list[Pixels]:
    """The parent's pictures and those at each of `STRENGTHS`."""
    films = [film_of(name, [clip], {**values, "strength": one}) for one in STRENGTHS]
    return [np.stack([clip.rgb(index) for index in at]), *(pictures_of(film, at) for film in films)]


def luma(pictures: Pixels) -> float:
    """Mean level."""
    return float((pictures @ np.array([0.2126, 0.7152, 0.0722])).mean())


def warmth(pictures: Pixels) -> float:
    """Red minus blue over the level: what a darker picture does not change by itself."""
    mean = pictures.reshape(-1, 3).mean(axis=0)
    return float((mean[0] - mean[2]) / max(float(mean.mean()), 1.0))


def colourfulness(pictures: Pixels) -> float:
    """Largest minus smallest channel over the level."""
    spread = pictures.max(axis=-1).astype(float) - pictures.min(axis=-1)
    return float(spread.mean() / max(float(pictures.mean()), 1.0))


def contrast(pictures: Pixels) -> float:
    """Deviation of the levels over their mean."""
    levels = pictures @ np.array([0.2126, 0.7152, 0.0722])
    return float(levels.std() / max(float(levels.mean()), 1.0))


def flicker(pictures: Pixels) -> float:
    """How much broad parts of the picture change from one frame to the next, in levels."""
    small = np.stack([cv2.resize(one, (16, 9), interpolation=cv2.INTER_AREA).astype(float) for one in pictures])
    return float(np.abs(np.diff(small, axis=0)).mean())


def rises(values: Sequence[float], slack: float = 0.0) -> bool:
    """Whether each is above the one before (by no less than `-slack`), and the last clearly above the first."""
    return all(b > a - slack for a, b in pairwise(values)) and values[-1] > values[0] + slack


def falls(values: Sequence[float], slack: float = 0.0) -> bool:
    """The same downwards."""
    return rises([-one for one in values], slack)


def meadow(seconds: float = 0.5) -> FramesClip:
    """The steady meadow as a parent."""
    return source_of(steady_clip("meadow", seconds))


def street(seconds: float = 0.5) -> FramesClip:
    """The steady street at dusk as a parent."""
    return source_of(steady_clip("street", seconds))
