"""Where things stand to one another: the thing spoken of last, the relation that waits for the next, and what comes of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engines.generate.procedural.intent import Relation
from engines.generate.procedural.interpret.reading import Reading

AT_SIDE = {
    "left_heavy": "left_of",
    "right_heavy": "right_of",
    "balanced": "inside",
    "top_heavy": "above",
    "bottom_heavy": "below",
}
"""A balance said of a thing is its place in the frame."""


class Linking:
    """Keeps the thing spoken of last: a place in the cast, or the name of a setting or feature."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._thing: int | str | None = None
        self._waiting: tuple[int | str, str] | None = None

    def pause(self, is_end: bool) -> None:
        """A sign: no relation reaches over it; behind a full stop nothing is spoken of any more."""
        self._waiting = None
        if is_end:
            self._thing = None

    def expect(self, relation: str) -> None:
        """A relation of the last thing to the next: "in front of"."""
        if self._thing is not None:
            self._waiting = (self._thing, relation)

    def frame(self, relation: str) -> None:
        """The last thing's place in the frame: "on the left"."""
        if self._thing is not None and relation:
            self._relate(self._thing, relation, "frame")

    def speak_of(self, thing: int | str | None, following: Sequence[str]) -> None:
        """The next thing; `following` words tell whether a second one comes, as in "between A and B"."""
        if thing is None:
            return
        if self._waiting is not None:
            subject, relation = self._waiting
            self._relate(subject, relation, thing)
            if relation == "between" and "and" in following:
                return
            if relation != "between":
                self._waiting = None
        if self._thing is None or self._waiting is None:
            self._thing = thing

    def _relate(self, subject: int | str, relation: str, other: int | str) -> None:
        found = Relation(subject, relation, other)
        if subject != other and found not in self._reading.relations:
            self._reading.relations.append(found)

    @property
    def has_subject(self) -> bool:
        """Whether the last thing is one of the cast."""
        return isinstance(self._thing, int)

    def resize(self, size: float) -> None:
        """Make the last of the cast larger or smaller: "a boat, huge"."""
        if isinstance(self._thing, int):
            self._reading.cast[self._thing] = replace(self._reading.cast[self._thing], size=size)

    def clothe(self, colour: str) -> None:
        """Give the last of the cast a colour, if it has none."""
        if isinstance(self._thing, int):
            one = self._reading.cast[self._thing]
            self._reading.cast[self._thing] = replace(one, colour=one.colour or colour)
