from dataclasses import replace
from fractions import Fraction

from tests.timeline.notation import Cut, clip, f
from timeline.errors import Cancelled
from timeline.items import Gap
from timeline.media import Library, Lineage, Media, MediaKind, Take
from timeline.sequence import Sequence
from timeline.track import Track, TrackKind


def test_the_library_only_grows_and_knows_takes_by_shot_and_file() -> None:
    media = Media("/a.mp4", MediaKind.VIDEO, id="m")
    first, second = (Take("m", Lineage("slate"), "shot", id=name) for name in ("one", "two"))
    library = Library().with_media(media).with_take(first).with_take(second)
    assert library.takes_of("shot") == (first, second)
    assert library.take_of_media("m") is first
    assert library.take_of_media("gone") is None
    moved = library.with_media(replace(media, path="/b.mp4"))
    assert (len(moved.media), moved.media["m"].path) == (1, "/b.mp4")
    assert library.media["m"].path == "/a.mp4"


def test_a_file_is_known_by_its_content_without_looking_through_the_library() -> None:
    first, second, other, unread = (
        Media("/a.mp4", MediaKind.VIDEO, content_hash=content, id=name)
        for content, name in (("one", "a"), ("one", "b"), ("two", "c"), ("", "d"))
    )
    library = Library().with_media(first, second, unread)
    assert library.by_content == {"one": "a"}
    assert library.by_content is library.by_content  # written down once
    assert library.with_media(other).by_content == {"one": "a", "two": "c"}  # one file more is another library


def test_a_sequence_lasts_as_long_as_its_longest_track() -> None:
    sequence = Cut(V1="A:0-24", A1="_12 B:0-24").sequence
    assert (sequence.duration, sequence.duration_frames) == (f(36), 36)
    assert Sequence().duration == f(0)
    assert Sequence(rate=Fraction(30000, 1001)).frame.fraction == Fraction(1001, 30000)
    assert [track.id for track in sequence.picture_tracks()] == ["V1"]
    assert [track.id for track in sequence.audio_tracks()] == ["A1"]


def test_positions_follow_from_what_stands_before() -> None:
    track = Track(TrackKind.VIDEO, (clip("A:0-24"), Gap(f(6)), clip("B:0-24@2")))
    assert track.starts == (f(0), f(24), f(30), f(42))
    assert track.index_at(f(24)) == 1
    assert track.item_at(f(41)) is track.items[2]
    assert track.item_at(f(42)) is None
    assert track.item_at(f(-1)) is None
    assert track.item_at(f(25)) is track.items[1]


def test_a_clip_is_found_by_its_id_and_a_gap_is_no_clip() -> None:
    first, gap = clip("A:0-24"), Gap(f(6))
    track = Track(TrackKind.VIDEO, (first, gap))
    assert track.clip(first.id) is first
    assert [track.clip(one) for one in (gap.id, "gone", None)] == [None, None, None]


def test_cancelled_says_so() -> None:
    assert Cancelled().message == "Cancelled."
