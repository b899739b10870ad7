"""A row of town houses: no two alike in width, roof, windows, shop and what hangs on them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engines.generate.procedural.draw.relight import halo
from engines.generate.procedural.draw.sheet import Points, Sheet, across, down, ellipse, rect, stroke
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.town import NEON, WARM_WINDOWS
from engines.generate.procedural.draw.window import hash01
from engines.generate.procedural.palette import Colour, colour, lift, mix

_WALLS = tuple(colour(code) for code in "B4705A C99A6A 8A8F9C A8A080 7C6A7A D0B490 C4B8A8 9C5648 7F9A92 D8A898".split())
_CLOTHS = tuple(colour(code) for code in "C8432F 2F6A72 D8942F 4A5A8A 5A7A4A 8A3A5A".split())
_SHOP = 0.15
"""Height of the ground floor."""


@dataclass(frozen=True)
class _House:
    """One house: where it stands, its wall, and dice for all the rest."""

    x: float
    wide: float
    tall: float
    foot: float
    wall: Colour
    seed: int

    @property
    def top(self) -> float:
        return self.foot - self.tall

    def roll(self, key: int, part: int = 0) -> float:
        return float(hash01(key, part, self.seed))


def add_facades(stage: Stage, near: float, foot: float) -> None:
    """Houses side by side over the whole width, standing on `foot`."""
    light = stage.light
    seed = stage.seed("facades")
    neon = stage.has("neon") or stage.spec.palette == "neon"
    window = stage.window(near, bottom=foot + 0.03, margin=0.3)
    sheet = Sheet.clear(window)
    x, index, before = math.floor(window.x / 2.0) * 2.0 - 0.5, 0, -1
    while x < window.right + 0.1:
        key = index + int(x * 7)
        a, b, c = (float(hash01(key, k, seed)) for k in range(3))
        tone = int(c * len(_WALLS))
        tone = (tone + 1) % len(_WALLS) if tone == before else tone
        before = tone
        wall = light.lit(mix(_WALLS[tone], colour("4A4A60"), 0.25 if light.lamps > 0.5 else 0.05), 0.45)
        if light.lamps > 0.5:
            wall = mix(wall, mix(light.sky[1], colour("3A2E48"), 0.5), 0.35)
        one = _House(x, 0.17 + 0.25 * a * a, 0.34 + 0.34 * b, foot, wall, seed + key * 13)
        _front(stage, sheet, one)
        _roof(stage, sheet, one)
        _windows(stage, sheet, one)
        _shop(stage, sheet, one)
        _extras(stage, sheet, one, neon)
        x += one.wide + (0.0 if b < 0.82 else 0.05)
        index += 1
    stage.plate(sheet, near)


def _front(stage: Stage, sheet: Sheet, house: _House) -> None:
    x0, x1, top, foot, wall = house.x, house.x + house.wide, house.top, house.foot, house.wall
    glow = mix(wall, colour("FFC070"), 0.3 * stage.light.lamps)
    sheet.fill(rect(x0, top, x1, foot), down(top, foot, lift(wall, -0.02), wall, glow))
    if house.roll(1) > 0.55:
        courses = [
            rect(x0, top + 0.022 * k, x1, top + 0.022 * k + 0.0016) for k in range(1, int(house.tall / 0.022) - 6)
        ]
        if courses:
            sheet.fill_many(courses, lift(wall, -0.05), 0.6)
        shapes: list[Points] = []
        for k in range(int(house.wide * house.tall * 500)):
            bx, by = x0 + house.wide * house.roll(k, 21), top + (house.tall - _SHOP) * house.roll(k, 22)
            shapes.append(rect(bx, by, min(x1, bx + 0.014), by + 0.007))
        if shapes:
            sheet.fill_many(shapes, lift(wall, 0.045), 0.5)
    elif house.roll(1) < 0.2:
        for k in range(1, 3):
            px = x0 + house.wide * k / 3
            sheet.fill(
                rect(px - 0.008, top, px + 0.008, foot - _SHOP),
                across(px - 0.008, px + 0.008, lift(wall, 0.04), lift(wall, -0.05)),
            )
    # The neighbour's shade at one side keeps the houses apart.
    sheet.fill(rect(x0, top, x0 + 0.007, foot), lift(wall, -0.1), 0.5)


def _roof(stage: Stage, sheet: Sheet, house: _House) -> None:
    x0, x1, top, wall = house.x, house.x + house.wide, house.top, house.wall
    kind = house.roll(2)
    snowy = stage.spec.weather == "snow" or stage.has("winter")
    slate = stage.light.lit(colour("5A5F6C") if not snowy else colour("EEF3FA"), 0.4)
    middle = (x0 + x1) / 2
    if kind < 0.25:
        steps = 4
        points: list[tuple[float, float]] = [(x0, top)]
        for k in range(steps):
            px = x0 + house.wide * 0.5 * k / steps
            points += [(px, top - 0.026 * (k + 1)), (px + house.wide * 0.5 / steps, top - 0.026 * (k + 1))]
        points += [(2 * middle - a, b) for a, b in reversed(points)]
        sheet.fill(points, house.wall)
        sheet.circle(middle, top - 0.045, 0.016, lift(wall, -0.16))
    elif kind < 0.55:
        sheet.fill([(x0 - 0.004, top), (x0 + 0.025, top - 0.075), (x1 - 0.025, top - 0.075), (x1 + 0.004, top)], slate)
        count = max(1, int(house.wide / 0.11))
        for k in range(count):
            px = x0 + house.wide * (k + 0.5) / count
            sheet.fill(
                [
                    (px - 0.024, top - 0.01),
                    (px - 0.024, top - 0.05),
                    (px, top - 0.068),
                    (px + 0.024, top - 0.05),
                    (px + 0.024, top - 0.01),
                ],
                lift(wall, 0.03),
            )
            lit = house.roll(k, 31) < 0.4 * stage.light.lamps
            sheet.fill(
                rect(px - 0.014, top - 0.046, px + 0.014, top - 0.012),
                WARM_WINDOWS[k % 4] if lit else mix(lift(wall, -0.14), stage.light.sky[2], 0.35),
            )
    elif kind < 0.75:
        sheet.fill([(x0 - 0.01, top + 0.004), (middle, top - house.wide * 0.38), (x1 + 0.01, top + 0.004)], slate)
        sheet.fill([(x0 + 0.012, top + 0.004), (middle, top - house.wide * 0.32), (x1 - 0.012, top + 0.004)], wall)
        sheet.circle(middle, top - house.wide * 0.11, 0.018, lift(wall, -0.15))
    else:
        sheet.fill(rect(x0 - 0.006, top - 0.02, x1 + 0.006, top + 0.008), lift(wall, -0.09))
        for k in range(int(house.wide / 0.02)):
            sheet.fill(rect(x0 + 0.004 + 0.02 * k, top + 0.008, x0 + 0.012 + 0.02 * k, top + 0.016), lift(wall, -0.12))
        if snowy:
            sheet.fill(rect(x0 - 0.006, top - 0.028, x1 + 0.006, top - 0.018), slate)
    if house.roll(3) > 0.5 and kind > 0.25:
        px = x0 + house.wide * (0.2 + 0.6 * house.roll(4))
        sheet.fill(rect(px - 0.014, top - 0.11, px + 0.014, top - 0.02), lift(wall, -0.1))
        for pot in (px - 0.007, px + 0.007):
            sheet.fill(rect(pot - 0.005, top - 0.126, pot + 0.005, top - 0.11), lift(wall, -0.02))


def _pane(kind: float, x: float, y: float, w: float, h: float) -> Points:
    """The outline of a window: flat, arched or broad."""
    if kind > 0.7:
        arch = ellipse(x, y + w, w, w, 180, 360)
        return np.concatenate([arch, np.array([(x + w, y + h), (x - w, y + h)])])
    return rect(x - w, y, x + w, y + h)


def _windows(stage: Stage, sheet: Sheet, house: _House) -> None:
    light, wall = stage.light, house.wall
    kind = house.roll(5)
    step_wanted = 0.068 + 0.05 * house.roll(6)
    columns = max(2, round(house.wide / step_wanted))
    step = house.wide / columns
    rise = 0.095 + 0.05 * house.roll(7)
    rows = max(1, int((house.tall - _SHOP - 0.03) / rise))
    w, h = step * (0.2 + 0.12 * house.roll(8)), rise * (0.52 + 0.14 * house.roll(9))
    shutters = house.roll(10) > 0.66 and w < 0.026
    tint = light.lit(_CLOTHS[int(house.roll(11) * len(_CLOTHS))], 0.5)
    lit: list[Points] = []
    dim: list[Points] = []
    frames: list[Points] = []
    bars: list[Points] = []
    for r in range(rows):
        for k in range(columns):
            x, y = house.x + step * (k + 0.5), house.top + 0.032 + rise * r
            pane = _pane(kind, x, y, w, h)
            (lit if house.roll(r * 9 + k, 1) < 0.42 * light.lamps else dim).append(pane)
            frames.append(_pane(kind, x, y - 0.004, w + 0.004, h + 0.006))
            bars.append(rect(x - 0.0016, y + 0.002, x + 0.0016, y + h))
            if kind < 0.45:
                bars.append(rect(x - w, y + h * 0.42, x + w, y + h * 0.42 + 0.0025))
            sheet.fill(rect(x - w * 1.3, y + h, x + w * 1.3, y + h + 0.007), lift(wall, 0.05))
            if shutters:
                for side in (-1, 1):
                    cx = x + side * w * 1.42
                    sheet.fill(rect(cx - w * 0.34, y, cx + w * 0.34, y + h), mix(tint, wall, 0.35))
            if house.roll(r * 9 + k, 2) > 0.8 and r > 0:
                _flowers(stage, sheet, x, y + h, w, house.seed + r * 9 + k)
    sheet.fill_many(frames, lift(wall, 0.08))
    if dim:
        sheet.fill_many(dim, mix(lift(wall, -0.15), light.sky[2], 0.4))
    if lit:
        sheet.fill_many(lit, mix(WARM_WINDOWS[house.seed % len(WARM_WINDOWS)], wall, 0.12))
    sheet.fill_many(bars, lift(wall, 0.03), 0.85)


def _flowers(stage: Stage, sheet: Sheet, x: float, y: float, w: float, seed: int) -> None:
    if stage.spec.weather == "snow" or stage.has("winter"):
        return
    leaf = stage.light.lit(colour("5A8A48"), 0.5)
    blossom = stage.light.lit(_CLOTHS[seed % 3], 0.8)
    sheet.fill_many([ellipse(x + w * (k - 2) * 0.42, y - 0.004, w * 0.36, 0.009)[::4] for k in range(5)], leaf)
    sheet.fill_many([ellipse(x + w * (k - 1.5) * 0.5, y - 0.009, 0.0042, 0.0042)[::6] for k in range(4)], blossom)
    sheet.fill(rect(x - w, y - 0.001, x + w, y + 0.011), stage.light.lit(colour("6E4A38"), 0.4))


def _shop(stage: Stage, sheet: Sheet, house: _House) -> None:
    """The ground floor: a lit shop, a café, a closed shutter or an entrance, with an awning, a sign or neither."""
    light, wall, foot = stage.light, house.wall, house.foot
    x0, x1, shop = house.x, house.x + house.wide, foot - _SHOP
    kind, cover = house.roll(12), house.roll(13)
    tone = light.lit(_CLOTHS[int(house.roll(14) * len(_CLOTHS))], 0.6)
    board = lift(mix(tone, wall, 0.25), -0.06)
    sheet.fill(rect(x0 + 0.004, shop, x1 - 0.004, foot), board)
    inside = mix(colour("FFE7B4"), wall, 0.1) if light.lamps > 0.3 else mix(light.sky[3], wall, 0.5)
    top = shop + 0.036
    if kind > 0.82:
        sheet.fill(rect(x0 + 0.02, top, x1 - 0.02, foot - 0.004), lift(wall, -0.06))
        for k in range(7):
            sheet.fill(rect(x0 + 0.02, top + 0.014 * k, x1 - 0.02, top + 0.014 * k + 0.003), lift(wall, -0.14))
    else:
        columns = max(2, round(house.wide / (0.07 + 0.06 * house.roll(15))))
        step = (house.wide - 0.03) / columns
        door = int(house.roll(16) * columns)
        for k in range(columns):
            a, b = x0 + 0.015 + step * k + 0.004, x0 + 0.015 + step * (k + 1) - 0.004
            if k == door:
                sheet.fill(rect(a + 0.004, top, b - 0.004, foot), lift(board, -0.08))
                sheet.fill(rect(a + 0.012, top + 0.01, b - 0.012, foot - 0.04), mix(inside, board, 0.25))
                continue
            sheet.fill(rect(a, top, b, foot - 0.026), down(top, foot, lift(inside, 0.02), mix(inside, wall, 0.15)))
            _goods(sheet, house, a, b, foot - 0.027, k, inside)
    if cover < 0.5:
        count = max(4, round(house.wide / 0.03))
        plain = house.roll(17) > 0.55
        pale = mix(tone, light.lit((0.97, 0.95, 0.9), 0.6), 0.8)
        for k in range(count):
            a, b = x0 + 0.008 + (house.wide - 0.016) * k / count, x0 + 0.008 + (house.wide - 0.016) * (k + 1) / count
            stripe = tone if plain or k % 2 else pale
            sheet.fill(
                [(a + 0.006, shop), (b + 0.006 * (k < count - 1), shop), (b, shop + 0.04), (a, shop + 0.04)],
                down(shop, shop + 0.04, lift(stripe, 0.03), lift(stripe, -0.06)),
            )
            sheet.fill(ellipse((a + b) / 2, shop + 0.04, (b - a) / 2, 0.009, 0, 180), lift(stripe, -0.03))
    elif cover < 0.85:
        sheet.fill(rect(x0 + 0.012, shop + 0.004, x1 - 0.012, shop + 0.03), lift(board, -0.07))
        letters: list[Points] = []
        at = x0 + house.wide * (0.18 + 0.12 * house.roll(18))
        while at < x1 - house.wide * 0.2:
            size = 0.008 + 0.007 * house.roll(int(at * 500), 23)
            letters.append(rect(at, shop + 0.01, at + size, shop + 0.024))
            at += size + 0.004
        if letters:
            sheet.fill_many(letters, mix(board, (1.0, 0.92, 0.75), 0.75))


def _goods(sheet: Sheet, house: _House, x0: float, x1: float, y: float, key: int, inside: Colour) -> None:
    """What stands in a shop window, against the light."""
    shapes: list[Points] = []
    x, k = x0 + 0.008, 0
    while x < x1 - 0.016:
        a, b = house.roll(key * 20 + k, 24), house.roll(key * 20 + k, 25)
        size = 0.008 + 0.012 * a
        shapes.append(
            rect(x, y - size * (1 + b), x + size, y)
            if b > 0.4
            else ellipse(x + size / 2, y - size * 0.5, size * 0.5, size * 0.55)
        )
        x, k = x + size + 0.006 + 0.02 * b, k + 1
    if shapes:
        sheet.fill_many(shapes, mix(inside, lift(house.wall, -0.16), 0.72))


def _extras(stage: Stage, sheet: Sheet, house: _House, neon: bool) -> None:
    """A balcony, a fire escape, ivy, a hanging sign, neon."""
    light, wall = stage.light, house.wall
    iron = light.lit(colour("2E3038"), 0.2)
    kind = house.roll(19)
    y = house.top + (house.tall - _SHOP) * 0.62
    if kind < 0.2 and house.wide > 0.22:
        a, b = house.x + house.wide * 0.2, house.x + house.wide * 0.8
        bars = [rect(a + (b - a) * k / 14, y, a + (b - a) * k / 14 + 0.0022, y + 0.038) for k in range(15)]
        sheet.fill_many(
            [*bars, rect(a, y - 0.003, b, y + 0.001), rect(a - 0.006, y + 0.036, b + 0.006, y + 0.044)], iron
        )
    elif kind < 0.36 and house.tall > 0.42:
        x = house.x + house.wide * 0.72
        shapes: list[Points] = []
        for k in range(3):
            level = house.top + 0.1 + 0.1 * k
            shapes.append(rect(x - 0.045, level, x + 0.045, level + 0.005))
            shapes += [rect(x - 0.045 + 0.018 * j, level - 0.024, x - 0.043 + 0.018 * j, level) for j in range(6)]
            shapes += stroke([(x - 0.035, level + 0.1), (x + 0.035, level)], 0.004)
        sheet.fill_many(shapes, iron, 0.9)
    elif kind < 0.5 and not (stage.spec.weather == "snow" or stage.has("winter")):
        leaf = light.lit(colour("4E7A40") if not stage.has("autumn") else colour("B4532A"), 0.45)
        leaves = []
        for k in range(150):
            a, b = house.roll(k, 26), house.roll(k, 27)
            leaves.append(
                ellipse(
                    house.x + 0.02 + house.wide * 0.42 * a * a,
                    house.foot - _SHOP - (house.tall - _SHOP) * 0.85 * b * (1 - 0.5 * a),
                    0.011,
                    0.009,
                )[::6]
            )
        sheet.fill_many(leaves, leaf, 0.9)
    elif kind < 0.68:
        x = house.x + house.wide * 0.12
        top = house.foot - _SHOP - 0.055
        sheet.fill(rect(x, top, x + 0.05, top + 0.003), iron)
        sheet.fill(
            ellipse(x + 0.03, top + 0.026, 0.02, 0.02),
            mix(light.lit(_CLOTHS[house.seed % len(_CLOTHS)], 0.7), wall, 0.1),
        )
        sheet.fill(ellipse(x + 0.03, top + 0.026, 0.012, 0.012), mix(wall, (1.0, 0.95, 0.85), 0.7))
    if neon and house.roll(20) > 0.35:
        sign = NEON[int(house.roll(28) * len(NEON))]
        sx, sy = house.x + house.wide * 0.82, house.foot - _SHOP - 0.12
        halo(sheet, sx, sy, 0.09, sign, 0.6)
        sheet.fill(rect(sx - 0.016, sy - 0.07, sx + 0.016, sy + 0.07), mix(sign, (1, 1, 1), 0.2))
        for k in range(3):
            sheet.fill(
                rect(sx - 0.009, sy - 0.055 + 0.042 * k, sx + 0.009, sy - 0.03 + 0.042 * k), lift(wall, -0.2), 0.75
            )
