"""What is asked of the sky is answered for the clips that are in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import numpy as np
import pytest

from studio_app.catalogue.query import LEAST, WORDS_LEAST, Found, Like
from studio_app.session.sky_asking import FEWEST, OPEN, answered
from studio_app.session.sky_stars import Stars, no_stars

HERE = 20


class _Source:
    """A catalogue of 40 clips, of which every second one is in the sky; each is less like what is asked than the one before."""

    def find(self, query: Any) -> Found:
        if query.like is None:  # words alone: nothing has all of them
            return Found()
        scored = [(one, 0.9 - 0.01 * one) for one in range(1, 41)]
        kept = [(one, score) for one, score in scored if score >= query.like.threshold - 1e-9]
        return Found(tuple(one for one, _ in kept), len(kept), tuple(score for _, score in kept))


def _stars() -> Stars:
    return replace(no_stars(), ids=np.arange(2, 42, 2), hashes=tuple("x" * HERE))


def test_scores_stand_by_their_clips_where_the_catalogue_knows_more_than_the_sky_shows() -> None:
    answer = answered(cast(Any, _Source()), _stars(), OPEN, "rain")
    assert answer.scores[0] == pytest.approx(0.88)
    assert answer.scores[-1] == pytest.approx(0.5)
    assert answer.order[:3].tolist() == [0, 1, 2]


def test_a_look_that_nothing_is_much_like_finds_the_few_that_are_nearest() -> None:
    far = replace(OPEN, like=Like(palette=(("#ff0000", 1.0),), threshold=0.95))
    answer = answered(cast(Any, _Source()), _stars(), far, "")
    assert np.nonzero(answer.matching)[0].tolist() == list(range(FEWEST))
    near = replace(OPEN, like=Like(palette=(("#ff0000", 1.0),), threshold=0.7))
    answer = answered(cast(Any, _Source()), _stars(), near, "")
    assert np.nonzero(answer.matching)[0].tolist() == list(range(10))
    assert answered(cast(Any, _Source()), _stars(), replace(OPEN, like=Like()), "").is_searched is False


def test_words_alone_are_asked_as_on_the_command_line() -> None:
    asked: list[float] = []

    class Told(_Source):
        def find(self, query: Any) -> Found:
            asked.extend([query.like.threshold] if query.like is not None else [])
            return super().find(query)

    answered(cast(Any, Told()), _stars(), OPEN, "rain")
    answered(cast(Any, Told()), _stars(), replace(OPEN, like=Like(clips=("x",))), "rain")
    assert asked == [WORDS_LEAST, LEAST]
