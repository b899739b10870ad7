"""How long new things are."""

from __future__ import annotations

from typing import ClassVar

from studio_app.services.settings import LengthSettings
from ui.preference_page import PreferencePage


class LengthsPage(PreferencePage):
    """Titles, transitions, stills."""

    title: ClassVar[str] = "Default lengths"
    order: ClassVar[int] = 9
    sections: ClassVar = (("Default lengths", LengthSettings),)
