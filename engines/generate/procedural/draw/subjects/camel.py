"""A camel, with a rider when it walks; a caravan is a row of them."""

from __future__ import annotations

import math

from engines.generate.procedural.draw.beast import Gait, Legs, body, gait_of, heave, tail_line
from engines.generate.procedural.draw.sheet import Sheet, down, ellipse, rect, smooth, stroke
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.palette import colour, lift

WALK, RUN = Gait(0.14, 0.64, 0.06), Gait(0.22, 0.36, 0.12, "run")
_COAT = colour("C08A50")


def draw(sheet: Sheet, how: How) -> None:
    """One pose, heading right."""
    coat = _COAT
    gait = gait_of(how.action, WALK, RUN)
    drop, pitch = heave(how.phase, gait)
    legs = Legs(-0.3, 0.18, -0.36, (0.08, 0.05, 0.034), coat, coat, 0.034, paws=True, apart=0.045)
    legs.draw(sheet, how.phase, gait, True, drop, pitch)
    sheet.fill_many(
        stroke(tail_line(-0.39, -0.5 + drop, 0.2, -1.2, 0.2 * math.sin(6.28 * how.phase)), 0.03, 0.02),
        lift(coat, -0.12),
    )
    legs.draw(sheet, how.phase, gait, False, drop, pitch)
    trunk = [
        (-0.4, -0.48),
        (-0.33, -0.57),
        (-0.18, -0.59),
        (-0.1, -0.7),
        (0.0, -0.735),
        (0.09, -0.68),
        (0.15, -0.58),
        (0.28, -0.55),
        (0.31, -0.46),
        (0.22, -0.35),
        (0.0, -0.31),
        (-0.24, -0.34),
        (-0.37, -0.4),
    ]
    sheet.fill(smooth(body(trunk, drop, pitch), steps=7), down(-0.74, -0.3, lift(coat, 0.05), coat, lift(coat, -0.12)))
    nod = 0.025 * math.sin(2 * math.pi * how.phase)

    def up(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(x + nod, y + drop + nod * 0.4) for x, y in points]

    neck = [
        (float(x), float(y))
        for x, y in smooth(
            up([(0.24, -0.48), (0.38, -0.44), (0.46, -0.56), (0.46, -0.72), (0.475, -0.8)]), closed=False, steps=5
        )
    ]
    sheet.fill_many(stroke(neck, 0.15, 0.075), coat)
    sheet.fill(
        smooth(
            up(
                [
                    (0.43, -0.83),
                    (0.5, -0.85),
                    (0.57, -0.8),
                    (0.63, -0.765),
                    (0.625, -0.72),
                    (0.55, -0.715),
                    (0.46, -0.74),
                ]
            ),
            steps=7,
        ),
        coat,
    )
    sheet.fill(up([(0.445, -0.83), (0.43, -0.88), (0.475, -0.85)]), lift(coat, -0.1))
    ex, ey = up([(0.53, -0.795)])[0]
    sheet.circle(ex, ey, 0.012, (0.06, 0.04, 0.03))
    sheet.fill_many(stroke(up([(0.56, -0.735), (0.62, -0.74)]), 0.008), lift(coat, -0.25))
    cloth = how.colour or colour("C2372F")
    sheet.fill(
        smooth(
            body(
                [
                    (-0.17, -0.62),
                    (-0.05, -0.73),
                    (0.05, -0.73),
                    (0.14, -0.6),
                    (0.12, -0.42),
                    (0.0, -0.4),
                    (-0.15, -0.43),
                ],
                drop,
                pitch,
            ),
            steps=6,
        ),
        cloth,
    )
    sheet.shade(rect(-0.152, -0.47 + drop, 0.128, -0.445 + drop), colour("F2C24A"), 0.95)
    if how.variant != "alone":
        _rider(sheet, drop + 0.012 * math.sin(4 * math.pi * how.phase), cloth)


def _rider(sheet: Sheet, drop: float, cloth: tuple[float, float, float]) -> None:
    robe = [
        (-0.1, -0.68),
        (-0.075, -0.84),
        (-0.01, -0.895),
        (0.055, -0.85),
        (0.085, -0.72),
        (0.11, -0.6),
        (0.03, -0.58),
        (-0.06, -0.6),
    ]
    sheet.fill(smooth([(x, y + drop) for x, y in robe], steps=6), colour("F0E8DA"))
    sheet.fill_many(
        stroke([(0.01, -0.83 + drop), (0.08, -0.74 + drop), (0.15, -0.72 + drop)], 0.05, 0.035), colour("E2D8C6")
    )
    sheet.circle(0.005, -0.945 + drop, 0.052, lift(cloth, 0.02))
    sheet.fill(ellipse(0.028, -0.935 + drop, 0.03, 0.036), colour("B07A52"))


SUBJECT = SubjectKind(
    draw=draw,
    box=(-0.66, -1.05, 0.7, 0.05),
    words=("camel", "caravan", "dromedary"),
    implies="desert",
    size=0.27,
    metres=2.6,
    usual="walk",
    cycles={"stand": Cycle(12, 4.0), "walk": Cycle(24, 1.2, WALK.stride, 0.33), "run": Cycle(16, 0.7, RUN.stride, 0.9)},
    spread=0.15,
)
