"""How a job is shown wherever it is shown: its icon, one fact, what is left or came out of it. No widgets here."""

from __future__ import annotations

import datetime
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from studio_app.services.jobs import Job, JobState
from ui import words
from ui.qt.language import QT_TRANSLATE_NOOP, translated

_LOOK = {
    JobState.QUEUED: ("clock", "state.queued"),
    JobState.RUNNING: ("loader-circle", "state.running"),
    JobState.DONE: ("circle-check", "state.ready"),
    JobState.FAILED: ("circle-alert", "state.failed"),
    JobState.CANCELLED: ("ban", "text.muted"),
}
_DONE = {
    "generate": QT_TRANSLATE_NOOP("JobWords", "Take is in the pool"),
    "evolve": QT_TRANSLATE_NOOP("JobWords", "Result is in the pool"),
    "export": QT_TRANSLATE_NOOP("JobWords", "Read back and verified"),
}


def look(job: Job) -> tuple[str, str]:
    """Icon and the token of its colour."""
    if job.state is JobState.DONE and job.doubt:
        return ("triangle-alert", "state.slow")
    if job.is_unknown:
        return ("triangle-alert", "state.slow")
    return ("pause", "state.queued") if job.is_on_hold and not job.is_over else _LOOK[job.state]


def fact(job: Job, is_next: bool = False) -> str:
    """One line: where it stands. `is_next`: it is the first of those that wait."""
    if job.is_over:
        if job.state is JobState.DONE:
            return job.outcome or translated("JobWords", _DONE.get(job.kind, QT_TRANSLATE_NOOP("JobWords", "Done")))
        return job.error.message if job.state is JobState.FAILED and job.error is not None else job.state.capitalize()
    if job.is_cancel_asked:
        return QCoreApplication.translate("JobWords", "Stopping")
    if job.state is JobState.QUEUED:
        text = (
            QCoreApplication.translate("JobWords", "On hold")
            if job.is_on_hold
            else QCoreApplication.translate("JobWords", "Starts next")
            if is_next
            else QCoreApplication.translate("JobWords", "Waits for the one above")
        )
    elif job.is_on_hold:
        place = job.note.split(", ")[0]
        text = (
            QCoreApplication.translate("JobWords", "Paused, {place}{place2}").format(
                place=place[0].lower(), place2=place[1:]
            )
            if place
            else QCoreApplication.translate("JobWords", "Paused")
        )
    else:
        text = job.note or QCoreApplication.translate("JobWords", "Starting")
    return QCoreApplication.translate("JobWords", "{text}, low priority").format(text=text) if job.is_low else text


def short_fact(job: Job, is_next: bool = False) -> str:
    """The same where there is little room: `62 %, 26 s left`."""
    if job.state is not JobState.RUNNING or job.is_cancel_asked:
        return fact(job, is_next)
    return ", ".join(
        part
        for part in (QCoreApplication.translate("JobWords", "Paused") if job.is_on_hold else "", share(job))
        if part
    ) or fact(job)


def share(job: Job) -> str:
    """`62 %, 25 s left` while it runs; when it ended and how large it is, once it is done: `14:31, 3 KB`."""
    if job.state is JobState.DONE and job.ended_at is not None:
        ended = datetime.datetime.now() - datetime.timedelta(seconds=time.monotonic() - job.ended_at)
        file = Path(job.subject)
        size = words.file_size(file.stat().st_size) if job.kind == "export" and file.is_file() else ""
        return ", ".join(part for part in (f"{ended:%H:%M}", size) if part)
    if job.is_over or job.state is not JobState.RUNNING:
        return ""
    left = "" if job.is_on_hold else words.left(job.seconds_left)
    return ", ".join(part for part in (words.percent(job.fraction), left) if part)
