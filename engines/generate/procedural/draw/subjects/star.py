"""A five-pointed star that glows; a heart and an arrow are signs like it."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.sheet import Points, Sheet, smooth
from engines.generate.procedural.draw.solid import Solid
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.palette import colour, lift


def _outline(variant: str) -> Points:
    if variant == "heart":
        return smooth(
            [
                (0.0, -0.06),
                (-0.4, -0.46),
                (-0.47, -0.72),
                (-0.3, -0.93),
                (-0.1, -0.9),
                (0.0, -0.74),
                (0.1, -0.9),
                (0.3, -0.93),
                (0.47, -0.72),
                (0.4, -0.46),
            ],
            steps=6,
        )
    if variant == "arrow":
        return np.array(
            [(-0.5, -0.64), (0.08, -0.64), (0.08, -0.86), (0.52, -0.5), (0.08, -0.14), (0.08, -0.36), (-0.5, -0.36)]
        )
    if variant == "triangle":
        return np.array([(-0.5, -0.06), (0.5, -0.06), (0.0, -0.94)])
    if variant == "rectangle":
        return np.array([(-0.5, -0.14), (0.5, -0.14), (0.5, -0.84), (-0.5, -0.84)])
    if variant == "circle":
        return np.array(
            [(0.47 * math.cos(k * math.tau / 40), -0.5 + 0.47 * math.sin(k * math.tau / 40)) for k in range(40)]
        )
    return np.array(
        [
            (
                (0.5 if k % 2 == 0 else 0.21) * math.sin(k * math.pi / 5),
                -0.48 - (0.5 if k % 2 == 0 else 0.21) * math.cos(k * math.pi / 5),
            )
            for k in range(10)
        ]
    )


def draw(sheet: Sheet, how: How) -> None:
    """The sign as a thick plate, turned a little."""
    usual = {"heart": "E8405A", "arrow": "F2803A", "triangle": "3AA88A", "rectangle": "3A7FD0", "circle": "8A5AD0"}.get(
        how.variant, "FFCB3D"
    )
    tone = how.colour or colour(usual)
    turn = how.turn + 0.35
    solid = Solid(turn, 0.06, 6.0)
    outline = _outline(how.variant)
    deep = 0.1
    near = deep if math.cos(turn) > 0 else -deep
    for k in range(len(outline)):
        (x0, y0), (x1, y1) = outline[k], outline[(k + 1) % len(outline)]
        solid.face([(x0, y0, deep), (x1, y1, deep), (x1, y1, -deep), (x0, y0, -deep)], lift(tone, -0.16), order=-1.0)
    solid.paint(sheet)
    front = solid.view([(x, y, near) for x, y in outline])[:, :2]
    middle = solid.view([(0.0, -0.5, near)])[0, :2]
    sheet.fill(front, tone)
    if how.variant == "":
        for k in range(10):
            a, b = front[k], front[(k + 1) % 10]
            sheet.fill(np.array([middle, a, b]), lift(tone, 0.07 if k % 2 == 0 else -0.05), 0.85)
    else:
        sheet.shade(middle + (front - middle) * 0.82 + (-0.01, -0.015), lift(tone, 0.05), 0.8)


SUBJECT = SubjectKind(
    draw=draw,
    box=(-0.62, -1.06, 0.62, 0.06),
    words=("star shape", "gold star", "five-pointed star"),
    implies="geometric",
    ground="hangs",
    size=0.34,
    metres=1.0,
    cycles={"stand": Cycle()},
    variants={
        "heart": ("heart", "heart shape"),
        "arrow": ("arrow", "pointer"),
        "triangle": ("triangle shape",),
        "rectangle": ("rectangle shape", "square shape"),
        "circle": ("circle shape", "disc"),
    },
    view=0.35,
    own_light=0.4,
    volume=0.5,
    turns=True,
    spread=0.18,
    entities=("star", "arrow"),
)
