"""All words the engine understands, gathered from where they are kept: the domains, the settings, the subjects, the nearby words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from engines.generate.procedural.draw.setting import settings
from engines.generate.procedural.draw.subject_kind import subject_words
from engines.generate.procedural.interpret.colours import COLOURS
from engines.generate.procedural.interpret.domain import Domain, domains
from engines.generate.procedural.interpret.forms import compared, forms, is_plural, singular, verb_forms
from engines.generate.procedural.interpret.nearby import FOREIGN, NEARBY
from engines.generate.procedural.interpret.tokens import folded

RANKS = {"subject": 0, "setting": 5, "subject_colour": 1}
TITLES = {"subject": "Subject", "setting": "Setting", "subject_colour": "Colour", "look": "Look"}
_PROPS = frozenset(
    """
    flowing fluid liquid smoke paint ink line pattern square circle triangle shape spotlight table desk home inside star stars horizon draft
    diagram loop background texture gradient swirl water spring country sand leaf leaves wheat trunk drive driving lamp window curtain
    turtle     cactus show route journey traffic christmas bridge flat grass shop orbit performance sphere cube hexagon rectangle polygon
    paint     field     architect bench meteor comet asteroid rocky library minimalist silk line-drawing chimney roof
    """.split()
)
"""Words of settings that may as well stand for a thing in another one: they only hint at a place, as subjects do."""
_NO_PLACE = ("background", "loop", "show")
"""Said of any scene."""
FAMILIAR = 6
"""Longest phrase, in words."""


class Meaning(NamedTuple):
    """What a phrase says in one domain. `variant` names a special kind of a subject; a hint does not count as saying it."""

    domain: str
    value: str
    variant: str = ""
    is_hint: bool = False


class Match(NamedTuple):
    """A phrase that was found: how many words long, what it means, how strongly, and which known word it was taken for."""

    length: int
    meanings: tuple[Meaning, ...]
    amount: float = 1.0
    guess: str = ""


NOTHING = Match(0, ())


@dataclass
class _Table:
    phrases: dict[tuple[str, ...], list[Meaning]] = field(default_factory=dict)

    def add(self, phrase: str, meaning: Meaning) -> None:
        for words in _spelt(phrase):
            known = self.phrases.setdefault(words, [])
            if all(one[:2] != meaning[:2] for one in known):
                known.append(meaning)


def _spelt(phrase: str) -> Iterator[tuple[str, ...]]:
    """A phrase in one spelling; with a starred verb, in all its forms; with a hyphen, also without."""
    words = phrase.split()
    for place, word in enumerate(words):
        if word.endswith("*"):
            for form in verb_forms(word[:-1]):
                yield tuple(folded(one) for one in (*words[:place], form, *words[place + 1 :]))
            return
    key = tuple(folded(word) for word in words)
    yield key
    if any("-" in word for word in key):
        yield tuple(part for word in key for part in word.split("-") if part)


@cache
def vocabulary() -> Mapping[tuple[str, ...], tuple[Meaning, ...]]:
    """Phrase (a tuple of words) to what it means, the meaning that names it first."""
    table = _Table()
    props = subject_words()
    for name, setting in settings().items():
        for word in (one for one in setting.words if one not in _NO_PLACE):
            table.add(word, Meaning("setting", name, is_hint=word in props or word in _PROPS))
    for word, (name, variant) in subject_words().items():
        table.add(word, Meaning("subject", name, variant))
    for name, domain in domains().items():
        for value, words in domain.lines().items():
            for word in words:
                table.add(word.lstrip("~"), Meaning(name, value, is_hint=word.startswith("~")))
    return MappingProxyType({words: _ranked(meanings) for words, meanings in table.phrases.items()})


def _ranked(meanings: Iterable[Meaning]) -> tuple[Meaning, ...]:
    return tuple(sorted(meanings, key=lambda one: (one.is_hint, rank(one.domain))))


def rank(domain: str) -> int:
    """The lowest of several meanings names a phrase."""
    return RANKS[domain] if domain in RANKS else domains()[domain].rank


def title(domain: str) -> str:
    """What a domain is called for the user."""
    return TITLES[domain] if domain in TITLES else domains()[domain].title


@cache
def values(domain: str) -> Mapping[str, str]:
    """The values of a domain, each with the plainest word for it."""
    if domain == "setting":
        return MappingProxyType({name: setting.words[0] for name, setting in settings().items()})
    if domain == "subject_colour":
        return MappingProxyType({name: name for name in COLOURS})
    if domain == "subject":
        firsts: dict[str, str] = {}
        for word, (name, variant) in subject_words().items():
            if not variant and not is_plural(word):  # `flock`, not `birds`
                firsts.setdefault(name, word)
        return MappingProxyType(firsts)
    return MappingProxyType({value: _plain(words) for value, words in domains()[domain].lines().items() if words})


def _plain(words: tuple[str, ...]) -> str:
    return words[0].lstrip("~").replace("*", "")


@cache
def single_words() -> frozenset[str]:
    """Every word that is a phrase of its own."""
    return frozenset(words[0] for words in vocabulary() if len(words) == 1)


@cache
def _starts() -> frozenset[str]:
    """Every word that a longer phrase begins with."""
    return frozenset(words[0] for words in vocabulary() if len(words) > 1)


def is_gradual(domain: str) -> bool:
    """Whether a domain's words have comparatives."""
    known: Domain | None = domains().get(domain)
    return known is not None and known.is_gradual


def match(words: list[str], at: int) -> Match:
    """The longest phrase that starts at a word."""
    first = words[at]
    if first in _starts() or any(form in _starts() for form in forms(first)):
        table = vocabulary()
        for length in range(min(FAMILIAR, len(words) - at), 1, -1):
            part = words[at : at + length]
            for head in forms(part[0])[:3]:
                middle = (head, *part[1:-1])
                for tail in forms(part[-1]):
                    if found := table.get((*middle, tail)):
                        return Match(length, found)
    return _single(first)


@lru_cache(maxsize=8192)
def _known(word: str) -> tuple[Meaning, ...]:
    table = vocabulary()
    for form in forms(word):
        if found := table.get((form,)):
            if form != word or not is_plural(word):
                return found
            # A plural that has meanings of its own keeps those of its singular, where they speak of something else.
            more = next((table[(one,)] for one in forms(word)[1:] if (one,) in table), ())
            spoken = {one.domain for one in found}
            return _ranked([*found, *(one for one in more if one.domain not in spoken)])
    return ()


@cache
def _foreign() -> Mapping[str, str]:
    return MappingProxyType({folded(word): target for word, target in FOREIGN.items()})


def _single(word: str) -> Match:
    if found := _known(word):
        return Match(1, found)
    roots, amount = compared(word)
    for root in roots:
        found = tuple(one for one in _known(root) if is_gradual(one.domain))
        if found:
            return Match(1, found, amount)
    for table, amount in ((NEARBY, 0.8), (_foreign(), 0.9)):
        for form in dict.fromkeys((word, singular(word))):  # no verbs: nothing rugged is near a rug
            if form in table and (found := _known(folded(table[form]))):
                near = tuple(
                    one._replace(is_hint=one.is_hint or (table is NEARBY and one.domain == "setting")) for one in found
                )
                return Match(1, near, amount, table[form])
    return NOTHING
