"""Planets and their rings, lit from one side."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.layers import Pose
from engines.generate.procedural.draw.sheet import Sheet, to_yuva
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import Field, Window, noise, smoothstep
from engines.generate.procedural.palette import Colour, colour, mix, ramp


def globe(stage: Stage, radius: float, near: float, roll: list[float], seed: int, light_side: float) -> Pose:
    """A ball with bands or craters; `roll` are its dice (six of 0..1), `light_side` -1 or 1 is where the light comes from."""
    scale = stage.size[1] * 1.25 * stage.camera.largest(near)
    reach = radius * 1.35
    window = Window.around(-reach, -reach, reach, reach, scale)
    nx, ny = window.xs() / radius, window.ys() / radius
    away = np.sqrt(nx * nx + ny * ny)
    nz = np.sqrt(np.clip(1 - away * away, 0, 1))
    lx, ly, lz = 0.74 * light_side, -0.42, 0.52
    lit = np.clip(nx * lx + ny * ly + nz * lz, 0, 1)
    lean = 0.3
    latitude = ny * math.cos(lean) + nx * math.sin(lean)
    longitude = np.arctan2(nx, nz + 1e-3)
    swirl = noise(window, 2.2 / radius, 4.5 / radius, seed, 4) - 0.5
    if roll[0] > 0.6:
        t = np.clip(noise(window, 3.0 / radius, 3.0 / radius, seed + 2, 5, 0.6) * 1.3 - 0.15, 0, 1)
        stops: tuple[Colour, ...] = tuple(colour(c) for c in "6A625E 958A82 C2B6AA E6DDD0".split())
    else:
        bands = np.sin(latitude * (9 + 6 * roll[1]) + swirl * 3.4 + np.sin(longitude * 2) * 0.2) * 0.5 + 0.5
        fine = np.sin(latitude * 31 + swirl * 7) * 0.5 + 0.5
        t = np.clip(bands * 0.75 + fine * 0.2 + swirl * 0.4, 0, 1)
        choice = (
            "7A3E2A B5653A E0A468 F4DDB0 FFF4DC",
            "1E3A6E 3568A8 6AA8D8 B8E0F0 F2FBFF",
            "4A2A5E 8A4A86 C87A9E F0B8B8 FFE8D8",
            "2A5A52 4A8E78 8AC0A0 D0E6C0 F6F6E0",
        )
        stops = tuple(colour(c) for c in choice[int(roll[4] * len(choice))].split())
    surface = ramp(stops)[(t * 255).astype(int)]
    shade = (0.03 + 1.02 * smoothstep(0.0, 0.95, lit))[..., None]
    colours = surface * shade
    tint = np.asarray(mix(stops[-2], (0.55, 0.75, 1.0), 0.5), np.float32)
    edge = np.clip((1 - nz), 0, 1) ** 3 * (0.15 + lit)
    colours = colours + (tint - colours) * np.clip(edge * 0.75, 0, 0.8)[..., None]
    sheet = Sheet.clear(window)
    halo = (
        np.exp(-np.clip(away - 1, 0, None) / 0.075)
        * np.clip(0.25 + nx * lx + ny * ly, 0, 1)
        * 0.5
        * np.clip((1.35 - away) / 0.15, 0, 1)
    )
    sheet.wash((float(tint[0]), float(tint[1]), float(tint[2])), halo.astype(np.float32))
    sheet.wash(colours.astype(np.float32), np.clip((1 - away) * radius * scale + 0.5, 0, 1).astype(np.float32))
    return Pose(to_yuva(sheet, stage.grade, 3), window)


def rings(stage: Stage, radius: float, near: float, tilt: float, seed: int) -> tuple[Pose, Pose]:
    """The half behind the planet and the half before it."""
    scale = stage.size[1] * 1.25 * stage.camera.largest(near)
    reach = radius * 2.35
    window = Window.around(-reach, -reach * 0.85, reach, reach * 0.85, scale)
    cos, sin = math.cos(tilt), math.sin(tilt)
    u = (window.xs() * cos + window.ys() * sin) / radius
    v = (-window.xs() * sin + window.ys() * cos) / radius / 0.27
    away = np.sqrt(u * u + v * v)
    grooves: Field = np.asarray(
        0.55 + 0.3 * np.sin(away * 43) + 0.25 * np.sin(away * 17 + 1) + 0.12 * np.sin(away * 91), np.float32
    )
    gap = 1 - np.exp(-(((away - 1.87) / 0.03) ** 2))
    inside = smoothstep(1.28, 1.34, away) * (1 - smoothstep(2.2, 2.28, away)) * gap
    alpha = np.clip(grooves, 0.12, 1) * inside * 0.9
    tone = ramp(tuple(colour(c) for c in "8A7460 CDB590 F5E8CC".split()))[(np.clip(grooves, 0, 1) * 255).astype(int)]
    # The planet's shadow lies on the half behind.
    shadow = np.clip(1 - np.exp(-((u + (0.75 if tilt < 0 else -0.75)) ** 2) / 0.35) * (v < 0) * 0.75, 0.1, 1)[..., None]
    halves = []
    for front in (False, True):
        side = smoothstep(-0.02, 0.02, v) if front else 1 - smoothstep(-0.02, 0.02, v)
        sheet = Sheet.clear(window)
        sheet.wash((tone * shadow).astype(np.float32), (alpha * side).astype(np.float32))
        halves.append(Pose(to_yuva(sheet, stage.grade, 4), window))
    return halves[0], halves[1]
