"""What a word may be an inflection of, and the other way round: plurals, verb forms, comparatives."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

_IRREGULAR = {
    "men": "man", "women": "woman", "children": "child", "people": "person", "feet": "foot", "geese": "goose", "mice": "mouse",
    "leaves": "leaf", "wolves": "wolf", "knives": "knife", "shelves": "shelf", "loaves": "loaf", "halves": "half",
    "lives": "life", "wives": "wife", "cacti": "cactus", "sheep": "sheep", "deer": "deer", "fish": "fish", "oxen": "ox",
    "nebulae": "nebula", "teeth": "tooth", "kids": "kid",
}  # fmt: skip
_PLURALS = {one: many for many, one in _IRREGULAR.items()}
_COMPARED = {
    "more": "", "better": "", "brighter": "bright", "happier": "happy", "sadder": "sad", "hotter": "hot", "redder": "red",
    "moodier": "moody", "dreamier": "dreamy", "noisier": "noisy",
}  # fmt: skip
_NO_PLURAL = ("ss", "us", "is")


@lru_cache(maxsize=8192)
def forms(word: str) -> tuple[str, ...]:
    """The word itself and what it may be an inflection of, likeliest first."""
    return tuple(dict.fromkeys(_forms(word)))


def _forms(word: str) -> Iterator[str]:
    yield word
    if word in _IRREGULAR:
        yield _IRREGULAR[word]
    size = len(word)
    if word.endswith(("'s", "s'")):
        yield word[:-2] if word.endswith("'s") else word[:-1]
    if size > 4 and word.endswith("ies"):
        yield word[:-3] + "y"
    if size > 3 and word.endswith("s") and not word.endswith(_NO_PLURAL):
        yield word[:-1]
    if size > 4 and word.endswith("es"):
        yield word[:-2]
    if size > 5 and word.endswith("y"):
        yield word[:-1]
        yield word[:-1] + "e"
        if word[-2] == word[-3]:
            yield word[:-2]
    if size > 5 and word.endswith("ing"):
        yield word[:-3]
        yield word[:-3] + "e"
        if word[-4] == word[-5]:
            yield word[:-4]
    if size > 4 and word.endswith("ed"):
        yield word[:-2]
        yield word[:-1]
        if size > 5 and word[-3] == word[-4]:
            yield word[:-3]
    if size > 6 and word.endswith("ness"):
        yield word[:-4]
        yield word[:-5] + "y"
    if size > 5 and word.endswith("ly"):
        yield word[:-2]
        yield word[:-3] + "y"
    if size > 5 and word.endswith("like"):
        yield word[:-4].rstrip("-")


@lru_cache(maxsize=4096)
def compared(word: str) -> tuple[tuple[str, ...], float]:
    """What a comparative or a word in -ish is made of, and how much of it is meant: ("dark",), 1.3 for "darker"."""
    if word in _COMPARED:
        return ((_COMPARED[word],), 1.3) if _COMPARED[word] else ((), 1.0)
    for ending, amount in (("er", 1.3), ("est", 1.6), ("ish", 0.5)):
        if len(word) > len(ending) + 2 and word.endswith(ending):
            root = word[: -len(ending)]
            found = [root, root + "e"]
            if root[-1] == "i":
                found.append(root[:-1] + "y")
            if len(root) > 2 and root[-1] == root[-2]:
                found.append(root[:-1])
            return tuple(found), amount
    return (), 1.0


def is_plural(word: str) -> bool:
    """Whether the word speaks of several."""
    if word in _IRREGULAR:
        return _IRREGULAR[word] != word
    return len(word) > 3 and word.endswith("s") and not word.endswith(_NO_PLURAL)


def plural(phrase: str) -> str:
    """Several of what a phrase names: `birds` for `bird`, `fishing boats` for `fishing boat`."""
    head, space, word = phrase.rpartition(" ")
    return f"{head}{space}{_plural(word)}"


def _plural(word: str) -> str:
    if word in _PLURALS:
        return _PLURALS[word]
    if is_plural(word):
        return word
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh", "z")) else "s")


def singular(phrase: str) -> str:
    """One of what a phrase names."""
    head, space, word = phrase.rpartition(" ")
    if word in _IRREGULAR:
        return f"{head}{space}{_IRREGULAR[word]}"
    if not is_plural(word):
        return phrase
    if word.endswith("ies"):
        return f"{head}{space}{word[:-3]}y"
    if word.endswith(("sses", "xes", "ches", "shes", "zes")):
        return f"{head}{space}{word[:-2]}"
    return f"{head}{space}{word[:-1]}"


def verb_forms(verb: str) -> tuple[str, ...]:
    """`pan` as pan, pans, panning, panned; regular verbs only."""
    vowels = "aeiou"
    if verb.endswith("e") and not verb.endswith("ee"):
        return (verb, verb + "s", verb[:-1] + "ing", verb + "d")
    if verb.endswith("y") and verb[-2] not in vowels:
        return (verb, verb[:-1] + "ies", verb + "ing", verb[:-1] + "ied")
    if verb.endswith(("s", "x", "ch", "sh", "z")):
        return (verb, verb + "es", verb + "ing", verb + "ed")
    doubled = len(verb) > 2 and verb[-1] not in vowels + "wxy" and verb[-2] in vowels and verb[-3] not in vowels
    stem = verb + verb[-1] if doubled and len(verb) <= 5 else verb
    return (verb, verb + "s", stem + "ing", stem + "ed")
