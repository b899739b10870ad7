"""A single heaped cloud."""

from __future__ import annotations

import math

from engines.generate.procedural.draw.sheet import Points, Sheet, ellipse
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.draw.window import hash01
from engines.generate.procedural.palette import colour, lift


def draw(sheet: Sheet, how: How) -> None:
    """Heaps in four tones, flat below."""
    white = how.colour or colour("FBFCFE")
    for tone, up, share in ((-0.17, 0.0, 1.0), (-0.09, 0.05, 0.92), (-0.03, 0.1, 0.8), (0.03, 0.15, 0.62)):
        puffs: list[Points] = []
        for i in range(15):
            a, b = float(hash01(i, 1, how.seed)), float(hash01(i, 2, how.seed))
            u = (i - 7) / 7
            tall = math.sqrt(max(0.0, 1 - u * u)) * (0.62 + 0.38 * math.cos(u * 4 + how.seed % 5))
            r = (0.12 + 0.17 * tall + 0.05 * a) * share
            breath = 0.008 * math.sin(math.tau * (how.phase + b))
            puffs.append(
                ellipse(u * 0.78 - 0.06 * up, -0.24 - 0.42 * tall * (0.6 + 0.4 * b) - up + breath, r * 1.1, r)[::3]
            )
        if share == 1.0:
            puffs.append(ellipse(0.0, -0.2, 0.9, 0.12)[::3])
        sheet.fill_many(puffs, lift(white, tone), 0.96 if share == 1.0 else 0.8)


SUBJECT = SubjectKind(
    draw=draw,
    box=(-1.15, -1.1, 1.15, 0.02),
    words=("cumulus", "lone cloud", "little cloud", "single cloud"),
    implies="meadow",
    ground="hangs",
    size=0.2,
    metres=400.0,
    cycles={"stand": Cycle(8, 8.0, 0.0, 0.05)},
    volume=0.7,
    casts_shadow=False,
    spread=0.3,
    entities=("cloud",),
)
