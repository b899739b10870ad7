"""A photo studio: a seamless backdrop, soft boxes on stands, a pool of light where the subject belongs."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.cast import Ground, stand_all
from engines.generate.procedural.draw.indoor import add_dust
from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.layers import Placement, Pose, Sprites
from engines.generate.procedural.draw.relight import halo
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sheet import Points, Sheet, across, down, ellipse, rect, stroke, to_yuva
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import Window, noise, smoothstep
from engines.generate.procedural.palette import PALETTES, Colour, colour, lift, mix, ramp

_PAPERS = ("D9825F", "6F93A8", "C9B08C", "8D7CA8", "7FA48C")


def build(stage: Stage) -> None:
    """Dark hall, roll of paper that runs into the floor, lamps left and right, camera on its tripod."""
    paper = colour(_PAPERS[int(stage.pick("paper") * len(_PAPERS))])
    if stage.spec.palette in PALETTES and stage.spec.palette != "default":
        paper = PALETTES[stage.spec.palette][3]
    paper = lift(paper, {"night": -0.14, "dusk": -0.08}.get(stage.spec.time, 0.0))
    line = stage.horizon + 0.06
    _hall(stage, paper, line)
    _backdrop(stage, paper, line)
    _sweep(stage, paper, line)
    stage.lamplight = 0.25
    if stage.spec.subjects:
        stand_all(stage, Ground(line + 0.17, 0.6, 1.25, sheltered=True, at=0.0))
    else:
        _plinth(stage, paper, line + 0.18)
    for side in (-1.0, 1.0):
        _soft_box(stage, side)
    add_dust(stage, (-0.35 * stage.aspect, -0.3, 0.35 * stage.aspect, 0.2), 0.66, (1.0, 0.98, 0.94), 20)
    if not stage.spec.subjects:  # else it would stand before them
        _camera(stage)


@kept
def _hall(stage: Stage, paper: Colour, line: float) -> None:
    near = 0.2
    window = stage.window(near).coarser(2)
    xs, ys = window.xs(), window.ys()
    wall, ground = colour("2A2C32"), colour("34353A")
    rough = noise(window, 2.0, 3.0, stage.seed("hall"), 3) - 0.5
    t = np.clip(0.5 + rough * 0.5 - np.abs(xs) / stage.aspect * 0.5, 0, 1) + 0 * ys
    colours = ramp((lift(wall, -0.07), wall, lift(wall, 0.05)))[(t * 255).astype(int)]
    low = np.clip((ys - line) * window.scale + 0.5, 0, 1)[..., None]
    tones = ramp((lift(ground, -0.06), ground, mix(ground, paper, 0.2)))[(t * 255).astype(int)]
    colours = colours * (1 - low) + tones * low
    sheet = Sheet.clear(window)
    sheet.wash(colours.astype(np.float32), 1.0)
    stage.plate(sheet, near)


@kept
def _backdrop(stage: Stage, paper: Colour, line: float) -> None:
    """Paper from a roll on two stands; no edge where wall becomes floor."""
    near = 0.4
    window = stage.window(near)
    xs, ys = window.xs(), window.ys()
    half = min(0.36 * stage.aspect, 0.66)
    wide = half * (1 + 0.55 * np.clip((ys - line) / 0.4, 0, 1) ** 1.2)
    inside = np.clip((wide - np.abs(xs)) * window.scale + 0.5, 0, 1) * np.clip((ys + 0.4) * window.scale, 0, 1)
    spot = np.exp(-((xs / (half * 0.75)) ** 2) - ((ys + 0.08) / 0.3) ** 2)
    pool = np.exp(-((xs / (half * 0.8)) ** 2) - ((ys - line - 0.17) / 0.1) ** 2)
    bend = np.exp(-(((ys - line) / 0.1) ** 2)) * 0.12
    rough = noise(window, 1.2, 1.2, stage.seed("roll"), 3) - 0.5
    ripple = (noise(window, 7.0, 0.8, stage.seed("ripple"), 2) - 0.5) * smoothstep(0.2, -0.3, ys)
    t = np.clip(0.22 + 0.5 * spot + 0.45 * pool - bend + rough * 0.08 + ripple * 0.12, 0, 1)
    table = ramp((lift(paper, -0.24), lift(paper, -0.08), lift(paper, 0.05), mix(lift(paper, 0.14), (1, 1, 1), 0.25)))
    sheet = Sheet.clear(window)
    steel = colour("6A6E76")
    for k in (-1, 1):
        x = k * (half + 0.035)
        sheet.fill_many(
            [
                *stroke([(x, -0.43), (x, line + 0.04)], 0.009),
                *stroke([(x - 0.05, line + 0.06), (x, line - 0.02), (x + 0.05, line + 0.06)], 0.007),
            ],
            steel,
        )
    sheet.wash(table[(t * 255).astype(int)], inside.astype(np.float32))
    sheet.fill(
        rect(-half - 0.05, -0.43, half + 0.05, -0.395), down(-0.43, -0.395, lift(paper, 0.06), lift(paper, -0.2))
    )
    stage.plate(sheet, near, fills_width=False)


def _sweep(stage: Stage, paper: Colour, line: float) -> None:
    """A light that is tried here and there: its pool wanders over the paper."""
    window = Window.around(-0.6, -0.6, 0.6, 0.6, max(24.0, stage.size[1] * 0.3))
    away = np.sqrt((window.xs() / 0.5) ** 2 + (window.ys() / 0.42) ** 2)
    amount = np.exp(-((away / 0.55) ** 2)) * np.clip((1.0 - away) / 0.3, 0, 1) * 0.3
    sheet = Sheet.clear(window)
    sheet.wash(mix(lift(paper, 0.2), (1.0, 0.98, 0.94), 0.5), amount.astype(np.float32))
    pool = Pose(to_yuva(sheet, stage.grade), window)
    reach = min(0.2 * stage.aspect, 0.3)

    def placements(seconds: float) -> list[Placement]:
        t = seconds * 0.7 * stage.spec.life
        return [Placement(reach * math.sin(t), line - 0.16 + 0.06 * math.cos(t * 1.3), 0.8)]

    stage.add(Sprites([pool], placements, 0.42))


@kept
def _plinth(stage: Stage, paper: Colour, foot: float) -> None:
    """Nothing was named: a plinth with a ball and a slab, as a still life."""
    near = 0.6
    window = stage.window(near, top=foot - 0.5, bottom=foot + 0.06)
    sheet = Sheet.clear(window)
    stone = mix(paper, (1, 1, 1), 0.55)
    sheet.fill(ellipse(0.04, foot + 0.004, 0.26, 0.03), lift(paper, -0.26), 0.5)
    half, tall = 0.15, 0.16
    sheet.fill(
        np.concatenate([rect(-half, foot - tall, half, foot)[:2], ellipse(0, foot, half, 0.028, 0, 180)]),
        across(-half, half, lift(stone, 0.02), stone, lift(stone, -0.2)),
    )
    sheet.fill(ellipse(0, foot - tall, half, 0.028), lift(stone, 0.06))
    sheet.fill(ellipse(0.03, foot - tall + 0.002, 0.085, 0.016), lift(stone, -0.16), 0.6)
    accent = mix(lift(paper, -0.1, 1.5), colour("E8603C"), 0.4)
    for k in range(14):
        u = k / 13
        sheet.circle(
            -0.02 - 0.024 * u,
            foot - tall - 0.082 - 0.03 * u,
            0.085 * (1 - 0.74 * u),
            mix(lift(accent, -0.12), mix(accent, (1, 1, 1), 0.35), u),
        )
    sheet.fill(
        [
            (0.05, foot - tall + 0.004),
            (0.1, foot - tall + 0.004),
            (0.1, foot - tall - 0.19),
            (0.05, foot - tall - 0.19),
        ],
        across(0.05, 0.1, lift(stone, -0.02), lift(stone, -0.18)),
    )
    stage.plate(sheet, near, fills_width=False)


@kept
def _soft_box(stage: Stage, side: float) -> None:
    """A soft box on its stand, turned toward the middle, with the light it gives."""
    near = 0.72
    window = stage.window(near)
    sheet = Sheet.clear(window)
    x = side * min(stage.half_width * 0.8, 0.72)
    black, steel = colour("17181C"), colour("5A5E66")
    foot = 0.44
    sheet.fill_many(
        [
            *stroke([(x, 0.16), (x, -0.12)], 0.009),
            *stroke([(x, 0.16), (x - 0.09, foot)], 0.007),
            *stroke([(x, 0.16), (x + 0.09, foot)], 0.007),
            *stroke([(x, 0.16), (x + 0.012, foot - 0.03)], 0.007),
        ],
        steel,
    )
    y, tall, wide = -0.2, 0.19, 0.075
    face = [
        (x - side * wide, y - tall),
        (x - side * wide * 0.35, y - tall * 1.12),
        (x - side * wide * 0.35, y + tall * 1.12),
        (x - side * wide, y + tall),
    ]
    back = [
        (x - side * wide * 0.35, y - tall * 1.12),
        (x + side * wide * 1.2, y - tall * 0.3),
        (x + side * wide * 1.2, y + tall * 0.3),
        (x - side * wide * 0.35, y + tall * 1.12),
    ]
    halo(sheet, x - side * wide, y, 0.24, colour("FFF4E2"), 0.34)
    sheet.fill(back, across(x - wide, x + wide, lift(black, 0.08), black))
    sheet.fill(face, colour("FFFBF2"))
    sheet.line([face[1], face[2]], 0.006, lift(black, 0.05))
    beam: list[Points] = [
        np.array([(x - side * wide, y - tall), (x - side * wide, y + tall), (-side * 0.1, 0.36), (-side * 0.1, -0.2)])
    ]
    glow = Sheet.clear(window)
    glow.fill_many(beam, (1, 1, 1))
    fall = np.exp(-np.abs(window.xs() - x) / 0.35)
    sheet.wash((1.0, 0.97, 0.9), (glow.data[..., 3] * fall * 0.1).astype(np.float32))
    stage.plate(sheet, near, fills_width=False)


def _camera(stage: Stage) -> None:
    """The camera before the eye, dark, its red lamp breathing."""
    near = 0.9
    side = 1.0 if stage.pick("camera") > 0.5 else -1.0
    window = stage.window(near, top=-0.05)
    sheet = Sheet.clear(window)
    dark = colour("101114")
    x, y = side * stage.half_width * 0.5, 0.22
    s = 0.9 * stage.narrow
    sheet.fill_many(
        [
            *stroke([(x, y + 0.09 * s), (x - 0.13 * s, 0.75)], 0.018),
            *stroke([(x, y + 0.09 * s), (x + 0.13 * s, 0.75)], 0.018),
            *stroke([(x, y + 0.09 * s), (x, 0.75)], 0.018),
        ],
        lift(dark, 0.05),
    )
    sheet.fill(rect(x - 0.085 * s, y - 0.06 * s, x + 0.085 * s, y + 0.06 * s), lift(dark, 0.03))
    sheet.fill(rect(x - 0.03 * s, y - 0.09 * s, x + 0.035 * s, y - 0.055 * s), lift(dark, 0.05))
    sheet.fill(rect(x - 0.06 * s, y - 0.035 * s, x + 0.06 * s, y + 0.04 * s), colour("20304A"))
    sheet.fill(ellipse(x, y + 0.02 * s, 0.022 * s, 0.02 * s), colour("C8744A"))
    sheet.fill(rect(x + 0.068 * s, y - 0.03 * s, x + 0.078 * s, y + 0.03 * s), lift(dark, 0.14))
    rim = mix(dark, (1.0, 0.95, 0.88), 0.4)
    sheet.line([(x - side * 0.085 * s, y - 0.06 * s), (x - side * 0.085 * s, y + 0.06 * s)], 0.003, rim)
    stage.plate(sheet, near, fills_width=False)
    lamp = Sheet.clear(stage.window(near, top=y - 0.12, bottom=y))
    halo(lamp, x - 0.07 * s, y - 0.045 * s, 0.012, colour("FF4030"), 0.9)
    stage.plate(lamp, near, fills_width=False, pulse=lambda seconds: 0.55 + 0.45 * math.sin(seconds * 3.1))


SETTING = Setting(
    build=build,
    words=listed(
        "studio, photo studio, product shot, backdrop, soft box, softbox, seamless background, infinity cove, "
        "cyclorama, film studio, photoshoot, photo shoot, still life, packshot"
    ),
    horizon=0.12,
    usual_time="day",
    special_of=("room",),
    always_alive=True,
    is_sheltered=True,
    keeps_time=True,
)
