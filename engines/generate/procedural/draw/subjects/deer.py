"""A stag or a doe; also an elk. Walks, bounds, or stands and listens."""

from __future__ import annotations

import math

from engines.generate.procedural.draw.beast import Gait, Legs, body, gait_of, heave
from engines.generate.procedural.draw.sheet import Sheet, down, ellipse, smooth, stroke
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.palette import Colour, colour, lift

WALK, RUN = Gait(0.12, 0.62, 0.06), Gait(0.24, 0.28, 0.2, "run")
_COAT, _HORN = colour("A06A40"), colour("D8C29A")


def draw(sheet: Sheet, how: How) -> None:
    """One pose, heading right."""
    coat = how.colour or _COAT
    gait = gait_of(how.action, WALK, RUN)
    drop, pitch = heave(how.phase, gait)
    legs = Legs(-0.25, 0.15, -0.34, (0.075, 0.036, 0.025), lift(coat, -0.03), colour("2A2020"), 0.022, apart=0.035)
    legs.draw(sheet, how.phase, gait, True, drop, pitch)
    legs.draw(sheet, how.phase, gait, False, drop, pitch)
    trunk = [
        (-0.33, -0.47),
        (-0.27, -0.56),
        (-0.1, -0.56),
        (0.08, -0.55),
        (0.2, -0.58),
        (0.25, -0.48),
        (0.2, -0.36),
        (0.04, -0.31),
        (-0.14, -0.33),
        (-0.28, -0.34),
    ]
    sheet.fill(
        smooth(body(trunk, drop, pitch), steps=7), down(-0.58, -0.3, lift(coat, 0.02), coat, lift(coat, 0.12, 0.8))
    )
    sheet.fill(
        smooth(body([(-0.3, -0.53), (-0.37, -0.5), (-0.35, -0.42), (-0.29, -0.42)], drop, pitch), steps=5),
        colour("F2E8D6"),
    )
    turn = 0.012 * math.sin(2 * math.pi * how.phase)

    def up(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(x + turn, y + drop + pitch * 0.25 + turn * 0.5) for x, y in points]

    if how.variant != "doe":
        _antlers(sheet, up, lift(_HORN, -0.08), 0.055)
    sheet.fill(
        smooth(
            up([(0.1, -0.55), (0.2, -0.72), (0.26, -0.78), (0.33, -0.74), (0.3, -0.6), (0.24, -0.44), (0.15, -0.44)]),
            steps=7,
        ),
        coat,
    )
    sheet.fill(
        smooth(up([(0.29, -0.66), (0.31, -0.6), (0.25, -0.46), (0.19, -0.44), (0.22, -0.54)]), steps=5),
        lift(coat, 0.14, 0.8),
    )
    sheet.fill(smooth(up([(0.24, -0.8), (0.13, -0.85), (0.12, -0.82), (0.2, -0.76)]), steps=5), lift(coat, -0.06))
    sheet.fill(
        smooth(
            up(
                [
                    (0.22, -0.78),
                    (0.27, -0.825),
                    (0.34, -0.8),
                    (0.43, -0.725),
                    (0.44, -0.69),
                    (0.4, -0.67),
                    (0.32, -0.69),
                    (0.25, -0.72),
                ]
            ),
            steps=7,
        ),
        coat,
    )
    sheet.fill(smooth(up([(0.4, -0.71), (0.44, -0.7), (0.42, -0.67), (0.36, -0.68)]), steps=5), lift(coat, 0.16, 0.7))
    nx, ny = up([(0.44, -0.708)])[0]
    sheet.fill(ellipse(nx, ny, 0.016, 0.013), (0.1, 0.07, 0.07))
    ex, ey = up([(0.325, -0.762)])[0]
    sheet.circle(ex, ey, 0.0125, (0.05, 0.04, 0.04))
    if how.variant != "doe":
        _antlers(sheet, up, _HORN, 0.0)
    if how.variant == "doe":
        for i in range(9):
            x, y = -0.22 + 0.05 * i, -0.5 + 0.035 * (i % 3)
            sheet.circle(x, y + drop + pitch * x, 0.011, colour("F6EAD6"), 0.9)


def _antlers(sheet: Sheet, up: object, tone: Colour, shift: float) -> None:
    place = up if callable(up) else list
    main = place([(0.25 + shift, -0.81), (0.2 + shift, -0.89), (0.2 + shift, -0.97), (0.27 + shift, -1.04)])
    tines = [
        [main[1], *place([(0.29 + shift, -0.93)])],
        [main[2], *place([(0.28 + shift, -0.98)])],
        [main[2], *place([(0.14 + shift, -1.03)])],
    ]
    shapes = stroke(main, 0.026, 0.012)
    for tine in tines:
        shapes += stroke(tine, 0.018, 0.008)
    sheet.fill_many(shapes, tone)


SUBJECT = SubjectKind(
    draw=draw,
    box=(-0.56, -1.08, 0.52, 0.05),
    words=("deer", "stag", "elk", "buck", "moose", "reindeer", "antelope", "gazelle"),
    implies="forest",
    size=0.29,
    metres=1.9,
    cycles={"stand": Cycle(12, 4.5), "walk": Cycle(24, 1.0, WALK.stride, 0.36), "run": Cycle(20, 0.5, RUN.stride, 1.5)},
    variants={"doe": ("doe", "fawn", "roe")},
    spread=0.14,
)
