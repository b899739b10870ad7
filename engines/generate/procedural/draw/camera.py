"""The camera: where it is at each moment, and what that does to a layer.

`near` is 0 at infinity and 1 at the camera. Everything scales about the vanishing point, so a ground plane keeps its horizon.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engines.generate.procedural.draw.window import Window, pick
from engines.generate.procedural.spec import CameraPath

Affine = NDArray[np.float64]


@dataclass(frozen=True)
class View:
    """One moment of the camera, lengths in frame heights."""

    zoom: float = 1.0
    dolly: float = 0.0
    truck: float = 0.0
    rise: float = 0.0
    pan_x: float = 0.0
    pan_y: float = 0.0
    roll: float = 0.0


def ease(u: float) -> float:
    """Starts and ends gently, moves evenly between; 0..1 to 0..1."""
    u = min(1.0, max(0.0, u))
    return 0.35 * u + 0.65 * u * u * (3 - 2 * u)


class Camera:
    """A camera path over a film of `seconds` in a frame `aspect` wide; `horizon` is the y of the vanishing point."""

    def __init__(
        self, path: CameraPath, seconds: float, aspect: float, horizon: float, only: float | None = None
    ) -> None:
        self.path, self.seconds, self.aspect, self.horizon = path, max(seconds, 1e-3), aspect, horizon
        self._only = only

    @property
    def is_still(self) -> bool:
        """Whether nothing of the camera moves."""
        return self.path.motion == "static" and self.path.shake == 0

    def view(self, seconds: float) -> View:
        """The camera at a time from the film's start."""
        e = ease(seconds / self.seconds) if self.seconds else 0.0
        s = self.path.amount * (2 * e - 1)
        forward = self.path.amount * e
        backward = self.path.amount * (1 - e)
        zoom, fx, fy = self.path.zoom, self.path.focus_x, self.path.focus_y
        base = {"zoom": zoom, "pan_x": -fx * (zoom - 1), "pan_y": -fy * (zoom - 1)}
        wide = min(1.0, 0.55 + 0.25 * self.aspect)
        moves: dict[str, dict[str, float]] = {
            "static": {},
            "pan_left": {"pan_x": s * 0.13 * wide},
            "pan_right": {"pan_x": -s * 0.13 * wide},
            "tilt_up": {"pan_y": s * 0.1},
            "tilt_down": {"pan_y": -s * 0.1},
            "zoom_in": {"zoom": 0.3 * forward},
            "zoom_out": {"zoom": 0.3 * backward},
            "dolly_in": {"dolly": 0.42 * forward},
            "dolly_out": {"dolly": 0.42 * backward},
            "orbit_left": {"truck": -s * 0.3, "pan_x": -s * 0.12, "roll": s * 0.012},
            "orbit_right": {"truck": s * 0.3, "pan_x": s * 0.12, "roll": -s * 0.012},
            "crane_up": {"rise": s * 0.22, "pan_y": -s * 0.05},
            "crane_down": {"rise": -s * 0.22, "pan_y": s * 0.05},
        }
        for name, value in moves[self.path.motion].items():
            base[name] = base.get(name, 0.0) + value * (zoom if name == "zoom" else 1.0)
        if self.path.shake:
            x, y, r = (self._wobble(seconds, axis) for axis in range(3))
            base["pan_x"] += x * self.path.shake
            base["pan_y"] += y * self.path.shake
            base["roll"] = base.get("roll", 0.0) + r * self.path.shake * 0.4
        return View(**base)

    def _wobble(self, seconds: float, axis: int) -> float:
        phases = [pick(axis * 17 + 3, part) * math.tau for part in range(3)]
        waves = ((1.1, 0.5), (1.9, 0.3), (3.3, 0.2))
        return sum(a * math.sin(math.tau * f * 0.45 * seconds + p) for (f, a), p in zip(waves, phases, strict=True))

    def matrix(self, view: View, near: float, upright: bool = True) -> Affine:
        """Scene to screen units for a layer, (2, 3). Not `upright`: a ground plane, its depth grows from the horizon down."""
        scale = view.zoom * (1 + view.dolly * (0.1 + 0.9 * near))
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
            scale = view.zoom * (1 + view.dolly * 0.5)
        # Zoom is a lens: about the middle of the frame. Dolly is travel: about the vanishing point.
        travel = scale / view.zoom
        turned = np.array([[cos, -sin], [sin, cos]]) * view.zoom
        moved = turned @ (local * travel + np.array([[0, 0, 0], [0, 0, vy]]))
        moved[:, 2] += (view.pan_x, view.pan_y)
        return np.asarray(moved, np.float64)

    def times(self, steps: int = 24) -> list[float]:
        """Moments that show every extreme of the path (`only` one, if the camera was made for one)."""
        if self._only is not None:
            return [self._only]
        if self.is_still:
            return [0.0]
        if self.path.shake:
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
        """How much the layer is enlarged at most."""
        return max(
            float(np.hypot(m[0, 0], m[1, 0])) for m in (self.matrix(self.view(t), near, upright) for t in self.times(8))
        )


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
