from __future__ import annotations

import numpy as np

from effects.frame import Canvas
from effects.generators.lens_flare import LensFlare
from timeline.time import ZERO

CANVAS = Canvas(320, 180, 1 / 6)


def test_it_is_brightest_where_the_light_is():
    pixels = LensFlare(x=75, y=25, ghosts=0).render(CANVAS, ZERO).planes[0]
    row, column = np.unravel_index(np.argmax(pixels[..., :3].sum(2).astype(int)), pixels.shape[:2])
    assert abs(column - 240) <= 4
    assert abs(row - 45) <= 4
    assert pixels[..., 3].max() >= 250


def test_no_strength_is_nothing():
    assert LensFlare(strength=0).render(CANVAS, ZERO).planes[0].max() == 0


def test_the_tint_colours_the_glow():
    blue = LensFlare(tint="#4060ff", ghosts=0, streak=0).render(CANVAS, ZERO).planes[0].astype(int)
    assert blue[..., 2].sum() > blue[..., 0].sum() * 1.1


def test_ghosts_lie_opposite_the_light():
    without, with_ghosts = (LensFlare(x=20, y=20, ghosts=part).render(CANVAS, ZERO).planes[0] for part in (0, 1))
    added = with_ghosts.astype(int).sum(2) - without.astype(int).sum(2)
    assert added[90:, 160:].mean() > 2
    assert added[100:, :60].mean() < 1


def test_it_stays_premultiplied():
    pixels = LensFlare().render(CANVAS, ZERO).planes[0]
    assert (pixels[..., :3] <= pixels[..., 3:]).all()
