"""An open office: a wall of glass with the city beyond, rows of desks with screens, panels of light."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.cast import Ground, on_tables, stand_all
from engines.generate.procedural.draw.furniture import monitor, swivel_chair
from engines.generate.procedural.draw.indoor import (
    Indoors,
    add_weather_outside,
    blend,
    floor,
    hole,
    indoors,
    lay_floor,
    shine,
)
from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.plants import broad_leaf
from engines.generate.procedural.draw.relight import halo
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sheet import Points, Sheet, across, down, ellipse, rect
from engines.generate.procedural.draw.sky import add_clouds, add_sky
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.town import add_skyline
from engines.generate.procedural.draw.window import hash01, noise
from engines.generate.procedural.palette import colour, lift, mix, ramp

BACK = 0.1
"""How far below the horizon the back wall meets the floor."""


def build(stage: Stage) -> None:
    """View, glass wall, ceiling with its lights, carpet, three rows of desks, a plant."""
    light, base = stage.light, stage.horizon
    room = indoors(stage, colour("F2F4FF"), always=0.5)
    add_sky(stage)
    add_clouds(stage, stage.spec.life)
    wall = light.far(light.lit(colour("76829C") if not light.is_night else colour("353C5A"), 0.5), 0.1)
    add_skyline(stage, 0.06, base + 0.12, 0.08, 0.3, 0.06, light.far(wall, 0.02), 0.2 * light.lamps, bottom=base + 0.2)
    add_skyline(
        stage,
        0.12,
        base + 0.16,
        0.06,
        0.34,
        0.1,
        lift(wall, -0.04),
        0.4 * light.lamps + 0.02,
        hero=0.1 * stage.aspect,
        bottom=base + 0.2,
    )
    line = base + BACK
    add_weather_outside(stage, (-stage.half_width - 0.3, -0.3, stage.half_width + 0.3, line - 0.05), 0.2)
    _glass(stage, room, line)
    _ceiling(stage, room)
    _carpet(stage, room, line)
    stage.lamplight = 0.3 * room.lamps
    side = 1.0 if stage.spec.sun_x > 0 else -1.0
    for index, (near, foot, size) in enumerate(((0.36, line + 0.02, 0.115), (0.52, line + 0.08, 0.17))):
        _desks(stage, room, near, foot, size, index)
    stand_all(stage, Ground(line + 0.16, 0.62, 1.15, sheltered=True), but=on_tables(stage))
    _near_desk(stage, room, side)
    stand_all(stage, Ground(0.39, 0.89, 0.75, sheltered=True, at=side * 0.07))
    _plant(stage, room, -side)


@kept
def _glass(stage: Stage, room: Indoors, line: float) -> None:
    """The facade from inside: mullions before the view, a low sill, pillars."""
    near = 0.26
    window = stage.window(near, bottom=line + 0.01)
    sheet = Sheet.clear(window)
    sheet.wash(room.lit(colour("C9CDD4"), 0.95), 1.0)
    step = 0.24
    top, sill = -0.3, line - 0.05
    boxes = []
    first, last = math.floor(window.x / step) - 1, math.ceil(window.right / step) + 1
    for k in range(first, last):
        boxes.append((k * step + 0.006, top, (k + 1) * step - 0.006, sill - 0.13))
        boxes.append((k * step + 0.006, sill - 0.122, (k + 1) * step - 0.006, sill))
    hole(sheet, *boxes)
    tint = mix(room.lit(colour("BFD4E0")), stage.light.sky[-1], 0.5)
    for x0, y0, _, y1 in boxes[::2]:
        half = (y1 - y0) * 0.5
        sheet.fill([(x0, y1 - half), (x0 + 0.04, y0), (x0 + 0.09, y0), (x0, y1)], tint, 0.12)
    for k in range(first, last):
        x = k * step
        if k % 3 == 0:
            sheet.fill(
                rect(x - 0.022, -1.5, x + 0.022, line),
                across(x - 0.022, x + 0.022, room.lit(colour("E4E6EA")), room.lit(colour("9EA4AE"))),
            )
    sheet.fill(rect(window.x - 1, sill, window.right + 1, sill + 0.012), room.lit(colour("F0F1F3")))
    sheet.fill(
        rect(window.x - 1, sill + 0.012, window.right + 1, line + 0.01),
        down(sill, line, room.lit(colour("9AA1AC"), 0.9), room.lit(colour("80868F"), 0.8)),
    )
    stage.plate(sheet, near)


@kept
def _ceiling(stage: Stage, room: Indoors) -> None:
    """Panels in perspective towards the back."""
    near = 0.6
    top = -0.3
    window = stage.window(near, bottom=top + 0.02)
    ys, xs = window.ys(), window.xs()
    horizon = stage.horizon
    depth = np.clip(horizon - ys, 0.05, None)
    u, v = xs / depth, 1 / depth
    sheet = Sheet.clear(window)
    tone = room.lit(colour("D6D9DE"), 0.92)
    t = np.clip((depth - 0.3) / 0.6, 0, 1) + 0 * xs
    colours = ramp((room.lit(colour("B4BAC4"), 0.9), tone))[(t * 255).astype(int)]
    for place, size in ((u, 0.62), (v + 0 * u, 0.31)):
        off = np.abs(place / size - np.round(place / size))
        colours = blend(colours, lift(tone, -0.08), np.clip((0.02 - off) / 0.012, 0, 1))
    cell_u, cell_v = np.floor(u / 0.62), np.floor(v / 0.31)
    fu, fv = u / 0.62 - cell_u, v / 0.31 - cell_v
    panel = (np.mod(cell_u, 2) == 0) & (np.mod(cell_v, 2) == 0)
    glow = np.clip((0.42 - np.abs(fu - 0.5)) * 30, 0, 1) * np.clip((0.36 - np.abs(fv - 0.5)) * 12, 0, 1) * panel
    colours = blend(colours, mix(colour("FFFDF4"), (1, 1, 1), 0.5), glow * (0.35 + 0.65 * room.lamps))
    edge = np.clip((top - ys) * window.scale + 0.5, 0, 1) + 0 * xs
    sheet.wash(np.clip(colours, 0, 1).astype(np.float32), edge.astype(np.float32))
    sheet.fill(rect(window.x - 1, top - 0.02, window.right + 1, top), room.lit(colour("8E949E")))
    stage.plate(sheet, near, fills_width=False)


def _carpet(stage: Stage, room: Indoors, line: float) -> None:
    ground = floor(stage, line)
    tone = room.lit(colour("66707E"), 0.85)
    rough = noise(ground.window, 40.0, 70.0, stage.seed("carpet"), 2) - 0.5
    near = np.clip((ground.window.ys() - line) / 0.4, 0, 1)
    colours = ramp((lift(tone, 0.07), tone, lift(tone, -0.06)))[
        (np.clip(near * 0.8 + rough * 0.18 + 0 * ground.u, 0, 1) * 255).astype(int)
    ]
    colours = blend(colours, lift(tone, 0.05), np.clip(ground.checks(0.9), 0, 1) * 0.35)
    sky = mix(stage.light.sky[-1], stage.light.sun, 0.3 * room.sun)
    for k in range(-4, 5):
        amount = shine(ground, line, k * 0.24 + 0.12, 0.075, 0.12)
        colours = blend(colours, sky, amount * (0.42 if not stage.light.is_night else 0.15))
    lay_floor(stage, ground, line, colours)


@kept
def _desks(stage: Stage, room: Indoors, near: float, foot: float, size: float, index: int) -> None:
    """A row of desks from the side: top, legs, screens that glow, chairs, cups and papers."""
    window = stage.window(near, top=foot - size * 1.9, bottom=foot + 0.03)
    sheet = Sheet.clear(window)
    seed = stage.seed(f"desk {index}")
    wood, steel, dark = (
        room.lit(colour("D9B98E"), 1.0),
        room.lit(colour("A9AFB8"), 0.9),
        room.lit(colour("2E3440"), 0.8),
    )
    spacing = size * 3.0
    top = foot - size * 0.72
    for i in range(math.floor(window.x / spacing) - 1, math.ceil(window.right / spacing) + 1):
        a, b, c = (float(hash01(i, k, seed)) for k in range(3))
        x = (i + 0.5) * spacing + (0.2 if index else 0.0) * spacing
        half = size * 1.25
        sheet.fill(ellipse(x, foot + 0.004, half * 1.05, size * 0.08), (0.05, 0.06, 0.09), 0.22)
        for k in (-0.92, 0.92):
            sheet.fill(
                rect(x + k * half - size * 0.03, top, x + k * half + size * 0.03, foot),
                across(x + k * half - 0.01, x + k * half + 0.01, lift(steel, 0.04), lift(steel, -0.1)),
            )
        sheet.fill(rect(x - half * 0.9, top + size * 0.1, x + half * 0.9, foot - size * 0.2), lift(steel, -0.05), 0.55)
        swivel_chair(sheet, x + size * (0.3 - 0.6 * b), foot, size, dark, room)
        sheet.fill(
            rect(x - half, top - size * 0.06, x + half, top + size * 0.04),
            down(top - size * 0.06, top + size * 0.04, lift(wood, 0.05), lift(wood, -0.08)),
        )
        for k in (-0.52, 0.42) if a > 0.3 else (-0.1,):
            sx = x + k * half
            monitor(stage, sheet, sx, top - size * 0.06, size, seed + i * 7 + int(k * 10), dark)
        cup = x + half * (0.78 if c > 0.5 else -0.86)
        sheet.fill(
            rect(cup - size * 0.05, top - size * 0.2, cup + size * 0.05, top - size * 0.06),
            room.lit(colour(("E2574C", "F0F0F0", "3F8F8A")[int(b * 3)]), 1.0),
        )
        for k in range(3):
            px = x + half * (0.12 + 0.1 * k)
            sheet.fill(
                rect(px, top - size * (0.075 + 0.01 * k), px + size * 0.24, top - size * 0.06),
                room.lit(colour("F4F4F0"), 1.0),
            )
    stage.plate(sheet, near, fills_width=False)


@kept
def _near_desk(stage: Stage, room: Indoors, side: float) -> None:
    """The desk one stands at: keyboard, lamp, note book, out of focus by its tone."""
    near = 0.88
    top = 0.36
    window = stage.window(near, top=-0.1)
    sheet = Sheet.clear(window)
    wood, dark = room.lit(colour("B98F64"), 0.9), room.lit(colour("2A2E38"), 0.75)
    end = -side * stage.half_width * 0.12
    out = side * (stage.half_width + 1.0)
    sheet.fill(
        [(end, top), (out, top), (out, top + 0.05), (end - side * 0.03, top + 0.05)],
        down(top, top + 0.05, lift(wood, 0.06), wood),
    )
    sheet.fill(
        rect(min(end - side * 0.03, out), top + 0.05, max(end - side * 0.03, out), top + 0.085), lift(wood, -0.14)
    )
    sheet.fill(rect(min(end, out), top + 0.085, max(end, out), 0.9), lift(wood, -0.24))
    x = side * stage.half_width * 0.52
    half, tall = 0.2 * stage.narrow, 0.22 * stage.narrow
    sheet.fill(
        [
            (x - half * 0.28, top + 0.012),
            (x + half * 0.28, top + 0.012),
            (x + half * 0.1, top - 0.05),
            (x - half * 0.1, top - 0.05),
        ],
        lift(dark, 0.06),
    )
    halo(sheet, x, top - 0.05 - tall / 2, tall * 1.0, colour("8FB8F0"), 0.18)
    sheet.fill(rect(x - half, top - 0.045 - tall, x + half, top - 0.04), lift(dark, -0.02))
    face = colour("15233C")
    y0, y1 = top - 0.035 - tall, top - 0.052
    sheet.fill(rect(x - half * 0.96, y0, x + half * 0.96, y1), down(y0, y1, lift(face, 0.06), face))
    bars: list[Points] = []
    for k in range(9):
        h = tall * (0.12 + 0.55 * float(hash01(k, 4, stage.seed("chart"))))
        bx = x - half * 0.86 + half * 0.115 * k
        bars.append(rect(bx, y1 - 0.014 - h, bx + half * 0.075, y1 - 0.014))
    sheet.fill_many(bars, colour("4FA3F7"))
    curve = [
        (x + half * (0.26 + 0.07 * k), y0 + tall * (0.62 - 0.045 * k + 0.06 * math.sin(k * 1.7))) for k in range(10)
    ]
    sheet.line(curve, 0.0045, colour("F2A65A"))
    for k in range(4):
        sheet.fill(
            rect(x + half * 0.28, y1 - 0.02 - 0.016 * k, x + half * (0.5 + 0.1 * (k % 3)), y1 - 0.013 - 0.016 * k),
            mix(face, (1, 1, 1), 0.5),
        )
    kx = x - side * 0.0
    sheet.fill(
        [
            (kx - half * 0.7, top + 0.02),
            (kx + half * 0.7, top + 0.02),
            (kx + half * 0.76, top + 0.042),
            (kx - half * 0.76, top + 0.042),
        ],
        room.lit(colour("D8DCE2")),
    )
    for k in range(3):
        y = top + 0.024 + 0.006 * k
        sheet.fill(rect(kx - half * 0.68, y, kx + half * 0.68, y + 0.0035), room.lit(colour("9AA2AE")))
    stage.plate(sheet, near, fills_width=False)


def _plant(stage: Stage, room: Indoors, side: float) -> None:
    near = 0.92
    window = stage.window(near, top=-0.2)
    sheet = Sheet.clear(window)
    x, foot = side * stage.half_width * 0.84, 0.5
    pot = room.lit(colour("E8E4DC"), 0.95)
    sheet.fill(
        [(x - 0.085, foot - 0.17), (x + 0.085, foot - 0.17), (x + 0.062, 0.7), (x - 0.062, 0.7)],
        across(x - 0.08, x + 0.08, lift(pot, 0.02), lift(pot, -0.14)),
    )
    leaf = room.lit(colour("4C8A50"), 0.95)
    for k in range(13):
        a, b = float(hash01(k, 1, stage.seed("plant"))), float(hash01(k, 2, stage.seed("plant")))
        turn = -math.pi / 2 + (k - 6) * 0.24 + 0.2 * (a - 0.5)
        shape = broad_leaf(x + (a - 0.5) * 0.04, foot - 0.17, turn, (0.3 + 0.16 * b) * stage.narrow**1.6, 0.13, 0.24)
        sheet.fill(shape, mix(lift(leaf, -0.12), lift(leaf, 0.05), b))
    made = stage.plate(sheet, near, fills_width=False)
    made.sway = lambda seconds: 0.003 * math.sin(seconds * 0.8)
    made.is_still = False


SETTING = Setting(
    build=build,
    words=listed(
        "office, open office, workplace, desk job, cubicle, boardroom, conference room, meeting room, start-up, "
        "startup, coworking space, coworking, headquarters, business"
    ),
    horizon=0.06,
    usual_time="day",
    special_of=("city", "room", "skyline"),
    always_alive=True,
    is_sheltered=True,
)
