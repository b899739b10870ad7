"""How a film is cut into parts, each drawn from one scene: by its keyframes, else by its shots, else it is one part."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engines.generate.procedural.scene.blend import of_film, stations
from engines.generate.procedural.scene.names import height_of, top_of
from engines.generate.procedural.scene.parts import CameraPath, ShotPart, Subject
from engines.generate.procedural.scene.spec import Key, SceneSpec
from engines.generate.procedural.scene.standing import Standing, standing

ZOOMS = {
    "extreme_wide": 0.74,
    "wide": 0.87,
    "medium": 1.14,
    "close": 1.5,
    "extreme_close": 2.0,
    "pov": 1.08,
    "handheld": 1.0,
}
"""Shot size to zoom about the focus: neighbours differ by about 30 %, so that a cut between them is not a jump."""
SHAKES = {"pov": 0.006, "handheld": 0.009}
_SHORTEST = 1e-3
_BACK = 0.7
"""The share of a loop by which the last change is reached."""
_FILLS = {"close": (0.56, 2.7), "extreme_close": (0.95, 3.8)}
"""How much of the frame's height a hero fills in a close shot, and the greatest zoom for it."""
_HEAD, _HEADROOM, _FOOTROOM, _LARGE = 0.3, 0.44, 0.36, 0.5
"""Where the head of a large hero is, how far up any head and how far down the feet of a small one may be, what is large (frame heights)."""


@dataclass(frozen=True)
class Part:
    """A stretch of the film: drawn from `scene`, whose own time 0 is the film's `offset`, seen from `start` to `end` (seconds).

    From `start` on, for `fade` seconds, it comes in over the part before by `transition`.
    """

    scene: SceneSpec
    start: float
    end: float
    offset: float = 0.0
    fade: float = 0.0
    transition: str = "cut"


@dataclass(frozen=True)
class Seen:
    """What is seen at a moment: the part, the part that comes in over it (or the same), and how far that is, 0..1."""

    part: int
    coming: int
    amount: float


def parts_of(spec: SceneSpec) -> tuple[Part, ...]:
    """The parts of a film in order, without a gap. A scene in a part has neither keys nor shots."""
    if spec.keys:
        return _keyed(spec)
    if len(spec.shots) > 1:
        return _shots(spec)
    return (Part(spec, 0.0, spec.seconds),)


def seen_at(parts: tuple[Part, ...], seconds: float) -> Seen:
    """Which parts make the picture at a moment of the film."""
    now = max((n for n, part in enumerate(parts) if part.start <= seconds + 1e-9), default=0)
    part = parts[now]
    past = seconds - part.start
    if now == 0 or part.fade <= 0 or past >= part.fade:
        return Seen(now, now, 0.0)
    return Seen(now - 1, now, past / part.fade)


def _shots(spec: SceneSpec) -> tuple[Part, ...]:
    rows = sorted(spec.shots, key=lambda one: one.at)
    starts = [0.0, *(one.at * spec.seconds for one in rows[1:])]
    ends = [*starts[1:], spec.seconds]
    made: list[Part] = []
    for index, (shot, start, end) in enumerate(zip(rows, starts, ends, strict=True)):
        if end - start < _SHORTEST:
            continue
        fade = 0.0 if not made or shot.transition == "cut" else min(shot.fade, (end - start) / 2, start)
        last = rows[index + 1] if index + 1 < len(rows) else None
        # It is still seen while the next one comes in over it.
        stays = end + (min(last.fade, spec.seconds - end) if last and last.transition != "cut" else 0.0)
        length = max(_SHORTEST, stays - start)
        scene = replace(spec, shots=(), texts=(), beats=(), loop=False, seconds=length, camera=_framed(spec, shot))
        made.append(Part(scene, start, end, start, fade, shot.transition if fade else "cut"))
    return tuple(made)


def zoom_of(size: str, hero: Subject | None, found: Standing | None = None) -> float:
    """The zoom of a shot size: a close shot is close to its hero, however small that is. `found`: where the place puts it."""
    zoom = ZOOMS.get(size, 1.0)
    if hero is None or size not in _FILLS:
        return zoom
    fills, most = _FILLS[size]
    tall = found.tall if found is not None else height_of(hero.name) * hero.scale
    return max(zoom, min(most, fills / max(0.02, tall)))


def focus_of(
    hero: Subject | None, zoom: float, aspect: float, horizon: float, found: Standing | None = None
) -> tuple[float, float]:
    """Where a zoom goes, in frame heights from the middle: to the hero, whose head stays in the frame."""
    if zoom <= 1:
        return (0.0, 0.0)
    if hero is None:
        return (0.0, horizon * 0.6)
    # What lies at y comes to y * zoom - focus * (zoom - 1).
    if found is not None:
        # The horizon stays in the picture: without it water has nothing to mirror, and nobody knows where it is.
        lowest = 0.75 if found.indoors else min(0.75, (zoom * (horizon - 0.04) + 0.5) / (zoom - 1))
        if found.tall * zoom > _LARGE:
            return (found.x, max(-0.6, min(lowest, (found.top * zoom + _HEAD) / (zoom - 1))))
        # A small one is seen wholly: as low as the land allows, but no lower than its feet.
        feet = ((found.top + found.tall) * zoom - _FOOTROOM) / (zoom - 1)
        return (found.x, max(-0.6, min(lowest, max(horizon * 0.6, feet), (found.top * zoom + _HEADROOM) / (zoom - 1))))
    top = top_of(hero.name, hero.scale, horizon) - hero.lift
    if height_of(hero.name) * hero.scale * zoom > _LARGE:
        return (hero.x * aspect, max(-0.6, min(0.6, (top * zoom + _HEAD) / (zoom - 1))))
    return (hero.x * aspect, max(-0.6, min(horizon * 0.6, (top * zoom + _HEADROOM) / (zoom - 1))))


def found_for(
    size: str, setting: str, hero: Subject | None, aspect: float, horizon: float, sun_x: float
) -> Standing | None:
    """Where the hero of a close shot is; only those are so close that it must be known exactly."""
    return standing(setting, hero, aspect, horizon, sun_x) if hero is not None and size in _FILLS else None


def _framed(spec: SceneSpec, shot: ShotPart) -> CameraPath:
    """The camera of one shot: its size about the hero, its own move."""
    hero = spec.subjects[0] if spec.subjects else None
    found = found_for(shot.size, spec.setting, hero, spec.aspect, spec.horizon, spec.sun_x)
    zoom = zoom_of(shot.size, hero, found)
    x, y = focus_of(hero, zoom, spec.aspect, spec.horizon, found)
    return replace(
        spec.camera,
        motion=shot.motion,
        zoom=zoom,
        shot=shot.size,
        focus_x=x,
        focus_y=y,
        shake=max(spec.camera.shake, SHAKES.get(shot.size, 0.0)),
    )


def _keyed(spec: SceneSpec) -> tuple[Part, ...]:
    base = replace(spec, keys=(), shots=(), texts=())
    keys = sorted(spec.keys, key=lambda one: one.at)
    if spec.loop:
        keys = _there_and_back(base, keys)
    made = [Part(base, 0.0, spec.seconds)]
    for key in keys:
        made = _with_key(made, key)
    return tuple(made)


def _there_and_back(base: SceneSpec, keys: list[Key]) -> list[Key]:
    """The keys of a loop: a little earlier, so that the film can come back to where it began."""
    last = keys[-1].at
    share = min(1.0, _BACK / last) if last > 0 else 1.0
    earlier = [replace(key, at=key.at * share, fade=key.fade * share) for key in keys]
    return [*earlier, Key(1.0, base, (1 - earlier[-1].at) * base.seconds * 0.9)]


def _with_key(made: list[Part], key: Key) -> list[Part]:
    """One key more: what came before ends where the change begins; a slow change of light passes several scenes."""
    first, before = made[0].scene, made[-1]
    seconds = first.seconds
    at = key.at * seconds
    begin = max(before.start + max(before.fade, _SHORTEST), at - key.fade)
    scene = of_film(key.scene, first)
    if begin >= seconds:
        return made
    if at - before.start <= _SHORTEST:  # from the first moment on: instead of what was there
        return [*made[:-1], replace(before, scene=scene)]
    made[-1] = replace(before, end=begin)
    fade = max(0.0, at - begin)
    how = "dissolve" if fade > 0 else "cut"
    if scene.setting != first.setting:
        own = replace(scene, seconds=seconds - begin, loop=False)
        return [*made, Part(own, begin, seconds, begin, fade, how)]
    # The world it began in under another light: the same camera and the same clock, so that nothing jumps.
    scene = replace(scene, camera=first.camera, horizon=first.horizon, sun_x=first.sun_x)
    row = stations(before.scene, scene)[1:] if before.offset == 0.0 else (scene,)
    step = fade / len(row)
    for n, station in enumerate(row):
        start = begin + n * step
        end = begin + (n + 1) * step if n + 1 < len(row) else seconds
        made.append(Part(station, start, end, 0.0, step, how))
    return made
