from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from engines.generate.base import GenerationRequest
from engines.generate.registry import DEFAULT_ENGINE, engine
from studio_app.session.session import Session
from timeline.commands.add_storyboard import AddStoryboard
from timeline.commands.edit_shot import EditShot
from timeline.storyboard import Shot, Storyboard
from ui.inspect_shot import ShotPage
from ui.prompt_chip import PromptChip
from ui.prompt_chips import _words
from ui.qt import tokens

pytestmark = pytest.mark.qt
SHOT = Shot("Three small red birds at dusk, no rain, glorbic bout")


@pytest.fixture
def page(bare_session: Session) -> ShotPage:
    bare_session.files.new("Small", 1280, 720, Fraction(25))
    board = Storyboard(shots=(SHOT,), global_style="noir")
    bare_session.document.do(AddStoryboard(board))
    made = ShotPage(bare_session, board, SHOT)
    bare_session.document.changed.connect(lambda _: made.refresh())  # as the inspector does
    bare_session.understanding.arrived.connect(made.refresh)
    made.resize(352, 700)
    made.show()
    for _ in range(400):
        if made.chips.chips:
            break
        QTest.qWait(25)
    QApplication.processEvents()
    return made


def shown(page: ShotPage) -> list[str]:
    return [chip.words for chip in page.chips.chips]


def chip(page: ShotPage, words: str) -> PromptChip:
    return next(one for one in page.chips.chips if one.words == words)


def described(page: ShotPage) -> str:
    shot = page.session.document.project.shot(SHOT.id)
    assert shot is not None
    return shot.description


def entries(menu: QMenu) -> dict[str, object]:
    return {action.text(): action for action in menu.actions() if action.text()}


def test_what_was_understood_and_what_was_not_is_seen(page: ShotPage) -> None:
    assert shown(page) == ["red", "Three small birds", "dusk", "no rain", "noir", "glorbic", "bout"]
    assert [one.words for one in page.chips.chips if one.unknown] == ["glorbic", "bout"]
    assert [one.words for one in page.chips.chips if one.negated] == ["no rain"]
    assert [one.words for one in page.chips.chips if one.fixed] == ["noir"]


def test_chips_lie_in_lines_within_the_page(page: ShotPage) -> None:
    assert all(one.x() >= 0 and one.geometry().right() <= page.chips.width() for one in page.chips.chips)
    assert len({one.y() for one in page.chips.chips}) >= 2
    assert page.chips.height() >= max(one.geometry().bottom() for one in page.chips.chips)


def test_the_cross_takes_the_wish_out_of_the_words(page: ShotPage) -> None:
    one = chip(page, "dusk")
    QTest.mouseClick(one, Qt.MouseButton.LeftButton, pos=QPoint(one.width() - 10, one.height() // 2))
    assert described(page) == "Three small red birds, no rain, glorbic bout"
    assert "dusk" not in shown(page)
    page.session.document.undo()
    assert "dusk" in shown(page)


def test_delete_on_the_keyboard_does_the_same_and_the_next_chip_gets_the_keys(page: ShotPage) -> None:
    one = chip(page, "no rain")
    one.setFocus()
    QTest.keyClick(one, Qt.Key.Key_Delete)
    assert described(page) == "Three small red birds at dusk, glorbic bout"


def test_the_menu_changes_the_value(page: ShotPage) -> None:
    dusk = next(one for one in page.session.understanding.of(SHOT.id).chips if one.phrase == "dusk")  # type: ignore[union-attr]
    menu = page.chips.menu_of(dusk, page.session.understanding.choices(SHOT.id, dusk))
    actions = entries(menu)
    assert actions["dusk"].isChecked()  # type: ignore[attr-defined]
    actions["dawn"].trigger()  # type: ignore[attr-defined]
    assert described(page) == "Three small red birds at dawn, no rain, glorbic bout"
    assert page.text.toPlainText() == described(page)


def test_the_menu_of_a_subject_offers_numbers(page: ShotPage) -> None:
    birds = next(one for one in page.session.understanding.of(SHOT.id).chips if one.domain == "subject")  # type: ignore[union-attr]
    menu = page.chips.menu_of(birds, page.session.understanding.choices(SHOT.id, birds))
    many = next(action.menu() for action in menu.actions() if action.text() == "How many")
    entries(many)["5"].trigger()  # type: ignore[attr-defined, arg-type]
    assert described(page).startswith("Five small red birds") or described(page).startswith("five small red birds")


def test_an_unknown_word_offers_what_it_may_mean(page: ShotPage) -> None:
    bout = page.session.understanding.of(SHOT.id).unknown[1]  # type: ignore[union-attr]
    entries(page.chips.menu_of_unknown(bout))["boat"].trigger()  # type: ignore[attr-defined]
    assert described(page).endswith("glorbic boat")


def test_typing_reads_the_words_after_a_pause(page: ShotPage) -> None:
    page.text.setFocus()
    page.text.setPlainText("a boat at night")
    QTest.qWait(300)
    assert shown(page) == ["boat", "at night", "noir"]
    page.text.setPlainText("")
    QTest.qWait(300)
    assert not page.chips.isVisible()


def test_a_chip_is_wide_enough_for_its_words_and_what_they_mean(page: ShotPage) -> None:
    for one in page.chips.chips:
        if one.meaning:
            words, meaning = QFontMetricsF(one.font()), QFontMetricsF(tokens.font("caption"))
            needed = words.horizontalAdvance(one.words) + 1 + 6 + meaning.horizontalAdvance(one.meaning)
            room = one.width() - 8 - (8 if one.fixed else 18)
            assert room >= needed, one.words


def test_a_chip_said_elsewhere_is_reached_by_the_keys_and_changes_nothing(page: ShotPage) -> None:
    fixed = chip(page, "noir")
    fixed.setFocus()
    assert fixed.hasFocus()
    before = described(page)
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Space):
        QTest.keyClick(fixed, key)
    assert described(page) == before
    assert QApplication.activePopupWidget() is None


@pytest.mark.parametrize("engine", ["auto", "runway/gen4_turbo", "gone/model"])
def test_a_shot_of_a_model_of_a_service_has_its_page(page: ShotPage, engine: str) -> None:
    """A name the registry does not know as it stands must not leave the inspector empty."""
    session = page.session
    board = next(one for one in session.document.project.storyboards if one.shots)
    assert session.document.do(EditShot(board.id, SHOT.id, {"engine": engine}))
    board = next(one for one in session.document.project.storyboards if one.shots)
    again = ShotPage(session, board, board.shots[0])
    assert again.text.toPlainText() == SHOT.description
    assert session.generation.scene_of(SHOT.id) is not None


def test_what_leads_up_to_a_phrase_is_no_part_of_it_and_cut_alone_is_no_transition() -> None:
    words = "A cat runs through a wet street #cut"
    found = engine(DEFAULT_ENGINE).understand(GenerationRequest(prompt=words))
    shown = {chip.domain: _words(words, chip, found) for chip in found.chips}
    assert shown["feature"] == "wet street"
    assert "transition" not in shown
    cut = engine(DEFAULT_ENGINE).understand(GenerationRequest(prompt="The pier, then cut to the sea"))
    assert "transition" in {chip.domain for chip in cut.chips}
    goes = engine(DEFAULT_ENGINE).understand(GenerationRequest(prompt="The ferry leaves the harbour"))
    assert [chip.value for chip in goes.chips] == ["ferry", "slow", "sea"], "who leaves brings no forest along"
