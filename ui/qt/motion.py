"""Motion: what moves by itself is Qt's own (docks, menus, busy bars); on request it stands still (design.md, section 5)."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

_REDUCED: Final = "reducedMotion"
_BEFORE: Final = "effectsBefore"


def set_reduced(reduced: bool) -> None:
    """Let effects that take time happen, as the desktop has them, or not."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    general = Qt.UIEffect.UI_General
    if reduced and not is_reduced():
        app.setProperty(_BEFORE, app.isEffectEnabled(general))
        app.setEffectEnabled(general, False)
    elif not reduced and is_reduced():
        app.setEffectEnabled(general, bool(app.property(_BEFORE)))
    app.setProperty(_REDUCED, reduced)


def is_reduced() -> bool:
    """Whether nothing is to move by itself."""
    app = QApplication.instance()
    return app is not None and bool(app.property(_REDUCED))
