"""A result laid on the timeline as clips shows and sounds as the flat film does."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest

from engines.evolve.base import Edit, Film, Making, Operation, Piece
from engines.evolve.registry import operation
from engines.evolve.run import opened
from engines.render.renderer import Renderer
from studio_app.planning.evolved_edit import edit_command, hidden
from tests.engines.evolve.footage import camera_clip
from tests.engines.evolve.looking import Idle
from timeline.items import Clip
from timeline.media import Library, Media
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime
from timeline.track import Track, TrackKind

SIZE = (160, 90)
RATE = Fraction(24)


def two_clips(size: tuple[int, int] = SIZE) -> list[Media]:
    first = camera_clip(SIZE, RATE, 1.0, shake=0, noise=2)
    second = camera_clip(size, RATE, 1.5, shake=0, noise=2, scene="street", bpm=90)
    return [first.media(), second.media()]


def laid_out(made: Operation, parents: list[Media], rate: Fraction = RATE) -> tuple[Film, Edit, Project, Library, str]:
    how = Making(5, Idle())
    with opened(parents) as sources:
        film, edit = made.film(sources, how), made.edit(sources, how)
        frames = [film.frame(index) for index in range(film.count)]
    assert edit is not None
    sequence = Sequence(width=SIZE[0], height=SIZE[1], rate=rate, tracks=(Track(TrackKind.VIDEO),))
    library = Library().with_media(*parents)
    project = edit_command(sequence, edit, parents, ZERO, "Result").apply(Project(sequences=(sequence,)), library)
    flat = Film(film.count, lambda index: frames[index], film.size, film.rate, film.samples)
    return flat, edit, project, library, sequence.id


@pytest.mark.media
@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("remix.transition", {"transition": "dissolve"}),
        ("remix.transition", {"transition": "slide", "transition_duration": 0.3}),
        ("remix.transition", {"transition": "cut"}),
        ("remix.combine", {"layout": "horizontal"}),
        ("remix.collage", {"positions": "top_right", "scale": 0.4}),
        ("remix.mashup", {"sound_of": 2}),
        ("vary.pacing", {"target_pace": "frenetic"}),
    ],
)
def test_the_clips_show_and_sound_as_the_flat_film(name: str, values: dict[str, object]) -> None:
    film, edit, project, library, main = laid_out(operation(name, values), two_clips())
    sequence = project.sequence(main)
    assert sequence is not None
    assert sequence.duration_frames == film.count == edit.count
    renderer = Renderer()
    try:
        for index in range(0, film.count, 3):
            shown = renderer.frame(project, library, main, RationalTime.from_frames(index, RATE), SIZE)
            for one, other in zip(shown.planes[:3], film.frame(index).planes[:3], strict=True):
                off = np.abs(one.astype(float) - other)
                assert off.mean() < 0.6, f"frame {index}"
        assert film.samples is not None
        if name == "vary.pacing":  # the timeline lets pitch go with the speed, the film keeps it
            return
        length = round(film.count * 48000 / RATE)
        heard = renderer.samples(project, library, main, 0, length)
        assert np.corrcoef(heard[:, 0], film.samples[:length, 0])[0, 1] > 0.99
        assert float(np.abs(film.samples).max()) <= 1.0
    finally:
        renderer.close()


@pytest.mark.media
@pytest.mark.parametrize("name", ["remix.combine", "remix.collage"])
def test_a_clip_of_another_shape_brings_no_black_bars_along(name: str) -> None:
    film, _, project, library, main = laid_out(operation(name, {}), two_clips((96, 96)))
    renderer = Renderer()
    try:
        shown = renderer.frame(project, library, main, RationalTime.from_frames(5, RATE), SIZE)
    finally:
        renderer.close()
    made = film.frame(5).planes[0]
    assert np.abs(shown.planes[0].astype(float) - made).mean() < 3.0  # scaled once here, twice in the film
    columns = made[-20:, 82:].mean(axis=0) if name == "remix.combine" else made[-20:-6, -28:-6].mean(axis=0)
    assert columns.min() > 25


@pytest.mark.parametrize("rate", [Fraction(23), Fraction(25), Fraction(30000, 1001), Fraction(60)])
def test_transitions_fit_a_sequence_of_another_rate(rate: Fraction) -> None:
    parents = [camera_clip(SIZE, one, 1.0, shake=0, noise=0).media() for one in (RATE, Fraction(25))]
    for length in (0.21, 0.3, 0.46):
        made = operation("remix.transition", {"transition": "dissolve", "transition_duration": length})
        _, _, project, _, main = laid_out(made, parents, rate)
        sequence = project.sequence(main)
        assert sequence is not None
        joined = [one for track in sequence.tracks for one in track.transitions]
        assert len(joined) == 2, "of picture and sound"
        for one in joined:
            assert abs((one.before + one.after).to_seconds() - length) <= 2.5 / float(rate)


def test_a_piece_under_whole_pictures_is_only_heard() -> None:
    second = RationalTime(1)
    ground, over = Piece(0, ZERO, second, ZERO), Piece(1, ZERO, second, ZERO, 1, muted=True)
    short = Piece(1, ZERO, second / 2, ZERO, 1, muted=True)
    assert hidden(Edit((ground, over), (), 24, RATE)) == {ground}
    assert not hidden(Edit((ground, short), (), 24, RATE))


@pytest.mark.media
def test_an_edit_stands_on_tracks_of_its_own() -> None:
    _, _, project, _, main = laid_out(operation("remix.mashup", {}), two_clips())
    sequence = project.sequence(main)
    assert sequence is not None
    kinds = [track.kind for track in sequence.tracks if track.items]
    assert kinds == [TrackKind.VIDEO, TrackKind.AUDIO]
    shots = [item for item in sequence.tracks[1].items if isinstance(item, Clip)]
    assert len(shots) == 3
    assert all(one.source != other.source for one, other in itertools.pairwise(shots))
