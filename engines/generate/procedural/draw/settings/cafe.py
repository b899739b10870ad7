"""A café: lamps over the bar, a board with chalk, a window on the street, small tables, a cup that steams."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.cast import Ground, on_tables, stand_all
from engines.generate.procedural.draw.furniture import bentwood_chair, cafe_letters
from engines.generate.procedural.draw.indoor import (
    Indoors,
    add_dust,
    add_steam,
    add_weather_outside,
    blend,
    floor,
    hole,
    indoors,
    lay_floor,
    pendant,
    shine,
    wall,
)
from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.plants import broad_leaf
from engines.generate.procedural.draw.relight import halo
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sheet import Points, Sheet, across, down, ellipse, rect, smooth, stroke
from engines.generate.procedural.draw.sky import add_clouds, add_sky
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.town import add_skyline
from engines.generate.procedural.draw.window import hash01, noise
from engines.generate.procedural.palette import colour, lift, mix

TABLE = 0.33
_CUP_FOOT = 0.43


def build(stage: Stage) -> None:
    """Street outside, wall of brick with window and board, bar with machine and cakes, tables."""
    light, base = stage.light, stage.horizon
    side = -1.0 if stage.spec.sun_x > 0 else 1.0
    room = indoors(stage, always=0.55, dim=0.05)
    add_sky(stage)
    add_clouds(stage, stage.spec.life)
    house = light.far(light.lit(colour("A08A84"), 0.5), 0.2)
    add_skyline(stage, 0.14, base + 0.1, 0.24, 0.42, 0.12, house, 0.35 * light.lamps, bottom=base + 0.2)
    wide = 0.5 * min(1.0, 0.3 + stage.aspect * 0.42)
    x = -side * (0.25 if not stage.spec.is_portrait else 0.12) * stage.aspect
    box = (x - wide / 2, -0.29, x + wide / 2, 0.09)
    line = base + 0.09
    add_weather_outside(stage, box)
    _back(stage, room, box, side, line)
    _ground(stage, room, line, x)
    _bar(stage, room, side, line)
    stage.lamplight = 0.55 * room.lamps
    _tables(stage, room, line, side)
    small = on_tables(stage)
    stand_all(stage, Ground(line + 0.17, 0.62, 1.2, sheltered=True), but=small)
    _lamps(stage, room, side)
    if room.sun > 0.3:
        add_dust(stage, (box[0] - 0.1, -0.25, box[2] + 0.3, 0.2), 0.6)
    _near(stage, room, side, not small)
    stand_all(stage, Ground(0.43, 0.9, 1.0, sheltered=True, at=side * 0.12))


@kept
def _back(stage: Stage, room: Indoors, box: tuple[float, float, float, float], side: float, line: float) -> None:
    """Brick, wainscot, the great window with its arch of letters, the menu in chalk."""
    near = 0.4
    window = stage.window(near, bottom=line + 0.02)
    brick, joint = room.lit(colour("A5634A"), 0.85), room.lit(colour("6E4436"), 0.7)
    sheet = wall(stage, window, brick, lift(brick, -0.14), (0.0, -0.1), "cafe")
    xs, ys = window.xs(), window.ys()
    high, wide = 0.022, 0.062
    v = ys / high
    u = xs / wide + 0.5 * np.mod(np.floor(v), 2)
    cell = hash01((np.floor(u) * 131 + np.floor(v)).astype(np.int64), 5, stage.seed("brick")).astype(np.float32) - 0.5
    shade = np.clip(cell * 0.35, -0.2, 0.2)[..., None]
    sheet.data[..., :3] = np.clip(sheet.data[..., :3] * (1 + shade), 0, 1)
    off = np.minimum(np.abs(u - np.round(u)) * wide, np.abs(v - np.round(v)) * high)
    lines = np.clip((0.0016 - off) * window.scale + 0.35, 0, 1) * 0.7
    sheet.wash(joint, lines.astype(np.float32))
    wood = room.lit(colour("4E3A30"), 0.9)
    sheet.fill(rect(window.x - 1, 0.12, window.right + 1, line + 0.1), down(0.12, line, lift(wood, 0.04), wood))
    sheet.fill(rect(window.x - 1, 0.112, window.right + 1, 0.124), lift(wood, 0.1))
    for k in range(-14, 15):
        sheet.fill(rect(k * 0.13 - 0.0015, 0.13, k * 0.13 + 0.0015, line), lift(wood, -0.08))
    for x in (-0.5, 0.5, 0.05):
        pool = np.exp(-(((xs - x * stage.aspect * 0.7) / 0.22) ** 2) - ((ys + 0.1) / 0.22) ** 2)
        sheet.glow(colour("FFC27A"), (pool * 0.3 * room.lamps).astype(np.float32))
    hole(sheet, box)
    x0, y0, x1, y1 = box
    frame = room.lit(colour("2C3A38"), 0.95)
    t = 0.014
    for part in (
        (x0 - t, y0 - t, x1 + t, y0),
        (x0 - t, y1, x1 + t, y1 + t * 1.6),
        (x0 - t, y0, x0, y1),
        (x1, y0, x1 + t, y1),
    ):
        sheet.fill(rect(*part), frame)
    for k in (1, 2):
        px = x0 + (x1 - x0) * k / 3
        sheet.fill(rect(px - 0.0045, y0, px + 0.0045, y1), frame)
    sheet.fill(rect(x0, y0 + 0.085, x1, y0 + 0.093), frame)
    glass = mix(stage.light.sky[-1], (1, 1, 1), 0.3)
    for k in range(3):
        a = x0 + (x1 - x0) * (k + 0.12) / 3
        sheet.fill([(a, y1), (a + 0.05, y0 + 0.1), (a + 0.09, y0 + 0.1), (a + 0.04, y1)], glass, 0.1)
    middle = (x0 + x1) / 2
    sheet.fill_many(cafe_letters(middle, y0 + 0.21, 0.052), mix(colour("FFF2D8"), room.tone, 0.15), 0.9)
    bx = side * (0.08 if not stage.spec.is_portrait else 0.5) * stage.aspect
    half, top, foot = 0.12, -0.29, 0.02
    sheet.fill(rect(bx - half, top, bx + half, foot), room.lit(colour("7A5A40"), 0.95))
    sheet.fill(rect(bx - half + 0.01, top + 0.01, bx + half - 0.01, foot - 0.01), room.lit(colour("252B2A"), 0.9))
    chalk = room.lit(colour("F0EDE2"), 1.0)
    strokes: list[Points] = [*stroke([(bx - 0.05, top + 0.04), (bx + 0.05, top + 0.04)], 0.009)]
    for k in range(8):
        y = top + 0.078 + 0.026 * k
        a = stage.pick("menu", k)
        strokes += stroke([(bx - half + 0.026, y), (bx - half + 0.08 + 0.07 * a, y)], 0.0042)
        strokes += stroke([(bx + half - 0.05, y), (bx + half - 0.026, y)], 0.0042)
    sheet.fill_many(strokes, chalk, 0.85)
    stage.plate(sheet, near)


def _ground(stage: Stage, room: Indoors, line: float, x: float) -> None:
    ground = floor(stage, line)
    pale, dark = room.lit(colour("D8CDB8"), 0.85), room.lit(colour("4A4A4C"), 0.8)
    checks = ground.checks(0.5) * 0.5 + 0.5
    colours = blend(dark, pale, checks)
    rough = (noise(ground.window, 3.0, 9.0, stage.seed("floor"), 3) - 0.5)[..., None] * 0.12
    near = np.clip((ground.window.ys() - line) / 0.4, 0, 1)[..., None]
    colours = colours * (1 + rough) * (1.0 - 0.25 * near)
    sky = mix(stage.light.sky[-1], stage.light.key, 0.3)
    colours = blend(colours, sky, shine(ground, line, x, 0.24, 0.13) * (0.5 if not stage.light.is_night else 0.12))
    for k in (-0.3, 0.1, 0.42):
        colours = blend(colours, colour("FFC882"), shine(ground, line, k * stage.aspect, 0.07, 0.16) * 0.3 * room.lamps)
    lay_floor(stage, ground, line, np.asarray(colours, np.float32))


def _bar(stage: Stage, room: Indoors, side: float, line: float) -> None:
    """The bar: shelves with bottles behind, the machine, a glass case with cakes, stools."""
    near = 0.5
    window = stage.window(near)
    sheet = Sheet.clear(window)
    x0, x1 = sorted((side * 0.22 * stage.aspect, side * (stage.half_width + 1.0)))
    wood, top = room.lit(colour("3F5A58"), 0.95), room.lit(colour("C99B62"), 1.05)
    bar = 0.1
    for row, y in enumerate((-0.24, -0.13)):
        sx0, sx1 = sorted((side * 0.27 * stage.aspect, side * (stage.half_width + 1.0)))
        sheet.fill(rect(sx0, y, sx1, y + 0.01), room.lit(colour("8A6242"), 0.95))
        k, px = 0, (sx0 + 0.03 if side > 0 else sx1 - 0.03)
        while sx0 < px < sx1:
            a, b = stage.pick(f"bottle {row}", k, 0), stage.pick(f"bottle {row}", k, 1)
            tone = room.lit(colour(("5E8A5A", "B4502E", "E0C080", "3E5A7A", "F0EDE4")[int(a * 5)]), 1.0)
            h = 0.05 + 0.035 * b
            if b > 0.35:
                sheet.fill(
                    rect(px - 0.011, y - h * 0.7, px + 0.011, y),
                    across(px - 0.011, px + 0.011, lift(tone, 0.06), lift(tone, -0.08)),
                )
                sheet.fill(rect(px - 0.004, y - h, px + 0.004, y - h * 0.68), tone)
            else:
                for j in range(2):
                    sheet.fill(
                        rect(px - 0.016, y - 0.022 * (j + 1), px + 0.016, y - 0.022 * j - 0.002),
                        room.lit(colour("F4F0E8"), 1.0),
                    )
            px, k = px + (0.034 + 0.02 * a) * side, k + 1
        halo(sheet, side * 0.4 * stage.aspect, y - 0.03, 0.16, colour("FFCB88"), 0.16 * room.lamps)
    sheet.fill(rect(x0, bar, x1, line + 0.09), down(bar, line + 0.09, lift(wood, 0.03), lift(wood, -0.1)))
    for k in range(int((x1 - x0) / 0.12) + 1):
        px = x0 + 0.02 + 0.12 * k
        sheet.fill(rect(px, bar + 0.045, px + 0.095, line + 0.06), lift(wood, -0.05))
        sheet.fill(rect(px + 0.005, bar + 0.05, px + 0.095, line + 0.06), lift(wood, 0.01))
    sheet.fill(
        rect(x0 - 0.012, bar - 0.014, x1, bar + 0.014), down(bar - 0.014, bar + 0.014, lift(top, 0.06), lift(top, -0.1))
    )
    steel = room.lit(colour("C6CCD2"), 1.05)
    mx = side * 0.4 * stage.aspect
    sheet.fill(
        rect(mx - 0.085, bar - 0.12, mx + 0.085, bar - 0.014),
        down(bar - 0.12, bar, lift(steel, 0.05), lift(steel, -0.12)),
    )
    sheet.fill(rect(mx - 0.095, bar - 0.135, mx + 0.095, bar - 0.112), lift(steel, -0.04))
    sheet.fill(rect(mx - 0.075, bar - 0.078, mx + 0.075, bar - 0.03), room.lit(colour("2C3034")))
    for spout in (mx - 0.04, mx + 0.04):
        sheet.fill(rect(spout - 0.016, bar - 0.085, spout + 0.016, bar - 0.07), steel)
        sheet.fill(rect(spout - 0.01, bar - 0.046, spout + 0.01, bar - 0.03), room.lit(colour("F4F0E8")))
    sheet.circle(mx - 0.07, bar - 0.096, 0.005, colour("FF6A4A"))
    cx = side * 0.275 * stage.aspect
    sheet.fill(
        rect(cx - 0.075, bar - 0.1, cx + 0.075, bar - 0.014),
        mix(room.lit(colour("E8F0F0")), colour("FFE0B0"), 0.5),
        0.55,
    )
    for row in range(2):
        for k in range(4):
            tone = room.lit(colour(("E8B860", "C4564E", "7A4A34", "F4E4C8")[(k + row) % 4]), 1.05)
            px, py = cx - 0.054 + 0.036 * k, bar - 0.022 - 0.042 * row
            sheet.fill(ellipse(px, py, 0.014, 0.013, 180, 360), tone)
            sheet.fill(rect(px - 0.014, py - 0.001, px + 0.014, py + 0.003), lift(tone, -0.12))
        sheet.fill(
            rect(cx - 0.075, bar - 0.02 - 0.042 * row, cx + 0.075, bar - 0.017 - 0.042 * row), lift(steel, -0.05)
        )
    stage.plate(sheet, near, fills_width=False)
    add_steam(stage, mx + 0.06, bar - 0.13, near, 0.9)


@kept
def _tables(stage: Stage, room: Indoors, line: float, side: float) -> None:
    """Two small round tables with their chairs, cups on them."""
    near = 0.58
    window = stage.window(near, top=line - 0.2)
    sheet = Sheet.clear(window)
    iron, top = room.lit(colour("2A2624"), 0.8), room.lit(colour("E9DFCC"), 1.0)
    for dx, dy, size in ((-0.38, 0.06, 0.17), (-0.12, 0.11, 0.19), (0.3, 0.14, 0.2)):
        x, foot = side * dx * stage.aspect, line + dy
        sheet.fill(ellipse(x, foot, size * 0.8, size * 0.09), (0.04, 0.03, 0.03), 0.35)
        bentwood_chair(sheet, x - size * 0.72, foot + size * 0.03, size * 1.05, 1.0, lift(iron, 0.1))
        bentwood_chair(sheet, x + size * 0.72, foot + size * 0.03, size * 1.05, -1.0, lift(iron, 0.1))
        sheet.fill_many(
            [
                *stroke([(x, foot - size * 0.7), (x, foot - size * 0.06)], size * 0.06),
                *stroke([(x - size * 0.24, foot), (x, foot - size * 0.09), (x + size * 0.24, foot)], size * 0.045),
            ],
            iron,
        )
        sheet.fill(ellipse(x, foot - size * 0.7, size * 0.46, size * 0.085), lift(top, -0.14))
        sheet.fill(ellipse(x, foot - size * 0.72, size * 0.46, size * 0.085), top)
        for k in (-0.2, 0.16):
            cx, cy = x + k * size, foot - size * 0.735
            sheet.fill(ellipse(cx, cy, size * 0.09, size * 0.022), room.lit(colour("FFFFFF")))
            sheet.fill(
                rect(cx - size * 0.05, cy - size * 0.09, cx + size * 0.05, cy - size * 0.005),
                room.lit(colour("F7F5F0")),
            )
            sheet.fill(ellipse(cx, cy - size * 0.09, size * 0.05, size * 0.014), room.lit(colour("5A3A28")))
    stage.plate(sheet, near, fills_width=False)


@kept
def _lamps(stage: Stage, room: Indoors, side: float) -> None:
    near = 0.62
    window = stage.window(near, bottom=0.22)
    sheet = Sheet.clear(window)
    shade = room.lit(colour("33302E"), 0.8)
    for k in range(-3, 4):
        y = -0.25 + 0.03 * math.cos(k * 1.9)
        pendant(
            sheet,
            (k * 0.155 + 0.03 * side) * stage.aspect,
            -0.8,
            y,
            0.058 * stage.narrow,
            shade,
            room.lamps,
            colour("FFC878"),
        )
    stage.plate(sheet, near, fills_width=False)


def _cup_size(stage: Stage) -> float:
    return 0.085 * (0.7 + 0.3 * stage.narrow)


def _cup(stage: Stage, sheet: Sheet, room: Indoors, cx: float) -> None:
    cy, s = _CUP_FOOT, _cup_size(stage)
    china = room.lit(colour("FAF7F2"), 1.05)
    sheet.fill(ellipse(cx + 0.012, cy + s * 0.3, s * 1.6, s * 0.34), (0.05, 0.03, 0.02), 0.35)
    sheet.fill(ellipse(cx, cy + s * 0.2, s * 1.5, s * 0.32), lift(china, -0.1))
    sheet.fill(ellipse(cx, cy + s * 0.15, s * 1.5, s * 0.3), china)
    handle = ellipse(cx + s * 0.95, cy - s * 0.35, s * 0.36, s * 0.32)
    sheet.line([(float(a), float(b)) for a, b in handle[::3]], s * 0.13, lift(china, -0.08))
    body = smooth(
        [
            (cx - s * 0.85, cy - s * 0.8),
            (cx - s * 0.75, cy - s * 0.15),
            (cx - s * 0.4, cy + s * 0.2),
            (cx + s * 0.4, cy + s * 0.2),
            (cx + s * 0.75, cy - s * 0.15),
            (cx + s * 0.85, cy - s * 0.8),
        ],
        steps=6,
    )
    sheet.fill(body, across(cx - s, cx + s, lift(china, 0.0), china, lift(china, -0.16)))
    sheet.fill(ellipse(cx, cy - s * 0.8, s * 0.86, s * 0.2), lift(china, -0.03))
    sheet.fill(ellipse(cx, cy - s * 0.78, s * 0.74, s * 0.155), room.lit(colour("7A4A2C"), 1.0))
    sheet.fill(ellipse(cx - s * 0.05, cy - s * 0.79, s * 0.34, s * 0.07), room.lit(colour("E8CBA0"), 1.0), 0.9)


def _near(stage: Stage, room: Indoors, side: float, has_cup: bool) -> None:
    """The table one sits at: a flower, and a cup on its saucer where nothing else is to stand there."""
    near = 0.88
    window = stage.window(near, top=-0.05)
    sheet = Sheet.clear(window)
    top, edge = room.lit(colour("8A5A3A"), 1.0), room.lit(colour("5A3826"), 0.9)
    x = side * 0.16 * stage.aspect
    wide = 0.62 * max(1.0, stage.aspect / 1.6)
    sheet.fill(ellipse(x, 0.5, wide, 0.17), edge)
    sheet.fill(ellipse(x, 0.485, wide, 0.165), down(TABLE, 0.6, lift(top, 0.06), lift(top, -0.1)))
    glow = stage.light.key if not stage.light.is_night else colour("FFC888")
    sheet.fill(ellipse(x - side * 0.2, 0.4, wide * 0.4, 0.035), mix(top, glow, 0.55), 0.4)
    if has_cup:
        _cup(stage, sheet, room, x - side * 0.02)
    fx = x + side * 0.34
    sheet.fill(rect(fx - 0.022, 0.33, fx + 0.022, 0.44), mix(room.lit(colour("B8D4D0")), (1, 1, 1), 0.2), 0.75)
    sheet.line([(fx, 0.4), (fx + 0.012, 0.2)], 0.005, room.lit(colour("5A8A48")))
    sheet.fill(broad_leaf(fx + 0.005, 0.29, -0.6, 0.07, 0.2, 0.2), room.lit(colour("5A8A48")))
    for k in range(6):
        a = k * math.pi / 3
        sheet.fill(
            ellipse(fx + 0.012 + 0.02 * math.cos(a), 0.2 + 0.018 * math.sin(a), 0.015, 0.014),
            room.lit(colour("F2C44E"), 1.1),
        )
    sheet.circle(fx + 0.012, 0.2, 0.012, room.lit(colour("A8602A")))
    stage.plate(sheet, near, fills_width=False)
    if has_cup:
        add_steam(stage, x - side * 0.02, _CUP_FOOT - 0.9 * _cup_size(stage), near + 0.01, 1.2)


SETTING = Setting(
    build=build,
    words=listed(
        "cafe, café, coffee shop, coffee house, bistro, coffee bar, espresso bar, tea room, restaurant, diner, "
        "barista, bakery, pub, bar counter"
    ),
    horizon=0.1,
    usual_time="golden_hour",
    special_of=("street", "room", "city"),
    always_alive=True,
    is_sheltered=True,
)
