"""The camera: where it is at each moment, and what that does to a layer.

`near` is 0 at infinity and 1 at the camera. Everything scales about the vanishing point, so a ground plane keeps its horizon.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from engines.generate.procedural.draw.moves import MOVES, TURNING, Progress
from engines.generate.procedural.draw.window import Window, pick
from engines.generate.procedural.spec import CameraPath

Affine = NDArray[np.float64]
HANDHELD_SHAKE = 0.008
"""In frame heights: what "handheld" is where the path says nothing."""
_WHIP_SECONDS = 0.55
_DEEP = ("dolly", "truck", "rise")
"""What shows depth: a long lens flattens it."""


@dataclass(frozen=True)
class View:
    """One moment of the camera, lengths in frame heights. `roll` is each layer's, `turn` the whole picture's, in radians."""

    zoom: float = 1.0
    dolly: float = 0.0
    truck: float = 0.0
    rise: float = 0.0
    pan_x: float = 0.0
    pan_y: float = 0.0
    roll: float = 0.0
    turn: float = 0.0


def ease(u: float) -> float:
    """Starts and ends gently, moves evenly between; 0..1 to 0..1."""
    u = min(1.0, max(0.0, u))
    return 0.35 * u + 0.65 * u * u * (3 - 2 * u)


def _unit(u: float) -> float:
    return min(1.0, max(0.0, u))


EASINGS: Mapping[str, Callable[[float], float]] = MappingProxyType(
    {
        "gentle": ease,
        "constant": _unit,
        "ease_in": lambda u: _unit(u) ** 2,
        "ease_out": lambda u: 1 - (1 - _unit(u)) ** 2,
        "ease_in_out": lambda u: _unit(u) ** 2 * (3 - 2 * _unit(u)),
    }
)
"""How a path goes from its start to its end; 0..1 to 0..1."""


class Camera:
    """A camera path over a film of `seconds` in a frame `aspect` wide; `horizon` is the y of the vanishing point.

    `depth` multiplies the parallax. A path of a `loop` goes there and back and ends where it began. One that turns far has
    a canvas larger than the frame (`over`, in frame heights), which is turned and cropped when all layers are on it:
    `aspect` is then the canvas's.
    """

    def __init__(
        self,
        path: CameraPath,
        seconds: float,
        aspect: float,
        horizon: float,
        only: float | None = None,
        loop: bool = False,
        depth: float = 1.0,
    ) -> None:
        self.path, self.seconds, self.horizon, self.loop = path, max(seconds, 1e-3), horizon, loop
        self._only = only
        self._depth = depth
        self._frame_aspect = aspect
        self.shake = path.shake or (HANDHELD_SHAKE if path.motion == "handheld" else 0.0)
        self.over, self.aspect = 1.0, aspect
        if path.motion in TURNING:
            far = min(math.pi / 4, max(abs(self.view(time).turn) for time in self.times()))
            self.over = math.cos(far) + aspect * math.sin(far)
            self.aspect = (aspect * math.cos(far) + math.sin(far)) / self.over

    @property
    def is_still(self) -> bool:
        """Whether nothing of the camera moves."""
        return self.path.motion not in MOVES or (self.path.motion in ("static", "handheld") and self.shake == 0)

    @property
    def turns(self) -> bool:
        """Whether the whole picture is turned."""
        return self.over > 1.0

    def canvas_size(self, width: int, height: int) -> tuple[int, int]:
        """Pixels of the canvas for a frame of that size: more where it will be turned."""
        if not self.turns:
            return (width, height)
        tall = math.ceil(height * self.over / 2) * 2
        return (math.ceil(tall * self.aspect / 2) * 2, tall)

    def progress(self, seconds: float) -> Progress:
        """How far the path is at a time from the film's start."""
        u = seconds / self.seconds
        if self.loop:
            e = 0.5 - 0.5 * math.cos(math.tau * u)
        elif self.path.motion == "whip_pan":
            # A rest, a throw, a rest, however long the shot.
            span = min(1.0, _WHIP_SECONDS / self.seconds)
            t = _unit((u - 0.5) / span + 0.5)
            e = 0.04 * _unit(u) + 0.96 * t * t * t * (t * (t * 6 - 15) + 10)
        else:
            e = EASINGS.get(self.path.easing, ease)(u)
        amount = self.path.amount
        wide = min(1.0, 0.55 + 0.25 * self._frame_aspect)
        return Progress(amount * (2 * e - 1), amount * e, amount, wide, self._frame_aspect)

    def view(self, seconds: float) -> View:
        """The camera at a time from the film's start."""
        zoom, fx, fy = self.path.zoom, self.path.focus_x, self.path.focus_y
        base = {"zoom": zoom, "pan_x": -fx * (zoom - 1), "pan_y": -fy * (zoom - 1), "roll": 0.0}
        move = MOVES.get(self.path.motion, MOVES["static"])
        for name, value in move(self.progress(seconds)).items():
            base[name] = base.get(name, 0.0) + value * (
                zoom if name == "zoom" else self._depth if name in _DEEP else 1.0
            )
        if self.path.motion in TURNING:
            base["turn"] = base.pop("roll")
        if self.shake:
            x, y, r = (self._wobble(seconds, axis) for axis in range(3))
            base["pan_x"] += x * self.shake
            base["pan_y"] += y * self.shake
            base["roll"] = base.get("roll", 0.0) + r * self.shake * 0.4
        return View(**base)

    def _wobble(self, seconds: float, axis: int) -> float:
        phases = [pick(axis * 17 + 3, part) * math.tau for part in range(3)]
        waves = ((1.1, 0.5), (1.9, 0.3), (3.3, 0.2))
        total = 0.0
        for (pace, size), phase in zip(waves, phases, strict=True):
            turns = pace * 0.45
            if self.loop:  # whole turns, so that the last frame meets the first
                turns = max(1, round(turns * self.seconds)) / self.seconds
            total += size * math.sin(math.tau * turns * seconds + phase)
        return total

    def matrix(self, view: View, near: float, upright: bool = True) -> Affine:
        """Scene to screen units (of the canvas) for a layer, (2, 3).

        Not `upright`: a ground plane, whose depth grows from the horizon down.
        """
        lens = view.zoom / self.over
        scale = lens * (1 + view.dolly * (0.1 + 0.9 * near))
        vy = self.horizon
        cos, sin = math.cos(view.roll), math.sin(view.roll)
        if upright:
            local = np.array([[1, 0, -view.truck * near], [0, 1, view.rise * near - vy]])
        else:
            # A plane: depth is `near` per unit below the horizon, so sideways travel shears it and rising stretches it.
            local = np.array(
                [
                    [1, -view.truck * near, view.truck * near * vy],
                    [0, 1 + view.rise * near, -vy * (1 + view.rise * near)],
                ]
            )
            scale = lens * (1 + view.dolly * 0.5)
        # Zoom is a lens: about the middle of the frame. Dolly is travel: about the vanishing point.
        travel = scale / lens
        turned = np.array([[cos, -sin], [sin, cos]]) * lens
        moved = turned @ (local * travel + np.array([[0, 0, 0], [0, 0, vy]]))
        moved[:, 2] += (view.pan_x / self.over, view.pan_y / self.over)
        return np.asarray(moved, np.float64)

    def times(self, steps: int = 24) -> list[float]:
        """Moments that show every extreme of the path (`only` one, if the camera was made for one)."""
        if self._only is not None:
            return [self._only]
        if self.is_still:
            return [0.0]
        if self.shake:
            steps = max(steps, min(200, int(self.seconds * 8)))
        return [self.seconds * i / steps for i in range(steps + 1)]

    def needed(self, near: float, upright: bool = True) -> tuple[float, float, float, float]:
        """The rectangle of a layer (x0, y0, x1, y1) that comes into the frame at some time."""
        corners = np.array([(x, y, 1.0) for x in (-self.aspect / 2, self.aspect / 2) for y in (-0.5, 0.5)])
        found = [corners @ inverse(self.matrix(self.view(time), near, upright)).T for time in self.times()]
        points = np.concatenate(found)
        low, high = points.min(axis=0) - 0.01, points.max(axis=0) + 0.01
        return (float(low[0]), float(low[1]), float(high[0]), float(high[1]))

    def largest(self, near: float, upright: bool = True) -> float:
        """How much the layer is enlarged at most, in frame heights a unit."""
        return max(self._scales(near, upright))

    def smallest(self, near: float, upright: bool = True) -> float:
        """How much the layer is enlarged at least."""
        return min(self._scales(near, upright))

    def _scales(self, near: float, upright: bool) -> list[float]:
        found = (self.matrix(self.view(t), near, upright) for t in self.times(8))
        return [float(np.hypot(m[0, 0], m[1, 0])) * self.over for m in found]


def inverse(matrix: Affine) -> Affine:
    """The way back of a (2, 3) affine map."""
    a = np.linalg.inv(matrix[:, :2])
    return np.concatenate([a, -(a @ matrix[:, 2:])], axis=1)


def to_pixels(matrix: Affine, window: Window, size: tuple[int, int]) -> Affine:
    """Window pixels to frame pixels (pixel centres on whole numbers, as cv2 counts), for a scene-to-screen map."""
    width, height = size
    k = height / window.scale
    linear = matrix[:, :2] * k
    origin = matrix[:, :2] @ np.array([window.x, window.y]) + matrix[:, 2]
    half = 0.5
    shift = origin * height + np.array([width / 2, height / 2]) + linear @ np.array([half, half]) - half
    return np.concatenate([linear, shift[:, None]], axis=1)
