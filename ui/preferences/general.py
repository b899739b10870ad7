"""What belongs to no part of the program alone."""

from __future__ import annotations

from typing import ClassVar

from studio_app.services.settings import SavingSettings
from ui.preference_page import PreferencePage


class GeneralPage(PreferencePage):
    """How unsaved edits are kept."""

    title: ClassVar[str] = "General"
    order: ClassVar[int] = 0
    sections: ClassVar = (("Recovery", SavingSettings),)
