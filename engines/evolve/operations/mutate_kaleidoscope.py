"""Kaleidoscope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache
from math import pi, sin
from typing import ClassVar

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.colour import chroma_of
from effects.frame import Frame
from effects.params import param
from effects.seeds import stream
from effects.video.kaleidoscope import Kaleidoscope as Mirrors
from engines.evolve.base import Film, Making, Operation, SourceClip
from timeline.time import ZERO, RationalTime

_WHOLE = 0.45
"""Strength at which the figure has reached the corners."""
_SLOW, _FAST = 8.0, 40.0
"""Degrees a second at which the wedge wanders."""
_SWING = 42.0
"""Degrees that it swings to either side of where there is most to see."""
_TRIED = 36
_BEST = 3
"""Among so many of the best wedges the seed chooses."""


class Symmetry(StrEnum):
    """How many pieces the circle has."""

    FOUR = "4"
    SIX = "6"
    EIGHT = "8"


class Kaleidoscope(Operation):
    """Turn the clip into a kaleidoscope: one wedge of it, mirrored about the centre, while the wedge wanders over the picture.

    Up to about half the chaos the figure grows from the middle until it fills the picture; beyond, it only flows faster. What was in
    the picture is no longer to be recognised. The sound is left as it is.
    """

    title = "Kaleidoscope"
    aliases: ClassVar[dict[str, str]] = {"chaos": "strength", "chaos_level": "strength"}
    restyle: ClassVar[str] = "kaleidoscopic, {symmetry}-fold mirrored symmetry"

    symmetry: Symmetry = param(Symmetry.SIX, help="How many mirrored pieces make the circle.")
    strength: float = param(
        0.5, ge=0, le=1, step=0.01, widget="slider", label="Chaos", help="0 changes nothing, 1 flows fast."
    )

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        """The effect of the same name with values that flow with time."""
        source = sources[0]
        best = _wedge(source, int(self.symmetry.value), float(stream(how.seed, "kaleidoscope", ZERO).random()))
        speed = _SLOW + (_FAST - _SLOW) * max(0.0, (self.strength - _WHOLE) / (1 - _WHOLE))

        def frame(index: int) -> Frame:
            given = source.frame(index)
            seconds = index / float(source.rate)
            at = RationalTime.from_frames(index, source.rate)
            way = speed * seconds
            figure = Mirrors.model_validate(
                {
                    "pieces": self.symmetry.value,
                    "angle": best + _SWING * sin(way / _SWING),
                    "zoom": 100 + 18 * sin(2 * pi * way / 140),
                    "centre_x": 50 + 10 * sin(2 * pi * way / 97),
                    "centre_y": 50 + 10 * sin(2 * pi * way / 131),
                }
            ).render(given, at)
            return _within(given, figure, min(1.0, self.strength / _WHOLE))

        changes = (("Picture", f"mirrored in {self.symmetry.value} pieces"), ("Length and sound", "unchanged"))
        return Film(source.count, frame, source.size, source.rate, source.samples(), changes)


def _wedge(source: SourceClip, pieces: int, chance: float) -> float:
    """Degrees at which a wedge begins in which there is something to see: outlines in the clip's middle picture."""
    luma = source.small(source.count // 2, 160).astype(np.float32)
    height, width = luma.shape
    edges = np.hypot(cv2.Sobel(luma, cv2.CV_32F, 1, 0), cv2.Sobel(luma, cv2.CV_32F, 0, 1))
    y, x = np.mgrid[0:height, 0:width] + 0.5
    x, y = x - width / 2, y - height / 2
    near = np.hypot(x, y) < height * 0.62
    turned = np.degrees(np.arctan2(y, x)) % 360
    starts = np.arange(_TRIED) * (360 / _TRIED)
    found = [float(edges[near & ((turned - start) % 360 < 180 / pieces)].mean()) for start in starts]
    return float(starts[np.argsort(-np.array(found), kind="stable")[int(chance * _BEST)]])


def _within(given: Frame, figure: Frame, reach: float) -> Frame:
    """The figure within a soft circle; `reach` 1 is beyond the corners."""
    if reach >= 1:
        return figure
    share = _circle(given.size, round(reach, 4))
    planes = []
    for index, (a, b) in enumerate(zip(given.planes[:3], figure.planes[:3], strict=True)):
        own = share if index == 0 else chroma_of(share)
        planes.append(np.asarray(cv2.blendLinear(a, b, 1 - own, own), np.uint8))
    return replace(given, planes=tuple(planes))


@lru_cache(maxsize=2)
def _circle(size: tuple[int, int], reach: float) -> NDArray[np.float32]:
    x, y = np.arange(size[0]) + 0.5 - size[0] / 2, np.arange(size[1]) + 0.5 - size[1] / 2
    far = np.hypot(x[None], y[:, None]) / (np.hypot(*size) / 2)
    return np.asarray(np.clip((reach * 1.03 - far) / 0.03, 0, 1), np.float32)
