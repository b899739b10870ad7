"""An export does not keep files open that it has gone past."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from engines.media.memory import give_back
from engines.render.renderer import Renderer
from tests.engines.render.counters import SIZE, clip_of, number_of, write_counter
from timeline.media import Library
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import RationalTime
from timeline.track import Track, TrackKind

RATE = Fraction(25)


@pytest.mark.media
def test_readers_that_rest_are_closed_and_opened_again_when_they_are_needed(tmp_path: Path) -> None:
    first, second = (write_counter(tmp_path / f"{name}.mp4", 80, RATE) for name in "ab")
    row = (clip_of(first, 10, 5), clip_of(second, 0, 70), clip_of(first, 30, 5))
    sequence = Sequence(width=SIZE[0], height=SIZE[1], rate=RATE, tracks=(Track(TrackKind.VIDEO, row),))
    project, library = Project(sequences=(sequence,)), Library().with_media(first, second)
    renderer = Renderer(strict=True)
    pool, seen, was_open = renderer._pictures, [], []
    for number in range(80):
        frame = renderer.frame(project, library, sequence.id, RationalTime.from_frames(number, RATE), SIZE)
        seen.append(number_of(frame.planes[0]))
        was_open.append(pool.holds_picture(first))
    renderer.close()
    assert seen == [*range(10, 15), *range(70), *range(30, 35)]
    assert was_open[:15] == [True] * 15
    assert was_open[30:75] == [False] * 45
    assert was_open[75:] == [True] * 5


def test_giving_memory_back_works_wherever_it_is_called() -> None:
    give_back()
    give_back()
