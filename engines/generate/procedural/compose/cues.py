"""What of a scene is to be heard: its music, its place, its cuts, thunder after lightning, steps of those who walk."""

from __future__ import annotations

import math
import zlib

from engines.generate.procedural.compose.brief import Cue, Genre, MusicBrief, Picture, Presence, Tempo
from engines.generate.procedural.compose.effect import effects
from engines.generate.procedural.draw.subject_kind import subject_kinds
from engines.generate.procedural.draw.weather import flash_at
from engines.generate.procedural.draw.window import pick
from engines.generate.procedural.scene.plan import parts_of
from engines.generate.procedural.spec import SceneSpec, Subject

_LOOK = 1 / 24
_FAR = 0.35
"""Seconds from lightning to thunder: the storm is near."""
_GAITS = ("walk", "run")
_TWO_LEGGED = ("person", "umbrella", "robot")
_BOUNCES_PER_SECOND = 1.15
"""As `draw.acting.own_life` lifts what bounces."""
_MOST_CONTACTS = 2000
_TIMES_NAMED = 3
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
        cues=(*_thunder(spec), *_contacts(spec), *_named(spec)),
        setting=spec.setting,
        weather=spec.weather,
        time=spec.time,
        features=spec.features | frozenset(spec.sound.effects),
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


def _contacts(spec: SceneSpec) -> tuple[Cue, ...]:
    """Feet that are set down and balls that touch the ground, of subjects that are alone of their kind."""
    cues: list[Cue] = []
    for subject in spec.subjects:
        kind = subject_kinds().get(subject.name)
        lively = 0.0 if spec.subject_motion == "none" else spec.life * subject.speed
        if kind is None or kind.group > 1 or subject.count != 1 or lively <= 0:
            continue
        side = max(-0.8, min(0.8, 1.6 * subject.x))
        level = 0.25 + 0.4 * subject.near
        if subject.bounces:
            cues += _each(
                spec, 1 / (_BOUNCES_PER_SECOND * lively), _roll(spec, subject), "bounce", level + 0.15, side, 0.0
            )
            continue
        gait = subject.gait or spec.subject_motion
        cycle = kind.cycle(gait) if gait in _GAITS and kind.can(gait) and subject.name in _TWO_LEGGED else None
        if cycle is not None and cycle.stride and cycle.speed:
            turns = cycle.speed * lively / cycle.stride
            cues += _each(spec, 0.5 / turns, 2 * _roll(spec, subject), "footstep", level, side, 0.06)
    return tuple(sorted(cues, key=lambda cue: cue.seconds)[:_MOST_CONTACTS])


def _named(spec: SceneSpec) -> tuple[Cue, ...]:
    """Effects that the words name: each three times over the film, by turns; what sounds all the time is ambience."""
    named = [name for name in spec.sound.effects if name in effects()]
    times = len(named) * _TIMES_NAMED
    return tuple(
        Cue(spec.seconds * (number + 0.5) / times, named[number % len(named)], 0.7, -0.3 + 0.3 * (number % 3))
        for number in range(times)
    )


def _each(spec: SceneSpec, every: float, roll: float, effect: str, level: float, side: float, sway: float) -> list[Cue]:
    """One cue for each whole turn of something that goes round `every` so many seconds and is `roll` turns ahead."""
    first = math.ceil(roll)
    times = [(number - roll) * every for number in range(first, first + _MOST_CONTACTS)]
    return [
        Cue(at, effect, level, side + (sway if number % 2 else -sway))
        for number, at in enumerate(times)
        if at < spec.seconds
    ]


def _roll(spec: SceneSpec, subject: Subject) -> float:
    """How far the first of its kind is ahead in its cycle: the stage's own throw of the dice (`draw.placing.members`)."""
    seed = (spec.seed * 1_000_003 + zlib.crc32(subject.name.encode())) & 0x7FFFFFFF
    return pick(seed, 0, 3)
