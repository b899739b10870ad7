"""A product on a pedestal: a box with a label, a bottle, a gift."""

from __future__ import annotations

import math

from engines.generate.procedural.draw.sheet import Sheet
from engines.generate.procedural.draw.solid import Solid
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.palette import Colour, colour, lift

_VIEW = 0.62


def _round(solid: Solid, low: float, top: float, r0: float, r1: float, tone: Colour, order: float) -> None:
    n = 28
    for k in range(n):
        a, b = math.tau * k / n, math.tau * (k + 1) / n
        p = [
            (r0 * math.cos(a), low, r0 * math.sin(a)),
            (r0 * math.cos(b), low, r0 * math.sin(b)),
            (r1 * math.cos(b), top, r1 * math.sin(b)),
            (r1 * math.cos(a), top, r1 * math.sin(a)),
        ]
        solid.face(p, tone, (0, (low + top) / 2, 0), order=order)
    solid.face(
        [(r1 * math.cos(math.tau * k / n), top, r1 * math.sin(math.tau * k / n)) for k in range(n)],
        lift(tone, 0.03),
        (0, top + 0.2, 0),
        order=order + 0.05,
    )


def draw(sheet: Sheet, how: How) -> None:
    """The thing on its pedestal; `colour` is its own."""
    solid = Solid(_VIEW + how.turn, 0.22, 5.0)
    _round(solid, 0.0, -0.13, 0.47, 0.45, colour("EFEAE4"), -3.0)
    solid.paint(sheet)
    tone = how.colour or colour("2E7F86")
    if how.variant == "bottle":
        _bottle(solid, tone)
    elif how.variant == "gift":
        _box(solid, tone, ribbon=True)
    else:
        _box(solid, tone, ribbon=False)
    solid.paint(sheet)


def _box(solid: Solid, tone: Colour, ribbon: bool) -> None:
    w, d, low, top = (0.24, 0.17, -0.13, -0.98) if not ribbon else (0.29, 0.29, -0.13, -0.7)
    solid.box((-w, top, -d), (w, low, d), tone, top=lift(tone, 0.08))
    if ribbon:
        red = colour("F6E3B0")
        for z in (d + 0.003, -d - 0.003):
            solid.face([(-0.05, top, z), (0.05, top, z), (0.05, low, z), (-0.05, low, z)], red, (0, -0.4, 0), order=0.5)
        for x in (w + 0.003, -w - 0.003):
            solid.face([(x, top, -0.05), (x, top, 0.05), (x, low, 0.05), (x, low, -0.05)], red, (0, -0.4, 0), order=0.5)
        y = top - 0.003
        solid.face([(-0.05, y, -d), (0.05, y, -d), (0.05, y, d), (-0.05, y, d)], red, (0, 0, 0), order=0.5)
        solid.face([(-w, y, -0.05), (w, y, -0.05), (w, y, 0.05), (-w, y, 0.05)], red, (0, 0, 0), order=0.5)
        for side in (-1, 1):
            loop = [
                (side * 0.02, top, 0.0),
                (side * 0.12, top - 0.17, 0.05),
                (side * 0.24, top - 0.14, 0.02),
                (side * 0.2, top - 0.03, -0.02),
            ]
            solid.face(loop, red, order=0.9)
        return
    for z in (d + 0.003, -d - 0.003):
        solid.face(
            [(-w, -0.86, z), (w, -0.86, z), (w, -0.42, z), (-w, -0.42, z)], colour("F8F2E6"), (0, -0.5, 0), order=0.5
        )
        for y, a, b, ink in (
            (-0.77, -0.14, 0.14, tone),
            (-0.67, -0.17, 0.17, colour("B8B0A2")),
            (-0.62, -0.12, 0.12, colour("B8B0A2")),
        ):
            solid.face(
                [(a, y, z * 1.01), (b, y, z * 1.01), (b, y + 0.03, z * 1.01), (a, y + 0.03, z * 1.01)],
                ink,
                (0, -0.5, 0),
                order=0.6,
            )
        badge = [
            (0.06 * math.cos(k * math.tau / 16), -0.51 + 0.05 * math.sin(k * math.tau / 16), z * 1.012)
            for k in range(16)
        ]
        solid.face(badge, colour("F2A53A"), (0, -0.5, 0), order=0.6)
    for x in (w + 0.003, -w - 0.003):
        solid.face(
            [(x, -0.86, -d), (x, -0.86, d), (x, -0.42, d), (x, -0.42, -d)], colour("E9E2D4"), (0, -0.5, 0), order=0.5
        )
        for k in range(6):
            y = -0.8 + 0.055 * k
            solid.face(
                [
                    (x * 1.01, y, -d * 0.7),
                    (x * 1.01, y, d * (0.7 - 0.3 * (k % 3 == 2))),
                    (x * 1.01, y + 0.015, d * (0.7 - 0.3 * (k % 3 == 2))),
                    (x * 1.01, y + 0.015, -d * 0.7),
                ],
                colour("B8B0A2"),
                (0, -0.5, 0),
                order=0.6,
            )


def _bottle(solid: Solid, tone: Colour) -> None:
    _round(solid, -0.13, -0.6, 0.2, 0.2, tone, 0.0)
    _round(solid, -0.6, -0.72, 0.2, 0.075, tone, 0.3)
    _round(solid, -0.72, -0.84, 0.075, 0.07, lift(tone, 0.05), 0.5)
    _round(solid, -0.82, -0.98, 0.088, 0.088, colour("E8C468"), 0.8)
    n = 12
    for k in range(n):
        a, b = 0.9 - 0.8 + 1.6 * k / n, 0.9 - 0.8 + 1.6 * (k + 1) / n
        r = 0.203
        solid.face(
            [
                (r * math.cos(a), -0.52, r * math.sin(a)),
                (r * math.cos(b), -0.52, r * math.sin(b)),
                (r * math.cos(b), -0.25, r * math.sin(b)),
                (r * math.cos(a), -0.25, r * math.sin(a)),
            ],
            colour("FBF6EA"),
            (0, -0.4, 0),
            order=0.9,
        )
        if 2 < k < 9:
            r = 0.205
            solid.face(
                [
                    (r * math.cos(a), -0.42, r * math.sin(a)),
                    (r * math.cos(b), -0.42, r * math.sin(b)),
                    (r * math.cos(b), -0.37, r * math.sin(b)),
                    (r * math.cos(a), -0.37, r * math.sin(a)),
                ],
                tone,
                (0, -0.4, 0),
                order=1.0,
            )


SUBJECT = SubjectKind(
    draw=draw,
    box=(-0.56, -1.1, 0.56, 0.2),
    words=("product", "product box", "package", "packaging", "parcel", "product block", "carton", "pack shot"),
    implies="studio",
    size=0.46,
    metres=0.3,
    cycles={"stand": Cycle()},
    variants={"bottle": ("bottle", "perfume", "shampoo", "flask"), "gift": ("gift", "present", "gift box")},
    view=0.62,
    volume=0.3,
    turns=True,
    girth=1.0,
    spread=0.24,
    entities=("rect",),
)
