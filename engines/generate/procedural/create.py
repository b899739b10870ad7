"""Intent to SceneSpec: everything the words left open is decided here, from the setting, the mood and the seed."""

from __future__ import annotations

from dataclasses import replace

from engines.generate.base import GenerationRequest
from engines.generate.procedural.draw.setting import settings
from engines.generate.procedural.draw.window import pick
from engines.generate.procedural.palette import GRADES, LIGHTS, Grade, Light, painted, weathered
from engines.generate.procedural.spec import CameraPath, Intent, SceneSpec, Subject

_MOOD_TIME = {
    "happy": "day", "calm": "golden_hour", "melancholic": "dusk", "mysterious": "night", "tense": "dusk", "romantic":
    "dusk", "hopeful": "dawn",
    "energetic": "day",
}  # fmt: skip
_MOOD_WEATHER = {"melancholic": "cloudy", "mysterious": "fog", "tense": "storm"}
_SHOT_ZOOM = {"extreme_wide": 0.84, "wide": 0.94, "medium": 1.12, "close": 1.42, "extreme_close": 1.75}
_LIFE = {
    "none": 0.25,
    "slow": 0.6,
    "medium": 1.0,
    "fast": 1.8,
    "walk": 1.0,
    "run": 1.5,
    "fly": 1.2,
    "spin": 1.0,
    "grow": 1.0,
    "shrink": 1.0,
}
_MOOD_GRADE = {
    "happy": (1.02, 1.14, 0.02), "calm": (0.96, 0.96, 0.015), "melancholic": (1.0, 0.74, -0.02), "mysterious": (1.1, 0.84, -0.04),
    "tense": (1.18, 0.84, -0.03), "energetic": (1.1, 1.22, 0.01), "romantic": (0.98, 1.06, 0.015), "hopeful": (1.0, 1.06, 0.03),
}  # fmt: skip
_MOOD_LIFE = {"calm": 0.75, "melancholic": 0.7, "energetic": 1.5, "tense": 1.25}


def create(intent: Intent, request: GenerationRequest) -> SceneSpec:
    """Decide the whole scene. The same intent and request give the same scene."""
    width, height = request.even_size
    seed = request.seed
    setting = intent.setting or "abstract"
    time = _time(intent, setting)
    weather = _weather(intent, setting)
    light = weathered(LIGHTS[time], weather)
    if intent.palette and f"palette {intent.palette}" not in intent.avoided:
        light = painted(light, intent.palette)
    length = intent.duration if request.duration is None and intent.duration is not None else request.length
    seconds = length.to_seconds()
    portrait = width / height < 0.85
    place = settings()[setting]
    horizon = place.horizon + (0.07 if portrait and not place.always_alive else 0.0)
    side = 1.0 if pick(seed, 11) > 0.5 else -1.0
    spec = SceneSpec(
        setting=setting,
        features=_features(intent),
        time=time,
        weather=weather,
        palette=intent.palette,
        light=light,
        grade=_grade(intent, light),
        camera=CameraPath(),
        subjects=(),
        horizon=horizon,
        sun_x=side * (0.14 + 0.1 * pick(seed, 12)) * (0.7 if portrait else 1.0),
        life=_LIFE.get(intent.subject_motion, 1.0) * _MOOD_LIFE.get(intent.mood, 1.0),
        seed=seed,
        seconds=seconds,
        width=width,
        height=height,
        subject_motion=intent.subject_motion,
    )
    spec = replace(spec, subjects=_subjects(intent, spec, -side))
    return replace(spec, camera=_camera(intent, spec))


def _time(intent: Intent, setting: str) -> str:
    if intent.time and f"time {intent.time}" not in intent.avoided:
        return intent.time
    place = settings()[setting]
    usual = place.usual_time
    if intent.mood and not place.keeps_time:
        usual = _MOOD_TIME.get(intent.mood, usual)
        if usual == "night" and "rays" in intent.features:  # sunbeams need a sun
            usual = "dawn"
    if intent.weather in ("rain", "storm", "fog", "snow") and usual == "golden_hour":
        # No low sun shines through such a sky.
        usual = "day"
    if f"time {usual}" in intent.avoided:
        return "day" if usual != "day" else "dusk"
    return usual


def _weather(intent: Intent, setting: str) -> str:
    chosen = intent.weather
    if not chosen:
        chosen = "clear" if intent.time else _MOOD_WEATHER.get(intent.mood, "clear")
        place = settings()[setting]
        if place.usual_weather != "clear" and f"weather {place.usual_weather}" not in intent.avoided:
            chosen = place.usual_weather
        if "winter" in intent.features and place.snows_in_winter:
            chosen = "snow"
    return "clear" if f"weather {chosen}" in intent.avoided else chosen


def _features(intent: Intent) -> frozenset[str]:
    features = set(intent.features)
    if "feature fog" in intent.avoided:
        features.add("no fog")
    if "weather cloudy" in intent.avoided:
        features.add("no clouds")
    if "subject person" in intent.avoided:
        features.add("no people")
    if "subject birds" in intent.avoided:
        features.add("no birds")
    if "time night" in intent.avoided:
        features.add("no stars")
    return frozenset(features)


def _grade(intent: Intent, light: Light) -> Grade:
    grade = GRADES.get(intent.style, GRADES["neutral"])
    if intent.palette == "mono" and intent.style != "noir":
        grade = replace(grade, saturation=grade.saturation * 0.12)
    if intent.mood in _MOOD_GRADE:
        contrast, saturation, brightness = _MOOD_GRADE[intent.mood]
        grade = replace(
            grade,
            contrast=grade.contrast * contrast,
            saturation=grade.saturation * saturation,
            brightness=grade.brightness + brightness,
        )
    if light.is_night:
        # At night contrast about middle grey would only darken.
        grade = replace(grade, contrast=1 + (grade.contrast - 1) * 0.35)
    return grade


def _subjects(intent: Intent, spec: SceneSpec, side: float) -> tuple[Subject, ...]:
    """The heroes: the first at a third away from the sun, the next on the other side, then between."""
    x_of = (side * 0.19, -side * 0.1, side * 0.33, -side * 0.34, 0.02)
    made = []
    names = [name for name, _ in intent.subjects]
    for index, (name, count) in enumerate(intent.subjects):
        if name == "umbrella" and "person" in names:
            continue
        if name == "person" and "umbrella" in names:
            name = "umbrella"
        made.append(Subject(name, count, x_of[min(index, len(x_of) - 1)]))
    return tuple(made)


def _camera(intent: Intent, spec: SceneSpec) -> CameraPath:
    motion = intent.camera or "static"
    # A short shot travels less, a long one more, so that the speed stays pleasant.
    amount = min(1.35, max(0.55, 0.5 + 0.11 * spec.seconds)) * (
        0.75 if intent.pace < 1 else 1.3 if intent.pace > 1 else 1.0
    )
    zoom = _SHOT_ZOOM.get(intent.shot, 1.0)
    focus = spec.subjects[0].x * spec.aspect if spec.subjects and zoom > 1 else 0.0
    return CameraPath(
        motion, amount, zoom, focus, spec.horizon * 0.6 if zoom > 1 else 0.0, 0.008 if intent.handheld else 0.0
    )


def describe(spec: SceneSpec) -> str:
    """One line for people: what will be seen."""
    parts = [spec.setting.replace("_", " "), spec.time.replace("_", " "), spec.weather]
    parts += [f"{s.count} {s.name}" if s.count > 1 else s.name for s in spec.subjects]
    return ", ".join(part.replace("_", " ") for part in parts)
