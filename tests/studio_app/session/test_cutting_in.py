"""From the source viewer and the pool into a sequence, through the actions. Tracks as text, 24 frames a second, files of 100."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from studio_app.services.jobs import run_now
from tests.studio_app.session.desk import Desk
from tests.timeline.notation import f, text_of
from timeline.commands.link_clips import LinkClips
from timeline.commands.overwrite_clips import OverwriteClips
from timeline.commands.set_pool_entry import SetPoolEntry
from timeline.items import Clip
from timeline.project import Saved
from timeline.storyboard import Shot, Storyboard
from timeline.time import TimeRange

Open = Callable[..., "Desk"]


@pytest.fixture
def desk() -> Iterator[Open]:
    made: list[Desk] = []

    def make(locked: tuple[str, ...] = (), **rows: str) -> Desk:
        made.append(Desk(locked, run_now, **rows))
        return made[-1]

    yield make
    for one in made:
        one.session.close()
    assert not [one.name for one in threading.enumerate() if one.name.startswith("player")]


def clips(one: Desk) -> list[Clip]:
    return [clip for track in one.session.sequence.tracks for clip, _ in track.clips()]


def test_insert_pushes_what_follows_and_the_playhead_goes_behind_it(desk: Open) -> None:
    one = desk(V1="A:0-48", A1="A2:0-48")
    one.source("B", 10, 20)
    one.go(24)
    assert one.run("clip.insert")
    assert (one["V1"], one["A1"]) == ("A:0-24 B:10-20 A:24-48", "A2:0-24 B:10-20 A2:24-48")
    assert one.at == 34
    picture, sound = (clip for clip in clips(one) if clip.name == "B")
    assert picture.link == sound.link is not None


def test_overwrite_takes_the_marked_range_of_the_sequence_and_clears_its_marks(desk: Open) -> None:
    one = desk(V1="A:0-48", A1="")
    one.source("B", 10, None)
    one.session.transport.set_marks(f(12), f(24))
    assert one.run("clip.overwrite")
    assert one["V1"] == "A:0-12 B:10-22 A:24-48"
    assert one.session.transport.marked_range is None
    assert one.at == 24


def test_an_out_mark_alone_is_where_the_source_ends(desk: Open) -> None:
    one = desk(V1="A:0-48", A1="")
    one.source("B", 0, 10)
    one.session.transport.set_marks(None, f(40))
    one.run("clip.overwrite")
    assert one["V1"] == "A:0-30 B:0-10 A:40-48"


def test_a_kind_without_target_is_left_out_and_none_at_all_is_refused(desk: Open) -> None:
    one = desk(V1="A:0-48", A1="A2:0-48")
    one.session.targets.toggle("A1")
    one.source("B", 0, 10)
    one.go(0)
    assert one.run("clip.overwrite")
    assert (one["V1"], one["A1"]) == ("B:0-10 A:10-48", "A2:0-48")
    assert next(clip for clip in clips(one) if clip.name == "B").link is None
    one.session.targets.toggle("V1")
    assert not one.run("clip.overwrite")
    assert one.said[-1] == "No track is targeted. Press V1 or A1 in a track header to say where clips go."


def test_targets_that_are_locked_are_named_as_the_reason(desk: Open) -> None:
    one = desk(locked=("V1", "A1"), V1="A:0-48", A1="")
    for track_id in ("V1", "A1"):
        one.session.targets.toggle(track_id, only=True)
    one.source("B")
    assert not one.run("clip.insert")
    assert one.said[-1].startswith("Every targeted track is locked.")


def test_several_files_of_the_pool_land_one_after_another_with_their_marks(desk: Open) -> None:
    one = desk(V1="", A1="")
    one.session.document.do(SetPoolEntry(("B",), {"mark_in": f(20), "mark_out": f(30)}))
    one.session.selection.media.set(["A", "B"])
    assert one.run("clip.append")
    assert one["V1"] == "A:0-100 B:20-30"
    assert one.at == 110


def test_chosen_files_land_in_the_order_of_the_pool_not_of_choice(desk: Open) -> None:
    one = desk(V1="", A1="")
    one.session.browsing.order = ("C", "A", "B")
    one.session.selection.media.set(["B", "C"])
    one.run("clip.append")
    assert one["V1"] == "C:0-100 B:0-100"


def test_what_was_touched_last_leads_source_viewer_or_pool(desk: Open) -> None:
    one = desk(V1="", A1="")
    one.source("A", 0, 10)
    one.session.selection.media.set(["B"])
    one.run("clip.append")
    one.session.monitor = "source"
    one.run("clip.append")
    assert one["V1"] == "B:0-100 A:0-10"


def test_place_on_top_takes_the_next_free_track_and_makes_one_above_the_last(desk: Open) -> None:
    one = desk(V1="A:0-48", V2="C:0-10", A1="A2:0-48", A2="")
    one.source("B", 0, 10)
    one.go(20)
    assert one.run("clip.place_on_top")
    assert (one["V1"], one["V2"], one["A2"]) == ("A:0-48", "C:0-10 _10 B:0-10", "_20 B:0-10")
    one.go(0)
    assert one.run("clip.place_on_top")
    tracks = one.session.sequence.tracks
    assert [text_of(track) for track in tracks[2:3]] == ["B:0-10"]
    assert one["A2"] == "B:0-10 _10 B:0-10"


def test_replace_aligns_the_two_playheads_and_keeps_place_and_speed(desk: Open) -> None:
    one = desk(V1="A:0-24 B:0-24@2 C:0-10", A1="")
    one.source("D")
    one.session.source.go_to(f(50))
    one.go(30)
    assert one.run("clip.replace")
    assert one["V1"] == "A:0-24 D:38-62@2 C:0-10"
    assert one.at == 30
    one.session.source.go_to(f(5))
    one.run("clip.replace")
    assert one["V1"] == "A:0-24 D:38-62@2 C:0-10"
    assert one.said[-1] == "“D” is 4 frames too short before this place."


def test_replace_from_the_pool_starts_at_the_mark_in(desk: Open) -> None:
    one = desk(V1="A:0-24", A1="A2:0-24")
    one.session.document.do(SetPoolEntry(("D",), {"mark_in": f(12)}))
    one.session.selection.media.set(["D"])
    one.go(10)
    assert one.run("clip.replace")
    assert one["V1"] == "D:12-36"


def test_replace_fills_a_marked_range_round_the_playhead(desk: Open) -> None:
    one = desk(V1="A:0-48", A1="")
    one.source("D")
    one.session.source.go_to(f(50))
    one.session.transport.set_marks(f(10), f(20))
    one.go(12)
    assert one.run("clip.replace")
    assert one["V1"] == "A:0-10 D:48-58 A:20-48"


def test_replacing_nothing_is_refused(desk: Open) -> None:
    one = desk(V1="A:0-24", A1="")
    one.source("D")
    one.go(60)
    assert not one.run("clip.replace")
    assert "nothing to replace" in one.said[-1]


def test_fit_to_fill_plays_the_source_as_fast_as_the_range_asks(desk: Open) -> None:
    one = desk(V1="A:0-100", A1="")
    one.source("B", 0, 60)
    one.session.transport.set_marks(f(20), f(40))
    assert one.run("clip.fit_to_fill")
    assert one["V1"] == "A:0-20 B:0-60@3 A:40-100"


def test_a_clip_of_a_file_becomes_a_shot_with_its_own_file_as_the_first_take(desk: Open) -> None:
    one = desk(V1="A:0-24 t:0-24", A1="")
    document = one.session.document
    sound = replace(one.session.sequence.tracks[0].items[0], id="sound")
    assert isinstance(sound, Clip)
    document.do(OverwriteClips("cut", (("A1", f(0), sound),)))
    document.do(LinkClips("cut", ("A", "sound")))
    one.source("A")
    assert not one.run("clip.add_take")
    assert "what this clip shows already" in one.said[-1]
    one.source("B")
    before = document.project
    assert one.run("clip.add_take")
    shot_ids = {clip.shot_id for clip in clips(one) if clip.name == "A"}
    shot_id = shot_ids.pop()
    assert shot_id is not None
    assert not shot_ids, "its sound belongs to the same shot"
    assert [take.media_id for take in document.library.takes_of(shot_id)] == ["A", "B"]
    assert not any(take.is_made for take in document.library.takes.values())
    assert document.library.take_of_media("A") is None
    assert one["V1"] == "A:0-24 t:0-24"
    document.undo()
    assert document.project is before
    one.go(30)
    assert not one.run("clip.add_take")
    assert "shows no file" in one.said[-1]


def test_a_take_is_added_to_the_shot_under_the_playhead_and_the_cut_stays(desk: Open) -> None:
    one = desk(V1="A:0-24", A1="")
    document = one.session.document
    project = document.project
    track = project.sequences[0].tracks[0]
    assert not one.run("clip.add_take")
    clip = replace(clips(one)[0], shot_id="s")
    sequence = replace(project.sequences[0], tracks=(replace(track, items=(clip,)), project.sequences[0].tracks[1]))
    board = Storyboard("Board", (Shot("The sea", id="s"),))
    document.replace(Saved(replace(project, sequences=(sequence,), storyboards=(board,)), document.library), None)
    one.source("B")
    before = document.project
    assert one.run("clip.add_take")
    assert [take.media_id for take in document.library.takes_of("s")] == ["B"]
    assert document.project is before
    assert not one.run("clip.add_take")
    assert one.said[-1] == "“B” is a take of this shot already."


# --- match frame ------------------------------------------------------------------------------------------------------


def test_match_frame_opens_the_source_on_the_same_frame_and_marks_what_the_clip_uses(desk: Open) -> None:
    one = desk(V1="A:0-24 B:10-58@2", V2="_24 C:5-15", A1="")
    source = one.session.source
    one.go(30)
    assert one.run("sequence.match_frame")
    assert (source.media_id, source.time, source.marked_range) == ("B", f(22), TimeRange.between(f(10), f(58)))
    one.session.targets.toggle("V2", only=True)
    assert one.run("sequence.match_frame")
    assert (source.media_id, source.time) == ("C", f(11))


def test_reversed_and_frozen_clips_match_on_the_frame_that_is_seen(desk: Open) -> None:
    one = desk(V1="A:10-34@-1", A1="")
    one.go(0)
    one.run("sequence.match_frame")
    assert one.session.source.time == f(33)


def test_reverse_match_goes_from_place_to_place(desk: Open) -> None:
    one = desk(V1="A:0-24 B:0-10 A2:0-24", A1="_50 A:0-40@-1")
    one.source("A")
    one.session.source.go_to(f(20))
    places = []
    for _ in range(3):
        assert one.run("sequence.reverse_match")
        places.append(one.at)
    assert places == [20, 69, 20]
    one.session.source.go_to(f(90))
    assert not one.run("sequence.reverse_match")
    assert one.said[-1] == "This frame of “A” is not in the sequence."


def test_a_title_has_no_source_to_match(desk: Open) -> None:
    one = desk(V1="t:0-24", A1="")
    assert not one.run("sequence.match_frame")
    assert one.said[-1] == "“t” has no file that the source viewer could show."
