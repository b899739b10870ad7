"""On which device sound is heard."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QSizePolicy

from studio_app.services.audio_devices import outputs
from ui.form.editors.choice import Combo
from ui.preference_page import FORM_WIDTH, LABEL_WIDTH, PreferencePage
from ui.qt import tokens
from ui.qt.language import QT_TRANSLATE_NOOP
from ui.widgets import label, row


class AudioPage(PreferencePage):
    """The system's default, or one device by its name."""

    title: ClassVar[str] = QT_TRANSLATE_NOOP("PreferencePage", "Audio")
    order: ClassVar[int] = 12

    def build(self) -> None:
        """One choice."""
        self.add_section(self.tr("Output"), self.tr("A device that is not there gives way to the system's default."))
        self.device = Combo()
        self.device.setAccessibleName(self.tr("Play sound on"))
        self.device.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.device.activated.connect(lambda _: self.session.choose("audio_device", self.device.currentData()))
        caption = label(self.tr("Play sound on"), "secondary")
        caption.setFixedWidth(LABEL_WIDTH)
        line = row(caption, self.device)
        line.setMaximumWidth(FORM_WIDTH)
        line.setFixedHeight(tokens.size("control_dialog"))
        self.column.addWidget(line)
        note = label(self.tr("Counts from the next start of Starcut."), "muted")
        self.column.addWidget(note)
        self.show_devices(outputs())

    def show_devices(self, names: tuple[str, ...]) -> None:
        """Offer these; one that was chosen and is gone stays to be seen."""
        self.device.clear()
        self.device.addItem(self.tr("System default"), "")
        for name in names:
            self.device.addItem(name, name)
        chosen = self.session.settings.values.audio_device
        if self.device.findData(chosen) < 0:
            self.device.addItem(self.tr("{chosen} (not there)").format(chosen=chosen), chosen)
        self.device.setCurrentIndex(self.device.findData(chosen))
