"""What has been understood of one stretch of a prompt: values with weights, the cast, relations, chips, unknown words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from engines.generate.procedural.intent import Chip, Relation, Unknown, Wanted
from engines.generate.procedural.interpret.domain import domains
from engines.generate.procedural.interpret.vocabulary import Meaning
from timeline.time import RationalTime

HINT = 0.3
"""What a hint weighs."""
_AGAIN = 0.25
"""What saying a value once more adds."""
HEAVIEST = 2.5


@dataclass
class Reading:
    """Grows while words are read. `values` and `hints`: domain to value to weight; `avoided`: domain to values."""

    values: dict[str, dict[str, float]] = field(default_factory=dict)
    hints: dict[str, dict[str, float]] = field(default_factory=dict)
    avoided: dict[str, list[str]] = field(default_factory=dict)
    cast: list[Wanted] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    chips: list[Chip] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)
    duration: RationalTime | None = None

    def say(self, domain: str, value: str, weight: float) -> None:
        """Take a value in; said again it weighs more."""
        said = self.values.setdefault(domain, {})
        said[value] = min(HEAVIEST, said[value] + _AGAIN * weight if value in said else weight)

    def hint(self, domain: str, value: str, weight: float = HINT) -> None:
        """Take in what is only hinted at."""
        hinted = self.hints.setdefault(domain, {})
        hinted[value] = max(weight, hinted.get(value, 0.0))

    def deny(self, domain: str, value: str) -> None:
        """Take in what shall not be; where the opposite has a name, it is wished a little."""
        denied = self.avoided.setdefault(domain, [])
        if value not in denied:
            denied.append(value)
        known = domains().get(domain)
        if known is not None and value in known.opposite:
            self.say(domain, known.opposite[value], 0.6)

    def call(self, meaning: Meaning, count: int, weight: float, size: float, colour: str) -> int:
        """Put a subject into the cast; the same one again is counted with the first. Returns its place."""
        for place, one in enumerate(self.cast):
            if (one.name, one.variant, one.colour or colour) == (meaning.value, meaning.variant, colour or one.colour):
                size = size if size != 1.0 else one.size
                self.cast[place] = replace(one, count=max(one.count, count), size=size, colour=colour or one.colour)
                return place
        self.cast.append(Wanted(meaning.value, count, meaning.variant, colour, size, weight))
        return len(self.cast) - 1

    def all_of(self, domain: str) -> list[str]:
        """What was said in a domain and not denied."""
        denied = self.avoided.get(domain, ())
        return [value for value in self.values.get(domain, ()) if value not in denied]

    def first(self, domain: str) -> str:
        """The first of them."""
        return next(iter(self.all_of(domain)), "")

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was understood."""
        return not (self.values or self.avoided or self.cast)


def joined(readings: list[Reading]) -> Reading:
    """Readings one after the other as one."""
    whole = Reading()
    for one in readings:
        for domain, values in one.values.items():
            for value, weight in values.items():
                whole.say(domain, value, weight)
        for domain, values in one.hints.items():
            for value, weight in values.items():
                whole.hint(domain, value, weight)
        for domain, denied in one.avoided.items():
            kept = whole.avoided.setdefault(domain, [])
            kept += [value for value in denied if value not in kept]
        places = [
            whole.call(Meaning("subject", each.name, each.variant), each.count, each.weight, each.size, each.colour)
            for each in one.cast
        ]
        for relation in one.relations:
            subject, name, other = relation
            moved = Relation(
                places[subject] if isinstance(subject, int) else subject,
                name,
                places[other] if isinstance(other, int) else other,
            )
            if moved not in whole.relations:
                whole.relations.append(moved)
        whole.chips += one.chips
        whole.unknown += one.unknown
    lengths = [one.duration for one in readings if one.duration is not None]
    if lengths:
        total = lengths[0]
        for length in lengths[1:]:
            total = total + length
        whole.duration = total
    return whole
