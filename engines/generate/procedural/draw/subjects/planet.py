"""A planet with a ring, lit from one side."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.sheet import Sheet
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.draw.window import noise, smoothstep
from engines.generate.procedural.palette import colour, lift, ramp

_SCHEMES = (
    "7A3E2A B5653A E0A468 F4DDB0 FFF4DC",
    "1E3A6E 3568A8 6AA8D8 B8E0F0 F2FBFF",
    "4A2A5E 8A4A86 C87A9E F0B8B8 FFE8D8",
    "2A5A52 4A8E78 8AC0A0 D0E6C0 F6F6E0",
)
R = 0.36


def draw(sheet: Sheet, how: How) -> None:
    """The half of the ring behind, the globe (its bands go round with the phase), the half before."""
    stops = tuple(colour(code) for code in _SCHEMES[how.seed % len(_SCHEMES)].split())
    if how.variant == "mars":
        stops = tuple(colour(code) for code in "5A2418 8E3E24 B85C34 D88A58 F0BE90".split())
    if how.variant == "earth":
        stops = tuple(colour(code) for code in "123A7A 1E62B0 2E86C8 4AA0D8 7AC0E8".split())
    if how.colour is not None:
        stops = tuple(lift(how.colour, d) for d in (-0.3, -0.16, 0.0, 0.12, 0.24))
    ringed = how.variant not in ("mars", "earth")
    if ringed:
        _ring(sheet, False)
    _globe(sheet, how, stops)
    if ringed:
        _ring(sheet, True)


def _globe(sheet: Sheet, how: How, stops: tuple[tuple[float, float, float], ...]) -> None:
    window = sheet.window
    nx, ny = window.xs() / R, (window.ys() + 0.5) / R
    away = np.sqrt(nx * nx + ny * ny)
    nz = np.sqrt(np.clip(1 - away * away, 0, 1))
    lit = np.clip(-0.55 * nx - 0.45 * ny + 0.7 * nz, 0, 1)
    lean = 0.3
    latitude = ny * math.cos(lean) + nx * math.sin(lean)
    swirl = noise(window, 2.2 / R, 4.5 / R, how.seed & 0xFFFF, 4) - 0.5
    if how.variant == "earth":
        land = smoothstep(0.5, 0.58, noise(window, 1.6 / R, 1.6 / R, (how.seed & 0xFFFF) + 7, 5))
        t = np.clip(0.35 + 0.6 * swirl, 0, 1)
        tones = ramp(stops)[(t * 255).astype(int)]
        green = ramp(tuple(colour(c) for c in "2E6A3A 6A9A4E C8B478".split()))[
            (np.clip(0.4 + swirl, 0, 1) * 255).astype(int)
        ]
        tones = tones * (1 - land[..., None]) + green * land[..., None]
        cloud = smoothstep(0.55, 0.75, noise(window, 1.8 / R, 4.0 / R, (how.seed & 0xFFFF) + 17, 5))[..., None] * 0.85
        tones = tones * (1 - cloud) + cloud
    elif how.variant == "mars":
        t = np.clip(noise(window, 1.9 / R, 2.4 / R, (how.seed & 0xFFFF) + 3, 5) * 1.3 - 0.15, 0, 1)
        tones = ramp(stops)[(t * 255).astype(int)]
    else:
        bands = np.sin(latitude * 11 + swirl * 3.2) * 0.5 + 0.5
        t = np.clip(bands * 0.75 + 0.2 * np.sin(latitude * 31 + swirl * 7) + swirl * 0.4, 0, 1)
        tones = ramp(stops)[(t * 255).astype(int)]
    colours = tones * (0.05 + 1.0 * smoothstep(0.0, 0.9, lit))[..., None]
    edge = (np.clip(1 - nz, 0, 1) ** 3 * (0.15 + lit))[..., None]
    colours = colours + (np.asarray(lift(stops[-2], 0.1), np.float32) - colours) * np.clip(edge * 0.7, 0, 0.8)
    sheet.wash(colours.astype(np.float32), np.clip((1 - away) * R * window.scale + 0.5, 0, 1).astype(np.float32))


def _ring(sheet: Sheet, front: bool) -> None:
    window = sheet.window
    tilt = -0.32
    c, s = math.cos(tilt), math.sin(tilt)
    x, y = window.xs(), window.ys() + 0.5
    u, v = (x * c + y * s) / R, (-x * s + y * c) / R / 0.27
    away = np.sqrt(u * u + v * v)
    grooves = np.clip(0.55 + 0.3 * np.sin(away * 43) + 0.25 * np.sin(away * 17 + 1), 0.15, 1)
    gap = 1 - np.exp(-(((away - 1.83) / 0.035) ** 2))
    alpha = grooves * smoothstep(1.26, 1.33, away) * (1 - smoothstep(2.16, 2.24, away)) * gap * 0.92
    alpha = alpha * (smoothstep(-0.03, 0.03, v) if front else 1 - smoothstep(-0.03, 0.03, v))
    tone = ramp(tuple(colour(code) for code in "8A7460 CDB590 F5E8CC".split()))[
        (np.clip(grooves, 0, 1) * 255).astype(int)
    ]
    shadow = np.clip(1 - np.exp(-((u - 0.75) ** 2) / 0.35) * (v < 0) * 0.75, 0.1, 1)[..., None]
    sheet.wash((tone * shadow).astype(np.float32), alpha.astype(np.float32))


SUBJECT = SubjectKind(
    draw=draw,
    box=(-0.84, -0.92, 0.84, -0.08),
    words=("planet", "saturn", "ringed planet", "jupiter", "gas giant", "exoplanet"),
    implies="space",
    ground="hangs",
    size=0.66,
    metres=1e7,
    cycles={"stand": Cycle()},
    variants={
        "mars": ("mars", "red planet", "venus", "mercury"),
        "earth": ("earth", "globe", "blue planet", "neptune"),
    },
    volume=0.0,
    own_light=1.0,
    casts_shadow=False,
    spread=0.3,
)
