"""A single flower, large: daisy, sunflower, tulip, rose. It nods, and opens when it grows."""

from __future__ import annotations

import math

from engines.generate.procedural.draw.sheet import Sheet, down, ellipse, smooth, stroke
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.palette import Colour, colour, lift


def draw(sheet: Sheet, how: How) -> None:
    """One pose; the head turns half toward the viewer."""
    sway = 0.035 * math.sin(2 * math.pi * how.phase)
    stem = [(0.0, 0.01), (0.025, -0.25), (0.0 + sway * 0.5, -0.5), (0.02 + sway, -0.74)]
    line = [(float(x), float(y)) for x, y in smooth(stem, closed=False, steps=7)]
    green = colour("4E8A3E")
    for side, y, size in ((1, -0.2, 1.0), (-1, -0.32, 0.85)):
        x = 0.02
        leaf = [
            (x, y),
            (x + side * 0.12 * size, y - 0.14 * size),
            (x + side * 0.3 * size, y - 0.15 * size),
            (x + side * 0.2 * size, y - 0.02),
        ]
        sheet.fill(smooth(leaf, steps=6), lift(green, 0.03 if side > 0 else -0.06))
        sheet.fill_many(stroke([(x, y), (x + side * 0.2 * size, y - 0.1 * size)], 0.009, 0.004), lift(green, 0.12))
    sheet.fill_many(stroke(line, 0.042, 0.034), green)
    x, y = line[-1]
    if how.variant == "tulip":
        _tulip(sheet, x, y, how.colour or colour("E0405A"))
    elif how.variant == "rose":
        _rose(sheet, x, y - 0.07, how.colour or colour("D02E48"))
    else:
        sunny = how.variant == "sunflower"
        petal = how.colour or (colour("F6B92E") if sunny else colour("FBF6F2"))
        _rays(
            sheet,
            x,
            y,
            petal,
            0.105 if sunny else 0.075,
            16 if sunny else 13,
            colour("5A3620") if sunny else colour("F2B52E"),
            how.phase,
        )


def _rays(
    sheet: Sheet, x: float, y: float, petal: Colour, heart: float, count: int, middle: Colour, phase: float
) -> None:
    for tone, out, shift in ((-0.1, 0.255, 0.5), (0.0, 0.24, 0.0)):
        for k in range(count):
            a = 2 * math.pi * (k + shift) / count + 0.05 * math.sin(2 * math.pi * phase)
            c, s = math.cos(a), math.sin(a) * 0.88
            w = 0.92 * math.pi * heart / count * 2.1
            root, tip = (x + c * heart * 0.7, y + s * heart * 0.7), (x + c * out, y + s * out)
            mx, my = x + c * out * 0.66, y + s * out * 0.66
            sheet.fill(
                smooth([root, (mx - s * w, my + c * w), tip, (mx + s * w, my - c * w)], steps=5),
                lift(petal, tone + 0.03 * math.cos(a + 2.0)),
            )
    sheet.circle(x, y, heart, lift(middle, -0.06), squash=0.9)
    sheet.circle(x - heart * 0.1, y - heart * 0.1, heart * 0.72, middle, squash=0.9)
    for k in range(26):
        a, r = k * 2.399963, heart * 0.85 * math.sqrt((k + 0.5) / 26)
        sheet.circle(
            x + r * math.cos(a), y + r * math.sin(a) * 0.9, heart * 0.075, lift(middle, -0.12 if k % 2 else 0.1), 0.8
        )


def _tulip(sheet: Sheet, x: float, y: float, tone: Colour) -> None:
    sheet.fill(
        smooth(
            [
                (x - 0.1, y - 0.2),
                (x - 0.04, y - 0.27),
                (x, y - 0.2),
                (x + 0.05, y - 0.27),
                (x + 0.1, y - 0.19),
                (x + 0.06, y),
                (x - 0.06, y),
            ],
            steps=6,
        ),
        lift(tone, -0.1),
    )
    for side in (-1, 1):
        sheet.fill(
            smooth(
                [
                    (x, y + 0.03),
                    (x + side * 0.13, y - 0.04),
                    (x + side * 0.15, y - 0.17),
                    (x + side * 0.1, y - 0.25),
                    (x + side * 0.01, y - 0.1),
                ],
                steps=6,
            ),
            lift(tone, 0.02 if side < 0 else -0.05),
        )
    sheet.fill(
        smooth(
            [
                (x, y + 0.03),
                (x - 0.085, y - 0.06),
                (x - 0.06, y - 0.19),
                (x, y - 0.255),
                (x + 0.06, y - 0.19),
                (x + 0.085, y - 0.06),
            ],
            steps=6,
        ),
        down(y - 0.26, y, lift(tone, 0.1), tone),
    )


def _rose(sheet: Sheet, x: float, y: float, tone: Colour) -> None:
    for k in range(5):
        a = 2 * math.pi * k / 5 + 0.3
        sheet.fill(
            ellipse(x + 0.09 * math.cos(a), y + 0.02 + 0.075 * math.sin(a), 0.1, 0.088),
            lift(tone, -0.12 + 0.03 * math.cos(a + 2)),
        )
    for k in range(4):
        a = 2 * math.pi * k / 4 + 0.9
        sheet.fill(
            ellipse(x + 0.05 * math.cos(a), y + 0.045 * math.sin(a), 0.078, 0.07),
            lift(tone, -0.03 + 0.04 * math.cos(a + 2)),
        )
    spiral = [
        (x + 0.012 * k / 2 * math.cos(k * 0.62), y - 0.01 + 0.011 * k / 2 * math.sin(k * 0.62)) for k in range(14)
    ]
    sheet.circle(x, y, 0.07, lift(tone, 0.05))
    sheet.fill_many(stroke(spiral, 0.012), lift(tone, -0.16))


SUBJECT = SubjectKind(
    draw=draw,
    box=(-0.36, -1.04, 0.36, 0.03),
    words=("flower", "daisy", "blossom", "lily", "orchid", "poppy", "dandelion"),
    implies="meadow",
    size=0.5,
    metres=0.5,
    cycles={"stand": Cycle(36, 3.6)},
    variants={"sunflower": ("sunflower",), "tulip": ("tulip",), "rose": ("rose",)},
    volume=0.9,
    spread=0.13,
)
