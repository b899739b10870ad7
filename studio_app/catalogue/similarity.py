"""How alike clips are: the vectors of all of them in memory, compared part by part, weighed as the user likes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from studio_app.catalogue.features import WIDTHS, Parts
from studio_app.catalogue.query import Weights

Floats = NDArray[np.float32]
Ids = NDArray[np.int64]

SHARES: Mapping[str, Mapping[str, float]] = {
    "look": {"palette": 0.4, "tones": 0.2, "texture": 0.2, "composition": 0.2, "picture": 0.8},
    "motion": {"motion": 1.0},
    "meaning": {"words": 1.0, "meaning": 1.0},
    "sound": {"sound": 1.0},
}
"""What each of the user's four weights is made of. What is not known of one of two clips counts neither for nor against."""
_SOFT: Mapping[str, float] = {"words": 0.15, "meaning": 0.1}
"""Texts on one matter share few words: what goes beyond this chance of theirs is raised to a power; others are told by their angle."""
_POWER = 0.6
_BLOCK = 512


@dataclass(frozen=True)
class Features:
    """Vectors of clips: `parts[name]` is (n, d) beside `ids`, rows of length 1 or 0. `known[name]`: where there is one."""

    ids: Ids = field(default_factory=lambda: np.zeros(0, np.int64))
    parts: Mapping[str, Floats] = field(default_factory=dict)
    known: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many clips."""
        return len(self.ids)

    def places(self, ids: Ids) -> NDArray[np.intp]:
        """Rows of ids (`ids` of this are in order); those that are not there are left out."""
        at = np.searchsorted(self.ids, ids)
        at = at[at < self.size]
        return np.asarray(at[np.isin(self.ids[at], ids)], np.intp)

    def joined(self, weights: Weights) -> Floats:
        """(n, d) all parts side by side, so that products are likeness by these weights: what maps are laid out by."""
        shares = part_weights(weights)
        rows = [self.parts[name] * np.float32(shares[name] ** 0.5) for name in self.parts if name in shares]
        return np.concatenate(rows, axis=1) if rows else np.zeros((self.size, 0), np.float32)

    def row(self, place: int) -> dict[str, Floats]:
        """The parts of one clip."""
        return {name: rows[place] for name, rows in self.parts.items()}


def features_of(ids: Ids, parts: Mapping[str, Floats]) -> Features:
    """Rows with where they are known."""
    return Features(ids, parts, {name: np.any(rows != 0, axis=1) for name, rows in parts.items()})


def part_weights(weights: Weights) -> dict[str, float]:
    """The four weights told apart. All at 0 is none chosen: as if all were equal."""
    chosen = {name: max(0.0, getattr(weights, name)) for name in SHARES}
    if not any(chosen.values()):
        chosen = dict.fromkeys(SHARES, 1.0)
    return {part: chosen[name] * share for name, row in SHARES.items() for part, share in row.items() if chosen[name]}


def scores(features: Features, asked: Parts, weights: Weights) -> Floats:
    """(n,) how alike each clip is to `asked`, 0..1; 0 where nothing can be compared."""
    told, most = np.zeros(features.size, np.float32), np.zeros(features.size, np.float32)
    said: Floats | None = None
    for part, weight in part_weights(weights).items():
        rows, vector = features.parts.get(part), asked.get(part)
        if rows is None or vector is None or not vector.any():
            continue
        likeness = alike(part, rows @ vector) * features.known[part]
        if part == "words":
            said = likeness
        if part == "meaning" and said is not None:  # what is said is alike by its words or by its sense
            told += np.float32(weight) * np.maximum(0, likeness - said)
            continue
        told += np.float32(weight) * likeness
        most += np.float32(weight) * features.known[part]
    return np.divide(told, most, out=np.zeros_like(told), where=most > 0)


def alike(part: str, products: Floats) -> Floats:
    """Products of rows of length 1 as likeness 0..1: by their angle, so that what is nearly the same is told apart."""
    held = np.clip(products, 0, 1)
    if (chance := _SOFT.get(part)) is not None:
        return np.asarray((np.maximum(held - chance, 0) / (1 - chance)) ** _POWER, np.float32)
    return np.asarray(1 - np.arccos(held) * np.float32(2 / np.pi), np.float32)


def mean_parts(rows: list[Parts]) -> dict[str, Floats]:
    """The middle of several clips, each part of length 1 again."""
    found = {}
    for part in {name for row in rows for name in row}:
        known = [row[part] for row in rows if part in row and row[part].any()]
        if known:
            middle = np.mean(known, axis=0)
            length = float(np.linalg.norm(middle))
            found[part] = np.asarray(middle / length if length > 0 else middle, np.float32)
    return found


def near_pairs(features: Features, least: float, weights: Weights) -> Iterator[tuple[int, int, float]]:
    """Pairs of clips (ids, the lower first) that are at least so alike, in no order.

    By blocks: only those whose motion and palette agree are compared wholly, so that time grows with n² of one product.
    """
    keys = [part for part in ("palette", "motion", "texture") if part in features.parts]
    if features.size < 2 or not keys:
        return
    key = np.concatenate([features.parts[part] for part in keys], axis=1) / np.float32(len(keys) ** 0.5)
    filled = np.sqrt(np.mean([features.known[part] for part in keys], axis=0))
    bound = np.float32(np.cos((1 - least) * np.pi / 2 * 2.5))
    for start in range(0, features.size, _BLOCK):
        block = key[start : start + _BLOCK] @ key[start:].T
        close = block >= bound * filled[start : start + _BLOCK, None] * filled[None, start:]
        for row in range(len(block)):
            others = np.nonzero(close[row, row + 1 :])[0] + start + row + 1
            if not len(others) or not filled[start + row]:
                continue
            some = Features(
                features.ids[others],
                {name: rows[others] for name, rows in features.parts.items()},
                {name: rows[others] for name, rows in features.known.items()},
            )
            for other, score in zip(others, scores(some, features.row(start + row), weights), strict=True):
                if score >= least:
                    yield int(features.ids[start + row]), int(features.ids[other]), float(score)


def empty_features() -> Features:
    """Of no clip."""
    return features_of(
        np.zeros(0, np.int64), {name: np.zeros((0, width), np.float32) for name, width in WIDTHS.items()}
    )
