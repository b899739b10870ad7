"""The application without a face: the way from a new project to a filled, saved, reopened and exported cut."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from engines.analyse.quality import Quality, Reason
from engines.media.writer import write_wav
from engines.play.audio_sink import WallClockSink
from studio_app.actions.registry import Actions
from studio_app.planning.assemble import total_length
from studio_app.services.paths import user_paths
from studio_app.session.placing import Placements, place_media, title_clip
from studio_app.session.scoring import MusicBrief, compose_music
from studio_app.session.session import Session
from studio_app.session.still_frame import export_frame
from tests.engines.media.liars import flac_cut_off
from timeline.command import Batch
from timeline.commands.add_sequence import AddSequence
from timeline.commands.add_shot import AddShot
from timeline.commands.overwrite_clips import OverwriteClips
from timeline.commands.set_storyboard import SetStoryboard
from timeline.items import Clip, MediaSource, Placeholder
from timeline.media import Media, MediaKind
from timeline.query import range_of
from timeline.sequence import Sequence
from timeline.storyboard import Shot
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.track import TrackKind

pytestmark = pytest.mark.media


class Loop:
    """The main loop of a test: runs what workers post."""

    def __init__(self) -> None:
        self.calls: queue.Queue[Callable[[], None]] = queue.Queue()

    def post(self, call: Callable[[], None]) -> None:
        self.calls.put(call)

    def run_until(self, done: Callable[[], bool], seconds: float = 60) -> None:
        while not done():
            self.calls.get(timeout=seconds)()


@pytest.fixture
def loop() -> Loop:
    return Loop()


@pytest.fixture
def session(loop: Loop) -> Iterator[Session]:
    session = Session(user_paths(), WallClockSink(), loop.post)
    yield session
    session.close()


@pytest.fixture
def told(session: Session) -> list[str]:
    sentences: list[str] = []
    session.told.connect(lambda message, _error: sentences.append(message))
    return sentences


def slate_board(session: Session, *names: str) -> None:
    board = session.document.project.storyboards[0]
    shots = tuple(Shot(name, duration=RationalTime(1), engine="slate") for name in names)
    changes = {"width": 160, "height": 90, "narrative_structure": "three_act", "title_card": False}
    adding = (AddShot(board.id, shot) for shot in shots)
    assert session.document.do(Batch((SetStoryboard(board.id, changes), *adding)))


def picture_clips(session: Session) -> list[Clip]:
    tracks = session.sequence.picture_tracks()
    return [item for track in tracks for item in track.items if isinstance(item, Clip)]


def test_generating_places_exact_placeholders_and_fills_each(session: Session, loop: Loop) -> None:
    session.files.new("Film", 160, 90)
    slate_board(session, "One", "Two")
    actions = Actions(session)
    assert actions.run("shot.generate_all")
    before = [(clip.id, clip.duration) for clip in picture_clips(session)]
    assert all(isinstance(clip.source, Placeholder) for clip in picture_clips(session))
    assert session.document.project.sequences == (session.sequence,)  # the empty one it began with is gone
    loop.run_until(lambda: all(job.is_over for job in session.jobs.all))
    assert [(clip.id, clip.duration) for clip in picture_clips(session)] == before
    for clip in picture_clips(session):
        assert isinstance(clip.source, MediaSource)
        media = session.document.library.media[clip.source.media_id]
        assert media.duration == RationalTime(1)
        assert clip.source_range.end <= media.duration
    takes = list(session.document.library.takes.values())
    assert len(takes) == 2
    assert takes[0].lineage.engine == "slate"
    assert takes[0].lineage.request["prompt"].startswith("One")
    assert session.document.undo_label == "Stand shots on the timeline", "a take that lands is no step"
    session.document.undo()
    assert len(session.document.library.takes) == 2  # a take that arrived stays
    session.document.redo()
    assert all(isinstance(clip.source, MediaSource) for clip in picture_clips(session)), "where it landed"


def test_a_take_is_drawn_by_who_was_chosen_and_its_painted_scene_is_kept(session: Session, loop: Loop) -> None:
    session.files.new("Film", 640, 360)
    board = session.document.project.storyboards[0]
    shot = Shot("Dunes by day", duration=RationalTime(1, 12), engine="procedural")
    changes = {"width": 640, "height": 360, "title_card": False}
    assert session.document.do(Batch((SetStoryboard(board.id, changes), AddShot(board.id, shot))))
    session.choose("backend", "processor")
    session.generation.generate([shot.id])
    loop.run_until(lambda: all(job.is_over for job in session.jobs.all))
    take = next(iter(session.document.library.takes.values()))
    assert take.lineage.request["backend"] == "processor"
    assert take.lineage.extra["facts"]["drawn_by"] == "processor"
    assert len(list(user_paths().plates.iterdir())) == 1
    loop.run_until(lambda: session.budget.usage().by_kind["plates"] > 0)


def test_a_take_that_is_not_as_asked_says_why_and_lands_all_the_same(
    session: Session, loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    doubt = Quality((Reason("static", "The picture stands still."),))
    monkeypatch.setattr(session.generation, "_check", lambda *_: doubt)
    session.files.new("Film", 160, 90)
    slate_board(session, "One")
    Actions(session).run("shot.generate_all")
    loop.run_until(lambda: all(job.is_over for job in session.jobs.all))
    job = next(one for one in session.jobs.all if one.kind == "generate")
    assert job.doubt == "The picture stands still."
    (take,) = session.document.library.takes.values()
    assert take.lineage.extra["facts"]["quality"]["reasons"] == ["static"]
    first = take.lineage.seed
    assert session.generation.can_try_another_seed(take.shot_id or "")
    session.generation.generate([take.shot_id or ""])
    loop.run_until(lambda: all(job.is_over for job in session.jobs.all))
    assert [one.lineage.seed for one in session.document.library.takes.values()][1] != first


def test_a_clip_deleted_while_its_shot_is_made_leaves_the_take_in_the_pool(session: Session, loop: Loop) -> None:
    session.files.new("Film", 160, 90)
    slate_board(session, "One")
    actions = Actions(session)
    actions.run("shot.generate_all")
    session.selection.items.set([picture_clips(session)[0].id])
    actions.run("edit.delete")
    loop.run_until(lambda: all(job.is_over for job in session.jobs.all))
    assert picture_clips(session) == []
    assert len(session.document.library.takes) == 1


def test_saved_work_opens_again_the_same(session: Session, loop: Loop, tmp_path: Path) -> None:
    session.files.new("Film", 160, 90, Fraction(30000, 1001), drop_frame=True)
    slate_board(session, "One")
    Actions(session).run("shot.generate_all")
    loop.run_until(lambda: all(job.is_over for job in session.jobs.all))
    path = session.files.save(tmp_path / "film")
    assert path.name == "film.starcut"
    assert session.document.is_saved
    saved = session.document.saved
    session.files.close()
    session.document.close()
    session.files.open(path)
    assert session.document.saved == saved
    assert session.settings.values.recent[0].path == str(path)


def test_an_import_that_ends_after_its_project_was_closed_adds_nothing_to_the_next(
    session: Session, loop: Loop, tmp_path: Path
) -> None:
    sound = tmp_path / "tone.wav"
    write_wav(sound, np.zeros((4800, 2), np.float32))
    session.files.new("One")
    job = session.import_files([sound])
    assert job is not None
    while job.result is None:  # the work is done, its result waits for the main thread
        time.sleep(0.01)
    session.files.new("Two")
    loop.run_until(lambda: job.is_over)
    assert session.document.library.media == {}


def test_what_was_made_for_a_project_that_was_closed_meanwhile_does_not_come_into_the_next(
    session: Session, loop: Loop, told: list[str]
) -> None:
    session.files.new("One", 160, 90)
    assert session.document.do(OverwriteClips(session.sequence_id, placed_title(session)))
    session.transport.set_marks(ZERO, RationalTime(1))
    jobs = export_frame(session), compose_music(session, MusicBrief())
    while any(job.result is None for job in jobs):  # the work is done, its results wait for the main thread
        time.sleep(0.01)
    session.files.new("Two")
    loop.run_until(lambda: all(job.is_over for job in session.jobs.all))
    assert session.document.library.media == {}
    assert told == []


def test_a_take_never_gets_the_name_of_a_file_that_is_there(session: Session, loop: Loop, tmp_path: Path) -> None:
    session.files.new("Film", 160, 90)
    session.files.save(tmp_path / "film.starcut")
    slate_board(session, "One")
    shot = session.document.project.storyboards[0].shots[0]
    of_a_copy = session.files.take_folder / f"one_{shot.id}_take1.mp4"
    of_a_copy.parent.mkdir()
    of_a_copy.write_bytes(b"a take of a copy of this project")
    Actions(session).run("shot.generate_all")
    loop.run_until(lambda: all(job.is_over for job in session.jobs.all))
    (media,) = session.document.library.media.values()
    assert Path(media.path).name == f"one_{shot.id}_take2.mp4"
    assert of_a_copy.read_bytes() == b"a take of a copy of this project"


def test_undoing_the_active_sequence_goes_on_in_the_first_one(session: Session) -> None:
    session.files.new("Film")
    first = session.sequence_id
    other = Sequence(rate=Fraction(25))
    seen: list[str] = []
    session.transport.sequence_changed.connect(lambda: seen.append(session.sequence_id))
    session.document.do(AddSequence(other))
    session.transport.set_sequence(other.id)
    session.transport.set_time(RationalTime(7, 25))
    session.document.undo()
    assert seen == [other.id, first]
    assert session.transport.time.is_on_frame(session.sequence.rate)


def test_news_of_the_end_that_come_late_do_not_stop_what_plays_now(session: Session) -> None:
    session.files.new("Film")
    session.document.do(OverwriteClips(session.sequence_id, placed_title(session)))
    session.transport.play()
    session.transport.stopped()  # posted by a run that is over, after the user had started another
    assert session.transport.playing
    session.transport.pause()
    assert session.transport.time == session.player.time


def placed_title(session: Session) -> Placements:
    track = session.sequence.picture_tracks()[0]
    return ((track.id, ZERO, title_clip("Title")),)


def test_import_adds_what_can_be_read_and_names_what_cannot(
    session: Session, loop: Loop, told: list[str], tmp_path: Path
) -> None:
    session.files.new("Film", 160, 90)
    slate_board(session, "One")
    Actions(session).run("shot.generate_all")
    loop.run_until(lambda: all(job.is_over for job in session.jobs.all))
    good = Path(next(iter(session.document.library.media.values())).path)
    copy = tmp_path / "clip.mp4"
    copy.write_bytes(good.read_bytes() + bytes(8))  # of another content
    bad = tmp_path / "notes.mp4"
    bad.write_text("these are words")
    odd = flac_cut_off(tmp_path)
    job = session.import_files([copy, bad, odd, copy])
    assert job is not None
    loop.run_until(lambda: job.is_over)
    assert any("“cut.flac” says that it lasts 3.0 s" in sentence for sentence in told)
    assert len([one for one in session.document.library.media.values() if one.path == str(copy)]) == 1
    assert any("notes.mp4" in sentence for sentence in told)


def test_numbered_pictures_become_one_clip(session: Session, loop: Loop, tmp_path: Path) -> None:
    import cv2
    import numpy as np

    for number in range(1, 9):
        cv2.imwrite(str(tmp_path / f"shot_{number:04d}.png"), np.full((90, 160, 3), number * 20, np.uint8))
    session.files.new("Film", 160, 90, Fraction(25))

    class Chooses:
        def ask_open_files(self, _title: str, _kinds: str) -> list[Path]:
            return [tmp_path / "shot_0003.png"]

    session.face = Chooses()  # type: ignore[assignment]
    assert Actions(session).run("file.import_sequence")
    loop.run_until(lambda: all(job.is_over for job in session.jobs.all))
    (media,) = session.document.library.media.values()
    assert media.duration == RationalTime(8, 25)
    assert media.rate == Fraction(25)


def test_a_text_is_planned_into_the_empty_storyboard_in_one_step(session: Session, tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("A lake at dawn. A boat. It lands.", "utf-8")
    session.files.new("Film", 160, 90, Fraction(25))

    class Chooses:
        def ask_open_files(self, _title: str, _kinds: str) -> list[Path]:
            return [tmp_path / "words.txt"]

    session.face = Chooses()  # type: ignore[assignment]
    assert Actions(session).run("file.plan_from_text")
    (board,) = session.document.project.storyboards
    assert [shot.description for shot in board.shots] == ["A lake at dawn.", "A boat.", "It lands."]
    assert (total_length(board), board.width, board.rate) == (RationalTime(15), 160, 25)
    session.document.undo()
    assert not session.document.project.storyboards[0].shots


def test_media_are_placed_one_after_another_with_linked_sound(session: Session) -> None:
    from timeline.media import Media, MediaKind

    session.files.new("Film")
    facts = Media(
        "/a.mp4", MediaKind.VIDEO, duration=RationalTime(2), rate=Fraction(24), has_video=True, has_audio=True
    )
    media = [facts, replace(facts, path="/b.mp4", id="b", has_audio=False)]
    session.document.add_media(media)
    assert session.document.do(OverwriteClips(session.sequence_id, place_media(session.sequence, media, ZERO)))
    first, second = picture_clips(session)
    assert first.link is not None
    assert second.link is None
    where = range_of(session.sequence, second.id)
    assert where is not None
    assert where.start == RationalTime(2)
    sound = session.sequence.audio_tracks()[0].items[0]
    assert isinstance(sound, Clip)
    assert sound.link == first.link


def test_a_second_title_at_one_place_goes_above_the_first(session: Session) -> None:
    session.files.new("Titles", 640, 360, Fraction(25))
    actions = Actions(session)
    for seconds in (0, 1, 10):
        session.transport.set_time(RationalTime(seconds))
        assert actions.run("clip.new_title")
    texts = [track for track in session.sequence.tracks if track.kind is TrackKind.TEXT]
    assert [[where.start for _, where in track.clips()] for track in texts] == [
        [RationalTime(0), RationalTime(10)],
        [RationalTime(1)],
    ]


def test_the_start_page_shows_the_first_picture_of_the_film(session: Session, tmp_path: Path) -> None:
    session.files.new("Film", 640, 360, Fraction(25))
    unused, used = (
        Media(f"/pictures/{name}.png", MediaKind.IMAGE, name, width=640, height=360, has_video=True, id=name)
        for name in ("unused", "used")
    )
    session.document.add_media([unused, used])
    track = session.sequence.picture_tracks()[0]
    second = TimeRange(RationalTime(0), RationalTime(1))
    placed = ((track.id, RationalTime(0), Clip(MediaSource("used"), second)),)
    session.document.do(OverwriteClips(session.sequence_id, placed))
    session.files.save(tmp_path / "film.starcut")
    assert session.settings.values.recent[0].picture == "/pictures/used.png"


def test_transport_shuttles_along_the_ladder(session: Session) -> None:
    session.files.new("Film")
    session.transport.shuttle(1)
    assert not session.transport.playing  # an empty sequence does not play
    slate_board(session, "One", "Two")
    Actions(session).run("shot.place")
    rates = []
    for direction in (1, 1, 1, 1, -1, -1, -1, -1):
        session.transport.shuttle(direction)
        rates.append(int(session.transport.rate))
    assert rates == [1, 2, 4, 8, 4, 2, 1, -1]
    session.transport.pause()
    assert session.transport.rate == 0


def test_marks_make_a_half_open_range(session: Session) -> None:
    session.files.new("Film")
    slate_board(session, "One", "Two")
    Actions(session).run("shot.place")
    frame = session.sequence.frame
    session.transport.set_time(frame * 5)
    session.transport.mark("in")
    session.transport.set_time(frame * 9)
    session.transport.mark("out")
    marked = session.transport.marked_range
    assert marked is not None
    assert (marked.start, marked.duration) == (frame * 5, frame * 5)  # the frame under the playhead is inside


@pytest.mark.slow
def test_an_export_runs_in_a_process_of_its_own_and_can_be_cancelled(
    session: Session, loop: Loop, told: list[str], tmp_path: Path
) -> None:
    session.files.new("Film", 160, 90)
    slate_board(session, "One", "Two")
    Actions(session).run("shot.generate_all")
    loop.run_until(lambda: all(job.is_over for job in session.jobs.all))
    target = tmp_path / "film.mp4"
    job = session.export("match_sequence", target)
    loop.run_until(lambda: job.is_over, 120)
    assert job.error is None
    assert target.stat().st_size > 0
    assert any("film.mp4 is ready" in sentence for sentence in told)
    before = target.read_bytes()
    again = session.export("match_sequence", target)
    again.cancel()
    loop.run_until(lambda: again.is_over, 120)
    assert again.state.value == "cancelled"
    assert target.read_bytes() == before
    assert not list(tmp_path.glob("*.part"))
