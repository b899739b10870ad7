"""Deep space: nebula, stars in depth, a ringed planet with its moon, a rocket."""

from __future__ import annotations

import math

import cv2
import numpy as np

from engines.generate.procedural.draw.cast import add_weightless, taken, wanted
from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.layers import Placement, Pose, Sprites
from engines.generate.procedural.draw.planets import globe
from engines.generate.procedural.draw.planets import rings as planet_rings
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sheet import Sheet, to_yuva
from engines.generate.procedural.draw.sky import add_twinkling, dot
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import Window, hash01, noise, smoothstep
from engines.generate.procedural.palette import PALETTES, Colour, colour, mix, ramp

_SCHEMES = (
    "05060F 141238 3A1E66 8E3A86 E2769A FFD2B4",
    "04070F 0B1C3A 14486E 2A8CA0 8AD6C8 F2FFF0",
    "06050E 1C1030 4A1A4A A0402E E8863A FFE2A0",
    "04060E 10183E 2A2E7E 5A55C8 9A9AF0 EAF0FF",
)


def build(stage: Stage) -> None:
    """Nebula at infinity, stars at four depths, the planet, who flies there."""
    scheme = (
        stage.spec.palette if stage.spec.palette in PALETTES and stage.spec.palette not in ("night", "default") else ""
    )
    if scheme:
        stops = (colour("05060F"), *(mix(stop, (0.02, 0.02, 0.05), 0.1) for stop in PALETTES[scheme]))
    else:
        stops = tuple(colour(code) for code in _SCHEMES[int(stage.pick("scheme") * len(_SCHEMES))].split())
    _nebula(stage, stops)
    for index, (near, count, size) in enumerate(((0.05, 420, 0.0011), (0.3, 130, 0.0015), (0.7, 46, 0.0021))):
        _stars(stage, near, count, size, index)
    add_twinkling(stage, 26, 0.036)
    if stage.has("shooting star"):
        add_shooting_stars(stage)
    planets = wanted(stage, "planet")
    known = any(subject.variant or subject.colour for subject in planets)
    side = 1.0 if stage.pick("side") > 0.5 else -1.0
    if "feature planet" not in stage.spec.features and not stage.has("no planet") and not known:
        count = max((subject.count for subject in planets), default=1)
        for index in range(min(count, 4)):
            _planet(stage, index, side)
        for subject in planets:
            taken(stage, subject)
    add_weightless(stage, 0.75, 0.02, None if known else -side * 0.22)


@kept
def _nebula(stage: Stage, stops: tuple[Colour, ...]) -> None:
    window = stage.window(0.0).coarser(3)
    seed = stage.seed("nebula")
    xs, ys = window.xs(), window.ys()
    warp_x, warp_y = noise(window, 1.5, 1.5, seed, 4) - 0.5, noise(window, 1.5, 1.5, seed + 1, 4) - 0.5
    tilt = 0.5 - stage.pick("tilt")
    band = np.exp(-(((ys - tilt * xs * 0.8 + warp_y * 0.5) / 0.34) ** 2))
    base = noise(window, 2.1, 2.1, seed + 2, 6, 0.55)
    # Clouds bent by clouds: sample a finished noise at places moved by two others.
    gx = (np.arange(window.width, dtype=np.float32)[None, :] + warp_x * window.scale * 0.55).astype(np.float32)
    gy = (np.arange(window.height, dtype=np.float32)[:, None] + warp_y * window.scale * 0.55).astype(np.float32)
    bent = cv2.remap(base, gx, gy, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    density = np.clip((bent - 0.3) * 1.75, 0, 1) * (0.25 + 0.95 * band)
    dust = smoothstep(0.5, 0.72, noise(window, 3.2, 3.2, seed + 7, 5, 0.6)) * band
    t = np.clip(density**1.25 * 1.05 - dust * 0.3, 0, 1)
    colours = ramp(stops)[(t * 255).astype(int)]
    sheet = Sheet.clear(window)
    sheet.wash(colours, 1.0)
    window_full = stage.window(0.0)
    full = cv2.resize(sheet.data, (window_full.width, window_full.height), interpolation=cv2.INTER_CUBIC)
    stage.plate(Sheet(window_full, np.asarray(full, np.float32)), 0.0)


@kept
def _stars(stage: Stage, near: float, count: int, size: float, index: int) -> None:
    window = stage.window(near)
    sheet = Sheet.clear(window)
    seed = stage.seed(f"stars {index}")
    area = (window.right - window.x) * (window.bottom - window.y)
    for i in range(int(count * area)):
        a, b, c, d = (float(hash01(i, k, seed)) for k in range(4))
        tone: Colour = (1.0, 0.9, 0.8) if d > 0.8 else (0.8, 0.88, 1.0) if d > 0.4 else (1.0, 1.0, 1.0)
        x, y = window.x + a * (window.right - window.x), window.y + b * (window.bottom - window.y)
        dot(sheet, x, y, size * (0.5 + 0.9 * c**3), tone, 0.35 + 0.65 * c * c)
    stage.plate(sheet, near, fills_width=False)


def _planet(stage: Stage, index: int, side: float) -> None:
    seed = stage.seed(f"planet {index}")
    roll = [float(hash01(k, 5, seed)) for k in range(8)]
    first = index == 0
    radius = (0.24 if first else 0.05 + 0.06 * roll[0]) * stage.narrow
    x = side * 0.17 * stage.aspect if first else -side * (0.12 + 0.24 * roll[1]) * stage.aspect
    y = 0.06 if first else -0.28 + 0.5 * roll[2]
    near = 0.34 if first else 0.15 + 0.1 * index
    ringed = first and (stage.has("planet") or roll[3] > 0.35)
    body = globe(stage, radius, near, roll, seed, -side)
    tilt = -0.32 * side

    def still(seconds: float) -> list[Placement]:
        drift = 0.0015 * stage.spec.life * (seconds - stage.spec.seconds / 2)
        return [Placement(x + drift * side, y, 1.0)]

    rings = planet_rings(stage, radius, near, tilt, seed) if ringed else None
    if rings:
        stage.add(Sprites([rings[0]], still, near))
    stage.add(Sprites([body], still, near))
    if rings:
        stage.add(Sprites([rings[1]], still, near))
    if first:
        moon = globe(stage, radius * 0.17, near, [0.9, *roll[1:]], seed + 5, -side)

        def round_it(seconds: float) -> list[Placement]:
            angle = 2.6 + 0.12 * stage.spec.life * seconds
            return [
                Placement(
                    x + math.cos(angle) * radius * 2.0 * side, y - radius * 0.75 + math.sin(angle) * radius * 0.3, 1.0
                )
            ]

        stage.add(Sprites([moon], round_it, near + 0.1))


def add_shooting_stars(stage: Stage, period: float = 2.3) -> None:
    """Now and then a streak across the sky."""
    window = Window.around(0.0, -0.03, 1.0, 0.03, stage.size[1] * 0.3)
    xs, ys = window.xs(), window.ys()
    body = np.exp(-((ys / (0.002 + 0.006 * xs)) ** 2)) * xs**2.4 * smoothstep(0.0, 0.05, 1 - xs)
    sheet = Sheet.clear(window)
    sheet.wash((1.0, 1.0, 1.0), np.clip(body, 0, 1).astype(np.float32))
    streak = Pose(to_yuva(sheet, np.eye(4)), window)
    seed = stage.seed("shooting")

    def placements(seconds: float) -> list[Placement]:
        cell = math.floor(seconds / period)
        since = (seconds - cell * period - 0.2 - 0.6 * float(hash01(cell, 1, seed))) / 0.75
        if not 0 < since < 1:
            return []
        a, b, c = (float(hash01(cell, k, seed)) for k in range(2, 5))
        turn = 0.35 + 0.4 * a
        x, y = (b - 0.6) * stage.aspect, -0.46 + 0.25 * c
        return [
            Placement(
                x + math.cos(turn) * since * 0.5,
                y + math.sin(turn) * since * 0.5,
                0.3,
                turn=turn,
                opacity=math.sin(math.pi * since),
            )
        ]

    stage.add(Sprites([streak], placements, 0.0))


SETTING = Setting(
    build=build,
    words=listed(
        "space, galaxy, nebula, planet, cosmos, universe, astronaut, orbit, saturn, star field, starfield, "
        "interstellar, cosmic, spaceship, rocket, meteor, comet, solar system, black hole, asteroid, outer space, deep space"
    ),
    horizon=0.0,
    usual_time="night",
    implied_by=("feature nebula", "feature planet"),
    always_alive=True,
    is_sheltered=True,
    keeps_time=True,
)
