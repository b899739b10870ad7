"""Sky, sun and moon, stars and clouds."""

from __future__ import annotations

import math

import cv2
import numpy as np

from engines.generate.procedural.draw.billows import raise_heap, rim_of, shaded
from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.layers import Placement, Pose, Sprites
from engines.generate.procedural.draw.sheet import Sheet, to_yuva
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import Field, Window, hash01, noise, noise_at, smoothstep
from engines.generate.procedural.palette import Colour, mix, ramp


def sun_place(stage: Stage) -> tuple[float, float]:
    """Middle of the sun or moon in scene units."""
    return (stage.spec.sun_x * stage.aspect, stage.horizon - stage.light.sun_height)


def add_sky(stage: Stage, glow: float = 1.0) -> None:
    """The whole sky, down past the horizon: gradient, glow, disc and stars."""
    _paint_sky(stage, glow)
    if stage.light.stars > 0.3:
        add_twinkling(stage)
    stage.sky_layers = len(stage.layers)


@kept
def _paint_sky(stage: Stage, glow: float) -> None:
    window = stage.window(0.0)
    light = stage.light
    coarse = window.coarser(4)
    data = np.ones((coarse.height, coarse.width, 4), np.float32)
    sheet = Sheet(coarse, data)
    table = ramp(light.sky, 512)
    top = min(-0.5, stage.horizon - 0.75)
    depth = np.clip((coarse.ys() - top) / (stage.horizon - top), 0, 1)
    rows = (np.power(depth, 1.15) * 511).astype(int)
    data[..., :3] = table[rows[:, 0]][:, None, :]
    x, y = sun_place(stage)
    dx, dy = coarse.xs() - x, coarse.ys() - y
    away = np.sqrt(dx * dx + dy * dy)
    k = light.glow * glow
    if light.is_night:
        sheet.glow(mix(light.sun, light.key, 0.4), 0.34 * k * np.exp(-((away / 0.14) ** 1.3)))
        sheet.glow(light.key, 0.22 * k * np.exp(-away / 0.4))
    else:
        band = np.exp(-((coarse.ys() - stage.horizon) ** 2) / 0.02) * np.exp(-((dx / (0.55 + 0.3 * stage.aspect)) ** 2))
        sheet.glow(mix(light.sun, light.sky[-1], 0.5), 0.38 * k * np.exp(-((away / 0.3) ** 1.2)))
        sheet.glow(mix(light.sun, light.sky[-1], 0.75), 0.3 * k * band)
        sheet.glow(light.sun, 0.6 * k * np.exp(-((away / 0.075) ** 1.5)))
    # A broad, faint unevenness: no sky is a perfect gradient.
    uneven = noise(coarse, 1.6, 3.4, stage.seed("sky"), 2) - 0.5
    data[..., :3] += uneven[..., None] * np.float32(0.035) * (0.4 + 0.6 * data[..., :3])
    full = cv2.resize(data, (window.width, window.height), interpolation=cv2.INTER_CUBIC)
    sheet = Sheet(window, np.asarray(full, np.float32))
    if light.stars > 0:
        _stars(stage, sheet, light.stars)
    if light.disc > 0.02:
        _disc(stage, sheet, x, y)
    stage.plate(sheet, 0.0)


def _disc(stage: Stage, sheet: Sheet, x: float, y: float) -> None:
    light = stage.light
    radius = (0.052 if light.is_night else 0.058 if light.sun_height < 0.15 else 0.045) * stage.narrow
    radius *= light.disc_size
    if stage.has("big moon") or stage.has("big sun"):
        radius *= 2.1
    sheet.circle(x, y, radius, mix(light.sun, (1, 1, 1), 0.35), light.disc)
    if not light.is_night:
        return
    grey = mix(light.sun, light.key, 0.42)
    for cx, cy, r, a in (
        (-0.3, -0.2, 0.26, 0.4),
        (0.22, 0.25, 0.3, 0.32),
        (0.3, -0.34, 0.16, 0.36),
        (-0.18, 0.45, 0.14, 0.3),
        (-0.55, 0.2, 0.12, 0.28),
    ):
        sheet.circle(x + cx * radius, y + cy * radius, r * radius, grey, a * light.disc)
    if stage.has("crescent"):
        shade = stage.light.sky[2]
        sheet.circle(x + radius * 0.42, y - radius * 0.12, radius * 0.94, shade, light.disc)


def _stars(stage: Stage, sheet: Sheet, amount: float) -> None:
    window, seed = sheet.window, stage.seed("stars")
    cells = 26.0
    x0, x1 = math.floor(window.x * cells), math.ceil(window.right * cells)
    y0, y1 = math.floor(window.y * cells), math.ceil(min(window.bottom, stage.horizon) * cells)
    columns, rows = np.meshgrid(np.arange(x0, x1), np.arange(y0, y1))
    chance = hash01(columns, rows, seed)
    dense = noise_star_density(columns / cells, rows / cells, seed)
    chosen = chance < (0.3 + 0.4 * dense) * min(1.0, amount)
    px = (columns + hash01(columns, rows, seed + 1)) / cells
    py = (rows + hash01(columns, rows, seed + 2)) / cells
    power = hash01(columns, rows, seed + 3) ** 4
    tone = hash01(columns, rows, seed + 4)
    for x, y, p, t in zip(px[chosen], py[chosen], power[chosen], tone[chosen], strict=True):
        fade = min(1.0, max(0.0, (stage.horizon - y - 0.02) / 0.3)) * min(1.0, amount * 1.2)
        colour: Colour = (1.0, 0.93, 0.85) if t > 0.8 else (0.82, 0.9, 1.0) if t > 0.45 else (1.0, 1.0, 1.0)
        dot(sheet, float(x), float(y), 0.0009 + 0.0016 * float(p), colour, (0.4 + 0.6 * float(p)) * fade)


def noise_star_density(x: np.ndarray, y: np.ndarray, seed: int) -> np.ndarray:
    """Stars come in drifts: 0..1."""
    return np.asarray(noise_at(x + y * 0.7, 2.2, seed + 11) * noise_at(y - x * 0.4, 2.8, seed + 12) * 1.6)


def dot(sheet: Sheet, x: float, y: float, radius: float, colour: Colour, amount: float) -> None:
    """A small round light, never smaller than a pixel: it gets fainter instead."""
    w = sheet.window
    px, py = (x - w.x) * w.scale - 0.5, (y - w.y) * w.scale - 0.5
    r = radius * w.scale
    sigma = max(0.55, r)
    amount *= min(1.0, (r / 0.55)) if r < 0.55 else 1.0
    reach = int(3 * sigma) + 1
    x0, y0 = max(0, int(px) - reach), max(0, int(py) - reach)
    x1, y1 = min(w.width, int(px) + reach + 2), min(w.height, int(py) + reach + 2)
    if x1 <= x0 or y1 <= y0:
        return
    dx, dy = np.arange(x0, x1)[None, :] - px, np.arange(y0, y1)[:, None] - py
    spot = (np.exp(-(dx * dx + dy * dy) / (1.4 * sigma * sigma)) * amount).astype(np.float32)[..., None]
    part = sheet.data[y0:y1, x0:x1]
    part[..., :3] += np.asarray(colour, np.float32) * spot * (1 - part[..., :3])
    part[..., 3] = np.maximum(part[..., 3], spot[..., 0])


def star_pose(stage: Stage, colour: Colour = (1.0, 1.0, 1.0)) -> Pose:
    """A bright star with a soft cross, one unit wide."""
    scale = max(8.0, stage.size[1] * 0.035)
    window = Window.around(-0.5, -0.5, 0.5, 0.5, scale)
    x, y = window.xs(), window.ys()
    away = np.sqrt(x * x + y * y)
    core = np.exp(-((away / 0.07) ** 2)) + 0.25 * np.exp(-((away / 0.2) ** 2))
    rays = np.exp(-np.abs(x) / 0.012 - np.abs(y) / 0.12) + np.exp(-np.abs(y) / 0.012 - np.abs(x) / 0.12)
    amount = np.clip(core + 0.5 * rays, 0, 1) * np.clip((0.5 - away) / 0.12, 0, 1)
    sheet = Sheet.clear(window)
    sheet.wash(colour, amount.astype(np.float32))
    return Pose(to_yuva(sheet, np.eye(4)), window)


def add_twinkling(stage: Stage, count: int = 22, size: float = 0.03) -> None:
    """A few bright stars whose light breathes."""
    seed = stage.seed("twinkle")
    x0, y0, x1, _ = stage.camera.needed(0.0)
    spots = []
    for i in range(count):
        a, b, c, d = (float(hash01(i, k, seed)) for k in range(4))
        y = y0 + (stage.horizon - 0.1 - y0) * b * 0.92
        spots.append((x0 + (x1 - x0) * a, y, size * (0.45 + 0.9 * c * c), d * math.tau, 0.5 + c * 1.3))

    def placements(seconds: float) -> list[Placement]:
        return [
            Placement(x, y, s, opacity=min(1.0, stage.light.stars) * (0.5 + 0.48 * math.sin(p + seconds * f * 2.2)))
            for x, y, s, p, f in spots
        ]

    stage.add(Sprites([star_pose(stage)], placements, near=0.0))


def add_clouds(stage: Stage, life: float = 1.0) -> None:
    """Clouds for the weather: streaks low over the horizon at the edges of the day, heaps at noon, a ceiling in rain."""
    cover = stage.light.cover
    if stage.has("no clouds") or cover <= 0.02:
        return
    if cover >= 0.85:
        _ceiling(stage, life)
    elif cover >= 0.6:
        _ceiling(stage, life, broken=True)
    elif stage.spec.time in ("day", "morning") and stage.spec.weather == "clear":
        _heaps(stage, life)
        _streaks(stage, life, 0.4)
    else:
        _streaks(stage, life)


def _blown(stage: Stage) -> float:
    """Which way clouds go and how much faster in a strong wind."""
    return stage.breeze * max(1.0, 0.3 + 0.7 * stage.spec.wind)


@kept
def _streaks(stage: Stage, life: float, strength: float = 1.0) -> None:
    drift = (0.0055 * life * _blown(stage), 0.0)
    window = stage.window(0.02, bottom=stage.horizon, drift=drift, margin=0.02).coarser(2)
    light, y = stage.light, window.ys()
    height = (stage.horizon - y) / 0.75
    shape = noise(window, 1.1, 7.0, stage.seed("streaks"), 4, 0.55)
    lines = noise(window, 0.6, 3.0, stage.seed("streak rows"), 2)
    body = smoothstep(0.52, 0.8, shape * 0.72 + lines * 0.42 - 0.03 + 0.1 * (light.cover - 0.3))
    low = smoothstep(0.03, 0.16, height) * (1 - 0.75 * smoothstep(0.35, 1.0, height))
    alpha = body * low * np.float32(0.9 * strength)
    above = noise(
        Window(window.x, window.y + 0.012, window.width, window.height, window.scale),
        1.1,
        7.0,
        stage.seed("streaks"),
        4,
        0.55,
    )
    x, sy = sun_place(stage)
    sun_near = np.exp(-(((window.xs() - x) / 0.7) ** 2) - ((y - sy) / 0.4) ** 2)
    rim = np.clip((above - shape) * (-4.0 if not light.is_night else 4.0) + 0.3 + 0.45 * sun_near, 0, 1)
    _lay_clouds(stage, window, alpha, rim, drift)


def _lay_clouds(stage: Stage, window: Window, alpha: Field, bright: Field, drift: tuple[float, float]) -> None:
    table = ramp(
        (stage.light.cloud_shade, mix(stage.light.cloud_shade, stage.light.cloud_light, 0.55), stage.light.cloud_light),
        128,
    )
    colours = table[np.clip(bright * 127, 0, 127).astype(int)]
    sheet = Sheet.clear(window)
    sheet.wash(colours, alpha)
    stage.plate(sheet, 0.02, drift=drift)


@kept
def _heaps(stage: Stage, life: float) -> None:
    """Fair-weather clouds: flat below, heaped above, small ones near the horizon."""
    direction = _blown(stage)
    for band, (near, low, high, count, size) in enumerate(((0.015, 0.06, 0.2, 7, 0.1), (0.04, 0.24, 0.5, 4, 0.22))):
        drift = (0.006 * (1 + band) * life * direction, 0.0)
        window = stage.window(near, bottom=stage.horizon, drift=drift, margin=0.05).coarser(1.5)
        span = window.right - window.x
        height, base = (
            np.zeros((window.height, window.width), np.float32),
            np.zeros((window.height, window.width), np.float32),
        )
        number = max(2, round(count * span / 1.9))
        for i in range(number):
            a, b, c = (stage.pick("heap", band, i, k) for k in range(3))
            x = window.x + span * (i + 0.15 + 0.7 * a) / number
            _heap(
                stage,
                window,
                height,
                base,
                x,
                stage.horizon - low - (high - low) * b,
                size * (0.55 + 0.75 * c),
                band * 50 + i,
            )
        _lay_heaps(stage, window, height, base, size, 0.94 if band else 0.85, near, drift)


def _heap(stage: Stage, window: Window, height: Field, base: Field, x: float, y: float, size: float, key: int) -> None:
    """One cloud of several heaps on a flat base; `base` keeps how far up from it each place is, in its own sizes."""
    x0, x1 = (int(np.clip((x + s * size * 1.7 - window.x) * window.scale, 0, window.width)) for s in (-1, 1))
    y0, y1 = (int(np.clip((v - window.y) * window.scale, 0, window.height)) for v in (y - size * 1.3, y + size * 0.3))
    if x1 <= x0 or y1 <= y0:
        return
    part = Window(window.x + x0 / window.scale, window.y + y0 / window.scale, x1 - x0, y1 - y0, window.scale)
    own = np.zeros((y1 - y0, x1 - x0), np.float32)
    for j in range(5):
        a, b = stage.pick("lobe", key, j, 0), stage.pick("lobe", key, j, 1)
        across = (j + 0.5 + 0.5 * (a - 0.5)) / 5 * 2 - 1
        raise_heap(
            own,
            part,
            x + across * size * 0.95,
            y,
            size * (0.62 - 0.34 * abs(across)) * (0.75 + 0.5 * b),
            stage.seed(f"heap {key} {j}"),
        )
    up = (np.float32(y + size * 0.06) - part.ys()) / np.float32(size)
    own *= np.clip(up / 0.07 + 0.5, 0, 1)
    above = own > height[y0:y1, x0:x1]
    np.copyto(height[y0:y1, x0:x1], own, where=above)
    np.copyto(base[y0:y1, x0:x1], np.clip(up, 0, 1) + np.zeros_like(own), where=above)


def _lay_heaps(
    stage: Stage,
    window: Window,
    height: Field,
    base: Field,
    size: float,
    strength: float,
    near: float,
    drift: tuple[float, float],
) -> None:
    light = stage.light
    tone, cover = shaded(height, window, size, sun_place(stage)[0], light.sun_height, stage.seed(f"heaps {near}"))
    shade = mix(light.cloud_shade, light.sky[1], 0.3)
    table = ramp(
        (
            mix(shade, light.sky[0], 0.12),
            shade,
            mix(shade, light.cloud_light, 0.6),
            light.cloud_light,
            mix(light.cloud_light, light.sun, 0.4),
        )
    )
    tone = np.clip(0.16 + 0.9 * tone * (0.45 + 0.55 * smoothstep(0.0, 0.42, base)) + 0.06, 0, 1)
    colours = table[(tone * 255).astype(int)]
    rim = rim_of(cover, window, size)[..., None] * np.float32(0.6) * smoothstep(0.05, 0.3, base)[..., None]
    colours = colours * (1 - rim) + np.asarray(light.cloud_light, np.float32) * rim
    sheet = Sheet.clear(window)
    sheet.wash(colours.astype(np.float32), cover * np.float32(strength))
    stage.plate(sheet, near, drift=drift)


def _ceiling(stage: Stage, life: float, broken: bool = False) -> None:
    drift = ((0.016 if not broken else 0.01) * life * stage.breeze, 0.0)
    window = stage.window(0.02, bottom=stage.horizon, drift=drift, margin=0.02).coarser(3)
    y = window.ys()
    height = np.clip((stage.horizon - y) / 0.75, 0, 1)
    # Seen from below the cells lie in perspective: wide and thin near the horizon.
    seed = stage.seed("ceiling")
    fine, broad = noise(window, 1.6, 5.0, seed, 5, 0.55), noise(window, 0.8, 2.2, seed + 7, 3)
    body = fine * 0.6 + broad * 0.5
    low, high = (0.5, 0.72) if broken else (0.22, 0.6)
    alpha = smoothstep(low, high, body) * smoothstep(0.0, 0.2, height) * np.float32(0.88 if broken else 0.82)
    lower = noise(Window(window.x, window.y + 0.02, window.width, window.height, window.scale), 1.6, 5.0, seed, 5, 0.55)
    bright = np.clip(
        0.5 + (fine - lower) * (2.6 if not broken else 3.2) + (0.5 - body) * (0.6 if broken else 1.1), 0, 1
    )
    if stage.spec.weather == "storm":
        bright *= 0.8
    _lay_clouds(stage, window, alpha, bright, drift)
