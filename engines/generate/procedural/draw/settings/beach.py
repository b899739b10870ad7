"""A beach: palms over pale sand, surf that runs up and back, gulls."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.cast import Ground, add_birds, add_sky_cast, floating, stand_all
from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.land import add_mist, add_silhouette, below
from engines.generate.procedural.draw.layers import Placement, Pose, Sprites
from engines.generate.procedural.draw.plants import palm
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sheet import Sheet, ellipse, to_yuva
from engines.generate.procedural.draw.sky import add_clouds, add_sky, sun_place
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.water import Water, add_sparkles
from engines.generate.procedural.draw.window import Field, Window, noise, noise_at, smoothstep
from engines.generate.procedural.palette import colour, lift, mix, ramp

SHORE = 0.2
"""How far below the horizon the sand begins."""


def build(stage: Stage) -> None:
    """Sky, headland, sea, surf, sand with the mirror of the sky on its wet rim, palms."""
    light, line = stage.light, stage.horizon
    side = 1.0 if stage.spec.sun_x > 0 else -1.0
    add_sky(stage)
    add_clouds(stage, stage.spec.life)
    _headland(stage, -side)
    boats = floating(stage, line)
    deep = lift(mix(light.ambient, colour("17809A"), 0.62), -0.06)
    if stage.spec.time in ("day", "morning") and light.cover < 0.6:
        deep = mix(colour("22A7B4"), light.ambient, 0.12)
    stormy = stage.wind > 1.9
    stage.add(
        Water(
            stage,
            line,
            rough=1.3 if stormy else 0.7,
            deep=deep,
            clear=0.34 if not light.is_night else 0.6,
            speed=stage.spec.life * (1.4 if stormy else 1.0),
            sun=sun_place(stage) if light.disc > 0.05 else None,
            sun_colour=mix(light.sun, (1, 1, 1), 0.25),
            sparkle=min(1.0, light.glow + 0.2) * light.disc,
            floating=boats,
        )
    )
    add_mist(stage, line, 0.03, 0.02, 0.5 if stage.spec.weather != "fog" else 0.95)
    add_sparkles(stage, line, SHORE * 0.8)
    for boat in boats:
        stage.add(boat)
    for index in range(3):
        _breaker(stage, index)
    add_sky_cast(stage, -0.24)
    if not light.is_night and stage.spec.weather in ("clear", "cloudy"):
        add_birds(stage, -0.2, 5, 0.036)
    _sand(stage)
    _swash(stage)
    stand_all(stage, Ground(line + SHORE + 0.12, 0.78, 1.0))
    _palms(stage, -side)


def _headland(stage: Stage, side: float) -> None:
    light, line = stage.light, stage.horizon
    seed = stage.seed("headland")
    for index, (near, tall, reach) in enumerate(((0.03, 0.09, 0.05), (0.06, 0.13, 0.3))):
        far = light.far(light.lit(colour("5E7F6A"), 0.4), 0.08 + 0.1 * index)

        def shape(xs: Field, tall: float = tall, reach: float = reach, index: int = index) -> Field:
            out = np.clip((xs * side - reach * stage.aspect * 0.6) / (0.4 * stage.aspect), 0, 1) ** 0.6
            return np.asarray(line + 0.004 - tall * out * (0.55 + 0.6 * noise_at(xs, 5.0, seed + index, 3)), np.float32)

        add_silhouette(stage, shape, near, far, mix(far, light.fog, 0.55), 0.1, bottom=line + 0.03)


def edge_of(stage: Stage, xs: Field) -> Field:
    """The rim of the sand: y at each x."""
    seed = stage.seed("rim")
    bow = 0.035 * np.sin(xs * 1.7 + 6.28 * stage.pick("rim")) + 0.03 * (noise_at(xs, 1.6, seed, 2) - 0.5)
    return np.asarray(stage.horizon + SHORE + bow, np.float32)


def _breaker(stage: Stage, index: int) -> None:
    """A line of broken water that rolls in, fades and comes again."""
    light = stage.light
    window = stage.window(0.7, top=-0.03, bottom=0.05)
    window = Window.around(window.x - 0.1, -0.02, window.right + 0.1, 0.02, window.scale)
    xs, ys = window.xs(), window.ys()
    seed = stage.seed(f"breaker {index}")
    broken = smoothstep(0.42, 0.62, noise_at(xs, 2.4, seed, 2))
    lace = noise(window, 26.0, 70.0, seed + 1, 3)
    wobble = 0.006 * (noise_at(xs, 9.0, seed + 2, 2) - 0.5)
    body = np.exp(-(((ys - wobble) / (0.0045 + 0.004 * broken)) ** 2)) * broken * smoothstep(0.28, 0.5, lace + 0.16)
    shade = np.exp(-(((ys - wobble - 0.009) / 0.006) ** 2)) * broken * 0.35
    sheet = Sheet.clear(window)
    sheet.wash(lift(light.lit(colour("2A8A98"), 0.3), -0.06), shade.astype(np.float32))
    sheet.wash(light.lit((1.0, 1.0, 1.0), 0.85), np.clip(body, 0, 1).astype(np.float32))
    picture = Pose(to_yuva(sheet, stage.grade), window)
    line = stage.horizon

    def placements(seconds: float) -> list[Placement]:
        t = (index / 3 + seconds * 0.11 * (0.5 + 0.5 * stage.spec.life)) % 1.0
        # Rolling in it nears the eye: slow far out, faster at the shore.
        y = line + 0.045 + (SHORE - 0.06) * t**1.5
        return [Placement(0.0, y, 0.55 + 0.75 * t, opacity=math.sin(math.pi * t) ** 0.7)]

    stage.add(Sprites([picture], placements, 0.6))


@kept
def _sand(stage: Stage) -> None:
    light, near = stage.light, 0.78
    window = stage.window(near, top=stage.horizon + SHORE - 0.08)
    xs, ys = window.xs(), window.ys()
    edge = edge_of(stage, xs)
    seed = stage.seed("sand")
    snowy = stage.spec.weather == "snow" or stage.has("winter")
    dry = light.lit(colour("F0D9AE") if not snowy else colour("E9EEF4"), 0.85)
    wet = light.lit(colour("A98A66"), 0.4)
    depth = ys - edge
    dunes = noise(window, 1.6, 7.0, seed, 3) - 0.5
    ripples = (
        np.sin((ys * 150 / (1 + np.clip(depth, 0, 1) * 4)) + dunes * 26 + xs * 3) * smoothstep(0.1, 0.3, depth) * 0.06
    )
    grains = (noise(window, 120.0, 160.0, seed + 3, 1) - 0.5) * 0.1 * smoothstep(0.02, 0.2, depth)
    t = np.clip(0.3 + depth * 1.5 + dunes * 0.7 + ripples + grains, 0, 1)
    colours = ramp((lift(dry, -0.06), dry, lift(dry, 0.025)))[(t * 255).astype(int)]
    damp = (1 - smoothstep(0.015, 0.085, depth + dunes * 0.05))[..., None]
    mirror = mix(light.sky[-1], light.sky[2], 0.45)
    gloss = (1 - smoothstep(0.0, 0.045, depth))[..., None] * 0.5
    colours = colours * (1 - damp) + np.asarray(wet, np.float32) * damp
    colours = colours * (1 - gloss) + np.asarray(mirror, np.float32) * gloss
    sheet = Sheet.clear(window)
    sheet.wash(colours.astype(np.float32), below(window, edge))
    for i in range(9):
        a, b, c = (stage.pick("shell", i, k) for k in range(3))
        x, y = (a - 0.5) * stage.aspect * 1.1, stage.horizon + SHORE + 0.1 + 0.2 * b
        r = 0.004 + 0.005 * c
        sheet.fill(ellipse(x + r * 0.4, y + r * 0.4, r * 1.2, r * 0.5), lift(wet, -0.05), 0.4)
        sheet.fill(ellipse(x, y, r, r * 0.62), light.lit(colour(("FFF4E6", "F2A488", "E8D8F0")[i % 3]), 0.9))
    stage.plate(sheet, near)


def _swash(stage: Stage) -> None:
    """The thin water that slides up the sand and back, with foam at its rim."""
    light = stage.light
    near = 0.78
    window = stage.window(near)
    window = Window.around(window.x - 0.05, -0.11, window.right + 0.05, 0.075, window.scale)
    xs, ys = window.xs(), window.ys()
    seed = stage.seed("swash")
    edge = edge_of(stage, xs) - stage.horizon - SHORE + 0.024 * (noise_at(xs, 3.2, seed, 2) - 0.5) + 0.012
    lace = noise(window, 20.0, 46.0, seed + 1, 3)
    inside = np.clip((edge - ys) * window.scale, 0, 1)
    film = inside * smoothstep(-0.1, -0.02, ys) * 0.55
    rim = np.exp(-(((ys - edge + 0.004) / 0.005) ** 2)) * smoothstep(0.3, 0.45, lace)
    net = inside * smoothstep(0.55, 0.66, lace) * np.exp(-np.clip(edge - ys, 0, None) / 0.03) * 0.8
    sheet = Sheet.clear(window)
    water = mix(light.lit(colour("5FB8C0"), 0.7), light.sky[-1], 0.45)
    sheet.wash(water, film.astype(np.float32))
    sheet.wash(light.lit((1.0, 1.0, 1.0), 0.9), np.clip(rim + net, 0, 1).astype(np.float32))
    picture = Pose(to_yuva(sheet, stage.grade), window)
    base = stage.horizon + SHORE

    def placements(seconds: float) -> list[Placement]:
        t = seconds * 0.75 * (0.5 + 0.5 * stage.spec.life)
        slide = 0.016 * math.sin(t) + 0.005 * math.sin(t * 2.3 + 1)
        return [Placement(0.004 * math.sin(t * 0.7), base + slide, 1.0)]

    stage.add(Sprites([picture], placements, near))


def _palms(stage: Stage, side: float) -> None:
    """Two palms lean over the water from one side; their shadow lies on the sand away from the sun."""
    light, near = stage.light, 0.88
    window = stage.window(near, margin=0.1)
    sheet = Sheet.clear(window)
    bark = light.lit(colour("8A6A4C"), 0.35)
    leaf = (light.lit(colour("2C5A34"), 0.2), light.lit(colour("6FA03C"), 0.85))
    if light.sun_height < 0.12 and light.disc > 0.3:
        bark, leaf = lift(bark, -0.14), (lift(leaf[0], -0.14), lift(leaf[1], -0.16))
    foot = stage.horizon + SHORE + 0.2
    out = stage.half_width * (0.8 if not stage.spec.is_portrait else 0.86)
    for k, (dx, dy, tall, lean) in enumerate(((0.0, 0.0, 0.66, -0.28), (0.1, 0.05, 0.5, -0.1))):
        x = side * (out + dx)
        if light.disc > 0.2 and not light.is_night:
            away = -1.0 if stage.spec.sun_x > 0 else 1.0
            shade = lift(light.lit(colour("8C7452"), 0.2), -0.05)
            sheet.fill(ellipse(x + away * 0.12, foot + dy + 0.012, 0.15, 0.012), shade, 0.4)
        palm(sheet, x, foot + dy, tall * (0.75 + 0.25 * stage.narrow), side * lean, stage.seed(f"palm {k}"), bark, leaf)
    made = stage.plate(sheet, near, fills_width=False)
    made.sway = lambda seconds: (
        0.006 * stage.wind * math.sin(seconds * 1.1) + 0.003 * stage.wind * math.sin(seconds * 2.7)
    )
    made.is_still = False


SETTING = Setting(
    build=build,
    words=listed("beach, seaside, shore, sand beach, tropical beach, coast, shoreline, palm beach, palm tree"),
    horizon=0.02,
    usual_time="day",
    special_of=("sea",),
    implied_by=("feature beach",),
    loose="sand",
)
