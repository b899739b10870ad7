"""A clock tower; a skyscraper, a castle keep and a windmill stand in its place when they are named."""

from __future__ import annotations

import math

from engines.generate.procedural.draw.relight import halo
from engines.generate.procedural.draw.sheet import Sheet, ellipse, stroke
from engines.generate.procedural.draw.solid import Solid
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.palette import Colour, colour, lift

_STONE, _ROOF = colour("CDB48C"), colour("3E5A6E")
_VIEW = 0.6


def draw(sheet: Sheet, how: How) -> None:
    """One pose (a windmill's sails and a clock's hand go with the phase)."""
    if how.variant == "skyscraper":
        _skyscraper(sheet, how)
    elif how.variant == "windmill":
        _windmill(sheet, how)
    elif how.variant == "castle":
        _castle(sheet, how)
    else:
        _clock_tower(sheet, how)


def _clock_tower(sheet: Sheet, how: How) -> None:
    stone = how.colour or _STONE
    solid = Solid(_VIEW + how.turn, 0.14, 6.0)
    solid.box((-0.15, -0.06, -0.15), (0.15, 0.0, 0.15), lift(stone, -0.08), order=0.05)
    solid.box((-0.115, -0.62, -0.115), (0.115, -0.05, 0.115), stone)
    solid.box((-0.14, -0.65, -0.14), (0.14, -0.62, 0.14), lift(stone, 0.05), order=0.2)
    solid.box((-0.13, -0.82, -0.13), (0.13, -0.65, 0.13), stone, order=0.3)
    solid.box((-0.15, -0.845, -0.15), (0.15, -0.82, 0.15), lift(stone, 0.05), order=0.4)
    for i, (dx, dz) in enumerate(((-1, -1), (1, -1), (1, 1), (-1, 1))):
        nx, nz = ((1, -1), (1, 1), (-1, 1), (-1, -1))[i]
        solid.face(
            [(dx * 0.13, -0.845, dz * 0.13), (nx * 0.13, -0.845, nz * 0.13), (0, -1.08, 0)],
            _ROOF,
            (0, -0.9, 0),
            order=0.5,
        )
    for face in range(4):
        a = face * math.pi / 2
        c, s = math.cos(a), math.sin(a)

        def at(u: float, y: float, out: float, c: float = c, s: float = s) -> tuple[float, float, float]:
            return (c * out - s * u, y, s * out + c * u)

        disc = [
            at(0.09 * math.cos(t), -0.735 + 0.075 * math.sin(t), 0.134) for t in [k * math.pi / 10 for k in range(20)]
        ]
        solid.face(disc, colour("F8F2E0"), (0, -0.735, 0), order=0.6, shine=0.4)
        for length, turn in ((0.06, how.phase * 2 * math.pi), (0.042, how.phase * 2 * math.pi / 12 + 1.0)):
            across, up = math.sin(turn), -math.cos(turn)
            hand = [
                at(up * 0.009, -0.735 - across * 0.009, 0.137),
                at(across * length, -0.735 + up * length, 0.137),
                at(-up * 0.009, -0.735 + across * 0.009, 0.137),
            ]
            solid.face(hand, colour("2A2A30"), (0, -0.735, 0), order=0.7, shine=0.0)
        for y in (-0.54, -0.4, -0.26):
            solid.face(
                [
                    at(-0.022, y - 0.05, 0.118),
                    at(0.022, y - 0.05, 0.118),
                    at(0.022, y + 0.04, 0.118),
                    at(-0.022, y + 0.04, 0.118),
                ],
                colour("4A4652"),
                (0, y, 0),
                order=0.6,
                shine=0.4,
            )
        for u in (-0.085, 0.085):
            solid.face(
                [
                    at(u - 0.012, -0.61, 0.118),
                    at(u + 0.012, -0.61, 0.118),
                    at(u + 0.012, -0.06, 0.118),
                    at(u - 0.012, -0.06, 0.118),
                ],
                lift(stone, 0.04),
                (0, -0.3, 0),
                order=0.55,
            )
    solid.paint(sheet)
    sheet.fill_many(stroke([solid.spot(0, -1.08, 0), solid.spot(0, -1.14, 0)], 0.012), colour("D8B24A"))


def _skyscraper(sheet: Sheet, how: How) -> None:
    glass = how.colour or colour("6E93AE")
    solid = Solid(_VIEW + how.turn, 0.1, 8.0)
    parts = ((0.2, -0.62, 0.0), (0.155, -0.86, -0.62), (0.1, -0.96, -0.86))
    for level, (half, top, foot) in enumerate(parts):
        solid.box((-half, top, -half), (half, foot, half), glass, order=level * 0.5)
        rows = round((foot - top) / 0.05)
        for face in range(4):
            a = face * math.pi / 2
            c, s = math.cos(a), math.sin(a)
            for r in range(rows):
                y0 = top + 0.015 + 0.05 * r
                for k in range(5):
                    u0, u1 = half * (-0.9 + 0.36 * k), half * (-0.9 + 0.36 * k + 0.27)
                    out = half + 0.003
                    spots = [
                        (c * out - s * u, y, s * out + c * u)
                        for u, y in ((u0, y0), (u1, y0), (u1, y0 + 0.033), (u0, y0 + 0.033))
                    ]
                    tone = lift(glass, 0.16 if (r * 7 + k * 3 + face) % 5 < 2 else -0.12)
                    solid.face(spots, tone, (0, (top + foot) / 2, 0), order=level * 0.5 + 0.2, shine=0.6)
    solid.box((-0.008, -1.1, -0.008), (0.008, -0.96, 0.008), colour("50565E"), order=2.0)
    solid.paint(sheet)


def _castle(sheet: Sheet, how: How) -> None:
    stone = how.colour or colour("B4A892")
    solid = Solid(0.5 + how.turn, 0.16, 6.0)
    solid.box((-0.5, -0.42, -0.3), (0.5, 0.0, 0.3), lift(stone, -0.02))
    for k in range(9):
        for z in (-0.3, 0.26):
            solid.box((-0.5 + 0.115 * k, -0.48, z), (-0.44 + 0.115 * k, -0.42, z + 0.04), stone, order=0.02 + z * 0.1)
    for x, z in ((-0.5, -0.3), (0.5, -0.3), (-0.5, 0.3), (0.5, 0.3)):
        _round_tower(solid, x, z, 0.13, -0.66, stone, order=0.2 + z)
    _round_tower(solid, 0.05, -0.05, 0.17, -0.84, stone, order=0.1)
    gate = [
        (x, y, 0.306)
        for x, y in (
            (-0.09, 0.0),
            (-0.09, -0.17),
            (-0.05, -0.23),
            (0.0, -0.25),
            (0.05, -0.23),
            (0.09, -0.17),
            (0.09, 0.0),
        )
    ]
    solid.face(gate, colour("4A362A"), (0, -0.2, 0), order=0.6)
    solid.paint(sheet)


def _round_tower(solid: Solid, x: float, z: float, r: float, top: float, stone: Colour, order: float) -> None:
    n = 14
    roof = colour("8A3A34")
    for k in range(n):
        a, b = 2 * math.pi * k / n, 2 * math.pi * (k + 1) / n
        p, q = (x + r * math.cos(a), z + r * math.sin(a)), (x + r * math.cos(b), z + r * math.sin(b))
        solid.face(
            [(p[0], top, p[1]), (q[0], top, q[1]), (q[0], 0, q[1]), (p[0], 0, p[1])],
            stone,
            (x, top / 2, z),
            order=order,
        )
        wide = 1.22
        solid.face(
            [
                (x + (p[0] - x) * wide, top, z + (p[1] - z) * wide),
                (x + (q[0] - x) * wide, top, z + (q[1] - z) * wide),
                (x, top - r * 2.1, z),
            ],
            roof,
            (x, top + 0.05, z),
            order=order + 0.3,
        )
    slit = [
        (x - 0.015, top + 0.12, z + r),
        (x + 0.015, top + 0.12, z + r),
        (x + 0.015, top + 0.22, z + r),
        (x - 0.015, top + 0.22, z + r),
    ]
    solid.face(slit, colour("3A3436"), (x, top + 0.2, z), order=order + 0.4)


def _windmill(sheet: Sheet, how: How) -> None:
    wall = how.colour or colour("F0E8DA")
    solid = Solid(0.35 + how.turn, 0.12, 7.0)
    n = 10
    for k in range(n):
        a, b = 2 * math.pi * k / n, 2 * math.pi * (k + 1) / n
        low, high = (
            [(0.2 * math.cos(t), 0.2 * math.sin(t)) for t in (a, b)],
            [(0.12 * math.cos(t), 0.12 * math.sin(t)) for t in (a, b)],
        )
        solid.face(
            [
                (low[0][0], 0, low[0][1]),
                (low[1][0], 0, low[1][1]),
                (high[1][0], -0.58, high[1][1]),
                (high[0][0], -0.58, high[0][1]),
            ],
            wall,
            (0, -0.3, 0),
        )
        solid.face(
            [
                (high[0][0] * 1.15, -0.58, high[0][1] * 1.15),
                (high[1][0] * 1.15, -0.58, high[1][1] * 1.15),
                (0, -0.74, 0),
            ],
            colour("7A4434"),
            (0, -0.55, 0),
            order=0.3,
        )
    solid.face(
        [(-0.045, -0.16, 0.19), (0.045, -0.16, 0.19), (0.045, 0.0, 0.205), (-0.045, 0.0, 0.205)],
        colour("6A4434"),
        (0, -0.1, 0),
        order=0.5,
    )
    solid.face(
        [(-0.03, -0.4, 0.155), (0.03, -0.4, 0.155), (0.03, -0.32, 0.165), (-0.03, -0.32, 0.165)],
        colour("5C7488"),
        (0, -0.36, 0),
        order=0.5,
    )
    hub = (0.0, -0.6, 0.18)
    for k in range(4):
        a = 2 * math.pi * (how.phase + k) / 4 + 0.4
        c, s = math.cos(a), math.sin(a)

        def at(u: float, v: float, c: float = c, s: float = s) -> tuple[float, float, float]:
            return (hub[0] + c * u - s * v, hub[1] + s * u + c * v, hub[2])

        solid.face([at(0.0, -0.01), at(0.42, -0.01), at(0.42, 0.01), at(0.0, 0.01)], colour("5A3E30"), order=1.0)
        solid.face(
            [at(0.07, 0.012), at(0.41, 0.012), at(0.41, 0.1), at(0.07, 0.09)], colour("F8F4EA"), order=0.98, alpha=0.95
        )
        for j in range(1, 6):
            solid.face(
                [
                    at(0.07 + 0.062 * j, 0.01),
                    at(0.078 + 0.062 * j, 0.01),
                    at(0.078 + 0.062 * j, 0.1),
                    at(0.07 + 0.062 * j, 0.1),
                ],
                colour("8A6A50"),
                order=0.99,
            )
    solid.paint(sheet)
    x, y = solid.spot(*hub)
    sheet.fill(ellipse(x, y, 0.022, 0.022), colour("4A3226"))


def lamps(sheet: Sheet, amount: float, how: How) -> None:
    """What is lit at night."""
    solid = Solid(
        (0.5 if how.variant == "castle" else 0.35 if how.variant == "windmill" else _VIEW) + how.turn, 0.14, 6.0
    )
    if how.variant == "skyscraper":
        for k in range(46):
            face, row, column = k % 2, (k * 7) % 12, (k * 3) % 5
            u, y = 0.2 * (-0.9 + 0.36 * column) + 0.027, -0.58 + 0.05 * row
            x, z = (0.203, u) if face else (u, 0.203)
            px, py = solid.spot(x, y, z)
            sheet.fill(ellipse(px, py, 0.017, 0.014), colour("FFDC90"), amount * 0.9)
        return
    spots = {"windmill": ((0.0, -0.36, 0.165),), "castle": ((0.0, -0.12, 0.31),)}.get(
        how.variant, ((0.0, -0.735, 0.134), (0.134, -0.735, 0.0), (0.0, -0.4, 0.118))
    )
    for spot in spots:
        px, py = solid.spot(*spot)
        halo(sheet, px, py, 0.09, colour("FFE2A0"), 0.75 * amount)


SUBJECT = SubjectKind(
    draw=draw,
    box=(-0.82, -1.28, 0.82, 0.18),
    words=("clock tower", "tower", "belfry", "church tower", "steeple", "church"),
    implies="meadow",
    size=0.52,
    metres=26.0,
    cycles={"stand": Cycle(32, 9.0)},
    variants={
        "skyscraper": ("skyscraper", "building", "office tower", "high-rise"),
        "castle": ("castle", "fortress", "palace"),
        "windmill": ("windmill", "mill"),
    },
    view=0.6,
    volume=0.3,
    lamps=lamps,
    turns=True,
    girth=0.5,
    spread=0.2,
    entities=("building",),
)
