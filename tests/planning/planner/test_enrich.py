from hypothesis import given
from hypothesis import strategies as st

from studio_app.planning.planner.enrich import enriched

WORDS = st.sampled_from("calm tense rusty cinematic noir night street dusk wide slow colourful paper sad quiet".split())


def test_a_mood_and_a_style_say_what_the_words_leave_open() -> None:
    found = enriched("A street in the rain.", "tense", "cinematic")
    assert found.text.startswith("A street in the rain, hard side light, deep shadows, graded colours")
    assert [(one.aspect, one.because) for one in found.added] == [
        ("light", "tense"),
        ("colour", "cinematic"),
        ("pace", "tense"),
        ("lens", "cinematic"),
        ("surface", "cinematic"),
    ]


def test_what_the_words_say_is_never_said_over() -> None:
    found = enriched("A black and white street at night, slow motion, macro", "happy", "anime")
    assert {one.aspect for one in found.added} == {"surface"}


def test_other_words_for_a_mood_mean_the_same_and_unknown_ones_stand_for_themselves() -> None:
    assert [one.words for one in enriched("A lake", "serene").added] == [
        one.words for one in enriched("A lake", "calm").added
    ]
    assert enriched("A lake", "rusty").text == "A lake, rusty mood"
    assert enriched("A lake").text == "A lake"


@given(st.lists(WORDS, min_size=1).map(" ".join), WORDS, WORDS)
def test_nothing_is_added_twice(text: str, mood: str, style: str) -> None:
    once = enriched(text, mood, style)
    assert enriched(once.text, mood, style).added == ()
    assert all(one.words in once.text for one in once.added)
