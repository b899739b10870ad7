"""Replace: another file in a clip, all else stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.timeline.notation import Cut, f
from timeline.commands.replace_clips import ReplaceClips
from timeline.commands.set_clip import SetClip
from timeline.curve import Curve, Keyframe
from timeline.items import MediaSource
from timeline.media import MediaKind


def test_a_clip_shows_another_file_in_its_place_with_its_speed_and_transition() -> None:
    cut = Cut(V1="A:0-24 >4+4< B:10-58@2")
    cut.do(ReplaceClips("cut", ("B",), "C", f(20)))
    assert cut["V1"] == "A:0-24 >4+4< C:20-68@2"
    assert cut.clip("B").source == MediaSource("C")


def test_keyframes_keep_their_distance_from_the_start() -> None:
    cut = Cut(V1="A:10-34")
    cut.do(SetClip("cut", ("A",), {"opacity": Curve((Keyframe(f(12), 0.5),))}))
    cut.do(ReplaceClips("cut", ("A",), "C", f(50), "Sea"))
    found = cut.clip("A")
    assert isinstance(found.opacity, Curve)
    assert found.opacity.keyframes[0].time == f(52)
    assert found.name == "Sea"


def test_a_file_that_does_not_reach_is_refused_with_what_is_missing() -> None:
    cut = Cut(V1="A:0-24")
    assert "“C” is 4 frames too short behind this place" in cut.refuses(ReplaceClips("cut", ("A",), "C", f(80)))
    assert "“C” is 3 frames too short before this place" in cut.refuses(ReplaceClips("cut", ("A",), "C", f(-3)))
    assert "no longer in the media pool" in cut.refuses(ReplaceClips("cut", ("A",), "gone", f(0)))


@pytest.mark.parametrize("start", [-10, 0, 500])
def test_a_still_reaches_everywhere(start: int) -> None:
    cut = Cut(V1="A:0-24")
    still = replace(cut.library.media["S"], kind=MediaKind.IMAGE, has_audio=False)
    cut.library = cut.library.with_media(still)
    cut.do(ReplaceClips("cut", ("A",), "S", f(start)))
    assert cut.clip("A").duration == f(24)
    assert cut.clip("A").source_range.start >= f(0)


def test_a_locked_track_and_a_sound_without_sound_are_refused() -> None:
    locked = Cut(V1="A:0-24", locked=("V1",))
    assert "locked" in locked.refuses(ReplaceClips("cut", ("A",), "C", f(0)))
    cut = Cut(A1="A:0-24")
    cut.add_media("mute", 100, has_audio=False)
    assert "has no sound" in cut.refuses(ReplaceClips("cut", ("A",), "mute", f(0)))


def test_a_file_without_handle_for_the_transitions_over_the_clip_is_refused() -> None:
    cut = Cut(V1="A:10-34 >4+4< B:10-34 >4+4< D:10-34")
    assert cut.refuses(ReplaceClips("cut", ("B",), "C", f(2))) == (
        "“C” has 2 frames of handle for the transition at its start, which uses 4 frames. Shorten the transition, or replace by "
        "another part."
    )
    assert "at its end" in cut.refuses(ReplaceClips("cut", ("B",), "C", f(75)))
    cut.do(ReplaceClips("cut", ("B",), "C", f(4)))
    assert cut["V1"] == "A:10-34 >4+4< C:4-28 >4+4< D:10-34"
    faded = Cut(V1=">0+4< A:10-34 >4+0<")
    faded.do(ReplaceClips("cut", ("A",), "C", f(0)))
    assert faded["V1"] == ">0+4< C:0-24 >4+0<", "a fade lies within its clip"
