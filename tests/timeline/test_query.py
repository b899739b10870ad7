from dataclasses import replace
from fractions import Fraction

from tests.timeline.notation import Cut, clip, f, placeholder
from timeline import query
from timeline.items import Clip, Marker, SequenceSource, Transition, UnknownSource
from timeline.media import Library, Media, MediaKind
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.track import Track, TrackKind


def test_handles_are_what_media_has_left_on_both_sides() -> None:
    cut = Cut(V1="A:10-34 B:10-34@2 C:10-34@-1 t:0-5 D:90-105")
    assert query.handles(cut.clip("A"), cut.library) == (f(10), f(66))
    assert query.handles(cut.clip("B"), cut.library) == (f(5), f(33))
    assert query.handles(cut.clip("C"), cut.library) == (f(66), f(10))
    assert query.handles(cut.clip("t"), cut.library) == (None, None)
    assert query.handles(cut.clip("D"), cut.library) == (f(90), f(0))


def test_stills_and_missing_media_are_endless() -> None:
    still = Media("/a.png", MediaKind.IMAGE, id="A")
    assert query.available_range(clip("A:0-5"), Library().with_media(still)) is None
    assert query.available_range(clip("A:0-5"), Library()) is None
    assert query.available_range(clip("A:0-5"), Cut().library) == TimeRange(f(0), f(100))


def test_neighbours_touch() -> None:
    row = Cut(V1="A:0-24 B:0-24 _5 C:0-24").sequence.tracks[0]

    def names(clip_id: str) -> tuple[str | None, ...]:
        return tuple(one and one.name for one in query.neighbours(row, clip_id))

    assert (names("A"), names("B"), names("C"), names("gone")) == ((None, "B"), ("A", None), (None, None), (None, None))


def test_a_cut_inside_one_run_of_source_is_a_through_edit() -> None:
    def through(text: str) -> bool:
        cut = Cut(V1=text)
        left, right = cut.items("V1")[:2]
        same = replace(right, source=left.source)
        row = replace(cut.sequence.tracks[0], items=(left, same, *cut.items("V1")[2:]))
        return query.through_edit(row, left.id)

    assert through("A:0-24 B:24-30")
    assert not through("A:0-24 B:25-30")
    assert not through("A:0-24 B:24-30@2")
    assert through("A:24-30@-1 B:0-24@-1")
    assert not query.through_edit(Cut(V1="A:0-24").sequence.tracks[0], "A")


def test_transitions_are_found_by_their_clips() -> None:
    row = Cut(V1="A:0-24 >4+4< B:10-34").sequence.tracks[0]
    assert query.transition_at_head(row, "B") is query.transition_at_tail(row, "A") is row.transitions[0]
    assert query.transition_at_head(row, "A") is None


def test_the_place_of_an_item_is_found_by_its_id() -> None:
    sequence = Cut(V1="A:0-24 _6 B:0-24").sequence
    assert query.range_of(sequence, "B") == TimeRange(f(30), f(24))
    assert query.range_of(sequence, "gone") is None


def test_linked_clips_come_together() -> None:
    pair = Sequence(
        tracks=(
            Track(TrackKind.VIDEO, (clip("A:0-5", link="p"), clip("B:0-5"))),
            Track(TrackKind.AUDIO, (clip("C:0-5", link="p"), clip("D:0-5", link="q"))),
        )
    )
    assert query.linked_ids(pair, ["C"]) == ("A", "C")
    assert query.linked_ids(pair, ["B"]) == ("B",)
    assert query.linked_ids(pair, ["B", "D", "gone"]) == ("B", "D")


def test_a_track_counts_its_clips_and_the_uses_of_files() -> None:
    pictures, sounds = Cut(V1="A:0-24 _6 B:0-24", A1="C:0-30").sequence.tracks
    assert (pictures.clip_count, sounds.clip_count) == (2, 1)
    pair = Track(TrackKind.VIDEO, (clip("A:0-5", link="p"), clip("B:0-5"), placeholder("p:0-5")))
    assert {use for _, use in pair.media_uses} == {"p", "B"}


def test_edit_points_are_all_ends_of_clips() -> None:
    sequence = Cut(V1="A:0-24 _6 B:0-24", A1="C:0-30").sequence
    assert query.edit_points(sequence) == (f(0), f(24), f(30), f(54))
    assert query.edit_points(sequence, ["A1"]) == (f(0), f(30))


def test_snap_points_name_their_kind_and_the_playhead_comes_first() -> None:
    sequence = Cut(V1="A:0-24 >4+4< B:10-34").sequence
    sequence = replace(sequence, markers=(Marker(f(7), duration=f(2)),))
    points = query.snap_points(sequence, (), f(24), [f(3)])
    assert points == (
        (f(0), "start"),
        (f(3), "mark"),
        (f(7), "marker"),
        (f(9), "marker"),
        (f(20), "transition"),
        (f(24), "playhead"),
        (f(28), "transition"),
        (f(48), "edit"),
    )
    assert query.snap_points(sequence, ["B"]) == (
        (f(0), "start"),
        (f(7), "marker"),
        (f(9), "marker"),
        (f(24), "edit"),
    )


def test_clips_of_a_shot_are_its_placeholders_and_those_filled() -> None:
    filled = clip("A:0-5", shot_id="shot")
    project = Project(
        sequences=(Sequence(tracks=(Track(TrackKind.VIDEO, (placeholder("p:0-5"), filled, clip("B:0-5"))),)),)
    )
    assert [one.name for _, one in query.clips_of_shot(project, "shot")] == ["p", "A"]


def test_tracks_have_labels_and_defaults() -> None:
    sequence = Cut(V1="", V2="", A1="", T1="", O1="", E1="", locked=("V1",)).sequence
    assert [query.track_label(sequence, one) for one in sequence.tracks] == ["V1", "V2", "A1", "T1", "O1", "FX1"]
    assert query.track_label(sequence, replace(sequence.tracks[0], name="Picture")) == "Picture"
    default = query.default_track(sequence, TrackKind.VIDEO)
    assert default is not None
    assert default.id == "V2"


def test_names_of_sources() -> None:
    cut = Cut(V1="A:0-5 t:0-5")
    assert query.source_name(replace(cut.clip("A"), name=""), cut.library) == "A"
    assert query.source_name(replace(cut.clip("t"), name=""), cut.library) == "title"
    assert query.source_name(replace(placeholder("p:0-5"), name=""), cut.library) == "placeholder"
    assert query.source_name(replace(clip("A:0-5"), name=""), Library()) == "clip"
    assert query.media_name(Media("C:\\films\\sea.mp4", MediaKind.VIDEO)) == "sea.mp4"


def test_a_file_comes_in_at_whole_frames() -> None:
    assert query.whole_frames(RationalTime(1001, 100), Fraction(24)) == f(240)
    assert query.whole_frames(RationalTime(1, 100), Fraction(24)) == f(1)


def test_the_check_says_what_would_not_be_delivered() -> None:
    cut = Cut(V1="A:90-120 B:95-100 >4+4< C:2-24", V2="GONE:0-5", A1="D:0-24")
    assert query.sequence_check(cut.sequence, cut.library) == (
        "“A” at 00:00:00:00 on V1 runs 20 frames beyond its file; the picture stands still there.",
        "The transition dissolve at 00:00:01:11 on V1 needs 4 frames more than its clips have; the picture stands still there.",
        "“GONE” at 00:00:00:00 on V2 shows a file that is not in the media pool.",
    )


def test_the_check_finds_placeholders_unknown_sources_and_clips_off_the_frames() -> None:
    odd = replace(clip("A:0-5"), source=UnknownSource("hologram"))
    row = Track(TrackKind.VIDEO, (placeholder("p:0-5"), odd, clip("B:0-7/2"), clip("C:0-9@3", id="end")))
    sequence = Sequence(tracks=(row,))
    problems = query.sequence_check(sequence, Cut().library)
    assert "is still a placeholder" in problems[0]
    assert "a “hologram”, which this version of Starcut does not know" in problems[1]
    assert [one for one in problems if "on a frame" in one] == [problems[2], problems[3]]
    assert query.sequence_check(Cut(V1="A:0-24").sequence, Cut().library) == ()


def test_a_transition_without_its_clips_lies_nowhere() -> None:
    row = Cut(V1="A:0-24 _2").sequence.tracks[0]
    assert row.cut_of(Transition("dissolve", "gone", None, f(1), f(0))) is None
    assert row.cut_of(Transition("dissolve", None, "A", f(0), f(1))) == f(0)
    assert row.cut_of(Transition("dissolve", "A", None, f(1), f(0))) == f(24)


def test_a_check_tells_of_nests_that_are_gone_too_short_or_round_about() -> None:
    def nest(of: str, seconds: int) -> Clip:
        return Clip(SequenceSource(of), TimeRange(ZERO, RationalTime(seconds)), name=of)

    inner = Sequence(id="inner", name="inner", tracks=(Track(TrackKind.VIDEO, (nest("outer", 2),)),))
    outer = Sequence(id="outer", tracks=(Track(TrackKind.VIDEO, (nest("inner", 3), nest("gone", 1))),))
    assert [
        text.split("V1 ", 1)[1] for text in query.sequence_check(outer, Library(), Project(sequences=(outer, inner)))
    ] == [
        "shows the sequence it stands in; remove it.",
        "runs 24 frames beyond its sequence; nothing is seen there.",
        "shows a sequence that is not in the project.",
    ]
