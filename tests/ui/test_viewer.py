"""The program viewer with a real session: pictures arrive at the size that is shown, buttons run actions, the bar scrubs."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPaintEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from studio_app.actions.registry import Actions
from tests.studio_app.session.desk import Desk
from tests.timeline.notation import Cut, f
from tests.ui.viewers import stand_up
from timeline.items import Clip, GeneratorSource
from timeline.project import Saved
from timeline.time import TimeRange
from timeline.track import Track, TrackKind
from ui.panels.viewer import ViewerPanel
from ui.qt import tokens
from ui.qt.main_thread import post
from ui.scrub_bar import HEIGHT, ScrubBar
from ui.viewer_meters import lines
from ui.viewer_surface import ViewerSurface

pytestmark = pytest.mark.qt
LEFT = Qt.MouseButton.LeftButton
Open = Callable[[str], ViewerPanel]


@pytest.fixture
def viewer(qtbot: QtBot) -> Iterator[Open]:
    """`viewer("a:0-48")`: a panel on a cut of titles."""
    desks: list[Desk] = []

    def make(text: str) -> ViewerPanel:
        desks.append(Desk(post=post, V1=text))
        return stand_up(qtbot, ViewerPanel, desks[-1], runs=False)

    yield make
    for desk in desks:
        desk.session.close()


def red(panel: ViewerPanel) -> None:
    """Fill the sequence with red."""
    session = panel.session
    clip = Clip(GeneratorSource("solid", {"colour": "#ff0000"}), TimeRange(f(0), f(48)))
    project = session.document.project
    sequence = replace(project.sequences[0], tracks=(Track(TrackKind.VIDEO, (clip,)),))
    session.document.replace(Saved(replace(project, sequences=(sequence,))), None)


def middle(widget: QWidget) -> QColor:
    image: QImage = widget.grab().toImage()
    return QColor(image.pixel(image.width() // 2, image.height() // 2))


def test_the_picture_at_the_playhead_arrives_and_is_shown(viewer: Open, qtbot: QtBot) -> None:
    panel = viewer("a:0-48")
    red(panel)
    qtbot.waitUntil(lambda: middle(panel.surface).red() > 200 and middle(panel.surface).blue() < 60, timeout=8000)


def test_the_player_is_asked_for_what_the_screen_can_show(viewer: Open, qtbot: QtBot) -> None:
    panel = viewer("a:0-48")
    actions = Actions(panel.session)
    panel.asked.connect(actions.run)
    ratio, target = panel.surface.devicePixelRatioF(), panel.surface.target()
    whole = (round(target.width() * ratio), round(target.height() * ratio))
    qtbot.waitUntil(lambda: panel.surface.picture_size == pytest.approx(whole, abs=2), timeout=8000)
    panel.quality.choose(2)
    assert panel.session.settings.values.preview_quality == "half"
    half = (whole[0] / 2, whole[1] / 2)
    qtbot.waitUntil(lambda: panel.surface.picture_size == pytest.approx(half, abs=2), timeout=8000)
    actions.run("playback.quality_auto")
    assert panel.quality.text() == "Auto"


def test_the_meters_are_asked_for_by_an_action_and_say_what_was_painted(viewer: Open, qtbot: QtBot) -> None:
    panel = viewer("a:0-480")
    assert panel.meters.isHidden()
    Actions(panel.session).run("view.meters")
    assert panel.meters.isVisible()
    panel.session.transport.play()
    qtbot.waitUntil(lambda: panel.session.transport.time > f(5), timeout=8000)
    panel.session.transport.pause()
    now = panel.session.transport.measures
    assert now.shown > 5
    assert 0 < now.paint_ms < 200
    assert abs(now.offset_ms) < 500
    panel.meters.refresh()
    named = dict(lines(now))
    assert named["Quality"] == "full"
    assert named["Frames left out"] == f"{now.dropped} of {now.shown + now.dropped}"


def test_the_picture_keeps_its_shape_on_the_well(qtbot: QtBot) -> None:
    surface = ViewerSurface()
    qtbot.addWidget(surface)
    surface.set_frame(1080, 1920)
    surface.resize(640, 360)
    surface.show()
    surface.show_picture(np.full((360, 202, 4), 255, np.uint8))
    image = surface.grab().toImage()
    assert QColor(image.pixel(5, image.height() // 2)).name() == tokens.hex_of("surface.well")
    assert QColor(image.pixel(image.width() // 2, image.height() // 2)).name() == "#ffffff"
    target = surface.target()
    assert target.width() / target.height() == pytest.approx(1080 / 1920, abs=0.01)


def test_notes_of_a_picture_are_written_on_it(qtbot: QtBot) -> None:
    surface = ViewerSurface()
    qtbot.addWidget(surface)
    surface.resize(640, 360)
    surface.show()
    surface.show_picture(np.zeros((360, 640, 4), np.uint8))
    plain = surface.grab().toImage()
    surface.show_picture(np.zeros((360, 640, 4), np.uint8), ("B007.mov is missing.",))
    assert surface.grab().toImage() != plain


def test_a_zoomed_picture_is_never_asked_for_larger_than_the_sequence(qtbot: QtBot) -> None:
    surface = ViewerSurface()
    qtbot.addWidget(surface)
    asked: list[tuple[int, int]] = []
    surface.size_wanted.connect(lambda width, height: asked.append((width, height)))
    surface.set_frame(1280, 720)
    surface.resize(400, 300)
    surface.show()
    surface.set_zoom(2.0)
    assert asked[-1] == (1280, 720)


def test_scrubbing_moves_the_playhead_and_stays_inside(viewer: Open) -> None:
    panel = viewer("a:0-100")
    scrub = panel.scrub
    QTest.mousePress(scrub, LEFT, pos=QPoint(scrub.width() // 2, 10))
    assert panel.session.transport.time == f(50)
    QTest.mouseMove(scrub, QPoint(scrub.width() + 50, 10))
    assert panel.session.transport.time == f(99)
    QTest.mouseRelease(scrub, LEFT)
    assert panel.timecode.text() == "00:00:04:03"


def test_the_buttons_run_actions_that_exist(viewer: Open) -> None:
    panel = viewer("a:0-48")
    actions, asked = Actions(panel.session), []
    panel.asked.connect(asked.append)
    buttons = panel.findChildren(QToolButton)
    for button in buttons:
        button.click()
    assert len(asked) == len(buttons) == 8 + 6, "the row, and the bar of takes"
    assert [one for one in asked if one not in actions] == []
    assert all(one.accessibleName() and one.toolTip() for one in buttons)


def test_the_play_button_shows_pause_while_it_plays(viewer: Open, qtbot: QtBot) -> None:
    panel = viewer("a:0-480")
    panel.session.transport.play()
    assert panel.play.accessibleName() == "Pause"
    qtbot.waitUntil(lambda: panel.session.transport.time > f(2), timeout=8000)
    panel.session.transport.pause()
    assert panel.play.accessibleName() == "Play"


def test_the_length_follows_the_cut(viewer: Open) -> None:
    panel = viewer("a:0-48")
    assert panel.duration.text() == "00:00:02:00"
    red(panel)
    assert panel.tab_title == f"Program: {panel.session.sequence.name}"


def test_the_playhead_leaves_nothing_behind_at_the_end_of_the_bar(qtbot: QtBot) -> None:
    painted = QRegion()

    class Watched(ScrubBar):
        def paintEvent(self, event: QPaintEvent) -> None:
            nonlocal painted
            painted |= event.region()
            super().paintEvent(event)

    bar = Watched()
    qtbot.addWidget(bar)
    bar.show_sequence(Cut(V1="a:0-48").sequence)
    bar.show_time(f(48))
    bar.resize(300, HEIGHT)
    bar.show()
    QApplication.processEvents()
    painted = QRegion()
    bar.show_time(f(24))
    QApplication.processEvents()
    assert painted.contains(QPoint(300 - 10, 5)), "the handle stands whole inside the bar, left of its line"
    assert not painted.contains(QPoint(200, 5)), "no more than the playhead is painted"


# --- marks on the bar, frames as pictures -----------------------------------------------------------------------------


def drag_mark(bar: ScrubBar, start: float, end: float, *, back: bool = False) -> None:
    QTest.mousePress(bar, LEFT, pos=QPoint(round(start), 15))
    for x in (start + (end - start) / 2, end):
        QTest.mouseMove(bar, QPoint(round(x), 15))
    if back:
        QTest.mousePress(bar, Qt.MouseButton.RightButton, pos=QPoint(round(end), 15))
    QTest.mouseRelease(bar, LEFT, pos=QPoint(round(end), 15))


def test_marks_are_dragged_on_the_bar_and_keep_a_frame_between_them(viewer: Open) -> None:
    panel = viewer("a:0-48")
    transport, bar = panel.session.transport, panel.scrub
    transport.set_marks(f(12), f(36))
    x = bar.scale.x_of
    drag_mark(bar, x(f(12)), x(f(6)))
    assert (transport.mark_in, transport.mark_out) == (f(6), f(36))
    assert transport.time == f(0), "the playhead stays"
    drag_mark(bar, x(f(36)), x(f(44)))
    assert (transport.mark_in, transport.mark_out) == (f(6), f(44))
    drag_mark(bar, x(f(44)), x(f(2)))
    assert (transport.mark_in, transport.mark_out) == (f(6), f(7))
    drag_mark(bar, x(f(6)), x(f(40)))
    assert transport.mark_in == f(6)
    drag_mark(bar, x(f(7)), x(f(99)))
    assert transport.mark_out == f(48)


def test_the_right_button_puts_a_mark_back_and_the_status_line_says_where_it_is(viewer: Open) -> None:
    panel = viewer("a:0-48")
    transport, bar = panel.session.transport, panel.scrub
    transport.set_marks(f(12), None)
    said: list[str] = []
    panel.message.connect(said.append)
    drag_mark(bar, bar.scale.x_of(f(12)), bar.scale.x_of(f(24)), back=True)
    assert transport.mark_in == f(12)
    assert any(one.startswith("Mark at 00:00:01:00") for one in said)
    assert said[-1] == panel.shown_hint
    QTest.mouseMove(bar, QPoint(round(bar.scale.x_of(f(12))), 15))
    assert bar.cursor().shape() is Qt.CursorShape.SizeHorCursor
    QTest.mouseMove(bar, QPoint(round(bar.scale.x_of(f(30))), 15))
    assert bar.cursor().shape() is Qt.CursorShape.ArrowCursor


def test_the_camera_writes_the_frame_and_puts_it_into_the_pool(viewer: Open, qtbot: QtBot) -> None:
    panel = viewer("a:0-48")
    red(panel)
    session = panel.session
    actions = Actions(session)
    session.transport.set_time(f(7))
    for _ in range(2):
        assert actions.run("file.export_frame")
        qtbot.waitUntil(lambda: not session.jobs.running, timeout=8000)
    qtbot.waitUntil(
        lambda: sum(m.path.endswith(".png") for m in session.document.library.media.values()) == 1, timeout=8000
    )
    found = sorted((session.files.take_folder / "stills").iterdir())
    name = session.sequence.name
    assert [one.name for one in found] == [f"{name} 00-00-00-07 2.png", f"{name} 00-00-00-07.png"]
    image = QImage(str(found[0]))
    assert (image.width(), image.height()) == (session.sequence.width, session.sequence.height)
    assert QColor(image.pixel(10, 10)).red() > 200
