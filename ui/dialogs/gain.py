"""Gain of the selected sounds in decibels: set it, or change it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from studio_app.session.gain import decibels, parse_gain, set_gain, sounding_clips
from studio_app.session.session import Session
from timeline.curve import Curve
from timeline.errors import EditRefused
from ui.dialogs.base import Dialog
from ui.form.editors.choice import Combo
from ui.qt.language import QT_TRANSLATE_NOOP, translated
from ui.widgets import label, row

SET, CHANGE = QT_TRANSLATE_NOOP("GainDialog", "Set gain to"), QT_TRANSLATE_NOOP("GainDialog", "Change gain by")


class GainDialog(Dialog):
    """One number; what is no gain is said under it and changes nothing."""

    def __init__(self, parent: QWidget | None, session: Session) -> None:
        super().__init__(parent, QCoreApplication.translate("GainDialog", "Clip gain"), 380)
        self._session = session
        clips = sounding_clips(session)
        level = clips[0].volume if clips else 1.0
        self.how, self.level = Combo(), QLineEdit()
        self.how.addItems([translated("GainDialog", one) for one in (SET, CHANGE)])
        self.how.setAccessibleName(self.tr("What to do with the gain"))
        if isinstance(level, Curve):
            self.how.setCurrentIndex(1)
        for field in (self.how, self.level):
            field.setProperty("large", True)
        self.level.setText("0" if isinstance(level, Curve) else f"{round(decibels(level), 1):g}")
        self.level.setAccessibleName(self.tr("Gain in decibels"))
        self.problem = label("", "failed", "body")
        self.problem.setWordWrap(True)
        self.body.addWidget(row(self.how, self.level, label(self.tr("dB"), "secondary", "body")))
        self.body.addWidget(self.problem)
        self.problem.hide()
        self.level.textEdited.connect(lambda _: self.problem.hide())
        self.add_button(self.tr("Cancel"))
        self.add_button(self.tr("Change gain"), "change", primary=True)
        self.level.selectAll()
        self.level.setFocus()

    def end(self, answer: str) -> None:
        """Change the gain and close; a typing error keeps the dialog open and is named."""
        if answer == "change":
            try:
                level = parse_gain(self.level.text())
                set_gain(self._session, level, relative=self.how.currentIndex() == 1)
            except EditRefused as refused:
                self.problem.setText(refused.message)
                self.problem.show()
                return
        super().end(answer)
