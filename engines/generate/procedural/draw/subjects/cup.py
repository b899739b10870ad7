"""A mug with something hot in it."""

from __future__ import annotations

import math

from engines.generate.procedural.draw.sheet import Sheet, ellipse
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.draw.subjects import things


def draw(sheet: Sheet, how: How) -> None:
    """The mug; `colour` is its glaze."""
    things.cup(sheet, how.colour or things.GLAZE)


def steam(sheet: Sheet, amount: float, how: How) -> None:
    """Two wisps that rise and fade; no light falls on them."""
    for wisp in range(2):
        for k in range(16):
            age = (k / 16 + how.phase + 0.5 * wisp) % 1.0
            x = (wisp - 0.5) * 0.3 + 0.11 * math.sin(age * 7.0 + wisp * 2.2) * (0.3 + age)
            r = 0.05 + 0.1 * age
            sheet.fill(ellipse(x, -0.98 - 0.75 * age, r, r * 1.4), (1.0, 0.99, 0.97), 0.085 * math.sin(math.pi * age))
    del amount


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
