"""The folders the catalogue looks at: each with when that was, looked at again, or no more; and another one."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from studio_app.catalogue.errors import CatalogueError
from studio_app.session.session import Session
from ui.qt import icons

_LONGEST = 60
_MINUTE, _HOUR = 60, 3600


def folders_menu(parent: QWidget, session: Session) -> QMenu:
    """For the panel's menu."""
    say, service = QCoreApplication.translate, session.cataloguing
    menu = QMenu(say("SkyMenu", "Indexed folders"), parent)
    add = menu.addAction(icons.icon("folder"), say("SkyMenu", "Add folder…"))
    add.triggered.connect(lambda: _add(parent, session))
    again = menu.addAction(icons.icon("refresh-cw"), say("SkyMenu", "Look at all again"))
    again.triggered.connect(service.look_at_folders)
    try:
        paths = service.catalogue.watched() if service.catalogue is not None else ()
    except CatalogueError as error:
        session.tell(error.message, error=True)
        paths = ()
    add.setEnabled(service.catalogue is not None)
    again.setEnabled(bool(paths))
    menu.addSeparator()
    for path in paths:
        one = menu.addMenu(shortened(path))
        one.setToolTip(path)
        if not Path(path).exists():
            one.setIcon(icons.icon("triangle-alert"))
        state = one.addAction(_state(path, service.looked_at.get(path)))
        state.setEnabled(False)
        forget = one.addAction(icons.icon("x"), say("SkyMenu", "Look there no more"))
        forget.setToolTip(say("SkyMenu", "Its clips stay known"))
        forget.triggered.connect(lambda _=False, path=path: service.unwatch_folder(path))
    if not paths:
        menu.addAction(say("SkyMenu", "No folder is indexed")).setEnabled(False)
    return menu


def shortened(path: str) -> str:
    """A path that fits a menu: its end says most. An ampersand in it is no key."""
    text = path if len(path) <= _LONGEST else f"…{path[1 - _LONGEST :]}"
    return text.replace("&", "&&")


def _state(path: str, looked_at: float | None) -> str:
    """Whether it is there, and when it was last looked at."""
    say = QCoreApplication.translate
    if not Path(path).exists():
        return say("SkyMenu", "It is not there now")
    if looked_at is None:
        return say("SkyMenu", "Not looked at yet since the start")
    ago = time.time() - looked_at
    if ago < _MINUTE:
        return say("SkyMenu", "Looked at just now")
    if ago < _HOUR:
        return say("SkyMenu", "Looked at {minutes} min ago").format(minutes=round(ago / _MINUTE))
    return say("SkyMenu", "Looked at {hours} h ago").format(hours=round(ago / _HOUR))


def _add(parent: QWidget, session: Session) -> None:
    """Ask for a folder and look at it."""
    name = QFileDialog.getExistingDirectory(parent.window(), QCoreApplication.translate("SkyMenu", "Index a folder"))
    if name:
        session.cataloguing.watch_folder(name)
        session.tell(QCoreApplication.translate("SkyMenu", "“{name}” is looked at.").format(name=Path(name).name))
