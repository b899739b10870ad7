"""Every clip of the catalogue as columns: what the sky paints."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Stars:
    """One row a clip, in order of `ids`. `genre`, `pacing`, `style`: the surest kind's place in its family, -1 where there is none.

    `colour` (n, 3) uint8 sRGB, mid grey where none was measured; `quality` 0..1; `made` days since 1970, nan where it is not known.
    """

    ids: Ints
    hashes: tuple[str, ...]
    colour: NDArray[np.uint8]
    rating: Ints
    used: Ints
    quality: Floats
    generation: Ints
    genre: Ints
    pacing: Ints
    style: Ints
    seconds: Floats
    made: NDArray[np.float64]

    @property
    def size(self) -> int:
        """How many."""
        return len(self.ids)


_SQL = """SELECT id, colour, rating, used, quality, generation, genre, pacing, style, seconds, created, hash
          FROM asset WHERE name <> '' ORDER BY id"""
_GREY = 0x808080


def read_stars(db: sqlite3.Connection) -> Stars:
    """All of them. Raises sqlite3.Error."""
    rows = db.execute(_SQL).fetchall()
    columns = list(zip(*rows, strict=True)) if rows else [()] * 12
    codes = np.array(columns[1], np.int64)
    codes = np.where(codes < 0, _GREY, codes)
    whole = [np.array(columns[at], np.int64) for at in (0, 2, 3, 5, 6, 7, 8)]
    return Stars(
        ids=whole[0],
        hashes=tuple(columns[11]),
        colour=np.stack((codes >> 16 & 255, codes >> 8 & 255, codes & 255), axis=-1).astype(np.uint8).reshape(-1, 3),
        rating=whole[1],
        used=whole[2],
        quality=np.array(columns[4], np.float32),
        generation=whole[3],
        genre=whole[4],
        pacing=whole[5],
        style=whole[6],
        seconds=np.array(columns[9], np.float32),
        made=np.array([days_of(one) for one in columns[10]], np.float64),
    )


@lru_cache(maxsize=4096)
def _day(text: str) -> float:
    try:
        return float((datetime.fromisoformat(text) - datetime(1970, 1, 1)).days)
    except ValueError:
        return float("nan")


def days_of(text: str) -> float:
    """Days since 1970 of a date and time; nan for what is none."""
    day = _day(text[:10])
    try:
        hours = int(text[11:13] or 0) / 24 + int(text[14:16] or 0) / 1440
    except ValueError:
        hours = 0.0
    return day + hours
