"""Sequences within sequences: the very frames and samples, transparent where empty, and never round in a circle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from effects.colour import rgb_of
from effects.frame import Frame
from engines.export.base import stretch_of, unheard
from engines.render.layers import media_pictures
from engines.render.mixer import mix
from engines.render.plan import plan
from engines.render.previews import fingerprint
from engines.render.renderer import Renderer
from tests.engines.render.counters import SIZE, clip_of, number_of, write_counter
from tests.engines.render.test_mixer import HZ, ArrayPool
from timeline.curve import Curve, Keyframe
from timeline.items import Clip, EffectUse, Gap, GeneratorSource, MediaSource, SequenceSource, Transition
from timeline.media import Library, Media, MediaKind
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import ZERO, FrameRate, RationalTime, TimeRange
from timeline.track import BlendMode, Track, TrackKind

RATE = Fraction(25)
RED, BLUE = "#ff0000", "#0000ff"


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Media:
    return write_counter(tmp_path_factory.mktemp("nests") / "a.mp4", 60, RATE)


@pytest.fixture
def renderer() -> Iterator[Renderer]:
    one = Renderer(strict=True)
    yield one
    one.close()


def cut(name: str, *tracks: Track, rate: FrameRate = RATE, size: tuple[int, int] = SIZE) -> Sequence:
    return Sequence(id=name, name=name, width=size[0], height=size[1], rate=rate, tracks=tracks)


def video(*items: Any, **more: Any) -> Track:
    return Track(TrackKind.VIDEO, items, **more)


def sound(*items: Any, **more: Any) -> Track:
    return Track(TrackKind.AUDIO, items, **more)


def nest(shows: str, start: int, count: int, rate: FrameRate = RATE, **more: Any) -> Clip:
    return Clip(SequenceSource(shows), TimeRange.from_frames(start, count, rate), **more)


def solid(colour: str, count: int, **more: Any) -> Clip:
    return Clip(GeneratorSource("solid", {"colour": colour}), TimeRange.from_frames(0, count, RATE), **more)


def frames(count: int, rate: FrameRate = RATE) -> RationalTime:
    return RationalTime.from_frames(count, rate)


def shown(renderer: Renderer, project: Project, library: Library, frame: int) -> Frame:
    sequence = project.sequences[0]
    return renderer.frame(project, library, sequence.id, frames(frame, sequence.rate), SIZE)


def numbers(renderer: Renderer, project: Project, film: Media, count: int) -> list[int | None]:
    return [number_of(shown(renderer, project, Library({film.id: film}), at).planes[0]) for at in range(count)]


def colour(frame: Frame, x: int = SIZE[0] // 2, y: int = SIZE[1] // 2) -> tuple[int, ...]:
    return tuple(int(level) for level in rgb_of(frame)[y, x])


# --- picture --------------------------------------------------------------------------------------------------------


def test_a_nest_shows_the_frames_of_its_cut(renderer: Renderer, film: Media) -> None:
    inner = cut("inner", video(clip_of(film, 7, 5), clip_of(film, 31, 6)))
    outer = cut("outer", video(nest("inner", 3, 5), Gap(frames(1)), nest("inner", 0, 2)))
    assert numbers(renderer, Project(sequences=(outer, inner)), film, 5) == [10, 11, 31, 32, 33]


def test_a_nest_of_another_rate_shows_the_frame_that_lies_there(renderer: Renderer, film: Media) -> None:
    inner = cut("inner", video(clip_of(film, 0, 10), clip_of(film, 41, 15)))
    outer = cut("outer", video(nest("inner", 0, 20)), rate=Fraction(30))
    counted = [*range(10), *range(41, 56)]
    wanted = [counted[int(Fraction(at, 30) * 25)] for at in range(24)]
    assert numbers(renderer, Project(sequences=(outer, inner)), film, 24) == wanted


def test_a_nest_of_a_nest_reversed_and_at_double_speed(renderer: Renderer, film: Media) -> None:
    innermost = cut("innermost", video(clip_of(film, 5, 20)))
    inner = cut("inner", video(nest("innermost", 2, 12)))
    outer = cut("outer", video(nest("inner", 0, 12, speed=Fraction(-1)), nest("inner", 0, 12, speed=Fraction(2))))
    found = numbers(renderer, Project(sequences=(outer, inner, innermost)), film, 18)
    assert found == [*range(18, 6, -1), *range(7, 19, 2)]


def test_a_nest_is_fitted_and_moved_like_any_picture(renderer: Renderer) -> None:
    inner = cut("inner", video(solid(RED, 5)), size=(90, 90))
    small = EffectUse("transform", {"scale": 50.0})
    outer = cut("outer", video(solid(BLUE, 5)), video(nest("inner", 0, 5, effects=(small,))))
    frame = shown(renderer, Project(sequences=(outer, inner)), Library(), 0)
    assert colour(frame)[0] > 240
    assert colour(frame, 80 - 26)[2] > 240
    assert colour(frame, 80 - 18)[0] > 240


def test_what_is_below_a_nest_is_seen_where_the_nest_is_empty(renderer: Renderer) -> None:
    quarter = EffectUse("transform", {"scale": 50.0})
    inner = cut("inner", video(Gap(frames(2)), solid(RED, 2, effects=(quarter,), opacity=0.5)))
    outer = cut("outer", video(solid(BLUE, 6)), video(nest("inner", 0, 6)))
    project = Project(sequences=(outer, inner))
    only_blue = (1, 0, 255)  # as near as limited range comes
    assert colour(shown(renderer, project, Library(), 0)) == only_blue
    half = colour(shown(renderer, project, Library(), 2))
    assert max(abs(half[0] - 127), abs(half[2] - 127)) < 5
    assert colour(shown(renderer, project, Library(), 2), 4, 4) == only_blue
    assert colour(shown(renderer, project, Library(), 5)) == only_blue


def test_a_nest_alone_comes_out_over_black_as_its_sequence_does(renderer: Renderer) -> None:
    title = Clip(GeneratorSource("title", {"text": "Over"}), TimeRange.from_frames(0, 4, RATE), opacity=0.7)
    colours = (solid(RED, 4, opacity=0.5), solid(BLUE, 4, opacity=0.4))
    moved = replace(colours[1], effects=(EffectUse("transform", {"scale": 40.0, "position_x": 30.0}),))
    inner = cut("inner", video(colours[0]), video(moved), Track(TrackKind.TEXT, (title,)))
    outer = cut("outer", video(nest("inner", 0, 4)))
    direct = shown(renderer, Project(sequences=(inner,)), Library(), 1)
    nested = shown(renderer, Project(sequences=(outer, inner)), Library(), 1)
    apart = [np.abs(a.astype(int) - b) for a, b in zip(direct.planes, nested.planes, strict=True)]
    assert apart[0].max() <= 3
    assert max(float(one.mean()) for one in apart) < 0.5
    assert max(int(one.max()) for one in apart) <= 8  # chroma at an edge of the alpha


def test_a_dissolve_out_of_nothing_within_a_nest_lets_the_picture_below_through(renderer: Renderer) -> None:
    red = solid(RED, 10, id="red")
    inner = cut("inner", video(red, transitions=(Transition("dissolve", None, "red", ZERO, frames(4)),)))
    outer = cut("outer", video(solid(BLUE, 10)), video(nest("inner", 0, 10)))
    project = Project(sequences=(outer, inner))
    reds = [colour(shown(renderer, project, Library(), at))[0] for at in range(5)]
    blues = [colour(shown(renderer, project, Library(), at))[2] for at in range(5)]
    assert all(abs(red - (at + 0.5) / 4 * 255) < 6 for at, red in enumerate(reds[:4]))
    assert all(abs(red + blue - 255) < 8 for red, blue in zip(reds, blues, strict=True))


def test_a_blend_mode_within_a_nest_only_meets_what_is_in_the_nest(renderer: Renderer) -> None:
    inner = cut("inner", video(solid("#808080", 3), blend=BlendMode.MULTIPLY))
    outer = cut("outer", video(solid(BLUE, 3)), video(nest("inner", 0, 3)))
    grey = colour(shown(renderer, Project(sequences=(outer, inner)), Library(), 0))
    assert max(abs(level - 128) for level in grey) < 4
    multiplied = replace(outer, tracks=(outer.tracks[0], replace(outer.tracks[1], blend=BlendMode.MULTIPLY)))
    dark = colour(shown(renderer, Project(sequences=(multiplied, inner)), Library(), 0))
    assert max(dark[0], abs(dark[2] - 128)) < 4


def test_a_sequence_that_shows_itself_is_a_card_and_a_sentence() -> None:
    inner = cut("inner", video(nest("outer", 0, 5)), sound(nest("outer", 0, 5)))
    outer = cut("outer", video(nest("inner", 0, 5)), sound(nest("inner", 0, 5)))
    project = Project(sequences=(outer, inner))
    made = plan(project, Library(), outer, ZERO)
    assert [note.sentence for note in made.notes] == [
        "The sequence “outer” would show itself at 00:00:00:00 in “inner”; remove the clip."
    ]
    assert not mix(project, Library(), outer, 0, 100, ArrayPool()).any()


def test_ten_tracks_twelve_deep_are_given_up_in_time() -> None:
    deep = [cut(f"s{at}", *(video(nest(f"s{at + 1}", 0, 5)) for _ in range(10))) for at in range(12)]
    made = plan(Project(sequences=tuple(deep)), Library(), deep[0], ZERO)
    assert any("too deep" in note.sentence for note in made.notes)


def test_a_nest_whose_sequence_is_gone_is_a_card() -> None:
    outer = cut("outer", video(nest("gone", 0, 5, name="Opening")))
    made = plan(Project(sequences=(outer,)), Library(), outer, ZERO)
    assert "is not in the project" in made.notes[0].sentence


def test_the_files_of_a_nest_are_told_with_the_frame(film: Media) -> None:
    inner = cut("inner", video(clip_of(film, 4, 10)))
    outer = cut("outer", video(nest("inner", 2, 5)))
    project = Project(sequences=(outer, inner))
    made = plan(project, Library({film.id: film}), outer, ZERO)
    assert [one.time for one in media_pictures(made)] == [frames(6)]


def test_only_frames_that_an_edit_inside_a_nest_changes_get_another_name(film: Media) -> None:
    clips = (clip_of(film, 0, 10, id="one"), clip_of(film, 20, 10, id="two"))
    inner = cut("inner", video(*clips))
    outer = cut("outer", video(nest("inner", 0, 20)))
    edited = replace(inner, tracks=(video(clips[0], replace(clips[1], opacity=0.5)),))

    def names(nested: Sequence) -> list[str]:
        project = Project(sequences=(outer, nested))
        return [fingerprint(plan(project, Library({film.id: film}), outer, frames(at)), SIZE) for at in range(20)]

    same = [one == other for one, other in zip(names(inner), names(edited), strict=True)]
    assert same == [True] * 10 + [False] * 10


# --- frozen pictures ------------------------------------------------------------------------------------------------


def test_a_frozen_clip_shows_one_frame_and_is_decoded_once(renderer: Renderer, film: Media) -> None:
    frozen = clip_of(film, 10, 12, freeze=frames(33))
    project = Project(sequences=(cut("outer", video(frozen)),))
    assert numbers(renderer, project, film, 12) == [33] * 12
    spent = renderer.decode_seconds
    assert shown(renderer, project, Library({film.id: film}), 11) is shown(
        renderer, project, Library({film.id: film}), 3
    )
    assert renderer.decode_seconds == spent


def test_freezing_a_reversed_clip_does_not_change_the_frame_that_is_seen(renderer: Renderer, film: Media) -> None:
    back = clip_of(film, 10, 12, speed=Fraction(-1))
    running = Project(sequences=(cut("outer", video(back)),))
    frozen = Project(sequences=(cut("outer", video(replace(back, freeze=back.source_time(frames(5))))),))
    assert numbers(renderer, running, film, 6)[5] == 16
    assert numbers(renderer, frozen, film, 12) == [16] * 12


def test_keyframes_of_a_frozen_clip_run_on(film: Media) -> None:
    rising = Curve((Keyframe(frames(10), 0.1), Keyframe(frames(20), 0.9)))
    frozen = clip_of(film, 10, 10, freeze=frames(33), opacity=rising)
    outer = cut("outer", video(frozen))
    project = Project(sequences=(outer,))
    layers = [plan(project, Library({film.id: film}), outer, frames(at)).layers[0] for at in (0, 5)]
    assert [round(layer.opacity, 3) for layer in layers] == [0.1, 0.5]  # type: ignore[union-attr]
    assert {layer.picture.time for layer in layers} == {frames(33)}  # type: ignore[union-attr]


def test_a_frozen_nest_shows_the_frame_of_its_sequence(renderer: Renderer, film: Media) -> None:
    inner = cut("inner", video(clip_of(film, 7, 20)))
    outer = cut("outer", video(nest("inner", 0, 4, freeze=frames(11))))
    assert numbers(renderer, Project(sequences=(outer, inner)), film, 4) == [18] * 4


# --- sound ----------------------------------------------------------------------------------------------------------

NOISE: NDArray[np.float32] = np.random.default_rng(4).uniform(-0.5, 0.5, (2 * HZ, 2)).astype(np.float32)
LIBRARY = Library({"a": Media("/nowhere.wav", MediaKind.AUDIO, has_audio=True, id="a")})


def heard(project: Project, count: int = HZ, start: int = 0) -> NDArray[np.float32]:
    return mix(project, LIBRARY, project.sequences[0], start, count, ArrayPool(a=NOISE))


def piece(start: int, count: int, **more: Any) -> Clip:
    return Clip(MediaSource("a"), TimeRange.from_frames(start, count, RATE), **more)


def test_a_nest_sounds_as_its_sequence_sample_for_sample() -> None:
    inner = cut("inner", sound(piece(0, 10), piece(30, 10), volume=0.5))
    outer = cut("outer", sound(Gap(frames(3)), nest("inner", 0, 20)))
    direct = heard(Project(sequences=(inner,)), 20 * 1920)
    nested = heard(Project(sequences=(outer, inner)), 23 * 1920)
    assert not nested[: 3 * 1920].any()
    assert np.array_equal(nested[3 * 1920 :], direct)


def test_a_nest_in_blocks_of_any_size_is_the_same() -> None:
    inner = cut("inner", sound(piece(2, 12, speed=Fraction(3, 2)), piece(0, 10)))
    outer = cut("outer", sound(nest("inner", 1, 15, speed=Fraction(-5, 4), volume=0.7, fade_in=frames(3))))
    project = Project(sequences=(outer, inner))
    whole = heard(project, 12 * 1920)
    pieces = [heard(project, 701, at) for at in range(0, 12 * 1920, 701)]
    assert np.allclose(np.concatenate(pieces)[: len(whole)], whole, atol=1e-6)
    assert whole.any()


def test_a_nest_at_another_sample_rate_is_mixed_at_the_outer_one() -> None:
    inner = replace(cut("inner", sound(piece(0, 25))), sample_rate=44100)
    outer = cut("outer", sound(nest("inner", 0, 25)))
    assert np.array_equal(heard(Project(sequences=(outer, inner)))[:40000], NOISE[:40000])


def test_gain_and_fade_of_a_nest_count_on_top() -> None:
    inner = cut("inner", sound(piece(0, 25, volume=0.5)))
    outer = cut("outer", sound(nest("inner", 0, 25, volume=0.5, fade_out=frames(5))))
    found = heard(Project(sequences=(outer, inner)))
    assert np.allclose(found[: 20 * 1920], NOISE[: 20 * 1920] / 4, atol=1e-6)
    assert np.abs(found[-200:]).max() < 0.003


def test_a_frozen_clip_is_silent_and_so_is_a_nest_without_sound() -> None:
    assert not heard(Project(sequences=(cut("outer", sound(piece(0, 25, freeze=frames(2)))),))).any()
    inner = cut("inner", video(solid(RED, 25)))
    assert not heard(Project(sequences=(cut("outer", sound(nest("inner", 0, 25))), inner))).any()


def test_a_missing_file_within_a_nest_is_a_card_there_and_told_with_its_place(film: Media) -> None:
    gone = replace(film, path="/nowhere/gone.mp4", name="gone.mp4", id="gone")
    inner = cut("inner", video(clip_of(gone, 0, 10)), sound(clip_of(replace(gone, has_audio=True), 0, 10)))
    outer = cut("outer", video(nest("inner", 0, 10)), sound(nest("inner", 0, 10)))
    project, library = Project(sequences=(outer, inner)), Library({"gone": replace(gone, has_audio=True)})
    renderer = Renderer(strict=True)
    frame = renderer.frame(project, library, "outer", ZERO, SIZE)
    assert float(frame.planes[0].std()) > 1
    assert "gone.mp4" in renderer.notes[0].sentence
    renderer.close()
    stretch = stretch_of(outer, RATE, None)
    assert list(unheard(project, library, outer, stretch).values()) == [
        "“gone.mp4” is not there, so its sound is missing. Put it back, or link the clip to another file."
    ]
