"""Closing the window while films are being written or takes made: stop them, wait for them, or stay."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QWidget

from studio_app.services.jobs import Job, JobState
from studio_app.session.session import Session
from ui.dialogs.ask import work_dialog

_ASKED_ABOUT = ("export", "generate", "evolve")


class Closing:
    """Asks once a time, and closes the window by itself when it was told to wait for the work."""

    def __init__(self, window: QWidget, session: Session) -> None:
        self._window, self._session = window, session
        self.waits = False
        self._awaited: list[Job] = []
        self._subscription = session.jobs.changed.connect(lambda _: self._look())

    def may_close(self) -> bool:
        """False: the user stays, or the window closes later."""
        work = self._work()
        if not work:
            return True
        exports = sum(job.kind == "export" for job in work)
        kept = sum(job.kind == "generate" for job in work)
        answer = self.ask(exports, len(work) - exports, kept)
        self.waits = answer == "wait"
        if self.waits:
            self._awaited = work
            for job in work:
                if job.is_on_hold:
                    self._session.jobs.go_on(job)  # else it would never be done
            self._session.tell(QCoreApplication.translate("Closing", "Starcut closes when all is done."))
            self._look()  # the last may have ended while the question stood
        return answer == "stop"

    def ask(self, exports: int, takes: int, kept: int = 0) -> str:
        """The question; `stop`, `wait` or empty. `kept`: takes that the book goes on with."""
        return work_dialog(self._window, exports, takes, kept).ask()

    def release(self) -> None:
        """The window closes: stop listening."""
        self._subscription.close()

    def _work(self) -> list[Job]:
        """Films and takes that are still to be done; what is being stopped is no question."""
        jobs = self._session.jobs.all
        return [job for job in jobs if job.kind in _ASKED_ABOUT and not (job.is_over or job.is_cancel_asked)]

    def _look(self) -> None:
        if self.waits and not self._work():
            self.waits = False
            if not any(job.state is JobState.FAILED for job in self._awaited):  # that is to be seen
                QTimer.singleShot(0, self._window.close)
