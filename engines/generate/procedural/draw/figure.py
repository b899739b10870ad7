"""A clothed figure drawn on its bones, from any side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from engines.generate.procedural.draw.clothes import Clothes
from engines.generate.procedural.draw.head import Head
from engines.generate.procedural.draw.puppet import Bones, Leg, Spot
from engines.generate.procedural.draw.sheet import Points, Sheet, across, ellipse, smooth, stroke
from engines.generate.procedural.palette import Colour, colour, lift, mix

_CUTS = {
    "coat": (
        (0.0, 0.052, 0.05), (0.09, 0.128, 0.078), (0.35, 0.113, 0.088), (0.66, 0.1, 0.085), (1.0, 0.115, 0.098), (1.36, 0.13, 0.118),
    ),
    "dress": (
        (0.0, 0.045, 0.045), (0.1, 0.112, 0.068), (0.38, 0.1, 0.082), (0.68, 0.074, 0.066), (1.0, 0.115, 0.1), (1.55, 0.175, 0.16),
    ),
    "suit": (
        (-0.02, 0.09, 0.085), (0.09, 0.145, 0.11), (0.4, 0.15, 0.12), (0.75, 0.135, 0.11), (1.0, 0.135, 0.115), (1.16, 0.12, 0.11),
    ),
    "shirt": (
        (0.0, 0.05, 0.05), (0.09, 0.125, 0.074), (0.36, 0.11, 0.083), (0.68, 0.088, 0.074), (1.0, 0.098, 0.08), (1.14, 0.095, 0.08),
    ),
}  # fmt: skip
"""The trunk by the cut of what is worn: share of the way from neck to hip, half the width, half the depth."""


def _between(a: Spot, b: Spot, share: float) -> Spot:
    """A spot on the line through two; beyond the second if `share` is above 1."""
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share)


def _lower(p: tuple[float, float], by: float) -> tuple[float, float]:
    return (p[0], p[1] + by)


class Figure:
    """Draws bones seen from `turn` (0 heading right, pi / 2 toward the viewer) on a sheet."""

    def __init__(
        self, sheet: Sheet, bones: Bones, clothes: Clothes, turn: float, close: bool, expression: str = ""
    ) -> None:
        self.sheet, self.bones, self.clothes, self.close, self.expression = sheet, bones, clothes, close, expression
        self._cos, self._sin, self._turn = math.cos(turn), math.sin(turn), turn

    def flat(self, spot: Spot) -> tuple[float, float]:
        """A spot as seen; what is nearer lies a little lower."""
        x, y, z = spot
        return (x * self._cos - z * self._sin, y + 0.13 * (x * self._sin + z * self._cos))

    def depth(self, spot: Spot) -> float:
        """How near a spot is to the viewer."""
        return spot[0] * self._sin + spot[2] * self._cos

    def draw(self) -> None:
        """Everything, far to near."""
        c, bones = self.clothes, self.bones
        arms = sorted(bones.arms, key=lambda arm: self.depth(arm[1]) + self.depth(arm[0]))
        behind = [arm for arm in arms if self.depth(arm[0]) + 0.5 * self.depth(arm[2]) < -0.02]
        before = [arm for arm in arms if not any(arm is other for other in behind)]
        long_hair = c.hair in ("long", "tail")
        head = self.head()
        if long_hair and self._sin >= -0.3:
            head.back_hair()
        for arm in behind:
            self.arm(arm, -0.1)
        for k, leg in enumerate(sorted(bones.legs, key=lambda leg: self.depth(leg.knee))):
            self.leg(leg, -0.07 if k == 0 else 0.0)
        self.trunk()
        if c.cut == "suit" and self._sin < 0.75:
            self._pack()
        if c.cut == "diver":
            self._tank()
        for arm in before if self._sin < 0.3 else []:
            self.arm(arm, -0.03)
        head.draw()
        if long_hair and self._sin < -0.3:
            head.back_hair()
        if c.accent is not None:
            self._scarf()
        for arm in before if self._sin >= 0.3 else []:
            self.arm(arm, -0.03)

    def head(self) -> Head:
        """The head on its neck."""
        bones = self.bones
        stride = bones.legs[0].knee[0] if bones.legs else 0.0
        at, neck = self.flat(bones.head), self.flat(bones.neck)
        return Head(self.sheet, self.clothes, at, neck, self._turn, bones.nod, stride, self.close, self.expression)

    def _limb(self, spots: Sequence[Spot], widths: Sequence[float], tone: Colour) -> None:
        points = [self.flat(spot) for spot in spots]
        shapes: list[Points] = []
        for (a, b), (w0, w1) in zip(pairwise(points), pairwise(widths), strict=True):
            shapes += stroke([a, b], w0 * self.clothes.thick, w1 * self.clothes.thick)
        self.sheet.fill_many(shapes, tone)

    def leg(self, leg: Leg, dark: float) -> None:
        """One leg with its shoe; `dark` is added to the lightness."""
        c = self.clothes
        hip, knee, ankle, heel, toe = leg.hip, leg.knee, leg.ankle, leg.heel, leg.toe
        tone = lift(c.legs, dark)
        bare = c.cut in ("dress", "shorts")
        if bare:
            skin = lift(c.skin, dark)
            self._limb((hip, knee), (0.09, 0.066), skin if c.cut == "dress" else tone)
            self._limb((knee, ankle), (0.062, 0.042), skin)
        else:
            self._limb((hip, knee, ankle), (0.102, 0.078, 0.056) if c.cut != "suit" else (0.13, 0.115, 0.1), tone)
        if c.cut == "diver":
            fin = stroke([self.flat(ankle), self.flat(toe), self.flat(_between(ankle, toe, 2.1))], 0.035, 0.085)
            self.sheet.fill_many(fin, lift(colour("F2B92E"), dark))
            return
        big = 1.35 if c.cut == "suit" else 1.0
        a, h, t = self.flat(ankle), self.flat(heel), self.flat(toe)
        shoe = stroke([(h[0] * 0.92 + a[0] * 0.08, h[1] - 0.018), (t[0], t[1] - 0.015)], 0.044 * big, 0.032 * big)
        shoe += stroke([a, (h[0], h[1] - 0.02)], 0.05 * big, 0.042 * big)
        if abs(self._cos) < 0.6:
            shoe.append(ellipse((a[0] + t[0]) / 2, (a[1] + t[1]) / 2, 0.028 * big, abs(t[1] - a[1]) / 2 + 0.022)[::4])
        self.sheet.fill_many(shoe, lift(c.shoes, dark * 0.5))

    def arm(self, arm: tuple[Spot, Spot, Spot], dark: float) -> None:
        """One arm with its hand."""
        c = self.clothes
        tone, skin = lift(c.main, dark), lift(c.skin, dark * 0.5)
        bare = c.cut in ("dress", "shirt", "shorts")
        shoulder, elbow, hand = arm
        big = 1.4 if c.cut == "suit" else 1.0
        if bare:
            self._limb((shoulder, elbow, hand), (0.06, 0.05, 0.038), skin)
            self._limb((shoulder, _between(shoulder, elbow, 0.65)), (0.076, 0.072), tone)
        else:
            self._limb((shoulder, elbow, hand), (0.08 * big, 0.07 * big, 0.056 * big), tone)
        fx, fy = self.flat(hand)
        ex, ey = self.flat(elbow)
        length = math.hypot(fx - ex, fy - ey) or 1.0
        dx, dy = (fx - ex) / length, (fy - ey) / length
        tone = lift(c.main, dark - 0.1) if c.cut in ("suit", "diver") else skin
        hand_shape = stroke([(fx, fy), (fx + dx * 0.03, fy + dy * 0.03)], 0.042 * big, 0.03 * big)
        if self.close and c.cut != "suit":
            for spread in (-0.5, 0.0, 0.45):
                ca, sa = math.cos(spread), math.sin(spread)
                hx, hy = dx * ca - dy * sa, dx * sa + dy * ca
                hand_shape += stroke(
                    [(fx + dx * 0.015, fy + dy * 0.015), (fx + hx * 0.052, fy + hy * 0.052)], 0.014, 0.01
                )
        self.sheet.fill_many(hand_shape, tone)

    def _across(self, a: float, b: float) -> float:
        """Half the width as seen of a body `a` wide (left to right) and `b` deep."""
        return math.hypot(a * self._sin, b * self._cos)

    def trunk(self) -> None:
        """Coat, dress, shirt or suit."""
        c, bones = self.clothes, self.bones
        thick = 0.5 + 0.5 * c.thick
        table = _CUTS.get(c.cut, _CUTS["shirt"])
        nx, ny = self.flat(bones.neck)
        px, py = self.flat(bones.pelvis)
        length = math.hypot(px - nx, py - ny) or 1.0
        dx, dy = (px - nx) / length, (py - ny) / length
        hem = 0.0
        if c.cut in ("coat", "dress") and len(bones.legs) == 2:
            hem = sum(self.flat(leg.knee)[0] for leg in bones.legs) / 2 - px
        left, right = [], []
        for k, (t, a, b) in enumerate(table):
            w = self._across(a, b) * thick
            mx, my = nx + dx * t * length, ny + dy * t * length
            if t > 1:
                mx += hem * (t - 1) * 1.6
                spread = max(abs(self.flat(leg.knee)[0] - px) for leg in bones.legs)
                w = max(w, min(0.17, spread * 0.75 * min(1.0, (t - 0.9) * 2)) + 0.03)
            left.append((mx + dy * w, my - dx * w))
            right.append((mx - dy * w, my + dx * w))
            del k
        outline = smooth([*right, *reversed(left)], steps=6)
        wide = max(abs(p[0] - nx) for p in (*left, *right))
        shadow = mix(c.main, (0.06, 0.05, 0.1), 0.35)
        self.sheet.fill(outline, across(nx - wide, nx + wide, lift(c.main, 0.03), c.main, shadow))
        self._details(left, right)

    def _details(self, left: list[tuple[float, float]], right: list[tuple[float, float]]) -> None:
        """Belt, opening, badge: what tells front from back."""
        c, sheet = self.clothes, self.sheet
        dark = mix(c.main, (0.05, 0.04, 0.08), 0.45)
        bands = {"coat": (3, 3, 0.022, dark), "dress": (3, 3, 0.022, dark), "suit": (2, 2, 0.022, colour("E0662F"))}
        top, low, by, tone = bands.get(c.cut, (4, 5, 0.03, c.legs))
        band = [left[top], right[top], _lower(right[low], by), _lower(left[low], by)]
        sheet.shade(band, tone, 0.75 if tone is dark else 0.95)
        if c.cut == "coat" and self._sin > 0.15:
            # The opening of the coat, and its buttons, on the side that shows.
            share = 0.5 + 0.5 * self._cos * 0.85
            points = [
                (lx + (rx - lx) * (1 - share), ly + (ry - ly) * (1 - share))
                for (lx, ly), (rx, ry) in zip(left[1:], right[1:], strict=True)
            ]
            sheet.fill_many(stroke(points, 0.009), dark, 0.8)
            for x, y in points[1:4]:
                sheet.circle(x + 0.017, y, 0.008, lift(dark, -0.08))

    def _pack(self) -> None:
        nx, ny = self.flat(self.bones.neck)
        x = nx - 0.13 * self._cos
        shape = smooth(
            [(x - 0.075, ny - 0.01), (x + 0.075, ny - 0.01), (x + 0.08, ny + 0.25), (x - 0.08, ny + 0.25)], steps=5
        )
        self.sheet.fill(shape, across(x - 0.08, x + 0.08, colour("E4E6EA"), colour("B4B8C2")))

    def _tank(self) -> None:
        """The bottle on a diver's back, along the trunk."""
        (nx, ny), (px, py) = self.flat(self.bones.neck), self.flat(self.bones.pelvis)
        up = (0.5 if abs(px - nx) > abs(py - ny) else 0.0) * -0.13
        a, b = (nx * 0.85 + px * 0.15, ny * 0.85 + py * 0.15 + up), (nx * 0.25 + px * 0.75, ny * 0.25 + py * 0.75 + up)
        self.sheet.fill_many(stroke([a, b], 0.085), colour("F0B429"))
        self.sheet.fill_many(stroke([a, (a[0] + 0.05, a[1] - 0.005)], 0.03), colour("5A6068"))

    def _scarf(self) -> None:
        c = self.clothes
        assert c.accent is not None  # noqa: S101 - for the type checker
        x, y = self.flat(self.bones.neck)
        w = self._across(0.062, 0.06)
        self.sheet.fill_many(stroke([(x - w, y - 0.012), (x + w, y - 0.008)], 0.056), c.accent)
        swing = self.bones.legs[0].knee[0] * 0.25 if self.bones.legs else 0.0
        tx, ty = x - 0.075 * self._cos + 0.02, y + 0.012
        tail = [
            (tx + 0.03, ty),
            (tx - 0.055 * self._cos, ty + 0.05 - swing * 0.3),
            (tx - (0.12 + swing) * self._cos, ty + 0.1 - swing),
        ]
        if self._sin <= 0.75:
            self.sheet.fill_many(stroke(tail, 0.045, 0.04), lift(c.accent, -0.04))
