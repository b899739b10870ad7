"""Above the clouds: banks of heaped cloud to the horizon, a summit that stands out of them."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.billows import raise_heap, rim_of, shaded
from engines.generate.procedural.draw.cast import Ground, add_birds, add_sky_cast, stand_all
from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.land import add_mountains, ridges
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sheet import Sheet
from engines.generate.procedural.draw.sky import add_sky, sun_place
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import Field, Window, hash01, noise, noise_at, smoothstep
from engines.generate.procedural.palette import Colour, colour, lift, mix, ramp


def build(stage: Stage) -> None:
    """Sky, wisps high up, far banks like fur, a summit, near banks like wool."""
    light, base = stage.light, stage.horizon
    add_sky(stage, 1.1)
    _wisps(stage)
    _far_sea(stage)
    side = -1.0 if stage.spec.sun_x > 0 else 1.0
    rock = colour("6E6C7C") if not light.is_night else colour("8C93AC")
    peak = side * 0.2 * stage.aspect
    summit = ridges(base + 0.16, 0.72 * stage.narrow, 1.0, stage.seed("summit"))

    def lone(xs: Field) -> Field:
        near_peak = np.exp(-((np.abs(xs - peak) / 0.3) ** 1.7))
        return np.asarray(base + 0.2 - (base + 0.2 - summit(xs)) * (0.18 + 0.95 * near_peak), np.float32)

    rows = ((0.16, 0.03, 0.06), (0.28, 0.08, 0.11), (0.5, 0.19, 0.2), (0.86, 0.4, 0.34))
    for index, (near, drop, size) in enumerate(rows):
        if index == 1:
            add_mountains(stage, lone, 0.22, snow=base + 0.02, rock=rock, foot=0.12)
        _bank(stage, near, base + drop, size, index)
        if index == 1:
            add_sky_cast(stage, -0.2)
        if index == 2:
            stand_all(stage, Ground(base + drop + 0.03, near + 0.05, 0.9, sheltered=True))
    if not light.is_night and stage.spec.weather in ("clear", "cloudy"):
        add_birds(stage, -0.16, 6, 0.034)


@kept
def _wisps(stage: Stage) -> None:
    """Feathers of ice cloud high up."""
    drift = (0.004 * stage.spec.life * stage.breeze, 0.0)
    window = stage.window(0.01, bottom=stage.horizon - 0.06, drift=drift, margin=0.02).coarser(3)
    xs, ys = window.xs(), window.ys()
    tall = (stage.horizon - ys) / 0.6
    lean = noise(window, 0.9, 3.4, stage.seed("wisps"), 2) - 0.5
    comb = noise(
        Window(window.x, window.y, window.width, window.height, window.scale), 1.2, 11.0, stage.seed("comb"), 4
    )
    shape = smoothstep(0.5, 0.82, comb * 0.8 + lean * 0.55 + 0.1) * smoothstep(0.1, 0.5, tall)
    sheet = Sheet.clear(window)
    sheet.wash(mix(stage.light.cloud_light, stage.light.sky[-1], 0.25), (shape * 0.42 + 0 * xs).astype(np.float32))
    stage.plate(sheet, 0.01, drift=drift)


@kept
def _far_sea(stage: Stage) -> None:
    """The cloud sea near the horizon: rows of small crests that draw together in the distance."""
    light, line = stage.light, stage.horizon
    window = stage.window(0.08, top=line - 0.02).coarser(1.5)
    xs, ys = window.xs(), window.ys()
    depth = np.clip(ys - line, 0.004, None)
    rows = np.log(depth + 0.01)
    seed = stage.seed("far sea")
    bend = noise(window, 3.0, 16.0, seed, 3) - 0.5
    wave = 0.5 + 0.5 * np.sin(rows * 9 + bend * 9 + xs * 1.5)
    fluff = noise(window, 7.0, 36.0, seed + 3, 4)
    t = np.clip(0.25 + wave * 0.3 + (fluff - 0.5) * 1.2, 0, 1)
    x, _ = sun_place(stage)
    toward = np.exp(-(((xs - x) / 0.5) ** 2)) * light.glow
    far = np.exp(-depth / 0.05)[..., None]
    table = ramp(cloud_tones(stage))
    colours = table[(np.clip(t + 0.22 * toward, 0, 1) * 255).astype(int)]
    colours = colours * (1 - far * 0.75) + np.asarray(mix(light.fog, light.sky[-1], 0.4), np.float32) * far * 0.75
    sheet = Sheet.clear(window)
    rough = line + 0.006 * (noise_at(xs, 8.0, seed + 5, 2) - 0.5)
    sheet.wash(colours.astype(np.float32), smoothstep(-0.004, 0.006, ys - rough))
    stage.plate(sheet, 0.08)


def cloud_tones(stage: Stage) -> tuple[Colour, ...]:
    """From the shaded hollow to the rim that the sun shines through."""
    light = stage.light
    shade = mix(light.cloud_shade, light.sky[0], 0.42 if not light.is_night else 0.25)
    crown = mix(light.cloud_light, light.key, 0.3)
    if stage.spec.weather in ("storm", "rain"):
        shade, crown = lift(shade, -0.02), lift(crown, 0.1)
    rim = mix(crown, light.sun, 0.7 * light.disc)
    return (lift(shade, -0.09), shade, mix(shade, crown, 0.5), crown, lift(rim, 0.03))


@kept
def _bank(stage: Stage, near: float, base: float, size: float, index: int) -> None:
    """A row of heaps as a landscape of half balls: hollows in shade, crowns lit, a rim where the sun shines through."""
    light = stage.light
    windy = 2.2 if stage.wind > 1.9 else 1.0
    drift = (0.0045 * (1 + 2.4 * near) * stage.spec.life * stage.breeze * windy, 0.0)
    window = stage.window(near, top=base - size * 1.7, drift=drift, margin=size * 0.5).coarser(1.5 + near)
    seed = stage.seed(f"bank {index}")
    haze = min(0.7, light.haze * (1 - near) ** 1.6)
    tones = tuple(mix(tone, light.fog, haze) for tone in cloud_tones(stage))
    xs, ys = window.xs(), window.ys()
    height = np.zeros((window.height, window.width), np.float32)
    spacing = size * 0.6
    rows = 4 if index == 3 else 3
    for row in range(rows):
        step = 0.3 * row
        for i in range(math.floor(window.x / spacing) - 2, math.ceil(window.right / spacing) + 3):
            a, b, c = (float(hash01(i, k + 7 * row, seed)) for k in range(3))
            lump = float(noise_at(np.array([i * 0.37 + row * 9]), 1.0, seed + 9)[0])
            r = size * (0.16 + 0.62 * lump * lump * (0.4 + 0.6 * c)) * (1.0 - 0.1 * row)
            x, y = (i + 0.9 * (a - 0.5)) * spacing, base + size * (step - 0.3 * lump * (0.35 + b))
            raise_heap(height, window, x, y, r, seed + i * 13 + row, 0.25 * r * lump)
    tone, cover = shaded(height, window, size, sun_place(stage)[0], light.sun_height, seed + 4)
    floor = np.asarray(smoothstep(base - size * 0.12, base + size * 0.1, ys + 0 * xs), np.float32)
    colours = ramp((tones[0], tones[1], tones[2], tones[3], tones[4]))[(tone * 255).astype(int)]
    # Against what lies behind, a border shines instead of darkening.
    rim = rim_of(np.maximum(cover, floor), window, size)[..., None] * np.float32(0.75)
    colours = colours * (1 - rim) + np.asarray(tones[3], np.float32) * rim
    sheet = Sheet.clear(window)
    sheet.wash(colours, np.maximum(cover, floor))
    stage.plate(sheet, near, drift=drift)


SETTING = Setting(
    build=build,
    words=listed(
        "above the clouds, sea of clouds, cloudscape, in the clouds, over the clouds, heaven, stratosphere, "
        "cloud sea, between clouds, sky high"
    ),
    horizon=0.08,
    usual_time="golden_hour",
    special_of=("mountains",),
    implied_by=("last weather cloudy",),
    is_sheltered=True,
    loose="",
)
