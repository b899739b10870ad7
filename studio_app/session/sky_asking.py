"""What is asked of the sky, and its answer: filters decide what passes, words and likeness what matches. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import Final

import numpy as np

from studio_app.catalogue.query import WORDS_LEAST, Found, Like, Query
from studio_app.session.sky_stars import FAMILIES, Floats, Ints, Mask, SkySource, Stars

OPEN: Final = Query(limit=None)
NOBODY: Final = "-"
"""Stands for no class at all, where every box of a family is unchecked."""
FEWEST: Final = 6
"""So many clips are nearest to a picture or to colours, however far they are."""
FARTHEST: Final = 0.2
"""What is unlike is that share of the clips with least in common: how little that is differs from library to library."""


@dataclass(frozen=True)
class Answer:
    """Which stars pass the filters; which of them match what is searched, with scores 0..1, nearest first (or farthest)."""

    passing: Mask
    order: Ints
    """Rows that pass, in the order of the question; those that match come first."""
    scores: Floats
    """(n,) of each star; NaN where it does not match or nothing is searched."""
    is_searched: bool = False

    @property
    def matching(self) -> Mask:
        """The stars a search rings."""
        return ~np.isnan(self.scores)


def answered(source: SkySource, stars: Stars, query: Query, words: str) -> Answer:
    """The answer to a question with words: filters decide what passes, words and likeness what matches. Any thread."""
    number = len(stars)
    if any(getattr(query, family) == (NOBODY,) for family in FAMILIES):
        return Answer(
            np.zeros(number, np.bool_), np.zeros(0, np.int64), np.full(number, np.nan, np.float32), bool(words)
        )
    open_query = replace(query, like=None, text="", limit=None, sort=None)
    passing = np.ones(number, np.bool_)
    order = np.arange(number)
    if open_query != OPEN or query.sort is not None:
        order = stars.rows_of(source.find(replace(open_query, sort=query.sort)).ids)
        passing = np.zeros(number, np.bool_)
        passing[order] = True
    scores = np.full(number, np.nan, np.float32)
    compared = is_compared(query)
    if not words and not compared:
        return Answer(passing, order, scores)
    like = replace(query.like or Like(), words=words)
    if not compared:  # words alone
        like = replace(like, threshold=WORDS_LEAST)
    by_look = compared and not like.clips and not words
    threshold = 1.0 if like.unlike else 0.0 if by_look else like.threshold
    found = _here(source.find(replace(open_query, like=replace(like, threshold=threshold))), stars)
    _note(scores, stars, _farthest(found) if like.unlike else _nearest(found, like.threshold) if by_look else found)
    if words and not compared:
        _note(scores, stars, source.find(replace(open_query, text=words)), least=0.75)
    hits = np.nonzero(~np.isnan(scores))[0]
    hits = hits[np.argsort(scores[hits] if like.unlike else -scores[hits], kind="stable")]
    rest = order[np.isnan(scores[order])]
    return Answer(passing, np.concatenate([hits, rest]), scores, is_searched=True)


def _nearest(found: Found, least: float) -> Found:
    """What is near enough; where that is next to nothing, the few that are nearest: a colour alone is never much like a picture."""
    many = max(sum(score >= least for score in found.scores), min(FEWEST, len(found.ids)))
    return Found(found.ids[:many], many, found.scores[:many])


def is_compared(query: Query) -> bool:
    """Whether clips, a picture or colours are compared to."""
    like = query.like
    return like is not None and bool(like.clips or like.picture or like.palette)


def _farthest(found: Found) -> Found:
    """The first of those that were found, one at least."""
    many = ceil(len(found.ids) * FARTHEST)
    return Found(found.ids[:many], many, found.scores[:many])


def _here(found: Found, stars: Stars) -> Found:
    """Without the clips that are not in this sky, with their scores: the catalogue knows those of all projects."""
    known = np.isin(np.asarray(found.ids, np.int64), stars.ids).tolist()
    ids = tuple(one for one, is_here in zip(found.ids, known, strict=True) if is_here)
    scored = zip(found.scores, known, strict=True) if found.scores else ()
    return Found(ids, len(ids), tuple(score for score, is_here in scored if is_here))


def _note(scores: Floats, stars: Stars, found: Found, least: float = 0.0) -> None:
    """Write down scores; a clip that holds all the words counts as near at `least`."""
    rows = stars.rows_of(found.ids)
    if not len(rows):
        return
    given = (
        np.asarray(found.scores, np.float32)
        if len(found.scores) == len(rows)
        else np.full(len(rows), least, np.float32)
    )
    scores[rows] = np.fmax(scores[rows], np.maximum(given, least))
