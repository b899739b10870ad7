"""What is learnt of films: the log, sums and suggestions, looks with names, blends, what is tried next, and looks in prompts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from effects.oklab import to_oklab
from engines.errors import EngineError
from engines.generate.base import GenerationRequest
from engines.generate.procedural.create import create
from engines.generate.procedural.grow.apply import Learnt, grown, learnt_from_plain, weighed
from engines.generate.procedural.grow.blend import MODES, blended
from engines.generate.procedural.grow.explore import next_prompt, tried
from engines.generate.procedural.grow.log import line_of, run_of, runs_in, shortened, thumb_line
from engines.generate.procedural.grow.look import Look, look_from_plain
from engines.generate.procedural.grow.naming import FIRST, SECOND, name_of
from engines.generate.procedural.grow.origins import COLOURS, NOISES, colour_shares, noise_shares
from engines.generate.procedural.grow.registry import Registry, colour_key, registry_from_plain
from engines.generate.procedural.grow.sums import Nudge, by_palette, by_word, suggestions
from engines.generate.procedural.interpret import interpret
from engines.generate.procedural.interpret.vocabulary import match
from engines.generate.procedural.scene.file import from_plain
from engines.generate.procedural.spec import SceneSpec
from engines.generate.providers.procedural import Procedural
from engines.generate.understood import Rewording
from tests.engines.generate.learnt_runs import run
from timeline.errors import Cancelled
from timeline.time import RationalTime

_GONE = Rewording()
DRIFT = Look(("#3a2358", "#b43c78", "#ffc58a"), 6.0, 1.5, "pan_left", "golden_hour", "film", "dusk")


class Quiet:
    def check(self) -> None: ...

    def progress(self, fraction: float, note: str = "") -> None: ...


class Stopped(Quiet):
    def check(self) -> None:
        raise Cancelled


def asked(prompt: str, **looks: Look) -> GenerationRequest:
    learnt = Learnt({name.replace("_", " "): look for name, look in looks.items()}).as_plain()
    return GenerationRequest(prompt=prompt, learnt=learnt, duration=RationalTime(2))


def made(request: GenerationRequest) -> SceneSpec:
    return from_plain(Procedural().scene(request))


# the log


def test_a_line_of_the_log_gives_the_same_run_and_scene_back() -> None:
    request = GenerationRequest(prompt="three birds over a calm sea at dusk, no rain, gnarfle", seed=5)
    intent = interpret(request)
    spec = create(intent, request)
    film = run("x").film
    found = run_of("m1", request.prompt, intent, spec, film, seen="sea", path="/a.mp4")
    again = runs_in(line_of(found))
    assert again == [found]
    assert from_plain(found.scene) == spec
    assert {word.key for word in found.words} >= {"setting sea", "mood calm", "time dusk"}
    assert not any(word.key == "weather rain" for word in found.words), "what was denied was not wished"
    assert found.unknown == ("gnarfle",)


def test_torn_and_foreign_lines_are_passed_over_and_the_last_thumb_counts() -> None:
    text = line_of(run("a")) + '{"run": {"id": 3\nnonsense\n[]\n{"thumb": "nobody", "is": "up"}\n'
    text += thumb_line("a", "down") + thumb_line("a", "up") + line_of(run("b"))
    assert [(one.id, one.thumb) for one in runs_in(text)] == [("a", "up"), ("b", "")]


def test_the_log_keeps_its_youngest_runs_and_their_thumbs() -> None:
    text = "".join(line_of(run(f"r{n}")) for n in range(30)) + thumb_line("r29", "up")
    short = runs_in(shortened(text, most_runs=20))
    assert [one.id for one in short] == [f"r{n}" for n in range(12, 30)]
    assert short[-1].thumb == "up"
    assert len(shortened(text, most_bytes=4000).encode()) <= 4000
    assert shortened(text) is text


# sums and suggestions


def test_sums_are_means_by_word_and_by_palette() -> None:
    runs = [run("a", brightness=100), run("b", brightness=140, motion=5), replace(run("c", "blue"), thumb="down")]
    sea = next(one for one in by_word(runs) if one.key == "setting sea")
    assert (sea.runs, sea.name, sea.down) == (3, "sea", 1)
    warm = next(one for one in by_palette(runs) if one.key == "palette warm_sunset")
    assert (warm.runs, warm.motion, warm.brightness) == (2, 4.0, 120.0)


@pytest.mark.parametrize(
    ("made_so", "word", "nudge"),
    [
        ({"motion": 1.5}, "hardly move", Nudge(life=1.4)),
        ({"motion": 16.0}, "restless", Nudge(life=0.7)),
        ({"brightness": 40.0}, "very dark", Nudge(brightness=0.06)),
        ({"brightness": 230.0}, "nearly white", Nudge(brightness=-0.06)),
    ],
)
def test_two_films_that_stand_out_make_a_suggestion_and_one_does_not(
    made_so: dict[str, float], word: str, nudge: Nudge
) -> None:
    runs = [run("a", **made_so), run("b", **made_so)]
    found = [one for one in suggestions(runs, {}) if one.key == "setting sea"]
    assert [one.nudge for one in found] == [nudge]
    assert word in found[0].sentence
    assert suggestions(runs[:1], {}) == ()
    assert all(one.key != "setting sea" for one in suggestions(runs, {"setting sea": nudge})), "it was accepted"
    assert found[0].id not in [one.id for one in suggestions(runs, {}, [found[0].id])], "it was refused"
    assert suggestions([run("a"), run("b")], {}) == ()


def test_thumbs_against_a_palette_suggest_less_of_it() -> None:
    runs = [replace(run(name, "blue"), thumb="down") for name in "ab"] + [replace(run("c", "blue"), thumb="up")]
    found = next(one for one in suggestions(runs, {}) if one.key == "palette ocean")
    assert found.nudge.weight < 1
    assert found.sentence.startswith("You turned down 2 of 3")
    assert not any(one.key == "setting sea" for one in suggestions(runs, {})), "a place cannot weigh less"


# names, origins, registry


def test_names_are_the_same_each_time_never_given_twice_and_of_two_known_words() -> None:
    taken: list[str] = []
    for number in range(400):
        name = name_of("slow", f"orange/{number}", 1, taken)
        assert name == name_of("slow", f"orange/{number}", 1, list(taken))
        assert name.casefold() not in {one.casefold() for one in taken}
        taken.append(name)
    real = [
        name
        for name in taken
        if name.split()[0] in FIRST["orange"].split() and name.split()[1] in SECOND["slow"].split()
    ]
    assert len(real) >= 150, "there are 160 pairs"
    assert all(len(word) <= 14 for name in taken for word in name.split())


def test_no_name_of_a_look_is_a_phrase_that_means_something_already() -> None:
    for colour in FIRST.values():
        for first in colour.split():
            for pace in ("still", "slow", "moving", "fast", "blend"):
                for second in SECOND[pace].split():
                    assert match([first.lower(), second.lower()], 0).length < 2, f"{first} {second}"


def test_a_plain_colour_and_a_plain_noise_are_mostly_themselves() -> None:
    for name, code in COLOURS.items():
        shares = colour_shares([(f"#{code}", 1.0)])
        assert next(iter(shares)) == name
        assert shares[name] > 95
        assert sum(shares.values()) == 100
    for name, drawing in NOISES.items():
        assert next(iter(noise_shares(drawing))) == name
    assert sum(colour_shares([("#808000", 0.3), ("#104080", 0.5), ("#f0f0f0", 0.2)]).values()) == 100


def test_a_film_is_found_in_all_four_registries_and_found_again_it_counts() -> None:
    once = Registry().after(run("a"))
    twice = once.after(replace(run("b"), prompt="calm sea, warm again"))
    for kind, entries in once.kinds.items():
        assert entries, kind
        assert list(twice.kinds[kind]) == list(entries)
        assert all(one.count == 2 and len(one.sources) == 2 for one in twice.kinds[kind].values())
    assert len(once.names) == sum(len(entries) for entries in once.kinds.values())
    assert Registry().after(run("a")) == once, "the same log, the same registry"
    assert registry_from_plain(once.as_plain()).as_plain() == once.as_plain()


def test_what_did_not_come_out_well_is_no_find_unless_the_user_likes_it() -> None:
    unsteady = run("a", unsteady=30.0)
    assert Registry().after(unsteady).looks == ()
    assert Registry().after(replace(unsteady, thumb="up")).looks
    assert Registry().after(replace(run("a"), thumb="down")).looks == ()
    still = run("a", motion=0.4)
    assert Registry().after(still).looks, "a user may want a still"
    assert Registry().after(replace(still, source="learn")).looks == ()


def test_a_forgotten_look_is_not_found_again() -> None:
    once = Registry().after(run("a"))
    without = once.without("dynamic", once.looks[0].key)
    assert without.looks == ()
    assert without.after(run("b")).looks == ()


def test_a_colour_has_one_of_27951_keys() -> None:
    assert colour_key("#ffffff", 1.0) == "10.10.10.20"
    assert colour_key("#000000", 0.05) == "0.0.0.1"
    assert colour_key("#808080", 0.52) == "5.5.5.10"


# blends


@pytest.mark.parametrize("mode", MODES)
def test_a_look_blended_with_itself_keeps_its_hues_and_two_give_a_row_from_dark_to_light(mode: str) -> None:
    other = Look(("#0e3a6e", "#2878b4", "#8cc8f0"), 2.0, 1.0)
    mixed = blended(DRIFT, other, mode, 0.5)
    light = [to_oklab(np.array([int(one[n : n + 2], 16) for n in (1, 3, 5)]) / 255)[0] for one in mixed.colours]
    assert light == sorted(light)
    assert 2.0 <= mixed.motion <= 6.0
    assert look_from_plain(mixed.as_plain()) == mixed
    if mode != "additive":
        same, lone = blended(DRIFT, DRIFT, mode).colours, blended(DRIFT, DRIFT, "linear").colours
        assert same == lone


def test_seven_ways_give_seven_blends_with_names() -> None:
    found = Registry().after(run("a")).after(run("b", "blue"))
    first, second = found.looks
    for mode in MODES:
        found, entry = found.with_blend(first, second, mode, 0.4)
        assert sum(entry.colours.values()) == 100
    assert len({one.name for one in found.looks}) == len(found.looks) == 9
    assert len({one.look.colours for one in found.looks}) == 9
    with pytest.raises(EngineError, match="choose linear"):
        blended(DRIFT, DRIFT, "stir")


# trying


def test_what_is_tried_next_follows_from_the_log_and_avoids_what_was_just_made() -> None:
    runs = [run("a"), run("b", "blue")]
    assert next_prompt(runs, 3) == next_prompt(list(runs), 3)
    assert next_prompt([], 3)[1], "nothing came out well yet"
    assert next_prompt(runs, 3, explore=1.0)[1]
    prompt, is_new = next_prompt(runs, 3, explore=0.0)
    assert not is_new
    assert "sea" in prompt or "calm" in prompt
    later = [*runs, replace(run("c"), prompt=prompt)]
    assert next_prompt(later, 3, explore=0.0)[0] != prompt


def test_new_prompts_come_about_as_often_as_asked() -> None:
    runs = [run(str(n)) for n in range(100)]
    new = sum(next_prompt(runs[: n + 1], 1, explore=0.3)[1] for n in range(100))
    assert 18 <= new <= 42


def test_a_trial_measures_what_it_draws_the_same_each_time_and_can_be_stopped() -> None:
    one = tried([], 2, Quiet())
    assert one.film is not None
    assert 0 < one.film.brightness < 255
    assert one.film.colours
    assert one == tried([], 2, Quiet())
    with pytest.raises(Cancelled):
        tried([], 2, Stopped())


# looks in prompts


def test_a_prompt_that_names_a_look_gets_its_colours_time_camera_and_pace() -> None:
    plain, like = made(asked("a sea")), made(asked("a sea, like amber drift", Amber_Drift=DRIFT))
    assert plain.palettes == ()
    assert like.palettes[0].name == "Amber Drift"
    assert like.palettes[0].colours == ("3a2358", "b43c78", "ffc58a")
    assert (like.time, like.camera.motion, like.life, like.look) == ("dusk", "pan_left", 1.5, "film")
    assert like.lighting.name == "golden_hour"


def test_words_win_over_the_look_they_stand_beside() -> None:
    like = made(asked("a sea at night, green, zoom in, like Amber Drift", Amber_Drift=DRIFT))
    assert (like.time, like.camera.motion) == ("night", "zoom_in")
    assert [use.name for use in like.palettes] == ["forest", "Amber Drift"]


def test_a_named_look_is_a_chip_and_its_words_say_nothing_else() -> None:
    told = Procedural().understand(asked("like Rose Storm, a sea", Rose_Storm=DRIFT))
    assert (told.chips[0].phrase, told.chips[0].domain, told.chips[0].value) == (
        "like Rose Storm",
        "look",
        "Rose Storm",
    )
    assert not any(chip.domain == "weather" for chip in told.chips)
    without = Procedural().understand(asked("like Rose Storm, a sea"))
    assert any(chip.domain == "weather" for chip in without.chips), "without the look it is a storm"
    assert Procedural().choices(told.chips[0]).values == ()
    assert (
        Procedural().reworded("a sea, like Rose Storm", replace(told.chips[0], start=7, end=22, from_=7), _GONE)
        == "a sea"
    )


def test_two_looks_mix_and_only_those_that_are_named_count() -> None:
    blue = Look(("#0e3a6e", "#8cc8f0"))
    like = made(asked("a sea like Amber Drift and like Ice Tide", Amber_Drift=DRIFT, Ice_Tide=blue, Jade_Hush=blue))
    assert [use.name for use in like.palettes] == ["Amber Drift", "Ice Tide"]


def test_what_was_accepted_changes_life_brightness_and_weight_within_bounds() -> None:
    request = GenerationRequest(prompt="a calm green sea")
    intent = interpret(request)
    learnt = Learnt(
        nudges={"setting sea": Nudge(1.4, 0.06), "mood calm": Nudge(1.9, 0.1), "palette forest": Nudge(weight=0.6)}
    )
    learnt = learnt_from_plain(learnt.as_plain())
    plain = create(intent, request)
    spec = grown(create(weighed(intent, learnt), request), intent, learnt)
    assert spec.life == pytest.approx(plain.life * 2.0), "at most twice"
    assert spec.finish.brightness == pytest.approx(plain.finish.brightness + 0.12)
    assert [(use.name, use.weight) for use in spec.palettes] == [("forest", 0.6), ("mono", 0.4)]
    assert np.ptp(spec.palette_stops, axis=1).mean() < np.ptp(plain.palette_stops, axis=1).mean(), "less colourful"
    assert grown(plain, intent, Learnt()) == plain


@pytest.mark.parametrize(
    "value",
    [
        {"looks": {"A": {"colours": []}}},
        {"looks": {"A": {"colours": ["#zzzzzz"]}}},
        {"looks": {"A": {"colours": ["#ffffff"], "life": 99}}},
        {"looks": {"A": "red"}},
        {"looks": 3},
        {"nudges": {"a b": [1]}},
        {"nudges": {"a b": [float("nan"), 0, 1]}},
        {"looks": {str(n): {"colours": ["#ffffff"]} for n in range(9)}},
    ],
)
def test_what_was_learnt_and_is_damaged_is_refused_in_a_sentence(value: dict[str, object]) -> None:
    with pytest.raises(EngineError, match=r"\."):
        Procedural().scene(GenerationRequest(prompt="sea", learnt=value))
