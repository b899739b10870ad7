from __future__ import annotations

import numpy as np

from effects.colour import yuv_of
from effects.transitions.morph import Morph


def blob(x: float) -> np.ndarray:
    ys, xs = np.mgrid[:120, :200]
    level = 40 + 180 * np.exp(-(((xs - x) / 18) ** 2) - (((ys - 60) / 18) ** 2))
    return yuv_of(np.repeat(level[..., None], 3, 2).astype(np.uint8))


def test_a_shape_travels_instead_of_fading():
    seen = Morph().render(blob(80), blob(104), 0.5).planes[0].astype(float)
    row = seen[60]
    assert abs(int(row.argmax()) - 92) <= 4
    # a dissolve of the two would be lower and wider here
    dissolve = (blob(80).planes[0].astype(float) + blob(104).planes[0])[60] / 2
    assert row.max() > dissolve.max() + 10
