"""Parts of the export dialog: the summary picture and a row of the queue."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QUrl
from PySide6.QtGui import QDesktopServices, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio_app.services.jobs import Job, JobState
from studio_app.session.session import Session
from timeline.items import MediaSource
from ui import words
from ui.media_items import poster_time
from ui.qt import icons, image, tokens
from ui.qt.draw import rounded
from ui.widgets import Bar, ElidedLabel, hairline, icon_label, label, tool_button

_LOOK = {
    JobState.QUEUED: ("clock", "state.queued"),
    JobState.RUNNING: ("loader-circle", "state.running"),
    JobState.DONE: ("circle-check", "state.ready"),
    JobState.FAILED: ("circle-alert", "state.failed"),
    JobState.CANCELLED: ("ban", "text.muted"),
}


class SequencePicture(QWidget):
    """A frame of the first clip that has a picture, in the sequence's shape."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        sequence = session.sequence
        height = 94
        width = min(200, round(height * sequence.width / max(1, sequence.height)))
        self.setFixedSize(width, height)
        self._subscription = session.thumbnails.arrived.connect(lambda _: self.update())
        self.destroyed.connect(self._subscription.close)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, or the well."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect())
        library = self._session.document.library
        clips = (clip for track in self._session.sequence.picture_tracks() for clip, _ in track.clips())
        media = next(
            (
                one
                for clip in clips
                if isinstance(clip.source, MediaSource) and (one := library.media.get(clip.source.media_id))
            ),
            None,
        )
        found = (
            image.pixmap_of(self._session.thumbnails.get(media, poster_time(media), 400)) if media is not None else None
        )
        if found is not None:
            image.draw_cover(painter, place, found, 3)
        else:
            rounded(painter, place, "surface.well")
            icons.paint(
                painter,
                QRectF(place.center().x() - 12, place.center().y() - 12, 24, 24),
                "film",
                tokens.color("text.disabled"),
            )
        painter.end()


class QueueRow(QWidget):
    """State, name, fact, bar, time left, show and cancel."""

    def __init__(self, job: Job, session: Session) -> None:
        super().__init__()
        self.job, self._session = job, session
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(hairline())
        line = QHBoxLayout()
        line.setContentsMargins(20, 0, 12, 0)
        line.setSpacing(12)
        self._icon = icon_label("clock")
        self._name = ElidedLabel(job.label, size="body", weight="medium")
        self._fact = ElidedLabel(tone="secondary", size="body")
        self._bar = Bar()
        self._left = label("", "secondary", "body", tabular=True)
        self._left.setFixedWidth(140)
        self._show = tool_button("folder-open", "Show the file", icon_size=14)
        self._stop = tool_button("x", "Cancel", icon_size=14)
        self._show.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(job.subject).parent))))
        self._stop.clicked.connect(self._end)
        line.addWidget(self._icon)
        line.addWidget(self._name, 3)
        line.addWidget(self._fact, 3)
        line.addWidget(self._bar, 4)
        for widget in (self._left, self._show, self._stop):
            line.addWidget(widget)
        holder = QWidget()
        holder.setLayout(line)
        holder.setFixedHeight(38)
        column.addWidget(holder)

    def refresh(self) -> None:
        """Show the job as it is."""
        job = self.job
        icon, colour = _LOOK[job.state]
        self._icon.setPixmap(icons.pixmap(icon, colour))
        running = job.state is JobState.RUNNING
        self._bar.set_fraction(job.fraction)
        self._bar.setVisible(not job.is_over)
        self._show.setVisible(job.state is JobState.DONE)
        self._stop.setToolTip("Dismiss" if job.is_over else "Cancel")
        parts = (words.percent(job.fraction), words.left(job.seconds_left)) if running else ()
        self._left.setText(", ".join(part for part in parts if part))
        self._fact.setText(
            {
                JobState.QUEUED: "Waits for the one above",
                JobState.RUNNING: job.note or "Starting",
                JobState.DONE: "Read back and verified",
                JobState.FAILED: job.error.message if job.error is not None else "Failed",
                JobState.CANCELLED: "Cancelled",
            }[job.state]
        )

    def _end(self) -> None:
        if self.job.is_over:
            self._session.jobs.dismiss(self.job)
        else:
            self.job.cancel()
            self._fact.setText("Stopping")
