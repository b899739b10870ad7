"""Plants by the handful: palms, rows of broad-leaved trees, bushes, reeds, large leaves."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.land import Line, below
from engines.generate.procedural.draw.sheet import Points, Sheet, down, ellipse, smooth, stroke
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import hash01
from engines.generate.procedural.palette import Colour, colour, lift, mix


def frond(x: float, y: float, angle: float, length: float, droop: float, cuts: int = 11) -> list[Points]:
    """A feathered leaf that leaves (x, y) at `angle` (radians, 0 right, up is negative) and bends down."""
    cos, sin = math.cos(angle), math.sin(angle)
    spine = [
        (x + cos * length * t, y + sin * length * t + droop * length * t * t)
        for t in (k / cuts for k in range(cuts + 1))
    ]
    shapes: list[Points] = list(stroke(spine, length * 0.035, length * 0.008))
    for k in range(1, cuts):
        t = k / cuts
        px, py = spine[k]
        tx, ty = spine[k + 1][0] - spine[k - 1][0], spine[k + 1][1] - spine[k - 1][1]
        size = math.hypot(tx, ty) or 1e-9
        tx, ty = tx / size, ty / size
        reach = length * 0.3 * math.sin(math.pi * min(1.0, t * 0.85 + 0.12)) ** 0.7
        for side in (-1, 1):
            ex = px + (tx * 0.75 - ty * side * 0.66) * reach
            ey = py + (ty * 0.75 + tx * side * 0.66) * reach + reach * 0.42
            wide = length * 0.036
            shapes.append(
                np.array([(px - tx * wide, py - ty * wide), (px + tx * wide, py + ty * wide), (ex, ey)], np.float64)
            )
    return shapes


def palm(
    sheet: Sheet,
    x: float,
    foot: float,
    height: float,
    lean: float,
    seed: int,
    bark: Colour,
    leaf: tuple[Colour, Colour],
) -> None:
    """A palm whose trunk bends by `lean` heights; `leaf` is the tone in shade and in light."""
    top = (x + lean * height, foot - height)
    curve = [
        (x + lean * height * t**1.7, foot - height * t * (1 + 0.06 * math.sin(math.pi * t)))
        for t in np.linspace(0, 1, 12)
    ]
    sheet.fill_many(stroke(curve, height * 0.06, height * 0.034), down(foot - height, foot, lift(bark, 0.05), bark))
    for k in range(1, 12):
        px, py = curve[k]
        wide = height * (0.034 - 0.012 * k / 12)
        sheet.line([(px - wide, py), (px + wide, py - 0.002)], height * 0.006, lift(bark, -0.08), 0.7)
    back: list[Points] = []
    front: list[Points] = []
    for i in range(11):
        a, b = float(hash01(i, 1, seed)), float(hash01(i, 2, seed))
        angle = -math.pi * (0.5 + (i - 5) / 10 * 1.15) + (a - 0.5) * 0.24
        shapes = frond(top[0], top[1], angle, height * (0.42 + 0.16 * b), 0.42 + 0.4 * abs(math.cos(angle)))
        (back if i % 2 else front).extend(shapes)
    sheet.fill_many(back, leaf[0])
    sheet.fill_many(front, down(top[1] - height * 0.3, top[1] + height * 0.25, leaf[1], mix(*leaf, 0.5)))
    for i in range(4):
        a = float(hash01(i, 3, seed)) - 0.5
        sheet.circle(top[0] + a * height * 0.08, top[1] + height * 0.03, height * 0.022, lift(bark, -0.1))


def crown(
    x: float, foot: float, height: float, seed: int, slim: float = 1.0
) -> tuple[list[Points], list[Points], list[Points]]:
    """A broad-leaved tree seen from afar: trunk, body of leaves, the lighter side of it (drawn toward -x)."""
    trunk = stroke([(x, foot), (x, foot - height * 0.5)], height * 0.06, height * 0.03)
    body: list[Points] = []
    bright: list[Points] = []
    for i in range(11):
        a, b, c = (float(hash01(i, k, seed)) for k in range(3))
        turn = 2.39996 * i
        away = 0.25 * math.sqrt((i + 0.5) / 11)
        px = x + math.cos(turn) * away * height * 1.15 * slim
        py = foot - height * 0.66 + math.sin(turn) * away * height * 1.15
        r = height * (0.12 + 0.07 * a)
        body.append(ellipse(px, py, r * slim, r * (0.85 + 0.2 * b))[::3])
        if c > 0.3:
            bright.append(ellipse(px - r * 0.24, py - r * 0.3, r * 0.66 * slim, r * 0.55)[::3])
    return trunk, body, bright


@kept
def add_trees(
    stage: Stage,
    ground: Line,
    near: float,
    height: float,
    spacing: float,
    tones: tuple[Colour, Colour, Colour],
    *,
    tag: str = "",
    keep_clear: tuple[float, float] | None = None,
    earth: Colour | None = None,
    full: float = 0.86,
    slim: float = 1.0,
    bare: bool = False,
) -> None:
    """Broad-leaved trees in groups and gaps on uneven ground. `tones`: bark, leaves in shade, leaves in light."""
    window = stage.window(near, margin=height * 0.5)
    seed = stage.seed(f"trees {near} {tag}")
    line = ground(window.xs())
    window = window.rows(float(line.min()) - height * 1.2, 9.0)
    sheet = Sheet.clear(window)
    trunks: list[Points] = []
    bodies: list[list[Points]] = [[], []]
    lights: list[Points] = []
    shadows: list[Points] = []
    side = -1.0 if stage.spec.sun_x < 0 else 1.0
    for i in range(math.floor(window.x / spacing) - 1, math.ceil(window.right / spacing) + 1):
        a, b, c, d = (float(hash01(i, k, seed)) for k in range(4))
        x = (i + 0.5 + 0.7 * (a - 0.5)) * spacing
        if d > full or (keep_clear and keep_clear[0] < x < keep_clear[1]):
            continue
        foot = float(ground(np.array([[x]], np.float32))[0, 0]) + 0.012 * c
        tall = height * (0.62 + 0.5 * b)
        trunk, body, bright = crown(x, foot, tall, seed + i * 17, slim)
        trunks += trunk
        shadows.append(ellipse(x - side * tall * 0.16, foot + tall * 0.005, tall * 0.34, tall * 0.045))
        if bare:
            trunks += branches(x, foot, tall, seed + i)
            continue
        bodies[i % 2] += body
        lights += [np.column_stack([2 * x - p[:, 0], p[:, 1]]) for p in bright] if side > 0 else bright
    if earth is not None:
        sheet.wash(earth, below(window, ground(window.xs())))
    sunny = stage.light.disc * (not stage.light.is_night)
    if shadows and sunny > 0.2:
        sheet.fill_many(shadows, lift(mix(tones[1], stage.light.ambient, 0.25), -0.14), 0.34 * sunny)
    if trunks:
        sheet.fill_many(trunks, tones[0])
    for tint, shapes in zip((0.0, 0.02), bodies, strict=True):
        if shapes:
            sheet.fill_many(shapes, lift(tones[1], tint))
    if lights:
        sheet.fill_many(lights, tones[2], 0.8)
    stage.plate(sheet, near, fills_width=earth is not None)


def branches(x: float, foot: float, height: float, seed: int) -> list[Points]:
    """The bare boughs of a tree in winter."""
    shapes: list[Points] = []

    def grow(px: float, py: float, angle: float, length: float, width: float, level: int, key: int) -> None:
        tip = (px + math.cos(angle) * length, py - math.sin(angle) * length)
        shapes.extend(stroke([(px, py), tip], width, width * 0.6))
        if level == 0:
            return
        for k in (0, 1):
            turn = (0.35 + 0.35 * float(hash01(key, k, seed))) * (1 if k else -1)
            size = 0.62 + 0.2 * float(hash01(key, k + 2, seed))
            grow(*tip, angle + turn, length * size, width * 0.6, level - 1, key * 2 + k)

    grow(
        x,
        foot - height * 0.3,
        math.pi / 2 + 0.1 * (float(hash01(1, 1, seed)) - 0.5),
        height * 0.26,
        height * 0.04,
        4,
        1,
    )
    return shapes


def reeds(
    sheet: Sheet, x: float, foot: float, height: float, count: int, seed: int, tone: Colour, heads: Colour
) -> None:
    """A clump of reeds with their brown heads."""
    blades: list[Points] = []
    tops: list[Points] = []
    for i in range(count):
        a, b, c = (float(hash01(i, k, seed)) for k in range(3))
        bx = x + (a - 0.5) * height * 0.9
        tall = height * (0.55 + 0.5 * b)
        tip = (bx + (c - 0.5) * tall * 0.5, foot - tall)
        middle = (bx + (c - 0.5) * tall * 0.16, foot - tall * 0.55)
        blades += stroke([(bx, foot + 0.01), middle, tip], height * 0.022, height * 0.006)
        if c > 0.62:
            tops.append(ellipse(tip[0], tip[1] + tall * 0.02, height * 0.016, height * 0.06)[::4])
    sheet.fill_many(blades, tone)
    if tops:
        sheet.fill_many(tops, heads)


def bushes(
    sheet: Sheet, places: list[tuple[float, float, float]], seed: int, tones: tuple[Colour, Colour], side: float
) -> None:
    """Round bushes at (x, foot, radius); `side` is where the light comes from, -1 or 1. No two alike."""
    low: list[Points] = []
    high: list[Points] = []
    for n, (x, foot, radius) in enumerate(places):
        for i in range(7):
            a, b, c = (float(hash01(n * 31 + i, k, seed)) for k in range(3))
            px, r = x + (a - 0.5) * radius * 2.1, radius * (0.34 + 0.4 * b)
            py = foot - r * 0.55 - radius * 0.5 * c * (1 - abs(a - 0.5))
            low.append(ellipse(px, py, r, r * 0.9)[::3])
            if c > 0.25:
                high.append(ellipse(px + side * r * 0.28, py - r * 0.3, r * 0.6, r * 0.5)[::3])
    if low:
        sheet.fill_many(low, tones[0])
        sheet.fill_many(high, tones[1], 0.75)


def broad_leaf(x: float, y: float, angle: float, length: float, width: float, bend: float = 0.2) -> Points:
    """A banana leaf: wide, pointed, bent down."""
    t = np.linspace(0, 1, 13)
    cos, sin = math.cos(angle), math.sin(angle)
    cx, cy = x + cos * length * t, y + sin * length * t + bend * length * t * t
    half = width * np.sin(np.pi * t**0.75) ** 0.9 * length
    nx, ny = -sin, cos
    left = np.stack([cx + nx * half, cy + ny * half], axis=1)
    right = np.stack([cx - nx * half, cy - ny * half], axis=1)
    return np.concatenate([left, right[::-1]])


def heliconia(sheet: Sheet, x: float, y: float, side: float, stage: Stage) -> None:
    """A stem of red bracts, the one warm colour in all the green."""
    red, gold = stage.light.lit(colour("F0483A"), 0.9), stage.light.lit(colour("FFC24A"), 0.95)
    lean = -side * 0.05
    sheet.line(
        [(x, 0.62), (x + lean * 0.6, y - 0.02), (x + lean, y - 0.2)], 0.007, stage.light.lit(colour("3E7A3C"), 0.5)
    )
    for k in range(5):
        px, py = x + lean * (0.3 + 0.15 * k), y - 0.03 - 0.038 * k
        hand = 1 if k % 2 else -1
        size = 0.075 - 0.007 * k
        shape = [
            (px, py + 0.012),
            (px + hand * size * 0.6, py - 0.012),
            (px + hand * size, py - 0.032),
            (px + hand * size * 0.35, py + 0.006),
        ]
        sheet.fill(smooth(shape, steps=5), down(py - 0.03, py + 0.02, red, mix(red, gold, 0.35)))
        sheet.line([(px, py), (px + hand * size * 0.92, py - 0.03)], 0.0025, gold, 0.8)


def monstera(sheet: Sheet, x: float, y: float, turn: float, size: float, tone: Colour, vein: Colour) -> None:
    """A heart-shaped leaf with deep cuts."""
    points = []
    for j in range(41):
        u = j / 40 * 2 * math.pi
        r = 0.5 * (1 - 0.55 * math.cos(u)) * (1.0 if (j % 5) < 3 else 0.62)
        points.append((r * math.cos(u) * -1.0 + 0.36, r * math.sin(u) * 0.95))
    cos, sin = math.cos(turn), math.sin(turn)
    shape = np.array([(x + size * (px * cos - py * sin), y + size * (px * sin + py * cos)) for px, py in points])
    sheet.fill(smooth([(float(a), float(b)) for a, b in shape], steps=3), tone)
    tip = (x + size * cos * 1.0, y + size * sin * 1.0)
    sheet.line([(x, y), tip], size * 0.012, vein, 0.8)
    for k in range(1, 5):
        for hand in (-1, 1):
            px, py = k * 0.19, 0.0
            qx, qy = px + 0.14, hand * (0.42 - 0.07 * k)
            ends = [(x + size * (a * cos - b * sin), y + size * (a * sin + b * cos)) for a, b in ((px, py), (qx, qy))]
            sheet.line(ends, size * 0.007, vein, 0.6)
