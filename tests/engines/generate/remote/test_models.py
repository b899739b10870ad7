"""The list of models: limits by kind of work, prices that can be held to a cap, old names."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from engines.errors import EngineError
from engines.generate.base import GenerationRequest
from engines.generate.remote.learning import learnt
from engines.generate.remote.models import catalogue, read, shipped
from engines.generate.remote.provider import kind_of
from timeline.time import RationalTime

ENTRY = '[[model]]\nid = "mine"\nprovider = "fal"\nlabel = "mine"\nkinds = ["text_to_video"]\nchecked = 2026-11-21\n'


def test_words_alone_have_fewer_shapes_than_a_picture_at_runway() -> None:
    model = shipped().models["runway/gen4.5"]
    assert model.for_kind("text_to_video").sizes == ("1280:720", "720:1280")
    assert "960:960" in model.for_kind("image_to_video").sizes


def test_ten_seconds_of_luma_go_by_words_alone() -> None:
    model = shipped().models["luma/ray-3.2"]
    by_picture = kind_of(GenerationRequest(prompt="A lake", duration=RationalTime(8), image_reference="start.png"))
    assert model.for_kind("text_to_video").lengths_about(8) == 10
    assert model.for_kind(by_picture).lengths_about(8) is None
    assert model.for_kind(by_picture).lengths_about(5) == 5


def test_every_model_that_can_be_used_has_a_price_in_dollars() -> None:
    assert all(one.price and one.currency == "USD" for one in shipped().models.values() if not one.retired())


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ("", "it has no price"),
        ("retires = 2099-01-01", "it has no price"),
        ('price = { "" = -1 }', "greater than or equal to 0"),
        ('price = { "" = 1 }\ncurrency = "EUR"', "'USD'"),
    ],
)
def test_an_entry_whose_price_cannot_be_counted_is_refused(rest: str, said: str) -> None:
    with pytest.raises(EngineError, match=r"model 1 \(mine\)") as caught:
        read(ENTRY + rest, "models.toml")
    assert said in caught.value.message


def test_a_free_model_says_so() -> None:
    assert read(ENTRY + 'price = { "" = 0 }', "models.toml").models["fal/mine"].cost(5) == 0


@pytest.mark.parametrize(
    ("name", "serves"),
    [("Suno", "elevenlabs"), ("Dream Machine", "luma"), ("svd", "comfyui"), ("veo", "google"), ("gen-2", "runway")],
)
def test_names_people_still_use_lead_to_what_serves_them_now_and_say_so(name: str, serves: str) -> None:
    found = shipped().find(name)
    assert found is not None
    assert found.provider == serves
    assert not found.retired()
    assert shipped().words[name.casefold()]


def test_what_has_no_successor_says_why() -> None:
    assert shipped().find("sora") is None
    assert "no successor" in shipped().words["sora"]


def test_whatever_is_renamed_is_told_and_there() -> None:
    assert all(name in shipped().words for name in shipped().renamed)
    assert all(shipped().find(name) is not None for name in shipped().renamed)


@pytest.mark.parametrize(
    "document",
    [
        {"components": []},
        {"components": {"schemas": {"Input": {"properties": {"prompt": "words"}}}}},
        {
            "components": {
                "schemas": {"Input": {"properties": {"prompt": {}, "duration": {"minimum": "short", "maximum": 5}}}}
            }
        },
    ],
)
def test_a_model_that_publishes_nonsense_is_refused_in_a_sentence(document: dict[str, object]) -> None:
    with pytest.raises(EngineError, match="acme/dreamer publishes of its inputs cannot be read"):
        learnt("fal", "acme/dreamer", document, {"": Decimal("0.05")}, "second")


def test_the_users_own_list_is_read_once_and_anew_when_it_was_changed(tmp_path: Path) -> None:
    own = tmp_path / "models.toml"
    assert catalogue(own) is shipped()
    own.write_text('[renamed]\n"my old name" = "runway/gen4.5"\n', "utf-8")
    first = catalogue(own)
    assert first.renamed["my old name"] == "runway/gen4.5"
    assert catalogue(own) is first
    own.write_text('[renamed]\n"another old name" = "runway/gen4.5"\n', "utf-8")
    assert "another old name" in catalogue(own).renamed
    own.unlink()
    assert catalogue(own) is shipped()
