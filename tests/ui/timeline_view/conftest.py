"""A timeline panel with a cut given as text, and a hand for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engines.play.audio_sink import WallClockSink
from studio_app.services.paths import user_paths
from studio_app.session.session import Session
from tests.timeline.notation import Cut, text_of
from timeline.items import Clip
from timeline.project import Saved
from timeline.sequence import Sequence
from ui.panels.timeline import TimelinePanel
from ui.qt.main_thread import post
from ui.timeline_view.scale import Scale

FRAME_PX = 10
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton


@dataclass
class Board:
    """The panel under test. Places are (frame, track id); a frame is ten pixels wide."""

    session: Session
    panel: TimelinePanel
    said: list[str]

    @property
    def view(self):  # type: ignore[no-untyped-def]
        return self.panel.view

    def __getitem__(self, track_id: str) -> str:
        track = self.session.sequence.track(track_id)
        assert track is not None
        return text_of(track)

    def point(self, frame: float, track_id: str) -> QPoint:
        row = self.view.layout_now.row(track_id)
        assert row is not None
        y = row.y + row.height // 2 - self.view.scroll_y
        return QPoint(round(frame * FRAME_PX - self.view.scale.origin_px), y)

    def spot(self, frame: float, track_id: str, down: float) -> QPoint:
        """A point so many pixels below the upper edge of the clips."""
        row = self.view.layout_now.row(track_id)
        assert row is not None
        return QPoint(self.point(frame, track_id).x(), round(row.clip_top + down) - self.view.scroll_y)

    def pull(
        self, start: QPoint, end: QPoint, modifiers: Qt.KeyboardModifier = NONE, press_with: Qt.KeyboardModifier = NONE
    ) -> None:
        """Drag from a point to another, in pixels."""
        viewport = self.view.viewport()
        QTest.mousePress(viewport, LEFT, press_with, start)
        for step in range(1, 5):
            send_move(viewport, start + (end - start) * step / 4, modifiers)
        QTest.mouseRelease(viewport, LEFT, modifiers, end)

    def clip(self, clip_id: str) -> Clip:
        found = self.session.sequence.clip(clip_id)
        assert found is not None
        return found

    def press(self, frame: float, track_id: str, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.mousePress(self.view.viewport(), LEFT, modifiers, self.point(frame, track_id))

    def move(self, frame: float, track_id: str, modifiers: Qt.KeyboardModifier = NONE) -> None:
        send_move(self.view.viewport(), self.point(frame, track_id), modifiers)

    def release(self, frame: float, track_id: str, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseRelease(self.view.viewport(), LEFT, modifiers, self.point(frame, track_id))

    def click(self, frame: float, track_id: str, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.press(frame, track_id, modifiers)
        self.release(frame, track_id, modifiers)

    def drag(
        self,
        start: tuple[float, str],
        end: tuple[float, str],
        modifiers: Qt.KeyboardModifier = NONE,
        press_with: Qt.KeyboardModifier = NONE,
    ) -> None:
        self.press(*start, press_with)
        for step in range(1, 6):
            self.move(start[0] + (end[0] - start[0]) * step / 5, end[1] if step > 2 else start[1], modifiers)
        self.release(*end, modifiers)

    @property
    def selected(self) -> set[str]:
        return set(self.session.selection.item_ids)

    @property
    def undo_steps(self) -> int:
        steps = 0
        while self.session.document.undo():
            steps += 1
        for _ in range(steps):
            self.session.document.redo()
        return steps


def send_move(widget, point: QPoint, modifiers: Qt.KeyboardModifier, buttons: Qt.MouseButton = LEFT) -> None:  # type: ignore[no-untyped-def]
    """QTest.mouseMove knows no modifiers."""
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    place = QPointF(point)
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, QPointF(widget.mapToGlobal(point)), Qt.MouseButton.NoButton, buttons, modifiers
    )
    QApplication.sendEvent(widget, event)


Make = Callable[..., Board]


def _linked(sequence: Sequence, pairs: str) -> Sequence:
    """Clips named in one word of `pairs` are linked: `"AB CD"`."""
    link = {name: word for word in pairs.split() for name in word}
    tracks = tuple(
        replace(
            track,
            items=tuple(
                replace(one, link=link[one.id]) if isinstance(one, Clip) and one.id in link else one
                for one in track.items
            ),
        )
        for track in sequence.tracks
    )
    return replace(sequence, tracks=tracks)


@pytest.fixture
def board(qtbot: QtBot) -> Iterator[Make]:
    """`board(V1="A:0-24 B:0-24", A1="C:0-24", links="AC")`; every file has 100 frames."""
    sessions: list[Session] = []

    def make(*, links: str = "", locked: tuple[str, ...] = (), **rows: str) -> Board:
        cut = Cut(locked=locked, **rows)
        project = replace(cut.history.project, sequences=(_linked(cut.sequence, links),))
        session = Session(user_paths(), WallClockSink(), post)
        sessions.append(session)
        session.document.replace(Saved(project, cut.library), None)
        panel = TimelinePanel(session)
        qtbot.addWidget(panel)
        panel.resize(1436, 460)
        panel.make()
        panel.show()
        QApplication.processEvents()
        panel.view.set_scale(Scale(Fraction(24), 24.0 * FRAME_PX))
        said: list[str] = []
        panel.message.connect(said.append)
        return Board(session, panel, said)

    yield make
    for session in sessions:
        session.close()
