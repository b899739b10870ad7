"""Intent to SceneSpec: the order in which things are decided. What each decision is stands in its own file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engines.generate.base import GenerationRequest
from engines.generate.procedural.create.camera import PARALLAX, camera_of
from engines.generate.procedural.create.composition import composed, related, spread
from engines.generate.procedural.create.genres import GENRES
from engines.generate.procedural.create.heard import Heard, heard
from engines.generate.procedural.create.keys import keys_of
from engines.generate.procedural.create.place import features_of, time_of, weather_of
from engines.generate.procedural.create.shots import shots_for
from engines.generate.procedural.create.words_over import texts_of
from engines.generate.procedural.draw.setting import settings
from engines.generate.procedural.palette import PALETTES
from engines.generate.procedural.scene.light import LIGHTINGS
from engines.generate.procedural.scene.looks import LOOKS
from engines.generate.procedural.scene.parts import Lighting, PaletteUse, ShotPart, Sound, Subject
from engines.generate.procedural.scene.spec import SceneSpec
from engines.generate.procedural.scene.story import beats_for
from engines.generate.procedural.spec import Intent

_LIFE = {
    "none": 0.25, "slow": 0.6, "medium": 1.0, "fast": 1.8, "walk": 1.0, "run": 1.5, "fly": 1.2, "spin": 1.0, "grow": 1.0,
    "shrink": 1.0,
}  # fmt: skip
_MOOD_LIFE = {"calm": 0.75, "melancholic": 0.7, "energetic": 1.5, "tense": 1.25}
_GAITS = ("walk", "run", "fly", "dance", "swim", "jump", "sit")


def create(intent: Intent, request: GenerationRequest) -> SceneSpec:
    """Decide the whole scene. The same intent and request give the same scene."""
    length = intent.duration if request.duration is None and intent.duration is not None else request.length
    first = heard(intent.beats[0], intent) if intent.beats else heard(intent)
    film = _scene(first, request, length.to_seconds())
    film = replace(film, keys=keys_of(film, first, intent, request, _scene))
    if not film.keys:
        film = replace(film, shots=_shots(film, first))
    return replace(film, texts=texts_of(first, film))


def _scene(said: Heard, request: GenerationRequest, seconds: float) -> SceneSpec:
    """One scene, without what comes after it."""
    width, height = request.even_size
    setting = said.first("setting") or "abstract"
    place = settings()[setting]
    portrait = width / height < 0.85
    genre = GENRES.get(said.first("genre"), GENRES["general"])
    balance, symmetry = said.first("balance") or "balanced", said.first("symmetry") or "slight"
    frame = composed(balance, symmetry, request.seed, portrait)
    horizon = place.horizon + (0.07 if portrait and not place.always_alive else 0.0)
    horizon = max(-0.4, min(0.4, horizon + (0.0 if place.always_alive else frame.horizon)))
    subjects = _subjects(said, spread(frame, balance, len(said.subjects)))
    pace = said.pace * genre.pace
    camera = camera_of(said, seconds, pace, subjects[0] if subjects else None, width / height, horizon)
    motion, mood = said.first("subject_motion"), said.first("mood")
    tension = said.first("tension") or (genre.tension if said.first("genre") else "")
    return SceneSpec(
        setting=setting,
        features=features_of(said),
        time=time_of(said, place),
        weather=weather_of(said, place),
        weather_amount=max(0.3, min(1.5, said.weight("weather"))),
        palettes=_palettes(said),
        look=_look(said),
        lighting=_lighting(said),
        camera=camera,
        subjects=subjects,
        subject_motion=motion,
        horizon=horizon,
        sun_x=frame.sun_x,
        life=max(
            0.0,
            min(4.0, _LIFE.get(motion, 1.0) * _MOOD_LIFE.get(mood, 1.0) * (genre.pace if said.first("genre") else 1.0)),
        ),
        depth_of_field=_amount(said, "depth_of_field"),
        focus=subjects[0].near if subjects else 0.5,
        shafts=_amount(said, "shafts"),
        parallax=PARALLAX[camera.lens],
        balance=balance,
        symmetry=symmetry,
        gradient=said.first("gradient"),
        shape=said.first("shape"),
        mood=mood,
        genre=said.first("genre"),
        pace=max(0.25, min(3.0, pace)),
        tension=tension,
        beats=beats_for(tension),
        sound=Sound(
            said.first("audio_mood"), said.first("audio_tempo"), said.first("audio_genre"), said.first("audio_presence")
        ),
        loop=bool(said.first("loop")),
        seed=request.seed,
        seconds=seconds,
        width=width,
        height=height,
        rate=request.rate,
    )


def _palettes(said: Heard) -> tuple[PaletteUse, ...]:
    return tuple(PaletteUse(name, weight) for name, weight in said.all("palette") if name in PALETTES)[:6]


def _look(said: Heard) -> str:
    return next((value for value, _ in said.all("style") if value in LOOKS), "natural")


def _lighting(said: Heard) -> Lighting:
    """As said, else the genre's; a word of temperature turns it."""
    named = said.first("lighting") or next((value for value, _ in said.all("style") if value in _STYLE_LIGHT), "")
    genre = said.first("genre")
    light = LIGHTINGS.get(named) or LIGHTINGS[GENRES[genre].lighting if genre in GENRES else "neutral"]
    warmth = {"warm": 0.6, "cool": -0.6}.get(said.first("temperature"), 0.0)
    return replace(light, temperature=max(-1.0, min(1.0, light.temperature + warmth * said.weight("temperature"))))


_STYLE_LIGHT = ("golden_hour", "moody")
"""Styles that are lightings, and no looks."""


def _amount(said: Heard, domain: str) -> float:
    return min(2.0, said.weight(domain, 0.0))


def _subjects(said: Heard, x_of: Sequence[float]) -> tuple[Subject, ...]:
    """The heroes: the first on a third away from the sun, the next on the other side, then between."""
    made = []
    names = [name for name, _ in said.subjects]
    motion = said.first("subject_motion")
    for (name, count), x in zip(said.subjects, x_of, strict=True):
        if name == "umbrella" and "person" in names:
            continue
        if name == "person" and "umbrella" in names:
            name = "umbrella"
        made.append(Subject(name, max(1, min(60, count)), x, gait=motion if motion in _GAITS else ""))
    return related(made[:24], said.relations)


def _shots(film: SceneSpec, said: Heard) -> tuple[ShotPart, ...]:
    """Several shots where a genre asks for them, and no words about size or a single move speak against it."""
    genre = said.first("genre")
    if genre not in GENRES or said.first("shot") or film.loop:
        return ()
    return shots_for(GENRES[genre], film.seconds, film.pace, film.seed, said.first("camera"))
