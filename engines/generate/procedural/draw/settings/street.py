"""A street of shops by lamplight: facades, awnings, a wet road, someone under an umbrella."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.cast import Ground, add_standing, stand_all
from engines.generate.procedural.draw.facades import add_facades
from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.land import add_mist
from engines.generate.procedural.draw.relight import halo
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sheet import Sheet, across, down, rect
from engines.generate.procedural.draw.sky import add_clouds, add_sky
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.town import add_skyline
from engines.generate.procedural.draw.water import Water
from engines.generate.procedural.draw.window import noise
from engines.generate.procedural.palette import Colour, colour, lift, mix, ramp
from engines.generate.procedural.spec import Subject


def build(stage: Stage) -> None:
    """Sky, towers behind, a row of houses, pavement with lamps, the road and who uses it."""
    light, base = stage.light, stage.horizon
    add_sky(stage)
    add_clouds(stage, stage.spec.life)
    back = light.far(light.lit(colour("59627C"), 0.3), 0.15)
    add_skyline(stage, 0.12, base, 0.25, 0.6, 0.1, back, 0.3 * light.lamps, bottom=base + 0.05)
    add_mist(stage, base - 0.15, 0.2, 0.2, 0.4)
    add_facades(stage, 0.42, base + 0.02)
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


@kept
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


@kept
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


@kept
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
        "street, street lamp, street light, lamp post, alley, pavement, sidewalk, shop, crosswalk, lane, boulevard, "
        "avenue, market, shopfront, storefront, awning, kerb, curb, high street, shopping street, back alley"
    ),
    horizon=0.18,
    usual_time="night",
    special_of=("city",),
    implied_by=("feature neon", "feature wet", "weather rain", "last lighting noir", "last style noir"),
    snows_in_winter=True,
)
