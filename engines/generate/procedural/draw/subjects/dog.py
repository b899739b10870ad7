"""A dog: trots, runs, or stands and wags."""

from __future__ import annotations

import math

from engines.generate.procedural.draw.beast import Gait, Legs, body, gait_of, heave, tail_line
from engines.generate.procedural.draw.sheet import Sheet, down, ellipse, rect, smooth, stroke
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.palette import colour, lift

WALK, RUN = Gait(0.2, 0.5, 0.1, "trot"), Gait(0.34, 0.3, 0.22, "run")
_COAT = colour("C68A4A")
_COATS = {"wolf": colour("3A3434"), "fox": colour("D8662A")}

_WILD = ("wolf", "fox")
"""Pointed ears, no collar."""


def draw(sheet: Sheet, how: How) -> None:
    """One pose, heading right."""
    coat = how.colour or _COATS.get(how.variant, _COAT)
    pale, dark = lift(coat, 0.16, 0.7), lift(coat, -0.13)
    gait = gait_of(how.action, WALK, RUN)
    drop, pitch = heave(how.phase, gait)
    sock = colour("3A2822") if how.variant == "fox" else coat
    legs = Legs(-0.4, 0.27, -0.42, (0.14, 0.082, 0.066), coat, sock, 0.055, paws=True, apart=0.06)
    legs.draw(sheet, how.phase, gait, True, drop, pitch)
    wag = 0.9 * math.sin(2 * math.pi * how.phase * (2 if gait is None else 1))
    tail = tail_line(-0.5, -0.64 + drop - 0.5 * pitch, 0.38, 0.75 + 0.25 * wag, 0.6 + 0.2 * wag)
    if how.variant == "fox":  # a brush, low, with a white tip
        tail = tail_line(-0.5, -0.6 + drop - 0.5 * pitch, 0.5, -0.25 + 0.12 * wag, 0.35)
        sheet.fill_many(
            [*stroke(tail[: len(tail) // 2 + 1], 0.08, 0.2), *stroke(tail[len(tail) // 2 :], 0.2, 0.1)], coat
        )
        sheet.fill_many(stroke(tail[-3:], 0.15, 0.05), colour("F6EFE6"))
    else:
        sheet.fill_many(stroke(tail, 0.1, 0.05), coat)
        sheet.fill_many(stroke(tail[-3:], 0.062, 0.035), pale)
    legs.draw(sheet, how.phase, gait, False, drop, pitch)
    trunk = [
        (-0.53, -0.58), (-0.46, -0.71), (-0.2, -0.7), (0.1, -0.7), (0.3, -0.76), (0.42, -0.66), (0.42, -0.48), (0.3, -0.36), (0.05, -0.36),
        (-0.25, -0.42), (-0.46, -0.4),
    ]  # fmt: skip
    sheet.fill(smooth(body(trunk, drop, pitch), steps=7), down(-0.76, -0.36, lift(coat, 0.04), coat, dark))
    bob = drop + pitch * 0.35 + 0.015 * math.sin(4 * math.pi * how.phase)

    def up(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(x, y + bob) for x, y in points]

    sheet.fill(smooth(up([(0.22, -0.72), (0.36, -0.92), (0.52, -0.9), (0.5, -0.62), (0.36, -0.46)]), steps=7), coat)
    sheet.fill(smooth(up([(0.44, -0.62), (0.5, -0.72), (0.47, -0.5), (0.34, -0.42), (0.3, -0.47)]), steps=6), pale)
    # The far ear, the head with its muzzle, the near ear.
    sheet.fill(smooth(up([(0.52, -0.98), (0.6, -1.0), (0.63, -0.86), (0.55, -0.84)]), steps=5), dark)
    sheet.fill(
        smooth(
            up(
                [
                    (0.36, -0.9),
                    (0.42, -1.0),
                    (0.54, -1.02),
                    (0.63, -0.95),
                    (0.66, -0.89),
                    (0.8, -0.855),
                    (0.83, -0.8),
                    (0.79, -0.745),
                    (0.64, -0.72),
                    (0.48, -0.72),
                    (0.38, -0.78),
                ]
            ),
            steps=7,
        ),
        coat,
    )
    sheet.fill(
        smooth(
            up([(0.63, -0.83), (0.8, -0.83), (0.82, -0.79), (0.78, -0.745), (0.64, -0.725), (0.56, -0.74)]), steps=6
        ),
        pale,
    )
    sheet.fill(ellipse(0.815, -0.835 + bob, 0.042, 0.034), colour("231C1E"))
    if how.action != "stand" or how.close:
        sheet.fill(smooth(up([(0.7, -0.745), (0.78, -0.755), (0.76, -0.68), (0.71, -0.68)]), steps=5), colour("E2707A"))
    sheet.circle(0.615, -0.895 + bob, 0.026, (0.06, 0.04, 0.04))
    sheet.circle(0.608, -0.903 + bob, 0.008, (1, 1, 1))
    flap = 0.05 * math.sin(4 * math.pi * how.phase) if gait else 0.0
    if how.variant in _WILD:
        sheet.fill(up([(0.38, -0.96), (0.4, -1.12), (0.5, -1.0)]), dark)
    else:
        sheet.fill(
            smooth(
                up(
                    [
                        (0.37, -0.98),
                        (0.47, -1.0),
                        (0.49, -0.86),
                        (0.43 - flap, -0.7 - flap),
                        (0.35 - flap, -0.74 - flap),
                        (0.34, -0.88),
                    ]
                ),
                steps=7,
            ),
            lift(coat, -0.16),
        )
    if how.variant not in _WILD:
        sheet.shade(rect(0.25, -0.71 + bob, 0.6, -0.66 + bob), colour("D23A36"), 0.95)


SUBJECT = SubjectKind(
    draw=draw,
    box=(-1.0, -1.16, 0.9, 0.05),
    words=("dog", "puppy", "hound", "labrador", "retriever", "terrier", "pup"),
    implies="meadow",
    size=0.19,
    metres=0.75,
    cycles={"stand": Cycle(16, 1.4), "walk": Cycle(20, 0.8, WALK.stride, 1.0), "run": Cycle(16, 0.45, RUN.stride, 2.4)},
    variants={"wolf": ("wolf", "husky", "coyote"), "fox": ("fox", "vixen", "jackal", "dingo")},
    spread=0.14,
)
