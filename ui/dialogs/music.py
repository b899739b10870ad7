"""Compose music for the sequence: what it shall be like, as a form read from its model."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QWidget

from studio_app.session.scoring import MusicBrief, compose_music, music_specs, stretch_to_score
from studio_app.session.session import Session
from timeline.errors import EditRefused
from timeline.timecode import format_timecode
from ui.dialogs.base import Dialog
from ui.form.form import Form
from ui.widgets import label


class MusicDialog(Dialog):
    """A form and one button; the music is made in the background and comes onto a track of its own."""

    def __init__(self, parent: QWidget | None, session: Session) -> None:
        super().__init__(parent, QCoreApplication.translate("MusicDialog", "Compose music"), 460)
        self._session = session
        self.values: dict[str, Any] = MusicBrief().model_dump()
        self.form = Form(music_specs(), label_width=120, row_height=32)
        self.form.set_values(self.values)
        self.form.changed.connect(self._changed)
        self.stems = QCheckBox(self.tr("Drums, bass, chords and melody on tracks of their own"))
        self.length = label("", "secondary", "body")
        self.problem = label("", "failed", "body")
        for words in (self.length, self.problem):
            words.setWordWrap(True)
        for widget in (self.length, self.form, self.stems, self.problem):
            self.body.addWidget(widget)
        self.body.insertSpacing(1, 8)
        self.problem.hide()
        self.add_button(self.tr("Cancel"))
        self.compose = self.add_button(self.tr("Compose"), "compose", primary=True, icon="music")
        self._show_length()

    def _show_length(self) -> None:
        try:
            stretch = stretch_to_score(self._session)
        except EditRefused as refused:
            self._refuse(refused.message)
            self.compose.setEnabled(False)
            return
        sequence = self._session.sequence
        told = format_timecode(stretch.duration, sequence.rate, sequence.drop_frame)
        marked = self._session.transport.marked_range is not None
        words = self.tr("For the marked range, {length}.") if marked else self.tr("For the whole sequence, {length}.")
        self.length.setText(words.format(length=told))

    def _changed(self, name: str, value: Any) -> None:
        self.values[name] = value
        self.problem.hide()

    def _refuse(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.show()

    def end(self, answer: str) -> None:
        """Start composing and close; what is refused keeps the dialog open and is said."""
        if answer == "compose":
            try:
                compose_music(self._session, MusicBrief(**self.values), stems=self.stems.isChecked())
            except EditRefused as refused:
                self._refuse(refused.message)
                return
        super().end(answer)
