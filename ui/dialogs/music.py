"""Music and sounds for the sequence: by the composer here, a form read from its model, or by a service, in words and for a price."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from studio_app.session.assets import AssetWish, Makes
from studio_app.session.scoring import MusicBrief, compose_music, music_specs, stretch_to_score
from studio_app.session.session import Session
from timeline.errors import EditRefused, StudioError
from timeline.timecode import format_timecode
from ui import words
from ui.dialogs.base import Dialog
from ui.engine_box import EngineBox
from ui.form.form import Form
from ui.qt import tokens
from ui.widgets import label, row

_PLAN_MS = 250


class MusicDialog(Dialog):
    """Who makes it, how, and one button; it is made in the background and comes onto a track of its own."""

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
        for sentence in (self.length, self.problem):
            sentence.setWordWrap(True)
        self.engine = EngineBox(session, "sound")
        self.engine.show_value("")
        self.text = QPlainTextEdit()
        self.text.setFont(tokens.font("body"))
        self.text.setPlaceholderText(self.tr("What is to be heard"))
        self.text.setAccessibleName(self.tr("What is to be heard"))
        self.text.setFixedHeight(96)
        self.text.setTabChangesFocus(True)
        name = label(self.tr("Made by"), "secondary")
        name.setFixedWidth(120)
        for widget in (self.length, row(name, self.engine), self.form, self.stems, self.text, self.problem):
            self.body.addWidget(widget)
        self.body.insertSpacing(1, 8)
        self.problem.hide()
        self.add_button(self.tr("Cancel"))
        self.compose = self.add_button(self.tr("Compose"), "compose", primary=True, icon="music")
        self._timer = QTimer(self, interval=_PLAN_MS, singleShot=True)
        self._timer.timeout.connect(self._show_maker)
        self.text.textChanged.connect(self._timer.start)
        self.engine.chosen.connect(lambda _: self._show_maker())
        self._show_maker()
        self._show_length()

    @property
    def _wish(self) -> AssetWish | None:
        """What a service is asked for; None: the composer here is chosen. Raises EditRefused where there is nothing to score."""
        if not (engine := str(self.engine.currentData() or "")):
            return None
        makes: Makes = "sound" if self._session.engine_choices.is_sound(engine) else "music"
        return AssetWish(makes, self.text.toPlainText(), engine, stretch=stretch_to_score(self._session))

    def _show_maker(self) -> None:
        """The form of the composer, or words and the price of a service."""
        self._timer.stop()
        is_here = not self.engine.currentData()
        self.form.setVisible(is_here)
        self.stems.setVisible(is_here)
        self.text.setVisible(not is_here)
        QTimer.singleShot(0, self, self.adjustSize)  # once the layout knows what is shown
        self.compose.setText(self.tr("Compose") if is_here else self.tr("Make"))
        self.compose.setEnabled(is_here)
        self.problem.hide()
        try:
            wish = self._wish
            plan = None if wish is None else self._session.assets.plan(wish)
        except StudioError as error:
            self._refuse(error.message, "failed" if self.text.toPlainText().strip() else "muted")
            return
        if plan is not None:
            self._refuse(" ".join((plan.route.reason, *plan.notes)), "muted")
            self.compose.setText(self.tr("Make, {price}").format(price=words.price(plan.cost)))
            self.compose.setEnabled(True)

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
        said = self.tr("For the marked range, {length}.") if marked else self.tr("For the whole sequence, {length}.")
        self.length.setText(said.format(length=told))

    def _changed(self, name: str, value: Any) -> None:
        self.values[name] = value
        self.problem.hide()

    def _refuse(self, sentence: str, tone: str = "failed") -> None:
        self.problem.setText(sentence)
        self.problem.setProperty("tone", tone)
        self.problem.style().polish(self.problem)
        self.problem.show()

    def end(self, answer: str) -> None:
        """Start composing and close; what is refused keeps the dialog open and is said."""
        if answer == "compose":
            try:
                if (wish := self._wish) is None:
                    compose_music(self._session, MusicBrief(**self.values), stems=self.stems.isChecked())
                else:
                    self._session.assets.make(wish)
            except EditRefused as refused:
                self._refuse(refused.message)
                return
        super().end(answer)
