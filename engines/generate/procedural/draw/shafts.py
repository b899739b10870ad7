"""Shafts of light from the sun through whatever stands before it: one soft plate, hung behind what is nearest."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.sheet import Sheet
from engines.generate.procedural.draw.sky import sun_place
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import noise_at, smoothstep
from engines.generate.procedural.palette import mix

_BEHIND = 0.7
"""Layers nearer than this stand before the shafts, dark."""


def add_shafts(stage: Stage, amount: float) -> None:
    """Hang the shafts into a stage that is otherwise furnished; `amount` 0..1."""
    if amount <= 0 or not stage.layers:
        return
    near = 0.45
    window = stage.window(near, coarse=5)
    light = stage.light
    x0, y0 = sun_place(stage)
    # A high sun's come from above the frame (from within they would make a star); a low one's fan out from behind the land.
    is_low = light.sun_height < 0.16
    y0 = y0 if is_low else min(y0, -0.8)
    dx, dy = window.xs() - (x0 if is_low else x0 * 1.25), window.ys() - y0
    angle = np.arctan2(dx, dy)
    seed = stage.seed("shafts")
    rays = noise_at(angle, 8.0, seed, 2) * 0.65 + noise_at(angle, 23.0, seed + 1, 2) * 0.35
    bands = smoothstep(0.46, 0.8, np.asarray(rays, np.float32))
    away = np.sqrt(dx * dx + dy * dy)
    fade = smoothstep(0.08 if is_low else 0.2, 0.6, away) * np.exp(
        -np.clip(away - (0.35 if is_low else 0.6), 0, None) * 1.3
    )
    if is_low:
        fade = fade * smoothstep(0.03, 0.12, -dy / (away + 0.05))
    strength = amount * (0.42 if not light.is_night else 0.2) * (0.55 + 0.45 * light.glow)
    sheet = Sheet.clear(window)
    sheet.wash(mix(light.sun, light.key, 0.35), (bands * fade * strength).astype(np.float32))
    rate, phase = stage.rate(0.55 * stage.spec.life), stage.pick("shafts") * math.tau
    plate = stage.plate(sheet, near, pulse=lambda seconds: 0.86 + 0.14 * math.sin(rate * seconds + phase))
    stage.layers.remove(plate)
    behind = [index for index, layer in enumerate(stage.layers) if layer.near < _BEHIND]
    stage.layers.insert(behind[-1] + 1 if behind else len(stage.layers), plate)
