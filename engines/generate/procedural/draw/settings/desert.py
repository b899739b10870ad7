"""Desert: dunes with slip faces in shade, mesas far off, a caravan."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.cast import Ground, add_sky_cast, stand_all
from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.land import Line, add_mist, below
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sheet import Sheet, stroke
from engines.generate.procedural.draw.sky import add_clouds, add_sky, sun_place
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import Field, noise, noise_at, smoothstep
from engines.generate.procedural.palette import colour, lift, mix, ramp


def build(stage: Stage) -> None:
    """Sky, mesas, five rows of dunes, who crosses them."""
    light, base = stage.light, stage.horizon
    add_sky(stage)
    if light.cover >= 0.5:
        add_clouds(stage, stage.spec.life)
    _mesas(stage)
    add_mist(stage, base + 0.0, 0.05, 0.06, 0.6)
    rows = (
        (0.1, 0.01, 0.07, 2.0),
        (0.2, 0.065, 0.11, 1.4),
        (0.36, 0.14, 0.15, 1.0),
        (0.58, 0.26, 0.2, 0.7),
        (0.86, 0.46, 0.24, 0.5),
    )
    for index, (near, drop, height, frequency) in enumerate(rows):
        _dune(stage, near, base + drop, height, frequency, index)
        if index == 2:
            stand_all(stage, Ground(base + 0.13, 0.4, 0.6))
        if index == 3 and stage.has("cactus"):
            _cactus(stage, base + 0.2)
    _blowing_sand(stage)
    add_sky_cast(stage, -0.24)


@kept
def _mesas(stage: Stage) -> None:
    light, near = stage.light, 0.05
    window = stage.window(near, top=stage.horizon - 0.34, bottom=stage.horizon + 0.1)
    xs, ys = window.xs(), window.ys()
    seed = stage.seed("mesa")
    shape = (
        smoothstep(0.5, 0.56, noise_at(xs + 3, 1.5, seed, 1)) * 0.1
        + smoothstep(0.62, 0.66, noise_at(xs + 9, 1.9, seed + 1, 1)) * 0.08
    )
    big = 1.7 if stage.has("mesa") else 1.0
    line = stage.horizon + 0.01 - (shape * big + 0.006 * noise_at(xs, 30.0, seed + 2, 2))
    rock = colour("B5674A")
    bright, dim = light.far(light.lit(rock, 0.9), 0.12), light.far(light.lit(lift(rock, -0.12), 0.1), 0.12)
    bands = noise(window, 0.6, 60.0, seed + 4, 2)
    cracks = smoothstep(0.58, 0.7, noise(window, 34.0, 5.0, seed + 5, 3))
    t = np.clip(0.1 + (bands - 0.3) * 0.55 + cracks * 0.5 + (ys - line) * 2.2, 0, 1)
    sheet = Sheet.clear(window)
    sheet.wash(
        ramp((bright, mix(bright, dim, 0.5), dim))[(t * 255).astype(int)], below(window, np.asarray(line, np.float32))
    )
    stage.plate(sheet, near)


def dune_line(base: float, height: float, frequency: float, seed: int) -> Line:
    """Crests: one side long, the other steep, meeting in an edge."""

    def line(xs: Field) -> Field:
        u = xs * frequency + 0.35 * (noise_at(xs + 11, frequency * 0.7, seed) - 0.5)
        t = u - np.floor(u)
        cell = np.floor(u)
        tall = 0.45 + 0.55 * noise_at(cell.astype(np.float32) * 0.37, 1.3, seed + 4)
        peak = 0.66
        up = tall * np.clip(t / peak, 0, 1) ** 1.25
        fall = tall * (1 - smoothstep(0, 1, ((t - peak) / (1 - peak)).astype(np.float32)))
        wave = np.where(t < peak, up, fall) * 0.8
        return np.asarray(base - height * (wave + 0.35 * noise_at(xs, frequency * 0.5, seed + 9)), np.float32)

    return line


@kept
def _dune(stage: Stage, near: float, base: float, height: float, frequency: float, index: int) -> None:
    light = stage.light
    seed = stage.seed(f"dune {index}")
    line = dune_line(base, height, frequency, seed)
    window = stage.window(near)
    heights = line(window.xs())
    window = window.rows(float(heights.min()) - 0.01, 9.0)
    xs, ys = window.xs(), window.ys()
    heights = line(xs)
    depth = np.clip(ys - heights, 0, None)
    toward = 1.0 if sun_place(stage)[0] > 0 else -1.0
    bend = noise(window, 2.2 * frequency, 7.0, seed + 3, 2) - 0.5
    # The slip face hangs below the steep side of a crest and ends in a curve.
    grid = np.arange(window.x - 0.5, window.right + 0.5, 1.5 / window.scale, dtype=np.float32)[None, :]
    slopes = np.gradient(line(grid)[0], grid[0])
    # Where two dunes meet the slope jumps; a little blur hides the seam.
    wide = max(5, round(0.02 * window.scale)) | 1
    slopes = np.convolve(
        np.pad(slopes, wide // 2, mode="edge"), np.hanning(wide + 2)[1:-1] / np.hanning(wide + 2).sum(), "valid"
    )
    at = xs - depth * 0.9 + bend * 0.05
    index_at = np.clip((at - grid[0, 0]) / (grid[0, 1] - grid[0, 0]), 0, grid.shape[1] - 1).astype(np.int32)
    steep = smoothstep(0.12, 0.4, slopes[index_at].astype(np.float32))
    slip = steep * (1 - smoothstep(height * 0.5, height * 0.85, depth + bend * height * 0.5))
    lit_slip = 0.85 if toward < 0 else 0.0
    sand = colour("DE9A55") if light.sun_height < 0.2 else colour("E6AE6A")
    bright, middle = light.lit(lift(sand, 0.05), 1.0), light.lit(lift(sand, -0.05), 0.65)
    # Shadow on sand takes the colour of the upper sky.
    dark = mix(light.lit(lift(sand, -0.2), 0.05), light.sky[0], 0.3 if not light.is_night else 0.15)
    lying = slopes[index_at].astype(np.float32)
    flat = np.clip(0.74 - lying * toward * 0.55 - depth * 0.75 + bend * 0.4, 0, 1)
    t = flat * (1 - slip) + slip * (0.95 if lit_slip else 0.06)
    ripples = (
        np.sin((ys * 260 * (1.2 - near) + xs * 30 + bend * 60) * 1.0)
        * smoothstep(0.5, 0.9, np.full_like(xs, near))
        * 0.05
    )
    t = np.clip(t + ripples * (1 - slip), 0, 1)
    colours = ramp((dark, middle, bright))[(t * 255).astype(int)]
    haze = np.float32(min(0.9, light.haze * 1.0 * (1 - near) ** 1.6))
    colours = colours * (1 - haze) + np.asarray(light.fog, np.float32) * haze
    sheet = Sheet.clear(window)
    sheet.wash(colours.astype(np.float32), below(window, heights))
    rim = np.exp(-depth / 0.004) * below(window, heights) * np.float32(0.35 * light.glow)
    sheet.glow(light.sun, rim.astype(np.float32))
    stage.plate(sheet, near)


@kept
def _blowing_sand(stage: Stage) -> None:
    """Veils of sand that run low over the dunes."""
    windy = min(2.2, 0.6 + 0.4 * stage.wind)
    drift = (0.09 * windy * stage.spec.life * stage.breeze, 0.0)
    for index, (near, y) in enumerate(((0.3, stage.horizon + 0.12), (0.6, stage.horizon + 0.25))):
        window = stage.window(near, top=y - 0.1, bottom=y + 0.14, drift=drift, margin=0.05, coarse=3)
        veil = smoothstep(0.5, 0.8, noise(window, 2.4, 22.0, stage.seed(f"veil {index}"), 4))
        edge = np.clip(1 - np.abs(window.ys() - y - 0.02) / 0.12, 0, 1)
        sheet = Sheet.clear(window)
        sheet.wash(
            mix(stage.light.lit(colour("F6DCA8"), 0.9), stage.light.fog, 0.4),
            np.clip(veil * edge * 0.4 * windy, 0, 0.85).astype(np.float32),
        )
        stage.plate(sheet, near, drift=drift, fills_width=False)


@kept
def _cactus(stage: Stage, foot: float) -> None:
    near = 0.62
    window = stage.window(near, top=foot - 0.3, bottom=foot + 0.05)
    sheet = Sheet.clear(window)
    tone, side = stage.light.lit(colour("4C7A4A"), 0.6), 1 if stage.spec.sun_x < 0 else -1
    for k in range(3):
        x = (side * (0.28 + 0.1 * k) + 0.03 * math.sin(k * 5)) * stage.aspect
        tall = 0.2 - 0.05 * k
        y = foot + 0.012 * k
        shapes = stroke([(x, y), (x, y - tall)], 0.028 * tall / 0.2)
        shapes += stroke(
            [(x, y - tall * 0.45), (x + 0.045, y - tall * 0.48), (x + 0.05, y - tall * 0.8)], 0.019 * tall / 0.2
        )
        shapes += stroke(
            [(x, y - tall * 0.3), (x - 0.04, y - tall * 0.34), (x - 0.042, y - tall * 0.62)], 0.017 * tall / 0.2
        )
        sheet.fill_many(shapes, tone)
    stage.plate(sheet, near, fills_width=False)


SETTING = Setting(
    build=build,
    words=listed("desert, dune, sahara, sand, canyon, mesa, camel, caravan, oasis, arid, gobi, badlands, cactus"),
    horizon=0.1,
    usual_time="golden_hour",
    implied_by=("feature mesa", "feature cactus"),
    loose="sand",
)
