"""Rain, snow, lightning, and what the wind carries."""

from __future__ import annotations

import math

import cv2
import numpy as np

from engines.generate.procedural.draw.finish import Falling
from engines.generate.procedural.draw.layers import Placement, Pose, Sprites
from engines.generate.procedural.draw.setting import settings
from engines.generate.procedural.draw.sheet import Sheet, ellipse, stroke, to_yuva
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import Window, hash01, pick
from engines.generate.procedural.palette import colour, lift
from engines.generate.procedural.spec import SceneSpec

FLASH_PERIOD = 3.4
"""Seconds in which lightning strikes once."""
BLUSTERY = 1.9
"""Wind (`Stage.wind`) from which on things fly."""


def falling_for(stage: Stage) -> tuple[Falling, ...]:
    """What falls in this scene, far to near."""
    spec = stage.spec
    if settings()[spec.setting].is_sheltered:
        return ()
    if spec.weather in ("rain", "storm"):
        return _rain(stage, (1.35 if spec.weather == "storm" else 1.0) * (0.35 + 0.65 * spec.weather_amount))
    if spec.weather == "snow":
        return _snow(stage)
    return ()


def _rain(stage: Stage, strength: float) -> tuple[Falling, ...]:
    height = stage.size[1]
    slant = min(0.5, 0.115 * stage.wind) * stage.breeze
    made = []
    # The farthest is a dense grey hatching: that is what tells rain from scratches.
    for depth, (count, length, bright) in enumerate(
        ((560, 0.026, 13), (190, 0.05, 17), (90, 0.09, 25), (26, 0.16, 34))
    ):
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
                max(1, round(height * (0.0004 + 0.0006 * depth))),
                cv2.LINE_AA,
                4,
            )
        # What stuck out of the first quarter comes in again on the other side.
        wrapped = np.maximum(
            np.maximum(tile[:size, :size], tile[size:, :size]), np.maximum(tile[:size, size:], tile[size:, size:])
        )
        made.append(Falling(np.ascontiguousarray(wrapped), 1.1 + 0.6 * depth, slant, float(pick(depth, 4))))
    return tuple(made)


def _snow(stage: Stage) -> tuple[Falling, ...]:
    size = stage.size[1]
    pace = 0.85 + 0.15 * stage.wind
    slant = min(1.6, 0.1 * stage.wind**1.6) * stage.breeze
    made = []
    for depth, (count, radius, bright, speed) in enumerate(
        (
            (620, 0.0012, 52, 0.035),
            (260, 0.0018, 80, 0.055),
            (120, 0.0031, 112, 0.09),
            (46, 0.0056, 132, 0.145),
            (12, 0.011, 95, 0.24),
        )
    ):
        tile = np.zeros((size, size), np.float32)
        for i in range(round(count * stage.spec.weather_amount)):
            x, y, k = (float(hash01(i, depth * 10 + c, stage.seed("snow"))) for c in range(3))
            _flake(tile, x * size, y * size, max(0.7, radius * size * (0.6 + 0.7 * k)), bright * (0.6 + 0.4 * k), depth)
        made.append(
            Falling(
                np.clip(tile, 0, 255).astype(np.uint8), speed * pace, slant, float(pick(depth, 5)), 0.02 + 0.01 * depth
            )
        )
    return tuple(made)


def _flake(tile: np.ndarray, x: float, y: float, radius: float, bright: float, depth: int) -> None:
    size = tile.shape[0]
    reach = int(radius * 2.2) + 2
    columns, rows = np.arange(int(x) - reach, int(x) + reach + 1), np.arange(int(y) - reach, int(y) + reach + 1)
    away = np.sqrt((columns[None, :] - x) ** 2 + (rows[:, None] - y) ** 2) / radius
    spot = np.exp(-(away ** (2.6 if depth < 4 else 2.0)))
    where = np.ix_(rows % size, columns % size)
    tile[where] = np.maximum(tile[where], spot * bright)


def add_weather(stage: Stage) -> None:
    """Put into a furnished stage what weather adds to any outdoor setting: bolts, splashes, things in the wind."""
    if settings()[stage.spec.setting].is_sheltered:
        return
    if stage.spec.weather == "storm":
        _add_bolts(stage)
    if stage.spec.weather in ("rain", "storm"):
        _add_splashes(stage)
    loose = settings()[stage.spec.setting].loose
    if stage.wind >= BLUSTERY and loose and stage.spec.weather != "snow":
        _add_blown(stage)


def _add_bolts(stage: Stage) -> None:
    """Lightning that stands in the sky behind everything while it flashes."""
    scale = stage.size[1] * 0.6
    poses = []
    for k in range(3):
        window = Window.around(-0.3, 0.0, 0.3, 0.62, scale)
        sheet = Sheet.clear(window)
        seed = stage.seed(f"bolt {k}")
        path = _zigzag(0.0, 0.0, 0.6, seed)
        twig = _zigzag(path[5][0], path[5][1], 0.24, seed + 1)
        twig = [(path[5][0] + (x - path[5][0]) * 1.7 + 0.35 * (y - path[5][1]), y) for x, y in twig]
        for line, wide in ((path, 0.0065), (twig, 0.0035)):
            sheet.fill_many(stroke(line, wide, wide * 0.35), (0.97, 0.97, 1.0))
        glow = np.asarray(cv2.GaussianBlur(sheet.data[..., 3], (0, 0), max(1.0, 0.022 * scale)), np.float32)
        lit = Sheet.clear(window)
        lit.wash((0.72, 0.78, 1.0), np.clip(glow * 2.2, 0, 0.7))
        lit.data = lit.data * (1 - sheet.data[..., 3:]) + sheet.data
        poses.append(Pose(to_yuva(lit, np.eye(4)), window))
    spec, top = stage.spec, -0.56
    size = (stage.horizon - top + 0.04) / 0.6

    def placements(seconds: float) -> list[Placement]:
        strong = flash_at(spec, seconds)
        if strong < 0.05:
            return []
        cell = math.floor(seconds / FLASH_PERIOD)
        x = (pick(spec.seed & 0xFFFF, cell, 79) - 0.5) * stage.aspect * 0.8
        return [Placement(x, top, size, int(pick(spec.seed & 0xFFFF, cell, 80) * 3), opacity=min(1.0, strong * 1.3))]

    bolts = Sprites(poses, placements, 0.03)
    behind = next((i for i, layer in enumerate(stage.layers) if layer.near > 0.03), len(stage.layers))
    stage.layers.insert(behind, bolts)


def _zigzag(x: float, y: float, tall: float, seed: int) -> list[tuple[float, float]]:
    made = [(x, y)]
    for i in range(13):
        jump = (float(hash01(i, 1, seed)) - 0.5) * 0.1 * tall / 0.6
        x, y = x + jump, y + tall / 13
        made.append((x, y))
    return made


def _add_splashes(stage: Stage) -> None:
    """Where drops hit the ground: short crowns that spring up and are gone."""
    window = Window.around(-0.6, -0.5, 0.6, 0.2, max(14.0, stage.size[1] * 0.022))
    poses = []
    for k in range(3):
        sheet = Sheet.clear(window)
        spread = 0.16 + 0.16 * k
        ring = ellipse(0.0, 0.0, spread, spread * 0.3)
        sheet.line([(float(a), float(b)) for a, b in ring[::4]], 0.07, (0.9, 0.94, 1.0), 0.75 - 0.22 * k)
        for side in (-1, 0, 1):
            sheet.line(
                [(side * spread * 0.7, 0.0), (side * spread * 1.1, -0.2 - 0.1 * k)],
                0.05,
                (0.9, 0.94, 1.0),
                0.7 - 0.22 * k,
            )
        poses.append(Pose(to_yuva(sheet, stage.grade), window))
    seed, dim = stage.seed("splash"), 0.45 if stage.light.is_night else 0.75
    top = stage.horizon + 0.1

    def placements(seconds: float) -> list[Placement]:
        made = []
        for i in range(44):
            life = seconds * 2.6 + float(hash01(i, 9, seed))
            cell, age = math.floor(life), life % 1.0
            if age > 0.55:
                continue
            a, b = float(hash01(i, cell * 2, seed)), float(hash01(i, cell * 2 + 1, seed))
            y = top + (0.52 - top) * b**0.8
            size = 0.006 + 0.016 * (y - top) / (0.52 - top)
            made.append(Placement((a - 0.5) * stage.aspect * 1.05, y, size, int(age / 0.55 * 3), opacity=dim))
        return made

    stage.add(Sprites(poses, placements, 0.75))


def _add_blown(stage: Stage) -> None:
    """Leaves, petals or sand that the wind carries across the picture."""
    sandy = settings()[stage.spec.setting].loose == "sand"
    tones = (
        ("E2C08A", "D2A868")
        if sandy
        else ("B8682E", "D89A3A", "8A4A2A")
        if stage.has("autumn")
        else ("7C9A3E", "B79A3A", "5A7A34")
    )
    window = Window.around(-0.5, -0.3, 0.5, 0.3, max(14.0, stage.size[1] * 0.03))
    poses = []
    for code in tones:
        for k in range(4):
            sheet = Sheet.clear(window)
            tone = stage.light.lit(colour(code), 0.6)
            if sandy:
                sheet.fill(ellipse(0.0, 0.0, 0.45, 0.035), tone, 0.6)
            else:
                flat = 0.06 + 0.14 * abs(math.cos(math.pi * k / 4))
                sheet.fill(
                    [(-0.4, 0.0), (-0.1, -flat), (0.25, -flat * 0.7), (0.42, 0.0), (0.25, flat * 0.7), (-0.1, flat)],
                    tone,
                )
                sheet.line([(-0.46, 0.01), (0.36, 0.0)], 0.03, lift(tone, -0.1))
            poses.append(Pose(to_yuva(sheet, stage.grade), window))
    seed, span = stage.seed("blown"), stage.aspect * 1.3
    speed = 0.16 * stage.wind * stage.breeze

    def placements(seconds: float) -> list[Placement]:
        made = []
        for i in range(26):
            a, b, c, d = (float(hash01(i, k, seed)) for k in range(4))
            way = (a + seconds * speed * (0.6 + 0.7 * c) / span) % 1.0
            t = seconds * (2 + 3 * d) + a * 20
            y = -0.42 + 0.9 * b + 0.05 * math.sin(t * 0.6) + 0.02 * math.sin(t * 1.7)
            turn = 0.12 * math.sin(t) if sandy else t * 1.2
            made.append(
                Placement(
                    (way - 0.5) * span,
                    y,
                    0.012 + 0.026 * c * c,
                    int(i % len(tones)) * 4 + int(t) % 4,
                    turn=turn,
                    opacity=0.9,
                )
            )
        return made

    stage.add(Sprites(poses, placements, 0.8))


def flash_at(spec: SceneSpec, seconds: float) -> float:
    """How strongly lightning lights the scene, 0..1: now and then, twice in quick succession."""
    if spec.weather != "storm":
        return 0.0
    period = FLASH_PERIOD
    cell = math.floor(seconds / period)
    start = (0.2 + 0.6 * pick(spec.seed & 0xFFFF, cell, 77)) * period
    since = seconds - cell * period - start
    strong = 0.55 + 0.45 * pick(spec.seed & 0xFFFF, cell, 78)
    first = math.exp(-since / 0.07) if since >= 0 else 0.0
    second = math.exp(-(since - 0.16) / 0.16) if since >= 0.16 else 0.0
    return strong * min(1.0, 0.7 * first + second)
