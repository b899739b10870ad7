"""Acts in the list of the storyboard, what it is routed by, and the tab that comes back after the animatic."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from studio_app.planning.film_kind import KIND, PRESET
from studio_app.session.engine_choices import EngineChoice, _found
from studio_app.session.session import Session
from timeline.commands.edit_shot import EditShot
from timeline.commands.set_storyboard import SetStoryboard
from timeline.storyboard import Shot
from timeline.time import RationalTime
from ui.engine_box import aside_of
from ui.main_window import MainWindow
from ui.panels.storyboard import StoryboardPanel
from ui.shot_changes import changes_in, length_change
from ui.shot_rows import ROW

pytestmark = pytest.mark.qt


def test_acts_have_their_lines_in_the_list_and_fold(window: MainWindow, session: Session) -> None:
    window.show_workspace("storyboard")
    panel = window.panels.docks["storyboard"].panel
    assert isinstance(panel, StoryboardPanel)
    panel._show_look("list")
    shown, board = panel.list, session.document.project.storyboards[0]
    for shot in board.shots:
        session.document.do(EditShot(board.id, shot.id, {"duration": RationalTime(4)}))
    flat = [shown.height_of(row) for row in range(len(board.shots))]
    session.document.do(SetStoryboard(board.id, {"narrative_structure": "three_act"}))
    QApplication.processEvents()
    first, second = panel.list_rows.acts[:2]
    assert (flat[0], shown.height_of(0) > ROW, shown.height_of(second.first) > ROW) == (ROW, True, True)
    at = shown.visualRect(panel.list_rows.index(second.first, 0)).topLeft() + QPoint(20, 10)
    act = shown.act_at(at)
    assert act is not None
    assert act.name == second.name
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert shown.height_of(second.first) < ROW, "folded: its name alone"
    assert all(shown.isRowHidden(row, QModelIndex()) for row in range(second.first + 1, second.first + second.count))
    assert shown.height_of(first.first) > ROW
    panel.reveal(board.shots[second.first].id)
    assert shown.height_of(second.first) > ROW, "what is to be seen is unfolded"


def test_kind_and_preset_are_chosen_in_the_menu_of_the_panel(window: MainWindow, session: Session) -> None:
    panel = window.panels.docks["storyboard"].panel

    def choose(value: str) -> None:
        menus = [found for action in panel.menu() if isinstance(found := action.menu(), QMenu)]
        lines = {action.text(): action for menu in menus for action in menu.actions()}
        lines[value].trigger()

    choose("Scenes of a reel")
    choose("Cinematic story")
    extra = session.document.project.storyboards[0].extra
    assert (extra[KIND], extra[PRESET]) == ("reel", "cinematic_story")
    session.document.undo()
    choose("Shots of a film")
    assert not {KIND, PRESET} & set(session.document.project.storyboards[0].extra)


def test_the_tab_that_was_in_front_comes_back_after_the_animatic(
    window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.show_workspace("storyboard")
    QApplication.processEvents()
    docks, animatic = window.panels.docks, session.animatic
    monkeypatch.setattr(animatic, "play", lambda *_: setattr(animatic, "shot_id", "s1"))
    window.panels.activate(docks["inspector"])
    window.panels.activate(docks["storyboard"])
    QApplication.processEvents()
    assert session.face is not None
    window.run("shot.animatic")
    QApplication.processEvents()
    assert not docks["viewer"].visibleRegion().isEmpty()
    animatic.shot_id = ""
    animatic.changed.emit()
    QApplication.processEvents()
    assert not docks["inspector"].visibleRegion().isEmpty()
    assert window.panels.active is docks["storyboard"].panel, "and the keys are where they were"


def test_a_price_stands_aside_and_says_for_how_much() -> None:
    assert aside_of(EngineChoice("auto", "Auto")) == ""
    assert aside_of(EngineChoice("", "Starcut")) == "free"
    assert aside_of(EngineChoice("x", "X", None)) == "price unknown"
    assert aside_of(EngineChoice("x", "X", lacks="Pika needs a key.")) == "needs a key"


def test_what_a_plan_changes_is_said_in_figures() -> None:
    before = Shot("A sea", duration=RationalTime(5, 2), camera_motion="pan_left", mood="calm")
    after = Shot("A sea", duration=RationalTime(33, 10), camera_motion="dolly_in", mood="")
    assert length_change(before.duration, after.duration) == "2.5 s → 3.3 s"
    assert length_change(RationalTime(5), RationalTime(5)) == "5 s"
    assert length_change(RationalTime(5), RationalTime(501, 100)) == "5.00 s → 5.01 s"
    assert changes_in(before, after) == ("Camera: Pan left → Dolly in", "Mood: Calm → none")
    assert changes_in(after, before) == ("Camera: Dolly in → Pan left", "Mood: Calm")


def test_a_service_whose_films_are_all_retired_is_not_offered_as_free(session: Session) -> None:
    rows = _found(session.desk, "film")
    stability = next(row for row in rows if row.value == "stability")
    assert stability.lacks, "the model that is left was retired in 2025"
    runway = next(row for row in rows if row.value == "runway")
    assert runway.cost, "the first model that still answers says the price"
