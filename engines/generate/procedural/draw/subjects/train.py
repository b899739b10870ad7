"""A steam train: engine, tender and coaches in three-quarter view, the rods turn and the smoke trails."""

from __future__ import annotations

import math

from engines.generate.procedural.draw.relight import halo
from engines.generate.procedural.draw.sheet import Sheet, ellipse
from engines.generate.procedural.draw.solid import Solid
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.palette import Colour, colour, lift

_VIEW = 0.3
_IRON, _RED, _BRASS = colour("2E333C"), colour("B8322A"), colour("E0B04A")
WHEEL = 0.16


def draw(sheet: Sheet, how: How) -> None:
    """One pose; heading right."""
    coach = how.colour or colour("2F6A4E")
    solid = Solid(_VIEW + how.turn * 0.6, 0.12, 14.0)
    _rails(solid)
    for k in range(2):
        _coach(solid, -3.6 + 1.85 * k, coach, how.phase)
    _tender(solid, how.phase)
    _engine(solid, how)
    _smoke(sheet, solid, how.phase)
    solid.paint(sheet)


def _rails(solid: Solid) -> None:
    for k in range(16):
        x = -3.7 + 0.42 * k
        solid.face(
            [(x, 0.01, -0.42), (x + 0.13, 0.01, -0.42), (x + 0.13, 0.01, 0.42), (x, 0.01, 0.42)],
            colour("5A4A3E"),
            order=-9,
        )
    for z in (-0.27, 0.27):
        solid.face(
            [(-3.75, 0.0, z - 0.02), (2.75, 0.0, z - 0.02), (2.75, 0.0, z + 0.02), (-3.75, 0.0, z + 0.02)],
            colour("9AA0A8"),
            order=-8.9,
        )


def _wheels(solid: Solid, xs: tuple[float, ...], phase: float, radius: float, tone: Colour) -> None:
    for x in xs:
        solid.wheel(x, -radius, 0.285, radius, _IRON, order=0.9)
        solid.wheel(x, -radius, 0.29, radius * 0.8, tone, order=0.91)
        solid.wheel(x, -radius, 0.292, radius * 0.2, _BRASS, order=0.93)
        for k in range(6):
            a = -2 * math.pi * (phase + k / 6)
            c, s = math.cos(a) * radius * 0.78, math.sin(a) * radius * 0.78
            n = 0.012
            solid.face(
                [
                    (x - s * n * 6, -radius + c * n * 6, 0.293),
                    (x + c, -radius + s, 0.293),
                    (x + c * 0.98 + s * 0.05, -radius + s * 0.98 - c * 0.05, 0.293),
                ],
                _IRON,
                (x, -radius, 0.0),
                order=0.92,
            )


def _coach(solid: Solid, x: float, tone: Colour, phase: float) -> None:
    solid.box((x, -0.8, -0.33), (x + 1.7, -0.2, 0.33), tone)
    solid.loft(
        [(x - 0.04, -0.8), (x, -0.88), (x + 1.7, -0.88), (x + 1.74, -0.8)],
        [0.36, 0.24, 0.24, 0.36],
        [colour("4A4E56")],
        colour("4A4E56"),
        order=0.05,
    )
    solid.box((x, -0.2, -0.3), (x + 1.7, -0.13, 0.3), _IRON, order=-0.05)
    z = 0.337
    solid.face(
        [(x, -0.43, z), (x + 1.7, -0.43, z), (x + 1.7, -0.4, z), (x, -0.4, z)], _BRASS, (x + 0.8, -0.4, 0), order=0.5
    )
    for k in range(5):
        a = x + 0.1 + 0.32 * k
        solid.face(
            [(a, -0.72, z), (a + 0.22, -0.72, z), (a + 0.22, -0.48, z), (a, -0.48, z)],
            colour("F5E6B8"),
            (x + 0.8, -0.4, 0),
            order=0.5,
            shine=0.3,
        )
    for axle in (0.28, 0.52, 1.18, 1.42):
        _wheels(solid, (x + axle,), phase * 10 / 6, 0.1, colour("565B64"))


def _tender(solid: Solid, phase: float) -> None:
    solid.box((0.08, -0.6, -0.3), (0.72, -0.16, 0.3), _IRON, top=colour("16181C"))
    solid.face(
        [(0.1, -0.52, 0.306), (0.7, -0.52, 0.306), (0.7, -0.49, 0.306), (0.1, -0.49, 0.306)],
        _RED,
        (0.4, -0.4, 0),
        order=0.5,
    )
    _wheels(solid, (0.23, 0.55), phase * 10 / 6, 0.1, _RED)


def _engine(solid: Solid, how: How) -> None:
    solid.box((0.78, -0.26, -0.3), (2.5, -0.2, 0.3), _RED, order=0.02)
    # The cab, the boiler (a many-sided tube), the smoke box, chimney, dome.
    solid.box((0.8, -0.92, -0.33), (1.22, -0.26, 0.33), colour("3A404A"))
    solid.box((0.74, -0.97, -0.37), (1.28, -0.92, 0.37), _IRON, order=0.1)
    solid.face(
        [(0.9, -0.82, 0.336), (1.12, -0.82, 0.336), (1.12, -0.58, 0.336), (0.9, -0.58, 0.336)],
        colour("F5E6B8"),
        (1.0, -0.5, 0),
        order=0.5,
        shine=0.3,
    )
    _tube(solid, 1.22, 2.3, -0.54, 0.25, _IRON)
    for x in (1.45, 1.8, 2.12):
        _tube(solid, x, x + 0.035, -0.54, 0.256, _BRASS, order=0.15)
    _tube(solid, 2.3, 2.46, -0.54, 0.262, colour("22262C"), order=0.2)
    ring = [(2.468, -0.54 + 0.19 * math.sin(a), 0.19 * math.cos(a)) for a in [k * math.pi / 8 for k in range(16)]]
    solid.face(ring, colour("4A505A"), (1.0, -0.54, 0), order=0.5)
    lamp = [(2.475, -0.86 + 0.07 * math.sin(a), 0.07 * math.cos(a)) for a in [k * math.pi / 6 for k in range(12)]]
    solid.face(lamp, colour("FFF2C0"), (1.0, -0.86, 0), order=0.6, shine=0.1)
    solid.box((2.28, -1.0, -0.075), (2.42, -0.76, 0.075), _IRON, order=0.12)
    solid.box((2.25, -1.06, -0.11), (2.45, -0.99, 0.11), colour("22262C"), order=0.13)
    solid.box((1.72, -0.9, -0.09), (1.9, -0.77, 0.09), _BRASS, order=0.12)
    solid.face(
        [(2.5, -0.3, -0.34), (2.5, -0.3, 0.34), (2.5, -0.16, 0.34), (2.5, -0.16, -0.34)], _RED, (1, -0.2, 0), order=0.3
    )
    solid.face(
        [(2.5, -0.18, -0.3), (2.5, -0.18, 0.3), (2.7, -0.01, 0.22), (2.7, -0.01, -0.22)],
        colour("8A2620"),
        (1, -0.5, 0),
        order=0.31,
    )
    _wheels(solid, (1.1, 1.5, 1.9), how.phase, WHEEL * 1.25, _RED)
    _wheels(solid, (2.3,), how.phase * 11 / 6, 0.1, _RED)
    a = -2 * math.pi * how.phase
    dx, dy = 0.09 * math.cos(a), 0.09 * math.sin(a)
    rod = [
        (1.06 + dx, -0.215 + dy, 0.3),
        (1.94 + dx, -0.215 + dy, 0.3),
        (1.94 + dx, -0.175 + dy, 0.3),
        (1.06 + dx, -0.175 + dy, 0.3),
    ]
    solid.face(rod, colour("C4C9D0"), (1.5, -0.2, 0), order=0.97)


def _tube(solid: Solid, x0: float, x1: float, y: float, r: float, tone: Colour, order: float = 0.1) -> None:
    steps = 14
    for k in range(steps):
        a, b = 2 * math.pi * k / steps, 2 * math.pi * (k + 1) / steps
        low, high = (y + r * math.sin(a), r * math.cos(a)), (y + r * math.sin(b), r * math.cos(b))
        solid.face([(x0, *low), (x1, *low), (x1, *high), (x0, *high)], tone, ((x0 + x1) / 2, y, 0.0), order=order)


def _smoke(sheet: Sheet, solid: Solid, phase: float) -> None:
    x, y = solid.spot(2.35, -1.08, 0.0)
    for i in range(11, -1, -1):
        age = (i + phase) / 12
        px, py = x - 2.3 * age**1.15, y - 0.12 - 0.34 * age**0.7 + 0.05 * math.sin((i + phase) * 2.4)
        r = 0.085 + 0.2 * age
        tone = lift(colour("F4F2EF"), -0.1 * age)
        sheet.fill(ellipse(px, py, r * 1.15, r), tone, 0.85 * (1 - age) ** 0.8)
        sheet.fill(ellipse(px - r * 0.2, py - r * 0.25, r * 0.7, r * 0.6), (1, 1, 1), 0.5 * (1 - age))


def lamps(sheet: Sheet, amount: float, how: How) -> None:
    """The lamp in front and the lit coaches."""
    solid = Solid(_VIEW + how.turn * 0.6, 0.12, 14.0)
    x, y = solid.spot(2.48, -0.86, 0.0)
    halo(sheet, x, y, 0.2, colour("FFEFB8"), 0.95 * amount)
    for k in range(2):
        for j in range(5):
            a = -3.6 + 1.85 * k + 0.1 + 0.32 * j
            spots = [(a, -0.72, 0.34), (a + 0.22, -0.72, 0.34), (a + 0.22, -0.48, 0.34), (a, -0.48, 0.34)]
            sheet.fill([solid.spot(*spot) for spot in spots], colour("FFDC90"), amount)


SUBJECT = SubjectKind(
    draw=draw,
    box=(-3.6, -1.86, 2.92, 0.24),
    words=("train", "locomotive", "steam train", "steam engine", "railway", "express", "tram"),
    implies="meadow",
    ground="drives",
    size=0.2,
    metres=4.2,
    usual="drive",
    cycles={"drive": Cycle(12, 1.0, 2 * math.pi * WHEEL * 1.25, 1.1)},
    view=0.3,
    volume=0.3,
    lamps=lamps,
    spread=0.4,
)
