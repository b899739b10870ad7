"""A phone that stands a little turned, its screen alive; a laptop and a screen by name."""

from __future__ import annotations

import math

from engines.generate.procedural.draw.sheet import Sheet
from engines.generate.procedural.draw.solid import Solid, Spot
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.palette import Colour, colour, lift

_VIEW = 1.05
_W, _D, _H = 0.245, 0.03, 1.0


def draw(sheet: Sheet, how: How) -> None:
    """The body; the screen is painted by its own light."""
    body = how.colour or colour("2A2E36")
    if how.variant == "laptop":
        _laptop(sheet, how)
        return
    solid = Solid(_VIEW + how.turn, 0.1, 5.0)
    rim = lift(body, 0.14)
    outline = _rounded(_W, -_H, 0.0, 0.075)
    for k in range(len(outline)):
        (z0, y0), (z1, y1) = outline[k], outline[(k + 1) % len(outline)]
        solid.face([(_D, y0, z0), (_D, y1, z1), (-_D, y1, z1), (-_D, y0, z0)], rim, (0, -0.5, 0))
    solid.face([(_D, y, z) for z, y in outline], colour("0C0E12"), (0, -0.5, 0), order=0.05)
    solid.face([(-_D, y, z) for z, y in outline], body, (0, -0.5, 0), order=0.05)
    for k, (z, y) in enumerate(((0.13, -0.88), (0.13, -0.77), (0.05, -0.825))):
        lens = [
            (-_D - 0.004, y + 0.042 * math.sin(a), z + 0.042 * math.cos(a))
            for a in [j * math.tau / 14 for j in range(14)]
        ]
        solid.face(lens, colour("14161B") if k < 2 else colour("E8E2C8"), (0, -0.5, 0), order=0.1)
    solid.paint(sheet)


def _rounded(w: float, top: float, low: float, r: float) -> list[tuple[float, float]]:
    points = []
    for cz, cy, start in ((w - r, low - r, 0.0), (-w + r, low - r, 0.5), (-w + r, top + r, 1.0), (w - r, top + r, 1.5)):
        points += [
            (cz + r * math.cos(math.pi * (start + t / 8)), cy + r * math.sin(math.pi * (start + t / 8)))
            for t in range(5)
        ]
    return points


def screen(sheet: Sheet, amount: float, how: How) -> None:
    """What the screen shows: a picture, cards, a bar that runs."""
    solid = Solid((_VIEW if how.variant != "laptop" else 1.0) + how.turn, 0.1 if how.variant != "laptop" else 0.24, 5.0)
    if math.sin((_VIEW if how.variant != "laptop" else 1.0) + how.turn) < 0.08:
        return
    if how.variant == "laptop":
        _screen(sheet, solid, -0.95, -0.2, 0.6, -0.13, 0.2, how.phase, wide=True)
        return
    _screen(sheet, solid, -_H + 0.035, -0.035, _W - 0.022, _D + 0.002, 0.0, how.phase, wide=False)
    del amount


def _screen(
    sheet: Sheet, solid: Solid, top: float, low: float, w: float, x: float, lean: float, phase: float, wide: bool
) -> None:
    tall = low - top

    def at(u: float, v: float) -> tuple[float, float]:
        spot: Spot = (x - lean * (1 - v) * tall, top + v * tall, -w + 2 * w * (1 - u))
        return solid.spot(*spot)

    def block(u0: float, v0: float, u1: float, v1: float, tone: Colour, alpha: float = 1.0) -> None:
        sheet.fill([at(u0, v0), at(u1, v0), at(u1, v1), at(u0, v1)], tone, alpha)

    steps = 10
    for k in range(steps):
        t = k / (steps - 1)
        block(0, k / steps, 1, (k + 1) / steps + 0.004, (0.16 + 0.3 * t, 0.36 + 0.2 * t, 0.86 - 0.16 * t))
    if wide:
        block(0.04, 0.1, 0.3, 0.92, colour("F4F7FC"), 0.92)
        for k in range(5):
            block(
                0.36 + 0.12 * k,
                0.9 - (0.25 + 0.12 * k + 0.1 * math.sin(2 * math.pi * phase + k)),
                0.44 + 0.12 * k,
                0.9,
                colour("FFD36A"),
            )
        return
    block(0.08, 0.09, 0.92, 0.42, colour("FFB45A"))
    sun = [at(0.62 + 0.12 * math.cos(a), 0.22 + 0.055 * math.sin(a)) for a in [j * math.tau / 16 for j in range(16)]]
    sheet.fill(sun, colour("FFF2C0"))
    sheet.fill(
        [at(0.08, 0.42), at(0.08, 0.34), at(0.32, 0.24), at(0.5, 0.33), at(0.68, 0.27), at(0.92, 0.37), at(0.92, 0.42)],
        colour("7A3E86"),
    )
    for k in range(3):
        v = 0.47 + 0.14 * k
        block(0.08, v, 0.92, v + 0.11, colour("F6F8FC"), 0.95)
        block(0.12, v + 0.025, 0.28, v + 0.085, colour(("FF6A5A", "4AC08A", "5A8CF0")[k]))
        block(0.34, v + 0.03, 0.78, v + 0.048, colour("B4BCC8"))
        block(0.34, v + 0.062, 0.64, v + 0.078, colour("D2D8E0"))
    block(0.1, 0.925, 0.9, 0.94, (1, 1, 1), 0.4)
    block(0.1, 0.925, 0.1 + 0.8 * (0.5 - 0.5 * math.cos(math.tau * phase)), 0.94, (1, 1, 1))


def _laptop(sheet: Sheet, how: How) -> None:
    metal = how.colour or colour("B8BEC8")
    solid = Solid(1.0 + how.turn, 0.24, 5.0)
    solid.box((-0.1, -0.05, -0.66), (0.72, 0.0, 0.66), metal)
    for row in range(4):
        for k in range(11):
            x, z = 0.02 + 0.09 * row, -0.58 + 0.106 * k
            solid.face(
                [(x, -0.052, z), (x + 0.07, -0.052, z), (x + 0.07, -0.052, z + 0.085), (x, -0.052, z + 0.085)],
                colour("3A3F48"),
                (x, 0.2, z),
                order=0.3,
            )
    solid.face(
        [(0.45, -0.052, -0.2), (0.66, -0.052, -0.2), (0.66, -0.052, 0.2), (0.45, -0.052, 0.2)],
        lift(metal, -0.06),
        (0.4, 0.2, 0),
        order=0.3,
    )
    lid = [(-0.1, -0.05, -0.66), (-0.1, -0.05, 0.66), (-0.3, -1.0, 0.66), (-0.3, -1.0, -0.66)]
    solid.face(lid, colour("16181D"), (-0.6, -0.4, 0.0), order=-0.1)
    solid.face([(x - 0.02, y, z) for x, y, z in lid], metal, (0.6, -0.4, 0.0), order=-0.2)
    solid.paint(sheet)


SUBJECT = SubjectKind(
    draw=draw,
    box=(-1.0, -1.12, 1.06, 0.34),
    words=("phone", "smartphone", "mobile", "cellphone", "iphone", "tablet", "device"),
    implies="studio",
    size=0.42,
    metres=0.16,
    cycles={"stand": Cycle(24, 4.0)},
    variants={"laptop": ("laptop", "computer", "notebook computer")},
    view=1.05,
    volume=0.25,
    shines=True,
    lamps=screen,
    turns=True,
    girth=0.6,
    spread=0.2,
)
