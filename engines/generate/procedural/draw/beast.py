"""Four-legged animals: how their legs go at a walk, a trot and a gallop, without slipping; and the legs themselves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from engines.generate.procedural.draw.sheet import Sheet, ellipse, stroke
from engines.generate.procedural.palette import Colour, lift

_ORDER = {
    "walk": (0.0, 0.5, 0.25, 0.75),
    "trot": (0.0, 0.5, 0.5, 0.0),
    "run": (0.0, 0.12, 0.5, 0.62),
}
"""When each leg sets down: hind near, hind far, fore near, fore far."""


@dataclass(frozen=True)
class Gait:
    """One way of going: half the way a foot carries, share of the cycle it carries, height of the swing."""

    reach: float
    duty: float
    lift: float
    order: str = "walk"

    @property
    def stride(self) -> float:
        """The way of one cycle, in the animal's heights."""
        return 2 * self.reach / self.duty

    def foot(self, phase: float, leg: int) -> tuple[float, float, float]:
        """Where a foot is below its hip: x forward, y (0 the ground, negative above), and 1 while it swings."""
        p = (phase + _ORDER[self.order][leg]) % 1.0
        if p < self.duty:
            return self.reach * (1 - 2 * p / self.duty), 0.0, 0.0
        u = (p - self.duty) / (1 - self.duty)
        e = u * u * (3 - 2 * u)
        return -self.reach + 2 * self.reach * e, -self.lift * math.sin(math.pi * u), math.sin(math.pi * u)


@dataclass(frozen=True)
class Legs:
    """The legs of an animal: x of hips and shoulders, height of their tops, lengths, widths, colours."""

    hind: float
    fore: float
    top: float
    widths: tuple[float, float, float]
    tone: Colour
    foot: Colour
    hoof: float = 0.03
    paws: bool = False
    apart: float = 0.045

    def draw(
        self, sheet: Sheet, phase: float, gait: Gait | None, far: bool, drop: float = 0.0, pitch: float = 0.0
    ) -> None:
        """The two legs of one side; the far ones are darker and a little higher."""
        tone = lift(self.tone, -0.09) if far else self.tone
        shift, up = (self.apart, -0.018) if far else (0.0, 0.0)
        for k, (x, hind) in enumerate(((self.hind, True), (self.fore, False))):
            leg = k * 2 + (1 if far else 0)
            fx, fy, swing = gait.foot(phase, leg) if gait else (0.012 if far else -0.012, 0.0, 0.0)
            top = (x + shift, self.top + drop + pitch * x + up)
            end = (x + shift + fx, fy + up - 0.012)
            long = abs(self.top) * 0.52
            knee = _joint(top, end, long, -1.0 if hind else 1.0, swing)
            w0, w1, w2 = self.widths
            wide = 1.35 if hind else 1.0
            sheet.fill_many([*stroke([top, knee], w0 * wide, w1), *stroke([knee, end], w1, w2)], tone)
            self._foot(sheet, end, swing, tone if self.paws else lift(self.foot, -0.05 * far))

    def _foot(self, sheet: Sheet, at: tuple[float, float], swing: float, tone: Colour) -> None:
        x, y = at
        if self.paws:
            sheet.fill(ellipse(x + self.hoof * 0.4, y - self.hoof * 0.1, self.hoof * 1.1, self.hoof * 0.62), tone)
            return
        h, s = self.hoof, -0.8 * swing
        c, q = math.cos(s), math.sin(s)
        corners = ((-0.6 * h, -1.0 * h), (0.5 * h, -1.0 * h), (0.95 * h, 0.4 * h), (-0.75 * h, 0.4 * h))
        sheet.fill([(x + a * c - b * q, y + a * q + b * c) for a, b in corners], tone)


def _joint(
    top: tuple[float, float], end: tuple[float, float], long: float, side: float, swing: float
) -> tuple[float, float]:
    """The joint in the middle of a leg of two bones, out to the front (+1) or the back (-1)."""
    dx, dy = end[0] - top[0], end[1] - top[1]
    way = math.hypot(dx, dy) or 1e-6
    out = math.sqrt(max(0.0, long * long - way * way / 4)) * (0.55 + 0.45 * swing)
    return (top[0] + dx / 2 + dy / way * out * side, top[1] + dy / 2 - dx / way * out * side)


def body(points: Sequence[tuple[float, float]], drop: float, pitch: float = 0.0) -> list[tuple[float, float]]:
    """An outline that goes up and down and tips with the gait."""
    return [(x, y + drop + pitch * x) for x, y in points]


def gait_of(action: str, walk: Gait, run: Gait) -> Gait | None:
    """The gait of an action; None stands."""
    return {"walk": walk, "run": run, "trot": run}.get(action)


def heave(phase: float, gait: Gait | None) -> tuple[float, float]:
    """How far the body sinks and tips at a moment."""
    if gait is None:
        return 0.004 * math.sin(2 * math.pi * phase), 0.0
    angle = 2 * math.pi * phase
    if gait.order == "run":
        return -0.03 * math.sin(angle + 0.6), 0.07 * math.cos(angle + 0.6)
    return 0.008 * math.cos(2 * angle), 0.012 * math.sin(angle)


def tail_line(x: float, y: float, length: float, angle: float, wag: float, steps: int = 6) -> list[tuple[float, float]]:
    """A tail from its root: `angle` 0 straight back, positive up; it curls by `wag`."""
    points = [(x, y)]
    for i in range(steps):
        a = angle + wag * (i + 1) / steps
        px, py = points[-1]
        points.append((px - math.cos(a) * length / steps, py - math.sin(a) * length / steps))
    return points
