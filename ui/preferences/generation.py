"""How the engine inside Starcut makes films."""

from __future__ import annotations

from typing import ClassVar

from studio_app.services.settings import GenerationSettings
from ui.preference_page import PreferencePage
from ui.qt.language import QT_TRANSLATE_NOOP


class GenerationPage(PreferencePage):
    """Who draws."""

    title: ClassVar[str] = QT_TRANSLATE_NOOP("PreferencePage", "Generation")
    order: ClassVar[int] = 25
    sections: ClassVar = ((QT_TRANSLATE_NOOP("PreferencePage", "Drawing"), GenerationSettings),)
