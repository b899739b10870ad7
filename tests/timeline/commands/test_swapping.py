"""Clips change places."""

from tests.timeline.notation import Cut
from timeline.commands.swap_clips import SwapClips
from timeline.media import MediaKind


def swap(*pairs: tuple[str, str]) -> SwapClips:
    return SwapClips("cut", pairs)


def test_on_one_track_what_lies_between_keeps_its_length() -> None:
    cut = Cut(V1="A:0-10 _4 B:0-20 C:0-30", A1="D:0-64")
    cut.do(swap(("A", "C")))
    assert cut["V1"] == "C:0-30 _4 B:0-20 A:0-10"
    assert cut["A1"] == "D:0-64"


def test_pictures_and_their_sounds_change_places_together() -> None:
    cut = Cut(V1="A:0-10 B:0-20", A1="a:0-10 b:0-20".upper().replace("A:", "C:").replace("B:", "D:"))
    cut.do(swap(("A", "B"), ("C", "D")))
    assert (cut["V1"], cut["A1"]) == ("B:0-20 A:0-10", "D:0-20 C:0-10")


def test_on_two_tracks_a_shorter_clip_leaves_a_gap_behind_it() -> None:
    cut = Cut(V1="A:0-10 _20 E:0-5", V2="_5 B:0-20 C:0-10")
    cut.do(swap(("A", "B")))
    assert cut["V1"] == "B:0-20 _10 E:0-5"
    assert cut["V2"] == "_5 A:0-10 _10 C:0-10"


def test_on_two_tracks_a_longer_clip_needs_room_behind_the_other() -> None:
    cut = Cut(V1="A:0-10 E:0-5", V2="B:0-20")
    assert cut.refuses(swap(("A", "B"))) == "“B” is 10 frames too long for its new place on V1."


def test_a_swap_of_nothing_or_of_one_clip_twice_is_refused() -> None:
    cut = Cut(V1="A:0-10 B:0-20 C:0-20")
    assert "no clip here" in cut.refuses(swap())
    assert "twice" in cut.refuses(swap(("A", "B"), ("A", "C")))


def test_locked_tracks_and_tracks_of_another_kind_are_left_alone() -> None:
    cut = Cut(V1="A:0-10 B:0-20", V2="C:0-10", locked=("V2",))
    assert "locked" in cut.refuses(swap(("A", "C")))
    cut = Cut(V1="A:0-10", A1="B:0-10")
    cut.add_media("B", 100, kind=MediaKind.AUDIO, has_video=False)
    assert "sound only" in cut.refuses(swap(("A", "B")))
