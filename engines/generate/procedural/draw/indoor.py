"""Within walls: the light there, walls with windows in them, floors in perspective, hanging lamps, steam."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.layers import Placement, Pose, Sprites
from engines.generate.procedural.draw.relight import halo
from engines.generate.procedural.draw.sheet import Sheet, to_yuva
from engines.generate.procedural.draw.sky import star_pose
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import Field, Window, hash01, noise
from engines.generate.procedural.palette import Colour, colour, lift, mix, ramp

LAMPLIGHT = colour("FFC878")
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Indoors:
    """The light of a room: `tone` multiplies local colours; `lamps` is how strongly its lamps shine, 0..1; `sun` likewise."""

    tone: Colour
    lamps: float
    sun: float

    def lit(self, local: Colour, factor: float = 1.0) -> Colour:
        """A local colour in this room."""
        red, green, blue = (min(1.0, c * v * factor) for c, v in zip(local, self.tone, strict=True))
        return (red, green, blue)


def indoors(stage: Stage, lamp: Colour = LAMPLIGHT, always: float = 0.0, dim: float = 0.0) -> Indoors:
    """The light in a room of this time and weather. `always`: how much lamps burn even at noon; `dim` darkens (OKLab)."""
    light = stage.light
    outside = lift(mix(light.ambient, light.key, 0.4), -dim)
    if stage.spec.weather in ("rain", "storm", "cloudy", "fog"):
        outside = lift(outside, -0.05)
    if light.is_night or stage.spec.time == "dusk":
        outside = lift(outside, -0.1)
    lamps = max(always, min(1.0, light.lamps * 1.1), 0.9 if stage.has("lamp") else 0.0)
    tone = mix(outside, lift(lamp, -0.1 - dim), 0.58 * lamps)
    sun = 0.0 if light.is_night else light.disc
    return Indoors(tone, lamps, sun)


def hole(sheet: Sheet, *boxes: Box) -> None:
    """Cut rectangles (x0, y0, x1, y1) out of a sheet, edges at whole pixels or smooth between."""
    w = sheet.window
    for x0, y0, x1, y1 in boxes:
        across = np.clip((w.xs() - x0) * w.scale + 0.5, 0, 1) * np.clip((x1 - w.xs()) * w.scale + 0.5, 0, 1)
        down = np.clip((w.ys() - y0) * w.scale + 0.5, 0, 1) * np.clip((y1 - w.ys()) * w.scale + 0.5, 0, 1)
        rows = slice(
            max(0, math.floor((y0 - w.y) * w.scale) - 1), max(0, min(w.height, math.ceil((y1 - w.y) * w.scale) + 1))
        )
        sheet.data[rows] *= (1 - across * down[rows])[..., None].astype(np.float32)


def wall(stage: Stage, window: Window, plain: Colour, dark: Colour, middle: tuple[float, float], name: str) -> Sheet:
    """A wall that is lightest round a point and a little uneven."""
    away = np.sqrt((window.xs() - middle[0]) ** 2 + ((window.ys() - middle[1]) * 1.15) ** 2)
    rough = noise(window, 1.5, 1.5, stage.seed(name), 3) - 0.5
    t = np.clip(away / (0.7 + 0.3 * stage.aspect) + rough * 0.08, 0, 1)
    sheet = Sheet.clear(window)
    sheet.wash(ramp((lift(plain, 0.03), plain, dark, lift(dark, -0.04)))[(t * 255).astype(int)], 1.0)
    return sheet


@dataclass(frozen=True)
class Floor:
    """A floor in perspective: each pixel's place on it in eye heights (`u` sideways, `v` away) and the size of a pixel there."""

    window: Window
    depth: Field
    u: Field
    v: Field

    def checks(self, size: float) -> Field:
        """-1..1 in squares of `size`, fading where they get finer than the pixels."""
        du, dv = 1 / (self.depth * self.window.scale * size), 1 / (self.depth**2 * self.window.scale * size)
        a = np.clip(np.sin(np.pi * self.u / size) / (np.pi * du), -1, 1) * np.clip(0.5 / du - 0.5, 0, 1)
        b = np.clip(np.sin(np.pi * self.v / size) / (np.pi * dv), -1, 1) * np.clip(0.5 / dv - 0.5, 0, 1)
        return np.asarray(a * b, np.float32)

    def joints(self, size: float, width: float, *, along: bool = True, across: bool = True) -> Field:
        """0..1: the lines of a grid of squares of `size`, each `width` of one wide."""
        total = np.zeros(self.u.shape, np.float32)
        for wanted, place, pixel in (
            (along, self.u / size, 1 / (self.depth * self.window.scale * size)),
            (across, self.v / size + 0 * self.u, 1 / (self.depth**2 * self.window.scale * size)),
        ):
            if not wanted:
                continue
            off = np.abs(place - np.round(place))
            line = np.clip((width / 2 - off) / pixel + 0.5, 0, 1) * np.clip(width / pixel, 0, 1) ** 0.5
            total = np.maximum(total, line * np.clip(0.6 / pixel - 0.6, 0, 1))
        return np.asarray(total, np.float32)


def floor(stage: Stage, line: float, near: float = 0.85) -> Floor:
    """The floor below `line` (y), seen toward the horizon of the scene."""
    window = stage.window(near, top=line, upright=False)
    depth = np.clip(window.ys() - stage.horizon, 0.02, None).astype(np.float32)
    return Floor(window, depth + 0 * window.xs(), window.xs() / depth, 1 / depth)


@kept
def lay_floor(stage: Stage, ground: Floor, line: float, colours: Field, near: float = 0.85) -> None:
    """Put a floor of colours (h, w, 3) on the stage, from `line` down."""
    sheet = Sheet.clear(ground.window)
    edge = np.clip((ground.window.ys() - line) * ground.window.scale + 0.5, 0, 1) + 0 * ground.window.xs()
    sheet.wash(np.clip(colours, 0, 1).astype(np.float32), edge.astype(np.float32))
    stage.plate(sheet, near, upright=False)


def blend(a: Field | Colour, b: Field | Colour, amount: Field) -> Field:
    """Between two colours or pictures, by an amount per pixel."""
    k = np.asarray(amount, np.float32)[..., None]
    return np.asarray(np.asarray(a, np.float32) * (1 - k) + np.asarray(b, np.float32) * k, np.float32)


def shine(ground: Floor, line: float, x: float, width: float, reach: float) -> Field:
    """The soft mirror image of something bright that stands at `x` on the line."""
    below = np.clip(ground.window.ys() - line, 0, None)
    spread = width * (1 + below * 1.6)
    fade = np.exp(-below / reach)
    return np.asarray(np.exp(-(((ground.window.xs() - x) / spread) ** 2)) * fade, np.float32)


def pendant(
    sheet: Sheet, x: float, top: float, y: float, size: float, shade: Colour, amount: float, warm: Colour
) -> None:
    """A lamp that hangs from `top` down to `y`, with its glow."""
    if amount > 0.1:
        halo(sheet, x, y + size * 0.2, size * 4.2, warm, 0.3 * amount)
        halo(sheet, x, y + size * 0.2, size * 1.4, mix(warm, (1, 1, 1), 0.35), 0.55 * amount)
    sheet.fill(
        [(x - 0.0015, top), (x + 0.0015, top), (x + 0.0015, y - size * 0.6), (x - 0.0015, y - size * 0.6)], shade
    )
    sheet.fill(
        [
            (x - size * 0.16, y - size * 0.7),
            (x + size * 0.16, y - size * 0.7),
            (x + size * 0.8, y),
            (x - size * 0.8, y),
        ],
        shade,
    )
    bulb = mix(shade, mix(warm, (1, 1, 1), 0.7), amount)
    sheet.circle(x, y + size * 0.04, size * 0.3, bulb, squash=0.7)


def add_steam(stage: Stage, x: float, y: float, near: float, size: float = 1.0) -> None:
    """Vapour that curls up from (x, y)."""
    window = Window.around(-0.5, -0.5, 0.5, 0.5, max(12.0, stage.size[1] * 0.06 * size))
    soft = np.exp(-(window.xs() ** 2 + window.ys() ** 2) / 0.05) * 0.3
    sheet = Sheet.clear(window)
    sheet.wash((1.0, 0.98, 0.95), soft.astype(np.float32))
    puff = Pose(to_yuva(sheet, np.eye(4)), window)

    def placements(seconds: float) -> list[Placement]:
        made = []
        for i in range(14):
            rise = (i / 14 + seconds * 0.16) % 1.0
            sway = 0.018 * math.sin(rise * 7 + seconds * 0.9 + (i % 2) * 2.0) * rise
            made.append(
                Placement(
                    x + (sway + (i % 2 - 0.5) * 0.02) * size,
                    y - rise * 0.17 * size,
                    (0.05 + 0.06 * rise) * size,
                    opacity=math.sin(math.pi * rise) * 0.55,
                )
            )
        return made

    stage.add(Sprites([puff], placements, near))


def add_dust(stage: Stage, box: Box, near: float = 0.6, tone: Colour | None = None, count: int = 22) -> None:
    """Motes that hang in the light of a box."""
    picture = star_pose(stage, tone or mix(stage.light.sun, (1, 1, 1), 0.4))
    seed = stage.seed(f"dust {near}")
    x0, y0, x1, y1 = box

    def placements(seconds: float) -> list[Placement]:
        made = []
        t = seconds * stage.spec.life
        for i in range(count):
            a, b, c, d = (float(hash01(i, k, seed)) for k in range(4))
            x = x0 + (x1 - x0) * a + 0.04 * math.sin(t * 0.25 + c * 6)
            y = y0 + (y1 - y0) * b + 0.03 * math.sin(t * 0.3 + d * 6)
            made.append(Placement(x, y, 0.012 * (0.5 + d), opacity=0.4 * (0.5 + 0.5 * math.sin(t * 0.8 + a * 9))))
        return made

    stage.add(Sprites([picture], placements, near))


def add_weather_outside(stage: Stage, view: Box, near: float = 0.3) -> None:
    """Rain or snow beyond a window; call it before the wall that hides what falls past its hole `view`."""
    kind = stage.spec.weather
    if kind not in ("rain", "storm", "snow"):
        return
    x0, y0, x1, y1 = (v + m for v, m in zip(view, (-0.06, -0.06, 0.06, 0.06), strict=True))
    tall, seed = y1 - y0, stage.seed("outside")
    window = Window.around(x0, 0.0, x1, tall, stage.size[1])
    sheet = Sheet.clear(window)
    snow = kind == "snow"
    lean = 0.1 * stage.breeze * stage.wind
    tone = mix(stage.light.fog, (1.0, 1.0, 1.0), 0.75 if snow else 0.45)
    for i in range(round((x1 - x0) * tall * (420 if snow else 700))):
        a, b, c = (float(hash01(i, k, seed)) for k in range(3))
        x, y, long = x0 + (x1 - x0) * a, tall * b, 0.025 + 0.035 * c
        for up in (0.0, tall):  # what sticks out below comes in again above
            if snow:
                sheet.circle(x, y - up, 0.0016 + 0.003 * c * c, tone, 0.85)
            else:
                sheet.line([(x, y - up), (x + lean * long, y - up + long)], 0.0014, tone, 0.5 + 0.3 * c)
    falling = Pose(to_yuva(sheet, stage.grade), window)
    speed = (0.16 if snow else 1.5) * (0.5 + 0.5 * stage.spec.life)

    def placements(seconds: float) -> list[Placement]:
        fallen = (seconds * speed) % tall
        drift = 0.012 * math.sin(seconds * 0.9) if snow else 0.0
        return [Placement(drift, y0 + fallen - tall, 1.0), Placement(drift, y0 + fallen, 1.0)]

    stage.add(Sprites([falling], placements, near))
