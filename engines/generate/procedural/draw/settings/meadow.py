"""Fields and hills: green meadow with flowers, or corn; a tree, a house, balloons."""

from __future__ import annotations

import numpy as np

from engines.generate.procedural.draw.cast import Ground, add_birds, add_sky_cast, add_standing, stand_all, wanted
from engines.generate.procedural.draw.flutter import add_flutter
from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.land import Line, add_grass, add_mist, below, hills
from engines.generate.procedural.draw.plants import branches, crown
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sheet import Points, Sheet
from engines.generate.procedural.draw.sky import add_clouds, add_sky
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import hash01, noise
from engines.generate.procedural.palette import Colour, colour, lift, mix, ramp
from engines.generate.procedural.scene.parts import Subject

FLOWERS = tuple(colour(code) for code in "F4F1E6 E5533C F2B632 B073D0 5A8FE0 F4F1E6".split())


def build(stage: Stage) -> None:
    """Sky, five ranges of hills, the cast, rows of grass before the eye."""
    light, base = stage.light, stage.horizon
    add_sky(stage)
    add_clouds(stage, stage.spec.life)
    corn = stage.has("wheat")
    snowy = stage.spec.weather == "snow" or stage.has("winter")
    green = colour("7FB04C") if not corn else colour("E2B75A")
    if stage.has("autumn"):
        green = colour("B8A24C")
    if snowy:
        green = colour("E6EDF5")
    rows = ((0.05, -0.02, 0.14, 1.0), (0.12, 0.04, 0.14, 1.25), (0.24, 0.11, 0.14, 1.0), (0.4, 0.19, 0.12, 0.8))
    for index, (near, drop, height, frequency) in enumerate(rows):
        line = hills(base + drop, height, frequency, stage.seed(f"hill {index}"), 2)
        local = mix(green, colour("4F8A4A") if not snowy else colour("B9C8DC"), 0.5 * stage.pick("tone", index))
        _hill(stage, line, near, local, index)
        if index < 3:
            add_mist(stage, base + drop + 0.03, 0.045, near + 0.02, 0.3 if stage.spec.weather != "fog" else 0.95)
        if index == 1:
            add_sky_cast(stage, -0.26)
    if not wanted(stage, "birds") and stage.spec.weather in ("clear", "cloudy") and not light.is_night:
        add_birds(stage, -0.18, 6, 0.032)
    middle = hills(base + 0.23, 0.06, 0.8, stage.seed("hill 3b"), 2)
    _hill(
        stage,
        middle,
        0.56,
        mix(green, colour("6FA548") if not snowy else colour("D5E0EC"), 0.3 if not corn else 0.0),
        4,
    )
    if not stage.spec.subjects:
        _usual_cast(stage, base)
    stand_all(stage, Ground(base + 0.245, 0.58))
    dark, tip = light.lit(lift(green, -0.2), 0.25), light.lit(lift(green, 0.03), 0.85)
    ears = light.lit(colour("F0CB74"), 0.85) if corn else None
    flowers = () if corn or snowy else tuple(light.lit(tone, 0.9) for tone in FLOWERS)
    tall = 0.085 if corn else 0.06
    soil = (
        light.lit(mix(lift(green, -0.26), colour("2E3A22"), 0.4), 0.15)
        if not snowy
        else light.lit(colour("C6D4E4"), 0.5)
    )
    if not snowy:
        add_flutter(stage, 0.22, 0.9, 5, 0.7, 0.022)
    for index, (near, y, height) in enumerate(((0.72, 0.36, tall), (0.85, 0.42, tall * 1.5), (0.97, 0.5, tall * 2.2))):
        ground = hills(y + (base - 0.1) * (1.0 - 0.5 * index), 0.035, 1.0, stage.seed(f"grass {index}"), 2)
        amount = 420 - 110 * index
        add_grass(
            stage,
            ground,
            near,
            height,
            amount,
            (mix(dark, tip, 0.25 - 0.12 * index), tip),
            soil=mix(soil, tip, 0.25 - 0.1 * index),
            ears=ears,
            flowers=flowers,
        )


def _usual_cast(stage: Stage, base: float) -> None:
    """Nothing was named: one tree at a third gives the eye a place."""
    side = -1.0 if stage.spec.sun_x > 0 else 1.0
    if "subject tree" not in stage.spec.features:
        add_standing(stage, Subject("tree", 1, side * 0.24), Ground(base + 0.22, 0.57, 0.9))


@kept
def _hill(stage: Stage, line: Line, near: float, local: Colour, index: int) -> None:
    """A hill with the shadows of clouds on it, hedges and little woods."""
    light = stage.light
    window = stage.window(near)
    heights = line(window.xs())
    window = window.rows(float(heights.min()) - 0.05, 9.0)
    heights = line(window.xs())
    depth = np.clip((window.ys() - heights) / 0.2, 0, 1)
    sunny, shady = light.far(light.lit(local, 0.95), near), light.far(light.lit(lift(local, -0.1), 0.25), near)
    foot = light.far(light.lit(lift(local, -0.13), 0.1), near)
    patches = noise(window, 1.6, 5.0, stage.seed(f"patch {index}"), 3)
    fields = noise(window, 3.0, 16.0, stage.seed(f"field {index}"), 2)
    t = np.clip(depth * 0.75 + (patches - 0.5) * 1.1 + (fields - 0.5) * 0.35, 0, 1)
    sheet = Sheet.clear(window)
    sheet.wash(ramp((sunny, mix(sunny, shady, 0.5), shady, foot))[(t * 255).astype(int)], below(window, heights))
    rim = (
        np.exp(-np.clip(window.ys() - heights, 0, None) / 0.006)
        * below(window, heights)
        * np.float32(0.28 * light.glow)
    )
    sheet.glow(light.sun, rim.astype(np.float32))
    if index in (1, 2, 3):
        _woods(stage, sheet, line, near, index)
    stage.plate(sheet, near)


def _woods(stage: Stage, sheet: Sheet, line: Line, near: float, index: int) -> None:
    light = stage.light
    seed = stage.seed(f"woods {index}")
    snowy = stage.spec.weather == "snow" or stage.has("winter")
    base = colour("3F6B3C") if not stage.has("autumn") else colour("B8702E")
    dark, bright = (
        light.far(light.lit(lift(base, -0.05, 1.15), 0.45), near),
        light.far(light.lit(lift(base, 0.07, 1.1) if not snowy else colour("9FB2BC"), 0.95), near),
    )
    bark = light.far(light.lit(colour("4A382C"), 0.2), near)
    window = sheet.window
    seen = line(window.xs())[0]
    tall = 0.03 + 0.085 * near
    trunks: list[Points] = []
    low: list[Points] = []
    high: list[Points] = []
    side = -1.0 if stage.spec.sun_x < 0 else 1.0
    # Hedges follow the lie of the land, copses stand in its folds, single trees on its shoulders.
    for group in range(round((window.right - window.x) * 2.6)):
        a, b, c = (float(hash01(group, k, seed)) for k in range(3))
        centre, spread, down_by = window.x + (window.right - window.x) * a, 0.02 + 0.11 * b * b, 0.06 * c * c
        count = 1 if b < 0.25 else 3 + int(b * 9)
        for i in range(count):
            d, e = (float(hash01(group * 40 + i, k, seed + 5)) for k in range(2))
            x = centre + (d - 0.5) * 2 * spread
            foot = float(np.interp(x, window.xs()[0], seen)) + down_by + 0.006 * e
            trunk, body, bright_part = crown(x, foot, tall * (0.55 + 0.6 * e), seed + group * 50 + i, 0.9 + 0.3 * d)
            if snowy:
                trunks += branches(x, foot, tall * (0.6 + 0.6 * e), seed + group * 50 + i)
            trunks += trunk
            if not snowy:
                low += body
                high += bright_part if side < 0 else [np.column_stack([2 * x - p[:, 0], p[:, 1]]) for p in bright_part]
    for shapes, tone, alpha in ((trunks, bark, 1.0), (low, dark, 1.0), (high, bright, 0.8)):
        if shapes:
            sheet.fill_many(shapes, tone, alpha)


SETTING = Setting(
    build=build,
    words=listed(
        "meadow, field, grass, hill, countryside, farm, prairie, pasture, flower, wheat, spring, grassland, "
        "village green, barley, orchard, vineyard, steppe, cornfield, country, exterior, rolling hills"
    ),
    horizon=0.1,
    usual_time="day",
    implied_by=("feature wheat", "feature flowers", "time golden_hour", "time day", "time morning"),
)
