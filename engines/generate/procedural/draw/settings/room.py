"""A room with a window: the light of the time falls in on wall and table; a cup, a lamp, someone at the window."""

from __future__ import annotations

import math

import cv2
import numpy as np

from engines.generate.procedural.draw.cast import Ground, add_standing, stand_all, taken, wanted
from engines.generate.procedural.draw.indoor import add_weather_outside
from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.land import add_silhouette, hills
from engines.generate.procedural.draw.layers import Placement, Sprites
from engines.generate.procedural.draw.plants import broad_leaf
from engines.generate.procedural.draw.relight import halo
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sheet import Points, Sheet, across, down, ellipse, rect, smooth
from engines.generate.procedural.draw.sky import add_clouds, add_sky, star_pose
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import Window, hash01, noise, smoothstep
from engines.generate.procedural.palette import Colour, colour, lift, mix, ramp
from engines.generate.procedural.scene.parts import Subject

TABLE = 0.27


def build(stage: Stage) -> None:
    """The view, the wall with its hole, the frame, light on the wall, curtain, table and what stands on it."""
    light = stage.light
    side = -1.0 if stage.spec.sun_x > 0 else 1.0
    add_sky(stage)
    add_clouds(stage, stage.spec.life)
    far = light.far(light.lit(colour("5E7A6A"), 0.5), 0.15)
    add_silhouette(stage, hills(0.1, 0.13, 1.1, stage.seed("view")), 0.1, far, mix(far, light.fog, 0.6), 0.12)
    nearer = light.far(light.lit(colour("44644E"), 0.4), 0.3)
    add_silhouette(stage, hills(0.15, 0.1, 1.8, stage.seed("view 2")), 0.16, nearer, mix(nearer, light.fog, 0.4), 0.12)
    if stage.spec.weather == "rain":
        _drops(stage)
    evening = light.lamps > 0.5 or stage.has("lamp")
    wide, tall = 0.3 * min(1.0, 0.4 + stage.aspect * 0.4), 0.52
    x0 = side * 0.2 * stage.aspect - wide / 2
    hole = (x0, -0.36, x0 + wide, -0.36 + tall)
    tone = _inside(stage, evening)
    add_weather_outside(stage, hole)
    _wall(stage, hole, tone, evening, side)
    _frame(stage, hole, tone)
    _curtains(stage, hole, tone)
    _table(stage, tone, side)
    _corner(stage, tone, side)
    _things(stage, tone, side, hole, evening)
    if light.disc > 0.3 and not light.is_night:
        _dust(stage, side)


def _inside(stage: Stage, evening: bool) -> Colour:
    """How light it is within, as a factor for local colours."""
    light = stage.light
    outside = mix(light.ambient, light.key, 0.35)
    if stage.spec.weather in ("rain", "storm", "cloudy", "fog"):
        outside = lift(outside, -0.08)
    base = lift(outside, -0.14 if light.is_night or stage.spec.time == "dusk" else -0.02)
    return mix(base, colour("E8A860"), 0.42) if evening else base


def _lit(local: Colour, tone: Colour, factor: float = 1.0) -> Colour:
    return (
        min(1.0, local[0] * tone[0] * factor),
        min(1.0, local[1] * tone[1] * factor),
        min(1.0, local[2] * tone[2] * factor),
    )


@kept
def _wall(stage: Stage, hole: tuple[float, float, float, float], tone: Colour, evening: bool, side: float) -> None:
    near = 0.45
    window = stage.window(near)
    light = stage.light
    local = colour("E6CDB0") if stage.spec.palette != "ocean" else colour("A8C0CC")
    plain, dark = _lit(local, tone, 0.92), _lit(lift(local, -0.12), tone, 0.72)
    xs, ys = window.xs(), window.ys()
    x0, y0, x1, y1 = hole
    middle = (x0 + x1) / 2
    away = np.sqrt((xs - middle) ** 2 + ((ys - 0.0) * 1.1) ** 2)
    t = np.clip(
        away / (0.75 + 0.3 * stage.aspect) + (noise(window, 1.5, 1.5, stage.seed("wall"), 3) - 0.5) * 0.08, 0, 1
    )
    data = ramp((lift(plain, 0.04), plain, dark, lift(dark, -0.05)))[(t * 255).astype(int)]
    sheet = Sheet.clear(window)
    sheet.wash(data, 1.0)
    if light.disc > 0.3 and not light.is_night:
        _sunlight(stage, sheet, hole, side)
    if evening:
        lamp_x = -side * 0.24 * stage.aspect
        pool = np.exp(-(((xs - lamp_x) / 0.34) ** 2) - ((ys + 0.05) / 0.36) ** 2)
        sheet.glow(colour("FFCF8A"), (pool * 0.62).astype(np.float32))
    # A skirting and a picture on the wall
    px = -side * 0.385 * stage.aspect
    if stage.aspect > 1.2 and not evening:
        sheet.fill(rect(px - 0.085, -0.27, px + 0.085, -0.04), _lit(colour("5A4034"), tone, 0.9))
        sheet.fill(rect(px - 0.07, -0.255, px + 0.07, -0.055), _lit(colour("F2EADB"), tone))
        sheet.fill(
            smooth(
                [
                    (px - 0.07, -0.1),
                    (px - 0.02, -0.15),
                    (px + 0.02, -0.12),
                    (px + 0.07, -0.17),
                    (px + 0.07, -0.055),
                    (px - 0.07, -0.055),
                ],
                steps=6,
            ),
            _lit(colour("4E8A72"), tone),
        )
        sheet.circle(px + 0.02, -0.19, 0.022, _lit(colour("E8923A"), tone))
    cut = Sheet.clear(window)
    cut.fill(rect(x0, y0, x1, y1), (1, 1, 1))
    sheet.data *= 1 - cut.data[..., 3:]
    stage.plate(sheet, near)


def _sunlight(stage: Stage, sheet: Sheet, hole: tuple[float, float, float, float], side: float) -> None:
    """The window's shape in light on the wall, slanted, with the shadow of leaves in it."""
    x0, y0, x1, y1 = hole
    low = stage.light.sun_height < 0.2
    shift = -side * (0.62 if low else 0.46) * min(1.0, stage.aspect / 1.5)
    drop = 0.1 if low else 0.22
    panes: list[Points] = []
    wide, tall = (x1 - x0), (y1 - y0)
    for i in range(2):
        for j in range(2):
            a, b = x0 + wide * (i * 0.5 + 0.03), x0 + wide * (i * 0.5 + 0.47)
            c, d = y0 + tall * (j * 0.5 + 0.03), y0 + tall * (j * 0.5 + 0.47)
            corners = [(a, c), (b, c), (b, d), (a, d)]
            panes.append(
                np.array(
                    [
                        (px + shift - side * (py - y0) * 0.22, py + drop - side * (px - x0) * -0.24 * 0.5)
                        for px, py in corners
                    ]
                )
            )
    patch = Sheet.clear(sheet.window)
    patch.fill_many(panes, (1, 1, 1))
    amount = cv2.GaussianBlur(patch.data[..., 3], (0, 0), max(0.8, 0.004 * sheet.window.scale))
    leaves = smoothstep(0.5, 0.62, noise(sheet.window, 9.0, 9.0, stage.seed("leaves"), 3))
    amount = np.asarray(amount, np.float32) * (1 - 0.6 * leaves)
    sheet.glow(mix(stage.light.sun, stage.light.key, 0.4), (amount * (0.62 if low else 0.48)).astype(np.float32))


@kept
def _frame(stage: Stage, hole: tuple[float, float, float, float], tone: Colour) -> None:
    near = 0.46
    x0, y0, x1, y1 = hole
    window = stage.window(near)
    sheet = Sheet.clear(window)
    backlit = stage.light.disc > 0.3 and not stage.light.is_night and stage.spec.sun_x * (x0 + x1) > 0
    wood = _lit(colour("EFE4D4") if not backlit else colour("8A6A54"), tone, 0.85)
    dark = lift(wood, -0.12)
    t = 0.02
    for a, b, c, d in (
        (x0 - t, y0 - t, x1 + t, y0 + 0.004),
        (x0 - t, y1 - 0.004, x1 + t, y1 + t),
        (x0 - t, y0, x0 + 0.004, y1),
        (x1 - 0.004, y0, x1 + t, y1),
    ):
        sheet.fill(rect(a, b, c, d), wood)
    mid_x, mid_y = (x0 + x1) / 2, y0 + (y1 - y0) * 0.46
    sheet.fill(rect(mid_x - 0.009, y0, mid_x + 0.009, y1), across(mid_x - 0.009, mid_x + 0.009, wood, dark))
    sheet.fill(rect(x0, mid_y - 0.008, x1, mid_y + 0.008), down(mid_y - 0.008, mid_y + 0.008, wood, dark))
    sheet.fill(
        rect(x0 - 0.045, y1 + t, x1 + 0.045, y1 + t + 0.022), down(y1 + t, y1 + t + 0.022, lift(wood, 0.03), dark)
    )
    stage.plate(sheet, near, fills_width=False)


def _curtains(stage: Stage, hole: tuple[float, float, float, float], tone: Colour) -> None:
    x0, y0, x1, _ = hole
    near = 0.52
    light = stage.light
    cloth = mix(_lit(colour("F4E6D2"), tone, 1.0), light.key, 0.2 if not light.is_night else 0.0)
    for side, edge in ((-1, x0 + 0.015), (1, x1 - 0.015)):
        outer = edge + side * 0.1
        window = stage.window(near).coarser(1)
        left, right = min(edge, outer) - 0.03, max(edge, outer) + 0.03
        window = Window.around(left, y0 - 0.07, right, TABLE + 0.04, window.scale)
        sheet = Sheet.clear(window)
        xs, ys = window.xs(), window.ys()
        folds = 0.5 + 0.5 * np.sin((xs - left) * 190 + 1.1 * np.sin(ys * 7) + side)
        inner = edge + side * 0.014 * np.sin(ys * 9)
        inside = np.clip((xs - inner) * side * window.scale + 0.5, 0, 1) * np.clip(
            (outer - xs) * side * window.scale + 0.5, 0, 1
        )
        colours = ramp((lift(cloth, -0.13), cloth, lift(cloth, 0.05)))[(np.clip(folds, 0, 1) * 255).astype(int)]
        sheet.wash(colours, (inside * (ys > y0 - 0.06) * 0.94).astype(np.float32))
        phase = side * 1.3

        def sway(seconds: float, phase: float = phase) -> float:
            return 0.012 * math.sin(seconds * 0.9 * stage.spec.life + phase)

        made = stage.plate(sheet, near, fills_width=False)
        made.sway = sway
        made.is_still = False
    window = stage.window(near, top=y0 - 0.1, bottom=y0 - 0.04)
    rod = Sheet.clear(window)
    rod.fill(rect(x0 - 0.15, y0 - 0.075, x1 + 0.15, y0 - 0.063), _lit(colour("4A362C"), tone))
    for x in (x0 - 0.15, x1 + 0.15):
        rod.circle(x, y0 - 0.069, 0.012, _lit(colour("4A362C"), tone))
    stage.plate(rod, near, fills_width=False)


@kept
def _table(stage: Stage, tone: Colour, side: float) -> None:
    near = 0.7
    window = stage.window(near, top=TABLE - 0.01)
    wood = colour("A8744A")
    xs, ys = window.xs(), window.ys()
    depth = np.clip((ys - TABLE) / 0.3, 0, 1)
    grain = (
        noise(window, 1.6, 42.0, stage.seed("grain"), 4) * 0.7 + noise(window, 0.7, 9.0, stage.seed("grain 2"), 2) * 0.5
    )
    glow = np.exp(-(((xs - side * 0.12 * stage.aspect) / 0.5) ** 2)) * (1 - depth)
    t = np.clip(0.3 + depth * 0.35 + (grain - 0.55) * 0.55 - glow * 0.3, 0, 1)
    sheet = Sheet.clear(window)
    stops = (_lit(lift(wood, 0.1), tone, 1.1), _lit(wood, tone, 1.0), _lit(lift(wood, -0.14), tone, 0.85))
    sheet.wash(
        ramp(stops)[(t * 255).astype(int)], np.clip((ys - TABLE) * window.scale + 0.5, 0, 1).astype(np.float32) + 0 * xs
    )
    sheet.glow(
        mix(stage.light.key, stage.light.sky[-1], 0.5),
        (np.exp(-np.clip(ys - TABLE, 0, None) / 0.012) * 0.3 * (0.4 + glow) * (ys > TABLE)).astype(np.float32),
    )
    stage.plate(sheet, near)


@kept
def _corner(stage: Stage, tone: Colour, side: float) -> None:
    """Books and a plant at the far end of the table, each with its shadow."""
    near = 0.72
    window = stage.window(near, top=-0.2, bottom=0.5)
    sheet = Sheet.clear(window)
    x, foot = -side * 0.4 * stage.aspect, TABLE + 0.035
    away = -0.03 if stage.spec.sun_x > 0 else 0.03
    sheet.fill(ellipse(x + away, foot + 0.002, 0.1, 0.012), (0.06, 0.04, 0.03), 0.35)
    pot = _lit(colour("4E7C84"), tone, 1.0)
    leaf = _lit(colour("5A8F4E"), tone, 1.0)
    for k in range(11):
        a, b = stage.pick("plant", k, 0), stage.pick("plant", k, 1)
        turn = -math.pi / 2 + (k - 5) * 0.26 + 0.2 * (a - 0.5)
        shape = broad_leaf(x + (a - 0.5) * 0.03, foot - 0.1, turn, (0.16 + 0.1 * b) * stage.narrow, 0.15, 0.22)
        sheet.fill(shape, mix(lift(leaf, -0.12), lift(leaf, 0.07), b))
    body = [(x - 0.062, foot - 0.115), (x + 0.062, foot - 0.115), (x + 0.046, foot), (x - 0.046, foot)]
    sheet.fill(body, across(x - 0.06, x + 0.06, lift(pot, 0.07 * side), pot, lift(pot, -0.07 * side)))
    bx = x + side * 0.19 * stage.narrow
    sheet.fill(ellipse(bx + away, foot + 0.012, 0.11, 0.01), (0.06, 0.04, 0.03), 0.35)
    for k, code in enumerate(("3F5F7A", "C4673E", "D9B25A")):
        half, high = 0.085 - 0.009 * k, 0.021
        y = foot + 0.01 - high * k
        cover = _lit(colour(code), tone, 1.0)
        shift = 0.008 * (stage.pick("book", k) - 0.5)
        sheet.fill(rect(bx - half + shift, y - high, bx + half + shift, y), cover)
        sheet.fill(
            rect(bx - half * 0.96 + shift, y - high * 0.78, bx + half * 0.9 + shift, y - high * 0.2),
            _lit(colour("F2EADB"), tone, 0.92),
        )
        sheet.fill(rect(bx - half + shift, y - high, bx - half * 0.86 + shift, y), lift(cover, -0.03))
    stage.plate(sheet, near, fills_width=False)


def _things(stage: Stage, tone: Colour, side: float, hole: tuple[float, float, float, float], evening: bool) -> None:
    near, foot = 0.78, TABLE + 0.1
    if evening:
        _lamp(stage, tone, -side * 0.24 * stage.aspect, foot - 0.06)
    people = wanted(stage, "person", "umbrella")
    if people:
        _sitter(stage, tone, side)
    for someone in people:
        taken(stage, someone)
    table = Ground(foot, near, sheltered=True)
    if not stage.spec.subjects:
        add_standing(stage, Subject("cup", 1, side * 0.06 if not evening else side * 0.02), table)
    stand_all(stage, table)


@kept
def _lamp(stage: Stage, tone: Colour, x: float, foot: float) -> None:
    near = 0.74
    window = stage.window(near, top=-0.7, bottom=foot + 0.05)
    sheet = Sheet.clear(window)
    halo(sheet, x, foot - 0.3, 0.26, colour("FFC878"), 0.5)
    sheet.fill(ellipse(x, foot, 0.06, 0.012), _lit(colour("3A2E28"), tone))
    sheet.fill(rect(x - 0.006, foot - 0.22, x + 0.006, foot), _lit(colour("4A3A30"), tone))
    sheet.fill(
        [(x - 0.058, foot - 0.36), (x + 0.058, foot - 0.36), (x + 0.105, foot - 0.21), (x - 0.105, foot - 0.21)],
        down(foot - 0.36, foot - 0.21, colour("FFE2A8"), colour("FFF4D2"), colour("FFD58A")),
    )
    stage.plate(sheet, near, fills_width=False)


def _sitter(stage: Stage, tone: Colour, side: float) -> None:
    """Head and shoulders in profile against the window, with a bright rim."""
    near = 0.85
    window = stage.window(near)
    sheet = Sheet.clear(window)
    x, look = -side * 0.08 * stage.aspect, side
    body = [
        (-0.27, 0.62),
        (-0.25, 0.3),
        (-0.2, 0.2),
        (-0.09, 0.14),
        (-0.07, 0.06),
        (-0.11, -0.03),
        (-0.13, -0.12),
        (-0.1, -0.23),
        (0.0, -0.275),
        (0.09, -0.235),
        (0.115, -0.16),
        (0.118, -0.125),
        (0.152, -0.07),
        (0.128, -0.055),
        (0.138, -0.03),
        (0.126, -0.012),
        (0.13, 0.012),
        (0.11, 0.04),
        (0.05, 0.045),
        (0.045, 0.11),
        (0.12, 0.18),
        (0.2, 0.28),
        (0.24, 0.62),
    ]
    shape = smooth([(x + look * px, py + 0.03) for px, py in body], steps=8)
    dark = mix(_lit(colour("3A2A28"), tone, 0.6), (0.05, 0.04, 0.06), 0.45)
    rim = (
        mix(stage.light.key, stage.light.sun, 0.6) if not stage.light.is_night else mix(stage.light.key, (1, 1, 1), 0.1)
    )
    sheet.fill(shape, rim, 0.9)
    sheet.fill(shape - (look * 0.007, -0.003), dark)
    bun = ellipse(x - look * 0.15, -0.12, 0.058, 0.062)
    sheet.fill(bun, dark)
    hair = smooth(
        [
            (x + look * px, py + 0.03)
            for px, py in (
                (0.1, -0.2),
                (0.03, -0.285),
                (-0.08, -0.255),
                (-0.14, -0.15),
                (-0.13, -0.02),
                (-0.07, -0.03),
                (-0.03, -0.12),
                (0.04, -0.17),
            )
        ],
        steps=7,
    )
    sheet.fill(hair, lift(dark, -0.05))
    made = stage.plate(sheet, near, fills_width=False)
    made.sway = lambda seconds: 0.004 * math.sin(seconds * 1.1 * stage.spec.life)
    made.is_still = False


def _dust(stage: Stage, side: float) -> None:
    picture = star_pose(stage, mix(stage.light.sun, (1, 1, 1), 0.4))
    seed = stage.seed("dust")

    def placements(seconds: float) -> list[Placement]:
        made = []
        for i in range(24):
            a, b, c, d = (float(hash01(i, k, seed)) for k in range(4))
            x = side * (0.24 - 0.5 * a) * stage.aspect + 0.04 * math.sin(seconds * 0.25 + c * 6)
            y = -0.3 + 0.5 * b + 0.03 * math.sin(seconds * 0.3 + d * 6)
            made.append(Placement(x, y, 0.012 * (0.5 + d), opacity=0.4 * (0.5 + 0.5 * math.sin(seconds * 0.8 + a * 9))))
        return made

    stage.add(Sprites([picture], placements, 0.6))


@kept
def _drops(stage: Stage) -> None:
    """Drops on the pane."""
    near = 0.44
    window = stage.window(near)
    sheet = Sheet.clear(window)
    seed = stage.seed("drops")
    for i in range(150):
        a, b, c = (float(hash01(i, k, seed)) for k in range(3))
        x, y = window.x + a * (window.right - window.x), -0.4 + 0.6 * b
        r = 0.002 + 0.005 * c * c
        sheet.fill(ellipse(x, y, r, r * 1.4), mix(stage.light.sky[1], (1, 1, 1), 0.2), 0.35)
        sheet.circle(x - r * 0.3, y - r * 0.5, r * 0.35, (1, 1, 1), 0.7)
        if c > 0.8:
            sheet.fill(rect(x - r * 0.3, y - 0.05 - 0.06 * c, x + r * 0.3, y), (1, 1, 1), 0.12)
    stage.plate(sheet, near, fills_width=False)


SETTING = Setting(
    build=build,
    words=listed(
        "room, window, interior, indoors, bedroom, living room, apartment, flat, desk, table, curtain, home, sill, "
        "windowsill, lamp, library, lounge, parlour, hotel room, at home"
    ),
    horizon=0.2,
    usual_time="golden_hour",
    implied_by=("feature lamp",),
    always_alive=True,
    is_sheltered=True,
)
