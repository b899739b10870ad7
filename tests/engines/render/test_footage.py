"""The order in which frames are asked of readers: few seeks, and always the right frame."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from effects.frame import Frame, black
from engines.media.reader import PictureReader
from engines.render.footage import Footage
from engines.render.kept import KeptFrames
from timeline.media import Media, MediaKind
from timeline.time import RationalTime

RATE = Fraction(25)
SIZE = (64, 36)
FILM = Media("/film.mp4", MediaKind.VIDEO, rate=RATE, duration=RationalTime(400), has_video=True, id="film")


class NumberedReader:
    """Each frame is a new array that says its number; counts the steps that a decoder could only do by a seek."""

    def __init__(self) -> None:
        self.at = -1
        self.seeks = 0
        self.decoded = 0

    def frame_at(self, time: RationalTime, size: tuple[int, int] | None = None) -> Frame:
        index = time.frames(RATE)
        if not self.at <= index <= self.at + 250:
            self.seeks += 1
        self.at = index
        self.decoded += 1
        frame = black(*(size or SIZE))
        frame.planes[0][0, :2] = divmod(index, 256)
        return frame

    def stand_at(self, time: RationalTime) -> None:
        self.frame_at(time)

    def shown(self, time: RationalTime) -> tuple[Fraction, Fraction | None]:
        index = time.frames(RATE)
        return index / RATE, (index + 1) / RATE

    def group_start(self, time: RationalTime) -> Fraction | None:
        return None

    def close(self) -> None:
        pass


class Pool:
    def __init__(self) -> None:
        self.readers: dict[str, NumberedReader] = {}

    def picture(self, media: Media) -> NumberedReader:
        return self.readers.setdefault(media.id, NumberedReader())

    def holds_picture(self, media: Media) -> bool:
        return media.id in self.readers

    def taken(self, media: Media) -> NumberedReader | None:
        return self.readers.pop(media.id, None)

    def adopt(self, media: Media, reader: PictureReader) -> None:
        assert isinstance(reader, NumberedReader)
        self.readers[media.id] = reader

    def next_picture(self) -> None:
        pass

    @property
    def seeks(self) -> int:
        return sum(reader.seeks for reader in self.readers.values())


def number(frame: Frame) -> int:
    return int(frame.planes[0][0, 0]) * 256 + int(frame.planes[0][0, 1])


def asked(footage: Footage, index: int, size: tuple[int, int] = SIZE) -> int:
    return number(footage.frame_at(FILM, RationalTime.from_frames(index, RATE), size))


def test_going_back_seeks_once_in_a_stretch() -> None:
    pool = Pool()
    footage = Footage(pool)
    assert [asked(footage, index) for index in range(500, 300, -1)] == list(range(500, 300, -1))
    assert pool.seeks <= 2 + 200 // 96
    assert len(pool.readers) == 1


def test_going_forward_keeps_nothing_and_never_seeks() -> None:
    pool = Pool()
    footage = Footage(pool)
    for index in range(0, 400, 2):
        assert asked(footage, index) == index
    assert pool.seeks == 0
    assert pool.readers["film"].decoded == 200
    assert footage._kept.bytes == 0


def test_two_places_of_one_film_are_read_by_two_readers() -> None:
    pool = Pool()
    footage = Footage(pool)
    for step in range(100):
        assert asked(footage, 1000 + step) == 1000 + step
        assert asked(footage, 200 + step) == 200 + step
    assert pool.seeks <= 2
    assert len(pool.readers) == 2


def test_jumping_about_opens_no_more_than_three_readers() -> None:
    pool = Pool()
    footage = Footage(pool)
    chance = random.Random(4)
    for _ in range(300):
        index = chance.randrange(9000)
        assert asked(footage, index) == index
    assert len(pool.readers) == 3


@pytest.mark.parametrize("seed", range(5))
def test_any_walk_gives_the_right_frames(seed: int) -> None:
    footage = Footage(Pool())
    chance = random.Random(seed)
    at = 500
    for _ in range(600):
        at = max(0, at + chance.choice((-40, -7, -2, -1, -1, -1, 0, 1, 1, 3, 300)))
        assert asked(footage, at) == at


def test_a_changed_size_is_not_answered_from_the_kept_ones() -> None:
    footage = Footage(Pool())
    asked(footage, 100)
    asked(footage, 99)
    frame = footage.frame_at(FILM, RationalTime.from_frames(98, RATE), (32, 18))
    assert frame.size == (32, 18)


def test_what_is_kept_stays_within_its_bounds() -> None:
    footage = Footage(Pool(), cache_bytes=64 << 20)
    for index in range(300, 0, -1):
        asked(footage, index, (1920, 1080))
    assert 32 << 20 < footage._kept.bytes <= 64 << 20
    footage.cache_bytes = 8 << 20
    assert 0 < footage._kept.bytes <= 8 << 20
    held = [frame for row in footage._kept._rows.values() for frame in row.frames]
    assert footage._kept.bytes == sum(plane.nbytes for frame in held for plane in frame.planes)
    assert asked(footage, 150, (1920, 1080)) == 150


def test_a_hand_that_jumps_about_does_not_fill_the_room_for_going_back() -> None:
    frame_bytes = SIZE[0] * SIZE[1] * 3 // 2
    kept = KeptFrames(40 * frame_bytes)
    picture = black(*SIZE)
    key = ("film", "film.mp4", SIZE)
    for place in range(0, 200, 20):
        kept.leave()
        kept.find(key, place / RATE)
        for index in range(place - 5, place):
            kept.put(key, index / RATE, (index + 1) / RATE, picture)
        assert kept.bytes <= 15 * frame_bytes
    assert all(kept.holds(key, index / RATE) for index in range(175, 180)), "what lies before the last place stays"
