"""Long work: what runs, what waits, what failed and why."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from studio_app.services.jobs import Job, JobState
from studio_app.session.session import Session
from ui import job_words
from ui.evolve.segments import Segments
from ui.job_book_view import JobBookView
from ui.job_controls import JobControls
from ui.job_figures import JobFigures
from ui.panel import Panel
from ui.qt import icons
from ui.qt.language import QT_TRANSLATE_NOOP
from ui.stacked_rows import StackedRows
from ui.widgets import Bar, ElidedLabel, EmptyState, hairline, icon_label, label, row

_VIEWS = ("now", "book", "figures")
_QUIET = ("import", "draft")
_RANKS = {JobState.RUNNING: 0, JobState.QUEUED: 1, JobState.FAILED: 2}
_BUILDING = 0.01
"""Seconds of a turn for making rows; the rest of a burst follows in the next ones."""


class JobsPanel(Panel):
    """A row for each job."""

    id: ClassVar[str] = "jobs"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Jobs")
    order: ClassVar[int] = 60
    hint: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Failed work stays until it is dismissed or sent again.")

    def build(self) -> None:
        """What is under way, the book of all jobs, the figures."""
        self.rows: dict[int, JobRow] = {}
        self.views = Segments(
            self.tr("Show"), ((self.tr("Now"), "now"), (self.tr("Book"), "book"), (self.tr("Figures"), "figures"))
        )
        self.book, self.figures = JobBookView(self.session), JobFigures(self.session)
        now = QWidget()
        pages = QWidget()
        self.pages = QStackedLayout(pages)
        for page in (now, self.book, self.figures):
            self.pages.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 8, 0, 0)
        whole.setSpacing(6)
        whole.addWidget(row(self.views, 1, margins=(12, 0, 12, 0)))
        whole.addWidget(pages, 1)
        self.views.chosen.connect(self.reveal)
        self._build_now(now)
        self.listen(self.session.jobs.changed, self._job_changed)
        self.listen(self.session.records.changed, self.book.refresh_soon)
        self.listen(self.session.document.replaced, self.book.refresh_soon)
        self._states: dict[int, tuple[JobState, bool]] = {}
        self._order: tuple[int, ...] = ()
        self._rest = QTimer(self, interval=0, singleShot=True)
        self._rest.timeout.connect(lambda: self.refresh())
        self.refresh()

    def reveal(self, about: str) -> None:
        """`now`, `book` or `figures`; else the job of the book with this id."""
        view = about if about in _VIEWS else "book"
        self.views.show_value(view)
        self.pages.setCurrentIndex(_VIEWS.index(view))
        if about not in _VIEWS:
            self.book.refresh()
            self.book.choose(about)

    def release(self) -> None:
        """Stop listening."""
        super().release()
        if self.is_built and not self.has_fault:
            self._rest.stop()
            self.figures.release()

    def _job_changed(self, job: Job) -> None:
        """Progress moves one row; all are looked at, and the book is read anew, only when a job's state or the order changed."""
        order = tuple(id(one) for one in self.session.jobs.all)
        is_new_state = self._states.get(id(job)) != (now := (job.state, job.is_on_hold))
        if order == self._order and not is_new_state and (shown := self.rows.get(id(job))) is not None:
            shown.refresh(is_next=shown.is_next)
            return
        self._order = order
        self._states[id(job)] = now
        self.refresh(job)
        if is_new_state:
            self.book.refresh_soon()

    def _build_now(self, page: QWidget) -> None:
        """Rows that scroll, or a word that all is quiet."""
        self.stack = QStackedLayout(page)
        self.stack.setContentsMargins(0, 0, 0, 0)
        self.column = StackedRows()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.column)
        scroll.setAccessibleName(self.tr("Jobs"))
        self.stack.addWidget(scroll)
        self.stack.addWidget(
            EmptyState(
                "circle-check", self.tr("No jobs"), self.tr("Imports, takes and exports show up here while they run.")
            )
        )

    def refresh(self, changed: Job | None = None) -> None:
        """Make the rows agree with the jobs: all, or the one that changed, those that are new and those that start next."""
        jobs = shown_jobs(self.session.jobs.all)
        there = {id(job) for job in jobs}
        gone = [self.rows.pop(key) for key in [*self.rows] if key not in there]
        next_ones: dict[str, Job] = {}
        for job in self.session.jobs.queued:
            if not job.is_on_hold:
                next_ones.setdefault(job.lane, job)
        until = time.perf_counter() + _BUILDING
        for job in jobs:
            one, is_next = self.rows.get(id(job)), next_ones.get(job.lane) is job
            is_same = one is not None and changed is not None and job is not changed and one.is_next == is_next
            if one is None:
                if time.perf_counter() > until:
                    self._rest.start()  # a row costs milliseconds, and a hundred jobs may come at once
                    continue
                one = self.rows[id(job)] = JobRow(job, self.session)
            if not is_same:
                one.refresh(is_next=is_next)
        self.column.set_rows([self.rows[id(job)] for job in jobs if id(job) in self.rows])
        for one in gone:
            one.hide()
            one.deleteLater()
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


def shown_jobs(jobs: Sequence[Job]) -> list[Job]:
    """What runs, then what waits, in its order; then what failed, then what is over, the latest first.

    Imports and drafts that went well are seen where they came to. Drafts that wait are left out: nobody asked for them.
    """
    rows = [job for job in jobs if job.kind not in _QUIET or job.state is not JobState.DONE]
    rows = [job for job in rows if job.kind != "draft" or job.state is not JobState.QUEUED]
    over = [job for job in reversed(rows) if job.is_over]
    return sorted(
        (*(job for job in rows if not job.is_over), *over), key=lambda job: _RANKS.get(job.state, len(_RANKS))
    )


class JobRow(QWidget):
    """38 high: state, name, one fact, bar, controls. A failed one carries its reason below."""

    def __init__(self, job: Job, session: Session) -> None:
        super().__init__()
        self.job = job
        self.is_next = False
        self._shown: tuple[object, ...] | None = None
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
        self._column = column
        self._reason: QLabel | None = None
        column.addWidget(hairline())

    def refresh(self, *, is_next: bool = False) -> None:
        """Show the job as it is. Its progress comes often and touches the bar and one line only."""
        job = self.job
        self.is_next = is_next
        look = job_words.look(job)
        if self._shown != (shown := (job.state, look, job.doubt, job.is_unknown)):
            self._shown = shown
            self._icon.setPixmap(icons.pixmap(*look))
            self._show_reason()
            self._bar.setVisible(job.state is JobState.RUNNING)
        self._bar.set_fraction(job.fraction)
        ended = self.tr("Unknown outcome") if job.is_unknown else self.tr("Failed")
        self._fact.setText(ended if job.state is JobState.FAILED else job_words.short_fact(job, is_next))
        self._fact.setToolTip(job.note)
        self.controls.refresh()

    def _show_reason(self) -> None:
        job = self.job
        failed = job.state is JobState.FAILED
        doubt = job.doubt if job.state is JobState.DONE else ""
        if self._reason is None:
            if not failed and not doubt:
                return  # few have one, and a text that wraps is dear to measure
            self._reason = label("", "failed")
            self._reason.setWordWrap(True)
            self._reason.setContentsMargins(36, 0, 12, 8)
            self._column.insertWidget(1, self._reason)
        self._reason.setVisible(failed or bool(doubt))
        self._reason.setText(job.error.message if failed and job.error is not None else doubt)
        if self._reason.property("tone") != (tone := "failed" if failed and not job.is_unknown else "muted"):
            self._reason.setProperty("tone", tone)
            self._reason.style().polish(self._reason)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """All that can be done with it, in words."""
        self.controls.open_menu(event.globalPos())
