"""Timecode in the picture of a review film: read back from each frame, whatever is below it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from effects.frame import plain
from engines.export.mp4 import export_mp4
from engines.export.presets import Mp4Preset
from engines.export.smart import SmartReport, smart_estimate
from engines.render.burn_in import BurnIn, shown_name, written
from engines.render.plan import plan
from tests.engines.render.counters import lumas
from timeline.items import Clip, GeneratorSource, MediaSource, SequenceSource
from timeline.media import Library, Media, MediaKind
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.timecode import format_timecode, parse_timecode
from timeline.track import Track, TrackKind

RATE = Fraction(30000, 1001)
SIZE = (320, 180)
REVIEW = Mp4Preset(label="Test", description="", quality=10, burn_in=True, with_audio=False)


def solid(colour: str, count: int, name: str = "") -> Clip:
    return Clip(GeneratorSource("solid", {"colour": colour}), TimeRange.from_frames(0, count, RATE), name=name)


def picture(*tracks: Track, start: str = "00:00:00;00") -> Project:
    begins = parse_timecode(start, RATE)
    sequence = Sequence(
        width=SIZE[0], height=SIZE[1], rate=RATE, drop_frame=True, start_timecode=begins, tracks=tracks, id="s"
    )
    return Project(sequences=(sequence,))


def read_back(luma: NDArray[np.uint8], ground: int, name: str, around: int) -> str:
    """Of all timecodes near a frame number, the one whose picture is most like the frame."""
    found = {}
    for number in range(around - 40, around + 40):
        text = format_timecode(RationalTime.from_frames(number, RATE), RATE, drop_frame=True)
        drawn = written(plain(*SIZE, (ground, 128, 128)), text, name).planes[0]
        found[text] = float(np.square(drawn.astype(np.float32) - luma).mean())
    return min(found, key=lambda text: found[text])


@pytest.mark.media
def test_each_frame_of_a_review_film_says_its_drop_frame_timecode(tmp_path: Path) -> None:
    row = Track(TrackKind.VIDEO, (solid("#ffffff", 6, "Sky"), solid("#000000", 6, "Night")))
    project = picture(row, start="00:01:59;24")
    export_mp4(project, Library(), "s", tmp_path / "review.mp4", REVIEW)
    seen = lumas(tmp_path / "review.mp4")
    start = project.sequences[0].start_timecode.frames(RATE)
    below = [(235, "Sky")] * 6 + [(16, "Night")] * 6
    said = [read_back(one, *how, start + at) for at, (one, how) in enumerate(zip(seen, below, strict=True))]
    assert said == [f"00:01:59;{at}" for at in range(24, 30)] + [f"00:02:00;{at:02d}" for at in range(2, 8)]


def test_white_letters_stand_on_dark_over_the_whitest_picture() -> None:
    white = plain(*SIZE, (235, 128, 128))
    luma = written(white, "01:00:00:00", "Sky").planes[0]
    box = luma[luma < 200]
    assert 16 < box.min() < 100
    rows, columns = np.nonzero(luma != 235)
    assert rows.max() < SIZE[1] * 0.97
    assert abs((columns.min() + columns.max()) / 2 - SIZE[0] / 2) <= 2
    assert luma[rows.min() : rows.max(), columns.min() : columns.max()].max() > 220
    assert white.planes[0].min() == 235


@pytest.mark.parametrize("size", [(64, 36), (108, 192), (1920, 36)])
def test_a_name_of_any_length_stays_in_a_picture_of_any_shape(size: tuple[int, int]) -> None:
    made = written(plain(*size, (235, 128, 128)), "100:00:00:00", "a long name " * 40)
    assert made.size == size


def test_the_name_is_that_of_the_topmost_film_not_of_a_title() -> None:
    media = Media("/a.mp4", MediaKind.VIDEO, name="a.mp4", duration=RationalTime(9), rate=RATE, has_video=True, id="a")
    film = Clip(MediaSource("a"), TimeRange.from_frames(0, 5, RATE))
    title = Clip(GeneratorSource("title", {"text": "x"}), TimeRange.from_frames(0, 9, RATE), name="Opening")
    project = picture(Track(TrackKind.VIDEO, (film,)), Track(TrackKind.TEXT, (title,)))
    library = Library({"a": media})
    names = [
        shown_name(plan(project, library, project.sequences[0], RationalTime.from_frames(at, RATE)).layers)
        for at in (0, 6)
    ]
    assert names == ["a.mp4", "Opening"]


def test_a_nest_is_told_by_its_name() -> None:
    inner = Sequence(id="inner", name="Scene 4", rate=RATE, tracks=(Track(TrackKind.VIDEO, (solid("#ffffff", 5),)),))
    project = picture(Track(TrackKind.VIDEO, (Clip(SequenceSource("inner"), TimeRange.from_frames(0, 5, RATE)),)))
    both = Project(sequences=(*project.sequences, inner))
    assert shown_name(plan(both, Library(), both.sequences[0], ZERO).layers) == "Scene 4"
    shown = BurnIn(both, Library(), both.sequences[0]).over(plain(*SIZE, (235, 128, 128)), ZERO)
    wanted = written(plain(*SIZE, (235, 128, 128)), "00:00:00;00", "Scene 4")
    assert np.array_equal(shown.planes[0], wanted.planes[0])


def test_nothing_is_copied_where_something_is_written() -> None:
    project = picture(Track(TrackKind.VIDEO, (solid("#ffffff", 5),)))
    assert smart_estimate(project.sequences[0], Library(), REVIEW) == SmartReport(5, is_off=True)
