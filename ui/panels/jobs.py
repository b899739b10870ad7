"""Long work: what runs, what waits, what failed and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from studio_app.services.jobs import Job, JobState
from studio_app.session.session import Session
from ui import job_words
from ui.job_controls import JobControls
from ui.panel import Panel
from ui.qt import icons
from ui.qt.language import QT_TRANSLATE_NOOP
from ui.widgets import Bar, ElidedLabel, EmptyState, hairline, icon_label, label


class JobsPanel(Panel):
    """A row for each job."""

    id: ClassVar[str] = "jobs"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Jobs")
    order: ClassVar[int] = 60
    hint: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Failed work stays until it is dismissed or sent again.")

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
        scroll.setAccessibleName(self.tr("Jobs"))
        self.stack.addWidget(scroll)
        self.stack.addWidget(
            EmptyState(
                "circle-check", self.tr("No jobs"), self.tr("Imports, takes and exports show up here while they run.")
            )
        )
        self.listen(self.session.jobs.changed, lambda _: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Make the rows agree with the jobs."""
        jobs = [job for job in self.session.jobs.all if job.kind != "import" or job.state is not JobState.DONE]
        there = {id(job) for job in jobs}
        for key in [key for key in self.rows if key not in there]:
            self.rows.pop(key).deleteLater()
        next_ones: dict[str, Job] = {}
        for job in self.session.jobs.queued:
            if not job.is_on_hold:
                next_ones.setdefault(job.kind, job)
        for place, job in enumerate(jobs):
            row = self.rows.get(id(job))
            if row is None:
                row = self.rows[id(job)] = JobRow(job, self.session)
            if self.column.indexOf(row) != place:
                self.column.insertWidget(place, row)
            row.refresh(is_next=next_ones.get(job.kind) is job)
        self.stack.setCurrentIndex(0 if jobs else 1)

    def menu(self) -> Sequence[QAction]:
        """Clear finished."""
        action = QAction(self.tr("Clear finished"), self)
        action.triggered.connect(self.clear)
        return (action,)

    def clear(self) -> None:
        """Dismiss what is done or was cancelled; failures stay."""
        for job in self.session.jobs.all:
            if job.state in (JobState.DONE, JobState.CANCELLED):
                self.session.jobs.dismiss(job)

    def dismiss(self, job: Job) -> None:
        """Take an ended row away."""
        self.session.jobs.dismiss(job)


class JobRow(QWidget):
    """38 high: state, name, one fact, bar, controls. A failed one carries its reason below."""

    def __init__(self, job: Job, session: Session) -> None:
        super().__init__()
        self.job = job
        self._look = ("", "")
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
        self._bar = Bar(56)
        self.controls = JobControls(job, session, compact=True)
        line.addWidget(self._icon)
        line.addLayout(words_, 1)
        line.addWidget(self._bar)
        line.addWidget(self.controls)
        column.addLayout(line)
        self._reason = label("", "failed")
        self._reason.setWordWrap(True)
        self._reason.setContentsMargins(36, 0, 12, 8)
        column.addWidget(self._reason)
        column.addWidget(hairline())

    def refresh(self, *, is_next: bool = False) -> None:
        """Show the job as it is."""
        job = self.job
        if self._look != (look := job_words.look(job)):
            self._look = look
            self._icon.setPixmap(icons.pixmap(*look))
        failed = job.state is JobState.FAILED
        doubt = job.doubt if job.state is JobState.DONE else ""
        self._reason.setVisible(failed or bool(doubt))
        self._reason.setText(job.error.message if failed and job.error is not None else doubt)
        if self._reason.property("tone") != (tone := "failed" if failed else "muted"):
            self._reason.setProperty("tone", tone)
            self._reason.style().polish(self._reason)
        self._bar.setVisible(job.state is JobState.RUNNING)
        self._bar.set_fraction(job.fraction)
        self._fact.setText(self.tr("Failed") if failed else job_words.short_fact(job, is_next))
        self._fact.setToolTip(job.note)
        self.controls.refresh()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """All that can be done with it, in words."""
        self.controls.open_menu(event.globalPos())
