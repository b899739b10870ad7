"""Motion: how much, whose (the camera's or that of what is seen), which way, and whether it grows."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from engines.analyse.base import Clip, Figures, Measure, Picture, figure, follows
from engines.analyse.curves import shortened, trend_of
from engines.analyse.flow import FlowReader, Move

_STILL = 0.004
"""Picture widths a second: less is a tripod, and what the codec makes of it."""
_ZOOMS, _ROLLS = 0.015, 1.0
"""Factor and degrees a second from which a zoom or a roll is one."""
_CUT = 0.22
"""Mean change of luma between two pictures above which no flow is looked for: it is a cut."""
_LONGEST_CURVE = 240


class Motion(Figures):
    """Motion of a clip. Speeds are in picture widths a second (times the width: pixels a second); x right, y down."""

    level: float = figure("Mean speed of all that can be followed.", "widths/s")
    std: float = figure("How much that varies over time.", "widths/s")
    peak: float = figure("The fastest moment.", "widths/s")
    change: float = figure("Mean change of a pixel from one picture to the next, 0..1.")
    trend: Literal["increasing", "decreasing", "steady"] = figure("Whether motion grows over the clip.")
    direction: Literal["left", "right", "up", "down", "none"] = figure("Where the picture goes, on the whole.")
    camera: str = figure("What the camera does: static, pan left, tilt up, zoom in, roll, handheld, or several.")
    camera_x: float = figure(
        "Mean way of the picture to the right; a camera that pans right makes it negative.", "widths/s"
    )
    camera_y: float = figure("The same, down.", "widths/s")
    camera_zoom: float = figure("Factor a second; above 1 the picture grows.")
    camera_roll: float = figure("Of the picture, clockwise.", "°/s")
    camera_share: float = figure("Share of the motion that the camera explains, 0..1.")
    camera_level: float = figure("Mean speed of the camera's part.", "widths/s")
    subject_level: float = figure("Mean speed of what the camera does not explain.", "widths/s")
    shake: float = figure("How far the camera jumps about its smooth way.", "widths/s")
    curve: tuple[float, ...] = figure("Speed over time, at most 240 points.", "widths/s")
    moving: float = figure("Share of the moments in which anything moves.")


class MotionMeasure(Measure[Motion]):
    """Motion, by optical flow between neighbouring pictures and the camera move that fits most of it."""

    label: ClassVar[str] = "Motion"
    needs: ClassVar[Literal["every", "some", "pair", "sound"]] = "pair"
    figures: ClassVar[type[Figures]] = Motion

    def __init__(self, clip: Clip) -> None:
        super().__init__(clip)
        self._flow = FlowReader()
        self._before: Picture | None = None
        self._moves: list[Move] = []
        self._factors: list[float] = []
        self._changes: list[float] = []

    def look(self, picture: Picture) -> None:
        """The move since the picture right before this one."""
        before, self._before = self._before, picture
        if before is None or not follows(picture, before):
            return
        apart = picture.seconds - before.seconds
        change = float(np.mean(np.abs(picture.coarse[..., 0] - before.coarse[..., 0])))
        if apart <= 0 or change > _CUT:
            return
        fine = float(np.mean(np.abs(picture.grey - before.grey)))
        self._changes.append(fine)
        self._moves.append(self._flow.move(before.luma, picture.luma) if fine > 0 else Move(sure=True))
        self._factors.append(1 / (picture.size[0] * apart))

    def found(self) -> Motion | None:
        """Means over all moves that could be told."""
        if not self._moves:
            return None
        sure = np.array([one.sure for one in self._moves])
        factors = np.array(self._factors)
        speed = np.array([one.speed for one in self._moves]) * factors
        x, y = (np.array([getattr(one, way) for one in self._moves]) * factors for way in "xy")
        known = sure if sure.any() else np.ones_like(sure)
        # Factors a second: small moves each, so their logarithms add up.
        pixels = factors * self._width
        zooms = np.log([one.zoom for one in self._moves]) * pixels
        rolls = np.array([one.roll for one in self._moves]) * pixels
        level, camera = float(speed[known].mean()), float(np.hypot(x, y)[known].mean())
        residue = float((np.array([one.residue for one in self._moves]) * factors)[known].mean())
        shake = _shake(x[known], y[known])
        zoom, roll = float(np.exp(zooms[known].mean())), float(rolls[known].mean())
        way = (float(x[known].mean()), float(y[known].mean()))
        return Motion(
            level=round(level, 5),
            std=round(float(speed[known].std()), 5),
            peak=round(float(speed[known].max()), 5),
            change=round(float(np.mean(self._changes)), 5),
            trend=trend_of(speed[known], floor=_STILL),
            direction=_direction(*way),
            camera=_camera(way, zoom, roll, shake),
            camera_x=round(way[0], 5),
            camera_y=round(way[1], 5),
            camera_zoom=round(zoom, 5),
            camera_roll=round(roll, 4),
            camera_share=round(0.0 if level < _STILL else max(0.0, 1 - residue / level), 4),
            camera_level=round(camera, 5),
            subject_level=round(residue, 5),
            shake=round(shake, 5),
            curve=shortened(speed, _LONGEST_CURVE),
            moving=round(float(np.mean(speed > _STILL)), 4),
        )

    @property
    def _width(self) -> int:
        return self._before.size[0] if self._before is not None else 1


def _shake(x: NDArray[np.float64], y: NDArray[np.float64]) -> float:
    """What is left of the camera's way without its smooth part; a seventh of a second each."""
    if len(x) < 5:
        return 0.0
    kernel = np.ones(5) / 5
    off = [one[2:-2] - np.convolve(one, kernel, "valid") for one in (x, y)]
    return float(np.sqrt(np.mean(off[0] ** 2 + off[1] ** 2)))


def _direction(x: float, y: float) -> Literal["left", "right", "up", "down", "none"]:
    if np.hypot(x, y) < _STILL:
        return "none"
    if abs(x) >= abs(y):
        return "right" if x > 0 else "left"
    return "down" if y > 0 else "up"


def _camera(way: tuple[float, float], zoom: float, roll: float, shake: float) -> str:
    """In the words of a camera: it pans right when the picture goes left."""
    x, y = way
    strength = np.hypot(x, y)
    found = []
    if strength >= _STILL:
        if abs(x) > strength * 0.4:
            found.append("pan right" if x < 0 else "pan left")
        if abs(y) > strength * 0.4:
            found.append("tilt down" if y < 0 else "tilt up")
    if abs(np.log(zoom)) > _ZOOMS:
        found.append("zoom in" if zoom > 1 else "zoom out")
    if abs(roll) > _ROLLS:
        found.append("roll")
    if shake > max(_STILL * 2, strength):
        found.append("handheld")
    return ", ".join(found) or "static"
