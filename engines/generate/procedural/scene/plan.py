"""How a film is cut into parts, each drawn from one scene: by its keyframes, else by its shots, else it is one part."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engines.generate.procedural.scene.blend import of_film, stations
from engines.generate.procedural.scene.names import height_of, top_of
from engines.generate.procedural.scene.parts import CameraPath, ShotPart, Subject
from engines.generate.procedural.scene.spec import Key, SceneSpec

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
_FILLS = {"close": (0.56, 2.7), "extreme_close": (0.95, 3.8)}
"""How much of the frame's height a hero fills in a close shot, and the greatest zoom for it."""
_HEAD, _HEADROOM, _LARGE = 0.3, 0.44, 0.5
"""Where the head of a large hero is, how far up any head may be (frame heights above the middle), and what is large."""


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


def zoom_of(size: str, hero: Subject | None) -> float:
    """The zoom of a shot size: a close shot is close to its hero, however small that is."""
    zoom = ZOOMS.get(size, 1.0)
    if hero is None or size not in _FILLS:
        return zoom
    fills, most = _FILLS[size]
    return max(zoom, min(most, fills / max(0.02, height_of(hero.name) * hero.scale)))


def focus_of(hero: Subject | None, zoom: float, aspect: float, horizon: float) -> tuple[float, float]:
    """Where a zoom goes, in frame heights from the middle: to the hero, whose head stays in the frame."""
    if zoom <= 1:
        return (0.0, 0.0)
    if hero is None:
        return (0.0, horizon * 0.6)
    top = top_of(hero.name, hero.scale, horizon) - hero.lift
    # What lies at y comes to y * zoom - focus * (zoom - 1).
    if height_of(hero.name) * hero.scale * zoom > _LARGE:
        return (hero.x * aspect, max(-0.6, min(0.6, (top * zoom + _HEAD) / (zoom - 1))))
    return (hero.x * aspect, max(-0.6, min(horizon * 0.6, (top * zoom + _HEADROOM) / (zoom - 1))))


def _framed(spec: SceneSpec, shot: ShotPart) -> CameraPath:
    """The camera of one shot: its size about the hero, its own move."""
    hero = spec.subjects[0] if spec.subjects else None
    zoom = zoom_of(shot.size, hero)
    x, y = focus_of(hero, zoom, spec.aspect, spec.horizon)
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
    base = replace(spec, keys=(), shots=(), texts=(), loop=False)
    made = [Part(base, 0.0, spec.seconds)]
    for key in sorted(spec.keys, key=lambda one: one.at):
        made = _with_key(made, spec, key)
    return tuple(made)


def _with_key(made: list[Part], spec: SceneSpec, key: Key) -> list[Part]:
    """One key more: what came before ends where the change begins; a slow change of light passes several scenes."""
    before = made[-1]
    at = key.at * spec.seconds
    begin = max(before.start + _SHORTEST, at - key.fade, 0.0)
    scene = of_film(key.scene, replace(spec, keys=(), shots=(), texts=(), loop=False))
    if begin >= spec.seconds:
        return made
    if at - before.start <= _SHORTEST:  # from the first moment on: instead of what was there
        return [*made[:-1], replace(before, scene=scene)]
    same = scene.setting == before.scene.setting and before.offset == 0.0
    made[-1] = replace(before, end=begin)
    if not same:
        own = replace(scene, seconds=spec.seconds - begin)
        return [*made, Part(own, begin, spec.seconds, begin, at - begin, "dissolve" if at > begin else "cut")]
    # One world under another light: the same camera and the same clock, so that nothing jumps.
    scene = replace(scene, camera=before.scene.camera, horizon=before.scene.horizon, sun_x=before.scene.sun_x)
    row = stations(before.scene, scene)[1:]
    step = (at - begin) / len(row)
    for n, station in enumerate(row):
        start = begin + n * step
        end = begin + (n + 1) * step if n + 1 < len(row) else spec.seconds
        made.append(Part(station, start, end, 0.0, step, "dissolve" if step > 0 else "cut"))
    return made
