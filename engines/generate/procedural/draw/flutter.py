"""Butterflies by day and fireflies by night: small life over a meadow, a lawn or a clearing."""

from __future__ import annotations

import math

from engines.generate.procedural.draw.layers import Placement, Pose, Sprites
from engines.generate.procedural.draw.sheet import Sheet, ellipse, to_yuva
from engines.generate.procedural.draw.sky import star_pose
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import Window, hash01
from engines.generate.procedural.palette import colour, lift

_FLAPS = 6


def add_flutter(stage: Stage, y: float, spread: float, count: int, near: float = 0.72, size: float = 0.026) -> None:
    """`count` butterflies about the height `y` over `spread` of the frame's width; at dusk and by night fireflies instead."""
    if stage.spec.weather not in ("clear", "cloudy") or stage.wind > 1.9 or stage.has("winter"):
        return
    night = stage.light.is_night or stage.spec.time == "dusk"
    seed = stage.seed("flutter")
    poses = [star_pose(stage, colour("E9FF9A"))] if night else _wings(stage, size)
    count = round(count * (2.6 if night else 1.0) * min(1.2, 0.4 + stage.aspect * 0.4))

    def placements(seconds: float) -> list[Placement]:
        made = []
        t = seconds * stage.spec.life
        for i in range(count):
            a, b, c, d = (float(hash01(i, k, seed)) for k in range(4))
            x = (a - 0.5) * stage.aspect * spread + 0.07 * math.sin(t * (0.5 + 0.4 * b) + c * 6.28)
            up = 0.05 * math.sin(t * (0.9 + 0.4 * c) + d * 6.28) + 0.012 * math.sin(t * 5 + a * 9)
            high = y + 0.3 * (b - 0.5) + up
            if night:
                bright = (0.5 + 0.5 * math.sin(t * (1.1 + d) + a * 6.28)) ** 2
                made.append(Placement(x, high, 0.04 * (0.5 + d), opacity=bright))
            else:
                flap = (i % 3) * _FLAPS + int((t * 5 + a * _FLAPS) % _FLAPS)
                made.append(Placement(x, high, size * (0.7 + 0.6 * d), flap, turn=0.4 * math.sin(t * 0.8 + c * 6)))
        return made

    stage.add(Sprites(poses, placements, near))


def _wings(stage: Stage, size: float) -> list[Pose]:
    poses = []
    for code in ("3F8CFF", "FFB038", "FF6A7A"):
        tone = stage.light.lit(colour(code), 0.95)
        for flap in range(_FLAPS):
            fold = 0.25 + 0.75 * abs(math.cos(math.pi * flap / _FLAPS))
            window = Window.around(-0.5, -0.5, 0.5, 0.5, max(14.0, stage.size[1] * size * 1.7))
            sheet = Sheet.clear(window)
            for hand in (-1, 1):
                sheet.fill(ellipse(hand * 0.22 * fold, -0.14, 0.2 * fold, 0.24), tone)
                sheet.fill(ellipse(hand * 0.17 * fold, 0.14, 0.14 * fold, 0.17), lift(tone, -0.08))
            sheet.fill(ellipse(0, 0, 0.035, 0.26), (0.1, 0.08, 0.08))
            poses.append(Pose(to_yuva(sheet, stage.grade), window))
    return poses
