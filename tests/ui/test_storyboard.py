"""The storyboard's list, held cards, prices, several shots in the inspector, and what is printed of it."""

from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path
from unittest import mock

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from studio_app.actions.registry import Actions
from studio_app.session.bills import Bill
from studio_app.session.dry_run import all_anew
from studio_app.session.session import Session
from studio_app.session.shot_state import ShotState
from timeline.commands.edit_shot import EditShot
from timeline.storyboard import Shot
from timeline.time import RationalTime
from ui.dialogs.director import DirectorDialog
from ui.dialogs.dry_run import ANEW, DryRunDialog
from ui.dialogs.enrich import EnrichDialog
from ui.inspect_shots import ShotsPage
from ui.main_window import MainWindow
from ui.panels.storyboard import StoryboardPanel
from ui.shot_held import answers, buttons
from ui.shot_items import parts_of
from ui.shot_rows import NAMES
from ui.storyboard_head import made_by, price_of
from ui.storyboard_print import print_board, print_sheet

pytestmark = pytest.mark.qt


@pytest.fixture
def board(session: Session, qtbot: QtBot) -> StoryboardPanel:
    panel = StoryboardPanel(session)
    qtbot.addWidget(panel)
    panel.resize(1180, 600)
    panel.show()
    QApplication.processEvents()
    return panel


def shots(session: Session) -> tuple[Shot, ...]:
    return session.document.project.storyboards[0].shots


def test_each_field_of_the_list_is_written_in_its_place(board: StoryboardPanel) -> None:
    board.switch.chosen.emit("list")
    written = {"name": "Dawn", "duration": "2.4 s", "tags": "sea, dusk, sea", "dialogue": "Go.", "engine": "auto"}
    for name, value in written.items():
        index = board.list_rows.index(1, NAMES.index(name))
        assert board.list_rows.setData(index, value)
    shot = shots(board.session)[1]
    assert (shot.name, shot.duration, shot.tags) == ("Dawn", RationalTime(60, 25), ("sea", "dusk"))
    assert (shot.extra["dialogue"], shot.engine) == ("Go.", "auto")
    assert not board.list_rows.setData(board.list_rows.index(1, NAMES.index("duration")), "soon")
    assert board.list.isVisible()
    assert board.session.settings.values.storyboard_look == "list"


def test_cards_and_list_show_the_same_choice_and_order(board: StoryboardPanel) -> None:
    board.session.selection.shots.set(["s3"])
    board.switch.chosen.emit("list")
    assert board.list.currentIndex().row() == 2
    board.list.moved.emit(["s3"], 0)
    assert [shot.id for shot in shots(board.session)] == ["s3", "s1", "s2"]
    assert board.list_rows.rowCount() == 3


@pytest.mark.parametrize(
    ("state", "asked"),
    [
        ("over_budget", ["cap s1", "local s1"]),
        ("unknown", ["look s1", "retry s1"]),
        ("failed", ["retry s1", "local s1"]),
    ],
)
def test_a_held_card_offers_two_ways_on(
    board: StoryboardPanel, monkeypatch: pytest.MonkeyPatch, state: str, asked: list[str]
) -> None:
    found = board.session.document.project.storyboards[0]
    board.session.document.do(EditShot(found.id, "s1", {"engine": "runway"}))
    held = ShotState(state, message="It cannot go on. There is a reason for it.")
    monkeypatch.setattr(board.session.generation, "state_of", lambda one: held if one == "s1" else ShotState())
    board.view.answered.disconnect()
    board.view.retry_asked.disconnect()
    said: list[str] = []
    board.view.answered.connect(lambda one, what: said.append(f"{what} {one}"))
    board.view.retry_asked.connect(lambda one: said.append(f"retry {one}"))
    assert not board.grab().isNull()
    parts = parts_of(board.view.visualRect(board.model.index(0)).toRectF())
    for _, place in buttons(parts.button, parts.picture, answers(state, is_local=False)):
        QTest.mouseClick(board.view.viewport(), Qt.MouseButton.LeftButton, pos=place.center().toPoint())
    assert said == asked
    menu = board.menu_at(board.view.visualRect(board.model.index(0)).center())
    assert [one.text() for one in menu.actions()[:2]] == [one.text for one in answers(state, is_local=False)]


def test_the_button_says_what_a_service_would_take(board: StoryboardPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    session = board.session
    monkeypatch.setenv("RUNWAYML_API_SECRET", "good-key")
    found = session.document.project.storyboards[0]
    session.document.do(EditShot(found.id, "s2", {"engine": "runway"}))
    assert board.generate.text() == "Generate 3 shots, $ 0.60"
    assert [one.text() for one in board.head.more_menu().actions()] == [
        "Generate 3 missing, $ 0.60",
        "Generate all 3 anew, $ 0.60",
        "",
        "Dry run…",
    ]
    dialog = DryRunDialog(board, session, session.document.project.storyboards[0], ["s1", "s2"])
    assert (dialog.total.text(), dialog.button.text()) == ("2 shots would go, $ 0.60", "Generate 2, $ 0.60")
    dialog.end("")
    assert not session.jobs.all


def test_a_dry_run_with_nothing_missing_says_so_and_offers_all_anew_only_by_a_word(
    board: StoryboardPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = board.session
    asked: list[str] = []
    session.face = mock.Mock(show=lambda _what, about: asked.append(about))
    session.selection.shots.clear()
    monkeypatch.setattr(session.generation, "missing", lambda _board: ())
    Actions(session).run("shot.dry_run")
    assert asked == [""]
    found = session.document.project.storyboards[0]
    dialog = DryRunDialog(board, session, found, asked[0].split())
    assert any("Nothing is missing" in one.text() for one in dialog.findChildren(QLabel))
    assert not any("Generate" in one.text() for one in dialog.findChildren(QPushButton))
    dialog.anew.click()
    assert dialog.answer == ANEW
    assert all_anew(found) == tuple(shot.id for shot in found.shots)


def test_several_shots_are_changed_at_once_in_one_step(window: MainWindow) -> None:
    session = window.session
    window.show_workspace("storyboard")
    session.document.do(EditShot("board", "s1", {"mood": "tense"}))
    session.document.seal()
    session.selection.shots.set(["s1", "s3"])
    QApplication.processEvents()
    page = window.docks["inspector"].panel.page  # type: ignore[attr-defined]
    assert isinstance(page, ShotsPage)
    assert page.form.editors["mood"].value() == ""
    page.form.changed.emit("mood", "calm")
    page.form.finished.emit()
    assert page.form.editors["image_reference"].isVisibleTo(page.form), "one picture for all of them"
    page.form.changed.emit("image_reference", "/stills/lake.png")
    session.document.seal()
    assert [shot.image_reference for shot in shots(session)] == ["/stills/lake.png", "", "/stills/lake.png"]
    session.document.undo()
    page.engine.chosen.emit("auto")
    assert [(shot.mood, shot.engine) for shot in shots(session)] == [("calm", "auto"), ("calm", ""), ("calm", "auto")]
    session.document.undo()
    session.document.undo()
    assert shots(session)[0].mood == "tense"


def test_the_director_sets_camera_mood_and_words_and_remembers(session: Session, qtbot: QtBot) -> None:
    found = session.document.project.storyboards[0]
    dialog = DirectorDialog(None, session, found, found.shots[0])
    qtbot.addWidget(dialog)
    dialog.slider.setValue(60)
    dialog._show()
    dialog.choose(2)
    dialog.end("use")
    assert shots(session)[0].camera_motion == "crane_up"
    assert "rising to reveal" in shots(session)[0].description
    again = DirectorDialog(None, session, found, shots(session)[1])
    qtbot.addWidget(again)
    again.slider.setValue(60)
    again._show()
    assert again.variants[0].id == "crane_up"
    again.end("")


def test_words_are_enriched_only_as_they_were_shown_and_checked(session: Session, qtbot: QtBot) -> None:
    session.selection.shots.set(["s1", "s2"])
    dialog = EnrichDialog(None, session)
    qtbot.addWidget(dialog)
    before = shots(session)[1].description
    assert "light" in dialog.rows[0].field.toPlainText()
    dialog.rows[0].field.setPlainText("A calm sea in fog")
    dialog.rows[1].check.setChecked(False)
    dialog.end("use")
    assert [shot.description for shot in shots(session)[:2]] == ["A calm sea in fog", before]


def test_pages_and_sheet_are_written_whole(session: Session, tmp_path: Path) -> None:
    found = session.document.project.storyboards[0]
    jobs = [
        print_board(session, found, tmp_path / "board.pdf"),
        print_sheet(session, found, tmp_path / "sheet.png"),
        print_sheet(session, found, tmp_path / "sheet.nothing"),
    ]
    end = time.monotonic() + 60
    while not all(job.is_over for job in jobs) and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.01)
    assert (tmp_path / "board.pdf").read_bytes().startswith(b"%PDF")
    sheet = QImage(str(tmp_path / "sheet.png"))
    assert sheet.width() == 2400
    assert len({sheet.pixel(x, sheet.height() // 4) for x in range(0, 2400, 40)}) > 10
    assert jobs[2].error is not None
    assert not (tmp_path / "sheet.nothing").exists()


def test_a_price_is_only_said_of_what_can_be_made() -> None:
    assert price_of(Bill(3, Decimal("0.40"), 1)) == "$ 0.40"
    assert price_of(Bill(2, Decimal(0), 2)) == "not ready"
    assert price_of(Bill(2, Decimal(0), 0)) == "free"
    assert (made_by(Bill(3, Decimal(0), 1)), made_by(Bill(2, Decimal(0), 2))) == (2, 2)
