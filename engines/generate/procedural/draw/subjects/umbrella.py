"""Someone under an umbrella; as a parasol it stands on its own foot."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.clothes import dressed
from engines.generate.procedural.draw.figure import Figure
from engines.generate.procedural.draw.puppet import bones
from engines.generate.procedural.draw.sheet import Points, Sheet, rect, stroke
from engines.generate.procedural.draw.subject_kind import How, SubjectKind
from engines.generate.procedural.draw.subjects import person
from engines.generate.procedural.palette import Colour, colour, lift

_RED = colour("E23D32")


def canopy(sheet: Sheet, x: float, y: float, wide: float, tall: float, tone: Colour, turn: float) -> None:
    """The cloth: eight sections round the stick, seen a little from below its tip."""
    for inside in (True, False):
        for k in range(8):
            a, b = turn + k * math.pi / 4, turn + (k + 1) * math.pi / 4
            front = math.sin((a + b) / 2) > 0
            if front == inside:
                continue
            sheet.fill(
                _section(x, y, wide, tall, a, b),
                lift(tone, -0.2)
                if inside
                else lift(tone, 0.05 * math.cos((a + b) / 2 + 2.2) - (0.05 if k % 2 else 0.0)),
            )


def _section(x: float, y: float, wide: float, tall: float, a: float, b: float) -> Points:
    t = np.linspace(0, 1, 9)

    def rib(angle: float) -> list[tuple[float, float]]:
        out = np.sin(t * math.pi / 2)
        up = np.cos(t * math.pi / 2)
        return [
            (x + wide * float(o) * math.cos(angle), y - tall * float(u) + wide * 0.2 * float(o) * math.sin(angle))
            for o, u in zip(out, up, strict=True)
        ]

    hem = []
    for s in np.linspace(0, 1, 7)[1:-1]:
        angle = a + (b - a) * float(s)
        dip = 0.035 * wide / 0.36 * math.sin(math.pi * float(s))
        hem.append((x + wide * math.cos(angle), y + wide * 0.2 * math.sin(angle) - dip))
    return np.array([*rib(a), *hem, *reversed(rib(b))])


def draw(sheet: Sheet, how: How) -> None:
    """One pose."""
    tone = how.colour or _RED
    if how.variant == "parasol":
        sheet.fill(rect(-0.012, -0.92, 0.012, 0.0), colour("E8E2D6"))
        canopy(sheet, 0.0, -0.68, 0.52, 0.3, tone, 0.3)
        return
    skeleton = bones(how.action if how.action in ("walk", "run", "stand") else "stand", how.phase)
    nx, ny, _ = skeleton.neck
    grip = (nx + 0.13, ny + 0.14, 0.1)
    skeleton.arms[0] = (skeleton.arms[0][0], (nx + 0.04, ny + 0.2, 0.14), grip)
    clothes = dressed("woman" if how.seed % 2 else "man", colour("D9A441") if how.colour is None else None, how.seed)
    turn = how.turn if abs(math.sin(how.turn)) > 0.5 else how.turn + 0.25
    figure = Figure(sheet, skeleton, clothes, turn, how.close, how.expression)
    gx, gy = figure.flat(grip)
    top = (gx - 0.05 * math.cos(turn), gy - 0.5)
    figure.draw()
    sheet.fill_many(stroke([(gx + 0.004, gy + 0.06), top], 0.015), colour("2A2A30"))
    canopy(sheet, top[0], top[1] + 0.15, 0.38, 0.19, tone, 0.25)


SUBJECT = SubjectKind(
    draw=draw,
    box=(-0.55, -1.34, 0.62, 0.07),
    words=("umbrella", "brolly"),
    implies="street",
    size=0.27,
    metres=1.75,
    cycles={name: person.CYCLES[name] for name in ("stand", "walk", "run")},
    usual="walk",
    variants={"parasol": ("parasol", "beach umbrella", "sunshade")},
    volume=0.95,
    turns=True,
    girth=0.72,
    spread=0.1,
)
