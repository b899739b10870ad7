"""The yard before a factory: asphalt with its track and pools, crates and barrels, a fence with a lamp."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.relight import halo
from engines.generate.procedural.draw.sheet import Points, Sheet, across, down, ellipse, rect, stroke
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import noise
from engines.generate.procedural.palette import colour, lift, mix, ramp


@kept
def add_yard(stage: Stage, top: float) -> None:
    """Asphalt with a railway track in it, puddles that mirror the sky."""
    light, near = stage.light, 0.8
    window = stage.window(near, top=top, upright=False)
    xs, ys = window.xs(), window.ys()
    depth = np.clip(ys - stage.horizon, 0.02, None)
    snowy = stage.spec.weather == "snow" or stage.has("winter")
    ground = light.lit(colour("77716C") if not snowy else colour("DDE5EE"), 0.5)
    rough = noise(window, 3.0, 13.0, stage.seed("yard"), 4) - 0.5
    t = np.clip(0.4 + rough * 0.9 + depth * 0.4, 0, 1)
    colours = ramp((lift(ground, 0.05), ground, lift(ground, -0.08)))[(t * 255).astype(int)]
    wet = stage.spec.weather in ("rain", "storm")
    pools = np.clip((noise(window, 2.2, 15.0, stage.seed("pools"), 3) - (0.5 if wet else 0.63)) * 14, 0, 1)[
        ..., None
    ] * (0.0 if snowy else 0.7)
    colours = colours * (1 - pools) + np.asarray(mix(light.sky[-1], light.sky[2], 0.4), np.float32) * pools
    far = np.exp(-(depth - 0.03) / 0.06)[..., None] * light.haze * 0.8
    colours = colours * (1 - far) + np.asarray(light.fog, np.float32) * far
    sheet = Sheet.clear(window)
    sheet.wash(
        np.clip(colours, 0, 1).astype(np.float32),
        np.clip((ys - top) * window.scale + 0.5, 0, 1).astype(np.float32) + 0 * xs,
    )
    sleeper, rail = light.lit(colour("4A3A30"), 0.3), light.lit(colour("C4C8D0"), 0.9)
    y0 = stage.horizon + 0.235
    for k in range(math.floor(window.x / 0.055) - 2, math.ceil(window.right / 0.055) + 3):
        x = k * 0.055
        sheet.fill(
            [(x, y0 - 0.014), (x + 0.02, y0 - 0.014), (x + 0.014, y0 + 0.028), (x - 0.012, y0 + 0.028)],
            sleeper,
            0.85 if not snowy else 0.4,
        )
    for y, wide in ((y0 - 0.006, 0.0045), (y0 + 0.018, 0.0065)):
        sheet.fill(rect(window.x - 1, y, window.right + 1, y + wide), lift(sleeper, -0.05))
        sheet.fill(rect(window.x - 1, y - wide * 0.5, window.right + 1, y), rail)
    if light.lamps > 0.3:
        for k in range(-3, 4):
            pool = np.exp(-(((xs - k * 0.5) / 0.16) ** 2) - ((ys - top - 0.03) / 0.03) ** 2) * 0.4 * light.lamps
            sheet.glow(colour("FFC878"), pool.astype(np.float32))
    stage.plate(sheet, near, upright=False)


@kept
def add_stores(stage: Stage) -> None:
    """Barrels and crates at the other border, with their shadows."""
    light, near = stage.light, 0.86
    side = -1.0 if stage.spec.sun_x > 0 else 1.0
    away = -1.0 if stage.spec.sun_x > 0 else 1.0
    window = stage.window(near, top=0.1)
    sheet = Sheet.clear(window)
    foot, size = 0.47, 0.13 * stage.narrow
    x0 = side * stage.half_width * 0.86
    dark = (0.05, 0.04, 0.06)
    wood = light.lit(colour("A87C4E"), 0.6)
    for k, (dx, dy) in enumerate(((0.0, 0.0), (1.15, 0.0), (0.55, -1.02))):
        x, y = x0 + side * dx * size * 1.02, foot + dy * size
        if dy == 0:
            sheet.fill(ellipse(x + away * size * 0.3, y + 0.004, size * 0.85, size * 0.1), dark, 0.4)
        box = rect(x - size * 0.5, y - size, x + size * 0.5, y)
        sheet.fill(box, down(y - size, y, lift(wood, 0.03), lift(wood, -0.1)))
        for j in range(4):
            sheet.fill(
                rect(x - size * 0.5, y - size * (0.25 * j + 0.02), x + size * 0.5, y - size * 0.25 * j),
                lift(wood, -0.16),
            )
        for edge in (-0.5, 0.38):
            sheet.fill(rect(x + edge * size, y - size, x + (edge + 0.12) * size, y), lift(wood, -0.04 + 0.02 * k))
        sheet.fill_many(
            stroke([(x - size * 0.4, y - size * 0.04), (x + size * 0.4, y - size * 0.96)], size * 0.09),
            lift(wood, -0.03),
        )
    for k, code in enumerate(("3F6FA0", "C8552E")):
        x, y = x0 - side * size * (0.95 + 0.72 * k), foot + 0.012 * (k + 1)
        tone = light.lit(colour(code), 0.6)
        half, tall = size * 0.31, size * 0.92
        sheet.fill(ellipse(x + away * size * 0.2, y + 0.004, half * 1.5, size * 0.08), dark, 0.4)
        sheet.fill(
            rect(x - half, y - tall, x + half, y), across(x - half, x + half, lift(tone, 0.08), tone, lift(tone, -0.14))
        )
        sheet.fill(ellipse(x, y, half, half * 0.26), lift(tone, -0.12))
        sheet.fill(ellipse(x, y - tall, half, half * 0.26), lift(tone, 0.06))
        for ring in (y - tall * 0.34, y - tall * 0.67):
            sheet.fill(rect(x - half * 1.03, ring - 0.003, x + half * 1.03, ring + 0.003), lift(tone, -0.08))
    stage.plate(sheet, near, fills_width=False)


def add_fence(stage: Stage) -> None:
    """Wire mesh and a lamp post before the eye, only at one border."""
    light, near = stage.light, 0.92
    side = 1.0 if stage.spec.sun_x > 0 else -1.0
    window = stage.window(near, top=-0.3)
    sheet = Sheet.clear(window)
    dark = lift(mix(light.lit(colour("30343C"), 0.2), light.fog, 0.05), -0.02)
    x0, x1 = side * stage.half_width * 0.5, side * (stage.half_width + 0.5)
    top, foot = 0.2, 0.56
    wires: list[Points] = []
    for k in range(34):
        x = x0 + side * 0.032 * k
        wires += stroke([(x, top + 0.02), (x + side * 0.2, foot)], 0.0016)
        wires += stroke([(x, foot), (x + side * 0.2, top + 0.02)], 0.0016)
    sheet.fill_many(wires, dark, 0.75)
    for k in range(4):
        x = x0 + side * 0.3 * k
        sheet.fill(rect(x - 0.007, top, x + 0.007, 0.6), across(x - 0.007, x + 0.007, lift(dark, 0.08), dark))
    for y in (top + 0.02, 0.5):
        sheet.fill(rect(min(x0, x1), y - 0.003, max(x0, x1), y + 0.003), dark)
    x = side * stage.half_width * 0.86
    sheet.fill_many(
        [
            *stroke([(x, 0.6), (x, -0.16)], 0.013, 0.008),
            *stroke([(x, -0.16), (x - side * 0.03, -0.19), (x - side * 0.1, -0.195)], 0.007),
        ],
        dark,
    )
    sheet.fill(
        [(x - side * 0.14, -0.2), (x - side * 0.075, -0.205), (x - side * 0.075, -0.188), (x - side * 0.14, -0.188)],
        dark,
    )
    if light.lamps > 0.3:
        halo(sheet, x - side * 0.108, -0.18, 0.13, colour("FFD08A"), 0.5 * light.lamps)
        sheet.fill(ellipse(x - side * 0.108, -0.187, 0.03, 0.006), colour("FFF2CC"))
    stage.plate(sheet, near, fills_width=False)
