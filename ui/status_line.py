"""The line at the bottom: what the hand can do now at the left, work and playback at the right."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from studio_app.services.jobs import Job, JobState
from studio_app.session.session import Session
from timeline.timecode import rate_name
from ui import words
from ui.qt import icons, tokens
from ui.viewer_meters import QUALITY_NAMES
from ui.widgets import ElidedLabel, ground

_HINT_MS = 6000


class StatusLine(QWidget):
    """Shown below everything. A click on the jobs emits `jobs_wanted`."""

    jobs_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        ground(self, "surface.window")
        self.setFixedHeight(tokens.size("status"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 0)
        layout.setSpacing(16)
        self._message = ElidedLabel(tone="muted")
        layout.addWidget(self._message, 1)
        self._jobs, self._failed, self._quality, self._rate = _Fact(bar=True), _Fact(), _Fact(), _Fact()
        self._share = 1.0
        for fact in (self._jobs, self._failed, self._quality, self._rate):
            layout.addWidget(fact)
        for fact in (self._jobs, self._failed):
            fact.clicked.connect(self.jobs_wanted)
            fact.setCursor(Qt.CursorShape.PointingHandCursor)
        self._hint = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(lambda: self._message.setText(self._hint))
        session.jobs.changed.connect(lambda _: self.refresh())
        session.document.state_changed.connect(self.refresh)
        session.transport.sequence_changed.connect(self.refresh)
        session.frame_shown.connect(lambda frame: self._show_quality(frame.share))
        session.settings_changed.connect(self.refresh)
        self.refresh()

    def set_hint(self, text: str) -> None:
        """What can be done here: stays until another hint comes."""
        self._hint = text
        self._message.setText(text)

    def say(self, text: str) -> None:
        """A sentence that gives way to the hint again after some seconds."""
        self._message.setText(text)
        self._timer.start(_HINT_MS)

    @property
    def message(self) -> str:
        """What stands at the left."""
        return self._message.text()

    def _show_quality(self, share: float) -> None:
        """A picture was made with this part of the pixels each way: amber where playing could not keep up with all."""
        if share != self._share:
            self._share = share
            self._refresh_quality()

    def _refresh_quality(self) -> None:
        is_auto = self._session.settings.values.preview_quality == "auto"
        words_ = QUALITY_NAMES.get(self._share, "full").capitalize() + " quality"
        is_less = is_auto and self._share < 1
        shown = words_ if self._session.document.is_open else ""
        self._quality.set("monitor-play", "state.slow" if is_less else "text.secondary", shown)

    def refresh(self) -> None:
        """Read the jobs and the active sequence anew."""
        self._refresh_quality()
        jobs = self._session.jobs
        running, queued = jobs.running, jobs.queued
        failed = [job for job in jobs.all if job.state is JobState.FAILED]
        counts = (("running", running), ("paused", jobs.on_hold), ("queued", queued))
        parts = [f"{len(some)} {word}" for word, some in counts if some]
        lead = running[0] if running else None
        self._jobs.set(
            "loader-circle" if running else "clock",
            "state.running" if running else "state.queued",
            ", ".join(parts),
            words.left(_total_left(running)) if running else "",
            lead.fraction if lead is not None else None,
        )
        self._failed.set("circle-alert", "state.failed", f"{len(failed)} failed" if failed else "")
        is_open = self._session.document.is_open
        self._rate.set("gauge", "text.secondary", f"{rate_name(self._session.sequence.rate)} fps" if is_open else "")


def _total_left(running: tuple[Job, ...]) -> float | None:
    known = [job.seconds_left for job in running if job.seconds_left is not None]
    return max(known) if known else None


class _Fact(QWidget):
    """Icon, words, maybe a bar and the time left; hidden while there is nothing to say."""

    clicked = Signal()
    _BAR = 72

    def __init__(self, bar: bool = False) -> None:
        super().__init__()
        self._icon, self._colour, self._text, self._tail = "clock", "text.secondary", "", ""
        self._has_bar = bar
        self._fraction: float | None = None
        self.setFont(tokens.font("ui", tabular=True))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set(self, icon: str, colour: str, text: str, tail: str = "", fraction: float | None = None) -> None:
        """Show another fact; no text hides it."""
        self._icon, self._colour, self._text, self._tail, self._fraction = icon, colour, text, tail, fraction
        self.setVisible(bool(text))
        self.setAccessibleName(f"{text} {tail}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Icon, text, bar, tail."""
        metrics = self.fontMetrics()
        width = 20 + metrics.horizontalAdvance(self._text)
        if self._has_bar and self._fraction is not None:
            width += 8 + self._BAR
        if self._tail:
            width += 8 + metrics.horizontalAdvance(self._tail)
        return QSize(width + 2, tokens.size("status"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icon in the colour of the state; words plain, but for failures."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = self.height()
        icons.paint(painter, QRectF(0, (height - 14) / 2, 14, 14), self._icon, tokens.color(self._colour))
        failed = self._colour == "state.failed"
        painter.setPen(tokens.color("state.failed" if failed else "text.secondary"))
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        x = 20
        painter.drawText(x, 0, self.width(), height, middle, self._text)
        x += self.fontMetrics().horizontalAdvance(self._text) + 8
        if self._has_bar and self._fraction is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.color("border.default"))
            painter.drawRoundedRect(x, height // 2 - 2, self._BAR, 4, 2, 2)
            painter.setBrush(tokens.color("state.running"))
            painter.drawRoundedRect(x, height // 2 - 2, max(4, round(self._BAR * self._fraction)), 4, 2, 2)
            x += self._BAR + 8
        painter.setPen(tokens.color("text.secondary"))
        painter.drawText(x, 0, self.width(), height, middle, self._tail)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for more."""
        self.clicked.emit()
