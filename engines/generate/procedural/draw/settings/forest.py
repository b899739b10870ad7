"""Forest: broad-leaved trunks in five depths, palest at the back, or tall conifers in mist."""

from __future__ import annotations

import math

import cv2
import numpy as np

from engines.generate.procedural.draw.cast import Ground, add_sky_cast, stand_all
from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.land import add_conifers, add_grass, add_mist, below, hills
from engines.generate.procedural.draw.layers import Placement, Sprites
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sheet import Points, Sheet, stroke
from engines.generate.procedural.draw.sky import add_clouds, add_sky, star_pose
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import hash01, noise, noise_at, smoothstep
from engines.generate.procedural.palette import Colour, colour, lift, mix, ramp


def build(stage: Stage) -> None:
    """Conifers if the words say so, or in snow; else a light broad-leaved wood."""
    if stage.has("pines") or stage.spec.weather == "snow" or stage.has("winter"):
        _conifers(stage)
    else:
        _broadleaved(stage)


def _conifers(stage: Stage) -> None:
    light, base = stage.light, stage.horizon
    add_sky(stage)
    add_clouds(stage, stage.spec.life)
    snowy = stage.spec.weather == "snow" or stage.has("winter")
    tone = light.lit(colour("1F4438") if not snowy else colour("3F5A62"), 0.25)
    rows = (
        (0.12, -0.02, 0.15, 0.028),
        (0.24, 0.05, 0.21, 0.045),
        (0.4, 0.12, 0.3, 0.075),
        (0.6, 0.22, 0.42, 0.13),
        (0.82, 0.36, 0.62, 0.24),
    )
    foggy = stage.spec.weather == "fog"
    for index, (near, drop, height, spacing) in enumerate(rows):
        ground = hills(base + drop - 0.06, 0.06, 1.2, stage.seed(f"row {index}"))
        head = mix(tone, light.fog, min(0.9, (0.82 if foggy else 0.66) * (1 - near) ** 1.1))
        foot = mix(
            head,
            light.fog if not snowy else mix(light.fog, (1, 1, 1), 0.25),
            0.75 if index < 4 else (0.35 if not snowy else 0.75),
        )
        room = (-0.3 * stage.aspect, 0.3 * stage.aspect) if index == 4 else None
        add_conifers(stage, ground, near, height, spacing, head, foot, keep_clear=room, snowy=(0.75 if snowy else 0.0))
        add_mist(stage, base + drop, 0.07, near + 0.05, (0.85 if foggy else 0.5) * (1 if index < 4 else 0.4))
        if index == 3:
            stand_all(stage, Ground(base + drop + 0.06, near + 0.08, 0.85))
    add_sky_cast(stage, -0.3)


def _broadleaved(stage: Stage) -> None:
    light = stage.light
    autumn = stage.has("autumn")
    leaf = colour("D98A32") if autumn else colour("86B44A")
    glow = (
        mix(light.fog, light.key, 0.35)
        if stage.spec.weather in ("fog", "rain", "storm")
        else mix(mix(light.fog, light.key, 0.55), light.lit(leaf, 1.0), 0.42)
    )
    back = Sheet.clear(stage.window(0.0).coarser(3))
    sun = stage.spec.sun_x * stage.aspect
    away = np.sqrt((back.window.xs() - sun) ** 2 * 0.7 + (back.window.ys() + 0.06) ** 2)
    deep = mix(lift(light.lit(leaf, 0.5), -0.1), glow, 0.35)
    table = ramp((mix(glow, light.sun, 0.6 if not light.is_night else 0.2), glow, deep, lift(deep, -0.08)))
    back.wash(table[np.clip(away / 0.85 * 255, 0, 255).astype(int)], 1.0)
    back.data = np.asarray(back.data, np.float32)
    stage.plate(back, 0.0)
    dark = light.lit(colour("2C3A20") if not autumn else colour("4A2A1C"), 0.12)
    dark = lift(dark, -0.05)
    depths = ((0.08, 0.8), (0.2, 0.6), (0.36, 0.4), (0.56, 0.2), (0.84, 0.0))
    for index, (near, haze) in enumerate(depths):
        tone = mix(dark, glow, haze * (1.0 if not light.is_night else 0.75))
        leaves = mix(mix(light.lit(leaf, 0.35), dark, 0.45), glow, haze * 0.95)
        _trees(stage, near, index, tone, leaves, glow)
        if index < 4:
            add_mist(
                stage,
                stage.horizon + 0.03 + 0.05 * index,
                0.09,
                near + 0.05,
                0.5 if stage.spec.weather != "fog" else 0.95,
                colour=mix(glow, light.fog, 0.3),
            )
        if index == 1 and light.disc > 0.4 and not light.is_night:
            _shafts(stage, glow)
        if index == 3:
            stand_all(stage, Ground(stage.horizon + 0.17, 0.6, 0.8))
    tones = (light.lit(colour("3E5A28") if not autumn else colour("7A4A22"), 0.2), light.lit(leaf, 0.6))
    add_grass(stage, hills(0.5, 0.06, 1.4, stage.seed("fern")), 0.92, 0.1, 260, tones, soil=lift(dark, -0.03))
    _motes(stage)


@kept
def _trees(stage: Stage, near: float, index: int, tone: Colour, leaves: Colour, glow: Colour) -> None:
    birch = stage.has("birches")
    seed = stage.seed(f"wood {index}")
    foot = stage.horizon - 0.02 + 0.34 * near**1.15
    spacing = (0.07, 0.11, 0.18, 0.3, 0.62)[index]
    wide = (0.011, 0.018, 0.032, 0.055, 0.11)[index] * (0.8 + 0.2 * stage.narrow)
    window = stage.window(near, margin=0.1)
    sheet = Sheet.clear(window)
    first, last = math.floor(window.x / spacing) - 1, math.ceil(window.right / spacing) + 1
    ground = hills(foot + 0.02, 0.05, 1.3, seed)
    line = ground(window.xs())
    sheet.wash(mix(tone, leaves, 0.35), below(window, line))
    bark = tone if not birch else mix(stage.light.lit((0.93, 0.92, 0.88), 0.6), glow, 0.75 * (1 - near))
    trunks: list[Points] = []
    for i in range(first, last):
        a, b, c, d = (float(hash01(i, k, seed)) for k in range(4))
        if index == 4 and abs((i + 0.5) * spacing) < 0.24 * stage.aspect:
            continue
        if d < 0.18:
            continue
        x = (i + 0.5 + 0.8 * (a - 0.5)) * spacing
        w = wide * (0.6 + 0.8 * b * b)
        y = float(ground(np.array([[x]], np.float32))[0, 0])
        lean = (c - 0.5) * 0.12
        top = (x + lean, -1.1)
        bend = [(x, y), (x + lean * 0.2 + 0.01 * (d - 0.5), y - 0.25), (x + lean * 0.55, y - 0.6), top]
        trunks += stroke(bend, w, w * 0.6)
        trunks.append(
            np.array(
                [(x - w * 1.15, y + 0.012), (x - w * 0.5, y - 0.07), (x + w * 0.5, y - 0.07), (x + w * 1.2, y + 0.012)]
            )
        )
        if index >= 2:
            side = 1 if b > 0.5 else -1
            by = y - 0.3 - 0.2 * c
            trunks += stroke(
                [(x + lean * 0.4, by), (x + side * 0.09, by - 0.09), (x + side * 0.17, by - 0.22)], w * 0.34, w * 0.08
            )
    if trunks:
        sheet.fill_many(trunks, bark)
    if birch:
        _birch_marks(sheet, trunks, seed, mix(tone, bark, 0.2))
    _canopy(stage, sheet, near, index, leaves, tone, seed)
    stage.plate(sheet, near)


def _birch_marks(sheet: Sheet, trunks: list[Points], seed: int, dark: Colour) -> None:
    for i in range(0, len(trunks), 8):
        shape = trunks[i]
        low, high = shape.min(axis=0), shape.max(axis=0)
        for k in range(5):
            y = low[1] + (high[1] - low[1]) * float(hash01(i, k, seed + 3))
            wide = (high[0] - low[0]) * 0.3
            x = low[0] + (high[0] - low[0]) * float(hash01(i, k, seed + 4)) * 0.6
            sheet.shade([(x, y), (x + wide, y - 0.003), (x + wide, y + 0.004), (x, y + 0.005)], dark, 0.7)


def _canopy(stage: Stage, sheet: Sheet, near: float, index: int, leaves: Colour, tone: Colour, seed: int) -> None:
    window = sheet.window
    fine = (26.0, 19.0, 14.0, 10.0, 7.5)[index]
    reach = (-0.02, -0.07, -0.13, -0.2, -0.29)[index]
    coarse = window.rows(-2.0, reach + 0.25)
    shape = (
        noise(coarse, fine * 0.35, fine * 0.45, seed + 21, 1) * 0.55
        + noise(coarse, fine, fine, seed + 22, 3, 0.6) * 0.45
    )
    edge = noise_at(coarse.xs(), 2.2, seed + 23, 2) * 0.3
    mass = smoothstep(0.0, 0.02, shape - 0.5 + (reach + edge - 0.15 - coarse.ys()) * 1.5)
    light = np.clip(0.25 + (shape - 0.45) * 2.6, 0, 1)
    table = ramp((tone, mix(tone, leaves, 0.6), leaves, lift(leaves, 0.07)))
    rows = slice(0, coarse.height)
    sheet.wash(table[(light * 255).astype(int)], mass, rows)


def _shafts(stage: Stage, glow: Colour) -> None:
    """Light that falls between the crowns, from a sun well above the frame."""
    window = stage.window(0.3, coarse=4)
    x0, y0 = stage.spec.sun_x * stage.aspect * 2.2, -1.3
    angle = np.arctan2(window.xs() - x0, window.ys() - y0)
    bands = smoothstep(
        0.5,
        0.85,
        noise_at(angle, 16.0, stage.seed("shafts"), 2) * 0.65 + noise_at(angle, 41.0, stage.seed("shafts") + 1) * 0.35,
    )
    fall = smoothstep(-0.6, -0.1, window.ys()) * (1 - smoothstep(0.05, 0.42, window.ys()))
    sheet = Sheet.clear(window)
    soft = cv2.GaussianBlur((bands * fall * 0.42).astype(np.float32), (0, 0), 1.5)
    sheet.wash(mix(glow, stage.light.sun, 0.8), np.asarray(soft, np.float32))

    def pulse(seconds: float) -> float:
        return 0.82 + 0.16 * math.sin(seconds * 0.6 * stage.spec.life + 1.0)

    stage.plate(sheet, 0.3, pulse=pulse)


def _motes(stage: Stage) -> None:
    """Dust in the light by day, fireflies at night."""
    fireflies = stage.light.is_night or stage.has("fireflies") or stage.spec.time == "dusk"
    if stage.spec.weather in ("rain", "storm"):
        return
    tone = colour("E9FF9A") if fireflies else mix(stage.light.sun, (1, 1, 1), 0.4)
    picture = star_pose(stage, tone)
    count = 26 if fireflies else 30
    seed = stage.seed("motes")

    def placements(seconds: float) -> list[Placement]:
        made = []
        t = seconds * stage.spec.life
        for i in range(count):
            a, b, c, d = (float(hash01(i, k, seed)) for k in range(4))
            x = (a - 0.5) * stage.aspect * 1.2 + 0.05 * math.sin(t * (0.25 + 0.3 * b) + c * 6.28)
            y = (b - 0.5) * 0.85 + 0.1 + 0.035 * math.sin(t * (0.35 + 0.3 * c) + d * 6.28)
            bright = (0.5 + 0.5 * math.sin(t * (1.1 + d) + a * 6.28)) ** (2 if fireflies else 1)
            made.append(
                Placement(
                    x, y, (0.045 if fireflies else 0.014) * (0.5 + d), opacity=bright * (1.0 if fireflies else 0.5)
                )
            )
        return made

    stage.add(Sprites([picture], placements, 0.7))


SETTING = Setting(
    build=build,
    words=listed(
        "forest, wood, woods, woodland, pine, grove, trunk, fern, undergrowth, redwood, taiga, fir, spruce, "
        "birch, clearing, leaf, leaves, among the trees, thicket"
    ),
    horizon=0.16,
    usual_time="morning",
    implied_by=(
        "feature pines",
        "feature birches",
        "feature fireflies",
        "feature autumn",
        "weather fog",
        "last lighting moody",
        "last style moody",
    ),
    snows_in_winter=True,
    full_of=("tree",),
)
