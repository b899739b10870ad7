"""Looks that a prompt names: `like Amber Drift`. Which names there are comes with the request; nothing is kept here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from engines.generate.base import GenerationRequest
from engines.generate.procedural.intent import Chip, Intent

DOMAIN = "look"
MOST = 4
"""Looks that one prompt can name."""
_LEAD = r"(?:(?:in the (?:look|style|manner|colou?rs) of|looks? like|just like|like|as in)\s+)?"

Places = Mapping[str, tuple[int, int]]


def names_of(request: GenerationRequest) -> Iterable[str]:
    """The names that come with a request."""
    looks = request.learnt.get("looks")
    return [str(one) for one in looks] if isinstance(looks, Mapping) else ()


def named_in(prompt: str, names: Iterable[str]) -> Places:
    """The looks that a prompt names, in its order, each with its place: `like Amber Drift`, or the name alone; longer names first."""
    found: dict[str, tuple[int, int]] = {}
    lowered = prompt.casefold()
    near = {name for name in names if name[:3].casefold() in lowered and name.strip()}
    for name in sorted(near, key=lambda one: (-len(one), one)):
        words = name.split()
        spelt = r"[\s-]+".join(re.escape(word) for word in words)
        for match in re.finditer(rf"(?<!\w){_LEAD}[“\"']?{spelt}[”\"']?(?!\w)", prompt, re.IGNORECASE):
            if all(match.end() <= start or match.start() >= end for start, end in found.values()):
                found[name] = (match.start(), match.end())
                break
    return dict(sorted(found.items(), key=lambda one: one[1])[:MOST])


def with_looks(intent: Intent, prompt: str, places: Places) -> Intent:
    """The intent that wants these looks, in each of its parts, with a chip for each."""
    if not places:
        return intent
    values = tuple((name, 1.0) for name in places)
    chips = [Chip(prompt[a:b], DOMAIN, name, 1.0, False, a, b, a) for name, (a, b) in places.items()]
    return replace(
        intent,
        values={**intent.values, DOMAIN: values},
        beats=tuple(replace(one, values={**one.values, DOMAIN: values}) for one in intent.beats),
        chips=tuple(sorted([*intent.chips, *chips], key=lambda chip: (chip.start < 0, chip.start))),
    )
