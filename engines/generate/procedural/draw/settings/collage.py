"""A landscape of torn and cut paper: white rims, fibres, soft shadows, clouds on threads; it moves in steps."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.cast import Ground, add_sky_cast, stand_all
from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.land import Line, below, hills, ridges
from engines.generate.procedural.draw.layers import Placement, Pose, Sprites
from engines.generate.procedural.draw.paper import cloud_shape, cut_piece, paper, stepped
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sheet import Points, Sheet, ellipse, rect, to_yuva
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import Window, hash01, noise_at
from engines.generate.procedural.palette import PALETTES, Colour, colour, lift, mix

_SCHEMES = {
    "day": "BFE0E8 F4EBDD 8FB6B0 5E8F96 356A78 20485A F2B84B E4694F",
    "morning": "CFE3E4 FBF1E0 A9C4B2 7AA58F 4B7F74 2C5757 F6C667 EB7C5C",
    "dawn": "F3CDBD FBEDE2 D99C93 A86F80 70506E 44375A F8D58B E8716A",
    "golden_hour": "F5D6A0 FFF4DC E2A05E C46F45 8C4A41 55313A FFCB5E D94F3D",
    "dusk": "D98F8E F7E3DA A85E78 74456E 4A3160 2B2048 FFC06A E65C5C",
    "night": "1F2E55 E8E6F0 3A4C7C 2C3B68 202C52 141C3A F4EBC8 C9566B",
}
"""Sky, card, four hills from far to near, sun, accent."""


def build(stage: Stage) -> None:
    """Sky paper, sun with rays, hills from far to near, clouds and weather on threads, trees in front."""
    tones = _tones(stage)
    base = stage.horizon
    _sheet_of_sky(stage, tones)
    _sun(stage, tones)
    _hang(stage, "cloud", 0.12, 4, 0.11, tones[1])
    rows = ((0.16, -0.06, 0.24, 1.3), (0.3, 0.03, 0.15, 1.2), (0.48, 0.13, 0.1, 1.0), (0.7, 0.25, 0.1, 0.8))
    for index, (near, drop, tall, frequency) in enumerate(rows):
        seed = stage.seed(f"sheet {index}")
        line = ridges(base + drop, tall, frequency, seed) if index < 2 else hills(base + drop, tall, frequency, seed)
        _torn(stage, line, near, tones[2 + index], index)
        if index == 1:
            _hang(stage, "low cloud", 0.34, 2, 0.15, tones[1])
            add_sky_cast(stage, -0.22)
        if index == 2:
            stand_all(stage, Ground(base + drop - 0.01, near + 0.06, 0.85))
        if index in (1, 2):
            _trees(stage, line, near + 0.02, (0.07, 0.12)[index - 1], tones, index)
    _weather(stage, tones)
    _front(stage, tones)


def _tones(stage: Stage) -> tuple[Colour, ...]:
    tones = tuple(colour(code) for code in _SCHEMES[stage.spec.time].split())
    if stage.spec.palette in PALETTES and stage.spec.palette not in ("", "default"):
        tint = PALETTES[stage.spec.palette]
        ladder = (tint[5], lift(tint[5], 0.1), tint[4], tint[3], tint[2], tint[1], tint[4], tint[3])
        tones = tuple(mix(a, b, 0.8) for a, b in zip(tones, ladder, strict=True))
    if stage.spec.weather in ("rain", "storm", "fog", "snow"):
        grey = colour("AEB6BC") if not stage.light.is_night else colour("3A4256")
        tones = tuple(mix(tone, grey, (0.42, 0.12, 0.4, 0.3, 0.25, 0.15, 0.3, 0.2)[i]) for i, tone in enumerate(tones))
    if stage.spec.weather == "snow" or stage.has("winter"):
        white = colour("F1F4F8") if not stage.light.is_night else colour("7F8DB4")
        tones = (*tones[:2], *(mix(tone, white, 0.55) for tone in tones[2:6]), *tones[6:])
    return tones


@kept
def _sheet_of_sky(stage: Stage, tones: tuple[Colour, ...]) -> None:
    window = stage.window(0.0)
    sheet = Sheet.clear(window)
    sheet.wash(paper(window, tones[0], stage.seed("sky")), 1.0)
    fall = np.clip((window.ys() + 0.5) / (stage.horizon + 0.5), 0, 1) ** 2 + 0 * window.xs()
    sheet.wash(mix(tones[0], tones[1], 0.7), (fall * 0.55).astype(np.float32))
    stage.plate(sheet, 0.0)


@kept
def _torn(stage: Stage, line: Line, near: float, tone: Colour, index: int) -> None:
    """A sheet of land with a torn upper edge."""
    window = stage.window(near)
    heights = line(window.xs())
    window = window.rows(float(heights.min()) - 0.05, 9.0)
    seed = stage.seed(f"torn {index}")
    xs = window.xs()
    edge = line(xs) + 0.006 * (noise_at(xs, 40.0, seed, 3) - 0.5) + 0.012 * (noise_at(xs, 9.0, seed + 1, 2) - 0.5)
    sheet = Sheet.clear(window)
    cut_piece(
        sheet,
        below(window, np.asarray(edge, np.float32)),
        tone,
        mix(lift(tone, 0.22, 0.4), (1, 1, 1), 0.5),
        seed,
        0.6 + near,
    )
    stage.plate(sheet, near)


def _sun(stage: Stage, tones: tuple[Colour, ...]) -> None:
    """A disc with a wreath of cut rays that turns in steps; a moon and stars on threads at night."""
    near = 0.04
    night = stage.light.is_night
    if stage.light.disc < 0.05 and not night:
        return
    x = stage.spec.sun_x * stage.aspect
    y = stage.horizon - max(0.16, min(0.34, stage.light.sun_height + 0.1))
    size = 0.24 * stage.narrow
    window = Window.around(-1.0, -1.0, 1.0, 1.0, stage.size[1] * size * 0.6 * stage.camera.largest(near))
    rays = Sheet.clear(window)
    if not night:
        shapes: list[Points] = []
        for k in range(14):
            a = 2 * math.pi * k / 14
            for r0, r1, w in ((0.5, 0.92 if k % 2 else 0.78, 0.085),):
                shapes.append(
                    np.array(
                        [
                            (r0 * math.cos(a - w), r0 * math.sin(a - w)),
                            (r1 * math.cos(a - w * 0.5), r1 * math.sin(a - w * 0.5)),
                            (r1 * math.cos(a + w * 0.5), r1 * math.sin(a + w * 0.5)),
                            (r0 * math.cos(a + w), r0 * math.sin(a + w)),
                        ]
                    )
                )
        mask = Sheet.clear(window)
        mask.fill_many(shapes, (1, 1, 1))
        cut_piece(rays, mask.data[..., 3], lift(tones[6], 0.03), mix(tones[6], (1, 1, 1), 0.6), 5, 0.7)
        wreath = Pose(to_yuva(rays, stage.grade), window)
        stage.add(
            Sprites(
                [wreath], lambda seconds: [Placement(x, y, size, turn=0.16 * stepped(seconds) * stage.spec.life)], near
            )
        )
    mask = Sheet.clear(window)
    mask.circle(0, 0, 0.46, (1, 1, 1))
    if night:
        bite = Sheet.clear(window)
        bite.circle(0.2, -0.1, 0.38, (1, 1, 1))
        mask.data *= 1 - bite.data[..., 3:]
        _stars(stage, tones)
    disc = Sheet.clear(window)
    cut_piece(disc, mask.data[..., 3], tones[6], mix(tones[6], (1, 1, 1), 0.7), 9, 0.9)
    picture = Pose(to_yuva(disc, stage.grade), window)
    stage.add(Sprites([picture], lambda seconds: [Placement(x, y, size)], near, is_still=True))


def _stars(stage: Stage, tones: tuple[Colour, ...]) -> None:
    window = Window.around(-0.6, -0.6, 0.6, 0.6, max(20.0, stage.size[1] * 0.05))
    points = [
        (
            (0.5 if k % 2 == 0 else 0.21) * math.sin(math.pi * k / 5),
            -(0.5 if k % 2 == 0 else 0.21) * math.cos(math.pi * k / 5),
        )
        for k in range(10)
    ]
    mask = Sheet.clear(window)
    mask.fill(points, (1, 1, 1))
    sheet = Sheet.clear(window)
    cut_piece(sheet, mask.data[..., 3], tones[6], mix(tones[6], (1, 1, 1), 0.6), 3, 0.6)
    star = Pose(to_yuva(sheet, stage.grade), window)
    spots = [(stage.pick("star", i, 0), stage.pick("star", i, 1), stage.pick("star", i, 2)) for i in range(16)]

    def placements(seconds: float) -> list[Placement]:
        t = stepped(seconds) * stage.spec.life
        return [
            Placement(
                (a - 0.5) * stage.aspect * 1.1, -0.48 + 0.42 * b, 0.025 + 0.03 * c, turn=0.2 * math.sin(t + a * 9)
            )
            for a, b, c in spots
        ]

    stage.add(Sprites([star], placements, 0.03))


def _hang(stage: Stage, tag: str, near: float, count: int, size: float, tone: Colour) -> None:
    """Clouds of card on threads from above, swinging a little."""
    if stage.has("no clouds"):
        return
    if stage.spec.weather in ("rain", "storm", "cloudy", "snow"):
        count, tone = count + 2, mix(tone, colour("8E98A8"), 0.25 if stage.spec.weather != "storm" else 0.6)
    scale = stage.size[1] * size * 1.2 * stage.camera.largest(near)
    window = Window.around(-1.0, -0.6, 1.0, 0.5, max(20.0, scale))
    poses = []
    for k in range(2):
        sheet = Sheet.clear(window)
        cut_piece(sheet, cloud_shape(window, stage.seed(tag) + k), tone, lift(tone, 0.06), 11 + k, 1.0)
        poses.append(Pose(to_yuva(sheet, stage.grade), window))
    thread = Sheet.clear(Window.around(-0.02, -1.0, 0.02, 0.0, stage.size[1] * 0.5))
    thread.fill(rect(-0.0016, -1.0, 0.0016, 0.0), lift(tone, -0.3), 0.6)
    string = Pose(to_yuva(thread, stage.grade), thread.window)
    spots = []
    for i in range(count):
        a, b, c = (stage.pick(tag, i, k) for k in range(3))
        spots.append(
            (
                ((i + 0.2 + 0.6 * a) / count - 0.5) * stage.aspect * 1.2,
                -0.4 + 0.26 * b,
                size * (0.75 + 0.5 * c),
                a * 6.28,
            )
        )

    def place(seconds: float) -> list[tuple[float, float, float, float]]:
        t = stepped(seconds) * stage.spec.life
        wind = stage.wind
        return [
            (x + 0.006 * wind * math.sin(t * 0.9 + p), y, s, 0.03 * wind * math.sin(t * 0.9 + p))
            for x, y, s, p in spots
        ]

    def strings(seconds: float) -> list[Placement]:
        return [Placement(x, y, 0.6) for x, y, _, _ in place(seconds)]

    def clouds(seconds: float) -> list[Placement]:
        return [Placement(x, y, s, i, turn=r) for i, (x, y, s, r) in enumerate(place(seconds))]

    stage.add(Sprites([string], strings, near))
    stage.add(Sprites(poses, clouds, near))


def _trees(stage: Stage, line: Line, near: float, size: float, tones: tuple[Colour, ...], index: int) -> None:
    """Cut-out trees: triangles and lollipops on sticks."""
    window = Window.around(-0.5, -1.05, 0.5, 0.06, max(20.0, stage.size[1] * size * 1.2 * stage.camera.largest(near)))
    poses = []
    leaf = lift(mix(tones[4 + (index == 1)], colour("3E7A5A"), 0.4), 0.04 * index)
    if stage.has("autumn"):
        leaf = tones[7]
    for kind in range(3):
        mask = Sheet.clear(window)
        if kind == 0:
            mask.fill([(0, -1.0), (0.28, -0.16), (-0.28, -0.16)], (1, 1, 1))
        elif kind == 1:
            mask.fill(ellipse(0, -0.64, 0.25, 0.34), (1, 1, 1))
        else:
            mask.fill_many(
                [ellipse(0, -0.7, 0.28, 0.28), ellipse(-0.14, -0.5, 0.2, 0.2), ellipse(0.15, -0.5, 0.2, 0.2)], (1, 1, 1)
            )
        sheet = Sheet.clear(window)
        sheet.fill(rect(-0.03, -0.4, 0.03, 0.04), colour("6A4A3A"))
        cut_piece(
            sheet,
            mask.data[..., 3],
            lift(leaf, (0.0, 0.05, -0.04)[kind]),
            mix(lift(leaf, 0.2, 0.4), (1, 1, 1), 0.5),
            21 + kind,
            0.7,
        )
        poses.append(Pose(to_yuva(sheet, stage.grade), window))
    x0, _, x1, _ = stage.camera.needed(near)
    count = round((x1 - x0) * (6 if index == 1 else 3.4))
    spots = []
    for i in range(count):
        a, b, c = (stage.pick(f"cut tree {index}", i, k) for k in range(3))
        x = x0 + (x1 - x0) * (i + 0.15 + 0.7 * a) / count
        if abs(x) < 0.1 * stage.aspect and index == 2:
            continue
        y = float(line(np.array([[x]], np.float32))[0, 0]) + 0.02
        spots.append((x, y, size * (0.6 + 0.6 * b), int(c * 3), a))

    def placements(seconds: float) -> list[Placement]:
        t = stepped(seconds) * stage.spec.life
        return [Placement(x, y, s, k, turn=0.02 * stage.wind * math.sin(t * 1.3 + a * 9)) for x, y, s, k, a in spots]

    stage.add(Sprites(poses, placements, near))


def _weather(stage: Stage, tones: tuple[Colour, ...]) -> None:
    """Rain as strips of foil, snow as punched dots: both fall in steps."""
    kind = stage.spec.weather
    if kind not in ("rain", "storm", "snow"):
        return
    window = Window.around(-0.5, -0.6, 0.5, 0.6, max(16.0, stage.size[1] * 0.04))
    mask = Sheet.clear(window)
    if kind == "snow":
        mask.circle(0, 0, 0.32, (1, 1, 1))
    else:
        mask.fill([(-0.05, -0.5), (0.05, -0.5), (0.09, 0.4), (0, 0.5), (-0.09, 0.4)], (1, 1, 1))
    tone = (0.97, 0.98, 1.0) if kind == "snow" else mix(colour("7FB4DC"), tones[0], 0.2)
    sheet = Sheet.clear(window)
    cut_piece(sheet, mask.data[..., 3], tone, mix(tone, (1, 1, 1), 0.5), 31, 0.6)
    piece = Pose(to_yuva(sheet, stage.grade), window)
    count = round((70 if kind == "snow" else 60) * min(1.3, stage.aspect / 1.5))

    def placements(seconds: float) -> list[Placement]:
        t = stepped(seconds) * (0.5 + 0.5 * stage.spec.life)
        made = []
        for i in range(count):
            a, b, c = (stage.pick("piece", i, k) for k in range(3))
            fall = (b + t * (0.12 if kind == "snow" else 0.55) * (0.7 + 0.6 * c)) % 1.0
            sway = 0.02 * math.sin(t * 1.5 + a * 20) if kind == "snow" else 0.0
            x = (a - 0.5) * stage.aspect * 1.1 + sway + (fall - 0.5) * 0.08 * stage.breeze * stage.wind
            made.append(Placement(x, -0.56 + 1.12 * fall, 0.02 + 0.02 * c, turn=a * 6 * (kind == "snow")))
        return made

    stage.add(Sprites([piece], placements, 0.6))


@kept
def _front(stage: Stage, tones: tuple[Colour, ...]) -> None:
    """Cut grass and flowers along the lower border."""
    near = 0.92
    window = stage.window(near, top=0.2)
    mask = Sheet.clear(window)
    seed = stage.seed("blades")
    shapes: list[Points] = [rect(window.x - 1, 0.47, window.right + 1, 0.9)]
    span = window.right - window.x
    for i in range(int(span * 26)):
        a, b, c = (float(hash01(i, k, seed)) for k in range(3))
        x = window.x + span * (i + a) / int(span * 26)
        tall = 0.05 + 0.09 * b * (0.4 + 0.6 * min(1.0, abs(x) / stage.half_width))
        shapes.append(np.array([(x - 0.012, 0.49), (x + (c - 0.5) * 0.05, 0.47 - tall), (x + 0.012, 0.49)]))
    mask.fill_many(shapes, (1, 1, 1))
    sheet = Sheet.clear(window)
    tone = lift(tones[5], -0.02)
    cut_piece(sheet, mask.data[..., 3], tone, mix(lift(tone, 0.18, 0.5), (1, 1, 1), 0.35), seed, 1.4)
    if not (stage.spec.weather == "snow" or stage.has("winter")):
        for i in range(7):
            a, b = stage.pick("bloom", i, 0), stage.pick("bloom", i, 1)
            x = ((i + 0.2 + 0.6 * a) / 7 - 0.5) * stage.aspect * 1.05
            y, r = 0.43 - 0.06 * b, 0.014 + 0.008 * a
            sheet.line([(x, 0.5), (x, y)], 0.004, lift(tone, 0.05))
            petals = [
                ellipse(x + r * math.cos(k * 1.047), y + r * math.sin(k * 1.047), r * 0.62, r * 0.62) for k in range(6)
            ]
            sheet.fill_many([p + np.array([0.003, 0.004]) for p in petals], (0.04, 0.03, 0.07), 0.3)
            sheet.fill_many(petals, (tones[7], tones[6], tones[1])[i % 3])
            sheet.circle(x, y, r * 0.45, tones[6] if i % 3 != 1 else tones[7])
    stage.plate(sheet, near)


SETTING = Setting(
    build=build,
    words=listed(
        "paper collage, collage, paper cut, papercut, cut paper, torn paper, paper craft, cardboard, paper world, "
        "pop up book, paper landscape, scrapbook, cut-out, origami landscape"
    ),
    horizon=0.1,
    usual_time="day",
    special_of=("mountains", "meadow", "sea", "forest", "abstract", "geometric"),
    is_sheltered=True,
)
