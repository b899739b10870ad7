"""A car in three-quarter view; a taxi, a van, a bus and a lorry are other bodies on the same wheels."""

from __future__ import annotations

import math

from engines.generate.procedural.draw.car_bodies import BODIES, RADIUS, Body, half_width
from engines.generate.procedural.draw.relight import halo
from engines.generate.procedural.draw.sheet import Sheet, ellipse
from engines.generate.procedural.draw.solid import Solid
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.palette import colour, lift

_PAINT = colour("D03A30")
_GLASS, _DARK, _TYRE, _RIM = colour("7FA3BA"), colour("23252C"), colour("1B1C20"), colour("B9BEC6")
_VIEW = 0.42


def draw(sheet: Sheet, how: How) -> None:
    """One pose; the wheels turn with the phase."""
    variant = how.variant if how.variant in BODIES else ""
    body = BODIES[variant]
    paint = how.colour or {
        "taxi": colour("F2B92E"),
        "bus": colour("D8452F"),
        "truck": colour("2F6FA8"),
        "police": colour("F2F4F6"),
    }.get(how.variant, _PAINT)
    solid = Solid(_VIEW + how.turn, 0.15, 9.0)
    dark = lift(paint, -0.16)
    tones = {"b": paint, "g": _GLASS, "d": _DARK}
    _wheels(solid, body, how.phase, order=-1.0 if math.cos(_VIEW + how.turn) > 0 else 1.0, far=True)
    if variant == "truck":
        solid.box((-1.5, -1.04, -0.45), (0.56, -0.3, 0.45), colour("ECE8E0"), order=-0.3)
        solid.box((-1.5, -0.3, -0.4), (0.7, -0.2, 0.4), _DARK, order=-0.4)
    solid.loft(body.profile, body.half, [tones[c] for c in body.strips], paint)
    z = 1 if math.cos(_VIEW + how.turn) > 0 else -1
    for window in body.windows:
        solid.face(
            [(x, y, z * (half_width(body, y) + 0.006)) for x, y in window],
            lift(_GLASS, -0.06),
            (window[0][0], -0.6, 0.0),
            order=0.6,
        )
        glint = [
            window[0],
            window[1],
            ((window[1][0] * 2 + window[2][0]) / 3, window[1][1]),
            ((window[0][0] * 3 + window[3][0]) / 4, window[0][1]),
        ]
        solid.face(
            [(x, y, z * (half_width(body, y) + 0.008)) for x, y in glint],
            lift(_GLASS, 0.14),
            (window[0][0], -0.6, 0.0),
            order=0.62,
            shine=0.3,
            alpha=0.5,
        )
    side = max(body.half) + 0.006
    first, last = body.profile[0][0], body.profile[-1][0]
    solid.face(
        [(first, -0.3, z * side), (last, -0.3, z * side), (last, -0.25, z * side), (first, -0.25, z * side)],
        dark,
        (0, -0.3, 0),
        order=0.6,
    )
    solid.face(
        [(first, -0.22, z * side), (last, -0.22, z * side), (last, -0.16, z * side), (first, -0.16, z * side)],
        _DARK,
        (0, -0.3, 0),
        order=0.6,
    )
    if variant == "":
        for x in (-0.09, 0.56):
            solid.face(
                [
                    (x, -0.66, z * side),
                    (x + 0.012, -0.66, z * side),
                    (x + 0.012, -0.28, z * side),
                    (x, -0.28, z * side),
                ],
                dark,
                (0, -0.4, 0),
                order=0.61,
            )
        solid.face(
            [(-0.3, -0.56, z * side), (-0.17, -0.56, z * side), (-0.17, -0.53, z * side), (-0.3, -0.53, z * side)],
            dark,
            (0, -0.4, 0),
            order=0.62,
        )
        solid.box((0.44, -0.76, z * 0.52), (0.54, -0.66, z * 0.64), dark, order=0.7) if z > 0 else None
    _ends(solid, body, variant)
    if how.variant in ("taxi", "police"):
        solid.box(
            (-0.16, -1.11, -0.14),
            (0.1, -0.99, 0.14),
            colour("FFF4D0") if how.variant == "taxi" else colour("3A6AE0"),
            order=0.9,
        )
    _wheels(solid, body, how.phase, order=3.0, far=False)
    solid.paint(sheet)


def _ends(solid: Solid, body: Body, variant: str) -> None:
    """Head lights, grille and plate in front, tail lights behind."""
    front, back, y = max(p[0] for p in body.profile) + 0.008, min(p[0] for p in body.profile) - 0.008, body.lamp_y
    half = body.half[-2]
    for z in (-half + 0.04, half - 0.2):
        solid.face(
            [(front, y, z), (front, y, z + 0.16), (front, y + 0.11, z + 0.16), (front, y + 0.11, z)],
            colour("FFF6DA"),
            (0, y, 0),
            order=0.7,
            shine=0.2,
        )
        solid.face(
            [(back, y, z), (back, y, z + 0.16), (back, y + 0.1, z + 0.16), (back, y + 0.1, z)],
            colour("E0332A"),
            (0, y, 0),
            order=0.7,
            shine=0.2,
        )
    for x in (front, back):
        solid.face(
            [(x, y + 0.02, -0.2), (x, y + 0.02, 0.2), (x, y + 0.09, 0.2), (x, y + 0.09, -0.2)],
            _DARK,
            (0, y, 0),
            order=0.69,
        )
        solid.face(
            [(x, y + 0.15, -0.13), (x, y + 0.15, 0.13), (x, y + 0.21, 0.13), (x, y + 0.21, -0.13)],
            colour("F0EDE2"),
            (0, y, 0),
            order=0.69,
            shine=0.3,
        )
    del variant


def _wheels(solid: Solid, body: Body, phase: float, order: float, far: bool) -> None:
    side = max(body.half)
    for x in body.wheels:
        for z in (-side, side) if not far else (-side * 0.8, side * 0.8):
            if far:
                solid.wheel(x, -RADIUS, z, RADIUS, _TYRE, order=order)
                continue
            out = z * 1.012
            solid.wheel(x, -RADIUS - 0.01, out, RADIUS * 1.17, colour("101116"), order=order)
            solid.wheel(x, -RADIUS, out * 1.005, RADIUS, _TYRE, order=order + 0.001)
            solid.wheel(x, -RADIUS, out * 1.01, RADIUS * 0.64, _RIM, order=order + 0.002)
            for k in range(5):
                a = -2 * math.pi * (phase / 5 + k / 5)
                c, s = math.cos(a) * RADIUS, math.sin(a) * RADIUS
                hole = [
                    (x + c * u - s * v, -RADIUS + s * u + c * v, out * 1.015)
                    for u, v in ((0.24, -0.06), (0.54, -0.15), (0.54, 0.15), (0.24, 0.06))
                ]
                solid.face(hole, colour("4A4E56"), (x, -RADIUS, 0.0), order=order + 0.003, shine=0.3)


def lamps(sheet: Sheet, amount: float, how: How) -> None:
    """Head and tail lights, those that can be seen."""
    body = BODIES[how.variant if how.variant in BODIES else ""]
    solid = Solid(_VIEW + how.turn, 0.15, 9.0)
    half, ahead = body.half[-2], math.sin(_VIEW + how.turn)
    x = max(p[0] for p in body.profile) if ahead >= 0 else min(p[0] for p in body.profile)
    tone = colour("FFF0C0") if ahead >= 0 else colour("FF4030")
    for z in (-half + 0.12, half - 0.12):
        px, py = solid.spot(x, body.lamp_y + 0.055, z)
        halo(sheet, px, py, 0.15, tone, amount * 0.95)
        sheet.fill(ellipse(px, py, 0.055, 0.045), lift(tone, 0.05), amount)


SUBJECT = SubjectKind(
    draw=draw,
    box=(-2.05, -1.28, 2.12, 0.34),
    words=("car", "vehicle", "automobile", "convertible", "sedan", "sports car", "jeep", "hatchback"),
    implies="road",
    ground="drives",
    size=0.17,
    metres=1.5,
    usual="drive",
    cycles={"drive": Cycle(6, 1.0, 2 * math.pi * RADIUS / 5, 1.7)},
    variants={
        "taxi": ("taxi", "cab"),
        "van": ("van", "minibus", "ambulance", "camper"),
        "bus": ("bus", "coach"),
        "truck": ("lorry", "truck vehicle", "pickup"),
        "police": ("police car",),
    },
    variant_sizes={"van": 1.2, "bus": 1.7, "truck": 1.7},
    view=0.42,
    volume=0.35,
    lamps=lamps,
    turns=True,
    girth=2.7,
    spread=0.24,
    entities=("vehicle",),
)
