from fractions import Fraction

from tests.ui.timeline_view.cuts import f
from ui.timeline_view.scale import Scale
from ui.timeline_view.snapping import Snapper

SCALE = Scale(Fraction(24), 48.0)  # two pixels a frame


def test_an_edge_within_ten_pixels_jumps_to_the_point() -> None:
    snapper = Snapper(((f(100), "edit"),))
    assert snapper.snap((f(0),), f(96), SCALE) == (f(100), f(100))
    assert Snapper(((f(100), "edit"),)).snap((f(0),), f(94), SCALE) == (f(94), None)


def test_what_sticks_lets_go_only_fourteen_pixels_away() -> None:
    snapper = Snapper(((f(100), "edit"),))
    snapper.snap((f(0),), f(100), SCALE)
    assert snapper.snap((f(0),), f(94), SCALE).point == f(100)
    assert snapper.snap((f(0),), f(93), SCALE).point is None
    assert snapper.snap((f(0),), f(94), SCALE).point is None


def test_the_playhead_wins_over_a_nearer_point() -> None:
    snapper = Snapper(((f(100), "edit"), (f(103), "playhead")))
    assert snapper.snap((f(0),), f(100), SCALE).point == f(103)


def test_the_nearest_of_several_edges_and_points_wins() -> None:
    snapper = Snapper(((f(10), "edit"), (f(60), "marker")))
    moved = snapper.snap((f(0), f(50)), f(9), SCALE)
    assert moved == (f(10), f(10))
    assert Snapper(((f(10), "edit"), (f(60), "marker"))).snap((f(0), f(49)), f(11), SCALE).point == f(60)


def test_switched_off_nothing_snaps_and_what_stuck_is_free() -> None:
    snapper = Snapper(((f(100), "edit"),))
    snapper.snap((f(0),), f(99), SCALE)
    snapper.enabled = False
    assert snapper.snap((f(0),), f(99), SCALE) == (f(99), None)
