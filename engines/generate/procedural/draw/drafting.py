"""Lines of a technical drawing: boxes, arcs, measures, a house and its plan, gears, the title block."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

Line = Sequence[tuple[float, float]]


def length_of(line: Line) -> float:
    """How long a line is."""
    return sum(math.dist(a, b) for a, b in pairwise(line))


def box(x0: float, y0: float, x1: float, y1: float) -> Line:
    """A rectangle."""
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]


def arc(x: float, y: float, r: float, a: float = 0.0, b: float = 360.0) -> Line:
    """A part of a circle, in degrees clockwise from the right."""
    steps = max(8, int(abs(b - a) / 6))
    return [
        (
            x + r * math.cos(math.radians(a + (b - a) * k / steps)),
            y + r * math.sin(math.radians(a + (b - a) * k / steps)),
        )
        for k in range(steps + 1)
    ]


def measure(x0: float, x1: float, y: float, flat: bool = True) -> list[Line]:
    """A dimension with its ticks."""
    lines: list[Line] = [[(x0, y), (x1, y)]]
    for x in (x0, x1):
        lines += [[(x, y - 0.016), (x, y + 0.016)], [(x - 0.009, y + 0.009), (x + 0.009, y - 0.009)]]
    if not flat:
        lines = [[(b, a) for a, b in line] for line in lines]
    return lines


def house_front(x: float, y: float, s: float) -> tuple[list[Line], list[Line]]:
    """Front of a house on the ground line at y, `s` half its width: outline, and its details."""
    outline: list[Line] = [
        [(x - s * 1.25, y), (x + s * 1.25, y)],
        [(x - s, y), (x - s, y - s * 0.9), (x + s, y - s * 0.9), (x + s, y)],
        [(x - s * 1.14, y - s * 0.86), (x, y - s * 1.7), (x + s * 1.14, y - s * 0.86), (x - s * 1.14, y - s * 0.86)],
        [
            (x + s * 0.5, y - s * 1.36),
            (x + s * 0.5, y - s * 1.72),
            (x + s * 0.7, y - s * 1.72),
            (x + s * 0.7, y - s * 1.2),
        ],
    ]
    details: list[Line] = [
        box(x - s * 0.16, y - s * 0.56, x + s * 0.16, y),
        arc(x, y - s * 0.56, s * 0.16, 180, 360),
        arc(x + s * 0.1, y - s * 0.28, s * 0.02),
    ]
    for k in (-0.62, 0.62):
        wx, wy, w = x + k * s, y - s * 0.45, s * 0.2
        details += [
            box(wx - w, wy - w, wx + w, wy + w),
            [(wx, wy - w), (wx, wy + w)],
            [(wx - w, wy), (wx + w, wy)],
            [(wx - w * 1.2, wy + w * 1.15), (wx + w * 1.2, wy + w * 1.15)],
        ]
    details += [
        arc(x, y - s * 1.2, s * 0.17),
        [(x - s * 0.17, y - s * 1.2), (x + s * 0.17, y - s * 1.2)],
        [(x, y - s * 1.37), (x, y - s * 1.03)],
    ]
    for k in range(9):
        u = (k + 1) / 10
        details.append(
            [
                (x - s * 1.14 * (1 - u), y - s * (0.86 + 0.84 * u)),
                (x - s * 1.14 * (1 - u) + s * 0.07, y - s * (0.86 + 0.84 * u) + s * 0.1),
            ]
        )
    return outline, details


def house_plan(x: float, y: float, s: float) -> list[Line]:
    """A plan: walls, doors with their swings, stairs."""
    wall = 0.05 * s
    lines: list[Line] = [
        box(x - s, y - s * 0.8, x + s, y + s * 0.8),
        box(x - s + wall, y - s * 0.8 + wall, x + s - wall, y + s * 0.8 - wall),
    ]
    lines += [
        [(x - s * 0.2, y - s * 0.75), (x - s * 0.2, y - s * 0.2)],
        [(x - s * 0.2, y + s * 0.1), (x - s * 0.2, y + s * 0.75)],
    ]
    lines += [
        [(x - s * 0.2, y + s * 0.1), (x + s * 0.45, y + s * 0.1)],
        [(x + s * 0.75, y + s * 0.1), (x + s * 0.95, y + s * 0.1)],
    ]
    lines += [
        arc(x - s * 0.2, y + s * 0.1, s * 0.3, 180, 270),
        [(x - s * 0.2, y + s * 0.1), (x - s * 0.5, y + s * 0.1)],
    ]
    lines += [
        arc(x + s * 0.45, y + s * 0.1, s * 0.3, 270, 360),
        [(x + s * 0.45, y + s * 0.1), (x + s * 0.45, y - s * 0.2)],
    ]
    lines += [[(x + s * (0.4 + 0.07 * k), y - s * 0.75), (x + s * (0.4 + 0.07 * k), y - s * 0.45)] for k in range(8)]
    lines += [
        box(x - s * 0.85, y - s * 0.65, x - s * 0.5, y - s * 0.25),
        arc(x + s * 0.3, y + s * 0.42, s * 0.15),
        arc(x - s * 0.6, y + s * 0.42, s * 0.1),
    ]
    return lines


def gear(x: float, y: float, r: float, teeth: int = 14) -> list[Line]:
    """A toothed wheel with its spokes."""
    points = []
    for k in range(teeth * 4):
        a = 2 * math.pi * k / (teeth * 4)
        d = r * (1.0 if k % 4 in (1, 2) else 0.84)
        points.append((x + d * math.cos(a), y + d * math.sin(a)))
    return [
        [*points, points[0]],
        arc(x, y, r * 0.62),
        arc(x, y, r * 0.2),
        *(
            [
                (x + r * 0.2 * math.cos(a), y + r * 0.2 * math.sin(a)),
                (x + r * 0.62 * math.cos(a), y + r * 0.62 * math.sin(a)),
            ]
            for a in (k * math.pi / 3 for k in range(6))
        ),
    ]


def title_block(x1: float, y1: float, wide: float) -> list[Line]:
    """The block in the corner, with strokes for its writing."""
    x0, y0 = x1 - wide, y1 - wide * 0.34
    lines: list[Line] = [
        box(x0, y0, x1, y1),
        [(x0, y0 + wide * 0.14), (x1, y0 + wide * 0.14)],
        [(x0 + wide * 0.6, y0 + wide * 0.14), (x0 + wide * 0.6, y1)],
    ]
    for row, (left, right) in enumerate(((0.06, 0.5), (0.06, 0.42), (0.66, 0.9), (0.66, 0.84))):
        y = y0 + wide * (0.2 + 0.07 * (row % 2))
        lines.append([(x0 + wide * left, y), (x0 + wide * right, y)])
    lines.append([(x0 + wide * 0.06, y0 + wide * 0.07), (x0 + wide * 0.74, y0 + wide * 0.07)])
    return lines
