"""Many clips laid over a track in one go do what they do one after another."""

from dataclasses import replace
from random import Random

import pytest

from tests.timeline.notation import RATE, clip, f, text_of, track
from timeline.edits import Links, laid, overwritten, tidied
from timeline.items import Clip
from timeline.time import RationalTime
from timeline.track import Track

Row = list[tuple[RationalTime, Clip]]


def some_track(chance: Random) -> Track:
    row = track(
        " ".join(
            f"_{chance.randrange(1, 9)}" if chance.random() < 0.3 else f"{letter}:0-{chance.randrange(1, 12)}"
            for letter in "ABCDEFGH"[: chance.randrange(9)]
        )
    )
    linked = tuple(replace(one, link=f"l{one.id}") if isinstance(one, Clip) else one for one in row.items)
    return replace(row, items=linked)


def some_clips(chance: Random, apart: int) -> Row:
    found: Row = []
    at = chance.randrange(6)
    for number in range(chance.randrange(3, 8)):
        new = replace(clip(f"X:0-{chance.randrange(1, 9)}"), id=f"x{number}", name=f"X{number}")
        found.append((f(at), new))
        at += new.duration.frames(RATE) + chance.randrange(apart)
    chance.shuffle(found)
    return found


def one_by_one(row: Track, clips: Row, links: Links) -> Track:
    for at, new in sorted(clips, key=lambda one: one[0]):
        row = overwritten(row, at, new, links)
    return row


@pytest.mark.parametrize("seed", range(200))
def test_in_one_go_is_the_same_as_one_after_another(seed: int) -> None:
    chance = Random(seed)
    row, clips = some_track(chance), some_clips(chance, apart=chance.choice((1, 6)))
    links: Links = {}
    other_links: Links = {}
    at_once, slowly = tidied(laid(row, clips, links)), tidied(one_by_one(row, clips, other_links))
    assert text_of(at_once) == text_of(slowly)
    assert len(links) == len(other_links)
    kept = {one.id for one in row.items}
    assert [one.id in kept for one in at_once.items] == [one.id in kept for one in slowly.items]
    assert len({one.id for one in at_once.items}) == len(at_once.items)


def test_the_transition_behind_a_clip_that_is_cut_goes_with_its_right_part() -> None:
    row = track("A:10-58 >4+4< B:20-44")
    clips = [
        (f(at), replace(clip(f"X:0-{length}"), id=f"x{at}", name="X")) for at, length in ((4, 4), (10, 4), (20, 4))
    ]
    assert text_of(laid(row, clips, {})) == "A:10-14 X:0-4 A:18-20 X:0-4 A:24-30 X:0-4 A:34-58 >4+4< B:20-44"


def test_clips_that_lie_on_each_other_cover_in_the_order_they_are_given() -> None:
    clips = [(f(at), replace(clip("X:0-10"), id=f"x{at}", name=f"X{at}")) for at in (8, 4, 12)]
    assert text_of(laid(track("A:0-30"), clips, {})) == "A:0-4 X4:0-8 X12:0-10 A:22-30"
