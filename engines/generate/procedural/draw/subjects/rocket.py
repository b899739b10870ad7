"""A rocket on its flame; a flying saucer by name."""

from __future__ import annotations

import math

from engines.generate.procedural.draw.relight import halo
from engines.generate.procedural.draw.sheet import Sheet, across, down, ellipse, rect, smooth
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.palette import colour, lift


def draw(sheet: Sheet, how: How) -> None:
    """One flicker of the flame; `colour` paints nose and fins."""
    if how.variant == "saucer":
        _saucer(sheet, how)
        return
    red = how.colour or colour("D8402F")
    white = colour("F6F4F0")
    for side, dark in ((-1, 0.0), (1, -0.1)):
        sheet.fill(
            smooth([(side * 0.11, -0.4), (side * 0.27, -0.16), (side * 0.28, 0.02), (side * 0.1, -0.09)], steps=6),
            lift(red, dark),
        )
    body = smooth(
        [(0.0, -1.0), (0.095, -0.84), (0.148, -0.55), (0.115, -0.1), (-0.115, -0.1), (-0.148, -0.55), (-0.095, -0.84)],
        steps=8,
    )
    sheet.fill(body, across(-0.15, 0.15, lift(white, -0.04), white, white, lift(white, -0.22)))
    sheet.shade(
        [(-0.2, -1.01), (0.2, -1.01), (0.2, -0.82), (0.0, -0.79), (-0.2, -0.82)],
        across(-0.1, 0.1, red, lift(red, 0.04), lift(red, -0.12)),
    )
    sheet.shade(rect(-0.2, -0.33, 0.2, -0.29), red, 0.95)
    sheet.circle(0.0, -0.62, 0.07, colour("8A93A0"))
    sheet.circle(0.0, -0.62, 0.053, down(-0.68, -0.56, colour("C8ECFF"), colour("3F84B8")))
    sheet.circle(0.0, -0.43, 0.034, colour("8A93A0"))
    sheet.circle(0.0, -0.43, 0.024, colour("4F94C8"))
    sheet.fill(
        smooth([(-0.02, -0.42), (0.02, -0.42), (0.03, -0.05), (0.0, 0.05), (-0.03, -0.05)], steps=5), lift(red, -0.04)
    )
    sheet.fill([(-0.085, -0.105), (0.085, -0.105), (0.1, -0.05), (-0.1, -0.05)], colour("4A505C"))


def flame(sheet: Sheet, amount: float, how: How) -> None:
    """The exhaust: it lights itself, so it is painted after the light."""
    if how.variant == "saucer":
        for k in range(7):
            on = (how.phase * 7 - k) % 7 < 2
            x = -0.62 + 0.207 * k
            halo(sheet, x, -0.17 + 0.1 * (1 - (x / 0.7) ** 2), 0.06, colour("FFE066" if on else "66E0FF"), 0.9)
        return
    beat = math.sin(2 * math.pi * how.phase)
    long = 0.33 + 0.06 * beat
    halo(sheet, 0.0, 0.08, 0.16, colour("FF9A40"), 0.55)
    for w, share, tone in ((0.105, 1.0, "FF7A2A"), (0.07, 0.72, "FFC64A"), (0.038, 0.45, "FFF6D0")):
        tongue = [
            (-w, -0.06),
            (-w * 1.05, 0.06),
            (-w * 0.4 + 0.012 * beat, long * share * 0.75),
            (0.012 * beat, long * share + 0.03),
            (w * 0.4 + 0.012 * beat, long * share * 0.75),
            (w * 1.05, 0.06),
            (w, -0.06),
        ]
        sheet.fill(smooth(tongue, steps=5), colour(tone), 0.95)
    del amount


def _saucer(sheet: Sheet, how: How) -> None:
    metal = how.colour or colour("9AA6B4")
    sheet.fill(ellipse(0.0, -0.42, 0.34, 0.3, 180, 360), down(-0.72, -0.4, colour("D8F4FF"), colour("7FB8D8")), 0.9)
    sheet.fill(ellipse(0.0, -0.5, 0.1, 0.12), colour("6AC46A"))
    sheet.fill(ellipse(0.0, -0.28, 0.85, 0.2), down(-0.48, -0.08, lift(metal, 0.12), metal, lift(metal, -0.2)))
    sheet.fill(ellipse(0.0, -0.4, 0.4, 0.075), lift(metal, 0.06))
    sheet.fill(ellipse(0.0, -0.12, 0.36, 0.07), lift(metal, -0.24))


SUBJECT = SubjectKind(
    draw=draw,
    box=(-0.9, -1.04, 0.9, 0.42),
    words=("rocket", "spaceship", "spacecraft", "shuttle", "missile", "starship"),
    implies="space",
    ground="flies",
    heads="up",
    size=0.36,
    metres=40.0,
    usual="fly",
    cycles={"fly": Cycle(10, 0.5, 0.0, 0.14)},
    variants={"saucer": ("flying saucer", "ufo", "saucer")},
    variant_sizes={"saucer": 0.7},
    volume=0.9,
    shines=True,
    lamps=flame,
    casts_shadow=False,
    girth=0.6,
    spread=0.15,
)
