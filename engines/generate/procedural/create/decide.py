"""Intent to SceneSpec: the order in which things are decided. What each decision is stands in its own file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engines.generate.base import GenerationRequest
from engines.generate.procedural.create.camera import PARALLAX, camera_of
from engines.generate.procedural.create.cast import subjects_of
from engines.generate.procedural.create.composition import composed, sun_by
from engines.generate.procedural.create.feel import feel_of, hold_of, life_of, mood_of, pace_of
from engines.generate.procedural.create.genres import GENRES
from engines.generate.procedural.create.heard import Heard, heard
from engines.generate.procedural.create.keys import keys_of
from engines.generate.procedural.create.picture import lighting_of, look_of, palettes_of
from engines.generate.procedural.create.place import features_of, time_of, weather_of, wind_of
from engines.generate.procedural.create.shots import shots_for
from engines.generate.procedural.create.words_over import texts_of
from engines.generate.procedural.draw.setting import settings
from engines.generate.procedural.intent import Intent
from engines.generate.procedural.palette import LIGHTS
from engines.generate.procedural.scene.parts import Finish, ShotPart, Sky, Sound
from engines.generate.procedural.scene.spec import SceneSpec
from engines.generate.procedural.scene.story import beats_for

_PORTRAIT = 0.85
_RIDGES = {"mountains": 0.34, "lake": 0.16, "city": 0.22, "skyline": 0.2, "village": 0.14}
"""How high a place rises over its horizon, for a sun that is to be seen behind it."""


def create(intent: Intent, request: GenerationRequest) -> SceneSpec:
    """Decide the whole scene. The same intent and request give the same scene."""
    length = intent.duration if request.duration is None and intent.duration is not None else request.length
    first = heard(_with_cast(intent.beats), intent) if intent.beats else heard(intent)
    film = _scene(first, request, length.to_seconds())
    film = replace(film, keys=keys_of(film, first, intent, request, _scene))
    if not film.keys and not request.image_reference:  # a film from a picture begins with that picture
        film = replace(film, shots=_shots(film, first))
    return replace(film, texts=texts_of(first, film))


def _with_cast(beats: Sequence[Intent]) -> Intent:
    """The first part, with those who are named behind a change in the same place: "day turns into night over a house"."""
    first, second = beats[0], beats[1] if len(beats) > 1 else beats[0]
    if first.cast or first.setting != second.setting:
        return first
    return replace(first, cast=second.cast, subjects=second.subjects, relations=second.relations)


def _scene(said: Heard, request: GenerationRequest, seconds: float) -> SceneSpec:
    """One scene, without what comes after it."""
    width, height = request.even_size
    aspect = width / height
    setting = said.first("setting") or "abstract"
    place = settings()[setting]
    genre = GENRES.get(said.first("genre"), GENRES["general"])
    balance, symmetry = said.first("balance") or "balanced", said.first("symmetry") or "slight"
    frame = composed(balance, symmetry, request.seed, aspect < _PORTRAIT)
    horizon = place.horizon
    if not place.always_alive:
        horizon = max(-0.4, min(0.4, horizon + frame.horizon + (0.07 if aspect < _PORTRAIT else 0.0)))
    subjects = subjects_of(said, frame, balance, place.full_of)
    time = time_of(said, place)
    sun_x, sun_lift = sun_by(said.relations, frame, subjects, _RIDGES.get(setting, 0.03), LIGHTS[time].sun_height)
    pace, mood, feel = pace_of(said) * genre.pace, mood_of(said), feel_of(said)
    camera = camera_of(said, seconds, pace, subjects[0] if subjects else None, aspect, horizon, setting, sun_x)
    look, look_amount = look_of(said)
    tension = said.first("tension") or (genre.tension if said.first("genre") else "")
    return SceneSpec(
        setting=setting,
        features=features_of(said),
        time=time,
        weather=weather_of(said, place),
        weather_amount=max(0.3, min(1.5, said.weight("weather"))),
        wind=wind_of(said),
        palettes=palettes_of(said, place),
        look=look,
        look_amount=look_amount,
        lighting=lighting_of(said),
        sky=Sky(sun_lift=sun_lift, glow=1.2 if said.first("tone") == "dreamy" else 1.0),
        finish=Finish(feel.contrast, feel.saturation, feel.brightness),
        camera=camera,
        subjects=subjects,
        subject_motion=said.first("subject_motion"),
        motion=said.first("motion"),
        direction=said.first("directionality"),
        rhythm=said.first("rhythm"),
        hold=hold_of(said),
        horizon=horizon,
        sun_x=sun_x,
        life=min(4.0, life_of(said, mood) * genre.pace),
        depth_of_field=0.0 if said.first("focus_depth") else min(2.0, said.weight("depth_of_field", 0.0)),
        focus=subjects[0].near if subjects else 0.5,
        shafts=min(2.0, said.weight("shafts", 0.0)),
        parallax=PARALLAX[camera.lens],
        balance=balance,
        symmetry=symmetry,
        gradient=said.first("gradient"),
        shape=_shape(said),
        mood=mood,
        genre=said.first("genre"),
        pace=max(0.25, min(3.0, pace)),
        tension=tension,
        beats=beats_for(tension),
        sound=_sound(said),
        loop=bool(said.first("loop")),
        seed=request.seed,
        seconds=seconds,
        width=width,
        height=height,
        rate=request.rate,
    )


def _shape(said: Heard) -> str:
    """A plain shape that was asked for; `none` counts as nothing."""
    shape = said.first("shape")
    return "" if shape == "none" else shape


def _sound(said: Heard) -> Sound:
    return Sound(
        said.first("audio_mood"),
        said.first("audio_tempo"),
        said.first("audio_genre"),
        said.first("audio_presence"),
        effects=tuple(value for value, _ in said.all("sfx"))[:10],
    )


def _shots(film: SceneSpec, said: Heard) -> tuple[ShotPart, ...]:
    """Several shots where a genre asks for them, and no words about size or a loop speak against it."""
    genre = GENRES.get(said.first("genre"))
    if genre is None or said.first("shot") or film.loop:
        return ()
    asked = said.first("transition")
    genre = replace(genre, transition=asked) if asked else genre
    return shots_for(genre, film.seconds, film.pace, film.seed, said.first("camera"))
