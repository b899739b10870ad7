"""Where Tab goes: to the next widget that takes keys and can be seen. Qt counts panels behind other tabs as visible."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar, QWidget

from ui.panel import panel_of


def after(focus: QWidget, *, forward: bool) -> QWidget | None:
    """The next widget in Qt's order, or the one before; None when there is no other."""
    one = _step(focus, forward)
    while one is not None and one is not focus:
        if one.window() is focus.window() and _takes_tab(one):
            return one
        one = _step(one, forward)
    return None


def _step(one: QWidget, forward: bool) -> QWidget | None:
    return one.nextInFocusChain() if forward else one.previousInFocusChain()


def _takes_tab(one: QWidget) -> bool:
    if not one.focusPolicy() & Qt.FocusPolicy.TabFocus or not one.isVisible() or not one.isEnabled():
        return False
    if one.focusProxy() is not None or isinstance(
        one, QTabBar
    ):  # Qt's own tabs of docks: nobody sees them (ui/qt/style)
        return False
    panel = panel_of(one)
    return panel is None or not panel.visibleRegion().isEmpty()
