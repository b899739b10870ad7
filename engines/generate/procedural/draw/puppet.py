"""A figure's bones: where hips, knees and hands are at each moment of an action. No ink here.

Bones are spots (x forward, y down, z to the figure's right), 1 = the figure's height, the ground at 0. A foot that carries
stands still on the ground while the body passes over it, so a figure that travels its stride per cycle never slips.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

Spot = tuple[float, float, float]
THIGH, SHIN, UPPER, FORE = 0.235, 0.225, 0.155, 0.15


@dataclass
class Leg:
    """One leg: three joints and the sole from heel to toe."""

    hip: Spot
    knee: Spot
    ankle: Spot
    heel: Spot
    toe: Spot


@dataclass
class Bones:
    """A whole figure. `lean` is how far the trunk is bent forward; `nod` turns the head (radians, left and right)."""

    pelvis: Spot
    neck: Spot
    head: Spot
    legs: list[Leg] = field(default_factory=list)
    arms: list[tuple[Spot, Spot, Spot]] = field(default_factory=list)
    nod: float = 0.0


@dataclass(frozen=True)
class Step:
    """How a leg goes: half the way a foot carries, share of the cycle it carries, height of the swing, drop of the hip."""

    reach: float
    duty: float
    lift: float
    hip: float
    bob: float
    lean: float
    swing: float
    elbow: float

    @property
    def stride(self) -> float:
        """The way of one cycle."""
        return 2 * self.reach / self.duty


WALK = Step(0.19, 0.6, 0.07, 0.492, 0.012, 0.015, 0.5, 0.3)
RUN = Step(0.2, 0.36, 0.2, 0.485, 0.022, 0.09, 0.9, 1.45)


def bent(hip: Spot, foot: Spot, upper: float, lower: float, forward: float = 1.0) -> tuple[Spot, Spot]:
    """The middle joint and the end of a two-bone limb that reaches for `foot`; it bends forward along x."""
    dx, dy, dz = foot[0] - hip[0], foot[1] - hip[1], foot[2] - hip[2]
    way = math.sqrt(dx * dx + dy * dy + dz * dz) or 1e-6
    most = (upper + lower) * 0.999
    if way > most:
        dx, dy, dz = (d * most / way for d in (dx, dy, dz))
        way = most
    along = (upper * upper - lower * lower + way * way) / (2 * way)
    out = math.sqrt(max(0.0, upper * upper - along * along)) * forward
    # The side in the plane of walking, square to the limb.
    flat = math.hypot(dx, dy) or 1e-6
    sx, sy = dy / flat, -dx / flat
    knee = (hip[0] + dx / way * along + sx * out, hip[1] + dy / way * along + sy * out, hip[2] + dz / way * along)
    return knee, (hip[0] + dx, hip[1] + dy, hip[2] + dz)


def sole(ball: float, lift: float, pitch: float, z: float, on_heel: bool = False) -> tuple[Spot, Spot, Spot]:
    """Ankle, heel and toe of a foot whose ball is at `ball`; `pitch` lifts the heel (negative: the toe)."""
    c, s = math.cos(pitch), math.sin(pitch)
    px, py = (ball - 0.1, -lift) if on_heel else (ball, -lift)

    def at(x: float, y: float) -> Spot:
        dx, dy = (x, y) if not on_heel else (x + 0.1, y)
        return (px + dx * c - dy * s, py + dx * s + dy * c, z)

    return at(-0.075, -0.045), at(-0.1, 0.0), at(0.045, 0.0)


def stepping(phase: float, step: Step) -> Bones:
    """Walking or running at a phase of the cycle."""
    angle = 2 * math.pi * phase
    bob = step.bob * math.cos(2 * angle + (0.0 if step.duty > 0.5 else math.pi))
    pelvis = (0.0, -step.hip + bob, 0.0)
    tall = 0.31
    neck = (step.lean + pelvis[0], pelvis[1] - tall, 0.0)
    legs = []
    for k, z in ((0.0, 0.05), (0.5, -0.05)):
        p = (phase + k) % 1.0
        if p < step.duty:
            u = p / step.duty
            ball, lift = step.reach * (1 - 2 * u), 0.0
            pitch = (
                -0.38 * (1 - u / 0.18) if u < 0.18 and step.duty > 0.5 else max(0.0, (u - 0.62) / 0.38) ** 1.4 * 0.95
            )
            on_heel = u < 0.18 and step.duty > 0.5
        else:
            u = (p - step.duty) / (1 - step.duty)
            e = u * u * (3 - 2 * u)
            ball = -step.reach + 2 * step.reach * e
            lift = step.lift * math.sin(math.pi * u) ** 0.8 * (1 - 0.45 * u)
            pitch = 0.95 * (1 - u) ** 1.3 * (1.25 if step.duty < 0.5 else 1.0) - 0.38 * max(0.0, (u - 0.6) / 0.4) * (
                step.duty > 0.5
            )
            on_heel = False
        ankle, heel, toe = sole(ball, lift, pitch, z, on_heel)
        hip = (0.012 * math.cos(angle + 2 * math.pi * k), pelvis[1], z)
        knee, end = bent(hip, ankle, THIGH, SHIN)
        slip = (end[0] - ankle[0], end[1] - ankle[1])
        legs.append(
            Leg(hip, knee, end, (heel[0] + slip[0], heel[1] + slip[1], z), (toe[0] + slip[0], toe[1] + slip[1], z))
        )
    arms = []
    for k, z in ((0.5, 0.115), (0.0, -0.115)):
        swung = step.swing * math.cos(2 * math.pi * (phase + k) + 0.15) + step.lean
        arms.append(_arm((neck[0], neck[1] + 0.035, z), swung, step.elbow + 0.35 * max(0.0, swung), 0.1 * z))
    head = (neck[0] + 0.012 + step.lean * 0.35, neck[1] - 0.115, 0.0)
    return Bones(pelvis, neck, head, legs, arms)


def _arm(shoulder: Spot, swung: float, elbow: float, out: float = 0.0) -> tuple[Spot, Spot, Spot]:
    ex, ey = shoulder[0] + math.sin(swung) * UPPER, shoulder[1] + math.cos(swung) * UPPER
    fore = swung + elbow
    return (
        shoulder,
        (ex, ey, shoulder[2] + out),
        (ex + math.sin(fore) * FORE, ey + math.cos(fore) * FORE, shoulder[2] + out * 0.6),
    )


def standing(phase: float) -> Bones:
    """At ease, breathing; the weight shifts a little."""
    angle = 2 * math.pi * phase
    breath, shift = 0.004 * math.sin(angle), 0.008 * math.sin(angle)
    pelvis = (0.0, -0.5, shift)
    neck = (0.008, -0.81 - breath, shift * 0.6)
    legs = []
    for x, z in ((0.012, 0.062), (-0.012, -0.062)):
        ankle, heel, toe = sole(x + 0.045, 0.0, 0.0, z)
        knee, end = bent((0.0, pelvis[1], z * 0.8 + shift), ankle, THIGH, SHIN)
        legs.append(Leg((0.0, pelvis[1], z * 0.8 + shift), knee, end, heel, toe))
    arms = [_arm((neck[0], neck[1] + 0.035, z + shift * 0.6), 0.02, 0.2, 0.22 * z) for z in (0.115, -0.115)]
    return Bones(pelvis, neck, (neck[0] + 0.012, neck[1] - 0.115, neck[2]), legs, arms, 0.35 * math.sin(angle))


def waving(phase: float) -> Bones:
    """Standing with one arm up, the hand going left and right."""
    bones = standing(phase)
    swing = math.sin(4 * math.pi * phase)
    shoulder = bones.arms[0][0]
    elbow = (shoulder[0] + 0.02, shoulder[1] - 0.07, shoulder[2] + 0.13)
    bones.arms[0] = (shoulder, elbow, (elbow[0] + 0.02, elbow[1] - 0.145, elbow[2] + 0.055 * swing))
    return bones


def dancing(phase: float) -> Bones:
    """To the beat, two steps a cycle: hips from side to side, a knee up, arms up and out."""
    angle = 2 * math.pi * phase
    side = math.sin(angle)
    dip = 0.03 * (0.5 + 0.5 * math.cos(2 * angle))
    pelvis = (0.0, -0.475 + dip, 0.06 * side)
    neck = (0.01 + 0.02 * math.cos(angle), pelvis[1] - 0.31, -0.03 * side)
    legs = []
    for sign in (1.0, -1.0):
        free = max(0.0, -side * sign)
        z = sign * (0.1 + 0.05 * free)
        ankle, heel, toe = sole(0.045 + 0.1 * free, 0.13 * free**1.2, 0.5 * free, z)
        hip = (0.0, pelvis[1], pelvis[2] + sign * 0.055)
        knee, end = bent(hip, ankle, THIGH, SHIN)
        knee = (knee[0], knee[1], knee[2] + sign * 0.03)
        off = (end[0] - ankle[0], end[1] - ankle[1], end[2] - ankle[2])
        legs.append(
            Leg(
                hip,
                knee,
                end,
                (heel[0] + off[0], heel[1] + off[1], z + off[2]),
                (toe[0] + off[0], toe[1] + off[1], z + off[2] + sign * 0.03),
            )
        )
    arms = []
    for sign in (1.0, -1.0):
        up = 0.5 + 0.5 * math.sin(angle + (0.0 if sign > 0 else math.pi))
        shoulder = (neck[0], neck[1] + 0.035, neck[2] + sign * 0.115)
        raise_ = 0.5 + 2.0 * up
        elbow = (
            shoulder[0] + 0.03,
            shoulder[1] - math.cos(math.pi - raise_ * 0.75) * -0.0 + math.cos(raise_ * 0.8) * UPPER,
            shoulder[2] + sign * math.sin(raise_ * 0.8) * UPPER,
        )
        hand = (
            elbow[0] + 0.05,
            elbow[1] + math.cos(raise_ * 1.2 + 0.3) * FORE,
            elbow[2] + sign * math.sin(raise_ * 1.2 + 0.3) * FORE * 0.7,
        )
        arms.append((shoulder, elbow, hand))
    head = (neck[0] + 0.01, neck[1] - 0.115, neck[2] - 0.02 * side)
    return Bones(pelvis, neck, head, legs, arms, 0.3 * side)


def jumping(phase: float) -> Bones:
    """A hop with the arms thrown up; in the air for the middle of the cycle."""
    air = max(0.0, math.sin(math.pi * (phase - 0.2) / 0.6)) if 0.2 < phase < 0.8 else 0.0
    dip = 0.09 * max(0.0, math.cos(2 * math.pi * phase)) * (1 - air)
    rise = 0.24 * air
    pelvis = (-0.03 * dip * 5, -0.5 + dip - rise, 0.0)
    neck = (0.02 + dip * 0.6, pelvis[1] - 0.31 + dip * 0.1, 0.0)
    legs = []
    for z in (0.06, -0.06):
        ankle, heel, toe = sole(0.045 - 0.05 * air, rise * 0.82, 0.8 * air, z * (1 + 0.8 * air))
        hip = (pelvis[0], pelvis[1], z)
        knee, end = bent(hip, ankle, THIGH, SHIN)
        off = (end[0] - ankle[0], end[1] - ankle[1])
        legs.append(
            Leg(
                hip,
                knee,
                end,
                (heel[0] + off[0], heel[1] + off[1], heel[2]),
                (toe[0] + off[0], toe[1] + off[1], toe[2]),
            )
        )
    arms = []
    for sign in (1.0, -1.0):
        shoulder = (neck[0], neck[1] + 0.035, sign * 0.115)
        raised = -0.5 + 3.1 * min(1.0, air * 1.6)
        elbow = (shoulder[0] + 0.03, shoulder[1] + math.cos(raised) * UPPER, shoulder[2] + sign * 0.07)
        arms.append(
            (shoulder, elbow, (elbow[0] + 0.03, elbow[1] + math.cos(raised * 1.05) * FORE, elbow[2] + sign * 0.06))
        )
    return Bones(pelvis, neck, (neck[0] + 0.012, neck[1] - 0.115, 0.0), legs, arms)


def sitting(phase: float) -> Bones:
    """On something a third of its height high, hands on the knees."""
    breath = 0.004 * math.sin(2 * math.pi * phase)
    pelvis = (-0.02, -0.26, 0.0)
    neck = (0.03, -0.57 - breath, 0.0)
    legs, arms = [], []
    for z in (0.065, -0.065):
        ankle, heel, toe = sole(0.26, 0.0, 0.0, z)
        knee, end = bent((0.0, pelvis[1], z), ankle, THIGH, SHIN)
        legs.append(Leg((0.0, pelvis[1], z), knee, end, heel, toe))
    for z in (0.115, -0.115):
        shoulder = (neck[0], neck[1] + 0.035, z)
        arms.append((shoulder, (shoulder[0] + 0.06, shoulder[1] + 0.14, z * 1.15), (0.19, -0.3, z * 0.7)))
    return Bones(pelvis, neck, (neck[0] + 0.015, neck[1] - 0.115, 0.0), legs, arms, 0.3 * math.sin(2 * math.pi * phase))


def swimming(phase: float) -> Bones:
    """Lying forward in the water or the air, the legs kick, the arms reach ahead. The middle of the body is at (0, -0.5)."""
    angle = 2 * math.pi * phase
    pelvis, neck = (-0.14, -0.47, 0.0), (0.165, -0.53, 0.0)
    legs, arms = [], []
    for k, z in ((0.0, 0.05), (math.pi, -0.05)):
        kick = 0.32 * math.sin(angle + k)
        knee = (pelvis[0] - THIGH * math.cos(kick * 0.7), pelvis[1] + 0.02 + THIGH * math.sin(kick * 0.7), z)
        low = kick + 0.22 * math.cos(angle + k) + 0.1
        ankle = (knee[0] - SHIN * math.cos(low), knee[1] + SHIN * math.sin(low) * 0.9, z)
        tip = (ankle[0] - 0.1 * math.cos(low + 0.2), ankle[1] + 0.1 * math.sin(low + 0.2), z)
        legs.append(Leg((pelvis[0], pelvis[1], z), knee, ankle, ankle, tip))
    for k, z in ((0.0, 0.11), (0.6, -0.11)):
        reach = 0.25 * math.sin(angle + k)
        shoulder = (neck[0] - 0.02, neck[1] + 0.03, z)
        elbow = (shoulder[0] + 0.13, shoulder[1] + 0.06 + 0.05 * reach, z * 1.2)
        arms.append((shoulder, elbow, (elbow[0] + 0.14, elbow[1] - 0.01 + 0.09 * reach, z)))
    return Bones(pelvis, neck, (neck[0] + 0.105, neck[1] - 0.05, 0.0), legs, arms)


def drifting(phase: float) -> Bones:
    """Without weight: knees bent, arms out, everything slow."""
    angle = 2 * math.pi * phase
    pelvis, neck = (0.0, -0.5, 0.0), (0.03, -0.81, 0.0)
    legs, arms = [], []
    for k, z in ((0.0, 0.075), (1.9, -0.075)):
        knee = (0.12 + 0.03 * math.sin(angle + k), -0.3 - 0.02 * math.cos(angle + k), z * 1.3)
        ankle = (0.0 + 0.04 * math.sin(angle + k + 0.5) - 0.04 * (k > 0), -0.115, z * 1.5)
        legs.append(
            Leg(
                (0.0, pelvis[1], z),
                knee,
                ankle,
                (ankle[0] - 0.02, ankle[1] + 0.05, ankle[2]),
                (ankle[0] + 0.1, ankle[1] + 0.06, ankle[2]),
            )
        )
    for k, z in ((0.7, 0.125), (2.6, -0.125)):
        shoulder = (neck[0], neck[1] + 0.035, z)
        elbow = (shoulder[0] + 0.08, shoulder[1] + 0.08 + 0.02 * math.sin(angle + k), z * 1.9)
        arms.append((shoulder, elbow, (elbow[0] + 0.1, elbow[1] - 0.04 + 0.03 * math.sin(angle + k), z * 2.3)))
    return Bones(pelvis, neck, (neck[0] + 0.012, neck[1] - 0.115, 0.0), legs, arms, 0.2 * math.sin(angle))


def bones(action: str, phase: float) -> Bones:
    """The figure in an action (standing where it is unknown)."""
    if action == "walk":
        return stepping(phase, WALK)
    if action == "run":
        return stepping(phase, RUN)
    made = {
        "dance": dancing, "wave": waving, "jump": jumping, "sit": sitting, "swim": swimming, "fly": swimming, "drift": drifting,
    }  # fmt: skip
    return made.get(action, standing)(phase)
