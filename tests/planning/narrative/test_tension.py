"""How tense a scene is, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio_app.planning.narrative.tension import UNKNOWN, Measured, tension_of, tension_of_words

FIGURES = {
    "motion": st.floats(-1, 50),
    "cuts": st.floats(0, 900),
    "loudness": st.floats(-200, 20),
    "words": st.floats(0, 1),
}
MEASURED = st.builds(Measured, *(st.none() | one for one in FIGURES.values()))


@settings(deadline=None)
@given(MEASURED)
def test_tension_lies_between_none_and_all_and_its_reasons_make_it(measured: Measured) -> None:
    tension = tension_of(measured)
    assert 0 <= tension.value <= 1
    known = [name for name in FIGURES if getattr(measured, name) is not None]
    assert [one.figure for one in tension.reasons] == known
    if known:
        assert sum(one.weight for one in tension.reasons) == pytest.approx(1)
        assert sum(one.weight * one.level for one in tension.reasons) == pytest.approx(tension.value)
    else:
        assert tension is UNKNOWN


@settings(deadline=None)
@given(MEASURED, st.sampled_from(sorted(FIGURES)), st.data())
def test_more_of_any_figure_never_makes_a_scene_calmer(measured: Measured, name: str, data: st.DataObject) -> None:
    less, more = sorted((data.draw(FIGURES[name]), data.draw(FIGURES[name])))
    low, high = (tension_of(replace(measured, **{name: one})).value for one in (less, more))
    assert low <= high + 1e-12


def test_a_reason_says_its_figure_in_words() -> None:
    told = tension_of(Measured(0.21, 12, -18.2, 0.9, ("chase",), frozenset({"motion"}))).sentence
    assert "motion 0.21 widths a second, as planned" in told
    assert "12 cuts a minute" in told
    assert "loudness −18 LUFS" in told
    assert "words (chase)" in told
    assert "silence" in tension_of(Measured(loudness=-71)).sentence


def test_stories_are_told_apart_by_their_words_in_any_form() -> None:
    fight, _ = tension_of_words("Two men fighting in the rain; an explosion, then panic.")
    rest, said = tension_of_words("A quiet garden, she sleeps.")
    assert fight is not None
    assert rest is not None
    assert fight > 0.8 > 0.2 > rest
    assert "sleeps" in said


def test_words_that_say_nothing_of_it_are_no_figure() -> None:
    assert tension_of_words("Table 12, chair. IMG_0043") == (None, ())
    assert tension_of_words("") == (None, ())
