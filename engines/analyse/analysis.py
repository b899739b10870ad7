"""What was measured of a clip, as a value: frozen, and plain data when it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import ValidationError

from engines.analyse.base import Figures
from engines.analyse.registry import measures
from engines.errors import MediaError

VERSION = 3
"""Of the measures: figures of another version are measured anew."""

F = TypeVar("F", bound=Figures)


@dataclass(frozen=True)
class Analysis:
    """Figures by the id of their measure, and what they are of.

    `looked_at` pictures of about `pictures` were decoded (all of them, unless the film is long: `whole`). `notes` are
    sentences about what could not be told. `seconds` None: a still.
    """

    name: str
    content_hash: str = ""
    seconds: float | None = None
    width: int = 0
    height: int = 0
    rate: float = 0.0
    pictures: int = 0
    looked_at: int = 0
    whole: bool = True
    notes: tuple[str, ...] = ()
    figures: Mapping[str, Figures] = field(default_factory=dict)

    def __reduce__(self) -> tuple[Any, ...]:
        """For another process: a view of a mapping does not travel, the mapping does."""
        return _whole, ({**vars(self), "figures": dict(self.figures)},)

    def get(self, kind: type[F]) -> F | None:
        """The figures of one kind (`analysis.get(Colour)`); None where they were not asked for or cannot be told."""
        return next((one for one in self.figures.values() if isinstance(one, kind)), None)

    def as_plain(self) -> dict[str, Any]:
        """All of it for JSON; see `from_plain`."""
        return {
            "version": VERSION,
            "name": self.name,
            "content_hash": self.content_hash,
            "seconds": self.seconds,
            "width": self.width,
            "height": self.height,
            "rate": self.rate,
            "pictures": self.pictures,
            "looked_at": self.looked_at,
            "whole": self.whole,
            "notes": list(self.notes),
            "measures": {name: one.model_dump(mode="json") for name, one in self.figures.items()},
        }


def _whole(facts: dict[str, Any]) -> Analysis:
    return Analysis(**{**facts, "figures": MappingProxyType(facts["figures"])})


def from_plain(plain: Any) -> Analysis:
    """An analysis out of what `as_plain` gave. Raises MediaError for another version, and for what is none."""
    try:
        if plain["version"] != VERSION:
            raise ValueError(f"version {plain['version']}")
        known = measures().classes
        figures = {
            name: known[name].figures.model_validate(values)
            for name, values in plain["measures"].items()
            if name in known
        }
        facts = {name: value for name, value in plain.items() if name not in ("version", "measures", "notes")}
        return Analysis(notes=tuple(plain["notes"]), figures=MappingProxyType(figures), **facts)
    except (KeyError, TypeError, ValueError, AttributeError, ValidationError) as error:
        raise MediaError("These are no figures of a clip, or of another version.", repr(error)) from error
