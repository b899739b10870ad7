"""The cast: puts subjects on a stage with their own life. Settings say where their ground, water and air are, never who comes.

`add_standing(stage, subject, ground)` for each subject of the scene, `floating(stage, line)` for a water, `add_sky_cast` for the
air, `add_swimming` under water, `add_weightless` where nothing falls. What has found no place when the setting is built is
brought in by `place_rest`, so that every subject is seen in every setting.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from engines.generate.procedural.draw.acting import TURNS, Act, Path, act_of, moved, own_life, placement, pose_index
from engines.generate.procedural.draw.layers import Placement, Pose, Sprites
from engines.generate.procedural.draw.placing import (
    Ground,
    depth_factor,
    factor_of,
    kind_of,
    members,
    shadow_slope,
    soft_spot,
    stands,
)
from engines.generate.procedural.draw.poses import Poses, cropped, shadow_of
from engines.generate.procedural.draw.relight import pose
from engines.generate.procedural.draw.sheet import Sheet, to_yuva
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.subject_kind import How, SubjectKind, subject_kinds
from engines.generate.procedural.draw.window import Window, smoothstep
from engines.generate.procedural.palette import Colour, colour, mix
from engines.generate.procedural.scene.parts import Subject

__all__ = [
    "Ground",
    "add_beam",
    "add_birds",
    "add_sky_cast",
    "add_standing",
    "add_swimming",
    "add_weightless",
    "floating",
    "moving",
    "needs_ground",
    "place_rest",
    "stand_all",
    "taken",
    "wanted",
]
_LOOKS = 5
"""Different looks among the members of a group: each costs its own poses."""
_CLOSE_PX = 170.0
"""A figure that is drawn this high or higher gets its face and fingers."""


def wanted(stage: Stage, *names: str) -> list[Subject]:
    """The subjects of the scene with one of the names."""
    return [subject for subject in stage.spec.subjects if subject.name in names]


def moving(stage: Stage) -> float:
    """How lively subjects move; 0 when they shall not."""
    return 0.0 if stage.spec.subject_motion == "none" else stage.spec.life


# What a subject is made of: its poses, its members' paths, the shadows.


@dataclass(frozen=True)
class _Place:
    """What the place of a group asks of it: the height of its foot, depth, times its size, what is below it."""

    foot: float
    near: float
    scale: float
    medium: str = "air"
    ground: bool = False
    wet: float = 0.0
    sheltered: bool = False
    vanish: float | None = None
    travels: bool = False


def _colour(subject: Subject) -> Colour | None:
    code = subject.colour.lstrip("#")
    return colour(code) if len(code) == 6 else None


def _how(stage: Stage, subject: Subject, act: Act, look: int, medium: str) -> How:
    variant = subject.variant
    if medium == "water" and subject.name in ("person", "crowd"):
        variant = "diver"
    elif medium == "space" and subject.name in ("person", "crowd", "umbrella"):
        variant = "astronaut"
    elif (
        not variant and subject.name == "person" and (act.action == "run" and subject.count == 1 and not subject.colour)
    ):
        variant = "runner"
    return How(
        action=act.action,
        turn=act.yaw,
        colour=_colour(subject),
        variant=variant,
        expression=subject.expression,
        seed=stage.seed(f"{subject.name} {look}"),
        snowy=stage.has("winter") or stage.spec.weather == "snow",
        autumn=stage.has("autumn"),
    )


def _painted(
    stage: Stage, kind: SubjectKind, how: How, size: float, place: _Place, at: tuple[float, float], mirrored: bool
) -> Pose:
    """One pose, lit where it stands; a mirrored one is lit from the other side."""
    tall = stage.size[1] * size * (kind.box[3] - kind.box[1])
    how = replace(how, close=tall >= _CLOSE_PX)
    lamps: Callable[[Sheet, float], None] | None = None
    if kind.lamps is not None:
        painter = kind.lamps

        def lamps(sheet: Sheet, amount: float) -> None:
            painter(sheet, amount, how)

    made = pose(
        stage,
        lambda sheet: kind.draw(sheet, how),
        kind.box,
        size,
        place.near,
        volume=kind.volume,
        at=(-at[0] + 2 * stage.spec.sun_x * stage.aspect, at[1]) if mirrored else at,
        lamps=lamps,
        shines=kind.shines,
        own_light=kind.own_light,
        fog=0.0 if place.medium == "space" else 1.0,
    )
    return cropped(made)


def _tone(stage: Stage) -> tuple[int, int, int]:
    """The tone of shadows, as YUV bytes."""
    sheet = Sheet.clear(Window(0, 0, 4, 4, 4))
    sheet.wash(mix(stage.light.ambient, (0.05, 0.04, 0.09), 0.72), 1.0)
    y, u, v = (int(value) for value in to_yuva(sheet, stage.grade)[1, 1, :3])
    return (y, u, v)


def _group(stage: Stage, subject: Subject, kind: SubjectKind, place: _Place) -> Sprites:
    """All members of a subject as one layer, far to near, each with its shadow."""
    depth = depth_factor(subject)
    size = kind.size * factor_of(stage, subject, kind) * place.scale * stage.narrow
    wide = kind.box[2] - kind.box[0]
    if kind.group == 1 and wide < 5:
        size = min(size, 0.86 * stage.aspect / wide)
    vanish = stage.horizon if place.vanish is None else place.vanish
    near = min(0.97, max(0.03, place.near + (depth - 1) * 0.35))
    poses = Poses()
    spot = (
        poses.put([lambda: soft_spot(stage, _tone(stage), 0.34 if stage.light.disc > 0.25 else 0.26)])
        if place.ground
        else -1
    )
    actors = []
    sets: dict[tuple[object, ...], tuple[int, int]] = {}
    edge_left, _, edge_right, _ = stage.camera.needed(near)
    for member in members(stage, subject, kind, size * depth):
        s = depth * member.depth
        here = size * s
        foot = (
            vanish + (place.foot - vanish) * s
            if place.ground
            else place.foot + (1 - member.depth) * (member.roll - 0.5) * 0.7
        )
        if not place.ground and member.index:
            foot += (member.roll - 0.5) * min(0.3, here * 1.2)
        act = act_of(stage, subject, kind, member.x, place.medium)
        if member.index and kind.group > 1 and act.way in ("left", "right") and stands(kind):
            act = replace(act, way="left" if member.roll > 0.5 else "right")
            if not act.speed:
                act = replace(act, yaw=(0.0, math.pi / 2, -math.pi / 2)[member.index % 3])
        if place.travels:
            # The ground goes by beneath it: it is seen from behind, going, and stays where it is.
            act = replace(act, way="away", yaw=-math.pi / 2, speed=0.0)
        if place.medium == "space" and kind.heads == "up" and act.way == "up":
            act = replace(act, tilt=math.copysign(0.5, -member.x))
        path = Path(
            member.x,
            foot - subject.lift,
            here,
            wide * here / 2,
            member.roll,
            vanish,
            stage.spec.seconds,
            edge_left,
            edge_right,
        )
        look = member.index % _LOOKS
        key = (look, act.action, act.yaw, act.mirrored, act.spins)
        if key not in sets:
            sets[key] = _dress(stage, subject, kind, place, act, look, path, size * depth, poses)
        slope = (
            shadow_slope(stage, member.x, foot, here)
            if place.ground and kind.casts_shadow and not place.sheltered
            else None
        )
        actors.append(_Actor(stage, kind, act, path, *sets[key], slope, spot, place))
    actors.sort(key=lambda actor: actor.path.y)

    def placements(seconds: float) -> list[Placement]:
        return [one for actor in actors for one in actor.placements(seconds)]

    made = Sprites(poses, placements, near, is_still=all(actor.act.is_still for actor in actors))
    made.floats = kind.ground == "floats"
    return made


def _dress(
    stage: Stage,
    subject: Subject,
    kind: SubjectKind,
    place: _Place,
    act: Act,
    look: int,
    path: Path,
    size: float,
    poses: Poses,
) -> tuple[int, int]:
    """Put the poses of one look on the list, and their shadows; the indices of the first of each (-1: no shadows)."""
    how = _how(stage, subject, act, look, place.medium)
    largest = size * (2.0 if act.way == "toward" and act.speed else 1.45 if act.grows > 0 else 1.0)
    at, mirrored = (path.x, path.y), act.mirrored
    count = TURNS if act.spins and kind.turns else act.cycle.poses

    def maker(k: int) -> Callable[[], Pose]:
        if act.spins and kind.turns:
            return lambda: _painted(
                stage, kind, replace(how, turn=how.turn + math.tau * k / TURNS), largest, place, at, False
            )
        return lambda: _painted(stage, kind, replace(how, phase=k / count), largest, place, at, mirrored)

    first = poses.put([maker(k) for k in range(count)])
    if not place.ground or not kind.casts_shadow:
        return first, -1
    tone = _tone(stage)
    strength = 0.42 * min(1.0, stage.light.disc)
    return first, poses.put([_shadowed(poses, first + k, tone, strength) for k in range(count)])


def _shadowed(poses: Poses, index: int, tone: tuple[int, int, int], strength: float) -> Callable[[], Pose]:
    return lambda: shadow_of(poses[index], tone, strength)


class _Actor:
    """One of a group while the film runs."""

    def __init__(
        self,
        stage: Stage,
        kind: SubjectKind,
        act: Act,
        path: Path,
        first: int,
        shadow: int,
        slope: tuple[float, float] | None,
        spot: int,
        place: _Place,
    ) -> None:
        self.kind, self.act, self.path, self.first, self.shadow = kind, act, path, first, shadow
        self._slope, self._spot, self._place = slope, spot, place
        self._at = moved(act, path)
        self._seconds = stage.spec.seconds
        rough = 2.2 if stage.spec.weather == "storm" else 1.0
        self._life = own_life(act, kind, path, rough)
        self._spin_rate = stage.rate(1.6 * act.lively) if act.spins else 0.0
        left, _, right, _ = kind.box
        self._wide = min(right - left, 0.62 if kind.turns and kind.ground == "stands" else 0.8 * (right - left))

    def placements(self, seconds: float) -> list[Placement]:
        """Contact patch, shadow, mirror image, figure."""
        act, place = self.act, self._place
        x, y, size, way = self._at(seconds)
        lift, turn, _ = self._life(seconds)
        size *= self._grown(seconds)
        index = pose_index(act, way, seconds, self.path.roll)
        spin: float | None = None
        if act.spins and act.lively:
            angle = self._spin_rate * seconds
            if self.kind.turns:
                index = int(angle / math.tau * TURNS) % TURNS
            else:
                spin = angle
        up = lift * size
        if act.airborne:
            up += min(0.3, max(0.1, y - (self.path.vanish - 0.1)))
        hop = self._place.medium == "space" and not act.tilt
        turn += act.tilt
        figure = placement(
            x, y - up, size, self.first + index, act.mirrored and not (act.spins and self.kind.turns), turn, spin
        )
        if hop:
            figure = replace(figure, turn=0.22 * math.sin(seconds * act.lively * 0.25 + self.path.roll * 7))
        return [*self._below(x, y, size, up, index, figure, place), figure]

    def _grown(self, seconds: float) -> float:
        if not self.act.grows:
            return 1.0
        u = min(1.0, max(0.0, seconds / self._seconds))
        e = u * u * (3 - 2 * u)
        return 0.45 + 0.95 * e if self.act.grows > 0 else 1.3 - 0.85 * e

    def _below(
        self, x: float, y: float, size: float, up: float, index: int, figure: Placement, place: _Place
    ) -> list[Placement]:
        """What lies on the ground under it."""
        if not place.ground:
            return []
        made = []
        high = max(0.0, up) / max(size, 1e-6)
        if self._spot >= 0:
            wide = self._wide * (1 + 0.4 * high)
            made.append(
                Placement(
                    x, y, size * wide, self._spot, stretch=min(1.6, 0.7 / max(0.45, wide)), opacity=1 / (1 + 2.2 * high)
                )
            )
        if self._slope is not None and self.shadow >= 0:
            vx, vy = self._slope
            along = (x + vx * up, y + vy * up) if up > 0 else (x, y)
            made.append(
                Placement(
                    along[0], along[1], figure.size, self.shadow + index, mirrored=figure.mirrored, stretch=-vy * figure.stretch, lean=-vx * figure.stretch,
                    opacity=1 / (1 + 0.8 * high),
                )
            )  # fmt: skip
        if place.wet > 0 and self.kind.casts_shadow:
            made.append(
                replace(
                    figure,
                    y=2 * y - figure.y,
                    stretch=-0.85 * figure.stretch,
                    opacity=0.38 * place.wet,
                    turn=-figure.turn,
                )
            )
        return made


# Where settings let them in.


def _claim(stage: Stage, subject: Subject) -> bool:
    """Whether this subject has yet to find its place; from now on it has. One that a setting brings itself always may."""
    for index, one in enumerate(stage.spec.subjects):
        if one is subject or one == subject:
            if index in stage.placed:
                continue
            stage.placed.add(index)
            return True
    return subject not in stage.spec.subjects


def _put(stage: Stage, made: Sprites, order: float) -> None:
    """Lay a layer among those of the cast that lie on top, by the height of its foot: what is lower is nearer."""
    made.order = order
    index = len(stage.layers)
    while (
        index and isinstance(last := stage.layers[index - 1], Sprites) and last.order is not None and last.order > order
    ):
        index -= 1
    stage.layers.insert(index, made)


def add_standing(stage: Stage, subject: Subject, ground: Ground, shadow: bool = True) -> list[Sprites]:
    """Whatever belongs on the ground; farther ones stand higher and smaller. Others pass by (they come later)."""
    stage.ground = ground
    stage.ground_layer = len(stage.layers)
    kind = kind_of(subject)
    if kind is None or not stands(kind) or not _claim(stage, subject):
        return []
    if ground.at is not None:
        subject = replace(subject, x=ground.at + 0.3 * subject.x)
    return [_stand(stage, subject, kind, ground, shadow)]


def stand_all(stage: Stage, ground: Ground, road: Ground | None = None) -> None:
    """Every subject that belongs on the ground; what drives takes the `road`, where there is one."""
    for subject in stage.spec.subjects:
        kind = kind_of(subject)
        drives = kind is not None and kind.ground == "drives"
        add_standing(stage, subject, road if road is not None and drives else ground)


def needs_ground(stage: Stage) -> bool:
    """Whether someone without a place yet belongs on the ground: a water may have to grow a shore."""
    return any(
        (kind := kind_of(subject)) is not None and stands(kind) and index not in stage.placed
        for index, subject in enumerate(stage.spec.subjects)
    )


def taken(stage: Stage, subject: Subject) -> None:
    """A setting has drawn this one itself."""
    _claim(stage, subject)


def _stand(stage: Stage, subject: Subject, kind: SubjectKind, ground: Ground, shadow: bool = True) -> Sprites:
    foot = ground.foot
    if kind.metres >= 4 and not ground.travels:
        # Large things stand farther off; their usual size is what they have there.
        foot = stage.horizon + (foot - stage.horizon) * 0.84
    place = _Place(
        foot,
        ground.near,
        ground.scale,
        stage.medium,
        shadow,
        ground.wet,
        ground.sheltered or not shadow,
        None,
        ground.travels,
    )
    made = _group(stage, subject, kind, place)
    foot = stage.horizon + (foot - stage.horizon) * depth_factor(subject)
    _put(stage, made, foot)
    return made


def floating(stage: Stage, line: float) -> list[Sprites]:
    """Boats for a water whose far shore is at `line`; the water needs them for their mirror images, so they are only made here."""
    made = []
    stage.water = line
    for subject in stage.spec.subjects:
        kind = kind_of(subject)
        if kind is None or kind.ground != "floats" or not _claim(stage, subject):
            continue
        small = kind.metres < 1
        drop = (0.2 if small else 0.075) * (1 if kind.size > 0.1 else 0.6)
        place = _Place(line + drop, 0.6 if small else 0.34, 0.92, vanish=line)
        made.append(_afloat(stage, subject, kind, place))
    return made


def _afloat(stage: Stage, subject: Subject, kind: SubjectKind, place: _Place) -> Sprites:
    """On water: farther ones lie higher, as on any plane."""
    ground = _group(stage, subject, kind, replace(place, ground=True, sheltered=True))
    inner = ground.placements

    def figures(seconds: float) -> Sequence[Placement]:
        # On water nothing has a contact patch; its mirror image is the water's.
        return [one for one in inner(seconds) if one.pose != 0]

    ground.placements = figures
    ground.floats = True
    return ground


def add_sky_cast(stage: Stage, y: float) -> None:
    """Whoever flies or hangs in the sky, about the height `y`."""
    stage.air = y
    stage.air_layer = len(stage.layers)
    for subject in stage.spec.subjects:
        kind = kind_of(subject)
        if kind is not None and kind.ground in ("flies", "hangs", "falls") and _claim(stage, subject):
            _fly(stage, subject, kind, y)


def _fly(stage: Stage, subject: Subject, kind: SubjectKind, y: float) -> None:
    if kind.group > 1 and kind.ground == "flies":
        count = subject.count if subject.count > 1 else kind.group
        add_birds(stage, y - subject.lift, max(3, count), kind.size * subject.scale, 0.35, subject)
        return
    # The middle of its box comes to the height.
    foot = y - (kind.box[1] + kind.box[3]) / 2 * kind.size * stage.narrow * subject.scale
    if kind.ground == "hangs":
        foot -= 0.02
    near = 0.06 if kind.metres > 1e4 else 0.45
    stage.add(_group(stage, subject, kind, _Place(foot, near, 1.0, stage.medium)))


def add_swimming(stage: Stage, near: float = 0.55, top: float = -0.3, bottom: float = 0.25) -> None:
    """Whoever swims, and people as divers, between two heights of water."""
    stage.medium = "water"
    middle = (top + bottom) / 2
    for subject in stage.spec.subjects:
        kind = kind_of(subject)
        if kind is None or not (kind.ground == "swims" or kind.can("swim")) or not _claim(stage, subject):
            continue
        foot = middle - (kind.box[1] + kind.box[3]) / 2 * kind.size * subject.scale
        stage.add(_group(stage, subject, kind, _Place(foot, near, 1.0, "water")))


def add_weightless(stage: Stage, near: float = 0.6, y: float = 0.0) -> None:
    """Everything that has no place yet, where nothing falls: it drifts and turns slowly."""
    stage.medium = "space"
    for subject in stage.spec.subjects:
        kind = kind_of(subject)
        if kind is None or not _claim(stage, subject):
            continue
        foot = y - (kind.box[1] + kind.box[3]) / 2 * kind.size * stage.narrow * subject.scale
        stage.add(_group(stage, subject, kind, _Place(foot, near, 1.0, "space")))


def place_rest(stage: Stage) -> None:
    """Bring in whom the setting had no place for: on its ground, in its air, or before everything, weightless."""
    for subject in stage.spec.subjects:
        kind = kind_of(subject)
        if kind is None or not _claim(stage, subject):
            continue
        if kind.ground in ("flies", "hangs", "falls"):
            held = stage.layers[stage.ground_layer :] if stage.ground is not None else []
            del stage.layers[len(stage.layers) - len(held) :]
            _fly(stage, subject, kind, -0.22)
            stage.layers += held
        elif stage.ground is not None:
            held = stage.layers[stage.ground_layer :]
            del stage.layers[stage.ground_layer :]
            ground = stage.ground
            if kind.ground == "swims":
                # A fish out of water hangs in the air, as in a dream.
                ground = replace(ground, foot=ground.foot - 0.2)
                stage.add(_group(stage, subject, kind, _Place(ground.foot, ground.near, ground.scale)))
            else:
                _stand(stage, subject, kind, ground)
            stage.layers += held
        elif stage.water is not None:
            vanish = stage.water
            leaps = kind.ground == "swims"
            place = _Place(vanish + 0.2, 0.6, 1.0, ground=not leaps, vanish=vanish)
            stage.add(_group(stage, subject, kind, place))
        else:
            foot = 0.02 - (kind.box[1] + kind.box[3]) / 2 * kind.size * stage.narrow * subject.scale
            stage.add(_group(stage, subject, kind, _Place(foot, 0.62, 1.15, stage.medium)))


def add_birds(
    stage: Stage, y: float, count: int = 7, size: float = 0.045, near: float = 0.25, subject: Subject | None = None
) -> None:
    """A loose flock that crosses the sky."""
    if stage.has("no birds"):
        return
    light, kind = stage.light, subject_kinds()["birds"]
    tone: Colour = mix(mix(light.ambient, light.sky[0], 0.3), (0.06, 0.07, 0.1), 0.62)
    asked = _colour(subject) if subject is not None else None
    cycle = kind.cycle("fly")
    scale = max(14.0, stage.size[1] * size * 1.5)

    def maker(action: str, k: int) -> Callable[[], Pose]:
        def made() -> Pose:
            sheet = Sheet.clear(Window.around(*kind.box, scale))
            kind.draw(sheet, How(k / cycle.poses, action, colour=asked or tone))
            return cropped(Pose(to_yuva(sheet, stage.grade), sheet.window))

        return made

    poses = Poses()
    poses.put([maker("fly", k) for k in range(cycle.poses)])
    glide = poses.put([maker("glide", 0)])
    life = max(0.35, stage.spec.life) if moving(stage) else 0.0
    direction = 1.0 if stage.pick("flight") > 0.5 else -1.0
    if subject is not None and subject.way in ("left", "right"):
        direction = -1.0 if subject.way == "left" else 1.0
    flock = []
    wide = 0.34 + 0.006 * max(0, count - 9)
    for i in range(min(count, 60)):
        lag, up, big, beat = (stage.pick("flock", i, k) for k in range(4))
        flock.append(
            ((lag - 0.5) * wide + i * 0.008, (up - 0.5) * 0.17 + abs(lag - 0.5) * 0.05, 0.55 + 0.6 * big * big, beat)
        )
    middle = (stage.pick("flight", 1) - 0.5) * 0.3 * stage.aspect if subject is None else subject.x * stage.aspect * 0.5
    left, _, right, _ = stage.camera.needed(near)
    span, mid = right - left + wide + 0.3, stage.spec.seconds * 0.5

    def placements(seconds: float) -> list[Placement]:
        done = []
        for dx, dy, big, beat in flock:
            t = seconds * life
            x = middle + dx * stage.narrow + direction * 0.055 * life * (seconds - mid)
            x = (x - left + 0.5 * wide + 0.15) % span + left - 0.5 * wide - 0.15
            # They beat for a while, then glide.
            gliding = math.sin(t * 0.6 + beat * 6.28) > 0.45
            index = glide if gliding else int(math.floor((t * 1.7 + beat) * cycle.poses)) % cycle.poses
            rise = 0.006 * math.sin(t * 1.3 + beat * 9)
            done.append(Placement(x, y + dy + rise, size * big * stage.narrow, index, mirrored=direction < 0))
        return done

    stage.add(Sprites(poses, placements, near))


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
    speed = stage.rate(0.75 * max(0.5, stage.spec.life))

    def placements(seconds: float) -> list[Placement]:
        angle = seconds * speed + stage.pick("beam") * 6.28
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
