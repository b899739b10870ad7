"""The colours of a picture: gathered in bounded memory, told apart as the eye does, compared to palettes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from effects.oklab import from_oklab, to_oklab

Swatch = tuple[NDArray[np.float64], float]
"""A colour in OKLab, and its share."""

_STEPS = 16
"""Of each channel: 4,096 cells, each with its count and the sum of its colours."""
MOST = 6
_ALIKE = 0.075
"""OKLab distance below which two colours go by one name."""
_GREY = 0.03
"""Mean chroma below which a picture, or a palette, passes for grey."""
_GAINS = ((1.0, 1.0), (1.4, 1.1), (2.0, 1.2))
_LEAST_SHARE = 0.01
_ROUNDS = 12


class ColourCount:
    """Counts colours of any number of pictures."""

    def __init__(self) -> None:
        self._counts = np.zeros(_STEPS**3)
        self._sums = np.zeros((_STEPS**3, 3))

    def add(self, rgb: NDArray[np.uint8]) -> None:
        """Take a picture, (h, w, 3) sRGB."""
        flat = rgb.reshape(-1, 3).astype(np.int64)
        cells = (flat[:, 0] // _STEPS * _STEPS + flat[:, 1] // _STEPS) * _STEPS + flat[:, 2] // _STEPS
        self._counts += np.bincount(cells, minlength=_STEPS**3)
        for channel in range(3):
            self._sums[:, channel] += np.bincount(cells, weights=flat[:, channel], minlength=_STEPS**3)

    def swatches(self) -> list[Swatch]:
        """The main colours in OKLab with their share, the largest first; at most MOST. The same counts give the same ones."""
        used = self._counts > 0
        weights = self._counts[used] / max(self._counts.sum(), 1)
        lab = to_oklab(self._sums[used] / self._counts[used][:, None] / 255)
        if not len(weights):
            return []
        centres = _centres(lab, _settle(lab, weights, _starts(lab, weights)), weights)
        return [(centre, share) for centre, share in centres if share >= _LEAST_SHARE][:MOST]


def _starts(lab: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """The heaviest colour, then each time the one that is most of it and farthest from those before."""
    chosen = [int(np.argmax(weights))]
    nearest = np.sum((lab - lab[chosen[0]]) ** 2, axis=1)
    for _ in range(MOST - 1):
        best = int(np.argmax(weights * nearest))
        if nearest[best] < _ALIKE**2:
            break
        chosen.append(best)
        nearest = np.minimum(nearest, np.sum((lab - lab[best]) ** 2, axis=1))
    return lab[chosen]


def _settle(
    lab: NDArray[np.float64], weights: NDArray[np.float64], centres: NDArray[np.float64]
) -> NDArray[np.float64]:
    """K-means, by weight."""
    for _ in range(_ROUNDS):
        owner = np.argmin(distances(lab, centres), axis=1)
        mass = np.bincount(owner, weights, len(centres))
        sums = np.stack([np.bincount(owner, weights * lab[:, n], len(centres)) for n in range(3)], axis=1)
        moved = np.where(mass[:, None] > 0, sums / np.maximum(mass, 1e-12)[:, None], centres)
        if np.allclose(moved, centres, atol=1e-4):
            break
        centres = moved
    return centres


def _centres(lab: NDArray[np.float64], centres: NDArray[np.float64], weights: NDArray[np.float64]) -> list[Swatch]:
    """Each centre with its share, those that look alike as one, the largest first."""
    mass = np.bincount(np.argmin(distances(lab, centres), axis=1), weights, len(centres))
    merged: list[Swatch] = []
    for place in np.argsort(-mass, kind="stable"):
        centre, share = centres[place], float(mass[place])
        for at, (other, its) in enumerate(merged):
            if np.linalg.norm(other - centre) < _ALIKE:
                merged[at] = ((other * its + centre * share) / max(its + share, 1e-12), its + share)
                break
        else:
            merged.append((centre, share))
    return sorted(merged, key=lambda one: -one[1])


def distances(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, m) OKLab distances of (n, 3) and (m, 3)."""
    return np.asarray(np.sqrt(np.sum((a[:, None] - b[None]) ** 2, axis=2)))


def code_of(lab: NDArray[np.float64]) -> str:
    """`#rrggbb` of an OKLab colour."""
    red, green, blue = np.rint(from_oklab(lab) * 255).astype(int)
    return f"#{red:02x}{green:02x}{blue:02x}"


def distance_to(swatches: Sequence[Swatch], codes: str) -> float:
    """How far colours are from a palette (codes, dark to light).

    The mean, by share, from each colour to the nearest point of the line through the palette's colours, in OKLab: below 0.05
    nobody sees a difference, above 0.15 it is another palette. Lightness counts half: a palette is a matter of hue first,
    so a paler picture of the same hues is nearer than grey (its chroma may be raised up to twice, at some cost).
    """
    return min(_plain_distance(swatches, codes, gain) * cost for gain, cost in _GAINS)


def _plain_distance(swatches: Sequence[Swatch], codes: str, gain: float) -> float:
    squeeze = np.array([0.5, 1.0, 1.0])
    colours = np.array([lab for lab, _ in swatches]) * squeeze * (1.0, gain, gain)
    shares = np.array([share for _, share in swatches])
    stops = _stops(codes) * squeeze
    line = np.concatenate([np.linspace(a, b, 8) for a, b in pairwise([*stops, stops[-1]])])
    return float(np.sum(shares * distances(colours, line).min(axis=1)) / shares.sum())


def _stops(codes: str) -> NDArray[np.float64]:
    return to_oklab(np.array([tuple(bytes.fromhex(code)) for code in codes.split()]) / 255)


def _chroma(codes: str) -> float:
    """Of the most colourful of a palette's colours."""
    return float(np.hypot(*_stops(codes)[:, 1:].T).max())


def nearest_palette(swatches: Sequence[Swatch], palettes: Mapping[str, str]) -> tuple[str, float]:
    """The palette that is nearest, and how far it is; a grey one only for what is grey itself."""
    chroma = sum(float(np.hypot(lab[1], lab[2])) * share for lab, share in swatches)
    total = sum(share for _, share in swatches)
    is_grey = chroma < _GREY * total
    found = {
        name: distance_to(swatches, codes) for name, codes in palettes.items() if is_grey or _chroma(codes) > _GREY
    }
    best = min(found, key=lambda name: found[name])
    return best, found[best]
