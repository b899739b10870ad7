"""The line at the bottom: what the hand can do now at the left, work and playback at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from studio_app.services.cache_budget import Usage
from studio_app.services.jobs import Job, JobState
from studio_app.services.proxy_entry import ProxyState
from studio_app.session.session import Session
from studio_app.session.spending import account
from timeline.errors import StudioError
from timeline.timecode import rate_name
from ui import words
from ui.qt import icons, tokens
from ui.qt.language import translated
from ui.status_popovers import cache_popover, jobs_popover, money_popover, proxy_menu, quality_menu
from ui.viewer_meters import QUALITY_NAMES
from ui.widgets import ElidedLabel, ground

_HINT_MS = 6000
_FRESH_MS = 250
"""So long what was said stands whatever hint comes: it comes with the same edit, and nobody has read it yet."""
_PLAYING_MS = 500
COMPACT_BELOW = 1400
_STEP = 32
"""Pixels by which the fact of the jobs grows and shrinks."""


class StatusLine(QWidget):
    """Shown below everything. A click on a fact opens its popover; "Show all jobs" emits `jobs_wanted`."""

    jobs_wanted = Signal()
    preferences_wanted = Signal(str)

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
        self._jobs, self._failed = _Fact(bar=True), _Fact()
        self._money = _Fact()
        self._proxy, self._quality, self._cache, self._rate = _Fact(), _Fact(), _Fact(), _Fact()
        self._share, self._dropped = 1.0, 0
        self._job_states: tuple[tuple[int, JobState], ...] | None = None
        self._unknown = 0
        self._usage = Usage()
        opens: dict[_Fact, Callable[[], object]] = {
            self._jobs: lambda: self._open_jobs(failed=False),
            self._failed: lambda: self._open_jobs(failed=True),
            self._money: lambda: money_popover(self, session, self._engines_page).open_above(self._money),
            self._proxy: lambda: self._open_menu(self._proxy, proxy_menu(self, session, self._playback_page)),
            self._quality: lambda: self._open_menu(self._quality, quality_menu(self, session)),
            self._cache: self._open_cache,
            self._rate: lambda: self._open_menu(self._rate, quality_menu(self, session)),
        }
        for fact, call in opens.items():
            layout.addWidget(fact)
            fact.clicked.connect(call)
        self._hint = ""
        self._said = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(lambda: self._message.setText(self._hint))
        self._playing = QTimer(self)
        self._playing.setInterval(_PLAYING_MS)
        self._playing.timeout.connect(self._refresh_rate)
        session.jobs.changed.connect(lambda _: self.refresh())
        session.generation.changed.connect(self._shot_changed)
        session.document.state_changed.connect(self.refresh)
        session.transport.sequence_changed.connect(self.refresh)
        session.transport.state_changed.connect(self._play_state_moved)
        session.frame_shown.connect(lambda frame: self._show_quality(frame.share))
        session.settings_changed.connect(self.refresh)
        session.settings_changed.connect(self._refresh_money)
        session.document.library_changed.connect(self._refresh_money)
        session.proxies.changed.connect(lambda _: self._refresh_proxy())
        session.document.library_changed.connect(self._refresh_proxy)
        session.budget.measured.connect(self._measured)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where room is short, proxy, playback and cache are icons."""
        for fact in (self._proxy, self._quality, self._cache):
            fact.set_compact(self.width() < COMPACT_BELOW)

    @property
    def facts(self) -> dict[str, str]:
        """What is said at the right, by name; empty where there is nothing to say."""
        named = {"jobs": self._jobs, "failed": self._failed, "money": self._money, "proxy": self._proxy}
        named |= {"quality": self._quality, "cache": self._cache, "rate": self._rate}
        return {name: fact.accessibleName() for name, fact in named.items()}

    def _engines_page(self) -> None:
        self.preferences_wanted.emit("Engines")

    def _playback_page(self) -> None:
        self.preferences_wanted.emit("Playback and cache")

    def _open_menu(self, fact: _Fact, menu: QMenu) -> None:
        menu.popup(fact.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 4)))

    def _open_jobs(self, *, failed: bool) -> None:
        fact = self._failed if failed else self._jobs
        jobs_popover(self, self._session, self.jobs_wanted.emit, failed=failed).open_above(fact)

    def _open_cache(self) -> None:
        cache_popover(self, self._session, self._usage, self._playback_page).open_above(self._cache)

    def _measured(self, usage: Usage) -> None:
        self._usage = usage
        self._refresh_cache()

    def _refresh_cache(self) -> None:
        is_open = self._session.document.is_open
        text = (
            self.tr("Cache {size}").format(size=words.file_size(self._usage.total))
            if self._usage.total and is_open
            else ""
        )
        self._cache.set("hard-drive", "text.secondary", text)

    def _refresh_money(self) -> None:
        """What the project cost, beside its cap; nothing while nothing was spent."""
        session = self._session
        text, near = "", False
        if session.document.is_open:
            try:
                found = account(session.desk, session.document.project, session.document.library)
            except StudioError:
                return  # the book tells where it is written to
            text, near = "" if found.is_empty else found.line, found.is_near
        self._money.set("wallet", "state.slow" if near else "text.secondary", text)

    def _refresh_proxy(self) -> None:
        session = self._session
        values = session.settings.values
        made = any(session.proxies.state(one) is ProxyState.READY for one in session.document.library.media.values())
        words_ = (
            self.tr("Proxy, {value}").format(value=values.proxy_size.value)
            if values.proxies_used
            else self.tr("Originals")
        )
        self._proxy.set("film", "text.secondary", words_ if made and session.document.is_open else "")

    def _play_state_moved(self) -> None:
        if self._session.transport.playing:
            self._playing.start()
        else:
            self._playing.stop()
        self._refresh_rate()

    def _refresh_rate(self) -> None:
        session = self._session
        if not session.document.is_open:
            self._rate.set("gauge", "text.secondary", "")
            return
        rate = self.tr("{rate} fps").format(rate=rate_name(session.sequence.rate))
        dropped = session.transport.measures.dropped
        text = (
            self.tr("{rate}, {count} dropped").format(rate=rate, count=words.count(dropped))
            if session.transport.playing or dropped
            else rate
        )
        self._rate.set("gauge", "state.slow" if dropped else "text.secondary", text)

    def _shot_changed(self, _shot_id: str) -> None:
        """A shot of an earlier run whose outcome nobody knows has no job that would tell."""
        if self._session.generation.unknown != self._unknown:
            self.refresh()

    def set_hint(self, text: str) -> None:
        """What can be done here: stays until another hint comes. What was said at this moment goes first: an edit also selects."""
        self._hint = text
        if not self._timer.isActive() or self._said.elapsed() > _FRESH_MS:
            self._message.setText(text)

    def say(self, text: str) -> None:
        """A sentence that gives way to the hint again after some seconds."""
        self._message.setText(text)
        self._said.start()
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
        words_ = self.tr("{one} quality").format(
            one=translated("Panel", QUALITY_NAMES.get(self._share, "full").capitalize())
        )
        is_less = is_auto and self._share < 1
        shown = words_ if self._session.document.is_open else ""
        self._quality.set("monitor-play", "state.slow" if is_less else "text.secondary", shown)

    def refresh(self) -> None:
        """Read the jobs and the active sequence anew."""
        self._refresh_quality()
        self._refresh_proxy()
        self._refresh_cache()
        self._refresh_rate()
        jobs = self._session.jobs
        if (now := tuple((id(job), job.state) for job in jobs.all)) != self._job_states:
            self._job_states = (
                now  # the book is on the disk: it is asked when a job changed its state, not with its progress
            )
            self._refresh_money()
        running, queued = jobs.running, jobs.queued
        ended = [job for job in jobs.all if job.state is JobState.FAILED]
        lost = sum(job.is_unknown for job in ended)
        counts = (
            (self.tr("{count} running"), running),
            (self.tr("{count} paused"), jobs.on_hold),
            (self.tr("{count} queued"), queued),
        )
        parts = [text.format(count=len(some)) for text, some in counts if some]
        lead = running[0] if running else None
        self._jobs.set(
            "loader-circle" if running else "clock",
            "state.running" if running else "state.queued",
            ", ".join(parts),
            words.left(_total_left(running)) if running else "",
            lead.fraction if lead is not None else None,
        )
        failed, unknown = len(ended) - lost, self._session.generation.unknown
        self._unknown = unknown
        said = [self.tr("{count} failed").format(count=failed)] if failed else []
        said += [self.tr("{count} outcome unknown").format(count=unknown)] if unknown else []
        icon, colour = ("circle-alert", "state.failed") if failed else ("triangle-alert", "state.slow")
        self._failed.set(icon, colour, ", ".join(said))


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
        self._compact = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFont(tokens.font("ui", tabular=True))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def set(self, icon: str, colour: str, text: str, tail: str = "", fraction: float | None = None) -> None:
        """Show another fact; no text hides it. The same one again costs nothing: a new width lays the whole window out anew."""
        now = (icon, colour, text, tail, fraction)
        if now == (self._icon, self._colour, self._text, self._tail, self._fraction):
            return
        before = self.sizeHint()
        self._icon, self._colour, self._text, self._tail, self._fraction = now
        if self.isHidden() == bool(text):
            self.setVisible(bool(text))
        self.setAccessibleName(f"{text} {tail}".strip())
        self.setToolTip(text if self._compact else "")
        if self.sizeHint() != before:
            self.updateGeometry()
        self.update()

    def set_compact(self, compact: bool) -> None:
        """Only the icon, the words in the tooltip."""
        if compact != self._compact:
            self._compact = compact
            self.setToolTip(self._text if compact else "")
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Icon, text, bar, tail."""
        if self._compact:
            return QSize(16, tokens.size("status"))
        metrics = self.fontMetrics()
        width = 20 + metrics.horizontalAdvance(self._text)
        if self._has_bar and self._fraction is not None:
            width += 8 + self._BAR
        if self._tail:
            width += 8 + metrics.horizontalAdvance(self._tail)
        if self._has_bar:  # what is left is told anew all the time
            width = -(-width // _STEP) * _STEP
        return QSize(width + 2, tokens.size("status"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icon in the colour of the state; words plain, but for failures."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = self.height()
        icons.paint(painter, QRectF(0, (height - 14) / 2, 14, 14), self._icon, tokens.color(self._colour))
        if self.hasFocus():
            painter.setPen(tokens.color("accent.default"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 2.5, -0.5, -2.5), 3, 3)
        if self._compact:
            painter.end()
            return
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks as a click does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)
