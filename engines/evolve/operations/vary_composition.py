"""Another composition."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import ClassVar

import numpy as np

from effects.frame import Frame
from effects.params import param
from engines.evolve.base import Film, Making, Operation, SourceClip
from engines.evolve.lens import viewed, windowed
from engines.evolve.reframing import Points, Shot, shots_of


class Composition(StrEnum):
    """Compositions."""

    RULE_OF_THIRDS = "rule_of_thirds"
    CENTERED = "centered"
    ASYMMETRIC = "asymmetric"
    NEGATIVE_SPACE = "negative_space"


_ZOOM: Mapping[Composition, float] = MappingProxyType(
    {
        Composition.RULE_OF_THIRDS: 0.32,
        Composition.CENTERED: 0.32,
        Composition.ASYMMETRIC: 0.4,
        Composition.NEGATIVE_SPACE: 0.3,
    }
)
"""By how much the picture is enlarged at full strength: only what is outside the new frame gives room to move it."""


class CompositionChange(Operation):
    """Frames the shot anew about its subject: a crop that follows calmly, cuts where the shot cuts, and keeps the size.

    The subject is what draws the eye by colour, detail and the colour of skin; faces are not recognised. Nothing is added beyond
    the border, so a subject at the edge can only come so far. An engine that makes films from films can widen the picture.
    """

    title = "Composition"
    aliases: ClassVar[Mapping[str, str]] = {"intensity": "strength"}
    restyle: ClassVar[str] = "The same shot composed by {composition}, all else unchanged."

    composition: Composition = param(Composition.RULE_OF_THIRDS, animatable=False, help="How it is composed.")
    strength: float = param(
        0.5, ge=0, le=1, step=0.01, widget="slider", label="Intensity", help="0 gives your take back unchanged."
    )

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        """The clip in its new frame; size, length and sound as they were."""
        clip = sources[0]
        zoom = 1 + _ZOOM[self.composition] * self.strength
        shots = shots_of(clip, how)
        starts = [shot.first for shot in shots]
        corners = [self._corners(shot, zoom) for shot in shots]

        def frame(index: int) -> Frame:
            number = bisect_right(starts, index) - 1
            left, top = corners[number][min(index - starts[number], len(corners[number]) - 1)]
            return viewed(clip.frame(index), windowed(clip.size, zoom, float(left), float(top)), fine=not how.draft)

        return Film(clip.count, frame, clip.size, clip.rate, clip.samples(), self._told(shots, corners, zoom))

    def _corners(self, shot: Shot, zoom: float) -> Points:
        """Left and top of the frame in each picture of a shot, as shares of the whole."""
        wanted = _PLACES[self.composition](shot)
        corners = shot.subject - np.asarray(wanted) / zoom
        # As much of the subject as fits stays in the frame, its head before its feet.
        for axis, (low, high) in enumerate(((0, 2), (1, 3))):
            least, most = shot.box[:, high] - 1 / zoom, shot.box[:, low]
            corners[:, axis] = np.minimum(np.maximum(corners[:, axis], least), most)
        return np.asarray(np.clip(corners, 0, 1 - 1 / zoom), np.float64)

    def _told(self, shots: Sequence[Shot], corners: Sequence[Points], zoom: float) -> tuple[tuple[str, str], ...]:
        before = np.concatenate([shot.subject for shot in shots]).mean(axis=0)
        after = np.concatenate([(s.subject - c) * zoom for s, c in zip(shots, corners, strict=True)]).mean(axis=0)
        rows = [("Zoom", f"{zoom:.2f} x")]
        rows.append(("Subject", f"{_place(before)} to {_place(after)} of width and height"))
        if len(shots) > 1:
            rows.append(("Shots", f"{len(shots)}, each framed by itself"))
        return (*rows, ("Size, length and sound", "unchanged"))


def _place(point: np.ndarray) -> str:
    return f"{round(float(point[0]) * 100)}, {round(float(point[1]) * 100)} %"


def _thirds(shot: Shot) -> tuple[float, float]:
    x, y = shot.subject.mean(axis=0)
    return (1 / 3 if x < 0.5 else 2 / 3, 1 / 3 if shot.skin or y < 0.5 else 2 / 3)


def _centred(shot: Shot) -> tuple[float, float]:
    return (0.5, 0.45 if shot.skin else 0.5)


def _asymmetric(shot: Shot) -> tuple[float, float]:
    x, y = shot.subject.mean(axis=0)
    return (0.2 if x < 0.5 else 0.8, 0.42 if y < 0.5 else 0.6)


def _negative(shot: Shot) -> tuple[float, float]:
    """The subject at the side, so that the emptier half of the picture lies before it; low, with air above."""
    x = float(shot.subject[:, 0].mean())
    weight = shot.weight
    left, right = (float(half.mean()) for half in np.array_split(weight, 2, axis=1))
    # A subject that is far out already stays on its side; else the fuller half is where it goes.
    side = x < 0.5 if abs(x - 0.5) > 0.12 else left > right
    return (0.24 if side else 0.76, 0.66)


_PLACES = MappingProxyType(
    {
        Composition.RULE_OF_THIRDS: _thirds,
        Composition.CENTERED: _centred,
        Composition.ASYMMETRIC: _asymmetric,
        Composition.NEGATIVE_SPACE: _negative,
    }
)
