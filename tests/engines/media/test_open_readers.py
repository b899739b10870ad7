"""What several pools have open is counted together; each closes what it can spare, and never what is in use."""

from __future__ import annotations

from fractions import Fraction

from effects.frame import Frame
from engines.media.open_readers import OpenReaders
from engines.media.pool import ReaderPool
from timeline.media import Media, MediaKind
from timeline.time import RationalTime

FILMS = [Media(f"{n}.mp4", MediaKind.VIDEO, f"{n}", width=1920, height=1080, id=f"{n}") for n in range(8)]


class Reader:
    def __init__(self, media: Media) -> None:
        self.media = media

    def frame_at(self, time: RationalTime, size: tuple[int, int] | None = None) -> Frame:
        raise NotImplementedError

    def stand_at(self, time: RationalTime) -> None: ...

    def shown(self, time: RationalTime) -> tuple[Fraction, Fraction | None]:
        return Fraction(0), None

    def group_start(self, time: RationalTime) -> Fraction | None:
        return None

    def close(self) -> None: ...


def pools(limit_mb: int, count: int = 1) -> tuple[OpenReaders, list[ReaderPool]]:
    readers = OpenReaders(limit_mb << 20)
    return readers, [ReaderPool(open_reader=Reader, readers=readers) for _ in range(count)]


def held(pool: ReaderPool) -> str:
    return "".join(film.id for film in FILMS if pool.holds_picture(film))


def test_a_hand_that_jumps_among_many_films_holds_a_level_number_of_them() -> None:
    readers, (pool,) = pools(120)
    seen = []
    for place in range(40):
        pool.next_picture()
        pool.picture(FILMS[place * 5 % 8])
        seen.append(readers.bytes)
    assert len(set(seen[4:])) == 1
    assert seen[-1] <= 120 << 20
    assert len(held(pool)) == 3
    pool.close()
    assert readers.bytes == 0


def test_the_layers_of_one_picture_stay_open_whatever_the_bound() -> None:
    _, (pool,) = pools(1)
    first = []
    for _ in range(5):
        pool.next_picture()
        first.append([pool.picture(film) for film in FILMS])
    assert all(reader is other for row in first for reader, other in zip(row, first[0], strict=True))


def test_a_reader_made_ready_for_a_cut_is_not_closed_before_the_cut() -> None:
    _, (pool,) = pools(1)
    pool.adopt(FILMS[7], Reader(FILMS[7]))
    for _ in range(60):
        pool.next_picture()
        pool.picture(FILMS[0])
    assert held(pool) == "07"


def test_what_one_pool_opens_another_makes_room_for_with_its_next_picture() -> None:
    _, (draws, waits) = pools(120, 2)
    for film in FILMS[:3]:
        draws.next_picture()
        draws.picture(film)
    waits.picture(FILMS[4])
    assert held(draws) == "012"
    draws.next_picture()
    assert held(draws) == "12"
    draws.next_picture()
    assert held(draws) == "12", "there is room again: nothing more is closed"


def test_what_is_handed_to_another_thread_is_counted_until_it_is_closed() -> None:
    readers, (pool,) = pools(120)
    pool.picture(FILMS[0])
    reader = pool.taken(FILMS[0])
    pool.close()
    assert reader is not None
    assert readers.bytes > 0
    reader.close()
    reader.close()
    assert readers.bytes == 0
