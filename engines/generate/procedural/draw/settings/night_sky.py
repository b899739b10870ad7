"""A sky full of stars over a dark land: the Milky Way, northern lights, a shooting star."""

from __future__ import annotations

import math

import cv2
import numpy as np

from engines.generate.procedural.draw.cast import Ground, stand_all
from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.land import add_conifers, add_mist, add_silhouette, hills, ridges
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.settings.space import add_shooting_stars
from engines.generate.procedural.draw.sheet import Sheet
from engines.generate.procedural.draw.sky import add_sky, add_twinkling, dot
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import hash01, noise, noise_at, smoothstep
from engines.generate.procedural.palette import colour, lift, mix


def build(stage: Stage) -> None:
    """Sky, band of stars or curtains of light, hills and trees in silhouette."""
    light, base = stage.light, stage.horizon
    add_sky(stage, 0.6)
    aurora = stage.has("aurora")
    if stage.spec.weather == "clear":
        if not aurora:
            _milky_way(stage)
        add_twinkling(stage, 20, 0.04)
        if stage.has("shooting star") or not aurora:
            add_shooting_stars(stage, 2.2 if stage.has("shooting star") else 4.5)
    if aurora:
        for index in range(3):
            _curtain(stage, index)
    snowy = stage.spec.weather == "snow" or stage.has("winter")
    ground_tone = colour("26364E") if not snowy else colour("8CA0C0")
    far = mix(light.lit(ground_tone, 0.3), light.sky[3], 0.35)
    add_silhouette(stage, ridges(base - 0.01, 0.16, 1.3, stage.seed("far")), 0.08, far, mix(far, light.fog, 0.5), 0.14)
    add_mist(stage, base - 0.02, 0.04, 0.1, 0.4)
    middle = mix(light.lit(ground_tone, 0.1), light.sky[1], 0.3)
    add_conifers(
        stage,
        hills(base + 0.07, 0.05, 1.0, stage.seed("wood")),
        0.3,
        0.075,
        0.026,
        middle,
        lift(middle, -0.02),
        fade=0.3,
        snowy=0.5 * snowy,
    )
    dark = lift(mix(light.lit(ground_tone, 0.05), light.sky[0], 0.5), -0.02 if not snowy else 0.06)
    ground = hills(base + 0.14, 0.07, 0.7, stage.seed("near"))
    add_silhouette(stage, ground, 0.6, lift(dark, 0.03), dark, 0.2)
    stand_all(stage, Ground(base + 0.12, 0.62, 0.75, sheltered=True))
    room = stage.half_width * 0.55
    add_conifers(
        stage, ground, 0.8, 0.36 * stage.narrow, 0.16, dark, dark, keep_clear=(-room, room), fade=0.0, snowy=0.4 * snowy
    )


@kept
def _milky_way(stage: Stage) -> None:
    window = stage.window(0.0, bottom=stage.horizon + 0.05).coarser(2)
    xs, ys = window.xs(), window.ys()
    seed = stage.seed("milky")
    lean = 0.75 if stage.pick("lean") > 0.5 else -0.75
    across = (ys + 0.12) * math.cos(lean) - xs * math.sin(lean) + 0.08 * (noise(window, 1.5, 1.5, seed, 2) - 0.5)
    band = np.exp(-((across / 0.13) ** 2))
    core = np.exp(-((across / 0.055) ** 2))
    cloud = noise(window, 3.5, 3.5, seed + 1, 5, 0.58)
    dust = smoothstep(0.48, 0.66, noise(window, 4.2, 4.2, seed + 2, 5, 0.6)) * core
    fade = smoothstep(0.0, 0.25, stage.horizon - ys)
    alpha = np.clip(band * (0.1 + 0.55 * cloud) * 0.75 + core * cloud * 0.4 - dust * 0.34, 0, 0.8) * fade
    warm = mix(colour("B9C8F2"), colour("F2D6C8"), 0.4)
    cool, rose = np.asarray(colour("8FA6E8"), np.float32), np.asarray(mix(warm, colour("E8A8D0"), 0.3), np.float32)
    tone = core[..., None]
    sheet = Sheet.clear(window)
    sheet.wash((cool * (1 - tone) + rose * tone).astype(np.float32), alpha.astype(np.float32))
    span = window.right - window.x
    for i in range(int(900 * span)):
        a, b, c = (float(hash01(i, k, seed + 9)) for k in range(3))
        x = window.x + a * span
        # Stars crowd in the band: a place across it by a peaked distribution.
        off = (b + float(hash01(i, 5, seed + 9)) + float(hash01(i, 6, seed + 9)) - 1.5) * 0.26
        y = (off + x * math.sin(lean)) / math.cos(lean) - 0.12
        if y < stage.horizon - 0.03:
            dot(sheet, x, y, 0.0007 + 0.0008 * c, (0.95, 0.95, 1.0), 0.35 + 0.6 * c * c)
    stage.plate(sheet, 0.0)


def _curtain(stage: Stage, index: int) -> None:
    """Northern lights: a bright lower hem, rays above it that fade."""
    drift = (0.012 * stage.spec.life * (1 if index % 2 else -1), 0.0)
    window = stage.window(0.01, bottom=stage.horizon + 0.02, drift=drift, margin=0.04).coarser(3)
    xs, ys = window.xs(), window.ys()
    seed = stage.seed(f"aurora {index}")
    hem = stage.horizon - 0.2 - 0.13 * index - 0.16 * (noise_at(xs, 0.8, seed, 2) - 0.4)
    up = hem - ys
    rays = 0.45 + 0.55 * noise_at(xs + up * 0.12, 13.0, seed + 1, 3)
    tall = 0.16 + 0.22 * noise_at(xs, 1.7, seed + 2, 2)
    body = np.where(up > 0, np.exp(-np.clip(up, 0, None) / tall), np.exp(-((up / 0.014) ** 2)))
    presence = smoothstep(0.25, 0.7, noise_at(xs + 3, 0.7, seed + 4, 2))
    alpha = np.clip(body * rays * presence * (0.8 - 0.18 * index), 0, 0.9)
    alpha = np.asarray(cv2.GaussianBlur(alpha.astype(np.float32), (0, 0), 0.8), np.float32)
    t = np.clip(up / 0.34, 0, 1)[..., None]
    green, violet = np.asarray(colour("5CF2A8"), np.float32), np.asarray(colour("8A5CE0"), np.float32)
    sheet = Sheet.clear(window)
    sheet.wash((green * (1 - t) + violet * t).astype(np.float32), alpha)
    phase = stage.pick("phase", index) * 6.28

    def pulse(seconds: float) -> float:
        return 0.74 + 0.24 * math.sin(seconds * (0.8 + 0.25 * index) * stage.spec.life + phase)

    stage.plate(sheet, 0.01, drift=drift, pulse=pulse)


SETTING = Setting(
    build=build,
    words=listed(
        "night sky, milky way, starry sky, stargazing, aurora, northern lights, star, stars, constellation, "
        "shooting star, falling star"
    ),
    horizon=0.32,
    usual_time="night",
    special_of=("space",),
    implied_by=("feature aurora", "feature milky way", "feature shooting star", "time night"),
    keeps_time=True,
    loose="leaves",
)
