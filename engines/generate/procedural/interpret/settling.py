"""From what was read to an Intent: which of several settings counts, which weather is the heaviest, what else implies a place."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from engines.generate.procedural.draw.setting import implied, settings
from engines.generate.procedural.draw.subject_kind import subject_kinds
from engines.generate.procedural.intent import Intent, Relation, Weighed
from engines.generate.procedural.interpret.reading import Reading

_HEAVIEST = ("storm", "snow", "rain", "fog", "cloudy", "clear")
"""Of several weathers the first: "storm clouds" is a storm, "rain and mist" is rain."""


_TELLING = ("reef", "kelp", "beach")
_EVERYWHERE = ("person", "crowd", "dog", "cat", "umbrella")
"""Where these are says less about the place than weather and features do."""


def settled(reading: Reading) -> Intent:
    """The Intent of a reading, without beats and texts."""
    pace = reading.first("pace")
    return Intent(
        setting=setting_of(reading),
        features=frozenset(reading.all_of("feature")),
        time=reading.first("time"),
        weather=_weather(reading),
        palette=reading.first("palette"),
        subjects=tuple((one.name, one.count) for one in reading.cast if one.name not in _denied(reading, "subject")),
        camera=reading.first("camera") or next(iter(reading.hints.get("camera", ())), ""),
        shot=reading.first("shot"),
        handheld=_is_handheld(reading),
        pace=float(pace) if pace else 1.0,
        subject_motion=reading.first("subject_motion"),
        mood=reading.first("mood"),
        style=reading.first("style"),
        duration=reading.duration,
        avoided=frozenset(f"{domain} {value}" for domain, values in reading.avoided.items() for value in values),
        understood=_told(reading),
        unknown=tuple(dict.fromkeys(one.word for one in reading.unknown)),
        values=_weighed(reading.values, reading),
        hints=_weighed(reading.hints, reading),
        cast=tuple(one for one in reading.cast if one.name not in _denied(reading, "subject")),
        relations=_relations(reading),
        chips=tuple(reading.chips),
        unknowns=tuple(reading.unknown),
    )


def _is_handheld(reading: Reading) -> bool:
    by_hand = {"handheld", "shaky", "pov"}
    return any(reading.first(domain) in by_hand for domain in ("camera", "shot", "steadiness"))


def _denied(reading: Reading, domain: str) -> list[str]:
    return reading.avoided.get(domain, [])


def _weighed(said: Mapping[str, Mapping[str, float]], reading: Reading) -> Mapping[str, Weighed]:
    found = {}
    for domain, values in said.items():
        kept = tuple(
            (value, round(weight, 3)) for value, weight in values.items() if value not in _denied(reading, domain)
        )
        if kept:
            found[domain] = kept
    return MappingProxyType(found)


def _relations(reading: Reading) -> tuple[Relation, ...]:
    """Relations by places in the cast that is left when what was denied is taken out."""
    place_of: dict[int, int] = {}
    for place, one in enumerate(reading.cast):
        if one.name not in _denied(reading, "subject"):
            place_of[place] = len(place_of)

    def moved(end: int | str) -> int | str | None:
        return place_of.get(end) if isinstance(end, int) else end

    found = []
    for relation in reading.relations:
        subject, other = moved(relation.subject), moved(relation.other)
        if subject is not None and other is not None:
            found.append(relation._replace(subject=subject, other=other))
    return tuple(found)


def _told(reading: Reading) -> Mapping[str, str]:
    told: dict[str, str] = {}
    for chip in reading.chips:
        said = ", ".join(f"{domain} {value}" for domain, value in ((chip.domain, chip.value), *chip.also))
        told[("not " if chip.negated else "") + chip.phrase] = said
    return told


def setting_of(reading: Reading) -> str:
    """The first setting named; a special case of one that comes later wins ("city street", "sea, underwater").

    Where none is named, what else was said leads to one: a table into a room, a boat to the sea, rain into a street.
    Nothing at all: empty.
    """
    named = reading.all_of("setting")
    known = settings()
    if named:
        first = named[0]
        for special in (*named[1:], *_led_by_features(reading)):
            if first in known[special].special_of:
                return special
        if first == "night_sky" and len(named) > 1 and not {"aurora", "milky way"} & set(reading.all_of("feature")):
            return named[1]
        return first
    hinted = {k: v for k, v in reading.hints.get("setting", {}).items() if k not in _denied(reading, "setting")}
    if hinted:
        return max(hinted, key=lambda value: hinted[value])
    cast = [one for one in reading.cast if one.name not in _denied(reading, "subject")]
    everywhere = [one for one in cast if one.name in _EVERYWHERE]
    by_cast = (subject_kinds()[one.name].implies for one in cast if one not in everywhere)
    by_people = (subject_kinds()[one.name].implies for one in everywhere)
    by_words = (leads for domain in ("feature", "weather") for leads in _led(reading, domain))
    at_last = (leads for domain in ("weather", "lighting", "style") for leads in _led(reading, domain, "last "))
    for place in (*by_cast, *by_words, *by_people, *_led(reading, "time"), *at_last):
        if place in known:
            return place
    return ""


def _led(reading: Reading, domain: str, when: str = "") -> list[str]:
    leads = implied(when + domain)
    return [leads[value] for value in reading.all_of(domain) if value in leads]


def _led_by_features(reading: Reading) -> list[str]:
    """Coral makes the sea an underwater one."""
    leads = implied("feature")
    return [leads[value] for value in reading.all_of("feature") if value in _TELLING and value in leads]


def _weather(reading: Reading) -> str:
    found = reading.all_of("weather")
    for kind in _HEAVIEST:
        if kind in found:
            return kind
    return "clear" if reading.avoided.get("weather") else ""
