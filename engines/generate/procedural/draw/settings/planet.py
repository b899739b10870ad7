"""The ground of another world: spires of rock, craters, a ringed giant and moons in the sky."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from engines.generate.procedural.draw.cast import Ground, stand_all
from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.land import Line, add_mist, below
from engines.generate.procedural.draw.layers import Placement, Sprites
from engines.generate.procedural.draw.planets import globe, rings
from engines.generate.procedural.draw.relight import halo
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.settings.space import add_shooting_stars
from engines.generate.procedural.draw.sheet import Sheet, down, ellipse, rect
from engines.generate.procedural.draw.sky import add_sky, sun_place
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import Field, hash01, noise, noise_at, smoothstep
from engines.generate.procedural.palette import Colour, colour, lift, mix, ramp

_WORLDS = (
    # sky from the zenith down, rock, light
    ("1A0E2E 4A1E52 A03C5A E87A50 FFC890", "B0563C", "FFD2A0"),
    ("06182E 0E3A5A 1F6E86 6AB8A8 E0F0C0", "4E7E86", "E8FFE0"),
    ("140E34 2E1E6A 6A3E9E B878C0 FFCCD8", "7A5AA0", "FFE0F0"),
    ("1E1208 5A2E14 A85E24 E8A048 FFE4A0", "C07A38", "FFE8B8"),
)


def build(stage: Stage) -> None:
    """Sky of a strange air, the giant, spires in four depths, craters, a station with lights."""
    world = _WORLDS[int(stage.pick("world") * len(_WORLDS))]
    sky = tuple(colour(code) for code in world[0].split())
    light = stage.light
    dark = {"night": 0.68, "dusk": 0.34, "dawn": 0.24, "golden_hour": 0.1}.get(stage.spec.time, 0.0)
    if not stage.spec.palette:
        up = 0.07 if stage.spec.time in ("day", "morning") else 0.0
        sky = tuple(
            lift(mix(mix(stop, (0.01, 0.01, 0.04), dark), light.sky[i], 0.16), up) for i, stop in enumerate(sky)
        )
        key = mix(colour(world[2]), light.key, 0.3)
        light = replace(
            light,
            sky=sky,
            fog=mix(sky[3], sky[4], 0.3),
            key=key,
            sun=mix(key, (1, 1, 1), 0.4),
            stars=max(light.stars, 0.5 - 4 * up),
        )
        if not light.is_night:
            light = replace(light, ambient=mix(sky[1], (0.6, 0.6, 0.7), 0.4))
        stage.light = light
    rock = colour(world[1]) if not stage.spec.palette else mix(light.sky[2], colour("8A6A5A"), 0.4)
    base = stage.horizon
    add_sky(stage, 0.8)
    _giant(stage)
    add_shooting_stars(stage, 4.0)
    rows = ((0.07, 0.0, 0.2, 2.1), (0.16, 0.035, 0.24, 1.5), (0.3, 0.09, 0.16, 1.1))
    for index, (near, drop, tall, frequency) in enumerate(rows):
        _spires(stage, near, base + drop, tall, frequency, rock, index)
        add_mist(stage, base + drop + 0.01, 0.05, near + 0.03, 0.5 if stage.spec.weather != "fog" else 0.95, tag="air")
    _plain(stage, base + 0.1, rock)
    _station(stage, base + 0.15)
    stand_all(stage, Ground(base + 0.25, 0.62, 0.9))
    _near_rocks(stage, rock)
    _dust(stage)


def _giant(stage: Stage) -> None:
    """A planet with rings that fills a part of the sky, and two moons."""
    side = -1.0 if stage.spec.sun_x > 0 else 1.0
    radius = 0.23 * stage.narrow
    x, y, near = side * 0.2 * stage.aspect, stage.horizon - 0.3, 0.01
    roll = [0.1, *(stage.pick("giant", k) for k in range(6))]
    veil = min(
        0.9, 0.16 + 0.5 * stage.light.cover * (stage.spec.weather != "clear") + 0.5 * (stage.spec.weather == "fog")
    )
    body = globe(stage, radius, near, roll, stage.seed("giant"), -side)
    back, front = rings(stage, radius, near, -0.3 * side, stage.seed("rings"))
    for picture in (back, body, front):
        stage.add(Sprites([picture], lambda seconds: [Placement(x, y, 1.0, opacity=1 - veil)], near, is_still=True))
    for k, (mx, my, size) in enumerate(((-0.26, -0.36, 0.18), (-0.08, -0.24, 0.1))):
        moon = globe(stage, radius * size, near, [0.9, *roll[1:]], stage.seed(f"moon {k}"), -side)
        at = Placement(side * mx * stage.aspect, stage.horizon + my, 1.0, opacity=1 - veil)
        stage.add(Sprites([moon], lambda seconds, at=at: [at], near, is_still=True))  # type: ignore[misc]


def spire_line(base: float, tall: float, frequency: float, seed: int) -> Line:
    """Flat plains from which slim needles and broad stacks rise steeply."""

    def line(xs: Field) -> Field:
        total = np.zeros(xs.shape, np.float64)
        for octave in range(2):
            f = frequency * (1.0, 2.3)[octave] * 1.5
            u = xs.astype(np.float64) * f + 40
            cell = np.floor(u).astype(np.int64)
            for shift in (-1, 0, 1):
                c = cell + shift
                place = c + 0.25 + 0.5 * hash01(c, 1, seed + octave)
                high = hash01(c, 2, seed + octave) ** 1.8
                wide = 0.06 + 0.2 * hash01(c, 3, seed + octave)
                shape = np.exp(-((np.abs(u - place) / wide) ** (1.5 + 1.6 * hash01(c, 4, seed + octave))))
                total = np.maximum(total, shape * high * (1.0, 0.55)[octave])
        rough = noise_at(xs, frequency * 16, seed + 7, 3) - 0.5
        return np.asarray(
            base - tall * (total * (1 + 0.16 * rough)) - 0.02 * noise_at(xs, frequency * 2, seed + 9, 2), np.float32
        )

    return line


@kept
def _spires(stage: Stage, near: float, base: float, tall: float, frequency: float, rock: Colour, index: int) -> None:
    light = stage.light
    line = spire_line(base, tall, frequency, stage.seed(f"spires {index}"))
    window = stage.window(near)
    heights = line(window.xs())
    window = window.rows(float(heights.min()) - 0.01, 9.0)
    xs, ys = window.xs(), window.ys()
    heights = line(xs)
    toward = 1.0 if sun_place(stage)[0] > 0 else -1.0
    bend = noise(window, 14.0, 5.0, stage.seed(f"rock {index}"), 3) - 0.5
    # The line's slope once for every column, found again a little to the side: faces run down from each edge.
    grid = np.arange(window.x - 0.05, window.right + 0.05, 1.0 / window.scale, dtype=np.float32)
    tops = line(grid[None, :])[0]
    wide = max(1, round(0.006 * window.scale))
    slopes = (np.roll(tops, -wide) - np.roll(tops, wide)) * np.float32(window.scale / (2 * wide) * toward)
    at = np.clip((xs + bend * 0.02 - grid[0]) * window.scale, 0, len(grid) - 1).astype(np.int32)
    slope = slopes[at]
    bands = noise(window, 1.4, 34.0, stage.seed("bands"), 3) - 0.5
    t = np.clip(0.5 + np.clip(slope, -1.2, 1.2) * 0.38 + bands * 0.5 + bend * 0.4, 0, 1)
    bright, dim = light.lit(lift(rock, 0.08), 1.0), lift(light.lit(lift(rock, -0.14), 0.05), -0.03)
    colours = ramp((dim, mix(dim, bright, 0.45), bright))[(t * 255).astype(int)]
    haze = np.clip(
        light.haze * 1.25 * (1 - near) ** 1.3 + np.clip((ys - base + tall * 0.4) / (tall * 0.8), 0, 1) * 0.35, 0, 0.95
    )[..., None]
    colours = colours * (1 - haze) + np.asarray(light.fog, np.float32) * haze
    sheet = Sheet.clear(window)
    sheet.wash(colours.astype(np.float32), below(window, heights))
    stage.plate(sheet, near)


@kept
def _plain(stage: Stage, top: float, rock: Colour) -> None:
    """Dust with craters in it, drawn flat in the distance."""
    light, near = stage.light, 0.55
    window = stage.window(near, top=top - 0.02)
    xs, ys = window.xs(), window.ys()
    depth = np.clip(ys - top, 0, None)
    rough = noise(window, 2.4, 12.0, stage.seed("plain"), 4) - 0.5
    t = np.clip(0.6 - depth * 0.8 + rough * 0.6, 0, 1)
    dust = mix(rock, colour("D8B89A"), 0.35)
    colours = ramp(
        (light.lit(lift(dust, -0.16), 0.1), light.lit(lift(dust, -0.03), 0.6), light.lit(lift(dust, 0.06), 1.0))
    )[(t * 255).astype(int)]
    haze = (np.exp(-depth / 0.1) * light.haze * 1.2)[..., None]
    colours = colours * (1 - haze) + np.asarray(light.fog, np.float32) * haze
    sheet = Sheet.clear(window)
    edge = top + 0.008 * (noise_at(xs, 3.0, stage.seed("edge"), 2) - 0.5)
    sheet.wash(colours.astype(np.float32), below(window, np.asarray(edge, np.float32)))
    toward = 1.0 if stage.spec.sun_x > 0 else -1.0
    dark, lip = light.lit(lift(dust, -0.22), 0.05), light.lit(lift(dust, 0.1), 1.0)
    for k in range(12):
        a, b, c = (stage.pick("crater", k, j) for j in range(3))
        y = top + 0.03 + 0.34 * b**1.6
        r = (0.03 + 0.1 * c) * (y - top + 0.06) * 2.4
        x = (a - 0.5) * stage.aspect * 1.25
        flat = 0.22 + 0.2 * (y - top)
        sheet.fill(ellipse(x - toward * r * 0.04, y, r * 1.1, r * flat * 1.16), lip, 0.5)
        sheet.fill(ellipse(x, y, r, r * flat), dark, 0.85)
        sheet.fill(
            ellipse(x - toward * r * 0.12, y + r * flat * 0.14, r * 0.86, r * flat * 0.8),
            light.lit(lift(dust, -0.06), 0.6),
            0.9,
        )
    stage.plate(sheet, near)


@kept
def _station(stage: Stage, foot: float) -> None:
    """Domes and a mast: someone lives here."""
    if stage.has("no people"):
        return
    light, near = stage.light, 0.5
    side = 1.0 if stage.spec.sun_x > 0 else -1.0
    x = side * 0.24 * stage.aspect
    window = stage.window(near, top=foot - 0.2, bottom=foot + 0.03)
    sheet = Sheet.clear(window)
    shell, shade = light.lit(colour("E8E6E0"), 0.8), light.lit(colour("8A8C9A"), 0.2)
    warm = colour("FFE0A0")
    for dx, r in ((0.0, 0.055), (0.09, 0.036), (-0.075, 0.03)):
        dome = ellipse(x + dx, foot, r, r * 0.95, 180, 360)
        sheet.fill(ellipse(x + dx, foot + 0.004, r * 1.2, 0.007), (0.05, 0.04, 0.08), 0.35)
        sheet.fill(dome, shade)
        sheet.fill(
            np.column_stack(
                [x + dx + (dome[:, 0] - x - dx) * 0.72 + side * r * 0.22, foot + (dome[:, 1] - foot) * 0.93]
            ),
            shell,
            0.85,
        )
        for k in range(3):
            wx = x + dx + (k - 1) * r * 0.5
            sheet.fill(rect(wx - r * 0.13, foot - r * 0.42, wx + r * 0.13, foot - r * 0.2), mix(warm, shade, 0.15))
    sheet.fill(rect(x - 0.075, foot - 0.016, x + 0.09, foot), shade)
    sheet.fill(rect(x + 0.036, foot - 0.15, x + 0.0385, foot - 0.03), shade)
    sheet.fill(ellipse(x + 0.037, foot - 0.12, 0.016, 0.005), shell)
    halo(sheet, x + 0.037, foot - 0.152, 0.01, colour("FF5A48"), 0.9)
    halo(sheet, x, foot - 0.02, 0.06, warm, 0.25)
    stage.plate(sheet, near, fills_width=False)


@kept
def _near_rocks(stage: Stage, rock: Colour) -> None:
    """Dark boulders before the eye, left and right."""
    light, near = stage.light, 0.9
    window = stage.window(near, top=0.1)
    sheet = Sheet.clear(window)
    dark, edge = lift(light.lit(lift(rock, -0.2), 0.08), -0.04), light.lit(rock, 0.8)
    toward = 1.0 if stage.spec.sun_x > 0 else -1.0
    for side in (-1, 1):
        for k in range(4):
            a, b, c = (stage.pick("boulder", k + 5 * side, j) for j in range(3))
            x = side * stage.half_width * (1.02 - 0.15 * k - 0.08 * a)
            r, tall = 0.1 + 0.06 * b - 0.016 * k, (0.3 - 0.07 * k) * (0.7 + 0.5 * c) * stage.narrow
            points = []
            for j in range(9):
                turn = math.pi * j / 8
                jag = 0.82 + 0.34 * float(hash01(j + k * 9, side + 3, stage.seed("jag")))
                points.append((x - math.cos(turn) * r * jag, 0.52 - math.sin(turn) * tall * jag))
            outline = np.array([*points, (x + r, 0.7), (x - r, 0.7)], np.float64)
            sheet.fill(outline, edge)
            top = float(outline[:, 1].min())
            sheet.fill(outline - (toward * 0.007, -0.007), down(top, top + 0.22, mix(dark, edge, 0.3), dark))
    stage.plate(sheet, near, fills_width=False)


@kept
def _dust(stage: Stage) -> None:
    drift = (0.05 * stage.spec.life * stage.breeze, 0.0)
    y = stage.horizon + 0.2
    window = stage.window(0.6, top=y - 0.12, bottom=y + 0.14, drift=drift, margin=0.05, coarse=3)
    veil = smoothstep(0.5, 0.8, noise(window, 2.0, 16.0, stage.seed("veil"), 4))
    edge = np.clip(1 - np.abs(window.ys() - y) / 0.12, 0, 1)
    sheet = Sheet.clear(window)
    sheet.wash(mix(stage.light.fog, stage.light.key, 0.3), (veil * edge * 0.4).astype(np.float32))
    stage.plate(sheet, 0.6, drift=drift, fills_width=False)


SETTING = Setting(
    build=build,
    words=listed(
        "alien planet, planet surface, mars, moon surface, alien world, alien landscape, another planet, red "
        "planet, exoplanet, moon base, space colony, lunar"
    ),
    horizon=0.12,
    usual_time="day",
    special_of=("space", "desert", "night_sky"),
    is_sheltered=True,
    keeps_time=True,
)
