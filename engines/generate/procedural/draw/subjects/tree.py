"""A tree: broad crown, pine, palm, birch, in blossom or bare."""

from __future__ import annotations

import math

from engines.generate.procedural.draw.sheet import Points, Sheet, across, ellipse, smooth, stroke
from engines.generate.procedural.draw.subject_kind import Cycle, How, SubjectKind
from engines.generate.procedural.draw.window import hash01
from engines.generate.procedural.palette import Colour, colour, lift, mix

GREENS = tuple(colour(code) for code in "2E5A34 3F7A3D 62A04A 93C25E".split())
AUTUMN = tuple(colour(code) for code in "7A3320 B4532A DD8434 F2B552".split())
_SNOW = colour("F2F6FC")
_BLOSSOM = tuple(colour(code) for code in "B86A86 D88AA6 F2B4C8 FFE0EA".split())


def draw(sheet: Sheet, how: How) -> None:
    """One tree; the seed shapes it."""
    if how.variant == "pine":
        _pine(sheet, how)
    elif how.variant == "palm":
        _palm(sheet, how)
    elif how.variant == "bare":
        _bare(sheet, how)
    else:
        tones = AUTUMN if how.autumn else _BLOSSOM if how.variant == "blossom" else GREENS
        if how.snowy and not how.variant:
            tones = (tones[0], mix(tones[1], _SNOW, 0.3), mix(tones[2], _SNOW, 0.8), _SNOW)
        if how.colour is not None:
            tones = tuple(lift(how.colour, d) for d in (-0.2, -0.1, 0.0, 0.1))
        _broad(sheet, how.seed, tones)


def _broad(sheet: Sheet, seed: int, leaves: tuple[Colour, ...] = GREENS) -> None:
    """A broad crown of three tones of leaves on a branching trunk."""
    bark = colour("5A3E30")

    def roll(i: int, k: int) -> float:
        return float(hash01(i, k, seed))

    trunk = smooth(
        [
            (-0.085, 0.01),
            (-0.04, -0.06),
            (-0.032, -0.3),
            (-0.05, -0.44),
            (0.04, -0.44),
            (0.032, -0.3),
            (0.045, -0.06),
            (0.095, 0.01),
        ],
        steps=6,
    )
    sheet.fill(trunk, across(-0.06, 0.06, colour("7A5642"), bark, colour("3E2A22")))
    for i, (x, y) in enumerate(((-0.24, -0.6), (0.22, -0.62), (0.02, -0.72), (-0.13, -0.7), (0.14, -0.55))):
        sheet.fill_many(stroke([(0.0, -0.36 - 0.015 * i), (x * 0.5, (y - 0.38) / 2), (x, y)], 0.042, 0.014), bark)
    centres = []
    for i in range(17):
        a = 2 * math.pi * (i * 0.381966 + 0.1 * roll(i, 0))
        r = 0.3 * math.sqrt((i + 0.5) / 17) * (0.9 + 0.25 * roll(i, 1))
        centres.append((r * math.cos(a) * 1.13, -0.68 + r * math.sin(a) * 0.8, 0.105 + 0.05 * roll(i, 2)))
    for tone, up, share, k in ((0, 0.0, 1.0, 3), (1, 0.025, 0.9, 4), (2, 0.055, 0.72, 5), (3, 0.08, 0.42, 6)):
        blobs: list[Points] = []
        for i, (x, y, r) in enumerate(centres):
            if tone >= 2 and roll(i, k) > (0.85 if tone == 2 else 0.6):
                continue
            for j in range(7):
                b = 2 * math.pi * (j / 7 + roll(i * 9 + j, k))
                d = r * 0.62 * share
                blobs.append(
                    ellipse(
                        x - up * 0.35 + d * math.cos(b),
                        y - up + d * math.sin(b) * 0.85,
                        r * share * (0.3 + 0.22 * roll(i * 9 + j, 8)),
                        r * share * (0.26 + 0.2 * roll(i * 9 + j, 9)),
                    )[::5]
                )
            if tone < 2:
                blobs.append(ellipse(x - up * 0.35, y - up, r * 0.9 * share, r * 0.8 * share)[::3])
        sheet.fill_many(blobs, leaves[tone], 1.0 if tone < 2 else 0.92)


def _pine(sheet: Sheet, how: How) -> None:
    """Layers of drooping boughs, each lighter toward its tips, the crown never a saw."""
    green = how.colour or colour("2E5A44")
    sheet.fill([(-0.035, 0.01), (-0.022, -0.25), (0.022, -0.25), (0.035, 0.01)], colour("5A4030"))
    tiers = 11
    for i in range(tiers):
        t = 1 - i / (tiers - 1)
        y = -0.97 + 0.86 * t
        reach = 0.035 + 0.27 * t**0.9
        for tone, drop, share in ((-0.09, 0.0, 1.0), (-0.02, -0.022, 0.9), (0.06, -0.045, 0.68)):
            boughs: list[Points] = []
            for k in range(9):
                u = (k - 4) / 4
                r = float(hash01(i * 9 + k, 3, how.seed))
                out = reach * u * share * (0.85 + 0.3 * r)
                tip = (out, y + 0.045 + 0.04 * abs(u) + 0.03 * r + drop)
                root = (out * 0.25, y - 0.06 + drop)
                w = 0.028 + 0.035 * t
                boughs.append(
                    smooth([root, (out * 0.7 - w, tip[1] - w * 0.6), tip, (out * 0.7 + w, tip[1] - w * 0.9)], steps=4)
                )
            sheet.fill_many(
                boughs,
                lift(
                    colour("E6EEF6") if how.snowy and tone > 0 else green, tone if not (how.snowy and tone > 0) else 0.0
                ),
            )
    sheet.fill([(-0.02, -0.9), (0.0, -1.02), (0.02, -0.9)], lift(green, 0.02))


def _palm(sheet: Sheet, how: How) -> None:
    sway = 0.02 * math.sin(2 * math.pi * how.phase)
    trunk = [(0.02, 0.01), (-0.03, -0.25), (-0.02, -0.5), (0.06 + sway, -0.76)]
    line = [(float(x), float(y)) for x, y in smooth(trunk, closed=False, steps=7)]
    sheet.fill_many(stroke(line, 0.085, 0.045), colour("8A6444"))
    for x, y in line[1::2]:
        sheet.fill_many(stroke([(x - 0.03, y + 0.006), (x + 0.03, y - 0.004)], 0.009), colour("6A4A32"))
    top = line[-1]
    for tone, angles in ((-0.1, (-2.6, -0.4, -1.9, -1.2)), (0.0, (-2.95, -0.15, -2.25, -0.85, -1.57))):
        for k, a in enumerate(angles):
            a += sway * (1 + 0.3 * k)
            tip = (top[0] + 0.42 * math.cos(a), top[1] + 0.3 * math.sin(a) + 0.17)
            mid = (top[0] + 0.24 * math.cos(a), top[1] + 0.26 * math.sin(a))
            nx, ny = -math.sin(a) * 0.06, math.cos(a) * 0.06
            leaf = [top, (mid[0] + nx, mid[1] + ny - 0.02), tip, (mid[0] - nx * 0.3, mid[1] - ny * 0.3 - 0.03)]
            sheet.fill(smooth(leaf, steps=6), lift(how.colour or colour("3E8A4A"), tone))
            sheet.fill_many(stroke([top, (mid[0], mid[1] - 0.02), tip], 0.007, 0.003), lift(colour("8FC25E"), tone))
    for dx in (-0.03, 0.025, 0.0):
        sheet.circle(top[0] + dx, top[1] + 0.02 + abs(dx) * 0.4, 0.026, colour("6A4228"))


def _bare(sheet: Sheet, how: How) -> None:
    bark = colour("4A3A34")

    def branch(x: float, y: float, angle: float, length: float, width: float, level: int, key: int) -> None:
        ex, ey = x + math.cos(angle) * length, y + math.sin(angle) * length
        sheet.fill_many(
            stroke([(x, y), (ex, ey)], width, width * 0.66), across(x - 0.05, x + 0.05, lift(bark, 0.06), bark)
        )
        if level >= 5:
            return
        for k in range(3 if level < 2 else 2):
            r = float(hash01(key * 3 + k, level, how.seed))
            turn = (k - (1 if level < 2 else 0.5)) * 0.62 + 0.3 * (r - 0.5)
            branch(ex, ey, angle + turn, length * (0.66 + 0.14 * r), width * 0.62, level + 1, key * 3 + k)

    branch(0.0, 0.01, -math.pi / 2, 0.3, 0.075, 0, 1)


SUBJECT = SubjectKind(
    draw=draw,
    box=(-0.6, -1.12, 0.7, 0.1),
    words=("tree", "oak", "lone tree", "lonely tree", "apple tree", "maple", "willow", "beech"),
    implies="meadow",
    size=0.46,
    metres=9.0,
    cycles={"stand": Cycle()},
    variants={
        "pine": ("pine tree", "fir tree", "conifer tree", "christmas tree", "spruce tree"),
        "palm": ("palm", "palm tree", "coconut tree"),
        "blossom": ("cherry tree", "blossom tree", "cherry blossom"),
        "bare": ("bare tree", "dead tree", "leafless tree"),
    },
    volume=1.2,
    girth=0.9,
    spread=0.15,
    entities=("tree",),
)
