"""All members of one subject as one layer: their poses, paths, shadows and mirror images."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from engines.generate.procedural.draw.acting import (
    TURNS,
    Act,
    Path,
    act_of,
    facing_yaw,
    moved,
    own_life,
    placement,
    pose_index,
)
from engines.generate.procedural.draw.layers import Placement, Pose, Sprites
from engines.generate.procedural.draw.placing import depth_factor, factor_of, members, shadow_slope, soft_spot, stands
from engines.generate.procedural.draw.poses import Poses, shadow_of
from engines.generate.procedural.draw.relight import pose
from engines.generate.procedural.draw.sheet import Sheet, to_yuva
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.subject_kind import How, SubjectKind
from engines.generate.procedural.draw.window import Window
from engines.generate.procedural.palette import Colour, colour, mix
from engines.generate.procedural.scene.parts import Subject

_LOOKS = 5
"""Different looks among the members of a group: each costs its own poses."""
_ASLANT = 0.9
"""How far a flat drawing that comes nearer is turned, radians."""
_CLOSE_PX = 170.0
"""A figure that is drawn this high or higher gets its face and fingers."""


@dataclass(frozen=True)
class Place:
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
    at: float | None = None


def colour_of(subject: Subject) -> Colour | None:
    """The colour that was asked for; None: as usual."""
    code = subject.colour.lstrip("#")
    return colour(code) if re.fullmatch(r"[0-9a-fA-F]{6}", code) else None


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
        colour=colour_of(subject),
        variant=variant,
        expression=subject.expression,
        seed=stage.seed(f"{subject.name} {look}"),
        snowy=stage.snowy,
        autumn=stage.has("autumn"),
    )


def painted(
    stage: Stage, kind: SubjectKind, how: How, size: float, place: Place, at: tuple[float, float], mirrored: bool
) -> Pose:
    """One pose, lit where it stands; a mirrored one is lit from the other side."""
    tall = stage.size[1] * size * (kind.box[3] - kind.box[1])
    how = replace(how, close=tall >= _CLOSE_PX)
    lamps: Callable[[Sheet, float], None] | None = None
    if kind.lamps is not None:
        painter = kind.lamps

        def lamps(sheet: Sheet, amount: float) -> None:
            painter(sheet, amount, how)

    return pose(
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


def _tone(stage: Stage) -> tuple[int, int, int]:
    """The tone of shadows, as YUV bytes."""
    sheet = Sheet.clear(Window(0, 0, 4, 4, 4))
    sheet.wash(mix(stage.light.ambient, (0.05, 0.04, 0.09), 0.72), 1.0)
    y, u, v = (int(value) for value in to_yuva(sheet, stage.grade)[1, 1, :3])
    return (y, u, v)


def group(stage: Stage, subject: Subject, kind: SubjectKind, place: Place) -> Sprites:
    """All members of a subject as one layer, far to near, each with its shadow."""
    depth = depth_factor(subject)
    size = kind.size * factor_of(stage, subject, kind) * place.scale * stage.narrow
    wide = kind.width
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
    group_of = members(stage, subject, kind, size * depth, place.at)
    for member in group_of:
        s = depth * member.depth
        here = min(size * s, 0.24) if place.travels else size * s
        foot = (
            vanish + (place.foot - vanish) * s
            if place.ground
            else place.foot + (1 - member.depth) * (member.roll - 0.5) * 0.7
        )
        if not place.ground and member.index:
            foot += (member.roll - 0.5) * min(0.3, here * 1.2)
        if not place.ground and place.medium == "air" and kind.ground == "flies":
            # It may hang high, but wholly in the picture.
            foot = max(foot, min(0.4, -0.48 - kind.box[1] * here))
        act = act_of(stage, subject, kind, group_of[0].x if kind.group == 1 else member.x, place.medium)
        if member.index and kind.group > 1 and act.way in ("left", "right") and stands(kind):
            act = replace(act, way="left" if member.roll > 0.5 else "right")
            if not act.speed:
                act = replace(act, yaw=(0.0, math.pi / 2, -math.pi / 2)[member.index % 3])
        if place.travels:
            # The ground goes by beneath it: it is seen from behind, going, and stays where it is.
            act = replace(act, way="away", yaw=facing_yaw(kind, "back"), speed=0.0)
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
            place.ground,
            group_of[0].x,
        )
        look = member.index % _LOOKS
        many = len(group_of) > 6
        if many:
            # In a crowd nobody counts the poses: half of them do, and the same for both ways.
            act = replace(act, cycle=replace(act.cycle, poses=max(1, act.cycle.poses // 2)))
        key = (look, act.action, act.yaw, act.mirrored and not many, act.spins)
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
    made.floats, made.cast = kind.ground == "floats", True
    made.subject = next((index for index, one in enumerate(stage.spec.subjects) if one == subject), -1)
    return made


def _dress(
    stage: Stage,
    subject: Subject,
    kind: SubjectKind,
    place: Place,
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
            return lambda: painted(
                stage, kind, replace(how, turn=how.turn + math.tau * k / TURNS), largest, place, at, False
            )
        return lambda: painted(stage, kind, replace(how, phase=k / count), largest, place, at, mirrored)

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
        place: Place,
    ) -> None:
        self.kind, self.act, self.path, self.first, self.shadow = kind, act, path, first, shadow
        self._slope, self._spot, self._place = slope, spot, place
        self._at = moved(act, path)
        self._ground = path.y
        self._seconds = stage.spec.seconds
        rough = 2.2 if stage.spec.weather == "storm" else 1.0
        self._life = own_life(act, kind, path, rough)
        self._spin_rate = stage.rate(1.6 * act.lively) if act.spins else 0.0
        self._wide = 0.92 * kind.width

    def placements(self, seconds: float) -> list[Placement]:
        """Contact patch, shadow, mirror image, figure."""
        act, place = self.act, self._place
        x, y, size, way = self._at(seconds)
        lift, turn, _ = self._life(seconds)
        size *= self._grown(seconds)
        risen = 0.0
        if place.ground and act.way in ("up", "down"):
            # The ground stays below: what rises leaves its shadow there.
            risen = max(0.0, self._ground - y)
            y = self._ground
        index = pose_index(act, way, seconds, self.path.roll)
        spin: float | None = None
        if not self.kind.turns and act.way in ("toward", "away") and self.kind.ground == "stands":
            # Drawn from the side alone: foreshortened, it comes along as much as it passes.
            spin = _ASLANT
        if act.spins and act.lively:
            angle = self._spin_rate * seconds
            if self.kind.turns:
                index = int(angle / math.tau * TURNS) % TURNS
            else:
                spin = angle
        up = lift * size + risen
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
        self, x: float, y: float, size: float, up: float, index: int, figure: Placement, place: Place
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
                    along[0],
                    along[1],
                    figure.size,
                    self.shadow + index,
                    mirrored=figure.mirrored,
                    stretch=-vy * figure.stretch,
                    lean=-vx * figure.stretch,
                    opacity=1 / (1 + 0.8 * high),
                )
            )
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
