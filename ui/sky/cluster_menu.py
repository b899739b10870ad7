"""What is said of the chosen stars, in their menu: which clusters they belong to, and their tags."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget, QWidgetAction

from studio_app.catalogue.catalogue import Catalogue, Cluster
from studio_app.catalogue.row import Row
from studio_app.session.session import Session
from ui.sky.still import class_title

MOST_TAGS = 12
"""So many of the tags that all chosen stars have are listed."""
FIELD_WIDTH = 200
Said = Callable[[Catalogue, str], None]
"""One thing said of one clip, by its content."""


def clusters_menu(parent: QWidget, session: Session, rows: Sequence[Row]) -> QMenu:
    """A check at each cluster that all of them are in. A press puts all in or takes all out, for good; clips like them follow."""
    menu = QMenu(QCoreApplication.translate("SkyMenu", "Clusters"), parent)
    catalogue = session.cataloguing.catalogue
    family = ""
    for cluster in catalogue.clusters() if catalogue is not None else ():
        if family and cluster.family != family:
            menu.addSeparator()
        family = cluster.family
        menu.addAction(_cluster_entry(menu, session, cluster, rows))
    return menu


def tags_menu(parent: QWidget, session: Session, rows: Sequence[Row]) -> QMenu:
    """A field for tags to be added; the tags that all of them have, to be taken off."""
    text = QCoreApplication.translate("SkyMenu", "Add tags, with commas")
    menu = QMenu(QCoreApplication.translate("SkyMenu", "Tags"), parent)
    field = QLineEdit(menu)
    field.setPlaceholderText(text)
    field.setAccessibleName(text)
    field.setMinimumWidth(FIELD_WIDTH)
    field.returnPressed.connect(lambda: _add_tags(menu, session, rows, field.text()))
    holder = QWidgetAction(menu)
    holder.setDefaultWidget(field)
    menu.addAction(holder)
    menu.aboutToShow.connect(field.setFocus)
    for tag in sorted(set.intersection(*(set(row.tags) for row in rows)) if rows else ())[:MOST_TAGS]:
        entry = QAction(tag.replace("&", "&&"), menu, checkable=True, checked=True)
        entry.triggered.connect(lambda _=False, tag=tag: _say_of(session, rows, _without(tag)))
        menu.addAction(entry)
    return menu


def _cluster_entry(menu: QMenu, session: Session, cluster: Cluster, rows: Sequence[Row]) -> QAction:
    inside = [cluster.id in {one.cluster for one in row.members} for row in rows]
    name = cluster.name if cluster.is_own else class_title(cluster.id.partition(".")[2])
    entry = QAction(name.replace("&", "&&"), menu, checkable=True, checked=bool(inside) and all(inside))

    def moved(belongs: bool) -> None:
        _say_of(session, rows, lambda catalogue, content: catalogue.move(content, cluster.id, belongs))

    entry.triggered.connect(moved)
    return entry


def _add_tags(menu: QMenu, session: Session, rows: Sequence[Row], text: str) -> None:
    tags = [one.strip() for one in text.split(",") if one.strip()]
    if tags:
        _say_of(session, rows, lambda catalogue, content: catalogue.tag(content, tags))
    menu.close()


def _without(tag: str) -> Said:
    return lambda catalogue, content: catalogue.untag(content, [tag])


def _say_of(session: Session, rows: Sequence[Row], said: Said) -> None:
    """The same of each clip, in one job."""
    contents = [row.content_hash for row in rows]

    def each(catalogue: Catalogue) -> None:
        for content in contents:
            said(catalogue, content)

    session.cataloguing.say(each)
