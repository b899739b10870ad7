"""Films of nests: every frame and every beep of the innermost cut, through several rates, and nothing copied that is nested."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from engines.export.mp4 import export_mp4
from engines.export.presets import Effort, Mp4Preset
from engines.export.smart import SmartReport
from engines.media.inspection import probe_here
from tests.engines.render.counters import lumas, number_of, sound_of
from tests.exactness.counted import HZ, SIZE, is_flash, make_counted, onsets
from timeline.items import Clip, Gap, MediaSource, SequenceSource
from timeline.media import Library
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import FrameRate, RationalTime, TimeRange
from timeline.track import Track, TrackKind

pytestmark = pytest.mark.media

NTSC = Fraction(30000, 1001)
SMALL = Mp4Preset(label="Test", description="", quality=20, effort=Effort.ULTRAFAST)


def at(count: int, rate: FrameRate) -> RationalTime:
    return RationalTime.from_frames(count, rate)


def both(source: MediaSource | SequenceSource, where: TimeRange) -> tuple[Clip, Clip]:
    return Clip(source, where, link=str(where)), Clip(source, where, link=str(where))


def cut(name: str, rate: FrameRate, *pairs: tuple[Clip, Clip] | RationalTime) -> Sequence:
    rows = [tuple(Gap(one) if isinstance(one, RationalTime) else one[kind] for one in pairs) for kind in (0, 1)]
    tracks = (Track(TrackKind.VIDEO, rows[0]), Track(TrackKind.AUDIO, rows[1]))
    return Sequence(id=name, name=name, width=SIZE[0], height=SIZE[1], rate=rate, tracks=tracks)


@pytest.mark.parametrize(
    ("inner_rate", "outer_rate"), [(Fraction(25), Fraction(25)), (Fraction(24), NTSC), (NTSC, Fraction(24))]
)
def test_a_film_of_a_nest_of_a_nest_shows_and_sounds_what_the_innermost_cut_does(
    inner_rate: Fraction, outer_rate: Fraction, tmp_path: Path
) -> None:
    media = probe_here(make_counted(tmp_path / "film.mov", inner_rate, 120))
    film = MediaSource(media.id)
    cuts = [(7, 11), (50, 23), (21, 40)]
    inner = cut("inner", inner_rate, *(both(film, TimeRange(at(a, inner_rate), at(n, inner_rate))) for a, n in cuts))
    counted = [number for a, n in cuts for number in range(a, a + n)]
    middle = cut("middle", inner_rate, both(SequenceSource("inner"), TimeRange(at(3, inner_rate), at(70, inner_rate))))
    lasts = at(int(at(60, inner_rate).fraction * outer_rate), outer_rate)
    start = at(5, inner_rate)
    outer = cut("outer", outer_rate, at(4, outer_rate), both(SequenceSource("middle"), TimeRange(start, lasts)))
    project = Project(sequences=(outer, middle, inner))
    reports: list[SmartReport] = []
    export_mp4(project, Library({media.id: media}), "outer", tmp_path / "film.mp4", SMALL, told=reports.append)
    seen = lumas(tmp_path / "film.mp4")
    wanted = [
        counted[3 + (start + at(number, outer_rate)).frames(inner_rate)] for number in range(lasts.frames(outer_rate))
    ]
    assert [number_of(one) for one in seen[4:]] == wanted
    assert all(float(one.mean()) < 20 for one in seen[:4])
    assert reports[0].copied == 0
    flashes = [number for number, one in enumerate(seen) if is_flash(one) and not is_flash(seen[number - 1])]
    beeps = onsets(sound_of(tmp_path / "film.mp4")[:, 0])
    for flash in flashes:
        begins = float(at(flash, outer_rate).fraction) * HZ
        assert np.min(np.abs(np.array(beeps) - begins)) <= HZ / float(min(inner_rate, outer_rate)) + 60
