"""Taking nests apart: what comes out looks and sounds as the nest did, or it is refused."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.timeline.notation import Cut, f, track
from timeline.commands.add_marker import AddMarker
from timeline.commands.decompose_nests import DecomposeNests
from timeline.commands.make_nest import MakeNest
from timeline.commands.set_clip import SetClip
from timeline.commands.set_speed import SetSpeed
from timeline.commands.set_track import SetTrack
from timeline.commands.set_transition import SetTransition
from timeline.commands.trim_clip import TrimClip
from timeline.curve import Curve, Keyframe
from timeline.history import History
from timeline.items import Clip, EffectUse, Marker, Transition
from timeline.track import BlendMode

TAKE_APART = DecomposeNests("cut", ("p", "s"))


def nested(clips: tuple[str, ...] = ("A", "B", "C"), **rows: str) -> Cut:
    """A cut whose clips were put into a nest: `p` its picture, `s` its sound."""
    cut = Cut(**(rows or {"V1": "X:0-10 A:10-30 >4+4< B:20-40 Y:0-10", "V2": "_15 C:10-20", "A1": "_10 D:10-50"}))
    if clips == ("A", "B", "C") and not rows:
        clips = ("A", "B", "C", "D")
    cut.do(MakeNest("cut", clips, "Chase", "nest", "p", "s"))
    return cut


def change_nest(cut: Cut, **fields: object) -> None:
    """The inner sequence in another form, as though it had been edited there."""
    project = cut.history.project
    inner = next(one for one in project.sequences if one.id == "nest")
    cut.history = History(project.with_sequence(replace(inner, **fields)))  # type: ignore[arg-type]


def test_a_nest_comes_apart_into_what_it_was_made_of() -> None:
    cut = nested()
    assert cut["V1"] == "X:0-10 Chase:0-40 Y:0-10"
    assert cut["V2"] == ""
    cut.do(TAKE_APART)
    assert cut["V1"] == "X:0-10 A:10-30 >4+4< B:20-40 Y:0-10"
    assert cut["V2"] == "_15 C:10-20"
    assert cut["A1"] == "_10 D:10-50"
    assert [one.id for one in cut.history.project.sequences] == ["cut", "nest"]
    again = {one.id for row in cut.sequence.tracks for one in row.items}
    inner = {one.id for row in cut.history.project.sequences[1].tracks for one in row.items}
    assert not again & inner, "the clips are copies"


def test_links_inside_hold_outside_and_are_new() -> None:
    cut = nested()
    project = cut.history.project
    inner = project.sequences[1]
    tracks = tuple(
        replace(row, items=tuple(replace(one, link="pair") if one.id in "AD" else one for one in row.items))  # type: ignore[call-arg]
        for row in inner.tracks
    )
    change_nest(cut, tracks=tracks)
    cut.do(TAKE_APART)
    picture, sound = cut.clip(cut.id_at("V1", 1)), cut.clip(cut.id_at("A1", 1))
    assert picture.link == sound.link
    assert picture.link not in (None, "pair")


def test_only_what_the_nest_shows_comes_out() -> None:
    cut = nested(("A", "B"), V1="X:0-10 A:10-30 B:20-40")
    cut.do(TrimClip("cut", "p", "in", f(5)))
    cut.do(TrimClip("cut", "p", "out", f(-15)))
    cut.do(DecomposeNests("cut", ("p",)))
    assert cut["V1"] == "X:0-10 _5 A:15-30 B:20-25"


def test_speed_goes_into_the_clips_backwards_too() -> None:
    cut = nested(("A", "B"), V1="A:10-30 B:20-40")
    cut.do(SetSpeed("cut", ("p",), Fraction(2)))
    cut.do(DecomposeNests("cut", ("p",)))
    assert cut["V1"] == "A:10-30@2 B:20-40@2"
    cut = nested(("A", "B"), V1="A:10-30 B:20-40")
    cut.do(SetSpeed("cut", ("p",), Fraction(-1)))
    cut.do(DecomposeNests("cut", ("p",)))
    assert cut["V1"] == "B:20-40@-1 A:10-30@-1"
    cut = nested(("A", "B"), V1="A:10-31 B:20-39")
    cut.do(SetSpeed("cut", ("p",), Fraction(2)))
    assert "whole frames" in cut.refuses(DecomposeNests("cut", ("p",)))


def test_fades_and_levels_of_a_reversed_nest_turn_round() -> None:
    cut = nested(("A",), V1="A:10-30")
    inner = cut.history.project.sequences[1]
    row = replace(inner.tracks[0], items=(replace(cut.history.project.sequences[1].tracks[0].items[0], fade_in=f(3)),))  # type: ignore[call-arg]
    change_nest(cut, tracks=(row,))
    cut.do(SetSpeed("cut", ("p",), Fraction(-1)))
    cut.do(DecomposeNests("cut", ("p",)))
    one = cut.clip(cut.id_at("V1", 0))
    assert (one.fade_in, one.fade_out) == (f(0), f(3))


def test_the_volume_of_the_nest_is_that_of_its_clips() -> None:
    cut = nested(("A", "B"), A1="A:0-20 B:0-20")
    inner = cut.history.project.sequences[1]
    moving = Curve((Keyframe(f(0), 1.0), Keyframe(f(9), 0.5)))
    first, second = inner.tracks[0].items
    change_nest(cut, tracks=(replace(inner.tracks[0], items=(replace(first, volume=moving), second)),))  # type: ignore[call-arg]
    cut.do(SetClip("cut", ("s",), {"volume": 0.5}))
    cut.do(DecomposeNests("cut", ("s",)))
    one, other = (cut.clip(cut.id_at("A1", place)) for place in (0, 1))
    assert isinstance(one.volume, Curve)
    assert [key.value for key in one.volume.keyframes] == [0.5, 0.25]
    assert other.volume == 0.5


def test_tracks_that_are_taken_or_set_otherwise_get_new_ones_between() -> None:
    cut = nested(V1="A:0-20", V2="B:0-20", V3="_5 Z:0-10", clips=("A", "B"))
    cut.do(SetTrack("cut", "V2", {"opacity": 0.5}))
    cut.do(DecomposeNests("cut", ("p",)))
    rows = cut.sequence.tracks
    assert [row.id for row in rows if row.id in ("V1", "V2", "V3")] == ["V1", "V2", "V3"]
    assert [one.name for row in rows for one in row.items if isinstance(one, Clip)] == ["A", "B", "Z"]
    assert rows[1].id not in ("V2", "V3"), "the upper clip stands above the lower one and below all else"
    assert rows[1].opacity == 1.0


def test_a_lower_track_with_a_look_of_its_own_brings_it() -> None:
    cut = nested(("A", "B"), V1="A:0-20", V2="B:0-20")
    inner = cut.history.project.sequences[1]
    low, high = inner.tracks
    change_nest(cut, tracks=(replace(low, blend=BlendMode.SCREEN), high))
    cut.do(DecomposeNests("cut", ("p",)))
    rows = [row for row in cut.sequence.tracks if row.items]
    assert [row.blend for row in rows] == [BlendMode.SCREEN, BlendMode.NORMAL]


def test_hidden_tracks_and_a_disabled_nest_give_disabled_clips() -> None:
    cut = nested(("A", "B"), V1="A:0-20", V2="B:0-20")
    inner = cut.history.project.sequences[1]
    change_nest(cut, tracks=(inner.tracks[0], replace(inner.tracks[1], muted=True)))
    cut.do(DecomposeNests("cut", ("p",)))
    assert {one.name: one.enabled for row in cut.sequence.tracks for one in row.items if isinstance(one, Clip)} == {
        "A": True,
        "B": False,
    }


def test_a_transition_over_the_end_of_a_nest_of_one_track_stays_with_its_clip() -> None:
    cut = nested(("B", "C"), V1="A:10-30 B:20-40 C:20-40")
    cut.do(SetTransition("cut", "V1", Transition("dissolve", "A", "p", f(0), f(4))))
    cut.do(DecomposeNests("cut", ("p",)))
    assert cut["V1"] == "A:10-30 >0+4< B:20-40 C:20-40"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"effects": (EffectUse("vignette"),)}, "effects of its own"),
        ({"opacity": 0.5}, "an opacity of its own"),
        ({"fade_in": f(3)}, "fades"),
        ({"freeze": f(3)}, "frozen"),
    ],
)
def test_a_nest_with_a_look_of_its_own_stays_whole(changes: dict[str, object], words: str) -> None:
    cut = nested(("A",), V1="A:10-30")
    cut.do(SetClip("cut", ("p",), changes))
    assert words in cut.refuses(DecomposeNests("cut", ("p",)))


@pytest.mark.parametrize(
    ("changes", "words"), [({"volume": Curve((Keyframe(f(0), 1.0),))}, "keyframes"), ({"pan": 0.5}, "a pan")]
)
def test_a_sounding_nest_with_levels_that_cannot_be_shared_stays_whole(changes: dict[str, object], words: str) -> None:
    cut = nested(("A",), A1="A:10-30")
    cut.do(SetClip("cut", ("s",), changes))
    assert words in cut.refuses(DecomposeNests("cut", ("s",)))


def test_what_would_be_seen_otherwise_is_refused() -> None:
    cut = nested(("A",), V1="A:10-30")
    change_nest(cut, width=640, height=360)
    assert "640 × 360" in cut.refuses(DecomposeNests("cut", ("p",)))
    cut = nested(("A", "B"), V1="A:10-30", V2="B:10-30")
    cut.do(SetTrack("cut", "V1", {"opacity": 0.5}))
    assert "act on it as a whole" in cut.refuses(DecomposeNests("cut", ("p",)))
    cut = nested(("A", "B"), V1="X:0-20", V2="A:0-20", V3="B:0-20")
    inner = cut.history.project.sequences[1]
    change_nest(cut, tracks=(inner.tracks[0], track("e:0-20", "E1")))
    assert "effects track" in cut.refuses(DecomposeNests("cut", ("p",)))


def test_transitions_that_would_be_cut_are_refused() -> None:
    cut = nested()
    cut.do(TrimClip("cut", "p", "out", f(-18)))
    assert "within a transition" in cut.refuses(TAKE_APART)
    cut = nested()
    cut.do(TrimClip("cut", "p", "out", f(-28)))
    cut.do(DecomposeNests("cut", ("p",)))
    assert cut["V1"] == "X:0-10 A:10-22 _28 Y:0-10"
    cut = nested()
    cut.do(SetSpeed("cut", ("p",), Fraction(-1)))
    assert "plays backwards" in cut.refuses(TAKE_APART)
    cut = nested(("B", "C"), V1="A:10-30 B:20-40", V2="_20 C:0-20")
    cut.do(SetTransition("cut", "V1", Transition("dissolve", "A", "p", f(0), f(4))))
    assert "needs it as a whole" in cut.refuses(DecomposeNests("cut", ("p",)))


def test_what_is_no_nest_or_shows_nothing_is_refused() -> None:
    cut = nested(("A",), V1="A:10-30 B:0-10")
    assert "Select a nest" in cut.refuses(DecomposeNests("cut", ("B",)))
    change_nest(cut, tracks=())
    assert "shows no clip" in cut.refuses(DecomposeNests("cut", ("p",)))
    cut = nested(("A",), V1="A:10-30")
    project = cut.history.project
    cut.history = History(replace(project, sequences=project.sequences[:1]))
    assert "no longer in the project" in cut.refuses(DecomposeNests("cut", ("p",)))


def test_the_markers_of_a_nest_come_out_with_its_clips_once() -> None:
    cut = nested()
    inside = (Marker(f(10), "Look", duration=f(4)), Marker(f(90), "Trimmed off"))
    change_nest(cut, markers=inside)
    cut.do(AddMarker("cut", Marker(f(5), "On the clip"), "p"))
    cut.do(AddMarker("cut", Marker(f(2), "Outside")))
    cut.do(TAKE_APART)
    markers = cut.sequence.markers
    assert [(one.name, one.time) for one in markers] == [("Outside", f(2)), ("On the clip", f(15)), ("Look", f(20))]
    assert markers[2].duration == f(4)
    assert markers[2].id != inside[0].id


def test_markers_of_a_nest_come_out_at_its_pace() -> None:
    cut = nested(("A", "B"), V1="A:10-30 B:20-40")
    change_nest(cut, markers=(Marker(f(20), "Look", duration=f(4)),))
    cut.do(SetSpeed("cut", ("p",), Fraction(2)))
    cut.do(DecomposeNests("cut", ("p",)))
    assert [(one.time, one.duration) for one in cut.sequence.markers] == [(f(10), f(2))]
