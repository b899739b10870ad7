from __future__ import annotations

import pytest

from engines.generate.base import GenerationRequest
from engines.generate.procedural.interpret import interpret
from engines.generate.procedural.interpret.rewording import choices, reworded
from engines.generate.understood import Chip, Rewording

PROMPTS = (
    "three small red birds in front of a huge island, no rain or snow, slightly blue, very dark",
    "A lighthouse above a still harbour at dusk, a couple of boats on the left, push in",
    "A boat at dawn, then a storm in 3 seconds -> calm night",
    "neither rain nor snow, without people. A deserted beach with heavy fog, 10 seconds",
    "title 'Hello World' over mountains, noir, (red:1.4), a dozen fish next to a robot",
    "no rain, fog or snow but a red boat and two lighthouses, golden hour, handheld, not too bright",
    "day turns into night over a city; neon lights; slightly faster; an umbrella and some people",
)


def chips(prompt: str) -> tuple[Chip, ...]:
    return interpret(GenerationRequest(prompt=prompt)).chips


def chip(prompt: str, phrase: str) -> Chip:
    return next(one for one in chips(prompt) if one.phrase == phrase)


def change(prompt: str, phrase: str, **fields: object) -> str:
    return reworded(prompt, chip(prompt, phrase), Rewording(**fields), chips(prompt))  # type: ignore[arg-type]


def said(prompt: str) -> list[tuple[str, str, bool]]:
    return sorted((one.domain, one.value, one.negated) for one in chips(prompt))


@pytest.mark.parametrize("prompt", PROMPTS)
def test_a_phrase_taken_out_is_gone_and_the_rest_stays(prompt: str) -> None:
    for one in chips(prompt):
        left = said(prompt)
        left.remove((one.domain, one.value, one.negated))
        if one.domain == "subject":  # a colour goes with what it colours
            left = [each for each in left if each[0] != "subject_colour"]
            now = [
                each for each in said(reworded(prompt, one, Rewording(), chips(prompt))) if each[0] != "subject_colour"
            ]
        else:
            now = said(reworded(prompt, one, Rewording(), chips(prompt)))
        assert now == left, one.phrase


@pytest.mark.parametrize("prompt", PROMPTS)
def test_a_phrase_can_be_denied_and_wished_again(prompt: str) -> None:
    for one in chips(prompt):
        if not choices(one).can_be_denied or one.domain == "subject":
            continue
        text = reworded(prompt, one, Rewording(negated=not one.negated), chips(prompt))
        wanted = said(prompt)
        wanted.remove((one.domain, one.value, one.negated))
        assert said(text) == sorted([*wanted, (one.domain, one.value, not one.negated)]), text


@pytest.mark.parametrize("prompt", PROMPTS[:2] + PROMPTS[5:])
def test_every_value_degree_and_number_of_the_menu_reads_as_chosen(prompt: str) -> None:
    for one in chips(prompt):
        offered = choices(one)
        for value, word in offered.values:
            text = reworded(prompt, one, Rewording(value=value), chips(prompt))
            meanings = {pair for each in chips(text) for pair in ((each.domain, each.value), *each.also)}
            assert (one.domain, value) in meanings, (word, text)
        for weight, _ in offered.weights:
            text = reworded(prompt, one, Rewording(weight=weight), chips(prompt))
            found = [each.weight for each in chips(text) if (each.domain, each.value) == (one.domain, one.value)]
            assert any(abs(each - weight) < 0.01 for each in found), text
        for count in offered.counts:
            text = reworded(prompt, one, Rewording(count=count), chips(prompt))
            assert any(each.count == count for each in chips(text)), text


@pytest.mark.parametrize(
    ("prompt", "phrase", "fields", "text"),
    [
        ("a city at dusk, rain", "dusk", {}, "a city, rain"),
        ("no rain or snow", "rain", {}, "no snow"),
        ("no rain, fog or snow", "snow", {}, "no rain or fog"),
        ("an orange boat", "orange", {}, "a boat"),
        ("a boat", "boat", {"count": 3}, "three boats"),
        ("Three boats at sea", "boats", {"count": 1}, "A boat at sea"),
        ("a very dark city", "dark", {"weight": 0.45}, "a slightly dark city"),
        ("darker city", "darker", {"weight": 1.0}, "dark city"),
        ("heavy rain", "rain", {"weight": 0.5}, "light rain"),
        ("a boat", "boat", {"value": "umbrella"}, "an umbrella"),
        ("boats at dawn", "dawn", {"value": "golden_hour"}, "boats at golden hour"),
        ("a red sunset", "red", {"value": "ocean"}, "a blue sunset"),
        ("a city, rain", "rain", {"negated": True}, "a city, no rain"),
        ("a city, no rain", "rain", {"negated": False}, "a city, rain"),
    ],
)
def test_the_new_words_read_well(prompt: str, phrase: str, fields: dict[str, object], text: str) -> None:
    assert change(prompt, phrase, **fields) == text


def test_an_unknown_word_is_replaced_or_taken_out() -> None:
    prompt = "a zyzzyx bout on the sea"
    first, second = (one.as_chip for one in interpret(GenerationRequest(prompt=prompt)).unknowns)
    assert reworded(prompt, second, Rewording(value="boat")) == "a zyzzyx boat on the sea"
    assert reworded(prompt, first, Rewording()) == "a bout on the sea"


def test_a_chip_that_stands_elsewhere_changes_nothing() -> None:
    assert reworded("a boat", Chip("noir", "style", "noir", start=-1, end=-1, from_=-1), Rewording()) == "a boat"
