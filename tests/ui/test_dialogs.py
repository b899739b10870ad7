from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from studio_app.session.film_notes import film_notes
from studio_app.session.session import Session
from timeline.items import Clip, SequenceSource
from timeline.sequence import Sequence
from timeline.time import RationalTime, TimeRange
from timeline.track import Track, TrackKind
from ui.dialogs.ask import already_open_dialog, ask_line, unsaved_dialog, work_dialog
from ui.dialogs.base import Dialog
from ui.dialogs.export import ExportDialog
from ui.dialogs.export_parts import in_words
from ui.dialogs.new_project import NewProjectDialog
from ui.main_window import MainWindow

pytestmark = pytest.mark.qt


@pytest.fixture
def dialog(session: Session, qtbot: QtBot, tmp_path: Path) -> ExportDialog:
    dialog = ExportDialog(None, session)
    qtbot.addWidget(dialog)
    dialog.folder.setText(str(tmp_path))
    dialog.show()
    return dialog


def choose(dialog: ExportDialog, suffix: str) -> None:
    for row in range(dialog.model.rowCount()):
        dialog.list_.setCurrentIndex(dialog.model.index(row))
        if dialog.choice.suffix == suffix:
            return
    raise AssertionError(suffix)


def test_the_file_takes_the_suffix_of_the_format(dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.name.setText("A/B: film")
    assert dialog.target == tmp_path / "A_B_ film.mp4"
    choose(dialog, ".edl")
    assert dialog.target.name == "A_B_ film.edl"


def test_a_review_film_has_timecode_burnt_in_and_copies_nothing(
    dialog: ExportDialog, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[dict[str, object]] = []
    monkeypatch.setattr(session, "export", lambda *_, **wishes: sent.append(wishes))
    dialog.burn_in.click()
    assert not dialog.smart.isEnabled()
    dialog.add.click()
    choose(dialog, ".wav")
    assert not dialog.burn_in.isVisible()
    dialog.add.click()
    assert sent == [{"burn_in": True}, {}]


def test_a_film_goes_to_the_queue_with_its_range(
    dialog: ExportDialog, session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sent: list[tuple[str, Path, TimeRange | None]] = []
    monkeypatch.setattr(session, "export", lambda *args: sent.append(args))
    dialog.name.setText("film")
    dialog.add.click()
    assert sent == [("match_sequence", tmp_path / "film.mp4", None)]
    assert dialog.isVisible()
    session.transport.set_marks(RationalTime(1), RationalTime(2))
    dialog.marked.setEnabled(True)
    dialog.marked.setChecked(True)
    dialog.go.click()
    assert sent[1][2] == TimeRange(RationalTime(1), RationalTime(1))
    assert not dialog.isVisible()


def test_smart_render_is_explained_and_can_be_switched_off(
    dialog: ExportDialog, session: Session, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    sent: list[dict[str, bool]] = []
    monkeypatch.setattr(session, "export", lambda *_, **options: sent.append(options))
    qtbot.waitUntil(lambda: dialog.smart.estimate.text().startswith("Everything is rendered"))
    dialog.smart._tell("83 % copied, 51 of 300 frames rendered.", {"effects": 40, "frames at cuts": 11})
    assert dialog.smart.estimate.text().endswith("Rendered: effects; frames at cuts.")
    dialog.name.setText("film")
    dialog.smart.tick.setChecked(False)
    assert not dialog.smart.estimate.isVisible()
    dialog.add.click()
    assert sent == [{"smart": False}]
    choose(dialog, ".edl")
    assert not dialog.smart.isVisible()


def test_a_timeline_is_written_at_once(dialog: ExportDialog, tmp_path: Path) -> None:
    choose(dialog, ".otio")
    assert not dialog.range_row.isVisible()
    dialog.name.setText("cut")
    dialog.go.click()
    assert (tmp_path / "cut.otio").read_text().startswith("{")


def test_the_report_names_what_is_left_out(dialog: ExportDialog) -> None:
    choose(dialog, ".edl")
    assert dialog.report_title.text() == "What this format cannot carry"
    assert dialog.notes.count() > 1  # the title track cannot stand in an edit list


def test_a_folder_that_is_not_there_cannot_be_exported_to(dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.folder.setText(str(tmp_path / "nowhere"))
    assert not dialog.go.isEnabled()
    assert "does not exist" in dialog.size_label.text()


def test_a_file_that_would_be_replaced_is_named_before(dialog: ExportDialog, tmp_path: Path) -> None:
    (tmp_path / "film.mp4").touch()
    dialog.name.setText("film")
    assert "will be replaced" in dialog.size_label.text()


def test_a_new_project_takes_size_and_drop_frame(session: Session, qtbot: QtBot) -> None:
    dialog = NewProjectDialog(None, session)
    qtbot.addWidget(dialog)
    dialog.name.setText("Evening")
    dialog.size_box.setCurrentIndex(dialog.size_box.findText("Vertical, 9:16, 1080 × 1920"))
    dialog.rate_box.setCurrentIndex(dialog.rate_box.findText("29.97 fps, drop frame"))
    dialog.end("create")
    sequence = session.sequence
    assert (sequence.width, sequence.height, sequence.rate) == (1080, 1920, Fraction(30000, 1001))
    assert sequence.drop_frame
    assert session.document.project.name == "Evening"


def test_closing_the_new_project_dialog_starts_nothing(session: Session, qtbot: QtBot) -> None:
    dialog = NewProjectDialog(None, session)
    qtbot.addWidget(dialog)
    dialog.end("")
    assert session.document.project.name == "Small"


def test_closing_over_takes_that_go_on_says_that_nothing_is_lost_and_offers_it_first() -> None:
    def words(dialog: QDialog) -> tuple[str, list[str]]:
        text = " ".join(one.text() for one in dialog.findChildren(QLabel))
        return text, [one.text() for one in dialog.findChildren(QPushButton)]

    text, buttons = words(work_dialog(None, 0, 2, 2))
    assert "Nothing is lost" in text
    assert "stop" not in text
    assert buttons == ["Cancel", "Close when done", "Close"]
    text, buttons = words(work_dialog(None, 1, 2, 1))
    assert "They stop when Starcut closes" in text
    assert "Takes of shots go on" in text
    assert buttons == ["Cancel", "Stop and close", "Close when done"]


def test_questions_name_their_object(qtbot: QtBot) -> None:
    unsaved, taken = unsaved_dialog(None, "Evening"), already_open_dialog(None, "x is open elsewhere.")
    for dialog in (unsaved, taken):
        qtbot.addWidget(dialog)
    assert "Evening" in unsaved.windowTitle()
    taken.end("copy")
    assert taken.answer == "copy"


def test_a_closed_dialog_is_gone_and_no_longer_listens(window: MainWindow) -> None:
    for open_ in (window.open_export, window.open_new_project):
        before = len(window.findChildren(QDialog))
        open_()
        (dialog,) = [one for one in window.findChildren(QDialog) if one.isVisible()]
        dialog.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert len(window.findChildren(QDialog)) == before


def test_a_report_calls_effects_by_the_names_they_have_here() -> None:
    assert in_words('The effect "color_correct" is not carried.') == 'The effect "Colour correction" is not carried.'
    assert in_words('The effect "from_elsewhere" is not carried.') == 'The effect "from_elsewhere" is not carried.'


def test_a_film_says_before_which_shots_have_no_take_and_what_is_missing(session: Session, qtbot: QtBot) -> None:
    board = session.document.project.storyboards[0]
    session.transport.set_sequence(session.generation.place(board))
    dialog = ExportDialog(None, session)
    qtbot.addWidget(dialog)
    sentences = [note.sentence for note in dialog._notes_of_choice()]
    assert len(sentences) == 3
    assert sentences[0] == "“A calm sea, number 1” has no take yet. The film shows its slate."
    assert [one.text() for one in dialog.findChildren(QLabel) if "left out" in one.text()] == ["3 left out"]
    choose(dialog, ".wav")
    assert dialog._notes_of_choice() == ()


def test_a_nest_with_missing_footage_is_named_by_the_nest(session: Session) -> None:
    document = session.document
    clip = Clip(SequenceSource(session.sequence.id), TimeRange(RationalTime(0), RationalTime(10)))
    outer = Sequence(name="Outer", tracks=(Track(TrackKind.VIDEO, (clip,)),))
    project = replace(document.project, sequences=(*document.project.sequences, outer))
    notes = film_notes(project, document.library, outer, frozenset({"m1"}))
    assert [(one.level, one.sentence, one.time, one.track) for one in notes] == [
        ("lost", "“Still 1” is missing. The film shows a card in its place.", None, session.sequence.name),
        ("lost", "“Still 1” is missing. It is silent.", None, session.sequence.name),
    ]
    assert film_notes(project, document.library, outer, frozenset()) == ()


@pytest.mark.parametrize("action", ["file.export", "help.shortcuts", "edit.preferences", "file.new"])
def test_a_dialog_asked_for_twice_is_shown_once_and_fits_its_screen(window: MainWindow, action: str) -> None:
    window.run(action)
    window.run(action)
    (dialog,) = [one for one in window.findChildren(QDialog) if one.isVisible()]
    room = dialog.screen().availableGeometry().size()
    assert dialog.height() < room.height()
    assert dialog.width() < room.width()
    dialog.close()


@pytest.mark.parametrize(("verb", "said"), [("Set length", "Set length"), ("", "Keep")])
def test_the_button_under_a_line_of_text_says_what_is_done_with_it(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, verb: str, said: str
) -> None:
    seen: list[str] = []

    def answer(dialog: Dialog) -> str:
        qtbot.addWidget(dialog)
        seen.extend(one.text() for one in dialog.findChildren(QPushButton) if one.isDefault())
        return "ok"

    monkeypatch.setattr(Dialog, "ask", answer)
    assert ask_line(None, "Length of the film", "Seconds", " 30 ", verb) == "30"
    assert seen == [said]
