"""Properties of clips, tracks and sequences; effects, generators, links, markers, transitions; filling placeholders."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.timeline.notation import Cut, clip, f, placeholder, track
from timeline.command import Batch, commands
from timeline.commands.add_effect import AddEffect
from timeline.commands.add_marker import AddMarker
from timeline.commands.add_sequence import AddSequence
from timeline.commands.add_track import AddTrack
from timeline.commands.edit_marker import EditMarker
from timeline.commands.fill_clip import FillClip
from timeline.commands.insert_clips import InsertClips
from timeline.commands.link_clips import LinkClips
from timeline.commands.overwrite_clips import OverwriteClips
from timeline.commands.remove_effect import RemoveEffect
from timeline.commands.remove_marker import RemoveMarker
from timeline.commands.remove_sequence import RemoveSequence
from timeline.commands.remove_track import RemoveTrack
from timeline.commands.remove_transition import RemoveTransition
from timeline.commands.rename_project import RenameProject
from timeline.commands.set_clip import SetClip
from timeline.commands.set_effect import SetEffect
from timeline.commands.set_generator import SetGenerator
from timeline.commands.set_sequence import SetSequence
from timeline.commands.set_track import SetTrack
from timeline.commands.set_transition import SetTransition
from timeline.commands.unlink_clips import UnlinkClips
from timeline.curve import Curve, Keyframe
from timeline.items import EffectUse, Gap, GeneratorSource, Marker, MediaSource, Transition
from timeline.media import MediaKind
from timeline.sequence import Sequence
from timeline.time import RationalTime
from timeline.track import BlendMode, Track, TrackKind

# --- tracks and sequences ---


def test_tracks_are_added_at_a_place_and_removed() -> None:
    cut = Cut(V1="A:0-24")
    cut.do(AddTrack("cut", Track(TrackKind.VIDEO, id="V2"), 0))
    cut.do(AddTrack("cut", Track(TrackKind.AUDIO, id="A1")))
    assert [one.id for one in cut.sequence.tracks] == ["V2", "V1", "A1"]
    change = cut.do(RemoveTrack("cut", "V1"))
    assert change.clips_removed == {"A"}
    assert [one.id for one in cut.sequence.tracks] == ["V2", "A1"]


def test_a_track_that_is_there_or_off_the_frames_is_not_added() -> None:
    cut = Cut(V1="A:0-24", V2="", locked=("V1",))
    assert "already" in cut.refuses(AddTrack("cut", Track(TrackKind.VIDEO, id="V2")))
    assert "already" in cut.refuses(AddTrack("cut", track("A:0-24", "V3")))
    assert "whole frames" in cut.refuses(
        AddTrack("cut", Track(TrackKind.VIDEO, (Gap(RationalTime(1, 7)), clip("B:0-5"))))
    )
    assert "locked" in cut.refuses(RemoveTrack("cut", "V1"))
    assert "1000 tracks" in Cut(**{f"V{n}": "" for n in range(1000)}).refuses(AddTrack("cut", Track(TrackKind.VIDEO)))


def test_set_track_sets_fields_and_on_a_locked_track_only_the_harmless_ones() -> None:
    cut = Cut(V1="A:0-24", locked=("V1",))
    assert "locked" in cut.refuses(SetTrack("cut", "V1", {"opacity": 0.5}))
    cut.do(SetTrack("cut", "V1", {"muted": True, "locked": False}))
    cut.do(SetTrack("cut", "V1", {"opacity": 0.5, "blend": BlendMode.SCREEN}))
    row = cut.sequence.tracks[0]
    assert (row.muted, row.locked, row.opacity, row.blend) == (True, False, 0.5, BlendMode.SCREEN)
    assert cut.items("V1")[0] is row.items[0]
    assert "cannot turn" in cut.refuses(SetTrack("cut", "V1", {"kind": TrackKind.AUDIO}))
    assert "cannot be set" in cut.refuses(SetTrack("cut", "V1", {"items": ()}))
    assert "cannot be set" in cut.refuses(SetTrack("cut", "V1", {"colour": "red"}))
    assert "no opacity for a track" in cut.refuses(SetTrack("cut", "V1", {"opacity": "half"}))
    assert "out of range" in cut.refuses(SetTrack("cut", "V1", {"volume": -1.0}))


def test_set_sequence_sets_size_and_name() -> None:
    cut = Cut(V1="A:0-24")
    cut.do(SetSequence("cut", {"width": 1280, "height": 720, "name": "Trailer"}))
    assert (cut.sequence.width, cut.sequence.height, cut.sequence.name) == (1280, 720, "Trailer")
    assert not cut.do(SetSequence("cut", {"width": 1280}))
    assert "picture size" in cut.refuses(SetSequence("cut", {"width": 0}))
    assert "frame rate" in cut.refuses(SetSequence("cut", {"rate": Fraction(0)}))


def test_another_rate_puts_every_edge_on_its_nearest_frame_and_keeps_the_timecode_text() -> None:
    cut = Cut(V1="A:0-25 _3 B:0-24 >4+4< C:10-34")
    cut.do(AddMarker("cut", Marker(f(7))))
    cut.do(SetSequence("cut", {"start_timecode": RationalTime(3600)}))
    cut.do(SetSequence("cut", {"rate": Fraction(30000, 1001)}))
    sequence = cut.sequence
    for row in sequence.tracks:
        assert all(time.is_on_frame(sequence.rate) for time in row.starts)
    assert all(marker.time.is_on_frame(sequence.rate) for marker in sequence.markers)
    assert len(sequence.tracks[0].transitions) == 1
    assert sequence.start_timecode == RationalTime.from_frames(3600 * 30, sequence.rate)
    assert abs(sequence.duration - f(76)) < sequence.frame


def test_a_file_that_was_shown_to_its_end_is_so_at_its_own_rate_again() -> None:
    cut = Cut(V1="Q:0-126", V2="R:0-126 _9 A:0-24", A1="S:0-126 B:0-24")
    for name in "QRS":
        cut.add_media(name, 1, duration=RationalTime.from_frames(132, Fraction(25)), rate=Fraction(25))
    cut.do(SetSequence("cut", {"rate": Fraction(25)}))
    alone, before_gap, before_clip = (row.items[0].duration.frames(Fraction(25)) for row in cut.sequence.tracks)
    assert (alone, before_gap, before_clip) == (132, 132, 131), "what comes behind keeps its place"


def test_another_rate_is_refused_when_a_clip_would_vanish_or_a_locked_track_change() -> None:
    cut = Cut(V1="_1 A:0-1")
    cut.do(SetSequence("cut", {"rate": Fraction(60)}))
    assert "half a frame" in Cut(V1="A:0-1").refuses(SetSequence("cut", {"rate": Fraction(10)}))
    assert "locked" in Cut(V1="A:0-25", locked=("V1",)).refuses(SetSequence("cut", {"rate": Fraction(25)}))


def test_a_sequence_is_removed_but_never_the_last() -> None:
    cut = Cut(V1="A:0-24")
    first = cut.history.project.sequences[0]
    assert "only sequence" in cut.refuses(RemoveSequence(first.id))
    cut.do(AddSequence(Sequence(id="two")))
    cut.do(RemoveSequence(first.id))
    assert [one.id for one in cut.history.project.sequences] == ["two"]
    cut.history.undo()
    assert cut.history.project.sequences[0] is first


def test_sequences_are_added_with_sound_contents_only() -> None:
    cut = Cut(V1="A:0-24")
    cut.do(AddSequence(Sequence(tracks=(track("B:0-24 _5", "V1"),), id="two")))
    assert cut.history.project.sequences[1].tracks[0].duration == f(24)
    assert "already" in cut.refuses(AddSequence(Sequence(id="two")))
    assert (
        "two of the same id"
        in cut.refuses(AddSequence(Sequence(tracks=(track("B:0-2", "V1"), track("", "V1"))))).lower()
    )
    assert "Two of the same" in cut.refuses(AddSequence(Sequence(tracks=(track("B:0-2", "V1"), track("B:0-2", "V2")))))


def test_a_project_is_renamed() -> None:
    cut = Cut(V1="")
    assert cut.do(RenameProject(" Harbour ")).name
    assert cut.history.project.name == "Harbour"
    assert not cut.do(RenameProject("Harbour"))
    assert "name" in cut.refuses(RenameProject("  "))


# --- clips ---


def test_set_clip_sets_fields_of_several_clips() -> None:
    cut = Cut(V1="A:0-24 B:0-24 C:0-24")
    kept = cut.clip("C")
    change = cut.do(SetClip("cut", ("A", "B"), {"opacity": 0.5, "name": "x"}))
    assert (cut.clip("A").opacity, cut.clip("B").name) == (0.5, "x")
    assert change.clips_changed == {"A", "B"}
    assert cut.clip("C") is kept


def test_set_clip_refuses_what_has_a_verb_of_its_own_and_values_of_a_wrong_kind() -> None:
    cut = Cut(V1="A:0-24", A1="B:0-24", locked=("A1",))
    for name in ("id", "speed", "source_range", "colour"):
        assert "cannot be set" in cut.refuses(SetClip("cut", ("A",), {name: 1}))
    for changes in (
        {"name": 5},
        {"opacity": 1.5},
        {"opacity": "full"},
        {"volume": float("inf")},
        {"pan": -2.0},
        {"fade_in": f(-1)},
        {"fade_in": 3},
        {"effects": [1]},
        {"source": "file"},
        {"effects": (EffectUse("blur", {"x": object()}),)},
    ):
        assert cut.refuses(SetClip("cut", ("A",), changes))
    assert "locked" in cut.refuses(SetClip("cut", ("A", "B"), {"enabled": False}))


def test_a_gap_is_no_clip() -> None:
    cut = Cut(V1="_5 A:0-5")
    assert "only a gap" in cut.refuses(SetClip("cut", (cut.id_at("V1", 0),), {"name": "x"}))


def test_fades_are_kept_inside_the_clip() -> None:
    cut = Cut(V1="A:0-24")
    cut.do(SetClip("cut", ("A",), {"fade_in": f(20), "fade_out": f(20)}))
    assert (cut.clip("A").fade_in, cut.clip("A").fade_out) == (f(20), f(4))


def test_dragging_a_slider_is_one_step_until_it_is_sealed_or_another_thing_is_dragged() -> None:
    cut = Cut(V1="A:0-24 B:0-24")
    for step in range(5):
        cut.history.do(SetClip("cut", ("A",), {"opacity": step / 10}), cut.library)
    cut.history.do(SetClip("cut", ("B",), {"opacity": 0.1}), cut.library)
    cut.history.do(SetClip("cut", ("B",), {"volume": 0.1}), cut.library)
    cut.history.seal()
    cut.history.do(SetClip("cut", ("B",), {"volume": 0.2}), cut.library)
    assert len(cut.history.entries) == 4


# --- effects and generators ---


def test_effects_are_added_set_switched_and_removed() -> None:
    cut = Cut(V1="A:0-24")
    cut.do(AddEffect("cut", "A", EffectUse("blur", {"radius": 4.0}, id="b")))
    cut.do(AddEffect("cut", "A", EffectUse("vignette", id="v"), 0))
    cut.do(SetEffect("cut", "A", "b", {"radius": Curve((Keyframe(f(0), 1.0),)), "edges": "wrap"}))
    cut.do(SetEffect("cut", "A", "b", {"edges": None}, enabled=False))
    vignette, blur = cut.clip("A").effects
    assert (vignette.effect, blur.enabled, set(blur.values)) == ("vignette", False, {"radius"})
    assert not cut.do(SetEffect("cut", "A", "b", {}, enabled=False))
    assert "already" in cut.refuses(AddEffect("cut", "A", EffectUse("blur", id="b")))
    cut.do(RemoveEffect("cut", "A", "v"))
    assert [use.id for use in cut.clip("A").effects] == ["b"]
    assert "no longer" in cut.refuses(RemoveEffect("cut", "A", "v"))
    assert "no longer" in cut.refuses(SetEffect("cut", "A", "v", {"x": 1}))


@pytest.mark.parametrize("value", [float("nan"), {"a": 1}, object(), "\0", Curve(()), 10**30])
def test_a_value_no_file_could_hold_is_refused(value: object) -> None:
    cut = Cut(V1="A:0-24", T1="t:0-24")
    cut.do(AddEffect("cut", "A", EffectUse("blur", id="b")))
    assert cut.refuses(SetEffect("cut", "A", "b", {"radius": value}))  # type: ignore[dict-item]
    assert cut.refuses(SetGenerator("cut", "t", {"size": value}))  # type: ignore[dict-item]
    assert cut.refuses(AddEffect("cut", "A", EffectUse("blur", {"radius": value})))  # type: ignore[dict-item]


def test_a_list_from_outside_becomes_a_tuple() -> None:
    cut = Cut(V1="A:0-24")
    cut.do(AddEffect("cut", "A", EffectUse("blur", {"centre": [1, 2]}, id="b")))  # type: ignore[dict-item]
    cut.do(SetEffect("cut", "A", "b", {"edge": [3.0]}))  # type: ignore[dict-item]
    assert cut.clip("A").effects[0].values == {"centre": (1.0, 2.0), "edge": (3.0,)}


def test_typing_a_title_is_one_step() -> None:
    cut = Cut(T1="t:0-24")
    for text in ("H", "He", "Hel"):
        cut.history.do(SetGenerator("cut", "t", {"text": text}), cut.library)
    assert cut.clip("t").source == GeneratorSource("title", {"text": "Hel"})
    assert cut.history.entries == ("Change generator",)
    assert "not a title" in Cut(V1="A:0-24").refuses(SetGenerator("cut", "A", {"text": "x"}))


def test_a_switch_and_a_slider_of_one_effect_are_two_steps() -> None:
    cut = Cut(V1="A:0-24")
    cut.do(AddEffect("cut", "A", EffectUse("blur", id="b")))
    cut.history.do(SetEffect("cut", "A", "b", {"radius": 1.0}), cut.library)
    cut.history.do(SetEffect("cut", "A", "b", {"radius": 2.0}), cut.library)
    cut.history.do(SetEffect("cut", "A", "b", enabled=False), cut.library)
    assert len(cut.history.entries) == 3


# --- links and batches ---


def test_clips_are_linked_and_unlinked() -> None:
    cut = Cut(V1="A:0-24", A1="B:0-24")
    cut.do(LinkClips("cut", ("A", "B")))
    assert cut.clip("A").link == cut.clip("B").link is not None
    cut.do(UnlinkClips("cut", ("A", "B")))
    assert cut.clip("A").link is cut.clip("B").link is None
    assert "two or more" in cut.refuses(LinkClips("cut", ("A",)))


def test_a_batch_is_one_step_done_wholly_or_not_at_all() -> None:
    cut = Cut(V1="A:0-24 B:0-24")
    both = Batch((SetClip("cut", ("A",), {"name": "x"}), SetClip("cut", ("B",), {"name": "y"})), "Rename")
    cut.do(both)
    assert cut.history.entries == ("Rename",)
    assert both.merge_key
    assert not Batch((RemoveTrack("cut", "V1"),)).merge_key
    cut.refuses(Batch((SetClip("cut", ("A",), {"name": "z"}), SetClip("cut", ("gone",), {"name": "z"}))))


# --- markers ---


def test_markers_of_a_sequence_stand_on_frames_in_order() -> None:
    cut = Cut(V1="A:0-24")
    cut.do(AddMarker("cut", Marker(f(12), id="late")))
    assert cut.do(AddMarker("cut", Marker(f(6), id="early"))).markers
    assert [one.id for one in cut.sequence.markers] == ["early", "late"]
    cut.do(EditMarker("cut", "early", {"time": f(20), "name": "End"}))
    assert [one.name for one in cut.sequence.markers] == ["", "End"]
    assert not cut.do(EditMarker("cut", "early", {"name": "End"}))
    assert "whole frames" in cut.refuses(EditMarker("cut", "late", {"time": RationalTime(1, 7)}))
    assert "whole frames" in cut.refuses(AddMarker("cut", Marker(RationalTime(1, 7))))
    assert "already" in cut.refuses(AddMarker("cut", Marker(f(1), id="late")))
    cut.do(RemoveMarker("cut", "late"))
    assert len(cut.sequence.markers) == 1
    assert "no longer" in cut.refuses(RemoveMarker("cut", "late"))
    assert "no longer" in cut.refuses(EditMarker("cut", "late", {"name": "x"}))


def test_markers_of_a_clip_stand_anywhere_in_its_source() -> None:
    cut = Cut(V1="A:0-24", V2="B:0-24")
    cut.do(AddMarker("cut", Marker(RationalTime(1, 7), id="m"), "B"))
    cut.do(EditMarker("cut", "m", {"name": "smile", "duration": f(3)}))
    assert cut.clip("B").markers[0].name == "smile"
    assert not cut.do(EditMarker("cut", "m", {"name": "smile"}))
    cut.do(RemoveMarker("cut", "m"))
    assert cut.clip("B").markers == ()
    assert "shorter than nothing" in cut.refuses(AddMarker("cut", Marker(f(1), duration=f(-1))))


# --- transitions ---


def over(left: str | None, right: str | None, before: int, after: int, one_id: str = "x") -> SetTransition:
    return SetTransition("cut", "V1", Transition("dissolve", left, right, f(before), f(after), id=one_id))


def test_a_transition_is_laid_over_a_cut_replaced_and_removed() -> None:
    cut = Cut(V1="A:0-24 B:10-34 C:10-34")
    cut.do(over("A", "B", 6, 6))
    assert cut["V1"] == "A:0-24 >6+6< B:10-34 C:10-34"
    cut.do(over("A", "B", 3, 0, "y"))
    cut.do(over("B", "C", 4, 4))
    assert cut["V1"] == "A:0-24 >3+0< B:10-34 >4+4< C:10-34"
    assert not cut.do(over("B", "C", 4, 4))
    cut.do(RemoveTransition("cut", "y"))
    assert cut["V1"] == "A:0-24 B:10-34 >4+4< C:10-34"
    assert "no longer" in cut.refuses(RemoveTransition("cut", "y"))


def test_a_transition_needs_handles_on_both_sides() -> None:
    cut = Cut(V1="A:0-95 B:3-34")
    assert cut.refuses(over("A", "B", 4, 4)) == (
        "“B” has 3 frames of handle before its start, the transition needs 4 frames. "
        "Trim the clip there or make the transition shorter."
    )
    assert "“A” has 5 frames of handle behind its end" in cut.refuses(over("A", "B", 0, 6))
    cut.do(over("A", "B", 3, 5))


def test_a_transition_needs_touching_clips_long_enough_and_of_one_track() -> None:
    cut = Cut(V1="A:10-34 B:10-34 _3 C:10-34", V2="D:10-34")
    assert "touch" in cut.refuses(over("B", "C", 1, 1))
    assert "touch" in cut.refuses(over("B", "A", 1, 1))
    assert "one track" in cut.refuses(over("A", "D", 1, 1))
    assert "clip on one side" in cut.refuses(over(None, None, 1, 1))
    assert "longer than nothing" in cut.refuses(over("A", "B", 0, 0))
    assert "whole frames" in cut.refuses(
        SetTransition("cut", "V1", Transition("dissolve", "A", "B", RationalTime(1, 7), f(1)))
    )
    long = Cut(V1="A:10-34 B:50-60 C:50-74")
    long.do(over("A", "B", 6, 6, "x"))
    assert "a clip at this cut has 10 frames" in long.refuses(over("B", "C", 5, 5, "y"))
    long.do(over("B", "C", 4, 4, "y"))


def test_a_fade_from_or_to_nothing_lies_inside_its_clip() -> None:
    cut = Cut(V1="_4 A:0-24")
    cut.do(over(None, "A", 0, 8))
    cut.do(over("A", None, 8, 0, "y"))
    assert cut["V1"] == "_4 >0+8< A:0-24 >8+0<"
    assert "inside its clip" in cut.refuses(over(None, "A", 2, 2))
    assert "inside its clip" in cut.refuses(over("A", None, 2, 2))


# --- filling ---


def waiting(text: str = "p:0-24", **more: object) -> Cut:
    cut = Cut(V1="", A1="")
    cut.do(OverwriteClips("cut", (("V1", f(12), replace(placeholder(text), **more)),)))  # type: ignore[arg-type]
    return cut


def test_a_take_fills_its_placeholder_and_everything_else_stays() -> None:
    cut = waiting(fade_in=f(3), link="pair", effects=(EffectUse("blur", id="b"),))
    before = cut.clip("p")
    cut.do(FillClip("cut", "p", "A"))
    assert cut.clip("p") == replace(before, source=MediaSource("A"))
    assert cut["V1"] == "_12 p:0-24"


def test_a_placeholder_trimmed_at_its_head_keeps_the_trim() -> None:
    cut = waiting("p:6-24")
    cut.do(FillClip("cut", "p", "A"))
    assert cut["V1"] == "_12 p:6-24"


def test_a_take_that_only_just_reaches_is_shown_from_as_late_as_it_does() -> None:
    cut = waiting("p:6-24", opacity=Curve((Keyframe(f(6), 0.0),)))
    cut.add_media("S", 20)
    cut.do(FillClip("cut", "p", "S"))
    assert cut["V1"] == "_12 p:2-20"
    assert cut.clip("p").opacity == Curve((Keyframe(f(2), 0.0),))


def test_less_than_a_frame_may_be_missing_a_whole_one_not() -> None:
    cut = waiting()
    cut.add_media("S", 24, duration=RationalTime(239, 240))
    cut.add_media("T", 23)
    cut.add_media("I", 0, kind=MediaKind.IMAGE)
    assert (
        cut.refuses(FillClip("cut", "p", "T"))
        == "“T” is too short for this clip: it has 23 frames, 24 frames are needed."
    )
    cut.do(FillClip("cut", "p", "S"))
    cut.do(FillClip("cut", "p", "I"))
    assert "no longer in the media pool" in cut.refuses(FillClip("cut", "p", "gone"))
    cut.add_media("M", 50, kind=MediaKind.AUDIO)
    assert "sound only" in cut.refuses(FillClip("cut", "p", "M"))


# --- the registry ---


def test_every_file_of_the_verbs_holds_the_command_of_its_name() -> None:
    found = commands()
    assert len(found) >= 37
    for name, command in found.items():
        assert command.label, name
        assert command.__doc__, name


def test_a_start_timecode_that_the_new_rate_does_not_have_keeps_its_instant() -> None:
    cut = Cut(V1="")
    cut.do(SetSequence("cut", {"rate": Fraction(60)}))
    cut.do(SetSequence("cut", {"start_timecode": RationalTime.from_frames(59, Fraction(60))}))
    cut.do(SetSequence("cut", {"rate": Fraction(24)}))
    assert cut.sequence.start_timecode == RationalTime(1)
    cut.do(SetSequence("cut", {"rate": Fraction(25), "start_timecode": RationalTime(1, 100)}))
    assert cut.sequence.start_timecode == RationalTime(0)


def test_another_rate_leaves_rows_alone_that_fit_it() -> None:
    cut = Cut(V1="A:0-24 _24 B:0-24", locked=("V1",))
    row = cut.sequence.tracks[0]
    cut.do(SetSequence("cut", {"rate": Fraction(30)}))
    assert cut.sequence.tracks[0] is row


def test_there_must_be_something_to_insert() -> None:
    assert "nothing to insert" in Cut(V1="A:0-24").refuses(InsertClips("cut", f(12), ()))


def test_a_step_is_named_by_what_was_set() -> None:
    names = {
        SetTrack("cut", "V1", {"locked": True}).label: "Lock track",
        SetTrack("cut", "V1", {"locked": False}).label: "Unlock track",
        SetTrack("cut", "A1", {"volume": 0.5}).label: "Track gain",
        SetTrack("cut", "A1", {"volume": 0.5, "pan": 0.0}).label: "Change track",
        SetClip("cut", ("A",), {"volume": 0.5}).label: "Gain",
        SetClip("cut", ("A",), {"effects": ()}).label: "Change clip",
    }
    assert all(label == expected for label, expected in names.items())
