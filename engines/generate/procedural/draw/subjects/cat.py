"""A cat: walks, runs, or sits with its tail around it."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.beast import Gait, Legs, body, gait_of, heave, tail_line
from engines.generate.procedural.draw.sheet import Sheet, down, ellipse, smooth, stroke
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.palette import Colour, colour, lift

WALK, RUN = Gait(0.2, 0.58, 0.09), Gait(0.4, 0.3, 0.2, "run")
_COAT = colour("E0893A")


def draw(sheet: Sheet, how: How) -> None:
    """One pose, heading right."""
    coat = how.colour or _COAT
    if how.action in ("stand", "sit"):
        _sitting(sheet, how, coat)
        return
    gait = gait_of(how.action, WALK, RUN)
    drop, pitch = heave(how.phase, gait)
    legs = Legs(-0.42, 0.3, -0.36, (0.13, 0.08, 0.062), coat, coat, 0.052, paws=True, apart=0.055)
    legs.draw(sheet, how.phase, gait, True, drop, pitch)
    tail = tail_line(-0.52, -0.58 + drop, 0.62, 0.5, 1.1 + 0.35 * math.sin(2 * math.pi * how.phase), 9)
    sheet.fill_many(stroke(tail, 0.085, 0.06), coat)
    sheet.fill_many(stroke(tail[-3:], 0.066, 0.05), lift(coat, -0.14))
    legs.draw(sheet, how.phase, gait, False, drop, pitch)
    trunk = [
        (-0.55, -0.5),
        (-0.48, -0.64),
        (-0.2, -0.64),
        (0.12, -0.62),
        (0.36, -0.68),
        (0.45, -0.56),
        (0.38, -0.36),
        (0.1, -0.33),
        (-0.2, -0.35),
        (-0.48, -0.34),
    ]
    sheet.fill(smooth(body(trunk, drop, pitch), steps=7), down(-0.68, -0.32, lift(coat, 0.03), coat, lift(coat, -0.1)))
    for x in (-0.4, -0.26, -0.12, 0.02, 0.16):
        stripe = [
            (x, -0.68 + drop),
            (x + 0.05, -0.68 + drop),
            (x + 0.05, -0.5 + drop),
            (x + 0.025, -0.44 + drop),
            (x + 0.005, -0.5 + drop),
        ]
        sheet.shade(smooth(stripe, steps=4), lift(coat, -0.17), 0.75)
    _head(sheet, 0.52, -0.76 + drop + pitch * 0.3, 0.185, coat, how)


def _sitting(sheet: Sheet, how: How, coat: Colour) -> None:
    sway = math.sin(2 * math.pi * how.phase)
    tail = [
        (-0.3, -0.08),
        (-0.46, -0.05),
        (-0.58, -0.1 - 0.02 * sway),
        (-0.64, -0.24 - 0.05 * sway),
        (-0.58, -0.38 - 0.09 * sway),
    ]
    sheet.fill_many(stroke([(float(x), float(y)) for x, y in smooth(tail, closed=False, steps=5)], 0.1, 0.07), coat)
    shape = [
        (-0.36, -0.02),
        (-0.4, -0.22),
        (-0.28, -0.46),
        (-0.12, -0.62),
        (0.1, -0.66),
        (0.22, -0.52),
        (0.24, -0.28),
        (0.22, -0.02),
    ]
    sheet.fill(smooth(shape, steps=8), down(-0.66, 0.0, lift(coat, 0.03), coat, lift(coat, -0.1)))
    for y, w in ((-0.5, 0.14), (-0.38, 0.17), (-0.26, 0.18)):
        stripe = [
            (-0.42, y - 0.02),
            (-0.42 + w, y - 0.05),
            (-0.42 + w + 0.03, y - 0.02),
            (-0.42 + w, y + 0.01),
            (-0.42, y + 0.03),
        ]
        sheet.shade(smooth(stripe, steps=4), lift(coat, -0.17), 0.75)
    sheet.fill(
        smooth([(-0.02, -0.6), (0.18, -0.58), (0.2, -0.36), (0.1, -0.26), (0.0, -0.38)], steps=6), lift(coat, 0.2, 0.4)
    )
    for x in (0.2, 0.06):
        sheet.fill_many(stroke([(x, -0.4), (x + 0.015, -0.04)], 0.1, 0.075), coat if x < 0.1 else lift(coat, -0.04))
        sheet.fill(ellipse(x + 0.035, -0.03, 0.066, 0.036), lift(coat, 0.2, 0.4))
    sheet.fill(
        smooth([(-0.34, -0.02), (-0.36, -0.2), (-0.18, -0.3), (-0.03, -0.16), (-0.02, -0.02)], steps=6),
        lift(coat, -0.04),
    )
    sheet.fill(ellipse(0.0, -0.025, 0.09, 0.034), lift(coat, 0.2, 0.4))
    _head(sheet, 0.1, -0.79 + 0.005 * sway, 0.2, coat, how)


def _head(sheet: Sheet, x: float, y: float, r: float, coat: Colour, how: How) -> None:
    """Turned half toward the viewer."""
    for side in (-1, 1):
        ear = [
            (x + side * r * 0.92 + 0.01, y - r * 0.35),
            (x + side * r * 0.78 + 0.02, y - r * 1.35),
            (x + side * r * 0.16, y - r * 0.8),
        ]
        sheet.fill(np.array(ear), coat)
        inner = [(px * 0.72 + (x + side * r * 0.6) * 0.28, py * 0.72 + (y - r * 0.72) * 0.28) for px, py in ear]
        sheet.fill(np.array(inner), colour("E8A49A"))
    sheet.fill(ellipse(x, y, r * 1.06, r * 0.9), coat)
    for k in (-1, 0, 1):
        sheet.fill_many(
            stroke(
                [(x + 0.02 + k * r * 0.22, y - r * 0.84), (x + 0.02 + k * r * 0.14, y - r * 0.45)], r * 0.13, r * 0.05
            ),
            lift(coat, -0.17),
        )
    sheet.fill(ellipse(x + r * 0.16, y + r * 0.4, r * 0.52, r * 0.38), lift(coat, 0.2, 0.35))
    blink = 0.12 if 0.46 < how.phase < 0.52 and how.action == "stand" else 1.0
    for side in (-1, 1):
        ex = x + r * 0.13 + side * r * 0.42
        sheet.fill(ellipse(ex, y - r * 0.05, r * 0.2, r * 0.22 * blink), colour("B8D858"))
        sheet.fill(ellipse(ex + r * 0.02, y - r * 0.05, r * 0.085, r * 0.2 * blink), (0.05, 0.05, 0.05))
        if how.close:
            sheet.circle(ex - r * 0.03, y - r * 0.12, r * 0.045, (1, 1, 1))
    sheet.fill(
        [(x + r * 0.06, y + r * 0.2), (x + r * 0.28, y + r * 0.2), (x + r * 0.17, y + r * 0.34)], colour("D8707A")
    )
    line = lift(coat, -0.35)
    sheet.fill_many(stroke([(x + r * 0.17, y + r * 0.34), (x + r * 0.05, y + r * 0.5)], r * 0.05), line)
    sheet.fill_many(stroke([(x + r * 0.17, y + r * 0.34), (x + r * 0.3, y + r * 0.5)], r * 0.05), line)
    for side in (-1, 1):
        for k in (-1, 0, 1):
            start = (x + r * 0.17 + side * r * 0.3, y + r * (0.36 + 0.08 * k))
            sheet.fill_many(
                stroke([start, (start[0] + side * r * 0.85, start[1] + r * (0.16 * k - 0.03))], r * 0.035, r * 0.015),
                (0.97, 0.96, 0.94),
                0.85,
            )


SUBJECT = SubjectKind(
    draw=draw,
    box=(-1.12, -1.24, 0.84, 0.05),
    words=("cat", "kitten", "kitty", "tomcat", "tabby"),
    implies="room",
    size=0.19,
    metres=0.5,
    cycles={
        "stand": Cycle(16, 3.2),
        "walk": Cycle(24, 0.9, WALK.stride, 0.75),
        "run": Cycle(16, 0.45, RUN.stride, 2.6),
    },
    spread=0.12,
)
