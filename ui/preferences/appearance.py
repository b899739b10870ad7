"""How the window looks: size of all, accent, motion."""

from __future__ import annotations

from typing import ClassVar

from studio_app.services.settings import AppearanceSettings
from ui.preference_page import PreferencePage
from ui.qt.language import QT_TRANSLATE_NOOP


class AppearancePage(PreferencePage):
    """Scale and accent count from the next start, motion at once."""

    title: ClassVar[str] = QT_TRANSLATE_NOOP("PreferencePage", "Appearance")
    order: ClassVar[int] = 4
    sections: ClassVar = ((QT_TRANSLATE_NOOP("PreferencePage", "Appearance"), AppearanceSettings),)
