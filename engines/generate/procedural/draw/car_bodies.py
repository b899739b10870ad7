"""The bodies of cars as side profiles: a saloon, a van, a bus, a lorry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

RADIUS = 0.235
"""Of a wheel, in the car's heights."""


@dataclass(frozen=True)
class Body:
    """A side profile (x, y) from the rear bumper over the roof to the front, its half widths, what each strip is, and the windows."""

    profile: Sequence[tuple[float, float]]
    half: Sequence[float]
    strips: str
    windows: Sequence[Sequence[tuple[float, float]]]
    wheels: tuple[float, float]
    lamp_y: float = -0.46


BODIES = {
    "": Body(
        (
            (-1.3, -0.2),
            (-1.36, -0.42),
            (-1.3, -0.62),
            (-1.0, -0.69),
            (-0.62, -0.95),
            (-0.2, -1.0),
            (0.2, -0.96),
            (0.62, -0.68),
            (1.15, -0.58),
            (1.34, -0.45),
            (1.34, -0.2),
        ),
        (0.54, 0.56, 0.54, 0.52, 0.42, 0.41, 0.42, 0.52, 0.52, 0.54, 0.54),
        "bbbgbbgbbbd",
        (
            ((-0.88, -0.68), (-0.58, -0.91), (-0.12, -0.945), (-0.12, -0.68)),
            ((-0.05, -0.68), (-0.05, -0.945), (0.16, -0.91), (0.48, -0.68)),
        ),
        (-0.78, 0.82),
    ),
    "van": Body(
        (
            (-1.3, -0.18),
            (-1.34, -0.6),
            (-1.28, -1.0),
            (-0.4, -1.03),
            (0.42, -1.0),
            (0.86, -0.66),
            (1.24, -0.56),
            (1.32, -0.42),
            (1.32, -0.18),
        ),
        (0.52, 0.53, 0.46, 0.46, 0.46, 0.52, 0.52, 0.53, 0.53),
        "bbbbgbbbd",
        (
            ((0.0, -0.66), (0.0, -0.93), (0.4, -0.93), (0.7, -0.66)),
            ((-0.6, -0.66), (-0.6, -0.93), (-0.08, -0.93), (-0.08, -0.66)),
            ((-1.22, -0.66), (-1.2, -0.93), (-0.68, -0.93), (-0.68, -0.66)),
        ),
        (-0.8, 0.84),
    ),
    "bus": Body(
        (
            (-1.9, -0.12),
            (-1.93, -0.5),
            (-1.9, -0.98),
            (-1.8, -1.03),
            (1.78, -1.03),
            (1.88, -0.95),
            (1.93, -0.45),
            (1.92, -0.12),
        ),
        (0.4, 0.41, 0.4, 0.37, 0.37, 0.4, 0.41, 0.41),
        "bbbbbgbd",
        tuple(
            ((-1.8 + 0.6 * k, -0.52), (-1.8 + 0.6 * k, -0.88), (-1.26 + 0.6 * k, -0.88), (-1.26 + 0.6 * k, -0.52))
            for k in range(6)
        ),
        (-1.2, 1.25),
        -0.28,
    ),
    "truck": Body(
        ((0.62, -0.16), (0.62, -0.9), (0.72, -0.96), (1.15, -0.95), (1.36, -0.58), (1.42, -0.5), (1.44, -0.16)),
        (0.44, 0.44, 0.42, 0.42, 0.44, 0.44, 0.44),
        "bbbgbbd",
        (((0.74, -0.58), (0.76, -0.86), (1.08, -0.86), (1.24, -0.58)),),
        (-0.95, 1.05),
        -0.34,
    ),
}


def half_width(body: Body, y: float) -> float:
    """Half the width of the side at a height: it draws in above the belt line."""
    ys = [point[1] for point in body.profile]
    top, belt = min(ys), max(body.half)
    if y > -0.62:
        return belt
    return belt + (body.half[ys.index(top)] - belt) * min(1.0, (-0.62 - y) / max(0.05, -0.62 - top))
