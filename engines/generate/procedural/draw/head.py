"""A figure's head: neck, hair, face with its expression, hat, helmet or mask."""

from __future__ import annotations

import math

import numpy as np

from engines.generate.procedural.draw.clothes import Clothes
from engines.generate.procedural.draw.globe import Globe
from engines.generate.procedural.draw.sheet import Sheet, ellipse, smooth, stroke
from engines.generate.procedural.palette import Colour, colour, lift, mix


class Head:
    """Draws a head `at` a place above its `neck`, turned as the figure is and by its `nod`; `stride` swings long hair."""

    def __init__(
        self,
        sheet: Sheet,
        clothes: Clothes,
        at: tuple[float, float],
        neck: tuple[float, float],
        turn: float,
        nod: float = 0.0,
        stride: float = 0.0,
        close: bool = False,
        expression: str = "",
    ) -> None:
        self.sheet, self.clothes, self.at, self.neck = sheet, clothes, at, neck
        self.nod, self.stride, self.close, self.expression = nod, stride, close, expression
        self._cos, self._sin, self._turn = math.cos(turn), math.sin(turn), turn

    def draw(self) -> None:
        """Neck, hair, face, hat."""
        c = self.clothes
        hx, hy = self.at
        nx, ny = self.neck
        r = c.head
        if c.cut == "suit":
            self._helmet(hx, hy, r)
            return
        self.sheet.fill_many(
            stroke([(nx, ny + 0.005), (hx - 0.01 * self._cos, hy + r * 0.5)], 0.062, 0.056), lift(c.skin, -0.06)
        )
        angle = self._turn - self.nod * (1.0 if self._sin >= -0.2 else 0.4)
        globe = Globe(hx, hy, r, angle)
        if c.hair == "hood":
            self.sheet.circle(hx - 0.008, hy, r * 1.22, lift(c.main, -0.03), squash=1.1)
        elif c.hair != "none":
            self.sheet.fill(ellipse(hx - 0.06 * r * math.cos(angle), hy - 0.05 * r, r * 1.06, r * 1.13), c.hair_tone)
        else:
            self.sheet.fill(globe.outline(1.0, 1.14), c.skin)
        facing = math.sin(angle)
        if facing > -0.92:
            self._patch(globe, (1.5 if c.hair == "short" else 1.3, 0.5, -1.35), c.skin)
            nose = globe.at(0.0, -0.1, 1.2)
            base = (globe.at(0.0, 0.12, 1.0), globe.at(0.0, -0.28, 1.02))
            if abs(math.cos(angle)) > 0.25:
                self.sheet.fill([base[0][:2], nose[:2], base[1][:2]], c.skin)
            self._face(globe)
            if c.cut == "diver":
                self._mask(globe)
            ear = globe.at(1.45, -0.05, 1.0)
            for side in (1.45, -1.45):
                ear = globe.at(side, -0.06, 1.0)
                if ear[2] > 0.15 and c.hair in ("short", "tail", "bun", "cap", "none"):
                    self.sheet.circle(ear[0], ear[1], r * 0.17, lift(c.skin, -0.05), squash=1.4)
        self._hat_or_bun(globe, hx, hy, r)

    def _helmet(self, x: float, y: float, r: float) -> None:
        self.sheet.circle(x, y, r * 1.55, colour("EEF0F4"))
        globe = Globe(x, y, r * 1.42, self._turn)
        if self._sin > -0.5:
            self._patch(globe, (1.05, 0.62, -0.6), colour("1E2A44"))
            self._patch(globe, (0.75, 0.52, 0.2), colour("5A86C8"), 0.75)
            self._patch(globe, (1.0, 0.56, 0.42), colour("D8A94A"), 0.55)

    def _patch(self, globe: Globe, part: tuple[float, float, float], tone: Colour, alpha: float = 1.0) -> None:
        """A part of the front, as far as it can be seen."""
        points = globe.patch(*part)
        if len(points):
            self.sheet.fill(points, tone, alpha)

    def _mask(self, globe: Globe) -> None:
        self._patch(globe, (0.85, 0.38, -0.22), colour("F2B92E"))
        self._patch(globe, (0.7, 0.28, -0.12), colour("8FD0E8"))
        x, y, _ = globe.at(0.9, -0.6, 1.05)
        self.sheet.fill_many(stroke([(x, y), (x + 0.01, y - globe.r * 1.9)], 0.014), colour("E0662F"))

    def _face(self, globe: Globe) -> None:
        c, r = self.clothes, globe.r
        tone = lift(c.hair_tone, -0.05) if c.hair != "none" else (0.1, 0.08, 0.08)
        mood = self.expression
        for side in (0.42, -0.42):
            x, y, z = globe.at(side, 0.08)
            if z < 0.25:
                continue
            wide = r * 0.13 * min(1.0, 0.35 + z)
            if self.close:
                white = r * 0.19
                self.sheet.fill(ellipse(x, y, white * min(1.0, 0.3 + z), white * 0.72), (0.97, 0.96, 0.94))
                px, py, _ = globe.at(side * 0.94 + 0.04, 0.07)
                self.sheet.circle(px, py, r * 0.115, colour("3A2A20"))
                self.sheet.circle(px - r * 0.04, py - r * 0.04, r * 0.035, (1, 1, 1))
                self.sheet.fill_many(
                    stroke(
                        [globe.at(side - 0.17, 0.16)[:2], globe.at(side, 0.22)[:2], globe.at(side + 0.17, 0.16)[:2]],
                        r * 0.05,
                    ),
                    tone,
                )
            else:
                self.sheet.fill(ellipse(x, y, wide, r * 0.14), (0.08, 0.06, 0.07))
            inner, outer = (side * 0.55, side * 1.5)
            tilt = {"angry": 0.16, "sad": -0.14, "nervous": -0.12, "excited": -0.03}.get(mood, 0.0)
            raised = 0.42 + (0.1 if mood in ("excited", "happy") else 0.0)
            self.sheet.fill_many(
                stroke(
                    [globe.at(inner, raised - tilt)[:2], globe.at(outer, raised + tilt * 0.6)[:2]], r * 0.1, r * 0.06
                ),
                tone,
            )
        self._mouth(globe)
        if self.close or mood == "happy":
            for side in (0.75, -0.75):
                x, y, z = globe.at(side, -0.28)
                if z > 0.2:
                    self.sheet.circle(x, y, r * 0.2, mix(c.skin, colour("E0605A"), 0.5), 0.4)

    def _mouth(self, globe: Globe) -> None:
        curve = {"happy": 0.17, "excited": 0.2, "sad": -0.15, "angry": -0.12, "nervous": -0.04, "calm": 0.05}.get(
            self.expression, 0.07
        )
        line = [globe.at(s, -0.5 - curve * (1 - (s / 0.42) ** 2) + curve * 0.5) for s in np.linspace(-0.42, 0.42, 7)]
        seen = [(x, y) for x, y, z in line if z > 0.05]
        if len(seen) < 2:
            return
        if self.expression in ("excited", "happy") and len(seen) > 4:
            self.sheet.fill(smooth(seen, closed=True, steps=3), colour("7A2A2A"))
        self.sheet.fill_many(stroke(seen, globe.r * 0.08), mix(self.clothes.skin, colour("7A2424"), 0.75))

    def _hat_or_bun(self, globe: Globe, x: float, y: float, r: float) -> None:
        c = self.clothes
        if c.hair == "cap":
            dome = globe.cap(0.3, 1.13)
            self.sheet.fill(dome, lift(c.accent or c.main, -0.02))
        if c.hair == "bun":
            bx, by, _ = globe.at(math.pi, 0.62, 1.32)
            self.sheet.circle(bx, by, r * 0.46, lift(c.hair_tone, 0.03))
        if c.hair == "helmet":
            self.sheet.fill(globe.cap(0.12, 1.2), lift(c.accent or c.main, 0.04))

    def back_hair(self) -> None:
        """Hair that falls down behind."""
        c = self.clothes
        hx, hy = self.at
        r, back = c.head, -self._cos
        if c.hair == "tail":
            start = (hx + back * r * 0.85, hy - r * 0.35)
            sway = 0.3 * (self.stride)
            points = [
                start,
                (hx + back * r * 1.75 - sway * 0.2, hy + r * 0.3),
                (hx + back * r * 1.6 - sway, hy + r * 1.75),
            ]
            self.sheet.fill_many(stroke(points, r * 0.6, r * 0.2), lift(c.hair_tone, 0.02))
            return
        w = math.hypot(r * 1.12 * self._sin, r * 0.75 * self._cos)
        mid = hx + back * r * 0.45
        shape = smooth(
            [
                (mid - w, hy - r * 0.3),
                (mid + w, hy - r * 0.3),
                (mid + w * 1.1, hy + r * 1.5),
                (mid, hy + r * 1.95),
                (mid - w * 1.1, hy + r * 1.5),
            ],
            steps=6,
        )
        self.sheet.fill(shape, lift(c.hair_tone, -0.02))
