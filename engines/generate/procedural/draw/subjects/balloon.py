"""A striped hot air balloon with its basket; a party balloon and a kite by name."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.relight import halo
from engines.generate.procedural.draw.sheet import Points, Sheet, down, ellipse, rect, smooth, stroke
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.palette import Colour, colour, lift

STRIPES = tuple(colour(code) for code in "E8483A F7C548 2E7E86 FFF4DC E8483A F7C548 2E7E86".split())
_TOYS = tuple(colour(code) for code in "E0403A 3A8AD8 F2B92E 4EA85A B05AC0".split())


def draw(sheet: Sheet, how: How) -> None:
    """One balloon; the seed shifts its stripes, `colour` dyes every other one."""
    if how.variant == "toy":
        tone = how.colour or _TOYS[how.seed % len(_TOYS)]
        wave = 0.03 * math.sin(2 * math.pi * how.phase)
        string = [(0.0, -0.42), (0.02 + wave, -0.28), (-0.02 - wave, -0.14), (0.0, 0.0)]
        sheet.fill_many(
            stroke([(float(x), float(y)) for x, y in smooth(string, closed=False, steps=6)], 0.012), colour("F4F0E8")
        )
        sheet.fill(
            smooth(
                [
                    (0.0, -0.44),
                    (-0.2, -0.6),
                    (-0.27, -0.8),
                    (-0.16, -0.97),
                    (0.0, -1.01),
                    (0.16, -0.97),
                    (0.27, -0.8),
                    (0.2, -0.6),
                ],
                steps=8,
            ),
            tone,
        )
        sheet.fill([(-0.035, -0.41), (0.035, -0.41), (0.0, -0.46)], lift(tone, -0.1))
        sheet.fill(ellipse(-0.1, -0.84, 0.05, 0.085), lift(tone, 0.22), 0.7)
        return
    _envelope(sheet, how.seed % 7, how.colour)


def burner(sheet: Sheet, amount: float, how: How) -> None:
    """The burner lights the cloth from within."""
    if how.variant != "toy":
        halo(sheet, 0.0, -0.33, 0.16, colour("FFB85A"), 0.75 * amount)


def _envelope(sheet: Sheet, shift: int = 0, dye: Colour | None = None) -> None:
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


SUBJECT = SubjectKind(
    draw=draw,
    box=(-0.42, -1.04, 0.42, 0.03),
    words=("balloon", "hot air balloon", "airship"),
    implies="meadow",
    ground="flies",
    size=0.36,
    metres=20.0,
    usual="fly",
    cycles={"fly": Cycle(1, 1.0, 0.0, 0.035)},
    variants={"toy": ("party balloon", "toy balloon", "balloons on a string")},
    variant_sizes={"toy": 0.8},
    volume=1.3,
    lamps=burner,
    casts_shadow=False,
    spread=0.17,
)
