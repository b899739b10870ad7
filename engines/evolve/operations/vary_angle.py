"""Another camera angle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import ClassVar

import numpy as np

from effects.frame import Frame
from effects.params import param
from effects.seeds import stream
from engines.evolve.base import Film, Making, Operation, SourceClip
from engines.evolve.lens import Way, covered, tilted, turned, viewed
from engines.evolve.told import signed
from timeline.time import ZERO

_TIP = 26.0
"""Degrees by which the camera is tipped at full strength."""
_ROLL = 15.0
_SWAY = (0.012, 0.016, 0.7)
"""The hand at full strength: right and down in picture heights, degrees of roll."""
_STEADY = 0.02
"""How much room the hand needs, as part of the picture."""


class Angle(StrEnum):
    """Camera angles."""

    LOW = "low"
    HIGH = "high"
    DUTCH = "dutch"
    POV = "pov"


class Lean(StrEnum):
    """Which way a dutch angle leans."""

    LEFT = "left"
    RIGHT = "right"


class AngleChange(Operation):
    """Tips, rolls or hand-holds the camera, as far as the picture itself allows; it is enlarged just enough to show no border.

    The camera stays where it stood: a low angle makes uprights lean together, it does not look under things. An engine that makes
    films from films can move the camera.
    """

    title = "Angle"
    aliases: ClassVar[Mapping[str, str]] = {"intensity": "strength", "camera_angle": "angle"}
    restyle: ClassVar[str] = "The same shot from a {angle} angle, all else unchanged."

    angle: Angle = param(Angle.LOW, animatable=False, help="From where it is seen; pov is a head that looks about.")
    strength: float = param(
        0.5, ge=0, le=1, step=0.01, widget="slider", label="Intensity", help="0 gives your take back unchanged."
    )
    lean: Lean = param(Lean.RIGHT, animatable=False, help="Which way a dutch angle leans.")

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        """The clip from that angle; size, length and sound as they were."""
        clip = sources[0]
        if self.angle is Angle.POV:
            hand = _Hand(clip, self.strength, how.seed)
            ways, told = hand.way, hand.told()
        else:
            way, told = self._fixed(clip.size)
            ways = lambda index: way  # noqa: E731

        def frame(index: int) -> Frame:
            return viewed(clip.frame(index), ways(index), fine=not how.draft)

        return Film(clip.count, frame, clip.size, clip.rate, clip.samples(), (*told, ("Length and sound", "unchanged")))

    def _fixed(self, size: tuple[int, int]) -> tuple[Way, tuple[tuple[str, str], ...]]:
        if self.angle is Angle.DUTCH:
            roll = _ROLL * self.strength * (1 if self.lean is Lean.RIGHT else -1)
            way, zoom = covered(size, turned(size, roll))
            return way, (("Roll", f"{signed(roll)}° clockwise"), ("Zoom", f"{zoom:.2f} x"))
        tip = _TIP * self.strength * (1 if self.angle is Angle.LOW else -1)
        way, zoom = covered(size, tilted(size, tip))
        what = "up" if tip > 0 else "down"
        return way, (("Camera", f"tipped {what} by {abs(tip):.1f}°"), ("Zoom", f"{zoom:.2f} x"))


class _Hand:
    """A head that breathes, walks a little and never quite stands still."""

    def __init__(self, clip: SourceClip, strength: float, seed: int) -> None:
        self._size, self._rate, self._strength = clip.size, float(clip.rate), strength
        choice = stream(seed, "hand", ZERO)
        self._phases = choice.uniform(0, 2 * np.pi, (3, 4))
        self._zoom = 1 + 4 * _STEADY * strength

    def way(self, index: int) -> Way:
        """Where the head looks at frame `index`."""
        seconds = index / self._rate
        hertz, weights = np.array([0.27, 0.61, 1.13, 1.9]), np.array([0.55, 0.35, 0.22, 0.1])
        x, y, roll = (
            float((weights * np.sin(2 * np.pi * hertz * seconds + phases)).sum()) * self._strength
            for phases in self._phases
        )
        height = self._size[1]
        shift = np.array([[1, 0, x * _SWAY[0] * height], [0, 1, y * _SWAY[1] * height], [0, 0, 1.0]])
        way, _ = covered(self._size, shift @ turned(self._size, roll * _SWAY[2]), self._zoom)
        return way

    def told(self) -> tuple[tuple[str, str], ...]:
        reach = _SWAY[1] * self._strength * 100
        return (
            ("Camera", f"held by hand, {reach:.1f} % of the height"),
            ("Zoom", f"{self._zoom:.2f} x or a little more"),
        )
