from __future__ import annotations

import numpy as np
import pytest

from effects.video.film_grain import FilmGrain
from timeline.time import ZERO, RationalTime


def grain(plain, level: int = 120, at: RationalTime = ZERO, **values: float) -> np.ndarray:
    frame = plain(240, 160, (level,) * 3)
    return FilmGrain(**values).render(frame, at).planes[0].astype(float) - frame.planes[0]


def test_it_moves_with_time_and_seed_and_repeats(plain):
    first = grain(plain)
    assert np.array_equal(first, grain(plain))
    assert not np.array_equal(first, grain(plain, at=RationalTime(1, 25)))
    assert not np.array_equal(first, grain(plain, seed=2))


def test_the_picture_becomes_neither_lighter_nor_darker(plain):
    assert abs(grain(plain, strength=1).mean()) < 1


def test_the_middle_has_most_of_it(plain):
    middle, dark = (grain(plain, level, shadows=0.2).std() for level in (120, 10))
    assert middle > 1.5 * dark
    assert grain(plain, 0).std() == 0


def test_larger_grains_are_alike_further_off(plain):
    def likeness(size: float) -> float:
        field = grain(plain, size=size, strength=1)
        return float(np.corrcoef(field[:, :-2].ravel(), field[:, 2:].ravel())[0, 1])

    assert likeness(1) < 0.1 < 0.4 < likeness(5)
    assert likeness(1) == pytest.approx(0, abs=0.1)
