"""A camp fire: crossed logs, tongues of flame that lick and part, sparks; a candle and a torch by name."""

from __future__ import annotations

import math

from engines.generate.procedural.draw.relight import halo
from engines.generate.procedural.draw.sheet import Sheet, across, down, ellipse, rect, smooth, stroke
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.draw.window import hash01
from engines.generate.procedural.palette import Colour, colour


def draw(sheet: Sheet, how: How) -> None:
    """What burns; the flames come after the light."""
    if how.variant == "candle":
        sheet.fill(
            rect(-0.13, -0.62, 0.13, 0.0), across(-0.13, 0.13, colour("FFF6E2"), colour("F6E6C4"), colour("CDB68E"))
        )
        sheet.fill(ellipse(0.0, -0.62, 0.13, 0.035), colour("FFE9B8"))
        sheet.fill(ellipse(0.0, 0.0, 0.24, 0.045), colour("8A6A3E"))
        sheet.fill_many(stroke([(0.0, -0.62), (0.006, -0.7)], 0.016), colour("2A2420"))
        return
    for x0, y0, x1, y1, tone in (
        (-0.42, -0.02, 0.22, -0.17, "4A2E20"),
        (0.42, -0.02, -0.22, -0.17, "5A3826"),
        (-0.3, 0.0, 0.34, -0.05, "6A4430"),
    ):
        sheet.fill_many(stroke([(x0, y0 - 0.04), (x1, y1)], 0.1, 0.085), colour(tone))
        sheet.fill(ellipse(x0, y0 - 0.04, 0.035, 0.05), colour("C49A6A"))
    for k in range(7):
        x = -0.48 + 0.16 * k
        sheet.fill(ellipse(x, 0.005 + 0.012 * (k % 2), 0.085, 0.055), colour("6A6A70" if k % 2 else "7E7C80"))


def _tongue(x: float, wide: float, tall: float, phase: float, seed: int) -> list[tuple[float, float]]:
    """One flame that leans and stretches; whole waves a cycle, so that it loops."""
    a, b = float(hash01(seed, 1)), float(hash01(seed, 2))
    beat = math.sin(math.tau * (phase + a))
    late = math.sin(math.tau * (2 * phase + b))
    top = -tall * (1 + 0.16 * beat + 0.07 * late) - 0.08
    lean = wide * (0.5 * late + 0.3 * beat)
    return [
        (x - wide * 0.75, -0.1),
        (x - wide * (1.0 + 0.1 * beat), -0.1 - tall * 0.28),
        (x - wide * 0.5 + lean * 0.4, -0.1 - tall * 0.6),
        (x + lean, top),
        (x + wide * 0.55 + lean * 0.4, -0.1 - tall * 0.55),
        (x + wide * (1.0 - 0.1 * beat), -0.1 - tall * 0.25),
        (x + wide * 0.75, -0.1),
    ]


def flames(sheet: Sheet, amount: float, how: How) -> None:
    """The light itself."""
    hot: Colour = how.colour or colour("FF6A1E")
    if how.variant == "candle":
        halo(sheet, 0.0, -0.82, 0.22, colour("FFB85A"), 0.55)
        beat = math.sin(math.tau * how.phase)
        for w, tall, code in ((0.075, 0.27, "FF9A2E"), (0.05, 0.2, "FFD35A"), (0.026, 0.12, "FFF8DC")):
            sheet.fill(
                smooth(
                    [(-w * 0.6, -0.66), (-w, -0.72), (0.01 * beat, -0.68 - tall), (w, -0.72), (w * 0.6, -0.66)], steps=6
                ),
                colour(code),
                0.95,
            )
        return
    if amount > 0.3:
        halo(sheet, 0.0, -0.1, 0.58, colour("FF8A32"), 0.3 * amount)
    halo(sheet, 0.0, -0.36, 0.42, colour("FF9A3A"), 0.5 + 0.05 * math.sin(math.tau * how.phase))
    layers = (
        (1.0, hot, 0.9),
        (0.74, colour("FF9E2A") if how.colour is None else hot, 0.92),
        (0.5, colour("FFD24A"), 0.95),
        (0.27, colour("FFF6CE"), 0.95),
    )
    for share, tone, alpha in layers:
        for k, (x, wide, tall) in enumerate(
            ((-0.2, 0.12, 0.46), (0.2, 0.125, 0.5), (-0.07, 0.16, 0.72), (0.08, 0.15, 0.8))
        ):
            points = _tongue(x * (0.5 + 0.5 * share), wide * (0.35 + 0.65 * share), tall * share, how.phase, k * 7 + 3)
            sheet.fill(smooth(points, steps=6), down(-0.9 * share, -0.1, tone, tone), alpha)
    for k in range(9):
        a, b = float(hash01(k, 4)), float(hash01(k, 5))
        age = (how.phase + a) % 1.0
        x = (b - 0.5) * 0.5 + 0.08 * math.sin(age * 8 + k)
        sheet.fill(ellipse(x, -0.35 - 0.72 * age, 0.013, 0.016), colour("FFD070"), (1 - age) * min(1.0, age * 6))


SUBJECT = SubjectKind(
    draw=draw,
    box=(-1.42, -1.5, 1.42, 1.1),
    words=("fire", "campfire", "bonfire", "camp fire", "fireplace", "flames", "burning fire"),
    implies="forest",
    size=0.26,
    metres=1.1,
    cycles={"stand": Cycle(24, 1.1)},
    variants={"candle": ("candle", "candlelight")},
    volume=0.5,
    shines=True,
    warms=0.5,
    lamps=flames,
    girth=0.9,
    spread=0.2,
)
