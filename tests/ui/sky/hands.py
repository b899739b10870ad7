"""Sixty clips in the constellation, and patience, for its tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio_app.catalogue.catalogue import Catalogue
from studio_app.catalogue.row import Edge, Use
from studio_app.session.session import Session
from tests.catalogue.library import library
from tests.ui.conftest import picture_file
from timeline.media import Media, MediaKind
from ui.main_window import MainWindow
from ui.panels.constellation import ConstellationPanel

NUMBER = 60


def waited(is_so: Callable[[], bool]) -> None:
    """Let the window work until something is so, a minute at most: two busy cores lay out a map slowly."""
    for _ in range(6000):
        if is_so():
            return
        QTest.qWait(10)
    pytest.fail("it did not get there in a minute")


@pytest.fixture
def sky(window: MainWindow, session: Session, tmp_path: Path) -> Iterator[ConstellationPanel]:
    """Sixty clips of ten groups in the workspace of the constellation; three of them are kin."""
    picture = picture_file(tmp_path, "star.png")
    clips = [one.seen for one in library(NUMBER)]
    catalogue = Catalogue(session.paths.catalogue)
    catalogue.put([replace(one, path=str(picture)) for one in clips])
    uses = [Use(one.content_hash, f"c{at}") for at, one in enumerate(clips)]
    edges = [Edge(clips[0].content_hash, clips[10].content_hash), Edge(clips[10].content_hash, clips[20].content_hash)]
    catalogue.put_project(session.document.project.id, "Small", "", uses, edges)
    session.document.add_media(
        Media(str(picture), MediaKind.IMAGE, f"Clip {at}", width=64, height=36, has_video=True,
              content_hash=one.content_hash, id=f"c{at}")
        for at, one in enumerate(clips)
    )  # fmt: skip
    session.cataloguing.catalogue = catalogue
    window.show_workspace("constellation")
    session.cataloguing.changed.emit()
    panel: Any = window.docks["constellation"].panel
    waited(lambda: len(session.constellation.stars) == NUMBER)
    panel.sky.fit(fly=False)
    QApplication.processEvents()
    assert len(session.constellation.stars) == NUMBER
    yield panel
    session.cataloguing.catalogue = None
    catalogue.close()


def answered(panel: ConstellationPanel, do: Any) -> None:
    """Do something that asks the catalogue, and wait for its answer: not that of a question asked before, which may still come."""
    model = panel.model
    waited(lambda: model._latest._thread is None)
    QApplication.processEvents()
    before = model.answer
    do()
    waited(lambda: model.answer is not before)
    QApplication.processEvents()
