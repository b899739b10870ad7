"""Cuts as values, transitions that fit them, markers as they are seen."""

from dataclasses import replace

import pytest

from tests.timeline.notation import Cut, f
from timeline.command import Batch, Held
from timeline.commands.add_marker import AddMarker
from timeline.commands.link_clips import LinkClips
from timeline.commands.make_nest import MakeNest
from timeline.commands.move_clips import MoveClips
from timeline.commands.set_clip import SetClip
from timeline.commands.set_transition import SetTransition
from timeline.cuts import EditPoint, Side, cut_at, cut_time, cuts_at, cuts_of, nearest_cut, room_at
from timeline.errors import EditRefused
from timeline.fitting import Align, fitted_transition
from timeline.items import Marker
from timeline.markers import clip_marker_times, marker_at
from timeline.query import available_range, handles, sequence_check
from timeline.sync import sync_offset
from timeline.time import ZERO, RationalTime, TimeRange


def frames(*times: RationalTime | None) -> list[int | None]:
    return [None if one is None else one.frames(Cut(V1="").sequence.rate) for one in times]


SIDES: tuple[Side, ...] = ("out", "both", "in")

# --- cuts ---


def test_the_cuts_of_a_track_are_where_clips_meet_each_other_or_a_gap() -> None:
    row = Cut(V1="_5 A:0-10 B:0-10 _3 C:0-10").sequence.tracks[0]
    found = [(frames(at)[0], cut.left_id, cut.right_id, cut.held) for at, cut in cuts_of(row)]
    assert found == [
        (5, None, "A", "in"),
        (15, "A", "B", "both"),
        (25, "B", None, "out"),
        (28, None, "C", "in"),
        (38, "C", None, "out"),
    ]
    assert [cut_at(row, at) for at, _ in cuts_of(row)] == [cut for _, cut in cuts_of(row)]
    assert [cut_at(row, f(at)) for at in (0, 6, 26, 39)] == [None] * 4
    assert cut_at(Cut(V1="").sequence.tracks[0], ZERO) is None


def test_a_cut_is_gone_when_its_clips_are_gone_or_no_longer_touch() -> None:
    cut = Cut(V1="A:0-10 B:0-10 C:0-10")
    here = EditPoint("V1", "A", "B")
    assert cut_time(cut.sequence, here) == f(10)
    assert cut_time(cut.sequence, EditPoint("V1", None, "C")) == f(20)
    for other in (
        EditPoint("V1", "A", "C"),
        EditPoint("V1", "X", "B"),
        EditPoint("V9", "A", "B"),
        EditPoint("V1", None, None),
    ):
        assert cut_time(cut.sequence, other) is None
    cut.do(MoveClips("cut", (("B", "V1", f(50)),)))
    assert cut_time(cut.sequence, here) is None


def test_the_nearest_cut_is_looked_for_on_some_tracks_before_behind_or_around() -> None:
    cut = Cut(V1="A:0-10 B:0-10", A1="C:0-14")
    both, upper = cut.sequence.tracks, cut.sequence.tracks[:1]
    assert frames(nearest_cut(both, f(13)), nearest_cut(upper, f(13)), nearest_cut(upper, f(15))) == [14, 10, 10]
    assert frames(nearest_cut(both, f(13), "before"), nearest_cut(upper, f(13), "after")) == [10, 20]
    assert frames(nearest_cut(both, f(10), "before"), nearest_cut(both, f(99), "after")) == [10, None]
    assert [one.left_id for one in cuts_at(both, f(14))] == ["C"]


def test_a_held_side_can_be_trimmed_as_far_as_clip_and_media_go() -> None:
    cut = Cut(V1="A:10-40 B:20-90 t:0-10")
    sides = {side: EditPoint("V1", "A", "B", side) for side in SIDES}
    project = cut.history.project
    room = {side: frames(*room_at(cut.sequence, one, cut.library, project)) for side, one in sides.items()}
    assert room == {"out": [29, 60], "both": [20, 60], "in": [20, 69]}
    last = EditPoint("V1", "t", None)
    assert frames(*room_at(cut.sequence, last, cut.library, project)) == [9, None]
    assert last.turned("in").held == "out"


# --- nests ---


def test_only_the_project_knows_how_long_a_nest_is() -> None:
    cut = Cut(V1="A:0-24")
    cut.do(MakeNest("cut", ("A",), "Nest", "nest", "p"))
    nest, project = cut.clip("p"), cut.history.project
    assert available_range(nest, cut.library, project) == TimeRange(ZERO, f(24))
    assert available_range(nest, cut.library) is None
    assert handles(replace(nest, source_range=TimeRange(f(4), f(10))), cut.library, project) == (f(4), f(10))
    assert available_range(replace(nest, freeze=f(3)), cut.library, project) is None
    gone = replace(project, sequences=project.sequences[:1])
    assert available_range(nest, cut.library, gone) is None
    assert "a sequence that is not in the project" in sequence_check(cut.sequence, cut.library, gone)[0]
    assert sequence_check(cut.sequence, cut.library, project) == ()


# --- transitions ---


def fit(cut: Cut, left: str | None, right: str | None, length: int = 12, align: Align = "centre") -> tuple[str, str]:
    point = EditPoint("V1", left, right)
    one, note = fitted_transition(cut.sequence, point, f(length), cut.library, cut.history.project, align=align)
    cut.do(SetTransition("cut", "V1", one))
    return cut["V1"], note


@pytest.mark.parametrize(("align", "text"), [("start", ">0+12<"), ("centre", ">6+6<"), ("end", ">12+0<")])
def test_a_transition_lies_from_the_cut_on_over_it_or_up_to_it(align: Align, text: str) -> None:
    assert fit(Cut(V1="A:20-60 B:20-60"), "A", "B", align=align) == (f"A:20-60 {text} B:20-60", "")


def test_where_handles_lack_it_is_shorter_and_says_why() -> None:
    shown, note = fit(Cut(V1="A:20-98 B:20-60"), "A", "B")
    assert shown == "A:20-98 >6+2< B:20-60"
    assert note == "The transition has 8 frames instead of 12 frames: “A” has no more handle."
    shown, note = fit(Cut(V1="A:20-98 B:1-60"), "A", "B")
    assert "“A” or “B” has no more handle" in note
    shown, note = fit(Cut(V1="A:20-60 B:20-24"), "A", "B")
    assert (shown, note) == (
        "A:20-60 >6+4< B:20-24",
        "The transition has 10 frames instead of 12 frames: the clips are no longer.",
    )


def test_transitions_at_the_other_ends_of_the_clips_keep_their_room() -> None:
    cut = Cut(V1="X:20-60 >4+8< A:20-30 B:20-32 >9+4< Y:20-60")
    assert fit(cut, "A", "B", 40)[0] == "X:20-60 >4+8< A:20-30 >2+3< B:20-32 >9+4< Y:20-60"


def test_beside_a_gap_it_is_a_fade_within_the_clip() -> None:
    assert fit(Cut(V1="A:0-10 _5 B:0-100"), "A", None)[0] == "A:0-10 >10+0< _5 B:0-100"
    assert fit(Cut(V1="A:0-10 _5 B:0-100"), None, "B", align="end")[0] == "A:0-10 _5 >0+12< B:0-100"


def test_without_any_handle_it_is_refused() -> None:
    cut = Cut(V1="A:0-100 B:0-100")
    with pytest.raises(EditRefused, match=r"“A” or “B” has no handle there\. Trim it back first"):
        fit(cut, "A", "B")
    with pytest.raises(EditRefused, match="no edit here"):
        fit(cut, "gone", None)


# --- markers ---


def test_markers_of_a_clip_are_seen_where_its_source_is() -> None:
    cut = Cut(V1="_5 A:10-30@2 B:10-30@-1")
    for clip_id, at in (("A", 14), ("A", 60), ("B", 30), ("B", 12)):
        cut.do(AddMarker("cut", Marker(f(at), name=f"{clip_id}{at}"), clip_id))
    cut.do(AddMarker("cut", Marker(f(7), name="own")))
    seen = {one.name: frames(at)[0] for at, one in clip_marker_times(cut.sequence, ["A", "B", "gone"])}
    assert seen == {"A14": 7, "B30": 15, "B12": 33}
    names = [marker_at(cut.sequence, f(7), ids) for ids in (["A"], [])]
    assert [one.name for one in names if one is not None] == ["A14", "own"]
    assert marker_at(cut.sequence, f(8)) is None


# --- held keys ---


def test_what_a_held_key_does_is_one_step_until_it_is_let_go() -> None:
    cut = Cut(V1="_5 A:0-10")
    for at in (6, 7, 8):
        cut.history.do(Held(MoveClips("cut", (("A", "V1", f(at)),)), "nudge A"), cut.library)
    assert list(cut.history.entries) == ["Move"]
    cut.history.seal()
    cut.history.do(Held(MoveClips("cut", (("A", "V1", f(9)),)), "nudge A"), cut.library)
    assert list(cut.history.entries) == ["Move", "Move"]
    assert Batch((Held(MoveClips("cut", ()), "k"),)).merge_key == "k"
    cut.history.undo()
    cut.history.undo()
    assert cut["V1"] == "_5 A:0-10"


# --- sync ---


def test_the_offset_is_known_of_linked_clips_of_one_source_at_its_speed() -> None:
    cut = Cut(V1="_10 A:0-24 B:0-24 C:0-24", A1="_16 A2:2-24 _5 X:0-24", A2="C2:0-48@2")
    cut.do(SetClip("cut", ("A2",), {"source": cut.clip("A").source}))
    cut.do(SetClip("cut", ("C2",), {"source": cut.clip("C").source}))
    for pair in (("A", "A2"), ("B", "X"), ("C", "C2")):
        cut.do(LinkClips("cut", pair))
    offsets = {one: sync_offset(cut.sequence, one) for one in ("A", "A2", "B", "C", "C2", "gone")}
    assert offsets == {"A": f(-4), "A2": f(4), "B": None, "C": None, "C2": None, "gone": None}
