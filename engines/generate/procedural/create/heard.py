"""What a prompt said, by domain, as creating needs it: values with weights, what is avoided, and one said over another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from engines.generate.procedural.intent import Intent, Relation, TextWish, Wanted

Said = tuple[tuple[str, float], ...]
_SINGLE = ("setting", "time", "weather", "palette", "camera", "shot", "subject_motion", "mood", "style")


@dataclass(frozen=True)
class Heard:
    """Values with weights by domain, the first the strongest word of it; subjects with their numbers."""

    said: Mapping[str, Said] = field(default_factory=dict)
    subjects: tuple[tuple[str, int], ...] = ()
    avoided: frozenset[str] = frozenset()
    pace: float = 1.0
    handheld: bool = False
    title: str = ""
    steps: tuple[str, ...] = ()
    explains: bool = False
    relations: tuple[Relation, ...] = ()
    cast: tuple[Wanted, ...] = ()
    texts: tuple[TextWish, ...] = ()
    hints: Said = ()
    """Palettes that other words only suggest."""

    def first(self, domain: str) -> str:
        """The value of a domain; empty where nothing was said, or where it is not wanted."""
        return next((value for value, _ in self.all(domain)), "")

    def all(self, domain: str) -> Said:
        """All values of a domain that are wanted, with weights."""
        return tuple(one for one in self.said.get(domain, ()) if f"{domain} {one[0]}" not in self.avoided)

    def weight(self, domain: str, usual: float = 1.0) -> float:
        """How strongly the first value of a domain was said."""
        return next((weight for _, weight in self.all(domain)), usual)

    def over(self, earlier: Heard) -> Heard:
        """What was said first, changed by what is said now. Another place brings nothing along but light, look and camera."""
        elsewhere = bool(self.first("setting")) and self.first("setting") != earlier.first("setting")
        kept = {k: v for k, v in earlier.said.items() if not (elsewhere and k in ("feature", "weather"))}
        subjects = self.subjects or (() if elsewhere else earlier.subjects)
        said = {**kept, **{k: v for k, v in self.said.items() if v}}
        return replace(
            self,
            said=said,
            subjects=subjects,
            cast=self.cast or (() if elsewhere else earlier.cast),
            relations=self.relations if self.cast else (() if elsewhere else earlier.relations),
            avoided=self.avoided | earlier.avoided,
            hints=self.hints or earlier.hints,
            pace=self.pace if self.pace != 1.0 else earlier.pace,
            handheld=self.handheld or earlier.handheld,
        )


def heard(intent: Intent, film: Intent | None = None) -> Heard:
    """An intent, as creating reads it; of a beat, with the texts of the whole `film`."""
    said: dict[str, Said] = dict(intent.values)
    for name in _SINGLE:  # what the request's own fields say comes first
        if value := getattr(intent, name):
            said[name] = (
                (value, intent.weight(name, value) or 1.0),
                *(one for one in intent.all(name) if one[0] != value),
            )
    said["feature"] = tuple((value, intent.weight("feature", value) or 1.0) for value in sorted(intent.features))
    whole = film or intent
    title = next((wish.text for wish in whole.texts if wish.kind == "title"), "")
    return Heard(
        said,
        intent.subjects,
        intent.avoided,
        intent.pace,
        intent.handheld,
        title,
        whole.steps,
        whole.template in ("explainer", "educational"),
        intent.relations,
        intent.cast,
        tuple(wish for wish in whole.texts if wish.text != title),
        intent.hints.get("palette", ()),
    )
