"""What every operation keeps to, whoever wrote it: lengths, sizes, seeds, strengths, and sentences for what cannot be."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from effects.params import specs_of
from engines.errors import EngineError
from engines.evolve.base import FAMILIES
from engines.evolve.registry import operation, operation_class, operations
from engines.evolve.run import Step, evolve
from engines.evolve.source import FramesClip, Kept
from engines.media.inspection import probe_here
from tests.engines.evolve.footage import camera_clip, write_film
from tests.engines.evolve.looking import Idle, apart, film_of, source_of
from timeline.errors import StudioError

SIZE, RATE = (96, 54), Fraction(12)
NAMES = tuple(operations().classes)
STRONG = tuple(name for name in NAMES if "strength" in operation_class(name).model_fields)
NEEDED: dict[str, dict[str, Any]] = {"extend.new_scene": {"description": "rain over a harbour"}}
"""Words that an operation cannot do without."""
SOUNDING = ("extend.new_scene", "vary.weather")
"""These bring sound of their own: the scene's, the rain's."""


def clip(number: int = 0, seconds: float = 1.0, sound: bool = True) -> FramesClip:
    scenes = ("meadow", "street")
    made = camera_clip(SIZE, RATE, seconds, shake=3, noise=4, sound=sound, scene=scenes[number % 2], seed=1 + number)
    return source_of(made)


def parents_of(name: str) -> list[Kept]:
    return [clip(number) for number in range(operation_class(name).sources[0])]


def some(count: int) -> list[int]:
    return sorted({0, count // 3, count // 2, count - 1})


def test_all_twenty_nine_are_there_and_say_what_they_do() -> None:
    assert not operations().unavailable
    assert len(NAMES) == 29
    for name, kind in operations().classes.items():
        assert name.split(".")[0] in FAMILIES
        assert kind.title
        assert len((kind.__doc__ or "").split()) > 8
        for spec in specs_of(kind):
            assert spec.help, f"{name}: {spec.name}"


@pytest.mark.parametrize("name", NAMES)
def test_a_film_has_the_parents_size_rate_and_length_and_repeats_by_its_seed(name: str) -> None:
    kind, values = operation_class(name), NEEDED.get(name, {})
    parents = parents_of(name)
    film = film_of(name, parents, values)
    assert film.rate == RATE
    if "target_resolution" not in kind.model_fields:
        assert film.size == SIZE
    if kind.keeps_length:
        assert film.count == parents[0].count
    assert film.changes
    assert film.samples is not None
    assert float(np.abs(film.samples).max()) <= 1.0 + 1e-6
    again = film_of(name, parents_of(name), values)
    indices = some(film.count)
    forwards = {index: film.frame(index) for index in indices}
    for index in reversed(indices):  # another film, asked backwards
        one, other = forwards[index], again.frame(index)
        assert one.size == film.size
        for plane, twin in zip(one.planes, other.planes, strict=True):
            assert plane.dtype == np.uint8
            assert np.array_equal(plane, twin), f"frame {index}"
    assert again.samples is not None
    assert np.array_equal(film.samples, again.samples)


@pytest.mark.parametrize("name", STRONG)
def test_more_strength_is_farther_from_the_parent(name: str) -> None:
    values, parents = NEEDED.get(name, {}), parents_of(name)
    ways = []
    for strength in (0.15, 0.5, 1.0):
        film = film_of(name, parents, {**values, "strength": strength})
        same = min(film.count, parents[0].count)
        longer = 20 * abs(film.count - parents[0].count) / parents[0].count
        ways.append(longer + (0 if film.size != SIZE else apart(film, parents[0], range(0, same, 2))))
    assert ways[2] > 0
    assert ways[0] <= ways[1] * 1.02
    assert ways[1] <= ways[2] * 1.02


@pytest.mark.media
@pytest.mark.parametrize("name", STRONG)
def test_strength_0_gives_the_parents_own_file(name: str, tmp_path: Path) -> None:
    parents = [camera_clip(SIZE, RATE, 0.5, scene=scene).media() for scene in ("meadow", "street")]
    parents = parents[: operation_class(name).sources[0]]
    target = tmp_path / "same.mp4"
    evolve([Step(name, {**NEEDED.get(name, {}), "strength": 0})], parents, target, job=Idle())
    assert target.read_bytes() == Path(parents[0].path).read_bytes()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["two frames", "one frame", "no sound"])
def test_short_and_silent_clips_are_made_or_refused_in_a_sentence(name: str, kind: str) -> None:
    seconds = {"two frames": 0.2, "one frame": 0.08, "no sound": 0.5}[kind]
    parents = [clip(number, seconds, sound=kind != "no sound") for number in range(operation_class(name).sources[0])]
    try:
        film = film_of(name, parents, NEEDED.get(name, {}))
    except StudioError as error:
        film, sentence = None, error.message
    if film is None:
        assert kind != "no sound"
        assert sentence.endswith((".", "?"))
        return
    assert film.count >= 1
    for index in {0, film.count - 1}:
        assert film.frame(index).size == film.size
    assert kind != "no sound" or film.samples is None or name in SOUNDING


@pytest.mark.parametrize("name", [name for name in NAMES if operation_class(name).sources[0] > 1])
def test_one_clip_is_too_few_to_mix(name: str, tmp_path: Path) -> None:
    media = camera_clip(SIZE, RATE, 0.5).media()
    with pytest.raises(EngineError, match="needs two clips or more; only one was given"):
        evolve([Step(name)], [media], tmp_path / "out.mp4", job=Idle())
    assert not list(tmp_path.iterdir())


@pytest.mark.media
@pytest.mark.parametrize("name", [name for name in NAMES if operation_class(name).sources[0] > 1])
def test_clips_of_other_size_rate_colour_and_without_sound_are_made_to_fit(name: str, tmp_path: Path) -> None:
    first = camera_clip(SIZE, RATE, 0.7).media()
    grey = np.repeat(camera_clip((80, 80), Fraction(25), 0.5, scene="street").pictures.mean(-1, keepdims=True), 3, -1)
    other = probe_here(write_film(tmp_path / "other.mp4", grey.astype(np.uint8), Fraction(25)))
    result = evolve([Step(name)], [first, other], tmp_path / "out.mp4", job=Idle())
    made = probe_here(result.path)
    assert (made.width, made.height, made.rate) == (*SIZE, RATE)
    assert made.has_audio
    assert result.facts["parents"] == [first.content_hash, other.content_hash]


def test_a_parent_that_is_gone_is_named(tmp_path: Path) -> None:
    source = camera_clip(SIZE, RATE, 0.5)
    copy = tmp_path / "gone.mp4"
    copy.write_bytes(source.path.read_bytes())
    media = probe_here(copy)
    copy.unlink()
    with pytest.raises(EngineError, match=r"The file of “gone\.mp4” is gone"):
        evolve([Step("evolve.sharpen")], [media], tmp_path / "out.mp4", job=Idle())
    assert not list(tmp_path.iterdir())


def test_wrong_names_and_values_are_told() -> None:
    with pytest.raises(EngineError, match=r"There is no operation 'mutate\.glich'; choose mutate\.glitch"):
        operation("mutate.glich", {})
    with pytest.raises(EngineError, match=r"mutate\.glitch: glitch_style 'broken' is none of digital"):
        operation("mutate.glitch", {"glitch_style": "broken"})
    for spelt in ("sci_fi", "Sci-Fi", "sci fi"):
        assert operation("mutate.genre_shift", {"target_genre": spelt}).target_genre.value == "sci-fi"  # type: ignore[attr-defined]
    with pytest.raises(EngineError, match="has no value 'size'"):
        operation("mutate.glitch", {"size": 3})


@pytest.mark.media
def test_the_film_carries_the_colour_tags_of_footage(tmp_path: Path) -> None:
    import av

    media = camera_clip(SIZE, RATE, 0.5).media()
    evolve([Step("mutate.pixelate")], [media], tmp_path / "out.mp4", job=Idle())
    with av.open(str(tmp_path / "out.mp4")) as container:
        context = container.streams.video[0].codec_context
        assert (context.colorspace, context.color_primaries, context.color_trc, context.color_range) == (1, 1, 1, 1)
    first = hashlib.sha256((tmp_path / "out.mp4").read_bytes()).hexdigest()
    evolve([Step("mutate.pixelate")], [media], tmp_path / "again.mp4", job=Idle())
    assert hashlib.sha256((tmp_path / "again.mp4").read_bytes()).hexdigest() == first
