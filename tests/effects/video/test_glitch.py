from __future__ import annotations

import numpy as np
import pytest

from effects.frame import Frame
from effects.planes import blurred
from effects.video.glitch import Glitch, Kind
from timeline.time import ZERO, RationalTime


@pytest.fixture
def soft(noise) -> Frame:
    return blurred(noise(216, 120), 5)


def away(one: Frame, other: Frame) -> float:
    return float(np.mean([np.abs(a.astype(int) - b).mean() for a, b in zip(one.planes, other.planes, strict=True)]))


@pytest.mark.parametrize("kind", list(Kind))
def test_it_breaks_more_with_strength_and_elsewhere_with_another_seed(soft, kind):
    seen = [Glitch(kind=kind, strength=share).render(soft, ZERO) for share in (0.2, 0.6, 1)]
    far = [away(one, soft) for one in seen]
    assert 0 < far[0] < far[1] < far[2]
    assert away(seen[2], Glitch(kind=kind, strength=1, seed=2).render(soft, ZERO)) > 0.1


@pytest.mark.parametrize("kind", list(Kind))
def test_it_holds_still_between_two_breaks(soft, kind):
    glitch = Glitch(kind=kind, strength=1, rate=10)
    first, same, next_ = (glitch.render(soft, RationalTime(at, 100)) for at in (20, 29, 30))
    assert away(first, same) == 0
    assert away(first, next_) > 0.1


def test_levels_are_moved_and_not_made(soft):
    seen = Glitch(kind=Kind.CORRUPTION, strength=1).render(soft, ZERO).planes[0]
    assert seen.min() >= soft.planes[0].min()
    assert seen.max() <= soft.planes[0].max()
