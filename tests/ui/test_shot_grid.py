"""The cards under the headings of their acts: places, folding, keys, drops."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio_app.planning.act_starts import Act, acts_in, shot_starts
from studio_app.planning.assemble import total_length
from studio_app.session.session import Session
from timeline.commands.set_storyboard import SetStoryboard
from timeline.storyboard import Shot, Storyboard
from timeline.time import RationalTime
from ui.panels.storyboard import StoryboardPanel
from ui.shot_grid import HEADING, ShotGrid
from ui.shot_items import GAP

pytestmark = pytest.mark.qt
ACTS = (Act("Setup", 0, 4, RationalTime(20)), Act("Confrontation", 4, 2, RationalTime(10)))


def test_acts_last_together_as_long_as_the_film() -> None:
    board = Storyboard("T", tuple(Shot(f"s{n}", id=str(n)) for n in range(9)), narrative_structure="three_act")
    acts = acts_in(board)
    assert [act.name for act in acts] == ["Setup", "Confrontation", "Resolution"]
    assert sum(act.count for act in acts) == 9
    assert sum((act.length.fraction for act in acts), 0) == total_length(board).fraction
    assert shot_starts(board)[-1] == total_length(board)
    assert acts_in(replace(board, narrative_structure="linear")) == ()


def test_each_act_begins_a_row_under_a_line_as_wide_as_the_view() -> None:
    grid = ShotGrid(1000, 7, ACTS)
    assert grid.columns == 3
    first, second = (heading.place for heading in grid.headings)
    assert first.width() == second.width() == 1000
    assert grid.places[4].left() == grid.places[0].left()
    assert second.top() >= grid.places[3].bottom() - GAP
    assert grid.places[4].top() >= second.bottom() - HEADING // 4
    assert grid.places[6].top() == grid.places[5].top()  # the adder goes on after the last card
    assert len({(place.x(), place.y()) for place in grid.places}) == 7


def test_folded_cards_have_no_place_and_keys_pass_over_them() -> None:
    grid = ShotGrid(1000, 7, ACTS, frozenset({"Setup"}))
    assert all(place.isNull() for place in grid.places[:4])
    assert grid.row_at(grid.places[4].center()) == 4
    assert grid.rows_in(0, grid.height) == [4, 5, 6]
    assert grid.next_row(4, -1, 0) == 4
    whole = ShotGrid(1000, 7, ACTS)
    assert whole.next_row(3, 0, 1) == 4
    assert whole.next_row(4, 0, -1) == 3
    assert whole.next_row(5, 0, -1) == 3
    assert whole.next_row(2, 1, 0) == 3


def test_what_is_dropped_falls_before_the_card_it_is_nearest_to() -> None:
    grid = ShotGrid(1000, 7, ACTS)
    second = grid.places[1]
    assert grid.insert_at(second.topLeft() + QPoint(10, 40)) == 1
    assert grid.insert_at(second.topRight() + QPoint(-30, 40)) == 2
    assert grid.insert_at(QPoint(990, grid.places[3].center().y())) == 4
    assert grid.insert_at(QPoint(20, grid.height + 400)) == 6
    assert grid.insert_at(QPoint(0, 0)) == 0


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> StoryboardPanel:
    found = StoryboardPanel(session)
    qtbot.addWidget(found)
    found.resize(1000, 700)
    found.show()
    board = session.document.project.storyboards[0]
    assert session.document.do(SetStoryboard(board.id, {"narrative_structure": "three_act"}))
    QApplication.processEvents()
    return found


def test_a_press_on_the_line_of_an_act_folds_it_and_a_shot_that_is_chosen_unfolds_it(panel: StoryboardPanel) -> None:
    view = panel.view
    heading = view.grid.headings[0]
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=heading.place.center())
    assert view.grid.headings[0].is_folded
    assert view.isIndexHidden(panel.model.index(0))
    assert view.visualRect(panel.model.index(0)).isNull()
    panel.reveal(panel.model.index(0).data(Qt.ItemDataRole.UserRole).id)
    assert not view.grid.headings[0].is_folded
    assert not view.viewport().grab().isNull()


def test_arrows_home_end_and_all_choose_cards_but_never_the_adder(panel: StoryboardPanel) -> None:
    view = panel.view
    view.setFocus()
    view.setCurrentIndex(panel.model.index(0))
    for _ in range(9):
        QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.currentIndex().row() == panel.model.rowCount() - 2
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.currentIndex().row() == 0
    QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(view.selectedIndexes()) == panel.model.rowCount() - 1
    assert len(panel.session.selection.shots.ids) == panel.model.rowCount() - 1


def test_shift_chooses_the_cards_from_one_to_another_in_their_order_not_a_rectangle(panel: StoryboardPanel) -> None:
    view = panel.view

    def press(row: int, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> list[int]:
        QTest.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, how, view.visualRect(panel.model.index(row)).center()
        )
        return sorted(index.row() for index in view.selectedIndexes())

    shift = Qt.KeyboardModifier.ShiftModifier
    last = panel.model.rowCount() - 2
    panel.resize(520, 900)
    QApplication.processEvents()
    assert view.grid.columns == 2 == last, "three cards stand in two lines"
    assert press(1) == [1]
    assert press(last, shift) == list(range(1, last + 1))
    assert press(0, shift) == [0, 1]
    QTest.keyClick(view, Qt.Key.Key_Down, shift)
    assert sorted(index.row() for index in view.selectedIndexes()) == list(range(1, view.grid.next_row(0, 0, 1) + 1))


def test_a_band_chooses_what_it_touches(panel: StoryboardPanel) -> None:
    view = panel.view
    last = view.visualRect(panel.model.index(panel.model.rowCount() - 1))
    start, end = last.bottomRight() + QPoint(6, 30), view.visualRect(panel.model.index(0)).center()
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for at in ((start + end) / 2, end):
        QTest.mouseMove(view.viewport(), at)
        QApplication.processEvents()
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert panel.model.index(0).data(Qt.ItemDataRole.UserRole).id in panel.session.selection.shots.ids
