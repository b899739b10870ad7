"""A preview reads what stands in for a film; a frame asked for in full, and an export, read the film itself."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from effects.frame import Frame
from engines.export.deliver import export
from engines.media.inspection import probe_here
from engines.media.reader import open_video
from engines.render.previews import Previews
from engines.render.renderer import Renderer
from tests.engines.media import footage
from timeline.items import Clip, MediaSource
from timeline.media import Library, Media
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.track import Track, TrackKind

pytestmark = pytest.mark.media
SIZE = (footage.WIDTH, footage.HEIGHT)
RED, BLUE = (90, 220), (220, 90)


@pytest.fixture
def original(tmp_path: Path) -> Media:
    return probe_here(footage.make_film(tmp_path / "original.mp4", count=10, chroma=BLUE))


@pytest.fixture
def light(tmp_path: Path) -> Media:
    return replace(probe_here(footage.make_film(tmp_path / "light.mp4", count=10, chroma=RED)), id="light")


def shown(renderer: Renderer, original: Media, *, full: bool = False, at: int = 4) -> tuple[str, int]:
    """Which of the two films is seen, and which of its pictures."""
    clip = Clip(MediaSource(original.id), TimeRange(ZERO, RationalTime(Fraction(10, 25))))
    sequence = Sequence(
        id="s", width=SIZE[0], height=SIZE[1], rate=Fraction(25), tracks=(Track(TrackKind.VIDEO, (clip,)),)
    )
    project = Project(sequences=(sequence,))
    time = RationalTime.from_frames(at, Fraction(25))
    frame: Frame = renderer.frame(project, Library({original.id: original}), "s", time, SIZE, full=full)
    return "light" if frame.planes[2].mean() > 150 else "original", footage.read_counter(frame.planes[0])


def test_a_preview_reads_the_stand_in_and_a_full_frame_the_original(original: Media, light: Media) -> None:
    renderer = Renderer(stand_in=lambda media, size: light)
    for _ in range(2):  # the second time from the frames that were kept
        assert shown(renderer, original) == ("light", 4)
        assert renderer.stood_in
        assert shown(renderer, original, full=True) == ("original", 4)
        assert not renderer.stood_in
    renderer.close()


def test_a_stand_in_that_comes_later_is_taken_up_at_once_and_one_that_is_broken_never(
    original: Media, light: Media, tmp_path: Path
) -> None:
    ready: list[Media] = []
    renderer = Renderer(stand_in=lambda media, size: ready[-1] if ready else None)
    assert shown(renderer, original, at=1) == ("original", 1)
    ready.append(light)
    assert shown(renderer, original, at=2) == ("light", 2)
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no film")
    ready.append(replace(light, id="broken", path=str(broken)))
    assert shown(renderer, original, at=3) == ("original", 3)
    assert renderer.notes == ()
    renderer.close()


def test_a_proxy_that_comes_while_a_frame_is_kept_is_not_kept_as_the_original(
    original: Media, light: Media, tmp_path: Path
) -> None:
    asked: list[Media] = []

    def comes_late(media: Media, size: tuple[int, int]) -> Media | None:
        asked.append(media)
        return light if len(asked) > 1 else None

    clip = Clip(MediaSource(original.id), TimeRange(ZERO, RationalTime(Fraction(10, 25))))
    sequence = Sequence(
        id="s", width=SIZE[0], height=SIZE[1], rate=Fraction(25), tracks=(Track(TrackKind.VIDEO, (clip,)),)
    )
    what = (Project(sequences=(sequence,)), Library({original.id: original}), "s", ZERO, SIZE)
    previews = Previews(tmp_path / "previews")
    renderer = Renderer(stand_in=comes_late, previews=previews)
    renderer.keep_preview(*what)
    renderer.close()
    plainly = Renderer(previews=previews)
    assert not plainly.has_preview(*what)
    plainly.close()


def test_without_being_told_of_any_nothing_stands_in(original: Media) -> None:
    renderer = Renderer(strict=True)
    assert shown(renderer, original) == ("original", 4)
    assert not renderer.stood_in
    renderer.close()


@pytest.mark.slow
def test_an_export_reads_the_original_and_a_draft_the_proxy(original: Media, light: Media, tmp_path: Path) -> None:
    clip = Clip(MediaSource(original.id), TimeRange(ZERO, RationalTime(Fraction(10, 25))))
    sequence = Sequence(
        id="s", width=SIZE[0], height=SIZE[1], rate=Fraction(25), tracks=(Track(TrackKind.VIDEO, (clip,)),)
    )
    what = (Project(sequences=(sequence,)), Library({original.id: original}), "s")
    film, draft = tmp_path / "film.mp4", tmp_path / "draft.mp4"
    export(*what, film)
    export(*what, draft, stand_in=lambda media, size: light)
    assert [_redness(film) > 150, _redness(draft) > 150] == [False, True]


def _redness(path: Path) -> float:
    reader = open_video(probe_here(path))
    frame = reader.frame_at(RationalTime.from_frames(4, Fraction(25)), SIZE)
    reader.close()
    return float(frame.planes[2].mean())
