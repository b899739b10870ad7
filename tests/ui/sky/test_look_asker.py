"""Asking by a picture or by colours: what is dropped, chosen and taken away, and its chips."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from studio_app.session.session import Session
from tests.ui.conftest import picture_file
from tests.ui.sky.hands import answered, waited
from ui.main_window import MainWindow
from ui.panels.constellation import ConstellationPanel

pytestmark = pytest.mark.qt


@pytest.fixture
def asker(sky: ConstellationPanel, window: MainWindow) -> Any:
    panel: Any = window.docks["sky_filters"].panel
    return panel.looks


def drop(asker: Any, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    assert asker.takes(mime)
    more = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(asker, QDragEnterEvent(QPointF(5, 5).toPoint(), *more))
    QApplication.sendEvent(asker, QDropEvent(QPointF(5, 5), *more))


def test_colours_ring_the_clips_that_have_them_and_stand_in_a_chip(sky: ConstellationPanel, asker: Any) -> None:
    model = sky.model
    stars = model.stars
    wanted = "#" + "".join(f"{one:02x}" for one in stars.colours[0])
    assert [dot.isHidden() for dot in asker.dots] == [False, True, True, True, True]
    answered(sky, lambda: asker.dots[0].chosen.emit(wanted))
    hits = np.nonzero(model.answer.matching)[0]
    assert 0 < len(hits) < len(stars)
    first = stars.colours[model.answer.order[0]].astype(int)
    assert np.abs(first - stars.colours[0]).max() < 60
    assert model.is_searching
    assert [dot.colour for dot in asker.dots[:2]] == [wanted, ""]
    assert not asker.dots[1].isHidden(), "room for the next one"
    assert sky.chips.buttons[0].text() == "1 colour"
    answered(sky, sky.chips.buttons[0].click)
    assert not model.is_searching
    assert asker.dots[0].colour == ""


def test_a_picture_that_is_dropped_is_asked_by_until_its_chip_is_pressed(
    sky: ConstellationPanel,
    asker: Any,
    tmp_path: Path,
) -> None:
    model = sky.model
    path = picture_file(tmp_path, "harbour.png")
    answered(sky, lambda: drop(asker, path))
    assert model.answer.matching.any()
    assert sky.chips.buttons[0].text() == "Like harbour"
    answered(sky, lambda: asker.dots[0].chosen.emit("#20406c"))
    assert [one.text() for one in sky.chips.buttons] == ["Like harbour", "1 colour"]
    answered(sky, sky.chips.buttons[0].click)
    assert model.query.like is not None
    assert (model.query.like.picture, len(model.query.like.palette)) == ("", 1)


def test_what_is_no_picture_is_told_of_and_asked_by_no_more(
    sky: ConstellationPanel,
    asker: Any,
    session: Session,
    tmp_path: Path,
) -> None:
    told: list[str] = []
    sky.model.refused.connect(told.append)
    path = tmp_path / "notes.png"
    path.write_text("no picture")
    drop(asker, path)
    waited(lambda: bool(told))
    assert "notes.png" in told[0]
    assert not sky.model.is_searching


def test_the_frame_under_the_playhead_is_asked_by(sky: ConstellationPanel, asker: Any, session: Session) -> None:
    answered(sky, lambda: asker.frame.click())
    assert sky.model.query.like is not None
    assert Path(sky.model.query.like.picture).is_file()
    assert sky.chips.buttons[0].text() == "Frame 00:00:00:00"
