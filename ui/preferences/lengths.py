"""How long new things are."""

from __future__ import annotations

from typing import ClassVar

from studio_app.services.settings import LengthSettings
from ui.preference_page import PreferencePage
from ui.qt.language import QT_TRANSLATE_NOOP


class LengthsPage(PreferencePage):
    """Titles, transitions, stills."""

    title: ClassVar[str] = QT_TRANSLATE_NOOP("PreferencePage", "Default lengths")
    order: ClassVar[int] = 9
    sections: ClassVar = ((QT_TRANSLATE_NOOP("PreferencePage", "Default lengths"), LengthSettings),)
