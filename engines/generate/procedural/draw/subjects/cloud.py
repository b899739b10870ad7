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
    heaps = []
    for i in range(19):
        a, b, c = (float(hash01(i, k, how.seed)) for k in range(3))
        u = (i - 9) / 9 + 0.05 * (a - 0.5)
        # One great heap off the middle and a lesser one beside it.
        tall = max(0.95 * math.exp(-(((u + 0.22) / 0.33) ** 2)), 0.6 * math.exp(-(((u - 0.42) / 0.28) ** 2)), 0.16)
        heaps.append((u * 0.86, tall * (0.75 + 0.25 * b), 0.1 + 0.1 * tall + 0.05 * c, b))
    for tone, up, share in (
        (-0.2, 0.0, 1.0),
        (-0.12, 0.035, 0.93),
        (-0.05, 0.075, 0.82),
        (0.0, 0.11, 0.66),
        (0.04, 0.14, 0.42),
    ):
        puffs: list[Points] = []
        for i, (x, tall, r, b) in enumerate(heaps):
            for k in range(3):
                level = tall * (k + 1) / 3
                breath = 0.007 * math.sin(math.tau * (how.phase + b + 0.3 * k))
                w = r * share * (1.25 - 0.2 * k)
                puffs.append(
                    ellipse(x - 0.08 * up + 0.05 * (b - 0.5) * k, -0.12 - 0.78 * level - up * 0.7 + breath, w * 1.1, w)[
                        ::3
                    ]
                )
            del i
        if share == 1.0:
            puffs.append(ellipse(0.0, -0.1, 0.95, 0.09)[::3])
        sheet.fill_many(puffs, lift(white, tone), 0.97 if share == 1.0 else 0.85)


SUBJECT = SubjectKind(
    draw=draw,
    box=(-1.15, -1.1, 1.15, 0.12),
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
