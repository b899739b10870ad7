"""What the viewer shows is what the export writes."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from fractions import Fraction

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from effects.frame import Frame
from engines.export.mp4 import export_mp4
from engines.export.presets import Mp4Preset
from engines.media.conversion import plane_views
from engines.media.inspection import probe_here
from engines.play.audio_sink import WallClockSink
from engines.play.player import PlayedFrame, Player
from engines.render.renderer import Renderer
from engines.render.to_rgb import bgra
from tests.exactness.counted import make_counted
from timeline.items import Clip, EffectUse, GeneratorSource, MediaSource, Transition
from timeline.media import Library
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import RationalTime, TimeRange
from timeline.track import Track, TrackKind

pytestmark = pytest.mark.media

RATE = Fraction(25)
SIZE = (320, 180)
LOSSLESS = Mp4Preset(label="Test", description="", quality=1)


def frames(count: int) -> RationalTime:
    return RationalTime.from_frames(count, RATE)


@pytest.fixture(scope="module")
def edit(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Library, str]:
    """Two films of unlike size, a dissolve, a moved and turned inset, a title, a fade, a colour, speed and reverse."""
    folder = tmp_path_factory.mktemp("pictures")
    a = probe_here(make_counted(folder / "a.mov", RATE, 60, size=SIZE))
    b = probe_here(make_counted(folder / "b.mov", Fraction(30), 60, first=500, size=(256, 144)))

    def piece(media_id: str, start: int, count: int, **changes: object) -> Clip:
        where = TimeRange(frames(start), frames(count))
        return Clip(MediaSource(media_id), where, **changes)  # type: ignore[arg-type]  # keywords of a clip

    graded = EffectUse("color_filter", {})
    inset = EffectUse("transform", {"scale": 40.0, "position_x": 90.0, "position_y": 60.5, "rotation": 12.0})
    below = Track(
        TrackKind.VIDEO,
        (
            piece(a.id, 4, 10, id="x"),
            piece(b.id, 20, 10, id="y", effects=(graded,)),
            piece(a.id, 10, 10, speed=Fraction(-2), fade_out=frames(3)),
        ),
        (Transition("dissolve", "x", "y", frames(3), frames(3)),),
    )
    above = Track(TrackKind.OVERLAY, (piece(b.id, 8, 25, effects=(inset,), opacity=0.8),))
    title = Clip(GeneratorSource("title", {"text": "Exact"}), TimeRange(frames(0), frames(25)), fade_in=frames(5))
    sequence = Sequence(
        width=SIZE[0], height=SIZE[1], rate=RATE, tracks=(below, above, Track(TrackKind.TEXT, (title,)))
    )
    return Project(sequences=(sequence,)), Library({a.id: a, b.id: b}), sequence.id


@pytest.fixture(scope="module")
def film(edit: tuple[Project, Library, str], tmp_path_factory: pytest.TempPathFactory) -> list[Frame]:
    """The film of the edit, decoded."""
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    export_mp4(*edit, path, LOSSLESS)
    with av.open(str(path)) as container:
        return [Frame(tuple(plane.copy() for plane in plane_views(one))) for one in container.decode(video=0)]


@pytest.fixture
def shown() -> Iterator[tuple[Player, queue.Queue[PlayedFrame]]]:
    came: queue.Queue[PlayedFrame] = queue.Queue()
    player = Player(WallClockSink(), came.put)
    yield player, came
    player.close()


def difference(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """The mean of how far apart two pictures are, in levels."""
    return float(np.abs(one.astype(np.int16) - other).mean())


def test_the_viewer_shows_the_frames_of_the_film(
    edit: tuple[Project, Library, str], film: list[Frame], shown: tuple[Player, queue.Queue[PlayedFrame]]
) -> None:
    player, came = shown
    player.set_size(SIZE)
    player.set_project(*edit)
    assert len(film) == 25
    for number in range(len(film)):
        player.seek(frames(number))
        picture = came.get(timeout=20)
        while picture.time != frames(number):
            picture = came.get(timeout=20)
        assert not picture.notes
        assert difference(picture.bgra[..., :3], bgra(film[number])[..., :3]) <= 1, f"frame {number}"


def test_a_preview_and_an_export_draw_the_very_same_pixels(
    edit: tuple[Project, Library, str], film: list[Frame]
) -> None:
    loose, strict = Renderer(), Renderer(strict=True)
    try:
        for number in (24, 3, 11, 12, 20):
            one = loose.frame(*edit, frames(number), SIZE)
            other = strict.frame(*edit, frames(number), SIZE)
            full = loose.frame(*edit, frames(number), SIZE, full=True)
            for plane, second, third, coded in zip(
                one.planes, other.planes, full.planes, film[number].planes, strict=True
            ):
                assert np.array_equal(plane, second)
                assert np.array_equal(plane, third)
                assert difference(plane, coded) <= 1
    finally:
        loose.close()
        strict.close()
