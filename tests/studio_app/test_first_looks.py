"""A film that would crash the window is told of and not opened; all else is as it was."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engines.media.inspection import probe_here
from engines.media.trial import Trials
from engines.play.audio_sink import WallClockSink
from engines.render.renderer import Renderer
from studio_app.services.export_process import export_in_process
from studio_app.services.jobs import Jobs
from studio_app.services.paths import user_paths
from studio_app.session.placing import place_media
from studio_app.session.session import Session
from tests.engines.media import bad_workers
from tests.engines.media.footage import make_film
from timeline.commands.overwrite_clips import OverwriteClips
from timeline.media import Media
from timeline.time import ZERO

pytestmark = pytest.mark.media

SENTENCE = "“bad.mp4” makes the decoder crash and is not shown. Convert it with another program."


class Loop:
    """The main loop of a test: runs what workers post."""

    def __init__(self) -> None:
        self.calls: queue.Queue[Callable[[], None]] = queue.Queue()

    def run_until(self, done: Callable[[], bool]) -> None:
        while not done():
            self.calls.get(timeout=30)()


@pytest.fixture
def loop() -> Loop:
    return Loop()


@pytest.fixture
def session(loop: Loop) -> Iterator[Session]:
    """A session whose trials die in files that hold MARK."""
    trials = Trials(user_paths().trials, serve=bad_workers.crash_on_mark)
    session = Session(user_paths(), WallClockSink(), loop.calls.put, trials=trials)
    session.files.new("Film", 160, 90)
    yield session
    session.close()


@pytest.fixture
def told(session: Session) -> list[str]:
    sentences: list[str] = []
    session.told.connect(lambda message, _error: sentences.append(message))
    return sentences


def bad_film(path: Path) -> Media:
    media = probe_here(make_film(path, count=25))
    with path.open("ab") as file:
        file.write(bad_workers.MARK)
    return media


def test_a_film_that_crashes_its_decoder_is_not_brought_in_and_the_others_are(
    session: Session, loop: Loop, told: list[str], tmp_path: Path
) -> None:
    good, bad = make_film(tmp_path / "good.mp4", count=5), bad_film(tmp_path / "bad.mp4")
    job = session.import_files([Path(bad.path), good])
    assert job is not None
    loop.run_until(lambda: job.is_over)
    assert [one.name for one in session.document.library.media.values()] == ["good.mp4"]
    assert told == [SENTENCE]


def test_in_a_project_somebody_sent_it_is_a_card_and_told_once_and_its_export_is_whole(
    session: Session, loop: Loop, told: list[str], tmp_path: Path
) -> None:
    media = bad_film(tmp_path / "bad.mp4")
    session.document.add_media([media])
    placements = place_media(session.sequence, [media], ZERO)
    assert session.document.do(OverwriteClips(session.sequence_id, placements))
    renderer = Renderer()
    saved = session.document.saved
    renderer.frame(saved.project, saved.library, session.sequence_id, ZERO, (160, 90))
    assert [note.sentence for note in renderer.notes] == [SENTENCE]
    renderer.close()
    loop.run_until(lambda: bool(told))
    assert told == [SENTENCE]

    jobs = Jobs(loop.calls.put)
    target = tmp_path / "film.mp4"
    arguments = ["--preset", "match_sequence", "--sequence", session.sequence_id]
    job = jobs.submit("film", lambda job: export_in_process(saved, arguments, target, job), lambda _: None)
    loop.run_until(lambda: job.is_over)
    assert job.error is None  # a card first drawn on a thread of the export once crashed its end
    assert probe_here(target).duration == media.duration
    jobs.close()
