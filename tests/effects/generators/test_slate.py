from __future__ import annotations

import numpy as np
import pytest

from effects.colour import yuva_of
from effects.frame import Canvas
from effects.generators.slate import Kind, Slate
from timeline.time import ZERO

pytestmark = pytest.mark.qt


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("size", [(1920, 1080), (160, 90), (1080, 1920), (33, 17), (2, 2)])
def test_it_covers_any_canvas_wholly(kind, size):
    frame = Slate(kind=kind, name="harbour.mov", text="Relink it in the media pool. " * 20).render(Canvas(*size), ZERO)
    assert frame.size == size
    assert (frame.planes[0][..., 3] == 255).all()
    assert len(yuva_of(frame).planes) == 3


@pytest.mark.parametrize(("size", "smallest"), [((1920, 1080), 40), ((320, 180), 6)])
def test_its_words_can_be_read(size, smallest):
    frame = Slate(kind=Kind.MISSING, name="harbour.mov").render(Canvas(*size), ZERO)
    light = frame.planes[0][..., :3].min(2) > 200  # the name is nearly white
    rows = np.flatnonzero(light.any(1))
    assert rows.max() - rows.min() + 1 >= smallest
    columns = np.flatnonzero(light.any(0))
    assert columns.min() > size[0] * 0.05
    assert columns.max() < size[0] * 0.95


def test_kinds_differ_in_colour_and_words():
    pictures = [Slate(kind=kind).render(Canvas(320, 180), ZERO).planes[0] for kind in Kind]
    assert pictures[0][..., 0].mean() > pictures[0][..., 2].mean() + 15  # missing is red
    assert pictures[1][..., 2].mean() > pictures[1][..., 0].mean() + 10  # awaited is blue
    assert not np.array_equal(pictures[0], pictures[2])
