"""How many readers a file takes: one for a hand that moves about, two for a picture that shows two places of it."""

from __future__ import annotations

import random
from dataclasses import replace

from engines.render.footage import Footage
from tests.engines.render.test_footage import FILM, RATE, SIZE, Pool
from timeline.time import RationalTime


def asked(footage: Footage, *frames: int) -> None:
    """One picture made of these frames of the film."""
    footage.next_picture()
    for frame in frames:
        footage.frame_at(FILM, RationalTime.from_frames(frame, RATE), SIZE)


def test_a_hand_that_moves_about_takes_one_reader_for_each_file() -> None:
    pool, lot = Pool(), random.Random(1)
    footage = Footage(pool)
    for _ in range(40):
        asked(footage, lot.randrange(9000))
    assert len(pool.readers) == 1


def test_a_dissolve_within_a_file_has_a_reader_for_each_side_wherever_the_hand_goes() -> None:
    pool = Pool()
    footage = Footage(pool)
    for start in (0, 3000, 6000):
        for step in range(20):
            asked(footage, start + step, start + 1500 + step)
    assert len(pool.readers) <= 3
    assert sum(one.seeks for one in pool.readers.values()) <= 2 * 3


def test_a_jump_to_and_fro_does_not_take_the_reader_that_goes_on() -> None:
    pool = Pool()
    footage = Footage(pool)
    for step in range(20):
        asked(footage, step)
    asked(footage, 5000)
    for step in range(20, 40):
        asked(footage, step)
    assert pool.readers[FILM.id].seeks == 0


def test_files_the_hand_left_are_closed_after_some_pictures() -> None:
    pool = Pool()
    footage = Footage(pool)
    others = [replace(FILM, id=name, path=f"/{name}.mp4") for name in "abc"]
    for film in others:
        footage.next_picture()
        footage.frame_at(film, RationalTime(1), SIZE)
        footage.close_unseen(2)
    assert sorted(pool.readers) == ["b", "c"]
