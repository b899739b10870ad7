"""A ten-clip cut made with mouse and keys in the whole window, saved, opened again and exported: each frame is the right one.

The footage is counter films of three shades; the frames of the exported film are read back and held against what the
timeline says must be there: which film, which of its frames.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engines.generate.base import GenerationRequest
from engines.generate.providers.slate import Slate, counter_frame
from engines.media.probe import probe_here
from engines.media.reader import VideoReader
from studio_app.actions.registry import Actions
from studio_app.session.session import Session
from timeline.items import Clip, MediaSource
from timeline.sequence import Sequence
from timeline.time import RationalTime
from ui.main_window import MainWindow
from ui.timeline_view.scale import Scale

pytestmark = [pytest.mark.qt, pytest.mark.media, pytest.mark.slow]

RATE = Fraction(25)
SIZE = (160, 90)
FRAMES = 60
SEEDS = (0, 3, 6)
FRAME_PX = 8
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


class Quiet:
    def check(self) -> None: ...
    def progress(self, fraction: float, note: str = "") -> None: ...


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Three counter films that differ in their ground."""
    folder = tmp_path_factory.mktemp("footage")
    made = []
    for seed in SEEDS:
        wanted = GenerationRequest(
            prompt="x",
            duration=RationalTime.from_frames(FRAMES, RATE),
            width=SIZE[0],
            height=SIZE[1],
            rate=RATE,
            seed=seed,
        )
        made.append(Slate().generate(wanted, folder / f"counter_{seed}.mp4", Quiet()).path)
    return made


class Hand:
    """Mouse and keys on the real window. Places are (frame, track number from the top of `tracks`)."""

    def __init__(self, window: MainWindow, session: Session, qtbot: QtBot) -> None:
        self.window, self.session, self.qtbot = window, session, qtbot
        self.panel = window.docks["timeline"].panel
        self.panel.make()
        self.view = self.panel.view
        self.view.set_scale(Scale(RATE, FRAME_PX * float(RATE)))
        self.video = next(track.id for track in session.sequence.tracks if not track.is_audio)

    def point(self, frame: float) -> QPoint:
        row = self.view.layout_now.row(self.video)
        return QPoint(
            round(frame * FRAME_PX - self.view.scale.origin_px), row.y + row.height * 2 // 3 - self.view.scroll_y
        )

    def drop(self, media_id: str, frame: float, held: Qt.KeyboardModifier = NONE) -> None:
        mime = QMimeData()
        mime.setData("application/x-starcut-media", f'["{media_id}"]'.encode())
        port, place = self.view.viewport(), self.point(frame)
        action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        QApplication.sendEvent(port, QDragEnterEvent(place, action, mime, button, held))
        QApplication.sendEvent(port, QDragMoveEvent(place, action, mime, button, held))
        QApplication.sendEvent(port, QDropEvent(QPointF(place), action, mime, button, held))
        self.settle()

    def drag(self, start: float, end: float, held: Qt.KeyboardModifier = NONE) -> None:
        port = self.view.viewport()
        QTest.mousePress(port, Qt.MouseButton.LeftButton, held, self.point(start))
        for step in range(1, 5):
            QTest.mouseMove(port, self.point(start + (end - start) * step / 4))
        QTest.mouseRelease(port, Qt.MouseButton.LeftButton, held, self.point(end))
        self.settle()

    def click(self, frame: float) -> None:
        QTest.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, NONE, self.point(frame))
        self.settle()

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        self.view.setFocus()
        QTest.keyClick(self.view, key, held)
        self.settle()

    def settle(self) -> None:
        QApplication.processEvents()

    @property
    def row(self) -> list[tuple[int, int, int]]:
        """(start, length, first source frame) of each clip of the picture track, in frames."""
        track = self.session.sequence.track(self.video)
        assert track is not None
        return [
            (where.start.frames(RATE), where.duration.frames(RATE), clip.source_range.start.frames(RATE))
            for clip, where in track.clips()
        ]


@pytest.fixture
def window(bare_session: Session, qtbot: QtBot) -> Iterator[MainWindow]:
    window = MainWindow(bare_session, Actions(bare_session))
    window.resize(1600, 900)
    window.show()
    qtbot.waitExposed(window)
    yield window
    bare_session.document.mark_saved(None)
    window.close()
    window.deleteLater()
    QApplication.processEvents()


def expected(sequence: Sequence, session: Session, number: int) -> tuple[str, int] | None:
    """Which file and which of its frames the picture shows at a frame of the sequence; None for black."""
    time = RationalTime.from_frames(number, sequence.rate)
    for track in reversed(sequence.picture_tracks()):
        for clip, where in track.clips():
            if where.contains(time) and isinstance(clip.source, MediaSource):
                media = session.document.library.media[clip.source.media_id]
                return media.path, clip.source_time(time - where.start).frames(sequence.rate)
    return None


def likeness(shown: NDArray[np.uint8], wanted: NDArray[np.uint8]) -> float:
    return float(np.mean(np.abs(shown.astype(np.float32) - wanted.astype(np.float32))))


def test_ten_clips_by_hand_come_out_frame_by_frame(
    window: MainWindow, films: list[Path], qtbot: QtBot, tmp_path: Path
) -> None:
    session = window.session
    session.files.new("Ten clips", *SIZE, RATE)
    session.import_files(films)
    qtbot.waitUntil(lambda: len(session.document.library.media) == 3, timeout=30_000)
    ids = {Path(one.path): one.id for one in session.document.library.media.values()}
    one, two, three = (ids[path.absolute()] for path in films)
    hand = Hand(window, session, qtbot)
    session.settings.values.snapping = False

    hand.drop(one, 0)
    hand.drop(two, 60)
    hand.drop(three, 120)
    assert [start for start, _, _ in hand.row] == [0, 60, 120]
    session.selection.clear()  # else the key would cut what is selected alone
    for at in (12, 25, 41):  # razor by key at the playhead
        session.transport.set_time(RationalTime.from_frames(at, RATE))
        hand.key(Qt.Key.Key_K, CTRL)
    hand.key(Qt.Key.Key_C)  # razor by mouse
    hand.click(80)
    hand.click(100)
    hand.click(150)
    hand.key(Qt.Key.Key_V)
    assert len(hand.row) == 9
    hand.drag(120.4, 130)  # trim the head of the third film: a gap stays
    hand.drag(179.6, 170, CTRL)  # ripple trim of its tail
    hand.drag(140, 200)  # move a clip behind the others
    hand.click(30)
    hand.key(Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)  # ripple delete of frames 25 to 41
    hand.drop(two, 50, CTRL)  # insert in the middle, splitting what is there
    hand.key(Qt.Key.Key_Z, CTRL)
    hand.key(Qt.Key.Key_Y, CTRL)
    assert len(hand.row) == 10
    made = hand.row

    path = session.files.save(tmp_path / "ten clips.starcut")
    session.files.close()
    session.document.close()
    session.files.open(path)
    hand.settle()
    assert hand.row == made
    assert session.document.is_saved

    film = tmp_path / "film.mp4"
    job = session.export("match_sequence", film)
    qtbot.waitUntil(lambda: job.is_over, timeout=120_000)
    assert job.error is None
    sequence = session.sequence
    facts = probe_here(film)
    assert facts.duration.frames(RATE) == sequence.duration_frames

    counters = {
        str(source.absolute()): [counter_frame(n, SIZE, 40 + seed % 8 * 12).planes[0] for n in range(FRAMES)]
        for source, seed in zip(films, SEEDS, strict=True)
    }
    reader = VideoReader(facts)
    try:
        for number in range(sequence.duration_frames):
            shown = reader.frame_at(RationalTime.from_frames(number, RATE)).planes[0]
            wanted = expected(sequence, session, number)
            if wanted is None:
                assert float(np.mean(shown)) < 20
                continue
            file, index = wanted
            scores = {
                (name, n): likeness(shown, picture) for name, row in counters.items() for n, picture in enumerate(row)
            }
            assert min(scores, key=lambda key: scores[key]) == (file, index), f"frame {number}"
    finally:
        reader.close()
    assert sum(isinstance(item, Clip) for track in sequence.tracks for item in track.items) == 10
