"""The switch of smart render in the export dialog, with what it would do."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from studio_app.session.session import Session
from timeline.time import TimeRange
from ui.widgets import label

_MOST_REASONS = 3


class SmartSwitch(QWidget):
    """A tick, and below it how much of the film would be copied and what is done to the rest."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._asked = 0
        self._there = there = [True]
        self.destroyed.connect(lambda _: there.clear())  # an answer may come after the dialog has gone
        self.estimate = label("", "secondary", "body")
        self.estimate.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(2)
        self.tick = QCheckBox(self.tr("Copy untouched footage (smart render)"))
        self.tick.setToolTip(
            self.tr(
                "Footage in the film's own format that nothing is done to is taken over bit for bit: quick, and nothing is "
                "lost. Only changed frames and those at cuts are encoded. Such stretches keep the footage's own bit rate"
            )
        )
        self.tick.setChecked(True)
        self.tick.toggled.connect(lambda on: self.estimate.setVisible(on))
        column.addWidget(self.tick)
        column.addWidget(self.estimate)

    @property
    def is_on(self) -> bool:
        """Whether untouched footage is to be copied."""
        return self.tick.isChecked()

    def allow(self, on: bool) -> None:
        """Whether anything may be copied at all; where something is written over the picture, nothing is."""
        self.setEnabled(on)
        self.estimate.setVisible(on and self.is_on)

    def look(self, preset: str, marked: TimeRange | None) -> None:
        """Say what an export with `preset` would copy, as soon as it is known."""
        self._asked += 1
        asked = self._asked
        self.estimate.setText(self.tr("Looking what can be copied…"))
        self._session.estimates.ask(
            preset,
            self._session.sequence,
            self._session.document.library,
            marked,
            lambda report: (
                self._tell(report.sentence, report.whys) if report and self._there and asked == self._asked else None
            ),
        )

    def _tell(self, sentence: str, whys: object) -> None:
        reasons = list(whys)[:_MOST_REASONS] if isinstance(whys, dict) else []
        self.estimate.setText(
            self.tr("{sentence} Rendered: {reasons}.").format(sentence=sentence, reasons="; ".join(reasons))
            if reasons
            else sentence
        )
