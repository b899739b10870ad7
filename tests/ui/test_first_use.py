"""The start page, the format of the first clip, the tour, tooltips with the keys in force."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QScrollArea
from pytestqt.qtbot import QtBot

from studio_app.actions.registry import Actions
from studio_app.services.settings import RecentProject
from studio_app.session.face import Face
from studio_app.session.session import Session
from tests.ui.conftest import picture_file
from timeline.media import Media, MediaKind
from timeline.sequence import Sequence
from timeline.time import RationalTime
from ui.format_bar import differing
from ui.main_window import MainWindow
from ui.start_page import StartPage
from ui.toasts import Toast
from ui.tour import AGAIN_AFTER_MS, STEPS
from ui.widgets import tool_button

pytestmark = pytest.mark.qt


@pytest.fixture
def no_button_held(window: MainWindow) -> None:
    """QTest's double click, in a test that ran before, leaves a button down; the tour waits for such."""
    if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
        QTest.mouseRelease(window.status_line, Qt.MouseButton.LeftButton)


def film(folder: Path, media_id: str = "film", rate: Fraction | None = Fraction(25), width: int = 640) -> Media:
    path = str(picture_file(folder, f"{media_id}.png"))
    return Media(path, MediaKind.VIDEO, "A003", RationalTime(9), width, 360, rate, has_video=True, id=media_id)


def cut_in(window: MainWindow, media: Media) -> None:
    window.session.document.add_media([media])
    window.session.selection.media.set([media.id])
    assert window.run("clip.append")


@pytest.fixture
def fresh(window: MainWindow) -> MainWindow:
    window.session.files.new("Fresh", 1920, 1080, Fraction(24))
    QApplication.processEvents()
    return window


def test_the_first_clip_of_another_format_is_asked_about_once(fresh: MainWindow, tmp_path: Path) -> None:
    bar = fresh.format_bar
    cut_in(fresh, film(tmp_path))
    assert bar.isVisible()
    fresh.show_workspace("evolve")
    there = fresh.children()
    assert there.index(bar) > max(there.index(dock) for dock in fresh.panels.docks.values()), "panels came before it"
    assert bar.change.text() == "Change sequence to 640 × 360, 25 fps"
    bar.change.click()
    sequence = fresh.session.sequence
    assert (sequence.width, sequence.height, sequence.rate) == (640, 360, Fraction(25))
    assert not bar.isVisible()
    fresh.session.document.undo()
    assert fresh.session.sequence.width == 1920
    cut_in(fresh, film(tmp_path, "other", Fraction(30)))
    assert not bar.isVisible()


def test_keep_keeps_and_undo_of_the_clip_takes_the_question_away(fresh: MainWindow, tmp_path: Path) -> None:
    bar = fresh.format_bar
    cut_in(fresh, film(tmp_path))
    fresh.session.document.undo()
    assert not bar.isVisible()
    fresh.session.document.redo()
    assert bar.isVisible()
    bar.keep.click()
    assert not bar.isVisible()
    assert fresh.session.sequence.width == 1920


def test_a_clip_of_the_same_format_asks_nothing(fresh: MainWindow, tmp_path: Path) -> None:
    cut_in(fresh, Media("", MediaKind.VIDEO, "B", RationalTime(2), 1920, 1080, Fraction(24), has_video=True, id="same"))
    assert not fresh.format_bar.isVisible()


def test_only_rates_that_editors_know_are_offered(tmp_path: Path) -> None:
    sequence = Sequence(width=640, height=360, rate=Fraction(24))
    assert differing(film(tmp_path, rate=Fraction(1000, 37)), sequence) == {}
    assert differing(film(tmp_path, width=0), sequence) == {}
    assert differing(film(tmp_path), sequence) == {"rate": Fraction(25)}


def test_a_project_made_of_footage_takes_its_format(
    bare_session: Session, actions: Actions, tmp_path: Path, qtbot: QtBot
) -> None:
    window = MainWindow(bare_session, actions)
    window.show()
    window.files.take([picture_file(tmp_path, "photo.png")])
    qtbot.waitUntil(lambda: bare_session.sequence.width == 64, timeout=30_000)
    assert bare_session.sequence.height == 36
    bare_session.document.mark_saved(None)
    window.close()


def test_the_start_page_offers_presets_of_keys_and_shows_the_keys_in_force(
    bare_session: Session, actions: Actions
) -> None:
    window = MainWindow(bare_session, actions)
    window.show()
    page = window.start_page
    assert page._verbs["file.new"].cap._text == "Ctrl N"
    page.preset.setCurrentIndex(page.preset.findData("avid"))
    page.preset.activated.emit(page.preset.currentIndex())
    assert bare_session.keymap.preset == "avid"
    bare_session.keymap.assign("file.new", ["F8"])
    assert page._verbs["file.new"].cap._text == "F8"
    window.close()


@pytest.mark.usefixtures("no_button_held")
def test_the_tour_shows_five_places_and_closes_for_ever(window: MainWindow) -> None:
    tour, settings = window.tour, window.session.settings.values
    window.show_panel("timeline")
    before = QApplication.focusWidget()
    tour.start_once()
    assert tour.isVisible()
    assert len(tour.steps) == len(STEPS) == 5
    assert "Ctrl+I" in tour.words.text()
    QTest.keyClick(tour.next, Qt.Key.Key_Right)
    for _ in range(2):
        tour.next.click()
    assert tour.back.isEnabled()
    QTest.keyClick(tour.next, Qt.Key.Key_Escape)
    assert not tour.isVisible()
    assert QApplication.focusWidget() is before
    assert not window.docks["media_pool"].visibleRegion().isEmpty()
    assert settings.tour_seen
    tour.start_once()
    assert not tour.isVisible()
    window.run("help.tour")
    assert tour.isVisible()
    for _ in range(5):
        tour.next.click()
    assert not tour.isVisible()


def test_tooltips_show_the_key_in_force(window: MainWindow) -> None:
    button = tool_button("magnet", "Snapping (S)\nDrags catch.")
    button.setParent(window.docks["timeline"].panel)
    tips = window._tips
    assert tips.shown(button.toolTip(), button) == "Snapping (S)\nDrags catch."
    window.session.keymap.choose("resolve")
    assert tips.shown(button.toolTip(), button) == "Snapping (N)\nDrags catch."
    window.session.keymap.assign("sequence.snapping", [])
    assert tips.shown(button.toolTip(), button) == "Snapping\nDrags catch."
    assert tips.shown("Zoom (at the pointer)", button) == "Zoom (at the pointer)"


def press(key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)


def test_while_the_tour_is_up_the_keys_of_the_window_do_nothing_beneath_it(window: MainWindow) -> None:
    window.show_panel("timeline")
    transport, tour = window.session.transport, window.tour
    before, at = window.session.document.project, transport.time
    window.run("help.tour")
    for key in (Qt.Key.Key_End, Qt.Key.Key_Delete, Qt.Key.Key_S, Qt.Key.Key_M):
        press(key)
    assert (window.session.document.project, transport.time) == (before, at)
    press(Qt.Key.Key_Right)
    assert (tour.number, transport.time) == (1, at)
    for _ in range(4):
        press(Qt.Key.Key_Tab)
        assert QApplication.focusWidget() in (tour.skip, tour.back, tour.next)
    press(Qt.Key.Key_Escape)
    assert not tour.isVisible()
    press(Qt.Key.Key_End)
    assert transport.time != at


@pytest.mark.usefixtures("no_button_held")
def test_the_tour_waits_until_a_dialog_is_closed(window: MainWindow, qtbot: QtBot) -> None:
    dialog = QDialog(window)
    dialog.show()
    window.tour.start_once()
    assert not window.tour.isVisible()
    dialog.close()
    qtbot.waitUntil(window.tour.isVisible, timeout=AGAIN_AFTER_MS * 4)


def test_the_start_page_lists_the_engines_and_whether_they_are_ready(bare_session: Session, qtbot: QtBot) -> None:
    page = StartPage(bare_session, (), lambda _: None)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.engines.layout() is not None and page.engines.layout().count() > 1, timeout=8000)
    rows = [page.engines.layout().itemAt(n).widget() for n in range(1, page.engines.layout().count())]
    assert rows[0].accessibleName() == "Starcut, on this computer: ready"
    assert not any("slate" in row.accessibleName().lower() for row in rows), "the one for tests is hidden"
    shown: list[tuple[str, str]] = []
    bare_session.face = cast(Face, SimpleNamespace(show=lambda what, about="": shown.append((what, about))))
    page.keys_wanted.click()
    assert shown == [("preferences", "engines")], "what wants a key leads to where keys are entered"
    page.release()


def test_what_is_said_does_not_lie_over_the_timeline(window: MainWindow) -> None:
    window.session.tell("A sentence.")
    window.session.tell("Another one.")
    toasts = window.findChildren(Toast)
    free = window.panels.timeline_place()
    assert free is not None
    assert len(toasts) == 2
    assert not any(toast.geometry().intersects(free) for toast in toasts)
    assert all(window.rect().contains(toast.geometry()) for toast in toasts)
    window.docks["timeline"].close()
    QApplication.processEvents()
    window.toasts.place()
    lowest = max(toast.geometry().bottom() for toast in toasts)
    assert window.height() - lowest < 60, "else at the foot of the window"


def test_at_200_percent_of_a_small_screen_nothing_on_the_start_page_is_squeezed_or_cut(
    window: MainWindow, bare_session: Session
) -> None:
    now = "2026-01-01T12:00:00"
    bare_session.settings.values.recent = [RecentProject(path=f"/{n}", name=f"Film {n}", opened=now) for n in range(5)]
    bare_session.document.mark_saved(None)
    bare_session.document.close()
    window.resize(960, 540)
    QApplication.processEvents()
    page = window.start_page
    for scroll in page.findChildren(QScrollArea):
        inner = scroll.widget()
        assert inner.width() <= scroll.viewport().width()
        assert inner.height() >= inner.minimumSizeHint().height()
    shown = [verb for verb in page._verbs.values() if verb.isVisible()]
    assert shown
    assert all(verb.height() >= verb.minimumSizeHint().height() for verb in shown)
