"""A kitchen: tiles, cupboards and shelves, a pot that steams, a window over the sink, fruit on the table."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.cast import Ground, on_tables, stand_all
from engines.generate.procedural.draw.furniture import add_cooker, shelves
from engines.generate.procedural.draw.indoor import Indoors, add_dust, add_weather_outside, hole, indoors, pendant, wall
from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.land import add_silhouette, hills
from engines.generate.procedural.draw.plants import broad_leaf
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sheet import Points, Sheet, across, down, ellipse, rect, stroke
from engines.generate.procedural.draw.sky import add_clouds, add_sky
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import noise
from engines.generate.procedural.palette import Colour, colour, lift, mix, ramp

COUNTER = 0.14
"""Height of the worktop, y."""
TABLE = 0.34


def build(stage: Stage) -> None:
    """Garden, wall with window and tiles, units, hob with its pot, lamps, table in front."""
    light = stage.light
    side = -1.0 if stage.spec.sun_x > 0 else 1.0
    room = indoors(stage)
    add_sky(stage)
    add_clouds(stage, stage.spec.life)
    far = light.far(light.lit(colour("6E9A62"), 0.6), 0.2)
    add_silhouette(stage, hills(-0.02, 0.1, 1.4, stage.seed("garden")), 0.1, far, mix(far, light.fog, 0.5), 0.14)
    wide = 0.36 * min(1.0, 0.45 + stage.aspect * 0.36)
    x = -side * 0.06 * stage.aspect
    window = (x - wide / 2, -0.27, x + wide / 2, 0.06)
    add_weather_outside(stage, window)
    _back(stage, room, window, side)
    _units(stage, room, window, side)
    add_cooker(stage, room, side, COUNTER)
    stage.lamplight = 0.5 * room.lamps
    small = on_tables(stage)
    stand_all(stage, Ground(0.42, 0.62, 1.85, sheltered=True), but=small)
    _lamps(stage, room)
    if room.sun > 0.3:
        add_dust(stage, (window[0] - 0.2, -0.2, window[2] + 0.3, 0.25), 0.6, count=18)
    _table(stage, room, side, bool(stage.spec.subjects))
    stand_all(stage, Ground(TABLE + 0.12, 0.87, 1.15, sheltered=True))


@kept
def _back(stage: Stage, room: Indoors, box: tuple[float, float, float, float], side: float) -> None:
    """Plaster above, glazed tiles between worktop and cupboards, the window with herbs on its sill."""
    near = 0.42
    window = stage.window(near)
    plain = room.lit(colour("EFE3CF"), 0.98)
    sheet = wall(stage, window, plain, room.lit(colour("D9C6AA"), 0.86), ((box[0] + box[2]) / 2, -0.1), "kitchen")
    tile, joint = room.lit(colour("DCE8E4"), 1.0), room.lit(colour("B9C6C2"), 0.9)
    top, bottom = -0.12, COUNTER + 0.02
    xs, ys = window.xs(), window.ys()
    high, wide = 0.043, 0.086
    row = np.floor((ys - top) / high)
    u = xs / wide + 0.5 * np.mod(row, 2)
    v = (ys - top) / high
    off = np.minimum(np.abs(u - np.round(u)) * wide, np.abs(v - np.round(v)) * high)
    rough = noise(window, 9.0, 14.0, stage.seed("glaze"), 2) - 0.5
    shade = np.clip(0.5 + rough * 1.1, 0, 1)
    colours = ramp((lift(tile, -0.05), tile, lift(tile, 0.035)))[(shade * 255).astype(int)]
    line = np.clip((0.0022 - off) * window.scale + 0.4, 0, 1)[..., None]
    colours = colours * (1 - line) + np.asarray(joint, np.float32) * line
    inside = np.clip((ys - top) * window.scale, 0, 1) * np.clip((bottom - ys) * window.scale, 0, 1) + 0 * xs
    sheet.wash(colours.astype(np.float32), inside.astype(np.float32))
    sheet.fill(rect(window.x - 1, bottom, window.right + 1, 0.9), room.lit(colour("B89A78"), 0.7))
    if room.sun > 0.3:
        shift = -side * 0.3
        panes: list[Points] = []
        for k in range(2):
            for j in range(2):
                a = box[0] + (box[2] - box[0]) * (0.5 * k + 0.03)
                b = box[0] + (box[2] - box[0]) * (0.5 * k + 0.47)
                c, d = -0.24 + 0.16 * j, -0.1 + 0.16 * j
                panes.append(
                    np.array(
                        [
                            (px + shift * 1.1 - side * (py + 0.24) * 0.3, py + 0.02 + 0.1 * (px - box[0]))
                            for px, py in ((a, c), (b, c), (b, d), (a, d))
                        ]
                    )
                )
        light = Sheet.clear(window)
        light.fill_many(panes, (1, 1, 1))
        sheet.glow(mix(stage.light.sun, stage.light.key, 0.4), light.data[..., 3] * np.float32(0.45))
    hole(sheet, box)
    wood = room.lit(colour("F4EEE2"), 0.95)
    t = 0.016
    x0, y0, x1, y1 = box
    for part in (
        (x0 - t, y0 - t, x1 + t, y0),
        (x0 - t, y1, x1 + t, y1 + t),
        (x0 - t, y0, x0, y1),
        (x1, y0, x1 + t, y1),
    ):
        sheet.fill(rect(*part), wood)
    middle = (x0 + x1) / 2
    sheet.fill(
        rect(middle - 0.007, y0, middle + 0.007, y1), across(middle - 0.007, middle + 0.007, wood, lift(wood, -0.1))
    )
    sheet.fill(rect(x0, (y0 + y1) / 2 - 0.005, x1, (y0 + y1) / 2 + 0.005), wood)
    sheet.fill(rect(x0 - 0.04, y1 + t, x1 + 0.04, y1 + t + 0.014), lift(wood, 0.02))
    for k in range(3):
        px = x0 + (x1 - x0) * (0.2 + 0.3 * k)
        pot = room.lit(colour("C8714A"), 0.95)
        for j in range(7):
            turn = -math.pi / 2 + (j - 3) * 0.36
            sheet.fill(
                broad_leaf(px, y1 - 0.03, turn, 0.06 + 0.012 * ((j * 3 + k) % 3), 0.2, 0.2),
                room.lit(colour("5E9A4C"), 0.8 + 0.06 * (j % 3)),
            )
        sheet.fill(
            [(px - 0.024, y1 - 0.032), (px + 0.024, y1 - 0.032), (px + 0.018, y1 + t), (px - 0.018, y1 + t)],
            across(px - 0.024, px + 0.024, lift(pot, 0.05), lift(pot, -0.1)),
        )
    stage.plate(sheet, near)


@kept
def _units(stage: Stage, room: Indoors, box: tuple[float, float, float, float], side: float) -> None:
    """Cupboards on the wall and below the worktop, a shelf with jars, the tap."""
    near = 0.5
    window = stage.window(near)
    sheet = Sheet.clear(window)
    paint = room.lit(colour("5E8C86") if stage.pick("paint") > 0.5 else colour("7D93AE"), 0.95)
    dark, knob = lift(paint, -0.1), room.lit(colour("D9B068"), 1.0)
    reach = stage.half_width + 1.2

    def door(x0: float, y0: float, x1: float, y1: float, handle: float) -> None:
        sheet.fill(rect(x0 + 0.003, y0, x1 - 0.003, y1), down(y0, y1, lift(paint, 0.03), lift(paint, -0.04)))
        m = 0.018
        sheet.fill(rect(x0 + m, y0 + m, x1 - m, y1 - m), lift(paint, -0.05))
        sheet.fill(rect(x0 + m + 0.004, y0 + m + 0.005, x1 - m, y1 - m), lift(paint, 0.015))
        hx = x1 - 0.022 if handle > 0 else x0 + 0.022
        hy = y1 - 0.05 if y1 < 0 else y0 + 0.05
        sheet.circle(hx, hy, 0.0062, knob)

    y0, y1 = -0.42, -0.14
    for hand in (-1, 1):
        x = box[2] + 0.07 if hand > 0 else box[0] - 0.07
        if hand == side:
            shelves(stage, sheet, room, x, hand, reach)
            continue
        k = 0
        while abs(x) < reach:
            a, b = (x, x + 0.17) if hand > 0 else (x - 0.17, x)
            door(a, y0, b, y1, hand if k % 2 else -hand)
            x, k = x + hand * 0.17, k + 1
        start = box[2] + 0.07 if hand > 0 else box[0] - 0.07
        sheet.fill(rect(min(start, x), y0 - 0.02, max(start, x), y0), dark)
        sheet.fill(rect(min(start, x), y1, max(start, x), y1 + 0.008), lift(paint, -0.16))
    x, k = -reach, 0
    while x < reach:
        door(x, COUNTER + 0.055, x + 0.2, 0.46, 1 if k % 2 else -1)
        x, k = x + 0.2, k + 1
    sheet.fill(rect(-reach, 0.46, reach, 0.9), lift(paint, -0.24))
    top = room.lit(colour("C79A66"), 1.0)
    sheet.fill(
        rect(-reach, COUNTER + 0.012, reach, COUNTER + 0.05),
        down(COUNTER, COUNTER + 0.05, lift(top, 0.03), lift(top, -0.12)),
    )
    sheet.fill(rect(-reach, COUNTER, reach, COUNTER + 0.014), lift(top, 0.08))
    middle = (box[0] + box[2]) / 2
    steel = room.lit(colour("C8CED4"), 1.0)
    sheet.fill_many(
        [
            *stroke(
                [
                    (middle, COUNTER),
                    (middle, COUNTER - 0.085),
                    (middle + 0.012, COUNTER - 0.1),
                    (middle + 0.045, COUNTER - 0.1),
                    (middle + 0.055, COUNTER - 0.075),
                ],
                0.009,
            )
        ],
        steel,
    )
    sheet.fill(rect(middle - 0.02, COUNTER - 0.008, middle + 0.02, COUNTER), lift(steel, -0.1))
    sheet.fill(rect(middle - 0.09, COUNTER + 0.002, middle + 0.12, COUNTER + 0.012), lift(steel, -0.12))
    bx = middle - side * 0.24
    sheet.fill(
        rect(bx - 0.05, COUNTER - 0.11, bx + 0.05, COUNTER),
        down(COUNTER - 0.11, COUNTER, room.lit(colour("8A5A3C")), room.lit(colour("6E452C"))),
    )
    for k in range(4):
        sheet.fill(
            rect(bx - 0.036 + 0.022 * k, COUNTER - 0.15, bx - 0.028 + 0.022 * k, COUNTER - 0.1),
            room.lit(colour("2E2A2C")),
        )
    stage.plate(sheet, near, fills_width=False)


@kept
def _lamps(stage: Stage, room: Indoors) -> None:
    near = 0.66
    window = stage.window(near, bottom=0.2)
    sheet = Sheet.clear(window)
    shade = room.lit(colour("2F3A40"), 0.9)
    for k in (-1, 0, 1):
        pendant(sheet, k * 0.2 * stage.aspect, -0.8, -0.2, 0.07 * stage.narrow, shade, room.lamps, colour("FFD08A"))
    stage.plate(sheet, near, fills_width=False)


@kept
def _table(stage: Stage, room: Indoors, side: float, is_taken: bool) -> None:
    """The table before the eye: wood, a bowl of fruit, a board with bread. Where something else is on it, the bowl alone."""
    near = 0.86
    window = stage.window(near, top=TABLE - 0.24)
    sheet = Sheet.clear(window)
    wood = colour("B4824F")
    xs, ys = window.xs(), window.ys()
    grain = noise(window, 1.4, 46.0, stage.seed("grain"), 4)
    depth = np.clip((ys - TABLE) / 0.22, 0, 1)
    t = np.clip(0.25 + depth * 0.4 + (grain - 0.5) * 0.6, 0, 1)
    stops = (room.lit(lift(wood, 0.1), 1.1), room.lit(wood, 1.0), room.lit(lift(wood, -0.13), 0.85))
    sheet.wash(
        ramp(stops)[(t * 255).astype(int)], np.clip((ys - TABLE) * window.scale + 0.5, 0, 1).astype(np.float32) + 0 * xs
    )
    x = (-0.24 if is_taken else 0.2) * side * stage.aspect
    bowl = room.lit(colour("F1EDE4"), 1.0)
    sheet.fill(ellipse(x - stage.spec.sun_x * 0.3, TABLE + 0.075, 0.17, 0.022), (0.08, 0.05, 0.04), 0.35)
    tones: tuple[Colour, ...] = tuple(
        room.lit(colour(code), 1.05) for code in "E2483A F2B233 E87B2E 8DB84A E2483A F2B233".split()
    )
    for k, (dx, dy, r) in enumerate(
        (
            (-0.08, -0.06, 0.04),
            (0.07, -0.06, 0.042),
            (0.0, -0.07, 0.046),
            (-0.045, -0.1, 0.038),
            (0.045, -0.105, 0.038),
            (0.0, -0.135, 0.034),
        )
    ):
        tone = tones[k]
        fx, fy = x + dx, TABLE + 0.03 + dy
        sheet.fill(ellipse(fx, fy, r, r * 0.96), down(fy - r, fy + r, lift(tone, 0.05), lift(tone, -0.12)))
        sheet.fill(ellipse(fx - r * 0.3, fy - r * 0.36, r * 0.24, r * 0.16), mix(tone, (1, 1, 1), 0.6), 0.7)
    sheet.fill(
        np.concatenate([ellipse(x, TABLE - 0.01, 0.15, 0.085, 0, 180)]),
        across(x - 0.15, x + 0.15, lift(bowl, 0.02), lift(bowl, -0.16)),
    )
    sheet.fill(ellipse(x, TABLE - 0.01, 0.15, 0.012, 0, 180), lift(bowl, -0.06))
    if stage.spec.is_portrait or is_taken:
        stage.plate(sheet, near)
        return
    bx = -side * 0.22 * stage.aspect
    sheet.fill(
        [(bx - 0.15, TABLE + 0.05), (bx + 0.15, TABLE + 0.05), (bx + 0.17, TABLE + 0.1), (bx - 0.17, TABLE + 0.1)],
        room.lit(colour("DDB27A"), 1.0),
    )
    sheet.fill(rect(bx - 0.17, TABLE + 0.1, bx + 0.17, TABLE + 0.112), room.lit(colour("A87844"), 0.9))
    loaf = room.lit(colour("C88A48"), 1.0)
    sheet.fill(
        ellipse(bx - 0.02, TABLE + 0.045, 0.1, 0.05),
        down(TABLE - 0.01, TABLE + 0.09, lift(loaf, 0.06), lift(loaf, -0.14)),
    )
    for k in range(4):
        sheet.line(
            [(bx - 0.08 + 0.04 * k, TABLE + 0.02), (bx - 0.055 + 0.04 * k, TABLE + 0.045)], 0.006, lift(loaf, 0.14)
        )
    stage.plate(sheet, near, fills_width=True)


SETTING = Setting(
    build=build,
    words=listed(
        "kitchen, cooking, stove, cooker, oven, pantry, breakfast table, chef, sink, cupboard, baking, worktop, "
        "recipe, dining room"
    ),
    horizon=0.14,
    usual_time="morning",
    special_of=("room",),
    always_alive=True,
    is_sheltered=True,
)
