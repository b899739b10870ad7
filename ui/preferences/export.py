"""How films are written."""

from __future__ import annotations

from typing import ClassVar

from studio_app.services.settings import ExportSettings
from ui.preference_page import PreferencePage
from ui.qt.language import QT_TRANSLATE_NOOP


class ExportPage(PreferencePage):
    """How many at once, and whether the machine stays awake."""

    title: ClassVar[str] = QT_TRANSLATE_NOOP("PreferencePage", "Export")
    order: ClassVar[int] = 20
    sections: ClassVar = ((QT_TRANSLATE_NOOP("PreferencePage", "Queue"), ExportSettings),)
