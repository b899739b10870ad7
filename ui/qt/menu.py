"""Menus that are made for the place they open at."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu


def pop_up(menu: QMenu, at: QPoint) -> QAction | None:
    """Show a menu (global position) until something is chosen; it is deleted then, for the next one is made anew."""
    try:
        return menu.exec(at)
    finally:
        menu.deleteLater()
