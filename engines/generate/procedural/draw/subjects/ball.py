"""A ball that rolls and bounces: a beach ball, a football, a basketball, a plain sphere."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.sheet import Sheet, ellipse
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.palette import Colour, colour, lift

R = 0.5


def _spot(a: float, b: float, roll: float) -> tuple[float, float, float]:
    """A place on the ball, by longitude and latitude about an axis that leans to the viewer; it rolls to the right."""
    x, y, z = math.cos(b) * math.cos(a), math.cos(b) * math.sin(a), math.sin(b)
    c, s = math.cos(roll), math.sin(roll)
    x, y = x * c - y * s, x * s + y * c
    c, s = math.cos(0.6), math.sin(0.6)
    y, z = y * c - z * s, y * s + z * c
    return x * R, y * R - R, z


def _patch(sheet: Sheet, edge: list[tuple[float, float, float]], tone: Colour) -> None:
    if all(z < 0 for _, _, z in edge):
        return
    points = []
    for x, y, z in edge:
        if z < 0:
            d = math.hypot(x, y + R) or 1.0
            x, y = x / d * R, (y + R) / d * R - R
        points.append((x, y))
    sheet.shade(np.array(points), tone)


def draw(sheet: Sheet, how: How) -> None:
    """One moment of its roll."""
    roll = 2 * math.pi * how.phase
    base = {"football": "F6F6F4", "basketball": "D87432", "plain": "D8423A"}.get(how.variant, "FBF7EE")
    sheet.fill(ellipse(0.0, -R, R, R), how.colour if how.colour is not None and how.variant else colour(base))
    if how.variant == "football":
        _football(sheet, roll)
    elif how.variant == "basketball":
        dark = colour("3A2218")
        for k in range(3):
            _seam(
                sheet,
                [_spot(math.pi * k / 2 + (0.0 if k < 2 else 0.8), b, roll) for b in np.linspace(-math.pi, math.pi, 49)],
                dark,
            )
        _seam(sheet, [_spot(a, 0.0, roll) for a in np.linspace(0, 2 * math.pi, 49)], dark)
    elif how.variant != "plain":
        tones = [
            how.colour or colour("E0403A"),
            colour("FBF7EE"),
            colour("3A7FD0") if how.colour is None else lift(how.colour, -0.15),
            colour("FBF7EE"),
            colour("F2B92E") if how.colour is None else lift(how.colour, 0.1),
            colour("FBF7EE"),
        ]
        for k, tone in enumerate(tones):
            a0, a1 = math.pi * k / 3, math.pi * (k + 1) / 3
            edge = [_spot(a0, b, roll) for b in np.linspace(-1.57, 1.57, 15)] + [
                _spot(a1, b, roll) for b in np.linspace(1.57, -1.57, 15)
            ]
            _patch(sheet, edge, tone)
        for pole in (1.57, -1.57):
            _patch(
                sheet,
                [_spot(a, pole - math.copysign(0.22, pole), roll) for a in np.linspace(0, 2 * math.pi, 16)],
                colour("FBF7EE"),
            )
    _shine(sheet)


def _seam(sheet: Sheet, line: list[tuple[float, float, float]], tone: Colour) -> None:
    for (x0, y0, z0), (x1, y1, z1) in zip(line, line[1:], strict=False):
        if z0 > 0 and z1 > 0:
            sheet.line([(x0, y0), (x1, y1)], 0.028, tone)


def _football(sheet: Sheet, roll: float) -> None:
    golden = (1 + math.sqrt(5)) / 2
    corners = [(0.0, s * 1.0, t * golden) for s in (-1, 1) for t in (-1, 1)]
    corners += [(s * 1.0, t * golden, 0.0) for s in (-1, 1) for t in (-1, 1)]
    corners += [(t * golden, 0.0, s * 1.0) for s in (-1, 1) for t in (-1, 1)]
    for x, y, z in corners:
        length = math.sqrt(x * x + y * y + z * z)
        a, b = math.atan2(y, x), math.asin(z / length)
        edge = [
            _spot(a + 0.36 * math.cos(t) / max(0.35, math.cos(b)), b + 0.36 * math.sin(t), roll)
            for t in [k * math.tau / 5 for k in range(5)]
        ]
        if sum(spot[2] for spot in edge) > 0.2:
            _patch(sheet, edge, colour("24262C"))


def _shine(sheet: Sheet) -> None:
    sheet.shade(ellipse(0.16, -0.36, 0.5, 0.5), (1, 1, 1), 0.0)
    for k in range(4):
        ring = np.concatenate(
            [
                ellipse(0, -R, R * 1.02, R * 1.02, 10, 190),
                ellipse(-0.05 - 0.03 * k, -R - 0.06 - 0.02 * k, R * (0.98 - 0.05 * k), R * (0.98 - 0.05 * k), 190, 10),
            ]
        )
        sheet.shade(ring, (0.08, 0.06, 0.14), 0.1)
    sheet.shade(ellipse(-0.19, -0.72, 0.12, 0.08), (1, 1, 1), 0.4)


SUBJECT = SubjectKind(
    draw=draw,
    box=(-0.55, -1.05, 0.55, 0.05),
    words=("ball", "beach ball", "toy ball"),
    implies="beach",
    size=0.17,
    metres=0.5,
    cycles={"stand": Cycle(), "roll": Cycle(24, 1.0, math.pi, 1.6)},
    variants={
        "football": ("football", "soccer ball"),
        "basketball": ("basketball",),
        "plain": ("sphere ball", "rubber ball", "red ball", "orb"),
    },
    volume=1.5,
    spread=0.14,
    entities=("circle",),
)
