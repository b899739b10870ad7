"""An underground station: tiles and a name board, columns, a train that comes in, stands and leaves."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.cast import Ground, stand_all
from engines.generate.procedural.draw.indoor import Indoors, blend, floor, indoors, lay_floor, shine
from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.layers import Placement, Pose, Sprites
from engines.generate.procedural.draw.relight import halo
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sheet import Points, Sheet, across, down, ellipse, rect, stroke, to_yuva
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import Window, hash01, noise
from engines.generate.procedural.palette import Colour, colour, lift, mix, ramp

_LINES = ("E2483A", "2F7FD0", "F2A32E", "3FA66A")
LAMP = colour("F4F7FF")


def build(stage: Stage) -> None:
    """Far wall across the tracks, the train, the platform's edge, columns, bench, lamps above."""
    base = stage.horizon
    line = base + 0.13
    room = Indoors(mix((0.86, 0.9, 0.96), stage.light.ambient, 0.25), 1.0, 0.0)
    accent = colour(_LINES[int(stage.pick("line") * len(_LINES))])
    if stage.spec.palette not in ("", "default"):
        room = indoors(stage, mix(stage.light.key, (1, 1, 1), 0.3), always=0.8)
        accent = stage.light.sky[2]
    _far_wall(stage, room, accent, line)
    _train(stage, room, accent, line)
    _ceiling(stage, room)
    _platform(stage, room, line, accent)
    stage.lamplight = 0.35
    _columns(stage, room, accent, 0.56, line + 0.045, 0.62)
    stand_all(stage, Ground(line + 0.15, 0.64, 1.25, sheltered=True))
    _bench(stage, room, accent)
    _near_column(stage, room, accent)


@kept
def _far_wall(stage: Stage, room: Indoors, accent: Colour, line: float) -> None:
    """White tiles with a coloured band, the name board, posters; the dark of the track bed below."""
    near = 0.3
    window = stage.window(near, bottom=line + 0.02)
    xs, ys = window.xs(), window.ys()
    tile, joint = room.lit(colour("DFE3E2"), 0.82), room.lit(colour("9CA4A6"), 0.75)
    high, wide = 0.034, 0.07
    v = ys / high
    u = xs / wide + 0.5 * np.mod(np.floor(v), 2)
    cell = hash01((np.floor(u) * 57 + np.floor(v)).astype(np.int64), 2, stage.seed("tile")).astype(np.float32) - 0.5
    grime = noise(window, 1.6, 2.4, stage.seed("grime"), 4) - 0.5
    t = np.clip(0.5 + cell * 0.22 + grime * 0.7 + ys * 0.5, 0, 1)
    colours = ramp((lift(tile, 0.03), tile, lift(tile, -0.12)))[(t * 255).astype(int)]
    off = np.minimum(np.abs(u - np.round(u)) * wide, np.abs(v - np.round(v)) * high)
    colours = blend(colours, joint, np.clip((0.0017 - off) * window.scale + 0.35, 0, 1) * 0.75)
    sheet = Sheet.clear(window)
    sheet.wash(np.clip(colours, 0, 1).astype(np.float32), 1.0)
    sheet.fill(
        rect(window.x - 1, -0.215, window.right + 1, -0.155),
        down(-0.215, -0.155, room.lit(lift(accent, 0.03)), room.lit(lift(accent, -0.06))),
    )
    for k in range(-3, 4):
        x = k * 0.78 + 0.12
        sheet.fill(rect(x - 0.15, -0.12, x + 0.15, -0.05), room.lit(colour("F4F5F5"), 1.0))
        sheet.fill(rect(x - 0.15, -0.062, x + 0.15, -0.05), room.lit(accent))
        sheet.circle(x - 0.115, -0.09, 0.019, room.lit(accent))
        name: list[Points] = []
        at = x - 0.07
        for j in range(7):
            step = 0.018 + 0.006 * float(hash01(j, 3, 7))
            if j != 4:
                name.append(rect(at, -0.105, at + step * 0.7, -0.077))
            at += step
        sheet.fill_many(name, room.lit(colour("22262C")))
        px = x + 0.38
        poster = (colour("E8A13A"), colour("3E7CB0"), colour("D9596A"), colour("5BA37A"))[k % 4]
        sheet.fill(rect(px - 0.105, -0.1, px + 0.105, 0.075), room.lit(colour("2C3038")))
        sheet.fill(
            rect(px - 0.095, -0.09, px + 0.095, 0.065),
            down(-0.09, 0.065, room.lit(lift(poster, 0.08)), room.lit(lift(poster, -0.08))),
        )
        sheet.fill(ellipse(px - 0.03, -0.02, 0.042, 0.042), room.lit(mix(poster, (1, 1, 1), 0.6)))
        sheet.fill(
            [(px - 0.095, 0.065), (px + 0.01, -0.01), (px + 0.095, 0.04), (px + 0.095, 0.065)],
            room.lit(lift(poster, -0.22)),
        )
    dark = colour("15171C")
    sheet.fill(
        rect(window.x - 1, line - 0.07, window.right + 1, line + 0.1),
        down(line - 0.07, line + 0.02, mix(dark, tile, 0.12), dark),
    )
    for k in range(2):
        y = line - 0.03 + 0.022 * k
        sheet.fill(rect(window.x - 1, y, window.right + 1, y + 0.004), room.lit(colour("8A9098"), 0.8))
    stage.plate(sheet, near)


def _train(stage: Stage, room: Indoors, accent: Colour, line: float) -> None:
    """Three coaches as one sprite each; they glide in, stop, open to nobody, and go on."""
    near = 0.4
    tall, long = 0.37, 1.3
    window = Window.around(-0.01, -tall, long + 0.01, 0.02, stage.size[1] * 1.15 * min(1.6, stage.camera.largest(near)))
    sheet = Sheet.clear(window)
    shell = room.lit(colour("C9CED6"), 1.0)
    body = rect(0.0, -tall + 0.02, long, -0.03)
    sheet.fill(body, down(-tall, -0.03, lift(shell, 0.05), shell, lift(shell, -0.1)))
    sheet.fill(rect(0.0, -tall + 0.008, long, -tall + 0.03), lift(shell, -0.14))
    sheet.fill(rect(0.0, -0.1, long, -0.062), room.lit(accent))
    sheet.fill(rect(0.0, -0.03, long, 0.0), colour("1A1C22"))
    inside = mix(colour("FFF4D8"), LAMP, 0.35)
    glass = [rect(0.06 + 0.3 * k, -tall + 0.075, 0.21 + 0.3 * k, -0.155) for k in range(4)]
    doors = [rect(0.23 + 0.3 * k, -tall + 0.055, 0.3 + 0.3 * k, -0.045) for k in range(4)]
    for g in glass:
        sheet.fill(g + np.array([0, 0.0]), down(-tall + 0.07, -0.15, inside, mix(inside, colour("B0A890"), 0.45)))
        x0, x1 = float(g[0, 0]), float(g[1, 0])
        for j in range(3):
            px = x0 + (x1 - x0) * (0.2 + 0.3 * j)
            if float(hash01(int(px * 100), j, 3)) > 0.35 and not stage.has("no people"):
                tone = colour(("4A5568", "7A4A52", "5A6A4A")[j])
                sheet.fill(ellipse(px, -0.205, 0.0135, 0.017), mix(colour("C89A78"), tone, 0.3))
                sheet.fill(ellipse(px, -0.16, 0.026, 0.036, 180, 360), tone)
        sheet.fill(rect(x0, float(g[0, 1]), x0 + 0.004, float(g[2, 1])), lift(shell, -0.2))
    for d in doors:
        sheet.fill(d, lift(shell, -0.06))
        x0, x1 = float(d[0, 0]), float(d[1, 0])
        middle = (x0 + x1) / 2
        for a, b in ((x0 + 0.006, middle - 0.004), (middle + 0.004, x1 - 0.006)):
            sheet.fill(rect(a, -tall + 0.075, b, -0.14), mix(inside, shell, 0.2))
        sheet.fill(rect(middle - 0.001, -tall + 0.055, middle + 0.001, -0.045), lift(shell, -0.3))
    sheet.fill(rect(long - 0.006, -tall + 0.02, long, -0.03), lift(shell, -0.3))
    coach = Pose(to_yuva(sheet, stage.grade), window)
    hand = 1.0 if stage.pick("way") > 0.5 else -1.0
    span = stage.aspect + 4 * long

    def placements(seconds: float) -> list[Placement]:
        t = seconds * (0.6 + 0.4 * stage.spec.life)
        if stage.spec.loop:
            t = seconds * 11.0 / stage.spec.seconds
        phase = (t + 2.0) % 11.0
        # In with a long brake, stands, out with a slow start.
        if phase < 4.0:
            way = -((1 - phase / 4.0) ** 2.2)
        elif phase < 6.5:
            way = 0.0
        else:
            way = ((phase - 6.5) / 4.5) ** 2.0
        x = hand * way * span
        return [Placement(x - long * 2 + long * k + 0.1, line - 0.035, 1.0) for k in range(4)]

    stage.add(Sprites([coach], placements, near))


@kept
def _ceiling(stage: Stage, room: Indoors) -> None:
    """The vault with its two rows of tubes of light."""
    near = 0.58
    top = -0.3
    window = stage.window(near, bottom=top + 0.02)
    xs, ys = window.xs(), window.ys()
    depth = np.clip(stage.horizon - ys, 0.05, None)
    u, v = xs / depth, 1 / depth
    tone = room.lit(colour("8A929C"), 0.7)
    t = np.clip((depth - 0.25) / 0.5, 0, 1) + 0 * xs
    colours = ramp((lift(tone, -0.1), tone, lift(tone, 0.04)))[(t * 255).astype(int)]
    off = np.abs(v / 0.3 - np.round(v / 0.3)) + 0 * u
    colours = blend(colours, lift(tone, -0.1), np.clip((0.05 - off) / 0.03, 0, 1))
    for row in (2.28, 1.66):
        bar = np.exp(-(((v - row) / 0.045) ** 2)) * np.clip((0.42 - np.abs(u / 1.5 - np.round(u / 1.5))) * 40, 0, 1)
        wide = np.exp(-(((v - row) / 0.22) ** 2)) * 0.5
        colours = blend(colours, LAMP, np.clip(bar + wide * 0.6, 0, 1))
    sheet = Sheet.clear(window)
    edge = np.clip((top - ys) * window.scale + 0.5, 0, 1) + 0 * xs
    sheet.wash(np.clip(colours, 0, 1).astype(np.float32), edge.astype(np.float32))
    sheet.fill(rect(window.x - 1, top - 0.012, window.right + 1, top + 0.004), lift(tone, -0.16))
    x = 0.16 * stage.aspect
    sheet.fill(rect(x - 0.003, -0.6, x + 0.003, top), lift(tone, -0.2))
    stage.plate(sheet, near, fills_width=False)


def _platform(stage: Stage, room: Indoors, line: float, accent: Colour) -> None:
    """Stone slabs, the yellow line with its studs, lamps mirrored in the polish."""
    ground = floor(stage, line)
    tone = room.lit(colour("8E9096"), 0.85)
    rough = noise(ground.window, 2.6, 8.0, stage.seed("stone"), 4) - 0.5
    near = np.clip((ground.window.ys() - line) / 0.4, 0, 1)
    t = np.clip(0.35 + rough * 0.5 + near * 0.35 + 0 * ground.u, 0, 1)
    colours = ramp((lift(tone, 0.06), tone, lift(tone, -0.09)))[(t * 255).astype(int)]
    colours = blend(colours, lift(tone, -0.13), ground.joints(0.9, 0.02) * 0.8)
    edge = ground.window.ys() - line
    yellow = room.lit(colour("F2C230"), 1.05)
    stripe = (
        np.clip((edge - 0.016) * ground.window.scale, 0, 1) * np.clip((0.042 - edge) * ground.window.scale, 0, 1)
        + 0 * ground.u
    )
    colours = blend(colours, yellow, stripe)
    studs = (
        np.clip(np.sin(ground.window.xs() * 150) * 2 - 0.6, 0, 1) * np.clip(np.sin(edge * 700) * 2 - 0.2, 0, 1) * stripe
    )
    colours = blend(colours, lift(yellow, -0.12), studs * 0.7)
    lip = np.clip((0.012 - edge) * ground.window.scale, 0, 1) + 0 * ground.u
    colours = blend(colours, room.lit(colour("D8DADC"), 1.0), lip)
    for k in range(-3, 4):
        colours = blend(colours, LAMP, shine(ground, line, k * 0.42, 0.06, 0.22) * 0.22)
    lay_floor(stage, ground, line, np.asarray(colours, np.float32))
    del accent


def _column(sheet: Sheet, x: float, half: float, top: float, foot: float, tone: Colour, accent: Colour) -> None:
    sheet.fill(
        rect(x - half, top, x + half, foot),
        across(x - half, x + half, lift(tone, -0.05), lift(tone, 0.07), tone, lift(tone, -0.18)),
    )
    band = foot - (foot - top) * 0.42
    sheet.fill(
        rect(x - half, band, x + half, band + half * 0.55),
        across(x - half, x + half, lift(accent, -0.05), lift(accent, 0.06), lift(accent, -0.16)),
    )
    sheet.fill(
        rect(x - half * 1.2, foot - half * 0.4, x + half * 1.2, foot),
        across(x - half, x + half, lift(tone, -0.1), lift(tone, -0.22)),
    )


@kept
def _columns(stage: Stage, room: Indoors, accent: Colour, near: float, foot: float, spacing: float) -> None:
    window = stage.window(near, bottom=foot + 0.02)
    sheet = Sheet.clear(window)
    tone = room.lit(colour("A9B4B8"), 0.9)
    for k in range(math.floor(window.x / spacing) - 1, math.ceil(window.right / spacing) + 1):
        x = k * spacing + 0.3
        sheet.fill(ellipse(x + 0.02, foot, 0.07, 0.009), (0.03, 0.04, 0.06), 0.4)
        _column(sheet, x, 0.027, -0.7, foot, tone, room.lit(accent))
    x = 0.12 * stage.aspect
    sheet.fill_many(
        [*stroke([(x - 0.1, -0.6), (x - 0.1, -0.23)], 0.004), *stroke([(x + 0.1, -0.6), (x + 0.1, -0.23)], 0.004)],
        lift(tone, -0.3),
    )
    sheet.fill(rect(x - 0.15, -0.235, x + 0.15, -0.155), colour("14181E"))
    halo(sheet, x, -0.195, 0.1, colour("FFB84A"), 0.12)
    lit: list[Points] = []
    for row in range(2):
        at = x - 0.13
        for j in range(9):
            step = 0.014 + 0.014 * float(hash01(j, row, 11))
            if at + step < x + 0.13 and float(hash01(j, row + 4, 11)) > 0.2:
                lit.append(rect(at, -0.222 + 0.033 * row, at + step * 0.75, -0.204 + 0.033 * row))
            at += step
    sheet.fill_many(lit, colour("FFB53A"))
    stage.plate(sheet, near, fills_width=False)


@kept
def _bench(stage: Stage, room: Indoors, accent: Colour) -> None:
    near = 0.74
    side = 1.0 if stage.spec.sun_x > 0 else -1.0
    x, foot = side * 0.3 * stage.aspect, 0.41
    window = stage.window(near, top=0.1)
    sheet = Sheet.clear(window)
    steel, seat = room.lit(colour("8A929A"), 0.9), room.lit(mix(accent, colour("3A4048"), 0.25), 1.0)
    sheet.fill(ellipse(x, foot, 0.26, 0.016), (0.03, 0.04, 0.06), 0.4)
    for k in (-0.2, 0.2):
        sheet.fill(rect(x + k - 0.008, foot - 0.08, x + k + 0.008, foot), steel)
    for k in range(4):
        sx = x - 0.2 + 0.133 * k
        sheet.fill(
            [(sx - 0.056, foot - 0.2), (sx + 0.056, foot - 0.2), (sx + 0.052, foot - 0.1), (sx - 0.052, foot - 0.1)],
            down(foot - 0.2, foot - 0.1, lift(seat, 0.06), lift(seat, -0.06)),
        )
        sheet.fill(
            [
                (sx - 0.056, foot - 0.096),
                (sx + 0.056, foot - 0.096),
                (sx + 0.06, foot - 0.074),
                (sx - 0.06, foot - 0.074),
            ],
            lift(seat, -0.1),
        )
    stage.plate(sheet, near, fills_width=False)


@kept
def _near_column(stage: Stage, room: Indoors, accent: Colour) -> None:
    near = 0.92
    side = -1.0 if stage.spec.sun_x > 0 else 1.0
    window = stage.window(near)
    sheet = Sheet.clear(window)
    x = side * stage.half_width * 0.86
    _column(sheet, x, 0.075 * stage.narrow, -1.2, 0.62, room.lit(colour("6E7880"), 0.75), room.lit(accent, 0.85))
    stage.plate(sheet, near, fills_width=False)


SETTING = Setting(
    build=build,
    words=listed(
        "subway, metro, underground, tube station, subway station, train station, platform, railway station, "
        "metro station, u-bahn, commuter, station"
    ),
    horizon=0.06,
    usual_time="day",
    special_of=("city", "street"),
    always_alive=True,
    is_sheltered=True,
    keeps_time=True,
)
