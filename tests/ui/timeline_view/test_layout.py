import random
from dataclasses import replace

import pytest

from tests.ui.timeline_view.cuts import f, layout, sequence
from timeline.items import Clip
from ui.timeline_view.layout import (
    AUDIO_HEIGHT,
    CLIP_HEADER,
    CLIP_TOP,
    DIVIDER,
    VIDEO_HEIGHT,
    Hit,
    Layout,
    Zone,
    trim_reach,
)
from ui.timeline_view.scale import Scale

MIDDLE = CLIP_TOP + CLIP_HEADER + 10


def test_pictures_stand_top_down_above_the_divider_and_sound_below() -> None:
    place = layout(sequence(V1="A:0-24", V2="B:0-24", A1="C:0-24", A2=""))
    assert [(row.label, row.y) for row in place.rows] == [
        ("V2", 0),
        ("V1", VIDEO_HEIGHT),
        ("A1", 2 * VIDEO_HEIGHT + DIVIDER),
        ("A2", 2 * VIDEO_HEIGHT + DIVIDER + AUDIO_HEIGHT),
    ]
    assert place.divider_y == 2 * VIDEO_HEIGHT


def test_a_press_in_the_middle_of_a_clip_holds_the_clip() -> None:
    assert layout(sequence(V1="A:0-24")).hit(120, MIDDLE) == Hit(Zone.CLIP, "V1", "A")


@pytest.mark.parametrize(
    ("x", "zone"),
    [(0, Zone.CLIP_IN), (7.9, Zone.CLIP_IN), (8.1, Zone.CLIP), (231.9, Zone.CLIP), (232.1, Zone.CLIP_OUT)],
)
def test_the_trim_zones_are_eight_pixels_inside_the_ends(x: float, zone: Zone) -> None:
    assert layout(sequence(V1="A:0-24 _10")).hit(x, MIDDLE).zone is zone


@pytest.mark.parametrize(
    ("x", "hit"),
    [
        (236, Hit(Zone.CLIP_OUT, "V1", "A")),
        (237.5, Hit(Zone.CUT, "V1", "A", "B")),
        (240, Hit(Zone.CUT, "V1", "A", "B")),
        (242.5, Hit(Zone.CUT, "V1", "A", "B")),
        (244, Hit(Zone.CLIP_IN, "V1", "B")),
    ],
)
def test_three_pixels_round_a_cut_are_a_roll(x: float, hit: Hit) -> None:
    assert layout(sequence(V1="A:0-24 B:0-24")).hit(x, MIDDLE) == hit


def test_there_is_no_roll_beside_a_gap() -> None:
    place = layout(sequence(V1="A:0-24 _24 B:0-24"))
    assert place.hit(239, MIDDLE) == Hit(Zone.CLIP_OUT, "V1", "A")
    assert place.hit(241, MIDDLE).zone is Zone.GAP


@pytest.mark.parametrize("width", [23, 16, 12, 9, 8, 4])
def test_a_narrow_clip_keeps_its_middle_for_moving(width: int) -> None:
    assert width - 2 * trim_reach(width) >= min(8, width)


def test_above_below_and_between_the_rows() -> None:
    place = layout(sequence(V1="A:0-24", A1="B:0-24"))
    assert place.hit(10, -1).zone is Zone.ABOVE
    assert place.hit(10, VIDEO_HEIGHT + 2).zone is Zone.DIVIDER
    assert place.hit(10, place.height + 1).zone is Zone.BELOW
    assert place.hit(9999, MIDDLE) == Hit(Zone.EMPTY, "V1")


def test_a_transition_is_hit_in_the_body_only() -> None:
    place = layout(sequence(V1="A:10-34 >4+4< B:10-34"))
    assert place.hit(240, MIDDLE).zone is Zone.TRANSITION
    assert place.hit(202, MIDDLE).zone is Zone.TRANSITION_IN
    assert place.hit(279, MIDDLE).zone is Zone.TRANSITION_OUT
    assert place.hit(240, CLIP_TOP + 5) == Hit(Zone.CUT, "V1", "A", "B")


def test_the_marquee_takes_clips_of_unlocked_rows_only() -> None:
    place = layout(sequence(V1="A:0-24 B:0-24", A1="C:0-48"))
    assert place.items_in(100, 10, 300, 40) == {"A", "B"}
    assert place.items_in(300, 10, 310, 200) == {"B", "C"}
    locked = replace(place.sequence, tracks=tuple(replace(one, locked=one.is_audio) for one in place.sequence.tracks))
    assert layout(locked).items_in(300, 10, 310, 200) == {"B"}
    assert place.items_in(100, VIDEO_HEIGHT + 1, 300, VIDEO_HEIGHT + 3) == frozenset()


def test_what_is_visible_is_found_as_by_looking_at_everything() -> None:
    rng = random.Random(5)
    text = " ".join(
        f"_{rng.randint(1, 9)}" if rng.random() < 0.3 else f"{_name(n)}:0-{rng.randint(1, 60)}" for n in range(300)
    )
    cut = sequence(V1=text)
    for _ in range(200):
        place = Layout(cut, Scale(cut.rate, rng.choice([2.0, 20.0, 240.0, 2000.0]), rng.uniform(0, 30000)), {})
        left = rng.uniform(0, 500)
        right = left + rng.uniform(1, 900)
        found = {one.item.id for one in place.placements(cut.tracks[0], left, right)}
        naive = {
            item.id
            for item, where, _ in cut.tracks[0].placed()
            if place.scale.x_of(where.end) > left and place.scale.x_of(where.start) < right
        }
        assert found == naive


def _name(number: int) -> str:
    return "M" + "".join(chr(65 + int(digit)) for digit in str(number))


def test_a_rows_neighbours_stay_on_their_side_of_the_divider() -> None:
    place = layout(sequence(V1="", V2="", A1="", A2=""))
    up, down = place.neighbour_row("V1", -1), place.neighbour_row("A1", 1)
    assert up is not None
    assert up.track.id == "V2"
    assert down is not None
    assert down.track.id == "A2"
    assert place.neighbour_row("V1", 1) is None
    assert place.neighbour_row("V2", -1) is None


def test_the_bounds_of_a_clip_follow_the_scroll() -> None:
    cut = sequence(V1="_24 A:0-24")
    clip = next(one for one in cut.tracks[0].items if isinstance(one, Clip))
    bounds = layout(cut, origin=100).bounds(clip.id)
    assert bounds is not None
    assert bounds[0] == pytest.approx(140)
    assert bounds[2] == pytest.approx(240)
    assert cut.tracks[0].starts[1] == f(24)
