"""A friendly robot: a lit face, a chest panel, jointed arms and legs; it walks, waves and dances."""

from __future__ import annotations

import math
from itertools import pairwise

from engines.generate.procedural.draw.puppet import Bones, bones
from engines.generate.procedural.draw.relight import halo
from engines.generate.procedural.draw.sheet import Sheet, ellipse, smooth, stroke
from engines.generate.procedural.draw.solid import Solid
from engines.generate.procedural.draw.subject_kind import How, SubjectKind
from engines.generate.procedural.draw.subjects import person
from engines.generate.procedural.palette import Colour, colour, lift

_STEEL = colour("B9C4D0")
_VIEW = {"walk": 0.55, "run": 0.45}


def _turn(how: How) -> float:
    return how.turn if abs(math.sin(how.turn)) > 0.5 else how.turn + _VIEW.get(how.action, 1.0)


def draw(sheet: Sheet, how: How) -> None:
    """One pose."""
    steel = how.colour or _STEEL
    turn = _turn(how)
    solid = Solid(turn, 0.14, 9.0)
    skeleton = bones(how.action, how.phase)
    limbs = sorted([*skeleton.legs, *skeleton.arms], key=lambda limb: _depth(limb, turn))
    behind = [limb for limb in limbs if _depth(limb, turn) < 0.0]
    for limb in behind:
        _limb(sheet, solid, limb, lift(steel, -0.12))
    _trunk(sheet, solid, skeleton, steel)
    for limb in limbs:
        if not any(limb is other for other in behind):
            _limb(sheet, solid, limb, lift(steel, -0.04))


def _depth(limb: object, turn: float) -> float:
    spot = limb.knee if hasattr(limb, "knee") else limb[1]  # type: ignore[index]
    return float(spot[0] * math.sin(turn) + spot[2] * math.cos(turn))


def _limb(sheet: Sheet, solid: Solid, limb: object, tone: Colour) -> None:
    if hasattr(limb, "knee"):
        joints = [solid.spot(*spot) for spot in (limb.hip, limb.knee, limb.ankle)]  # type: ignore[attr-defined]
        sheet.fill_many(stroke(joints, 0.062), lift(tone, -0.12))
        for a, b in pairwise(joints):
            mid = [
                (a[0] * 0.78 + b[0] * 0.22, a[1] * 0.78 + b[1] * 0.22),
                (a[0] * 0.15 + b[0] * 0.85, a[1] * 0.15 + b[1] * 0.85),
            ]
            sheet.fill_many(stroke(mid, 0.085, 0.095), tone)
        h, t = solid.spot(*limb.heel), solid.spot(*limb.toe)  # type: ignore[attr-defined]
        sheet.fill_many(stroke([(h[0], h[1] - 0.028), (t[0] + 0.015, t[1] - 0.026)], 0.066, 0.056), lift(tone, -0.16))
        return
    joints = [solid.spot(*spot) for spot in limb]  # type: ignore[attr-defined]
    sheet.fill_many(stroke(joints, 0.05), lift(tone, -0.12))
    a, b = joints[1], joints[2]
    sheet.fill_many(stroke([(a[0] * 0.8 + b[0] * 0.2, a[1] * 0.8 + b[1] * 0.2), b], 0.072, 0.078), tone)
    sheet.circle(joints[0][0], joints[0][1], 0.048, lift(tone, 0.04))
    length = math.hypot(b[0] - a[0], b[1] - a[1]) or 1.0
    dx, dy = (b[0] - a[0]) / length, (b[1] - a[1]) / length
    for spread in (-0.6, 0.6):
        c, s = math.cos(spread), math.sin(spread)
        sheet.fill_many(
            stroke([b, (b[0] + (dx * c - dy * s) * 0.06, b[1] + (dx * s + dy * c) * 0.06)], 0.032, 0.022),
            lift(tone, -0.16),
        )


def _trunk(sheet: Sheet, solid: Solid, skeleton: Bones, steel: Colour) -> None:
    px, py, pz = skeleton.pelvis
    nx, ny, nz = skeleton.neck
    for y0, y1, w, d, x, z, tone in (
        (py - 0.03, py + 0.05, 0.085, 0.07, px, pz, lift(steel, -0.12)),
        (ny + 0.0, py - 0.045, 0.135, 0.1, (px + nx) / 2, (pz + nz) / 2, steel),
    ):
        solid.box((x - d, y0, z - w), (x + d, y1, z + w), tone)
    x = (px + nx) / 2 + 0.103
    z0 = (pz + nz) / 2
    solid.face(
        [
            (x, ny + 0.06, z0 - 0.085),
            (x, ny + 0.06, z0 + 0.085),
            (x, ny + 0.18, z0 + 0.085),
            (x, ny + 0.18, z0 - 0.085),
        ],
        colour("2C3644"),
        (0, ny + 0.1, z0),
        order=0.5,
    )
    for k, code in enumerate(("FF5A4A", "FFC84A", "5AE08A")):
        a = z0 - 0.055 + 0.055 * k
        solid.face(
            [
                (x + 0.002, ny + 0.09, a - 0.016),
                (x + 0.002, ny + 0.09, a + 0.016),
                (x + 0.002, ny + 0.122, a + 0.016),
                (x + 0.002, ny + 0.122, a - 0.016),
            ],
            colour(code),
            (0, ny + 0.1, z0),
            order=0.6,
            shine=0.0,
        )
    solid.face(
        [
            (x + 0.002, ny + 0.145, z0 - 0.065),
            (x + 0.002, ny + 0.145, z0 + 0.065),
            (x + 0.002, ny + 0.16, z0 + 0.065),
            (x + 0.002, ny + 0.16, z0 - 0.065),
        ],
        colour("7FD8F0"),
        (0, ny + 0.1, z0),
        order=0.6,
        shine=0.0,
    )
    solid.paint(sheet)
    hx, hy, hz = skeleton.head
    solid.box((hx - 0.03, hy + 0.07, hz - 0.03), (hx + 0.03, ny + 0.01, hz + 0.03), lift(steel, -0.2))
    solid.box((hx - 0.1, hy - 0.085, hz - 0.13), (hx + 0.1, hy + 0.085, hz + 0.13), lift(steel, 0.05), order=0.3)
    for side in (-1, 1):
        solid.box(
            (hx - 0.035, hy - 0.035, hz + side * 0.13 - 0.02),
            (hx + 0.035, hy + 0.035, hz + side * 0.13 + 0.02),
            colour("F09A3A"),
            order=0.3 + side * 0.1,
        )
    face = [
        (hx + 0.103, hy - 0.062, hz - 0.105),
        (hx + 0.103, hy - 0.062, hz + 0.105),
        (hx + 0.103, hy + 0.065, hz + 0.105),
        (hx + 0.103, hy + 0.065, hz - 0.105),
    ]
    solid.face(face, colour("16202C"), (hx, hy, hz), order=0.7, shine=0.2)
    solid.paint(sheet)
    ax, ay = solid.spot(hx, hy - 0.085, hz)
    sheet.fill_many(stroke([(ax, ay), (ax, ay - 0.055)], 0.012), lift(steel, -0.2))
    sheet.circle(ax, ay - 0.06, 0.02, colour("FF5A4A"))


def glow(sheet: Sheet, amount: float, how: How) -> None:
    """Eyes and mouth shine of themselves."""
    turn = _turn(how)
    if math.sin(turn) < 0.1:
        return
    solid = Solid(turn, 0.14, 9.0)
    hx, hy, hz = bones(how.action, how.phase).head
    cyan = colour("7FF0FF")
    squint = {"angry": 0.55, "sad": 0.8, "calm": 0.6}.get(how.expression, 1.0)
    for z in (-0.052, 0.052):
        x, y = solid.spot(hx + 0.105, hy - 0.018, hz + z)
        sheet.fill(ellipse(x, y, 0.024, 0.026 * squint), cyan)
        halo(sheet, x, y, 0.03, cyan, 0.35 + 0.3 * amount)
    curve = {"sad": -0.02, "angry": -0.012}.get(how.expression, 0.018)
    line = [
        solid.spot(hx + 0.105, hy + 0.032 + curve * (1 - (z / 0.05) ** 2), hz + z)
        for z in (-0.05, -0.025, 0.0, 0.025, 0.05)
    ]
    sheet.fill_many(stroke([(float(x), float(y)) for x, y in smooth(line, closed=False, steps=4)], 0.011), cyan)


SUBJECT = SubjectKind(
    draw=draw,
    box=person.SUBJECT.box,
    words=("robot", "android", "droid", "machine man", "bot"),
    implies="factory",
    size=0.32,
    metres=1.8,
    cycles={name: person.CYCLES[name] for name in ("stand", "walk", "run", "dance", "wave", "jump", "fly", "drift")},
    volume=0.5,
    shines=True,
    lamps=glow,
    turns=True,
    girth=0.55,
    spread=0.11,
)
