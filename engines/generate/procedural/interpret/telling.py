"""What was understood, in words for people: a line for each phrase, then relations, parts, texts, and what was not understood."""

from __future__ import annotations

from collections.abc import Mapping

from engines.generate.procedural.intent import Chip, Intent, Unknown
from engines.generate.procedural.interpret.meaning import MISSING, installed, nearest
from engines.generate.procedural.interpret.vocabulary import title, values

_NEAR = 20
"""So many unknown words are looked up by meaning."""


def told(intent: Intent) -> Mapping[str, str]:
    """Name and sentence, in the order of the prompt. A phrase said twice is told once."""
    lines = {_phrase(chip): _meant(chip) for chip in intent.chips if chip.domain not in ("duration", "text")}
    if intent.relations:
        lines["Places"] = ", ".join(_related(intent, *relation) for relation in intent.relations)
    if intent.beats:
        lines["Parts"] = " -> ".join(_part(beat) for beat in intent.beats)
    if intent.texts:
        lines["Texts"] = ", ".join(f'{wish.kind} "{wish.text}"' for wish in intent.texts)
    if intent.duration is not None:
        lines["Length"] = f"{intent.duration.to_seconds():g} s"
    if intent.unknowns:
        lines["Not understood"] = ", ".join(_missed(one) for one in suggested_by_meaning(intent.unknowns))
        if installed() is None:
            lines["Nearest words"] = f"by spelling alone. {MISSING}"
    return lines


def suggested_by_meaning(unknown: tuple[Unknown, ...]) -> tuple[Unknown, ...]:
    """Unknown words with their neighbours by meaning before those by spelling, where an embedding is installed."""
    if installed() is None:
        return unknown
    near = nearest([one.word for one in unknown[:_NEAR]])
    return tuple(
        Unknown(one.word, one.start, one.end, tuple(dict.fromkeys((*near.get(one.word, ()), *one.suggestions))))
        for one in unknown
    )


def _phrase(chip: Chip) -> str:
    return ("not " if chip.negated else "") + chip.phrase


def _meant(chip: Chip) -> str:
    said = f"{_named(chip.domain, chip.value)}"
    if chip.count > 1:
        said = f"{chip.count} x {said}"
    if chip.weight != 1.0:
        said += f" (weight {chip.weight:g})"
    if chip.guess:
        said += f", read as {chip.guess}"
    also = ", ".join(_named(domain, value) for domain, value in chip.also if domain != "entity")
    return f"{said}; {also}" if also else said


def _named(domain: str, value: str) -> str:
    return f"{title(domain).lower()} {value.replace('_', ' ')}"


def _related(intent: Intent, subject: int | str, relation: str, other: int | str) -> str:
    return f"{_thing(intent, subject)} {relation.replace('_', ' ')} {_thing(intent, other)}"


def _thing(intent: Intent, end: int | str) -> str:
    return intent.cast[end].name.replace("_", " ") if isinstance(end, int) else end.replace("_", " ")


def _part(beat: Intent) -> str:
    said = [beat.setting, beat.time, beat.weather, *(values("subject").get(one.name, one.name) for one in beat.cast)]
    return ", ".join(one.replace("_", " ") for one in said if one)


def _missed(unknown: Unknown) -> str:
    return f"{unknown.word} ({' or '.join(unknown.suggestions)}?)" if unknown.suggestions else unknown.word
