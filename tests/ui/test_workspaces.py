from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from studio_app.actions.registry import Actions
from studio_app.session.session import Session
from ui.arrangements import ARRANGEMENTS
from ui.form.editors.number import NumberField
from ui.key_spelling import spellings
from ui.main_window import MainWindow
from ui.panel import panel_of
from ui.shortcuts import needs_key
from ui.workspaces import SETTLED_AFTER_MS

pytestmark = pytest.mark.qt


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def shown(window: MainWindow) -> set[str]:
    return {name for name, dock in window.docks.items() if not dock.isHidden()}


@pytest.mark.parametrize("name", list(ARRANGEMENTS))
def test_each_workspace_shows_the_panels_there_are_and_no_others(window: MainWindow, name: str) -> None:
    window.run(f"window.workspace_{name}")
    settle()
    one = ARRANGEMENTS[name]
    assert shown(window) == one.panels & set(window.docks)
    assert window.workspaces.current == name
    front = window.panels.active
    assert front is not None
    assert front.id in (one.front, "timeline")


def test_workspaces_come_by_ctrl_and_function_keys(window: MainWindow) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_F6, Qt.KeyboardModifier.ControlModifier)
    assert window.workspaces.current == "audio"


def test_each_workspace_remembers_and_reset_forgets(window: MainWindow) -> None:
    window.docks["inspector"].close()
    window.show_workspace("colour")
    settle()
    assert "inspector" in shown(window)
    window.show_workspace("edit")
    settle()
    assert "inspector" not in shown(window)
    window.run("window.reset_workspace")
    settle()
    assert "inspector" in shown(window)


def test_running_through_the_workspaces_spoils_no_sizes(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1920, 1040)
    window.show_workspace("edit")
    window.reset_layout()
    qtbot.wait(SETTLED_AFTER_MS + 50)
    docks = [window.docks[name] for name in ("timeline", "media_pool", "viewer")]
    before = [dock.size() for dock in docks]
    for _ in range(2):
        for name in ARRANGEMENTS:
            window.show_workspace(name)
            QApplication.processEvents()
    window.show_workspace("edit")
    qtbot.wait(SETTLED_AFTER_MS + 50)
    assert all(
        abs(now.width() - was.width()) <= 8 and abs(now.height() - was.height()) <= 8
        for now, was in zip([dock.size() for dock in docks], before, strict=True)
    )


def test_a_workspace_seen_again_shows_no_panels_of_the_one_before(window: MainWindow) -> None:
    for name in ("storyboard", "edit", "export", "storyboard"):
        window.show_workspace(name)
        settle()
    one = ARRANGEMENTS["storyboard"]
    wanted = {panel for group in (*one.above, *one.below) for panel in group.panels}
    assert shown(window) == wanted & set(window.docks)


def test_viewers_kept_together_in_a_narrow_window_stand_apart_again_in_a_wide_one(window: MainWindow) -> None:
    window.resize(1800, 1000)
    settle()
    window.show_workspace("edit")
    settle()
    viewer, source = window.docks["viewer"], window.docks["source_viewer"]
    assert source not in window.tabifiedDockWidgets(viewer)
    window.resize(1300, 800)
    settle()
    assert source in window.tabifiedDockWidgets(viewer)
    window.show_workspace("export")
    window.resize(1800, 1000)
    window.show_workspace("edit")
    settle()
    assert source not in window.tabifiedDockWidgets(viewer)


def test_a_panel_the_workspace_leaves_out_gets_a_place_when_asked_for(window: MainWindow) -> None:
    window.show_workspace("colour")
    settle()
    assert "media_pool" not in shown(window)
    window.run("panel.media_pool")
    settle()
    dock = window.docks["media_pool"]
    assert not dock.isHidden()
    assert window.dockWidgetArea(dock) != Qt.DockWidgetArea.NoDockWidgetArea
    assert dock.is_active


def test_before_and_after_come_where_there_is_room_for_pictures(window: MainWindow) -> None:
    window.show_workspace("constellation")
    settle()
    window.show_panel("compare")
    settle()
    assert window.docks["compare"] in window.tabifiedDockWidgets(window.docks["constellation"])


@pytest.mark.parametrize("places", [("media_pool", "Shift+1"), ("timeline", "Shift+3"), ("jobs", "Shift+0")])
def test_panels_have_the_keys_of_the_digit_row(window: MainWindow, places: tuple[str, str]) -> None:
    name, keys = places
    assert window.session.keymap.keys_of(f"panel.{name}") == (keys,)


def test_a_panel_fills_the_window_and_all_comes_back(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    settle()
    before, size = shown(window), window.docks["viewer"].size()
    monkeypatch.setattr(QApplication, "widgetAt", lambda _: window.docks["viewer"].panel)
    window.run("window.maximise_panel")
    settle()
    assert shown(window) == {"viewer"}
    window.workspaces.keep()
    window.run("window.maximise_panel")
    settle()
    assert shown(window) == before
    assert window.docks["viewer"].size() == size
    assert panel_of(QApplication.focusWidget()) is window.docks["viewer"].panel


def test_columns_keep_their_widths_when_a_panel_filled_the_window(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.resize(1920, 1040)
    window.show_workspace("evolve")
    settle()
    names = ("operations", "compare", "evolution", "lineage")
    before = {name: window.docks[name].size() for name in names}
    monkeypatch.setattr(QApplication, "widgetAt", lambda _: window.docks["lineage"].panel)
    for _ in range(2):
        window.run("window.maximise_panel")
        settle()
    assert {name: window.docks[name].size() for name in names} == before


def test_a_floating_panel_off_every_screen_comes_back(window: MainWindow) -> None:
    dock = window.docks["inspector"]
    dock.setFloating(True)
    dock.move(QPoint(-9000, 50))
    window.workspaces.bring_back()
    assert window.screen().availableGeometry().intersects(dock.frameGeometry())
    dock.move(QPoint(-9000, 50))
    window.run("window.reset_workspace")
    settle()
    assert not dock.isFloating()


def test_enter_and_esc_in_a_field_give_the_keys_back_to_the_panel_before(window: MainWindow) -> None:
    window.show_panel("timeline")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        field = QLineEdit(window.docks["inspector"].panel)
        field.show()
        field.setFocus()
        assert window.docks["inspector"].is_active
        QTest.keyClick(field, key)
        settle()
        assert window.docks["timeline"].is_active
        assert panel_of(QApplication.focusWidget()) is window.docks["timeline"].panel
        field.deleteLater()


def test_a_number_that_was_scrubbed_or_typed_gives_the_keys_back_to_a_panel(window: MainWindow) -> None:
    window.show_panel("timeline")
    field = NumberField(step=1, decimals=0, unit="%", low=None, high=None)
    field.setParent(window.docks["inspector"].panel)
    field.show()
    QTest.mousePress(field, Qt.MouseButton.LeftButton, pos=QPoint(10, 5))
    QTest.mouseMove(field, QPoint(40, 5))
    QTest.mouseRelease(field, Qt.MouseButton.LeftButton, pos=QPoint(40, 5))
    assert QApplication.focusWidget() is not field
    window.show_panel("timeline")
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=QPoint(10, 5))
    assert QApplication.focusWidget() is field
    QTest.keyClicks(field, "50")
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle()
    assert field.number() == 50
    assert QApplication.focusWidget() is not None
    assert QApplication.focusWidget() is not field
    field.setFocus()  # by Tab: it rests, and takes no more than what begins the typing
    for key, begins in ((Qt.Key.Key_Space, False), (Qt.Key.Key_K, False), (Qt.Key.Key_7, True)):
        event = QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, chr(key).lower())
        assert needs_key(field, event, spellings(event)[0]) is begins
    undo = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, "")
    assert not needs_key(field, undo, "Ctrl+Z")


def test_the_timeline_has_the_keys_when_a_project_opens(window: MainWindow) -> None:
    settle()
    assert panel_of(QApplication.focusWidget()) is window.docks["timeline"].panel


def test_workspaces_beyond_the_fourth_fold_into_a_menu_in_a_narrow_window(window: MainWindow) -> None:
    window.resize(1366, 768)
    settle()
    assert window.top_bar.folded == ("colour", "audio", "export")
    window.show_workspace("audio")
    settle()
    assert window.top_bar._more.text() == "Audio"
    window.resize(1600, 900)
    settle()
    assert not window.top_bar.folded


def test_viewers_joined_in_a_narrow_window_are_joined_when_the_workspace_comes_again(window: MainWindow) -> None:
    viewer, source = window.docks["viewer"], window.docks["source_viewer"]
    window.resize(1800, 1000)
    window.show_workspace("edit")
    QTest.qWait(350)
    window.resize(1300, 800)
    settle()
    for name in ("storyboard", "edit", "storyboard", "edit"):
        window.show_workspace(name)
        QTest.qWait(350)
    assert source in window.tabifiedDockWidgets(viewer)
    window.resize(1800, 1000)
    settle()
    assert source not in window.tabifiedDockWidgets(viewer)


def test_a_wider_window_gives_its_width_to_the_program_viewer(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1600, 900)
    window.reset_layout()
    qtbot.wait(SETTLED_AFTER_MS + 50)
    beside = [window.docks[name] for name in ("media_pool", "source_viewer", "inspector")]
    program = window.docks["viewer"]
    before, was = [dock.width() for dock in beside], program.width()
    window.resize(1900, 900)
    settle()
    assert [dock.width() for dock in beside] == before
    assert program.width() == was + 300
    window.resize(1600, 900)
    settle()
    assert ([dock.width() for dock in beside], program.width()) == (before, was)
    window.resizeDocks([window.docks["media_pool"], program], [before[0] + 60, was - 60], Qt.Orientation.Horizontal)
    settle()
    window.resize(1700, 900)
    settle()
    assert abs(window.docks["media_pool"].width() - (before[0] + 60)) <= 2, "what a hand set is kept"


def test_an_arrangement_of_a_wide_window_leaves_no_hole_in_a_narrow_one(
    window: MainWindow, bare_session: Session, actions: Actions
) -> None:
    def row(of: MainWindow) -> list[tuple[int, int]]:
        seen = [dock.geometry() for dock in of.docks.values() if not dock.visibleRegion().isEmpty()]
        return sorted((one.left(), one.right()) for one in seen if one.top() < 60)

    window.resize(1700, 800)
    QTest.qWait(2 * SETTLED_AFTER_MS)
    assert len(row(window)) == 4
    window.workspaces.keep()
    again = MainWindow(bare_session, actions)
    again.resize(1280, 720)
    again.show()
    again.show_workspace("edit")
    QTest.qWait(2 * SETTLED_AFTER_MS)
    places = row(again)
    assert len(places) == 3
    assert all(right[0] - left[1] < 8 for left, right in pairwise(places))
    bare_session.document.mark_saved(None)
    again.close()


def test_a_floating_panel_stands_alone_in_every_workspace_and_comes_back_in_front(window: MainWindow) -> None:
    dock = window.docks["inspector"]

    def turn() -> None:
        dock.row._turn(not dock.isFloating())
        QTest.qWait(2 * SETTLED_AFTER_MS)

    turn()
    assert dock.isFloating()
    window.show_workspace("storyboard")
    QTest.qWait(2 * SETTLED_AFTER_MS)
    window.show_workspace("edit")
    QTest.qWait(2 * SETTLED_AFTER_MS)
    assert dock.isFloating()
    assert len(dock.row.tab_rects()) == 1
    assert dock.row.updatesEnabled(), "or it is painted no more"
    turn()
    assert not dock.isFloating()
    assert not dock.visibleRegion().isEmpty()


def test_a_workspace_comes_back_with_the_sizes_it_was_left_with(window: MainWindow) -> None:
    def widths() -> dict[str, int]:
        return {name: dock.width() for name, dock in window.docks.items() if not dock.visibleRegion().isEmpty()}

    seen: dict[str, dict[str, int]] = {}
    for name in ("edit", "evolve", "storyboard"):
        window.show_workspace(name)
        QTest.qWait(400)
        seen[name] = widths()
    for name in ("evolve", "edit", "storyboard", "evolve"):
        window.show_workspace(name)
        QTest.qWait(400)
        now = widths()
        assert now.keys() == seen[name].keys()
        assert all(abs(now[panel] - width) <= 3 for panel, width in seen[name].items()), (name, now, seen[name])
