"""Words as the catalogue compares them: by their forms, by what the embedded engine knows they mean, and as one vector a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from engines.generate.procedural.interpret.forms import forms
from engines.generate.procedural.interpret.tokens import folded, tokenise
from engines.generate.procedural.interpret.vocabulary import match
from studio_app.catalogue.family import families

WIDTH = 192
"""Of a text's vector."""
LONGEST = 20_000
"""Characters of a text that are looked at: tags may be any number."""
_ENDINGS = tuple(
    "ational fulness iveness ation ement ment ness able ible ance ence ious ive ion ous ful ity ism ist ic al".split()
)
_LEAST_STEM = 4
_MEANING = 0.8
EMPTY = frozenset(
    """a an and are as at be by for from has he her his i in into is it its of on or our over she so that the their them there
    they this to under up was we were with you video film footage clip shot scene take movie mp4 mov mkv avi wav png jpg jpeg""".split()
)
"""Said of anything: it sets no clip apart."""
_SPLIT = re.compile(r"[_\-.,;:/\\()\[\]{}]+")
Vector = NDArray[np.float32]


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """What is common to a word's forms: `chas` of chase, chased, chasing; `explos` of explosion and explosive."""
    found = min(forms(folded(word)), key=len)
    for ending in _ENDINGS:
        if found.endswith(ending) and len(found) - len(ending) >= _LEAST_STEM:
            found = found[: -len(ending)]
            break
    return found[:-1] if found.endswith("e") and len(found) > _LEAST_STEM else found


def stems(text: str) -> Iterator[tuple[str, str]]:
    """(stem, word) of each word that says something; compounds both whole and in parts."""
    for word, _typed in _words(text):
        if word not in EMPTY and not word.isdigit():
            yield stem(word), word


def _words(text: str) -> Iterator[tuple[str, str]]:
    """(word in one spelling, as it was typed) of all words in turn."""
    for token in tokenise(text[:LONGEST]):
        if token.is_sign:
            continue
        parts = [part for part in _SPLIT.split(token.text) if part]
        if len(parts) > 1:
            yield token.text, token.raw.lower()
        for part in dict.fromkeys(parts):
            yield part, part if len(parts) > 1 else token.raw.lower()


def without_empty(text: str) -> str:
    """Words that say something, with blanks between: for names of files."""
    return " ".join(word for word in text.split() if word.lower() not in EMPTY)


def meanings(text: str) -> Iterator[tuple[str, str]]:
    """(`domain=value`, word) of what the embedded engine's vocabulary understands, hints included."""
    tokens = [token for token in tokenise(text[:LONGEST]) if not token.is_sign]
    words = [token.text for token in tokens]
    at = 0
    while at < len(words):
        found = match(words, at)
        if found.length and words[at] not in EMPTY:
            typed = " ".join(dict.fromkeys(token.raw.lower() for token in tokens[at : at + found.length]))
            for one in found.meanings:
                yield f"{one.domain}={one.value}", typed
        at += max(1, found.length)


def written_out(words: str) -> Iterator[tuple[str, str]]:
    """(form, entry) of a kind's words: `chas/e/es/ing` is chase, chases, chasing; `fast//er` fast, faster.

    Nothing else is a form of a word: nature is not natural, a class no classic.
    """
    for entry in words.split():
        head, *endings = entry.split("/")
        for form in [head + ending for ending in endings] if endings else [head]:
            yield folded(form), entry


@cache
def _kinds_of() -> tuple[Mapping[str, tuple[tuple[str, str], ...]], Mapping[str, tuple[str, ...]]]:
    """Clusters by form, each with the entry that the form is of, and by meaning."""
    by_form: dict[str, tuple[tuple[str, str], ...]] = {}
    by_meaning: dict[str, tuple[str, ...]] = {}
    for family in families().values():
        for kind in family.kinds:
            cluster = f"{family.id}.{kind.id}"
            for form, entry in written_out(kind.words):
                by_form[form] = (*by_form.get(form, ()), (cluster, entry))
            for meaning in kind.meanings:
                by_meaning[meaning] = (*by_meaning.get(meaning, ()), cluster)
    return by_form, by_meaning


def clusters_said(text: str) -> Mapping[str, tuple[str, ...]]:
    """Clusters that a text speaks of, each with the words that do, as they were typed; forms of one word count once."""
    by_form, by_meaning = _kinds_of()
    found: dict[str, dict[str, str]] = {}
    entries: dict[tuple[str, str], str] = {}
    before = ("", "")
    for word, typed in _words(text):
        for form, shown in ((word, typed), (f"{before[0]}-{word}", f"{before[1]} {typed}")):  # sci fi, high quality
            for cluster, entry in by_form.get(form, ()):
                found.setdefault(cluster, {}).setdefault(entry, shown)
                entries[cluster, shown] = entry
        before = (word, typed)
    for meaning, typed in meanings(text):
        for cluster in by_meaning.get(meaning, ()):
            told = (entries[cluster, part] for part in (typed, *typed.split()) if (cluster, part) in entries)
            found.setdefault(cluster, {}).setdefault(next(told, typed), typed)
    return {cluster: tuple(words.values()) for cluster, words in found.items()}


def vector_of(text: str) -> Vector:
    """(WIDTH,) of length 1, or 0 for a text that says nothing: what is said, hashed, each thing by the root of how often."""
    counts: dict[str, float] = {}
    for root, _word in stems(text):
        counts[root] = counts.get(root, 0) + 1
    for meaning, _word in meanings(text):
        counts[meaning] = counts.get(meaning, 0) + _MEANING
    return hashed(counts.items())


def hashed(weighed: Iterable[tuple[str, float]]) -> Vector:
    """Names with weights as one vector: each name stands at two places with signs of its own."""
    found = np.zeros(WIDTH, np.float32)
    for name, weight in weighed:
        for place, sign in _places(name):
            found[place] += sign * weight**0.5
    length = float(np.linalg.norm(found))
    return found / length if length > 0 else found


@lru_cache(maxsize=65536)
def _places(name: str) -> tuple[tuple[int, float], ...]:
    digest = blake2b(name.encode(), digest_size=8).digest()
    numbers = (int.from_bytes(digest[:4], "little"), int.from_bytes(digest[4:], "little"))
    return tuple((number // 2 % WIDTH, 1.0 if number % 2 else -1.0) for number in numbers)
