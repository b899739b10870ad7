from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from studio_app.services.cache_budget import Usage
from studio_app.services.job_book import BookState, Entry
from studio_app.services.jobs import Job
from timeline.errors import StudioError
from ui.main_window import MainWindow
from ui.panels.jobs import JobRow
from ui.status_line import StatusLine
from ui.status_popovers import Popover

pytestmark = pytest.mark.qt


@pytest.fixture
def line(window: MainWindow) -> Iterator[StatusLine]:
    yield window.status_line
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()


def popup() -> QMenu | Popover:
    found = QApplication.activePopupWidget()
    assert isinstance(found, (QMenu, Popover))
    return found


def test_it_says_rate_quality_and_cache(window: MainWindow, line: StatusLine) -> None:
    line._measured(Usage({"proxies": 3_000_000, "thumbnails": 2_000}, 5))
    assert line.facts["rate"] == "25 fps"
    assert line.facts["quality"] == "Full quality"
    assert line.facts["cache"] == "Cache 3 MB"
    assert line.facts["jobs"] == line.facts["failed"] == ""


def test_a_click_on_quality_opens_the_choice(window: MainWindow, line: StatusLine) -> None:
    QTest.mouseClick(line._quality, Qt.MouseButton.LeftButton)
    menu = popup()
    assert isinstance(menu, QMenu)
    next(one for one in menu.actions() if one.text() == "Half quality").trigger()
    menu.close()
    assert window.session.settings.values.preview_quality == "half"


def test_failed_work_is_counted_and_told_above_it(window: MainWindow, line: StatusLine, qtbot: QtBot) -> None:
    def work(job: Job) -> None:
        raise StudioError("The disk is full. Make room, then retry.")

    window.session.jobs.submit("film.mp4", work, kind="export")
    qtbot.waitUntil(lambda: line.facts["failed"] == "1 failed")
    QTest.mouseClick(line._failed, Qt.MouseButton.LeftButton)
    found = popup()
    assert len(found.findChildren(JobRow)) == 1
    found.close()


def test_a_lost_reply_of_an_earlier_run_is_counted_as_the_storyboard_counts_it(
    window: MainWindow, line: StatusLine
) -> None:
    session = window.session
    shot = session.document.project.storyboards[0].shots[0]
    entry = Entry(session.document.project.id, shot.id, "A boat", "luma", {}, "", state=BookState.UNKNOWN)
    session.desk.book.add(entry)
    session.document.replace(session.document.saved, None)
    assert session.generation.state_of(shot.id).state == "unknown"
    assert line.facts["failed"] == "1 outcome unknown"
    QTest.mouseClick(line._failed, Qt.MouseButton.LeftButton)
    assert "1 of an earlier run" in " ".join(one.text() for one in popup().findChildren(QLabel))


def test_the_cache_says_what_it_holds(window: MainWindow, line: StatusLine) -> None:
    line._measured(Usage({"proxies": 3_000_000}, 5))
    line._cache.setFocus()
    QTest.keyClick(line._cache, Qt.Key.Key_Return)
    assert popup().accessibleName() == "Cache"


def test_a_narrow_line_shows_icons_with_the_words_in_the_tooltip(window: MainWindow, line: StatusLine) -> None:
    wide = line._quality.sizeHint().width()
    window.resize(1366, 768)
    QApplication.processEvents()
    assert line._quality.sizeHint().width() < wide
    assert line._quality.toolTip() == "Full quality"


def test_a_panel_that_gets_the_keys_does_not_hide_the_words_about_what_is_selected(
    window: MainWindow, line: StatusLine
) -> None:
    window.show_panel("timeline")
    session = window.session
    session.selection.items.set([next(clip.id for track in session.sequence.tracks for clip, _ in track.clips())])
    words = line.message
    assert "handles" in words or ": " in words
    window.show_panel("media_pool")
    assert line.message.startswith("Drag to the timeline.")
    window.show_panel("timeline")
    assert line.message == words


def test_a_timeline_behind_another_tab_leaves_the_hint_of_what_is_seen(window: MainWindow, line: StatusLine) -> None:
    session = window.session
    clips = [clip.id for track in session.sequence.tracks for clip, _ in track.clips()]
    window.show_workspace("evolve")
    QApplication.processEvents()
    words = line.message
    session.selection.items.set(clips[:1])
    assert line.message == words
    window.show_panel("timeline")
    assert line.message != words


def test_what_an_edit_did_beside_what_was_asked_stands_in_the_line_without_a_toast(
    window: MainWindow, line: StatusLine
) -> None:
    toasts = list(window.toasts.texts)
    window.session.noted.emit("The dissolve was removed: its clips no longer meet.")
    assert line.message == "The dissolve was removed: its clips no longer meet."
    assert list(window.toasts.texts) == toasts


def test_a_hint_that_comes_with_an_edit_waits_for_what_the_edit_said(window: MainWindow, line: StatusLine) -> None:
    line.say("The dissolve was removed: its clips no longer meet.")
    line.set_hint("Title: 4 s.")
    assert line.message.startswith("The dissolve was removed")
    QTest.qWait(300)
    line.set_hint("Drag +12 frames.")
    assert line.message == "Drag +12 frames."
