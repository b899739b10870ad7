"""A field of snow: blue shadows on drifts, a fence half buried, one bare tree, a track that leads away."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np

from engines.generate.procedural.draw.cast import Ground, add_sky_cast, stand_all
from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.land import Line, add_conifers, add_mist, add_silhouette, below, hills
from engines.generate.procedural.draw.layers import Placement, Sprites
from engines.generate.procedural.draw.plants import branches
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sheet import Points, Sheet, ellipse, stroke
from engines.generate.procedural.draw.sky import add_clouds, add_sky, star_pose, sun_place
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import Field, hash01, noise, noise_at, smoothstep
from engines.generate.procedural.palette import colour, lift, mix, ramp


def build(stage: Stage) -> None:
    """Sky, pale hills, a dark edge of wood, four drifts, tree and fence."""
    light, base = stage.light, stage.horizon
    stage.snowy = True
    if light.is_night:
        # Snow keeps what light there is.
        light = replace(
            light,
            key=mix(light.key, (1, 1, 1), 0.4),
            ambient=mix(light.ambient, (0.55, 0.66, 0.92), 0.5),
            haze=light.haze * 0.7,
        )
        stage.light = light
    add_sky(stage)
    add_clouds(stage, stage.spec.life)
    for index, (near, tall) in enumerate(((0.04, 0.16), (0.09, 0.09))):
        pale = mix(light.far(light.lit(colour("C2D2EA"), 0.4), near), light.fog, 0.25 - 0.2 * index)
        rolling = hills(base + 0.01, tall, 1.0 + index, stage.seed(f"far {index}"), 3)
        add_silhouette(stage, rolling, near, pale, mix(pale, light.fog, 0.6), 0.14, uneven=0.5)
    add_mist(stage, base, 0.05, 0.07, 0.7)
    tone = light.far(light.lit(colour("3A5560"), 0.3), 0.2)
    far = drift_line(base + 0.012, 0.025, 0.9, stage.seed("edge"))
    add_conifers(stage, far, 0.14, 0.05, 0.017, tone, mix(tone, light.fog, 0.4), fade=0.3, snowy=0.5)
    rows = ((0.18, 0.02, 0.04, 0.8), (0.32, 0.075, 0.07, 0.7), (0.54, 0.17, 0.1, 0.55), (0.84, 0.34, 0.12, 0.42))
    side = -1.0 if stage.spec.sun_x > 0 else 1.0
    for index, (near, drop, height, frequency) in enumerate(rows):
        line = drift_line(base + drop, height, frequency, stage.seed(f"drift {index}"))
        _drift(stage, line, near, height, index)
        if index == 1:
            _fence(stage, line, near + 0.02, side)
        if index == 2:
            _tree(stage, line, side)
            stand_all(stage, Ground(base + drop + 0.01, near + 0.05, 0.85))
        if index < 3:
            add_mist(
                stage, base + drop + 0.03, 0.035, near + 0.03, 0.3 if stage.spec.weather != "fog" else 0.95, tag="snow"
            )
    add_sky_cast(stage, -0.26)
    _spindrift(stage)
    if stage.light.disc > 0.2:
        _glints(stage)


def drift_line(base: float, height: float, frequency: float, seed: int) -> Line:
    """Long soft crests, each steeper on one side."""

    def line(xs: Field) -> Field:
        u = xs * frequency * 1.4 + 0.6 * noise_at(xs + 4, frequency, seed)
        wave = 0.5 + 0.34 * np.sin(u * 3.0 + seed % 7) + 0.16 * np.sin(u * 6.3 + 1.3)
        return np.asarray(base - height * (0.6 * wave + 0.4 * noise_at(xs, frequency, seed + 2, 2)), np.float32)

    return line


@kept
def _drift(stage: Stage, line: Line, near: float, height: float, index: int) -> None:
    light = stage.light
    window = stage.window(near)
    heights = line(window.xs())
    window = window.rows(float(heights.min()) - 0.01, 9.0)
    xs, ys = window.xs(), window.ys()
    heights = line(xs)
    depth = np.clip(ys - heights, 0, None)
    seed = stage.seed(f"face {index}")
    step = np.float32(0.012)
    slope = (line(xs + step) - line(xs - step)) / (2 * step)
    toward = 1.0 if sun_place(stage)[0] > 0 else -1.0
    bend = noise(window, 1.5, 5.0, seed, 3) - 0.5
    # Wind carves long, low waves: bright lips, blue hollows.
    carved = noise(window, 2.2, 16.0 + 8 * (1 - near), seed + 4, 3) - 0.5
    lit = 0.66 - slope * toward * 1.5 - depth * (1.5 - near) + bend * 0.5 + carved * 0.75
    t = np.clip(lit, 0, 1)
    white = light.lit((0.985, 0.99, 1.0), 0.95)
    warm = mix(white, light.sun, 0.3 * light.glow * light.disc)
    blue, deep = light.lit(colour("C3D6F0"), 0.45), light.lit(colour("8FAAD6"), 0.12)
    colours = ramp((deep, blue, mix(blue, white, 0.7), warm))[(t * 255).astype(int)]
    haze = np.float32(min(0.85, light.haze * 1.1 * (1 - near) ** 1.5))
    colours = colours * (1 - haze) + np.asarray(mix(light.fog, white, 0.3), np.float32) * haze
    sheet = Sheet.clear(window)
    sheet.wash(colours.astype(np.float32), below(window, heights))
    if index == 3:
        _track(stage, sheet, line, blue)
    rim = np.exp(-depth / 0.005) * below(window, heights) * np.float32(0.4 * light.glow * light.disc)
    sheet.glow(mix(light.sun, (1, 1, 1), 0.4), rim.astype(np.float32))
    stage.plate(sheet, near)


def _track(stage: Stage, sheet: Sheet, line: Line, tone: tuple[float, float, float]) -> None:
    """Footprints that come from the near corner and go over the crest."""
    side = 1.0 if stage.spec.sun_x > 0 else -1.0
    dark = lift(stage.light.lit(colour("7F9BCC"), 0.1), -0.03)
    lip = stage.light.lit((1.0, 1.0, 1.0), 1.0)
    for k in range(26):
        z = 1.0 + k * 0.11
        depth = 0.24 / z**1.35
        x = side * (0.02 + 0.13 * math.sin(z * 0.9)) * stage.aspect + (0.02 if k % 2 else -0.02) / z
        y = float(line(np.array([[x]], np.float32))[0, 0]) + depth - 0.05
        r = 0.017 / z
        if depth < 0.055:
            break
        sheet.fill(ellipse(x, y, r, r * 0.42), dark, 0.75)
        sheet.fill(ellipse(x - side * r * 0.2, y + r * 0.36, r * 0.9, r * 0.12), lip, 0.55)


@kept
def _fence(stage: Stage, line: Line, near: float, side: float) -> None:
    """Posts that come out of the drift and sink into it again, their wires sagging between."""
    light = stage.light
    window = stage.window(near)
    span = line(window.xs())
    window = window.rows(float(span.min()) - 0.09, float(span.max()) + 0.02)
    sheet = Sheet.clear(window)
    wood = light.far(light.lit(colour("4E4038"), 0.25), near)
    white = light.lit((0.97, 0.98, 1.0), 0.9)
    tops: list[tuple[float, float]] = []
    for k in range(-14, 15):
        x = k * 0.105 + 0.02 * (stage.pick("post", k + 20) - 0.5)
        y = float(line(np.array([[x]], np.float32))[0, 0])
        tall = 0.05 * (0.55 + 0.45 * math.sin(k * 0.5 + 2 * side)) + 0.008
        lean = 0.006 * (stage.pick("lean", k + 20) - 0.5)
        sheet.fill(
            [
                (x - 0.0032, y + 0.01),
                (x + 0.0032, y + 0.01),
                (x + 0.0028 + lean, y - tall),
                (x - 0.0028 + lean, y - tall),
            ],
            wood,
        )
        sheet.fill(ellipse(x + lean, y - tall, 0.005, 0.003), white)
        tops.append((x + lean, y - tall * 0.75))
    wires: list[Points] = []
    for (ax, ay), (bx, by) in pairwise(tops):
        wires += stroke([(ax, ay), ((ax + bx) / 2, (ay + by) / 2 + 0.006), (bx, by)], 0.0011)
    sheet.fill_many(wires, wood, 0.8)
    stage.plate(sheet, near, fills_width=False)


@kept
def _tree(stage: Stage, line: Line, side: float) -> None:
    """A bare tree at a third, its long shadow on the snow, snow on its boughs."""
    light, near = stage.light, 0.56
    x, tall = side * 0.21 * stage.aspect, 0.4 * stage.narrow
    foot = float(line(np.array([[x]], np.float32))[0, 0]) + 0.015
    window = stage.window(near, top=foot - tall * 1.2, bottom=foot + 0.16)
    sheet = Sheet.clear(window)
    shapes = [
        *stroke([(x, foot + 0.01), (x - 0.004, foot - tall * 0.34)], tall * 0.075, tall * 0.05),
        *branches(x, foot, tall, stage.seed("bare")),
    ]
    if light.disc > 0.2:
        away = -1.0 if stage.spec.sun_x > 0 else 1.0
        low = 1.6 if light.sun_height < 0.15 else 0.8
        cast = [
            np.column_stack([p[:, 0] + away * (foot - p[:, 1]) * low, foot + (foot - p[:, 1]) * 0.24]) for p in shapes
        ]
        sheet.fill_many(cast, light.lit(colour("7D9ACB"), 0.15), 0.42)
    bark = mix(light.lit(colour("3A322E"), 0.2), light.fog, 0.12)
    sheet.fill_many([p - (0.0, tall * 0.012) for p in shapes[10:]], light.lit((0.97, 0.98, 1.0), 0.85), 0.9)
    sheet.fill_many(shapes, bark)
    sheet.fill(ellipse(x, foot + 0.012, tall * 0.13, tall * 0.028), light.lit((0.95, 0.97, 1.0), 0.8))
    stage.plate(sheet, near, fills_width=False)


@kept
def _spindrift(stage: Stage) -> None:
    """Veils of snow that run low over the drifts."""
    windy = stage.wind > 1.9
    drift = (0.1 * stage.spec.life * stage.breeze, 0.0)
    for index, (near, y) in enumerate(((0.36, stage.horizon + 0.08), (0.66, stage.horizon + 0.24))):
        window = stage.window(near, top=y - 0.1, bottom=y + 0.14, drift=drift, margin=0.05, coarse=3)
        veil = smoothstep(0.48, 0.8, noise(window, 2.2, 20.0, stage.seed(f"veil {index}"), 4))
        edge = np.clip(1 - np.abs(window.ys() - y - 0.02) / 0.12, 0, 1)
        sheet = Sheet.clear(window)
        sheet.wash(stage.light.lit((0.98, 0.99, 1.0), 0.9), (veil * edge * (0.75 if windy else 0.4)).astype(np.float32))
        stage.plate(sheet, near, drift=drift, fills_width=False)


def _glints(stage: Stage) -> None:
    """Crystals that catch the light here and there."""
    picture = star_pose(stage, mix(stage.light.sun, (1, 1, 1), 0.6))
    seed = stage.seed("glints")
    spots = [tuple(float(hash01(i, k, seed)) for k in range(4)) for i in range(34)]

    def placements(seconds: float) -> list[Placement]:
        made = []
        for a, b, c, d in spots:
            bright = max(0.0, math.sin(seconds * (0.9 + c) * stage.spec.life + d * 6.28)) ** 6
            if bright > 0.02:
                y = stage.horizon + 0.1 + 0.36 * b * b
                made.append(
                    Placement((a - 0.5) * stage.aspect * 1.1, y, 0.012 + 0.016 * c * (0.4 + b), opacity=bright * 0.9)
                )
        return made

    stage.add(Sprites([picture], placements, 0.6))


SETTING = Setting(
    build=build,
    words=listed(
        "snow field, snowfield, snow landscape, snowy field, tundra, arctic, antarctica, ice field, polar, snowscape"
    ),
    horizon=0.04,
    usual_time="morning",
    special_of=("meadow",),
    implied_by=("weather snow",),
    loose="",
)
