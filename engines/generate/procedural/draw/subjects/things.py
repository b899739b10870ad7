"""Tree, pine, house, car, balloon, cup, rocket: drawn 1 high, foot at 0, 0."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.relight import halo
from engines.generate.procedural.draw.sheet import Points, Sheet, across, down, ellipse, rect, smooth, stroke
from engines.generate.procedural.draw.window import hash01
from engines.generate.procedural.palette import Colour, colour, mix

WARM = colour("FFD07A")
ROOF, PLASTER, PAINT, GLAZE = colour("B4483A"), colour("F1E6D2"), colour("D03A30"), colour("D8412F")
TREE_BOX = (-0.5, -1.04, 0.5, 0.03)
GREENS = tuple(colour(code) for code in "2E5A34 3F7A3D 62A04A 93C25E".split())
AUTUMN = tuple(colour(code) for code in "7A3320 B4532A DD8434 F2B552".split())


def tree(sheet: Sheet, seed: int, leaves: tuple[Colour, ...] = GREENS) -> None:
    """A broad crown of three tones of leaves on a branching trunk."""
    bark = colour("5A3E30")

    def roll(i: int, k: int) -> float:
        return float(hash01(i, k, seed))

    trunk = smooth(
        [
            (-0.085, 0.01),
            (-0.04, -0.06),
            (-0.032, -0.3),
            (-0.05, -0.44),
            (0.04, -0.44),
            (0.032, -0.3),
            (0.045, -0.06),
            (0.095, 0.01),
        ],
        steps=6,
    )
    sheet.fill(trunk, across(-0.06, 0.06, colour("7A5642"), bark, colour("3E2A22")))
    for i, (x, y) in enumerate(((-0.24, -0.6), (0.22, -0.62), (0.02, -0.72), (-0.13, -0.7), (0.14, -0.55))):
        sheet.fill_many(stroke([(0.0, -0.36 - 0.015 * i), (x * 0.5, (y - 0.38) / 2), (x, y)], 0.042, 0.014), bark)
    centres = []
    for i in range(17):
        a = 2 * math.pi * (i * 0.381966 + 0.1 * roll(i, 0))
        r = 0.3 * math.sqrt((i + 0.5) / 17) * (0.9 + 0.25 * roll(i, 1))
        centres.append((r * math.cos(a) * 1.13, -0.68 + r * math.sin(a) * 0.8, 0.105 + 0.05 * roll(i, 2)))
    for tone, up, share, k in ((0, 0.0, 1.0, 3), (1, 0.025, 0.9, 4), (2, 0.055, 0.72, 5), (3, 0.08, 0.42, 6)):
        blobs: list[Points] = []
        for i, (x, y, r) in enumerate(centres):
            if tone >= 2 and roll(i, k) > (0.85 if tone == 2 else 0.6):
                continue
            for j in range(7):
                b = 2 * math.pi * (j / 7 + roll(i * 9 + j, k))
                d = r * 0.62 * share
                blobs.append(
                    ellipse(
                        x - up * 0.35 + d * math.cos(b),
                        y - up + d * math.sin(b) * 0.85,
                        r * share * (0.3 + 0.22 * roll(i * 9 + j, 8)),
                        r * share * (0.26 + 0.2 * roll(i * 9 + j, 9)),
                    )[::5]
                )
            if tone < 2:
                blobs.append(ellipse(x - up * 0.35, y - up, r * 0.9 * share, r * 0.8 * share)[::3])
        sheet.fill_many(blobs, leaves[tone], 1.0 if tone < 2 else 0.92)


def pine_shape(x: float, foot: float, height: float, seed: int, width: float = 0.34) -> list[Points]:
    """A conifer as polygons: a slim crown of drooping, uneven boughs."""
    tiers = 9
    left: list[tuple[float, float]] = []
    right: list[tuple[float, float]] = []
    for i in range(tiers):
        t = (i + 1) / tiers
        y = foot - height * (1.0 - 0.94 * t)
        reach = width * height * (0.08 + 0.5 * t**0.85)
        for side, out in ((-1, left), (1, right)):
            k = float(hash01(i, 3 if side < 0 else 4, seed))
            outer = reach * (0.78 + 0.44 * k)
            droop = height * 0.02 * (0.5 + k)
            out.append((x + side * outer, y + droop))
            out.append((x + side * outer * 0.52, y - height * 0.012))
    points = [
        (x, foot - height),
        *right,
        (x + 0.02 * height, foot - 0.05 * height),
        *[(px, py) for px, py in reversed(left)],
    ]
    return [np.array(points), rect(x - 0.018 * height, foot - 0.12 * height, x + 0.018 * height, foot)]


HOUSE_BOX = (-0.72, -1.06, 0.72, 0.03)


def house(sheet: Sheet, roof: Colour = ROOF, wall: Colour = PLASTER, snow: bool = False) -> None:
    """A cottage in three-quarter view: gable on the left, long side on the right."""
    shade = mix(wall, colour("8A7C78"), 0.35)
    sheet.fill([(-0.55, 0.0), (-0.55, -0.45), (-0.3, -0.78), (-0.05, -0.45), (-0.05, 0.0)], wall)
    sheet.fill(
        [(-0.05, 0.0), (-0.05, -0.45), (0.58, -0.45), (0.58, 0.0)], down(-0.45, 0, shade, mix(shade, wall, 0.25))
    )
    dark_roof = mix(roof, (0.1, 0.06, 0.08), 0.35)
    sheet.fill([(-0.3, -0.86), (0.42, -0.86), (0.68, -0.42), (-0.04, -0.42)], down(-0.86, -0.42, roof, dark_roof))
    sheet.fill([(-0.3, -0.86), (-0.62, -0.41), (-0.56, -0.4), (-0.3, -0.76), (-0.06, -0.4), (-0.01, -0.42)], dark_roof)
    sheet.fill(rect(0.22, -1.02, 0.36, -0.72), across(0.22, 0.36, colour("A2705A"), colour("70493C")))
    if snow:
        white, blue = colour("F6FAFF"), colour("C4D4EA")
        sheet.fill(
            smooth(
                [
                    (-0.33, -0.9),
                    (0.05, -0.925),
                    (0.42, -0.9),
                    (0.72, -0.43),
                    (0.66, -0.4),
                    (0.45, -0.425),
                    (0.25, -0.4),
                    (0.1, -0.42),
                    (-0.06, -0.4),
                ],
                steps=6,
            ),
            down(-0.9, -0.4, white, blue),
        )
        sheet.fill([(-0.3, -0.91), (-0.66, -0.42), (-0.57, -0.385), (-0.3, -0.78), (-0.04, -0.4), (0.0, -0.44)], white)
        sheet.fill(smooth([(0.2, -1.02), (0.29, -1.06), (0.38, -1.02), (0.37, -1.0), (0.21, -1.0)], steps=5), white)
    sheet.fill(rect(-0.37, -0.27, -0.22, 0.0), colour("5B3A2E"))
    for x0, x1 in WINDOWS:
        sheet.fill(rect(x0 - 0.014, -0.335, x1 + 0.014, -0.155), colour("FFFFFF"), 0.9)
        sheet.fill(rect(x0, -0.32, x1, -0.17), colour("5C7488"))
        sheet.fill(rect((x0 + x1) / 2 - 0.006, -0.32, (x0 + x1) / 2 + 0.006, -0.17), (1, 1, 1), 0.9)
    sheet.circle(-0.3, -0.55, 0.055, colour("5C7488"))


WINDOWS = ((0.06, 0.2), (0.32, 0.46))


def house_lamps(sheet: Sheet, amount: float) -> None:
    """Lit windows and their light on the wall."""
    for x0, x1 in WINDOWS:
        halo(sheet, (x0 + x1) / 2, -0.24, 0.15, WARM, 0.5 * amount)
        sheet.fill(rect(x0, -0.32, x1, -0.17), down(-0.32, -0.17, colour("FFE9A8"), WARM), amount)
        sheet.fill(rect((x0 + x1) / 2 - 0.008, -0.32, (x0 + x1) / 2 + 0.008, -0.17), colour("8A5A34"), amount)
    sheet.circle(-0.3, -0.55, 0.05, WARM, amount)


CAR_BOX = (-1.32, -1.03, 1.32, 0.03)


def car(sheet: Sheet, body: Colour = PAINT) -> None:
    """A small car from the side, going right."""
    dark = mix(body, (0.06, 0.05, 0.08), 0.45)
    sheet.fill(ellipse(0, 0.0, 1.15, 0.035), (0.05, 0.05, 0.07), 0.5)
    shell = smooth(
        [
            (-1.2, -0.22),
            (-1.22, -0.5),
            (-1.0, -0.62),
            (-0.72, -0.66),
            (-0.45, -0.94),
            (-0.05, -1.0),
            (0.34, -0.93),
            (0.66, -0.64),
            (1.02, -0.56),
            (1.22, -0.44),
            (1.22, -0.2),
            (0.9, -0.16),
            (-0.9, -0.16),
        ],
        steps=8,
    )
    sheet.fill(shell, down(-1.0, -0.16, mix(body, (1, 1, 1), 0.18), body, dark))
    glass = smooth([(-0.56, -0.66), (-0.38, -0.88), (-0.06, -0.92), (0.28, -0.87), (0.5, -0.65)], steps=6)
    sheet.fill(glass, down(-0.92, -0.64, colour("CFE3EE"), colour("6E8CA2")))
    sheet.fill(rect(-0.06, -0.93, -0.01, -0.62), body)
    sheet.shade(rect(-1.3, -0.34, 1.3, -0.325), dark, 0.7)
    sheet.fill(rect(0.03, -0.53, 0.16, -0.505), dark)
    for x in (-0.74, 0.76):
        sheet.circle(x, -0.2, 0.235, mix(dark, (0, 0, 0), 0.5))
        sheet.circle(x, -0.19, 0.2, colour("1C1D22"))
        sheet.circle(x, -0.19, 0.11, colour("B9BEC6"))
        sheet.circle(x, -0.19, 0.045, colour("5A5E66"))
    sheet.circle(1.14, -0.42, 0.065, colour("FFF2C8"), squash=1.3)
    sheet.fill(rect(-1.23, -0.48, -1.15, -0.36), colour("FF4A3A"))


def car_lamps(sheet: Sheet, amount: float) -> None:
    """Head and tail lights."""
    halo(sheet, 1.16, -0.42, 0.14, colour("FFF0C0"), amount)
    halo(sheet, -1.18, -0.42, 0.1, colour("FF4030"), amount * 0.9)


BALLOON_BOX = (-0.42, -1.03, 0.42, 0.03)
STRIPES = tuple(colour(code) for code in "E8483A F7C548 2E7E86 FFF4DC E8483A F7C548 2E7E86".split())


def balloon(sheet: Sheet, shift: int = 0, dye: Colour | None = None) -> None:
    """A striped hot air balloon with its basket."""
    stripes = (dye, colour("FFF4DC"), dye, colour("FFF4DC"), dye, colour("FFF4DC"), dye) if dye else STRIPES
    top, wide, neck = -1.0, 0.36, -0.24

    def outline(u: float, steps: int = 28) -> Points:
        t = np.linspace(0, 1, steps)
        y = top + (neck - top) * t
        r = wide * np.sqrt(np.clip(1 - ((t - 0.38) / np.where(t < 0.38, 0.38, 0.8)) ** 2, 0, 1))
        r = np.where(t > 0.38, np.maximum(r, 0.07), r)
        return np.stack([r * u, y], axis=1)

    edges = [math.sin(math.pi * (i / 7 - 0.5)) for i in range(8)]
    for i in range(7):
        strip = np.concatenate([outline(edges[i]), outline(edges[i + 1])[::-1]])
        sheet.fill(strip, stripes[(i + (0 if dye else shift)) % len(stripes)])
    sheet.shade(np.concatenate([outline(-1.05), outline(-0.72)[::-1]]), (0.1, 0.05, 0.1), 0.16)
    sheet.shade(np.concatenate([outline(0.6), outline(1.05)[::-1]]), (0.1, 0.05, 0.1), 0.22)
    sheet.fill([(-0.07, neck), (0.07, neck), (0.05, neck + 0.03), (-0.05, neck + 0.03)], colour("7A2A24"))
    for x in (-0.055, -0.02, 0.02, 0.055):
        sheet.line([(x, neck + 0.02), (x * 0.9, -0.11)], 0.006, colour("4A3A30"))
    sheet.fill(
        [(-0.06, -0.11), (0.06, -0.11), (0.05, 0.0), (-0.05, 0.0)], down(-0.11, 0, colour("A8713E"), colour("6E4526"))
    )
    sheet.fill(rect(-0.066, -0.118, 0.066, -0.098), colour("5A3A22"))


CUP_BOX = (-0.55, -1.03, 0.95, 0.06)


def cup(sheet: Sheet, body: Colour = GLAZE) -> None:
    """A mug with coffee, its handle on the right."""
    dark = mix(body, (0.1, 0.03, 0.05), 0.5)
    sheet.fill(ellipse(0.15, 0.0, 0.75, 0.055), (0.08, 0.04, 0.04), 0.35)
    loop = [(float(x), float(y)) for x, y in ellipse(0.5, -0.5, 0.3, 0.26, -100, 100)[::4]]
    sheet.fill_many(stroke(loop, 0.115), mix(body, dark, 0.45))
    sheet.fill(
        smooth(
            [
                (-0.5, -0.9),
                (-0.48, -0.4),
                (-0.4, -0.05),
                (-0.2, 0.03),
                (0.2, 0.03),
                (0.4, -0.05),
                (0.48, -0.4),
                (0.5, -0.9),
            ],
            steps=8,
        ),
        across(-0.5, 0.5, mix(body, (1, 1, 1), 0.16), body, body, dark),
    )
    sheet.fill(ellipse(0.0, -0.9, 0.5, 0.115), mix(body, (1, 1, 1), 0.25))
    sheet.fill(ellipse(0.0, -0.89, 0.44, 0.09), colour("3A2018"))
    sheet.fill(ellipse(-0.1, -0.9, 0.26, 0.04), colour("6A4028"), 0.6)
    sheet.fill(smooth([(-0.36, -0.74), (-0.3, -0.74), (-0.27, -0.3), (-0.31, -0.26)], steps=6), (1, 1, 1), 0.3)


ROCKET_BOX = (-0.3, -1.03, 0.3, 0.4)


def rocket(sheet: Sheet, phase: float = 0.0) -> None:
    """A rocket that flies upward on its flame."""
    long = 0.28 + 0.06 * math.sin(2 * math.pi * phase)
    for w, k, tone in ((0.11, 1.0, colour("FF7A2A")), (0.07, 0.7, colour("FFC64A")), (0.035, 0.45, colour("FFF6D0"))):
        sheet.fill(
            smooth([(-w, -0.1), (-w * 0.9, 0.05), (0.0, long * k + 0.02), (w * 0.9, 0.05), (w, -0.1)], steps=6), tone
        )
    for side in (-1, 1):
        sheet.fill(
            smooth([(side * 0.12, -0.34), (side * 0.26, -0.12), (side * 0.25, 0.0), (side * 0.11, -0.1)], steps=6),
            colour("D8402F"),
        )
    sheet.fill(
        smooth(
            [(0.0, -1.0), (0.1, -0.84), (0.145, -0.55), (0.11, -0.1), (-0.11, -0.1), (-0.145, -0.55), (-0.1, -0.84)],
            steps=8,
        ),
        across(-0.15, 0.15, colour("FFFFFF"), colour("F0EDE8"), colour("A9B0BC")),
    )
    sheet.shade([(-0.2, -1.0), (0.2, -1.0), (0.2, -0.83), (-0.2, -0.83)], colour("D8402F"), 1.0)
    sheet.circle(0.0, -0.62, 0.062, colour("39465A"))
    sheet.circle(0.0, -0.62, 0.046, colour("8FD0F0"))
    sheet.fill(rect(-0.1, -0.115, 0.1, -0.075), colour("4A505C"))
