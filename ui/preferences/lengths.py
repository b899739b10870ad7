"""How long new things are, and which transition the key lays."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QSizePolicy

from studio_app.services.settings import LengthSettings
from studio_app.session.applying import Kind, default_transition, offer_of, offers, set_default_transition
from ui.form.editors.choice import Combo
from ui.preference_page import FORM_WIDTH, LABEL_WIDTH, PreferencePage
from ui.qt import tokens
from ui.qt.language import EFFECTS, QT_TRANSLATE_NOOP, translated
from ui.widgets import label, row


class LengthsPage(PreferencePage):
    """Titles, transitions, stills."""

    title: ClassVar[str] = QT_TRANSLATE_NOOP("PreferencePage", "Default lengths")
    order: ClassVar[int] = 9
    sections: ClassVar = ((QT_TRANSLATE_NOOP("PreferencePage", "Default lengths"), LengthSettings),)

    def build(self) -> None:
        """The transition of pictures that the key lays."""
        self.transition = Combo()
        self.transition.setAccessibleName(self.tr("Default transition"))
        self.transition.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for one in offers():
            if one.kind is Kind.TRANSITION:
                self.transition.addItem(translated(EFFECTS, one.name), one.id)
        self.transition.setCurrentIndex(self.transition.findData(default_transition(self.session)))
        self.transition.activated.connect(lambda _: self._choose())
        caption = label(self.tr("Default transition"), "secondary", "body")
        caption.setFixedWidth(LABEL_WIDTH)
        line = row(caption, self.transition)
        line.setToolTip(self.tr("What the key for a video transition lays; its length stands above."))
        line.setMaximumWidth(FORM_WIDTH)
        line.setFixedHeight(tokens.size("control_dialog"))
        self.column.addWidget(line)

    def _choose(self) -> None:
        offer = offer_of(Kind.TRANSITION, self.transition.currentData())
        if offer is not None:
            set_default_transition(self.session, offer)
