"""A park: a path winds under broad trees past benches and lamps, the town behind them."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.cast import Ground, add_birds, add_sky_cast, stand_all
from engines.generate.procedural.draw.flutter import add_flutter
from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.land import add_mist, hills
from engines.generate.procedural.draw.plants import add_trees, bushes
from engines.generate.procedural.draw.relight import halo
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sheet import Points, Sheet, across, ellipse, rect, stroke
from engines.generate.procedural.draw.sky import add_clouds, add_sky
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.town import add_skyline
from engines.generate.procedural.draw.window import noise, smoothstep
from engines.generate.procedural.palette import Colour, colour, lift, mix, ramp


def build(stage: Stage) -> None:
    """Sky, houses in haze, two rows of trees, lawn with the path, lamps and benches, boughs above."""
    light, base = stage.light, stage.horizon
    side = -1.0 if stage.spec.sun_x > 0 else 1.0
    add_sky(stage)
    add_clouds(stage, stage.spec.life)
    wall = light.far(light.lit(colour("8A90A2"), 0.5), 0.06)
    add_skyline(stage, 0.06, base + 0.02, 0.06, 0.2, 0.075, wall, 0.3 * light.lamps, bottom=base + 0.06)
    add_mist(stage, base - 0.03, 0.08, 0.08, 0.5 if stage.spec.weather != "fog" else 1.0)
    snowy = stage.spec.weather == "snow" or stage.has("winter")
    leaf = colour("5C9A44") if not stage.has("autumn") else colour("DD8E34")
    bark = colour("4E3A2E")
    for index, (near, drop, tall, spacing) in enumerate(((0.16, 0.012, 0.15, 0.1), (0.3, 0.035, 0.24, 0.2))):
        tones = tuple(
            light.far(light.lit(tone, lit), near, 0.9)
            for tone, lit in ((bark, 0.2), (lift(leaf, -0.12), 0.25), (lift(leaf, 0.04), 0.95))
        )
        line = hills(base + drop, 0.012, 1.0, stage.seed(f"rise {index}"))
        lawn = light.far(light.lit(colour("86B455") if not snowy else colour("E8EEF6"), 0.7), near)
        room = (-0.1, 0.1) if index else None
        add_trees(
            stage,
            line,
            near,
            tall,
            spacing,
            (tones[0], tones[1], tones[2]),
            earth=lawn,
            keep_clear=room,
            bare=snowy,
            tag="row",
        )
        add_mist(stage, base + drop + 0.005, 0.03, near + 0.03, 0.3 if stage.spec.weather != "fog" else 0.9, tag="row")
    add_sky_cast(stage, -0.26)
    if not light.is_night and stage.spec.weather in ("clear", "cloudy"):
        add_birds(stage, -0.2, 5, 0.028)
    _lawn(stage, side, snowy)
    stage.walkers = True
    stage.lamplight = 0.4 * light.lamps if light.is_night else 0.0
    _furniture(stage, side, snowy)
    stand_all(stage, Ground(base + 0.2, 0.6, 0.92))
    if not snowy:
        add_flutter(stage, 0.2, 0.8, 4, 0.7, 0.02)
    _near(stage, side, leaf, snowy)


def path_at(stage: Stage, side: float, depth: float) -> tuple[float, float]:
    """Middle and half width of the path, `depth` below the horizon."""
    bend = side * stage.aspect * (0.02 + 0.2 * math.sin(min(3.0, 0.16 / max(depth, 0.02))) * depth * 1.7)
    return bend - side * depth * 0.12 * stage.aspect, 0.34 * depth + 0.004


@kept
def _lawn(stage: Stage, side: float, snowy: bool) -> None:
    light, near, base = stage.light, 0.62, stage.horizon
    top = base + 0.03
    window = stage.window(near, top=top)
    xs, ys = window.xs(), window.ys()
    depth = np.clip(ys - base, 0.01, None)
    local = colour("86AE58") if not stage.has("autumn") else colour("A8A04A")
    if snowy:
        local = colour("E6EDF5")
    rows = np.log(depth + 0.02)
    mown = np.tanh(3 * np.sin(rows * 10 + xs * 0.5)) * 0.1
    patches = noise(window, 2.6, 9.0, stage.seed("lawn"), 3) - 0.5
    blades = (noise(window, 90.0, 60.0, stage.seed("blades"), 2) - 0.5) * np.clip(depth * 3, 0, 1) * 0.26
    t = np.clip(0.4 + patches * 0.7 + mown * (0 if snowy else 1) + blades + depth * 0.5, 0, 1)
    sunny, shady = light.lit(lift(local, 0.03), 0.95), light.lit(lift(local, -0.14), 0.25)
    colours = ramp((sunny, mix(sunny, shady, 0.45), shady))[(t * 255).astype(int)]
    # Shade of the boughs that hang into the picture, dappled.
    crown = smoothstep(0.48, 0.6, noise(window, 5.0, 22.0, stage.seed("dapple"), 3)) * smoothstep(0.1, 0.26, depth)
    reach = np.clip(0.35 + xs * side / stage.half_width * 0.65, 0, 1)
    dim = (crown * reach * (0.45 * light.disc))[..., None]
    colours = colours * (1 - dim) + np.asarray(lift(shady, -0.06), np.float32) * dim
    gravel = light.lit(colour("D8C4A0") if not snowy else colour("D2DCE8"), 0.75)
    middle = np.array([path_at(stage, side, float(d))[0] for d in depth[:, 0]], np.float32)[:, None]
    half = np.array([path_at(stage, side, float(d))[1] for d in depth[:, 0]], np.float32)[:, None]
    ragged = 0.004 * (noise(window, 30.0, 30.0, stage.seed("edge"), 2) - 0.5)
    on_path = np.clip((half - np.abs(xs - middle) + ragged) * window.scale * 0.6 + 0.5, 0, 1)[..., None]
    grit = (noise(window, 60.0, 110.0, stage.seed("grit"), 2) - 0.5)[..., None] * 0.1
    shade = (1 - 0.16 * (np.abs(xs - middle) / np.maximum(half, 1e-3)) ** 4)[..., None]
    colours = colours * (1 - on_path) + np.asarray(gravel, np.float32) * (1 + grit) * shade * (1 - dim * 0.5) * on_path
    far = np.exp(-(depth - 0.03) / 0.07)[..., None] * light.haze * 0.7
    colours = colours * (1 - far) + np.asarray(light.fog, np.float32) * far
    if light.lamps > 0.3:
        for y, x, _ in lamps_of(stage, side):
            pool = np.exp(
                -(((xs - x) / (0.5 * (y - base) + 0.02)) ** 2) - ((ys - y) / (0.16 * (y - base) + 0.008)) ** 2
            )
            warm = (
                np.asarray(light.lit(colour("FFFFFF"), 0.5), np.float32) * 0.3
                + np.asarray(colour("FFC878"), np.float32) * 0.7
            )
            k = (pool * 0.55 * light.lamps)[..., None]
            colours = colours * (1 - k) + warm * k
    sheet = Sheet.clear(window)
    sheet.wash(
        np.clip(colours, 0, 1).astype(np.float32),
        np.clip((ys - top) * window.scale + 0.5, 0, 1).astype(np.float32) + 0 * xs,
    )
    stage.plate(sheet, near)


def lamps_of(stage: Stage, side: float) -> list[tuple[float, float, float]]:
    """Foot (y, x) and height of the lamps along the path, far to near."""
    made = []
    for k, depth in enumerate((0.05, 0.085, 0.15, 0.27)):
        middle, half = path_at(stage, side, depth)
        hand = side if k % 2 else -side
        made.append((stage.horizon + depth, middle + hand * (half + 0.12 * depth + 0.008), 1.35 * depth))
    return made


@kept
def _furniture(stage: Stage, side: float, snowy: bool) -> None:
    """Lamps and benches along the path, each with its shadow."""
    light, near, base = stage.light, 0.64, stage.horizon
    window = stage.window(near, top=-0.3)
    sheet = Sheet.clear(window)
    iron = light.lit(colour("2C3A34"), 0.3)
    away = -1.0 if stage.spec.sun_x > 0 else 1.0
    shadow = lift(light.lit(colour("3E5A2C") if not snowy else colour("8CA4CC"), 0.1), -0.04)
    strong = 0.5 * light.disc * (not light.is_night)
    for y, x, tall in lamps_of(stage, side):
        if strong:
            sheet.fill(
                [
                    (x, y - 0.002),
                    (x, y + 0.002),
                    (x + away * tall * 0.7, y + tall * 0.12),
                    (x + away * tall * 0.7, y + tall * 0.11),
                ],
                shadow,
                strong,
            )
        w = tall * 0.022
        sheet.fill(rect(x - w / 2, y - tall, x + w / 2, y), across(x - w, x + w, lift(iron, 0.08), iron))
        sheet.fill(rect(x - w * 1.3, y - tall * 0.1, x + w * 1.3, y), iron)
        head = y - tall
        if light.lamps > 0.25:
            halo(sheet, x, head - tall * 0.06, tall * 0.42, colour("FFC878"), 0.42 * light.lamps)
            halo(sheet, x, head - tall * 0.06, tall * 0.12, colour("FFE9BE"), 0.8 * light.lamps)
        glass = mix(mix(light.sky[3], (1, 1, 1), 0.3), colour("FFF1CC"), light.lamps)
        sheet.fill(ellipse(x, head - tall * 0.06, tall * 0.06, tall * 0.07), glass)
        sheet.fill(
            [(x - tall * 0.07, head - tall * 0.1), (x + tall * 0.07, head - tall * 0.1), (x, head - tall * 0.16)], iron
        )
    for depth, hand in ((0.11, side), (0.23, -side)):
        middle, half = path_at(stage, side, depth)
        _bench(
            stage,
            sheet,
            middle + hand * (half + 0.42 * depth),
            base + depth,
            depth,
            iron,
            (shadow, strong, away),
            snowy,
        )
    stage.plate(sheet, near, fills_width=False)


def _bench(
    stage: Stage,
    sheet: Sheet,
    x: float,
    y: float,
    size: float,
    iron: Colour,
    cast: tuple[Colour, float, float],
    snowy: bool,
) -> None:
    wood = stage.light.lit(colour("9A6A40"), 0.6)
    shadow, strong, away = cast
    half, seat = size * 0.5, size * 0.2
    sheet.fill(
        [
            (x - half, y),
            (x + half, y),
            (x + half + away * seat, y + seat * 0.3),
            (x - half + away * seat, y + seat * 0.3),
        ],
        shadow,
        max(0.25, strong),
    )
    for k in (-0.82, 0.82):
        sheet.fill(rect(x + k * half - size * 0.016, y - seat * 1.9, x + k * half + size * 0.016, y), iron)
    for k in range(3):
        top = y - seat * (1.95 - 0.32 * k)
        sheet.fill(rect(x - half, top, x + half, top + seat * 0.2), lift(wood, 0.02 * (1 - k)))
    sheet.fill(
        [
            (x - half, y - seat),
            (x + half, y - seat),
            (x + half * 1.02, y - seat * 0.72),
            (x - half * 1.02, y - seat * 0.72),
        ],
        lift(wood, 0.05),
    )
    if snowy:
        sheet.fill(rect(x - half, y - seat * 1.12, x + half, y - seat * 0.92), stage.light.lit((0.96, 0.98, 1.0), 0.8))


def _near(stage: Stage, side: float, leaf: Colour, snowy: bool) -> None:
    """A great trunk and its boughs at the border, bushes in the other corner."""
    light, near = stage.light, 0.93
    window = stage.window(near, margin=0.05)
    sheet = Sheet.clear(window)
    bark = mix(light.lit(colour("3E2E26"), 0.25), light.fog, 0.05)
    x = side * stage.half_width * 0.97
    limbs: list[Points] = stroke(
        [(x, 0.62), (x - side * 0.02, 0.1), (x - side * 0.03, -0.6)], 0.16 * stage.narrow, 0.11 * stage.narrow
    )
    limbs += stroke([(x - side * 0.02, -0.06), (x - side * 0.22, -0.26), (x - side * 0.46, -0.34)], 0.05, 0.012)
    limbs += stroke([(x - side * 0.02, -0.22), (x - side * 0.14, -0.42), (x - side * 0.3, -0.55)], 0.045, 0.015)
    sheet.fill_many(limbs, across(x - 0.09, x + 0.09, lift(bark, 0.04), bark))
    if not snowy:
        dark, bright = mix(light.lit(lift(leaf, -0.16), 0.2), bark, 0.3), light.lit(lift(leaf, 0.02), 0.8)
        low: list[Points] = []
        high: list[Points] = []
        for i in range(130):
            a, b, c = (stage.pick("bough", i, k) for k in range(3))
            u = a**1.25
            px = x + side * 0.1 - side * (0.1 + 0.95 * u) * stage.half_width * 0.95
            py = -0.54 + (0.27 * (1 - u) ** 1.2 + 0.035) * b
            r = 0.02 + 0.024 * c
            low.append(ellipse(px, py, r * 1.15, r * 0.8)[::4])
            if c > 0.3:
                high.append(ellipse(px - side * r * 0.2, py + r * 0.15, r * 0.55, r * 0.4)[::4])
        sheet.fill_many(low, dark)
        sheet.fill_many(high, bright, 0.6)
    tones = (
        (light.lit(lift(leaf, -0.16), 0.2), light.lit(lift(leaf, -0.02), 0.7))
        if not snowy
        else (light.lit(colour("9AA8B8"), 0.3), light.lit(colour("F0F4FA"), 0.8))
    )
    spots = [(-side * stage.half_width * (0.72 + 0.13 * k), 0.54 + 0.01 * k, 0.1 + 0.02 * (k % 2)) for k in range(4)]
    bushes(sheet, spots, stage.seed("near bushes"), tones, 1.0 if stage.spec.sun_x > 0 else -1.0)
    made = stage.plate(sheet, near, fills_width=False)
    made.sway = lambda seconds: stage.wind * (0.004 * math.sin(seconds * 1.3) + 0.002 * math.sin(seconds * 2.9))
    made.is_still = False


SETTING = Setting(
    build=build,
    words=listed(
        "park, city park, public garden, garden, bench, playground, promenade, botanical garden, central "
        "park, lawn, garden path"
    ),
    horizon=0.08,
    usual_time="day",
    special_of=("meadow", "city"),
)
