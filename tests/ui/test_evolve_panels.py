"""The panels of the workspace Evolve in the window: keys, drags, what is shown and compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QDragEnterEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio_app.session.session import Session
from tests.ui.evolve_desk import few_operations, ready, stand, until
from ui.drag_mime import media_mime
from ui.main_window import MainWindow
from ui.panels.compare import ComparePanel
from ui.panels.evolution import EvolutionPanel
from ui.panels.operations import OperationsPanel
from ui.panels.variants import VariantsPanel
from ui.toasts import Toast

pytestmark = [pytest.mark.qt, pytest.mark.media]


@pytest.fixture(autouse=True)
def _tiny() -> Iterator[None]:
    yield from few_operations()


def test_picking_a_clip_fills_the_grid_with_pictures_of_it(window: MainWindow, session: Session) -> None:
    stand(session)
    window.show_workspace("evolve")
    panel = window.docks["operations"].panel
    assert isinstance(panel, OperationsPanel)
    assert panel.stack.currentIndex() == 1, "nothing is chosen yet"
    session.selection.items.set(["clip a"])
    until(lambda: all(panel.delegate.pixmap(key)[0] is not None for key in ("vary.lift", "remix.pair", "mutate.slow")))
    form = window.docks["evolution"].panel
    assert isinstance(form, EvolutionPanel)
    assert form.make_button.text() == "Make take 2, free"
    window.panels.activate(window.docks["timeline"])
    for number in range(3):
        session.tell(f"Sentence {number}.")
    verb = QRect(form.make_button.mapTo(window, QPoint(0, 0)), form.make_button.size())
    assert not any(one.geometry().intersects(verb) for one in window.findChildren(Toast)), "toasts cover no verb"


def test_a_clip_whose_file_goes_meanwhile_is_noticed_and_nothing_can_be_made_of_it(
    window: MainWindow, session: Session, tmp_path: Path
) -> None:
    stand(session)
    own = tmp_path / "own.mp4"
    own.write_bytes(Path(session.document.library.media["a"].path).read_bytes())
    session.document.add_media(
        [replace(session.document.library.media["a"], path=str(own), id="gone", content_hash="")]
    )
    own.unlink()
    session.selection.media.set(["gone"])
    window.show_workspace("evolve")
    until(lambda: "gone" in session.presence.missing)
    form = window.docks["evolution"].panel
    assert isinstance(form, EvolutionPanel)
    until(lambda: not form.make_button.isEnabled())
    assert "is not there" in form.wanting.text()


def test_arrows_choose_operations_and_ctrl_enter_makes_one(window: MainWindow, session: Session) -> None:
    stand(session)
    session.selection.items.set(["clip a"])
    window.show_workspace("evolve")
    panel = window.docks["operations"].panel
    assert isinstance(panel, OperationsPanel)
    session.evolving.choose("vary.lift")
    window.activateWindow()
    QApplication.processEvents()
    panel.grid.take_keys()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert session.evolving.offer is not None
    assert session.evolving.offer.id == "remix.pair", "past the last tile of a heading the next heading begins"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    assert session.evolving.offer.id == "vary.lift"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    ready(session)
    variants = window.docks["variants"].panel
    assert isinstance(variants, VariantsPanel)
    until(lambda: variants.model.rowCount() == 1)
    assert variants.model.data(variants.model.index(0)).startswith("Lift 50 %")


def test_before_and_after_are_compared_and_shift_shows_before(window: MainWindow, session: Session) -> None:
    stand(session)
    session.selection.items.set(["clip a"])
    session.evolving.choose("vary.lift")
    window.show_workspace("evolve")
    comparing = session.comparing
    until(lambda: comparing.pictures is not None and comparing.pictures.after is not None)
    made = comparing.pictures
    assert made is not None
    assert made.before is not None
    assert made.after is not None
    assert float(made.after.mean()) > float(made.before.mean()) + 20
    assert made.changes[0][0] == "Light"
    panel = window.docks["compare"].panel
    assert isinstance(panel, ComparePanel)
    window.activateWindow()
    QApplication.processEvents()
    window.panels.activate(window.docks["compare"])
    for kind, expected in ((QEvent.Type.KeyPress, True), (QEvent.Type.KeyRelease, False)):
        QApplication.sendEvent(panel, QKeyEvent(kind, Qt.Key.Key_Shift, Qt.KeyboardModifier.NoModifier))
        assert panel.surface.holds_before is expected
    for place in ("evolution", "lineage"):  # where a slider was just drawn, too
        window.panels.activate(window.docks[place])
        QApplication.sendEvent(
            window.docks[place].panel, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Shift, Qt.KeyboardModifier.NoModifier)
        )
        assert panel.surface.holds_before, place
        QApplication.sendEvent(
            panel, QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_Shift, Qt.KeyboardModifier.NoModifier)
        )
    window.panels.activate(window.docks["compare"])
    QTest.keyClick(panel, Qt.Key.Key_Right)
    assert comparing.index == 1 + made.wanted.index, "arrows step what is compared, not the sequence"


def test_a_drag_that_rests_on_a_tab_brings_its_panel_to_the_front(window: MainWindow, session: Session) -> None:
    stand(session)
    session.selection.items.set(["clip a"])
    window.show_workspace("evolve")
    for _ in range(5):
        QApplication.processEvents()
    lineage, timeline = window.docks["lineage"], window.docks["timeline"]
    window.panels.activate(lineage)
    QApplication.processEvents()
    places = dict(zip(lineage.row._group, lineage.row.tab_rects(), strict=True))
    mime = media_mime(["a"])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    at = places[timeline].center()
    event = QDragEnterEvent(at, copy, mime, Qt.MouseButton.LeftButton, none)
    QApplication.sendEvent(lineage.row, event)
    until(lambda: not timeline.visibleRegion().isEmpty(), 3)


def test_a_second_source_can_be_chosen_without_a_drag(window: MainWindow, session: Session) -> None:
    stand(session)
    session.selection.items.set(["clip a"])
    session.evolving.choose("remix.pair")
    window.show_workspace("evolve")
    panel = window.docks["evolution"].panel
    assert isinstance(panel, EvolutionPanel)
    assert panel.sources.add.isVisible()
    assert "b" in [one.id for one in panel.sources.choices()]
    session.evolving.add_source("b")
    assert not {"a", "b"} & {one.id for one in panel.sources.choices()}
    assert [one.id for one in session.evolving.sources()] == ["a", "b"]
