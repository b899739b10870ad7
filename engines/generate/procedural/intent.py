"""What was understood of a prompt: plain frozen data between the words and the scene."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from engines.generate.understood import Chip as Chip
from engines.generate.understood import Unknown as Unknown
from timeline.time import RationalTime

RELATIONS = ("in_front_of", "behind", "left_of", "right_of", "above", "below", "beside", "inside", "between")
TEXT_KINDS = ("title", "subtitle", "caption", "step")
TEXT_PLACES = ("centre", "top", "bottom", "left", "right", "lower_third", "upper_third")


class Relation(NamedTuple):
    """Where something stands: `subject` and `other` are places in `Intent.cast`, or names: a setting, a feature, `sun`, `frame`."""

    subject: int | str
    relation: str
    other: int | str


@dataclass(frozen=True)
class Wanted:
    """Something that shall be seen. `size` multiplies its usual height; `colour` is a name ("red"), `variant` a kind of the kind."""

    name: str
    count: int = 1
    variant: str = ""
    colour: str = ""
    size: float = 1.0
    weight: float = 1.0


@dataclass(frozen=True)
class TextWish:
    """Words to be shown in the picture. `kind` is one of TEXT_KINDS, `place` of TEXT_PLACES or empty: as the kind is usual."""

    text: str
    kind: str = "title"
    place: str = ""


Weighed = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Intent:
    """A prompt, understood. Empty texts: nothing was said about it.

    `values` holds, for each domain that was spoken of, what was said and how strongly (1 is plain, "slightly" less, "very"
    more), in the order of the words; what was denied is left out and stands in `avoided` ("palette fire"). `hints` are
    what words only suggest (the sea is blue): never named, to be blended in at most. The named fields are the first of each,
    settled. `beats` are all parts of "A, then B" (none where there is one part), each an Intent that keeps what it does not
    change; the Intent itself then speaks of the whole. `template` is what was asked to be explained (explainer, tutorial,
    educational), `steps` the parts of the prompt as they were written, where it has such a template.
    """

    setting: str = ""
    features: frozenset[str] = frozenset()
    time: str = ""
    weather: str = ""
    palette: str = ""
    subjects: tuple[tuple[str, int], ...] = ()
    camera: str = ""
    shot: str = ""
    handheld: bool = False
    pace: float = 1.0
    subject_motion: str = ""
    mood: str = ""
    style: str = ""
    duration: RationalTime | None = None
    avoided: frozenset[str] = frozenset()
    understood: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    values: Mapping[str, Weighed] = field(default_factory=dict)
    hints: Mapping[str, Weighed] = field(default_factory=dict)
    cast: tuple[Wanted, ...] = ()
    relations: tuple[Relation, ...] = ()
    beats: tuple[Intent, ...] = ()
    texts: tuple[TextWish, ...] = ()
    template: str = ""
    steps: tuple[str, ...] = ()
    chips: tuple[Chip, ...] = ()
    unknowns: tuple[Unknown, ...] = ()

    def all(self, domain: str) -> Weighed:
        """What was said in a domain, with weights; empty where nothing was."""
        return self.values.get(domain, ())

    def first(self, domain: str) -> str:
        """The first value said in a domain; empty where nothing was."""
        said = self.values.get(domain, ())
        return said[0][0] if said else ""

    def weight(self, domain: str, value: str = "") -> float:
        """How strongly a value was said (the first one, where none is named); 0 where it was not."""
        for name, weight in self.values.get(domain, ()):
            if value in ("", name):
                return weight
        return 0.0

    def avoids(self, domain: str, value: str) -> bool:
        """Whether a value was denied."""
        return f"{domain} {value}" in self.avoided
