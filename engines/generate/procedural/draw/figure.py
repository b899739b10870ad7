"""A clothed figure drawn on its bones, from any side: coat, limbs, head with hair and face."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from engines.generate.procedural.draw.puppet import Bones, Spot
from engines.generate.procedural.draw.sheet import Points, Sheet, across, ellipse, smooth, stroke
from engines.generate.procedural.palette import Colour, colour, lift, mix

SKINS = tuple(colour(code) for code in "E3B08E D39A78 B97B56 8D5A3C F0C6A8".split())
HAIRS = tuple(colour(code) for code in "2B1E1C 5A3A24 16151A A8743A 7A3A22 C8B090".split())


@dataclass(frozen=True)
class Clothes:
    """What a figure wears. `cut`: coat, dress, shirt, suit (of space), diver. `hair`: short, long, tail, bun, cap, hood, none."""

    cut: str = "coat"
    main: Colour = (0.66, 0.21, 0.17)
    legs: Colour = (0.14, 0.16, 0.23)
    shoes: Colour = (0.1, 0.1, 0.13)
    accent: Colour | None = None
    hair: str = "short"
    hair_tone: Colour = HAIRS[0]
    skin: Colour = SKINS[0]
    head: float = 0.07
    thick: float = 1.0


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
        if long_hair and self._sin >= -0.3:
            self._back_hair()
        for arm in behind:
            self._arm(arm, -0.1)
        for k, leg in enumerate(sorted(bones.legs, key=lambda leg: self.depth(leg.knee))):
            self._leg(leg, -0.07 if k == 0 else 0.0)
        self._trunk()
        if c.cut == "suit" and self._sin < 0.75:
            self._pack()
        for arm in before if self._sin < 0.3 else []:
            self._arm(arm, -0.03)
        self._head()
        if long_hair and self._sin < -0.3:
            self._back_hair()
        if c.accent is not None:
            self._scarf()
        for arm in before if self._sin >= 0.3 else []:
            self._arm(arm, -0.03)

    def _limb(self, spots: Sequence[Spot], widths: Sequence[float], tone: Colour) -> None:
        points = [self.flat(spot) for spot in spots]
        shapes: list[Points] = []
        for (a, b), (w0, w1) in zip(
            zip(points, points[1:], strict=False), zip(widths, widths[1:], strict=False), strict=False
        ):
            shapes += stroke([a, b], w0 * self.clothes.thick, w1 * self.clothes.thick)
        self.sheet.fill_many(shapes, tone)

    def _leg(self, leg: object, dark: float) -> None:
        c = self.clothes
        hip, knee, ankle, heel, toe = leg.hip, leg.knee, leg.ankle, leg.heel, leg.toe  # type: ignore[attr-defined]
        tone = lift(c.legs, dark)
        bare = c.cut in ("dress", "shorts")
        if bare:
            skin = lift(c.skin, dark)
            self._limb((hip, knee), (0.09, 0.066), skin if c.cut == "dress" else tone)
            self._limb((knee, ankle), (0.062, 0.042), skin)
        else:
            self._limb((hip, knee, ankle), (0.102, 0.078, 0.056) if c.cut != "suit" else (0.13, 0.115, 0.1), tone)
        if c.cut == "diver":
            fin = stroke(
                [
                    self.flat(ankle),
                    self.flat(toe),
                    self.flat(tuple(2.1 * t - 1.1 * a for t, a in zip(toe, ankle, strict=True))),
                ],
                0.035,
                0.085,
            )  # type: ignore[arg-type]
            self.sheet.fill_many(fin, lift(c.main, dark))
            return
        big = 1.35 if c.cut == "suit" else 1.0
        a, h, t = self.flat(ankle), self.flat(heel), self.flat(toe)
        shoe = stroke([(h[0] * 0.92 + a[0] * 0.08, h[1] - 0.018), (t[0], t[1] - 0.015)], 0.044 * big, 0.032 * big)
        shoe += stroke([a, (h[0], h[1] - 0.02)], 0.05 * big, 0.042 * big)
        if abs(self._cos) < 0.6:
            shoe.append(ellipse((a[0] + t[0]) / 2, (a[1] + t[1]) / 2, 0.028 * big, abs(t[1] - a[1]) / 2 + 0.022)[::4])
        self.sheet.fill_many(shoe, lift(c.shoes, dark * 0.5))

    def _arm(self, arm: tuple[Spot, Spot, Spot], dark: float) -> None:
        c = self.clothes
        tone, skin = lift(c.main, dark), lift(c.skin, dark * 0.5)
        bare = c.cut in ("dress", "shirt", "shorts")
        shoulder, elbow, hand = arm
        big = 1.4 if c.cut == "suit" else 1.0
        if bare:
            self._limb((shoulder, elbow, hand), (0.06, 0.05, 0.038), skin)
            half = tuple(s * 0.35 + e * 0.65 for s, e in zip(shoulder, elbow, strict=True))
            self._limb((shoulder, half), (0.076, 0.072), tone)  # type: ignore[arg-type]
        else:
            self._limb((shoulder, elbow, hand), (0.08 * big, 0.07 * big, 0.056 * big), tone)
        fx, fy = self.flat(hand)
        ex, ey = self.flat(elbow)
        length = math.hypot(fx - ex, fy - ey) or 1.0
        dx, dy = (fx - ex) / length, (fy - ey) / length
        tone = lift(c.main, dark - 0.1) if c.cut in ("suit", "diver") else skin
        hand_shape = stroke([(fx, fy), (fx + dx * 0.03, fy + dy * 0.03)], 0.042 * big, 0.03 * big)
        if self.close and not c.cut == "suit":
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

    def _trunk(self) -> None:
        c, bones = self.clothes, self.bones
        thick = 0.5 + 0.5 * c.thick
        table = {
            "coat": ((0.0, 0.052, 0.05), (0.09, 0.128, 0.078), (0.35, 0.113, 0.088), (0.66, 0.1, 0.085), (1.0, 0.115, 0.098), (1.36, 0.13, 0.118)),
            "dress": ((0.0, 0.045, 0.045), (0.1, 0.112, 0.068), (0.38, 0.1, 0.082), (0.68, 0.074, 0.066), (1.0, 0.115, 0.1), (1.55, 0.175, 0.16)),
            "suit": ((-0.02, 0.09, 0.085), (0.09, 0.145, 0.11), (0.4, 0.15, 0.12), (0.75, 0.135, 0.11), (1.0, 0.135, 0.115), (1.16, 0.12, 0.11)),
        }.get(c.cut, ((0.0, 0.05, 0.05), (0.09, 0.125, 0.074), (0.36, 0.11, 0.083), (0.68, 0.088, 0.074), (1.0, 0.098, 0.08), (1.14, 0.095, 0.08)))  # fmt: skip
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
        a, b = np.array(left[3]), np.array(right[3])
        if c.cut in ("coat", "dress"):
            sheet.shade(np.array([left[3], right[3], b + (0, 0.022), a + (0, 0.022)]), dark, 0.75)
        if c.cut == "shirt" or c.cut == "shorts":
            sheet.shade(
                np.array([left[4], right[4], np.array(right[5]) + (0, 0.03), np.array(left[5]) + (0, 0.03)]),
                c.legs,
                0.95,
            )
        if c.cut == "suit":
            sheet.shade(
                np.array([left[2], right[2], np.array(right[2]) + (0, 0.022), np.array(left[2]) + (0, 0.022)]),
                colour("E0662F"),
                0.9,
            )
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

    # The head: a globe with a face on its front.

    def _head(self) -> None:
        c = self.clothes
        hx, hy = self.flat(self.bones.head)
        nx, ny = self.flat(self.bones.neck)
        r = c.head
        if c.cut == "suit":
            self._helmet(hx, hy, r)
            return
        self.sheet.fill_many(
            stroke([(nx, ny + 0.005), (hx - 0.01 * self._cos, hy + r * 0.5)], 0.062, 0.056), lift(c.skin, -0.06)
        )
        angle = self._turn - self.bones.nod * (1.0 if self._sin >= -0.2 else 0.4)
        globe = _Globe(hx, hy, r, angle)
        if c.hair == "hood":
            self.sheet.circle(hx - 0.008, hy, r * 1.22, lift(c.main, -0.03), squash=1.1)
        elif c.hair != "none":
            self.sheet.fill(ellipse(hx - 0.06 * r * math.cos(angle), hy - 0.05 * r, r * 1.06, r * 1.13), c.hair_tone)
        else:
            self.sheet.fill(globe.outline(1.0, 1.14), c.skin)
        facing = math.sin(angle)
        if facing > -0.92:
            face = globe.patch(1.5 if c.hair == "short" else 1.3, 0.5)
            if len(face):
                self.sheet.fill(face, c.skin)
            nose = globe.at(0.0, -0.1, 1.2)
            base = (globe.at(0.0, 0.12, 1.0), globe.at(0.0, -0.28, 1.02))
            if abs(math.cos(angle)) > 0.25:
                self.sheet.fill([base[0][:2], nose[:2], base[1][:2]], c.skin)
            self._face(globe)
            ear = globe.at(1.45, -0.05, 1.0)
            for side in (1.45, -1.45):
                ear = globe.at(side, -0.06, 1.0)
                if ear[2] > 0.15 and c.hair in ("short", "tail", "bun", "cap", "none"):
                    self.sheet.circle(ear[0], ear[1], r * 0.17, lift(c.skin, -0.05), squash=1.4)
        self._hat_or_bun(globe, hx, hy, r)

    def _helmet(self, x: float, y: float, r: float) -> None:
        self.sheet.circle(x, y, r * 1.55, colour("EEF0F4"))
        globe = _Globe(x, y, r * 1.42, self._turn)
        if self._sin > -0.5:
            self.sheet.fill(globe.patch(1.05, 0.62, -0.6), colour("1E2A44"))
            self.sheet.fill(globe.patch(0.75, 0.52, 0.2), colour("5A86C8"), 0.75)
            self.sheet.fill(globe.patch(1.0, 0.56, 0.42), colour("D8A94A"), 0.55)

    def _face(self, globe: _Globe) -> None:
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

    def _mouth(self, globe: _Globe) -> None:
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

    def _hat_or_bun(self, globe: _Globe, x: float, y: float, r: float) -> None:
        c = self.clothes
        if c.hair == "cap":
            dome = globe.cap(0.3, 1.13)
            self.sheet.fill(dome, lift(c.accent or c.main, -0.02))
        if c.hair == "bun":
            bx, by, _ = globe.at(math.pi, 0.62, 1.32)
            self.sheet.circle(bx, by, r * 0.46, lift(c.hair_tone, 0.03))
        if c.hair == "helmet":
            self.sheet.fill(globe.cap(0.12, 1.2), lift(c.accent or c.main, 0.04))

    def _back_hair(self) -> None:
        c = self.clothes
        hx, hy = self.flat(self.bones.head)
        r, back = c.head, -self._cos
        if c.hair == "tail":
            start = (hx + back * r * 0.85, hy - r * 0.35)
            sway = 0.3 * (self.bones.legs[0].knee[0] if self.bones.legs else 0.0)
            points = [
                start,
                (hx + back * r * 1.75 - sway * 0.2, hy + r * 0.3),
                (hx + back * r * 1.6 - sway, hy + r * 1.75),
            ]
            self.sheet.fill_many(stroke(points, r * 0.6, r * 0.2), lift(c.hair_tone, 0.02))
            return
        w = self._across(r * 1.12, r * 0.75)
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


class _Globe:
    """The head as a ball: places on it by longitude from the nose and latitude, seen from the figure's turn."""

    def __init__(self, x: float, y: float, r: float, turn: float) -> None:
        self.x, self.y, self.r = x, y, r
        self._cos, self._sin = math.cos(turn), math.sin(turn)

    def at(self, longitude: float, latitude: float, out: float = 1.0) -> tuple[float, float, float]:
        """A place as seen, and how much it faces the viewer (-1..1)."""
        f, side = math.cos(latitude) * math.cos(longitude), math.cos(latitude) * math.sin(longitude)
        x, z = f * self._cos - side * self._sin, f * self._sin + side * self._cos
        return (self.x + x * self.r * out, self.y - math.sin(latitude) * self.r * 1.12 * out, z)

    def _rim(self, longitude: float, latitude: float, out: float = 1.0) -> tuple[float, float]:
        """The same, but what lies behind is brought to the rim."""
        x, y, z = self.at(longitude, latitude, out)
        if z >= 0:
            return (x, y)
        dx, dy = (x - self.x) / self.r, (y - self.y) / self.r / 1.12
        length = math.hypot(dx, dy) or 1.0
        return (self.x + dx / length * self.r * out, self.y + dy / length * self.r * 1.12 * out)

    def outline(self, wide: float, tall: float) -> Points:
        """The silhouette."""
        return ellipse(self.x, self.y, self.r * wide, self.r * tall)

    def patch(self, half: float, top: float, bottom: float = -1.35) -> Points:
        """The part within `half` of the nose's longitude, from latitude `bottom` to `top`."""
        low_side, high_side = self._seen(half)
        if high_side - low_side < 0.05:
            return np.zeros((0, 2))

        def hairline(side: float) -> float:
            return top - 0.12 * (side / half) ** 2

        top_line = [self._rim(s, hairline(s)) for s in np.linspace(low_side, high_side, 13)]
        right = [self._rim(high_side, v) for v in np.linspace(hairline(high_side), bottom, 9)[1:]]
        low = [self._rim(s, bottom) for s in np.linspace(high_side, low_side, 9)[1:]]
        left = [self._rim(low_side, v) for v in np.linspace(bottom, hairline(low_side), 9)[1:-1]]
        return np.array([*top_line, *right, *low, *left])

    def _seen(self, half: float) -> tuple[float, float]:
        """The part of the longitudes within `half` that is on the viewer's side."""
        turn = math.atan2(self._sin, self._cos)
        low, high = -turn, math.pi - turn
        if low > half:
            low, high = low - math.tau, high - math.tau
        return max(-half, low), min(half, high)

    def cap(self, latitude: float, out: float) -> Points:
        """All above a latitude."""
        low, high = self._seen(math.pi)
        if high - low < math.pi - 0.01:
            low, high = low, low + math.pi
        edge = [self.at(s, latitude - 0.1, out)[:2] for s in np.linspace(low, high, 17)]
        first, last = edge[0], edge[-1]
        start, stop = (math.degrees(math.atan2((p[1] - self.y) / 1.12, p[0] - self.x)) for p in (last, first))
        start, stop = start % 360, stop % 360
        if abs(stop - start) < 1:
            return np.array(edge)
        over = ellipse(self.x, self.y, self.r * out, self.r * 1.12 * out, start, stop if start > stop else stop)
        top = over if over[:, 1].min() < self.y - self.r * out * 0.9 else ellipse(self.x, self.y, self.r * out, self.r * 1.12 * out, start, stop - 360 if stop > start else stop + 360)
        return np.array([*edge, *[tuple(p) for p in top]])



def dressed(variant: str, tone: Colour | None, seed: int) -> Clothes:
    """The clothes of a variant, in the colour asked for or in one of the usual; the seed chooses skin and hair."""
    coats = tuple(colour(code) for code in "A8352C 2F6D8C D2942F 3F7A55 7A4A86 C8553A".split())
    main = tone or coats[(seed >> 3) % len(coats)]
    base = Clothes(
        main=main,
        skin=SKINS[(seed >> 7) % len(SKINS)],
        hair_tone=HAIRS[(seed >> 11) % len(HAIRS)],
        accent=colour("F2B93B"),
    )
    yellowish = main[0] > 0.8 and main[1] > 0.6 and main[2] < 0.5
    scarf = colour("D8423A") if yellowish else colour("F2B93B")
    match variant:
        case "woman":
            return replace(
                base,
                accent=None,
                hair=("long", "bun", "tail")[(seed >> 5) % 3],
                cut="coat" if (seed >> 9) % 2 else "dress",
                legs=colour("3A2E3E"),
            )
        case "girl":
            return replace(base, accent=None, hair="tail", cut="coat", head=0.092, legs=colour("4A5A86"), thick=1.05)
        case "boy":
            return replace(base, accent=None, hair="short", cut="shorts", head=0.092, legs=colour("3A4A6A"), thick=1.05)
        case "child":
            return replace(base, accent=scarf, hair="cap", cut="coat", head=0.092, thick=1.08)
        case "old":
            return replace(base, accent=None, hair="short", hair_tone=colour("D8D6D2"), cut="coat")
        case "astronaut":
            return Clothes(
                "suit", tone or colour("ECEEF2"), tone or colour("E2E5EA"), colour("8A909C"), None, "none", head=0.07
            )
        case "diver":
            return replace(
                base,
                cut="diver",
                main=tone or colour("20303E"),
                legs=tone or colour("20303E"),
                accent=None,
                hair="none",
            )
        case "dancer":
            return replace(base, accent=None, hair="bun", cut="dress", legs=colour("3A2E3E"))
        case "runner":
            return replace(base, accent=None, hair="short", cut="shorts", legs=colour("1E2A3E"), shoes=colour("F0F0F0"))
        case "worker":
            return replace(base, accent=colour("F2C02E"), hair="helmet", cut="shirt", main=tone or colour("E8782A"))
        case _:
            return replace(base, accent=scarf, hair="cap" if (seed >> 5) % 2 else "short")
