"""Lighthouse, sailing boat, ferry, paper boat: drawn 1 high, foot (waterline) at 0, 0."""

from __future__ import annotations

import numpy as np

from engines.generate.procedural.draw.relight import halo
from engines.generate.procedural.draw.sheet import Sheet, across, down, ellipse, rect, smooth
from engines.generate.procedural.palette import Colour, colour, lift

WARM = colour("FFD98A")
RED, DARK_RED = colour("D2382E"), colour("9A2320")
WHITE, SHADE = colour("F7F3EA"), colour("C9C6C4")

LIGHTHOUSE_BOX = (-0.46, -1.04, 0.42, 0.03)
LAMP_AT = (0.0, -0.9)


def lighthouse(sheet: Sheet, band: Colour | None = None) -> None:
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


def lighthouse_lamps(sheet: Sheet, amount: float) -> None:
    """The lantern and two windows."""
    sheet.fill(rect(-0.04, -0.925, 0.04, -0.8), down(-0.925, -0.8, colour("FFF6D8"), WARM), amount)
    sheet.fill(rect(0.12, -0.235, 0.155, -0.185), WARM, amount)
    sheet.fill(rect(-0.012, -0.54, 0.012, -0.505), WARM, amount * 0.9)
    halo(sheet, 0.0, -0.865, 0.085, colour("FFEDB8"), 0.85 * amount)


SAILBOAT_BOX = (-0.5, -1.03, 0.52, 0.03)


def sailboat(sheet: Sheet) -> None:
    """A small sloop with two sails."""
    sheet.fill(
        smooth([(-0.46, -0.16), (-0.2, -0.14), (0.2, -0.14), (0.5, -0.19), (0.36, 0.0), (0.1, 0.025), (-0.3, 0.02)]),
        down(-0.18, 0.02, colour("8C4A32"), colour("4E2A22")),
    )
    sheet.shade(rect(-0.5, -0.135, 0.55, -0.1), colour("EFE2CC"), 0.9)
    sheet.fill(rect(-0.005, -1.0, 0.014, -0.14), colour("5A4034"))
    main = smooth([(-0.02, -0.97), (-0.13, -0.6), (-0.36, -0.235), (-0.2, -0.225), (-0.02, -0.23)], steps=8)
    sheet.fill(main, across(-0.36, 0.0, colour("FFFDF4"), colour("E4DACB")))
    sheet.shade([(-0.3, -0.36), (-0.02, -0.36), (-0.02, -0.33), (-0.32, -0.33)], colour("C8BCAE"), 0.5)
    jib = smooth([(0.03, -0.93), (0.14, -0.64), (0.37, -0.235), (0.2, -0.215), (0.035, -0.235)], steps=8)
    sheet.fill(jib, across(0.03, 0.4, colour("E4572E"), colour("C03A25")))
    sheet.fill([(0.014, -1.0), (0.11, -0.975), (0.014, -0.95)], colour("E4572E"))


FERRY_BOX = (-1.55, -1.06, 1.55, 0.04)


def ferry(sheet: Sheet, paint: Colour | None = None) -> None:
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


def ferry_lamps(sheet: Sheet, amount: float) -> None:
    """Rows of lit windows."""
    for x0, x1, y in ((-1.12, 1.0, -0.44), (-0.97, 0.77, -0.61), (-0.52, 0.56, -0.76)):
        for i, x in enumerate(np.arange(x0, x1, 0.115)):
            if (i * 7 + round(y * 50)) % 5:
                sheet.fill(rect(float(x), y - 0.035, float(x) + 0.07, y + 0.03), WARM, amount * 0.95)
    halo(sheet, -0.1, -0.55, 0.42, colour("FFC873"), 0.28 * amount)
    halo(sheet, 0.51, -1.03, 0.05, colour("FFFFFF"), 0.9 * amount)


PAPER_BOAT_BOX = (-0.8, -1.02, 0.8, 0.03)


def paper_boat(sheet: Sheet, paper: Colour | None = None) -> None:
    """A folded paper boat."""

    def tone(code: str) -> Colour:
        usual = colour(code)
        if paper is None:
            return usual
        red, green, blue = (a * b for a, b in zip(usual, paper, strict=True))
        return (red, green, blue)

    sheet.fill([(-0.34, -0.42), (0.0, -1.0), (0.34, -0.42)], across(-0.34, 0.34, tone("FFFDF6"), tone("E8DFD0")))
    sheet.fill([(0.0, -1.0), (0.34, -0.42), (0.06, -0.42)], tone("D3C7B5"))
    sheet.fill(
        [(-0.78, -0.48), (-0.3, -0.4), (0.0, -0.42), (0.3, -0.4), (0.78, -0.48), (0.44, 0.0), (-0.44, 0.0)],
        tone("FBF6EA"),
    )
    sheet.fill([(-0.78, -0.48), (-0.3, -0.4), (0.0, -0.18), (-0.44, 0.0)], tone("E6DCCB"))
    sheet.fill([(0.78, -0.48), (0.3, -0.4), (0.0, -0.18), (0.44, 0.0)], tone("C9BBA6"))
    sheet.fill(ellipse(0.0, -0.01, 0.44, 0.02), tone("A8987F"), 0.5)
