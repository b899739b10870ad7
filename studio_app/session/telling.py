"""What one press tells of many jobs: each thing once, with how many it is about, not a sentence for each job."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Say = Callable[[str], None]


class Telling:
    """Collects what is told of jobs while `together` lasts; what is told outside of it goes at once. Main thread."""

    def __init__(self, say: Say, fail: Say) -> None:
        self._say, self._fail = say, fail
        self._depth = 0
        self._told: dict[tuple[str, str], list[str]] = {}
        """Names of jobs, by what is told of them: a kind of `_WORDS`, and the sentence itself where the kind has none."""

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is told within is told at its end."""
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            self._flush()

    def soft_cap(self, name: str) -> None:
        """A job goes over a soft cap, and is sent all the same."""
        self._add("soft", "", name)

    def held(self, name: str, why: str) -> None:
        """A hard cap refused a job."""
        self._add("held", why, name)

    def refused(self, name: str, why: str) -> None:
        """A job cannot be sent as it stands."""
        self._add("refused", why, name)

    def note(self, name: str, text: str) -> None:
        """What was changed or chosen for a job."""
        self._add("note", text, name)

    def _add(self, kind: str, text: str, name: str) -> None:
        self._told.setdefault((kind, text), []).append(name)
        self._flush()

    def _flush(self) -> None:
        if self._depth:
            return
        told, self._told = self._told, {}
        for (kind, text), names in told.items():
            (self._fail if kind in ("held", "refused") else self._say)(_sentence(kind, text, names))


def _sentence(kind: str, text: str, names: list[str]) -> str:
    one = names[0] if len(names) == 1 else f"{len(names)} shots"
    if kind == "soft":
        return (
            f"{one} goes over what you wanted to be told of. It is sent all the same."
            if len(names) == 1
            else f"{one} go over what you wanted to be told of. They are sent all the same."
        )
    if kind == "held" and len(names) > 1:
        return f"{one} would go over the budget. They were not sent; they go on when the cap is raised. Or use the Starcut engine."
    return text if kind == "refused" and len(names) == 1 else f"{one}: {text}"
