"""Rain, snow and lightning."""

from __future__ import annotations

import math

import cv2
import numpy as np

from engines.generate.procedural.draw.finish import Falling
from engines.generate.procedural.draw.setting import settings
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import hash01, pick
from engines.generate.procedural.spec import SceneSpec


def falling_for(stage: Stage) -> tuple[Falling, ...]:
    """What falls in this scene, far to near."""
    spec = stage.spec
    if settings()[spec.setting].is_sheltered:
        return ()
    if spec.weather in ("rain", "storm"):
        return _rain(stage, 1.35 if spec.weather == "storm" else 1.0)
    if spec.weather == "snow":
        return _snow(stage)
    return ()


def _rain(stage: Stage, strength: float) -> tuple[Falling, ...]:
    height = stage.size[1]
    slant = -0.16 if stage.pick("wind") > 0.5 else 0.16
    slant *= 1.7 if strength > 1.2 else 1.0
    made = []
    for depth, (count, length, bright) in enumerate(((150, 0.05, 15), (85, 0.09, 23), (26, 0.16, 33))):
        size = height if height % 2 == 0 else height + 1
        tile = np.zeros((size * 2, size * 2), np.uint8)
        for i in range(round(count * strength * 1.3)):
            x, y, k = (float(hash01(i, depth * 10 + c, stage.seed("rain"))) * 1.0 for c in range(3))
            dy = length * (0.6 + 0.7 * k) * size
            at = np.array([[x * size, y * size], [x * size + dy * slant, y * size + dy]]) * 16
            value = (
                bright
                * strength
                * (0.5 + 0.5 * k)
                * (0.75 if stage.light.is_night else 1.0)
                * min(1.0, 0.45 + height / 900)
            )
            cv2.line(
                tile,
                tuple(np.rint(at[0]).astype(int).tolist()),
                tuple(np.rint(at[1]).astype(int).tolist()),
                int(value),
                max(1, round(height * (0.0008 + 0.0007 * depth))),
                cv2.LINE_AA,
                4,
            )
        # What stuck out of the first quarter comes in again on the other side.
        wrapped = np.maximum(
            np.maximum(tile[:size, :size], tile[size:, :size]), np.maximum(tile[:size, size:], tile[size:, size:])
        )
        made.append(Falling(np.ascontiguousarray(wrapped), 1.5 + 0.7 * depth, slant, float(pick(depth, 4))))
    return tuple(made)


def _snow(stage: Stage) -> tuple[Falling, ...]:
    size = stage.size[1]
    pace = 1.0
    made = []
    for depth, (count, radius, bright, speed) in enumerate(
        ((210, 0.0016, 70, 0.05), (110, 0.0030, 105, 0.085), (44, 0.0055, 130, 0.14), (12, 0.011, 95, 0.23))
    ):
        tile = np.zeros((size, size), np.float32)
        for i in range(count):
            x, y, k = (float(hash01(i, depth * 10 + c, stage.seed("snow"))) for c in range(3))
            _flake(tile, x * size, y * size, max(0.7, radius * size * (0.6 + 0.7 * k)), bright * (0.6 + 0.4 * k), depth)
        made.append(
            Falling(
                np.clip(tile, 0, 255).astype(np.uint8), speed * pace, 0.12, float(pick(depth, 5)), 0.02 + 0.012 * depth
            )
        )
    return tuple(made)


def _flake(tile: np.ndarray, x: float, y: float, radius: float, bright: float, depth: int) -> None:
    size = tile.shape[0]
    reach = int(radius * 2.2) + 2
    columns, rows = np.arange(int(x) - reach, int(x) + reach + 1), np.arange(int(y) - reach, int(y) + reach + 1)
    away = np.sqrt((columns[None, :] - x) ** 2 + (rows[:, None] - y) ** 2) / radius
    spot = np.exp(-(away ** (2.6 if depth < 3 else 2.0)))
    where = np.ix_(rows % size, columns % size)
    tile[where] = np.maximum(tile[where], spot * bright)


def flash_at(spec: SceneSpec, seconds: float) -> float:
    """How strongly lightning lights the scene, 0..1: now and then, twice in quick succession."""
    if spec.weather != "storm":
        return 0.0
    period = 3.4
    cell = math.floor(seconds / period)
    start = (0.2 + 0.6 * pick(spec.seed & 0xFFFF, cell, 77)) * period
    since = seconds - cell * period - start
    strong = 0.55 + 0.45 * pick(spec.seed & 0xFFFF, cell, 78)
    first = math.exp(-since / 0.07) if since >= 0 else 0.0
    second = math.exp(-(since - 0.16) / 0.16) if since >= 0.16 else 0.0
    return strong * min(1.0, 0.7 * first + second)
