"""When and in which weather a place is shown, and what is special about it, where the words leave it open."""

from __future__ import annotations

from types import MappingProxyType

from engines.generate.procedural.create.feel import mood_of
from engines.generate.procedural.create.heard import Heard
from engines.generate.procedural.draw.setting import Setting

_MOOD_TIME = MappingProxyType(
    {
        "happy": "day", "calm": "golden_hour", "melancholic": "dusk", "mysterious": "night", "tense": "dusk",
        "romantic": "dusk", "hopeful": "dawn", "energetic": "day",
    }
)  # fmt: skip
_MOOD_WEATHER = MappingProxyType({"melancholic": "cloudy", "mysterious": "fog", "tense": "storm"})
_NO_WINTER = ("autumn", "spring", "summer", "flowers", "blossom")
"""Where these are, a place whose usual weather is snow has none."""
_WIND = MappingProxyType({"none": 0.1, "breeze": 1.2, "strong": 2.2})
_NOT_WANTED = MappingProxyType(
    {
        "feature fog": "no fog", "weather fog": "no fog", "weather cloudy": "no clouds", "subject person": "no people",
        "subject crowd": "no people", "subject birds": "no birds", "subject bird": "no birds", "time night": "no stars",
    }
)  # fmt: skip
"""What is avoided to the feature that settings know it by."""


def time_of(heard: Heard, place: Setting) -> str:
    """The time of day: as said, else by mood and weather, else the place's own."""
    said = heard.first("time")
    if said:
        return said
    usual = place.usual_time
    if (mood := mood_of(heard)) and not place.keeps_time:
        usual = _MOOD_TIME.get(mood, usual)
        if usual == "night" and any(value == "rays" for value, _ in heard.all("feature")):  # sunbeams need a sun
            usual = "dawn"
    if heard.first("weather") in ("rain", "storm", "fog", "snow") and usual == "golden_hour":
        usual = "day"  # no low sun shines through such a sky
    if f"time {usual}" in heard.avoided:
        return "day" if usual != "day" else "dusk"
    return usual


def weather_of(heard: Heard, place: Setting) -> str:
    """The weather: as said, else by mood, else the place's own."""
    chosen = heard.first("weather")
    if not chosen:
        chosen = "clear" if heard.first("time") else _MOOD_WEATHER.get(mood_of(heard), "clear")
        warm = place.usual_weather == "snow" and any(value in _NO_WINTER for value, _ in heard.all("feature"))
        if place.usual_weather != "clear" and not warm and f"weather {place.usual_weather}" not in heard.avoided:
            chosen = place.usual_weather
        if place.snows_in_winter and any(value == "winter" for value, _ in heard.all("feature")):
            chosen = "snow"
    return "clear" if f"weather {chosen}" in heard.avoided else chosen


def features_of(heard: Heard) -> frozenset[str]:
    """What was said to be special, and what is not wanted."""
    wanted = {value for value, _ in heard.all("feature")}
    return frozenset(wanted | {name for avoided, name in _NOT_WANTED.items() if avoided in heard.avoided})


def wind_of(heard: Heard) -> float:
    """Times the usual wind: as said, else as the weather brings it."""
    said = _WIND.get(heard.first("wind"))
    if said is not None:
        return max(0.0, min(3.0, 1 + (said - 1) * heard.weight("wind")))
    return 1.8 if heard.first("weather") == "storm" else 1.0
