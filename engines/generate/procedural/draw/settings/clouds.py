"""Above the clouds: banks of heaped cloud to the horizon, a summit that stands out of them."""

from __future__ import annotations

import math

import cv2
import numpy as np

from engines.generate.procedural.draw.cast import Ground, add_birds, add_sky_cast, add_standing
from engines.generate.procedural.draw.land import add_mountains, ridges
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sheet import Points, Sheet, ellipse
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
    summit = ridges(base + 0.16, 0.4 * stage.narrow, 1.0, stage.seed("summit"))

    def lone(xs: Field) -> Field:
        near_peak = np.exp(-((np.abs(xs - peak) / 0.2) ** 2.2))
        return np.asarray(base + 0.2 - (base + 0.2 - summit(xs)) * (0.18 + 0.95 * near_peak), np.float32)

    rows = ((0.2, 0.035, 0.06), (0.34, 0.1, 0.1), (0.56, 0.21, 0.16), (0.86, 0.38, 0.24))
    for index, (near, drop, size) in enumerate(rows):
        if index == 1:
            add_mountains(stage, lone, 0.27, snow=base + 0.02, rock=rock, foot=0.12)
        _bank(stage, near, base + drop, size, index)
        if index == 1:
            add_sky_cast(stage, -0.2)
        if index == 2:
            for subject in stage.spec.subjects:
                add_standing(stage, subject, Ground(base + drop + 0.03, near + 0.05, 0.9), shadow=False)
    if not light.is_night and stage.spec.weather in ("clear", "cloudy"):
        add_birds(stage, -0.16, 6, 0.034)


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
    """From the shaded hollow to the lit crown of a bank."""
    light = stage.light
    shade = mix(light.cloud_shade, light.sky[1], 0.35)
    crown = mix(light.cloud_light, light.key, 0.25)
    if stage.spec.weather in ("storm", "rain"):
        shade, crown = lift(shade, -0.1), lift(crown, -0.14)
    return (lift(shade, -0.05), shade, mix(shade, crown, 0.55), crown, mix(crown, light.sun, 0.5 * light.disc))


def _bank(stage: Stage, near: float, base: float, size: float, index: int) -> None:
    """A row of heaps, each lobe lit from the sun's side; soft where it thins out below."""
    light = stage.light
    windy = 2.2 if stage.wind > 1.9 else 1.0
    drift = (0.0045 * (1 + 2.4 * near) * stage.spec.life * stage.breeze * windy, 0.0)
    window = stage.window(near, top=base - size * 1.5, drift=drift, margin=size * 0.4).coarser(1.0 + near)
    sheet = Sheet.clear(window)
    seed = stage.seed(f"bank {index}")
    tones = cloud_tones(stage)
    haze = min(0.8, light.haze * 1.1 * (1 - near) ** 1.3)
    x = sun_place(stage)[0]
    spacing = size * 0.62
    heaps: list[tuple[float, float, float]] = []
    for i in range(math.floor(window.x / spacing) - 1, math.ceil(window.right / spacing) + 2):
        a, b, c = (float(hash01(i, k, seed)) for k in range(3))
        lump = float(noise_at(np.array([i * 0.41]), 1.0, seed + 9)[0])
        heaps.append(
            (
                (i + 0.8 * (a - 0.5)) * spacing,
                base - size * (0.02 + 0.5 * lump * b),
                size * (0.34 + 0.4 * lump * c + 0.08),
            )
        )
    layers: list[list[Points]] = [[], [], [], []]
    for n, (hx, hy, r) in enumerate(heaps):
        lean = 1.0 if x > hx else -1.0
        low_sun = 0.5 if light.sun_height < 0.15 else 0.25
        for i in range(10):
            a, b = float(hash01(n * 16 + i, 3, seed)), float(hash01(n * 16 + i, 4, seed))
            turn = math.pi * (0.06 + 0.88 * (i + 0.5 * a) / 10)
            px, py = hx - math.cos(turn) * r * 1.05, hy - math.sin(turn) * r * 0.72
            lobe = r * (0.24 + 0.24 * b)
            layers[0].append(ellipse(px, py, lobe * 1.1, lobe)[::3])
            layers[1].append(ellipse(px + lean * lobe * 0.1, py - lobe * 0.16, lobe * 0.9, lobe * 0.8)[::3])
            layers[2].append(ellipse(px + lean * lobe * low_sun * 0.7, py - lobe * 0.32, lobe * 0.64, lobe * 0.55)[::3])
            if b > 0.4:
                layers[3].append(ellipse(px + lean * lobe * low_sun, py - lobe * 0.5, lobe * 0.36, lobe * 0.3)[::3])
        layers[0].append(ellipse(hx, hy, r * 1.05, r * 0.75)[::3])
    rim = 0.35 + 0.65 * light.disc
    for shapes, tone, alpha in zip(
        layers, (tones[1], tones[2], tones[3], tones[4]), (1.0, 0.75, 0.62, 0.6 * rim), strict=True
    ):
        sheet.fill_many(shapes, mix(tone, light.fog, haze), alpha)
    soft = max(0.8, window.scale * size * 0.03)
    sheet.data = np.asarray(cv2.GaussianBlur(sheet.data, (0, 0), soft), np.float32)
    below_it = smoothstep(base - size * 0.2, base + size * 0.05, window.ys() + 0 * window.xs())
    hollow = mix(mix(tones[1], tones[0], 0.5), light.fog, haze)
    wool = noise(window, 3.0 / size * 0.3, 6.0 / size * 0.3, seed + 20, 4) - 0.5
    t = np.clip(0.5 + wool * 1.3 - (window.ys() - base) / size * 0.5, 0, 1)
    floor = ramp((mix(hollow, light.fog, 0.25), hollow, mix(tones[2], light.fog, haze)))[(t * 255).astype(int)]
    under = Sheet.clear(window)
    under.wash(floor, below_it)
    lower = 1 - sheet.data[..., 3:]
    sheet.data += under.data * lower
    fade = smoothstep(base + size * 0.0, base + size * 0.5, window.ys() + 0 * window.xs())[..., None] * 0.55
    sheet.data = np.asarray(sheet.data * (1 - fade) + under.data * fade, np.float32)
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
    loose="",
)
