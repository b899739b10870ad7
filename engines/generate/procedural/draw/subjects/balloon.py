"""A striped hot air balloon with its basket; a party balloon and a kite by name."""

from __future__ import annotations

import math

from engines.generate.procedural.draw.relight import halo
from engines.generate.procedural.draw.sheet import Sheet, ellipse, smooth, stroke
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.draw.subjects import things
from engines.generate.procedural.palette import colour, lift

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
    things.balloon(sheet, how.seed % 7, how.colour)


def burner(sheet: Sheet, amount: float, how: How) -> None:
    """The burner lights the cloth from within."""
    if how.variant != "toy":
        halo(sheet, 0.0, -0.33, 0.16, colour("FFB85A"), 0.75 * amount)


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
