"""The strip of the animatic: places to scale of time, the hand on it, its picture."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from studio_app.session.session import Session
from timeline.commands.edit_shot import EditShot
from timeline.storyboard import Shot
from timeline.time import RationalTime
from ui.animatic_strip import AnimaticStrip
from ui.panels.animatic import AnimaticPanel
from ui.qt import tokens

pytestmark = pytest.mark.qt


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> AnimaticPanel:
    found = AnimaticPanel(session)
    qtbot.addWidget(found)
    found.resize(900, 98)
    found.show()
    QApplication.processEvents()
    return found


def middle(strip: AnimaticStrip, row: int) -> QPoint:
    return strip.place_of(row).center().toPoint()


def test_stills_are_as_wide_as_their_shots_are_long_and_fill_the_strip(panel: AnimaticPanel) -> None:
    strip, board = panel.strip, panel.session.document.project.storyboards[0]
    assert panel.session.document.do(EditShot(board.id, "s2", {"duration": RationalTime(10), "transition": "cut"}))
    first, second, last = (strip.place_of(row) for row in (0, 1, 2))
    lengths = [shot.duration.to_seconds() for shot in panel.session.document.project.storyboards[0].shots]
    assert second.width() / first.width() == pytest.approx(10 / lengths[0], rel=0.05)
    assert first.left() == pytest.approx(12)
    assert last.right() == pytest.approx(strip.viewport().width() - 12, abs=4)
    assert strip.row_at(middle(strip, 1).x()) == 1


def test_a_press_puts_the_playhead_there_and_chooses_the_shot(panel: AnimaticPanel) -> None:
    strip, session = panel.strip, panel.session
    QTest.mousePress(strip.viewport(), Qt.MouseButton.LeftButton, pos=middle(strip, 1))
    assert session.selection.shots.ids == ("s2",)
    QTest.mouseMove(strip.viewport(), middle(strip, 2))
    QApplication.processEvents()
    QTest.mouseRelease(strip.viewport(), Qt.MouseButton.LeftButton, pos=middle(strip, 2))
    assert strip.x_of(session.animatic.at) == pytest.approx(middle(strip, 2).x(), abs=8)
    assert session.animatic.at.is_on_frame(session.document.project.storyboards[0].rate)
    assert panel.time.text().startswith("00:00:")
    x = round(strip.x_of(session.animatic.at))
    picture = strip.viewport().grab().toImage()
    accent = tokens.color("accent.default").rgb()
    assert accent in {picture.pixelColor(x + dx, strip.viewport().height() - 20).rgb() for dx in (-1, 0, 1)}


def test_ctrl_and_the_wheel_widen_it_at_the_pointer(panel: AnimaticPanel) -> None:
    strip = panel.strip
    at = QPointF(middle(strip, 1))
    under = strip.time_at(at.x())
    event = QWheelEvent(
        at,
        strip.viewport().mapToGlobal(at),
        QPoint(),
        QPoint(0, 480),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(strip.viewport(), event)
    assert strip.horizontalScrollBar().maximum() > 0
    assert strip.x_of(under) == pytest.approx(at.x(), abs=2)
    strip.show_time(strip.length)
    assert 0 <= strip.x_of(strip.length) <= strip.viewport().width()


def test_the_strip_asks_for_few_pictures_at_a_time_and_gets_them_all(
    panel: AnimaticPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, pictures = panel.session, panel.strip.pictures
    pictures.forget()
    asked: list[str] = []
    made: dict[str, QPixmap] = {}

    def sketch(shot: Shot) -> QPixmap | None:
        asked.append(shot.id)
        return made.get(shot.id)

    monkeypatch.setattr(pictures._pictures, "sketch", sketch)
    monkeypatch.setattr(session.generation, "media_for", lambda shot: None)
    shots = [Shot("A sea", id=f"x{n}") for n in range(7)]
    assert all(pictures.of(shot) == (None, True) for shot in shots)
    assert asked == ["x0", "x1", "x2", "x3"]  # what is looked at elsewhere is not held up
    for _ in range(4):
        for key in ("x0", "x1", "x2", "x3", "x4", "x5"):  # of x6 there is none to be had
            if key in asked and key not in made:
                made[key] = QPixmap(4, 4)
                pictures.came(key)
        if "x6" in asked:
            pictures.came("x6")
        for shot in shots:
            pictures.of(shot)
    assert [pictures.of(shot)[0] is not None for shot in shots] == [True] * 6 + [False]
    before = len(asked)
    assert pictures.of(shots[6]) == (None, True)
    assert len(asked) == before


def test_the_end_of_a_shot_is_dragged_for_its_length_in_one_step(panel: AnimaticPanel) -> None:
    strip, session, view = panel.strip, panel.session, panel.strip.viewport()
    rate, was = session.document.project.storyboards[0].rate, session.document.project.storyboards[0].shots[0].duration
    strip.resizeEvent(QResizeEvent(strip.size(), strip.size()))
    before, place = session.document.project, strip.place_of(0)
    end = QPoint(round(place.right()), round(place.center().y()))
    frames = round(60 / strip._per_second * float(rate))

    def drag() -> None:
        QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=end)
        for step in (20, 40, 60):
            QApplication.sendEvent(view, moved(view, end + QPoint(step, 0)))

    drag()
    longer = session.document.project.storyboards[0].shots[0].duration
    assert longer - was == RationalTime.from_frames(frames, rate), "the scale stays while the edge is held"
    QTest.keyClick(strip, Qt.Key.Key_Escape)
    assert session.document.project == before, "Esc lets go of it"
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    drag()
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end + QPoint(60, 0))
    assert session.document.project.storyboards[0].shots[0].duration == longer
    session.document.undo()
    assert session.document.project == before


def moved(view: QWidget, to: QPoint) -> QMouseEvent:
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    at = QPointF(to)
    return QMouseEvent(QEvent.Type.MouseMove, at, view.mapToGlobal(at), left, left, none)
