"""A blueprint: white lines on blue paper draw a house, its plan and its measures, one after another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np

from engines.generate.procedural.draw.camera import View
from engines.generate.procedural.draw.drafting import (
    Line,
    arc,
    box,
    gear,
    house_front,
    house_plan,
    length_of,
    measure,
    title_block,
)
from engines.generate.procedural.draw.keeping import kept
from engines.generate.procedural.draw.layers import Bytes, Canvas, Layer, Plate
from engines.generate.procedural.draw.setting import Setting, listed
from engines.generate.procedural.draw.sheet import Sheet, to_yuva
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.window import Field, noise
from engines.generate.procedural.palette import PALETTES, Colour, colour, lift, mix, ramp

_PAPERS = {
    "dawn": "2A4E86",
    "morning": "1F5FA0",
    "day": "1B5599",
    "golden_hour": "24508C",
    "dusk": "243F80",
    "night": "122C5C",
}


def build(stage: Stage) -> None:
    """Paper, grid, then drawings in three depths, each drawn line by line."""
    paper, ink = _tones(stage)
    _paper(stage, paper, ink)
    drawing = _wide(stage) if not stage.spec.is_portrait and stage.aspect > 0.95 else _tall(stage)
    for index, (near, lines, width) in enumerate(drawing):
        _drawn(stage, lines, near, width, ink, index / len(drawing) * 0.2 - 0.12)


def _tones(stage: Stage) -> tuple[Colour, Colour]:
    paper, ink = colour(_PAPERS[stage.spec.time]), colour("EAF3FF")
    if stage.spec.palette in PALETTES and stage.spec.palette != "default":
        paper = mix(PALETTES[stage.spec.palette][1], colour("16284A"), 0.25)
        ink = mix(PALETTES[stage.spec.palette][5], (1, 1, 1), 0.6)
    return paper, ink


@kept
def _paper(stage: Stage, paper: Colour, ink: Colour) -> None:
    window = stage.window(0.0)
    seed = stage.seed("paper")
    xs, ys = window.xs(), window.ys()
    worn = noise(window, 1.6, 1.6, seed, 4) - 0.5
    grain = noise(window, 90.0, 90.0, seed + 1, 2) - 0.5
    away = np.clip(np.hypot(xs / stage.aspect * 1.2, ys), 0, 1)
    t = np.clip(0.42 + worn * 0.7 + grain * 0.16 + away * 0.5, 0, 1)
    sheet = Sheet.clear(window)
    sheet.wash(ramp((lift(paper, 0.07), paper, lift(paper, -0.07)))[(t * 255).astype(int)], 1.0)
    for x in (-0.22, 0.24):
        crease = np.exp(-(((xs - x * stage.aspect - 0.004 * (worn)) / 0.003) ** 2)) * 0.14
        sheet.wash(ink, crease.astype(np.float32))
    for cell, strong, wide in ((0.025, 0.07, 0.0011), (0.125, 0.15, 0.0016)):
        for at in (xs + 0 * ys, ys + 0 * xs):
            off = np.abs(at / cell - np.round(at / cell)) * cell
            sheet.wash(ink, (np.clip((wide - off) * window.scale + 0.5, 0, 1) * strong).astype(np.float32))
    stage.plate(sheet, 0.0)


class Drawn(Layer):
    """Lines that appear along their way: each pixel knows when the pen passes it."""

    is_still = False

    def __init__(self, plate: Plate, when: Bytes, begin: float, seconds: float) -> None:
        self.plate, self.when, self.near = plate, when, plate.near
        self._begin, self._take = begin * seconds, max(0.2, seconds * 0.36)
        self._whole = plate.data
        self._shown = -1

    def draw(self, canvas: Canvas, view: View, seconds: float, hidden_from: int) -> None:
        """The part that the pen has reached at this moment."""
        now = int(np.clip((seconds - self._begin) / self._take, 0, 1) * 255)
        if now <= 0:
            return
        if now != self._shown:
            mask = (self.when <= now).astype(np.uint8)
            self.plate.data = (
                self._whole
                if now >= 255
                else np.asarray(cv2.bitwise_and(self._whole, self._whole, mask=mask), np.uint8)
            )
            self._shown = now
        self.plate.draw(canvas, view, seconds, hidden_from)


def _drawn(stage: Stage, lines: Sequence[Line], near: float, width: float, ink: Colour, begin: float) -> None:
    window = stage.window(near)
    strength: Field = np.zeros((window.height, window.width), np.float32)
    when = np.zeros((window.height, window.width), np.uint8)
    total = sum(length_of(line) for line in lines) or 1.0
    thick = max(1.0, width * window.scale)
    fine = cv2.resize(strength, (window.width, window.height))
    passed = 0.0
    for line in lines:
        for a, b in pairwise(line):
            parts = max(1, math.ceil(math.dist(a, b) / 0.02))
            for k in range(parts):
                p, q = (tuple(a[i] + (b[i] - a[i]) * (k + e) / parts for i in range(2)) for e in (0, 1))
                ends = [((x - window.x) * window.scale - 0.5, (y - window.y) * window.scale - 0.5) for x, y in (p, q)]
                points = [tuple(round(v * 16) for v in end) for end in ends]
                stroke = math.dist(p, q)
                passed += stroke
                moment = 1 + int(254 * min(1.0, passed / total))
                reach = thick + 2
                x0, y0 = (max(0, math.floor(min(e[i] for e in ends) - reach)) for i in (0, 1))
                x1 = min(window.width, math.ceil(max(e[0] for e in ends) + reach) + 1)
                y1 = min(window.height, math.ceil(max(e[1] for e in ends) + reach) + 1)
                if x1 <= x0 or y1 <= y0:
                    continue
                spot = np.zeros((y1 - y0, x1 - x0), np.uint8)
                inside = [(px - x0 * 16, py - y0 * 16) for px, py in points]
                cv2.line(spot, inside[0], inside[1], 255, max(1, round(thick)), cv2.LINE_AA, 4)
                part, moments = fine[y0:y1, x0:x1], when[y0:y1, x0:x1]
                value = spot.astype(np.float32) / 255
                moments[(value > 0.02) & (part < value)] = moment
                np.maximum(part, value, out=part)
    sheet = Sheet.clear(window)
    chalk = 0.72 + 0.4 * noise(window, 60.0, 60.0, stage.seed(f"chalk {near}"), 2)
    sheet.wash(ink, np.clip(np.asarray(fine) * chalk, 0, 1).astype(np.float32))
    plate = Plate(to_yuva(sheet, stage.grade), window, near, fills_width=False)
    first = round((plate.window.y - window.y) * window.scale)
    when = np.ascontiguousarray(when[first : first + plate.data.shape[0]])
    if stage.spec.loop:
        # What has no beginning is drawn already: it only breathes.
        rate = stage.rate(1.3)
        plate.pulse, plate.is_still = lambda seconds: 0.88 + 0.12 * math.sin(rate * seconds + begin * 9), False
        stage.add(plate)
        return
    stage.add(Drawn(plate, when, begin, stage.spec.seconds))


def _wide(stage: Stage) -> list[tuple[float, list[Line], float]]:
    w = stage.half_width
    side = 1.0 if stage.pick("side") > 0.5 else -1.0
    outline, details = house_front(-side * w * 0.42, 0.24, 0.26 * stage.narrow)
    x, s = -side * w * 0.42, 0.26 * stage.narrow
    measures = [
        *measure(x - s, x + s, 0.31),
        *measure(0.24 - s * 0.9, 0.24, x - s * 1.36, False),
        *measure(0.24 - s * 1.7, 0.24, x + s * 1.42, False),
    ]
    px = side * w * 0.46
    plan = house_plan(px, -0.13, 0.2 * min(1.0, stage.aspect / 1.5))
    frame: list[Line] = [box(-w + 0.035, -0.465, w - 0.035, 0.465), box(-w + 0.045, -0.455, w - 0.045, 0.455)]
    gears = [
        *gear(px - 0.08, 0.25, 0.085),
        *gear(px + 0.07, 0.21, 0.065, 11),
        *measure(px - 0.165, px + 0.135, 0.36),
    ]
    rays: list[Line] = [
        [(x - 0.5 * s, 0.24 - 0.45 * s), (x - 0.5 * s, -0.42)],
        [(x, 0.24), (x, -0.4)],
        arc(x, 0.24 - 1.7 * s, 0.05, 200, 340),
    ]
    title = title_block(w - 0.05, 0.45, 0.3) if side < 0 else title_block(-w + 0.35, 0.45, 0.3)
    return [
        (0.05, [*frame, *title], 0.0017),
        (0.12, [*rays, *measures], 0.0014),
        (0.2, plan, 0.0022),
        (0.28, outline, 0.0034),
        (0.3, details, 0.0022),
        (0.38, gears, 0.0022),
    ]


def _tall(stage: Stage) -> list[tuple[float, list[Line], float]]:
    w = stage.half_width
    s = min(0.24, w * 0.62)
    outline, details = house_front(0.0, -0.02, s)
    measures = [*measure(-s, s, 0.03), *measure(-0.02 - s * 0.9, -0.02, -s * 1.34, False)]
    plan = house_plan(-w * 0.2, 0.24, min(0.15, w * 0.5))
    gears = [*gear(w * 0.62, 0.2, w * 0.2), *gear(w * 0.5, 0.2 + w * 0.36, w * 0.15, 11)]
    frame: list[Line] = [box(-w + 0.03, -0.47, w - 0.03, 0.47), box(-w + 0.038, -0.462, w - 0.038, 0.462)]
    return [
        (0.05, [*frame, *title_block(w - 0.045, 0.455, min(0.26, w * 0.9))], 0.0016),
        (0.12, measures, 0.0014),
        (0.2, plan, 0.0018),
        (0.28, outline, 0.003),
        (0.3, details, 0.002),
        (0.38, gears, 0.0018),
    ]


SETTING = Setting(
    build=build,
    words=listed(
        "blueprint, technical drawing, schematic, construction plan, floor plan, draft, line drawing, wireframe, "
        "diagram, architect, engineering drawing, draughtsman, cad"
    ),
    horizon=0.0,
    usual_time="day",
    special_of=("city", "street", "room", "abstract", "geometric", "space"),
    always_alive=True,
    is_sheltered=True,
    keeps_time=True,
)
