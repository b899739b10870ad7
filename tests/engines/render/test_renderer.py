"""The renderer with real files: exact frames in any order, real slates, titles and sound; and the bytes for the screen."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from effects.colour import YUV_TO_RGB, full_of
from effects.frame import Frame, black
from engines.errors import ExportError
from engines.render.renderer import Renderer
from engines.render.to_rgb import bgra
from tests.engines.render.counters import HZ, SIZE, clip_of, number_of, write_counter
from timeline.items import Clip, EffectUse, GeneratorSource, MediaSource, Placeholder, Transition
from timeline.media import Library, Media, MediaKind
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.storyboard import Shot, Storyboard
from timeline.time import RationalTime, TimeRange
from timeline.track import Track, TrackKind

RATE = Fraction(24000, 1001)


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Media:
    clicks = np.zeros((HZ * 4, 2), np.float32)
    clicks[HZ] = 0.9
    return write_counter(tmp_path_factory.mktemp("media") / "a.mp4", 100, RATE, sound=clicks)


@pytest.fixture
def renderer() -> Iterator[Renderer]:
    one = Renderer()
    yield one
    one.close()


def project_of(*tracks: Track, storyboards: tuple[Storyboard, ...] = ()) -> tuple[Project, str]:
    sequence = Sequence(width=SIZE[0], height=SIZE[1], rate=RATE, tracks=tracks)
    return Project(sequences=(sequence,), storyboards=storyboards), sequence.id


def at(frame: int) -> RationalTime:
    return RationalTime.from_frames(frame, RATE)


@pytest.mark.media
@pytest.mark.parametrize("speed", [Fraction(1), Fraction(-1), Fraction(2), Fraction(-1, 2)])
def test_frames_are_exact_in_any_order(media: Media, renderer: Renderer, speed: Fraction) -> None:
    project, main = project_of(Track(TrackKind.VIDEO, (clip_of(media, 20, 60, speed=speed),)))
    library = Library({media.id: media})
    count = project.sequences[0].duration_frames
    order = random.Random(3).sample(range(count), 25)
    for index in order:
        found = number_of(renderer.frame(project, library, main, at(index), SIZE).planes[0])
        step = int(index * abs(speed))
        assert found == (20 + step if speed > 0 else 79 - step)


@pytest.mark.media
def test_a_smaller_preview_shows_the_same_frames(media: Media, renderer: Renderer) -> None:
    project, main = project_of(Track(TrackKind.VIDEO, (clip_of(media, 20, 60),)))
    frame = renderer.frame(project, Library({media.id: media}), main, at(7), (112, 63))
    assert frame.size == (112, 63)
    assert number_of(frame.planes[0]) == 27


@pytest.mark.media
def test_the_same_frame_is_not_made_twice(media: Media, renderer: Renderer) -> None:
    project, main = project_of(Track(TrackKind.VIDEO, (clip_of(media, 20, 60, opacity=0.5),)))
    library = Library({media.id: media})
    first = renderer.frame(project, library, main, at(7), SIZE)
    assert renderer.frame(project, library, main, at(8), SIZE) is not first
    assert renderer.frame(project, library, main, at(7), SIZE) is first
    edited, main = project_of(Track(TrackKind.VIDEO, (clip_of(media, 20, 60, opacity=0.6),)))
    assert renderer.frame(edited, library, main, at(7), SIZE) is not first


@pytest.mark.media
def test_sound_comes_with_its_samples(media: Media, renderer: Renderer) -> None:
    project, main = project_of(Track(TrackKind.AUDIO, (clip_of(media, 10, 60),)))
    sound = renderer.samples(project, Library({media.id: media}), main, 0, HZ)
    expected = HZ - at(10).samples(HZ)
    assert abs(int(np.abs(sound[:, 0]).argmax()) - expected) <= 1


@pytest.mark.qt
def test_every_installed_transition_leads_from_black_to_a_title_card(renderer: Renderer) -> None:
    solid = Clip(GeneratorSource("solid", {"colour": "#ff0000"}), TimeRange(at(0), at(10)), id="x")
    title = Clip(GeneratorSource("title", {"text": "Hello"}), TimeRange(at(0), at(10)), id="y")
    for name in "dissolve fade wipe slide zoom spin blur morph".split():
        change = Transition(name, "x", "y", at(4), at(4))
        track = Track(TrackKind.VIDEO, (solid, title), (change,))
        project, main = project_of(track)
        for frame in range(6, 14):
            shown = renderer.frame(project, Library(), main, at(frame), SIZE)
            assert renderer.notes == ()
            assert shown.size == SIZE
            assert len(shown.planes) == 3


@pytest.mark.qt
def test_missing_files_and_placeholders_are_drawn_as_cards(tmp_path: Path, renderer: Renderer) -> None:
    gone = Media(
        str(tmp_path / "gone.mp4"), MediaKind.VIDEO, name="gone.mp4", width=640, height=360, rate=RATE, id="gone"
    )
    board = Storyboard(shots=(Shot("A lake at dawn", id="s"),))
    lost = Clip(MediaSource("gone"), TimeRange(at(0), at(5)))
    waiting = Clip(Placeholder("s"), TimeRange(at(0), at(5)))
    project, main = project_of(Track(TrackKind.VIDEO, (lost, waiting)), storyboards=(board,))
    first = renderer.frame(project, Library({"gone": gone}), main, at(1), (320, 180))
    assert "gone.mp4" in renderer.notes[0].sentence
    assert first.planes[0].std() > 3
    second = renderer.frame(project, Library({"gone": gone}), main, at(6), (320, 180))
    assert renderer.notes == ()
    assert second.planes[0].std() > 3


@pytest.mark.qt
def test_real_effects_run_and_a_wrong_value_is_told(renderer: Renderer) -> None:
    uses = (
        EffectUse("vignette"),
        EffectUse("transform", {"rotation": 15.0, "scale": 80.0}),
        EffectUse("vignette", {"strength": "?"}),
    )
    solid = Clip(GeneratorSource("solid", {"colour": "#808080"}), TimeRange(at(0), at(10)), name="Grey", effects=uses)
    project, main = project_of(Track(TrackKind.VIDEO, (solid,)))
    frame = renderer.frame(project, Library(), main, at(0), SIZE)
    assert frame.planes[0][45, 80] > 100
    assert frame.planes[0][0, 0] < 20
    assert ["“vignette” of the clip “Grey” failed" in note.sentence for note in renderer.notes] == [True]


def test_a_sequence_that_is_gone_is_an_error_in_a_sentence(renderer: Renderer) -> None:
    with pytest.raises(ExportError, match="no longer in the project"):
        renderer.frame(Project(), Library(), "nowhere", at(0), SIZE)


@pytest.mark.parametrize("size", [(64, 36), (65, 37), (2, 2), (7, 3)])
def test_the_screen_gets_what_the_formula_says(size: tuple[int, int]) -> None:
    rng = np.random.default_rng(5)
    width, height = size
    half = ((height + 1) // 2, (width + 1) // 2)
    planes = (
        rng.integers(16, 236, (height, width), dtype=np.uint8),
        rng.integers(16, 241, half, dtype=np.uint8),
        rng.integers(16, 241, half, dtype=np.uint8),
    )
    yuv = np.stack([planes[0], full_of(planes[1], width, height), full_of(planes[2], width, height)], -1).astype(float)
    expected = np.clip(yuv @ YUV_TO_RGB[:, :3].T + YUV_TO_RGB[:, 3], 0, 255)
    shown = bgra(Frame(planes))
    assert shown.shape == (height, width, 4)
    assert shown.flags.c_contiguous
    assert (shown[..., 3] == 255).all()
    assert np.abs(shown[..., 2::-1] - expected).max() <= 2
    given = np.zeros((height, width, 4), np.uint8)
    np.testing.assert_array_equal(bgra(Frame(planes), given), shown)


def test_black_and_white_reach_both_ends_on_the_screen() -> None:
    assert (bgra(black(8, 8))[..., :3] == 0).all()
    white = black(8, 8)
    white.planes[0][:] = 235
    assert (bgra(white) == 255).all()
