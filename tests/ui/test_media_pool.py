"""The media pool in the hand: folders, names, stars, filters, the list, drops, keys, the menu."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from studio_app.actions.registry import Actions
from studio_app.session.session import Session
from timeline.commands.add_bin import AddBin
from timeline.commands.add_subclip import AddSubclip
from timeline.commands.set_pool_entry import SetPoolEntry
from timeline.media import Media, MediaKind
from timeline.pool import Bin, Subclip
from timeline.time import RationalTime, TimeRange
from ui.drag_mime import media_mime
from ui.main_window import MainWindow
from ui.media_items import MediaView
from ui.media_model import ITEM
from ui.media_picture import STAR
from ui.panels.media_pool import MediaPoolPanel
from ui.toasts import Toasts

pytestmark = pytest.mark.qt

FILM = Media(
    "/nowhere/pier.mov",
    MediaKind.VIDEO,
    "Pier",
    RationalTime(8),
    1920,
    1080,
    RationalTime(25).fraction,
    has_video=True,
    id="m3",
)


@pytest.fixture
def pool(session: Session, qtbot: QtBot) -> MediaPoolPanel:
    """Still 1, Still 2 and the missing Pier; the folder Day."""
    session.document.add_media([FILM])
    session.document.do(AddBin(Bin("Day", id="day")))
    panel = MediaPoolPanel(session)
    actions = Actions(session)
    panel.asked.connect(lambda action_id: actions.run(action_id))
    qtbot.addWidget(panel)
    panel.resize(384, 500)
    panel.show()
    QApplication.processEvents()
    return panel


def names(pool: MediaPoolPanel) -> list[str]:
    return [one.name for one in pool.model.items]


def drop(target: QWidget, data: QMimeData, at: QPoint) -> QDropEvent:
    """Enter, move and fall; the last event."""
    more = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(target, QDragEnterEvent(at, *more))
    QApplication.sendEvent(target, QDragMoveEvent(at, *more))
    event = QDropEvent(QPointF(at), *more)
    QApplication.sendEvent(target, event)
    return event


def middle(pool: MediaPoolPanel, item_id: str) -> QPoint:
    row = pool.model.row_of(item_id)
    assert row is not None
    return pool.view.visualRect(pool.model.index(row, 0)).center()


@pytest.mark.parametrize("as_list", [False, True], ids=["grid", "list"])
def test_clips_dropped_on_a_folder_move_into_it_in_one_step(pool: MediaPoolPanel, as_list: bool) -> None:
    (pool.list_button if as_list else pool.grid_button).setChecked(True)
    QApplication.processEvents()
    assert names(pool) == ["Day", "Still 1", "Still 2", "Pier"]
    drop(pool.view.viewport(), media_mime(["m1", "m2"]), middle(pool, "day"))
    assert names(pool) == ["Day", "Pier"]
    pool.session.browsing.open("day")
    assert names(pool) == ["Still 1", "Still 2"]
    pool.session.document.undo()
    assert names(pool) == []
    assert pool.stack.currentWidget() is pool.hollow


def test_the_way_takes_drops_too_and_leads_back(pool: MediaPoolPanel) -> None:
    drop(pool.view.viewport(), media_mime(["m1"]), middle(pool, "day"))
    pool.session.browsing.open("day")
    assert [one.text() for one in pool.crumbs.crumbs] == ["Small", "Day"]
    drop(pool.crumbs.crumbs[0], media_mime(["m1"]), QPoint(4, 4))
    assert names(pool) == []
    pool.crumbs.crumbs[0].click()
    assert names(pool) == ["Day", "Still 1", "Still 2", "Pier"]


def test_a_folder_is_dragged_into_another_but_not_into_itself(pool: MediaPoolPanel) -> None:
    pool.session.document.do(AddBin(Bin("Night", id="night")))
    data = pool.model.mimeData([pool.model.index(1, 0)])
    drop(pool.view.viewport(), data, middle(pool, "night"))
    assert [one.parent_id for one in pool.session.document.project.pool.bins] == [None, None]
    drop(pool.view.viewport(), data, middle(pool, "day"))
    assert [one.name for one in pool.session.document.project.pool.path_to("night")] == ["Day", "Night"]


def test_a_name_is_typed_in_its_place(pool: MediaPoolPanel, qtbot: QtBot) -> None:
    pool.session.selection.media.set(["m1"])
    pool.asked.emit("media.rename")
    field = pool.view.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    assert field.selectedText() == "Still 1"
    QTest.keyClicks(field, "Harbour")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Harbour" in names(pool))
    assert pool.session.document.undo_label == "Rename clip"
    assert pool.session.document.library.media["m1"].name == "Still 1", "the file keeps its own"


def test_a_new_folder_waits_for_its_name(pool: MediaPoolPanel, qtbot: QtBot) -> None:
    pool.asked.emit("media.new_bin")
    field = pool.view.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "Night")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(pool)[:2] == ["Day", "Night"])


def test_a_star_is_clicked_in_the_grid(pool: MediaPoolPanel) -> None:
    rect = pool.grid.visualRect(pool.model.index(1, 0))
    right = rect.left() + pool.grid._delegate.picture[0] + 4
    line = rect.top() + 2 + pool.grid._delegate.picture[1] + 27
    QTest.mouseClick(pool.grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(right - 2 * (STAR + 1) + 4, line))
    assert pool.session.document.project.pool.entry("m1").rating == 4
    QTest.mouseClick(pool.grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(right - 2 * (STAR + 1) + 4, line))
    assert pool.session.document.project.pool.entry("m1").rating == 0


def test_a_star_is_clicked_in_the_list(pool: MediaPoolPanel) -> None:
    pool.list_button.setChecked(True)
    pool.resize(900, 400)
    QApplication.processEvents()
    column = [pool.model.headerData(at, Qt.Orientation.Horizontal) for at in range(11)].index("Rating")
    rect = pool.rows.visualRect(pool.model.index(1, column))
    QTest.mouseClick(
        pool.rows.viewport(),
        Qt.MouseButton.LeftButton,
        pos=QPoint(rect.left() + 8 + 2 * (STAR + 1) + 3, rect.center().y()),
    )
    assert pool.session.document.project.pool.entry("m1").rating == 3


def test_the_list_sorts_by_a_column_and_remembers_it(pool: MediaPoolPanel) -> None:
    pool.list_button.setChecked(True)
    pool.rows.header().sectionClicked.emit(0)
    assert names(pool) == ["Day", "Pier", "Still 1", "Still 2"]
    pool.rows.header().sectionClicked.emit(0)
    assert names(pool) == ["Day", "Still 2", "Still 1", "Pier"]
    look = pool.session.settings.values.pool
    assert (look.is_list, look.sort, look.descending) == (True, "name", True)
    order = next(one for one in pool.rows.column_menu().actions() if one.text() == "In order of arrival")
    order.trigger()
    assert names(pool) == ["Day", "Still 1", "Still 2", "Pier"]


def test_columns_are_chosen_and_kept(pool: MediaPoolPanel) -> None:
    assert pool.rows.isColumnHidden(4)
    next(one for one in pool.rows.column_menu().actions() if one.text() == "Codec").trigger()
    assert not pool.rows.isColumnHidden(4)
    assert "codec" in pool.session.settings.values.pool.columns
    pool.rows.header().resizeSection(0, 222)
    assert pool.session.settings.values.pool.widths["name"] == 222


def test_chips_filter_and_are_cleared(pool: MediaPoolPanel) -> None:
    pool.open_filter()
    pool.popover.chips["kinds", "Picture"].click()
    assert names(pool) == ["Still 1", "Still 2"]
    pool.popover.chips["states", "used"].click()
    assert names(pool) == ["Still 1"]
    assert pool.filter_button.isChecked()
    assert pool.amount == "1 of 3"
    pool.popover.chips["rating", 5].click()
    assert pool.stack.currentWidget() is pool.nothing
    pool.popover.clear_button.click()
    assert names(pool) == ["Day", "Still 1", "Still 2", "Pier"]
    assert not any(chip.isChecked() for chip in pool.popover.chips.values())
    pool.popover.hide()


def test_a_hovered_picture_shows_the_frame_under_the_pointer(
    pool: MediaPoolPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[RationalTime] = []
    pool.session.presence.missing = frozenset()
    monkeypatch.setattr(pool.session.thumbnails, "get", lambda media, at, width: asked.append(at))
    rect = pool.grid.visualRect(pool.model.index(3, 0))
    QTest.mouseMove(pool.grid.viewport(), rect.topLeft() + QPoint(5 + pool.grid._delegate.picture[0] // 2, 20))
    QApplication.processEvents()
    pool.grid.grab()
    assert RationalTime(4) in asked
    QTest.mouseMove(pool.grid.viewport(), QPoint(2, pool.grid.viewport().height() - 2))
    asked.clear()
    pool.grid.grab()
    assert RationalTime(4) not in asked


def test_marks_labels_and_subclips_are_drawn(pool: MediaPoolPanel) -> None:
    pool.session.presence.missing = frozenset()
    pool.session.document.do(
        SetPoolEntry(("m3",), {"mark_in": RationalTime(2), "mark_out": RationalTime(6), "label": "red", "rating": 2})
    )
    pool.session.document.do(AddSubclip(Subclip("m3", TimeRange(RationalTime(1), RationalTime(2)), "Part", id="part")))
    item = pool.model.items[3]
    assert item.marked == TimeRange.between(RationalTime(2), RationalTime(6))
    cell = pool.grid.visualRect(pool.model.index(3, 0))
    shot = pool.grid.viewport().grab().toImage()
    foot = cell.top() + 2 + pool.grid._delegate.picture[1] - 2
    colours = [shot.pixelColor(cell.left() + 4 + x, foot).name() for x in (10, 56, 100)]
    assert colours[1] == "#f5b84d" or colours[1] not in (colours[0], colours[2])
    assert colours[0] == colours[2]
    spoken = pool.model.index(4, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Part, Subclip, 00:02:00")


def test_enter_opens_a_folder_or_the_source_viewer(pool: MediaPoolPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[tuple[str, str | None]] = []
    monkeypatch.setattr(pool.session.source, "show", lambda media_id, part=None: shown.append((media_id, part)))
    pool.session.document.do(AddSubclip(Subclip("m3", TimeRange(RationalTime(1), RationalTime(2)), "Part", id="part")))
    for item_id in ("m1", "part", "day"):
        row = pool.model.row_of(item_id)
        assert row is not None
        pool.view.setCurrentIndex(pool.model.index(row, 0))
        QTest.keyClick(pool.view, Qt.Key.Key_Return)
    assert shown == [("m1", None), ("m3", "part")]
    assert pool.session.browsing.bin_id == "day"


def test_select_all_by_key_where_the_desktop_gives_it_a_control_character(pool: MediaPoolPanel) -> None:
    key = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier, chr(1))
    QApplication.sendEvent(pool.view, key)
    assert len({index.row() for index in pool.view.selectionModel().selectedIndexes()}) == pool.view.model().rowCount()
    letter = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_V, Qt.KeyboardModifier.NoModifier, "v")
    QApplication.sendEvent(pool.view, letter)
    assert not letter.isAccepted()


def test_text_is_no_footage_and_says_so(pool: MediaPoolPanel) -> None:
    said: list[str] = []
    told: list[str] = []
    pool.message.connect(said.append)
    pool.session.told.connect(lambda message, _error: told.append(message))
    data = QMimeData()
    data.setText("https://example.com/film")
    before = pool.session.document.project
    event = drop(pool, data, QPoint(100, 300))
    assert not event.isAccepted()
    assert "Only files and folders can be imported." in said
    assert told == ["Only files and folders can be imported."]
    assert pool.session.document.project is before


def test_files_dropped_on_the_pool_go_into_the_open_folder(
    pool: MediaPoolPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[tuple[int, str | None]] = []
    monkeypatch.setattr(
        pool.session, "import_files", lambda paths, then=None, bin_id=None: taken.append((len(paths), bin_id))
    )
    pool.session.browsing.open("day")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(f"/footage/{number}.mov") for number in range(5000)])
    drop(pool, data, QPoint(100, 300))
    assert taken == [(5000, "day")]


def test_the_menu_offers_every_use_to_jump_to(pool: MediaPoolPanel) -> None:
    menu = pool.menu_for(pool.model.index(1, 0))
    uses = next(one.menu() for one in menu.actions() if one.text() == "Used 1 time")
    (place,) = uses.actions()  # type: ignore[union-attr]
    assert place.text() == "Main cut, 00:00:00:00, Picture"
    place.trigger()
    assert pool.session.selection.item_ids == ("picture", "sound")
    assert {one.text() for one in menu.actions()} >= {
        "Show in source viewer",
        "Make subclip",
        "Rename",
        "Label",
        "Rating",
    }
    offline = {one.text() for one in pool.menu_for(pool.model.index(3, 0)).actions()}
    assert "Relink…" in offline
    assert {one.text() for one in pool.menu_for(pool.model.index(99, 0)).actions()} >= {"Import media…", "New folder"}


def test_what_is_removed_is_no_more_selected(pool: MediaPoolPanel) -> None:
    pool.session.selection.media.set(["m2", "m3"])
    pool.asked.emit("media.remove")
    assert names(pool) == ["Day", "Still 1"]
    assert pool.chosen() == []
    pool.session.document.undo()
    assert names(pool) == ["Day", "Still 1", "Still 2", "Pier"]


def test_a_thousand_clips_are_listed_at_once(pool: MediaPoolPanel) -> None:
    many = [
        Media(f"/{n}.wav", MediaKind.AUDIO, f"{n}", RationalTime(1), has_audio=True, id=f"x{n}") for n in range(1000)
    ]
    pool.session.document.add_media(many)
    assert pool.model.rowCount() == 1004
    pool.search.setText("99 wav")  # the folder of the stills may have a 99 in its name
    assert pool.model.rowCount() == 19


def test_a_sentence_with_a_verb_stays_until_it_is_answered(qtbot: QtBot) -> None:
    window, above = QWidget(), QWidget()
    qtbot.addWidget(window)
    above.setParent(window)
    toasts, done = Toasts(window, above), []
    toasts.say("The same film is there.", verb="Import again", do=lambda: done.append(True))
    (toast,) = toasts._shown
    assert toast.verb_button is not None
    toast.verb_button.click()
    assert done == [True]
    assert toasts.texts == ()


def test_a_choice_is_not_hidden_behind_errors_that_stand(qtbot: QtBot) -> None:
    window, above = QWidget(), QWidget()
    qtbot.addWidget(window)
    above.setParent(window)
    toasts = Toasts(window, above)
    for number in range(3):
        toasts.say(f"Shot {number} failed.", error=True)
    toasts.say("The take is too short for its place.", verb="Choose what happens", do=lambda: None)
    assert toasts.texts == ("Shot 1 failed.", "Shot 2 failed.", "The take is too short for its place.")
    toasts._shown[-1].close_button.click()
    assert toasts.texts == ("Shot 1 failed.", "Shot 2 failed.", "Shot 0 failed."), "nothing is forgotten"


def test_the_pools_keys_work_in_the_window(window: MainWindow) -> None:
    window.show_panel("media_pool")
    panel = window.docks["media_pool"].panel
    assert isinstance(panel, MediaPoolPanel)
    panel.grid.setFocus()
    panel.grid.setCurrentIndex(panel.model.index(1, 0))
    QTest.keyClick(panel.grid, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.session.document.project.pool.entry("m2").rating == 3
    QTest.keyClick(panel.grid, Qt.Key.Key_Delete)
    assert window.session.document.project.pool.entry("m2").hidden
    assert window.session.sequence.clip("picture") is not None
    QTest.keyClick(panel.grid, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert panel.grid.findChild(QLineEdit) is not None


def test_every_control_has_a_name(pool: MediaPoolPanel) -> None:
    for widget in (pool.search, pool.filter_button, pool.grid_button, pool.list_button, pool.grid, pool.rows):
        assert widget.accessibleName()
    assert isinstance(pool.grid, MediaView)
    assert pool.model.index(0, 0).data(ITEM).name == "Day"


def test_pictures_of_both_looks_are_drawn(pool: MediaPoolPanel, tmp_path: Path) -> None:
    assert not pool.grab().isNull()
    pool.list_button.setChecked(True)
    assert not pool.grab().isNull()


def test_the_pictures_fill_their_cells(pool: MediaPoolPanel) -> None:
    for width in (246, 300, 357, 384, 700):
        pool.resize(width, 500)
        QApplication.processEvents()
        picture, cell = pool.grid._delegate.picture, pool.grid.gridSize()
        assert picture[0] <= cell.width() - 7
        assert picture[0] >= min(cell.width() - 7, 152), width
        assert abs(picture[0] * 9 - picture[1] * 16) <= 8
