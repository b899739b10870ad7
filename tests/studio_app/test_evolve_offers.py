"""What results are called, and in what four of them differ."""

from __future__ import annotations

from engines.evolve.run import Step
from studio_app.session.evolve_attempts import Spread, four, spread_of
from studio_app.session.evolve_offers import offer_named, operation_offers, shown_step, values_key


def test_a_result_is_called_by_what_it_is() -> None:
    names = {one.id: shown_step(Step(one.id, {})) for one in operation_offers()}
    assert names["vary.time_of_day"] == "Golden hour 50 %"
    assert names["mutate.kaleidoscope"] == "Kaleidoscope 6, 50 %"
    assert names["evolve.upscale"] == "Upscale 1080p"
    assert names["evolve.enhance"] == "Enhance 80 %"
    assert names["remix.combine"] == "Split screen, horizontal"
    assert names["extend.loop"] == "Loop"
    assert all(name[0].isalpha() for name in names.values())


def test_four_more_and_four_more_are_never_what_is_there() -> None:
    offer = offer_named("vary.mood")
    assert offer is not None
    made: list[dict[str, object]] = []
    for _ in range(5):
        for values, _ in four(offer, offer.defaults(), 1, Spread.VALUES, made):
            assert values_key(values) not in {values_key(one) for one in made}
            made.append(dict(values))
    assert {str(one["mood"]) for one in made[:5]} == set(offer.choice.choices if offer.choice else ()), (
        "each word first"
    )


def test_where_the_amount_comes_first_four_differ_in_it() -> None:
    offer = offer_named("evolve.enhance")
    assert offer is not None
    assert spread_of(offer, offer.defaults(), None) is Spread.STRENGTH
