"""Groups, swaps, joins, nests, pasted attributes, the order of tracks."""

from dataclasses import replace

import pytest

from tests.timeline.notation import Cut, clip, f
from timeline.commands.add_sequence import AddSequence
from timeline.commands.add_track import AddTrack
from timeline.commands.group_clips import GroupClips
from timeline.commands.join_clips import JoinClips
from timeline.commands.link_clips import LinkClips
from timeline.commands.make_nest import MakeNest
from timeline.commands.move_clips import MoveClips
from timeline.commands.move_track import MoveTrack
from timeline.commands.overwrite_clips import OverwriteClips
from timeline.commands.paste_attributes import PasteAttributes
from timeline.commands.remove_sequence import RemoveSequence
from timeline.commands.set_clip import SetClip
from timeline.commands.set_track import SetTrack
from timeline.commands.split_clips import SplitClips
from timeline.commands.swap_clips import SwapClips
from timeline.commands.trim_clip import TrimClip
from timeline.commands.ungroup_clips import UngroupClips
from timeline.copying import copied_sequence
from timeline.curve import Curve, Keyframe
from timeline.items import EffectUse, Marker, SequenceSource
from timeline.nesting import DEEPEST, levels_around, levels_within, shows_itself
from timeline.project import Project, Saved
from timeline.query import together_ids
from timeline.sequence import Sequence
from timeline.time import TimeRange
from timeline.track import BlendMode, Track, TrackKind
from timeline.validity import check

# --- groups ---


def test_a_group_is_selected_with_all_that_is_linked_to_it_and_let_go_again() -> None:
    cut = Cut(V1="A:0-24 B:0-24", V2="t:0-24", A1="C:0-24")
    cut.do(LinkClips("cut", ("A", "C")))
    cut.do(GroupClips("cut", ("A", "t")))
    assert together_ids(cut.sequence, ["t"]) == ("A", "t", "C")
    assert together_ids(cut.sequence, ["B"]) == ("B",)
    cut.do(UngroupClips("cut", ("A", "t")))
    assert together_ids(cut.sequence, ["t"]) == ("t",)
    assert together_ids(cut.sequence, ["A"]) == ("A", "C")


def test_a_group_needs_two_clips_and_unlocked_tracks() -> None:
    cut = Cut(V1="A:0-24", V2="B:0-24", locked=("V2",))
    assert "two or more" in cut.refuses(GroupClips("cut", ("A",)))
    assert "V2 is locked" in cut.refuses(GroupClips("cut", ("A", "B")))
    assert "Nothing is selected" in cut.refuses(UngroupClips("cut", ()))


def test_both_halves_of_a_split_clip_stay_in_its_group_and_copies_make_a_group_of_their_own() -> None:
    cut = Cut(V1="A:0-24 B:0-24")
    cut.do(GroupClips("cut", ("A", "B")))
    cut.do(SplitClips("cut", f(10)))
    assert len(together_ids(cut.sequence, ["A"])) == 3
    cut.do(MoveClips("cut", (("A", "V1", f(100)), ("B", "V1", f(110))), copy=True))
    groups = {one.group for one in cut.items("V1")[-3:] if one.id not in ("A", "B") and hasattr(one, "group")}
    assert len(groups) == 1
    assert cut.clip("A").group not in groups


# --- swap ---


def test_swapped_clips_move_what_lies_between_them_and_nothing_else() -> None:
    cut = Cut(V1="A:0-10 B:0-20 C:0-30 D:0-5")
    cut.do(SwapClips("cut", (("A", "C"),)))
    assert cut["V1"] == "C:0-30 B:0-20 A:0-10 D:0-5"


def test_pictures_swap_with_their_sounds() -> None:
    cut = Cut(V1="A:0-10 B:0-20", A1="C:0-10 D:0-20")
    cut.do(SwapClips("cut", (("A", "B"), ("C", "D"))))
    assert (cut["V1"], cut["A1"]) == ("B:0-20 A:0-10", "D:0-20 C:0-10")


def test_a_swap_across_tracks_needs_room_for_the_longer_one() -> None:
    cut = Cut(V1="A:0-10 _10 X:0-10", V2="_5 B:0-20")
    cut.do(SwapClips("cut", (("A", "B"),)))
    assert (cut["V1"], cut["V2"]) == ("B:0-20 X:0-10", "_5 A:0-10")
    cut = Cut(V1="A:0-10 X:0-10", V2="_5 B:0-20")
    assert "“B” is 10 frames too long for its new place on V1" in cut.refuses(SwapClips("cut", (("A", "B"),)))


def test_a_picture_does_not_swap_with_a_sound_nor_a_clip_with_itself() -> None:
    cut = Cut(V1="A:0-10", A1="B:0-10")
    assert "picture and a sound" in cut.refuses(SwapClips("cut", (("A", "B"),)))
    assert "twice at once" in cut.refuses(SwapClips("cut", (("A", "A"),)))
    assert "no clip here" in cut.refuses(SwapClips("cut", ()))


# --- join ---


def test_pieces_of_one_take_become_one_clip_again_with_the_fade_and_markers_of_both() -> None:
    whole = clip("A:0-40", fade_out=f(4), markers=(Marker(f(5), id="m1"), Marker(f(30), id="m2")))
    cut = Cut(V1="")
    cut.do(OverwriteClips("cut", (("V1", f(0), whole),)))
    before = cut.sequence
    cut.do(SplitClips("cut", f(10)))
    cut.do(SplitClips("cut", f(20)))
    assert cut["V1"] == "A:0-10 A:10-20 A:20-40"
    cut.do(JoinClips("cut", ("A", cut.id_at("V1", 1))))
    assert cut["V1"] == "A:0-40"
    assert cut.sequence == before


def test_a_join_keeps_the_transition_behind_it_and_drops_the_one_within() -> None:
    cut = Cut(V1="A:10-30 >2+2< a:0-1 B:30-60 >3+3< C:10-40")
    cut = Cut(V1="A:10-30 B:30-60 >3+3< C:10-40")
    right = replace(cut.clip("B"), source=cut.clip("A").source)
    cut.do(OverwriteClips("cut", (("V1", f(20), replace(right, id="A2")),)))
    assert cut["V1"] == "A:10-30 B:30-60 C:10-40"
    cut.do(JoinClips("cut", ("A",)))
    assert cut["V1"] == "A:10-60 C:10-40"
    cut = Cut(V1="A:10-30 >2+2< A2:30-60 >3+3< C:10-40")
    right = replace(cut.clip("A2"), source=cut.clip("A").source)
    cut.do(SetClip("cut", ("A2",), {"source": right.source}))
    cut.do(JoinClips("cut", ("A",)))
    assert cut["V1"] == "A:10-60 >3+3< C:10-40"


def test_a_real_cut_is_not_joined() -> None:
    cut = Cut(V1="A:0-10 A2:11-20 B:0-10")
    assert "00:00:00:10 on V1 is a real one" in cut.refuses(JoinClips("cut", ("A",)))
    assert "real one" in cut.refuses(JoinClips("cut", ("B",)))
    assert "no through edit" in cut.refuses(JoinClips("cut", ()))


# --- nests ---


def nested(cut: Cut) -> Sequence:
    return cut.history.project.sequences[1]


def test_a_nest_takes_the_clips_with_their_distances_and_stands_in_their_place() -> None:
    cut = Cut(V1="X:0-10 A:10-30 >2+2< B:20-40 Y:0-10", V2="_12 t:0-8", A1="_10 C:0-40", A2="M:0-60")
    cut.do(MakeNest("cut", ("A", "B", "t", "C"), "Chase", "nest", "p", "s"))
    assert (cut["V1"], cut["V2"]) == ("X:0-10 Chase:0-40 Y:0-10", "")
    assert (cut["A1"], cut["A2"]) == ("_10 Chase:0-40", "M:0-60")
    assert cut.clip("p").source == cut.clip("s").source == SequenceSource("nest")
    assert cut.clip("p").link == cut.clip("s").link is not None
    inner = nested(cut)
    assert (inner.id, inner.name, inner.rate, inner.duration) == ("nest", "Chase", cut.sequence.rate, f(40))
    assert [one.kind for one in inner.tracks] == [TrackKind.VIDEO, TrackKind.VIDEO, TrackKind.AUDIO]
    assert [one.id for one in inner.tracks[0].items] == ["A", "B"]
    assert len(inner.tracks[0].transitions) == 1


def test_a_nest_of_pictures_alone_has_no_sound_and_keeps_how_its_upper_tracks_blend() -> None:
    cut = Cut(V1="A:0-24", V2="B:0-24", A1="C:0-24")
    for track, blend in (("V1", BlendMode.ADD), ("V2", BlendMode.MULTIPLY)):
        cut.do(SetTrack("cut", track, {"blend": blend}))
    cut.do(MakeNest("cut", ("A", "B")))
    assert cut["A1"] == "C:0-24"
    assert cut.clip(cut.id_at("V1", 0)).link is None
    assert [one.blend for one in nested(cut).tracks] == [BlendMode.NORMAL, BlendMode.MULTIPLY]


def test_a_nest_is_refused_when_a_clip_that_was_not_chosen_lies_among_them() -> None:
    cut = Cut(V1="A:0-24 B:0-24 C:0-24")
    assert "“B” at 00:00:01:00 on V1 lies among these clips" in cut.refuses(MakeNest("cut", ("A", "C")))
    assert "Nothing is selected" in cut.refuses(MakeNest("cut", ()))


def test_a_nest_ends_where_its_sequence_ends() -> None:
    cut = Cut(V1="A:0-24")
    cut.do(MakeNest("cut", ("A",), "Nest", "nest", "p"))
    assert "0 frames of handle" in cut.refuses(TrimClip("cut", "p", "out", f(1)))
    cut.do(TrimClip("cut", "p", "out", f(-4)))
    cut.do(TrimClip("cut", "p", "out", f(4)))
    assert cut["V1"] == "Nest:0-24"


def test_no_edit_puts_a_sequence_into_itself() -> None:
    cut = Cut(V1="A:0-24 B:0-24")
    cut.do(MakeNest("cut", ("A",), "Nest", "nest", "p"))
    own = clip("A:0-5", id="new", source=SequenceSource("cut"))
    for command in (
        OverwriteClips("nest", ((nested(cut).tracks[0].id, f(0), own),)),
        OverwriteClips("cut", (("V1", f(0), own),)),
        SetClip("cut", ("B",), {"source": SequenceSource("cut")}),
        AddTrack("nest", Track(TrackKind.VIDEO, (own,))),
    ):
        assert "cannot stand within itself" in cut.refuses(command)
    itself = Sequence(
        "Loop", tracks=(Track(TrackKind.VIDEO, (clip("A:0-24", source=SequenceSource("loop")),)),), id="loop"
    )
    assert "would stand within itself" in cut.refuses(AddSequence(itself))
    gone = clip("A:0-5", id="new", source=SequenceSource("gone"))
    assert "no longer in the project" in cut.refuses(OverwriteClips("cut", (("V1", f(0), gone),)))


def test_what_is_so_already_makes_no_step() -> None:
    cut = Cut(V1="A:0-24 B:0-24 C:0-24")
    cut.do(GroupClips("cut", ("A", "B")))
    model = clip("A:0-24", effects=(EffectUse("gaussian_blur", {"radius": 2.0}),))
    cut.do(PasteAttributes("cut", ("C",), model, ("effects",)))
    steps = cut.history.entries
    cut.history.do(GroupClips("cut", ("B", "A")), cut.library)
    cut.history.do(PasteAttributes("cut", ("C",), model, ("effects",)), cut.library)
    assert cut.history.entries == steps
    cut.do(GroupClips("cut", ("A", "B", "C")))
    assert len(cut.history.entries) == len(steps) + 1


def test_sequences_stand_only_so_deep_within_each_other() -> None:
    cut = Cut(V1="A:0-24", V2="B:0-24")
    for level in range(DEEPEST - 1):
        cut.do(MakeNest("cut", (cut.id_at("V1", 0),), f"Nest {level}", f"nest{level}"))
    assert levels_within(cut.history.project, ("cut",)) == levels_around(cut.history.project, "nest0") == DEEPEST
    assert f"at most {DEEPEST} deep" in cut.refuses(MakeNest("cut", (cut.id_at("V1", 0),)))
    assert "deep" in cut.refuses(MakeNest("nest0", ("A",)))
    cut.do(AddSequence(Sequence("Other", tracks=(Track(TrackKind.VIDEO, id="o"),), id="other", rate=cut.sequence.rate)))
    outer = clip("B:0-5", id="new", source=SequenceSource(f"nest{DEEPEST - 2}"))
    cut.do(OverwriteClips("other", (("o", f(50), outer),)))
    again = clip("B:0-5", id="newer", source=SequenceSource("other"))
    assert "deep" in cut.refuses(OverwriteClips("cut", (("V2", f(50), again),)))
    deepest = clip("B:0-5", id="newest", source=SequenceSource("cut"))
    top = Sequence("Top", tracks=(Track(TrackKind.VIDEO, (deepest,)),), rate=cut.sequence.rate)
    assert "deep" in cut.refuses(AddSequence(top))


def test_a_sequence_that_is_shown_stays_in_the_project() -> None:
    cut = Cut(V1="A:0-24")
    cut.do(MakeNest("cut", ("A",), "Nest", "nest"))
    assert "“Nest” is shown in “Main cut”" in cut.refuses(RemoveSequence("nest"))


def test_a_project_with_a_sequence_in_itself_is_not_valid() -> None:
    rows = (
        (Track(TrackKind.VIDEO, (clip("A:0-24", source=SequenceSource("b")),)),),
        (Track(TrackKind.VIDEO, (clip("A:0-24", source=SequenceSource("a")),)),),
    )
    project = Project(sequences=(Sequence("A", tracks=rows[0], id="a"), Sequence("B", tracks=rows[1], id="b")))
    assert all(shows_itself(project, one) for one in project.sequences)
    assert check(project) == "the sequence “A” stands within itself"
    assert Saved(project)


def test_a_copied_sequence_has_ids_of_its_own_all_through() -> None:
    cut = Cut(V1="A:10-30 >2+2< B:20-40 _5 C:0-9 >2+0<", A1="D:0-20")
    cut.do(LinkClips("cut", ("A", "D")))
    copy = copied_sequence(cut.sequence, "Other")
    cut.do(AddSequence(copy))
    ids = [
        {one.id for row in each.tracks for one in (row, *row.items, *row.transitions)} for each in (cut.sequence, copy)
    ]
    assert not ids[0] & ids[1]
    right = copy.tracks[0].clip(copy.tracks[0].transitions[0].right_id)
    assert right is not None
    assert right.name == "B"
    assert copy.tracks[0].transitions[1].right_id is None
    links = [clip.link for row in copy.tracks for clip, _ in row.clips() if clip.name in "AD"]
    assert links[0] == links[1] != cut.clip("A").link


# --- attributes ---


def test_attributes_are_pasted_with_keyframes_at_the_same_distance_from_the_start() -> None:
    fade = Curve((Keyframe(f(10), 0.0), Keyframe(f(20), 1.0)))
    model = clip(
        "A:10-40", opacity=fade, volume=0.5, pan=0.3, fade_in=f(6), effects=(EffectUse("blur", {"radius": fade}),)
    )
    cut = Cut(V1="B:30-40 C:0-20", A1="D:0-10")
    every = ("effects", "opacity", "volume", "pan", "fade_in")
    cut.do(PasteAttributes("cut", ("B", "D"), model, every))
    new = cut.clip("B")
    assert new.opacity == new.effects[0].values["radius"] == Curve((Keyframe(f(30), 0.0), Keyframe(f(40), 1.0)))
    assert (new.volume, new.pan, new.fade_in) == (1.0, 0.0, f(6))
    sound = cut.clip("D")
    assert (sound.opacity, sound.volume, sound.pan, sound.fade_in) == (1.0, 0.5, 0.3, f(6))
    assert new.effects[0].id != model.effects[0].id
    before = cut.history.project
    cut.do(PasteAttributes("cut", ("C",), clip("Z:0-5"), ("opacity", "fade_out")))
    assert cut.history.project is before


def test_pasting_nothing_or_what_there_is_not_is_refused() -> None:
    cut = Cut(V1="A:0-10")
    assert "Choose what" in cut.refuses(PasteAttributes("cut", ("A",), clip("B:0-5"), ()))
    assert "“name” cannot be pasted" in cut.refuses(PasteAttributes("cut", ("A",), clip("B:0-5"), ("name",)))


# --- tracks ---


@pytest.mark.parametrize(("index", "order"), [(0, "V3 V1 V2"), (1, "V1 V3 V2"), (9, "V1 V2 V3"), (-4, "V3 V1 V2")])
def test_a_track_moves_among_the_others(index: int, order: str) -> None:
    cut = Cut(V1="A:0-24", V2="", V3="", locked=("V3",))
    before = cut.history.project
    cut.do(MoveTrack("cut", "V3", index))
    assert " ".join(one.id for one in cut.sequence.tracks) == order
    assert (cut.history.project is before) is (order == "V1 V2 V3")
    assert "no longer" in cut.refuses(MoveTrack("cut", "V9", 0))
    assert TimeRange(f(0), f(24)) == cut.sequence.tracks[order.split().index("V1")].range_of(0)
