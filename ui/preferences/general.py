"""What belongs to no part of the program alone."""

from __future__ import annotations

from typing import ClassVar

from studio_app.services.settings import SavingSettings
from ui.preference_page import PreferencePage
from ui.qt.language import QT_TRANSLATE_NOOP


class GeneralPage(PreferencePage):
    """How unsaved edits are kept."""

    title: ClassVar[str] = QT_TRANSLATE_NOOP("PreferencePage", "General")
    order: ClassVar[int] = 0
    sections: ClassVar = ((QT_TRANSLATE_NOOP("PreferencePage", "Recovery"), SavingSettings),)
