"""A village in a valley, mostly in snow: lit windows, smoke, conifers, mountains behind."""

from __future__ import annotations

import math
from dataclasses import replace

import cv2
import numpy as np

from engines.generate.procedural.draw.cast import Ground, add_sky_cast, stand_all
from engines.generate.procedural.draw.land import add_conifers, add_mist, add_mountains, add_silhouette, hills, ridges
from engines.generate.procedural.draw.layers import Placement, Pose, Sprites
from engines.generate.procedural.draw.relight import pose
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sheet import Sheet, ellipse, to_yuva
from engines.generate.procedural.draw.sky import add_clouds, add_sky
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.subject_kind import How, subject_kinds
from engines.generate.procedural.draw.window import Window
from engines.generate.procedural.palette import colour, lift, mix

_ROOFS = 4


def build(stage: Stage) -> None:
    """Mountains, slopes with houses far to near, trees before the eye."""
    light, base = stage.light, stage.horizon
    thaws = stage.has("autumn") or stage.has("flowers")
    snowy = stage.spec.weather == "snow" or stage.has("winter") or (light.is_night and not thaws)
    stage.snowy = snowy
    add_sky(stage)
    add_clouds(stage, stage.spec.life)
    rock = colour("8C8AA0")
    add_mountains(
        stage,
        ridges(base + 0.06, 0.5, 1.2, stage.seed("range"), -stage.spec.sun_x * stage.aspect),
        0.08,
        snow=base - (0.02 if snowy else 0.2),
        rock=rock,
    )
    add_mist(stage, base + 0.04, 0.06, 0.12, 0.6)
    white = colour("F4F8FF") if snowy else colour("86AE5A")
    shade = colour("B4C6E0") if snowy else colour("5A8A48")
    if light.is_night and snowy:
        # Snow keeps what light there is.
        light = replace(
            light,
            key=mix(light.key, (1, 1, 1), 0.45),
            ambient=mix(light.ambient, (0.62, 0.72, 0.95), 0.6),
            haze=light.haze * 0.6,
        )
        stage.light = light
    stage.lamplight = 0.2 * light.lamps
    tree = light.lit(colour("2F4E46") if not snowy else colour("3E5A62"), 0.3)
    for index, (near, drop, size, count) in enumerate(
        ((0.3, 0.12, 0.1, 9), (0.5, 0.21, 0.16, 6), (0.72, 0.33, 0.25, 3))
    ):
        line = hills(base + drop, 0.07, 0.9 + 0.2 * index, stage.seed(f"slope {index}"), 2)
        top, foot = light.far(light.lit(white, 0.75), near), light.far(light.lit(shade, 0.35), near)
        tone = light.far(tree, near)
        add_conifers(
            stage,
            line,
            near - 0.02,
            size * 0.95,
            0.05 + 0.07 * index,
            tone,
            mix(tone, foot, 0.4),
            fade=0.5,
            snowy=0.85 if snowy else 0.0,
            tag="back",
            earth=top,
        )
        add_silhouette(
            stage,
            hills(base + drop + 0.012, 0.07, 0.9 + 0.2 * index, stage.seed(f"slope {index}"), 2),
            near,
            top,
            foot,
            0.16,
            uneven=0.35,
        )
        _houses(stage, near, base + drop, size * stage.narrow, count, index, snowy)
        add_mist(stage, base + drop + 0.05, 0.035, near + 0.03, 0.3)
    add_sky_cast(stage, -0.28)
    near = 0.9
    ground = hills(0.47, 0.05, 1.0, stage.seed("near"), 2)
    bright = light.lit(white, 0.65)
    add_silhouette(stage, ground, near - 0.01, bright, lift(light.lit(shade, 0.3), -0.02), 0.14, uneven=0.3)
    stand_all(stage, Ground(0.44, near, 0.95))
    room = stage.half_width * 0.7
    add_conifers(
        stage,
        ground,
        near,
        0.36 * stage.narrow,
        0.2,
        lift(tree, -0.05),
        light.lit(shade, 0.3),
        keep_clear=(-room, room),
        snowy=0.9 if snowy else 0.0,
        fade=0.15,
        earth=bright,
    )


def _house(stage: Stage, how: How, size: float, near: float) -> Pose:
    """One of the cottages, its windows lit where the time asks for it."""
    cottage = subject_kinds()["house"]
    lamps = cottage.lamps
    return pose(
        stage,
        lambda sheet: cottage.draw(sheet, how),
        cottage.box,
        size,
        near,
        volume=cottage.volume,
        lamps=(lambda sheet, amount: lamps(sheet, amount, how)) if lamps else None,
        fog=0.7,
    )


def _houses(stage: Stage, near: float, foot: float, size: float, count: int, row: int, snowy: bool) -> None:
    made: list[tuple[float, float, float, int, bool]] = []
    x0, _, x1, _ = stage.camera.needed(near)
    line = hills(foot + 0.012, 0.07, 0.9 + 0.2 * row, stage.seed(f"slope {row}"), 2)
    for i in range(count):
        a, b, c = (stage.pick(f"house {row}", i, k) for k in range(3))
        x = x0 + (x1 - x0) * (i + 0.15 + 0.7 * a) / count
        y = float(line(np.array([[x]], np.float32))[0, 0]) + size * (0.2 + 0.25 * b)
        made.append((x, y, size * (0.75 + 0.4 * c), int(a * 97) % _ROOFS, b > 0.5))
    poses = [_house(stage, How(seed=kind, snowy=snowy), size, near) for kind in range(_ROOFS)]
    made.sort(key=lambda entry: entry[1])
    _shade(stage, [(x, y, s) for x, y, s, _, _ in made], near, size)
    stage.add(
        Sprites(
            poses, lambda seconds: [Placement(x, y, s, k, mirrored=m) for x, y, s, k, m in made], near, is_still=True
        )
    )
    _smoke(stage, [(x + (0.25 if not m else -0.25) * s, y - 1.02 * s, s) for x, y, s, k, m in made if k % 2 == 0], near)


def _shade(stage: Stage, feet: list[tuple[float, float, float]], near: float, size: float) -> None:
    """What the houses keep the sun or the moon from: a slanted patch on the far side, and dark under the walls."""
    light = stage.light
    away = -1.0 if stage.spec.sun_x > 0 else 1.0
    window = Window.around(-1.5, -0.16, 1.5, 0.12, max(12.0, stage.size[1] * size * 1.2))
    sheet = Sheet.clear(window)
    tone = lift(mix(light.ambient, light.sky[0], 0.35), -0.26)
    strong = (0.62 if not light.is_night else 0.3) * light.disc
    if strong > 0.05:
        reach = 0.5 if light.sun_height > 0.2 else 0.95
        cast = [
            (-0.52, 0.02),
            (0.6, 0.02),
            (0.6 + away * reach, -0.09),
            (-0.2 + away * reach, -0.12),
            (-0.52 + away * reach, -0.09),
        ]
        sheet.fill(cast, tone, strong)
    sheet.fill(ellipse(0.02, 0.012, 0.66, 0.05), tone, 0.32)
    soft = max(0.8, 0.02 * window.scale)
    sheet.data = np.asarray(cv2.GaussianBlur(sheet.data, (0, 0), soft), np.float32)
    patch = Pose(to_yuva(sheet, stage.grade), window)
    stage.add(Sprites([patch], lambda seconds: [Placement(x, y, s) for x, y, s in feet], near, is_still=True))


def _smoke(stage: Stage, chimneys: list[tuple[float, float, float]], near: float) -> None:
    window = Window.around(-0.5, -0.5, 0.5, 0.5, max(10.0, stage.size[1] * 0.05))
    soft = np.exp(-(window.xs() ** 2 + window.ys() ** 2) / 0.05) * 0.34
    sheet = Sheet.clear(window)
    sheet.wash(mix(stage.light.fog, (1, 1, 1), 0.35), soft.astype(np.float32))
    puff = Pose(to_yuva(sheet, stage.grade), window)
    wind = 1.0 if stage.pick("wind") > 0.5 else -1.0

    def placements(seconds: float) -> list[Placement]:
        t = seconds * stage.spec.life
        made = []
        for j, (x, y, size) in enumerate(chimneys):
            for i in range(9):
                rise = (i / 9 + t * 0.13 + j * 0.37) % 1.0
                drift = wind * size * (0.9 * rise * rise) + 0.05 * size * math.sin(rise * 9 + j + t)
                made.append(
                    Placement(
                        x + drift,
                        y - rise * size * 1.3,
                        size * (0.16 + 0.5 * rise),
                        opacity=0.75 * (1 - rise) * min(1.0, rise * 8),
                    )
                )
        return made

    stage.add(Sprites([puff], placements, near))


SETTING = Setting(
    build=build,
    words=listed("village, snow village, hamlet, winter village, christmas, rooftops, lit windows, small town"),
    horizon=0.06,
    usual_time="night",
    usual_weather="snow",
    special_of=("mountains", "meadow", "forest"),
    implied_by=("feature winter",),
    keeps_time=True,
    snows_in_winter=True,
    full_of=("house",),
)
