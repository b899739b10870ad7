"""Prompt to Intent: which words are understood, what they say, which are negated and which mean nothing to the engine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from engines.generate.base import GenerationRequest
from engines.generate.procedural.draw.setting import implied, settings
from engines.generate.procedural.spec import Intent
from engines.generate.procedural.words import CLAUSE_END, NEGATIONS, NUMBERS, QUIET, vocabulary
from timeline.time import RationalTime

MAX_PROMPT = 4000
_TOKEN = re.compile(r"[a-z0-9][a-z0-9'’\-]*|[,.;:!?]")
_UNIT = r"(s|secs?|seconds?|m|mins?|minutes?)\b"
_DIGITS = re.compile(r"\b(\d+(?:\.\d+)?)\s*-?\s*" + _UNIT)
_SPELT = re.compile(r"\b([a-z\-]+)[\s\-]+(seconds?|minutes?)\b")
_HALF = re.compile(r"\bhalf\s+(?:of\s+)?a\s+minute\b|\bhalf[\s-]minute\b")
_FOLD = {
    "grey": "gray", "harbor": "harbour", "centre": "center", "colour": "color", "colours": "colors", "can't": "cannot",
    "nighttime": "night", "gray": "grey", "lit": "lit",
}  # fmt: skip
_LONGEST = 4


@dataclass
class _Reading:
    """What has been understood so far."""

    found: dict[str, list[str]] = field(default_factory=dict)
    avoided: dict[str, list[str]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    understood: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    def take(self, phrase: str, meanings: tuple[tuple[str, str], ...], negated: bool, count: int | None) -> None:
        kept = self.avoided if negated else self.found
        for domain, value in meanings:
            values = kept.setdefault(domain, [])
            if value not in values:
                values.append(value)
            if domain == "subject" and not negated:
                # A plural without a number is a small group.
                number = count or (3 if phrase.endswith("s") and not phrase.endswith("ss") else 1)
                self.counts[value] = max(self.counts.get(value, 0), number)
        told = ", ".join(f"{domain} {value}" for domain, value in meanings)
        self.understood[("not " if negated else "") + phrase] = told

    def first(self, domain: str) -> str:
        values = [v for v in self.found.get(domain, []) if v not in self.avoided.get(domain, [])]
        return values[0] if values else ""

    def all_of(self, domain: str) -> list[str]:
        return [v for v in self.found.get(domain, []) if v not in self.avoided.get(domain, [])]


def interpret(request: GenerationRequest) -> Intent:
    """What a request asks for. Fields of the request win over words of the prompt."""
    reading = _Reading()
    text = request.prompt[:MAX_PROMPT].lower().replace("’", "'")
    duration, text = duration_in(text)
    _read(text, reading)
    _read(request.style.lower(), reading)
    _read(request.mood.lower(), reading)
    _read(request.negative_prompt.lower(), reading, negated=True)
    own_style, own_mood = _words_of(request.style, "style"), _words_of(request.mood, "mood")
    subjects = tuple((name, reading.counts.get(name, 1)) for name in reading.all_of("subject"))
    pace = reading.first("pace")
    return Intent(
        setting=_setting(reading),
        features=frozenset(reading.all_of("feature")),
        time=reading.first("time"),
        weather=_weather(reading),
        palette=reading.first("palette"),
        subjects=subjects,
        camera=request.camera_motion or reading.first("camera"),
        shot=reading.first("shot"),
        handheld=bool(reading.first("handheld")),
        pace=float(pace) if pace else 1.0,
        subject_motion=request.subject_motion
        if request.subject_motion not in ("", "none")
        else reading.first("subject_motion"),
        mood=own_mood or reading.first("mood"),
        style=own_style or reading.first("style"),
        duration=duration,
        avoided=frozenset(f"{domain} {value}" for domain, values in reading.avoided.items() for value in values),
        understood=reading.understood,
        unknown=tuple(dict.fromkeys(reading.unknown)),
    )


def duration_in(text: str) -> tuple[RationalTime | None, str]:
    """The length that a text names ("10 seconds", "half a minute", "two minutes"), and the text without it."""
    if match := _HALF.search(text):
        return RationalTime(30), text.replace(match.group(), " ", 1)
    if match := _DIGITS.search(text):
        amount = Fraction(match.group(1))
        minutes = match.group(2).startswith("m")
        rest = text[: match.start()] + " " + text[match.end() :]
        return (RationalTime(amount * (60 if minutes else 1)), rest) if amount > 0 else (None, rest)
    for match in _SPELT.finditer(text):
        number = NUMBERS.get(match.group(1))
        if number:
            rest = text[: match.start()] + " " + text[match.end() :]
            return RationalTime(number * (60 if match.group(2).startswith("m") else 1)), rest
    return None, text


def _words_of(text: str, domain: str) -> str:
    own = _Reading()
    _read(text.lower(), own)
    return own.first(domain)


def _forms(word: str) -> Iterator[str]:
    """A word and what it may be an inflection of."""
    yield word
    if word in _FOLD:
        yield _FOLD[word]
    if word.endswith("'s"):
        yield word[:-2]
    if len(word) > 3 and word.endswith("ies"):
        yield word[:-3] + "y"
    if len(word) > 3 and word.endswith("es"):
        yield word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]
    if len(word) > 4 and word.endswith("y"):
        yield word[:-1]
    if len(word) > 5 and word.endswith("ing"):
        yield word[:-3]
        yield word[:-3] + "e"
    if len(word) > 4 and word.endswith("ed"):
        yield word[:-2]
        yield word[:-1]


def _read(text: str, reading: _Reading, negated: bool = False) -> None:
    tokens = _TOKEN.findall(text)
    index, denied, count = 0, 0, None
    while index < len(tokens):
        word = tokens[index]
        if not word[0].isalnum():
            denied, count = (denied if word in ",;" and denied == 1 else 0), None
            index += 1
            continue
        length, meanings = _match(tokens, index)
        if word in NUMBERS and tokens[index + 1 : index + 2] == ["of"]:
            meanings = ()
        if word in NEGATIONS and not (length > 1):
            denied, index = 4, index + 1
            continue
        if meanings:
            phrase = " ".join(tokens[index : index + length])
            reading.take(phrase, meanings, negated or denied > 0, count)
            index, count = index + length, None
            joined = index < len(tokens) and tokens[index] in ("or", "nor")
            denied = 4 if denied and joined else 0
            continue
        number = int(word) if word.isdigit() else NUMBERS.get(word)
        if number is not None:
            count = min(60, number) or None
        elif word in CLAUSE_END:
            count = None
            denied = 0
        elif not _is_quiet(word):
            reading.unknown.append(word)
        denied = max(0, denied - 1)
        index += 1


def _is_quiet(token: str) -> bool:
    return any(form in _QUIET for form in _forms(token)) or len(token) < 2


_QUIET = frozenset(QUIET)


def _match(tokens: list[str], index: int) -> tuple[int, tuple[tuple[str, str], ...]]:
    """The longest phrase that starts here, and its meanings."""
    table = vocabulary()
    for length in range(min(_LONGEST, len(tokens) - index), 0, -1):
        part = tokens[index : index + length]
        head = tuple(part[:-1])
        for form in _forms(part[-1]):
            if meanings := table.get((*head, form)):
                return length, meanings
        if length == 1 and "-" in part[0]:
            pieces = part[0].split("-")
            for form in _forms(pieces[-1]):
                if meanings := table.get((*pieces[:-1], form)):
                    return 1, meanings
    return 0, ()


_IMPLIED = {
    "lighthouse": "sea", "sailboat": "sea", "ferry": "sea", "paper_boat": "sea", "fish": "underwater", "jellyfish": "underwater",
    "planet": "space", "rocket": "space", "cup": "room", "camel": "desert", "car": "road", "umbrella": "street", "tree": "meadow",
    "house": "meadow", "balloon": "meadow", "deer": "forest", "birds": "sea", "person": "meadow",
}  # fmt: skip


def _setting(reading: _Reading) -> str:
    """The first setting named; a special case of one that comes later wins ("city street", "sea, underwater").

    Where none is named, what else was said implies one: a boat the sea, rain a street. Nothing at all: empty.
    """
    named = reading.all_of("setting")
    if named:
        first = named[0]
        for special, setting in settings().items():
            if special in named and first in setting.special_of:
                return special
        if first == "night_sky" and len(named) > 1 and not {"aurora", "milky way"} & set(reading.all_of("feature")):
            return named[1]
        return first
    for domain, table in (
        ("subject", _IMPLIED),
        *((domain, implied(domain)) for domain in ("feature", "weather", "time")),
    ):
        for value in reading.all_of(domain):
            if value in table:
                return table[value]
    return ""


def _weather(reading: _Reading) -> str:
    found = reading.all_of("weather")
    # Of several the heaviest: "storm clouds" is a storm, "rain and mist" is rain.
    for kind in ("storm", "snow", "rain", "fog", "cloudy", "clear"):
        if kind in found:
            return kind
    return "clear" if reading.avoided.get("weather") else ""
