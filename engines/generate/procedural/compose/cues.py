"""What of a scene is to be heard: its music, its place, its cuts, thunder after lightning, steps of those who walk."""

from __future__ import annotations

from engines.generate.procedural.compose.brief import Cue, Genre, MusicBrief, Picture, Presence, Tempo
from engines.generate.procedural.draw.weather import flash_at
from engines.generate.procedural.scene.plan import parts_of
from engines.generate.procedural.spec import SceneSpec

_LOOK = 1 / 24
_FAR = 0.35
"""Seconds from lightning to thunder: the storm is near."""
_STEPS_PER_SECOND = {"walk": 1.9, "run": 2.9}
_WALKERS = ("person", "umbrella", "person_walking", "person_running", "walker", "runner")
_TENSIONS = 17


def brief_of(spec: SceneSpec, mood: str, seed: int) -> MusicBrief:
    """The music that a scene asks for; what it leaves open is as usual, its mood is `mood`. All of a place is heard."""
    told = spec.sound
    return MusicBrief(
        mood=told.mood or mood,
        genre=Genre(told.genre) if told.genre in tuple(Genre) else Genre.NONE,
        tempo=Tempo(told.tempo) if told.tempo in tuple(Tempo) else Tempo.AUTO,
        bpm=told.bpm,
        presence=Presence(told.presence) if told.presence in tuple(Presence) else Presence.FULL,
        seed=seed,
    )


def picture_of(spec: SceneSpec) -> Picture:
    """The picture that a scene is, for the composer."""
    return Picture(
        cuts=tuple(part.start for part in parts_of(spec)[1:]),
        cues=(*_thunder(spec), *_steps(spec)),
        setting=spec.setting,
        weather=spec.weather,
        time=spec.time,
        features=spec.features,
        tension=tuple(spec.intensity(spec.seconds * k / (_TENSIONS - 1)) for k in range(_TENSIONS))
        if spec.beats
        else (),
        loops=spec.loop,
    )


def _thunder(spec: SceneSpec) -> tuple[Cue, ...]:
    """A clap some time after each flash."""
    cues: list[Cue] = []
    before, last = 0.0, -10.0
    for index in range(int(spec.seconds / _LOOK)):
        at = index * _LOOK
        now = flash_at(spec, at)
        if now > 0.25 >= before and at - last > 1.0:
            last = at
            cues.append(Cue(at + _FAR, "thunder", min(1.0, 0.55 + 0.45 * now), -0.2 + 0.4 * (len(cues) % 2)))
        before = now
    return tuple(cue for cue in cues if cue.seconds < spec.seconds)


def _steps(spec: SceneSpec) -> tuple[Cue, ...]:
    """Steps of a single person near enough to be heard, at the place where they walk."""
    walker = next((one for one in spec.subjects if one.name in _WALKERS and one.count == 1), None)
    if walker is None:
        return ()
    pace = _STEPS_PER_SECOND.get(walker.gait) or _STEPS_PER_SECOND.get(spec.subject_motion)
    if pace is None:
        return ()
    side = max(-0.8, min(0.8, 1.6 * walker.x))
    count = int(spec.seconds * pace)
    return tuple(
        Cue((number + 0.5) / pace, "footstep", 0.35, side + (0.06 if number % 2 else -0.06)) for number in range(count)
    )
