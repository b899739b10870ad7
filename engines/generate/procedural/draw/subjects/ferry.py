"""A ferry of three decks, about three times as long as high."""

from __future__ import annotations

import numpy as np

from engines.generate.procedural.draw.relight import halo
from engines.generate.procedural.draw.sheet import Sheet, across, down, rect
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.palette import Colour, colour, lift

WARM, WHITE = colour("FFD98A"), colour("F7F3EA")


def draw(sheet: Sheet, how: How) -> None:
    """The ship; `colour` paints its hull."""
    _ship(sheet, how.colour)


def lamps(sheet: Sheet, amount: float, how: How) -> None:
    """Rows of lit windows."""
    _lit(sheet, amount)


def _ship(sheet: Sheet, paint: Colour | None = None) -> None:
    """A ferry of three decks, about three times as long as high."""
    hull = [(-1.42, -0.34), (1.24, -0.34), (1.52, -0.4), (1.3, 0.02), (-1.3, 0.03)]
    sheet.fill(np.array(hull), down(-0.4, 0.03, paint or colour("2C4864"), lift(paint or colour("2C4864"), -0.14)))
    sheet.shade(rect(-1.6, -0.325, 1.6, -0.285), colour("F2EEE4"), 0.95)
    sheet.shade(rect(-1.6, -0.02, 1.6, 0.05), colour("8A2C28"), 0.9)
    for x0, x1, y0, y1 in ((-1.2, 1.08, -0.52, -0.34), (-1.05, 0.85, -0.68, -0.52), (-0.62, 0.66, -0.82, -0.68)):
        sheet.fill(rect(x0, y0, x1, y1), down(y0, y1, colour("FBF8F0"), colour("DAD7D2")))
        sheet.fill(rect(x0 - 0.03, y0 - 0.014, x1 + 0.03, y0 + 0.012), colour("FFFFFF"))
    for x0, x1, y in ((-1.12, 1.0, -0.44), (-0.97, 0.77, -0.61), (-0.52, 0.56, -0.76)):
        for x in np.arange(x0, x1, 0.115):
            sheet.fill(rect(float(x), y - 0.035, float(x) + 0.07, y + 0.03), colour("44586A"))
    sheet.fill([(0.4, -0.82), (0.66, -0.82), (0.6, -0.93), (0.44, -0.93)], WHITE)
    sheet.fill(rect(0.45, -0.91, 0.6, -0.85), colour("2E4152"))
    sheet.fill(
        [(-0.36, -0.82), (-0.08, -0.82), (-0.12, -1.02), (-0.34, -1.02)],
        across(-0.36, -0.08, colour("E2572F"), colour("A83A22")),
    )
    sheet.fill(rect(-0.35, -1.03, -0.11, -0.97), colour("22272E"))
    sheet.fill(rect(0.5, -1.03, 0.515, -0.93), colour("3A3D44"))


def _lit(sheet: Sheet, amount: float) -> None:
    """Rows of lit windows."""
    for x0, x1, y in ((-1.12, 1.0, -0.44), (-0.97, 0.77, -0.61), (-0.52, 0.56, -0.76)):
        for i, x in enumerate(np.arange(x0, x1, 0.115)):
            if (i * 7 + round(y * 50)) % 5:
                sheet.fill(rect(float(x), y - 0.035, float(x) + 0.07, y + 0.03), WARM, amount * 0.95)
    halo(sheet, -0.1, -0.55, 0.42, colour("FFC873"), 0.28 * amount)
    halo(sheet, 0.51, -1.03, 0.05, colour("FFFFFF"), 0.9 * amount)


SUBJECT = SubjectKind(
    draw=draw,
    box=(-1.55, -1.06, 1.55, 0.04),
    words=("ferry", "ship", "steamer", "cruise ship", "liner", "vessel", "freighter", "steamboat"),
    implies="sea",
    ground="floats",
    size=0.2,
    metres=20.0,
    usual="float",
    cycles={"float": Cycle(1, 4.0, 0.0, 0.3)},
    volume=0.5,
    lamps=lamps,
    spread=0.35,
)
