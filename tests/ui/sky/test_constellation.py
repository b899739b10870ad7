"""The constellation in the hand: filters dim, a search rings, stars are chosen, dragged and walked; none of it moves one."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from studio_app.catalogue.catalogue import Catalogue
from studio_app.catalogue.errors import CatalogueError
from studio_app.catalogue.query import UNJUDGED
from studio_app.catalogue.row import Use
from studio_app.session.session import Session
from studio_app.session.sky_stars import BOXES, CLASSES, NONE
from tests.catalogue.library import library
from tests.ui.sky.hands import NUMBER, answered, waited
from ui.main_window import MainWindow
from ui.panels.constellation import ConstellationPanel

pytestmark = pytest.mark.qt


def mouse(
    panel: ConstellationPanel, kind: QEvent.Type, at: QPointF, held: Any = Qt.KeyboardModifier.NoModifier
) -> None:
    button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    down = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
    event = QMouseEvent(kind, at, panel.sky.mapToGlobal(at), button, down, held)
    QApplication.sendEvent(panel.sky, event)


def stroke(panel: ConstellationPanel, points: list[tuple[float, float]], held: Any) -> None:
    """Press, along the points, release."""
    mouse(panel, QEvent.Type.MouseButtonPress, QPointF(*points[0]), held)
    for point in points[1:]:
        mouse(panel, QEvent.Type.MouseMove, QPointF(*point), held)
    mouse(panel, QEvent.Type.MouseButtonRelease, QPointF(*points[-1]), held)


def test_a_filter_dims_its_class_and_moves_nothing(sky: ConstellationPanel) -> None:
    model, before = sky.model, sky.model.places.copy()
    rows = model.rows_data(range(NUMBER))
    drama = np.array([{member.cluster for member in row.of("genre")} == {"genre.drama"} for row in rows])
    assert drama.sum() > 3
    answered(sky, lambda: model.toggle_class("genre", "drama"))
    look = sky.sky.still.appearance
    assert not model.answer.passing[drama].any()
    assert np.allclose(look.opacities[drama], 0.15)
    assert look.opacities[model.answer.passing].min() > 0.3
    assert (model.places == before).all()
    answered(sky, lambda: model.toggle_class("genre", "drama"))
    assert model.answer.passing.all()
    assert not model.is_filtered


def test_a_class_without_clips_takes_none_away_and_clips_without_a_class_have_a_box(sky: ConstellationPanel) -> None:
    model = sky.model
    model.toggle_class("style", "retro")
    assert UNJUDGED in model.query.style
    assert model.counts()["style"][-1] == (model.stars.codes["style"] == NONE).sum()
    answered(sky, lambda: [model.toggle_class("style", one) for one in CLASSES["style"][:-1]])
    assert model.query.style == (UNJUDGED,)
    assert not model.answer.passing.any(), "all of these have a style"
    assert sky.chips.buttons[0].text() == "1 of 7 styles"


def test_all_boxes_off_leave_nothing_and_one_verb_brings_all_back(sky: ConstellationPanel) -> None:
    for name in BOXES["pacing"][1:]:
        sky.model.toggle_class("pacing", name)
    answered(sky, lambda: sky.model.toggle_class("pacing", BOXES["pacing"][0]))
    assert not sky.model.answer.passing.any()
    assert sky.nothing.isVisible()
    answered(sky, sky.model.clear)
    assert sky.model.answer.passing.all()
    assert not sky.nothing.isVisible()


def test_a_search_rings_its_matches_and_the_list_shows_them_nearest_first(sky: ConstellationPanel) -> None:
    model = sky.model
    answered(sky, lambda: model.ask(words="narration of nature"))
    hits = np.nonzero(model.answer.matching)[0]
    assert 0 < len(hits) < NUMBER
    rings = sky.sky.still.appearance
    assert rings.rings[hits].all()
    assert rings.opacities[hits].min() == 1.0
    assert rings.opacities[~model.answer.matching].max() < 0.55
    assert (model.stars.codes["genre"][model.answer.order[:3]] == 5).all(), "documentaries come first"
    sky.as_list.click()
    scores = model.answer.scores[sky.items.rows]
    assert len(scores) == len(hits)
    assert (np.diff(scores) <= 0).all()
    assert sky.chips.buttons[0].text() == "narration of nature"
    answered(sky, sky.chips.buttons[0].click)
    assert not model.is_searching


def test_what_is_unlike_is_the_farthest_of_any_library_farthest_first(sky: ConstellationPanel) -> None:
    model = sky.model
    model.choose([3])
    answered(sky, lambda: sky.run("sky.unlike"))
    hits = np.nonzero(model.answer.matching)[0]
    assert 1 <= len(hits) <= NUMBER // 4
    assert 3 not in hits
    scores = model.answer.scores[model.answer.order[: len(hits)]]
    assert (np.diff(scores) >= 0).all()
    assert sky.chips.buttons[0].text().startswith("Unlike")


def test_where_nothing_matches_list_and_pictures_say_so(sky: ConstellationPanel) -> None:
    sky.as_list.click()
    for name in BOXES["pacing"][1:]:
        sky.model.toggle_class("pacing", name)
    answered(sky, lambda: sky.model.toggle_class("pacing", BOXES["pacing"][0]))
    assert sky.stack.currentWidget() is sky.none_here
    answered(sky, sky.model.clear)
    assert sky.stack.currentWidget() is sky.rows


def test_a_project_without_clips_offers_those_of_others(window: MainWindow, session: Session) -> None:
    session.files.new("Empty", 320, 180, Fraction(24))
    catalogue = Catalogue(session.paths.catalogue)
    catalogue.put([one.seen for one in library(12)])
    session.cataloguing.catalogue = catalogue
    window.show_workspace("constellation")
    session.cataloguing.changed.emit()
    panel: Any = window.docks["constellation"].panel
    waited(lambda: panel.stack.currentWidget() is panel.elsewhere)
    session.constellation.set_everywhere(True)
    waited(lambda: len(session.constellation.stars) == 12)
    assert panel.stack.currentWidget() is panel.sky
    session.cataloguing.catalogue = None
    catalogue.close()


def test_click_band_and_lasso_choose_the_stars_they_hold(sky: ConstellationPanel) -> None:
    view, model = sky.sky, sky.model
    answered(sky, lambda: model.ask())
    points = view.points
    row = int(np.argmin(points[:, 0]))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPointF(*points[row]).toPoint())
    assert model.chosen_rows[-1] == view.row_at(*points[row])
    assert sky.session.selection.media.ids[-1].startswith("c")
    around = [
        (2.0, 2.0),
        (view.width() - 3.0, 2.0),
        (view.width() - 3.0, view.height() - 3.0),
        (2.0, view.height() - 3.0),
    ]
    stroke(sky, around, Qt.KeyboardModifier.ShiftModifier)
    assert set(model.chosen_rows) == set(range(NUMBER))
    left = float(np.median(points[:, 0]))
    stroke(sky, [(1.0, 1.0), (left, view.height() - 2.0)], Qt.KeyboardModifier.ControlModifier)
    assert len(model.chosen_rows) == NUMBER, "a band with Ctrl adds"
    assert "60" in sky.tray.words.text()
    sky.session.constellation.wished.emit("escape")
    assert model.chosen_rows == []
    assert not sky.tray.isVisible()


def test_stars_that_come_leave_alone_what_is_chosen_elsewhere(sky: ConstellationPanel) -> None:
    media = next(iter(sky.session.document.library.media))
    sky.session.selection.media.set([media])
    sky.model.changed.emit()
    assert sky.session.selection.media.ids == (media,)


def test_keys_walk_from_star_to_star(sky: ConstellationPanel, window: MainWindow) -> None:
    window.panels.activate(window.docks["constellation"])
    view = sky.sky
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right)
    first = sky.model.chosen_rows
    assert len(first) == 1
    QTest.keyClick(view, Qt.Key.Key_Right)
    second = sky.model.chosen_rows
    assert len(second) == 1
    assert sky.model.places[second[0], 0] > sky.model.places[first[0], 0]
    QTest.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert len(sky.model.chosen_rows) == 2


def test_a_star_dragged_to_the_timeline_is_a_clip_of_it(
    sky: ConstellationPanel, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    dragged: list[Any] = []
    monkeypatch.setattr(sky.sky.hand, "exec_", lambda drag: dragged.append(drag.mimeData()))
    view = sky.sky
    row = sky.model.stars.by_hash[sky.session.document.library.media["c7"].content_hash]
    at = view.place_of(row).center()
    assert view.row_at(at.x(), at.y()) == row
    stroke(sky, [(at.x(), at.y()), (at.x() + 9, at.y()), (at.x() + 60, at.y() + 40)], Qt.KeyboardModifier.NoModifier)
    assert len(dragged) == 1
    window.show_workspace("edit")
    QApplication.processEvents()
    rows: Any = window.docks["timeline"].panel.view  # type: ignore[attr-defined]
    target = rows.viewport()
    more = (Qt.DropAction.CopyAction, dragged[0], Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    where = QPointF(target.width() - 60.0, 60.0)
    QApplication.sendEvent(target, QDragEnterEvent(where.toPoint(), *more))
    QApplication.sendEvent(target, QDropEvent(where, *more))
    used = {media for track in sky.session.sequence.tracks for media, _ in track.media_uses}
    assert "c7" in used


def test_the_chosen_star_lights_what_it_came_of(sky: ConstellationPanel) -> None:
    hashes = [one.seen.content_hash for one in library(NUMBER)]
    rows = [sky.model.stars.by_hash[hashes[at]] for at in (0, 10, 20)]
    above, lines = sky.model.lineage_of(rows[1])
    assert above == {rows[0], rows[1]}
    assert len(lines) == 2, "its child is kin, too"


def test_the_card_tells_what_the_star_is(sky: ConstellationPanel) -> None:
    row = sky.model.stars.by_hash[library(21)[20].seen.content_hash]
    sky.card.show_star(row)
    assert sky.card.isVisible()
    assert sky.card.name.text() == "Clip 20"
    assert sky.card.origin.text() == "Generation 2 of Clip 0"
    assert not sky.card.geometry().intersects(sky.sky.place_of(row).toAlignedRect())
    sky.card.put_away()


def test_a_star_that_rests_on_a_workspace_is_carried_there(sky: ConstellationPanel, window: MainWindow) -> None:
    edit = next(one for one in window.top_bar.findChildren(QPushButton) if one.text() == "Edit")
    sky.model.choose([3])
    mime = sky.sky.hand.mime()
    assert mime is not None
    more = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(edit, QDragEnterEvent(QPointF(5, 5).toPoint(), *more))
    assert window.workspaces.current == "constellation"
    waited(lambda: window.workspaces.current == "edit")


def test_a_catalogue_that_breaks_while_one_looks_is_told_of(
    sky: ConstellationPanel, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise CatalogueError("The catalogue is damaged.", can_rebuild=True)

    monkeypatch.setattr(session.cataloguing.catalogue, "find", broken)
    sky.model.ask(words="harbour")
    waited(lambda: bool(session.cataloguing.failure))
    assert session.cataloguing.catalogue is None


def test_used_and_unused_are_told_for_the_project_that_is_shown(sky: ConstellationPanel, window: MainWindow) -> None:
    model, session = sky.model, sky.session
    catalogue = session.cataloguing.catalogue
    assert catalogue is not None
    contents = [one.seen.content_hash for one in library(NUMBER)]
    uses = [Use(one, f"other {at}", count=1 if at < 4 else 0) for at, one in enumerate(contents[:9])]
    catalogue.put_project("other", "Second film", "", uses, [])
    session.cataloguing.changed.emit()
    waited(lambda: "other" in model.other_projects)
    filters: Any = window.docks["sky_filters"].panel
    assert model.unused_count() == NUMBER, "another project's use is none of this one's"
    answered(sky, filters.unused.box.click)
    assert model.answer.passing.all()
    answered(sky, filters.unused.box.click)
    filters.project.setCurrentIndex(filters.project.findText("Second film"))
    filters.project.activated.emit(filters.project.currentIndex())
    waited(lambda: len(model.stars) == 9)
    assert model.unused_count() == 5
    assert [one.text() for one in sky.chips.buttons] == ["Second film"]
    answered(sky, filters.in_use.box.click)
    assert {model.stars.hashes[one] for one in model.answer.passing.nonzero()[0]} == set(contents[:4])
    answered(sky, filters.unused.box.click)
    assert int(model.answer.passing.sum()) == 5
    assert not filters.in_use.box.isChecked()


def test_a_map_nobody_moved_fits_also_when_it_was_resized_out_of_sight(sky: ConstellationPanel) -> None:
    view = sky.sky
    fitted, size = view.scale.zoom, view.size()
    view.resize(120, 90)
    view.fit(fly=False)
    assert view.scale.zoom < fitted / 2
    view.hide()
    view.resize(size)
    view.show()
    assert view.scale.zoom == pytest.approx(fitted, rel=0.05)
    view.zoom(2.0)
    waited(lambda: view.scale.zoom > fitted * 1.9)
    moved = view.scale.zoom
    view.hide()
    view.show()
    assert view.scale.zoom == moved
