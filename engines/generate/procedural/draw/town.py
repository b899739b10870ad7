"""Buildings with lit windows, lamps and beacons."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.land import cells_of
from engines.generate.procedural.draw.relight import halo
from engines.generate.procedural.draw.sheet import Points, Sheet, across, down, rect
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import hash01, noise_at
from engines.generate.procedural.palette import Colour, colour, lift, mix

WARM_WINDOWS = tuple(colour(code) for code in "FFE2A0 FFCF7C FFF0C8 FFD890".split())
NEON = tuple(colour(code) for code in "FF3FA0 2FE6FF 8A5CFF FFE14A 3CFFB0".split())


COATS = tuple(colour(code) for code in "B9C6D6 E4D8C6 C98F74 8FA9C4 D9CDB4 A7B4BF 6F93B4 E9E4DA".split())
"""Walls by day: glass, sandstone, brick."""


@kept
def add_skyline(
    stage: Stage,
    near: float,
    base: float,
    low: float,
    high: float,
    width: float,
    wall: Colour,
    lit: float,
    *,
    hero: float | None = None,
    bottom: float = 9.0,
    neon: bool = False,
    coats: tuple[Colour, ...] = (),
) -> None:
    """A row of towers standing on `base`; `hero` is the x where the tallest stands. `coats` are colours their walls lean to."""
    window = stage.window(near, top=base - high * 1.6, bottom=bottom, margin=width)
    seed = stage.seed(f"towers {near}")
    sheet = Sheet.clear(window)
    panes: dict[int, list[Points]] = {}
    dark_panes: list[Points] = []
    beacons: list[tuple[float, float]] = []
    signs: list[tuple[float, float, float, float, int]] = []
    for i in cells_of(window, width):
        a, b, c, d = (float(hash01(int(i), k, seed)) for k in range(4))
        if b < 0.12 and near > 0.2:
            continue
        x = (i + 0.5 + 0.3 * (a - 0.5)) * width
        half = width * (0.36 + 0.2 * c)
        lump = float(noise_at(np.array([i * 0.43]), 1.0, seed + 9)[0])
        tall = low + (high - low) * (0.25 * a + 0.75 * lump) * (0.55 + 0.6 * d)
        if hero is not None:
            tall += (high - low) * 0.75 * math.exp(-(((x - hero) / (width * 1.6)) ** 2))
        own = lift(wall, (b - 0.5) * 0.07)
        if coats:
            coat = stage.light.far(stage.light.lit(coats[int(d * 97) % len(coats)], 0.6), near, 0.95)
            own = lift(mix(own, coat, 0.75), (b - 0.5) * 0.05)
        elif d > 0.6 and not stage.light.is_night:
            own = mix(own, colour("B08A78"), 0.3 * c)
        _tower(stage, sheet, x, half, base, tall, own, lit, seed + int(i) * 31, panes, dark_panes, beacons)
        if neon and d > 0.55:
            signs.append(
                (
                    x + half * 0.5,
                    base - tall * (0.45 + 0.25 * a),
                    0.012 + 0.01 * c,
                    0.05 + 0.06 * b,
                    int(a * 97) % len(NEON),
                )
            )
    if dark_panes:
        sheet.fill_many(dark_panes, lift(mix(wall, stage.light.sky[2], 0.35), 0.02), 0.55)
    for tone, shapes in sorted(panes.items()):
        sheet.fill_many(
            shapes,
            mix(WARM_WINDOWS[tone] if tone < 4 else NEON[tone - 4], wall, 0.12 + 0.25 * (1 - near) * stage.light.haze),
        )
    for sx, sy, sw, sh, kind in signs:
        halo(sheet, sx, sy, max(sw, sh) * 1.1, NEON[kind], 0.55)
        sheet.fill(rect(sx - sw / 2, sy - sh / 2, sx + sw / 2, sy + sh / 2), mix(NEON[kind], (1, 1, 1), 0.25))
    if stage.light.lamps > 0.3:
        for bx, by in beacons:
            halo(sheet, bx, by, 0.009, colour("FF4A3A"), 0.95)
    stage.plate(sheet, near)


def _tower(
    stage: Stage,
    sheet: Sheet,
    x: float,
    half: float,
    base: float,
    tall: float,
    wall: Colour,
    lit: float,
    seed: int,
    panes: dict[int, list[Points]],
    dark_panes: list[Points],
    beacons: list[tuple[float, float]],
) -> None:
    top = base - tall
    kind = float(hash01(1, 1, seed))
    toward = 1.0 if stage.spec.sun_x * stage.aspect > x else -1.0
    sunny = stage.light.disc * (not stage.light.is_night)
    bright, dim = lift(wall, 0.025 + 0.045 * sunny), lift(wall, -0.05 - 0.05 * sunny)
    left, right = (dim, bright) if toward > 0 else (bright, dim)
    foot = mix(wall, stage.light.fog, 0.4)
    parts: list[tuple[float, float, float]] = [(half, top, base)]
    if kind > 0.72 and tall > 0.2:
        parts = [
            (half, top + tall * 0.22, base),
            (half * 0.72, top + tall * 0.08, top + tall * 0.22),
            (half * 0.42, top, top + tall * 0.08),
        ]
    elif kind > 0.5:
        parts = [(half, top + tall * 0.1, base), (half * 0.62, top, top + tall * 0.1)]
    for w, y0, y1 in parts:
        sheet.fill(rect(x - w, y0, x + w, y1 + 0.4), across(x - w, x + w, left, mix(left, right, 0.6), right))
    sheet.shade(
        rect(x - half, base - tall * 0.45, x + half, base + 0.5), down(base - tall * 0.45, base, wall, foot), 0.3
    )
    if kind < 0.18:
        sheet.fill([(x - half, top), (x + half * 0.4, top - half * 0.9), (x + half, top)], mix(left, right, 0.5))
    if tall > 0.24 and float(hash01(2, 2, seed)) > 0.45:
        mast = top - 0.03 - 0.05 * kind
        sheet.fill(rect(x - 0.0016, mast, x + 0.0016, top + 0.01), dim)
        beacons.append((x, mast))
    _windows(stage, parts, x, base, lit, seed, panes, dark_panes)


def _windows(
    stage: Stage,
    parts: list[tuple[float, float, float]],
    x: float,
    base: float,
    lit: float,
    seed: int,
    panes: dict[int, list[Points]],
    dark_panes: list[Points],
) -> None:
    half = parts[0][0]
    columns = max(2, round(half * 2 / 0.0135 * (0.8 + 0.4 * float(hash01(3, 3, seed)))))
    if half * 2 / columns * stage.size[1] < 3.2:
        columns = max(2, int(half * 2 * stage.size[1] / 3.2))
    step = half * 2 / (columns + 0.6)
    row_step = step * (1.25 + 0.5 * float(hash01(4, 4, seed)))
    banded = float(hash01(5, 5, seed)) > 0.7
    for w, y0, y1 in parts:
        rows = int((min(y1, base) - y0 - step * 0.5) / row_step)
        for r in range(rows):
            y = y0 + step * 0.6 + r * row_step
            floor_lit = lit * (0.35 + 1.3 * float(hash01(r, 11, seed)))
            for c in range(columns):
                wx = x - half + step * (0.3 + c + 0.5)
                if abs(wx - x) > w - step * 0.5:
                    continue
                chance = float(hash01(r * 57 + c, 12, seed))
                pane = rect(wx - step * 0.34, y, wx + step * (0.34 if not banded else 0.5), y + row_step * 0.52)
                if chance < floor_lit:
                    tone = int(float(hash01(r * 57 + c, 13, seed)) * 4)
                    if float(hash01(r * 57 + c, 14, seed)) > 0.95 and stage.light.lamps > 0.5:
                        tone = 4 + int(chance * 1000) % 3
                    panes.setdefault(tone, []).append(pane)
                elif chance < 0.75:
                    dark_panes.append(pane)
