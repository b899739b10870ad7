"""The card of a star says what its clip belongs to and why; it comes by a key, and stars are rated by figures."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from studio_app.session.session import Session
from tests.catalogue.library import library
from tests.ui.sky.hands import NUMBER, waited
from ui.drag_mime import MEDIA_MIME
from ui.main_window import MainWindow
from ui.panels.constellation import ConstellationPanel
from ui.sky.card import raised
from ui.sky.card_words import origin_words

pytestmark = pytest.mark.qt


def rating_of(panel: ConstellationPanel, content: str) -> int:
    catalogue = panel.session.cataloguing.catalogue
    row = catalogue.row_of(content) if catalogue is not None else None
    return row.rating if row is not None else -1


def with_keys(panel: ConstellationPanel, window: MainWindow) -> None:
    window.panels.activate(window.docks["constellation"])
    panel.sky.setFocus()


def test_each_cluster_of_the_card_tells_how_sure_it_is_and_why_own_ones_too(sky: ConstellationPanel) -> None:
    content = library(21)[20].seen.content_hash
    sky.model.new_cluster("The quay", [content])
    waited(lambda: any(one.count for one in sky.model.own_clusters()))
    row = sky.model.stars.by_hash[content]
    data = sky.model.row_data(row)
    assert data is not None
    assert data.of("genre")
    sky.card.show_star(row)
    told = {one.text(): one.toolTip() for one in sky.card._chips.findChildren(QLabel) if one.isVisible()}
    assert "The quay" in told
    genre = data.of("genre")[0]
    tip = next(tip for tip in told.values() if tip.startswith("Genre: "))
    assert f"{round(genre.confidence * 100)} %" in tip
    assert genre.reasons
    assert all(one in tip for one in genre.reasons)
    sky.card.put_away()


def test_a_circle_among_parents_ends(sky: ConstellationPanel) -> None:
    data = sky.model.row_data(0)
    assert data is not None
    stars = SimpleNamespace(parents=np.array([[1, 2], [2, 1], [1, 0]]))
    view = SimpleNamespace(model=SimpleNamespace(stars=stars, row_data=lambda _: data))
    later = cast(Any, SimpleNamespace(generation=2, words=""))
    assert origin_words(sky.session, cast(Any, view), 0, later).startswith("Generation 2 of")


def test_figures_rate_the_chosen_stars(sky: ConstellationPanel, window: MainWindow) -> None:
    with_keys(sky, window)
    sky.model.choose([4, 5])
    contents = [sky.model.stars.hashes[one] for one in (4, 5)]
    QTest.keyClick(sky.sky, Qt.Key.Key_4)
    waited(lambda: [rating_of(sky, one) for one in contents] == [4, 4])
    waited(lambda: bool((sky.model.stars.ratings[[4, 5]] == 4).all()))
    QTest.keyClick(sky.sky, Qt.Key.Key_0)
    waited(lambda: [rating_of(sky, one) for one in contents] == [0, 0])


def test_a_key_shows_the_card_of_the_chosen_star_until_it_is_pressed_again(
    sky: ConstellationPanel, window: MainWindow
) -> None:
    with_keys(sky, window)
    leftmost = int(np.argmin(sky.model.places[:, 0]))
    sky.model.choose([leftmost])
    QTest.keyClick(sky.sky, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert sky.card.isVisible()
    assert sky.card.row == leftmost
    QTest.keyClick(sky.sky, Qt.Key.Key_Right)
    assert sky.card.row == sky.model.chosen_rows[-1] != leftmost, "it goes along"
    QTest.keyClick(sky.sky, Qt.Key.Key_Escape)
    assert not sky.card.isVisible()
    QTest.keyClick(sky.sky, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(sky.sky, Qt.Key.Key_2)
    waited(lambda: sky.card.stars.stars == 2)
    QTest.keyClick(sky.sky, Qt.Key.Key_Escape)
    assert sky.model.chosen_rows, "the first Esc takes the card away, no more"


def test_a_figure_pressed_on_the_stars_of_a_card_rates_its_clip(sky: ConstellationPanel, window: MainWindow) -> None:
    with_keys(sky, window)
    sky.model.choose([4])
    sky.card.show_star(9)
    sky.card.stars.setFocus()
    QTest.keyClick(sky.card.stars, Qt.Key.Key_3)
    waited(lambda: rating_of(sky, sky.model.stars.hashes[9]) == 3)
    assert sky.card.stars.stars == 3
    assert rating_of(sky, sky.model.stars.hashes[4]) == 0


def test_the_menu_key_is_about_the_chosen_star_wherever_the_pointer_is(sky: ConstellationPanel) -> None:
    asked: list[Any] = []
    sky.sky.menu_asked.disconnect()
    sky.sky.menu_asked.connect(lambda row, where: asked.append((row, where)))
    other = min(range(NUMBER), key=lambda one: float(sky.sky.points[one, 0]))
    sky.model.choose([4])
    over = QPoint(*(round(float(one)) for one in sky.sky.points[other]))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, over, sky.sky.mapToGlobal(over))
    QApplication.sendEvent(sky.sky, event)
    row, where = asked[0]
    assert row == 4
    assert sky.model.chosen_rows == [4]
    assert sky.sky.place_of(4).contains(sky.sky.mapFromGlobal(where))


def test_two_chosen_stars_stand_against_each_other(sky: ConstellationPanel, session: Session) -> None:
    rows = [sky.model.stars.by_hash[session.document.library.media[one].content_hash] for one in ("c3", "c8")]
    sky.model.choose(rows)
    sky.run("sky.compare")
    waited(lambda: session.comparing.after_id == "c8")
    assert session.evolving.lead is not None
    assert session.evolving.lead.media_id == "c3"


def test_pictures_and_list_give_clips_of_other_projects_as_files(sky: ConstellationPanel, session: Session) -> None:
    sky.as_list.click()
    index = sky.items.index(0, 0)
    assert sky.items.mimeData([index]).hasFormat(MEDIA_MIME)
    data = sky.model.row_data(sky.items.star_at(index))
    assert data is not None
    session.files.new("Another", 320, 180, session.sequence.rate)
    mime = sky.items.mimeData([index])
    assert [one.toLocalFile() for one in mime.urls()] == [data.path]


def test_the_time_line_of_the_filters_keeps_its_arrows(sky: ConstellationPanel, window: MainWindow) -> None:
    with_keys(sky, window)
    sky.model.choose([4])
    filters: Any = window.docks["sky_filters"].panel
    filters.time.setEnabled(True)
    filters.time.setFocus()
    QTest.keyClick(filters.time, Qt.Key.Key_Left)
    assert filters.time.end < 1
    assert sky.model.chosen_rows == [4], "no star is walked to"


def test_a_key_on_a_weight_weighs_at_once(sky: ConstellationPanel, window: MainWindow) -> None:
    filters: Any = window.docks["sky_filters"].panel
    sound = filters.weights["sound"]
    before = sound.value
    QTest.keyClick(sound.slider, Qt.Key.Key_PageUp)
    assert sky.model.weights.sound == sound.value > before


def test_many_more_stars_come_into_view_unless_somebody_moved_the_map(sky: ConstellationPanel) -> None:
    view = sky.sky
    view.fit(fly=False)
    all_of_them = view.scale
    view._first = view.scale = view.scale.zoomed(2)  # as when one star alone was brought into view
    view._fitted = 1
    view.renew()
    assert view.scale == all_of_them
    moved = view.scale.zoomed(2)
    view.look_at(moved)
    view._fitted = 1
    view.renew()
    assert view.scale == moved


def test_a_map_that_nobody_moved_is_fitted_to_another_room(sky: ConstellationPanel) -> None:
    view = sky.sky
    view.fit(fly=False)
    high = float(np.ptp(view.points[:, 1]))
    view.resize(view.width() // 2, view.height() // 2)
    assert float(np.ptp(view.points[:, 1])) < 0.8 * high
    view.zoom(1.5)
    view.look_at(view.scale.zoomed(1.5))
    zoom = view.scale.zoom
    view.resize(view.width() + 200, view.height() + 100)
    assert view.scale.zoom == zoom


@pytest.mark.parametrize("wish", ["find", "escape"])
def test_a_card_under_a_resting_pointer_goes_when_one_searches_or_presses_escape(
    sky: ConstellationPanel, wish: str
) -> None:
    sky.sky.set_hover(9)
    sky.card.show_star(9)
    sky.model.wished.emit(wish)
    assert not sky.card.isVisible()
    assert sky.sky.hover is None, "it comes again when the pointer moves"


def test_a_card_covers_neither_the_small_map_nor_its_star_where_there_is_room() -> None:
    star, small_map = QRect(400, 380, 40, 20), QRect(700, 400, 150, 90)
    beside = QRect(454, 190, 312, 300)
    assert raised(beside, star, [small_map]) == QPoint(454, 400 - 9 - 299)
    assert raised(beside, star, [small_map.translated(200, 0)]) == beside.topLeft(), "it is not in the way"
    assert raised(beside.adjusted(0, -100, 0, 0), star, [small_map]) == QPoint(454, 90), "no room above"
    below = QRect(300, 414, 312, 76)
    assert raised(below, star, [QRect(500, 440, 90, 50)]) == below.topLeft(), "it would cover its star"


def test_the_wheel_scrolls_the_filters_and_changes_none(sky: ConstellationPanel, window: MainWindow) -> None:
    filters: Any = window.docks["sky_filters"].panel
    before = (filters.project.currentIndex(), sky.model.weights)
    for one in (filters.project, filters.engine, *(weight.slider for weight in filters.weights.values())):
        wheel = QWheelEvent(
            QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        one.wheelEvent(wheel)
        assert not wheel.isAccepted()
    assert (filters.project.currentIndex(), sky.model.weights) == before
    assert not sky.model.everywhere
