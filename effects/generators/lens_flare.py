"""Lens flare."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.base import Generator
from effects.colour import Colour, parse_colour
from effects.frame import Canvas, Frame, Layout
from effects.params import param
from timeline.time import RationalTime

Field = NDArray[np.float32]

_WORKING_WIDTH: Final = 720
"""Light is drawn no wider than this and enlarged: all of it is soft."""
_GHOSTS: Final = (
    # place on the line through the picture's centre (0 the light, 1 the centre), radius, strength, colour
    (0.35, 0.030, 0.20, (1.0, 0.75, 0.45)),
    (0.62, 0.016, 0.26, (0.55, 1.0, 0.75)),
    (0.80, 0.070, 0.10, (0.60, 0.80, 1.0)),
    (1.22, 0.022, 0.24, (1.0, 0.60, 0.80)),
    (1.45, 0.095, 0.11, (0.55, 0.70, 1.0)),
    (1.62, 0.034, 0.20, (0.70, 1.0, 0.65)),
    (1.95, 0.150, 0.09, (1.0, 0.72, 0.50)),
)


class LensFlare(Generator):
    """The glow, rays and ghosts of a bright light shining into the lens."""

    title = "Lens flare"

    x: float = param(24.0, ge=-100, le=200, unit="%", help="Where the light is across the picture.")
    y: float = param(24.0, ge=-100, le=200, unit="%", help="Where the light is down the picture.")
    strength: float = param(0.8, ge=0, le=2, widget="slider", help="Brightness; 0 is nothing.")
    size: float = param(100.0, ge=10, le=400, unit="%", help="Of the glow round the light.")
    tint: Colour = param("#ffd9a0", widget="colour", help="Colour of the light.")
    streak: float = param(0.6, ge=0, le=1, widget="slider", help="The long level ray of an anamorphic lens.")
    ghosts: float = param(0.8, ge=0, le=1, widget="slider", help="The reflections opposite the light.")

    def render(self, canvas: Canvas, at: RationalTime) -> Frame:
        """The light on transparent ground; over a picture it brightens, as with blend mode screen."""
        return _drawn(self, canvas)


@lru_cache(maxsize=3)
def _drawn(flare: LensFlare, canvas: Canvas) -> Frame:
    shrink = max(canvas.width / _WORKING_WIDTH, 1)
    width, height = max(round(canvas.width / shrink), 1), max(round(canvas.height / shrink), 1)
    light = _light(flare, width, height)
    full = np.asarray(cv2.resize(light, (canvas.width, canvas.height), interpolation=cv2.INTER_LINEAR))
    # above 1 light spills into the other colours, as on film, and the centre burns white
    full = 1 - np.exp(-full * flare.strength * 1.6)
    alpha = full.max(axis=2, keepdims=True)
    grain = np.random.default_rng(3).uniform(-0.5, 0.5, (*full.shape[:2], 1)).astype(np.float32)
    levels = np.dstack([full, alpha]) * 255
    return Frame(
        (np.clip(np.rint(levels + grain * (levels > 0.5)), 0, 255).astype(np.uint8),), Layout.RGBA, scale=canvas.scale
    )


def _light(flare: LensFlare, width: int, height: int) -> Field:
    """Light for each pixel and colour, (h, w, 3), 0 and up. Lengths are shares of the height."""
    tint = np.array(parse_colour(flare.tint)[:3], np.float32) / 255
    at = (flare.x / 100 * width / height, flare.y / 100)
    x = ((np.arange(width) + 0.5) / height - at[0]).astype(np.float32)
    y = ((np.arange(height) + 0.5) / height - at[1]).astype(np.float32)[:, None]
    size = flare.size / 100
    distance = np.asarray(np.sqrt(x * x + y * y) / size, np.float32)
    core = 2.2 * np.exp(-((distance / 0.035) ** 2))
    glow = 0.55 * np.exp(-distance / 0.09) + 0.22 * np.exp(-distance / 0.32)
    white = np.asarray(core + _rays(x, y, distance), np.float32)
    light = white[..., None] * (0.4 * tint + 0.6) + glow[..., None] * tint
    ring = np.exp(-(((distance - 0.30) / 0.012) ** 2)) * 0.10
    for channel, offset in enumerate((0.012, 0.0, -0.012)):  # glass bends red and blue differently
        light[..., channel] += np.exp(-(((distance - 0.30 - offset) / 0.014) ** 2)) * 0.07 + ring * 0.2
    if flare.streak:
        light += _streak(x, y, size)[..., None] * flare.streak * (0.5 * tint + np.array([0.25, 0.4, 0.6], np.float32))
    if flare.ghosts:
        light += _ghosts(width, height, at) * 1.8 * flare.ghosts * (0.6 + 0.4 * tint)
    return np.asarray(light, np.float32)


def _rays(x: Field, y: Field, distance: Field) -> Field:
    """A star of fine rays of unequal length."""
    angle = np.arctan2(y, x)
    star = np.abs(np.cos(angle * 4 + 0.35)) ** 60 + 0.55 * np.abs(np.cos(angle * 7 + 1.1)) ** 90
    return np.asarray(star * 0.5 * np.exp(-distance / 0.085), np.float32)


def _streak(x: Field, y: Field, size: float) -> Field:
    body = np.exp(-((y / (0.0035 * size)) ** 2)) * np.exp(-np.abs(x) / (0.45 * size))
    haze = np.exp(-((y / (0.014 * size)) ** 2)) * np.exp(-np.abs(x) / (0.25 * size))
    return np.asarray(0.5 * body + 0.18 * haze, np.float32)


def _ghosts(width: int, height: int, at: tuple[float, float]) -> Field:
    """Soft discs, brighter at their rims, mirrored through the centre."""
    centre = (width / height / 2, 0.5)
    x = ((np.arange(width) + 0.5) / height).astype(np.float32)
    y = ((np.arange(height) + 0.5) / height).astype(np.float32)[:, None]
    light = np.zeros((height, width, 3), np.float32)
    for along, radius, strength, colour in _GHOSTS:
        place = (at[0] + (centre[0] - at[0]) * along, at[1] + (centre[1] - at[1]) * along)
        reach = np.sqrt((x - place[0]) ** 2 + (y - place[1]) ** 2) / radius
        edge = np.clip((1 - reach) / 0.14, 0, 1)
        disc = edge * edge * (3 - 2 * edge) * (0.45 + 0.55 * np.clip(reach, 0, 1) ** 3)
        light += (disc * strength)[..., None] * np.array(colour, np.float32)
    return light
