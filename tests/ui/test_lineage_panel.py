from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.timeline.lineages import take_of
from tests.ui.conftest import picture_file
from ui import media_items
from ui.drag_mime import MEDIA_MIME, ids_in
from ui.lineage.canvas import LEAST, LineageCanvas
from ui.lineage.menu import MOST_SOURCES
from ui.main_window import MainWindow
from ui.panels.compare import ComparePanel
from ui.panels.lineage import LineagePanel
from ui.qt import tokens

pytestmark = pytest.mark.qt

FAMILY = {"m1": "", "m2": "", "sharp": "m1", "soft": "m1", "both": "sharp m2", "far": ""}


@pytest.fixture
def panel(window: MainWindow, tmp_path: Path) -> LineagePanel:
    """m1, which the cut shows, and its family; m2 in it; `far` is a stranger."""
    session = window.session
    still = session.document.library.media["m1"]
    for name, row in FAMILY.items():
        path = str(picture_file(tmp_path, f"{name}.png"))
        if name not in ("m1", "m2"):
            media = replace(still, id=name, name=name.capitalize(), path=path)
            session.document.add_media([media])
            if row:
                session.document.add_take(take_of(name, row.split(), FAMILY, 1), media)
    session.selection.clear()
    window.show_panel("lineage")
    found = window.docks["lineage"].panel
    assert isinstance(found, LineagePanel)
    QApplication.processEvents()
    return found


def settled(panel: LineagePanel) -> LineageCanvas:
    QApplication.processEvents()
    panel.refresh()
    return panel.canvas


def middle(canvas: LineageCanvas, node: str) -> QPoint:
    return canvas.rect_of_node(node).center().toPoint()


def test_without_a_family_it_says_what_to_do(window: MainWindow) -> None:
    window.session.selection.clear()
    window.show_panel("lineage")
    panel = window.docks["lineage"].panel
    assert isinstance(panel, LineagePanel)
    assert panel.stack.currentWidget() is panel.none


def test_it_follows_what_is_chosen_and_chooses(panel: LineagePanel) -> None:
    session = panel.session
    canvas = settled(panel)
    assert set(canvas.graph.nodes) == {"m1", "m2", "sharp", "soft", "both"}, "all families, where nothing is chosen"
    session.selection.items.set(["picture"])
    assert session.lineage.current == "m1"
    canvas = settled(panel)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=middle(canvas, "both"))
    assert session.selection.media.ids == ("both",)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, middle(canvas, "soft"))
    assert session.lineage.pair == ("both", "soft")
    session.selection.media.set(["far"])
    canvas = settled(panel)
    assert set(canvas.graph.nodes) == {"far"}
    panel.run("lineage.all")
    assert set(settled(panel).graph.nodes) == {"far", "m1", "m2", "sharp", "soft", "both"}
    assert panel.all.isChecked()


def test_arrows_walk_the_family(panel: LineagePanel) -> None:
    session = panel.session
    session.selection.media.set(["sharp"])
    canvas = settled(panel)
    canvas.setFocus()

    def press(key: Qt.Key) -> str | None:
        QTest.keyClick(canvas, key)
        return session.lineage.current

    assert press(Qt.Key.Key_Right) == "both"
    assert press(Qt.Key.Key_Right) == "both", "nothing was made of it"
    assert press(Qt.Key.Key_Left) == "sharp"
    assert press(Qt.Key.Key_Left) == "m1"
    session.lineage.choose("sharp")
    canvas = settled(panel)
    is_above = canvas.rect_of_node("soft").top() < canvas.rect_of_node("sharp").top()
    assert press(Qt.Key.Key_Up if is_above else Qt.Key.Key_Down) == "soft"
    assert press(Qt.Key.Key_Down if is_above else Qt.Key.Key_Up) == "sharp"


def test_a_family_too_large_to_be_read_whole_is_seen_about_the_chosen_clip(panel: LineagePanel) -> None:
    session = panel.session
    still = session.document.library.media["m1"]
    kin = dict(FAMILY)
    for name in (f"child {number}" for number in range(30)):
        media, kin[name] = replace(still, id=name, name=name), "m1"
        session.document.add_media([media])
        session.document.add_take(take_of(name, ["m1"], kin, 1), media)
    session.selection.media.set(["m1"])
    canvas = settled(panel)
    assert canvas.zoom >= 0.9, "words can be read"
    assert abs(canvas.rect_of_node("m1").center().y() - canvas.height() / 2) < 2
    canvas.fit()
    assert canvas.zoom < 0.9, "the whole, once it is asked for"


def test_the_wheel_zooms_about_the_pointer_and_fit_shows_all(panel: LineagePanel) -> None:
    canvas = settled(panel)
    before = QPointF(middle(canvas, "sharp"))
    held = (before - canvas.offset) / canvas.zoom
    event = QWheelEvent(
        before,
        canvas.mapToGlobal(before),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    zoom = canvas.zoom
    QApplication.sendEvent(canvas, event)
    assert canvas.zoom == pytest.approx(zoom * 1.44)
    assert ((before - canvas.offset) / canvas.zoom - held).manhattanLength() < 1e-6
    canvas.zoom_at(before, 0.0001)
    assert canvas.zoom == LEAST
    canvas.fit()
    assert all(canvas.rect().contains(canvas.rect_of_node(one).toAlignedRect()) for one in canvas.graph.nodes)


def test_a_drag_on_the_ground_moves_and_a_drag_of_a_node_carries_the_clip(
    panel: LineagePanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    canvas = settled(panel)
    carried: list[list[str]] = []
    monkeypatch.setattr(
        media_items, "start_drag", lambda _source, mime, _picture: carried.append(ids_in(mime, MEDIA_MIME))
    )
    offset = QPointF(canvas.offset)
    empty = QPoint(canvas.width() - 3, canvas.height() - 3)
    assert canvas.node_at(QPointF(empty)) is None
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=empty)
    QTest.mouseMove(canvas, empty - QPoint(30, 10))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=empty - QPoint(30, 10))
    assert canvas.offset - offset == QPointF(-30, -10)
    canvas.fit()
    start = middle(canvas, "soft")
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(canvas, start + QPoint(40, 0))
    assert carried == [["soft"]]


def test_the_path_used_in_the_cut_is_lit_and_what_is_gone_is_dim(panel: LineagePanel, tmp_path: Path) -> None:
    canvas = settled(panel)

    def accents() -> int:
        picture = canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        accent = tokens.color("accent.default").rgb()
        return sum(picture.pixel(x, y) == accent for x in range(picture.width()) for y in range(picture.height()))

    assert canvas.graph.lit == {"m1"}
    assert accents() == 0
    session = panel.session
    session.lineage.use("both")
    canvas = settled(panel)
    assert canvas.graph.lit == {"m1", "m2", "sharp", "both"}
    assert accents() > 40
    (tmp_path / "soft.png").unlink()
    session.presence.look_again()
    session.presence.close()
    QApplication.processEvents()
    canvas = settled(panel)
    assert not canvas.graph.nodes["soft"].is_present
    session.lineage.choose("soft")
    first = panel._menu.build("soft").actions()[0]
    assert (first.text(), first.isEnabled()) == ("Rebuild from recipe", True)


def test_the_menu_offers_what_can_be_done_with_this_clip(panel: LineagePanel) -> None:
    session = panel.session
    settled(panel)
    session.lineage.choose("m1")
    root = {one.text(): one for one in panel._menu.build("m1").actions() if one.text()}
    assert not root["Use in cut"].isEnabled(), "it is used"
    assert not root["Compare"].isEnabled(), "it was made of nothing"
    below = root["Re-run this branch from"].menu()
    assert isinstance(below, QMenu)
    offered = [one.text() for one in below.actions()]
    assert offered == ["Far", "Still 2", "A file…"], "newest first, none of the branch itself"
    still = session.document.library.media["m1"]
    session.document.add_media([replace(still, id=f"more {n}", name=f"More {n}") for n in range(MOST_SOURCES + 3)])
    root = {one.text(): one for one in panel._menu.build("m1").actions() if one.text()}
    below = root["Re-run this branch from"].menu()
    assert isinstance(below, QMenu)
    rest = next(one.menu() for one in below.actions() if one.text() == "More clips")
    assert isinstance(rest, QMenu)
    assert [one.text() for one in rest.actions()][-2:] == ["Far", "Still 2"], "none is out of reach"
    session.lineage.choose("both")
    leaf = {one.text(): one for one in panel._menu.build("both").actions() if one.text()}
    assert "Re-run this branch from" not in leaf
    assert leaf["Make again with another seed"].isEnabled()
    assert leaf["Compare"].isEnabled()


def test_a_double_click_opens_a_clip_and_on_the_ground_shows_all(panel: LineagePanel) -> None:
    canvas = settled(panel)
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=middle(canvas, "m2"))
    assert panel.session.source.media_id == "m2"
    canvas.zoom_at(QPointF(0, 0), 1.7)
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(canvas.width() - 3, canvas.height() - 3))
    assert canvas.zoom <= 1


def test_what_the_menu_key_opens_is_for_the_chosen_clip_and_it_leads(
    panel: LineagePanel,
) -> None:
    asked: list[str] = []
    canvas = settled(panel)
    canvas.menu_asked.disconnect()
    canvas.menu_asked.connect(lambda node, _: asked.append(node))
    panel.session.lineage.choose("sharp")
    panel.session.lineage.choose("soft", also=True)
    place = middle(canvas, "sharp")
    for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
        QApplication.sendEvent(canvas, QContextMenuEvent(reason, place, canvas.mapToGlobal(place)))
    assert asked == ["sharp", "sharp"], "the one under the pointer leads from then on"
    assert panel.session.lineage.pair == ("soft", "sharp")


def test_comparing_two_brings_both_into_the_compare_viewer(panel: LineagePanel, qtbot: QtBot) -> None:
    session = panel.session
    session.lineage.choose("sharp")
    session.lineage.choose("soft", also=True)
    panel.run("lineage.compare")
    qtbot.waitUntil(lambda: session.comparing.after_id == "soft")
    assert session.evolving.lead is not None
    assert (session.evolving.lead.media_id, session.comparing.after_id) == ("sharp", "soft")


def test_what_is_shown_is_written_as_drawing_graph_and_facts(
    panel: LineagePanel, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    told: list[str] = []
    panel.session.told.connect(lambda message, _: told.append(message))
    for name in ("a.svg", "a.graphml", "a.json", "a.txt"):
        monkeypatch.setattr(window.session.face, "ask_save_file", lambda *_, name=name: tmp_path / name)
        panel.run("lineage.export")
    assert (tmp_path / "a.svg").read_text().startswith("<svg")
    assert "graphml" in (tmp_path / "a.graphml").read_text()
    assert len(json.loads((tmp_path / "a.json").read_text())["nodes"]) == 5
    assert not (tmp_path / "a.txt").exists()
    assert "End its name with" in told[-1]


def test_two_takes_are_called_by_their_names_and_alt_with_an_arrow_moves_the_divider(
    panel: LineagePanel, window: MainWindow, qtbot: QtBot
) -> None:
    session = panel.session
    session.lineage.choose("sharp")
    session.lineage.choose("soft", also=True)
    panel.run("lineage.compare")
    compare = window.docks["compare"].panel
    assert isinstance(compare, ComparePanel)
    qtbot.waitUntil(lambda: compare.surface.words == ("Sharp", "Soft"))  # neither came before the other
    session.lineage.choose("m1")
    session.lineage.choose("soft", also=True)
    panel.run("lineage.compare")
    qtbot.waitUntil(lambda: compare.surface.words[0].startswith("Before"))
    window.panels.activate(window.docks["compare"])
    at = compare.surface.split
    QTest.keyClick(compare, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert compare.surface.split == pytest.approx(at + 0.05)
    QTest.keyClick(compare, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert compare.surface.split == pytest.approx(at)
