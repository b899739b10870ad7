"""Under water: light from above, shafts, a reef, kelp, fish, jellyfish, bubbles."""

from __future__ import annotations

import math

import cv2
import numpy as np

from engines.generate.procedural.draw.cast import Ground, add_swimming, stand_all
from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.land import below
from engines.generate.procedural.draw.layers import Placement, Pose, Sprites
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sheet import Points, Sheet, down, ellipse, smooth, stroke, to_yuva
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.subject_kind import How, subject_kinds
from engines.generate.procedural.draw.window import Window, hash01, noise, noise_at, smoothstep
from engines.generate.procedural.palette import Colour, colour, lift, mix, ramp

_TIMES = {
    "day": "E8FFF4 9CEBE0 3FB8C8 1C7FA6 0E4A78 0A2C54", "morning": "F4FFF0 B0F0DC 52C0C4 2486A4 125078 0B3056",
    "dawn": "FFE6D0 E8C8C0 8FA8C4 4A76A4 24487E 142A58", "golden_hour": "FFF2C8 E8E0A0 7FC0A8 3A8C98 1A5878 0E3456",
    "dusk": "F2A890 B880A0 6A6AA0 3A4A86 20305E 141C42", "night": "7FA0D8 3A62A0 1E3F78 122A58 0B1A3C 060F26",
}  # fmt: skip
_LOOKS = 5


def build(stage: Stage) -> None:
    """Water, shafts, three rows of reef with weed, and the swimmers between."""
    stops = tuple(colour(code) for code in _TIMES[stage.spec.time].split())
    if stage.spec.palette:
        from engines.generate.procedural.palette import PALETTES

        tint = PALETTES[stage.spec.palette]
        stops = tuple(mix(stop, tint[max(0, len(tint) - 1 - i)], 0.5) for i, stop in enumerate(stops))
    _water(stage, stops)
    for index in range(2):
        _shafts(stage, stops, index)
    _surface(stage, stops)
    _reef(stage, 0.16, 0.24, stops, 0.72, 0)
    _swimmers(stage, stops, 0.25, 9, 0.05, "far")
    _reef(stage, 0.36, 0.33, stops, 0.42, 1)
    _kelp(stage, 0.45, stops, 0.4, max(3, round(9 * min(1.2, stage.aspect / 1.7))))
    add_swimming(stage, 0.5)
    _swimmers(stage, stops, 0.55, 7, 0.1, "near")
    _reef(stage, 0.7, 0.44, stops, 0.1, 2)
    _kelp(stage, 0.85, stops, 0.08, max(2, round(5 * min(1.2, stage.aspect / 1.7))))
    stand_all(stage, Ground(0.4, 0.78, 0.9, sheltered=True))
    _bubbles(stage)


@kept
def _water(stage: Stage, stops: tuple[Colour, ...]) -> None:
    window = stage.window(0.0).coarser(4)
    t = np.clip((window.ys() + 0.56) / 1.1, 0, 1) ** 0.8
    sun = stage.spec.sun_x * stage.aspect
    near = np.exp(-(((window.xs() - sun) / 0.5) ** 2) - ((window.ys() + 0.62) / 0.5) ** 2)
    t = np.clip(t - near * 0.3 + (noise(window, 1.2, 2.0, stage.seed("water"), 2) - 0.5) * 0.06, 0, 1)
    sheet = Sheet.clear(window)
    sheet.wash(ramp(stops)[(t * 255).astype(int)], 1.0)
    full = stage.window(0.0)
    stage.plate(
        Sheet(
            full,
            np.asarray(cv2.resize(sheet.data, (full.width, full.height), interpolation=cv2.INTER_CUBIC), np.float32),
        ),
        0.0,
    )


def _shafts(stage: Stage, stops: tuple[Colour, ...], index: int) -> None:
    window = stage.window(0.1 + 0.2 * index, coarse=4)
    x0, y0 = stage.spec.sun_x * stage.aspect, -1.05
    angle = np.arctan2(window.xs() - x0, window.ys() - y0)
    seed = stage.seed(f"shaft {index}")
    bands = smoothstep(
        0.45, 0.85, noise_at(angle, 9.0 + 5 * index, seed, 2) * 0.7 + noise_at(angle, 27.0, seed + 1) * 0.3
    )
    fall = np.exp(-np.clip(window.ys() + 0.55, 0, None) * 1.9)
    sheet = Sheet.clear(window)
    sheet.wash(stops[0], (bands * fall * (0.5 - 0.14 * index)).astype(np.float32))
    phase = stage.pick("shaft", index) * 6.28

    def pulse(seconds: float) -> float:
        return 0.72 + 0.26 * math.sin(seconds * (0.9 + 0.35 * index) * stage.spec.life + phase)

    stage.plate(sheet, 0.1 + 0.2 * index, pulse=pulse)


@kept
def _surface(stage: Stage, stops: tuple[Colour, ...]) -> None:
    """The underside of the surface: bright cells that drift."""
    drift = (0.02 * stage.spec.life, 0.0)
    window = stage.window(0.3, bottom=-0.24, drift=drift, margin=0.05).coarser(2)
    depth = np.clip(window.ys() + 0.62, 0.02, None)
    u = window.xs() / (depth + 0.25)
    cells = noise(window, 5.0, 26.0, stage.seed("cells"), 2)
    wave = np.sin(u * 17 + cells * 13) * 0.5 + np.sin(u * 9 - cells * 19 + 2) * 0.5
    bright = np.clip(1 - np.abs(wave), 0, 1) ** 3.2
    fade = np.clip((-0.26 - window.ys()) / 0.22, 0, 1) ** 1.4
    sheet = Sheet.clear(window)
    sheet.wash(mix(stops[0], (1, 1, 1), 0.4), np.clip(bright * fade * 0.75, 0, 1).astype(np.float32))
    stage.plate(sheet, 0.3, drift=drift)


@kept
def _reef(stage: Stage, near: float, top: float, stops: tuple[Colour, ...], haze: float, index: int) -> None:
    seed = stage.seed(f"reef {index}")
    window = stage.window(near)
    xs = window.xs()
    line = (
        top
        + 0.11
        - 0.13 * noise_at(xs + 5, 1.5 + index * 0.3, seed, 3)
        - 0.06 * smoothstep(0.2, 0.9, np.abs(xs) / stage.half_width) * (index + 0.5)
    )
    window = window.rows(float(line.min()) - 0.14, 9.0)
    xs, ys = window.xs(), window.ys()
    water = stops[3]
    rock, sand = mix(lift(stops[4], 0.05), colour("5A6A78"), 0.35), mix(colour("C9B98C"), stops[2], 0.4)
    t = np.clip((ys - line) / 0.16 + (noise(window, 5.0, 9.0, seed + 2, 3) - 0.5) * 0.5, 0, 1)
    top_tone = mix(mix(rock, sand, 0.55 if index == 2 else 0.25), water, haze)
    low_tone = mix(lift(rock, -0.12), water, haze * 0.85)
    sheet = Sheet.clear(window)
    sheet.wash(
        ramp((top_tone, mix(top_tone, low_tone, 0.6), low_tone))[(t * 255).astype(int)],
        below(window, np.asarray(line, np.float32)),
    )
    corals = tuple(colour(code) for code in "E8607A F2A04A B86AD8 F0D060 5AC0A8 F07A5A".split())
    span = window.right - window.x
    for i in range(int(span * (7 + 2 * index))):
        a, b, c, d = (float(hash01(i, k, seed + 20)) for k in range(4))
        x = window.x + span * a
        y = float(np.interp(x, xs[0], np.asarray(line)[0])) + 0.012 + 0.05 * d * d
        tone = mix(mix(corals[int(b * 6)], stops[2], 0.18), water, haze)
        size = (0.035 + 0.05 * c) * (0.45 + 0.75 * near)
        _coral(sheet, x, y, size, tone, seed + i * 7, int(d * 3))
    stage.plate(sheet, near)


def _coral(sheet: Sheet, x: float, y: float, size: float, tone: Colour, seed: int, kind: int) -> None:
    if kind == 0:
        fans: list[Points] = []
        for i in range(7):
            angle = math.pi * (0.16 + 0.68 * i / 6)
            bend = float(hash01(i, 1, seed)) - 0.5
            tip = (x - math.cos(angle) * size, y - math.sin(angle) * size * 1.25)
            half = ((x + tip[0]) / 2 + bend * size * 0.25, (y + tip[1]) / 2)
            fans += stroke([(x, y), half, tip], size * 0.17, size * 0.09)
            fans += stroke([half, (half[0] + bend * size * 0.8, half[1] - size * 0.42)], size * 0.11, size * 0.06)
        sheet.fill_many(fans, down(y - size * 1.3, y, lift(tone, 0.06), lift(tone, -0.08)))
    elif kind == 1:
        for i in range(5):
            a, b = float(hash01(i, 2, seed)), float(hash01(i, 3, seed))
            cx, r = x + (a - 0.5) * size * 1.4, size * (0.3 + 0.3 * b)
            sheet.fill(
                ellipse(cx, y - r * 0.4, r, r * 0.85),
                down(y - r * 1.3, y + r * 0.3, lift(tone, 0.05), lift(tone, -0.1)),
            )
    else:
        for i in range(6):
            a, b = float(hash01(i, 4, seed)), float(hash01(i, 5, seed))
            cx, tall, w = x + (i - 2.5) * size * 0.28, size * (0.6 + 0.8 * a), size * (0.1 + 0.05 * b)
            sheet.fill_many(
                stroke([(cx, y), (cx + (b - 0.5) * size * 0.2, y - tall)], w * 2, w * 2.3),
                down(y - tall, y, lift(tone, 0.07), lift(tone, -0.08)),
            )
            sheet.fill(ellipse(cx + (b - 0.5) * size * 0.2, y - tall, w * 0.75, w * 0.4), lift(tone, -0.16))


def _kelp(stage: Stage, near: float, stops: tuple[Colour, ...], haze: float, count: int) -> None:
    """Ribbons that lean one way and the other; several poses make them bend."""
    seed = stage.seed(f"kelp {near}")
    tone = mix(mix(colour("4E8A4A"), stops[4], 0.35), stops[3], haze)
    window = Window.around(-0.24, -1.05, 0.24, 0.02, max(30.0, stage.size[1] * 0.6))
    poses = []
    frames = 16
    for f in range(frames):
        sheet = Sheet.clear(window)
        phase = 2 * math.pi * f / frames
        spine = [
            (0.075 * (k / 11) ** 1.2 * math.sin(phase - k * 0.45) + 0.02 * math.sin(k * 1.3), -k / 11)
            for k in range(12)
        ]
        leaves: list[Points] = []
        for k in range(1, 11):
            x, y = spine[k]
            side = 1 if k % 2 else -1
            bend = 0.03 * math.sin(phase + k)
            long = 0.2 * (1.1 - k / 14)
            tip = (x + side * long * 0.75, y - long * 0.55 + bend)
            half = (x + side * long * 0.42, y - long * 0.12 + bend * 0.5)
            leaves.append(
                smooth(
                    [(x, y + 0.012), (half[0], half[1] + 0.03), tip, (half[0], half[1] - 0.028), (x, y - 0.014)],
                    steps=5,
                )
            )
            leaves.append(ellipse(x + side * 0.012, y, 0.013, 0.011)[::4])
        sheet.fill_many([*stroke(spine, 0.026, 0.01), *leaves], down(-1, 0, lift(tone, 0.07), lift(tone, -0.06)))
        poses.append(Pose(to_yuva(sheet, stage.grade), window))
    x0, _, x1, _ = stage.camera.needed(near)
    stalks = []
    for i in range(count):
        a, b, c = (float(hash01(i, k, seed)) for k in range(3))
        x = x0 + (x1 - x0) * (i + 0.2 + 0.6 * a) / count
        if near > 0.8 and abs(x) < 0.26 * stage.aspect:
            x += math.copysign(0.2 * stage.aspect, x)
        stalks.append((x, 0.5 + 0.03 * b if near > 0.6 else 0.4, (0.28 + 0.32 * c) * (0.7 + 0.7 * near), b))

    def placements(seconds: float) -> list[Placement]:
        t = seconds * stage.spec.life
        return [Placement(x, y, s, (t * 0.3 + b) * frames, mirrored=b > 0.5) for x, y, s, b in stalks]

    stage.add(Sprites(poses, placements, near))


def _swimmers(stage: Stage, stops: tuple[Colour, ...], near: float, count: int, size: float, tag: str) -> None:
    if stage.has("no fish"):
        return
    haze = 0.45 * (1 - near)
    poses: list[Pose] = []
    frames = 10
    scale = max(18.0, stage.size[1] * size * 1.6)
    kind = subject_kinds()["fish"]
    for look in range(_LOOKS):
        for f in range(frames):
            window = Window.around(*kind.box, scale)
            sheet = Sheet.clear(window)
            kind.draw(sheet, How(f / frames, seed=look))
            veil = np.asarray(stops[2], np.float32) * sheet.data[..., 3:]
            sheet.data[..., :3] += (veil - sheet.data[..., :3]) * np.float32(haze)
            poses.append(Pose(to_yuva(sheet, stage.grade), window))
    seed = stage.seed(f"fish {tag}")
    school = []
    for i in range(count):
        a, b, c, d = (float(hash01(i, k, seed)) for k in range(4))
        school.append((a, -0.3 + 0.5 * b, size * (0.6 + 0.6 * c), d))
    span = stage.aspect * 1.5

    def placements(seconds: float) -> list[Placement]:
        t = seconds * stage.spec.life
        made = []
        for i, (a, y, s, d) in enumerate(school):
            direction = 1 if d > 0.35 else -1
            x = ((a + direction * t * (0.016 + 0.02 * d)) % 1.0 - 0.5) * span
            dy = 0.012 * math.sin(t * (0.8 + d) + a * 20)
            kind = int(d * 97) % _LOOKS
            made.append(
                Placement(
                    x,
                    y + dy,
                    s,
                    kind * frames + int((t * (1.6 + d) + a) * frames) % frames,
                    turn=0.06 * math.cos(t * (0.8 + d) + a * 20),
                    mirrored=direction < 0,
                )
            )
            del i
        return made

    stage.add(Sprites(poses, placements, near))


def _bubbles(stage: Stage) -> None:
    window = Window.around(-0.55, -0.55, 0.55, 0.55, max(16.0, stage.size[1] * 0.03))
    away = np.sqrt(window.xs() ** 2 + window.ys() ** 2) / 0.5
    shine = np.exp(-((window.xs() + 0.17) ** 2 + (window.ys() + 0.17) ** 2) / 0.012)
    alpha = np.clip((1 - away) * 12, 0, 1) * (0.12 + 0.5 * np.clip(away, 0, 1) ** 5) + shine * 0.8
    sheet = Sheet.clear(window)
    sheet.wash((0.92, 1.0, 1.0), np.clip(alpha, 0, 1).astype(np.float32))
    bubble = Pose(to_yuva(sheet, np.eye(4)), window)
    seed = stage.seed("bubbles")

    def placements(seconds: float) -> list[Placement]:
        t = seconds * stage.spec.life
        made = []
        for i in range(20):
            a, b, c = (float(hash01(i, k, seed)) for k in range(3))
            rise = (b + t * (0.05 + 0.05 * c)) % 1.0
            x = (int(a * 4) / 4 - 0.4 + 0.03 * c) * stage.aspect + 0.012 * math.sin(t * 2 + a * 30 + rise * 9)
            made.append(Placement(x, 0.55 - rise * 1.15, 0.008 + 0.016 * c * c + 0.006 * rise, opacity=0.8))
        return made

    stage.add(Sprites([bubble], placements, 0.75))


SETTING = Setting(
    build=build,
    words=listed(
        "underwater, under water, reef, coral, seabed, deep sea, diving, diver, aquarium, fish, seaweed, "
        "kelp, jellyfish, whale, turtle, beneath the waves, submarine"
    ),
    horizon=-0.1,
    usual_time="day",
    special_of=("sea",),
    implied_by=("feature reef", "feature kelp"),
    always_alive=True,
    is_sheltered=True,
    keeps_time=True,
)
