"""A flock far off: small, dark, each beating in its own time."""

from __future__ import annotations

import math

from engines.generate.procedural.draw.sheet import Sheet, smooth
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.palette import colour, lift

_TONE = colour("2A2C36")


def draw(sheet: Sheet, how: How) -> None:
    """One of them, half from the front."""
    tone = how.colour or _TONE
    angle = 2 * math.pi * how.phase
    beat = math.sin(angle) if how.action != "glide" else 0.35
    late = math.sin(angle - 0.9) if how.action != "glide" else 0.1
    for side in (-1.0, 1.0):
        elbow = (side * 0.19, -0.12 * beat - 0.05)
        tip = (side * 0.5 - 0.06, elbow[1] - 0.2 * late + 0.03)
        wing = [
            (side * 0.02 + 0.04, -0.04),
            (elbow[0] + 0.05, elbow[1] - 0.02),
            tip,
            (elbow[0] - 0.06, elbow[1] + 0.06),
            (side * 0.05 - 0.07, 0.03),
        ]
        sheet.fill(smooth(wing, steps=7), tone if side > 0 else lift(tone, -0.03))
    body = [(-0.2, 0.035), (-0.05, -0.035), (0.1, -0.055), (0.2, -0.03), (0.11, 0.02), (-0.03, 0.045)]
    sheet.fill(smooth(body, steps=6), lift(tone, 0.03))


SUBJECT = SubjectKind(
    draw=draw,
    box=(-0.6, -0.46, 0.56, 0.36),
    words=("birds", "flock", "flock of birds", "geese", "gulls", "seagulls", "swarm of birds", "starling"),
    implies="sea",
    ground="flies",
    size=0.085,
    metres=0.8,
    usual="fly",
    cycles={"fly": Cycle(12, 0.6, 0.0, 0.75), "glide": Cycle(1, 1.0, 0.0, 0.75)},
    volume=0.5,
    casts_shadow=False,
    spread=0.05,
    group=9,
)
