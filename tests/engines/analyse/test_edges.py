"""The pictures at the ends of a stretch of film."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engines.analyse.edges import KnownEdges, edges_of
from engines.media.probe import probe
from tests.engines.analyse.clips import SIZE, Pixels, film, texture
from timeline.time import RationalTime, TimeRange

pytestmark = pytest.mark.media
BIG = (SIZE[0] + 200, SIZE[1])


@pytest.fixture(scope="module")
def panned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty pictures that go left by four pixels each, then twenty that stand, with a red square at the right."""
    wide = texture(BIG)

    def picture(number: int) -> Pixels:
        start = min(number, 20) * 4
        found = wide[:, start : start + SIZE[0]].copy()
        if number >= 20:
            found[60:120, 240:300] = (255, 0, 0)
        return found

    return film(tmp_path_factory.mktemp("edges") / "panned.mp4", picture, 40)


def test_the_first_picture_moves_the_last_one_stands_and_the_eye_goes_where_the_square_is(panned: Path) -> None:
    first, last = edges_of(probe(panned))
    assert first.moves is not None
    assert last.moves is not None
    assert first.moves[0] == pytest.approx(-4 * 25 / SIZE[0], rel=0.15)
    assert abs(last.moves[0]) < 0.02
    assert last.focus[0] > first.focus[0] + 0.05
    assert np.abs(last.cells - first.cells).max() > 0.05


def test_a_part_of_the_film_has_ends_of_its_own_and_is_looked_at_once(
    panned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    media, known = probe(panned), KnownEdges()
    part = TimeRange.between(RationalTime(0), RationalTime(10, 25))
    _, last = known.get(media, part)
    assert last.moves is not None
    assert last.moves[0] < -0.2
    monkeypatch.setattr("engines.analyse.edges.edges_of", None)
    again = known.get(replace(media, id="other", path="/elsewhere.mp4"), part)
    assert again[1] is last
