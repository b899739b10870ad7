"""A fountain of stone with two basins; the water rises, falls in arcs and rings spread where it lands."""

from __future__ import annotations

import math

from engines.generate.procedural.draw.sheet import Sheet, across, down, ellipse, smooth, stroke
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.palette import colour, lift, mix

_STONE, _WATER = colour("B9B2A6"), colour("7FC0DC")


def draw(sheet: Sheet, how: How) -> None:
    """One moment; whole drops a cycle, so that it loops."""
    stone = how.colour or _STONE
    water, white = _WATER, colour("F2FAFF")
    # The low basin: its far rim, the water, then all that stands in it, then its near wall.
    sheet.fill(ellipse(0.0, -0.16, 0.72, 0.16), lift(stone, -0.04))
    sheet.fill(ellipse(0.0, -0.15, 0.66, 0.135), down(-0.28, -0.02, mix(water, white, 0.3), water, lift(water, -0.12)))
    for k in range(3):
        age = (how.phase + k / 3) % 1.0
        ring = ellipse(0.0, -0.15, 0.2 + 0.42 * age, 0.04 + 0.085 * age)
        sheet.line([(float(x), float(y)) for x, y in ring[::2]], 0.009, white, 0.55 * (1 - age))
    sheet.fill(
        smooth([(-0.1, -0.12), (-0.06, -0.3), (-0.1, -0.42), (0.1, -0.42), (0.06, -0.3), (0.1, -0.12)], steps=6),
        across(-0.1, 0.1, lift(stone, 0.05), stone, lift(stone, -0.16)),
    )
    sheet.fill(
        smooth([(-0.38, -0.5), (-0.3, -0.44), (-0.1, -0.4), (0.1, -0.4), (0.3, -0.44), (0.38, -0.5)], steps=6),
        across(-0.38, 0.38, lift(stone, 0.04), stone, lift(stone, -0.14)),
    )
    sheet.fill(ellipse(0.0, -0.5, 0.385, 0.07), lift(stone, 0.05))
    sheet.fill(ellipse(0.0, -0.5, 0.34, 0.055), mix(water, white, 0.25))
    _curtain(sheet, how.phase, 0.36, -0.5, 0.36)
    sheet.fill(smooth([(-0.045, -0.5), (-0.03, -0.62), (0.03, -0.62), (0.045, -0.5)], steps=5), stone)
    _jets(sheet, how.phase)
    low = [
        (0.72, -0.16),
        (0.68, 0.0),
        *[(float(x), float(y)) for x, y in ellipse(0.0, -0.02, 0.68, 0.13, 0, 180)],
        (-0.72, -0.16),
        *[(float(x), float(y)) for x, y in ellipse(0.0, -0.15, 0.67, 0.138, 180, 0)],
    ]
    sheet.fill(low, across(-0.72, 0.72, lift(stone, 0.06), stone, lift(stone, -0.18)))
    for k in range(9):
        a = math.pi * (k + 0.5) / 9
        x = 0.69 * math.cos(a)
        sheet.line(
            [(x, -0.155 + 0.145 * math.sin(a)), (x * 0.98, -0.03 + 0.13 * math.sin(a))], 0.006, lift(stone, -0.16), 0.7
        )


def _curtain(sheet: Sheet, phase: float, half: float, y0: float, long: float) -> None:
    """Threads of water over the rim of the upper basin."""
    for k in range(17):
        a = math.pi * (k + 0.5) / 17
        x, start = half * math.cos(a), y0 + 0.055 * math.sin(a)
        end = start + long * (0.85 + 0.15 * math.sin(a))
        sheet.fill_many(
            stroke([(x, start), (x * 1.08, (start + end) / 2), (x * 1.1, end)], 0.016, 0.01), colour("E6F4FC"), 0.5
        )
        for j in range(3):
            t = (phase * 2 + j / 3 + k * 0.37) % 1.0
            y = start + (end - start) * t * t
            sheet.fill(ellipse(x * (1 + 0.1 * t), y, 0.011, 0.026), (1, 1, 1), 0.8)


def _jets(sheet: Sheet, phase: float) -> None:
    """The jet in the middle and six that fall outward."""
    for k in (-3, -2, -1, 1, 2, 3):
        reach, top = 0.085 * k, 0.3 - 0.035 * abs(k)
        arc = [(reach * t, -0.62 - top * 4 * t * (1 - t) * 0.8 + t * 0.12) for t in [j / 14 for j in range(15)]]
        sheet.fill_many(stroke(arc, 0.02, 0.012), colour("DCEFFA"), 0.6)
        for j in range(5):
            t = (phase + j / 5 + 0.13 * k) % 1.0
            i = min(13, int(t * 14))
            f = t * 14 - i
            x, y = arc[i][0] * (1 - f) + arc[i + 1][0] * f, arc[i][1] * (1 - f) + arc[i + 1][1] * f
            sheet.fill(ellipse(x, y, 0.013, 0.017), (1, 1, 1), 0.9)
    beat = 0.015 * math.sin(math.tau * phase)
    sheet.fill(
        smooth(
            [(-0.022, -0.6), (-0.03, -0.8), (-0.012, -0.98 - beat), (0.012, -0.98 - beat), (0.03, -0.8), (0.022, -0.6)],
            steps=6,
        ),
        down(-1.0, -0.6, colour("FFFFFF"), colour("D2EAF8")),
        0.85,
    )
    for j in range(10):
        t = (phase + j / 10) % 1.0
        side = 1 if j % 2 else -1
        x = side * (0.02 + 0.1 * t) * (0.6 + 0.4 * (j % 3))
        y = -0.98 + 1.1 * (t - 0.28) ** 2 - 0.086
        sheet.fill(ellipse(x, y, 0.013, 0.017), (1, 1, 1), 0.85 * (1 - t * 0.5))


SUBJECT = SubjectKind(
    draw=draw,
    box=(-0.78, -1.08, 0.78, 0.14),
    words=("fountain", "water fountain", "well spring"),
    implies="park",
    size=0.4,
    metres=3.5,
    cycles={"stand": Cycle(16, 1.0)},
    volume=0.4,
    spread=0.3,
)
