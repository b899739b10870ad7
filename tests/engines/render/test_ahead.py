"""Another thread goes ahead of the one that draws: pictures come sooner, and are the same pictures."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from effects.frame import Frame, black
from engines.errors import MediaError
from engines.media import pool as pool_module
from engines.media.inspection import probe_here
from engines.media.pool import ReaderPool
from engines.media.reader import VideoReader
from engines.render.footage import Footage
from engines.render.kept import KeptFrames, Key
from engines.render.renderer import Renderer
from engines.render.scout import Scout
from tests.engines.media.footage import make_film, read_counter
from tests.engines.render.counters import clip_of, number_of, write_counter
from timeline.media import Library, Media
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import RationalTime
from timeline.track import Track, TrackKind

RATE = Fraction(25)
SMALL = (160, 90)
X264 = {"preset": "ultrafast", "crf": "20", "g": "250", "bf": "3"}
KEY: Key = ("film", "/film", (64, 36))


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> list[Media]:
    """Three films, counting from 0, 1000 and 2000, of one group of pictures each."""
    folder = tmp_path_factory.mktemp("ahead")
    return [write_counter(folder / f"{first}.mp4", 100, RATE, first=first) for first in (0, 1000, 2000)]


@pytest.fixture(scope="module")
def uneven(tmp_path_factory: pytest.TempPathFactory) -> Media:
    times = tuple(int(90 * t) for t in np.cumsum([0, *([20, 33, 60, 41, 17] * 12)])[:60])
    path = tmp_path_factory.mktemp("ahead") / "uneven.mp4"
    make_film(path, count=60, times=times, time_base=Fraction(1, 90000), options={**X264, "g": "20"})
    return probe_here(path)


@pytest.fixture
def footage() -> Iterator[Footage]:
    with ReaderPool() as pool:
        made = Footage(pool)
        made.fills_ahead = True
        yield made
        made.close()


def at(index: int) -> RationalTime:
    return RationalTime.from_frames(index, RATE)


def number(frame: Frame) -> int | None:
    return number_of(frame.planes[0])


def until(condition: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < give_up
        time.sleep(0.005)


def no_opening(media: Media) -> VideoReader:
    raise AssertionError(f"{media.name} was opened by the thread that draws")


@pytest.mark.media
def test_a_prepared_place_is_opened_and_sought_by_another_thread(
    films: list[Media], footage: Footage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(footage._pool, "_open_reader", no_opening, raising=False)
    monkeypatch.setattr(pool_module, "open_video", no_opening)
    footage.prepare(films[0], at(70), SMALL)
    footage.prepare(films[1], at(5), SMALL)
    footage.prepare(films[1], at(5), SMALL)
    assert len(footage._coming) == 2
    until(lambda: all(one.standing.done.is_set() for one in footage._coming))
    assert [number(footage.frame_at(films[1], at(index), SMALL)) for index in (5, 6, 7)] == [1005, 1006, 1007]
    assert number(footage.frame_at(films[0], at(70), SMALL)) == 70


@pytest.mark.media
def test_a_picture_asked_for_at_once_waits_for_its_reader_and_no_longer(films: list[Media], footage: Footage) -> None:
    for _ in range(20):
        for film, first in zip(films, (0, 1000, 2000), strict=True):
            index = random.Random(first).randrange(100)
            footage.prepare(film, at(index), SMALL)
            assert number(footage.frame_at(film, at(index), SMALL)) == first + index
    assert not footage._coming


@pytest.mark.media
def test_what_cannot_be_prepared_is_said_when_it_is_drawn(films: list[Media], footage: Footage, tmp_path: Path) -> None:
    lost = Media(str(tmp_path / "lost.mp4"), films[0].kind, rate=RATE, has_video=True, name="lost.mp4", id="lost")
    footage.prepare(lost, at(0), SMALL)
    with pytest.raises(MediaError, match=r"lost\.mp4"):
        footage.frame_at(lost, at(0), SMALL)


@pytest.mark.media
def test_closing_at_any_moment_ends_the_thread_and_closes_its_readers(films: list[Media]) -> None:
    for delay in (0, 0.002, 0.02):
        with ReaderPool() as pool:
            footage = Footage(pool)
            footage.fills_ahead = True
            footage.frame_at(films[0], at(50), SMALL)
            footage.frame_at(films[0], at(49), SMALL)
            for film in films:
                footage.prepare(film, at(80), SMALL)
            time.sleep(delay)
            footage.close()
            assert number(footage.frame_at(films[2], at(3), SMALL)) == 2003  # as a pool, it can be used again
            footage.close()
    assert all(thread.name != "scout" for thread in threading.enumerate())


@pytest.mark.media
def test_the_frames_before_a_resting_playhead_fill_in(footage: Footage, tmp_path: Path) -> None:
    media = probe_here(make_film(tmp_path / "long.mp4", count=100, options=X264))
    size = (media.width, media.height)
    footage.frame_at(media, at(90), size)
    key = (media.id, media.path, size)
    until(lambda: all(footage._kept.holds(key, Fraction(index) / RATE) for index in range(90)))
    reader = footage._pool.picture(footage._lanes[key[:2]][0].media)
    seen = [read_counter(footage.frame_at(media, at(index), size).planes[0]) for index in range(89, 0, -1)]
    assert seen == list(range(89, 0, -1))
    assert reader.shown(at(90))[0] == Fraction(90) / RATE, "the reader of the thread that draws did not move"
    assert read_counter(footage.frame_at(media, at(91), size).planes[0]) == 91


@pytest.mark.media
def test_going_back_through_more_than_can_be_kept_goes_on_filling(films: list[Media], footage: Footage) -> None:
    footage.cache_bytes = 40 * 160 * 90 * 3 // 2
    seen = [number(footage.frame_at(films[0], at(index), SMALL)) for index in range(99, -1, -1)]
    assert seen == list(range(99, -1, -1))
    assert footage._kept.bytes <= footage.cache_bytes


@pytest.mark.media
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", ["constant", "uneven"])
def test_any_walk_gives_the_pixels_of_a_reader_that_goes_straight(
    films: list[Media], uneven: Media, footage: Footage, seed: int, kind: str
) -> None:
    media = films[0] if kind == "constant" else uneven
    last = media.duration.fraction
    straight = VideoReader(media)
    grid = [RationalTime(last * index / 173) for index in range(173)]
    truth = [straight.frame_at(moment, SMALL).planes[0].copy() for moment in grid]
    straight.close()
    chance = random.Random(seed)
    place = 80
    footage.cache_bytes = chance.choice((1 << 20, 8 << 20))
    for _ in range(110):
        place = min(max(0, place + chance.choice((-40, -7, -2, -1, -1, -1, 0, 1, 1, 3, 60))), 172)
        if chance.random() < 0.1:
            footage.prepare(media, grid[chance.randrange(173)], SMALL)
        if chance.random() < 0.03:
            time.sleep(0.32)  # at rest: filling begins
        assert np.array_equal(footage.frame_at(media, grid[place], SMALL).planes[0], truth[place])


@pytest.mark.media
def test_the_renderer_prepares_what_begins_at_a_cut_and_leaves_what_goes_on(
    films: list[Media], monkeypatch: pytest.MonkeyPatch
) -> None:
    clips = (clip_of(films[0], 10, 20), clip_of(films[0], 30, 10), clip_of(films[1], 60, 20))
    track = Track(TrackKind.VIDEO, clips)
    sequence = Sequence(width=160, height=90, rate=RATE, tracks=(track,))
    project, library = Project(sequences=(sequence,)), Library({film.id: film for film in films})
    renderer = Renderer()
    asked: list[str] = []
    prepare = renderer._compositor.footage.prepare

    def noted(media: Media, moment: RationalTime, size: tuple[int, int]) -> None:
        asked.append(media.id)
        prepare(media, moment, size)

    monkeypatch.setattr(renderer._compositor.footage, "prepare", noted)
    renderer.prepare(project, library, sequence.id, at(20), SMALL)  # a split: the same take goes on
    assert asked == []
    renderer.prepare(project, library, sequence.id, at(30), SMALL)
    assert asked == [films[1].id]
    frames = [renderer.frame(project, library, sequence.id, at(index), SMALL) for index in range(50)]
    assert [number(frame) for frame in frames] == [*range(10, 40), *range(1060, 1080)]
    renderer.keep_within(1 << 20, 1 << 20)
    assert renderer._compositor.footage.cache_bytes == 1 << 20
    renderer.close()


def test_beyond_the_limit_the_frames_farthest_from_the_playhead_go() -> None:
    kept = KeptFrames(20 * 64 * 36 * 3 // 2)
    for index in range(20):
        kept.put(KEY, Fraction(index), Fraction(index + 1), black(64, 36))
    assert kept.find(KEY, Fraction(15)) is not None
    for index in range(20, 24):
        kept.put(KEY, Fraction(index), Fraction(index + 1), black(64, 36))
    assert [index for index in range(24) if kept.holds(KEY, Fraction(index))] == list(range(4, 24))
    assert kept.unbroken_from(KEY, Fraction(31, 2)) == 4
    assert kept.unbroken_from(KEY, Fraction(24)) == 4
    assert kept.unbroken_from(KEY, Fraction(30)) == 30
    kept.limit = 5 * 64 * 36 * 3 // 2
    assert [index for index in range(24) if kept.holds(KEY, Fraction(index))] == [13, 14, 15, 16, 17]
    kept.clear()
    assert kept.bytes == 0


@pytest.mark.media
def test_a_fault_nobody_foresaw_costs_one_reader_and_not_the_thread(films: list[Media]) -> None:
    faults = [IndexError("a fault of the codec library")]

    def opened(media: Media) -> VideoReader:
        if faults:
            raise faults.pop()
        return VideoReader(media)

    scout = Scout(opened, KeptFrames())
    first = scout.stand(films[0], RationalTime(0), None)
    assert first.done.wait(10)
    assert first.taken() is None
    second = scout.stand(films[0], RationalTime(0), None)
    assert second.done.wait(10), "drawing waits for this without end"
    reader = second.taken()
    assert reader is not None
    reader.close()
    scout.close()
