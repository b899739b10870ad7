"""Which attributes of the copied clip the selected ones get."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QWidget

from studio_app.session.pasting import PASTED, paste_attributes
from studio_app.session.session import Session
from timeline.errors import EditRefused
from ui.dialogs.base import Dialog
from ui.qt.language import QT_TRANSLATE_NOOP, translated

CHOSEN = (
    QT_TRANSLATE_NOOP("AttributesDialog", "Effects"),
    QT_TRANSLATE_NOOP("AttributesDialog", "Opacity"),
    QT_TRANSLATE_NOOP("AttributesDialog", "Volume"),
    QT_TRANSLATE_NOOP("AttributesDialog", "Pan"),
)
"""Ticked at first; fades and speed change how a clip begins, ends and how long it is."""


class AttributesDialog(Dialog):
    """One box for each attribute."""

    def __init__(self, parent: QWidget | None, session: Session) -> None:
        super().__init__(parent, QCoreApplication.translate("AttributesDialog", "Paste attributes"), 360)
        self._session = session
        self.boxes = {name: QCheckBox(translated("AttributesDialog", name)) for name in PASTED}
        for name, box in self.boxes.items():
            box.setChecked(name in CHOSEN)
            self.body.addWidget(box)
        self.add_button(self.tr("Cancel"))
        self.add_button(self.tr("Paste"), "paste", primary=True)

    def end(self, answer: str) -> None:
        """Paste what is ticked, then close."""
        super().end(answer)
        if answer == "paste":
            try:
                paste_attributes(self._session, [name for name, box in self.boxes.items() if box.isChecked()])
            except EditRefused as refused:
                self._session.tell(refused.message)
