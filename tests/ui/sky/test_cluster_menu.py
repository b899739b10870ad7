"""The menu of stars: clusters are put right by hand, tags given and taken off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu

from studio_app.catalogue.catalogue import Catalogue
from studio_app.catalogue.row import Row
from studio_app.session.session import Session
from tests.catalogue.library import library
from ui.main_window import MainWindow
from ui.sky.cluster_menu import clusters_menu, tags_menu

pytestmark = pytest.mark.qt
MADE = [one.seen for one in library(12)]


@pytest.fixture
def catalogue(session: Session, tmp_path: Path) -> Iterator[Catalogue]:
    made = Catalogue(tmp_path / "catalogue")
    made.put(MADE)
    session.cataloguing.catalogue = made
    yield made
    session.cataloguing.catalogue = None
    made.close()


def _rows(catalogue: Catalogue, *places: int) -> list[Row]:
    found = (catalogue.row_of(MADE[place].content_hash) for place in places)
    return [row for row in found if row is not None]


def _wait(session: Session) -> None:
    for _ in range(500):
        if not any(job.kind == "catalogue-say" for job in session.jobs.all):
            return
        QTest.qWait(10)
    pytest.fail("it was not written down")


def _press(menu: QMenu, name: str) -> None:
    next(one for one in menu.actions() if one.text() == name).trigger()


def test_chosen_stars_are_put_into_a_cluster_and_taken_out(
    window: MainWindow, session: Session, catalogue: Catalogue
) -> None:
    menu = clusters_menu(window, session, _rows(catalogue, 0, 10))
    named = {one.text(): one.isChecked() for one in menu.actions() if one.text()}
    assert len(named) == 18
    assert named["Action"]
    assert not named["Horror"]
    _press(menu, "Horror")
    _wait(session)
    assert all(
        any(one.cluster == "genre.horror" and one.is_manual for one in row.members) for row in _rows(catalogue, 0, 10)
    )
    menu = clusters_menu(window, session, _rows(catalogue, 0, 10))
    _press(menu, "Action")
    _wait(session)
    assert not any(one.cluster == "genre.action" for row in _rows(catalogue, 0, 10) for one in row.members)


def test_tags_are_typed_and_taken_off(window: MainWindow, session: Session, catalogue: Catalogue) -> None:
    menu = tags_menu(window, session, _rows(catalogue, 1, 2))
    field = menu.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.setText(" Night,  B roll ,,")
    field.returnPressed.emit()
    _wait(session)
    assert [row.tags for row in _rows(catalogue, 1, 2)] == [("b roll", "night")] * 2
    _press(tags_menu(window, session, _rows(catalogue, 1, 2)), "night")
    _wait(session)
    assert [row.tags for row in _rows(catalogue, 1, 2)] == [("b roll",)] * 2
