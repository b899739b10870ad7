"""How a film is cut into parts, led from one to the next, and what the story does to its clock."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from effects.frame import plain
from engines.generate.procedural.create.genres import GENRES
from engines.generate.procedural.create.shots import SHORTEST, shots_for
from engines.generate.procedural.draw.joined import Joined, led
from engines.generate.procedural.draw.scene import Scene
from engines.generate.procedural.palette import PALETTES, mixed_stops, to_oklab
from engines.generate.procedural.scene.blend import blend, stations
from engines.generate.procedural.scene.light import LIGHTINGS
from engines.generate.procedural.scene.parts import PaletteUse, Subject, Text
from engines.generate.procedural.scene.plan import parts_of, seen_at
from engines.generate.procedural.scene.spec import Key, SceneSpec
from engines.generate.procedural.scene.story import beats_for, intensity_at
from tests.engines.generate.drawing import luma

SEA = SceneSpec("sea", seconds=8.0, width=128, height=72)


def joined(spec: SceneSpec) -> Joined:
    size = (spec.width, spec.height)
    return Joined(spec, *size, lambda part, moment: Scene(part, *size, 1.0, moment))


@settings(max_examples=60, deadline=None)
@given(
    st.floats(0.05, 600),
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 20), st.sampled_from(["sea", "desert"])), max_size=6),
)
def test_parts_fill_the_film_without_a_gap(seconds: float, keys: list[tuple[float, float, str]]) -> None:
    film = replace(
        SEA, seconds=seconds, keys=tuple(Key(at, SceneSpec(to, time="night"), fade) for at, fade, to in keys)
    )
    parts = parts_of(film)
    assert parts[0].start == 0
    assert parts[-1].end == seconds
    for before, after in pairwise(parts):
        assert before.end == pytest.approx(after.start)
        assert after.start < after.end + 1e-9
    for part in parts:
        assert not part.scene.keys
        assert part.start >= part.offset
    for u in np.linspace(0, 1, 33):
        seen = seen_at(parts, float(u) * seconds)
        assert 0 <= seen.amount <= 1
        assert seen.coming - seen.part in (0, 1)


def test_a_change_of_light_passes_the_hours_between_and_keeps_the_camera() -> None:
    film = replace(SEA, keys=(Key(1.0, replace(SEA, time="night", horizon=-0.2), 8.0),))
    parts = parts_of(film)
    assert [part.scene.time for part in parts] == ["day", "golden_hour", "dusk", "night"]
    assert {part.scene.horizon for part in parts} == {SEA.horizon}
    assert {part.offset for part in parts} == {0.0}


def test_day_goes_to_night_without_a_jump() -> None:
    film = joined(replace(SEA, keys=(Key(1.0, replace(SEA, time="night"), 8.0),)))
    means = [float(luma(film.frame(0, t)).mean()) for t in np.linspace(0, 7.99, 33)]
    assert means[0] - means[-1] > 30
    assert max(abs(a - b) for a, b in pairwise(means)) < 14


def test_another_place_has_its_own_clock_and_is_there_at_the_end() -> None:
    film = replace(SEA, keys=(Key(0.5, SceneSpec("desert", seconds=8.0), 1.0),))
    sea, desert = parts_of(film)
    assert (sea.end, desert.start, desert.fade) == (3.0, 3.0, 1.0)
    assert desert.offset == 3.0
    assert desert.scene.seconds == 5.0
    drawn = joined(film)
    own = Scene(desert.scene, 128, 72, 1.0)
    assert np.array_equal(drawn.frame(9, 7.0).planes[0], own.frame(9, 4.0).planes[0])


@pytest.mark.parametrize("to", ["sea", "desert"])
def test_a_loop_with_a_change_comes_back_to_where_it_began(to: str) -> None:
    spec = replace(
        SEA, loop=True, seconds=4.0, keys=(Key(1.0, SceneSpec(to, time="night"), 2.0),), texts=(Text("Word"),)
    )
    film = joined(spec)
    steps = [film.frame(0, t).planes[0].astype(float) for t in np.arange(0, 4.001, 1 / 12)]
    moved = [float(np.abs(b - a).mean()) for a, b in pairwise(steps)]
    assert float(np.abs(steps[-1] - steps[0]).mean()) < 1.5 * max(moved)
    assert min(float(one.mean()) for one in steps) < float(steps[0].mean()) - 10


def test_frames_of_a_film_in_parts_do_not_depend_on_their_order() -> None:
    film = replace(SEA, keys=(Key(0.5, SceneSpec("desert"), 2.0),), texts=(Text("Word"),))
    forth, back = joined(film), joined(film)
    times = (0.5, 2.5, 3.1, 6.0)
    ahead = [forth.frame(0, t).planes[0] for t in times]
    behind = [back.frame(0, t).planes[0] for t in reversed(times)][::-1]
    assert all(np.array_equal(a, b) for a, b in zip(ahead, behind, strict=True))


@pytest.mark.parametrize("genre", sorted(GENRES))
@pytest.mark.parametrize("seconds", [0.1, 5.9, 6.0, 12.0, 45.0, 600.0])
def test_shots_are_no_shorter_than_three_seconds(genre: str, seconds: float) -> None:
    shots = shots_for(GENRES[genre], seconds, GENRES[genre].pace, 3)
    assert bool(shots) == (seconds >= 6 and genre != "general")
    starts = [*(shot.at * seconds for shot in shots), seconds]
    assert all(b - a >= SHORTEST - 1e-9 for a, b in pairwise(starts))
    assert [shot.size for shot in shots[:2]] == list(GENRES[genre].shots[: len(shots)][:2])
    assert all(a.size != b.size for a, b in pairwise(shots))
    film = replace(SEA, seconds=seconds, shots=shots)
    assert len(parts_of(film)) == max(1, len(shots))


def test_a_close_shot_is_nearer_to_the_hero_than_a_wide_one() -> None:
    film = replace(SEA, seconds=12.0, subjects=(Subject("lighthouse", x=-0.2),))
    film = replace(film, shots=shots_for(GENRES["thriller"], 12.0, 1.2, 1))
    close, wide = (next(p for p in parts_of(film) if p.scene.camera.shot == size) for size in ("close", "wide"))
    assert close.scene.camera.zoom > 1.3 * wide.scene.camera.zoom
    assert close.scene.camera.focus_x < 0


@pytest.mark.parametrize("transition", ["dissolve", "fade", "wipe"])
def test_a_transition_begins_with_the_one_and_ends_with_the_other(transition: str) -> None:
    a, b = plain(64, 36, (60, 90, 150)), plain(64, 36, (200, 150, 90))
    for amount, whole in ((0.0, a), (1.0, b)):
        made = led(a, b, amount, transition)
        assert all(
            np.abs(p.astype(int) - q.astype(int)).max() <= 1 for p, q in zip(made.planes, whole.planes, strict=True)
        )
    half = led(a, b, 0.5, transition).planes[0]
    assert {"dissolve": 130, "fade": 16, "wipe": 200}[transition] == pytest.approx(int(half[0, 4]), abs=2)


def test_texts_come_and_go_where_they_belong() -> None:
    film = joined(replace(SEA, texts=(Text("Hello", "centre", "title", 0.25, 0.75), Text("Low", "bottom", "caption"))))
    bare = joined(SEA)

    def inked(at: float) -> np.ndarray:
        return np.abs(luma(film.frame(0, at)) - luma(bare.frame(0, at))) > 20

    assert not inked(1.0)[24:48].any()
    assert inked(4.0)[24:48].any()
    assert not inked(7.5)[24:48].any()
    assert inked(7.5)[56:].any()


@pytest.mark.parametrize("words", ["W" * 300, "word " * 60, "a\n" * 40, "مرحبا 👩‍🚀 日本"])
@pytest.mark.parametrize("size", [(64, 64), (72, 128)])
def test_any_text_stays_inside_any_frame(words: str, size: tuple[int, int]) -> None:
    film = joined(replace(SEA, width=size[0], height=size[1], texts=(Text(words, "lower_third", "step"),)))
    assert film.frame(0, 4.0).size == size


def test_tension_runs_as_its_course_says() -> None:
    at = {name: [round(intensity_at(beats_for(name), u), 2) for u in (0.0, 0.15, 0.8, 1.0)] for name in
          ("flat", "slow_build", "standard", "immediate")}  # fmt: skip
    assert at["flat"] == [0.55] * 4
    assert at["immediate"][1] == 1.0
    assert at["slow_build"][2] == 1.0
    assert at["standard"][0] == at["standard"][3] == 0.3


@pytest.mark.parametrize("name", ["", "flat", "slow_build", "standard", "immediate"])
def test_the_clock_of_the_world_runs_on_and_ends_with_the_film(name: str) -> None:
    film = replace(SEA, beats=beats_for(name))
    times = [film.clock(t) for t in np.linspace(0, 8, 97)]
    assert (times[0], times[-1]) == (0, pytest.approx(8))
    steps = np.diff(times)
    assert steps.min() > 0.3 * steps.mean()
    if name == "standard":
        assert steps[int(0.85 * 96)] > 1.4 * steps[0]


def test_palettes_mix_without_turning_grey() -> None:
    def chroma(uses: list[PaletteUse]) -> float:
        lab = to_oklab(np.array(mixed_stops(uses)))
        return float(np.hypot(lab[:, 1], lab[:, 2]).mean())

    pair = [PaletteUse("fire"), PaletteUse("ocean")]
    assert chroma(pair) > 0.8 * min(chroma(pair[:1]), chroma(pair[1:]))
    alone = np.array(mixed_stops([PaletteUse("ocean")]))
    assert np.abs(alone - np.array(PALETTES["ocean"])).max() < 0.03
    nearly = np.array(mixed_stops([PaletteUse("ocean", 1.0), PaletteUse("fire", 0.01)]))
    assert np.abs(nearly - alone).max() < 0.05


def test_a_blend_lies_between_and_ends_are_the_scenes_themselves() -> None:
    a = replace(SEA, life=0.5, palettes=(PaletteUse("ocean"),))
    b = replace(SEA, life=1.5, palettes=(PaletteUse("fire"),), lighting=LIGHTINGS["noir"], time="dusk", seed=9)
    half = blend(a, b, 0.5)
    assert half.life == 1.0
    assert half.lighting.contrast == pytest.approx(1.15)
    assert {use.name: use.weight for use in half.palettes} == {"ocean": 0.5, "fire": 0.5}
    assert half.seed == a.seed
    assert blend(a, b, 0.0) == a
    assert blend(a, b, 1.0) == replace(b, seed=a.seed)
    assert stations(a, b)[0] == a


@pytest.mark.parametrize("name", sorted(set(LIGHTINGS) - {"neutral"}))
def test_each_lighting_differs_from_neutral(name: str) -> None:
    plain_light, lit = SEA, replace(SEA, lighting=LIGHTINGS[name])
    assert (plain_light.light, plain_light.grade) != (lit.light, lit.grade)
    a, b = (Scene(one, 96, 54, 1.0, 1.0).frame(0, 1.0) for one in (plain_light, lit))
    assert (
        np.mean([np.abs(p.astype(int) - q.astype(int)).mean() for p, q in zip(a.planes, b.planes, strict=True)]) > 0.5
    )
