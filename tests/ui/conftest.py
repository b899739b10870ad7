"""A real session without sound or screen, a small project, and the window on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from engines.play.audio_sink import WallClockSink
from studio_app.actions.registry import Actions
from studio_app.services.jobs import plain_thread
from studio_app.services.paths import user_paths
from studio_app.session.session import Session
from timeline.items import Clip, GeneratorSource, MediaSource
from timeline.media import Media, MediaKind
from timeline.storyboard import Shot, Storyboard
from timeline.time import RationalTime, TimeRange
from timeline.track import Track, TrackKind
from ui.main_window import MainWindow
from ui.qt.main_thread import post
from ui.qt.theme import apply_theme

RATE = Fraction(25)


@pytest.fixture(scope="session", autouse=True)
def themed(one_application: object) -> None:
    """Every widget test sees the real look."""
    assert isinstance(one_application, QApplication)
    apply_theme(one_application)


@pytest.fixture
def bare_session(own_home: Path) -> Iterator[Session]:
    """Nothing is open."""
    session = Session(user_paths(), WallClockSink(), post, plain_thread)
    yield session
    session.close()


def picture_file(folder: Path, name: str = "still.png", colour: int = 0x305080) -> Path:
    """A small PNG."""
    image = QImage(64, 36, QImage.Format.Format_RGB32)
    image.fill(colour)
    path = folder / name
    image.save(str(path))
    return path


def fill(session: Session, folder: Path) -> None:
    """Two stills in the pool, a picture clip with its sound and a title on the timeline, three shots."""
    session.files.new("Small", 1280, 720, RATE)
    stills = [
        Media(
            str(picture_file(folder, f"{n}.png")),
            MediaKind.IMAGE,
            f"Still {n}",
            width=64,
            height=36,
            has_video=True,
            id=f"m{n}",
        )
        for n in (1, 2)
    ]
    session.document.add_media(stills)
    project = session.document.project
    ten = TimeRange(RationalTime(0), RationalTime(10))
    picture = Clip(MediaSource("m1"), ten, name="Still 1", id="picture", link="pair")
    sound = Clip(MediaSource("m1"), ten, name="Still 1", id="sound", link="pair")
    title = Clip(GeneratorSource("title", {"text": "Hello"}), ten, name="Title", id="title")
    tracks = (
        Track(TrackKind.VIDEO, (picture,), name="Picture"),
        Track(TrackKind.TEXT, (title,), name="Titles"),
        Track(TrackKind.AUDIO, (sound,), name="Sound"),
    )
    shots = tuple(Shot(f"A calm sea, number {n}", id=f"s{n}", mood="calm") for n in (1, 2, 3))
    board = Storyboard("Small", shots, width=1280, height=720, rate=RATE, id="board")
    sequence = replace(project.sequences[0], tracks=tracks)
    session.document.replace(
        replace(session.document.saved, project=replace(project, sequences=(sequence,), storyboards=(board,))), None
    )


@pytest.fixture
def session(bare_session: Session, tmp_path: Path) -> Session:
    """A small project is open."""
    fill(bare_session, tmp_path)
    return bare_session


@pytest.fixture
def actions(bare_session: Session) -> Actions:
    """The registered actions."""
    return Actions(bare_session)


@pytest.fixture
def window(bare_session: Session, actions: Actions, tmp_path: Path) -> Iterator[MainWindow]:
    """The window with the small project in the Edit workspace."""
    window = MainWindow(bare_session, actions)
    window.resize(1600, 900)
    window.show()
    fill(bare_session, tmp_path)
    window.show_workspace("edit")
    QApplication.processEvents()
    yield window
    bare_session.document.mark_saved(None)
    window.close()
    window.deleteLater()
    QApplication.processEvents()
