"""A reef fish that swims; a shark and a whale are its large relatives."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from engines.generate.procedural.draw.sheet import Points, Sheet, down, ellipse, smooth
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.palette import colour, lift

_TONES = (("F58B2E", "FFF3E0"), ("2E8FE0", "FFE05A"), ("F2C53A", "3A4A6A"), ("E85A6A", "FFE8E0"), ("6AD0C0", "1E5A7A"))


def _bend(points: Sequence[tuple[float, float]], phase: float, amount: float) -> list[tuple[float, float]]:
    """A wave runs down the body, stronger toward the tail: seen from the side it shortens and lifts it."""
    done = []
    for x, y in points:
        back = max(0.0, 0.25 - x)
        swing = math.sin(2 * math.pi * phase - back * 2.6)
        done.append((x + back * back * amount * 0.5 * swing, y + back * amount * 0.34 * swing))
    return done


def _curve(points: Sequence[tuple[float, float]], how: How, amount: float = 0.5) -> Points:
    return smooth(_bend(points, how.phase, amount), steps=7)


def draw(sheet: Sheet, how: How) -> None:
    """One beat of the tail, heading right."""
    if how.variant in ("shark", "whale"):
        _large(sheet, how)
        return
    pair = _TONES[how.seed % len(_TONES)]
    main, band = how.colour or colour(pair[0]), colour(pair[1])
    fin = lift(main, -0.09)
    sheet.fill(
        _curve([(-0.24, 0.0), (-0.42, -0.2), (-0.52, -0.19), (-0.46, 0.0), (-0.52, 0.2), (-0.42, 0.2)], how), fin
    )
    sheet.fill(_curve([(-0.2, -0.12), (-0.06, -0.29), (0.14, -0.27), (0.22, -0.13)], how), fin)
    sheet.fill(_curve([(-0.16, 0.12), (-0.1, 0.27), (0.02, 0.25), (0.08, 0.13)], how), fin)
    shape = [
        (-0.3, 0.0),
        (-0.14, -0.15),
        (0.12, -0.19),
        (0.34, -0.11),
        (0.475, 0.015),
        (0.36, 0.11),
        (0.12, 0.18),
        (-0.14, 0.14),
    ]
    sheet.fill(_curve(shape, how), down(-0.19, 0.18, lift(main, -0.03), main, lift(main, 0.12)))
    for x in (-0.12, 0.13):
        stripe = [(x, -0.24), (x + 0.09, -0.24), (x + 0.115, 0.0), (x + 0.08, 0.24), (x - 0.01, 0.24), (x + 0.03, 0.0)]
        sheet.shade(_curve(stripe, how), band, 0.95)
    flap = 0.06 * math.sin(4 * math.pi * how.phase)
    sheet.fill(smooth([(0.2, 0.03), (0.03, 0.05 + flap), (0.0, 0.15 + flap), (0.13, 0.12)], steps=6), lift(main, 0.05))
    sheet.circle(0.345, -0.03, 0.045, (1, 1, 1))
    sheet.circle(0.356, -0.03, 0.027, (0.06, 0.06, 0.08))
    sheet.fill(ellipse(0.347, -0.042, 0.009, 0.009), (1, 1, 1))


def _large(sheet: Sheet, how: How) -> None:
    whale = how.variant == "whale"
    main = how.colour or colour("3F6285" if whale else "6A7C8C")
    pale = lift(main, 0.26, 0.5)
    tail = [(-0.34, -0.02), (-0.44, -0.17), (-0.54, -0.24), (-0.49, -0.04), (-0.52, 0.12), (-0.44, 0.06)]
    sheet.fill(_curve(tail, how, 0.35), lift(main, -0.05))
    if not whale:
        sheet.fill(_curve([(-0.06, -0.1), (-0.04, -0.26), (0.02, -0.27), (0.1, -0.1)], how, 0.3), lift(main, -0.04))
    tall = 0.17 if whale else 0.115
    shape = [
        (-0.4, -0.015),
        (-0.2, -tall * 0.6),
        (0.1, -tall),
        (0.36, -tall * 0.8),
        (0.5, -0.01),
        (0.36, tall * 0.75),
        (0.1, tall),
        (-0.2, tall * 0.55),
        (-0.4, 0.02),
    ]
    sheet.fill(_curve(shape, how, 0.3), down(-tall, tall, main, main, lift(main, 0.05)))
    belly = [
        (0.49, 0.02),
        (0.3, tall * 0.5),
        (0.0, tall * 0.62),
        (-0.25, tall * 0.36),
        (-0.2, tall * 1.4),
        (0.2, tall * 1.5),
        (0.5, tall),
    ]
    sheet.shade(_curve(belly, how, 0.3), pale, 0.9)
    sheet.fill(
        smooth(
            [(0.16, tall * 0.5), (0.02, tall * 0.7), (-0.08, tall + 0.13), (0.02, tall + 0.1), (0.2, tall * 0.8)],
            steps=6,
        ),
        lift(main, -0.06),
    )
    sheet.circle(0.36, -0.01, 0.014, (0.04, 0.05, 0.06))
    line = np.array([(0.49, 0.025), (0.42, 0.045), (0.3, 0.04)])
    if whale:
        sheet.line([(float(x), float(y)) for x, y in line], 0.006, lift(main, -0.15))
    else:
        for k in range(4):
            sheet.line([(0.24 - 0.02 * k, -0.03), (0.235 - 0.02 * k, 0.04)], 0.005, lift(main, -0.14))


SUBJECT = SubjectKind(
    draw=draw,
    box=(-0.74, -0.42, 0.58, 0.42),
    words=("fish", "clownfish", "goldfish", "shoal", "school of fish", "salmon", "trout", "koi", "angelfish"),
    implies="underwater",
    ground="swims",
    size=0.2,
    metres=0.7,
    usual="swim",
    cycles={"swim": Cycle(12, 0.8, 0.0, 0.45)},
    variants={"shark": ("shark",), "whale": ("whale", "dolphin", "orca")},
    variant_sizes={"shark": 2.4, "whale": 3.2},
    volume=1.0,
    casts_shadow=False,
    spread=0.13,
    entities=("fish",),
)
