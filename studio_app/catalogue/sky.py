"""Where each clip stands in the sky: a flat map on which clips that resemble each other are neighbours.

Some hundred *landmarks* are laid out by t-SNE (van der Maaten and Hinton, 2008, https://jmlr.org/papers/v9/vandermaaten08a.html) from
their features and classes. Every other star is placed among the landmarks nearest to it, by a function that looks at nothing
else: so a star that comes later moves no star that is there. Places and landmarks are kept, and the map is the same tomorrow.

Map units: x from 0 to WIDTH, y from 0 to HEIGHT.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from studio_app.catalogue.sky_landmarks import Floats, Landmarks, make_landmarks
from studio_app.catalogue.sky_room import relaxed

WIDTH, HEIGHT = 1.6, 1.0
"""The map is as wide as a window."""
MARGIN = 0.1
"""Free at each edge: names and glows stand there."""
NEAREST = 8
"""So many landmarks are asked where a star belongs."""
STRAY = 0.28
"""How far stars lie about their place, in neighbourhoods of landmarks."""
GROWN, YOUNG = 3.0, 150
"""A map of fewer than YOUNG stars is laid out anew once it has GROWN so many times: it knew too little."""


@dataclass(frozen=True)
class Sky:
    """A map: ids and places of its stars, and the landmarks by which more are placed."""

    ids: tuple[str, ...]
    places: Floats
    """(n, 2) float32, map units."""
    landmarks: Landmarks
    made_of: int
    """How many stars there were when the landmarks were laid out."""

    @property
    def spacing(self) -> float:
        """How far stars are apart that keep their distance, map units."""
        return room_of(len(self.ids))

    def has_outgrown(self, number: int) -> bool:
        """Whether a map of so many stars deserves new landmarks: this one was made of few."""
        return self.made_of < YOUNG and number > max(4.0, self.made_of * GROWN)


def room_of(number: int) -> float:
    """The least distance of neighbours on a map of so many stars: a quarter of what they would have if strewn evenly."""
    return float(min(0.02, 0.28 * np.sqrt(WIDTH * HEIGHT / max(1, number))))


def lay_out(
    ids: Sequence[str],
    features: Floats,
    classes: Floats,
    *,
    seed: int = 0,
    check: Callable[[], None] = lambda: None,
) -> Sky:
    """A new map of all these clips.

    `features` (n, d): what clips are compared by, any scale. `classes` (n, c) 0..1: how surely a clip belongs to each class;
    rows of zeros belong to none. The same input gives the same map. `check` is called now and then and may raise Cancelled.
    """
    landmarks = make_landmarks(features, classes, (WIDTH, HEIGHT, MARGIN), seed=seed, check=check)
    empty = Sky((), np.zeros((0, 2), np.float32), landmarks, len(ids))
    return extended(empty, ids, features, classes, check=check)


def extended(
    sky: Sky,
    ids: Sequence[str],
    features: Floats,
    classes: Floats,
    *,
    check: Callable[[], None] = lambda: None,
) -> Sky:
    """The map of these clips: whoever stood there stays exactly where it was, new ones find their place, others go."""
    known = {one: at for at, one in enumerate(sky.ids)}
    places = np.zeros((len(ids), 2), np.float32)
    at = np.array([known.get(one, -1) for one in ids], np.int64)
    is_new = at < 0
    places[~is_new] = sky.places[at[~is_new]]
    if is_new.any():
        fresh = np.nonzero(is_new)[0]
        found = _placed(
            sky.landmarks, features[fresh], classes[fresh], [ids[one] for one in fresh.tolist()], len(ids), check
        )
        places[fresh] = found
        places = relaxed(places, is_new, room_of(len(ids)), (WIDTH, HEIGHT), check)
    return replace(sky, ids=tuple(ids), places=places)


def _placed(
    marks: Landmarks,
    features: Floats,
    classes: Floats,
    ids: Sequence[str],
    number: int,
    check: Callable[[], None],
) -> Floats:
    """Places (n, 2) of stars among the landmarks; each depends on its own features, classes and id alone."""
    result = np.zeros((len(ids), 2), np.float32)
    if not len(marks.places):
        result[:] = (WIDTH / 2, HEIGHT / 2)
        return result
    count = min(NEAREST, len(marks.places))
    for start in range(0, len(ids), 2048):
        check()
        part = slice(start, start + 2048)
        points = marks.points_of(features[part], classes[part])
        apart = marks.distances_to(points)
        near = np.argpartition(apart, count - 1, axis=1)[:, :count]
        squares = np.take_along_axis(apart, near, 1)
        order = np.argsort(squares, axis=1)
        near, squares = np.take_along_axis(near, order, 1), np.take_along_axis(squares, order, 1)
        around = marks.places[near]
        # A landmark on another island must not pull a star into the void between.
        is_beside = np.hypot(*np.moveaxis(around - around[:, :1], 2, 0)) < marks.reach
        width = np.maximum(squares[:, min(2, count - 1) : min(2, count - 1) + 1], 1e-9)
        weights = np.exp(-squares / width) * is_beside
        weights /= weights.sum(1, keepdims=True)
        middle = (weights[..., None] * around).sum(1)
        # Means lie inside the crowd, landmarks in rows: a star strays from there by a chance that its id decides.
        stray = 0.4 + 0.6 * np.sqrt(np.clip(squares[:, 0] / width[:, 0], 0, 1))
        result[part] = middle + _chance(ids[part]) * (stray * marks.reach * STRAY)[:, None]
    return np.clip(result, (0.02, 0.02), (WIDTH - 0.02, HEIGHT - 0.02)).astype(np.float32)


def _chance(ids: Sequence[str]) -> Floats:
    """A point for each id, the same one every time (n, 2): dense about the middle, a few far out, as stars are."""
    numbers = np.array([zlib.crc32(one.encode()) for one in ids], np.uint32)
    radius = np.sqrt(-2 * np.log(1 - (numbers & 0xFFFF) / 65900))
    angle = (numbers >> 16) / 65536 * 2 * np.pi
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1).astype(np.float32)


def silhouette(places: Floats, labels: NDArray[np.int64], *, most: int = 1200, seed: int = 0) -> float:
    """How well groups stand apart on a map, -1..1, of at most `most` stars (https://doi.org/10.1016/0377-0427(87)90125-7)."""
    if len(places) > most:
        chosen = np.random.default_rng(seed).choice(len(places), most, replace=False)
        places, labels = places[chosen], labels[chosen]
    names, at = np.unique(labels, return_inverse=True)
    apart = np.hypot(*np.moveaxis(places[:, None] - places[None], 2, 0))
    sums = np.stack([apart[:, at == one].sum(1) for one in range(len(names))], 1)
    sizes = np.bincount(at, minlength=len(names))
    own = np.take_along_axis(sums, at[:, None], 1)[:, 0] / np.maximum(1, sizes[at] - 1)
    means = sums / sizes
    np.put_along_axis(means, at[:, None], np.inf, 1)
    other = means.min(1)
    return float(np.mean((other - own) / np.maximum(np.maximum(own, other), 1e-12)))
