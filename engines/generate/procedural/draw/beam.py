"""The light of a lighthouse."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.layers import Placement, Pose, Sprites
from engines.generate.procedural.draw.sheet import Sheet, to_yuva
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import Window, smoothstep
from engines.generate.procedural.palette import colour


def add_beam(stage: Stage, x: float, y: float, near: float, reach: float = 0.9) -> None:
    """The turning beam of a lighthouse, where the light is low enough to see it."""
    strength = max(stage.light.lamps, 0.6 if stage.spec.weather in ("fog", "storm") else 0.0)
    if strength < 0.2:
        return
    window = Window.around(0.0, -0.16, 1.0, 0.16, max(40.0, stage.size[1] * reach * 0.5))
    xs, ys = window.xs(), window.ys()
    spread = 0.008 + 0.085 * xs
    body = (
        np.exp(-((ys / spread) ** 2) * 1.6)
        * np.clip(1 - xs, 0, 1) ** 1.5
        * smoothstep(0.0, 0.01, xs)
        * np.clip((0.16 - np.abs(ys)) / 0.05, 0, 1)
    )
    sheet = Sheet.clear(window)
    sheet.wash(colour("FFF3CC"), np.clip(body * 0.62 * strength, 0, 1).astype(np.float32))
    beam = Pose(to_yuva(sheet, np.eye(4)), window)
    speed = stage.rate(0.75 * max(0.5, stage.spec.life))

    def placements(seconds: float) -> list[Placement]:
        angle = seconds * speed + stage.pick("beam") * 6.28
        done = []
        for turn in (angle, angle + math.pi):
            side = math.cos(turn)
            length = max(0.06, abs(side))
            # Turning toward the eye the beam gets short and wide.
            bright = (0.25 + 0.75 * abs(side)) * (1.0 if math.sin(turn) > -0.2 else 0.7)
            done.append(
                Placement(x, y, reach * length, mirrored=side < 0, stretch=1 / max(0.35, length), opacity=bright)
            )
        return done

    stage.add(Sprites([beam], placements, near))
