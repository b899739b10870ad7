"""A river that winds out of the hills towards the eye, under a stone bridge."""

from __future__ import annotations

import math
from functools import partial

import numpy as np

from engines.generate.procedural.draw.cast import Ground, add_birds, add_sky_cast, floating, stand_all
from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.land import add_grass, add_mist, add_mountains, add_silhouette, hills, ridges
from engines.generate.procedural.draw.plants import add_trees, reeds
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sheet import Sheet, down, ellipse, rect
from engines.generate.procedural.draw.sky import add_clouds, add_sky, sun_place
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.water import Water, add_sparkles
from engines.generate.procedural.draw.window import Field, noise, noise_at, smoothstep
from engines.generate.procedural.palette import Colour, colour, lift, mix, ramp


def build(stage: Stage) -> None:
    """Sky, hills, water, then banks from either side that leave a winding way between them."""
    light, base = stage.light, stage.horizon
    snowy = stage.spec.weather == "snow" or stage.has("winter")
    side = -1.0 if stage.spec.sun_x > 0 else 1.0
    add_sky(stage)
    add_clouds(stage, stage.spec.life)
    green = colour("8DB552") if not snowy else colour("E8EEF6")
    if stage.has("autumn"):
        green = colour("BFA050")
    add_mountains(
        stage, ridges(base - 0.01, 0.22, 1.2, stage.seed("range"), -side * 0.1), 0.06, snow=base - (0.2 if not snowy else 0.02),
        rock=colour("76808C"), foot=0.16,
    )  # fmt: skip
    add_mist(stage, base - 0.02, 0.05, 0.08, 0.55)
    for index, (near, rise, tall) in enumerate(((0.12, 0.0, 0.1), (0.2, 0.0, 0.055))):
        tone = light.far(light.lit(mix(green, colour("4F7F4A") if not snowy else colour("C6D4E6"), 0.5), 0.5), near)
        line = hills(base + 0.012 - rise, tall, 1.1 + 0.5 * index, stage.seed(f"hill {index}"), 2)
        add_silhouette(stage, line, near, tone, mix(tone, light.fog, 0.35), 0.12, uneven=0.4, bottom=base + 0.05)
    boats = floating(stage, base + 0.02, at=-0.04 * side)  # where no bank hides them
    deep = lift(mix(light.ambient, colour("24606A"), 0.6), -0.12)
    stage.add(
        Water(
            stage, base + 0.005, near=0.88, rough=0.55, deep=deep, clear=0.5 if not light.is_night else 0.66, speed=1.5 * stage.spec.life,
            sun=sun_place(stage) if light.disc > 0.05 else None, sun_colour=light.sun, sparkle=0.7 * light.disc, floating=boats,
        )
    )  # fmt: skip
    add_mist(stage, base + 0.015, 0.022, 0.24, 0.5 if stage.spec.weather != "fog" else 0.95, tag="river")
    add_sparkles(stage, base + 0.02, 0.2)
    add_sky_cast(stage, -0.26)
    # Banks come in by turns from either side; each ends in a rounded tip and hides what lies behind it.
    rows = (
        (0.3, 0.03, -1, 0.16),
        (0.36, 0.05, 1, 0.1),
        (0.46, 0.09, -1, 0.13),
        (0.6, 0.16, 1, 0.2),
        (0.8, 0.3, -1, 0.42),
    )
    for index, (near, drop, hand, gap) in enumerate(rows):
        _bank(stage, near, base + drop, hand * side, gap, green, index, snowy)
        if index == 1:
            _bridge(stage, base + 0.062, side)
        if index == 2:
            for boat in boats:
                stage.add(boat)
        if index == 3:
            stand_all(stage, Ground(base + drop + 0.075, near + 0.02, 0.85, at=0.33 * side))
    if not boats:  # they would lie before them
        _stones(stage, base, side)
    if not light.is_night and stage.spec.weather in ("clear", "cloudy"):
        add_birds(stage, -0.18, 5, 0.03)
    _near(stage, green, side, snowy)


def tip_line(base: float, hand: float, tip: float, rise: float, seed: int, xs: Field) -> Field:
    """The upper border of a bank that comes in from `hand` (-1 left) and ends at x = tip; far below outside."""
    inland = (xs - tip) * hand
    shape = np.clip(inland / 0.5, 0, 1) ** 0.7 * rise
    rough = 0.012 * (noise_at(xs, 5.0, seed, 2) - 0.5) * np.clip(inland / 0.08, 0, 1)
    return np.asarray(np.where(inland > 0, base - shape - rough, 5.0), np.float32)


@kept
def _bank(
    stage: Stage, near: float, base: float, hand: float, gap: float, green: Colour, index: int, snowy: bool
) -> None:
    light = stage.light
    seed = stage.seed(f"bank {index}")
    tip = hand * gap * stage.aspect * (0.3 if index < 3 else 0.42) * (0.8 + 0.4 * stage.pick("tip", index))
    size = base - stage.horizon
    thick = size * 0.55 + 0.02
    window = stage.window(near, top=base - size * 0.4 - 0.12)
    window = window.rows(base - size * 0.4 - 0.03, base + thick + 0.05 if index < 4 else 9.0)
    xs, ys = window.xs(), window.ys()
    upper = tip_line(base, hand, tip, size * 0.3, seed, xs)
    inland = np.clip((xs - tip) * hand, 0, None)
    # The water's edge: an arc back from the tip, so that the bank is a tongue and not a slab.
    lower = (
        base + thick * np.sqrt(np.clip(inland / (0.55 + size), 0, 1)) + 0.008 * (noise_at(xs, 7.0, seed + 3, 2) - 0.5)
    )
    if index == 4:
        lower = lower + np.float32(1.0) * np.clip((inland - 0.02) / 0.35, 0, 1) ** 1.4
    inside = np.clip((ys - upper) * window.scale + 0.5, 0, 1) * np.clip((lower - ys) * window.scale + 0.5, 0, 1)
    patches = noise(window, 2.4, 10.0, seed + 5, 3) - 0.5
    t = np.clip((ys - upper) / (thick + 0.06) * 0.9 + patches * 0.8, 0, 1)
    local = mix(green, colour("5E8E42") if not snowy else colour("C9D8EA"), 0.3 * stage.pick("bank tone", index))
    sunny, shady = light.far(light.lit(local, 0.95), near), light.far(light.lit(lift(local, -0.13), 0.25), near)
    colours = ramp((sunny, mix(sunny, shady, 0.5), shady))[(t * 255).astype(int)]
    # Earth shows where the turf breaks off at the water.
    earth = np.asarray(light.far(light.lit(colour("7A5C40"), 0.3), near), np.float32)
    rim = smoothstep(0.35, 0.85, 1 - (lower - ys) / (0.012 + 0.03 * near))[..., None] * (inside > 0)[..., None]
    colours = colours * (1 - rim) + earth * rim
    sheet = Sheet.clear(window)
    foam = np.exp(-(((ys - lower - 0.004) / 0.004) ** 2)) * (inland > 0.01) * 0.5
    sheet.wash(light.lit((0.95, 0.98, 1.0), 0.7), foam.astype(np.float32))
    sheet.wash(colours.astype(np.float32), inside.astype(np.float32))
    stage.plate(sheet, near, fills_width=False)
    if index in (0, 1, 3):
        _wood(stage, near, base, hand, tip, size, seed, index, snowy)


def _wood(
    stage: Stage, near: float, base: float, hand: float, tip: float, size: float, seed: int, index: int, snowy: bool
) -> None:
    """Trees stand on the bank, back from its tip."""
    light = stage.light
    leaf = colour("4E8A40") if not stage.has("autumn") else colour("D08A34")
    tones = tuple(
        light.far(light.lit(tone, lit), near)
        for tone, lit in ((colour("4A382C"), 0.2), (lift(leaf, -0.1), 0.3), (lift(leaf, 0.06), 0.95))
    )
    shift = 0.012

    def ground(xs: Field) -> Field:
        line = tip_line(base, hand, tip, size * 0.3, seed, xs)
        return np.asarray(np.where(line > 1, base, line) + shift, np.float32)

    clear = (-9.0, tip + 0.1) if hand > 0 else (tip - 0.1, 9.0)
    tall = (0.07, 0.1, 0.2, 0.3)[index]
    add_trees(
        stage, ground, near + 0.01, tall * stage.narrow, tall * 0.62, (tones[0], tones[1], tones[2]), tag=str(index), keep_clear=clear,
        full=0.75 if index < 2 else 0.6, bare=snowy and index > 0,
    )  # fmt: skip


@kept
def _bridge(stage: Stage, foot: float, side: float) -> None:
    """A stone bridge of two arches, its reflection dark beneath."""
    light, near = stage.light, 0.38
    x, half, tall = side * 0.05 * stage.aspect, 0.17, 0.052
    window = stage.window(near, top=foot - 0.12, bottom=foot + 0.06)
    sheet = Sheet.clear(window)
    stone, dark = light.far(light.lit(colour("A89A86"), 0.7), near), light.far(light.lit(colour("5C5248"), 0.15), near)
    u = np.linspace(-1, 1, 33)
    top = np.column_stack([x + u * half, foot - tall * (1.15 - 0.45 * u**2)])
    body = np.concatenate([top, [(x + half, foot + 0.004), (x - half, foot + 0.004)]])
    sheet.fill(body, down(foot - tall * 1.2, foot, lift(stone, 0.03), mix(stone, dark, 0.35)))
    sheet.fill(np.concatenate([top - np.array([0.0, 0.006]), top[::-1] + np.array([0.0, 0.003])]), lift(stone, 0.05))
    for c in (-0.42, 0.42):
        arch = ellipse(x + c * half, foot + 0.004, half * 0.33, tall * 0.78, 180, 360)
        sheet.fill(ellipse(x + c * half, foot + 0.004, half * 0.37, tall * 0.86, 180, 360), lift(stone, -0.06))
        sheet.fill(arch, mix(dark, light.fog, 0.35))
        sheet.fill(np.column_stack([arch[:, 0], 2 * foot + 0.008 - arch[:, 1]]), mix(dark, light.sky[-1], 0.4), 0.45)
    mirror = np.column_stack([body[:, 0], 2 * foot + 0.008 - body[:, 1]])
    sheet.fill(mirror, mix(stone, dark, 0.5), 0.3)
    for k in range(26):
        a, b = stage.pick("stone", k, 1), stage.pick("stone", k, 2)
        sx, sy = x + (a - 0.5) * half * 1.9, foot - tall * (0.15 + 0.7 * b)
        sheet.shade(rect(sx, sy, sx + 0.012, sy + 0.006), lift(stone, 0.06 if k % 2 else -0.06), 0.5)
    stage.plate(sheet, near, fills_width=False)


@kept
def _stones(stage: Stage, base: float, side: float) -> None:
    """Boulders in the stream with white water below them."""
    light, near = stage.light, 0.72
    window = stage.window(near, top=base + 0.1)
    sheet = Sheet.clear(window)
    stone, dark = light.lit(colour("B4AEA2"), 0.85), light.lit(colour("77767A"), 0.25)
    toward = 1.0 if stage.spec.sun_x > 0 else -1.0
    for k in range(7):
        a, b, c = (stage.pick("boulder", k, j) for j in range(3))
        y = base + 0.15 + 0.24 * a
        x = side * (0.02 + 0.16 * (b - 0.35)) * stage.aspect * (0.6 + y)
        r = (0.014 + 0.022 * c) * (0.4 + 2.0 * (y - base))
        sheet.fill(ellipse(x, y + r * 0.25, r * 1.9, r * 0.3), light.lit((0.96, 0.98, 1.0), 0.8), 0.5)
        sheet.fill(ellipse(x, y, r * 1.2, r * 0.8), dark)
        sheet.fill(ellipse(x + toward * r * 0.22, y - r * 0.18, r * 0.86, r * 0.54), stone, 0.85)
        sheet.fill(ellipse(x - toward * r * 0.1, y + r * 0.5, r * 1.15, r * 0.34), lift(dark, -0.12), 0.45)
    stage.plate(sheet, near, fills_width=False)


def _near(stage: Stage, green: Colour, side: float, snowy: bool) -> None:
    light = stage.light
    dark, tip = light.lit(lift(green, -0.2), 0.25), light.lit(lift(green, 0.02), 0.8)
    soil = light.lit(mix(lift(green, -0.24), colour("2E3A22") if not snowy else colour("AFC0D6"), 0.4), 0.2)

    def ground(xs: Field) -> Field:
        return np.asarray(
            0.47
            - 0.05 * np.clip(xs * -side / stage.half_width, -1, 1)
            + 0.1 * np.clip(xs * side / stage.half_width, 0, 1),
            np.float32,
        )

    if not snowy:
        add_grass(
            stage,
            ground,
            0.95,
            0.09,
            260,
            (dark, tip),
            soil=soil,
            flowers=(light.lit(colour("F4F1E6"), 0.9), light.lit(colour("E8C23A"), 0.9)),
        )
    near = 0.97
    window = stage.window(near, top=0.1)
    sheet = Sheet.clear(window)
    tone = light.lit(colour("6A8A3E") if not snowy else colour("B8A888"), 0.4)
    for k in range(3):
        x = -side * stage.half_width * (0.72 + 0.12 * k)
        reeds(
            sheet, x, 0.52, 0.26, 14, stage.seed(f"reeds {k}"), lift(tone, -0.04 * k), light.lit(colour("6A4630"), 0.3)
        )
    made = stage.plate(sheet, near, fills_width=False)
    made.sway = partial(_bend, stage)
    made.is_still = False


def _bend(stage: Stage, seconds: float) -> float:
    return stage.wind * (0.02 * math.sin(seconds * 1.4) + 0.008 * math.sin(seconds * 3.1))


SETTING = Setting(
    build=build,
    words=listed("river, stream, creek, brook, riverbank, canal, rapids, bridge, river valley, waterway, riverside"),
    horizon=0.04,
    usual_time="morning",
    special_of=("meadow", "forest", "mountains"),
    implied_by=("feature river",),
)
