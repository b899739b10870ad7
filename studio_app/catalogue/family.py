"""What a family of clusters is: genre, pacing, style. One file each in `families/`; the file's name is its id."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import studio_app.catalogue.families


@dataclass(frozen=True)
class Hint:
    """What one figure says for a kind: wholly from the second number of `rises` on, not at all below its first; `falls` likewise.

    `says`: a sentence for people; `{}` is the figure.
    """

    figure: str
    says: str
    rises: tuple[float, float] | None = None
    falls: tuple[float, float] | None = None
    weight: float = 1.0

    def holds(self, value: float) -> float:
        """How far it holds, 0..1."""
        held = 1.0
        if self.rises is not None:
            low, high = self.rises
            held = min(held, (value - low) / (high - low))
        if self.falls is not None:
            low, high = self.falls
            held = min(held, (high - value) / (high - low))
        return min(1.0, max(0.0, held))


@dataclass(frozen=True)
class Kind:
    """One cluster of a family: the words it goes by (their forms written out: see `words.written_out`), and what is measured of its clips.

    `meanings`: values of the vocabulary that belong to it, as `style=vintage`: all their words count. `cuts`: of pacing, cuts
    a minute, half-open; the last range has no end. `cameras`: moves of the camera (`camera.SAYS`) that speak for it.
    """

    id: str
    title: str
    words: str
    hints: tuple[Hint, ...] = ()
    meanings: tuple[str, ...] = ()
    cuts: tuple[float, float] | None = None
    cameras: tuple[str, ...] = ()


@dataclass(frozen=True)
class Family:
    """Clusters of which a clip may be in `most`. Their order is that of the bits kept in the catalogue."""

    id: str
    title: str
    kinds: tuple[Kind, ...]
    most: int = 1

    def kind(self, kind_id: str) -> Kind | None:
        """The kind with this id."""
        return next((one for one in self.kinds if one.id == kind_id), None)

    def bit(self, kind_id: str) -> int:
        """The place of a kind; -1 for one that is not known."""
        return next((n for n, one in enumerate(self.kinds) if one.id == kind_id), -1)


@cache
def families() -> Mapping[str, Family]:
    """All of `studio_app/catalogue/families`, by id."""
    folder = studio_app.catalogue.families
    names = sorted(info.name for info in pkgutil.iter_modules(folder.__path__) if not info.name.startswith("_"))
    return MappingProxyType({name: importlib.import_module(f"{folder.__name__}.{name}").FAMILY for name in names})
