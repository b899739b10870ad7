"""What a film says of itself: the comment in its container. Generated films keep there what they were asked for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from engines.errors import MediaError
from engines.media.opening import close_input, open_input

FIELDS: Final = ("comment", "description")
"""Of the container; the first is what `MovieWriter` writes."""
RECIPE: Final = "synopsis"
"""Of the container: how an evolved film was made, see `engines.evolve.recipe`."""
LONGEST: Final = 2000
"""Characters that are kept of a note."""


def note_of(path: Path | str) -> str:
    """What stands in a file as its comment and description, each once; empty where there is neither, or no file to read."""
    known = _fields(path)
    return joined(known.get(name, "") for name in FIELDS)


def text_of(path: Path | str, name: str) -> str:
    """What stands in one field of a file's container; empty where there is none, or no file to read."""
    return _fields(path).get(name, "")


def _fields(path: Path | str) -> dict[str, str]:
    try:
        container = open_input(str(path))
    except MediaError:
        return {}
    known = {name.casefold(): text for name, text in container.metadata.items()}
    close_input(container)
    return known


def joined(notes: Iterable[str]) -> str:
    """Several notes as one, in one line: no longer than is kept, none of them twice."""
    lines = dict.fromkeys(" ".join(one.split()) for one in notes)
    return " . ".join(one for one in lines if one)[:LONGEST]
