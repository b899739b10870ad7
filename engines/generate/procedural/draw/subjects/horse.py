"""A horse that walks, trots off at a gallop, or stands."""

from __future__ import annotations

import math

from engines.generate.procedural.draw.beast import Gait, Legs, body, gait_of, heave, tail_line
from engines.generate.procedural.draw.sheet import Sheet, down, ellipse, smooth, stroke
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.palette import colour, lift, mix

WALK, RUN = Gait(0.13, 0.64, 0.07), Gait(0.26, 0.3, 0.2, "run")
_COAT, _WHITE = colour("8A5230"), colour("E9E4DA")


def draw(sheet: Sheet, how: How) -> None:
    """One pose, heading right."""
    coat = how.colour or (_WHITE if how.variant == "white" else colour("2A2428") if how.variant == "black" else _COAT)
    dark, mane = lift(coat, -0.1), lift(mix(coat, (0.05, 0.03, 0.03), 0.7), -0.02)
    gait = gait_of(how.action, WALK, RUN)
    drop, pitch = heave(how.phase, gait)
    legs = Legs(-0.29, 0.2, -0.4, (0.1, 0.052, 0.036), coat, colour("2A2224"), 0.03)
    wave = 0.25 * math.sin(2 * math.pi * how.phase)
    flow = 0.5 if how.action == "run" else 0.0
    legs.draw(sheet, how.phase, gait, True, drop, pitch)
    x, y = -0.37, -0.6 + drop - 0.37 * pitch
    sheet.fill_many(
        stroke(tail_line(x, y, 0.42, -1.15 + flow * 1.2, -0.35 + wave * 0.6 - flow * 0.4, 7), 0.06, 0.03), mane
    )
    legs.draw(sheet, how.phase, gait, False, drop, pitch)
    trunk = [
        (-0.39, -0.56),
        (-0.34, -0.66),
        (-0.2, -0.685),
        (0.0, -0.645),
        (0.16, -0.675),
        (0.27, -0.62),
        (0.3, -0.5),
        (0.24, -0.4),
        (0.08, -0.365),
        (-0.12, -0.375),
        (-0.28, -0.4),
        (-0.37, -0.44),
    ]
    sheet.fill(smooth(body(trunk, drop, pitch), steps=7), down(-0.69, -0.36, lift(coat, 0.05), coat, dark))
    nod = 0.02 * math.sin(2 * math.pi * how.phase * (2 if gait else 1))
    low = -0.05 if how.action == "run" else 0.0

    def up(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(px + nod - low, py + drop + pitch * 0.3 + nod - low * 1.1) for px, py in points]

    sheet.fill(
        smooth(
            up(
                [
                    (0.12, -0.66),
                    (0.24, -0.8),
                    (0.33, -0.93),
                    (0.42, -0.92),
                    (0.41, -0.82),
                    (0.34, -0.66),
                    (0.29, -0.5),
                    (0.2, -0.5),
                ]
            ),
            steps=7,
        ),
        down(-0.95, -0.5, coat, coat, dark),
    )
    sheet.fill(
        smooth(
            up(
                [
                    (0.33, -0.95),
                    (0.41, -0.965),
                    (0.5, -0.87),
                    (0.58, -0.76),
                    (0.575, -0.715),
                    (0.53, -0.7),
                    (0.46, -0.76),
                    (0.38, -0.8),
                ]
            ),
            steps=7,
        ),
        coat,
    )
    sheet.fill(
        smooth(up([(0.53, -0.79), (0.585, -0.755), (0.58, -0.71), (0.535, -0.695), (0.505, -0.74)]), steps=5),
        lift(coat, -0.14),
    )
    sheet.fill(up([(0.345, -0.94), (0.36, -1.02), (0.4, -0.95)]), dark)
    crest = up([(0.4, -0.985), (0.33, -0.96), (0.25, -0.85), (0.16, -0.7)])
    locks = [
        stroke([(px, py), (px - 0.05 - 0.07 * flow, py + 0.07 + 0.03 * math.sin(6.28 * how.phase + k))], 0.06, 0.025)
        for k, (px, py) in enumerate(crest)
    ]
    sheet.fill_many([shape for lock in locks for shape in lock] + stroke(crest, 0.05, 0.06), mane)
    ex, ey = up([(0.435, -0.875)])[0]
    sheet.circle(ex, ey, 0.0145, (0.05, 0.04, 0.04))
    if how.close:
        sheet.circle(ex - 0.004, ey - 0.005, 0.0045, (1, 1, 1))
        nx, ny = up([(0.557, -0.735)])[0]
        sheet.fill(ellipse(nx, ny, 0.01, 0.007), (0.1, 0.07, 0.07))
    if how.variant == "unicorn":
        sheet.fill(up([(0.395, -0.96), (0.47, -1.12), (0.425, -0.95)]), colour("F2D98A"))


SUBJECT = SubjectKind(
    draw=draw,
    box=(-0.82, -1.16, 0.68, 0.05),
    words=("horse", "mare", "stallion", "pony", "foal", "mustang"),
    implies="meadow",
    size=0.33,
    metres=2.2,
    cycles={"stand": Cycle(12, 3.5), "walk": Cycle(24, 1.0, WALK.stride, 0.45), "run": Cycle(20, 0.5, RUN.stride, 1.5)},
    variants={"white": ("white horse",), "black": ("black horse",), "unicorn": ("unicorn",)},
    girth=1.2,
    spread=0.16,
)
