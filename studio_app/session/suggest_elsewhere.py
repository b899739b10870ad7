"""Takes that are not in the project: clips of other projects and of indexed folders, found by the catalogue."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from studio_app.catalogue.catalogue import Catalogue
from studio_app.catalogue.errors import CatalogueError
from studio_app.catalogue.query import Like, Query, Weights
from studio_app.catalogue.row import Row

log = logging.getLogger(__name__)

MOST: Final = 4
"""So many are offered beside those of the project."""
LEAST: Final = 0.6
"""How like the shot a clip from elsewhere has to be, 0..1: nobody wants to import what is only vaguely like it."""
MOST_TWICE: Final = 20
"""Copies elsewhere that are told of."""
_LOOKED_AT: Final = 60
_KINDS: Final = ("video", "image", "image_sequence")


@dataclass(frozen=True)
class Elsewhere:
    """A clip the catalogue knows, and how like the target it is, 0..1."""

    row: Row
    likeness: float


def clips_elsewhere(
    catalogue: Catalogue | None,
    content_hash: str,
    words: str,
    here: Collection[str],
    weights: Weights,
    least: float = LEAST,
    most: int = MOST,
) -> Sequence[Elsewhere]:
    """The clips most like one (by content), or most like words where it is not known; without those of the project (`here`: its
    contents) and those whose file is not there. `most` of them, at `least` so like it (0..1). None where the catalogue cannot
    tell. Any thread.
    """
    if catalogue is None:
        return ()
    try:
        known = bool(content_hash) and catalogue.id_of(content_hash) is not None
        if not known and not words.strip():
            return ()
        like = Like(
            clips=(content_hash,) if known else (), words="" if known else words, weights=weights, threshold=least
        )
        found = catalogue.find(Query(like=like, kind=_KINDS, limit=max(_LOOKED_AT, len(here) + most)))
        rows = {one.id: one for one in catalogue.rows(found.ids)}
    except CatalogueError as error:
        log.info("nothing is suggested from elsewhere: %s", error.message)
        return ()
    scored = [(rows[one], score) for one, score in zip(found.ids, found.scores, strict=True) if one in rows]
    away = [Elsewhere(row, score) for row, score in scored if row.content_hash not in here and Path(row.path).is_file()]
    return tuple(away[:most])


@dataclass(frozen=True)
class TwiceElsewhere:
    """A clip of the project and one from elsewhere that is nearly the same, and how like it that is, 0..1."""

    content_hash: str
    row: Row
    likeness: float


def twice_elsewhere(catalogue: Catalogue | None, here: Collection[str]) -> Sequence[TwiceElsewhere]:
    """Clips of other projects and of indexed folders that are nearly the same as one of the project (`here`: its contents).

    The most alike first. The same content is one clip to the catalogue, so it is not among them. None where it cannot tell.
    Any thread.
    """
    if catalogue is None:
        return ()
    try:
        own = {number: one for one in here if one and (number := catalogue.id_of(one)) is not None}
        pairs = [
            (a, b, score) if a in own else (b, a, score)
            for a, b, score in catalogue.near_duplicates()
            if (a in own) is not (b in own)
        ][:MOST_TWICE]
        rows = {one.id: one for one in catalogue.rows([away for _, away, _ in pairs])}
    except CatalogueError as error:
        log.info("copies elsewhere are not known: %s", error.message)
        return ()
    return tuple(TwiceElsewhere(own[mine], rows[away], score) for mine, away, score in pairs if away in rows)
