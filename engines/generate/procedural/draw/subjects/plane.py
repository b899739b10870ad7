"""An airliner in flight, in three-quarter view from below its nose; a biplane and a paper plane by name."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.relight import halo
from engines.generate.procedural.draw.sheet import Sheet, down, ellipse, smooth
from engines.generate.procedural.draw.solid import Solid
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.palette import Colour, colour, lift

_VIEW = 0.78


def draw(sheet: Sheet, how: How) -> None:
    """One pose, heading right."""
    solid = Solid(_VIEW + how.turn, -0.42, 6.0)
    if how.variant == "paper":
        _paper(sheet, solid, how.colour or colour("FBFAF6"))
        return
    white, accent = colour("F4F5F7"), how.colour or colour("2E6FC0")
    prop = how.variant == "propeller"
    grey = lift(white, -0.13)
    _wing(sheet, solid, -1, grey if not prop else lift(accent, -0.06), prop)
    _tail(sheet, solid, -1, grey)
    fin = [(-0.62, -0.08, 0), (-0.8, -0.3, 0), (-0.93, -0.3, 0), (-0.86, -0.05, 0)]
    axis = np.linspace(-0.95, 0.95, 40)
    r = (
        0.1
        * np.clip(1 - np.clip((axis - 0.62) / 0.33, 0, 1) ** 2.2, 0, 1) ** 0.5
        * np.clip(1 - np.clip((-0.35 - axis) / 0.62, 0, 1) ** 1.5 * 0.86, 0.1, 1)
    )
    rise = -0.05 * np.clip((-0.35 - axis) / 0.6, 0, 1)
    middle = solid.view(np.stack([axis, rise, np.zeros_like(axis)], axis=1))
    top, low = middle[:, :2] - np.stack([0 * r, r], axis=1), middle[:, :2] + np.stack([0 * r, r * 0.98], axis=1)
    sheet.fill([solid.spot(*spot) for spot in fin], accent)
    sheet.fill(
        np.concatenate([top, low[::-1]]),
        down(float(top[:, 1].min()), float(low[:, 1].max()), white, white, grey, lift(grey, -0.08)),
    )
    stripe = np.concatenate([middle[3:36, :2] + (0, 0.012), (middle[3:36, :2] + (0, 0.034))[::-1]])
    sheet.shade(stripe, accent, 0.95)
    for k in range(17):
        x, y = solid.spot(-0.55 + 0.065 * k, -0.012, 0.06)
        sheet.fill(ellipse(x, y - 0.012, 0.0095, 0.013), colour("34506E"))
    nose = [solid.spot(x, y, 0.05) for x, y in ((0.74, -0.055), (0.82, -0.04), (0.85, -0.015), (0.76, -0.02))]
    sheet.fill(np.array(nose), colour("22344A"))
    _wing(sheet, solid, 1, white if not prop else accent, prop)
    _tail(sheet, solid, 1, white)
    if prop:
        x, y = solid.spot(0.97, 0.0, 0.0)
        sheet.fill(ellipse(x, y, 0.02, 0.26), (0.85, 0.87, 0.9), 0.35 + 0.2 * math.sin(2 * math.pi * how.phase))
        sheet.circle(x, y, 0.035, colour("3A3E46"))


def _wing(sheet: Sheet, solid: Solid, side: int, tone: Colour, straight: bool) -> None:
    sweep = 0.0 if straight else 0.42
    spots = [(0.3, 0.05, 0.06), (0.02 - sweep, -0.03, 1.0), (-0.14 - sweep, -0.035, 1.0), (-0.26, 0.05, 0.06)]
    if straight:
        spots = [(0.32, 0.04, 0.05), (0.28, -0.0, 0.85), (0.02, -0.0, 0.85), (0.0, 0.04, 0.05)]
    sheet.fill(np.array([solid.spot(x, y, z * side) for x, y, z in spots]), tone)
    if straight:
        return
    x, y = solid.spot(0.06, 0.11, 0.34 * side)
    engine = smooth(
        [
            (x - 0.1, y - 0.04),
            (x + 0.06, y - 0.055),
            (x + 0.11, y - 0.045),
            (x + 0.11, y + 0.045),
            (x + 0.06, y + 0.055),
            (x - 0.1, y + 0.03),
        ],
        steps=5,
    )
    sheet.fill(engine, down(y - 0.05, y + 0.05, lift(tone, 0.02), lift(tone, -0.14)))
    sheet.fill(ellipse(x + 0.108, y, 0.018, 0.044), colour("30363F"))
    tip = [
        solid.spot(*spot)
        for spot in (
            (-0.44, -0.02, 0.92 * side),
            (-0.5, -0.1, 0.94 * side),
            (-0.57, -0.1, 0.94 * side),
            (-0.55, -0.025, 0.92 * side),
        )
    ]
    sheet.fill(np.array(tip), colour("2E6FC0"))


def _tail(sheet: Sheet, solid: Solid, side: int, tone: Colour) -> None:
    spots = [(-0.72, -0.07, 0.02), (-0.93, -0.09, 0.33), (-1.0, -0.09, 0.33), (-0.92, -0.06, 0.02)]
    sheet.fill(np.array([solid.spot(x, y, z * side) for x, y, z in spots]), lift(tone, -0.02))


def _paper(sheet: Sheet, solid: Solid, tone: Colour) -> None:
    nose, tail, keel = (0.9, 0.0, 0.0), (-0.7, -0.06, 0.0), (-0.7, 0.26, 0.0)
    for side in (-1, 1):
        sheet.fill(
            [solid.spot(*nose), solid.spot(-0.72, -0.16, 0.62 * side), solid.spot(-0.7, -0.06, 0.05 * side)],
            lift(tone, -0.1) if side < 0 else tone,
        )
        if side < 0:
            sheet.fill([solid.spot(*nose), solid.spot(*tail), solid.spot(*keel)], lift(tone, -0.2))


def lamps(sheet: Sheet, amount: float, how: How) -> None:
    """Lights at the tips, lit windows."""
    if how.variant == "paper":
        return
    solid = Solid(_VIEW + how.turn, -0.42, 6.0)
    for side, tone in ((-1, "40FF70"), (1, "FF4040")):
        x, y = solid.spot(-0.5, -0.02, 0.92 * side)
        halo(sheet, x, y, 0.05, colour(tone), 0.9 * amount)
    for k in range(17):
        x, y = solid.spot(-0.55 + 0.065 * k, -0.012, 0.06)
        sheet.fill(ellipse(x, y - 0.012, 0.0095, 0.013), colour("FFE9B0"), amount)


SUBJECT = SubjectKind(
    draw=draw,
    box=(-1.25, -0.7, 1.25, 0.6),
    words=("plane", "airplane", "aeroplane", "aircraft", "jet", "airliner", "flight"),
    implies="clouds",
    ground="flies",
    size=0.26,
    metres=30.0,
    usual="fly",
    cycles={"fly": Cycle(1, 1.0, 0.0, 0.8)},
    variants={"propeller": ("biplane", "propeller plane", "glider"), "paper": ("paper plane", "paper airplane")},
    view=0.78,
    volume=0.6,
    lamps=lamps,
    turns=True,
    casts_shadow=False,
    spread=0.25,
)
