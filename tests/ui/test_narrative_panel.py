"""The narrative panel: what it shows of a story, what a hand does there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio_app.actions.registry import Actions
from studio_app.planning.narrative.structures import STRUCTURES
from studio_app.session.narrating import Offer, Offers
from studio_app.session.session import Session
from ui.main_window import MainWindow
from ui.panels.narrative import STRUCTURE_TITLES, NarrativePanel

pytestmark = pytest.mark.qt


@pytest.fixture
def panel(session: Session, actions: Actions, qtbot: QtBot) -> NarrativePanel:
    """On the small project: three calm shots."""
    panel = NarrativePanel(session)
    qtbot.addWidget(panel)
    panel.asked.connect(actions.run)
    panel.resize(352, 700)
    panel.show()
    QApplication.processEvents()
    return panel


@pytest.fixture
def look(panel: NarrativePanel, session: Session, qtbot: QtBot) -> Callable[[], None]:
    """Tells the story of the three shots."""

    def tell() -> None:
        session.selection.shots.set(["s1", "s2", "s3"])
        panel.run("narrative.look")
        qtbot.waitUntil(lambda: session.narrating.job is None and session.narrating.told is not None)

    return tell


def test_it_says_what_to_do_before_there_is_a_story(panel: NarrativePanel) -> None:
    assert panel.stack.currentIndex() == 1
    assert not panel.foot.isVisible()


def test_every_structure_is_offered_with_an_action_of_its_own(panel: NarrativePanel, actions: Actions) -> None:
    assert set(STRUCTURE_TITLES) == set(STRUCTURES)
    for place, one in enumerate(STRUCTURES.values()):
        assert panel.structure.itemData(place) == one.id
        assert STRUCTURE_TITLES[one.id] == one.title
        assert any(each.title == one.verb and each.id.startswith("narrative.order_") for each in actions)


def test_scenes_stand_in_the_curve_by_their_length_and_in_columns_by_their_act(
    panel: NarrativePanel, look: Callable[[], None]
) -> None:
    look()
    assert panel.stack.currentIndex() == 0
    assert panel.of.text() == "Small, 3 scenes"
    rects = panel.curve.scene_rects()
    assert [round(one.width()) for one in rects] == [round(panel.curve.plot().width() / 3)] * 3
    assert [scene.id for scene, _ in panel.acts.cells()] == ["s1", "s2", "s3"]
    lefts = [rect.left() for _, rect in panel.acts.cells()]
    assert lefts == sorted(set(lefts))


@pytest.mark.parametrize("part", ["curve", "acts"])
def test_a_press_on_a_scene_chooses_it(
    part: str, panel: NarrativePanel, session: Session, look: Callable[[], None]
) -> None:
    look()
    rects = panel.curve.scene_rects() if part == "curve" else [rect for _, rect in panel.acts.cells()]
    at = rects[1].center().toPoint() - QPoint(0, 2)
    QTest.mouseClick(getattr(panel, part), Qt.MouseButton.LeftButton, pos=at)
    assert session.selection.shots.ids == ("s2",)


def test_arrow_keys_go_from_scene_to_scene(panel: NarrativePanel, session: Session, look: Callable[[], None]) -> None:
    look()
    session.selection.shots.set(["s2"])
    QTest.keyClick(panel.curve, Qt.Key.Key_Right)
    assert session.selection.shots.ids == ("s3",)
    QTest.keyClick(panel.curve, Qt.Key.Key_Left)
    assert session.selection.shots.ids == ("s2",)
    QTest.keyClick(panel.acts, Qt.Key.Key_Right)
    assert session.selection.shots.ids == ("s3",), "the pictures of the acts, too"
    session.selection.shots.clear()
    QTest.keyClick(panel.acts, Qt.Key.Key_Down)
    assert session.selection.shots.ids == ("s1",)


def test_another_structure_tells_the_same_scenes_anew(
    panel: NarrativePanel, session: Session, look: Callable[[], None], qtbot: QtBot
) -> None:
    look()
    before = session.narrating.told
    panel.structure.setCurrentIndex(panel.structure.findData("save_the_cat"))
    panel.structure.activated.emit(panel.structure.currentIndex())
    qtbot.waitUntil(lambda: session.narrating.told is not before and session.narrating.job is None)
    told = session.narrating.told
    assert told is not None
    assert len(told.story.acts) == 15
    assert panel.verb.text() == "Order as Save the Cat"
    assert len(panel.acts.heads()) == 15


def test_a_suggestion_has_one_verb_and_what_was_followed_is_looked_for_again(
    panel: NarrativePanel, session: Session
) -> None:
    did: list[str] = []
    offer = Offer("Something is missing.", "because", "Add shot", lambda: did.append("done"))
    session.narrating.show(None, Offers("Missing", (offer,), "Nothing", "More", lambda: did.append("again")))
    (row,) = panel.offers.rows
    assert row.button.text() == "Add shot"
    QTest.mouseClick(row.button, Qt.MouseButton.LeftButton)
    assert did == ["done", "again"]
    session.narrating.show(None, Offers("Missing", (), "Nothing"))
    assert panel.offers.rows == []


def test_the_action_brings_the_panel_up_in_the_window(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    session.selection.shots.set(["s1", "s2", "s3"])
    assert window.run("suggest.missing")
    qtbot.waitUntil(lambda: session.narrating.job is None and bool(session.narrating.offers.title))
    (panel,) = window.findChildren(NarrativePanel)
    assert panel.isVisible()
    assert len(panel.offers.rows) == len(session.narrating.offers.rows) > 0
