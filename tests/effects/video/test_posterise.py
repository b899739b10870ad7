from __future__ import annotations

import numpy as np
import pytest

from effects.frame import Frame, Layout
from effects.video.posterise import Posterise
from timeline.time import ZERO


@pytest.mark.parametrize("levels", [2, 5, 16])
def test_only_so_many_levels_of_each_colour_stay(levels):
    ramp = np.dstack([np.arange(256, dtype=np.uint8)[None]] * 3 + [np.full((1, 256), 255, np.uint8)])
    seen = Posterise(levels=levels).render(Frame((ramp,), Layout.RGBA), ZERO).planes[0][0, :, 0]
    assert np.array_equal(np.unique(seen), np.rint(np.linspace(0, 255, levels)).astype(np.uint8))
