"""A walking person, birds, fish, jellyfish, deer, camel: drawn 1 high (birds, fish: 1 wide), foot at 0, 0."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.sheet import Sheet, across, down, ellipse, rect, smooth, stroke
from engines.generate.procedural.palette import Colour, colour, lift

PERSON_BOX = (-0.36, -1.03, 0.36, 0.03)
UMBRELLA_BOX = (-0.4, -1.3, 0.46, 0.03)
GAIT = 24
COATS = tuple(colour(code) for code in "A8352C 2F5D7C C98A2B 4A6B4F 6B4A7A".split())
SKIN, DARK, SCARF = colour("D9A383"), colour("23283A"), colour("F2B93B")


def person(
    sheet: Sheet, phase: float | None = None, coat: Colour = COATS[0], umbrella: bool = False, running: bool = False
) -> None:
    """Someone in a coat and a scarf, seen from the side, going right; `phase` 0..1 of a step cycle, None stands."""
    hip_y, knee, shin = -0.46, 0.23, 0.23
    walking = phase is not None
    angle = 2 * math.pi * (phase or 0.0)
    swing = (0.62 if running else 0.42) if walking else 0.05
    bob = 0.012 * math.cos(2 * angle) if walking else 0.0
    lean = 0.06 if running else 0.015

    def leg(offset: float, tone: Colour) -> None:
        hip = swing * math.cos(angle + offset)
        bend = (0.9 if running else 0.62) * max(0.0, math.sin(angle + offset + math.pi)) ** 1.3 if walking else 0.0
        kx, ky = math.sin(hip) * knee, hip_y + bob + math.cos(hip) * knee
        ax, ay = kx + math.sin(hip - bend) * shin, ky + math.cos(hip - bend) * shin
        ay = min(ay, -0.015)
        sheet.fill_many(stroke([(0.0, hip_y + bob), (kx, ky)], 0.105, 0.075), tone)
        sheet.fill_many(stroke([(kx, ky), (ax, ay)], 0.075, 0.05), tone)
        pitch = -0.5 * bend
        toe = (ax + 0.085 * math.cos(pitch), ay + 0.005 - 0.085 * math.sin(pitch))
        sheet.fill_many(stroke([(ax - 0.015, ay), toe], 0.046, 0.034), colour("1B1B22"))

    def arm(offset: float, tone: Colour) -> None:
        swung = -0.8 * swing * math.cos(angle + offset) if walking else 0.06
        top = (0.01 + lean, -0.79 + bob)
        elbow = (top[0] + math.sin(swung) * 0.17, top[1] + math.cos(swung) * 0.17)
        fore = swung + (1.1 if running else 0.3)
        hand = (elbow[0] + math.sin(fore) * 0.15, elbow[1] + math.cos(fore) * 0.15)
        sheet.fill_many(stroke([top, elbow, hand], 0.088, 0.056), tone)
        sheet.circle(hand[0], hand[1], 0.025, SKIN)

    darker = (coat[0] * 0.68, coat[1] * 0.68, coat[2] * 0.68)
    arm(math.pi, darker)
    leg(math.pi, colour("1D2233"))
    leg(0.0, DARK)
    hem = 0.03 * math.sin(angle) if walking else 0.0
    body = smooth(
        [
            (-0.07 + lean, -0.84 + bob),
            (0.06 + lean, -0.84 + bob),
            (0.1 + lean, -0.66),
            (0.12 - hem, -0.37),
            (0.0, -0.355),
            (-0.13 - hem, -0.37),
            (-0.1, -0.62),
        ],
        steps=7,
    )
    sheet.fill(body, across(-0.13, 0.13, coat, coat, darker))
    if not umbrella:
        arm(0.0, (coat[0] * 0.86, coat[1] * 0.86, coat[2] * 0.86))
    head_x, head_y = 0.02 + lean, -0.925 + bob
    sheet.fill(rect(head_x - 0.03, head_y + 0.03, head_x + 0.03, head_y + 0.1), SKIN)
    sheet.circle(head_x, head_y, 0.066, SKIN, squash=1.14)
    sheet.fill(
        [(head_x + 0.06, head_y - 0.01), (head_x + 0.082, head_y + 0.015), (head_x + 0.055, head_y + 0.024)], SKIN
    )
    hair = smooth(
        [
            (head_x + 0.04, head_y - 0.07),
            (head_x - 0.03, head_y - 0.088),
            (head_x - 0.08, head_y - 0.03),
            (head_x - 0.068, head_y + 0.045),
            (head_x - 0.03, head_y + 0.03),
            (head_x - 0.01, head_y - 0.03),
        ],
        steps=6,
    )
    sheet.fill(hair, colour("2B1E1C"))
    sheet.fill_many(stroke([(head_x - 0.06, -0.835 + bob), (head_x + 0.055, -0.835 + bob)], 0.062), SCARF)
    lag = -0.05 * math.cos(angle - 0.8) if walking else 0.02
    sheet.fill_many(
        stroke(
            [(head_x - 0.05, -0.83 + bob), (head_x - 0.13, -0.79 + bob), (head_x - 0.19, -0.75 + lag * 0.6 + bob)],
            0.05,
            0.04,
        ),
        SCARF,
    )
    if umbrella:
        _umbrella(sheet, head_x + 0.06, bob, coat)


def _umbrella(sheet: Sheet, x: float, bob: float, coat: Colour) -> None:
    sheet.fill_many(stroke([(x + 0.05, -0.62 + bob), (x, -1.22 + bob)], 0.016), colour("20242C"))
    sheet.fill_many(stroke([(0.02, -0.78 + bob), (0.1, -0.67 + bob), (x + 0.045, -0.66 + bob)], 0.078, 0.05), coat)
    sheet.circle(x + 0.046, -0.66 + bob, 0.026, SKIN)
    top = ellipse(x, -1.03 + bob, 0.36, 0.21, 180, 360)
    scallops = [ellipse(x + (i - 2) * 0.144, -1.03 + bob, 0.072, 0.032, 0, -180)[::-1] for i in range(5)]
    sheet.fill(top, across(x - 0.36, x + 0.36, colour("E23D32"), colour("C22A26"), colour("8E1E20")))
    for i, s in enumerate(scallops):
        sheet.fill(s, colour("7A1A1E") if i in (1, 3) else colour("8E1E20"))
    sheet.fill(
        smooth(
            [
                (x - 0.06, -1.03 + bob),
                (x - 0.05, -1.15 + bob),
                (x, -1.24 + bob),
                (x + 0.05, -1.15 + bob),
                (x + 0.06, -1.03 + bob),
            ],
            closed=False,
        ),
        colour("EE5A48"),
        0.55,
    )
    sheet.fill(rect(x - 0.008, -1.28 + bob, x + 0.008, -1.22 + bob), colour("20242C"))


BIRD_BOX = (-0.55, -0.42, 0.55, 0.34)
WINGBEAT = 12


def bird(sheet: Sheet, phase: float, tone: Colour = (0.16, 0.17, 0.2), belly: Colour | None = None) -> None:
    """A gull in flight, wings at `phase` 0..1 of a beat, seen half from the front."""
    beat = math.sin(2 * math.pi * phase)
    for side in (-1.0, 1.0):
        elbow = (side * 0.2, -0.1 * beat - 0.07)
        tip = (side * 0.5, -0.27 * math.sin(2 * math.pi * phase - 0.6) + 0.02)
        wing = smooth([(side * 0.02, -0.03), elbow, tip, (side * 0.3, elbow[1] + 0.06), (side * 0.1, 0.035)], steps=8)
        sheet.fill(wing, down(-0.25, 0.2, tone, tone))
    body = smooth(
        [
            (-0.035, -0.03),
            (0.0, -0.06),
            (0.05, -0.05),
            (0.085, -0.02),
            (0.05, 0.03),
            (-0.01, 0.05),
            (-0.06, 0.07),
            (-0.05, 0.02),
        ],
        steps=6,
    )
    sheet.fill(body, belly or tone)


FISH_BOX = (-0.55, -0.32, 0.55, 0.32)


def fish(sheet: Sheet, phase: float, tones: tuple[Colour, Colour] = (colour("F58B2E"), colour("FFF3E0"))) -> None:
    """A striped reef fish swimming right; `phase` bends tail and fins."""
    bend = 0.09 * math.sin(2 * math.pi * phase)
    sheet.fill(
        smooth([(-0.27, 0.0), (-0.46, -0.2 + bend), (-0.5, -0.02 + bend), (-0.46, 0.2 + bend), (-0.3, 0.03)], steps=6),
        tones[0],
    )
    sheet.fill(
        smooth([(-0.16, -0.14), (0.0, -0.29), (0.18, -0.17), (0.0, -0.1)], steps=6),
        (tones[0][0] * 0.85, tones[0][1] * 0.8, tones[0][2] * 0.8),
    )
    sheet.fill(
        smooth([(-0.1, 0.13), (-0.02, 0.26 + bend * 0.4), (0.1, 0.14)], steps=6),
        (tones[0][0] * 0.85, tones[0][1] * 0.8, tones[0][2] * 0.8),
    )
    body = smooth(
        [
            (-0.3, 0.0),
            (-0.12, -0.15),
            (0.14, -0.18),
            (0.36, -0.09),
            (0.47, 0.01),
            (0.36, 0.1),
            (0.12, 0.17),
            (-0.12, 0.13),
        ],
        steps=8,
    )
    sheet.fill(
        body,
        down(
            -0.18,
            0.17,
            tones[0],
            tones[0],
            (min(1.0, tones[0][0] * 1.1), min(1.0, tones[0][1] * 1.25), min(1.0, tones[0][2] * 1.3)),
        ),
    )
    for x in (-0.1, 0.16):
        sheet.shade(
            smooth(
                [(x, -0.2), (x + 0.09, -0.2), (x + 0.11, 0.0), (x + 0.07, 0.2), (x - 0.01, 0.2), (x + 0.03, 0.0)],
                steps=6,
            ),
            tones[1],
            0.95,
        )
    sheet.circle(0.345, -0.025, 0.036, (1, 1, 1))
    sheet.circle(0.352, -0.025, 0.021, (0.06, 0.06, 0.08))


JELLY_BOX = (-0.4, -1.02, 0.4, 0.05)


def jellyfish(sheet: Sheet, phase: float, tone: Colour | None = None) -> None:
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


DEER_BOX = (-0.45, -1.03, 0.5, 0.03)


def deer(sheet: Sheet) -> None:
    """A stag that stands and looks to the right."""
    coat, dark = colour("8A5A38"), colour("5E3B26")
    for x, tone in ((-0.26, dark), (0.1, dark), (-0.2, coat), (0.16, coat)):
        sheet.fill_many(stroke([(x, -0.42), (x + 0.015, -0.2), (x, 0.0)], 0.062, 0.03), tone)
    sheet.fill(
        smooth(
            [
                (-0.32, -0.52),
                (-0.2, -0.58),
                (0.1, -0.55),
                (0.2, -0.6),
                (0.22, -0.42),
                (0.1, -0.34),
                (-0.2, -0.34),
                (-0.33, -0.42),
            ],
            steps=8,
        ),
        down(-0.6, -0.34, coat, coat, colour("A8794F")),
    )
    sheet.fill(smooth([(0.1, -0.56), (0.22, -0.78), (0.3, -0.76), (0.24, -0.5), (0.16, -0.42)], steps=8), coat)
    sheet.fill(smooth([(0.2, -0.8), (0.3, -0.82), (0.42, -0.74), (0.41, -0.7), (0.28, -0.71)], steps=8), coat)
    sheet.fill([(0.22, -0.8), (0.14, -0.87), (0.2, -0.77)], dark)
    sheet.circle(0.31, -0.77, 0.012, (0.05, 0.04, 0.04))
    sheet.fill(smooth([(-0.33, -0.52), (-0.38, -0.46), (-0.33, -0.43)], steps=5), colour("E9DCC6"))
    for lean in (0.0, 0.05):
        horn = [(0.25 + lean, -0.81), (0.2 + lean * 1.6, -0.9), (0.24 + lean * 2, -1.01)]
        sheet.fill_many(stroke(horn, 0.022, 0.01), colour("C9B089"))
        sheet.fill_many(stroke([horn[1], (0.3 + lean * 1.8, -0.94)], 0.016, 0.008), colour("C9B089"))


CAMEL_BOX = (-0.62, -1.03, 0.62, 0.03)


def camel(sheet: Sheet, phase: float = 0.0, rider: bool = True) -> None:
    """A camel that walks to the right, with a rider."""
    coat, dark = colour("B8824C"), colour("8A5C34")
    for i, (x, tone) in enumerate(((-0.3, dark), (0.16, dark), (-0.22, coat), (0.24, coat))):
        swing = 0.11 * math.sin(2 * math.pi * phase + (0, math.pi, math.pi, 0)[i])
        sheet.fill_many(stroke([(x, -0.4), (x + swing * 0.4, -0.2), (x + swing, -0.01)], 0.075, 0.038), tone)
    sheet.fill(
        smooth(
            [
                (-0.4, -0.5),
                (-0.2, -0.6),
                (0.0, -0.74),
                (0.16, -0.6),
                (0.32, -0.52),
                (0.3, -0.4),
                (0.0, -0.34),
                (-0.34, -0.38),
            ],
            steps=8,
        ),
        down(-0.7, -0.34, coat, dark),
    )
    sheet.fill_many(stroke([(0.28, -0.46), (0.42, -0.48), (0.46, -0.66), (0.46, -0.74)], 0.13, 0.075), coat)
    sheet.fill(smooth([(0.42, -0.8), (0.5, -0.8), (0.6, -0.73), (0.58, -0.69), (0.44, -0.71)], steps=6), coat)
    if rider:
        sheet.fill(
            smooth([(-0.1, -0.62), (-0.07, -0.82), (0.0, -0.88), (0.07, -0.82), (0.12, -0.58), (0.0, -0.56)], steps=6),
            colour("C2452F"),
        )
        sheet.circle(0.01, -0.92, 0.05, colour("EFE6D6"))
        sheet.circle(0.03, -0.91, 0.028, SKIN)
