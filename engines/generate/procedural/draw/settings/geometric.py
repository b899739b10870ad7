"""Shapes of paper in depth: discs, arcs and bars, each with its shadow, turning slowly."""

from __future__ import annotations

import math

import cv2
import numpy as np

from engines.generate.procedural.draw.layers import Placement, Pose, Sprites
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.settings.abstract import along, scheme_of
from engines.generate.procedural.draw.sheet import Points, Sheet, ellipse, rect, to_yuva
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import Window, hash01, noise
from engines.generate.procedural.palette import Colour, lift, mix, ramp

_ARROW = 6
_KINDS = {"circle": (0, 1, 0, 2), "rect": (5, 5, 3), "triangle": (4,), "arrow": (_ARROW,)}
"""Which outlines a shape that was asked for has."""
_WAYS = {"horizontal": (0.16, 0.0), "vertical": (0.0, 0.13), "diagonal": (0.12, 0.1)}


def build(stage: Stage) -> None:
    """A ground with a gradient, then shapes from far and large to near and small."""
    stops = scheme_of(stage)
    window = stage.window(0.0).coarser(3)
    led = along(window.xs(), window.ys(), stage.spec.gradient) if stage.spec.gradient else None
    t = np.clip(
        ((window.xs() * 0.35 + window.ys() if led is None else led * 1.3) + 0.75) / 1.5
        + (noise(window, 1.0, 1.0, stage.seed("ground"), 2) - 0.5) * 0.25,
        0,
        1,
    )
    sheet = Sheet.clear(window)
    sheet.wash(ramp((lift(stops[-2], 0.02), stops[-1], mix(stops[-1], stops[-3], 0.3)))[(t * 255).astype(int)], 1.0)
    stage.plate(sheet, 0.0)
    seed = stage.seed("shapes")
    count = 15
    for i in range(count):
        a, b, c, d, e = (float(hash01(i, k, seed)) for k in range(5))
        near = 0.08 + 0.87 * i / (count - 1)
        size = (0.46 - 0.34 * i / count) * (0.55 + 0.75 * c)
        # Places by the golden angle, so that nothing bunches.
        angle = 2.39996 * i + a * 0.8
        away = 0.52 * math.sqrt((i + 0.9) / count)
        x, y = math.cos(angle) * away * stage.aspect * 0.95, math.sin(angle) * away * 0.85
        tone = stops[(i * 2 + int(d * 3)) % (len(stops) - 1)] if d < 0.82 else lift(stops[-1], 0.03)
        kinds = _KINDS.get(stage.spec.shape, tuple(range(6)))
        picture = _shape(stage, kinds[int(b * len(kinds))], size, near, tone, stops)
        _add(stage, picture, x, y, size, near, e, i)


def _add(stage: Stage, picture: Pose, x: float, y: float, size: float, near: float, roll: float, index: int) -> None:
    life = stage.spec.life
    spin = 3.0 if stage.spec.subject_motion == "spin" else 1.0
    way = _WAYS.get(stage.spec.direction, (0.0, 0.0))
    out = 0.1 if stage.spec.direction == "radial" else 0.0

    def placements(seconds: float) -> list[Placement]:
        t = seconds * life
        dx, dy = (
            0.02 * math.sin(t * (0.5 + 0.3 * roll) + roll * 9),
            0.022 * math.cos(t * (0.45 + 0.4 * roll) + roll * 5),
        )
        sweep = math.sin(t * 0.6 + roll * 2 - 1.2)
        dx, dy = dx + (way[0] + out * x * 4) * sweep, dy + (way[1] + out * y * 4) * sweep
        turn = roll * 6.28 + t * spin * 0.14 * (1 if index % 2 else -1) * (0.5 + roll)
        return [Placement(x + dx * (0.5 + near), y + dy * (0.5 + near), size, turn=turn)]

    stage.add(Sprites([picture], placements, near))


def _shape(stage: Stage, kind: int, size: float, near: float, tone: Colour, stops: tuple[Colour, ...]) -> Pose:
    scale = stage.size[1] * size * 1.2 * min(2.0, stage.camera.largest(near))
    window = Window.around(-0.72, -0.72, 0.72, 0.72, max(24.0, scale))
    polygons, holes = _outline(kind)
    body = Sheet.clear(window)
    body.fill_many(polygons, tone)
    shape = body.data[..., 3].copy()
    for hole in holes:
        cut = Sheet.clear(window)
        cut.fill(hole, (1, 1, 1))
        shape *= 1 - cut.data[..., 3]
    t = np.clip((window.xs() + window.ys() + 0.9) / 1.8, 0, 1)
    colours = ramp((lift(tone, 0.06), tone, lift(mix(tone, stops[0], 0.2), -0.04)))[(t * 255).astype(int)]
    blur = (0.02 + 0.03 * near) * window.scale
    shadow = cv2.GaussianBlur(shape, (0, 0), max(0.8, blur))
    sheet = Sheet.clear(window)
    sheet.wash(mix(stops[0], (0.03, 0.02, 0.05), 0.5), np.asarray(shadow, np.float32) * np.float32(0.34))
    sheet.wash(colours, shape)
    return Pose(to_yuva(sheet, stage.grade, 2), window)


def _outline(kind: int) -> tuple[list[Points], list[Points]]:
    if kind == 0:
        return [ellipse(0, 0, 0.5, 0.5)], []
    if kind == 1:
        return [ellipse(0, 0, 0.5, 0.5)], [ellipse(0, 0, 0.3, 0.3)]
    if kind == 2:
        return [ellipse(0, 0, 0.55, 0.55, 180, 360)], []
    if kind == 3:
        return [rect(-0.5, -0.11, 0.5, 0.11), ellipse(-0.5, 0, 0.11, 0.11), ellipse(0.5, 0, 0.11, 0.11)], []
    if kind == 4:
        points = [(math.sin(2 * math.pi * k / 3) * 0.52, -math.cos(2 * math.pi * k / 3) * 0.52) for k in range(3)]
        return [np.array(points)], []
    if kind == _ARROW:
        head = np.array([(0.5, 0.0), (0.1, -0.36), (0.1, 0.36)])
        return [head, rect(-0.5, -0.13, 0.14, 0.13)], []
    return [rect(-0.36, -0.36, 0.36, 0.36)], []


SETTING = Setting(
    build=build,
    words=listed(
        "geometric, geometry, shape, circle, triangle, square, polygon, pattern, bauhaus, minimalist, line, "
        "hexagon, sphere, rectangle, cube"
    ),
    horizon=0.0,
    usual_time="day",
    special_of=("abstract",),
    always_alive=True,
    keeps_time=True,
)
