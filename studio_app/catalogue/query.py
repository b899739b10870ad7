"""One question to the catalogue: the command line, the list, the grid and the sky all ask with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Literal

Sort = Literal["name", "newest", "oldest", "rating", "longest", "shortest", "cost", "used", "nearest"]
SORTS: tuple[Sort, ...] = ("name", "newest", "oldest", "rating", "longest", "shortest", "cost", "used", "nearest")


LEAST, WORDS_LEAST = 0.5, 0.3
"""The usual least likeness to clips and pictures; and to words alone, of which a clip has but a few in common with what is asked."""


@dataclass(frozen=True)
class Weights:
    """How much each kind of likeness counts, 0 or more: look (colour, texture, composition), motion, meaning (words), sound."""

    look: float = 1.0
    motion: float = 0.7
    meaning: float = 1.0
    sound: float = 0.4


@dataclass(frozen=True)
class Like:
    """What is compared to: clips of the catalogue (by content), a picture file, a drawn palette, or words; several together.

    `palette`: #rrggbb with shares. `threshold`: the least likeness, 0..1. `unlike`: the farthest come first, and `threshold`
    is the most likeness then.
    """

    clips: tuple[str, ...] = ()
    picture: str = ""
    palette: tuple[tuple[str, float], ...] = ()
    words: str = ""
    weights: Weights = Weights()
    threshold: float = LEAST
    unlike: bool = False


UNJUDGED: Final = "none"
"""Among the kinds of a family: clips that are in none of them."""


@dataclass(frozen=True)
class Query:
    """All that is named must hold; within `genre`, `pacing`, `style`, `own`, `project`, `engine`, `kind` one of them is enough.

    Clips without a genre, pacing or style are asked for as UNJUDGED.
    `text`: each word must be found in name, words, tags, notes or transcript, by its stem; the last one may be unfinished.
    `tags`: each of them. `used`: shown by some sequence of `project` (of any, where none is named), or by none. `made_from`
    and `made_until` are ISO 8601 dates or times, half-open; costs and seconds are closed ranges. `limit` None: all. Without
    `sort` the nearest come first where something is compared (`like`) or `text` is asked for, else the newest.
    """

    text: str = ""
    genre: tuple[str, ...] = ()
    pacing: tuple[str, ...] = ()
    style: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    rating: int = 0
    """At least."""
    project: tuple[str, ...] = ()
    engine: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    used: bool | None = None
    least_cost: float | None = None
    most_cost: float | None = None
    shortest: float | None = None
    longest: float | None = None
    made_from: str = ""
    made_until: str = ""
    like: Like | None = None
    sort: Sort | None = None
    limit: int | None = 20
    offset: int = 0

    def as_json(self) -> str:
        """For own clusters by rule: what differs from an open question."""
        plain = {name: value for name, value in asdict(self).items() if value != getattr(Query(), name)}
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def query_from_json(text: str) -> Query:
    """What `as_json` gave; fields of later versions are left out. Raises ValueError for what is none."""
    try:
        plain: Any = json.loads(text)
        values = {name: _value(value) for name, value in plain.items() if name in Query.__dataclass_fields__}
        if isinstance(like := plain.get("like"), Mapping):
            known = {name: _value(value) for name, value in like.items() if name in Like.__dataclass_fields__}
            if isinstance(weights := like.get("weights"), Mapping):
                known["weights"] = Weights(**weights)
            values["like"] = Like(**known)
        return Query(**values)
    except (TypeError, AttributeError, ValueError) as error:
        raise ValueError("This is no question to the catalogue.") from error


def _value(value: Any) -> Any:
    return tuple(_value(one) for one in value) if isinstance(value, list) else value


@dataclass(frozen=True)
class Found:
    """Ids in order, as many as the limit lets through, of `total`; `scores` (0..1) beside them where something was compared."""

    ids: tuple[int, ...] = ()
    total: int = 0
    scores: tuple[float, ...] = field(default=())
