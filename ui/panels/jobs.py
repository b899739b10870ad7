"""Long work: what runs, what waits, what failed and why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from studio_app.services.jobs import Job, JobState
from ui import words
from ui.panel import Panel
from ui.qt import icons
from ui.widgets import Bar, ElidedLabel, EmptyState, hairline, icon_label, label, push_button, tool_button

_LOOK = {
    JobState.QUEUED: ("clock", "state.queued"),
    JobState.RUNNING: ("loader-circle", "state.running"),
    JobState.DONE: ("circle-check", "state.ready"),
    JobState.FAILED: ("circle-alert", "state.failed"),
    JobState.CANCELLED: ("ban", "text.muted"),
}


class JobsPanel(Panel):
    """A row for each job."""

    id: ClassVar[str] = "jobs"
    title: ClassVar[str] = "Jobs"
    order: ClassVar[int] = 60
    hint: ClassVar[str] = "Failed work stays until it is dismissed or sent again."

    def build(self) -> None:
        """Rows that scroll, or a word that all is quiet."""
        self.rows: dict[int, JobRow] = {}
        self.stack = QStackedLayout(self)
        self.stack.setContentsMargins(0, 0, 0, 0)
        holder = QWidget()
        self.column = QVBoxLayout(holder)
        self.column.setContentsMargins(0, 4, 0, 4)
        self.column.setSpacing(0)
        self.column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(holder)
        self.stack.addWidget(scroll)
        self.stack.addWidget(
            EmptyState("circle-check", "No jobs", "Imports, takes and exports show up here while they run.")
        )
        self.listen(self.session.jobs.changed, lambda _: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Make the rows agree with the jobs."""
        jobs = [job for job in self.session.jobs.all if job.kind != "import" or job.state is not JobState.DONE]
        there = {id(job) for job in jobs}
        for key in [key for key in self.rows if key not in there]:
            self.rows.pop(key).deleteLater()
        for job in jobs:
            row = self.rows.get(id(job))
            if row is None:
                row = self.rows[id(job)] = JobRow(job, self)
                self.column.insertWidget(self.column.count() - 1, row)
            row.refresh()
        self.stack.setCurrentIndex(0 if jobs else 1)

    def menu(self) -> Sequence[QAction]:
        """Clear finished."""
        action = QAction("Clear finished", self)
        action.triggered.connect(self.clear)
        return (action,)

    def clear(self) -> None:
        """Dismiss what is done or was cancelled; failures stay."""
        for job in self.session.jobs.all:
            if job.state in (JobState.DONE, JobState.CANCELLED):
                self.session.jobs.dismiss(job)

    def retry(self, job: Job) -> None:
        """Send failed work again."""
        self.session.jobs.dismiss(job)
        if job.kind == "generate":
            self.session.generation.retry(job.subject)

    def dismiss(self, job: Job) -> None:
        """Take an ended row away."""
        self.session.jobs.dismiss(job)


class JobRow(QWidget):
    """38 high: state, name, one fact, bar, time left, cancel. A failed one carries its reason below."""

    def __init__(self, job: Job, panel: JobsPanel) -> None:
        super().__init__()
        self.job = job
        self._panel = panel
        self._state: JobState | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        line = QHBoxLayout()
        line.setContentsMargins(12, 0, 8, 0)
        line.setSpacing(8)
        self._icon = icon_label("clock")
        words_ = QVBoxLayout()
        words_.setSpacing(0)
        words_.setContentsMargins(0, 4, 0, 4)
        self._name = ElidedLabel(job.label, weight="medium")
        self._fact = ElidedLabel(tone="muted", size="caption")
        words_.addWidget(self._name)
        words_.addWidget(self._fact)
        self._bar = Bar(72)
        self._left = label("", "muted", tabular=True)
        self._show = tool_button("folder-open", "Show the file", icon_size=14)
        self._stop = tool_button("x", "Cancel", icon_size=14)
        self._show.clicked.connect(self._reveal)
        self._stop.clicked.connect(self._end)
        line.addWidget(self._icon)
        line.addLayout(words_, 1)
        for widget in (self._bar, self._left, self._show, self._stop):
            line.addWidget(widget)
        column.addLayout(line)
        self._reason = label("", "failed")
        self._reason.setWordWrap(True)
        self._reason.setContentsMargins(36, 0, 12, 4)
        column.addWidget(self._reason)
        self._again = push_button("Retry", "rotate-ccw")
        self._again.clicked.connect(lambda: self._panel.retry(self.job))
        self._again_line = QWidget()
        again = QHBoxLayout(self._again_line)
        again.setContentsMargins(36, 0, 12, 8)
        again.addWidget(self._again)
        again.addStretch(1)
        column.addWidget(self._again_line)
        column.addWidget(hairline())

    def refresh(self) -> None:
        """Show the job as it is."""
        job = self.job
        if job.state is not self._state:
            self._state = job.state
            icon, colour = _LOOK[job.state]
            self._icon.setPixmap(icons.pixmap(icon, colour))
            failed = job.state is JobState.FAILED
            self._reason.setVisible(failed)
            self._reason.setText(job.error.message if failed and job.error is not None else "")
            self._again_line.setVisible(failed and job.kind == "generate")
            self._show.setVisible(job.state is JobState.DONE and job.kind == "export")
            self._bar.setVisible(job.state is JobState.RUNNING)
            self._stop.setToolTip("Dismiss" if job.is_over else "Cancel")
        self._bar.set_fraction(job.fraction)
        self._left.setText(words.left(job.seconds_left) if job.state is JobState.RUNNING else "")
        self._fact.setText(_fact(job))

    def _end(self) -> None:
        if self.job.is_over:
            self._panel.dismiss(self.job)
        else:
            self.job.cancel()
            self._fact.setText("Stopping")

    def _reveal(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(self.job.subject).parent)))


def _fact(job: Job) -> str:
    if job.state is JobState.RUNNING:
        return ", ".join(part for part in (words.percent(job.fraction), job.note) if part) or "Running"
    return {
        JobState.QUEUED: "Waits its turn",
        JobState.DONE: {"generate": "Take is in the pool", "export": "Read back and verified"}.get(job.kind, "Done"),
        JobState.FAILED: "Failed",
        JobState.CANCELLED: "Cancelled",
    }[job.state]
