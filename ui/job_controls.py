"""What can be done with a job, beside its name: pause, order and priority, the file it made, once more, away."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from studio_app.services.export_process import can_be_raised
from studio_app.services.jobs import Job, JobState
from studio_app.session.generation_work import Offer
from studio_app.session.joined_parts import cost_of_parts
from studio_app.session.learnt import film_of_job, toggle_thumb
from studio_app.session.session import Session
from ui import words
from ui.qt import icons
from ui.qt.reveal import reveal
from ui.shot_held import sending
from ui.widgets import tool_button

PAUSABLE = ("export", "generate", "evolve")


class JobControls(QWidget):
    """A few small buttons at the right of a job's row; the rest is in the menu, which `compact` rows open by the right button."""

    def __init__(self, job: Job, session: Session, *, compact: bool = False) -> None:
        super().__init__()
        self.job, self._session, self._compact = job, session, compact
        self._offered: tuple[object, ...] | None = None
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        self.pause = tool_button("pause", self.tr("Pause"), icon_size=14)
        self.more = tool_button("chevron-down", self.tr("Order and priority"), icon_size=14)
        self.show_file = tool_button("folder-open", self.tr("Show the file"), icon_size=14)
        self.again = tool_button("rotate-ccw", self.tr("Retry"), icon_size=14)
        self.send = tool_button("corner-down-right", "", icon_size=14)
        self.stop = tool_button("x", self.tr("Cancel"), icon_size=14)
        self.pause.clicked.connect(self.toggle_pause)
        self.more.clicked.connect(lambda: self.open_menu(self.more.mapToGlobal(QPoint(0, self.more.height()))))
        self.show_file.clicked.connect(lambda: reveal(self.job.subject))
        self.again.clicked.connect(self.retry)
        self.send.clicked.connect(self.accept)
        self.stop.clicked.connect(self.end)
        line.addStretch(1)
        for button in (self.pause, self.more, self.show_file, self.send, self.again, self.stop):
            line.addWidget(button)

    def refresh(self) -> None:
        """Offer what makes sense now; nothing is touched while that is the same as before."""
        job = self.job
        offer = self._offer
        offered = (
            job.state,
            job.is_on_hold,
            job.is_cancel_asked,
            job.is_elsewhere,
            job.is_unknown,
            self._is_doubtful,
            offer,
        )
        if offered == self._offered:
            return
        self._offered = offered
        goes = not (job.is_over or job.is_cancel_asked) and job.kind in PAUSABLE
        self.pause.setVisible(goes)
        self.pause.setEnabled(not self._runs_elsewhere)
        self.pause.setIcon(icons.icon("play" if job.is_on_hold else "pause"))
        self._name(
            self.pause,
            self.tr("It runs at the service, which cannot pause it. Cancel stops it there.")
            if self._runs_elsewhere
            else self.tr("Resume")
            if job.is_on_hold
            else self.tr("Pause"),
        )
        is_waiting = job.state is JobState.QUEUED
        self.more.setVisible(goes and (is_waiting or (job.kind == "export" and not self._compact)))
        self.show_file.setVisible(job.state is JobState.DONE and job.kind == "export")
        self.send.setVisible(offer is not None)
        if offer is not None:
            self._name(self.send, sending(offer).text)
        self.again.setVisible((job.state is JobState.FAILED and job.kind in PAUSABLE) or self._is_doubtful)
        self.again.setIcon(icons.icon("search" if job.is_unknown else "rotate-ccw"))
        self._name(
            self.again,
            self.tr("Look again: ask the service whether it took the job")
            if job.is_unknown
            else self._another_seed()
            if self._is_doubtful
            else self._retry_words(),
        )
        self._name(self.stop, self.tr("Dismiss") if job.is_over else self.tr("Cancel"))
        self.stop.setEnabled(job.is_over or not job.is_cancel_asked)

    def toggle_pause(self) -> None:
        """Pause, or go on."""
        jobs = self._session.jobs
        (jobs.go_on if self.job.is_on_hold else jobs.hold)(self.job)

    def end(self) -> None:
        """Cancel what is not over; take away what is."""
        if self.job.is_over:
            self._session.jobs.dismiss(self.job)
        else:
            self.job.cancel()

    def retry(self) -> None:
        """Send failed work again; of a take that is doubtful, make another one: it gets the next seed.

        What may have been taken and billed is looked for; sending it anew is a verb of its own, in the book.
        """
        if self.job.kind == "generate":
            self._session.records.retry(self.job)
        elif self.job.kind == "evolve":
            self._session.evolving.makers.retry(self.job.subject)
        else:
            self._session.jobs.retry(self.job)

    def accept(self) -> None:
        """Yes: the engine that was offered after a failure makes it."""
        if self._offer is not None:
            self._session.generation.accept(self.job.subject)
            self._session.jobs.dismiss(self.job)

    @property
    def _offer(self) -> Offer | None:
        """Who could make it once somebody says so."""
        return self._session.generation.offer_of(self.job)

    def menu(self) -> QMenu:
        """Everything that can be done with it now, in words."""
        job, jobs = self.job, self._session.jobs
        menu = QMenu(self)
        if not (job.is_over or job.is_cancel_asked) and job.kind in PAUSABLE:
            pause = menu.addAction(self.tr("Resume") if job.is_on_hold else self.tr("Pause"), self.toggle_pause)
            pause.setEnabled(not self._runs_elsewhere)
        if job.state is JobState.QUEUED:
            peers = [one for one in jobs.queued if one.lane == job.lane]
            at = peers.index(job)
            menu.addAction(self.tr("Start next"), lambda: self._move(-at)).setEnabled(at > 0)
            menu.addAction(self.tr("Move up"), lambda: self._move(-1)).setEnabled(at > 0)
            menu.addAction(self.tr("Move down"), lambda: self._move(1)).setEnabled(at < len(peers) - 1)
        if not job.is_over and job.kind == "export":
            low = menu.addAction(self.tr("Low priority"), lambda: job.set_low(not job.is_low))
            low.setCheckable(True)
            low.setChecked(job.is_low)
            low.setEnabled(not self._is_low_for_good)
            low.setToolTip(self.tr("It gives way to everything else on this computer."))
            menu.setToolTipsVisible(True)
        if job.state is JobState.DONE and job.kind == "export":
            menu.addAction(self.tr("Show the file"), lambda: reveal(job.subject))
        if (offer := self._offer) is not None:
            menu.addAction(sending(offer).text, self.accept)
        if job.state is JobState.FAILED and job.kind in PAUSABLE:
            menu.addAction(self.tr("Look again") if job.is_unknown else self._retry_words(), self.retry)
        elif self._is_doubtful:
            menu.addAction(self._another_seed(), self.retry)
        if film := film_of_job(self._session, job):
            self._add_thumbs(menu, film)
        menu.addAction(self.tr("Dismiss") if job.is_over else self.tr("Cancel"), self.end)
        return menu

    def _move(self, by: int) -> None:
        """Among those it waits with; of generation jobs the book keeps the order."""
        keeper = self._session.generation if self.job.kind == "generate" else self._session.jobs
        keeper.move(self.job, by)

    @property
    def _runs_elsewhere(self) -> bool:
        """Whether it is at a service: our part of it could wait, the service would not."""
        return self.job.is_elsewhere and self.job.state is JobState.RUNNING

    def _add_thumbs(self, menu: QMenu, film: str) -> None:
        now = self._session.learning.thumb_of(film)
        up = menu.addAction(self.tr("Take is good"), lambda: toggle_thumb(self._session, film, "up"))
        down = menu.addAction(self.tr("Take is no good"), lambda: toggle_thumb(self._session, film, "down"))
        for action, is_so in ((up, now == "up"), (down, now == "down")):
            action.setCheckable(True)
            action.setChecked(is_so)

    def open_menu(self, at: QPoint) -> None:
        """Show the menu at a place of the screen."""
        self.menu().popup(at)

    @property
    def _is_doubtful(self) -> bool:
        """Whether a take came out with something wrong that another seed may put right."""
        job = self.job
        wrong = job.kind == "generate" and job.state is JobState.DONE and bool(job.doubt) and job.seed_may_help
        return wrong and self._session.generation.can_try_another_seed(job.subject)

    def _retry_words(self) -> str:
        """What a retry does: of what a service has nothing is sent, else it costs what it did."""
        if self.job.state is not JobState.FAILED or (entry := self._session.generation.entry_of(self.job)) is None:
            return self.tr("Retry")
        if self._session.desk.book.may_be_fetched(entry):
            return self.tr("Ask for it again: nothing is sent")
        return (
            self.tr("Retry, {price}").format(price=words.price(entry.estimate)) if entry.estimate else self.tr("Retry")
        )

    def _another_seed(self) -> str:
        """The words of the button, with what it costs."""
        entry = self._session.generation.entry_of(self.job)
        # what a film in parts was let in with went over to them
        cost = None if entry is None else entry.estimate or cost_of_parts(self._session.desk.book, entry)
        if not cost:
            return self.tr("Try another seed")
        return self.tr("Try another seed, {price}").format(price=words.price(cost))

    @property
    def _is_low_for_good(self) -> bool:
        """Linux lets nobody raise a process again that has once given way."""
        return self.job.is_low and self.job.state is JobState.RUNNING and not can_be_raised()

    @staticmethod
    def _name(button: QWidget, text: str) -> None:
        button.setToolTip(text)
        button.setAccessibleName(text)
