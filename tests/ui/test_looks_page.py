"""The looks that were found, in the preferences; thumbs at a take."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest
from pytestqt.qtbot import QtBot

from studio_app.actions.registry import Actions
from studio_app.services.learning import Learning
from studio_app.session.session import Session
from tests.engines.generate.learnt_runs import run
from timeline.commands.add_storyboard import AddStoryboard
from timeline.storyboard import Shot, Storyboard
from timeline.time import RationalTime
from ui.dialogs.preferences import PreferencesDialog
from ui.look_row import LookRow
from ui.preferences.looks import LooksPage

pytestmark = pytest.mark.qt


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> Iterator[LooksPage]:
    for number, palette in enumerate(("warm", "blue")):
        session.learning.add(run(f"r{number}", palette))
    page = LooksPage(session)
    qtbot.addWidget(page)
    yield page
    page.release()


def rows(page: LooksPage) -> list[LookRow]:
    found = (page.looks.itemAt(n) for n in range(page.looks.count()))
    return [one.widget() for one in found if one is not None and isinstance(one.widget(), LookRow)]


def test_the_page_stands_among_the_preferences(session: Session) -> None:
    dialog = PreferencesDialog(None, session, "Looks")
    assert isinstance(dialog.pages[dialog.list_.currentRow()], LooksPage)
    dialog.done(0)


def test_a_look_goes_into_the_words_of_the_chosen_shot_and_undo_takes_it_out(page: LooksPage) -> None:
    session, line = page.session, rows(page)[0]
    shot = session.document.project.storyboards[0].shots[0]
    line.use.click()
    assert "Choose a shot" in page.problem.text()
    session.selection.shots.set([shot.id])
    line.use.click()
    now = session.document.project.shot(shot.id)
    assert now is not None
    assert now.description.endswith(f", like {line.entry.name}")
    asked = session.generation.request_of(shot.id)
    assert asked is not None
    assert list(asked[1].learnt["looks"]) == [line.entry.name]
    session.document.undo()
    assert session.document.project.shot(shot.id) == shot


def test_two_looks_are_blended_and_one_is_forgotten(page: LooksPage, qtbot: QtBot) -> None:
    first, second = (line.entry for line in rows(page))
    ways = rows(page)[0].menu().actions()[0].menu()
    assert len(ways.actions()) == 7
    ways.actions()[3].trigger()
    qtbot.waitUntil(lambda: len(rows(page)) == 3)
    next(line for line in rows(page) if line.entry == first).forget.click()
    qtbot.waitUntil(lambda: len(rows(page)) == 2)
    assert first.name not in [line.entry.name for line in rows(page)]
    assert second.name in [line.entry.name for line in rows(page)]


def test_a_search_finds_looks_by_name_and_by_colour(page: LooksPage) -> None:
    wanted = rows(page)[1].entry
    page.search.setText(wanted.name[:5].lower())
    assert [line.entry for line in rows(page)] == [wanted]
    page.search.setText(next(iter(wanted.colours)))
    assert wanted in [line.entry for line in rows(page)]


def test_a_suggestion_counts_only_once_accepted_and_only_where_the_project_wants_it(page: LooksPage) -> None:
    session = page.session
    for number in range(3):
        session.learning.add(run(f"dark{number}", "warm", brightness=5.0))
    suggestion = session.learning.suggestions()[0]
    assert "very dark" in suggestion.sentence
    assert session.learning.accepted.nudges == {}
    session.learning.accept(suggestion)
    shot = session.document.project.storyboards[0].shots[0]
    asked = session.generation.request_of(shot.id)
    assert asked is not None
    assert asked[1].learnt == {}
    page.used.click()
    asked = session.generation.request_of(shot.id)
    assert asked is not None
    assert suggestion.key in asked[1].learnt["nudges"]
    session.document.undo()
    assert not page.used.isChecked()


def test_a_take_is_logged_with_its_figures_and_gets_a_thumb_that_stays(
    session: Session, actions: Actions, qtbot: QtBot
) -> None:
    shot = Shot("a sea at dusk, pan left", duration=RationalTime(Fraction(1, 2)))
    session.document.do(AddStoryboard(Storyboard("Small", (shot,), width=160, height=90)))
    session.selection.shots.set([shot.id])
    session.generation.generate([shot.id])
    qtbot.waitUntil(lambda: session.generation.state_of(shot.id).takes == 1, timeout=20000)
    one = session.learning.runs[0]
    assert one.film is not None
    assert one.film.motion > 1
    assert {word.key for word in one.words} >= {"setting sea", "time dusk", "camera pan_left"}
    actions.run("learn.thumb_down")
    assert Learning(session.paths.learnt, session.paths.cache).thumb_of(one.id) == "down"
    down = actions["learn.thumb_down"]
    assert down.checked is not None
    assert down.checked(session)
    actions.run("learn.thumb_down")
    assert not down.checked(session)


def test_a_take_that_is_not_in_the_log_has_no_thumbs(session: Session, actions: Actions) -> None:
    session.selection.shots.set([session.document.project.storyboards[0].shots[0].id])
    assert not actions["learn.thumb_up"].enabled(session)
