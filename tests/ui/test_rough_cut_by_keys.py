"""A rough cut with the keyboard alone, in every preset: the same film from the keys a hand from elsewhere knows.

Nothing is clicked and no action is called: each step presses the key the preset gives it, at whatever has the focus; where a
preset has none, its name is typed into the command palette. One preset writes the film, whose burnt counters are read back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QKeyCombination
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engines.generate.base import GenerationRequest
from engines.generate.providers.slate import Slate, counter_frame
from engines.media.probe import probe_here
from engines.media.reader import VideoReader
from studio_app.actions.registry import Actions
from studio_app.session.keymap import presets
from studio_app.session.session import Session
from timeline.items import MediaSource
from timeline.time import RationalTime
from ui.main_window import MainWindow
from ui.panel import panel_of

pytestmark = [pytest.mark.qt, pytest.mark.media, pytest.mark.slow]

RATE = Fraction(25)
SIZE = (160, 90)
FRAMES = 60
SEEDS = {"one": 0, "two": 3}
Row = tuple[str, int, int, int]
"""Film, start, length, first source frame."""


class Quiet:
    def check(self) -> None: ...
    def progress(self, fraction: float, note: str = "") -> None: ...


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two counter films that differ in their ground."""
    folder = tmp_path_factory.mktemp("footage")
    length = RationalTime.from_frames(FRAMES, RATE)
    made = []
    for name, seed in SEEDS.items():
        wanted = GenerationRequest(prompt="x", duration=length, width=SIZE[0], height=SIZE[1], rate=RATE, seed=seed)
        made.append(Slate().generate(wanted, folder / f"{name}.mp4", Quiet()).path)
    return made


@pytest.fixture
def window(bare_session: Session, qtbot: QtBot) -> Iterator[MainWindow]:
    """Nothing is open: the start page."""
    bare_session.settings.values.tour_seen = True
    window = MainWindow(bare_session, Actions(bare_session))
    window.resize(1600, 900)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    yield window
    bare_session.jobs.cancel_all()
    qtbot.waitUntil(lambda: all(job.is_over for job in bare_session.jobs.all), timeout=30_000)  # else closing asks
    bare_session.document.mark_saved(None)
    window.close()
    window.deleteLater()
    QApplication.processEvents()


@dataclass
class Keyboard:
    """Ten fingers. They know actions by their ids, and the preset for the keys."""

    window: MainWindow
    session: Session
    qtbot: QtBot

    def press(self, keys: str) -> None:
        """One key, with what is held, at what has the focus."""
        one: QKeyCombination = QKeySequence(keys)[0]  # type: ignore[index]
        QTest.keyClick(QApplication.focusWidget() or self.window, one.key(), one.keyboardModifiers())
        QApplication.processEvents()

    def type(self, text: str) -> None:
        """Letters and digits into the field that has the focus."""
        QTest.keyClicks(QApplication.focusWidget() or self.window, text)
        QApplication.processEvents()

    def do(self, action: str, times: int = 1) -> None:
        """By the key in force; by name in the palette where the preset has none."""
        title = next(one.title for one in self.window.every_action if one.id == action).rstrip("…")
        for _ in range(times):
            if row := self.session.keymap.keys_of(action):
                self.press(row[0])
                continue
            self.press(self.session.keymap.keys_of("help.palette")[0])
            self.type(title.lower())
            assert self.window.palette_box.view.currentIndex().data() == title
            self.press("Return")
            assert not self.window.palette_box.isVisible()

    def go(self, frame: int) -> None:
        """Type a timecode: seconds and frames."""
        self.do("playback.go_to")
        self.type(f"{frame // 25}{frame % 25:02}")
        self.press("Return")
        assert self.session.active.time.frames(self.session.active.sequence.rate) == frame

    def panel(self, name: str) -> None:
        self.do(f"panel.{name}")
        self.has_keys(name)

    def has_keys(self, name: str) -> None:
        panel = panel_of(QApplication.focusWidget())
        assert panel is not None, "nothing has the keys"
        assert panel.id == name

    def come_back(self) -> None:
        """A dialog was closed: a desktop gives the window the keys again, which has none to do it offscreen."""
        assert QApplication.activeWindow() in (None, self.window)
        self.window.activateWindow()
        QTest.qWait(0)

    def mark(self, film: str, first: int, end: int) -> None:
        """Open a film of the pool in the source viewer and mark a range of it."""
        self.panel("media_pool")
        self.press("Home")
        for _ in range(len(SEEDS)):
            if stem(self.session, self.session.selection.media.ids[0]) == film:
                break
            self.press("Right")
        self.press("Return")
        self.has_keys("source_viewer")
        self.go(first)
        self.do("sequence.mark_in")
        self.go(end - 1)
        self.do("sequence.mark_out")
        assert self.session.source.transport.marked_range is not None

    @property
    def cut(self) -> list[Row]:
        """The picture, left to right."""
        return rows(self.session)


def stem(session: Session, media_id: str) -> str:
    return Path(session.document.library.media[media_id].path).stem


def rows(session: Session) -> list[Row]:
    track = session.sequence.picture_tracks()[0]
    return [
        (
            stem(session, clip.source.media_id),
            where.start.frames(RATE),
            where.duration.frames(RATE),
            clip.source_range.start.frames(RATE),
        )
        for clip, where in track.clips()
        if isinstance(clip.source, MediaSource)
    ]


def rough_cut(keys: Keyboard) -> None:
    """From two films to five clips."""
    session = keys.session
    keys.mark("one", 10, 30)
    keys.do("clip.insert")
    assert keys.window.format_bar.isVisible(), "24 frames a second in full HD are not what the film has"
    keys.do("sequence.match_first_clip")
    assert (session.sequence.width, session.sequence.height, session.sequence.rate) == (*SIZE, RATE)
    assert keys.cut == [("one", 0, 20, 10)]

    keys.mark("two", 5, 25)
    keys.panel("timeline")
    keys.go(10)
    keys.do("clip.overwrite")
    assert keys.cut == [("one", 0, 10, 10), ("two", 10, 20, 5)]
    keys.mark("one", 40, 52)
    keys.panel("timeline")
    keys.go(30)
    keys.do("clip.insert")

    keys.go(20)
    keys.do("clip.add_edit")
    assert keys.cut == [("one", 0, 10, 10), ("two", 10, 10, 5), ("two", 20, 10, 15), ("one", 30, 12, 40)]
    keys.go(24)
    keys.do("clip.trim_head")
    assert keys.cut[2:] == [("two", 20, 6, 19), ("one", 26, 12, 40)]
    keys.go(36)
    keys.do("clip.trim_tail")
    assert keys.cut[3] == ("one", 26, 10, 40)
    keys.go(22)
    keys.do("edit.select_at_playhead")
    keys.do("edit.ripple_delete")
    assert keys.cut == [("one", 0, 10, 10), ("two", 10, 10, 5), ("one", 20, 10, 40)]

    keys.go(11)
    keys.do("trim.mode")
    keys.do("trim.later", 3)
    assert keys.cut[:2] == [("one", 0, 13, 10), ("two", 13, 7, 8)], "rolled by three frames"
    keys.do("trim.side")
    keys.do("trim.earlier")
    assert keys.cut == [("one", 0, 13, 10), ("two", 13, 8, 7), ("one", 21, 10, 40)], "rippled by one"
    keys.press("Esc")
    assert not session.trimming.is_on

    keys.go(15)
    keys.do("edit.select_at_playhead")
    keys.do("clip.slip_left", 4)
    keys.do("clip.slip_right")
    assert keys.cut[1] == ("two", 13, 8, 10)
    keys.do("edit.deselect")

    keys.go(21)
    keys.do("sequence.add_marker")
    assert [one.time.frames(RATE) for one in session.sequence.markers] == [21]


CUT = [("one", 0, 13, 10), ("two", 13, 8, 10), ("one", 21, 10, 40)]


def take_back(keys: Keyboard) -> None:
    """All undone, all redone: no key of it lost an edit."""
    made, steps = keys.session.document.project, 0
    while keys.session.document.can_undo:
        keys.do("edit.undo")
        steps += 1
    assert keys.cut == []
    keys.do("edit.redo", steps)
    assert keys.session.document.project == made


@pytest.mark.parametrize("preset", list(presets()))
def test_a_rough_cut_with_the_keyboard_alone(
    window: MainWindow, films: list[Path], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, preset: str
) -> None:
    session = window.session
    session.keymap.choose(preset)
    keys = Keyboard(window, session, qtbot)
    keys.do("file.new")
    keys.press("Return")
    assert session.document.is_open
    keys.come_back()
    keys.has_keys("timeline")
    monkeypatch.setattr(session.face, "ask_open_files", lambda *_: films)
    keys.do("file.import")
    qtbot.waitUntil(lambda: len(session.document.library.media) == 2, timeout=30_000)

    rough_cut(keys)
    assert keys.cut == CUT
    take_back(keys)

    keys.do("file.export")
    assert QApplication.focusWidget() is not None
    keys.press("Ctrl+A")
    keys.type("rough")
    keys.press("Tab")
    keys.press("Ctrl+A")
    keys.type(str(tmp_path))
    keys.press("Return")
    job = session.jobs.all[-1]
    assert job.kind == "export"
    if preset == "default":
        qtbot.waitUntil(lambda: job.is_over, timeout=120_000)
        assert job.error is None
        assert_counters(tmp_path / "rough.mp4")
    keys.come_back()
    keys.has_keys("timeline")


def assert_counters(film: Path) -> None:
    """Each frame of the film is the frame of the footage that the cut says."""
    facts = probe_here(film)
    assert facts.duration.frames(RATE) == 31
    footage = {
        (name, n): counter_frame(n, SIZE, 40 + seed % 8 * 12).planes[0].astype(np.float32)
        for name, seed in SEEDS.items()
        for n in range(FRAMES)
    }
    reader = VideoReader(facts)
    try:
        for name, start, length, first in CUT:
            for at in range(length):
                shown = reader.frame_at(RationalTime.from_frames(start + at, RATE)).planes[0].astype(np.float32)
                apart = {one: float(np.mean(np.abs(shown - picture))) for one, picture in footage.items()}
                assert min(apart, key=lambda one: apart[one]) == (name, first + at), f"frame {start + at}"
    finally:
        reader.close()
