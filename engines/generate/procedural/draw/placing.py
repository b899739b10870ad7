"""Where the members of a group stand, how large things are beside one another, and which way their shadows fall."""

from __future__ import annotations

import math
from dataclasses import dataclass

from engines.generate.procedural.draw.layers import Pose
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.subject_kind import SubjectKind, subject_kinds
from engines.generate.procedural.draw.window import Window
from engines.generate.procedural.scene.parts import Subject

_ALIKE = 0.42
"""How far sizes are brought toward those of the world when several kinds stand together; 1 would be wholly."""
MOST = 60


@dataclass(frozen=True)
class Ground:
    """Where things stand in a setting: `foot` is y for what stands, `near` its depth, `scale` multiplies usual sizes.

    `wet` 0..1: how strongly the ground mirrors what stands on it. `sheltered`: no sun falls here. `travels`: the viewer
    drives along with what is on it, so that it stays where it is while the ground goes by. `at`: x in frame widths about which
    they gather (a pier).
    """

    foot: float
    near: float = 0.5
    scale: float = 1.0
    wet: float = 0.0
    sheltered: bool = False
    travels: bool = False
    at: float | None = None


@dataclass(frozen=True)
class Member:
    """One of a group: its place, how near it is (1 is where the ground says, above is nearer), its dice."""

    x: float
    depth: float
    roll: float
    index: int


def kind_of(subject: Subject) -> SubjectKind | None:
    """The kind of a subject; None for a name nobody draws."""
    return subject_kinds().get(subject.name)


def stands(kind: SubjectKind) -> bool:
    """Whether a kind belongs on the ground."""
    return kind.ground in ("stands", "drives")


def factor_of(stage: Stage, subject: Subject, kind: SubjectKind) -> float:
    """Times the usual size of its kind: its variant, its words, and what it stands beside."""
    own = kind.variant_sizes.get(subject.variant, 1.0) * subject.scale
    others = [
        (other, found) for other in stage.spec.subjects if (found := kind_of(other)) is not None and stands(found)
    ]
    if not stands(kind) or len({other.name for other, _ in others}) < 2 or subject not in stage.spec.subjects:
        return own
    per_metre = [found.size / found.metres for _, found in others]
    middle = math.exp(sum(math.log(value) for value in per_metre) / len(per_metre))
    return own * min(1.6, max(0.62, float((middle / (kind.size / kind.metres)) ** _ALIKE)))


def place_of(stage: Stage, subject: Subject, at: float | None = None) -> float:
    """Its x in scene units, moved aside where two would stand in one another; `at`: where they gather, in frame widths."""

    def wished(one: Subject) -> float:
        return (one.x if at is None else at + 0.3 * one.x) * stage.aspect

    kind, x = kind_of(subject), wished(subject)
    if kind is None or subject.lift:
        return x
    for other in stage.spec.subjects:
        if other is subject:
            break
        found = kind_of(other)
        if found is None or _realm(stage, found) != _realm(stage, kind) or abs(other.near - subject.near) > 0.12:
            continue
        mine, theirs = (
            (one.size * factor_of(stage, it, one) * one.width / 2) for it, one in ((subject, kind), (other, found))
        )
        away, need = x - wished(other), mine + theirs
        if abs(away) < need:
            x = wished(other) + math.copysign(need, away if away else 1.0)
    edge = stage.half_width - 0.02
    return min(edge, max(-edge, x))


def _realm(stage: Stage, kind: SubjectKind) -> str:
    """Kinds of one realm would stand in one another: on the ground, on water, or, where nothing falls, everywhere."""
    if stage.medium != "air":
        return stage.medium
    return "stands" if stands(kind) else kind.ground


def members(stage: Stage, subject: Subject, kind: SubjectKind, size: float, at: float | None = None) -> list[Member]:
    """The first is the hero; few stand left and right of it, many are strewn over the ground."""
    count = subject.count
    if kind.group > 1:
        count = kind.group if count == 1 else max(count, 3)
    count = min(count, MOST)
    name = subject.name
    x0 = place_of(stage, subject, at) * (0.75 if stage.aspect < 0.85 else 1.0)
    step = max(kind.spread * stage.aspect, kind.width * size * 0.62)
    made = [Member(x0, 1.0, stage.pick(name, 0, 3), 0)]
    crowded = count > 7 or count * step > 1.3 * stage.aspect
    for i in range(1, count):
        a, b, c = (stage.pick(name, i, k) for k in (1, 2, 3))
        if crowded:
            # Strewn evenly in breadth and in depth at once, so that no two stand in one another.
            x = ((i * 0.754878 + 0.06 * a) % 1.0 - 0.5) * stage.aspect * 1.02
            made.append(Member(x, 0.62 + 0.5 * ((i * 0.56984 + 0.08 * b) % 1.0), c, i))
            continue
        side = (i + 1) // 2 * (1 if i % 2 else -1)
        made.append(Member(x0 + side * step * (0.85 + 0.35 * a), 0.74 + 0.22 * b, c, i))
    if kind.group > 1:
        made[0] = Member(made[0].x, 0.95, made[0].roll, 0)
    shift = _inside(made, stage.half_width - 0.03)
    return [Member(one.x + shift, one.depth, one.roll, one.index) for one in made]


def _inside(made: list[Member], edge: float) -> float:
    """How far a row has to move to be in the frame, if it can be."""
    low, high = min(one.x for one in made), max(one.x for one in made)
    if high - low > 2 * edge:
        return -(low + high) / 2
    return max(0.0, -edge - low) - max(0.0, high - edge)


def depth_factor(subject: Subject) -> float:
    """How much nearer (above 1) or farther than usual the words put it."""
    off = subject.near - 0.5
    return 1 + off * (1.25 if off > 0 else 1.35)


def shadow_slope(stage: Stage, x: float, foot: float, size: float) -> tuple[float, float] | None:
    """Where the shadow of a thing's top falls, from its foot, in its own sizes; None without a sun to cast it."""
    light = stage.light
    if light.disc < 0.25 or stage.lamplight > 0.4:
        return None
    dx, dy = x - stage.spec.sun_x * stage.aspect, max(0.02, foot - stage.horizon)
    # The ray from the sun over the top meets the ground where it meets the line of foots away from the sun.
    k = size / max(0.12, light.sun_height - size) if light.sun_height > size else 9.0
    vx, vy = k * dx / size, k * dy / size
    # The sun of our skies stands low in the picture even at noon: the time of day sets how long shadows may get.
    longest = 0.4 + 1.3 * min(1.0, max(0.0, 1 - light.sun_height / 0.36))
    shrink = min(1.0, 0.3 * longest / max(vy, 1e-6), longest / max(abs(vx), 1e-6))
    vx, vy = vx * shrink, vy * shrink
    return (vx, max(0.07, vy))


def soft_spot(stage: Stage, tone: tuple[int, int, int], strength: float) -> Pose:
    """A dark patch a unit wide, a fifth as high: what touches the ground darkens it."""
    import numpy as np

    window = Window.around(-0.75, -0.15, 0.75, 0.15, max(24.0, stage.size[1] * 0.09))
    away = (window.xs() / 0.5) ** 2 + (window.ys() / 0.1) ** 2
    soft = (np.exp(-away * 1.25) * np.clip((2.1 - away) / 1.2, 0, 1) * strength).astype(np.float32)
    data = np.stack([soft * value for value in (*tone, 255)], axis=-1)
    return Pose(np.rint(data).astype(np.uint8), window)
