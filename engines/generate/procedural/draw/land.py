"""Land: silhouettes, mountains with lit faces, rows of conifers, grass, mist."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.sheet import Gradient, Points, Sheet, down, rect
from engines.generate.procedural.draw.sky import sun_place
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import Field, Window, hash01, noise, noise_at, smoothstep
from engines.generate.procedural.palette import Colour, lift, mix, ramp

Line = Callable[[Field], Field]
"""Height of a silhouette: y at each x (scene units, y down)."""


def below(window: Window, line: Field) -> Field:
    """How much of each pixel lies below a line, (h, w): an edge without steps."""
    return np.asarray(np.clip((window.ys() - line) * window.scale + 0.5, 0, 1), np.float32)


def hills(base: float, height: float, frequency: float, seed: int, octaves: int = 3) -> Line:
    """Rolling ground."""

    def line(xs: Field) -> Field:
        return np.asarray(base - height * noise_at(xs + 50, frequency, seed, octaves), np.float32)

    return line


def ridges(base: float, height: float, frequency: float, seed: int, peak: float | None = None) -> Line:
    """Mountain skylines: straight flanks, sharp peaks of uneven size, the highest near `peak` (x)."""

    def line(xs: Field) -> Field:
        total = np.zeros(xs.shape, np.float64)
        weight = 1.0
        for octave in range(6):
            n = _straight_noise(xs + 30.0, frequency * 2.13**octave, seed + octave * 17)
            total += weight * ((1 - np.abs(2 * n - 1)) if octave else n * 1.1)
            weight *= 0.43
        broad = noise_at(xs + 90, frequency * 0.6, seed + 5).astype(np.float64)
        shape = 0.5 + 0.55 * broad
        if peak is not None:
            shape = shape * 0.8 + 0.42 * np.exp(-((np.abs(xs - peak) / 0.3) ** 1.4))
        return np.asarray(base - height * (total / 1.65) * shape, np.float32)

    return line


def _straight_noise(xs: NDArray[np.float32], frequency: float, seed: int) -> NDArray[np.float64]:
    """Noise with corners: straight lines between values at uneven places."""
    u = xs.astype(np.float64) * frequency
    cell = np.floor(u).astype(np.int64)
    # The corner inside each cell wanders, else peaks stand like fence posts.
    corner = 0.3 + 0.4 * hash01(cell, 3, seed)
    t = u - cell
    left, middle, right = hash01(cell, 7, seed), hash01(cell, 8, seed), hash01(cell + 1, 7, seed)
    first = left + (middle - left) * t / corner
    second = middle + (right - middle) * (t - corner) / (1 - corner)
    return np.where(t < corner, first, second)


@kept
def add_silhouette(
    stage: Stage,
    line: Line,
    near: float,
    top: Colour,
    foot: Colour,
    depth: float = 0.3,
    *,
    uneven: float = 0.0,
    bottom: float = 9.0,
    highest: float = -9.0,
) -> None:
    """Everything below a line, `top` at the line and `foot` from `depth` further down."""
    window = stage.window(near, top=highest, bottom=bottom)
    xs = window.xs()
    heights = line(xs)
    window = window.rows(float(heights.min()) - 0.01, bottom)
    heights = line(window.xs())
    sheet = Sheet.clear(window)
    t = np.clip((window.ys() - heights) / depth, 0, 1)
    if uneven:
        t = np.clip(t + (noise(window, 3.0, 9.0, stage.seed(f"uneven {near}"), 3) - 0.5) * uneven, 0, 1)
    table = ramp((top, mix(top, foot, 0.5), foot))
    sheet.wash(table[(t * 255).astype(int)], below(window, heights))
    stage.plate(sheet, near)


@kept
def add_mountains(stage: Stage, line: Line, near: float, *, snow: float, rock: Colour, foot: float = 0.3) -> None:
    """A range with faces in light and in shade, snow above, haze at its foot. `snow` is a y; ground above it is white."""
    light = stage.light
    window = stage.window(near)
    heights = line(window.xs())
    window = window.rows(float(heights.min()) - 0.01, 9.0)
    xs, ys = window.xs(), window.ys()
    heights = line(xs)
    depth = np.clip(ys - heights, 0, None)
    seed = stage.seed(f"faces {near}")
    bend = noise(window, 6.0, 5.0, seed, 3, 0.55) - 0.5
    bend2 = noise(window, 24.0, 20.0, seed + 9, 2) - 0.5
    # The line's slope, found again lower down and pushed sideways: light and shade run down from every peak in zigzags.
    grid = np.arange(window.x - 0.6, window.right + 0.6, 1.2 / window.scale)
    slope = np.gradient(line(grid.astype(np.float32)[None, :])[0], grid)
    fine, broad = (
        np.convolve(slope, np.hanning(k) / np.hanning(k).sum(), "same")
        for k in (max(5, round(0.016 * window.scale)), max(7, round(0.11 * window.scale)))
    )
    at = xs + bend * (0.02 + depth * 0.9) + bend2 * (0.006 + depth * 0.2)
    index = np.clip((at - grid[0]) / (grid[1] - grid[0]), 0, len(grid) - 1).astype(np.int32)
    toward = 1.0 if sun_place(stage)[0] > 0 else -1.0
    high = np.exp(-depth / 0.05)
    slopes = (fine[index] * high * 0.62 + broad[index] * (1 - high) * 1.5) * toward
    # Gullies: creases that lean with the slope, away from the peak.
    crease = noise(window, 9.0, 3.2, seed + 31, 3) - 0.5
    face = smoothstep(-0.3, 0.34, slopes.astype(np.float32) + bend * 0.5 + bend2 * 0.22 + crease * 0.55 * (1 - high))
    lit_rock, dark_rock = light.lit(lift(rock, 0.05), 0.95), light.lit(lift(rock, -0.1), 0.0)
    white, blue = light.lit((0.98, 0.985, 1.0), 1.0), light.lit((0.62, 0.71, 0.88), 0.2)
    if light.is_night:
        # Snow under the moon is the lightest thing there is.
        white, lit_rock = mix(white, light.key, 0.5), mix(lit_rock, light.key, 0.14)
        dark_rock = lift(dark_rock, -0.03)
    rocks = ramp((dark_rock, mix(dark_rock, lit_rock, 0.5), lit_rock))[(face * 255).astype(int)]
    snows = ramp((blue, mix(blue, white, 0.6), white))[(np.clip(face * 1.1, 0, 1) * 255).astype(int)]
    cover = smoothstep(-0.035, 0.03, (snow - ys) + bend * 0.16 + bend2 * 0.1 + (face - 0.5) * 0.03)
    colours = rocks * (1 - cover[..., None]) + snows * cover[..., None]
    low = np.clip((ys - (float(heights.min()) + 0.06)) / (foot + 0.24), 0, 1) ** 1.4
    air = light.haze * (0.62 if light.is_night and stage.spec.weather != "fog" else 1.0)
    haze = np.clip(air * (1 - near) ** 1.2 * 0.95 + low * (0.85 - 0.45 * near), 0, 0.97)[..., None]
    colours = colours * (1 - haze) + np.asarray(light.fog, np.float32) * haze
    sheet = Sheet.clear(window)
    sheet.wash(colours.astype(np.float32), below(window, heights))
    stage.plate(sheet, near)


def pine_shape(x: float, foot: float, height: float, seed: int, width: float = 0.34) -> list[Points]:
    """A conifer as polygons: a slim crown of drooping, uneven boughs."""
    tiers = 9
    left: list[tuple[float, float]] = []
    right: list[tuple[float, float]] = []
    for i in range(tiers):
        t = (i + 1) / tiers
        y = foot - height * (1.0 - 0.94 * t)
        reach = width * height * (0.08 + 0.5 * t**0.85)
        for side, out in ((-1, left), (1, right)):
            k = float(hash01(i, 3 if side < 0 else 4, seed))
            outer = reach * (0.78 + 0.44 * k)
            droop = height * 0.02 * (0.5 + k)
            out.append((x + side * outer, y + droop))
            out.append((x + side * outer * 0.52, y - height * 0.012))
    points = [
        (x, foot - height),
        *right,
        (x + 0.02 * height, foot - 0.05 * height),
        *[(px, py) for px, py in reversed(left)],
    ]
    return [np.array(points), rect(x - 0.018 * height, foot - 0.12 * height, x + 0.018 * height, foot)]


@kept
def add_conifers(
    stage: Stage,
    ground: Line,
    near: float,
    height: float,
    spacing: float,
    tone: Colour,
    foot: Colour,
    *,
    tag: str = "",
    keep_clear: tuple[float, float] | None = None,
    snowy: float = 0.0,
    fade: float = 1.0,
    earth: Colour | None = None,
) -> None:
    """A row of conifers on uneven ground, each of its own size; they pale toward `foot` where they stand in mist."""
    window = stage.window(near, margin=height * 0.3)
    seed = stage.seed(f"pines {near} {tag}")
    span = ground(window.xs())
    window = window.rows(float(span.min()) - height * 1.35, 9.0)
    sheet = Sheet.clear(window)
    groups: list[list[Points]] = [[], [], []]
    snow: list[Points] = []
    first, last = math.floor(window.x / spacing) - 1, math.ceil(window.right / spacing) + 1
    for i in range(first, last):
        a, b, c, d = (float(hash01(i, k, seed)) for k in range(4))
        # Groups and gaps, not a fence.
        if float(noise_at(np.array([i * 0.37]), 1.0, seed + 3)[0]) < 0.22 and near > 0.3:
            continue
        x = (i + 0.5 + 0.85 * (a - 0.5)) * spacing
        if keep_clear and keep_clear[0] < x < keep_clear[1]:
            continue
        tall = height * (0.5 + 0.75 * b * b + 0.12 * c)
        foot_y = float(ground(np.array([[x]], np.float32))[0, 0]) + 0.015
        shapes = pine_shape(x, foot_y, tall, int(d * 1e6), 0.3 + 0.12 * c)
        groups[i % 3].extend(shapes)
        if snowy > 0:
            snow.append(shapes[0] * (0.82, 0.985) + (x * 0.18, (foot_y - tall) * 0.015 - 0.004 * tall))
    line = ground(window.xs())
    sheet.wash(earth or foot, below(window, line))
    top = float(line.min()) - height
    for tint, shapes in zip((0.0, 0.018, -0.014), groups, strict=True):
        if shapes:
            head = lift(tone, tint)
            sheet.fill_many(
                shapes,
                down(
                    top + height * 0.2,
                    float(line.max()) + 0.05 * fade,
                    head,
                    head,
                    mix(head, foot, 0.5 * fade),
                    mix(head, foot, 0.96 * fade),
                ),
            )
    if snow:
        white = stage.light.lit((0.95, 0.97, 1.0), 0.7)
        sheet.fill_many(snow, white, 0.5 * snowy)
    stage.plate(sheet, near)


@kept
def add_mist(
    stage: Stage,
    y: float,
    thickness: float,
    near: float,
    strength: float,
    *,
    tag: str = "",
    colour: Colour | None = None,
) -> None:
    """A bank of mist that drifts; soft everywhere, so it is kept small."""
    drift = (0.012 * stage.spec.life * (1 if stage.pick("wind") > 0.5 else -1) * (0.5 + near), 0.0)
    window = stage.window(near, top=y - thickness * 1.6, bottom=y + thickness * 1.6, drift=drift, margin=0.05, coarse=5)
    body = noise(window, 1.3, 5.0, stage.seed(f"mist {near} {tag}"), 4)
    shape = np.exp(-(((window.ys() - y) / thickness) ** 2) * 1.6)
    edge = smoothstep(0, 0.25, 1 - np.abs(window.ys() - y) / (thickness * 1.6))
    alpha = np.clip(shape * (0.35 + 1.1 * body) * strength, 0, 0.96) * edge
    sheet = Sheet.clear(window)
    sheet.wash(colour or mix(stage.light.fog, stage.light.key, 0.15), alpha.astype(np.float32))
    stage.plate(sheet, near, drift=drift)


def add_grass(
    stage: Stage,
    ground: Line,
    near: float,
    height: float,
    density: float,
    tones: tuple[Colour, Colour],
    *,
    soil: Colour,
    ears: Colour | None = None,
    flowers: tuple[Colour, ...] = (),
    tag: str = "",
) -> None:
    """A row of blades that bends in the wind; `ears` makes it a field of corn, `flowers` put blossoms among it."""
    window = stage.window(near, margin=0.06)
    seed = stage.seed(f"grass {near} {tag}")
    line = ground(window.xs())
    window = window.rows(float(line.min()) - height * 1.3, 9.0)
    sheet = Sheet.clear(window)
    line = ground(window.xs())
    depth = np.clip((window.ys() - line) / 0.22, 0, 1)
    sheet.wash(ramp((mix(tones[0], soil, 0.5), soil, soil))[(depth * 255).astype(int)], below(window, line))
    count = int((window.right - window.x) * density)
    shades: list[list[Points]] = [[], [], []]
    heads: list[Points] = []
    blossoms: list[tuple[float, float, float, int]] = []
    at = hash01(np.arange(count), 1, seed) * (window.right - window.x) + window.x
    feet = ground(at.astype(np.float32)[None, :])[0]
    rolls = [hash01(np.arange(count), k, seed) for k in range(2, 8)]
    for i in range(count):
        a, b, c, d = (float(rolls[k][i]) for k in range(4))
        x, y = float(at[i]), float(feet[i]) + 0.35 * height * d * d
        tall = height * (0.45 + 0.7 * a)
        lean = (b - 0.5) * 0.9 * tall
        wide = height * (0.03 + 0.035 * c)
        tip = (x + lean, y - tall)
        middle = (x + lean * 0.32, y - tall * 0.55)
        shades[int(c * 3)].append(
            np.array(
                [
                    (x - wide / 2, y + 0.01),
                    (middle[0] - wide * 0.36, middle[1]),
                    tip,
                    (middle[0] + wide * 0.36, middle[1]),
                    (x + wide / 2, y + 0.01),
                ]
            )
        )
        if ears is not None and d > 0.35:
            ear = wide * 0.62
            heads.append(
                np.array(
                    [
                        (tip[0] - ear - lean * 0.16, tip[1] + tall * 0.15),
                        (tip[0] - ear * 0.9, tip[1] + tall * 0.02),
                        (tip[0] + lean * 0.12, tip[1] - tall * 0.14),
                        (tip[0] + ear * 0.9, tip[1] + tall * 0.02),
                        (tip[0] + ear - lean * 0.16, tip[1] + tall * 0.14),
                    ]
                )
            )
        elif flowers and float(rolls[4][i]) > 0.972:
            blossoms.append((tip[0], tip[1], height * (0.12 + 0.1 * c), int(float(rolls[5][i]) * len(flowers))))
    low, high = float(line.min()) - height, float(line.max()) + 0.02
    for k, shapes in enumerate(shades):
        if shapes:
            tip_tone = mix(tones[0], tones[1], 0.35 + 0.32 * k)
            sheet.fill_many(shapes, down(low, high, tip_tone, mix(tip_tone, soil, 0.35), soil))
    if heads and ears is not None:
        sheet.fill_many(heads, ears)
    for x, y, r, kind in blossoms:
        _blossom(sheet, x, y, r, flowers[kind])
    speed = 0.9 + 0.5 * near
    phase = stage.pick("sway", int(near * 100)) * 6.28
    slow, quick = (stage.rate(stage.spec.life * speed * pace) for pace in (1.7, 2.9))
    gusty = min(2.4, 0.55 + 0.45 * stage.wind / (0.4 + 0.6 * stage.spec.life))

    def sway(seconds: float) -> float:
        lean = 0.03 * (gusty - 1) * stage.breeze
        waves = 0.035 * math.sin(seconds * slow + phase) + 0.02 * math.sin(seconds * quick + phase * 1.7)
        return -lean + gusty * waves

    made = stage.plate(sheet, near)
    made.sway = _about(sway, float(line.mean()), made.window.bottom)
    made.is_still = False


def _about(sway: Callable[[float], float], foot: float, bottom: float) -> Callable[[float], float]:
    """Blades bend at the foot; a plate shears about its lower border: scale down what is lower."""
    return lambda seconds: sway(seconds) * 0.5 / max(0.5, (bottom - foot) * 4)


def _blossom(sheet: Sheet, x: float, y: float, radius: float, colour: Colour) -> None:
    petals = []
    for i in range(6):
        a = 2 * math.pi * (i / 6 + 0.05)
        px, py = x + math.cos(a) * radius * 0.6, y + math.sin(a) * radius * 0.45
        t = np.linspace(0, 2 * math.pi, 12)
        petals.append(np.stack([px + np.cos(t) * radius * 0.42, py + np.sin(t) * radius * 0.36], axis=1))
    sheet.fill_many(petals, colour)
    sheet.circle(x, y, radius * 0.26, (0.98, 0.8, 0.25), squash=0.8)


def fading(top: float, bottom: float, colour: Colour, toward: Colour) -> Gradient:
    """From a colour to another straight down."""
    return down(top, bottom, colour, toward)


def cells_of(window: Window, size: float) -> NDArray[np.int64]:
    """Numbers of the cells of a given width that a window touches."""
    return np.arange(math.floor(window.x / size) - 1, math.ceil(window.right / size) + 1)
