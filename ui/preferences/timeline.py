"""How the timeline moves under the hand."""

from __future__ import annotations

from typing import ClassVar

from studio_app.services.settings import TimelineSettings
from ui.preference_page import PreferencePage
from ui.qt.language import QT_TRANSLATE_NOOP


class TimelinePage(PreferencePage):
    """Following the playhead, and the key that copies."""

    title: ClassVar[str] = QT_TRANSLATE_NOOP("PreferencePage", "Timeline")
    order: ClassVar[int] = 8
    sections: ClassVar = ((QT_TRANSLATE_NOOP("PreferencePage", "Timeline"), TimelineSettings),)
