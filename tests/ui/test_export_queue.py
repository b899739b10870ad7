"""What a user does with several exports: order, pause, priority, retry, and closing the window meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from studio_app.services.jobs import Job, JobState
from studio_app.session.session import Session
from tests.engines.media.fake_devices import FakeDevice
from timeline.errors import StudioError
from ui.dialogs.export import ExportDialog
from ui.job_controls import JobControls
from ui.main_window import MainWindow

pytestmark = pytest.mark.qt


def film(session: Session, name: str, work: Callable[[Job], object] | None = None, kind: str = "export") -> Job:
    """An export that works until it is told to be done."""

    def until_done(job: Job) -> None:
        while job.fraction != 1.0:
            job.check()
            threading.Event().wait(0.002)

    return session.jobs.submit(name, work or until_done, kind=kind, subject=name)


def facts(dialog: ExportDialog) -> list[str]:
    queue = dialog.queue
    lines = sorted(queue.rows.values(), key=queue._lines.indexOf)
    return [f"{row.job.label}: {row.fact.text()}" for row in lines]


def choose(controls: JobControls, words: str) -> None:
    menu = controls.menu()
    next(action for action in menu.actions() if action.text() == words).trigger()


def test_the_queue_shows_order_pauses_and_priority_and_survives_its_dialog(session: Session, qtbot: QtBot) -> None:
    a, b, c = (film(session, name) for name in ("a.mp4", "b.mp4", "c.mp4"))
    qtbot.waitUntil(lambda: a.state is JobState.RUNNING)
    dialog = ExportDialog(None, session)
    qtbot.addWidget(dialog)
    assert facts(dialog) == ["a.mp4: Starting", "b.mp4: Starts next", "c.mp4: Waits for the one above"]
    choose(dialog.queue.rows[c].controls, "Move up")
    choose(dialog.queue.rows[b].controls, "Low priority")
    a.progress(0.4, "Frame 10 of 25, 31 fps")
    dialog.queue.rows[a].controls.pause.click()
    qtbot.waitUntil(lambda: c.state is JobState.RUNNING)  # a paused one lets the next in
    dialog.close()
    again = ExportDialog(None, session)
    qtbot.addWidget(again)
    assert facts(again) == [
        "a.mp4: Paused, frame 10 of 25",
        "c.mp4: Starting",
        "b.mp4: Starts next, low priority",
    ]
    again.queue.rows[a].controls.pause.click()
    for job in (a, b, c):
        job.progress(1.0)
    qtbot.waitUntil(lambda: all(job.state is JobState.DONE for job in (a, b, c)))
    again.queue.clear.click()
    qtbot.waitUntil(lambda: not again.queue.rows)


def test_a_failed_export_says_why_and_is_sent_again(session: Session, qtbot: QtBot) -> None:
    tries: list[int] = []

    def work(job: Job) -> None:
        tries.append(1)
        if len(tries) == 1:
            raise StudioError("The disk is full. Free some space.")

    job = film(session, "a.mp4", work)
    dialog = ExportDialog(None, session)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: job.state is JobState.FAILED)
    assert facts(dialog) == ["a.mp4: The disk is full. Free some space."]
    dialog.queue.rows[job].controls.again.click()
    qtbot.waitUntil(lambda: len(tries) == 2 and all(one.state is JobState.DONE for one in dialog.queue.rows))


def test_a_name_that_an_export_writes_is_not_given_twice(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    film(session, str(tmp_path / "Night.mp4"))
    dialog = ExportDialog(None, session)
    qtbot.addWidget(dialog)
    dialog.folder.setText(str(tmp_path))
    dialog.name.setText("Day")
    assert "Another export" not in dialog.size_label.text()
    dialog.name.setText("Night")
    assert "Another export writes this file; this one will be “Night 2.mp4”." in dialog.size_label.text()
    assert session.export("match_sequence", dialog.target).subject == str(tmp_path / "Night 2.mp4")
    assert session.export("match_sequence", dialog.target).subject == str(tmp_path / "Night 3.mp4")


def test_nothing_in_the_export_dialog_is_cut_off(session: Session, qtbot: QtBot) -> None:
    dialog = ExportDialog(None, session)
    qtbot.addWidget(dialog)
    dialog.draft.show()
    dialog.show()
    for widget in (dialog.draft, dialog.whole, dialog.marked, dialog.smart):
        assert widget.width() >= widget.sizeHint().width(), widget


@pytest.mark.parametrize(
    ("answer", "kind"), [("", "export"), ("stop", "generate"), ("wait", "export"), ("wait", "generate")]
)
def test_closing_the_window_asks_about_work_that_is_not_done(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, answer: str, kind: str, tmp_path: Path
) -> None:
    session = window.session
    session.document.mark_saved(None)
    job = film(session, str(tmp_path / "film.mp4"), kind=kind)
    qtbot.waitUntil(lambda: job.state is JobState.RUNNING)
    session.jobs.hold(job)
    asked: list[tuple[int, int]] = []

    def ask(exports: int, takes: int, _kept: int = 0) -> str:
        asked.append((exports, takes))
        return answer

    monkeypatch.setattr(window._ending, "ask", ask)
    assert window.close() is (answer == "stop")
    assert asked == [(1, 0) if kind == "export" else (0, 1)]
    if answer == "wait":
        job.progress(1.0)  # it was on hold, and goes on so that it can end
        qtbot.waitUntil(lambda: not window.isVisible())
    else:
        assert window.isVisible() is (answer == "")
        job.cancel()


def test_an_export_that_is_being_stopped_is_no_question(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.session.document.mark_saved(None)
    goes_on = threading.Event()

    def hangs(job: Job) -> None:
        goes_on.wait(10)
        job.check()

    job = film(window.session, "film.mp4", hangs)
    qtbot.waitUntil(lambda: job.state is JobState.RUNNING)
    job.cancel()
    asked: list[tuple[int, int]] = []

    def ask(exports: int, takes: int, _kept: int = 0) -> str:
        asked.append((exports, takes))
        return ""

    monkeypatch.setattr(window._ending, "ask", ask)
    threading.Timer(0.1, goes_on.set).start()
    assert window.close()
    assert asked == []


def test_only_encoders_that_passed_their_trial_are_offered(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sent: list[dict[str, object]] = []
    monkeypatch.setattr(session, "export", lambda *args, **more: sent.append(more))

    def export(choice: int) -> bool:
        dialog = ExportDialog(None, session)
        qtbot.addWidget(dialog)
        dialog.folder.setText(str(tmp_path))
        dialog.show()
        dialog.encoder.setCurrentIndex(choice)
        dialog.go.click()
        return dialog.encoder.count() > 1

    assert not export(0)
    monkeypatch.setattr(session.hardware, "encoders", lambda: (FakeDevice(id="cuda", name="NVIDIA"),))
    assert export(0)
    assert export(1)
    assert [one.get("encoder", "") for one in sent] == ["", "", "cuda"]


def test_an_export_one_cancels_is_no_error(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    told, noted = [], []
    session.told.connect(lambda message, _: told.append(message))
    session.noted.connect(noted.append)
    job = session.export("match_sequence", tmp_path / "film.mp4")
    job.cancel()
    qtbot.waitUntil(lambda: job.is_over)
    assert job.state is JobState.CANCELLED
    assert (told, noted) == ([], ["film.mp4 was cancelled. Nothing half made is left."])


def test_what_is_being_stopped_offers_no_pause(session: Session, qtbot: QtBot) -> None:
    waits = threading.Event()
    job = film(session, "film.mp4", lambda _: waits.wait(10))
    qtbot.waitUntil(lambda: job.state is JobState.RUNNING)
    job.cancel()
    controls = JobControls(job, session)
    qtbot.addWidget(controls)
    controls.refresh()
    assert not controls.pause.isVisibleTo(controls)
    waits.set()
