from dataclasses import replace
from fractions import Fraction

from tests.ui.timeline_view.cuts import f, layout, sequence
from timeline.curve import Curve, Keyframe
from ui.timeline_view.scale import Scale
from ui.timeline_view.snapping import Snapper, keyframes_in_view, with_keyframes

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


def test_keyframes_are_points_only_when_they_are_asked_for_and_never_those_of_the_clip_in_hand() -> None:
    line = Curve((Keyframe(f(6), 0.5), Keyframe(f(60), 1.0)))
    cut = sequence(V1="A:0-24 B:0-24", A1="C:0-24")
    tracks = (replace(cut.tracks[0], items=(cut.tracks[0].items[0], replace(cut.tracks[0].items[1], opacity=line))),)
    found = keyframes_in_view(layout(replace(cut, tracks=tracks)), 2000)
    assert found == (f(30),)
    assert keyframes_in_view(layout(replace(cut, tracks=tracks)), 2000, {"B"}) == ()
    assert keyframes_in_view(layout(replace(cut, tracks=tracks)), 100) == ()
    points = with_keyframes(((f(0), "start"), (f(30), "edit")), (f(12), f(30)))
    assert points == ((f(0), "start"), (f(12), "keyframe"), (f(30), "edit"))
