"""A bird in flight, seen half from the side: wings of two joints that beat, body, beak and fanned tail."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.sheet import Points, Sheet, down, ellipse, smooth
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.palette import Colour, colour, lift

_PLUMAGE = {
    "": ("F4F4F2", "B9C2CC", "30343C", "F0A63A"),
    "eagle": ("6A4A30", "4E3422", "2E1E14", "F0B840"),
    "crow": ("2A2C34", "1E2028", "14151A", "3A3A40"),
    "swallow": ("2E4A7A", "22365A", "141E34", "2A2A30"),
    "parrot": ("D83A2E", "2E7FD0", "F2C23A", "F0E6D2"),
    "swan": ("FBFBFA", "E2E6EC", "D2D8E0", "F08A2A"),
    "dove": ("FFFFFF", "E6EAF0", "D0D6E0", "E8A08A"),
}


def _wing(side: float, beat: float, lag: float, turn: float) -> tuple[Points, Points]:
    """One wing as seen: whole, and its dark hand."""
    up, fold = 0.62 * beat + 0.12, 0.75 * lag

    def at(x: float, reach: float) -> tuple[float, float]:
        inner = min(reach, 0.2)
        outer = reach - inner
        h = -(inner * math.sin(up) + outer * math.sin(up * 0.4 + fold))
        z = side * (inner * math.cos(up) + outer * math.cos(up * 0.4 + fold))
        return (x * math.cos(turn) - z * math.sin(turn) * 0.9, h + z * 0.3 - x * 0.06)

    front = [at(0.09, 0.02), at(0.14, 0.12), at(0.14, 0.22), at(0.07, 0.4), at(-0.15, 0.62)]
    back = [at(-0.15, 0.5), at(-0.12, 0.37), at(-0.14, 0.24), at(-0.15, 0.12), at(-0.1, 0.02)]
    whole = smooth([*front, *back], steps=6)
    hand = smooth([at(0.05, 0.42), at(-0.04, 0.53), at(-0.15, 0.62), at(-0.14, 0.52), at(-0.06, 0.45)], steps=5)
    return whole, hand


def draw(sheet: Sheet, how: How) -> None:
    """One wing beat."""
    codes = _PLUMAGE.get(how.variant, _PLUMAGE[""])
    white, grey, dark, beak = (colour(code) for code in codes)
    if how.colour is not None:
        white, grey, dark = how.colour, lift(how.colour, -0.1), lift(how.colour, -0.25)
    angle = 2 * math.pi * how.phase
    gliding = how.action == "glide"
    beat, lag = (0.25, 0.1) if gliding else (math.sin(angle), math.sin(angle - 1.0))
    bob = 0.0 if gliding else -0.02 * math.sin(angle - 0.6)
    turn = 0.5 + how.turn
    shift = np.array([0.0, bob])
    for side in (-1.0, 1.0):
        whole, hand = _wing(side, beat, lag, turn)
        sheet.fill(whole + shift, lift(grey, -0.07) if side < 0 else grey)
        sheet.fill(hand + shift, dark)
        if side < 0:
            _body(sheet, white, grey, beak, bob, how.variant)


def _body(sheet: Sheet, white: Colour, grey: Colour, beak: Colour, bob: float, variant: str) -> None:
    neck = 0.14 if variant == "swan" else 0.0
    tail = [(-0.17, 0.0), (-0.34, -0.035), (-0.36, 0.02), (-0.33, 0.06), (-0.16, 0.05)]
    if variant == "swallow":
        tail = [(-0.15, 0.0), (-0.38, -0.06), (-0.24, 0.02), (-0.37, 0.08), (-0.14, 0.05)]
    sheet.fill(np.array([(x, y + bob) for x, y in tail]), lift(grey, -0.04))
    body = [
        (-0.2, 0.02),
        (-0.08, -0.05),
        (0.08, -0.07),
        (0.19 + neck, -0.085),
        (0.265 + neck, -0.06),
        (0.27 + neck, -0.01),
        (0.2 + neck, 0.025),
        (0.1, 0.07),
        (-0.06, 0.085),
        (-0.17, 0.06),
    ]
    sheet.fill(
        smooth([(x, y + bob) for x, y in body], steps=7), down(-0.08 + bob, 0.09 + bob, white, white, lift(grey, -0.02))
    )
    if variant == "eagle":
        sheet.fill(ellipse(0.23, -0.035 + bob, 0.06, 0.052), colour("F4EEE2"))
    sheet.fill([(0.262 + neck, -0.055 + bob), (0.345 + neck, -0.022 + bob), (0.262 + neck, -0.008 + bob)], beak)
    sheet.circle(0.228 + neck, -0.045 + bob, 0.0135, (0.05, 0.05, 0.06))


CYCLES = {"fly": Cycle(16, 0.75, 0.0, 0.55), "glide": Cycle(1, 1.0, 0.0, 0.5)}

SUBJECT = SubjectKind(
    draw=draw,
    box=(-0.68, -0.64, 0.68, 0.58),
    words=(
        "bird",
        "gull",
        "seagull",
        "robin",
        "sparrow",
        "goose",
        "stork",
        "crane bird",
        "owl",
        "falcon",
        "hawk",
        "pelican",
    ),
    implies="sea",
    ground="flies",
    size=0.24,
    metres=1.0,
    usual="fly",
    cycles=CYCLES,
    variants={
        "eagle": ("eagle",),
        "crow": ("crow", "raven", "blackbird"),
        "swallow": ("swallow", "swift bird"),
        "parrot": ("parrot", "macaw"),
        "swan": ("swan",),
        "dove": ("dove", "pigeon"),
    },
    volume=0.9,
    casts_shadow=False,
    girth=0.95,
    spread=0.16,
    entities=("bird",),
)
