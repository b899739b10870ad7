"""What one subject does: which poses it goes through, and where it is at each moment."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from engines.generate.procedural.draw.layers import Placement
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.subject_kind import Cycle, SubjectKind
from engines.generate.procedural.scene.parts import Subject

GOING = ("walk", "run", "drive", "fly", "swim", "float", "glide", "roll")
TURNS = 24
_FAR, _CLOSE = 0.3, 2.1
_CLOSE_FRAME = 0.5
"""A frame that shows less of the breadth (frame heights) goes along with who travels."""


@dataclass(frozen=True)
class Act:
    """An act: the pose cycle, how fast it travels (own sizes a second) and in which way, what else it does.

    `way` is left, right, up, down, toward, away or none (on the spot). `yaw` turns the figure: 0 along its way,
    a quarter turn toward the viewer. `lively` multiplies the speed of all of it.
    """

    action: str
    cycle: Cycle
    way: str
    speed: float
    lively: float
    yaw: float = 0.0
    spins: bool = False
    grows: float = 0.0
    bounces: bool = False
    airborne: bool = False
    tilt: float = 0.0

    @property
    def is_still(self) -> bool:
        """Whether nothing of it moves."""
        return self.lively == 0 or (
            self.cycle.poses == 1
            and not self.speed
            and not self.spins
            and not self.grows
            and not self.bounces
            and not self.airborne
        )

    @property
    def mirrored(self) -> bool:
        """Whether it heads left."""
        return self.way == "left"


def act_of(stage: Stage, subject: Subject, kind: SubjectKind, x: float, medium: str = "air") -> Act:
    """What a subject does at x, by its own words, those for all subjects, its kind and what surrounds it."""
    motion = stage.spec.subject_motion
    gait = subject.gait or (motion if motion in ("walk", "run", "fly") else "")
    lively = 0.0 if motion == "none" else stage.spec.life * subject.speed
    action = _action(stage, subject, kind, gait, motion, medium)
    cycle = kind.cycle(action)
    airborne = gait == "fly" and kind.ground in ("stands", "drives", "floats")
    speed = cycle.speed
    if (
        motion in ("run", "walk")
        and not kind.can(motion)
        and kind.ground in ("stands", "floats", "hangs")
        and not cycle.speed
    ):
        speed = 0.0
    if airborne:
        speed = max(speed, 0.5)
    if subject.way not in ("", "none") and not speed:
        speed = 0.28
    if subject.way == "none" or gait == "stand":
        speed = 0.0
    way = _way(subject, kind, x, speed)
    yaw = facing_yaw(kind, {"toward": "front", "away": "back"}.get(way, subject.facing))
    return Act(
        action,
        cycle,
        way,
        speed,
        lively,
        yaw,
        spins=motion == "spin",
        grows={"grow": 1.0, "shrink": -1.0}.get(motion, 0.0),
        bounces=(subject.bounces or (gait == "jump" and not kind.can("jump") and kind.ground == "stands"))
        and lively > 0,
        airborne=airborne,
    )


def facing_yaw(kind: SubjectKind, facing: str) -> float:
    """How far a kind is turned to be seen from the front or the back; 0 is its usual view.

    Figures turn wholly; what shows its volume by two sides keeps a little of the second.
    """
    if facing not in ("front", "back"):
        return 0.0
    if not kind.view:
        return math.pi / 2 if facing == "front" else -math.pi / 2
    return (1.28 if facing == "front" else -1.15) - kind.view


def _action(stage: Stage, subject: Subject, kind: SubjectKind, gait: str, motion: str, medium: str) -> str:
    if motion == "none" and not subject.gait:
        return "stand" if kind.can("stand") else kind.usual
    if medium == "space" and kind.can("drift") and not gait:
        return "drift"
    if medium == "water" and kind.can("swim"):
        return "swim"
    if motion in ("spin", "grow", "shrink") and not gait and subject.way in ("", "none"):
        return "stand" if kind.can("stand") else kind.usual
    if gait and kind.can(gait):
        return gait
    if gait == "fly" and kind.can("run"):
        return "run"
    if gait in ("walk", "run") and kind.can("roll"):
        return "roll"
    moves = subject.way not in ("", "none", "up", "down") or motion in ("slow", "medium", "fast")
    if kind.usual == "stand" and not gait:
        brisk = motion == "fast" or stage.spec.life >= 1.75
        if moves or stage.walkers:
            for name in ("run" if brisk else "walk", "walk", "roll"):
                if kind.can(name):
                    return name
    return kind.usual


def _way(subject: Subject, kind: SubjectKind, x: float, speed: float) -> str:
    if subject.way not in ("", "none"):
        return subject.way
    if subject.facing in ("left", "right"):
        return subject.facing
    if kind.heads and not subject.way:
        return kind.heads
    if not speed and subject.way == "none":
        return "right"
    return "left" if x > 0 else "right"


@dataclass(frozen=True)
class Path:
    """Where one of them begins, how large it is, and the ground or air it has: all in scene units."""

    x: float
    y: float
    size: float
    half: float
    roll: float
    vanish: float
    seconds: float
    left: float
    right: float
    grounded: bool = False
    lead: float = 0.0


def moved(act: Act, path: Path) -> Callable[[float], tuple[float, float, float, float]]:
    """A function of time: x, y, size and the way gone so far in its own sizes (for the poses)."""
    pace = act.speed * act.lively
    total = pace * path.seconds
    if act.way in ("toward", "away") and pace:
        return _in_depth(act, path, pace, total)
    dx = {"left": -1.0, "right": 1.0}.get(act.way, 0.0)
    dy = {"up": -1.0, "down": 1.0}.get(act.way, 0.0)
    if act.tilt:
        dx, dy = math.sin(act.tilt), dy * math.cos(act.tilt)
    span = path.right - path.left + 2 * path.half
    # It comes from where it would be, so that it is at its place in the first half of the film, and stays inside if it can.
    start = path.lead - dx * total * path.size * 0.3
    drift = 1.0
    is_long = path.half > path.right and path.half > path.size  # a train, not outstretched arms
    low, high = path.left + path.half + 0.02, path.right - path.half - 0.02
    wide = path.right - path.left
    if dx and wide > _CLOSE_FRAME and high - low > 0.35 * wide and total * path.size >= high - low:
        # Too fast for that, it crosses wholly, once or several times, and is at the far side when the film ends.
        times = max(1, math.floor((total * path.size + span - high + low) / span + 0.15))
        pace *= (times * span - span + high - low) / (total * path.size)
        total = pace * path.seconds
        start = low if dx > 0 else high
    elif dx and not is_long and total * path.size >= high - low:
        # It fills a close frame, which goes along with it.
        drift = max(0.0, high - low) / max(1e-6, total * path.size)
        start = (low if dx > 0 else high) if high > low else (low + high) / 2
    elif dx and total * path.size >= high - low:
        start = max(low, min(high, start)) if high > low else (low + high) / 2
    elif dx:
        gone = total * path.size
        start = max(low, min(high - gone, start)) if dx > 0 else max(low + gone, min(high, start))
    if dx and is_long:
        # Longer than the frame is wide: what goes ahead is what one wants to see.
        start = dx * (0.5 * path.right - path.half - total * path.size * 0.5)
    # A group keeps its order: only the first of them is fitted into the frame.
    start += path.x - path.lead
    # Up and down it crosses less than half of the frame, however long the film.
    climb = pace * min(1.0, 0.42 / max(1e-6, total * path.size)) if dy and not act.tilt else pace
    whole = climb * path.seconds * path.size
    up = path.y - dy * whole * 0.5
    if path.grounded and dy:
        up = path.y if dy < 0 else path.y - whole

    def at(seconds: float) -> tuple[float, float, float, float]:
        way = pace * seconds
        x = start + dx * way * drift * path.size
        if dx:
            x = (x - path.left + path.half) % span + path.left - path.half
        y = up + dy * climb * seconds * path.size
        if act.tilt:
            y = (y + 0.5 + 2 * path.size) % (1 + 4 * path.size) - 0.5 - 2 * path.size
        return x, y, path.size, way

    return at


def _in_depth(act: Act, path: Path, pace: float, total: float) -> Callable[[float], tuple[float, float, float, float]]:
    """Toward the viewer or away: it grows as 1 / distance and its foot keeps to the ground plane."""
    sign = -1.0 if act.way == "toward" else 1.0
    far = 1.2 / max(0.02, path.size)
    low, high = far / _CLOSE, far / _FAR
    reach = min(total, high - low)
    first = far - sign * reach * 0.5
    first = min(high - (reach if sign > 0 else 0.0), max(low + (reach if sign < 0 else 0.0), first))

    def at(seconds: float) -> tuple[float, float, float, float]:
        way = reach * seconds / max(path.seconds, 1e-6)
        s = far / min(high, max(low, first + sign * way))
        return (
            path.x * (0.4 + 0.6 * s) if s < 1 else path.x * min(s, 1.3),
            path.vanish + (path.y - path.vanish) * s,
            path.size * s,
            way,
        )

    return at


def pose_index(act: Act, way: float, seconds: float, roll: float) -> int:
    """Which pose of the cycle: by the way gone where feet or wheels touch the ground, else by time."""
    cycle = act.cycle
    if cycle.poses == 1:
        return 0
    if cycle.stride and act.speed:
        turn = way / cycle.stride
    else:
        turn = seconds * act.lively / cycle.seconds
    return math.floor((turn + roll) * cycle.poses) % cycle.poses


def own_life(act: Act, kind: SubjectKind, path: Path, rough: float) -> Callable[[float], tuple[float, float, float]]:
    """What a subject does besides: lifting (in its own sizes, up), turning (radians) and swelling, at a moment."""
    t0 = path.roll * 7.0
    wide = min(1.0, 1.0 / max(0.2, 2 * path.half / path.size))

    def at(seconds: float) -> tuple[float, float, float]:
        t = seconds * act.lively
        if act.bounces or act.action == "bounce":
            u = (t * 1.15 + path.roll) % 1.0
            return 4 * u * (1 - u) * 1.5, 0.0, 1.0
        if kind.ground == "floats" and not act.airborne:
            lift = -0.016 * rough * math.sin(t * 1.9 + path.roll * 6)
            return (
                lift,
                (0.032 * math.sin(t * 1.5 + path.roll * 9) + 0.012 * math.sin(t * 2.3 + t0)) * rough * wide,
                1.0,
            )
        if act.airborne:
            return 0.05 * math.sin(t * 1.3 + t0), 0.05 * math.sin(t * 0.9 + t0), 1.0
        if kind.ground in ("flies", "swims", "falls") and act.lively:
            return 0.045 * math.sin(t * 1.1 + t0) + 0.02 * math.sin(t * 2.3 + t0), 0.03 * math.cos(t * 1.1 + t0), 1.0
        return 0.0, 0.0, 1.0

    return at


def placement(x: float, y: float, size: float, pose: int, mirrored: bool, turn: float, spin: float | None) -> Placement:
    """A figure's placement; `spin` (radians) turns a flat one like a card."""
    if spin is None:
        return Placement(x, y, size, pose, turn=turn, mirrored=mirrored)
    c = math.cos(spin)
    wide = max(0.06, abs(c))
    return Placement(x, y, size * wide, pose, turn=turn, mirrored=mirrored != (c < 0), stretch=1 / wide)
