"""A factory: saw-tooth sheds, brick chimneys with smoke, tanks and pipes, a freight track before them."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.cast import Ground, add_birds, add_sky_cast, stand_all
from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.land import add_mist
from engines.generate.procedural.draw.layers import Placement, Pose, Sprites
from engines.generate.procedural.draw.relight import halo
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sheet import Points, Sheet, across, down, ellipse, rect, stroke, to_yuva
from engines.generate.procedural.draw.sky import add_clouds, add_sky
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import Window, hash01, noise
from engines.generate.procedural.draw.yard import add_fence, add_stores, add_yard
from engines.generate.procedural.palette import Colour, colour, lift, mix, ramp

Chimney = tuple[float, float, float]


def build(stage: Stage) -> None:
    """Sky, far stacks and cooling towers, the works in two rows, yard, fence."""
    light, base = stage.light, stage.horizon
    side = -1.0 if stage.spec.sun_x > 0 else 1.0
    add_sky(stage)
    add_clouds(stage, stage.spec.life)
    low_sun = stage.spec.time in ("dusk", "dawn")
    drop = -0.06 if low_sun else 0.0
    far = light.far(lift(light.lit(colour("7E8694"), 0.4), drop), 0.08)
    _far(stage, base, far, side)
    add_mist(stage, base - 0.03, 0.09, 0.1, 0.6 if stage.spec.weather != "fog" else 1.0)
    brick = lift(light.lit(colour("A0604A"), 0.55), drop)
    steel = lift(light.lit(colour("8A94A2"), 0.6), drop)
    tops = _stacks(stage, base, side, brick)
    _smoke(stage, tops, 0.22)
    _tanks(stage, base + 0.01, side, steel)
    add_mist(stage, base, 0.05, 0.27, 0.35)
    _sheds(stage, base + 0.035, side, brick)
    _pipes(stage, base + 0.04, side, steel)
    add_sky_cast(stage, -0.3)
    if not light.is_night and stage.spec.weather in ("clear", "cloudy"):
        add_birds(stage, -0.26, 4, 0.026)
    add_yard(stage, base + 0.035)
    stage.lamplight = 0.4 * light.lamps if light.is_night else 0.0
    stand_all(stage, Ground(base + 0.2, 0.6, 0.95))
    add_stores(stage)
    add_fence(stage)


@kept
def _far(stage: Stage, base: float, tone: Colour, side: float) -> None:
    """Cooling towers and pylons on the horizon."""
    near = 0.08
    window = stage.window(near, top=base - 0.36, bottom=base + 0.06)
    sheet = Sheet.clear(window)
    for k, (dx, tall) in enumerate(((-0.34, 0.2), (-0.24, 0.23), (0.42, 0.17))):
        x = side * dx * stage.aspect
        half = tall * 0.3
        t = np.linspace(0, 1, 17)
        edge = half * (0.62 + 0.38 * (1.9 * (t - 0.36)) ** 2)
        left = np.column_stack([x - edge, base - tall * (1 - t)])
        right = np.column_stack([x + edge, base - tall * (1 - t)])[::-1]
        sheet.fill(
            np.concatenate([left, right]),
            across(
                x - half, x + half, lift(tone, 0.05 if side > 0 else -0.02), lift(tone, -0.03 if side > 0 else 0.05)
            ),
        )
        sheet.fill(ellipse(x, base - tall, float(edge[0]), 0.008), lift(tone, -0.06))
        del k
    for k in range(4):
        x = -side * (0.02 + 0.13 * k) * stage.aspect
        tall = 0.14 - 0.016 * k
        lines = stroke([(x - 0.014, base), (x, base - tall)], 0.0022) + stroke(
            [(x + 0.014, base), (x, base - tall)], 0.0022
        )
        for j in range(3):
            y = base - tall * (0.95 - 0.16 * j)
            lines += stroke([(x - 0.022 + 0.004 * j, y), (x + 0.022 - 0.004 * j, y)], 0.0018)
        sheet.fill_many(lines, tone)
    sheet.fill(rect(window.x - 1, base - 0.012, window.right + 1, base + 0.1), tone)
    stage.plate(sheet, near)


def _stacks(stage: Stage, base: float, side: float, brick: Colour) -> list[Chimney]:
    """Three tall chimneys; returns (x, top, width)."""
    near = 0.22
    window = stage.window(near, bottom=base + 0.08)
    sheet = Sheet.clear(window)
    tops: list[Chimney] = []
    tall_by = 1.0 if not stage.spec.is_portrait else 1.1
    for dx, tall, wide in ((0.16, 0.5, 0.036), (0.24, 0.42, 0.03), (-0.36, 0.33, 0.028)):
        x, top = side * dx * stage.aspect, base - tall * tall_by
        tone = stage.light.far(brick, near)
        bright, dim = lift(tone, 0.06), lift(tone, -0.07)
        lit = (bright, tone, dim) if stage.spec.sun_x * stage.aspect < x else (dim, tone, bright)
        body = [
            (x - wide * 0.36, top),
            (x + wide * 0.36, top),
            (x + wide * 0.6, base + 0.05),
            (x - wide * 0.6, base + 0.05),
        ]
        sheet.fill(body, across(x - wide * 0.5, x + wide * 0.5, *lit))
        band = stage.light.far(stage.light.lit(colour("F0EBE2"), 0.6), near)
        for k in range(3):
            y = top + 0.018 + 0.05 * k
            half = wide * (0.36 + 0.24 * (y - top) / (base - top))
            sheet.fill(
                rect(x - half, y, x + half, y + 0.024), across(x - half, x + half, *(mix(c, band, 0.72) for c in lit))
            )
        sheet.fill(rect(x - wide * 0.46, top - 0.006, x + wide * 0.46, top + 0.008), dim)
        if stage.light.lamps > 0.3:
            halo(sheet, x, top + 0.01, 0.012, colour("FF4A3A"), 0.9)
        tops.append((x, top, wide))
    stage.plate(sheet, near, fills_width=False)
    return tops


def _smoke(stage: Stage, chimneys: list[Chimney], near: float) -> None:
    """Plumes that swell and lean with the wind, lit from the sun's side."""
    light = stage.light
    window = Window.around(-0.5, -0.5, 0.5, 0.5, max(16.0, stage.size[1] * 0.1))
    seed = stage.seed("puff")
    xs, ys = window.xs(), window.ys()
    curl = noise(window, 5.0, 5.0, seed, 3) - 0.5
    away = np.sqrt(xs * xs + ys * ys) + curl * 0.22
    body = np.clip((0.42 - away) / 0.26, 0, 1)
    side = 1.0 if stage.spec.sun_x > 0 else -1.0
    lit = np.clip(0.5 - ys * 0.7 + side * xs * 0.8 + curl * 1.1, 0, 1)
    pale = mix(light.cloud_light, light.key, 0.2)
    shade = mix(light.cloud_shade, light.fog, 0.3)
    sheet = Sheet.clear(window)
    sheet.wash(ramp((lift(shade, -0.04), shade, pale))[(lit * 255).astype(int)], (body * 0.5).astype(np.float32))
    puff = Pose(to_yuva(sheet, stage.grade), window)
    lean = stage.breeze * (0.5 + 0.5 * stage.wind)

    def placements(seconds: float) -> list[Placement]:
        t = seconds * (0.5 + 0.5 * stage.spec.life)
        made = []
        for j, (x, top, wide) in enumerate(chimneys):
            count = 16
            for i in range(count):
                u = (i / count + t * 0.055 + j * 0.31) % 1.0
                roll = float(hash01(i, j, seed))
                px = x + lean * (0.26 * u**1.5) + 0.012 * math.sin(t * 0.5 + roll * 9) * u
                py = top - 0.2 * u**0.75 / (0.6 + 0.4 * stage.wind) + 0.01 * math.sin(roll * 20)
                size = wide * 0.9 + 0.2 * u**0.8
                made.append(
                    Placement(
                        px, py, size, turn=roll * 6.28 + t * 0.1, opacity=min(1.0, u * 10) * (1 - u) ** 0.8 * 0.95
                    )
                )
        return made

    stage.add(Sprites([puff], placements, near))


@kept
def _tanks(stage: Stage, base: float, side: float, steel: Colour) -> None:
    """Round tanks and a distillation column with its ladders."""
    near = 0.26
    window = stage.window(near, top=base - 0.32, bottom=base + 0.06)
    sheet = Sheet.clear(window)
    tone = stage.light.far(steel, near)
    toward = stage.spec.sun_x > 0
    lit = (lift(tone, -0.1), tone, lift(tone, 0.08)) if toward else (lift(tone, 0.08), tone, lift(tone, -0.1))
    for dx, half, tall in ((-0.2, 0.05, 0.1), (-0.13, 0.05, 0.1), (-0.06, 0.04, 0.08)):
        x = side * dx * stage.aspect
        sheet.fill(rect(x - half, base - tall, x + half, base + 0.05), across(x - half, x + half, *lit))
        sheet.fill(ellipse(x, base - tall, half, half * 0.36, 180, 360), lift(tone, 0.04))
        for k in range(3):
            sheet.fill(
                rect(x - half, base - tall * (0.28 + 0.3 * k), x + half, base - tall * (0.28 + 0.3 * k) + 0.0022),
                lift(tone, -0.08),
            )
        sheet.line([(x + half * 0.4, base), (x + half * 0.4, base - tall)], 0.002, lift(tone, -0.12))
    for dx, tall in ((0.035, 0.27), (0.075, 0.21)):
        x = side * dx * stage.aspect
        sheet.fill(rect(x - 0.016, base - tall, x + 0.016, base + 0.05), across(x - 0.016, x + 0.016, *lit))
        sheet.fill(ellipse(x, base - tall, 0.016, 0.014, 180, 360), lift(tone, 0.05))
        for k in range(5):
            y = base - tall * (0.16 + 0.18 * k)
            sheet.fill(rect(x - 0.025, y, x + 0.025, y + 0.003), lift(tone, -0.1))
            if stage.light.lamps > 0.3:
                halo(sheet, x + 0.024, y - 0.004, 0.009, colour("FFE0A0"), 0.75)
    stage.plate(sheet, near, fills_width=False)


@kept
def _sheds(stage: Stage, base: float, side: float, brick: Colour) -> None:
    """The halls with their saw-tooth roofs; glass in the steep sides, lit at night."""
    light, near = stage.light, 0.36
    window = stage.window(near, top=base - 0.26, bottom=base + 0.02, margin=0.2)
    sheet = Sheet.clear(window)
    wall = light.far(brick, near)
    snowy = stage.spec.weather == "snow" or stage.has("winter")
    roof = light.far(light.lit(colour("5A6472") if not snowy else colour("EEF3FA"), 0.5), near)
    glass = mix(light.sky[-1], light.sky[2], 0.5)
    warm = mix(colour("FFDF9A"), wall, 0.1)
    tooth, tall = 0.115, 0.12
    panes: list[Points] = []
    for i in range(math.floor(window.x / tooth) - 1, math.ceil(window.right / tooth) + 1):
        x = i * tooth
        group = math.floor(i / 5)
        a = float(hash01(group, 1, stage.seed("hall")))
        rise = tall * (0.72 + 0.5 * a)
        if (i % 5) == 4:
            rise *= 0.62
        top = base - rise
        own = lift(wall, (a - 0.5) * 0.07)
        sheet.fill(rect(x, top, x + tooth + 0.001, base + 0.02), down(top, base, own, lift(own, -0.06)))
        if (i % 5) != 4:
            peak = top - 0.055
            xs = (x, x + tooth) if side > 0 else (x + tooth, x)
            sheet.fill([(xs[0], top + 0.002), (xs[0], peak), (xs[1], top + 0.002)], roof)
            w = 0.012 * (1 if side > 0 else -1)
            sheet.fill(
                [(xs[0], top), (xs[0], peak), (xs[0] + w, peak + 0.007), (xs[0] + w, top)],
                mix(glass, warm, light.lamps),
            )
        sheet.fill(rect(x, top - 0.002, x + tooth, top + 0.006), lift(own, -0.1))
        panes += [rect(x + 0.012 + 0.034 * k, top + 0.03, x + 0.034 + 0.034 * k, top + 0.066) for k in range(3)]
        if (i % 5) == 2:
            sheet.fill(rect(x + 0.02, base - 0.05, x + 0.095, base + 0.01), lift(own, -0.16))
            for k in range(6):
                sheet.fill(
                    rect(x + 0.02, base - 0.05 + 0.009 * k, x + 0.095, base - 0.048 + 0.009 * k), lift(own, -0.12)
                )
    lit = [p for k, p in enumerate(panes) if float(hash01(k, 2, stage.seed("pane"))) < 0.75 * light.lamps]
    dim = [p for k, p in enumerate(panes) if float(hash01(k, 2, stage.seed("pane"))) >= 0.75 * light.lamps]
    if dim:
        sheet.fill_many(dim, mix(glass, wall, 0.4))
    if lit:
        sheet.fill_many(lit, warm)
    bars = [rect((p[0, 0] + p[1, 0]) / 2 - 0.0012, p[0, 1], (p[0, 0] + p[1, 0]) / 2 + 0.0012, p[2, 1]) for p in panes]
    sheet.fill_many(bars, lift(wall, -0.12), 0.8)
    stage.plate(sheet, near, fills_width=False)


@kept
def _pipes(stage: Stage, base: float, side: float, steel: Colour) -> None:
    """A bridge of pipes on trestles across the yard, steam at a valve."""
    near = 0.42
    window = stage.window(near, top=base - 0.16, bottom=base + 0.05)
    sheet = Sheet.clear(window)
    tone = stage.light.far(steel, near)
    dark = lift(tone, -0.14)
    x0, x1 = side * 0.08 * stage.aspect, side * (stage.half_width + 0.8)
    left, right = min(x0, x1), max(x0, x1)
    for k in range(int((right - left) / 0.14) + 1):
        x = left + 0.06 + 0.14 * k
        sheet.fill_many(
            [
                *stroke([(x - 0.02, base + 0.035), (x - 0.008, base - 0.09)], 0.004),
                *stroke([(x + 0.02, base + 0.035), (x + 0.008, base - 0.09)], 0.004),
            ],
            dark,
        )
    for y, wide, own in (
        (base - 0.104, 0.017, tone),
        (base - 0.084, 0.012, lift(mix(tone, colour("C89A3A"), 0.5), 0.02)),
        (base - 0.124, 0.01, lift(tone, -0.05)),
    ):
        sheet.fill(
            rect(left, y - wide / 2, right, y + wide / 2),
            down(y - wide / 2, y + wide / 2, lift(own, 0.08), own, lift(own, -0.12)),
        )
        for k in range(int((right - left) / 0.2) + 1):
            sheet.fill(
                rect(left + 0.1 + 0.2 * k, y - wide * 0.7, left + 0.112 + 0.2 * k, y + wide * 0.7), lift(own, -0.05)
            )
    end = x0
    sheet.fill(
        rect(end - 0.01, base - 0.13, end + 0.01, base + 0.035), across(end - 0.01, end + 0.01, lift(tone, 0.05), dark)
    )
    stage.plate(sheet, near, fills_width=False)


SETTING = Setting(
    build=build,
    words=listed(
        "factory, industrial, industry, power plant, refinery, chimney, smokestack, plant works, steelworks, "
        "mill, warehouse, industrial estate, assembly line"
    ),
    horizon=0.14,
    usual_time="dusk",
    special_of=("city",),
)
