"""The moon, full or as a crescent; a sun and a star that hang in the sky like it."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.sheet import Sheet, ellipse
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.palette import colour, lift, mix

_SEAS = (
    (-0.14, -0.62, 0.17, 0.12),
    (0.1, -0.7, 0.1, 0.08),
    (-0.05, -0.36, 0.13, 0.1),
    (0.2, -0.46, 0.12, 0.14),
    (-0.28, -0.42, 0.07, 0.06),
    (0.08, -0.22, 0.08, 0.05),
    (0.3, -0.64, 0.05, 0.05),
)


def draw(sheet: Sheet, how: How) -> None:
    """The disc."""
    if how.variant == "sun":
        tone = how.colour or colour("FFE27A")
        for k in range(16):
            a = math.tau * (k + how.phase) / 16
            c, s = math.cos(a), math.sin(a)
            w = 0.05
            sheet.fill(
                [
                    (c * 0.36 - s * w, -0.5 + s * 0.36 + c * w),
                    (c * 0.5, -0.5 + s * 0.5),
                    (c * 0.36 + s * w, -0.5 + s * 0.36 - c * w),
                ],
                lift(tone, -0.06),
            )
        sheet.fill(ellipse(0.0, -0.5, 0.33, 0.33), tone)
        return
    tone = how.colour or colour("F4EFDC")
    if how.variant == "crescent":
        right = np.radians(np.linspace(-118, 118, 40))
        outer = np.stack([0.46 * np.cos(right) - 0.05, 0.46 * np.sin(right) - 0.5], axis=1)
        b = np.radians(np.linspace(98, -98, 40))
        inner = np.stack([0.36 * np.cos(b) - 0.215, 0.41 * np.sin(b) - 0.5], axis=1)
        sheet.fill(np.concatenate([outer, inner]), tone)
        return
    sheet.fill(ellipse(0.0, -0.5, 0.48, 0.48), tone)
    for x, y, rx, ry in _SEAS:
        sheet.shade(ellipse(x, y, rx, ry), mix(tone, colour("8E93A4"), 0.6), 0.6)
        sheet.shade(ellipse(x + 0.02, y + 0.015, rx * 0.7, ry * 0.7), mix(tone, colour("8E93A4"), 0.7), 0.45)
    for x, y, r in ((0.02, -0.12, 0.035), (-0.33, -0.64, 0.03), (0.36, -0.34, 0.035), (-0.2, -0.2, 0.025)):
        sheet.shade(ellipse(x, y, r * 1.5, r * 1.5), lift(tone, 0.05), 0.6)
        sheet.shade(ellipse(x, y, r, r), lift(tone, -0.08), 0.7)
    for k in range(4):
        ring = np.concatenate(
            [ellipse(0, -0.5, 0.5, 0.5, -70, 110), ellipse(-0.02 - 0.03 * k, -0.5, 0.48 - 0.02 * k, 0.5, 110, -70)]
        )
        sheet.shade(ring, lift(tone, -0.3), 0.16)


def glow(sheet: Sheet, amount: float, how: How) -> None:
    """The ring of light around it."""
    window = sheet.window
    away = np.sqrt(window.xs() ** 2 + (window.ys() + 0.5) ** 2) / 0.48
    ring = np.exp(-np.clip(away - 1, 0, None) / 0.22) * np.clip((1.85 - away) / 0.5, 0, 1) * (away > 0.985)
    if how.variant == "crescent":
        # A sickle shines softly all around, not along the rim of the dark part.
        ring = np.exp(-np.clip(np.sqrt((window.xs() - 0.22) ** 2 + (window.ys() + 0.5) ** 2) - 0.1, 0, None) / 0.22)
        ring = ring * np.clip((1.85 - away) / 0.5, 0, 1)
    strength = 0.3 if how.variant == "crescent" else 0.42
    part = (ring * strength).astype(np.float32)[..., None]
    tone = np.asarray(how.colour or (colour("FFE9A0") if how.variant == "sun" else colour("E8ECFF")), np.float32)
    free = 1 - sheet.data[..., 3:]
    sheet.data[..., :3] += tone * part * free
    sheet.data[..., 3:] += part * free
    del amount


SUBJECT = SubjectKind(
    draw=draw,
    box=(-0.95, -1.45, 0.95, 0.45),
    words=("moon", "full moon", "big moon", "supermoon", "harvest moon", "lunar"),
    implies="night_sky",
    ground="hangs",
    size=0.3,
    metres=1e6,
    cycles={"stand": Cycle()},
    variants={"crescent": ("crescent", "crescent moon", "new moon", "half moon"), "sun": ("cartoon sun",)},
    volume=0.0,
    shines=True,
    lamps=glow,
    own_light=1.0,
    lights=True,
    casts_shadow=False,
    girth=1.0,
    spread=0.2,
)
