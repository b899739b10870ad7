"""A bicycle: with a rider who pedals when it goes, alone when it stands."""

from __future__ import annotations

import math

from engines.generate.procedural.draw.clothes import dressed
from engines.generate.procedural.draw.figure import Figure
from engines.generate.procedural.draw.puppet import SHIN, THIGH, Bones, Leg, bent
from engines.generate.procedural.draw.sheet import Sheet, ellipse, stroke
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.palette import colour, lift

R, REAR, FRONT, CRANK = 0.205, -0.31, 0.33, (-0.03, -0.2)
_FRAME = colour("D8402F")


def draw(sheet: Sheet, how: How) -> None:
    """One turn of the crank, heading right."""
    frame = how.colour or _FRAME
    moving = how.action in ("drive", "walk", "run")
    angle = math.tau * how.phase
    for x in (REAR, FRONT):
        _wheel(sheet, x, angle * 2.0)
    saddle, bars = (-0.14, -0.52), (0.25, -0.56)
    pedals = [(CRANK[0] + 0.075 * math.cos(angle + k), CRANK[1] + 0.075 * math.sin(angle + k)) for k in (0.0, math.pi)]
    figure = _rider(sheet, how, saddle, bars, pedals) if moving else None
    if figure is not None:
        figure.leg(figure.bones.legs[1], -0.08)
    sheet.fill_many(stroke([CRANK, pedals[1]], 0.018), colour("4A4E56"))
    tubes = [
        ((REAR, -R), CRANK),
        ((REAR, -R), (-0.12, -0.46)),
        (CRANK, (-0.13, -0.49)),
        (CRANK, (0.225, -0.45)),
        ((-0.12, -0.45), (0.22, -0.47)),
        ((FRONT, -R), (0.22, -0.49)),
        ((0.22, -0.49), (0.21, -0.56)),
    ]
    for a, b in tubes:
        sheet.fill_many(stroke([a, b], 0.026), frame)
    sheet.fill_many(stroke([(0.21, -0.56), (0.27, -0.575), (0.28, -0.53)], 0.022), colour("2A2C32"))
    sheet.fill_many(stroke([(-0.2, -0.505), (-0.08, -0.5)], 0.036, 0.022), colour("2A2C32"))
    sheet.circle(CRANK[0], CRANK[1], 0.05, colour("8A9098"))
    sheet.circle(CRANK[0], CRANK[1], 0.03, colour("3A3E46"))
    sheet.fill_many(stroke([CRANK, pedals[0]], 0.02), colour("4A4E56"))
    if figure is not None:
        figure.leg(figure.bones.legs[0], 0.0)
        figure.trunk()
        figure.head().draw()
        figure.arm(figure.bones.arms[0], -0.03)


def _wheel(sheet: Sheet, x: float, angle: float) -> None:
    rim = [(float(px), float(py)) for px, py in ellipse(x, -R, R, R)]
    for k in range(9):
        a = angle + k * math.pi / 9
        c, s = math.cos(a) * R, math.sin(a) * R
        sheet.line([(x - c, -R - s), (x + c, -R + s)], 0.005, colour("C4C8CE"), 0.85)
    sheet.line(rim, 0.034, colour("202228"))
    inner = [(x + (px - x) * 0.9, -R + (py + R) * 0.9) for px, py in rim]
    sheet.line(inner, 0.011, colour("C4C8CE"))
    sheet.circle(x, -R, 0.022, colour("8A9098"))


def _rider(
    sheet: Sheet, how: How, saddle: tuple[float, float], bars: tuple[float, float], pedals: list[tuple[float, float]]
) -> Figure:
    k = 0.9
    pelvis = (saddle[0] + 0.01, saddle[1] - 0.04, 0.0)
    neck = (0.04, -0.79, 0.0)
    legs = []
    for (px, py), z in zip(pedals, (0.03, -0.03), strict=True):
        knee, ankle = bent((pelvis[0], pelvis[1] + 0.01, z), (px - 0.03, py - 0.045, z), THIGH * k, SHIN * k)
        legs.append(
            Leg(
                (pelvis[0], pelvis[1] + 0.01, z),
                knee,
                ankle,
                (ankle[0] - 0.025, ankle[1] + 0.04, z),
                (ankle[0] + 0.09, ankle[1] + 0.045, z),
            )
        )
    shoulder = (neck[0] + 0.005, neck[1] + 0.035, 0.05)
    elbow = ((shoulder[0] + bars[0]) / 2 - 0.01, (shoulder[1] + bars[1]) / 2 + 0.035, 0.06)
    bones = Bones(
        pelvis,
        neck,
        (neck[0] + 0.03, neck[1] - 0.1, 0.0),
        legs,
        [(shoulder, elbow, (bars[0] + 0.01, bars[1] - 0.005, 0.05))],
    )
    clothes = dressed("runner", colour("2F6D8C") if how.colour is None else lift(how.colour, 0.05), how.seed)
    return Figure(sheet, bones, clothes, 0.1, how.close, how.expression)


SUBJECT = SubjectKind(
    draw=draw,
    box=(-0.6, -1.04, 0.62, 0.04),
    words=("bicycle", "bike", "cyclist", "cycling", "biker"),
    implies="road",
    ground="drives",
    size=0.3,
    metres=1.75,
    usual="drive",
    cycles={"stand": Cycle(), "drive": Cycle(24, 1.0, 2 * math.tau * R / 2.0, 1.3)},
    volume=0.7,
    spread=0.16,
)
