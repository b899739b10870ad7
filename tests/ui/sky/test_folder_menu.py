"""The indexed folders in the constellation's menu."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio_app.catalogue.catalogue import Catalogue
from ui.panels.constellation import ConstellationPanel
from ui.sky.folder_menu import folders_menu, shortened

pytestmark = pytest.mark.qt


def test_each_folder_says_how_it_is_and_can_be_let_go(sky: ConstellationPanel, tmp_path: Path) -> None:
    catalogue = sky.session.cataloguing.catalogue
    assert isinstance(catalogue, Catalogue)
    gone = str(tmp_path / "gone")
    catalogue.watch([str(tmp_path), gone])
    sky.session.cataloguing.looked_at[str(tmp_path)] = 1.0
    menu = folders_menu(sky, sky.session)
    folders = {one.text(): one.menu().actions() for one in menu.actions() if one.menu() is not None}  # type: ignore[attr-defined]
    assert {name: one[0].text().split(" ")[0] for name, one in folders.items()} == {
        shortened(str(tmp_path)): "Looked",
        shortened(gone): "It",
    }
    folders[shortened(gone)][1].trigger()
    assert sky.session.cataloguing.looked_at
    assert "Indexed folders" in [one.text() for one in sky.menu()]
