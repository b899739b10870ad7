"""The list of markers: what it shows, finds, deletes and exports."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio_app.actions.registry import Actions
from studio_app.session.session import Session
from timeline.commands.add_marker import AddMarker
from timeline.items import Marker
from timeline.time import RationalTime
from ui import marker_list
from ui.panels.markers import MarkersPanel

pytestmark = pytest.mark.qt


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> MarkersPanel:
    """Three markers of the sequence and one of a clip."""
    sequence_id = session.sequence_id
    clip = next(clip for track in session.sequence.tracks for clip, _ in track.clips())
    for marker in (
        Marker(RationalTime(2), "Theme, enters", colour="blue", id="theme"),
        Marker(RationalTime(0), "Start", "First look\nof the harbour", id="start"),
        Marker(RationalTime(3), "Horn", colour="red", duration=RationalTime(1), id="horn"),
    ):
        session.document.do(AddMarker(sequence_id, marker))
    session.document.do(AddMarker(sequence_id, Marker(clip.source_range.start, "Splash", id="splash"), clip.id))
    panel = MarkersPanel(session)
    qtbot.addWidget(panel)
    panel.resize(700, 300)
    panel.show()
    QApplication.processEvents()
    return panel


def names(panel: MarkersPanel) -> list[str]:
    return [row.marker.name for row in panel.model.rows]


def test_it_lists_markers_of_sequence_and_clips_in_order(panel: MarkersPanel) -> None:
    assert names(panel) == ["Start", "Splash", "Theme, enters", "Horn"]
    assert panel.model.rows[1].clip_name
    assert panel.model.rows[3].texts[4] == "00:00:01:00"


def test_search_and_colour_narrow_the_list(panel: MarkersPanel) -> None:
    QTest.keyClicks(panel.search, "HARBOUR look")
    assert names(panel) == ["Start"]
    panel.search.clear()
    panel.colour.setCurrentIndex(panel.colour.findData("red"))
    assert names(panel) == ["Horn"]
    panel.colour.setCurrentIndex(panel.colour.findData("pink"))
    assert panel.stack.currentWidget() is panel.none


def test_a_click_goes_to_the_marker_and_a_double_click_edits_it(panel: MarkersPanel) -> None:
    session, shown = panel.session, []

    class Face:
        def show(self, what: str, about: str = "") -> None:
            shown.append((what, about))

    session.face = Face()  # type: ignore[assignment]
    index = panel.model.index(2, 2)
    place = panel.list.visualRect(index).center()
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert session.transport.time == RationalTime(2)
    QTest.mouseDClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert shown == [("marker", "theme")]


def test_the_chosen_ones_are_deleted_in_one_step(panel: MarkersPanel) -> None:
    session = panel.session
    panel.list.selectAll()
    Actions(session).run("marker.delete")
    assert names(panel) == []
    assert not len(session.selection.markers)
    session.document.undo()
    assert len(names(panel)) == 4


def test_what_is_chosen_stays_chosen_when_the_list_changes(panel: MarkersPanel) -> None:
    panel.reveal("theme")
    panel.session.document.do(AddMarker(panel.session.sequence_id, Marker(RationalTime(1), "Early")))
    chosen = {panel.model.rows[index.row()].marker.name for index in panel.list.selectionModel().selectedIndexes()}
    assert chosen == {"Theme, enters"}


def test_the_export_holds_what_is_shown(panel: MarkersPanel, tmp_path: Path) -> None:
    panel.write(tmp_path / "list.csv", "csv")
    lines = (tmp_path / "list.csv").read_text("utf-8-sig").splitlines()
    assert lines[0] == "Colour,Timecode,Name,Note,Length,Clip"
    assert 'Blue,00:00:02:00,"Theme, enters",,,' in lines
    panel.write(tmp_path / "list", "txt")
    text = (tmp_path / "list.txt").read_text()
    assert "00:00:00:00  Start (White)\n    First look\n    of the harbour\n" in text
    assert "00:00:03:00  Horn (00:00:01:00, Red)" in text


def test_a_file_that_cannot_be_written_is_said(panel: MarkersPanel, tmp_path: Path) -> None:
    told: list[str] = []
    panel.session.told.connect(lambda message, _error: told.append(message))
    panel.write(tmp_path / "no" / "folder" / "list.csv", "csv")
    assert told
    assert told[0].startswith("list.csv could not be written")


def test_an_empty_list_is_an_empty_text() -> None:
    assert marker_list.as_text(()) == ""
