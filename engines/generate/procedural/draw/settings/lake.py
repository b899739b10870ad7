"""A still lake: wooded shores and peaks stand on their heads in it; a jetty leads out."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.cast import Ground, add_birds, add_sky_cast, floating, stand_all
from engines.generate.procedural.draw.land import Line, add_conifers, add_mist, add_mountains, hills, ridges
from engines.generate.procedural.draw.plants import reeds
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sheet import Sheet, down, rect
from engines.generate.procedural.draw.sky import add_clouds, add_sky, sun_place
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.water import Water, add_sparkles
from engines.generate.procedural.draw.window import Field
from engines.generate.procedural.palette import Colour, colour, lift, mix


def build(stage: Stage) -> None:
    """Sky, two ranges, the wooded far shore, mirror, jetty and reeds."""
    light, base = stage.light, stage.horizon
    side = -1.0 if stage.spec.sun_x > 0 else 1.0
    snowy = stage.has("winter") or stage.spec.weather == "snow"
    add_sky(stage)
    add_clouds(stage, stage.spec.life)
    rock = colour("74808C") if not light.is_night else colour("8C93AC")
    peak = side * 0.16 * stage.aspect
    for index, (near, tall, frequency) in enumerate(((0.06, 0.36, 1.3), (0.15, 0.2, 1.6))):
        line = ridges(base - 0.005, tall, frequency, stage.seed(f"range {index}"), peak if index == 0 else None)
        snow = base - tall * (0.5 if not snowy else 0.1) if index == 0 else base - tall * (3.0 if not snowy else 0.2)
        local = rock if index == 0 else mix(rock, colour("4E6A54") if not snowy else rock, 0.6)
        add_mountains(stage, line, near, snow=snow, rock=local, foot=0.16)
        add_mist(stage, base - 0.02, 0.05, near + 0.02, 0.5 if stage.spec.weather != "fog" else 1.0)
    tint = light.lit(colour("2F5240") if not snowy else colour("6E8290"), 0.35)
    if stage.has("autumn"):
        tint = light.lit(colour("A8632C"), 0.45)
    for index, (near, height, rise) in enumerate(((0.26, 0.06, 0.02), (0.36, 0.1, 0.0))):
        tone = light.far(lift(tint, -0.03 * index), near)
        add_conifers(
            stage, _shore(stage, side, rise, index), near, height, 0.018 + 0.012 * index, tone, mix(tone, light.fog, 0.35),
            fade=0.4, snowy=0.6 * snowy, tag="shore",
        )  # fmt: skip
    boats = floating(stage, base)
    deep = lift(mix(light.ambient, colour("15495C"), 0.6), -0.15)
    windy = stage.wind > 1.3
    stage.add(
        Water(
            stage, base, near=0.9, rough=0.22 if not windy else 0.6, deep=deep, clear=0.7, speed=0.55 * stage.spec.life,
            sun=sun_place(stage) if light.disc > 0.05 else None, sun_colour=light.sun, sparkle=0.5 * light.disc, floating=boats,
        )
    )  # fmt: skip
    add_mist(stage, base + 0.004, 0.025, 0.38, 0.7 if stage.spec.time in ("dawn", "morning") else 0.35, tag="lake")
    add_sparkles(stage, base, 0.24)
    for boat in boats:
        stage.add(boat)
    add_sky_cast(stage, -0.26)
    if not light.is_night and stage.spec.weather in ("clear", "cloudy"):
        add_birds(stage, -0.14, 5, 0.03)
    deck = _jetty(stage, side)
    stand_all(stage, Ground(deck, 0.8, 0.86, at=side * 0.127))
    _reeds(stage, side, tint)


def _shore(stage: Stage, side: float, rise: float, index: int) -> Line:
    """The far bank: low, with a wooded point that comes in from one side."""
    rolling = hills(stage.horizon - rise, 0.018, 1.6, stage.seed(f"bank {index}"))

    def line(xs: Field) -> Field:
        point = np.clip((xs * side / stage.aspect - 0.1) / 0.4, 0, 1) ** 1.3 * 0.05 * index
        return np.asarray(rolling(xs) - point + 0.004, np.float32)

    return line


def _jetty(stage: Stage, side: float) -> float:
    """A jetty of planks that runs from the near bank out into the lake. Returns where one stands on it (y)."""
    light, near, base = stage.light, 0.82, stage.horizon
    snowy = stage.spec.weather == "snow" or stage.has("winter")
    window = stage.window(near, top=base + 0.05)
    sheet = Sheet.clear(window)
    deck = light.lit(colour("A07B58") if not snowy else colour("DCE4EE"), 0.6)
    dark = light.lit(colour("4A382C"), 0.15)
    middle = side * 0.17 * stage.aspect
    wide = 0.3 * stage.narrow

    def at(u: float, depth: float) -> tuple[float, float]:
        """A place on the deck: `u` -1..1 across, `depth` below the horizon."""
        return (middle * (0.45 + depth * 1.35) + u * wide * depth * 0.9, base + depth)

    end, start = 0.155, 0.8
    for u in (-1.0, 1.0):
        for depth in (0.16, 0.21, 0.29, 0.42):
            x, y = at(u * 0.97, depth)
            w = depth * 0.05
            sheet.fill(
                rect(x - w, y - depth * 0.12, x + w, y + depth * 0.26),
                down(y, y + depth * 0.26, dark, lift(dark, -0.05)),
            )
            sheet.fill(rect(x - w, y + depth * 0.26, x + w, y + depth * 0.46), dark, 0.3)
    shade = [
        at(-1.02, end),
        at(1.02, end),
        (at(1.02, start)[0], start + base + 0.1),
        (at(-1.02, start)[0], start + base + 0.1),
    ]
    sheet.fill([(x, y + 0.022) for x, y in shade], lift(dark, -0.04))
    sheet.fill(
        [at(-1, end), at(1, end), at(1, start), at(-1, start)],
        down(base + end, base + start, mix(deck, light.fog, 0.2), deck),
    )
    z = 1 / start
    board = 0
    while z < 1 / end:
        a, b = 1 / z, 1 / (z + 0.16)
        tint = (stage.pick("board", board) - 0.5) * 0.06
        sheet.fill([at(-1, a), at(1, a), at(1, b), at(-1, b)], lift(deck, tint), 0.7)
        sheet.fill([at(-1, a), at(1, a), at(1, a - 0.012 * a), at(-1, a - 0.012 * a)], dark, 0.75)
        z, board = z + 0.16, board + 1
    sheet.fill(
        [at(-1, end), at(1, end), (at(1, end)[0], base + end + 0.012), (at(-1, end)[0], base + end + 0.012)], dark, 0.5
    )
    stage.plate(sheet, near, fills_width=False)
    return base + 0.22


def _reeds(stage: Stage, side: float, tint: Colour) -> None:
    light, near = stage.light, 0.94
    window = stage.window(near, top=0.02)
    sheet = Sheet.clear(window)
    snowy = stage.spec.weather == "snow" or stage.has("winter")
    tone = light.lit(colour("5E7A3A") if not snowy else colour("B8A888"), 0.4)
    heads = light.lit(colour("6A4630"), 0.3)
    for k in range(6):
        a = stage.pick("clump", k)
        x = -side * stage.half_width * (0.62 + 0.1 * k) + 0.05 * (a - 0.5)
        reeds(sheet, x, 0.53, 0.22 + 0.16 * a, 16, stage.seed(f"reeds {k}"), lift(tone, -0.03 * (k % 3)), heads)
    made = stage.plate(sheet, near, fills_width=False)
    made.sway = lambda seconds: (
        0.02 * stage.wind * math.sin(seconds * 1.4) + 0.008 * stage.wind * math.sin(seconds * 3.1)
    )
    made.is_still = False


SETTING = Setting(
    build=build,
    words=listed("lake, tarn, loch, mirror lake, mountain lake, jetty, pond, lakeside, reservoir, still water"),
    horizon=0.06,
    usual_time="dawn",
    special_of=("mountains", "forest", "sea", "meadow"),
    implied_by=("feature lake",),
)
