"""Words that providers refuse, looked for before anything is sent: whole words, three strictnesses, and always shown.

What is changed is told, word by word; nothing is changed in silence, and at "off" nothing is changed at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Strictness(StrEnum):
    """How much is looked for."""

    STRICT = "strict"
    STANDARD = "standard"
    OFF = "off"


SUBSTITUTES = {
    "shoot": "film", "shooting": "filming", "shot dead": "gone", "kill": "end", "killing": "ending", "kills": "ends",
    "killed": "ended", "destroy": "transform", "destroys": "transforms", "destroyed": "transformed", "explode": "burst",
    "explodes": "bursts", "exploding": "bursting", "explosion": "burst of light", "attack": "approach", "attacks": "approaches",
    "attacking": "approaching", "attacked": "approached", "stab": "touch", "stabbing": "touching", "bleeding": "weary",
    "corpse": "figure", "murder": "mystery", "naked": "plainly dressed", "nude": "plainly dressed",
}  # fmt: skip
"""A word and a milder one that keeps the sentence whole."""
BLOCKED: dict[str, tuple[str, ...]] = {
    "sexual": ("porn", "pornographic", "erotic", "orgasm", "genitals", "topless", "fetish", "sex act", "sexual"),
    "violence": ("gore", "gory", "behead", "beheading", "dismember", "dismembered", "torture", "massacre", "slaughter",
                 "bloodbath", "suicide", "self-harm"),
    "weapons and drugs": ("gun", "guns", "rifle", "pistol", "grenade", "bomb", "bombs", "heroin", "cocaine", "meth"),
    "hate": ("nazi", "nazis", "swastika", "genocide", "ethnic cleansing", "white power", "lynching"),
}  # fmt: skip
STRICT_WORDS = (
    "fight",
    "fights",
    "fighting",
    "war",
    "battle",
    "crash",
    "death",
    "dead",
    "blood",
    "bloody",
    "weapon",
    "weapons",
)
SAFETY_CUES = "family friendly, no violence"


@dataclass(frozen=True)
class Changed:
    """One place of the text that was changed: what stood there (empty: it was added), what stands there now (empty: taken out)."""

    found: str
    became: str
    why: str

    @property
    def sentence(self) -> str:
        """What is told of it."""
        if not self.found:
            return f"“{self.became}” was added ({self.why})."
        return (
            f"“{self.found}” became “{self.became}” ({self.why})."
            if self.became
            else f"“{self.found}” was taken out ({self.why})."
        )


@dataclass(frozen=True)
class Filtered:
    """The text that may be sent, and all that was changed in it."""

    text: str
    changes: tuple[Changed, ...] = ()


def filtered(text: str, strictness: Strictness = Strictness.STANDARD, own: Iterable[str] = ()) -> Filtered:
    """The text with blocked words taken out or put milder. `own`: words of the project's list, taken out at any strictness.

    Whole words only: "begun" holds no gun.
    """
    changes: list[Changed] = []
    for word, why in _wanted(strictness, own):
        milder = SUBSTITUTES.get(word, "") if why != OWN else ""

        def change(match: re.Match[str], milder: str = milder, why: str = why) -> str:
            article, found = match.group(1) or "", match.group(2)
            became = _cased(milder, found)
            changes.append(Changed(found, became, why))
            return f"{article}{became}" if became else ""

        text = _pattern(word).sub(change, text)
    if changes:
        text = _tidied(text)
    return Filtered(text, tuple(changes))


OWN = "the project's list"
"""Why a word of a project's own list is taken out."""


def _wanted(strictness: Strictness, own: Iterable[str]) -> Sequence[tuple[str, str]]:
    words = [(word.strip().casefold(), OWN) for word in own if word.strip()]
    if strictness is not Strictness.OFF:
        words += [(word, "milder word") for word in SUBSTITUTES]
        words += [(word, kind) for kind, listed in BLOCKED.items() for word in listed]
    if strictness is Strictness.STRICT:
        words += [(word, "strict") for word in STRICT_WORDS]
    return sorted(words, key=lambda each: -len(each[0]))


def _pattern(word: str) -> re.Pattern[str]:
    """The word, with an article before it, which goes where it goes."""
    return re.compile(rf"((?<![\w-])(?:an?|the)\s+)?(?<![\w-])({re.escape(word)})(?![\w-])", re.IGNORECASE)


def _cased(word: str, like: str) -> str:
    return word.capitalize() if like[:1].isupper() else word


def _tidied(text: str) -> str:
    """Without doubled spaces and the commas that stood around what is gone."""
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s+([,.;:!?])", r"\1", text)
    text = re.sub(r"([,;:])(?:\s*[,;:])+", r"\1", text)
    return text.strip(" ,;:")
