"""Preferences, Engines: a key is entered, tested and kept; who may be asked and what may be spent counts at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engines.play.audio_sink import WallClockSink
from studio_app.services.keys import Keys
from studio_app.services.paths import user_paths
from studio_app.session.session import Session
from tests.fakes.providers import FakeProviders
from tests.studio_app.test_keys import Ring
from ui.dialogs.preferences import PreferencesDialog
from ui.preferences.engines import EnginesPage
from ui.qt.main_thread import post

pytestmark = pytest.mark.qt


@pytest.fixture
def session(fakes: FakeProviders) -> Iterator[Session]:
    one = Session(user_paths(), WallClockSink(), post, keys=Keys(Ring(), {}))
    one.settings.values.engine_addresses = {"runway": fakes.base("runway")}
    yield one
    one.close()


def test_a_key_is_tested_and_kept_and_the_engine_is_ready(qtbot: QtBot, session: Session) -> None:
    page = EnginesPage(session)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: "runway" in page.lines)
    line = page.lines["runway"]
    assert "needs a key" in line.engine.missing
    line.field.setText("wrong")
    line.button.click()
    qtbot.waitUntil(lambda: "does not accept the key" in line.words.text())
    line.field.setText("good-key")
    line.button.click()
    qtbot.waitUntil(lambda: "1000 credits" in line.words.text())
    assert not line.field.text()
    assert session.desk.access.engine("runway").available() is None
    line.forget.click()
    qtbot.waitUntil(lambda: "no key yet" in line.words.text())
    page.release()


def test_a_key_is_there_at_once_for_who_shares_it_and_where_engines_are_chosen(
    qtbot: QtBot, session: Session, fakes: FakeProviders
) -> None:
    session.settings.values.engine_addresses |= {"pika": fakes.base("fal")}

    def lacks(name: str) -> str:
        return next((one.lacks for one in session.engine_choices.rows if one.value == name), "not looked yet")

    qtbot.waitUntil(lambda: "needs a key" in lacks("pika"))
    page = EnginesPage(session)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: "pika" in page.lines)
    session.engine_choices.look()  # one is under way when the key comes
    page.lines["pika"].field.setText("good-key")
    page.lines["pika"].button.click()
    qtbot.waitUntil(lambda: "accepts" in page.lines["pika"].words.text())
    qtbot.waitUntil(lambda: lacks("pika") == "" == lacks("fal"))
    assert page.lines["fal"].field.placeholderText() == "A key is kept"
    assert page.lines["fal"].is_ready
    page.lines["fal"].forget.click()
    qtbot.waitUntil(lambda: "needs a key" in lacks("pika"))
    assert "Key, from" in page.lines["pika"].field.placeholderText()
    page.release()


def test_an_address_is_kept_tested_and_taken_back(qtbot: QtBot, session: Session, fakes: FakeProviders) -> None:
    page = EnginesPage(session)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: "fal" in page.lines)
    line = page.lines["fal"]
    assert set(line.addresses) == {"fal", "fal-files", "fal-site"}
    names = [one.field.accessibleName() for one in line.addresses.values()]
    assert names[0] == "Address of fal, usually https://queue.fal.run"
    assert len(set(names)) == len(names)
    session.desk.access.keys.keep("FAL_KEY", "good-key")
    field = line.addresses["fal"].field
    for bad in ("fal.ai", "https://me:secret@fal.ai", "https://fal.ai/?key=1"):
        field.setText(bad)
        field.returnPressed.emit()
        assert "An address" in line.words.text()
    assert session.settings.values.engine_addresses.keys() == {"runway"}
    field.setText(fakes.base("fal") + "/")
    field.returnPressed.emit()
    qtbot.waitUntil(lambda: "fal accepts the key" in line.words.text())
    assert session.settings.values.engine_addresses["fal"] == fakes.base("fal")
    assert fakes.base("fal") in session.settings.path.read_text()
    line.addresses["fal"].reset.click()
    assert session.settings.values.engine_addresses.keys() == {"runway"}
    assert field.text() == ""
    page.release()


def test_return_in_a_key_keeps_it_and_leaves_the_preferences_open(qtbot: QtBot, session: Session) -> None:
    dialog = PreferencesDialog(None, session, "engines")
    qtbot.addWidget(dialog)
    dialog.show()
    assert isinstance(dialog.pages[dialog.list_.currentRow()], EnginesPage)
    (page,) = (one for one in dialog.pages if isinstance(one, EnginesPage))
    qtbot.waitUntil(lambda: "runway" in page.lines)
    line = page.lines["runway"]
    line.field.setFocus()
    QTest.keyClicks(line.field, "good-key")
    QTest.keyClick(line.field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: "1000 credits" in line.words.text())
    dialog.close()


def test_a_faulty_list_of_models_is_told_with_its_entry(qtbot: QtBot, session: Session) -> None:
    session.desk.access.own_models.parent.mkdir(parents=True, exist_ok=True)
    session.desk.access.own_models.write_text('[[model]]\nid = "mine"\nprovider = "fal"\n')
    page = EnginesPage(session)
    qtbot.addWidget(page)
    assert "mine" in page.fault.text()
    page.release()


def test_a_cap_counts_at_once(qtbot: QtBot, session: Session) -> None:
    page = EnginesPage(session)
    qtbot.addWidget(page)
    spending = page.forms[1]
    field = spending.editors["cap_project_hard"].field  # type: ignore[attr-defined]
    field.setFocus()
    QTest.keyClicks(field, "3.75")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert str(session.desk.caps.project_hard) == "3.75"
    spending.set_values({"cap_month_hard": 12.5})
    spending.finished.emit()
    assert str(session.desk.caps.month_hard) == "12.5"
    page.release()


def test_words_that_no_service_gets_are_the_projects(qtbot: QtBot, session: Session) -> None:
    session.files.new("Film", 320, 180)
    page = EnginesPage(session)
    qtbot.addWidget(page)
    page.never_sent.setText("Fizzo, Big Cola,")
    page.never_sent.editingFinished.emit()
    assert session.document.project.never_sent == ("Fizzo", "Big Cola")
    assert list(session.desk.blocked(session.document.project.id)) == ["Fizzo", "Big Cola"]
    session.document.undo()
    assert page.never_sent.text() == ""
    page.release()
