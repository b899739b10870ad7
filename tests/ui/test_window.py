from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QToolButton
from pytestqt.qtbot import QtBot

from studio_app.actions.registry import Actions
from studio_app.services.settings import RecentProject
from studio_app.session.session import Session
from timeline.commands.delete_items import DeleteItems
from timeline.commands.rename_project import RenameProject
from timeline.time import RationalTime
from ui.dock import PanelDock, _shortened
from ui.main_window import SMALLEST, MainWindow
from ui.panels.timeline import TimelinePanel
from ui.toasts import MOST
from ui.workspaces import room_on

pytestmark = pytest.mark.qt


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    rest = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(50, 50), *rest))
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), *rest))
    settle()


def test_the_start_page_stands_instead_of_the_docks(bare_session: Session, actions: Actions) -> None:
    window = MainWindow(bare_session, actions)
    window.show()
    settle()
    assert window.start_page.isVisible()
    assert not any(dock.isVisible() for dock in window.docks.values())
    assert window.windowTitle() == "Starcut"
    window.close()


def test_an_open_project_shows_its_panels_and_its_name(window: MainWindow) -> None:
    assert not window.start_page.isVisible()
    assert window.docks["timeline"].isVisible()
    assert window.windowTitle() == "Small, Main cut - Starcut"


def test_timeline_and_meters_span_the_window_below_pool_viewer_and_inspector(window: MainWindow) -> None:
    settle()
    timeline, meters = (window.docks[name].geometry() for name in ("timeline", "meters"))
    above = [window.docks[name].geometry() for name in ("media_pool", "viewer", "inspector")]
    assert (timeline.left(), meters.right() + 1) == (0, window.width())
    assert timeline.right() < meters.left() < timeline.right() + 12
    assert [rect.left() for rect in above] == sorted(rect.left() for rect in above)
    assert all(rect.bottom() < timeline.top() for rect in above)
    assert above[0].width() == pytest.approx(384, abs=3)
    assert above[2].width() == pytest.approx(352, abs=3)


def test_a_narrow_window_gets_the_compact_arrangement(window: MainWindow) -> None:
    window.resize(1366, 768)
    window.reset_layout()
    settle()
    assert window.docks["media_pool"].width() == pytest.approx(300, abs=3)
    assert window.docks["inspector"].width() == pytest.approx(318, abs=3)
    assert window.docks["timeline"].height() == pytest.approx(358, abs=3)


def test_tabs_show_the_group_and_a_press_raises_another_panel(window: MainWindow) -> None:
    settle()
    row = window.docks["media_pool"].row
    rects = row.tab_rects()
    assert len(rects) == 4  # pool, storyboard, effects, constellation
    QTest.mousePress(row, Qt.MouseButton.LeftButton, pos=rects[1].center())
    settle()
    assert window.docks["storyboard"].panel.isVisible()
    assert window.docks["storyboard"].is_active
    assert not window.docks["media_pool"].is_active


def test_a_new_name_shows_on_the_tab_behind_another_panel(window: MainWindow) -> None:
    front = next(one for one in window.panels.docks.values() if one.row.isVisible() and len(one.row.docks) > 1)
    behind = next(one for one in front.row.docks if one is not front)
    painted: list[bool] = []
    front.row.update = lambda: painted.append(True)  # type: ignore[method-assign]
    behind.panel.title_changed.emit()
    assert painted


def test_a_long_tab_gives_room_before_short_ones_do() -> None:
    assert _shortened([300, 60, 40], 250) == [150, 60, 40]
    assert _shortened([80, 60, 40], 250) == [80, 60, 40]
    assert _shortened([300, 300, 40], 240) == [100, 100, 40]


def test_only_one_panel_has_the_accent(window: MainWindow) -> None:
    for name in ("inspector", "viewer", "timeline"):
        window.show_panel(name)
        assert [key for key, dock in window.docks.items() if dock.is_active] == [name]


def test_a_layout_made_by_hand_comes_back(window: MainWindow, own_home: Path) -> None:
    window.docks["inspector"].close()
    window.workspaces.keep()
    kept = json.loads(json.dumps(window.session.settings.values.layouts))
    assert kept["edit"]["version"]
    window.reset_layout()
    settle()
    assert window.docks["inspector"].isVisible()
    window.session.settings.values.layouts = kept
    window.workspaces.current = ""
    window.show_workspace("edit")
    settle()
    assert not window.docks["inspector"].isVisible()


@pytest.mark.parametrize("kept", [{"version": 1, "state": "AAAA"}, {"version": 3, "state": "not base64!"}, "x", None])
def test_a_damaged_or_old_layout_gives_way_to_the_built_in_one(window: MainWindow, kept: object) -> None:
    window.session.settings.values.layouts = {"edit": kept}
    window.workspaces.current = ""
    window.show_workspace("edit")
    settle()
    assert all(window.docks[name].isVisible() for name in ("media_pool", "viewer", "inspector", "timeline"))


def test_a_floating_panel_can_be_docked_again_from_its_menu(window: MainWindow) -> None:
    dock = window.docks["inspector"]
    texts = [action.text() for action in dock.row.build_menu().actions()]
    assert "Float panel" in texts
    dock.setFloating(True)
    settle()
    assert "Dock panel" in [action.text() for action in dock.row.build_menu().actions()]


def test_closing_asks_only_when_something_would_be_lost(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(_: object, name: str) -> str:
        asked.append(name)
        return ""

    monkeypatch.setattr("ui.window_face.ask_unsaved", answer)
    window.close()
    assert asked == []


def test_cancel_keeps_the_window_and_the_edit(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.window_face.ask_unsaved", lambda *_: "")
    window.session.document.do(RenameProject("Other"))
    assert not window.close()
    assert window.isVisible()
    assert window.session.document.project.name == "Other"


def test_the_top_bar_says_whether_the_file_holds_the_edit(window: MainWindow) -> None:
    assert window.top_bar._middle.state == "Not saved", "what never had a file is in none"
    window.session.document.mark_saved(Path("/film.starcut"))
    assert window.top_bar._middle.state == "Saved"
    window.session.document.do(RenameProject("Other"))
    assert window.top_bar._middle.state == "Not saved"


def test_dropped_footage_is_imported(window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[list[Path]] = []
    monkeypatch.setattr(window.session, "import_files", taken.append)
    drop(window, tmp_path / "1.png", tmp_path / "2.png")
    assert taken == [[tmp_path / "1.png", tmp_path / "2.png"]]


def test_a_dropped_storyboard_starts_a_project(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "walk.txt"
    path.write_text("A forest in the morning.\n\nA river in the evening.\n")
    drop(window, path)
    assert len(window.session.document.project.storyboards[0].shots) == 2
    window.session.document.mark_saved(None)


def test_a_project_that_cannot_be_read_is_told_in_a_toast(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "broken.starcut"
    path.write_text("{")
    drop(window, path)
    assert len(window.toasts.texts) == 1
    assert window.session.document.project.name == "Small"


def test_three_toasts_at_once_and_the_others_wait(window: MainWindow, qtbot: QtBot) -> None:
    for number in range(5):
        window.toasts.say(f"Sentence {number}", error=True)
    window.toasts.say("Sentence 0", error=True)
    assert len(window.toasts.texts) == MOST
    window.toasts._shown[0].close_button.click()
    assert window.toasts.texts == ("Sentence 1", "Sentence 2", "Sentence 3")


def test_a_sentence_stays_in_front_of_every_panel(window: MainWindow) -> None:
    window.toasts.say("The disk is full.", error=True)

    def is_in_front() -> bool:
        settle()
        toast = window.toasts._shown[0]
        found = window.childAt(toast.geometry().center())
        return found is not None and (found is toast or toast.isAncestorOf(found))

    assert is_in_front()
    window.show_workspace("storyboard")
    assert is_in_front()
    window.show_workspace("edit")
    assert is_in_front()
    window.docks["timeline"].raise_()
    window.show_panel("timeline")
    assert is_in_front()
    window.reset_layout()
    assert is_in_front()


def test_a_sentence_becomes_a_storyboard(bare_session: Session, actions: Actions) -> None:
    window = MainWindow(bare_session, actions)
    window.show()
    box = window.start_page.sentence
    assert not box.button.isEnabled()
    box.text.setPlainText("A lighthouse in the storm. The ferry leaves.")
    box.button.click()
    settle()
    board = bare_session.document.project.storyboards[0]
    text = " ".join(shot.description.lower() for shot in board.shots)
    assert "a lighthouse in the storm" in text
    assert "the ferry leaves" in text
    assert sum(shot.duration.to_seconds() for shot in board.shots) == pytest.approx(30, abs=0.5)
    assert window.workspaces.current == "storyboard"
    bare_session.document.mark_saved(None)
    window.close()


def test_closing_the_project_brings_the_start_page_back(window: MainWindow) -> None:
    window.run("file.close")
    settle()
    assert window.start_page.isVisible()
    assert not window.docks["timeline"].isVisible()


def test_a_crash_is_told_with_two_ways_on(
    bare_session: Session, actions: Actions, tmp_path: Path, own_home: Path
) -> None:
    import datetime

    from studio_app.services.autosave import Recovered

    window = MainWindow(bare_session, actions)
    window.show()
    note = window.start_page.recovery
    assert not note.isVisible()
    lost = Recovered(tmp_path, tmp_path / "0.starcut", "Evening", None, datetime.datetime.now(datetime.UTC))
    note.show_first([lost])
    settle()
    assert note.isVisible()
    assert "Evening" in note._words.text()
    assert note._last.text() == "Discard"
    window.close()


def test_a_project_that_a_crash_left_behind_offers_its_edits_however_it_is_opened(
    bare_session: Session, actions: Actions, tmp_path: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    from studio_app.services.autosave import Autosave
    from ui.dialogs.base import Dialog

    window = MainWindow(bare_session, actions)
    window.show()
    files, path = bare_session.files, tmp_path / "evening.starcut"
    files.new("Evening")
    files.save(path)
    saved = bare_session.document.saved
    files.close()
    os.utime(path, (1, 1))
    crashed = Autosave(bare_session.paths.recovery, saved.project.id)
    crashed.write(replace(saved, project=replace(saved.project, name="Evening, later")), path)
    crashed._lock.release()
    asked: list[str] = []

    def answer(dialog: Dialog) -> str:
        asked.append(dialog.windowTitle())
        return said

    monkeypatch.setattr(Dialog, "ask", answer)
    said = ""
    window.files.open(path)
    assert bare_session.document.project.name != "Evening, later"
    assert len(files.recoverable()) == 1, "thinking better of it loses nothing"
    said = "recover"
    window.files.open(path)
    assert bare_session.document.project.name == "Evening, later"
    assert (bare_session.document.path, bare_session.document.is_saved) == (path, False)
    assert len(asked) == 2
    window.close()


def test_four_projects_fit_beside_each_other_in_a_narrow_window(bare_session: Session, actions: Actions) -> None:
    window = MainWindow(bare_session, actions)
    window.resize(1180, 680)
    window.show()
    window.start_page.recent.set_projects([RecentProject(path=f"/{n}.starcut", name=f"Film {n}") for n in range(4)])
    settle()
    recent = window.start_page.recent
    assert recent.minimumSizeHint().width() <= 1180 - 340 - 48
    window.close()


def test_the_window_comes_back_in_its_size(bare_session: Session, actions: Actions) -> None:
    first = MainWindow(bare_session, actions)
    first.resize(1300, 720)
    first.show()
    settle()
    first.workspaces.keep_window()
    second = MainWindow(bare_session, actions)
    assert second.height() == 720  # its width is held to the test screen's
    first.close()
    second.close()


def test_the_first_window_shows_whole_on_a_small_screen(
    bare_session: Session, actions: Actions, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = QRect(0, 0, 1366, 728)
    monkeypatch.setattr(MainWindow, "screen", lambda _: SimpleNamespace(availableGeometry=lambda: laptop))
    window = MainWindow(bare_session, actions)
    assert 1300 < window.width() < laptop.width()
    assert 680 <= window.height() < laptop.height() - 20, "the title bar pushes the status line off the screen"
    window.close()


def test_every_panel_can_be_built_and_drawn(window: MainWindow) -> None:
    for name, dock in window.docks.items():
        assert isinstance(dock, PanelDock)
        window.show_panel(name)
        settle()
        assert not dock.grab().isNull()


def test_a_click_outside_moves_no_focus_out_of_the_window(window: MainWindow) -> None:
    QTest.mouseClick(window.status_line, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert window.isVisible()


def test_a_refused_edit_is_a_note_that_goes_by_itself(window: MainWindow, actions: Actions) -> None:
    session, heard = window.session, list[bool]()
    session.told.connect(lambda message, error: heard.append(error))
    assert not session.document.do(DeleteItems(session.sequence_id, ("nobody",)))
    session.transport.set_time(RationalTime(999))
    actions.run("clip.trim_head")
    assert heard == [False, False]
    assert window.status_line.message == window.toasts.texts[-1]


def test_saving_offers_only_what_it_writes(window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    offered: list[str] = []

    def answer(_parent: object, _title: str, _start: str, filters: str) -> tuple[str, str]:
        offered.append(filters)
        return str(tmp_path / "film.starcut"), filters

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    face = window.session.face
    assert face is not None
    assert face.ask_save_file("Save project as", "Film.starcut", "project") == tmp_path / "film.starcut"
    assert offered == ["Starcut project (*.starcut)"]


def test_what_is_chosen_keeps_the_accent_while_its_panel_has_the_frame(window: MainWindow) -> None:
    timeline = window.docks["timeline"].panel
    assert isinstance(timeline, TimelinePanel)
    window.show_panel("timeline")
    window.palette_box.open()
    settle()
    assert window.docks["timeline"].is_active
    assert timeline.view.is_active
    window.palette_box.close_up()
    window.show_panel("inspector")
    assert not timeline.view.is_active


def test_the_window_may_be_as_small_as_its_screen(window: MainWindow) -> None:
    room = room_on(window.screen())
    assert window.minimumWidth() == min(SMALLEST.width(), room.width())
    assert window.minimumHeight() == min(SMALLEST.height(), room.height())
    least = window.minimumSizeHint()
    assert (least.width() <= 960, least.height() <= 520) == (True, True), "nothing in it holds it open"


def test_menus_that_have_no_room_are_behind_a_button_one_can_see(window: MainWindow) -> None:
    more = window.top_bar.menus.findChild(QToolButton, "qt_menubar_ext_button")
    assert isinstance(more, QToolButton)
    assert more.accessibleName() == "More menus"
    assert not more.icon().isNull()
