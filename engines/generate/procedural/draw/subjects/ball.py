"""A ball that rolls and bounces: a beach ball, a football, a basketball, a plain sphere."""

from __future__ import annotations

import math

import cv2
import numpy as np

from engines.generate.procedural.draw.sheet import Sheet, ellipse
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.draw.window import Field
from engines.generate.procedural.palette import Colour, colour, lift

R = 0.5
_ASIDE, _TIP, _FINE = 0.95, 0.4, 3
_GOLDEN = (1 + math.sqrt(5)) / 2


def draw(sheet: Sheet, how: How) -> None:
    """One moment of its roll."""
    window = sheet.window
    fine = type(window)(window.x, window.y, window.width * _FINE, window.height * _FINE, window.scale * _FINE)
    x, y = fine.xs() / R, (fine.ys() + R) / R
    away = np.sqrt(x * x + y * y)
    z = np.sqrt(np.clip(1 - away * away, 0, 1))
    tones = _skin(how, *_turned(x + 0 * y, y + 0 * x, z, -2 * math.pi * how.phase))
    small = cv2.resize(tones.astype(np.float32), (window.width, window.height), interpolation=cv2.INTER_AREA)
    inside = np.clip(
        (1 - np.sqrt((window.xs() / R) ** 2 + ((window.ys() + R) / R) ** 2)) * R * window.scale + 0.5, 0, 1
    )
    sheet.wash(np.asarray(small, np.float32), inside.astype(np.float32))
    for k in range(4):
        near = 0.98 - 0.05 * k
        lit = ellipse(-0.05 - 0.03 * k, -R - 0.06 - 0.02 * k, R * near, R * near, 190, 10)
        sheet.shade(np.concatenate([ellipse(0, -R, R * 1.02, R * 1.02, 10, 190), lit]), (0.08, 0.06, 0.14), 0.1)
    sheet.shade(ellipse(-0.19, -0.74, 0.11, 0.07), (1, 1, 1), 0.45)


def _turned(x: Field, y: Field, z: Field, roll: float) -> tuple[Field, Field, Field]:
    """Places on the ball itself: it rolls about the axis into the picture, which is then turned aside and tipped."""
    c, s = math.cos(roll), math.sin(roll)
    x, y = x * c - y * s, x * s + y * c
    c, s = math.cos(_ASIDE), math.sin(_ASIDE)
    x, z = x * c + z * s, -x * s + z * c
    c, s = math.cos(_TIP), math.sin(_TIP)
    return x, y * c - z * s, y * s + z * c


def _skin(how: How, x: Field, y: Field, z: Field) -> Field:
    """The colours at places of the ball, (h, w, 3)."""
    if how.variant == "football":
        corners = [(0.0, float(s), t * _GOLDEN) for s in (-1, 1) for t in (-1, 1)]
        corners = [(a, b, c) for p in corners for a, b, c in (p, (p[1], p[2], p[0]), (p[2], p[0], p[1]))]
        length = math.sqrt(1 + _GOLDEN * _GOLDEN)
        nearest = np.max([x * (a / length) + y * (b / length) + z * (c / length) for a, b, c in corners], axis=0)
        return _chosen((nearest > math.cos(0.37)).astype(int), (how.colour or colour("F6F6F4"), colour("24262C")))
    if how.variant == "basketball":
        seam = (np.abs(z) < 0.045) | (np.abs(x) < 0.045) | (np.abs(x * x - 0.42 - 0.35 * y * y) < 0.045)
        return _chosen(seam.astype(int), (how.colour or colour("DE7A34"), colour("2E1E18")))
    if how.variant == "plain":
        return _chosen(np.zeros(x.shape, int), (how.colour or colour("D8423A"),))
    panel = (np.floor((np.arctan2(y, x) / math.tau + 1) * 6)).astype(int) % 6
    white = colour("FBF7EE")
    usual = (colour("E0403A"), white, colour("2F7FD0"), white, colour("F2B92E"), white)
    own = how.colour
    tones = usual if own is None else (own, white, lift(own, -0.14), white, lift(own, 0.08), white)
    return _chosen(np.where(np.abs(z) > 0.955, 1, panel), tones)


def _chosen(index: np.ndarray, tones: tuple[Colour, ...]) -> Field:
    return np.asarray(np.asarray(tones, np.float32)[index], np.float32)


SUBJECT = SubjectKind(
    draw=draw,
    box=(-0.55, -1.05, 0.55, 0.05),
    words=("ball", "beach ball", "toy ball"),
    implies="beach",
    size=0.17,
    metres=0.5,
    cycles={"stand": Cycle(), "roll": Cycle(24, 1.0, math.pi, 1.6)},
    variants={
        "football": ("football", "soccer ball"),
        "basketball": ("basketball",),
        "plain": ("rubber ball", "red ball", "orb"),
    },
    volume=1.5,
    spread=0.14,
    entities=("circle",),
)
