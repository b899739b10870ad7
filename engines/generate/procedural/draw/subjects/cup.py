"""A mug with something hot in it."""

from __future__ import annotations

import math

from engines.generate.procedural.draw.sheet import Sheet, across, ellipse, smooth, stroke
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.palette import Colour, colour, mix

GLAZE = colour("D8412F")


def draw(sheet: Sheet, how: How) -> None:
    """The mug; `colour` is its glaze."""
    _mug(sheet, how.colour or GLAZE)


def steam(sheet: Sheet, amount: float, how: How) -> None:
    """Two wisps that rise and fade; no light falls on them."""
    for wisp in range(2):
        for k in range(16):
            age = (k / 16 + how.phase + 0.5 * wisp) % 1.0
            x = (wisp - 0.5) * 0.3 + 0.11 * math.sin(age * 7.0 + wisp * 2.2) * (0.3 + age)
            r = 0.05 + 0.1 * age
            sheet.fill(ellipse(x, -0.98 - 0.75 * age, r, r * 1.4), (1.0, 0.99, 0.97), 0.085 * math.sin(math.pi * age))
    del amount


def _mug(sheet: Sheet, body: Colour = GLAZE) -> None:
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


SUBJECT = SubjectKind(
    draw=draw,
    box=(-0.6, -1.95, 0.95, 0.06),
    words=("cup", "mug", "coffee", "tea", "teacup", "cup of coffee", "cup of tea", "cappuccino", "espresso", "cocoa"),
    implies="room",
    size=0.18,
    metres=0.12,
    cycles={"stand": Cycle(36, 4.0)},
    volume=0.9,
    shines=True,
    lamps=steam,
    girth=1.35,
    spread=0.2,
)
