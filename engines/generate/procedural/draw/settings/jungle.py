"""Jungle: a waterfall in a bright clearing, framed by giant leaves, lianas and palms."""

from __future__ import annotations

import math

import cv2
import numpy as np

from engines.generate.procedural.draw.cast import Ground, add_birds, add_sky_cast, stand_all
from engines.generate.procedural.draw.flutter import add_flutter
from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.land import add_grass, add_mist, below, hills
from engines.generate.procedural.draw.layers import Placement, Pose, Sprites
from engines.generate.procedural.draw.plants import broad_leaf, frond, heliconia, monstera
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sheet import Gradient, Points, Sheet, down, stroke, to_yuva
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import Window, hash01, noise, noise_at, smoothstep
from engines.generate.procedural.palette import Colour, colour, lift, mix, ramp


def build(stage: Stage) -> None:
    """Glow at the back, cliff with the fall, four depths of growth, frame of leaves, butterflies."""
    light = stage.light
    leaf = light.lit(colour("56B04E"), 0.85)
    glow = mix(mix(light.fog, light.key, 0.5), light.lit(colour("B9E28A"), 1.0), 0.45 if not light.is_night else 0.2)
    if stage.spec.weather in ("rain", "storm", "fog"):
        glow = mix(glow, light.fog, 0.5)
    dark = lift(light.lit(colour("143E34"), 0.12), -0.03)
    if stage.spec.palette not in ("", "default"):
        leaf, dark = mix(leaf, light.sky[2], 0.4), mix(dark, light.sky[0], 0.3)
    base = stage.horizon
    _back(stage, glow, leaf)
    fall = 0.03 * stage.aspect * (1 if stage.spec.sun_x < 0 else -1)
    _cliff(stage, fall, glow, dark)
    _waterfall(stage, fall)
    add_mist(stage, base + 0.1, 0.09, 0.2, 0.8, tag="spray", colour=mix(glow, (1, 1, 1), 0.35))
    if light.disc > 0.35 and not light.is_night:
        _shafts(stage, glow)
    for index, (near, haze) in enumerate(((0.25, 0.62), (0.42, 0.36), (0.62, 0.14))):
        tone, tip = mix(dark, glow, haze * 0.9), mix(mix(leaf, dark, 0.35), glow, haze * 0.8)
        _growth(stage, near, index, tone, tip)
        if index < 2:
            add_mist(stage, base + 0.12 + 0.07 * index, 0.07, near + 0.05, 0.45, colour=mix(glow, light.fog, 0.3))
        if index == 1:
            stand_all(stage, Ground(base + 0.26, 0.55, 0.85))
    add_sky_cast(stage, -0.2)
    if not light.is_night and stage.spec.weather in ("clear", "cloudy"):
        add_birds(stage, -0.12, 4, 0.034, 0.3)
    _lianas(stage, dark, leaf)
    ground = hills(0.45, 0.05, 1.2, stage.seed("floor"))
    tones = (lift(dark, 0.02), mix(dark, leaf, 0.55))
    add_grass(stage, ground, 0.9, 0.075, 250, tones, soil=lift(dark, -0.01), tag="floor")
    _frame(stage, dark, leaf)
    add_flutter(stage, 0.12, 0.75, 6)


@kept
def _back(stage: Stage, glow: Colour, leaf: Colour) -> None:
    window = stage.window(0.0).coarser(3)
    away = np.sqrt((window.xs() * 0.8) ** 2 + (window.ys() + 0.12) ** 2)
    light = stage.light
    table = ramp(
        (mix(glow, light.sun, 0.55 * light.disc), glow, mix(glow, leaf, 0.55), lift(mix(leaf, glow, 0.2), -0.12))
    )
    crowns = noise(window, 7.0, 7.0, stage.seed("far crowns"), 4, 0.55) - 0.5
    edge = smoothstep(0.1, 0.6, away) * 0.9
    t = np.clip(away / 0.95 + crowns * edge * 0.9, 0, 1)
    sheet = Sheet.clear(window)
    sheet.wash(table[(t * 255).astype(int)], 1.0)
    full = stage.window(0.0)
    large = cv2.resize(sheet.data, (full.width, full.height), interpolation=cv2.INTER_CUBIC)
    stage.plate(Sheet(full, np.asarray(large, np.float32)), 0.0)


@kept
def _cliff(stage: Stage, fall: float, glow: Colour, dark: Colour) -> None:
    """Walls of rock left and right of the fall, overgrown above."""
    light, near = stage.light, 0.12
    window = stage.window(near, top=-0.36)
    xs, ys = window.xs(), window.ys()
    off = np.abs(xs - fall)
    seed = stage.seed("cliff")
    top = -0.12 - 0.2 * smoothstep(0.05, 0.5, off) + 0.07 * (noise_at(xs, 4.0, seed, 3) - 0.5)
    rough = noise(window, 5.0, 13.0, seed + 1, 4) - 0.5
    moss = noise(window, 9.0, 7.0, seed + 2, 3)
    rock = mix(light.lit(colour("6E7A68"), 0.5), glow, 0.5)
    shade = mix(light.lit(colour("3A4A40"), 0.15), glow, 0.4)
    green = mix(light.lit(colour("5A9A4C"), 0.7), glow, 0.45)
    t = np.clip(0.5 + rough * 1.7, 0, 1)
    colours = ramp((shade, mix(shade, rock, 0.6), rock))[(t * 255).astype(int)]
    grown = smoothstep(0.45, 0.62, moss + 0.35 * np.exp(-np.clip(ys - top, 0, None) / 0.05))[..., None]
    colours = colours * (1 - grown) + np.asarray(green, np.float32) * grown
    sheet = Sheet.clear(window)
    sheet.wash(colours.astype(np.float32), below(window, np.asarray(top, np.float32)))
    stage.plate(sheet, near)
    del dark


def _waterfall(stage: Stage, x: float) -> None:
    """Falling water: two sheets of streaks, one runs before the other; the top edge stays where it is."""
    light, near = stage.light, 0.13
    top, foot = -0.13, stage.horizon + 0.12
    tall = foot - top
    white = mix(light.lit((0.97, 0.99, 1.0), 0.95), light.key, 0.1)
    base = Window.around(x - 0.11, top - 0.02, x + 0.11, foot + 0.02, stage.size[1] * 1.1)
    sheet = Sheet.clear(base)
    xs, ys = base.xs(), base.ys()
    t = np.clip((ys - top) / tall, 0, 1)
    half = 0.042 + 0.03 * t
    body = (
        smoothstep(0.0, 0.012, half - np.abs(xs - x))
        * smoothstep(-0.005, 0.008, ys - top)
        * (1 - smoothstep(0.9, 1.0, t))
    )
    sheet.wash(mix(white, light.lit(colour("7FB8C4"), 0.5), 0.35), (body * 0.9).astype(np.float32))
    stage.plate(sheet, near, fills_width=False)
    poses = []
    seed = stage.seed("fall")
    for layer in range(2):
        window = Window.around(-0.08, 0.0, 0.08, tall, stage.size[1] * 1.1)
        lines = noise(window, 70.0 - 20 * layer, 7.0, seed + layer, 3)
        # Streaks wrap: the noise is faded into its own beginning.
        high = window.height
        blend = np.linspace(0, 1, high, dtype=np.float32)[:, None]
        lines = lines * (1 - blend) + np.roll(lines, high // 2, axis=0) * blend
        poses.append(np.clip((lines - 0.48) * 4.2, 0, 1))
    frames: list[Pose] = []
    count = 12
    for f in range(count):
        window = Window.around(-0.08, 0.0, 0.08, tall, stage.size[1] * 1.1)
        u = np.clip(window.ys() / tall, 0, 1)
        half = 0.04 + 0.03 * u
        inside = (
            smoothstep(0.0, 0.015, half - np.abs(window.xs()))
            * smoothstep(0, 0.02, window.ys())
            * (1 - smoothstep(0.88, 1.0, u))
        )
        alpha = np.zeros(inside.shape, np.float32)
        for layer, lines in enumerate(poses):
            alpha = np.maximum(alpha, np.roll(lines, int(f * (layer + 1) * window.height / count), axis=0))
        drawn = Sheet.clear(window)
        drawn.wash(white, (alpha * inside * 0.85).astype(np.float32))
        frames.append(Pose(to_yuva(drawn, stage.grade), window))

    def placements(seconds: float) -> list[Placement]:
        return [Placement(x, top, 1.0, int(seconds * 16 * (0.4 + 0.6 * stage.spec.life)))]

    stage.add(Sprites(frames, placements, near))


def _shafts(stage: Stage, glow: Colour) -> None:
    window = stage.window(0.3, coarse=4)
    x0, y0 = stage.spec.sun_x * stage.aspect * 2.0, -1.2
    angle = np.arctan2(window.xs() - x0, window.ys() - y0)
    bands = smoothstep(
        0.5,
        0.85,
        noise_at(angle, 17.0, stage.seed("shafts"), 2) * 0.65 + noise_at(angle, 43.0, stage.seed("fine")) * 0.35,
    )
    fall = smoothstep(-0.6, -0.1, window.ys()) * (1 - smoothstep(0.05, 0.36, window.ys()))
    sheet = Sheet.clear(window)
    sheet.wash(
        mix(glow, stage.light.sun, 0.8),
        np.asarray(cv2.GaussianBlur((bands * fall * 0.4).astype(np.float32), (0, 0), 1.5)),
    )
    stage.plate(sheet, 0.3, pulse=lambda seconds: 0.82 + 0.16 * math.sin(seconds * 0.6 * stage.spec.life + 1.0))


@kept
def _growth(stage: Stage, near: float, index: int, tone: Colour, tip: Colour) -> None:
    """One depth: trunks wound with creepers, palms, ferns and broad leaves; open in the middle."""
    seed = stage.seed(f"growth {index}")
    window = stage.window(near, margin=0.1)
    sheet = Sheet.clear(window)
    foot = stage.horizon + 0.06 + 0.3 * near**1.2
    ground = hills(foot, 0.05, 1.4, seed)
    sheet.wash(mix(tone, tip, 0.25), below(window, ground(window.xs())))
    room = (0.1, 0.17, 0.27)[index] * stage.aspect
    spacing = (0.16, 0.24, 0.34)[index]
    trunks: list[Points] = []
    leaves: list[list[Points]] = [[], []]
    for i in range(math.floor(window.x / spacing) - 1, math.ceil(window.right / spacing) + 1):
        a, b, c, d = (float(hash01(i, k, seed)) for k in range(4))
        x = (i + 0.5 + 0.7 * (a - 0.5)) * spacing
        y = float(ground(np.array([[x]], np.float32))[0, 0]) + 0.02
        size = (0.12, 0.19, 0.28)[index]
        if abs(x) > room and d > 0.35:
            w = size * (0.12 + 0.1 * b)
            lean = (c - 0.5) * 0.12
            trunks += stroke([(x, y + 0.02), (x + lean * 0.3, y - 0.4), (x + lean, -0.8)], w, w * 0.7)
            trunks += stroke([(x - w, y + 0.02), (x, y - size * 0.5)], w * 0.5, w * 0.2)
            trunks += stroke([(x + w, y + 0.02), (x, y - size * 0.4)], w * 0.5, w * 0.2)
        low = 0.55 if abs(x) < room else 1.0
        for k in range(5):
            e, f = float(hash01(i * 9 + k, 5, seed)), float(hash01(i * 9 + k, 6, seed))
            turn = -math.pi / 2 + (e - 0.5) * 2.6
            if d < 0.45:
                leaves[k % 2] += frond(x + (f - 0.5) * 0.04, y, turn, size * (0.7 + 0.7 * f) * low, 0.45, 8)
            else:
                leaves[k % 2].append(
                    broad_leaf(x + (f - 0.5) * 0.05, y, turn, size * (0.8 + 0.8 * f) * low, 0.17, 0.35)
                )
    if trunks:
        sheet.fill_many(trunks, tone)
    for shapes, shade in zip(leaves, (0.35, 0.8), strict=True):
        if shapes:
            tint = mix(tone, tip, shade)
            sheet.fill_many(shapes, down(foot - 0.25, foot + 0.1, tint, mix(tint, tone, 0.6)))
    _roof(stage, sheet, index, tone, tip, seed)
    stage.plate(sheet, near)


def _roof(stage: Stage, sheet: Sheet, index: int, tone: Colour, tip: Colour, seed: int) -> None:
    """Leaves that hang in from above, thinner over the clearing."""
    window = sheet.window
    reach = (-0.16, -0.24, -0.33)[index]
    fine = (16.0, 11.0, 8.0)[index]
    coarse = window.rows(-2.0, reach + 0.3)
    shape = (
        noise(coarse, fine * 0.4, fine * 0.5, seed + 21, 1) * 0.5 + noise(coarse, fine, fine, seed + 22, 3, 0.6) * 0.5
    )
    arch = 0.26 * smoothstep(0.1, 0.9, np.abs(coarse.xs()) / stage.half_width)
    edge = reach + arch + noise_at(coarse.xs(), 2.2, seed + 23, 2) * 0.1 + 0.02
    # Leaves fringe the roof, but open no holes in it.
    fringe = np.clip((shape - 0.5) * 0.28, -0.05, 0.08)
    mass = smoothstep(0.0, 0.012, edge + fringe - coarse.ys())
    t = np.clip(0.2 + (shape - 0.45) * 2.4, 0, 1)
    sheet.wash(ramp((tone, mix(tone, tip, 0.6), tip))[(t * 255).astype(int)], mass, slice(0, coarse.height))


def _lianas(stage: Stage, dark: Colour, leaf: Colour) -> None:
    near = 0.7
    window = stage.window(near, bottom=0.3)
    sheet = Sheet.clear(window)
    tone = mix(dark, leaf, 0.18)
    for k in range(6):
        a, b, c = (stage.pick("liana", k, j) for j in range(3))
        side = -1 if k % 2 else 1
        x0, x1 = side * stage.half_width * (0.3 + 0.2 * a), side * stage.half_width * (0.75 + 0.4 * b)
        dip = -0.34 + 0.36 * c
        curve = [(x0 + (x1 - x0) * t, -0.6 + (dip + 0.6) * (1 - (2 * t - 1) ** 2)) for t in np.linspace(0, 1, 18)]
        sheet.fill_many(stroke(curve, 0.006 + 0.004 * c), tone)
        leaves = []
        for j, (x, y) in enumerate(curve[2:-2:2]):
            leaves.append(broad_leaf(x, y, math.pi / 2 + 0.9 * (stage.pick("leaf", k, j) - 0.5), 0.035, 0.3, 0.1))
        sheet.fill_many(leaves, mix(tone, leaf, 0.4))
    made = stage.plate(sheet, near, fills_width=False)
    made.sway = lambda seconds: 0.006 * stage.wind * math.sin(seconds * 0.8)
    made.is_still = False


def _frame(stage: Stage, dark: Colour, leaf: Colour) -> None:
    """Giant leaves before the eye: monstera and banana from the corners, in the shade."""
    near = 0.95
    window = stage.window(near, margin=0.05)
    sheet = Sheet.clear(window)
    for side in (-1.0, 1.0):
        for k in range(6):
            a, b, c = (stage.pick("frame", k + int(side) * 20, j) for j in range(3))
            x = side * stage.half_width * (1.1 + 0.1 * a)
            y = 0.66 - 0.16 * k + 0.06 * b
            turn = (math.pi if side > 0 else 0.0) + side * (0.95 - 0.22 * k + 0.25 * (b - 0.5))
            length = (0.42 + 0.2 * c) * min(1.0, 0.16 + 0.52 * stage.aspect)
            tone = mix(dark, leaf, 0.14 + 0.22 * c)
            if k % 3 == 1:
                monstera(sheet, x - side * 0.05, y, turn, length * 0.8, tone, mix(tone, leaf, 0.4))
                continue
            shape = broad_leaf(x, y, turn, length, 0.16, 0.3)
            tip = (x + math.cos(turn) * length, y + math.sin(turn) * length + 0.3 * length)
            bright = mix(tone, lift(leaf, 0.06, 1.15), 0.75)
            sheet.fill(shape, Gradient((x, y), tip, (lift(tone, -0.05), tone, bright)))
            rib = np.stack([shape[:13], shape[13:][::-1]]).mean(axis=0)
            for j in range(2, 11):
                for edge in (shape[j + 1], shape[24 - j]):
                    sheet.line(
                        [(float(rib[j][0]), float(rib[j][1])), (float(edge[0]), float(edge[1]))],
                        0.0016,
                        lift(tone, -0.05),
                        0.5,
                    )
            sheet.line([(float(px), float(py)) for px, py in rib], 0.0045, mix(tone, leaf, 0.6), 0.85)
        heliconia(sheet, side * stage.half_width * 0.78, 0.47, side, stage)
    ferns: list[Points] = []
    for k in range(9):
        a, b = stage.pick("fern", k, 0), stage.pick("fern", k, 1)
        x = (k - 4 + 0.6 * (a - 0.5)) / 9 * stage.aspect * 1.1
        for j in range(5):
            ferns += frond(
                x, 0.56, -math.pi / 2 + (j - 2) * 0.5 + 0.2 * (b - 0.5), (0.16 + 0.06 * a) * stage.narrow, 0.5, 9
            )
    sheet.fill_many(ferns, down(0.36, 0.55, mix(dark, leaf, 0.42), lift(dark, -0.02)))
    made = stage.plate(sheet, near, fills_width=False)
    made.sway = lambda seconds: stage.wind * (0.008 * math.sin(seconds * 1.2) + 0.004 * math.sin(seconds * 2.3))
    made.is_still = False


SETTING = Setting(
    build=build,
    words=listed(
        "jungle, rainforest, rain forest, tropical forest, amazon, liana, waterfall, tropics, mangrove, tropical"
    ),
    horizon=0.1,
    usual_time="morning",
    special_of=("forest",),
    full_of=("tree",),
)
