"""The source viewer: what it shows, its buttons and marks, and the drag off its picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from tests.studio_app.session.desk import Desk
from tests.timeline.notation import f
from tests.ui.viewers import stand_up
from timeline.media import Media, MediaKind
from ui.drag_mime import MEDIA_MIME, ids_in, incoming_in, media_mime
from ui.panels import source_viewer
from ui.panels.source_viewer import SourceViewerPanel
from ui.qt import tokens
from ui.qt.main_thread import post

pytestmark = pytest.mark.qt
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def desk() -> Iterator[Desk]:
    one = Desk(post=post, V1="A:0-48", A1="")
    yield one
    one.session.close()


@pytest.fixture
def panel(desk: Desk, qtbot: QtBot) -> SourceViewerPanel:
    return stand_up(qtbot, SourceViewerPanel, desk)


@pytest.fixture
def press(panel: SourceViewerPanel) -> Callable[[str], None]:
    """Click the button with this name."""

    def click(name: str) -> None:
        button = next(one for one in panel.row.findChildren(QToolButton) if one.accessibleName() == name)
        QTest.mouseClick(button, LEFT)

    return click


def test_it_says_what_to_do_until_a_file_is_open(panel: SourceViewerPanel, desk: Desk) -> None:
    assert panel.pages.currentWidget() is panel.empty
    assert panel.tab_title == "Source"
    desk.session.source.show("A")
    assert panel.pages.currentWidget() is panel.body
    assert panel.tab_title == "Source: A"
    assert panel.duration.text() == "00:00:04:04"
    desk.session.source.close()
    assert panel.pages.currentWidget() is panel.empty


def test_the_picture_of_the_file_arrives(panel: SourceViewerPanel, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    image = QImage(64, 36, QImage.Format.Format_RGB32)
    image.fill(0xFF0000)
    image.save(str(tmp_path / "red.png"))
    still = Media(str(tmp_path / "red.png"), MediaKind.IMAGE, "Red", width=64, height=36, has_video=True, id="red")
    desk.session.document.add_media([still])
    desk.session.source.show("red")

    def middle() -> QColor:
        shown = panel.surface.grab().toImage()
        return QColor(shown.pixel(shown.width() // 2, shown.height() // 2))

    qtbot.waitUntil(lambda: middle().red() > 200 and middle().blue() < 60, timeout=8000)


def test_its_buttons_act_on_the_source_whoever_has_the_keys(
    panel: SourceViewerPanel, desk: Desk, press: Callable[[str], None]
) -> None:
    session = desk.session
    session.source.show("A")
    session.monitor = "program"
    desk.go(5)
    session.source.go_to(f(20))
    press("Mark in (I)")
    press("Step forward (Right)")
    session.source.go_to(f(43))
    press("Mark out (O)")
    entry = session.document.project.pool.entry("A")
    assert (entry.mark_in, entry.mark_out) == (f(20), f(44))
    assert (desk.at, session.transport.marked_range) == (5, None)
    assert panel.duration.text() == "00:00:01:00"
    press("Overwrite (.)")
    assert desk["V1"] == "A:0-5 A:20-44 A:29-48"


def test_marks_stand_on_the_scrub_bar(panel: SourceViewerPanel, desk: Desk) -> None:
    desk.session.source.show("A")
    desk.session.source.transport.set_marks(f(25), f(75))
    shown = panel.scrub.grab().toImage()
    ratio = shown.width() / panel.scrub.width()
    x = round(panel.scrub.scale.x_of(f(25)))
    assert QColor(shown.pixel(round((x + 0.5) * ratio), 15)).name() == tokens.hex_of("accent.default")
    inside, outside = (QColor(shown.pixel(round(panel.scrub.scale.x_of(f(at)) * ratio), 3)) for at in (50, 10))
    assert inside.red() > outside.red() + 10


def test_scrubbing_it_leaves_the_sequence_alone(panel: SourceViewerPanel, desk: Desk) -> None:
    desk.session.source.show("A")
    QTest.mousePress(panel.scrub, LEFT, pos=QPoint(panel.scrub.width() // 2, 10))
    QTest.mouseRelease(panel.scrub, LEFT)
    assert desk.session.source.time == f(50)
    assert desk.at == 0


def test_the_picture_is_dragged_off_with_its_marks(
    panel: SourceViewerPanel, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried: list[QMimeData] = []
    monkeypatch.setattr(source_viewer, "start_drag", lambda _, mime, picture: carried.append(mime))
    surface = panel.surface
    desk.session.source.show("A")
    desk.session.source.transport.set_marks(f(10), f(20))
    QTest.mousePress(surface, LEFT, NONE, QPoint(100, 100))
    QTest.mouseMove(surface, QPoint(102, 100))
    assert carried == []
    QTest.mouseMove(surface, QPoint(140, 120))
    QTest.mouseRelease(surface, LEFT, NONE, QPoint(140, 120))
    (mime,) = carried
    assert ids_in(mime, MEDIA_MIME) == ["A"]
    (one,) = incoming_in(mime, desk.session)
    assert (one.mark_in, one.mark_out) == (f(10), f(20))


def test_a_zoomed_picture_is_pushed_with_the_middle_button(panel: SourceViewerPanel, desk: Desk) -> None:
    desk.session.source.show("A")
    surface = panel.surface
    surface.set_frame(1280, 720)
    surface.set_zoom(2.0)
    before = surface.target().topLeft()
    QTest.mousePress(surface, Qt.MouseButton.MiddleButton, NONE, QPoint(100, 100))
    QTest.mouseMove(surface, QPoint(130, 90))
    QTest.mouseRelease(surface, Qt.MouseButton.MiddleButton, NONE, QPoint(130, 90))
    assert surface.target().topLeft() - before == QPointF(30, -10)


def test_a_file_without_picture_shows_its_waveform(panel: SourceViewerPanel, desk: Desk) -> None:
    desk.session.source.show("A")
    plain = panel.surface.grab().toImage()
    peaks = np.zeros((400, 2), np.float32)
    peaks[:200, 0], peaks[:200, 1] = -0.8, 0.8
    panel.surface.show_wave(peaks)
    shown = panel.surface.grab().toImage()
    assert shown != plain
    left, right = (QColor(shown.pixel(shown.width() * part // 8, shown.height() // 3)) for part in (1, 7))
    assert left.name() == tokens.hex_of("clip.waveform")
    assert right.name() == tokens.hex_of("surface.well")


def test_a_narrow_panel_leaves_out_what_has_a_key(panel: SourceViewerPanel, desk: Desk) -> None:
    desk.session.source.show("A")
    for width, marks, steps in ((456, True, True), (330, True, False)):
        panel.resize(width, 470)
        QApplication.processEvents()
        shown = {one.accessibleName() for one in panel.row.findChildren(QToolButton) if one.isVisible()}
        assert ("Mark in (I)" in shown) is marks
        assert ("Step back (Left)" in shown) is steps
        boxes = [one.geometry() for one in (panel.timecode, *panel.row.findChildren(QToolButton)) if one.isVisible()]
        assert all(not a.intersects(b) for n, a in enumerate(boxes) for b in boxes[n + 1 :])
        assert all(panel.row.rect().contains(box) for box in boxes)


def dropped(panel: SourceViewerPanel, mime: QMimeData) -> bool:
    """Drag something onto the viewer and let go; whether it was taken."""
    copy, at = Qt.DropAction.CopyAction, QPoint(60, 60)
    enter = QDragEnterEvent(at, copy, mime, LEFT, NONE)
    enter.setAccepted(False)
    QApplication.sendEvent(panel, enter)
    if enter.isAccepted():
        QApplication.sendEvent(panel, QDropEvent(QPointF(at), copy, mime, LEFT, NONE))
    return enter.isAccepted()


def test_a_clip_of_the_pool_dropped_here_opens_here(panel: SourceViewerPanel, desk: Desk) -> None:
    assert dropped(panel, media_mime(["B", "C"]))
    assert desk.session.source.media_id == "B"
    assert dropped(panel, media_mime(["a sequence"]))
    assert desk.session.source.media_id == "B"
    assert "opens on the timeline" in desk.said[-1]


def test_a_file_dropped_here_is_imported_and_opens_here(
    panel: SourceViewerPanel, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    picture = QImage(64, 36, QImage.Format.Format_RGB32)
    picture.fill(0x305080)
    picture.save(str(tmp_path / "new.png"))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "new.png"))])
    assert dropped(panel, mime)
    qtbot.waitUntil(lambda: desk.session.source.name == "new.png", timeout=15_000)
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "film.starcut"))])
    assert not dropped(panel, mime), "projects are the window's"
