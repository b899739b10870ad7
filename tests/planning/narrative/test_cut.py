"""An order as a new sequence: the one it was made of stays as it was."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from studio_app.planning.narrative.acts import Scene, grouped
from studio_app.planning.narrative.cut import piece_of, sequence_of
from studio_app.planning.narrative.materials import of_sequence, scene_of
from studio_app.planning.narrative.structures import STRUCTURES
from tests.timeline.notation import Cut, clip, f
from timeline.items import Clip
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import ZERO
from timeline.track import Track, TrackKind

THREE = STRUCTURES["three_act"]


def linked() -> Sequence:
    """Three pictures with sounds; the second sound begins earlier and ends later than its picture."""
    pictures = [clip(f"{name}:10-34", id=name, link=name) for name in "ABC"]
    sounds = [
        clip("A:10-28", id="a", link="A"),
        clip("B:4-40", id="b", link="B", fade_in=f(12), fade_out=f(12)),
        clip("C:16-34", id="c", link="C"),
    ]
    return Sequence(
        tracks=(
            Track(TrackKind.VIDEO, tuple(pictures)),
            Track(TrackKind.AUDIO, tuple(sounds)),
        )
    )


def ordered(cut: Sequence, order: list[str]) -> Sequence:
    pieces = {one: piece for one in "ABC" if (piece := piece_of(cut, one)) is not None}
    materials = {one.id: one for one in of_sequence(cut, Cut().library, Project())}
    scenes = [scene_of(materials[one], None) for one in order]
    return sequence_of(scenes, pieces, grouped(scenes, THREE), cut, "New")


@settings(deadline=None)
@given(st.permutations("ABC"))
def test_a_new_sequence_holds_each_picture_and_the_sound_under_it_in_the_order_asked_for(order: list[str]) -> None:
    cut = linked()
    before = replace(cut)
    new = ordered(cut, order)
    assert cut == before
    assert [one.name for one in new.tracks[0].items if isinstance(one, Clip)] == order
    for picture, where in new.tracks[0].clips():
        sounds = [
            (sound, its) for track in new.audio_tracks() for sound, its in track.clips() if sound.link == picture.link
        ]
        assert len(sounds) == 1
        sound, its = sounds[0]
        assert where.start <= its.start < its.end <= where.end
        # What is heard with a picture is what was heard with it: both have the same source time at the same moment.
        assert sound.source_time(ZERO) - picture.source_time(its.start - where.start) == sound_offset(picture.name)
    assert not {one.id for one in cut.tracks[0].items} & {one.id for track in new.tracks for one in track.items}


def sound_offset(name: str):  # type: ignore[no-untyped-def]
    cut = linked()
    picture, sound = cut.clip(name), cut.clip(name.lower())
    assert picture is not None
    assert sound is not None
    starts = {"A": 0, "B": 18, "C": 54}
    apart = f(starts[name]) - f({"A": 0, "B": 24, "C": 48}[name])
    return sound.source_range.start - (picture.source_range.start + apart)


def test_acts_become_markers_over_their_scenes() -> None:
    new = ordered(linked(), ["C", "A", "B"])
    assert [(one.name, one.time, one.duration) for one in new.markers] == [
        ("Setup", f(0), f(24)),
        ("Confrontation", f(24), f(24)),
        ("Resolution", f(48), f(24)),
    ]


def test_a_scene_without_a_piece_is_left_out_and_leaves_no_hole() -> None:
    cut = linked()
    scenes = [Scene(one, one, f(24)) for one in ("A", "gone", "C")]
    pieces = {one: piece for one in "AC" if (piece := piece_of(cut, one)) is not None}
    new = sequence_of(scenes, pieces, grouped(scenes, THREE), cut, "New")
    assert new.duration == f(48)
    assert piece_of(cut, "gone") is None
