"""A theatre stage: red curtains, boards, spotlights that wander, heads in the dark of the stalls."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.cast import Ground, stand_all
from engines.generate.procedural.draw.indoor import add_dust, blend, floor, lay_floor
from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.layers import Placement, Pose, Sprites
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sheet import Points, Sheet, down, ellipse, rect, to_yuva
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import Window, hash01, noise, smoothstep
from engines.generate.procedural.palette import PALETTES, Colour, colour, lift, mix, ramp

_SCHEMES = (
    # backdrop from above, curtain, two coloured lights
    ("120A2A 3A1A5E 8A3A7E E07A6A", "A0142A", "FF5AA0", "5AB4FF"),
    ("06142A 0E3A5E 2A7A9A 9AD8C8", "8A1230", "5AE0FF", "FFB45A"),
    ("1A0A08 4A1A10 A04A1E F0A84A", "A81824", "FFC05A", "FF5A4A"),
)


def build(stage: Stage) -> None:
    """Backdrop, boards with pools of light, beams, side wings, curtain, valance, audience."""
    backdrop, cloth, lamps = _scheme(stage)
    line = stage.horizon + 0.09
    _backdrop(stage, backdrop, line)
    _boards(stage, line, lamps, backdrop)
    for index, (near, reach) in enumerate(((0.35, 0.74), (0.5, 0.86))):
        _wing(stage, near, reach, lift(cloth, -0.12 + 0.05 * index), line + 0.05 + 0.09 * index)
    for index in range(4):
        _beam(stage, index, lamps)
    stage.lamplight = 0.7
    stand_all(stage, Ground(line + 0.14, 0.55, 1.05, sheltered=True))
    add_dust(stage, (-0.4 * stage.aspect, -0.35, 0.4 * stage.aspect, 0.25), 0.6, mix(lamps[0], (1, 1, 1), 0.6), 26)
    _curtain(stage, cloth)
    _audience(stage, cloth)


def _scheme(stage: Stage) -> tuple[tuple[Colour, ...], Colour, tuple[Colour, ...]]:
    back, cloth, one, two = _SCHEMES[int(stage.pick("scheme") * len(_SCHEMES))]
    stops = tuple(colour(code) for code in back.split())
    lamps = (colour("FFF0D0"), colour(one), colour(two))
    if stage.spec.palette in PALETTES:
        tint = PALETTES[stage.spec.palette]
        stops = (lift(tint[0], -0.06), tint[1], tint[3], tint[4])
        lamps = (mix(tint[5], (1, 1, 1), 0.3), tint[4], tint[3])
        return stops, mix(colour(cloth), tint[2], 0.7), lamps
    shift = {"night": -0.05, "dusk": -0.02, "day": 0.04, "morning": 0.04}.get(stage.spec.time, 0.0)
    return tuple(lift(stop, shift) for stop in stops), colour(cloth), lamps


@kept
def _backdrop(stage: Stage, stops: tuple[Colour, ...], line: float) -> None:
    near = 0.2
    window = stage.window(near, bottom=line + 0.05).coarser(3)
    t = np.clip((window.ys() + 0.5) / (line + 0.5), 0, 1) ** 1.4
    glow = np.exp(-((window.xs() / (0.42 * stage.aspect)) ** 2)) * 0.3
    t = np.clip(t * 0.85 + glow * t + (noise(window, 1.4, 1.4, stage.seed("cloth"), 3) - 0.5) * 0.1, 0, 1)
    sheet = Sheet.clear(window)
    sheet.wash(ramp(stops)[(t * 255).astype(int)], 1.0)
    stage.plate(sheet, near)


def _boards(stage: Stage, line: float, lamps: tuple[Colour, ...], backdrop: tuple[Colour, ...]) -> None:
    ground = floor(stage, line)
    wood = mix(colour("7A4A34"), backdrop[2], 0.15)
    shade = noise(ground.window, 2.0, 20.0, stage.seed("wood"), 3) - 0.5
    plank = np.floor(ground.u / 0.32)
    tint = (hash01(plank.astype(np.int64), 3, stage.seed("plank")) - 0.5).astype(np.float32)
    t = np.clip(0.5 + shade * 0.5 + tint * 0.45, 0, 1)
    colours = ramp((lift(wood, -0.2), lift(wood, -0.12), lift(wood, -0.02)))[(t * 255).astype(int)]
    colours = blend(colours, lift(wood, -0.3), ground.joints(0.32, 0.045, across=False) * 0.8)
    ys, xs = ground.window.ys(), ground.window.xs()
    back = np.exp(-np.clip(ys - line, 0, None) / 0.05) * np.exp(-((xs / (0.4 * stage.aspect)) ** 2))
    colours = blend(colours, backdrop[3], (back * 0.5).astype(np.float32))
    sheet_light = np.exp(-((xs / 0.3) ** 2) - ((ys - line - 0.14) / 0.07) ** 2)
    colours = blend(colours, mix(lamps[0], wood, 0.25), (sheet_light * 0.75).astype(np.float32))
    for k, x in enumerate((-0.3, 0.3)):
        pool = np.exp(-(((xs - x * stage.aspect) / 0.22) ** 2) - ((ys - line - 0.12) / 0.06) ** 2)
        colours = blend(colours, mix(lamps[1 + k], wood, 0.3), (pool * 0.5).astype(np.float32))
    lay_floor(stage, ground, line, colours)


def folds(xs: np.ndarray, ys: np.ndarray, count: float, seed: int) -> np.ndarray:
    """Heavy cloth: 0 in the valley of a fold, 1 on its crest."""
    u = xs * count + 0.25 * np.sin(ys * 4 + xs * 9 + seed % 5) + 0.5 * np.sin(xs * count * 0.37 + seed % 7)
    wave = 0.5 + 0.5 * np.sin(u * 2 * np.pi)
    return np.asarray(np.clip(wave**0.8 * 0.85 + 0.15 * (0.5 + 0.5 * np.sin(u * 4 * np.pi + 1)), 0, 1), np.float32)


def _cloth(sheet: Sheet, cloth: Colour, inside: np.ndarray, count: float, seed: int, dim: float = 0.0) -> None:
    xs, ys = sheet.window.xs(), sheet.window.ys()
    fold = folds(xs, ys + 0 * xs, count, seed)
    light = np.clip(0.55 + 0.5 * smoothstep(-0.5, 0.5, ys), 0, 1)
    table = ramp((lift(cloth, -0.26 - dim), lift(cloth, -0.12 - dim), lift(cloth, 0.0 - dim), lift(cloth, 0.1 - dim)))
    sheet.wash(table[(np.clip(fold * light, 0, 1) * 255).astype(int)], inside.astype(np.float32))


@kept
def _wing(stage: Stage, near: float, reach: float, cloth: Colour, foot: float) -> None:
    """Narrow cloths left and right, one behind the other."""
    window = stage.window(near, bottom=foot + 0.02)
    sheet = Sheet.clear(window)
    xs, ys = window.xs(), window.ys()
    off = (np.abs(xs) - stage.half_width * reach) * window.scale + 0.5
    inside = np.clip(off, 0, 1) * np.clip((foot - ys) * window.scale, 0, 1)
    _cloth(sheet, cloth, inside, 9.0, stage.seed(f"wing {near}"), 0.06)
    stage.plate(sheet, near, fills_width=False)


def _beam(stage: Stage, index: int, lamps: tuple[Colour, ...]) -> None:
    """A cone of light from the rig that swings slowly."""
    tone = lamps[(0, 1, 2, 0)[index]]
    hand = (-1, 1, -1, 1)[index]
    window = Window.around(-0.34, -0.02, 0.34, 1.0, max(40.0, stage.size[1] * 0.5))
    xs, ys = window.xs(), window.ys()
    spread = 0.014 + 0.19 * ys
    core = np.exp(-((xs / np.maximum(spread, 1e-3)) ** 2) * 1.8)
    fade = smoothstep(0.0, 0.05, ys) * (1 - smoothstep(0.72, 0.99, ys)) * (1 - 0.35 * np.clip(ys, 0, 1))
    edge = np.clip((0.33 - np.abs(xs)) / 0.05, 0, 1)
    sheet = Sheet.clear(window)
    sheet.wash(
        mix(tone, (1, 1, 1), 0.15),
        np.clip(core * fade * edge * (0.56 if index in (0, 3) else 0.5), 0, 1).astype(np.float32),
    )
    beam = Pose(to_yuva(sheet, np.eye(4)), window)
    x0 = hand * stage.half_width * (0.66, 0.66, 0.3, 0.3)[index]
    aim = math.atan2(x0, 0.72)
    phase = stage.pick("beam", index) * 6.28

    def placements(seconds: float) -> list[Placement]:
        t = seconds * stage.spec.life
        swing = 0.13 * math.sin(t * (0.5 + 0.13 * index) + phase)
        return [
            Placement(
                x0,
                -0.52,
                1.0,
                turn=aim * (0.72 if index < 2 else 0.4) + swing,
                opacity=0.86 + 0.12 * math.sin(t * 0.9 + phase),
            )
        ]

    stage.add(Sprites([beam], placements, 0.55))


@kept
def _curtain(stage: Stage, cloth: Colour) -> None:
    """The great curtain gathered at both borders, a valance above with its fringe."""
    near = 0.8
    window = stage.window(near)
    sheet = Sheet.clear(window)
    xs, ys = window.xs(), window.ys()
    open_by = stage.half_width * 0.66
    # Held by a cord at two thirds: bell-shaped above, falling straight below.
    waist = 0.12
    bell = 0.17 * stage.aspect * smoothstep(0.0, 0.62, waist - ys) + 0.03 * smoothstep(0, 0.3, ys - waist)
    edge = open_by + 0.1 * stage.aspect * 0.6 - bell * 0.55
    inside = np.clip((np.abs(xs) - edge) * window.scale + 0.5, 0, 1) * np.clip((0.46 - ys) * window.scale, 0, 1)
    squeezed = np.sign(xs) * (np.abs(xs) - edge)
    fold = folds(squeezed, ys + 0 * xs, 11.0, stage.seed("curtain"))
    depth = np.clip(0.62 + 0.4 * smoothstep(0.3, 0.0, np.abs(np.abs(xs) - edge)), 0, 1) * np.clip(0.8 + 0.25 * ys, 0, 1)
    table = ramp((lift(cloth, -0.26), lift(cloth, -0.12), cloth, lift(cloth, 0.11)))
    sheet.wash(table[(np.clip(fold * depth, 0, 1) * 255).astype(int)], inside.astype(np.float32))
    gold, dark_gold = colour("E8B84A"), colour("9A6A20")
    for side in (-1, 1):
        x0, x1 = side * (open_by + 0.1 * stage.aspect * 0.6 - 0.008), side * (stage.half_width + 0.6)
        sheet.fill(
            [(x0, waist - 0.006), (x1, waist - 0.06), (x1, waist - 0.036), (x0, waist + 0.014)],
            down(waist - 0.05, waist + 0.02, gold, dark_gold),
        )
        sheet.fill(
            [
                (x0 - 0.012, waist + 0.01),
                (x0 + 0.012, waist + 0.01),
                (x0 + 0.018, waist + 0.075),
                (x0 - 0.018, waist + 0.075),
            ],
            dark_gold,
        )
    swag = 0.24 * stage.narrow
    count = max(3, round(stage.aspect * 2.6))
    span = stage.aspect * 1.04 / count
    for i in range(-count, count + 1):
        x = i * span + (span / 2 if count % 2 else 0)
        outline = ellipse(x, -0.56, span * 0.62, swag, 0, 180)
        sheet.fill(np.concatenate([outline, [(x - span * 0.62, -0.9), (x + span * 0.62, -0.9)]]), lift(cloth, -0.16))
        for k in range(5):
            r = 1 - 0.19 * k
            sheet.fill(
                ellipse(x, -0.57, span * 0.58 * (0.6 + 0.4 * r), swag * r * 0.96, 0, 180),
                lift(cloth, -0.12 + 0.055 * (k % 2) + 0.012 * k),
            )
        rim = ellipse(x, -0.56, span * 0.62, swag, 8, 172)
        sheet.line([(float(a), float(b)) for a, b in rim[::4]], 0.009, gold)
    stage.plate(sheet, near, fills_width=False)


def _audience(stage: Stage, cloth: Colour) -> None:
    """Heads and shoulders in silhouette, with the rim of the stage's light; some sway a little."""
    if stage.has("no people"):
        return
    for row, (near, y, size) in enumerate(((0.88, 0.41, 0.036), (0.96, 0.49, 0.05))):
        window = stage.window(near, top=y - size * 2.4, margin=0.1)
        sheet = Sheet.clear(window)
        dark = mix(lift(cloth, -0.3), (0.02, 0.01, 0.03), 0.75)
        rim = mix(colour("FFD9A8"), cloth, 0.35)
        spacing = size * 2.9
        seed = stage.seed(f"row {row}")
        shapes: list[Points] = []
        for i in range(math.floor(window.x / spacing) - 1, math.ceil(window.right / spacing) + 1):
            a, b, c = (float(hash01(i, k, seed)) for k in range(3))
            if c < 0.08:
                continue
            x, top = (i + 0.5 + 0.4 * (a - 0.5)) * spacing, y - size * 0.5 * b
            shapes.append(ellipse(x, top, size * 0.68, size * 0.84))
            shapes.append(ellipse(x, top + size * 1.9, size * 1.45, size * 1.25))
            if a > 0.62:
                shapes.append(ellipse(x, top - size * 0.5, size * (0.5 + 0.25 * b), size * 0.52))
        sheet.fill_many([p - (0.0, size * 0.1) for p in shapes], rim, 0.75)
        sheet.fill_many(shapes, dark)
        sheet.fill(rect(window.x - 1, y + size * 1.5, window.right + 1, 0.95), dark)
        phase = 1.7 * row
        made = stage.plate(sheet, near, fills_width=False)
        made.sway = lambda seconds, phase=phase: 0.006 * math.sin(seconds * 1.1 * stage.spec.life + phase)
        made.is_still = False


SETTING = Setting(
    build=build,
    words=listed(
        "stage, theatre, theater, concert, spotlight, opera, curtain call, performance, concert hall, on stage, cabaret"
    ),
    horizon=0.1,
    usual_time="night",
    special_of=("room",),
    always_alive=True,
    is_sheltered=True,
    keeps_time=True,
)
