"""How tense a scene is: 0..1 out of motion, cuts, loudness and words, and from what it was told.

Each figure becomes a level that rises with it; the tension is their mean by weight. What is not known is left out, so a
storyboard without takes is judged by its words and plans alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import exp
from types import MappingProxyType
from typing import Final

from engines.generate.procedural.interpret.domains.mood import DOMAIN as MOODS
from engines.generate.procedural.interpret.forms import forms

WEIGHTS: Final = MappingProxyType({"motion": 0.35, "cuts": 0.25, "loudness": 0.25, "words": 0.15})
_MOTION, _CUTS = 0.15, 25.0
"""Widths a second and cuts a minute that are tense by two thirds: a hurried pan; where fast pacing begins."""
_QUIET, _LOUD = -45.0, -10.0
"""LUFS: a room at night, and a trailer."""
_MOOD_LEVELS: Final = MappingProxyType(
    {
        "calm": 0.1,
        "romantic": 0.3,
        "happy": 0.35,
        "melancholic": 0.35,
        "hopeful": 0.45,
        "mysterious": 0.65,
        "energetic": 0.75,
        "tense": 0.95,
    }
)
_MORE_WORDS: Final = MappingProxyType(
    {
        0.0: "sleep rest meadow lullaby garden breakfast idle doze drift",
        0.2: "talk walk tea home read letter remember morning wait stroll",
        0.7: "run race hurry rush storm argue shout secret search alarm thunder warning jump",
        0.85: "fight chase battle combat escape flee attack crash fire flood threat hunt fall duel rescue wound",
        1.0: "explosion explode gun shoot kill murder scream blood disaster collapse death die panic",
    }
)
_TWO_MEANINGS: Final = ("lit", "sus", "party")
"""Words of moods that stories say of lamps and guests."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_LONGEST_TEXT = 20_000
_MOST_NAMED = 4


@dataclass(frozen=True)
class Measured:
    """What is known of a scene. None: not known. `planned`: names of figures that were planned and not measured.

    `motion` in picture widths a second, `cuts` a minute, `loudness` in LUFS (silence: -inf), `words` 0 calm .. 1 tense, from
    `said`, the words that told it.
    """

    motion: float | None = None
    cuts: float | None = None
    loudness: float | None = None
    words: float | None = None
    said: tuple[str, ...] = ()
    planned: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reason:
    """One figure and what it makes: `level` 0..1, `weight` of it in the tension (all weights of a scene sum to 1)."""

    figure: str
    level: float
    weight: float
    text: str


@dataclass(frozen=True)
class Tension:
    """`value` 0..1, and why, the weightiest reason first. `is_known` is False where nothing tells; the value is then 0.5."""

    value: float = 0.5
    reasons: tuple[Reason, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether anything was measured."""
        return bool(self.reasons)

    @property
    def sentence(self) -> str:
        """All reasons in one line."""
        return "; ".join(one.text for one in self.reasons) or "Nothing is known of it yet"


UNKNOWN: Final = Tension()
"""Of a scene nothing is known of."""


def tension_of(measured: Measured) -> Tension:
    """Never less when one of the figures that are known grows."""
    levels = _levels(measured)
    total = sum(WEIGHTS[name] for name in levels)
    if not levels:
        return UNKNOWN
    reasons = tuple(
        Reason(name, level, WEIGHTS[name] / total, f"{_text(name, measured)}: {round(level * 100)} %")
        for name, level in levels.items()
    )
    return Tension(min(1.0, max(0.0, sum(one.level * one.weight for one in reasons))), reasons)


def _levels(measured: Measured) -> Mapping[str, float]:
    found: dict[str, float] = {}
    if measured.motion is not None:
        found["motion"] = 1 - exp(-max(0.0, measured.motion) / _MOTION)
    if measured.cuts is not None:
        found["cuts"] = 1 - exp(-max(0.0, measured.cuts) / _CUTS)
    if measured.loudness is not None:
        found["loudness"] = min(1.0, max(0.0, (measured.loudness - _QUIET) / (_LOUD - _QUIET)))
    if measured.words is not None:
        found["words"] = min(1.0, max(0.0, measured.words))
    return found


def _text(name: str, measured: Measured) -> str:
    planned = ", as planned" if name in measured.planned else ""
    if name == "motion":
        return f"motion {measured.motion:.2f} widths a second{planned}"
    if name == "cuts":
        return f"{measured.cuts:.0f} cuts a minute{planned}"
    if name == "loudness":
        loudness = measured.loudness or 0.0
        return f"silence{planned}" if loudness < -70 else f"loudness {loudness:.0f} LUFS{planned}".replace("-", "−")
    return f"words ({', '.join(measured.said[:_MOST_NAMED])})" if measured.said else "words"


def tension_of_words(text: str) -> tuple[float | None, tuple[str, ...]]:
    """How tense a description sounds, 0..1, and by which words; None where no word says so."""
    known = _lexicon()
    found: dict[str, float] = {}
    for word in _WORD.findall(text[:_LONGEST_TEXT].casefold()):
        level = next((known[form] for form in forms(word) if form in known), None)
        if level is not None:
            found[word] = level
    if not found:
        return None, ()
    strongest = sorted(found, key=lambda word: -abs(found[word] - 0.5))
    return sum(found.values()) / len(found), tuple(strongest)


@cache
def _lexicon() -> Mapping[str, float]:
    """Single words with how tense they are: those of the engine's moods, and what stories are told with."""
    found = {
        word: _MOOD_LEVELS[mood]
        for mood, words in MOODS.lines().items()
        if mood in _MOOD_LEVELS
        for word in (one.rstrip("*") for one in words)
        if " " not in word and word not in _TWO_MEANINGS
    }
    for level, words in _MORE_WORDS.items():
        found.update(dict.fromkeys(words.split(), level))
    return MappingProxyType(found)
