"""What an engine made of the words of a prompt, for whoever shows it: phrases with their meanings, words without one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Chip:
    """One phrase of the prompt and what it was taken for.

    `weight` 1 is plain, "slightly" is less, "very" more. `start` and `end` are places in the prompt, -1 for what stands in
    another field; `from_` is where the words begin that belong to it ("not very red", "three birds"). `also` are further
    meanings of the same phrase. `guess` is the known word that an unknown one was taken for, else empty.
    """

    phrase: str
    domain: str
    value: str
    weight: float = 1.0
    negated: bool = False
    start: int = 0
    end: int = 0
    from_: int = 0
    count: int = 0
    also: tuple[tuple[str, str], ...] = ()
    guess: str = ""


@dataclass(frozen=True)
class Unknown:
    """A word that changes nothing, where it stands, and known words it may stand for."""

    word: str
    start: int = 0
    end: int = 0
    suggestions: tuple[str, ...] = ()

    @property
    def as_chip(self) -> Chip:
        """The same as a chip without a meaning, to be reworded."""
        return Chip(self.word, "", "", 1.0, False, self.start, self.end, self.start)


@dataclass(frozen=True)
class Understood:
    """All of it, in the order of the prompt. `seen` says in one line what will be seen."""

    seen: str = ""
    chips: tuple[Chip, ...] = ()
    unknown: tuple[Unknown, ...] = ()


@dataclass(frozen=True)
class Choices:
    """What a chip can be changed to: values with what they are called, degrees (weight and what it is called), counts."""

    title: str = ""
    values: tuple[tuple[str, str], ...] = ()
    weights: tuple[tuple[float, str], ...] = ()
    counts: tuple[int, ...] = ()
    can_be_denied: bool = True


@dataclass(frozen=True)
class Rewording:
    """One change of a chip: `value`, `weight`, `count` or `negated` where they are not None, else the phrase is taken out."""

    value: str | None = None
    weight: float | None = None
    count: int | None = None
    negated: bool | None = None
