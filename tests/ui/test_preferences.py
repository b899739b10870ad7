"""Preferences are pages of forms; what is chosen counts at once. The pool says which clips have a proxy."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QMenu
from pytestqt.qtbot import QtBot

from studio_app.services.proxy_entry import ProxyState
from studio_app.services.settings import SettingsStore
from studio_app.session.session import Session
from tests.ui.conftest import picture_file
from timeline.media import Media, MediaKind
from timeline.time import RationalTime
from ui.dialogs.export import ExportDialog
from ui.dialogs.preferences import PreferencesDialog
from ui.form.editors.number import NumberEditor
from ui.form.editors.toggle import ToggleEditor
from ui.main_window import MainWindow
from ui.panels.media_pool import MediaPoolPanel
from ui.preference_page import pages
from ui.preferences.playback_cache import PlaybackAndCachePage

pytestmark = pytest.mark.qt


@pytest.fixture
def dialog(session: Session, qtbot: QtBot) -> PreferencesDialog:
    dialog = PreferencesDialog(None, session, "Playback and cache")
    dialog.show()
    return dialog


@pytest.fixture
def page(dialog: PreferencesDialog) -> PlaybackAndCachePage:
    return next(one for one in dialog.pages if isinstance(one, PlaybackAndCachePage))


def test_every_file_is_a_page_and_every_row_a_setting_with_words_of_its_own(session: Session) -> None:
    folder = Path(__file__).resolve().parents[2] / "ui" / "preferences"
    names = {file.stem for file in folder.glob("*.py")} - {"__init__"}
    assert {page.__module__.rpartition(".")[2] for page in pages()} == names
    for page in pages():
        assert page.title
        for _, model in page.sections:
            assert model.__doc__
            assert set(model.model_fields) <= set(type(session.settings.values).model_fields)


def test_preferences_open_by_their_keys(window: MainWindow, qtbot: QtBot) -> None:
    assert window.run("edit.preferences")
    found = window.findChild(PreferencesDialog)
    assert isinstance(found, PreferencesDialog)
    assert found.isVisible()
    found.close()


def test_what_is_chosen_is_stored_and_told_at_once(
    dialog: PreferencesDialog, page: PlaybackAndCachePage, session: Session
) -> None:
    told: list[bool] = []
    session.settings_changed.connect(lambda: told.append(session.settings.values.proxies_automatic))
    editors = {name: editor for form in page.forms for name, editor in form.editors.items()}
    toggle, disk = editors["proxies_automatic"], editors["cache_gb"]
    assert isinstance(toggle, ToggleEditor)
    assert isinstance(disk, NumberEditor)
    toggle.box.click()
    assert told == [False]
    disk.field.setFocus()
    disk.field._edit()
    disk.field.setText("35")
    disk.field._accept()
    stored = SettingsStore(session.settings.path).values
    assert (stored.proxies_automatic, stored.cache_gb) == (False, 35)
    dialog.close()


def test_it_says_what_the_cache_takes_and_clears_what_is_not_in_use(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    old, used = (session.budget.folder / "proxies" / name for name in ("old.mp4", "used.mp4"))
    old.parent.mkdir(parents=True, exist_ok=True)
    old.write_bytes(bytes(3_000_000))
    used.write_bytes(bytes(1_000_000))
    session.budget.add_user(lambda: {used})
    dialog = PreferencesDialog(None, session, "Playback and cache")
    page = next(one for one in dialog.pages if isinstance(one, PlaybackAndCachePage))
    qtbot.waitUntil(lambda: "4 MB of" in page.used.text())
    assert "Proxies 4 MB" in page.parts.text()
    assert page.folder.text() == str(session.budget.folder)
    page.clear.click()
    qtbot.waitUntil(lambda: "1 MB of" in page.used.text())
    assert (old.exists(), used.exists()) == (False, True)
    dialog.close()


@pytest.fixture
def film(session: Session, qtbot: QtBot, tmp_path: Path) -> Media:
    session.settings.values.proxies_automatic = False
    one = Media(
        str(picture_file(tmp_path, "film.png")),
        MediaKind.VIDEO,
        "Film",
        RationalTime(10),
        1920,
        1080,
        Fraction(25),
        has_video=True,
        content_hash="film",
        id="film",
    )
    session.document.add_media([one])
    qtbot.waitUntil(lambda: session.proxies._looker is None)
    return one


def test_a_clip_with_a_proxy_wears_a_p_and_offers_to_delete_it(session: Session, film: Media, qtbot: QtBot) -> None:
    pool = MediaPoolPanel(session)
    pool.make()
    pool.resize(400, 400)
    qtbot.addWidget(pool)
    index = next(
        pool.model.index(row, 0) for row in range(pool.model.rowCount()) if pool.model.items[row].id == film.id
    )
    assert "Has a proxy" not in str(index.data(Qt.ItemDataRole.ToolTipRole))
    assert verbs(pool.menu_for(index)) >= {"Make proxy"}
    before = corner(pool, index)
    entry = session.proxies._entries[film.id]
    entry.path.parent.mkdir(parents=True, exist_ok=True)
    entry.path.write_bytes(b"a proxy")
    session.proxies.consider_again()
    qtbot.waitUntil(lambda: session.proxies.state(film) is ProxyState.READY)
    assert corner(pool, index) != before
    assert "Has a proxy" in str(index.data(Qt.ItemDataRole.ToolTipRole))
    menu = pool.menu_for(index)
    assert verbs(menu) >= {"Delete proxy"}
    next(one for one in menu.actions() if one.text() == "Delete proxy").trigger()
    assert not entry.path.exists()
    assert session.proxies.state(film) is ProxyState.NONE
    pool.release()


def verbs(menu: QMenu) -> set[str]:
    return {one.text() for one in menu.actions()}


def corner(pool: MediaPoolPanel, index: object) -> QImage:
    """The upper right of a clip's picture."""
    pool.show()
    rect = pool.view.visualRect(index)  # type: ignore[arg-type]
    picture = pool.view.viewport().grab().toImage()
    return picture.copy(rect.left() + pool.grid._delegate.picture[0] - 30, rect.top() + 2, 34, 24)


def test_the_close_button_is_the_one_that_enter_presses(dialog: PreferencesDialog) -> None:
    close = next(one for one in dialog.findChildren(QAbstractButton) if one.text() == "Close")
    assert close.isDefault()  # type: ignore[attr-defined]
    dialog.close()


def test_enter_in_a_field_takes_the_number_and_leaves_the_dialog_open(
    dialog: PreferencesDialog, page: PlaybackAndCachePage, session: Session
) -> None:
    field = next(one.field for one in page.findChildren(NumberEditor) if one.field.accessibleName() == "Memory")
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    QTest.keyClicks(field, "256")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert session.settings.values.memory_mb == 256
    assert dialog.isVisible()


def test_the_export_dialog_offers_a_draft_only_where_there_is_a_proxy(
    session: Session, film: Media, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sent: list[dict[str, object]] = []
    monkeypatch.setattr(session, "export", lambda *args, **more: sent.append(more))
    monkeypatch.setattr(session.proxies, "state", lambda media: ProxyState.NONE)
    without = ExportDialog(None, session)
    qtbot.addWidget(without)
    assert not without.draft.isVisibleTo(without)
    monkeypatch.setattr(session.proxies, "state", lambda media: ProxyState.READY)
    dialog = ExportDialog(None, session)
    qtbot.addWidget(dialog)
    assert dialog.draft.isVisibleTo(dialog)
    assert not dialog.draft.isChecked()
    dialog.folder.setText(str(tmp_path))
    dialog.export(stay=True)
    dialog.draft.setChecked(True)
    dialog.export(stay=True)
    assert sent == [{}, {"draft": True}]
