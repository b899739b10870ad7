"""A jellyfish whose bell opens and closes."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.sheet import Sheet, down, ellipse, stroke
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.palette import Colour, colour, lift


def draw(sheet: Sheet, how: How) -> None:
    """One pulse; `colour` dyes it."""
    _bell(sheet, how.phase, how.colour)


def _bell(sheet: Sheet, phase: float, tone: Colour | None = None) -> None:
    """A jellyfish; its bell opens and closes with `phase`."""
    pink, rose, violet = (
        (lift(tone, 0.22), tone, lift(tone, -0.12)) if tone else (colour("FFE3F7"), colour("D58AE0"), colour("9A62D0"))
    )
    pulse = 0.5 + 0.5 * math.sin(2 * math.pi * phase)
    wide, tall = 0.28 + 0.07 * pulse, 0.36 - 0.06 * pulse
    for i in range(7):
        x = (i - 3) / 3 * wide * 0.82
        wave = [
            (
                x + 0.05 * math.sin(2 * math.pi * (phase + k / 5 + i * 0.17)) * k / 4,
                -0.62 + k * 0.12 * (1 + 0.2 * (i % 2)),
            )
            for k in range(5)
        ]
        sheet.fill_many(stroke(wave, 0.03, 0.008), lift(rose, 0.1), 0.6)
    bell = np.concatenate([ellipse(0, -0.62, wide, tall, 180, 360), ellipse(0, -0.62, wide, 0.05, 0, 180)])
    sheet.fill(bell, down(-0.98, -0.58, pink, rose, violet), 0.86)
    sheet.fill(ellipse(0, -0.7, wide * 0.6, tall * 0.6, 180, 360), colour("FFF2FB"), 0.4)


SUBJECT = SubjectKind(
    draw=draw,
    box=(-0.44, -1.04, 0.44, 0.08),
    words=("jellyfish", "medusa", "octopus", "squid"),
    implies="underwater",
    ground="swims",
    size=0.34,
    metres=0.6,
    usual="swim",
    cycles={"swim": Cycle(40, 3.0, 0.0, 0.02)},
    volume=0.4,
    own_light=0.6,
    casts_shadow=False,
    spread=0.14,
)
