"""Paper: its fibres, pieces cut or torn out of it with their shadows and white rims, and the steps in which it moves."""

from __future__ import annotations

import math

import cv2
import numpy as np

from engines.generate.procedural.draw.sheet import Sheet, ellipse, rect
from engines.generate.procedural.draw.window import Field, Window, hash01, noise
from engines.generate.procedural.palette import Colour

STEPS = 8.0
"""Steps a second in which paper moves."""


def fibres(window: Window, seed: int) -> Field:
    """The grain of paper, about -1..1."""
    fine = noise(window, 110.0, 110.0, seed, 1) - 0.5
    long_ones = noise(window, 26.0, 140.0, seed + 1, 2) - 0.5
    clouds = noise(window, 3.0, 3.0, seed + 2, 3) - 0.5
    return np.asarray(fine * 0.9 + long_ones * 0.5 + clouds * 0.8, np.float32)


def paper(window: Window, tone: Colour, seed: int) -> Field:
    """The colours (h, w, 3) of a sheet of paper."""
    return np.clip(np.asarray(tone, np.float32) + fibres(window, seed)[..., None] * np.float32(0.05), 0, 1)


def cut_piece(sheet: Sheet, shape: Field, tone: Colour, rim: Colour, seed: int, deep: float) -> None:
    """A piece of paper by its coverage: soft shadow, white core along the torn edge, then the paper itself."""
    window = sheet.window
    shadow = cv2.GaussianBlur(shape, (0, 0), max(0.8, 0.012 * deep * window.scale))
    move = np.array([[1, 0, 0.006 * deep * window.scale], [0, 1, 0.009 * deep * window.scale]], np.float64)
    shadow = cv2.warpAffine(shadow, move, (window.width, window.height), borderMode=cv2.BORDER_REPLICATE)
    sheet.wash((0.04, 0.03, 0.07), np.asarray(shadow * 0.36, np.float32))
    sheet.wash(paper(window, rim, seed + 5), shape)
    wide = max(1.0, 0.0042 * window.scale)
    inner = cv2.GaussianBlur(shape, (0, 0), wide)
    ragged = noise(window, 34.0, 34.0, seed + 7, 2) * 0.5
    core = np.clip((inner - 0.62 - ragged * 0.5 + 0.12) * window.scale * 0.02 + 0.5, 0, 1) * shape
    sheet.wash(paper(window, tone, seed), np.asarray(core, np.float32))


def stepped(seconds: float) -> float:
    """A time, held for each step."""
    return math.floor(seconds * STEPS) / STEPS


def cloud_shape(window: Window, seed: int) -> Field:
    """How much of each place a cloud of card covers."""
    mask = Sheet.clear(window)
    lobes = [ellipse(-0.5, 0.02, 0.26, 0.2), ellipse(0.5, 0.03, 0.24, 0.18), rect(-0.55, 0.02, 0.55, 0.22)]
    for i in range(4):
        a, b = float(hash01(i, 1, seed)), float(hash01(i, 2, seed))
        lobes.append(
            ellipse(
                -0.36 + 0.24 * i, -0.06 - 0.12 * b * math.sin(math.pi * (i + 0.5) / 4), 0.2 + 0.08 * a, 0.2 + 0.1 * b
            )
        )
    mask.fill_many(lobes, (1, 1, 1))
    cut = np.clip((0.2 - window.ys()) * window.scale + 0.5, 0, 1)
    return np.asarray(mask.data[..., 3] * cut, np.float32)
