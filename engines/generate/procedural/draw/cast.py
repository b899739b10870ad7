"""The cast: puts subjects on a stage with their own life (boats bob, people walk, birds fly)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from engines.generate.procedural.draw.layers import Placement, Pose, Sprites
from engines.generate.procedural.draw.relight import pose
from engines.generate.procedural.draw.sheet import Sheet, to_yuva
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.subjects import living, maritime, things
from engines.generate.procedural.draw.window import Window, smoothstep
from engines.generate.procedural.palette import Colour, colour, mix
from engines.generate.procedural.spec import Subject

FLYING = ("birds", "balloon")
FLOATING = ("sailboat", "ferry", "paper_boat")


@dataclass(frozen=True)
class Ground:
    """Where things stand in a setting: `foot` is y for what stands, `near` its depth, `scale` multiplies usual sizes."""

    foot: float
    near: float = 0.5
    scale: float = 1.0
    far_foot: float | None = None


def wanted(stage: Stage, *names: str) -> list[Subject]:
    """The subjects of the scene with one of the names."""
    return [subject for subject in stage.spec.subjects if subject.name in names]


def moving(stage: Stage) -> float:
    """How lively subjects move; 0 when they shall not."""
    return 0.0 if stage.spec.subject_motion == "none" else stage.spec.life


def places(stage: Stage, subject: Subject, spread: float = 0.11) -> list[tuple[float, float, float]]:
    """For each of a group: x in scene units, a size factor, a roll of dice. The first is the hero."""
    result = []
    for i in range(min(subject.count, 24)):
        step = (i + 1) // 2 * (1 if i % 2 else -1)
        x = (subject.x + step * spread * (0.8 + 0.4 * stage.pick(subject.name, i, 1))) * stage.aspect
        if stage.aspect < 0.85:
            x *= 0.75
        result.append(
            (x, 1.0 if i == 0 else 0.6 + 0.35 * stage.pick(subject.name, i, 2), stage.pick(subject.name, i, 3))
        )
    return result


def add_standing(stage: Stage, subject: Subject, ground: Ground, shadow: bool = True) -> list[Sprites]:
    """People, houses, trees, cars, animals on the ground; farther ones stand higher and smaller."""
    makers: dict[str, Callable[[Stage, Subject, float, float], tuple[list[Pose], float, float]]] = {
        "person": _person,
        "umbrella": _person,
        "tree": _tree,
        "house": _house,
        "car": _car,
        "deer": _deer,
        "camel": _camel,
        "lighthouse": _lighthouse,
    }
    make = makers.get(subject.name)
    if make is None:
        return []
    made = []
    size = {
        "person": 0.24,
        "umbrella": 0.25,
        "tree": 0.46,
        "house": 0.24,
        "car": 0.13,
        "deer": 0.22,
        "camel": 0.17,
        "lighthouse": 0.5,
    }[subject.name]
    for i, (x, factor, roll) in enumerate(
        places(stage, subject, {"house": 0.13, "tree": 0.13, "lighthouse": 0.3}.get(subject.name, 0.09))
    ):
        here = size * factor * ground.scale * stage.narrow
        foot = ground.foot - (1 - factor) * 0.05
        poses, speed, cycle = make(stage, subject, here, ground.near)
        made.append(_walking(stage, poses, x, foot, here, ground.near, speed, cycle, roll + i * 0.37, shadow))
    for sprites in reversed(made):
        stage.add(sprites)
    return made


def _walking(
    stage: Stage,
    poses: Sequence[Pose],
    x: float,
    foot: float,
    size: float,
    near: float,
    speed: float,
    cycle: float,
    start: float,
    shadow: bool,
) -> Sprites:
    """A sprite that walks through its poses while it travels; `cycle` is the way of one cycle in its own heights."""
    life = moving(stage)
    direction = -1.0 if x > 0 else 1.0
    grow = {"grow": 0.35, "shrink": -0.35}.get(stage.spec.subject_motion, 0.0)
    seconds_all = stage.spec.seconds
    # From a third toward the middle, and wholly inside the frame when it begins.
    total = speed * size * life * seconds_all
    inside = max(0.0, stage.half_width - 0.3 * size)
    travel0 = min(inside, max(-inside, x - direction * total * 0.2)) - x if total else 0.0
    if shadow:
        _add_shadow(stage, x + travel0, foot, size, near, speed * direction * size * life, poses[0])

    def placements(seconds: float) -> list[Placement]:
        way = speed * life * seconds
        index = int((way / cycle + start) * len(poses)) if len(poses) > 1 and cycle else 0
        swollen = size * (1 + grow * seconds / seconds_all)
        return [
            Placement(x + travel0 + direction * way * size, foot, swollen, index, mirrored=direction < 0 and speed != 0)
        ]

    return Sprites(poses, placements, near, is_still=speed * life == 0 and grow == 0)


def _add_shadow(stage: Stage, x: float, foot: float, size: float, near: float, velocity: float, first: Pose) -> None:
    """A soft dark patch under the feet, leaning away from the sun."""
    wide = max(0.16, min(1.2, -first.window.x + first.window.right)) * 0.42
    window = Window.around(-wide * 1.5, -0.07, wide * 1.5, 0.07, max(10.0, stage.size[1] * size))
    sheet = Sheet.clear(window)
    shift = 0.22 * wide * (-1 if stage.spec.sun_x > 0 else 1)
    away = ((window.xs() - shift) / wide) ** 2 + ((window.ys() - 0.0) / 0.036) ** 2
    strength = 0.2 if stage.light.is_night or stage.light.disc < 0.2 else 0.4
    sheet.wash(mix(stage.light.ambient, (0.05, 0.04, 0.08), 0.75), (np.exp(-away * 1.4) * strength).astype(np.float32))
    dark = Pose(to_yuva(sheet, stage.grade), window)

    def placements(seconds: float) -> list[Placement]:
        return [Placement(x + velocity * seconds, foot, size)]

    stage.add(Sprites([dark], placements, near, is_still=velocity == 0))


def _person(stage: Stage, subject: Subject, size: float, near: float) -> tuple[list[Pose], float, float]:
    motion = stage.spec.subject_motion
    goes = motion in ("walk", "run", "fast", "medium") or (
        motion in ("", "slow") and (stage.walkers or subject.name == "umbrella")
    )
    runs = motion == "run"
    umbrella = subject.name == "umbrella"
    coat = (
        living.COATS[int(stage.pick("coat", subject.count) * len(living.COATS))]
        if subject.count > 1
        else living.COATS[0]
    )
    box = living.UMBRELLA_BOX if umbrella else living.PERSON_BOX

    def one(phase: float | None) -> Pose:
        return pose(stage, lambda s: living.person(s, phase, coat, umbrella, runs), box, size, near, volume=0.9)

    if not goes:
        return [one(None)], 0.0, 0.0
    return [one(i / living.GAIT) for i in range(living.GAIT)], 1.5 if runs else 0.72, 1.5 if runs else 0.78


def _tree(stage: Stage, subject: Subject, size: float, near: float) -> tuple[list[Pose], float, float]:
    leaves = things.AUTUMN if stage.has("autumn") else things.GREENS
    return (
        [pose(stage, lambda s: things.tree(s, stage.seed("tree"), leaves), things.TREE_BOX, size, near, volume=1.2)],
        0.0,
        0.0,
    )


def _house(stage: Stage, subject: Subject, size: float, near: float) -> tuple[list[Pose], float, float]:
    snow = stage.has("winter") or stage.spec.weather == "snow"
    return (
        [
            pose(
                stage,
                lambda s: things.house(s, snow=snow),
                things.HOUSE_BOX,
                size,
                near,
                volume=0.5,
                lamps=things.house_lamps,
            )
        ],
        0.0,
        0.0,
    )


def _car(stage: Stage, subject: Subject, size: float, near: float) -> tuple[list[Pose], float, float]:
    return [pose(stage, things.car, things.CAR_BOX, size, near, volume=0.7, lamps=things.car_lamps)], 1.4, 0.0


def _deer(stage: Stage, subject: Subject, size: float, near: float) -> tuple[list[Pose], float, float]:
    return [pose(stage, living.deer, living.DEER_BOX, size, near)], 0.0, 0.0


def _camel(stage: Stage, subject: Subject, size: float, near: float) -> tuple[list[Pose], float, float]:
    poses = [pose(stage, partial(living.camel, phase=k / 12), living.CAMEL_BOX, size, near) for k in range(12)]
    return poses, 0.35, 0.9


def _lighthouse(stage: Stage, subject: Subject, size: float, near: float) -> tuple[list[Pose], float, float]:
    return (
        [
            pose(
                stage,
                maritime.lighthouse,
                maritime.LIGHTHOUSE_BOX,
                size,
                near,
                volume=0.7,
                lamps=maritime.lighthouse_lamps,
            )
        ],
        0.0,
        0.0,
    )


def floating(stage: Stage, line: float) -> list[Sprites]:
    """Boats for a water whose far shore is at `line`; the water needs them for their mirror images, so they are only made here."""
    made = []
    makers = {
        "sailboat": (maritime.sailboat, maritime.SAILBOAT_BOX, None, 0.21, 0.055, 0.3, 0.05),
        "ferry": (maritime.ferry, maritime.FERRY_BOX, maritime.ferry_lamps, 0.17, 0.05, 0.26, 0.035),
        "paper_boat": (maritime.paper_boat, maritime.PAPER_BOAT_BOX, None, 0.2, 0.2, 0.62, 0.02),
    }
    life = moving(stage)
    for subject in wanted(stage, *FLOATING):
        drawing, box, lamps, size, drop, near, speed = makers[subject.name]
        for x, factor, roll in places(stage, subject, 0.15):
            here = size * (factor if factor == 1 else factor * 0.75) * stage.narrow
            foot = line + drop * (0.35 + 0.65 * factor)
            close = near * (0.5 + 0.5 * factor)
            picture = pose(stage, drawing, box, here, close, lamps=lamps, at=(x, foot))
            made.append(_bobbing(stage, picture, x, foot, here, close, speed * life, roll, box))
    return made


def _bobbing(
    stage: Stage,
    picture: Pose,
    x: float,
    foot: float,
    size: float,
    near: float,
    speed: float,
    roll: float,
    box: tuple[float, float, float, float],
) -> Sprites:
    direction = -1.0 if x > 0 else 1.0
    rough = 2.2 if stage.spec.weather == "storm" else 1.0
    wide = min(1.0, 1.0 / (box[2] - box[0]))
    seconds_all, life = stage.spec.seconds, stage.spec.life

    def placements(seconds: float) -> list[Placement]:
        t = seconds * (0.7 + 0.5 * life)
        way = direction * speed * (seconds - seconds_all * 0.5)
        turn = 0.03 * rough * wide * math.sin(t * 1.5 + roll * 9) + 0.012 * rough * wide * math.sin(t * 2.3 + roll * 4)
        bob = size * 0.016 * rough * math.sin(t * 1.9 + roll * 6)
        return [Placement(x + way, foot + bob, size, turn=turn, mirrored=direction < 0)]

    return Sprites([picture], placements, near, floats=True)


def add_birds(stage: Stage, y: float, count: int = 7, size: float = 0.045, near: float = 0.25) -> None:
    """A loose flock that crosses the sky."""
    if stage.has("no birds"):
        return
    light = stage.light
    tone: Colour = mix(mix(light.ambient, light.sky[0], 0.3), (0.06, 0.07, 0.1), 0.62)
    poses = []
    scale = max(14.0, stage.size[1] * size * 1.5)
    for i in range(living.WINGBEAT):
        x0, y0, x1, y1 = living.BIRD_BOX
        window = Window.around(x0, y0, x1, y1, scale)
        sheet = Sheet.clear(window)
        living.bird(sheet, i / living.WINGBEAT, tone)
        poses.append(Pose(to_yuva(sheet, stage.grade), window))
    life = max(0.35, stage.spec.life)
    direction = 1.0 if stage.pick("flight") > 0.5 else -1.0
    seed = "flock"
    flock = []
    for i in range(count):
        lag, up, big, beat = (stage.pick(seed, i, k) for k in range(4))
        flock.append(
            ((lag - 0.5) * 0.34 + i * 0.008, (up - 0.5) * 0.17 + abs(lag - 0.5) * 0.05, 0.55 + 0.6 * big * big, beat)
        )
    middle = (stage.pick("flight", 1) - 0.5) * 0.3 * stage.aspect
    span = stage.spec.seconds

    def placements(seconds: float) -> list[Placement]:
        done = []
        for dx, dy, big, beat in flock:
            t = seconds * life
            x = middle + dx * stage.narrow + direction * 0.055 * life * (seconds - span * 0.5)
            # They beat for a while, then glide.
            glide = math.sin(t * 0.6 + beat * 6.28) > 0.45
            index = 1 if glide else int((t * 1.7 + beat) * living.WINGBEAT)
            done.append(
                Placement(
                    x,
                    y + dy + 0.006 * math.sin(t * 1.3 + beat * 9),
                    size * big * stage.narrow,
                    index,
                    mirrored=direction < 0,
                )
            )
        return done

    stage.add(Sprites(poses, placements, near))


def add_sky_cast(stage: Stage, y: float) -> None:
    """Birds and balloons, if the words ask for them."""
    for subject in wanted(stage, "birds"):
        add_birds(stage, y, max(3, subject.count if subject.count > 1 else 9), 0.075, 0.35)
    for subject in wanted(stage, "balloon"):
        for i, (x, factor, roll) in enumerate(places(stage, subject, 0.17)):
            size = 0.36 * (factor if factor == 1 else factor * 0.7) * stage.narrow
            top = y + 0.19 + (roll - 0.5) * 0.12
            picture = pose(
                stage,
                partial(things.balloon, shift=i * 2),
                things.BALLOON_BOX,
                size,
                0.5 + 0.2 * factor,
                volume=1.2,
                at=(x, top),
            )
            stage.add(_hovering(stage, picture, x, top, size, 0.3 + 0.2 * factor, roll))


def _hovering(stage: Stage, picture: Pose, x: float, y: float, size: float, near: float, roll: float) -> Sprites:
    life = moving(stage)

    def placements(seconds: float) -> list[Placement]:
        t = seconds * life
        return [
            Placement(
                x + 0.006 * life * seconds,
                y - 0.008 * life * seconds + 0.006 * math.sin(t * 0.8 + roll * 6),
                size,
                turn=0.018 * math.sin(t * 0.9 + roll * 3),
            )
        ]

    return Sprites([picture], placements, near, is_still=life == 0)


def add_beam(stage: Stage, x: float, y: float, near: float, reach: float = 0.9) -> None:
    """The turning beam of a lighthouse, where the light is low enough to see it."""
    strength = max(stage.light.lamps, 0.6 if stage.spec.weather in ("fog", "storm") else 0.0)
    if strength < 0.2:
        return
    window = Window.around(0.0, -0.16, 1.0, 0.16, max(40.0, stage.size[1] * reach * 0.5))
    xs, ys = window.xs(), window.ys()
    spread = 0.008 + 0.085 * xs
    body = (
        np.exp(-((ys / spread) ** 2) * 1.6)
        * np.clip(1 - xs, 0, 1) ** 1.5
        * smoothstep(0.0, 0.01, xs)
        * np.clip((0.16 - np.abs(ys)) / 0.05, 0, 1)
    )
    sheet = Sheet.clear(window)
    sheet.wash(colour("FFF3CC"), np.clip(body * 0.62 * strength, 0, 1).astype(np.float32))
    beam = Pose(to_yuva(sheet, np.eye(4)), window)

    def placements(seconds: float) -> list[Placement]:
        angle = seconds * 0.75 * max(0.5, stage.spec.life) + stage.pick("beam") * 6.28
        done = []
        for turn in (angle, angle + math.pi):
            side = math.cos(turn)
            length = max(0.06, abs(side))
            # Turning toward the eye the beam gets short and wide.
            bright = (0.25 + 0.75 * abs(side)) * (1.0 if math.sin(turn) > -0.2 else 0.7)
            done.append(
                Placement(x, y, reach * length, mirrored=side < 0, stretch=1 / max(0.35, length), opacity=bright)
            )
        return done

    stage.add(Sprites([beam], placements, near))
