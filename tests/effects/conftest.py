"""Small pictures to try effects on."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from effects.colour import yuv_of
from effects.frame import Frame

MakeFrame = Callable[..., Frame]


@pytest.fixture
def noise() -> MakeFrame:
    """An opaque YUV frame of random levels: `noise(width, height, seed)`."""

    def make(width: int = 32, height: int = 18, seed: int = 1) -> Frame:
        random = np.random.default_rng(seed)
        half = ((height + 1) // 2, (width + 1) // 2)
        return Frame(
            (
                random.integers(16, 236, (height, width), np.uint8),
                random.integers(16, 241, half, np.uint8),
                random.integers(16, 241, half, np.uint8),
            )
        )

    return make


@pytest.fixture
def plain() -> MakeFrame:
    """An opaque YUV frame of one colour: `plain(width, height, (r, g, b))`."""

    def make(width: int = 32, height: int = 18, colour: tuple[int, int, int] = (128, 128, 128)) -> Frame:
        return yuv_of(np.full((height, width, 3), colour, np.uint8))

    return make
