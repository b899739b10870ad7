"""Which clusters clips belong to, how surely, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio_app.catalogue.family import families
from studio_app.catalogue.judging import LEAST, Evidence, evidence_from_json, judge, members_of
from studio_app.catalogue.row import Member
from studio_app.catalogue.traits import Traits, from_json
from studio_app.catalogue.words import clusters_said, stem, vector_of, written_out
from tests.catalogue.library import Made, library

FAMILIES = ("genre", "pacing", "style")


def _members(traits: Traits | None, said: str = "") -> list[Member]:
    found = judge(traits, said)
    return members_of(found.confidence, found.reasons)


def _ids(traits: Traits | None, said: str = "") -> set[str]:
    return {one.cluster for one in _members(traits, said)}


def _film(cuts: float, level: float = 0.1, **more: float) -> Traits:
    figures = {"cuts.per_minute": cuts, "cuts.count": max(1.0, cuts), "motion.level": level}
    return Traits({**figures, **{name.replace("__", "."): value for name, value in more.items()}}, seconds=60.0)


def test_there_are_eighteen_clusters() -> None:
    assert [len(families()[name].kinds) for name in FAMILIES] == [6, 6, 6]


@pytest.mark.parametrize("spoken", [True, False], ids=["said", "only measured"])
def test_clips_of_known_groups_are_told_apart_where_the_measure_decides(spoken: bool) -> None:
    clips = library(2000, spoken=spoken)
    for family in FAMILIES:
        told = [one for one in clips if family in one.group.decides]
        right = sum(_surest(one, family) == getattr(one.group, family) for one in told)
        assert right / len(told) >= 0.95, family


def _surest(made: Made, family: str) -> str:
    rows = [one for one in _members(made.seen.traits, made.seen.words) if one.cluster.startswith(f"{family}.")]
    return max(rows, key=lambda one: one.confidence).cluster.partition(".")[2] if rows else ""


def test_the_documents_example_is_action_fast_paced_and_raw() -> None:
    film = _film(
        45, level=0.4, motion__shake=0.05, colour__saturation=0.3, colour__brightness=0.4, graphics__texture=0.05
    )
    assert _ids(film, "action, chase") == {"genre.action", "pacing.fast_paced", "style.raw"}
    assert _ids(_film(45), "action, chase, handheld") == {"genre.action", "pacing.fast_paced", "style.raw"}


def test_the_documents_example_holds_where_handheld_was_measured_not_typed() -> None:
    film = _film(
        45, level=0.4, motion__shake=0.02, colour__saturation=0.6, colour__brightness=0.4, colour__contrast=0.2,
        colour__colour_variance=0.15, graphics__busyness=0.5, graphics__texture=0.05,
    )  # fmt: skip
    rows = _members(replace(film, camera="pan left, handheld"), "action, chase")
    surest = {family: next(one for one in rows if one.cluster.startswith(family)) for family in FAMILIES}
    assert {one.cluster for one in surest.values()} == {"genre.action", "pacing.fast_paced", "style.raw"}
    assert "The camera is held by hand" in surest["style"].reasons
    panned = _members(replace(film, camera="pan left"), "action, chase")
    assert next(one for one in panned if one.cluster.startswith("style")).cluster == "style.stylized"
    few = _film(45, motion__shake=0.02, colour__saturation=0.6)
    assert _ids(replace(few, camera="handheld"), "action, chase") == {"genre.action", "pacing.fast_paced", "style.raw"}


def test_moves_of_the_camera_measured_or_asked_for_speak_for_kinds() -> None:
    film = _film(20, 0.1, colour__warmth=-0.06, composition__symmetry=0.6, motion__shake=0.006, sound__music=0.3)

    def sure(camera: str, said: str) -> float:
        return judge(replace(film, camera=camera), said).confidence["genre.sci_fi"]

    assert sure("static", "a robot, orbit left") > sure("static", "a robot") == sure("static", "a frying pan, a robot")
    assert "The camera goes round" in judge(film, "a robot, orbit left").reasons["genre.sci_fi"]


@pytest.mark.parametrize(
    ("cuts", "pacing"),
    [
        (0.5, "slow_burn"), (4.99, "slow_burn"), (5, "steady"), (14.99, "steady"), (15, "dynamic"), (29.99, "dynamic"),
        (30, "fast_paced"), (49.99, "fast_paced"), (50, "frenetic"), (100, "frenetic"), (400, "frenetic"),
    ],
)  # fmt: skip
def test_pacing_goes_by_cuts_a_minute_in_half_open_ranges(cuts: float, pacing: str) -> None:
    assert _ids(_film(cuts)) == {f"pacing.{pacing}"}


def test_what_is_hardly_cut_and_hardly_moves_is_contemplative() -> None:
    assert _ids(_film(1, level=0.005)) == {"pacing.contemplative"}
    assert _ids(_film(2.99, level=0.005)) == {"pacing.contemplative"}
    assert _ids(_film(3, level=0.005)) == {"pacing.slow_burn"}
    assert _ids(_film(1, level=0.05)) == {"pacing.slow_burn"}


def test_a_single_short_shot_is_judged_by_its_motion() -> None:
    def shot(level: float) -> Traits:
        return Traits({"cuts.per_minute": 0, "cuts.count": 0, "motion.level": level}, seconds=4.0)

    assert _ids(shot(0.003)) == {"pacing.contemplative"}
    assert _ids(shot(0.4)) == {"pacing.fast_paced"}
    assert "judged by its motion" in _members(shot(0.4))[0].reasons[0]
    long = Traits({"cuts.per_minute": 0, "cuts.count": 0, "motion.level": 0.4}, seconds=60.0)
    assert _ids(long) == {"pacing.slow_burn"}


def test_of_what_was_not_measured_the_pace_is_the_usual_one_and_sound_has_none() -> None:
    assert _ids(None) == {"pacing.dynamic"}
    assert _ids(None, "a slow, lingering evening") == {"pacing.slow_burn"}
    assert _ids(Traits({"sound.speech": 0.9}, seconds=60.0)) == set()


def test_words_count_by_their_forms_and_once_each() -> None:
    assert clusters_said("Explosions! They chased and were chasing him")["genre.action"] == (
        "Explosions".lower(),
        "chased",
    )
    assert stem("laughing") == stem("laughs") == stem("laugh")
    assert _ids(None, "scared of the dark") >= {"genre.horror"}
    assert "style.retro" in clusters_said("an old home movie on super 8")


@pytest.mark.parametrize(
    "said", ["nature", "a class", "an express train", "spacious rooms", "really", "evening", "Polish"]
)
def test_what_only_begins_like_a_word_of_a_cluster_is_none(said: str) -> None:
    assert not clusters_said(said)


@pytest.mark.parametrize(
    ("said", "cluster"),
    [
        ("jokes", "genre.comedy"), ("stories", "genre.drama"), ("a film", "style.cinematic"), ("sci fi", "genre.sci_fi"),
        ("high quality", "style.cinematic"), ("fighters", "genre.action"), ("nostalgia", "style.retro"),
    ],
)  # fmt: skip
def test_words_of_the_clusters_are_met_in_their_forms(said: str, cluster: str) -> None:
    assert cluster in clusters_said(said)


def test_reasons_name_words_as_they_were_typed() -> None:
    assert clusters_said("A story with Humor")["genre.drama"] == ("story",)
    assert clusters_said("A story with Humor")["genre.comedy"] == ("humor",)
    assert clusters_said("nature documentary")["genre.documentary"] == ("documentary",)


def test_every_word_of_a_cluster_is_met_in_every_form() -> None:
    for family in families().values():
        for kind in family.kinds:
            for form, _ in written_out(kind.words):
                assert f"{family.id}.{kind.id}" in clusters_said(form), form


def test_figures_make_what_is_said_more_or_less_sure() -> None:
    dark, bright = _film(3, 0.04, colour__brightness=0.07), _film(40, 0.4, colour__brightness=0.7)
    sure = {
        name: _confidence(traits, "a creepy corridor", "genre.horror") for name, traits in (("d", dark), ("b", bright))
    }
    assert sure["d"] > 0.8 > sure["b"] > LEAST


def _confidence(traits: Traits, said: str, cluster: str) -> float:
    return judge(traits, said).confidence[cluster]


def test_figures_alone_are_never_as_sure_as_words() -> None:
    for made in library(100, spoken=False):
        for one in _members(made.seen.traits):
            assert one.cluster.startswith("pacing.") or one.confidence <= 0.75


def test_a_clip_is_in_two_genres_and_styles_at_most_and_each_membership_has_its_reasons() -> None:
    said = "action drama comedy horror space documentary cinematic raw artistic minimal surreal retro"
    for made in library(200):
        rows = _members(made.seen.traits, f"{made.seen.words} {said if made.seen.seed == 7 else ''}")
        for family, most in (("genre", 2), ("pacing", 1), ("style", 2)):
            assert len([one for one in rows if one.cluster.startswith(f"{family}.")]) <= most
        assert all(one.reasons and LEAST <= one.confidence <= 0.99 for one in rows)


def test_evidence_and_traits_survive_being_written() -> None:
    made = library(3)[2].seen
    assert made.traits is not None
    found = judge(made.traits, made.words)
    assert evidence_from_json(found.as_json()) == Evidence(found.confidence, found.reasons)
    again = from_json(made.traits.as_json())
    assert (again.swatches[0][0], again.camera, again.luma) == (
        made.traits.dominant,
        made.traits.camera,
        made.traits.luma,
    )
    with pytest.raises(ValueError, match="no traits"):
        from_json("[1, 2]")


def test_words_that_mean_the_same_are_near_each_other() -> None:
    asked = vector_of("the sea at night")
    assert (
        float(asked @ vector_of("ocean waves in the dark")) > 0.3 > float(asked @ vector_of("a kitchen in the morning"))
    )
    assert not vector_of("").any()
    assert not vector_of("the and of 12").any()
