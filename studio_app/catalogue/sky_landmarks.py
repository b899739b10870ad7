"""Landmarks of the sky: some hundred clips laid out with care, so that all others can be placed by them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

MOST = 480
"""Landmarks at most: their layout costs the square of their number."""
SAMPLE = 4000
"""Of so many clips, at most, scale and directions are measured and landmarks chosen."""
DIRECTIONS = 24
"""As many principal directions of the features are kept."""
CLASS_SHARE = 1.2
"""Distance that two classes lie apart, in typical distances of clips: islands, whose coasts still tell neighbours."""
LAND, INFLATING = 0.6, 60
"""Share of the map the islands would cover if they lay close, and in how many steps they grow to it."""
EARLY, STEPS = 90, 360
"""Steps of the layout, the first with attraction exaggerated so that groups find together."""


@dataclass(frozen=True)
class Landmarks:
    """How features become points, and where the landmarks stand."""

    mean: Floats
    """(d,)"""
    basis: Floats
    """(d, k): scale and rotation of features."""
    class_weight: float
    points: Floats
    """(L, k + c)"""
    places: Floats
    """(L, 2) map units."""

    @property
    def is_sound(self) -> bool:
        """Whether its parts fit each other: it may come from a file."""
        fits = self.basis.ndim == 2 and self.basis.shape[0] == len(self.mean)
        return bool(fits and self.places.shape == (len(self.points), 2) and np.isfinite(self.places).all())

    def takes(self, features: int, classes: int) -> bool:
        """Whether clips with so many features and classes can be placed by them."""
        return bool(self.basis.shape[0] == features and self.points.shape[1] == self.basis.shape[1] + classes)

    def points_of(self, features: Floats, classes: Floats) -> Floats:
        """Features (n, d) and classes (n, c) as points (n, k + c)."""
        return _points(features, classes, self.mean, self.basis, self.class_weight)

    def distances_to(self, points: Floats) -> Floats:
        """Squares of the distances of points to landmarks (n, L)."""
        return squares_between(points, self.points)

    @cached_property
    def reach(self) -> float:
        """How far neighbours among the landmarks are from each other, with room: the size of a neighbourhood, map units."""
        if len(self.places) < 2:
            return 0.1
        apart = np.sqrt(squares_between(self.places, self.places))
        count = min(6, len(apart) - 1)
        return float(np.clip(2.0 * np.median(np.partition(apart, count, axis=1)[:, count]), 0.02, 0.16))


def squares_between(one: Floats, other: Floats) -> Floats:
    """Squares of distances (n, m)."""
    found = (one**2).sum(1)[:, None] + (other**2).sum(1)[None] - 2 * (one @ other.T)
    return np.asarray(np.maximum(found, 0), np.float32)


def make_landmarks(
    features: Floats,
    classes: Floats,
    room: tuple[float, float, float],
    *,
    seed: int,
    check: Callable[[], None],
) -> Landmarks:
    """Choose landmarks among the clips and lay them out in a room of width, height and margin."""
    random = np.random.default_rng(seed)
    chosen = random.permutation(len(features))[:SAMPLE]
    sample = np.asarray(features, np.float32)[chosen]
    mean = sample.mean(0) if len(sample) else np.zeros(features.shape[1], np.float32)
    basis = _basis(sample - mean)
    typical = _typical(_points(sample, classes[chosen] * 0, mean, basis, 0.0), random)
    weight = CLASS_SHARE * typical / np.sqrt(2)
    points = _points(sample, classes[chosen], mean, basis, weight)
    marks = points[_spread(points, min(MOST, len(points)), random)]
    return Landmarks(mean, basis, float(weight), marks, _fitted(_embedded(marks, random, check), room))


def _points(features: Floats, classes: Floats, mean: Floats, basis: Floats, weight: float) -> Floats:
    return np.hstack([(features - mean) @ basis, classes * weight]).astype(np.float32)


def _basis(centred: Floats) -> Floats:
    """Principal directions (d, k). Blocks of features come weighed; their scale among each other is kept."""
    if len(centred) < 2:
        return np.eye(centred.shape[1], min(centred.shape[1], DIRECTIONS), dtype=np.float32)
    values, vectors = np.linalg.eigh(centred.T.astype(np.float64) @ centred / len(centred))
    order = np.argsort(values)[::-1][:DIRECTIONS]
    found = vectors[:, order]
    # eigh leaves the sign open: the largest part is positive, so that the map is not mirrored on another machine
    signs = np.sign(found[np.abs(found).argmax(0), np.arange(found.shape[1])])
    return (found * np.where(signs == 0, 1, signs)).astype(np.float32)


def _typical(points: Floats, random: np.random.Generator) -> float:
    """The median distance of two clips; 1 where all are alike."""
    if len(points) < 2:
        return 1.0
    pairs = random.integers(0, len(points), (2, 2000))
    apart = np.linalg.norm(points[pairs[0]] - points[pairs[1]], axis=1)
    middle = float(np.median(apart[pairs[0] != pairs[1]])) if (pairs[0] != pairs[1]).any() else 0.0
    return middle or 1.0


def _spread(points: Floats, count: int, random: np.random.Generator) -> NDArray[np.int64]:
    """So many of the points: a third lie as far from each other as can be (no group is forgotten), the rest by chance."""
    if count >= len(points):
        return np.arange(len(points))
    chosen = [0]
    nearest = squares_between(points, points[:1])[:, 0]
    while len(chosen) < count // 3:
        chosen.append(int(nearest.argmax()))
        nearest = np.minimum(nearest, squares_between(points, points[chosen[-1:]])[:, 0])
    rest = np.setdiff1d(np.arange(len(points)), chosen)
    return np.sort(np.concatenate([chosen, random.permutation(rest)[: count - len(chosen)]])).astype(np.int64)


def _embedded(points: Floats, random: np.random.Generator, check: Callable[[], None]) -> Floats:
    """Exact t-SNE of the landmarks (L, 2), begun from their two largest directions."""
    number = len(points)
    if number < 3:
        return np.array([(0.0, 0.0), (1.0, 0.0)], np.float32)[:number]
    wish = _affinities(squares_between(points, points), min(24.0, max(2.0, (number - 1) / 4)))
    centred = points - points.mean(0)
    start = centred @ _basis(centred)[:, :2]
    if start.shape[1] < 2:
        start = np.hstack([start, np.zeros((number, 2 - start.shape[1]), np.float32)])
    places = start / (start.std() or 1.0) * 1e-2 + random.normal(0, 1e-4, (number, 2))
    move, gains = np.zeros_like(places), np.ones_like(places)
    rate = max(50.0, number / 8)
    for step in range(STEPS):
        if step % 20 == 0:
            check()
        pull = wish * 8 if step < EARLY else wish
        kernel = 1 / (1 + squares_between(places, places))
        np.fill_diagonal(kernel, 0)
        forces = (pull - kernel / kernel.sum()) * kernel
        slope = 4 * (forces.sum(1)[:, None] * places - forces @ places)
        gains = np.where((slope > 0) == (move > 0), gains * 0.8, gains + 0.2).clip(0.01)
        move = (0.5 if step < EARLY else 0.8) * move - rate * gains * slope
        places = places + move - (places + move).mean(0)
    return np.asarray(places, np.float32)


def _affinities(squares: Floats, perplexity: float) -> Floats:
    """How much two landmarks belong together (L, L), sum 1: each has about `perplexity` neighbours."""
    np.fill_diagonal(squares, np.inf)
    low, high = np.zeros((len(squares), 1)), np.full((len(squares), 1), np.inf)
    finite = np.where(np.isfinite(squares), squares, 0)
    beta = 1 / np.maximum(finite.mean(1, keepdims=True), 1e-9)
    nearest = squares.min(1, keepdims=True)
    for _ in range(40):
        found = np.exp(-(squares - nearest) * beta)
        total = found.sum(1, keepdims=True)
        entropy = (
            np.log(total)
            + beta * ((finite - np.where(np.isfinite(squares), nearest, 0)) * found).sum(1, keepdims=True) / total
        )
        is_wide = entropy > np.log(perplexity)
        low, high = np.where(is_wide, beta, low), np.where(is_wide, high, beta)
        beta = np.where(np.isinf(high), beta * 2, (low + high) / 2)
    found = np.exp(-(squares - nearest) * beta)
    found /= found.sum(1, keepdims=True)
    return np.asarray((found + found.T) / (2 * len(squares)), np.float32)


def _fitted(places: Floats, room: tuple[float, float, float]) -> Floats:
    """Turned so that the longer side lies flat, and stretched into the room."""
    width, height, margin = room
    if len(places) < 2:
        return np.tile(np.array([[width / 2, height / 2]], np.float32), (len(places), 1))
    centred = places - places.mean(0)
    turned = centred @ _basis(centred)[:, :2] if len(places) > 2 else centred
    low, high = turned.min(0), turned.max(0)
    middle, span = (low + high) / 2, np.maximum(high - low, 1e-9)
    inner = np.array([width - 2 * margin, height - 2 * margin])
    # stretched by a half more one way than the other at most: circles stay recognisable
    scale = inner / span
    scale = np.minimum(scale, scale.min() * 1.5)
    if len(places) < 12:
        scale = scale * (0.35 + 0.05 * len(places))  # few stars stand together in the middle
    fitted = (turned - middle) * scale + (width / 2, height / 2)
    return _inflated(fitted, room) if len(places) >= 12 else fitted.astype(np.float32)


def _inflated(places: Floats, room: tuple[float, float, float]) -> Floats:
    """Islands as large as they can be with sea between them: t-SNE leaves small dense ones far apart.

    Landmarks nearer than `reach` push each other away, a little at a time, so that neighbours stay neighbours.
    """
    width, height, margin = room
    reach = np.sqrt(LAND * width * height / len(places))
    now = places.astype(np.float64)
    for _ in range(INFLATING):
        apart = now[:, None] - now[None]
        far = np.hypot(apart[..., 0], apart[..., 1])
        np.fill_diagonal(far, np.inf)
        push = np.maximum(0, 1 - far / reach) / np.maximum(far, reach * 1e-3)
        now += (apart * push[..., None]).sum(1) * reach * 0.12
        now = np.clip(now, (margin, margin), (width - margin, height - margin))
    return now.astype(np.float32)
