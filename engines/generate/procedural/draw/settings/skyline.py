"""A skyline from a roof: towers in four rows against the light, water tanks and aerials near by."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.cast import Ground, add_birds, add_sky_cast, stand_all
from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.land import add_mist
from engines.generate.procedural.draw.layers import Placement, Sprites
from engines.generate.procedural.draw.relight import halo
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sheet import Points, Sheet, across, down, ellipse, rect, stroke
from engines.generate.procedural.draw.sky import add_clouds, add_sky, star_pose
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.town import COATS, WARM_WINDOWS, add_skyline
from engines.generate.procedural.draw.window import hash01
from engines.generate.procedural.palette import Colour, colour, lift, mix

PARAPET = 0.36


def build(stage: Stage) -> None:
    """Sky, four rows of towers that sink into haze, nearer blocks seen from above, the roof one stands on."""
    light, base = stage.light, stage.horizon
    add_sky(stage)
    add_clouds(stage, stage.spec.life)
    low_sun = stage.spec.time in ("dusk", "dawn", "golden_hour")
    wall = light.lit(colour("7A86A0") if not light.is_night else colour("333A58"), 0.5)
    if low_sun:
        wall = lift(mix(light.lit(colour("56607E"), 0.15), light.sky[1], 0.5), -0.08)
    hero = -stage.spec.sun_x * stage.aspect * 0.95
    tall = 1.0 if not stage.spec.is_portrait else 1.15
    rows = (
        (0.05, 0.06, 0.26 * tall, 0.045, 0.16, None),
        (0.1, 0.1, 0.36 * tall, 0.07, 0.3, hero),
        (0.2, 0.05, 0.24 * tall, 0.1, 0.4, None),
        (0.34, -0.02, 0.13 * tall, 0.15, 0.5, None),
    )
    for index, (near, low, high, width, lit, peak) in enumerate(rows):
        tone = light.far(lift(wall, -0.05 * index), near, 1.1)
        add_skyline(
            stage, near, base + 0.05 * index, low, high, width, tone, lit * light.lamps + 0.02, hero=peak, bottom=base + 0.3,
            coats=COATS if stage.spec.time in ("day", "morning") else (),
            neon=(stage.has("neon") or stage.spec.palette == "neon") and index > 1,
        )  # fmt: skip
        if index < 3:
            add_mist(
                stage,
                base + 0.02 + 0.04 * index,
                0.09,
                near + 0.03,
                0.55 if stage.spec.weather != "fog" else 1.0,
                tag="haze",
            )
        if index == 1:
            _spire(stage, hero, base - 0.1 - 0.62 * tall * 0.62, tone)
    add_sky_cast(stage, -0.26)
    if not light.is_night and stage.spec.weather in ("clear", "cloudy"):
        add_birds(stage, -0.16, 8, 0.03)
    roof = lift(light.lit(colour("4E4A52") if not low_sun else colour("3A3644"), 0.25), -0.03)
    _blocks(stage, roof)
    if light.lamps > 0.3:
        _traffic(stage)
    _roof(stage, roof)
    stand_all(stage, Ground(PARAPET + 0.1, 0.9, 1.0))
    _string_lights(stage)


@kept
def _spire(stage: Stage, x: float, top: float, tone: Colour) -> None:
    """The needle that crowns the tallest tower."""
    near = 0.1
    window = stage.window(near, top=top - 0.2, bottom=top + 0.2)
    sheet = Sheet.clear(window)
    sheet.fill([(x - 0.006, top + 0.16), (x, top - 0.09), (x + 0.006, top + 0.16)], lift(tone, -0.02))
    if stage.light.lamps > 0.2:
        halo(sheet, x, top - 0.088, 0.011, colour("FF4A3A"), 0.95)
    stage.plate(sheet, near, fills_width=False)


@kept
def _blocks(stage: Stage, tone: Colour) -> None:
    """The nearest houses, seen a little from above: flat roofs with tanks, ducts and stairs."""
    light, lamps = stage.light, stage.light.lamps
    near = 0.55
    base = stage.horizon + 0.16
    window = stage.window(near, top=base - 0.16)
    sheet = Sheet.clear(window)
    seed = stage.seed("blocks")
    wide = 0.3
    for i in range(math.floor(window.x / wide) - 1, math.ceil(window.right / wide) + 1):
        a, b, c, d = (float(hash01(i, k, seed)) for k in range(4))
        x0, x1 = (i + 0.04 * a) * wide, (i + 0.94 + 0.1 * b) * wide
        y = base - 0.07 * c + 0.03
        wall = light.far(lift(tone, 0.04 * (d - 0.5)), 0.6)
        deck = mix(lift(wall, 0.07), light.sky[-1], 0.14)
        slope = 0.03
        sheet.fill(rect(x0, y, x1, 0.8), across(x0, x1, lift(wall, 0.02), lift(wall, -0.03)))
        sheet.fill([(x0, y), (x1, y), (x1 - 0.02, y - slope), (x0 + 0.02, y - slope)], deck)
        sheet.fill(rect(x0, y - 0.004, x1, y + 0.008), lift(wall, 0.05))
        if c > 0.45:
            _tank(sheet, x0 + wide * (0.25 + 0.4 * a), y - slope * 0.5, 0.07 + 0.03 * d, light, wall)
        if b > 0.4:
            bx = x0 + wide * (0.55 + 0.25 * d)
            sheet.fill(rect(bx, y - 0.05, bx + 0.06, y - 0.006), down(y - 0.05, y, lift(wall, 0.06), lift(wall, -0.02)))
            sheet.fill(rect(bx + 0.012, y - 0.036, bx + 0.03, y - 0.006), lift(wall, -0.07))
        if d > 0.6:
            for k in range(2):
                px = x0 + wide * (0.12 + 0.06 * k)
                sheet.fill(rect(px, y - 0.04, px + 0.03, y - 0.012), lift(wall, 0.08))
        panes: list[Points] = []
        dim: list[Points] = []
        for r in range(5):
            for k in range(5):
                pane = rect(
                    x0 + wide * (0.09 + 0.17 * k),
                    y + 0.03 + 0.05 * r,
                    x0 + wide * (0.19 + 0.17 * k),
                    y + 0.055 + 0.05 * r,
                )
                (panes if float(hash01(r * 7 + k, i, seed)) < 0.5 * lamps else dim).append(pane)
        sheet.fill_many(dim, mix(lift(wall, -0.06), light.sky[2], 0.3))
        if panes:
            sheet.fill_many(panes, mix(WARM_WINDOWS[i % 4], wall, 0.15))
    stage.plate(sheet, near)


def _tank(sheet: Sheet, x: float, foot: float, size: float, light: object, tone: Colour) -> None:
    """A wooden water tank on legs."""
    wood = lift(mix(tone, colour("6A4A38"), 0.5), 0.02)
    for k in (-0.32, 0.32):
        sheet.fill(rect(x + k * size - 0.002, foot - size * 0.5, x + k * size + 0.002, foot), lift(tone, -0.08))
    sheet.fill(
        rect(x - size * 0.4, foot - size * 1.25, x + size * 0.4, foot - size * 0.42),
        across(x - size * 0.4, x + size * 0.4, lift(wood, 0.07), wood, lift(wood, -0.08)),
    )
    sheet.fill(
        [(x - size * 0.46, foot - size * 1.23), (x + size * 0.46, foot - size * 1.23), (x, foot - size * 1.62)],
        lift(wood, -0.06),
    )
    for k in range(3):
        y = foot - size * (0.6 + 0.22 * k)
        sheet.fill(rect(x - size * 0.4, y, x + size * 0.4, y + 0.0022), lift(wood, -0.12))
    del light


def _traffic(stage: Stage) -> None:
    """Lights that crawl along an avenue between the blocks."""
    pictures = [star_pose(stage, colour(code)) for code in ("FFE9B8", "FF5A40")]
    y, near = stage.horizon + 0.125, 0.4
    span = stage.aspect * 1.4

    def placements(seconds: float) -> list[Placement]:
        made = []
        for i in range(26):
            a, hand = stage.pick("car", i), i % 2
            way = (a + (0.03 + 0.02 * stage.pick("car", i, 1)) * seconds * stage.spec.life * (1 if hand else -1)) % 1.0
            made.append(Placement((way - 0.5) * span, y + 0.006 * hand, 0.016, hand, opacity=0.85))
        return made

    stage.add(Sprites(pictures, placements, near))


@kept
def _roof(stage: Stage, tone: Colour) -> None:
    """The parapet before the eye, with an aerial, a vent and a chair."""
    light, near = stage.light, 0.88
    window = stage.window(near, top=-0.16)
    sheet = Sheet.clear(window)
    side = 1.0 if stage.spec.sun_x > 0 else -1.0
    dark = lift(tone, -0.07)
    snowy = stage.spec.weather == "snow" or stage.has("winter")
    top = lift(tone, 0.06) if not snowy else light.lit((0.95, 0.97, 1.0), 0.8)
    sheet.fill(rect(window.x - 1, PARAPET, window.right + 1, 0.9), down(PARAPET, 0.6, tone, dark))
    sheet.fill(rect(window.x - 1, PARAPET - 0.014, window.right + 1, PARAPET + 0.012), top)
    sheet.fill(rect(window.x - 1, PARAPET + 0.012, window.right + 1, PARAPET + 0.02), lift(dark, -0.04))
    for k in range(-5, 6):
        sheet.fill(rect(k * 0.31, PARAPET + 0.02, k * 0.31 + 0.003, 0.9), lift(dark, -0.03), 0.6)
    x = side * stage.half_width * 0.72
    shapes = stroke([(x, PARAPET), (x, -0.08)], 0.008)
    for k in range(5):
        y, half = -0.06 + 0.03 * k, 0.07 - 0.008 * k
        shapes += stroke([(x - half, y), (x + half, y)], 0.004)
    shapes += stroke([(x, 0.08), (x - 0.05, PARAPET)], 0.003)
    sheet.fill_many(shapes, dark)
    vx = -side * stage.half_width * 0.78
    sheet.fill(
        rect(vx - 0.07, PARAPET - 0.15, vx + 0.07, PARAPET + 0.01), across(vx - 0.07, vx + 0.07, lift(tone, 0.03), dark)
    )
    sheet.fill(ellipse(vx, PARAPET - 0.15, 0.07, 0.016), lift(tone, 0.07))
    for k in range(4):
        sheet.fill(
            rect(vx - 0.055, PARAPET - 0.12 + 0.026 * k, vx + 0.055, PARAPET - 0.108 + 0.026 * k), lift(dark, -0.05)
        )
    stage.plate(sheet, near)


def _string_lights(stage: Stage) -> None:
    """A cord with bulbs across the view, lit in the evening."""
    if stage.light.lamps < 0.3:
        return
    near = 0.86
    window = stage.window(near, top=-0.2, bottom=PARAPET)
    sheet = Sheet.clear(window)
    side = 1.0 if stage.spec.sun_x > 0 else -1.0
    a, b = (side * stage.half_width * 0.72, -0.06), (-side * stage.half_width * 1.1, 0.02)
    curve = [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t + 0.36 * t * (1 - t)) for t in np.linspace(0, 1, 30)]
    sheet.fill_many(stroke(curve, 0.0026), (0.06, 0.06, 0.09))
    for x, y in curve[1:-1:2]:
        halo(sheet, x, y + 0.012, 0.026, colour("FFC878"), 0.55)
        sheet.circle(x, y + 0.011, 0.0058, colour("FFF0C8"))
    made = stage.plate(sheet, near, fills_width=False)
    made.sway = lambda seconds: 0.006 * stage.wind * math.sin(seconds * 0.9)
    made.is_still = False


SETTING = Setting(
    build=build,
    words=listed(
        "skyline, rooftop, roof terrace, skyscraper, city skyline, high rise, manhattan, rooftop bar, "
        "penthouse, cityscape, panorama of the city"
    ),
    horizon=0.08,
    usual_time="dusk",
    special_of=("city",),
    loose="",
)
