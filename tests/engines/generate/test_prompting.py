"""Words for remote engines: what must stay stays, what is cut is cut between words, and every change is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.errors import EngineError
from engines.generate.moderation import SAFETY_CUES, Strictness, filtered
from engines.generate.prompting import Parts, Template, build, cleared, newest

FULL = Parts(
    "A lighthouse over a calm sea.", style="noir", mood="tense", camera="pan_left", subject="walk", lighting="golden",
    keywords=("film grain", "35mm"), verbatim=("NOTE: keep the 2nd window DARK; seed words: blå, 港",),
)  # fmt: skip


def test_all_parts_stand_in_order_and_notes_stand_as_they_are() -> None:
    found = build(FULL, 1000)
    assert found.text == (
        "noir style: A lighthouse over a calm sea, walking, tense mood, golden light. camera pans left. "
        "NOTE: keep the 2nd window DARK; seed words: blå, 港, film grain, 35mm"
    )
    assert (found.template, found.notes) == ("shot 1.1", ())


def test_empty_parts_leave_no_trace() -> None:
    assert build(Parts("A lake."), 100).text == "A lake"


@given(
    st.text(alphabet="abc dé港 ", max_size=300), st.integers(60, 200), st.sampled_from(["characters", "utf16", "bytes"])
)
def test_what_is_sent_fits_and_ends_between_words(description: str, limit: int, units: str) -> None:
    parts = Parts(description, style="noir", mood="tense", verbatim=("KEEP ME AS I AM",))
    found = build(parts, limit, units)
    size = {
        "characters": len(found.text),
        "utf16": len(found.text.encode("utf-16-le")) // 2,
        "bytes": len(found.text.encode()),
    }
    assert size[units] <= limit
    assert "KEEP ME AS I AM" in found.text


def test_hints_go_before_the_description_and_that_is_told() -> None:
    found = build(FULL, 120)
    assert "A lighthouse over a calm sea" in found.text
    assert "film grain" not in found.text
    assert any("keywords" in note for note in found.notes)


def test_notes_that_are_too_long_are_refused_and_not_cut() -> None:
    with pytest.raises(EngineError, match="Shorten them"):
        build(Parts("A lake", verbatim=("x" * 200,)), 100)


def test_the_newest_version_of_a_template_is_taken() -> None:
    assert newest().id == "shot"
    assert build(Parts("A lake"), 100, template=Template("own", "2.1", "{description}!")).text == "A lake!"
    with pytest.raises(EngineError, match="no template"):
        newest("nothing")


@pytest.mark.parametrize(
    "text", ["It has begun, a gunny sack, Burgundy", "warm wardrobe", "a skilled hand", "shotgun-free"]
)
def test_only_whole_words_are_found(text: str) -> None:
    assert filtered(text, Strictness.STRICT).text == text


@pytest.mark.parametrize(
    ("text", "strictness", "became"),
    [
        ("They shoot a scene", Strictness.STANDARD, "They film a scene"),
        ("Attack of the waves", Strictness.STANDARD, "Approach of the waves"),
        ("a man, a gun, a dog", Strictness.STANDARD, "a man, a dog"),
        ("a war of colours", Strictness.STANDARD, "a war of colours"),
        ("a war of colours", Strictness.STRICT, "of colours"),
        ("a gun", Strictness.OFF, "a gun"),
        ("GORE everywhere", Strictness.STANDARD, "everywhere"),
        ("", Strictness.STRICT, ""),
        ("港の夜 🌙", Strictness.STRICT, "港の夜 🌙"),
    ],
)
def test_words_at_their_strictness(text: str, strictness: Strictness, became: str) -> None:
    found = filtered(text, strictness)
    assert found.text == became
    assert bool(found.changes) == (text != became)


def test_the_projects_own_list_counts_even_when_the_rest_is_off() -> None:
    found = filtered("A can of Fizzo, fizzo-like", Strictness.OFF, ["fizzo"])
    assert found.text == "A can of, fizzo-like"
    assert [(one.found, one.why) for one in found.changes] == [("Fizzo", "the project's list")]


def test_strict_words_ask_for_harmless_pictures_and_that_is_told() -> None:
    parts, changes = cleared(Parts("A battle in the dark", verbatim=("no gun",)), Strictness.STRICT)
    assert build(parts, 1000).text == f"in the dark. no, {SAFETY_CUES}"
    assert [one.sentence for one in changes] == [
        "“battle” was taken out (strict).",
        "“gun” was taken out (weapons and drugs).",
        f"“{SAFETY_CUES}” was added (strict: harmless pictures are asked for).",
    ]
    plain = Parts("A battle in the dark")
    assert cleared(plain, Strictness.OFF) == (plain, ())
    assert cleared(plain, Strictness.STANDARD) == (plain, ())


@given(
    st.lists(st.sampled_from(["naked", "a", "lake", "shoot", "gun", "explosion", "kills"]), min_size=1, max_size=60),
    st.integers(70, 200),
    st.sampled_from(Strictness),
)
def test_what_is_filtered_fits_and_keeps_its_notes(words: list[str], limit: int, strictness: Strictness) -> None:
    parts, _ = cleared(Parts(" ".join(words), mood="tense", verbatim=("KEEP ME AS I AM",)), strictness)
    found = build(parts, limit)
    assert len(found.text) <= limit
    assert "KEEP ME AS I AM" in found.text
    assert (SAFETY_CUES in found.text) == (strictness is Strictness.STRICT)


def test_ten_thousand_words_are_filtered_quickly_enough_to_be_typed() -> None:
    assert len(filtered("a calm lake " * 10_000, Strictness.STRICT).text) > 100_000
