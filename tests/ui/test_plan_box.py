"""The box above the storyboard: words become shots in one step, and planning again asks first."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio_app.actions.registry import Actions
from studio_app.planning.assemble import total_length
from studio_app.planning.planner.again import Proposal
from studio_app.session.replanning import PlanWish, kept_in
from studio_app.session.session import Session
from timeline.command import Batch
from timeline.commands.edit_shot import EditShot
from timeline.commands.remove_shot import RemoveShot
from timeline.storyboard import Storyboard
from timeline.time import RationalTime
from ui.dialogs.replan import ReplanDialog
from ui.inspect_shot import ShotPage
from ui.panels.storyboard import PLAN_FROM, StoryboardPanel

pytestmark = pytest.mark.qt


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> StoryboardPanel:
    found = StoryboardPanel(session)
    qtbot.addWidget(found)
    found.resize(1100, 700)
    found.show()
    QApplication.processEvents()
    return found


def board(session: Session) -> Storyboard:
    return session.document.project.storyboards[0]


def empty(session: Session) -> None:
    one = board(session)
    session.document.do(Batch(tuple(RemoveShot(one.id, shot.id) for shot in one.shots), "Empty"))


def answer(monkeypatch: pytest.MonkeyPatch, said: str, *, is_anew: bool = False) -> list[Proposal]:
    seen: list[Proposal] = []

    def ask(dialog: ReplanDialog) -> str:
        dialog.anew.setChecked(is_anew)
        seen.append(dialog.proposal)
        assert dialog.list.topLevelItemCount() == len(dialog.proposal.rows)
        return said

    monkeypatch.setattr(ReplanDialog, "ask", ask)
    return seen


def test_words_become_shots_of_just_the_length_in_one_step(panel: StoryboardPanel) -> None:
    session, box = panel.session, panel.plan
    empty(session)
    assert box.button.text() == "Plan"
    assert panel.focusProxy() is panel.empty, "the keys stay in the panel: what is hidden cannot have them"
    box.text.setPlainText("A harbour at dawn. Gulls over the pier. The ferry leaves.")
    box.style_words.setText("cinematic, warm, slow zoom")
    box.structure.show_value("three_act")
    box._take_length(21.5)
    assert box.length.text() == "21.5 s", "the length that was typed, not a rounded one"
    box._take_length(15.0)
    QTest.keyClick(box.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    made = board(session)
    assert [shot.description for shot in made.shots] == [
        "A harbour at dawn.",
        "Gulls over the pier.",
        "The ferry leaves.",
    ]
    assert total_length(made) == RationalTime(15)
    assert (made.global_style, made.narrative_structure) == ("cinematic", "three_act")
    assert {(shot.mood, shot.camera_motion) for shot in made.shots} == {("warm", "zoom_in")}
    assert box.button.text() == "Plan again"
    assert panel.focusProxy() is panel.view
    assert kept_in(session, made) == ()
    session.document.undo()
    assert board(session).shots == ()


def test_planning_again_asks_and_keeps_what_was_changed(
    panel: StoryboardPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, box = panel.session, panel.plan
    empty(session)
    box.text.setPlainText("A harbour at dawn. Gulls over the pier.")
    box.ask()
    first, second = board(session).shots
    session.document.seal()
    session.document.do(EditShot(board(session).id, second.id, {"description": "Many gulls"}))
    assert "1 shot" in box.note.text()
    before = board(session)
    box.text.setPlainText("A night at sea.")
    seen = answer(monkeypatch, "")
    box.ask()
    assert board(session) == before  # Cancel
    assert [row.fate for row in seen[0].rows] == ["new", "gone", "kept"] or seen[0].count("kept") == 1
    answer(monkeypatch, "use")
    box.ask()
    told = {shot.description for shot in board(session).shots}
    assert told == {"A night at sea.", "Many gulls"}
    assert first.id not in {shot.id for shot in board(session).shots}
    answer(monkeypatch, "use", is_anew=True)
    box.ask()
    assert [shot.description for shot in board(session).shots] == ["A night at sea."]


def test_locked_shots_stay_and_wear_a_lock(panel: StoryboardPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    session, box = panel.session, panel.plan
    empty(session)
    box.text.setPlainText("A harbour at dawn. Gulls over the pier.")
    box.ask()
    _, second = board(session).shots
    unlocked = panel.view.viewport().grab().toImage()
    session.selection.shots.set([second.id])
    actions = Actions(session)
    assert actions.run("shot.lock")
    page = ShotPage(session, board(session), board(session).shots[1])
    assert page.lock.isChecked()
    assert panel.view.viewport().grab().toImage() != unlocked
    assert kept_in(session, board(session)) == (second.id,)
    box.text.setPlainText("A night at sea.")
    answer(monkeypatch, "use")
    box.ask()
    assert {shot.description for shot in board(session).shots} == {"A night at sea.", "Gulls over the pier."}
    session.selection.shots.set([second.id])
    page.lock.click()
    assert kept_in(session, board(session)) == ()


def test_a_wish_comes_back_with_its_storyboard_and_nothing_typed_replaces_nothing(panel: StoryboardPanel) -> None:
    session, box = panel.session, panel.plan
    assert not box.button.isEnabled()  # shots are there, words are not
    empty(session)
    box.text.setPlainText("One. Two.")
    box.style_words.setText("noir")
    box.ask()
    wish = PlanWish.of(board(session))
    assert (wish.text, wish.style) == ("One. Two.", "noir")
    box.text.setPlainText("")
    box._kept = None
    box.show_board(board(session))
    assert box.wish == wish
    broken = {"plan": {"text": 5, "seconds": "x", "images": "y", "captions": "yes"}}
    assert PlanWish.of(Storyboard(extra=broken)) == PlanWish(text="5")


@pytest.mark.parametrize(("structure", "transition"), [("", "dissolve"), ("linear", ""), ("three_act", "")])
def test_a_sentence_is_seen_from_several_sides_where_the_film_is_longer(
    panel: StoryboardPanel, structure: str, transition: str
) -> None:
    session, box = panel.session, panel.plan
    empty(session)
    box.text.setPlainText("A lighthouse in a storm.")
    box.structure.show_value(structure)
    box._take_length(30.0)
    box.ask()
    made = board(session)
    assert len(made.shots) == 5
    assert {shot.transition for shot in made.shots[1:]} == {transition}
    assert total_length(made) == RationalTime(30)


def test_what_cannot_be_planned_is_said_beside_the_verb(panel: StoryboardPanel) -> None:
    session, box = panel.session, panel.plan
    empty(session)
    box.text.setPlainText("No marker here.")
    box.strategy.show_value("shot markers")
    box.ask()
    assert "no <SHOT 1>" in box.note.text()
    assert board(session).shots == ()


def test_a_small_panel_has_no_box(panel: StoryboardPanel) -> None:
    assert panel.plan_place.isVisible()
    panel.setMinimumSize(200, 90)  # as its dock does
    panel.resize(500, 700)
    QApplication.processEvents()
    assert panel.width() == 500
    assert not panel.plan_place.isVisible()
    panel.resize(1100, PLAN_FROM - 1)
    QApplication.processEvents()
    assert not panel.plan_place.isVisible()
