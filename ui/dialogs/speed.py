"""Speed of the selected clips: percent or duration, direction, and whether what follows moves."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QWidget

from studio_app.session.session import Session
from studio_app.session.speeding import parse_percent, set_speed, speed_clips, speed_for
from timeline.errors import EditRefused
from timeline.sequence import Sequence
from timeline.time import RationalTime
from timeline.timecode import format_timecode, parse_timecode
from ui.dialogs.base import Dialog
from ui.qt import tokens
from ui.widgets import label


class SpeedDialog(Dialog):
    """Either field follows the other; what cannot be is said under them and changes nothing."""

    def __init__(self, parent: QWidget | None, session: Session) -> None:
        super().__init__(parent, QCoreApplication.translate("SpeedDialog", "Speed"), 400)
        self._session = session
        self._clips = speed_clips(session)
        self._sequence: Sequence = session.sequence
        self._speed = abs(self._clips[0].speed) if self._clips else Fraction(1)
        self.percent, self.duration = QLineEdit(), QLineEdit()
        self.backwards = QCheckBox(self.tr("Play backwards"))
        self.backwards.setChecked(bool(self._clips) and self._clips[0].speed < 0)
        self.ripple = QCheckBox(self.tr("Move what follows"))
        self.ripple.setChecked(True)
        self.problem = label("", "failed", "body")
        self.problem.setWordWrap(True)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignVCenter)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        for text, field in ((self.tr("Speed in percent"), self.percent), (self.tr("Duration"), self.duration)):
            field.setProperty("large", True)
            field.setFont(tokens.font("ui", tabular=True))
            field.setAccessibleName(text)
            caption = label(text, "secondary", "body")
            caption.setFixedHeight(tokens.size("control_dialog"))
            form.addRow(caption, field)
        self.body.addLayout(form)
        for box in (self.backwards, self.ripple):
            self.body.addWidget(box)
        self.body.addWidget(self.problem)
        self.problem.hide()
        self.percent.textEdited.connect(lambda _: self._from_percent())
        self.duration.textEdited.connect(lambda _: self._from_duration())
        self.add_button(self.tr("Cancel"))
        self.accept_button = self.add_button(self.tr("Change speed"), "change", primary=True)
        self._show(percent=True, duration=True)
        self.percent.selectAll()
        self.percent.setFocus()

    def _show(self, *, percent: bool = False, duration: bool = False) -> None:
        if percent:
            self.percent.setText(f"{float(self._speed * 100):.10g}")
        if duration and self._clips:
            frames = max(1, (self._clips[0].source_range.duration / self._speed).nearest_frame(self._sequence.rate))
            length = RationalTime.from_frames(frames, self._sequence.rate)
            self.duration.setText(format_timecode(length, self._sequence.rate, self._sequence.drop_frame))

    def _from_percent(self) -> None:
        try:
            wanted = parse_percent(self.percent.text())
            if not wanted:
                raise EditRefused("A clip cannot stand still by its speed; freeze it instead.")
        except EditRefused as refused:
            self._refuse(refused.message)
            return
        if wanted < 0:
            self.backwards.setChecked(True)
        self._take(abs(wanted))
        self._show(duration=True)

    def _from_duration(self) -> None:
        try:
            wanted = parse_timecode(self.duration.text().strip(), self._sequence.rate, self._sequence.drop_frame)
            speed = speed_for(self._clips[0], wanted) if self._clips else Fraction(1)
        except EditRefused as refused:
            self._refuse(refused.message)
        except ValueError:
            self._refuse(self.tr("Write a duration such as 00:00:04:12."))
        else:
            self._take(abs(speed))
            self._show(percent=True)

    def _take(self, speed: Fraction) -> None:
        self._speed = speed
        self.problem.hide()
        self.accept_button.setEnabled(True)

    def _refuse(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.show()
        self.accept_button.setEnabled(False)

    def end(self, answer: str) -> None:
        """Change the speed and close; what is refused keeps the dialog open and says why."""
        if answer == "change":
            said: list[str] = []
            listening = self._session.document.refused.connect(said.append)
            speed = -self._speed if self.backwards.isChecked() else self._speed
            set_speed(self._session, self._clips, speed, ripple=self.ripple.isChecked())
            listening.close()
            if said:
                self._refuse(said[0])
                return
        super().end(answer)
