"""The source viewer's file: its playhead, its marks in the pool, and that nothing runs when nothing is shown."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from engines.play.audio_sink import WallClockSink
from studio_app.services.paths import user_paths
from studio_app.session.session import Session
from tests.timeline.notation import Cut, f
from timeline.commands.add_subclip import AddSubclip
from timeline.pool import Subclip
from timeline.project import Saved
from timeline.time import TimeRange
from timeline.timecode import parse_timecode


def player_threads() -> int:
    return sum(one.name.startswith("player") for one in threading.enumerate())


@pytest.fixture
def session() -> Iterator[Session]:
    session = Session(user_paths(), WallClockSink())
    cut = Cut(V1="A:0-48", A1="")
    cut.add_media("tc", 50, start_timecode=parse_timecode("18:45:23:00", cut.sequence.rate))
    session.document.replace(Saved(cut.history.project, cut.library), None)
    yield session
    session.close()
    assert player_threads() == 0


def test_threads_run_only_while_a_file_is_shown(session: Session) -> None:
    before = player_threads()
    assert session.source.transport.end == f(0)
    session.source.show("A")
    assert player_threads() == before + 3
    session.source.show("B")
    assert player_threads() == before + 3
    session.source.close()
    assert player_threads() == before
    session.source.show("B")
    assert session.source.name == "B"


def test_marks_are_kept_in_the_pool_each_as_one_step_of_undo(session: Session) -> None:
    source = session.source
    source.show("A")
    source.transport.set_time(f(10))
    source.transport.mark("in")
    source.transport.set_time(f(29))
    source.transport.mark("out")
    assert (session.document.project.pool.entry("A").mark_in, session.document.project.pool.entry("A").mark_out) == (
        f(10),
        f(30),
    )
    assert source.marked_range == TimeRange.between(f(10), f(30))
    session.document.undo()
    assert (source.transport.mark_in, source.transport.mark_out) == (f(10), None)
    session.document.undo()
    assert source.marked_range is None
    session.document.redo()
    source.show("B")
    source.show("A")
    assert source.transport.mark_in == f(10)


def test_a_file_comes_back_where_it_was_left(session: Session) -> None:
    session.source.show("A")
    session.source.transport.set_time(f(33))
    session.source.show("B")
    assert session.source.time == f(0)
    session.source.show("A")
    assert session.source.time == f(33)


def test_a_subclip_counts_from_its_start_and_has_marks_of_its_own(session: Session) -> None:
    subclip = Subclip("A", TimeRange.between(f(20), f(60)), "Part")
    session.document.do(AddSubclip(subclip))
    source = session.source
    source.show("A", subclip.id)
    assert (source.name, source.offset, source.transport.end) == ("Part", f(20), f(40))
    source.go_to(f(25))
    source.transport.mark("in")
    assert source.marked_range == TimeRange.between(f(25), f(60))
    assert session.document.project.pool.entry("A").mark_in is None
    session.document.undo()
    assert source.media_id is None


def test_the_timecode_is_the_files_own(session: Session) -> None:
    session.source.show("tc")
    assert session.source.transport.sequence.start_timecode == parse_timecode("18:45:23:00", session.sequence.rate)


def test_another_project_empties_the_source_viewer(session: Session) -> None:
    session.source.show("A")
    told: list[str] = []
    session.monitor_changed.connect(lambda: told.append(session.monitor))
    session.monitor = "source"
    assert session.active is session.source.transport
    session.document.replace(replace(session.document.saved), None)
    assert session.source.media_id is None
    assert session.active is session.transport
    assert told == ["source", "program"]


def test_one_viewer_plays_at_a_time(session: Session) -> None:
    session.source.show("A")
    session.transport.play()
    session.source.transport.play()
    assert not session.transport.playing
    session.transport.play()
    assert not session.source.transport.playing
    session.transport.pause()


def test_edits_of_a_source_are_its_ends_and_marks(session: Session) -> None:
    source = session.source
    source.show("A")
    source.transport.set_marks(f(10), f(30))
    places = []
    for _ in range(4):
        source.transport.go_to_edit(1)
        places.append(source.time.frames(session.sequence.rate))
    assert places == [10, 29, 99, 99]
    source.transport.go_to_edit(-1)
    assert source.time == f(29)
