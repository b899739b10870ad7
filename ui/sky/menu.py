"""Menus of the constellation: of stars, and of the panel."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from studio_app.session.session import Session
from ui.qt import icons
from ui.sky.cluster_menu import clusters_menu, tags_menu
from ui.sky.folder_menu import folders_menu

if TYPE_CHECKING:
    from ui.panel import Panel


class StarMenu:
    """What can be done with the chosen stars; which lines and marks are drawn."""

    def __init__(self, panel: Panel, session: Session) -> None:
        self._panel, self._session = panel, session
        self._model = session.constellation

    def build(self) -> QMenu:
        """Of the chosen stars; without any, of the sky."""
        menu = QMenu(self._panel)
        if self._model.chosen_rows:
            for action_id, icon, text in self._verbs():
                entry = menu.addAction(icons.icon(icon) if icon else icons.icon("circle"), text)
                if not icon:
                    entry.setIcon(icons.icon("star"))
                entry.triggered.connect(lambda _=False, name=action_id: self._panel.run(name))
            menu.addSeparator()
            rows = self._model.rows_data(self._model.chosen_rows)
            menu.addMenu(clusters_menu(menu, self._session, rows))
            menu.addMenu(tags_menu(menu, self._session, rows))
            menu.addSeparator()
        menu.addActions(self.of_panel())
        return menu

    def _verbs(self) -> list[tuple[str, str, str]]:
        say = QCoreApplication.translate
        several = len(self._model.chosen_rows) > 1
        found = [
            ("sky.add_to_timeline", "corner-down-right", say("SkyMenu", "Add to timeline")),
            ("sky.open_source", "film", say("SkyMenu", "Open in source viewer")),
            ("sky.similar", "target", say("SkyMenu", "Find similar")),
            ("sky.unlike", "shuffle", say("SkyMenu", "Find what is unlike")),
            ("sky.lineage", "git-branch", say("SkyMenu", "Lineage")),
            ("sky.new_cluster", "lasso-select", say("SkyMenu", "New cluster…")),
        ]
        if several:
            found.append(("narrative.order_three_acts", "clapperboard", say("SkyMenu", "Order as three acts")))
        return found

    def of_panel(self) -> list[QAction]:
        """What is drawn; filters; all of it in view."""
        say, look = QCoreApplication.translate, self._model.look
        found = []
        for name, text in (
            ("lineage", say("SkyMenu", "Lineage lines")),
            ("figures", say("SkyMenu", "Figures")),
            ("marks_used", say("SkyMenu", "Marks of clips in this cut")),
        ):
            entry = QAction(text, self._panel, checkable=True, checked=bool(getattr(look, name)))
            entry.toggled.connect(lambda on, name=name: self._model.set_look(replace(self._model.look, **{name: on})))
            found.append(entry)
        by_use = QAction(say("SkyMenu", "Size by use"), self._panel, checkable=True, checked=look.size_by == "use")
        by_use.toggled.connect(
            lambda on: self._model.set_look(replace(self._model.look, size_by="use" if on else "rating"))
        )
        found.append(by_use)
        for text, action_id in (
            (say("SkyMenu", "Filters"), "panel.sky_filters"),
            (say("SkyMenu", "Own clusters"), "panel.own_clusters"),
        ):
            entry = QAction(text, self._panel)
            entry.triggered.connect(lambda _=False, name=action_id: self._panel.run(name))
            found.append(entry)
        found.append(folders_menu(self._panel, self._session).menuAction())
        return found
