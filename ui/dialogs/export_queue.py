"""The queue at the foot of the export dialog: one line for each export, in the order in which they start."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from studio_app.services.jobs import Job, JobState
from studio_app.session.session import Session
from ui import job_words
from ui.job_controls import JobControls
from ui.qt import icons
from ui.widgets import Bar, ElidedLabel, hairline, icon_label, label, push_button, row

_ROW = 38
_MOST_ROWS = 4
"""Seen at once; more scroll."""


class ExportQueue(QWidget):
    """Hidden while there are no exports. Closing the dialog changes nothing about them."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.rows: dict[Job, QueueRow] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(0)
        self.clear = push_button(self.tr("Clear finished"), flat=True)
        self.clear.clicked.connect(self.clear_finished)
        quiet = label(self.tr("You can close this window and go on cutting."), "muted", "body")
        column.addWidget(
            row(label(self.tr("Queue"), size="body", weight="semibold"), quiet, 1, self.clear, margins=(20, 0, 12, 0))
        )
        inner = QWidget()
        self._lines = QVBoxLayout(inner)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self._lines.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inner)
        self._scroll.setAccessibleName(self.tr("Queue"))
        column.addWidget(self._scroll)
        self._subscription = session.jobs.changed.connect(lambda job: self.refresh() if job.kind == "export" else None)
        self.refresh()

    def release(self) -> None:
        """The dialog closes: stop listening."""
        self._subscription.close()

    def refresh(self) -> None:
        """Make the rows agree with the jobs."""
        exports = [job for job in self.session.jobs.all if job.kind == "export"]
        jobs = sorted(exports, key=lambda job: job.is_over)  # what is over stands below what is not
        for gone in [job for job in self.rows if job not in jobs]:
            self.rows.pop(gone).deleteLater()
        following = next((job for job in jobs if job.state is JobState.QUEUED and not job.is_on_hold), None)
        for place, job in enumerate(jobs):
            line = self.rows.get(job)
            if line is None:
                line = self.rows[job] = QueueRow(job, self.session)
            if self._lines.indexOf(line) != place:
                self._lines.insertWidget(place, line)
            line.refresh(is_next=job is following)
        self._scroll.setFixedHeight(min(len(jobs), _MOST_ROWS) * (_ROW + 1))
        self.setVisible(bool(jobs))
        self.clear.setVisible(any(job.state in (JobState.DONE, JobState.CANCELLED) for job in jobs))

    def clear_finished(self) -> None:
        """Dismiss what is done or was cancelled; failures stay."""
        for job in [job for job in self.rows if job.state in (JobState.DONE, JobState.CANCELLED)]:
            self.session.jobs.dismiss(job)


class QueueRow(QWidget):
    """State, name, fact, bar, share and time left, controls."""

    def __init__(self, job: Job, session: Session) -> None:
        super().__init__()
        self.job = job
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(hairline())
        line = QHBoxLayout()
        line.setContentsMargins(20, 0, 12, 0)
        line.setSpacing(12)
        self._icon = icon_label("clock")
        self._look = ("", "")
        self._name = ElidedLabel(job.label, size="body", weight="medium")
        self.fact = ElidedLabel(tone="secondary", size="body")
        self.bar = Bar()
        self._share = label("", "secondary", "body", tabular=True)
        self._share.setFixedWidth(150)
        self._share.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.controls = JobControls(job, session)
        self.controls.setFixedWidth(3 * 24 + 2 * 4)
        rest = QHBoxLayout()  # apart, so that all facts begin below each other, whatever stands behind them
        rest.setSpacing(12)
        rest.addWidget(self.fact, 4)
        rest.addWidget(self.bar, 5)
        rest.addWidget(self._share)
        line.addWidget(self._icon)
        line.addWidget(self._name, 3)
        line.addLayout(rest, 8)
        line.addWidget(self.controls)
        holder = QWidget()
        holder.setLayout(line)
        holder.setFixedHeight(_ROW)
        column.addWidget(holder)

    def refresh(self, *, is_next: bool = False) -> None:
        """Show the job as it is."""
        job = self.job
        if self._look != (look := job_words.look(job)):
            self._look = look
            self._icon.setPixmap(icons.pixmap(*look))
        self.bar.set_fraction(job.fraction)
        self.bar.setVisible(not job.is_over)
        self._share.setVisible(job.state is not JobState.FAILED)  # a reason takes all the room
        self._share.setText(job_words.share(job))
        self.fact.setText(job_words.fact(job, is_next))
        self.controls.refresh()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The same as the arrow's menu."""
        self.controls.open_menu(event.globalPos())
