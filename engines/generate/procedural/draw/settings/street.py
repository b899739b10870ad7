"""A street of shops by lamplight: facades, awnings, a wet road, someone under an umbrella."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.cast import Ground, add_standing, stand_all
from engines.generate.procedural.draw.land import add_mist
from engines.generate.procedural.draw.relight import halo
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sheet import Points, Sheet, across, down, rect
from engines.generate.procedural.draw.sky import add_clouds, add_sky
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.town import NEON, WARM_WINDOWS, add_skyline
from engines.generate.procedural.draw.water import Water
from engines.generate.procedural.draw.window import hash01, noise
from engines.generate.procedural.palette import Colour, colour, lift, mix, ramp
from engines.generate.procedural.spec import Subject

_WALLS = tuple(colour(code) for code in "B4705A C99A6A 8A8F9C A8A080 7C6A7A D0B490".split())
_AWNINGS = tuple(colour(code) for code in "C8432F 2F6A72 D8942F 4A5A8A".split())


def build(stage: Stage) -> None:
    """Sky, towers behind, a row of houses, pavement with lamps, the road and who uses it."""
    light, base = stage.light, stage.horizon
    add_sky(stage)
    add_clouds(stage, stage.spec.life)
    back = light.far(light.lit(colour("59627C"), 0.3), 0.15)
    add_skyline(stage, 0.12, base, 0.25, 0.6, 0.1, back, 0.3 * light.lamps, bottom=base + 0.05)
    add_mist(stage, base - 0.15, 0.2, 0.2, 0.4)
    _facades(stage, 0.42, base + 0.02)
    stage.walkers = True
    stage.lamplight = 0.75 * light.lamps if stage.spec.time in ("night", "dusk") else 0.0
    wet = stage.spec.weather in ("rain", "storm") or stage.has("wet") or stage.has("neon")
    road = light.lit(colour("5C606C"), 0.25)
    line = base + 0.025
    if wet:
        deep = lift(mix(road, light.sky[1], 0.3), -0.1)
        stage.add(Water(stage, line, near=0.85, rough=0.3, deep=deep, clear=0.36, speed=0.6, sparkle=0.0))
    else:
        _road(stage, line, road)
    _kerb(stage, line)
    _lamps(stage, base + 0.05)
    mirrors = 0.8 if wet else 0.0
    pavement = Ground(base + 0.1, 0.6, 1.02, wet=mirrors)
    if "no people" not in stage.spec.features and not stage.spec.subjects:
        kind = "umbrella" if stage.spec.weather in ("rain", "snow", "storm") else "person"
        add_standing(stage, Subject(kind, 1, -0.14 if stage.spec.sun_x > 0 else 0.14), pavement)
    stand_all(stage, pavement, Ground(base + 0.2, 0.75, 1.2, wet=mirrors))


def _facades(stage: Stage, near: float, foot: float) -> None:
    light, lamps = stage.light, stage.light.lamps
    seed = stage.seed("facades")
    neon = stage.has("neon") or stage.spec.palette == "neon"
    window = stage.window(near, bottom=foot + 0.03, margin=0.3)
    sheet = Sheet.clear(window)
    x, index = math.floor(window.x / 2.0) * 2.0 - 0.5, 0
    while x < window.right + 0.1:
        a, b, c, d = (float(hash01(index + int(x * 7), k, seed)) for k in range(4))
        wide = 0.2 + 0.2 * a
        tall = 0.36 + 0.3 * b
        local = _WALLS[int(c * len(_WALLS))]
        wall = light.lit(mix(local, colour("4A4A60"), 0.25 if light.lamps > 0.5 else 0.05), 0.45)
        if light.lamps > 0.5:
            wall = mix(wall, mix(light.sky[1], colour("3A2E48"), 0.5), 0.35)
        _house(stage, sheet, x, wide, foot, tall, wall, lamps, seed + index * 13, d, neon)
        x += wide + (0.0 if b < 0.8 else 0.05)
        index += 1
    stage.plate(sheet, near)


def _house(
    stage: Stage,
    sheet: Sheet,
    x: float,
    wide: float,
    foot: float,
    tall: float,
    wall: Colour,
    lamps: float,
    seed: int,
    kind: float,
    neon: bool,
) -> None:
    top = foot - tall
    glow = mix(wall, colour("FFC070"), 0.3 * lamps)
    sheet.fill(rect(x, top, x + wide, foot), down(top, foot, lift(wall, -0.02), wall, glow))
    sheet.fill(rect(x - 0.006, top - 0.016, x + wide + 0.006, top + 0.006), lift(wall, -0.09))
    if kind > 0.6:
        sheet.fill(
            [
                (x + 0.01, top - 0.014),
                (x + 0.03, top - 0.07),
                (x + wide - 0.03, top - 0.07),
                (x + wide - 0.01, top - 0.014),
            ],
            lift(wall, -0.13),
        )
    elif kind < 0.25:
        sheet.fill(rect(x + wide * 0.7, top - 0.075, x + wide * 0.7 + 0.03, top), lift(wall, -0.1))
    columns = max(2, round(wide / 0.085))
    step = wide / columns
    shop = foot - 0.15
    rows = int((shop - top - 0.04) / 0.115)
    lit: list[Points] = []
    dim: list[Points] = []
    sills: list[Points] = []
    for r in range(rows):
        for k in range(columns):
            cx, cy = x + step * (k + 0.5), top + 0.05 + 0.115 * r
            pane = rect(cx - step * 0.24, cy, cx + step * 0.24, cy + 0.07)
            (lit if float(hash01(r * 9 + k, 1, seed)) < 0.42 * lamps else dim).append(pane)
            sills.append(rect(cx - step * 0.3, cy + 0.07, cx + step * 0.3, cy + 0.078))
    if dim:
        sheet.fill_many(dim, mix(lift(wall, -0.12), stage.light.sky[2], 0.35))
    if sills:
        sheet.fill_many(sills, lift(wall, 0.06))
    if lit:
        tone = WARM_WINDOWS[seed % len(WARM_WINDOWS)]
        sheet.fill_many(lit, mix(tone, wall, 0.12))
    for shapes, bar in ((lit, lift(wall, -0.05)), (dim, lift(wall, 0.03))):
        for p in shapes:
            mid = (p[0, 0] + p[1, 0]) / 2
            sheet.fill(rect(mid - 0.0018, p[0, 1], mid + 0.0018, p[2, 1]), bar, 0.8)
    open_shop = float(hash01(5, 5, seed)) < 0.8
    front = mix(colour("FFE7B4"), wall, 0.1) if lamps > 0.3 and open_shop else mix(stage.light.sky[3], wall, 0.5)
    sheet.fill(
        rect(x + 0.015, shop + 0.035, x + wide - 0.015, foot - 0.012), down(shop, foot, lift(front, 0.02), front)
    )
    for k in range(1, columns):
        sheet.fill(rect(x + step * k - 0.003, shop + 0.035, x + step * k + 0.003, foot - 0.012), lift(wall, -0.12))
    sheet.fill(
        rect(x + wide - step * 0.8, shop + 0.05, x + wide - step * 0.25, foot), mix(lift(wall, -0.18), front, 0.15)
    )
    tone = stage.light.lit(_AWNINGS[seed % len(_AWNINGS)], 0.6)
    count = max(4, round(wide / 0.03))
    for k in range(count):
        a, b = x + 0.008 + (wide - 0.016) * k / count, x + 0.008 + (wide - 0.016) * (k + 1) / count
        stripe = tone if k % 2 else mix(tone, stage.light.lit((0.97, 0.95, 0.9), 0.6), 0.8)
        sheet.fill(
            [(a + 0.006, shop), (b + 0.006 * (k < count - 1), shop), (b, shop + 0.042), (a, shop + 0.042)],
            down(shop, shop + 0.042, lift(stripe, 0.03), lift(stripe, -0.06)),
        )
    if neon and float(hash01(6, 6, seed)) > 0.35:
        sign = NEON[int(float(hash01(7, 7, seed)) * len(NEON))]
        sx, sy = x + wide * 0.82, shop - 0.12
        halo(sheet, sx, sy, 0.09, sign, 0.6)
        sheet.fill(rect(sx - 0.016, sy - 0.07, sx + 0.016, sy + 0.07), mix(sign, (1, 1, 1), 0.2))
        for k in range(3):
            sheet.fill(
                rect(sx - 0.009, sy - 0.055 + 0.042 * k, sx + 0.009, sy - 0.03 + 0.042 * k), lift(wall, -0.2), 0.75
            )


def _road(stage: Stage, line: float, road: Colour) -> None:
    near = 0.85
    window = stage.window(near, top=line, upright=False)
    depth = np.clip((window.ys() - line) / 0.35, 0, 1)
    snowy = stage.spec.weather == "snow"
    if snowy:
        road = stage.light.lit(colour("D6DEEA"), 0.6)
    t = np.clip(depth + (noise(window, 3.0, 14.0, stage.seed("road"), 3) - 0.5) * 0.35, 0, 1)
    sheet = Sheet.clear(window)
    far = mix(road, mix(stage.light.fog, colour("FFC070"), 0.4 * stage.light.lamps), 0.35)
    sheet.wash(
        ramp((far, road, lift(road, -0.06)))[(t * 255).astype(int)],
        np.clip((window.ys() - line) * window.scale + 0.5, 0, 1).astype(np.float32) + 0 * window.xs(),
    )
    for k in range(-4, 5):
        x = k * 0.55
        sheet.fill(
            [(x - 0.12, line + 0.2), (x + 0.12, line + 0.2), (x + 0.13, line + 0.215), (x - 0.135, line + 0.215)],
            lift(road, 0.22),
            0.0 if snowy else 0.7,
        )
    stage.plate(sheet, near, upright=False)


def _kerb(stage: Stage, line: float) -> None:
    """The pavement between the houses and the road."""
    near = 0.5
    window = stage.window(near, top=line - 0.02, bottom=line + 0.09)
    tone = stage.light.lit(colour("8E8C90") if stage.spec.weather != "snow" else colour("E4EAF2"), 0.4)
    warm = mix(tone, colour("FFC878"), 0.28 * stage.light.lamps)
    sheet = Sheet.clear(window)
    sheet.fill(
        rect(window.x - 1, line - 0.012, window.right + 1, line + 0.045), down(line - 0.012, line + 0.045, warm, tone)
    )
    sheet.fill(rect(window.x - 1, line + 0.045, window.right + 1, line + 0.056), lift(tone, -0.12))
    stage.plate(sheet, near, fills_width=False)


def _lamps(stage: Stage, foot: float) -> None:
    near = 0.55
    window = stage.window(near, bottom=foot + 0.02, margin=0.1)
    sheet = Sheet.clear(window)
    iron = stage.light.lit(colour("2C2E38"), 0.2)
    spacing = 0.62
    for i in range(math.floor(window.x / spacing) - 1, math.ceil(window.right / spacing) + 1):
        x, top = i * spacing + 0.2, foot - 0.42
        sheet.fill(rect(x - 0.005, top, x + 0.005, foot), across(x - 0.005, x + 0.005, lift(iron, 0.08), iron))
        sheet.fill(rect(x - 0.013, foot - 0.04, x + 0.013, foot), iron)
        sheet.fill(
            [(x - 0.024, top - 0.004), (x + 0.024, top - 0.004), (x + 0.016, top - 0.056), (x - 0.016, top - 0.056)],
            mix(iron, stage.light.sky[3], 0.4),
        )
        sheet.fill([(x - 0.028, top - 0.054), (x + 0.028, top - 0.054), (x, top - 0.08)], iron)
        if stage.light.lamps > 0.2:
            k = stage.light.lamps
            halo(sheet, x, top - 0.03, 0.16, colour("FFC878"), 0.4 * k)
            halo(sheet, x, top - 0.03, 0.05, colour("FFE2A8"), 0.75 * k)
            sheet.fill(
                [(x - 0.02, top - 0.008), (x + 0.02, top - 0.008), (x + 0.014, top - 0.05), (x - 0.014, top - 0.05)],
                colour("FFF3D0"),
                k,
            )
    stage.plate(sheet, near, fills_width=False)


SETTING = Setting(
    build=build,
    words=listed(
        "street, alley, pavement, sidewalk, shop, crosswalk, lane, boulevard, avenue, market, shopfront, "
        "storefront, awning, kerb, curb, high street, shopping street, back alley"
    ),
    horizon=0.18,
    usual_time="night",
    special_of=("city",),
    implied_by=("feature neon", "feature wet", "weather rain"),
    snows_in_winter=True,
)
