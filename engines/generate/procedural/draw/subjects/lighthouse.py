"""A banded lighthouse on its rock, with a keeper's house."""

from __future__ import annotations

import numpy as np

from engines.generate.procedural.draw.relight import halo
from engines.generate.procedural.draw.sheet import Sheet, across, down, rect
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.palette import Colour, colour, lift

WARM = colour("FFD98A")
RED, DARK_RED = colour("D2382E"), colour("9A2320")
WHITE, SHADE = colour("F7F3EA"), colour("C9C6C4")


def draw(sheet: Sheet, how: How) -> None:
    """The tower; `colour` paints its bands."""
    _tower(sheet, how.colour)


def lamps(sheet: Sheet, amount: float, how: How) -> None:
    """The lantern and two windows."""
    _lit(sheet, amount)


def _tower(sheet: Sheet, band: Colour | None = None) -> None:
    """A banded tower on a rock with a keeper's house."""
    red, dark_red = (band, lift(band, -0.15)) if band else (RED, DARK_RED)
    rock = [
        (-0.44, 0.02),
        (-0.36, -0.07),
        (-0.24, -0.12),
        (-0.17, -0.19),
        (0.05, -0.2),
        (0.17, -0.16),
        (0.26, -0.11),
        (0.34, -0.05),
        (0.4, 0.02),
    ]
    sheet.fill(np.array(rock), down(-0.2, 0.02, colour("6A5C58"), colour("3A3437")))
    for x0, y0, x1, y1 in ((-0.3, -0.09, -0.14, -0.02), (0.02, -0.16, 0.14, -0.07), (0.16, -0.1, 0.3, -0.02)):
        sheet.shade(np.array([(x0, y1), ((x0 + x1) / 2 - 0.02, y0), (x1, y1)]), colour("8A7A72"), 0.35)
    # The keeper's house
    sheet.fill(rect(0.08, -0.27, 0.25, -0.13), across(0.08, 0.25, WHITE, SHADE))
    sheet.fill([(0.06, -0.265), (0.105, -0.345), (0.225, -0.345), (0.27, -0.265)], colour("B23A30"))
    sheet.fill(rect(0.12, -0.235, 0.155, -0.185), colour("39424E"))
    sheet.fill(rect(0.19, -0.235, 0.22, -0.135), colour("5A3E36"))
    # The tower narrows upward in five bands
    bands = 6
    for i in range(bands):
        a, b = i / bands, (i + 1) / bands
        y0, y1 = -0.17 - 0.6 * a, -0.17 - 0.6 * b
        w0, w1 = 0.105 - 0.043 * a, 0.105 - 0.043 * b
        tone = (WHITE, SHADE) if i % 2 else (red, dark_red)
        sheet.fill([(-w0, y0), (w0, y0), (w1, y1), (-w1, y1)], across(-w0, w0, tone[0], tone[0], tone[1]))
    for y in (-0.33, -0.52, -0.68):
        sheet.fill(rect(-0.014, y - 0.022, 0.014, y + 0.018), colour("2E3640"))
    sheet.fill([(-0.088, -0.77), (0.088, -0.77), (0.07, -0.795), (-0.07, -0.795)], colour("3A3D46"))
    sheet.fill(rect(-0.095, -0.785, 0.095, -0.772), colour("2A2D35"))
    for x in np.linspace(-0.09, 0.09, 7):
        sheet.fill(rect(float(x) - 0.004, -0.83, float(x) + 0.004, -0.775), colour("2A2D35"))
    sheet.fill(rect(-0.095, -0.836, 0.095, -0.826), colour("2A2D35"))
    sheet.fill(rect(-0.048, -0.93, 0.048, -0.79), colour("8FA3AE"))
    for x in (-0.048, -0.016, 0.016, 0.048):
        sheet.fill(rect(x - 0.004, -0.93, x + 0.004, -0.79), colour("33363F"))
    sheet.fill([(-0.07, -0.925), (0.07, -0.925), (0.035, -0.98), (0.0, -0.995), (-0.035, -0.98)], dark_red)
    sheet.fill(rect(-0.005, -1.03, 0.005, -0.985), colour("33363F"))


def _lit(sheet: Sheet, amount: float) -> None:
    """The lantern and two windows."""
    sheet.fill(rect(-0.04, -0.925, 0.04, -0.8), down(-0.925, -0.8, colour("FFF6D8"), WARM), amount)
    sheet.fill(rect(0.12, -0.235, 0.155, -0.185), WARM, amount)
    sheet.fill(rect(-0.012, -0.54, 0.012, -0.505), WARM, amount * 0.9)
    halo(sheet, 0.0, -0.865, 0.085, colour("FFEDB8"), 0.85 * amount)


SUBJECT = SubjectKind(
    draw=draw,
    box=(-0.46, -1.04, 0.42, 0.03),
    words=("lighthouse", "beacon", "light tower"),
    implies="sea",
    size=0.52,
    metres=24.0,
    cycles={"stand": Cycle()},
    volume=0.8,
    lamps=lamps,
    spread=0.3,
)
