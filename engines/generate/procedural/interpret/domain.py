"""A domain: one kind of wish, its values and the words for each. One file of `domains/` each; the file's name is its id."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType


@dataclass(frozen=True)
class Domain:
    """`words` has one line a value, `value: word, two words, ...`; the first word is the plainest and stands for the value.

    Nouns are given in the singular. A verb with all its forms is written `zoom* in`; `~sunset` is a hint only: it adds to
    what is said, but does not count as saying it. `opposite`: what is wished when a value is denied ("not dark" is bright).
    `rank` orders the meanings of a phrase that has several: the lowest names its chip. `is_gradual`: its values can be
    meant more or less; its words have comparatives ("darker").
    """

    title: str
    words: str
    rank: int = 50
    default: str = ""
    is_gradual: bool = False
    opposite: Mapping[str, str] = field(default_factory=dict)

    def lines(self) -> Mapping[str, tuple[str, ...]]:
        """The words of each value."""
        found: dict[str, tuple[str, ...]] = {}
        for line in self.words.strip().replace("\n  ", " ").splitlines():
            value, _, words = line.partition(":")
            found[value.strip()] = tuple(word.strip() for word in words.split(",") if word.strip())
        return MappingProxyType(found)


@cache
def domains() -> Mapping[str, Domain]:
    """Every domain by its id, in the order of the alphabet. Settings and subjects bring their words themselves (vocabulary.py)."""
    import engines.generate.procedural.interpret.domains as folder

    names = sorted(info.name for info in pkgutil.iter_modules(folder.__path__) if not info.name.startswith("_"))
    found = {name: importlib.import_module(f"{folder.__name__}.{name}").DOMAIN for name in names}
    return MappingProxyType(found)
