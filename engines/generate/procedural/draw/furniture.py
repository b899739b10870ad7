"""Furniture and what stands on it: shelves, a cooker, chairs, screens, letters on glass."""

from __future__ import annotations

from engines.generate.procedural.draw.indoor import (
    Indoors,
    add_steam,
)
from engines.generate.procedural.draw.relight import halo
from engines.generate.procedural.draw.sheet import Points, Sheet, across, down, ellipse, rect, smooth, stroke
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import hash01
from engines.generate.procedural.palette import Colour, colour, lift, mix


def shelves(stage: Stage, sheet: Sheet, room: Indoors, x: float, hand: float, reach: float) -> None:
    """Open shelves with plates, jars and cups that hang."""
    wood = room.lit(colour("B98A5A"), 0.95)
    tones = tuple(room.lit(colour(code), 1.0) for code in "E0694A F2C14E F4F1EA 6FA3A0 D9D2C4 8A5A7A".split())
    for row, y in enumerate((-0.3, -0.17)):
        x0, x1 = sorted((x, x + hand * reach))
        sheet.fill(rect(x0, y, x1, y + 0.012), down(y, y + 0.012, lift(wood, 0.05), lift(wood, -0.1)))
        px, k = x + hand * 0.05, 0
        while abs(px) < reach:
            a, b = stage.pick(f"jar {row}", k, 0), stage.pick(f"jar {row}", k, 1)
            tone = tones[int(a * len(tones))]
            if b < 0.4:
                w, h = 0.02 + 0.008 * a, 0.05 + 0.03 * b
                sheet.fill(rect(px - w, y - h, px + w, y), across(px - w, px + w, lift(tone, 0.04), lift(tone, -0.1)))
                sheet.fill(rect(px - w * 0.9, y - h - 0.01, px + w * 0.9, y - h), lift(wood, -0.08))
            elif b < 0.7:
                for j in range(4):
                    sheet.fill(
                        rect(px - 0.036, y - 0.008 - 0.008 * j, px + 0.036, y - 0.003 - 0.008 * j),
                        lift(tones[2], -0.03 * (j % 2)),
                    )
            else:
                sheet.fill(
                    ellipse(px, y - 0.034, 0.026, 0.034),
                    across(px - 0.026, px + 0.026, lift(tone, 0.05), lift(tone, -0.1)),
                )
                sheet.fill(rect(px - 0.008, y - 0.085, px + 0.008, y - 0.06), lift(tone, -0.05))
            px, k = px + hand * (0.075 + 0.025 * a), k + 1
        if row == 1:
            for k in range(12):
                cx = x + hand * (0.06 + 0.07 * k)
                tone = tones[(k * 2 + 1) % len(tones)]
                sheet.line([(cx, y + 0.012), (cx, y + 0.024)], 0.003, lift(wood, -0.2))
                sheet.fill(
                    rect(cx - 0.018, y + 0.024, cx + 0.018, y + 0.056),
                    across(cx - 0.018, cx + 0.018, lift(tone, 0.03), lift(tone, -0.08)),
                )


def add_cooker(stage: Stage, room: Indoors, side: float, top: float) -> None:
    """A cooker under a worktop at `top` (y), with a pot that steams and its hood above."""
    near = 0.52
    x = -side * 0.34 * stage.aspect
    window = stage.window(near)
    sheet = Sheet.clear(window)
    steel, dark = room.lit(colour("BFC5CC"), 1.0), room.lit(colour("2E3238"), 0.9)
    half = 0.14
    sheet.fill(rect(x - half, top, x + half, 0.46), across(x - half, x + half, lift(steel, 0.03), lift(steel, -0.08)))
    sheet.fill(rect(x - half * 0.82, top + 0.1, x + half * 0.82, 0.4), dark)
    glow = colour("FF9A4A")
    sheet.fill(
        rect(x - half * 0.7, top + 0.13, x + half * 0.7, 0.36),
        down(top + 0.13, 0.36, mix(dark, glow, 0.25), mix(dark, glow, 0.45)),
    )
    sheet.fill(rect(x - half * 0.7, top + 0.08, x + half * 0.7, top + 0.088), lift(steel, 0.08))
    for k in range(4):
        sheet.circle(x - half * 0.6 + half * 0.4 * k, top + 0.045, 0.011, dark)
    sheet.fill(rect(x - half, top - 0.006, x + half, top + 0.012), lift(dark, 0.05))
    pot = room.lit(colour("D9483B"), 1.0)
    px = x - 0.035
    sheet.fill(
        rect(px - 0.06, top - 0.085, px + 0.06, top - 0.006),
        across(px - 0.06, px + 0.06, lift(pot, 0.08), pot, lift(pot, -0.12)),
    )
    sheet.fill(ellipse(px, top - 0.087, 0.064, 0.012), lift(pot, -0.06))
    for k in (-1, 1):
        sheet.fill(rect(px + k * 0.07 - 0.012, top - 0.066, px + k * 0.07 + 0.012, top - 0.054), lift(pot, -0.1))
    kx = x + 0.08
    sheet.fill(
        smooth(
            [
                (kx - 0.036, top - 0.006),
                (kx - 0.04, top - 0.04),
                (kx, top - 0.075),
                (kx + 0.04, top - 0.04),
                (kx + 0.036, top - 0.006),
            ],
            steps=6,
        ),
        across(kx - 0.04, kx + 0.04, lift(steel, 0.07), lift(steel, -0.12)),
    )
    sheet.fill_many(stroke([(kx + 0.03, top - 0.035), (kx + 0.062, top - 0.06)], 0.01, 0.006), lift(steel, -0.06))
    sheet.line([(kx - 0.028, top - 0.07), (kx, top - 0.104), (kx + 0.028, top - 0.07)], 0.006, dark)
    hood = [
        (x - half, -0.19),
        (x + half, -0.19),
        (x + half * 0.5, -0.3),
        (x + half * 0.5, -0.9),
        (x - half * 0.5, -0.9),
        (x - half * 0.5, -0.3),
    ]
    sheet.fill(hood, across(x - half, x + half, lift(steel, 0.04), lift(steel, -0.1)))
    sheet.fill(rect(x - half, -0.2, x + half, -0.178), lift(steel, -0.08))
    if room.lamps > 0.2:
        halo(sheet, x, -0.14, 0.12, colour("FFD9A0"), 0.3 * room.lamps)
    stage.plate(sheet, near, fills_width=False)
    add_steam(stage, px, top - 0.09, near + 0.01, 1.3)


def cafe_letters(x: float, y: float, size: float) -> list[Points]:
    """The word CAFE on the glass, as strokes; its accent too."""
    shapes: list[Points] = []
    w = size * 0.16
    for k, lines in enumerate(
        (
            [[(0.9, -0.75), (0.5, -1.0), (0.12, -0.75), (0.12, -0.25), (0.5, 0.0), (0.9, -0.25)]],
            [[(0.05, 0.0), (0.5, -1.0), (0.95, 0.0)], [(0.24, -0.34), (0.76, -0.34)]],
            [[(0.15, 0.0), (0.15, -1.0), (0.85, -1.0)], [(0.15, -0.52), (0.7, -0.52)]],
            [
                [(0.85, 0.0), (0.15, 0.0), (0.15, -1.0), (0.85, -1.0)],
                [(0.15, -0.52), (0.7, -0.52)],
                [(0.4, -1.2), (0.65, -1.38)],
            ],
        )
    ):
        for line in lines:
            shapes += stroke([(x + size * ((k - 2) * 1.15 + px * 0.95 + 0.08), y + size * py) for px, py in line], w)
    return shapes


def bentwood_chair(
    sheet: Sheet, x: float, foot: float, size: float, hand: float, tone: tuple[float, float, float]
) -> None:
    """A bentwood chair from the side, looking toward `hand`."""
    shapes: list[Points] = []
    for dx in (-0.2, 0.2):
        shapes += stroke([(x + dx * size * 1.15, foot), (x + dx * size, foot - size * 0.45)], size * 0.045)
    shapes += stroke(
        [
            (x - hand * 0.2 * size, foot - size * 0.45),
            (x - hand * 0.27 * size, foot - size * 0.8),
            (x - hand * 0.25 * size, foot - size),
        ],
        size * 0.05,
    )
    shapes += stroke(
        [
            (x - hand * 0.12 * size, foot - size * 0.45),
            (x - hand * 0.19 * size, foot - size * 0.75),
            (x - hand * 0.25 * size, foot - size),
        ],
        size * 0.03,
    )
    shapes.append(ellipse(x, foot - size * 0.46, size * 0.27, size * 0.05))
    sheet.fill_many(shapes, tone)


def swivel_chair(sheet: Sheet, x: float, foot: float, size: float, dark: Colour, room: Indoors) -> None:
    """An office chair from behind."""
    cloth = room.lit(colour("3C5A78"), 0.9)
    sheet.fill_many(
        [
            *stroke([(x - size * 0.22, foot), (x, foot - size * 0.1), (x + size * 0.22, foot)], size * 0.05),
            *stroke([(x, foot - size * 0.1), (x, foot - size * 0.45)], size * 0.06),
        ],
        dark,
    )
    sheet.fill(rect(x - size * 0.28, foot - size * 0.54, x + size * 0.28, foot - size * 0.43), cloth)
    back = [
        (x - size * 0.26, foot - size * 1.12),
        (x + size * 0.26, foot - size * 1.12),
        (x + size * 0.23, foot - size * 0.6),
        (x - size * 0.23, foot - size * 0.6),
    ]
    sheet.fill(back, down(foot - size * 1.12, foot - size * 0.6, lift(cloth, 0.06), lift(cloth, -0.05)))


def monitor(stage: Stage, sheet: Sheet, x: float, foot: float, size: float, seed: int, dark: Colour) -> None:
    """A monitor; its windows and lines differ from desk to desk."""
    half, tall = size * 0.36, size * 0.5
    y1 = foot - size * 0.16
    y0 = y1 - tall
    sheet.fill(rect(x - size * 0.025, y1, x + size * 0.025, foot), lift(dark, 0.05))
    sheet.fill(rect(x - size * 0.14, foot - size * 0.025, x + size * 0.14, foot), lift(dark, 0.05))
    halo(sheet, x, (y0 + y1) / 2, size * 0.6, colour("9CC4FF"), 0.16 + 0.2 * stage.light.is_night)
    sheet.fill(rect(x - half, y0, x + half, y1), dark)
    inner = half * 0.93
    face = (colour("1E2A44"), colour("F2F5F8"), colour("20343A"))[int(float(hash01(1, 1, seed)) * 3)]
    sheet.fill(rect(x - inner, y0 + tall * 0.06, x + inner, y1 - tall * 0.06), down(y0, y1, lift(face, 0.03), face))
    accent = (colour("5AB0FF"), colour("F2994A"), colour("6FCF97"))[int(float(hash01(2, 1, seed)) * 3)]
    bars: list[Points] = []
    for k in range(6):
        wide = inner * (0.4 + 1.2 * float(hash01(k, 3, seed)))
        y = y0 + tall * (0.18 + 0.115 * k)
        bars.append(rect(x - inner * 0.86, y, x - inner * 0.86 + wide, y + tall * 0.045))
    sheet.fill_many(bars, mix(face, accent, 0.75))
